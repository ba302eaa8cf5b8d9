#!/bin/bash
# No text that was read paints: names of files, cells of a table, names of
# centers and places, options that are not known, whatever a file holds. On
# standard output and error, for people and as JSON, of all programs: every
# byte that a terminal obeys, but line feeds and what a verdict's color is.
. "$(dirname "$0")/lib.sh"

# The characters a stranger would use: a verdict in green over our own, a
# line of its own, turned and hidden text; U+2028 and tags, and no UTF-8.
E=$(printf '\r\033[4A\033[J\033[1;97;48;5;22mAUTHENTIC AND VALID [OK]\033[0m\b\a\x7f')
E+=$(printf '\nsello-verify: VALID\t')
E+=$(printf '\xc2\x9b2J\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c\xe2\x80\xa8\xe2\x80\xa9')
E+=$(printf '\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x81\x81\xe3\x85\xa4\x9b3J\xff\xc3(')

# clean FILE...: nothing in it that a terminal obeys but line feeds
clean() {
	python3 - "$@" <<'END'
import sys, unicodedata
bad = set('\u034f\u115f\u1160\u3164\uffa0\ufe0f')
for name in sys.argv[1:]:
    data = open(name, 'rb').read()
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError as e:
        sys.exit('%s: not UTF-8 at %d: %r' % (name, e.start, data[max(0, e.start - 30):e.start + 10]))
    for i, c in enumerate(text):
        if c != '\n' and (c in bad or unicodedata.category(c) in ('Cc', 'Cf', 'Zl', 'Zp')):
            sys.exit('%s: U+%04X after %r' % (name, ord(c), text[max(0, i - 40):i]))
    # the line that a name with a line feed would write
    for line in text.split('\n'):
        if line.startswith('sello-verify: VALID'):
            sys.exit('%s: a line of its own: %r' % (name, line))
END
}
SWEPT=0
# safe command...: whatever it says and however it ends, it paints nothing;
# looked at by swept
safe() {
	local status
	SWEPT=$((SWEPT + 1))
	timeout 60 "$@" >"$TMP/.said/$SWEPT.out" 2>"$TMP/.said/$SWEPT.err" </dev/null
	status=$?
	printf '%q ' "$@" >"$TMP/.called/$SWEPT"
	[ $status -lt 124 ] || not_ok "exit $status: $(cat "$TMP/.called/$SWEPT")"
}
mkdir .said .called
# both COMMAND WORD...: for people and as JSON; one of them by turns in the sanitized
# build, which looks at how a word is written and not at what
BOTH=0
sanitized && turns=1 || turns=0
both() {
	BOTH=$(((BOTH + turns) % 2))
	((turns && BOTH)) || safe "$@"
	((turns && !BOTH)) || safe "$1" "$2" --json "${@:3}"
}
swept() {
	local call
	if [ "$SWEPT" -gt 0 ] && clean .said/* >.why 2>&1; then ok "$1 ($SWEPT calls)"; else
		call=$(sed -n 's,^.said/\([0-9]*\).*,\1,p' .why)
		not_ok "$1: $(cat .why): $(cat ".called/$call")"
	fi
	rm -rf .said .called
	mkdir .said .called
	SWEPT=0
}

# --- a world whose names are hostile ----------------------------------------------------
world
issue center out 1 >/dev/null
deliver >/dev/null
C="--home center --as AP2003 --passphrase-file pass/approver"
D="--home center --as OF1007 --passphrase-file pass/drafter"
R="--home root --passphrase-file pass/root"
letter=$(letter out 1)
number=$(basename "$letter" .xml)
mkdir "dir$E"
cp -a root "root$E"
cp -a center "center$E"
cp -a post "post$E"
cp -a pub "pub$E"
for file in "$letter" out/*.png out/*.pdf root/root.crt center/request.csr post/request.txt pub/trust.xml \
	pub/log/GTGUA01/1/checkpoint; do
	cp "$file" "dir$E/${file##*/}$E"
done
head -c 300 "$letter" >"dir$E/cut$E"
printf 'SELLO%s\n' "$E" >"dir$E/text$E"
printf '<a>%s</a>\n' "$E" >"dir$E/xml$E"
printf '%s' "$E" >"dir$E/raw$E"
: >"dir$E/empty$E"
ln -s nowhere "dir$E/link$E"

# --- names of files, of every command that takes one ---------------------------------------
for file in "dir$E"/*; do
	safe sello-verify check --home post "$file"
	safe sello-keys show --json "$file"
done
for file in "dir$E/raw$E" "dir$E" "no$E"; do
	both sello-verify check --home post "$file"
	both sello-verify import --home post "$file"
	both sello-verify sync --home post "$file"
	both sello-keys show "$file"
	both sello-keys program --home root "$file"
	both sello-keys certify $R "$file"
	both sello-keys revoke $R ES-GTGUA/1 --reason compromise --checkpoint "$file"
	both sello-keys log $R close GTGUA01 --checkpoint "$file"
	both sello-issue trust --home center "$file"
	both sello-issue draft $D --dry-run "$file"
	both sello-issue correct $D "$number" "$file"
	both sello-issue check --home center --cosigned "$file"
	both sello-issue restore --as AP2003 --passphrase-file pass/approver --home "new$E" "$file"
	both sello-audit check --root "$file" pub
	both sello-audit check --root root/root.crt --presentations "$file" pub
	both sello-audit check --root root/root.crt --calendar "$file" pub
	both sello-audit check --root root/root.crt "$file"
done
swept "names of files that are read"
for name in "dir$E/link$E" "dir$E/none$E/x" "new$E"; do
	both sello-keys publish $R --to "$name"
	both sello-keys show --certificates "$name" pub/trust.xml
	both sello-issue publish --home center --to "$name"
	both sello-issue reprint $C "$number" --reason LOST --out "$name"
	both sello-issue backup --home center --to "$name"
	both sello-issue recover $C --second AD0001 --second-passphrase-file pass/admin --from "$name"
	both sello-verify check --home post --save "$name" "$letter"
	both sello-verify export --home post --to "$name"
	both sello-audit report --root root/root.crt --out "$name.html" pub
	both sello-audit check --root root/root.crt --state "$name" pub
done
swept "names of files that are written"
for home in "root$E" "center$E" "post$E" "none$E"; do
	chmod -f go+rx "$home"
	both sello-keys publish --home "$home" --passphrase-file pass/root --to "pub$E"
	both sello-keys init --home "$home" --program RRP-ES --name T --passphrase-file pass/root
	both sello-issue list --home "$home"
	both sello-issue check --home "$home"
	both sello-issue publish --home "$home" --to "pub$E"
	both sello-verify status --home "$home"
	both sello-verify sync --home "$home" "pub$E"
	both sello-verify check --home "$home" "$letter"
	both sello-verify number --home "$home" "$number"
done
swept "homes and publications"

# --- words of the command line -----------------------------------------------------------------
for program in sello-keys sello-issue sello-verify sello-audit; do
	safe $program "$E"
	safe $program "--$E"
	safe $program help "$E"
	safe $program completion "$E"
	safe $program --lang "$E" help
	for command in $($program help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		safe "$program" "$command" --home "none$E" "--x$E" "$E"
		safe "$program" "$command" --home "none$E" --json "$E" "$E" "$E"
	done
done
safe sello-verify check --home post --at "$E" "$letter"
safe sello-verify number --home post "$E"
safe sello-verify init --home p3 --root root/root.crt --consulate "$E"
safe sello-verify init --home p3 --root root/root.crt --fingerprint "$E" --consulate ES-GTGUA
safe sello-issue withdraw $C --reason "$E" "$number"
safe sello-issue withdraw $C --reason LOST "$E"
safe sello-issue show --home center "$E"
safe sello-issue draft --home center --as "$E" --passphrase-file pass/drafter dir
safe sello-issue discard $D --reason "$E" 1
safe sello-keys revoke $R "$E" --reason compromise
safe sello-keys init --home r3 --program "$E" --name T --passphrase-file pass/root
safe sello-issue init --home c3 --center "$E" --name T --country GTM --timezone "$E" --root root/root.crt \
	--as AD0001 --passphrase-file pass/admin
safe sello-issue init --home c3 --center GTGUA03 --name "$E" --country GTM --timezone America/Guatemala \
	--root root/root.crt --as AD0001 --passphrase-file pass/admin
safe sello-issue officer --home center add "$E" --role drafter --as AD0001 --passphrase-file pass/admin \
	--new-passphrase-file pass/new
swept "words of the command line"

# --- a table of people: header, cells, rows; and what is shown of drafts ---------------------------
{
	printf '%s,x%s\n' "$HEADER" "$(tr -d '\n' <<<"$E")"
	person "r$(tr -d '\n' <<<"$E")" "Quispe$(tr -d '\n' <<<"$E")" "Ana"
	person 2 "Mamani" "Rosa" "$(tr -d '\n' <<<"$E")"
	printf '"%s","%s","%s"\n' "$E" "$E" "$E"
	person 3 "Choque" "Luz"
} >"people$E.csv"
# a row's own word may hold what a name may not
{
	echo "$HEADER"
	person "$(printf '7\xe2\x80\xae\xc2\x9b')" "Condori" "Ada"
} >row.csv
both sello-issue draft $D --dry-run "people$E.csv"
both sello-issue draft $D --set-aside "aside$E" "people$E.csv"
both sello-issue draft $D row.csv
both sello-issue list --home center --drafts
both sello-issue approve $C --all --yes --out "out$E"
both sello-issue list --home center
swept "a table of people"

# --- what comes in through programs, lists and reports ---------------------------------------------
printf '[program]\nname=%s\n[consulate ES-GTGUA]\nname=Y%s\n[pathway %s]\nes=%s\n' \
	"$(tr -d '\n' <<<"$E")" "$(tr -d '\n' <<<"$E")" ABC "$(tr -d '\n' <<<"$E")" >"program$E.ini"
both sello-keys program --home root "program$E.ini"
# characters that XML may hold, in what a root signed
printf '[program]\nname=A\xe2\x80\xaeB\xc2\x9b\n[consulate ES-GTGUA]\nname=C\xe2\x81\xa6D\xc2\x85\n' >bidi.ini
both sello-keys program --home root bidi.ini
both sello-keys publish $R --to pub
both sello-keys show pub/trust.xml root/root.crt
both sello-verify sync --home post pub
both sello-verify check --home post "$letter"
both sello-verify status --home post
sed "s/Cucul/Cu$(printf '\xe2\x80\xae')cul/" "$letter" >changed.xml
both sello-verify check --home post changed.xml
printf '%s\n' "$E" "SELLO$E" "$number$E" >lines
for json in '' --json; do
	# shellcheck disable=SC2086
	safe bash -c 'sello-verify scan --home post '$json' <lines'
	# shellcheck disable=SC2086
	safe bash -c 'sello-verify check --home post '$json' - <lines'
done
cp -a pub evil
printf 'RRP-ES/log/GTGUA01/1\n1\n%s\n\n\xe2\x80\x94 %s AAAA\n' "$(tr -d '\n' <<<"$E")" "$E" >evil/log/GTGUA01/1/checkpoint
mkdir "evil/log/GT$(tr -d '/' <<<"$E")" "evil/log/GTGUA01/$E"
both sello-verify sync --home post evil
both sello-audit check --root root/root.crt evil
both sello-keys show evil/log/GTGUA01/1/checkpoint
swept "lists, programs, heads, lines of a scanner"

# --- in every language -----------------------------------------------------------------------------
for lang in es fr pt ht; do
	safe sello-verify check --home post --lang $lang "dir$E"/* "no$E"
	safe sello-issue draft $D --lang $lang --dry-run "people$E.csv"
	safe sello-keys show --lang $lang "dir$E"/*
	safe sello-audit check --root root/root.crt --lang $lang evil "no$E"
done
swept "in every language"

# --- a page is no terminal, but bidi turns it, too ---------------------------------------------------
mkdir "stick$E" && cp -a evil/. "stick$E"
sello-audit report --root root/root.crt --out page.html "stick$E" "no$E" >/dev/null 2>&1
check "the report of an audit" clean page.html

# --- in the width of a terminal ------------------------------------------------------------------------
for width in 40 60 100; do
	check "a letter in $width columns" folds $width "sello-verify check --home post --lang es '$letter'"
done
check "what a post knows" folds 40 "sello-verify status --home post --lang fr"

# --- colors are our own, and only they, on a terminal -------------------------------------------------
script -qec "env -u NO_COLOR TERM=xterm-256color COLORTERM= sello-verify check --home post '$letter' $(printf '%q' "no$E")" \
	/dev/null </dev/null 2>/dev/null | tr -d '\r' >screen
check "a verdict is colored" grep -q "$(printf '\033\\[1;97;48;5;22m')" screen
sed "s/$(printf '\033')\[[0-9;]*m//g; s/$(printf '\033')\[[HJ23]*//g" screen >plain
check "nothing else on a terminal" clean plain
check "the green is the letter's, and its row's" test "$(grep -c "$(printf '\033\\[1;97;48;5;22m')" screen)" = 2
done_testing
