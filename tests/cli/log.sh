#!/bin/bash
# The signature log at the center, with the real programs: approve, correct,
# withdraw, reprint, publish; what each writes, who may, and what the public
# checker in Go says of it.
. "$(dirname "$0")/lib.sh"
founded
A="--home center --as AP2003 --passphrase-file pass/approver"
D="--home center --as OF1007 --passphrase-file pass/drafter"
ADMIN="--second AD0001 --second-passphrase-file pass/admin"
LOG=pub/log/GTGUA01/1
# the lines of a bundle file
lines() {
	python3 - "$@" <<'PY'
import sys
for name in sys.argv[1:]:
    b = open(name, 'rb').read()
    while b:
        n = b[0] << 8 | b[1]
        print(b[2:2 + n].decode('ascii'))
        b = b[2 + n:]
PY
}
# published: all lines of the log, in order
published() {
	local size full part
	size=$(sed -n 2p $LOG/checkpoint)
	full=$((size / 256)) part=$((size % 256))
	for ((i = 0; i < full; i++)); do lines $LOG/tile/entries/$(printf %03d $i); done
	[ $part = 0 ] || lines $LOG/tile/entries/$(printf %03d $full).p/$part
}
# last "what" PATTERN: the newest line of the log, SIG left out
last() {
	local line
	line=$(published | tail -n 1 | cut -d ' ' -f 2,4-8,10-)
	# shellcheck disable=SC2053
	if [[ $line == $2 ]]; then ok "$1"; else not_ok "$1: $line"; fi
}
size() { sed -n 2p $LOG/checkpoint; }
to() { sello-issue publish --home center --to pub "$@"; }
to_nothing() { sello-issue publish --home center --to ""; }

# --- before any line
exits 0 "a list alone begins no log" sello-issue trust --home center pub/trust.xml
exits 0 "publish before any letter" to
has "... says why there is nothing" "nothing to publish yet"
check "... and makes no folder" test ! -e pub/log
exits 0 "the founder begins the log" begin center pub/trust.xml
check "... with one line for each person" test "$(sqlite3 center/register.db \
	"SELECT group_concat(line) FROM log_line" | grep -oE '(open|staff) - [A-Z0-9-]+' | tr '\n' ',')" = \
	"open - -,staff - AD0001,staff - AP2003,staff - OF1007,"
sello-verify sync --home post pub >/dev/null
exits 64 "publish to nowhere" sello-issue publish --home center
exits 64 "... or to a folder without a name" to_nothing
exits 78 "publish a home that is none" sello-issue publish --home nowhere --to pub

# --- letters
{
	echo "$HEADER"
	person 1 "Batz Xitumul" "Rigoberta"
	person 2 "Ajqij Tzul" "Manuel"
	person 3 "Lopez Canil" "Ana"
	person 4 "Caal Pop" "Domingo"
	person 5 "Ixcoy Sut" "Petrona"
} >people.csv
draft people.csv >/dev/null 2>&1
exits 0 "approve one" approve 1 --yes --out letters
exits 0 "approve the others" approve --all --yes --out letters
number() { basename letters/GTGUA01-*-00000"$1"-?.xml .xml; }
N1=$(number 1) N2=$(number 2) N3=$(number 3) N4=$(number 4) N5=$(number 5)
exits 0 "publish" to
has "... says how many" "9 new lines, 9 in all"
exits 0 "publish as JSON" to --json
has "... has these keys" '{"generation":1,"size":9,"from":9,"files":0,"asOf":"'
rm -r $LOG/tile/0 # a stick that lost files
exits 0 "publish to a folder that lost files" to
has "... puts them back" "now put back"
check "... under their names" test -s $LOG/tile/0/000.p/9
check "there is a line for each letter" test "$(published | grep -c ' issue GTGUA01-')" = 5
DIGEST=$(sed -n 's/.*<ds:DigestValue>\([^<]*\)<.*/\1/p' "letters/$N3.xml" |
	head -n 1 | tr '+/' '-_' | tr -d '=')
check "... a letter's its own DigestValue" \
	test "$(published | grep " $N3 " | cut -d ' ' -f 7)" = "$DIGEST"
check "... its time is IssuedAt" grep -q \
	"<IssuedAt>$(published | grep " $N3 " | cut -d ' ' -f 3)</IssuedAt>" "letters/$N3.xml"

# --- a guard that could not be written holds the letters back
cp center/head.guard newest
{ echo "$HEADER"; person 6 "Choc Caal" "Tomasa"; } >one.csv
draft one.csv >/dev/null 2>&1
cp center/head.guard before
exits 0 "approve a sixth" approve 6 --yes --out letters
cp center/head.guard after
cp before center/head.guard # the power went between commit and guard
exits 0 "hand it out again" approve 6 --yes --out again
check "... with a guard that knows of it" python3 - <<'PY'
# the newest note of the guard has the log's size
import struct
b = open('center/head.guard', 'rb').read()
best = max((b[i:i + 1024] for i in (0, 1024)), key=lambda s: s[8:16])
n = struct.unpack('>I', best[16:20])[0]
assert best[20:20 + n].decode().split('\n')[1] == '10', best[20:20 + n]
PY
rm center/head.guard
exits 78 "without a guard nothing is handed out" approve 6 --yes --out third
check "... not one file" test ! -e "third/$(number 6).xml"
cp after center/head.guard
exits 0 "with it, it is" approve 6 --yes --out third

# --- withdraw
exits 64 "withdraw without a reason" sello-issue withdraw $A "$N1"
exits 64 "withdraw for a reason of one's own" sello-issue withdraw $A "$N1" --reason WHIM
exits 64 "withdraw without a person" sello-issue withdraw --home center "$N1" --reason LOST
exits 65 "withdraw a number that is none" sello-issue withdraw $A GTGUA01-2026-00001 --reason LOST
# one of 36 check characters is right
ends=$(for c in {0..9} {A..Z}; do
	sello-issue withdraw $A "GTGUA01-2026-000777-$c" --reason LOST 2>/dev/null
	echo $?
done | sort | uniq -c | tr -s ' \n' ' ')
check "withdraw a letter that is none" test "$ends" = " 35 65 1 66 "
exits 77 "withdraw by a drafter alone" sello-issue withdraw $D "$N1" --reason LOST
has "... who cannot open the keys" "--second"
exits 77 "withdraw for fraud alone" sello-issue withdraw $A "$N1" --reason FRAUD
exits 77 "... for a stolen key alone" sello-issue withdraw $A "$N1" --reason KEY_COMPROMISE
exits 77 "... beside oneself" sello-issue withdraw $A "$N1" --reason FRAUD \
	--second AP2003 --second-passphrase-file pass/approver
exits 77 "... beside a wrong passphrase" sello-issue withdraw $A "$N1" --reason FRAUD \
	--second AD0001 --second-passphrase-file pass/drafter
to >/dev/null
check "nothing of that is in the log" test "$(size)" = 10
check "... and the letter is in force" bash -c \
	"sello-issue list --home center --json | grep '$N1' | grep -q '\"issued\"'"
exits 0 "withdraw" sello-issue withdraw $A "$N1" --reason LOST --json
has "... as JSON" "{\"letterNumber\":\"$N1\",\"state\":\"withdrawn\"}"
to >/dev/null
last "... is a line that does not say why" "10 withdraw $N1 - * AP2003 - WITHDRAWN"
exits 65 "... not twice" sello-issue withdraw $A "$N1" --reason STOLEN
exits 0 "... but fraud may come to light" sello-issue withdraw $A "$N1" --reason FRAUD $ADMIN
to >/dev/null
last "... with both persons" "11 withdraw $N1 - * AP2003 AD0001 FRAUD"
exits 65 "... once" sello-issue withdraw $A "$N1" --reason KEY_COMPROMISE $ADMIN
exits 0 "withdraw by a drafter with an approver beside" sello-issue withdraw $D "$N2" \
	--reason DATA_ERROR --second AP2003 --second-passphrase-file pass/approver
to >/dev/null
last "... names who acts first" "12 withdraw $N2 - * OF1007 AP2003 WITHDRAWN"
check "why stays in the register" test "$(sqlite3 center/register.db \
	"SELECT group_concat(reason) FROM withdrawal")" = LOST,FRAUD,DATA_ERROR
check "... and is nowhere in the log" bash -c "! grep -rqaE 'LOST|DATA_ERROR' pub"
exits 0 "list" sello-issue list --home center --json
has "... says what became of it" "\"letterNumber\":\"$N1\",\"state\":\"withdrawn\""

# --- reprint
exits 65 "reprint a withdrawn letter" sello-issue reprint $A "$N1" --reason torn --out letters
exits 77 "reprint by a drafter alone" sello-issue reprint $D "$N3" --reason torn --out letters
exits 0 "reprint" sello-issue reprint $A "$N3" --reason "the roof leaked" --out letters --json
has "... as JSON" "\"letterNumber\":\"$N3\",\"copy\":2,"
to >/dev/null
last "... is a line with the copy's number" "13 reprint $N3 2 * AP2003 - -"
exits 0 "reprint again" sello-issue reprint $A "$N3" --reason "again" --out letters
to >/dev/null
last "... counts on" "14 reprint $N3 3 * AP2003 - -"

# --- correct
{ echo "$HEADER"; person 9 "Lopez Canil" "Ana Maria"; } >row.csv
exits 65 "correct a withdrawn letter" sello-issue correct $D "$N1" row.csv
exits 77 "correct by an approver" sello-issue correct $A "$N3" row.csv
exits 0 "correct" sello-issue correct $D "$N3" row.csv --json
DRAFT=$(printf '%s' "$OUT" | json draft)
exits 0 "correct it once more before it is approved" sello-issue correct $D "$N3" row.csv --json
SECOND=$(printf '%s' "$OUT" | json draft)
exits 0 "the letter is still in force" sello-issue reprint $A "$N3" --reason x --out letters
exits 0 "approve the correction" approve "$DRAFT" --yes --out letters
N7=$(number 7)
to >/dev/null
last "... is a line that names what it replaces" "16 correct $N7 $N3 * OF1007 AP2003 *"
approve "$SECOND" --yes --out letters >out 2>&1
check "the second correction becomes no letter" test "$(ls letters/*.xml | wc -l)" = 7
to >/dev/null
check "... and no line" test "$(size)" = 17
exits 65 "correct a letter that was replaced" sello-issue correct $D "$N3" row.csv
exits 65 "reprint a letter that was replaced" sello-issue reprint $A "$N3" --reason x --out letters
exits 0 "a replaced letter may be withdrawn" sello-issue withdraw $A "$N3" --reason DUPLICATE
exits 0 "what became of it is told" sello-issue show --home center "$N3"
has "... which letter stands in its place, and since when" "UTC by letter $N7, drafted by OF1007, approved by AP2003."
has "... and why it was withdrawn, in words" "UTC by AP2003: the person has another letter (DUPLICATE)."
exits 0 "... in Spanish" sello-issue show --lang es --home center "$N3"
has "... with the word that --state takes" "anulada (withdrawn)"
exits 0 "... and to programs" sello-issue show --home center "$N3" --json
has "... with the code" '"second":null,"reason":"DUPLICATE"}],"supersededBy":"'"$N7"'"'
head -n 2 people.csv >two.csv
sed -n 3p people.csv >>two.csv
exits 65 "correct with two rows" sello-issue correct $D "$N4" two.csv

# --- people, and the end of a day
exits 77 "a person added by an administrator alone" officer add OF1008 --role drafter --new-passphrase-file pass/new
exits 0 "... with an approver beside" officer add OF1008 --role drafter \
	--new-passphrase-file pass/new --second AP2003 --second-passphrase-file pass/approver
to >/dev/null
last "... is a line" "18 staff - OF1008 * AD0001 AP2003 DRAFTER"
exits 0 "remove them" officer remove OF1008 --second AP2003 --second-passphrase-file pass/approver
to >/dev/null
last "... is a line" "19 staff - OF1008 * AD0001 AP2003 REMOVED"
exits 77 "the day closed by a drafter" to --as OF1007 --passphrase-file pass/drafter
check "... is no line" test "$(size)" = 20
exits 0 "the day closed by an approver" to --as AP2003 --passphrase-file pass/approver --json
has "... as JSON" '"size":21,"from":20,'
last "... is a line" "20 close - - - * AP2003 - -"

# the time of a line is not that at which a passphrase was asked for
mkfifo slow
start=$(date +%s)
(sleep 2; cat pass/approver) >slow &
exits 0 "somebody types slowly" sello-issue publish --home center --to pub --as AP2003 --passphrase-file slow
check "... the line has the time of the act" test \
	"$(date -d "$(published | tail -n 1 | cut -d ' ' -f 3)" +%s)" -ge $((start + 2))

# --- the folder
exits 73 "publish into another center's log" bash -c "
	mkdir -p other/log/GTGUA01/1 &&
	sed 's,RRP-ES/log,RRP-XX/log,g' $LOG/checkpoint >other/log/GTGUA01/1/checkpoint &&
	sello-issue publish --home center --to other"
check "... leaves it" grep -q RRP-XX other/log/GTGUA01/1/checkpoint
: >file
exits 74 "publish into a file" sello-issue publish --home center --to file
exits 75 "publish where somebody publishes" flock $LOG sello-issue publish --home center --to pub
{ echo "$HEADER"; person 7 "Tun Pec" "Marta"; } >seventh.csv
draft seventh.csv >/dev/null 2>&1
cp -a center ahead
exits 0 "a line more elsewhere" sello-issue publish --home ahead --to pub --as AP2003 --passphrase-file pass/approver
cp -a pub kept
exits 78 "an older copy of the home does not publish" to
has "... says what is ahead" "1 line"
exits 78 "... nor approve" approve --all --yes --out fresh
exits 78 "... nor withdraw" sello-issue withdraw $A "$N4" --reason LOST
exits 78 "... nor reprint" sello-issue reprint $A "$N4" --reason x --out fresh
check "... and the folder is as it was" diff -r pub kept
mv pub/log gone
exits 0 "a stick that is gone says nothing" sello-issue reprint $A "$N4" --reason x --out letters
mv gone pub/log
exits 78 "one that came back with other lines does" to
has "... says that the log was changed" "changed"
rm -r center && mv ahead center
exits 0 "the newer home goes on" to

# --- 300 letters, and a checker that shares no code with us
if sanitized; then
	echo "skip 300 letters, and the checker in Go: the same in the other build"
	done_testing
fi
{
	echo "$HEADER"
	for i in $(seq 100 391); do
		person "$i" "Coy$(printf '%03d' "$i" | tr 0-9 a-j)" "Juana$(printf '%03d' "$i" | tr 0-9 k-t)" \
		    "19$((40 + i % 60))-0$((1 + i % 9))-1$((i % 10))"
	done
} >many.csv
exits 0 "292 more people" draft many.csv
exits 0 "approve all" approve --all --yes --out letters
check "300 letters" test "$(ls letters/*.xml | wc -l)" = 300
exits 0 "publish" to --json
has "... all of them" "\"size\":316,"
check "each has its line" test "$(published | grep -cE ' (issue|correct) GTGUA01-')" = 300
check "the home is sound" sello-issue check --home center

# nothing about a person in what is published
tail -n +2 -q people.csv one.csv row.csv seventh.csv many.csv | python3 -c "
import csv, sys
for r in csv.reader(sys.stdin):
    words = r[10].split() + r[11].split() + [r[12], r[9], r[19], r[19][-4:]]
    print('\n'.join(w for w in words if w))
" | sort -u >secrets
check "there is something to look for" test "$(wc -l <secrets)" -gt 600
# digits of four may stand in any digest or number: as a word of their own
grep -vE '^[0-9]{4}$' secrets >long
grep -E '^[0-9]{4}$' secrets >tails
# so may a short name stand in Base64
grep -E '.{8}' long >names
grep -vE '.{8}' long >short
check "no name, date or document is in PUB" bash -c "! grep -rqaF -f names pub/log"
check "no tail of a document is in PUB" bash -c "! grep -rqawF -f tails pub/log"
check "no short name is in PUB" bash -c "! grep -rqawF -f short pub/log"

if command -v go >/dev/null; then
	GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOCACHE=$TMP/gocache \
		go build -o oracle "$SOURCE"/tests/lib/log/oracle/*.go >/dev/null 2>&1
	VKEYS=$(grep -oE 'RRP-ES/log/GTGUA01/1\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+' pub/trust.xml)
	LOGKEY=$(echo "$VKEYS" | sed -n 1p) COSIGNER=$(echo "$VKEYS" | sed -n 2p)
	exits 0 "Go accepts what was published" ./oracle check $LOG "$LOGKEY" "$COSIGNER"
	has "... with the same root" "316 $(sed -n 3p $LOG/checkpoint)"
	exits 0 "Go knows whose key signed each line" ./oracle lines $LOG pub/trust.xml GTGUA01
	has "... every one" "316 lines, 3 persons"
	# not by these, not so, not for this: a role or a signature is wrong
	for change in 's/ OF1007 AP2003 / AP2003 OF1007 /' 's/ AP2003 B/ AP2003 V/' \
	    's/ AP2003 - WITHDRAWN/ AD0001 - WITHDRAWN/' 's/ issue GT/ issue HN/'; do
		rm -rf bad && cp -a $LOG bad
		LC_ALL=C sed -i "$change" bad/tile/entries/000 bad/tile/entries/*.p/*
		check "lines are changed: $change" bash -c "! diff -rq $LOG bad >/dev/null"
		exits 1 "Go refuses what nobody signed so" ./oracle lines bad pub/trust.xml GTGUA01
		has "... and names the line" "line "
	done
	# go_refuses "what" COMMAND: in a copy of the folder; refuses: a post
	# too, which needs no tile of leaves beside the lines themselves
	go_refuses() {
		rm -rf bad && cp -a $LOG bad
		(cd bad && eval "$2") >/dev/null 2>&1
		exits 1 "Go refuses $1" ./oracle check bad "$LOGKEY" "$COSIGNER"
	}
	refuses() {
		go_refuses "$@"
		rm -rf badpub && mkdir -p badpub/log/GTGUA01 && cp pub/trust.xml badpub &&
			cp -a bad badpub/log/GTGUA01/1
		rm -rf newpost && cp -a post newpost
		sello-verify sync --home newpost badpub >"$TMP/.stdout" 2>"$TMP/.stderr"
		case $? in
		2 | 3) ok "... and so does a post" ;;
		*) not_ok "... and so does a post: $(cat "$TMP/.stdout" "$TMP/.stderr")" ;;
		esac
	}
	other=$(sed -n 3p kept/log/GTGUA01/1/checkpoint)
	refuses "a byte changed in a bundle" "printf '\\377' | dd of=tile/entries/000 bs=1 seek=40 conv=notrunc"
	refuses "a byte changed in the last bundle" "printf '\\377' | dd of=tile/entries/001.p/60 bs=1 seek=40 conv=notrunc"
	refuses "a bundle cut off" "truncate -s -1 tile/entries/001.p/60"
	refuses "a line added" "printf '\\0\\2s1' >>tile/entries/001.p/60"
	refuses "a missing bundle" "rm tile/entries/000"
	refuses "a partial bundle under a full name" "mv tile/entries/001.p/60 tile/entries/000"
	refuses "swapped bundles" "mv tile/entries/000 x; mv tile/entries/001.p/60 tile/entries/000; mv x tile/entries/001.p/60"
	go_refuses "a byte changed in a tile" "printf '\\377\\0\\377' | dd of=tile/0/001.p/60 bs=1 seek=40 conv=notrunc"
	go_refuses "a missing tile" "rm tile/0/001.p/60"
	go_refuses "a torn tile" "truncate -s 32 tile/0/001.p/60"
	refuses "another size" "sed -i 2s/316/315/ checkpoint"
	refuses "another root" "sed -i '3s,.*,$other,' checkpoint"
	refuses "another origin" "sed -i 1s/GTGUA01/GTGUA02/ checkpoint"
	refuses "a changed signature" "sed -i '5s/.\\{12\\}\$/AAAAAAAAAAA=/' checkpoint"
	refuses "no signature" "sed -i '5,\$d' checkpoint"
	refuses "no head" "rm checkpoint"
	refuses "an older head over newer lines" "cp ../kept/log/GTGUA01/1/checkpoint checkpoint; rm -r tile/entries/000*"
else
	echo "skip the checker in Go: no go"
fi
done_testing
