#!/bin/bash
# Scanners as they are: what they type before and behind a code, through which
# keyboard, and over a serial line; codes that mails broke into lines.
. "$(dirname "$0")/lib.sh"
world
issue center out 3 4 >/dev/null
deliver >/dev/null
code() { zbarimg -q --raw -Sbinary "${1%.xml}.png" 2>/dev/null; }
one=$(code "$(letter out 1)") two=$(code "$(letter out 2)")
verdicts() { json verdict <<<"$OUT" | tr '\n' ' '; }
is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: $3, not $2"; fi; }
scan() { sello-verify scan --home post --no-record --json; }

python3 "$SOURCE/tests/cli/scanner.py" "$one" "$two" || not_ok "typing"

exits 0 "typed early, and the end at once" timeout 60 bash -c '
	printf "%s\n" "$1" | script -qec "sello-verify scan --home post --no-record" /dev/null' _ "$one"
has "... is judged" VALID

# Through a pipe, where nothing ends the code either.
mkfifo keys
scan <keys >piped 2>said &
exec 9>keys
printf ']Q1%s' "$one" >&9
for _ in $(seq 100); do
	[ -s piped ] && break
	sleep 0.1
done
check "a code without an end, in a pipe" grep -q '"verdict":"valid"' piped
check "... that none is sent is said" grep -q "sends nothing behind a code" said
exec 9>&-
wait

# As it stands in a mail that was kept.
{
	printf 'Dear consul,\n\nplease look at this:\n'
	fold -w 70 <<<"$one" | sed 's/^/> /'
	printf '\nand (%s), yours,\nElvira\n' "$two"
} >mail.txt
exits 0 "a text with codes in it" sello-verify check --home post --json mail.txt
is "... gives the codes alone" "valid valid " "$(verdicts)"
exits 0 "... on standard input" sello-verify check --home post --json - <mail.txt
is "... likewise" "valid valid " "$(verdicts)"
check "... by the lines that they begin in" grep -q '^{"source":"-:4"' <<<"$OUT"
exits 0 "... typed by scan" scan <mail.txt
is "... likewise" "valid valid " "$(verdicts)"
sed 's/^> SELLO/> SELLA/' mail.txt >other.txt
exits 0 "one that is none" sello-verify check --home post --json - <other.txt
is "... is words" "valid " "$(verdicts)"
sed '5d' mail.txt >hole.txt
exits 2 "one that lacks a line" sello-verify check --home post --json - <hole.txt
is "... is told" "unchecked valid " "$(verdicts)"

exits 66 "no such serial device" sello-verify scan --home post --serial /dev/nowhere
exits 66 "a file is none" sello-verify scan --home post --serial mail.txt
exits 64 "a speed that none has" sello-verify scan --home post --serial /dev/nowhere --baud 5
exits 64 "a camera and a scanner" sello-verify scan --home post --serial x --camera y
done_testing
