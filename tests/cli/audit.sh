#!/bin/bash
# An auditor with the real programs: an honest center, one that was copied,
# set back or rewritten, sticks of every kind, and what people type wrongly.
. "$(dirname "$0")/lib.sh"
world
audit() { sello-audit check --root root/root.crt "$@"; }
publish_log() { sello-issue publish --home center --to "${1:-pub}"; }
number() { basename "$1" .xml; }
{
	echo "$HEADER"
	person 1 "Pop Cucul" "Elvira"
	person 2 "Xol Tiul" "Mateo"
	person 3 "Ical Choc" "Juana"
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
first=$(ls letters/*000001*.xml) second=$(ls letters/*000002*.xml)
third=$(ls letters/*000003*.xml)

# --- what people type ---------------------------------------------------------
exits 64 "no root" sello-audit check pub
exits 64 "no folder" audit
exits 66 "a root that is not there" sello-audit check --root nowhere.crt pub
exits 65 "a root that is none" sello-audit check --root people.csv pub
exits 64 "no threads" audit --threads 0 pub
exits 64 "too many threads" audit --threads 9999 pub
exits 64 "threads that are no number" audit --threads many pub
exits 64 "a center's code that is none" audit --center guatemala pub
exits 66 "a calendar that is not there" audit --calendar nowhere.ini pub
printf '[GTGUA01]\nhours = 9 to 5\n' >wrong.ini
exits 65 "a calendar that is none" audit --calendar wrong.ini pub
has "... the line" "wrong.ini: line 2"
exits 64 "a report without a file" sello-audit report --root root/root.crt pub
exits 64 "a sample of nobody" sello-audit report --root root/root.crt --out r.html --sample 0 pub
exits 64 "a seed that is no number" sello-audit report --root root/root.crt --out r.html --seed x pub
rm -rf pub/log
exits 2 "before anything was published" audit pub
has "... says what lacks" "no copy of it that can be read"
for folder in nowhere letters people.csv; do
	exits 2 "a folder that is no publication: $folder" audit $folder
	has "... is named" "$folder"
done
exits 2 "a folder that is none, in JSON" audit --json nowhere
has "... a line" '"finding":"A-UNCHECKED","severity":"note","center":null,"generation":null,"index":null,"letterNumber":null,"text":"'

# --- limits: folders that are given, and that are found in one
many() { seq -f "$1" "$2"; }
exits 2 "256 folders" audit $(many "none%.0f" 256)
has "... are looked at" "COULD NOT BE CHECKED: 257"
exits 64 "257 folders" audit $(many "none%.0f" 257)
has "... are too many" "more than 256 folders"
mkdir -p crowd/log && cp pub/trust.xml crowd/
found() { audit crowd | sed -n '1s/^COULD NOT BE CHECKED: \([0-9]*\).*/\1/p'; }
(cd crowd/log && many "X%.0f/1" 9999 | xargs mkdir -p)
before=$(found)
mkdir -p crowd/log/Y/1
check "10,000 names of one are looked at" test "$(found)" = $((before + 1))
mkdir -p crowd/log/Z/1
check "... and no more" test "$(found)" = $((before + 1))
rm -rf crowd

# --- an honest center -----------------------------------------------------------
exits 0 "publish" publish_log
exits 0 "an honest log" audit pub
check "... in one sentence first" grep -q "NOTHING TO ASK" <(head -n 1 "$TMP/.stdout")
has "... says that letters shown were not looked for" "--presentations FILE"
check "... and again at the end" test "$(head -n 1 "$TMP/.stdout")" = "$(tail -n 1 "$TMP/.stdout")"
has "... says what was not checked" "opening hours and holidays: no calendar was given"
exits 2 "a table of people is no report" audit --presentations people.csv pub
has "... which is said" "this is a table of people, with personal data"
has "... and what is wanted" "wanted here: a post's report"
sello-issue reprint --home center --as AP2003 --passphrase-file pass/approver \
    "$(number "$first")" --reason LOST --out letters >/dev/null 2>&1
sello-issue withdraw --home center --as AP2003 --passphrase-file pass/approver \
    "$(number "$second")" --reason LOST >/dev/null 2>&1
{ echo "$HEADER"; person 3 "Ical Choc" "Juana Maria"; } >corrected.csv
sello-issue correct --home center --as OF1007 --passphrase-file pass/drafter \
    "$(number "$third")" corrected.csv >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
cp -r pub old
sello-issue publish --home center --to pub --as AP2003 --passphrase-file pass/approver >/dev/null 2>&1
exits 0 "copies, corrections, withdrawals" audit --json pub old
hasnt "... no proof" '"severity":"proof"'
exits 0 "with a state" audit --state state pub
check "... the head is kept" test -s state/GTGUA01-1.checkpoint
check "... and the list" test -s state/trust.xml
exits 0 "again" audit --state state pub
exits 1 "an old stick after it" audit --state state --json old
has "... is a question" '"finding":"A-BEHIND","severity":"question","center":"GTGUA01","generation":1'
exits 0 "... and the newer head stays" audit --state state pub
check "one thread or many" bash -c '
	sello-audit check --root root/root.crt --threads 1 --json pub >a
	sello-audit check --root root/root.crt --threads 9 --json pub >b
	cmp a b'
for lang in es en fr pt ht; do
	exits 0 "--lang $lang" audit --lang $lang pub
done
printf '[GTGUA01]\nhours = Mon 00:00-00:01\n' >narrow.ini
exits 1 "letters outside opening hours" audit --calendar narrow.ini --json pub
has "... A-HOURS" '"finding":"A-HOURS","severity":"question","center":"GTGUA01"'
printf '[GTGUA01]\nhours = Mon-Sun 00:00-24:00\nholidays = %s %s %s\n' \
    "$(day '1 day ago')" "$(day now)" "$(day tomorrow)" >holiday.ini
exits 1 "letters on a holiday" audit --calendar holiday.ini --json pub
has "... A-HOLIDAY" '"finding":"A-HOLIDAY"'

# --- posts ----------------------------------------------------------------------
sello-verify sync --home post pub >/dev/null 2>&1
verify --record --answer match "$first" >/dev/null 2>&1
verify --record --answer mismatch letters/*000004*.xml >/dev/null 2>&1
exits 0 "a post's export" sello-verify export --home post --to report.txt
exits 1 "the auditor reads it" audit --presentations report.txt --json pub
has "... an identity document did not match" '"finding":"A-MISMATCH","severity":"question"'
has "... of this letter" "\"letterNumber\":\"$(number letters/*000004*.xml)\""
exits 2 "a file that is no report" audit --presentations people.csv pub
exits 2 "a file that is not there" audit --presentations nowhere.txt pub

# --- whose key signed what -------------------------------------------------------
exits 0 "every line and who signed it" sello-audit lines --root root/root.crt pub
check "... in UTC, for people" grep -qE "^GTGUA01/1 0 [0-9-]{10} [0-9:]{5} UTC " "$TMP/.stdout"
has "... and what lines do not say" "with what posts export (--presentations FILE)"
has "... a letter by its drafter and its approver" \
    " letter issued (issue) $(number "$first"): OF1007 ("
hasnt "... nobody who did not" "DID NOT SIGN"
exits 0 "... in JSON" sello-audit lines --root root/root.crt --json pub
printf '%s\n' "$OUT" >lines.json
has "... the center's key too" '"centerSigned":true,"persons":[{"code":"OF1007","signed":true,"fingerprint":"'
check "... as many as the log has" bash -c '
	[ "$(wc -l <lines.json)" = "$(sed -n 2p pub/log/GTGUA01/1/checkpoint)" ]'
exits 0 "... counted for each key" audit pub
has "... with the fingerprint that its person reads aloud" \
    "$(sed -n 's/.*"code":"OF1007","signed":true,"fingerprint":"\([^"]*\)".*/\1/p' lines.json | head -1)"
exits 2 "... of what can be read" sello-audit lines --root root/root.crt nowhere

# --- the report -----------------------------------------------------------------
exits 1 "a report" sello-audit report --root root/root.crt --presentations report.txt --seed 7 --out report.html pub
has "... says where it is" "report.html"
check "... is HTML" grep -q '^<!DOCTYPE html>' report.html
check "... with officers" grep -q OF1007 report.html
check "... and a sample" grep -q "$(number "$first")" report.html
cp report.html before.html
exits 1 "the same seed" sello-audit report --root root/root.crt --presentations report.txt --seed 7 --out report.html pub
check "... the same sample" bash -c '
	sample() { sed -n "/class=.sample/,/<.table>/p" "$1"; }
	[ -n "$(sample report.html)" ] && [ "$(sample before.html)" = "$(sample report.html)" ]'
exits 1 "a public report" sello-audit report --root root/root.crt --presentations report.txt --public --out public.html pub
check "... names no officer and no letter" bash -c '! grep -qE "OF1007|AP2003|AD0001|GTGUA01-20" public.html'
check "... and hides small counts" grep -q '&lt;5' public.html
for lang in es fr pt ht; do
	exits 0 "a report in $lang" sello-audit report --root root/root.crt --lang $lang --out $lang.html pub
	check "... says so" grep -q "<html lang=\"$lang\">" $lang.html
done
exits 74 "a report into a folder that is not there" sello-audit report --root root/root.crt --out nowhere/r.html pub
check "no name in logs, exports, reports, state" bash -c '
	! grep -raqwE "Elvira|Cucul|Tiul|Mateo|Ical|Juana|1990-05-02" pub state report.txt report.html public.html'
if command -v xmllint >/dev/null; then
	check "the report is well-formed" bash -c '
		sed "s/<meta \([^>]*\)>/<meta \1\/>/; s/<!DOCTYPE html>//" report.html | xmllint --noout -'
fi

# --- damage ---------------------------------------------------------------------
log=log/GTGUA01/1
for damage in "rm -r tile/entries" "truncate -s 100 tile/entries/000.p/*" \
    "rm -r tile/0" "truncate -s 32 tile/0/000.p/*" \
    "rm checkpoint" "truncate -s 50 checkpoint" "truncate -s 999999 checkpoint" \
    "rm checkpoint; mkdir checkpoint" "rm checkpoint; mkfifo checkpoint" \
    "printf '#' | dd of=checkpoint bs=1 seek=60 conv=notrunc status=none"; do
	rm -rf bad && cp -r pub bad
	(cd bad/$log && eval "$damage")
	exits 2 "damage: $damage" timeout 120 sello-audit check --root root/root.crt bad
	hasnt "... accuses nobody" PROOF:
	exits 2 "... another copy helps" audit bad pub
done
rm -rf bad && cp -r pub bad
sed -i '1s/OF1007/OF1003/' bad/$log/tile/entries/000.p/*
exits 2 "a changed line" sello-audit check --root root/root.crt bad pub
hasnt "... accuses nobody" PROOF:

rm -rf bad && cp -r pub bad && rm bad/trust.xml && mkfifo bad/trust.xml
exits 2 "a pipe for the list does not hang" timeout 120 sello-audit check --root root/root.crt bad
strange=$(printf 'file\033]0;x\007')
echo nothing >"$strange"
exits 2 "a file whose name a terminal would obey" audit --presentations "$strange" pub
has "... its name is shown without that" "file?]0;x?: not a signed note"

# --- fraud ----------------------------------------------------------------------
# a copied disk: letters of its own, and the log that goes with them
cp -r center thief
{ echo "$HEADER"; person 9 "Nadie Ninguno" "Falso"; } >false.csv
sello-issue draft --home thief --as OF1007 --passphrase-file pass/drafter false.csv >/dev/null 2>&1
sello-issue approve --home thief --as AP2003 --passphrase-file pass/approver \
    --all --yes --out false >/dev/null 2>&1
cp -r pub thiefpub
sello-issue publish --home thief --to thiefpub >/dev/null 2>&1
forged=$(ls false/*.xml)
verify --record "$forged" >/dev/null 2>&1
sello-verify export --home post --to report.txt >/dev/null 2>&1
exits 1 "a letter that is newer than the log accuses nobody" audit --presentations report.txt --json pub
has "... it is pending" '"finding":"A-PENDING","severity":"note"'
sleep 1.1
{ echo "$HEADER"; person 4 "Caal Pop" "Rosa"; } >more.csv
draft more.csv >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
publish_log >/dev/null 2>&1
exits 3 "a letter with a copied key, shown at a post" audit --presentations report.txt --json pub
has "... is not in the log" "\"finding\":\"A-UNLOGGED\",\"severity\":\"proof\",\"center\":\"GTGUA01\",\"generation\":null,\"index\":null,\"letterNumber\":\"$(number "$forged")\""
exits 3 "two versions of the log" audit --json pub thiefpub
has "... a fork" '"finding":"A-FORK","severity":"proof"'
exits 0 "the true one alone" audit --state state2 pub
exits 3 "the other one a month later" audit --state state2 thiefpub
exits 3 "... and the evidence stays" audit --state state2 thiefpub
exits 0 "... the true one is still good" audit --state state2 pub
cp thiefpub/$log/checkpoint head
exits 3 "a head alone is enough" audit --presentations head pub
exits 3 "words for people" audit pub thiefpub
has "... proof first" "PROOF OF MANIPULATION"
has "... what it means" "contradict each"
has "... what to do" "Keep all copies"
exits 3 "a report of it" sello-audit report --root root/root.crt --out report.html pub thiefpub
check "... says so" grep -q "PROOF OF MANIPULATION" report.html
# a key that was revoked
key=$(sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$first")
sello-keys revoke --home root --passphrase-file pass/root "$key" --reason compromise >/dev/null 2>&1
publish >/dev/null 2>&1
exits 1 "a revoked key" audit --json pub
has "... its lines are a question" '"finding":"A-KEY-REVOKED"'
# another root's
sello-keys init --home root2 --program RRP-ES --name Other --passphrase-file pass/root >/dev/null 2>&1
exits 2 "another root" sello-audit check --root root2/root.crt pub
has "... accuses nobody" "no trust list that this root signed"
done_testing
