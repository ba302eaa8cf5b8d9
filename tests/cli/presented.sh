#!/bin/bash
# What was shown is recorded, proven, and never accuses alone: two counters at
# once, bad disks, copied report keys, and a scan that runs all day.
. "$(dirname "$0")/lib.sh"

world
issue center letters 1 2 3 >/dev/null 2>&1
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
one=$(letter letters 1) two=$(letter letters 2) three=$(letter letters 3)
number() { basename "$1" .xml; }
sql() { sqlite3 post/post.db "$1"; }
recorded() { sql "SELECT count(*) FROM presentation WHERE number = '$(number "$1")'"; }
is() { # "what" WANT GOT
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: $3, not $2"; fi
}
code() { zbarimg -q --raw "${1%.xml}.png" 2>/dev/null; }
cp -a post fresh # nothing was shown there
again() { rm -rf post && cp -a fresh post; }

# --- two counters, one letter --------------------------------------------------
# Counter A began first and is still at its first file; B records meanwhile.
mkfifo slow
sello-verify check --home post --json --record slow "$one" >a.out 2>a.err &
exec 9>slow
judge "counter B is the first" valid "" verify --json --record "$one"
cat "$two" >&9
exec 9>&-
wait $!
is "counter A, the later one, says so" 1 "$(tail -1 a.out | grep -c R-PRESENTED)"
is "both are recorded" 2 "$(recorded "$one")"

# Eight at once: one is the first, none is lost.
for round in 1 2 3 4; do
	again
	for i in 1 2 3 4 5 6 7 8; do
		{ verify --json --record "$one" >check.$i 2>&1; echo $? >exit.$i; } &
	done
	wait
	is "round $round: eight checks, one is the first" 7 "$(cat check.? | grep -c R-PRESENTED)"
	is "... all are recorded" 8 "$(recorded "$one")"
	is "... and none had trouble" "0 1 1 1 1 1 1 1" "$(sort exit.? | tr '\n' ' ' | sed 's/ $//')"
done

# Scans at the same time, each with three persons.
again
for i in 1 2 3 4; do
	{ code "$one"; code "$two"; code "$three"; } |
	    sello-verify scan --home post --record --json >scan.$i 2>&1 &
done
wait
is "four scans of three letters: each letter is the first once" 3 \
    "$(cat scan.? | grep -c '"verdict":"valid"')"
is "... all are recorded" 12 "$(sql 'SELECT count(*) FROM presentation')"

# The inputs of one check are one presentation, also beside another counter.
again
exits 0 "file, picture and page of one letter" verify --record "$one" "${one%.xml}.png" "${one%.xml}.pdf"
is "... are one presentation" 1 "$(recorded "$one")"
judge "shown again" attention R-PRESENTED verify --json --record "$one"
exits 1 "lines are persons" bash -c 'sello-verify check --home post --record - <<<"$1
$1"' _ "$(code "$two")"
is "... each is recorded" 2 "$(recorded "$two")"

# A counter records, and what it reads again soon is the same visit.
again
exits 0 "a code read twice by one scan" bash -c 'sello-verify scan --home post <<<"$1
$1"' _ "$(code "$one")"
has "... the second time says so" "Read a moment ago"
hasnt "... and is no second visit" R-PRESENTED
is "... it is recorded once" 1 "$(recorded "$one")"
exits 0 "the same letter in another scan" sello-verify scan --home post <<<"$(code "$one")"
has "... was shown before" R-PRESENTED
exits 0 "a code that is tried out" sello-verify scan --home post --no-record <<<"$(code "$two")"
has "... says so" "This visit is not recorded"
exits 0 "a letter that is checked" verify "$two"
has "... says so" "This visit is not recorded"
is "... neither is recorded" 0 "$(recorded "$two")"
exits 0 "a number that is typed" sello-verify scan --home post <<<"$(number "$two")"
check "... the answer stays on the screen" test "$(grep -c "neither withdrawn nor" <<<"$OUT")" = 2
# A screen shows nobody's letter when the counter is left by Ctrl-C.
mkfifo keys
script -qfec "sello-verify scan --home post --no-record" screen <keys >/dev/null &
exec 9>keys
code "$two" >&9
until grep -q "not recorded" screen; do sleep 0.1; done
printf '\003' >&9
exec 9>&-
wait $!
sed '1,/not recorded/d' screen >left
check "Ctrl-C leaves an empty screen" grep -qF $'\033[3J' left
exits 64 "to record and not to record" sello-verify scan --home post --record --no-record

# Somebody else holds the database.
again
hold() { # SQL: in a transaction that stays open until release
	mkfifo hold.in
	sqlite3 post/post.db <hold.in >hold.out &
	HOLDER=$!
	exec 8>hold.in
	printf "%s\nSELECT 'held';\n" "$1" >&8
	until grep -q held hold.out 2>/dev/null; do sleep 0.1; done
}
release() {
	exec 8>&-
	wait $HOLDER
	rm -f hold.in hold.out
}
hold "BEGIN IMMEDIATE;"
verify --json --record "$one" >busy.out 2>&1 8>&- &
release
wait $!
is "a counter waits for another writer" 1 "$(recorded "$one")"
hold "BEGIN IMMEDIATE;"
exits 75 "when it takes too long" verify --record "$two"
has "... the verdict is there" "AUTHENTIC AND VALID"
has "... and that the visit was not recorded" "not recorded"
release
is "... nothing of it is" 0 "$(recorded "$two")"

# A counter that records while another one waits for it is the first.
again
rm -rf first && cp -a fresh first
sello-verify check --home first --record "$one" >/dev/null
hold "ATTACH 'first/post.db' AS first; BEGIN IMMEDIATE;
INSERT INTO presentation SELECT * FROM first.presentation;"
sello-verify check --home post --json --record "$one" >a.out 2>&1 8>&- &
pid=$!
until ls -l /proc/$pid/fd 2>/dev/null | grep -q post.db; do sleep 0.1; done
sleep 1 # by now it has looked, if it looks before it may record
echo 'COMMIT;' >&8
release
wait $pid
is "it looks when it may record, not before" 1 "$(grep -c R-PRESENTED a.out)"
is "... both are recorded" 2 "$(recorded "$one")"

# --- a bad disk ----------------------------------------------------------------
# One letter of the log, and one that is not published yet.
issue center letters 4 >/dev/null 2>&1
four=$(letter letters 4)
again
verify --record "$one" >/dev/null
verify --record --answer match "$four" >/dev/null
cp -a post shown
damage() { rm -rf post && cp -a shown post && sql "$1"; }

# no_harm "what" LETTER: never red, never green, nobody is accused
no_harm() {
	local what=$1 file=$2 verdict
	verdict=$(verify --json "$file" 2>/dev/null | json verdict)
	case $verdict in
	attention | unchecked) ok "$what: $verdict" ;;
	*) not_ok "$what: $verdict" ;;
	esac
	sello-verify sync --home post pub >sync.out 2>&1
	if [ $? -lt 3 ]; then ok "$what: sync accuses nobody"; else not_ok "$what: sync: $(cat sync.out)"; fi
	sello-verify export --home post --to damaged.report >export.out 2>&1
	sello-audit check --root root/root.crt --presentations damaged.report --json pub >audit.out 2>&1
	if [ $? -lt 3 ]; then ok "$what: the audit neither"; else not_ok "$what: audit: $(grep proof audit.out)"; fi
}
# told "what": status says so, and nothing of the row is exported
told() {
	sello-verify status --home post --json >status.out
	[ $? -ge 1 ] && ok "$1: status warns" || not_ok "$1: status ends 0"
	is "$1: status counts it" 1 "$(json presentationsDamaged <status.out)"
	is "$1: the export leaves it out" 1 "$(grep -c '^seen' damaged.report)"
	check "$1: ... and says so" grep -q damaged export.out
}
# each "COLUMN = VALUE" for a letter
each() {
	local letter=$1 change
	shift
	for change; do
		damage "UPDATE presentation SET $change WHERE number = '$(number "$letter")'"
		no_harm "$change" "$letter"
		told "$change"
	done
}
each "$four" \
    "number = 'GTGUA01-2026-000009-X'" \
    "number = replace(number, '-0000', '-0100')" \
    "digest = CAST(CASE substr(digest, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(digest, 2) AS BLOB)" \
    "digest = CAST(substr(digest, 1, 31) AS BLOB)" \
    "issued_at = issued_at - 65536" \
    "issued_at = issued_at + 4294967296" \
    "time = time - 128" \
    "time = -time" \
    "post = 'ES-GTGUA/2'" \
    "answer = 'mismatch'" \
    "answer = 'maybe'" \
    "elsewhere = 1" \
    "key_name = '00000000'" \
    "key_name = NULL" \
    "signature = CAST(substr(signature, 1, 63) || CASE substr(signature, 64) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)" \
    "signature = NULL" \
    "sum = CAST(CASE substr(sum, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(sum, 2) AS BLOB)" \
    "sum = NULL"
each "$one" \
    "number = replace(number, '-0000', '-0100')" \
    "digest = CAST(CASE substr(digest, 1, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(digest, 2) AS BLOB)" \
    "signature = CAST(substr(signature, 1, 63) || CASE substr(signature, 64) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)"

# Bits that SQLite cannot see, wherever the digest and the number stand.
flip() { # WHAT N: in the N-th place of these bytes in post.db
	python3 - "$1" "$2" <<'PY'
import sys
what, n = bytes.fromhex(sys.argv[1]), int(sys.argv[2])
data = bytearray(open('post/post.db', 'rb').read())
at = -1
for _ in range(n):
    at = data.find(what, at + 1)
    if at < 0:
        sys.exit(1)
data[at + len(what) // 2] ^= 1
open('post/post.db', 'wb').write(data)
PY
}
sqlite3 shown/post.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
for column in digest number; do
	for letter in "$one" "$four"; do
		hex=$(sqlite3 shown/post.db "SELECT hex($column) FROM presentation WHERE number = '$(number "$letter")'")
		for place in 1 2; do
			rm -rf post && cp -a shown post
			flip "$hex" $place || not_ok "$column stands in $place places"
			no_harm "a bit of the $column, place $place" "$letter"
			sello-verify status --home post >/dev/null && not_ok "... status ends 0"
		done
	done
done

# Rows of an earlier version have no signature: they prove nothing.
damage "UPDATE presentation SET key_name = NULL, signature = NULL, sum = NULL"
judge "an older record" attention R-PRESENTED verify --json "$one"
sello-verify export --home post --to older.report >/dev/null
is "it is exported without a signature" 2 "$(grep -c '^seen .* - -$' older.report)"
damage "UPDATE presentation SET key_name = NULL, signature = NULL, sum = NULL, issued_at = 0"
exits 2 "an older record against the log is no proof" sello-verify sync --home post pub
has "... and that is said" "nothing is proven"

# A page that cannot be read is not "never shown".
root_page() { sql "SELECT rootpage FROM sqlite_schema WHERE name = '$1'"; }
for page in presentation presentation_letter presentation_digest; do
	rm -rf post && cp -a shown post
	n=$(root_page $page) size=$(sql 'PRAGMA page_size')
	dd if=/dev/zero of=post/post.db bs="$size" seek=$((n - 1)) count=1 conv=notrunc 2>/dev/null
	exits 2 "page of $page: a letter that was shown" verify --json "$one"
	has "... is not green" U-SELFTEST
	exits 2 "page of $page: status" sello-verify status --home post
	has "... fails" "FAILED"
done
again

# --- a copied report key ---------------------------------------------------------
# forge FILE LINE...: an export by this post's key that says anything
forge() {
	local out=$1 origin key_id signature
	shift
	origin=RRP-ES/post/$(cat post/post.txt)
	{
		echo "sello-report/v1 $origin $(date -u +%FT%TZ)"
		[ $# = 0 ] || printf '%s\n' "$@"
	} >forged.text
	openssl pkey -in post/report.key -pubout -outform DER | tail -c 32 >forged.pub
	key_id=$({ printf '%s\n\001' "$origin"; cat forged.pub; } | sha256sum | head -c 8)
	openssl pkeyutl -sign -rawin -inkey post/report.key -in forged.text -out forged.sig
	signature=$({ printf "$(sed 's/../\\x&/g' <<<"$key_id")"; cat forged.sig; } | base64 -w 0)
	{ cat forged.text; printf '\n\342\200\224 %s %s\n' "$origin" "$signature"; } >"$out"
}
# seen LETTER [WHEN]: the honest line of a letter, with another date
line_of() {
	verify --record "$1" >/dev/null
	sello-verify export --home post --to honest.report >/dev/null
	grep "^seen $(number "$1") " honest.report | tail -1
}
early=$(date -u -d '2 days ago' +%FT%TZ)
line=$(line_of "$four")
read -r _ n4 digest4 _ day flags key4 sig4 <<<"$line"
line=$(line_of "$one")
read -r _ n1 digest1 issued1 day flags key1 sig1 <<<"$line"
none=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
n9=GTGUA01-$(date -u +%Y)-000009
n9=$(for c in {0..9} {A..Z}; do
	sello-verify number --home post "$n9-$c" >/dev/null 2>&1
	[ $? = 2 ] && echo "$n9-$c" && break
done)
old=GTGUA01-$(date -u -d '1 year ago' +%Y)-000001
old=$(for c in {0..9} {A..Z}; do
	sello-verify number --home post "$old-$c" >/dev/null 2>&1
	[ $? = 2 ] && echo "$old-$c" && break
done)
forge base.report
audited "a report of nothing" 0 "" --presentations base.report pub
accuses() { # "what" EXIT CODES LINE...
	local what=$1 want=$2 codes=$3
	shift 3
	forge forged.report "$@"
	audited "$what" "$want" "$codes" --presentations forged.report pub
}
accuses "an invented letter" 1 A-UNPROVEN "seen $n9 $none $early $day - - -"
accuses "... with the signature of another" 1 A-UNPROVEN "seen $n9 $none $early $day - $key1 $sig1"
accuses "another letter under a number of the log" 1 A-UNPROVEN "seen $n1 $none $issued1 $day - - -"
accuses "... with the signature of the true one" 1 A-UNPROVEN "seen $n1 $none $issued1 $day - $key1 $sig1"
accuses "a number of a year before the log" 1 A-UNPROVEN "seen $old $none $early $day - $key1 $sig1"
accuses "an honest letter, not published, with an earlier date" 1 A-UNPROVEN \
    "seen $n4 $digest4 $early $day - $key4 $sig4"
accuses "an honest letter of the log with another date" 0 "" "seen $n1 $digest1 $early $day - $key1 $sig1"
accuses "... and with a wrong signature" 0 "" "seen $n1 $digest1 $early $day - $key4 $sig4"
accuses "a line of the form before" 2 A-UNCHECKED "seen $n1 $digest1 $issued1 $day -"
audited "the letter itself says when it was issued" 0 "" --presentations base.report --letter "$four" pub
forge forged.report "seen $n4 $digest4 $early $day - $key4 $sig4"
audited "... whatever a post says" 0 "" --presentations forged.report --letter "$four" pub
sed 's/LetterNumber>GT/LetterNumber>HN/' "$four" >changed.xml
audited "a changed file proves nothing" 2 A-UNCHECKED --letter changed.xml pub
hasnt "... and nobody is named" Elvira
audited "a file that is not there" 2 A-UNCHECKED --letter nowhere.xml pub
# what people have in their hands: the page, its code, a photograph, a document
cp "${one%.xml}.pdf" page.pdf && cp "${one%.xml}.png" code.png
{ printf '\377\330\377\340'; head -c 5 /dev/zero; } >photo.jpg
head -c 40000 /dev/zero >large.doc
for file in page.pdf code.png photo.jpg; do
	audited "$file is no letter's XML file" 2 A-UNCHECKED --letter $file pub
	kind=${file##*.}
	kind=${kind/jpg/jpeg}
	has "... which is said" "$file: this is a ${kind^^} file"
	has "... with what to do" "sello-verify check --save"
done
audited "nor is what is nothing of this" 2 A-UNCHECKED --letter large.doc pub
has "... which is too large for one" "larger than 32768 bytes"
exits 1 "the page gives the file" sello-verify check --home post --save saved page.pdf
audited "... which is taken" 0 "" --presentations base.report --letter "$(ls saved/*.xml)" pub
# another post takes the forged report: amber at most
sello-verify init --home other --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-verify sync --home other pub >/dev/null
forge forged.report "seen $n1 $none $issued1 $day - - -" "seen $(number "$two") $none $early $day m - -" \
    "seen $n4 $digest4 $early $day - $key4 $sig4"
exits 0 "a forged report is taken as its post's word" sello-verify import --home other forged.report
exits 0 "... and accuses nobody at the next sync" sello-verify sync --home other pub
judge "... the true letter is green" valid "" shown other "$one"
judge "... the one that was reported is amber" attention "R-PRESENTED R-LOG-PENDING" shown other "$four"

# --- a scan that runs all day ------------------------------------------------------
again
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
coproc SCAN { exec sello-verify scan --home post --json 2>/dev/null; }
scan=$SCAN_PID # bash forgets that name as soon as the program has ended
exec 7>&"${SCAN[1]}" 6<&"${SCAN[0]}"
eval "exec ${SCAN[1]}>&- ${SCAN[0]}<&-"
scanned() { # "what" VERDICT REASON
	local result got
	code "$one" >&7
	read -r -t 60 result <&6
	got=$(json verdict <<<"$result")
	if [ "$got" = "$2" ] && [[ $result == *"$3"* ]]; then ok "$1: $2"; else not_ok "$1: $result"; fi
}
scanned "in the morning" valid valid
cp post/trust.xml list.xml
: >post/trust.xml
scanned "the list became unreadable" unchecked U-LIST-STALE
rm post/trust.xml
scanned "it is gone" unchecked U-LIST-STALE
cp list.xml post/trust.xml
scanned "it is back" valid valid
mv post/root.crt root.kept
scanned "the root certificate is gone" unchecked U-LIST-STALE
mv root.kept post/root.crt
scanned "that is back" valid valid
verify --record "$one" >/dev/null
scanned "shown at another counter" attention R-PRESENTED
mv post/post.db kept.db
scanned "what was shown is gone" unchecked U-SELFTEST
mv kept.db post/post.db
scanned "and is back" attention R-PRESENTED
sello-issue withdraw --home center "$(number "$one")" --reason LOST \
    --as AP2003 --passphrase-file pass/approver >/dev/null 2>&1
deliver >/dev/null 2>&1
scanned "the letter is withdrawn" attention R-WITHDRAWN
key=$(grep -o 'KeyName>[0-9a-f]*' "$one" | cut -d'>' -f2)
sello-keys revoke --home root --passphrase-file pass/root "$key" --reason compromise >/dev/null
publish >/dev/null
sello-verify sync --home post pub >/dev/null
scanned "a list that revokes its key is synced" not-authentic F-REVOKED
cp list.xml post/trust.xml
scanned "the older list is put back" not-authentic F-REVOKED
exec 7>&- 6<&-
wait "$scan" 2>/dev/null

done_testing
