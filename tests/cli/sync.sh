#!/bin/bash
# A post and the records of a center, with the real programs: what is taken,
# what is refused, and what a letter made with a copied key comes to.
. "$(dirname "$0")/lib.sh"
world
sync() { sello-verify sync --home post "$@"; }
publish_log() { sello-issue publish --home center --to "${1:-pub}"; }
log_dir=pub/log/GTGUA01/1
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
number() { basename "$1" .xml; }

# --- taking -------------------------------------------------------------------
rm -rf pub/log
cp -r post never
exits 1 "a letter that no record was taken of yet" sello-verify check --home never --json "$first"
has "... R-LOG-PENDING" R-LOG-PENDING
exits 0 "publish" publish_log
exits 0 "sync" sync pub
has "... says what is new" "GTGUA01: "
has "... how much" " new lines, up to 20"
has "... and how old" ", less than a day old"
exits 0 "again: nothing new" sync --json pub
has "... a line for the list" '"kind":"list","outcome":"same"'
has "... and one for the log" '"kind":"log","outcome":"same","center":"GTGUA01","generation":1'
exits 0 "now the letter is valid" verify --json "$first"
has "... included" '"log":{"state":"included","size":'
exits 0 "a post that knows its records is ready" sello-verify status --home post --json
has "... and shows them" '"logs":[{"center":"GTGUA01"'
exits 0 "in words too" sello-verify check --home post "$first"
has "... the age of the records" "The center's log: "
exits 2 "a number by hand is never green" sello-verify number --home post "$(number "$second")"
has "... but it is said what is entered" "was entered in the center's log on"
never=$(printf '%s\n' GTGUA01-2026-000009-{{0..9},{A..Z}} |
    while read -r n; do
	sello-verify number --home post "$n" >/dev/null 2>&1
	[ $? = 2 ] && echo "$n"
    done)
exits 2 "a number that was never given" sello-verify number --home post --json "$never"
has "... is not in the records" '"log":{"state":"pending"'
cp -r pub old

# --- what became of letters ---------------------------------------------------
exits 0 "withdraw" sello-issue withdraw --home center --as AP2003 \
    --passphrase-file pass/approver "$(number "$second")" --reason LOST
exits 0 "withdraw for fraud" sello-issue withdraw --home center --as AP2003 \
    --passphrase-file pass/approver --second AD0001 \
    --second-passphrase-file pass/admin "$(number "$third")" --reason FRAUD
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira Rosa"; } >corrected.csv
exits 0 "correct" sello-issue correct --home center --as OF1007 \
    --passphrase-file pass/drafter "$(number "$first")" corrected.csv
approve --all --yes --out letters >/dev/null 2>&1
exits 0 "sync of what the post has" sync pub
exits 0 "before the next sync nothing is known" verify "$second"
exits 0 "publish again" publish_log
exits 0 "sync again" sync --json pub
has "... a line an act" '"new":3'
exits 1 "withdrawn" verify --json "$second"
has "... R-WITHDRAWN" '["R-WITHDRAWN"]'
exits 1 "superseded" verify --json "$first"
has "... R-SUPERSEDED" '["R-SUPERSEDED"]'
exits 3 "withdrawn for fraud" verify --json "$third"
has "... F-REVOKED" '["F-REVOKED"]'
exits 0 "the letter in its place" verify letters/*000004*.xml
exits 2 "the number says so too" sello-verify number --home post --json "$(number "$third")"
has "... in JSON" '"letterState":"fraud"'
exits 1 "an old stick is left" sync old
has "... and said to be old" "older than what this post has"
exits 3 "... the newer state stays" verify "$third"

# --- bad sticks ---------------------------------------------------------------
sello-issue publish --home center --to pub --as AP2003 --passphrase-file pass/approver >/dev/null 2>&1
mkdir empty
exits 2 "a folder that is no publication" sync empty
has "... says so" "not a publication"
mkdir piped
mkfifo piped/trust.xml
exits 2 "a pipe in the place of the list is not waited for" timeout 120 sello-verify sync --home post piped
has "... but told" "is not a file"
exits 2 "... by an auditor neither" timeout 120 sello-audit check --root root/root.crt piped
exits 2 "a folder that is not there" sync nowhere
exits 2 "a file of a publication" sync pub/trust.xml
has "... says what to name" "name the folder it lies in"
exits 78 "the home of a center" sello-verify sync --home center pub
has "... is no post" "is not the folder of a post"
cp -r pub stick2 && rm stick2/trust.xml && mkfifo stick2/trust.xml
cp -r post probe
exits 2 "a pipe for the list does not hang" timeout 120 sello-verify sync --home probe stick2
has "... and the records are taken all the same" "GTGUA01: "
strange=$(printf 'stick\033]0;x\007\342\200\256')
mkdir "$strange"
exits 2 "a folder whose name a terminal would obey" sync "$strange"
has "... its name is shown without that" "stick?]0;x??: not a publication"
exits 2 "import of a folder names it once" sello-verify import --home post empty
hasnt "... not twice" "empty: empty"
# FILE COMMAND: what it is, and who takes it
misled() {
	exits 2 "import of another file: $1" sello-verify import --home post "$1"
	has "... says which command takes it" "$2"
}
misled "$second" "sello-verify check"
misled "${second%.xml}.pdf" "sello-verify check"
misled "${second%.xml}.png" "sello-verify check"
misled pub/trust.xml "sello-verify sync, with the folder"
misled post/request.txt "sello-keys certify"
misled center/request.csr "sello-keys certify"
misled root/root.crt "sello-verify init"
misled post/report.key "PRIVATE KEY"
misled center/register.db "a center's register"
misled pub "sello-verify sync"
exits 2 "a web address, not yet" sync https://example.org/pub
for damage in "rm -r tile/entries" "truncate -s 100 tile/entries/000.p/*" \
    "rm checkpoint" "truncate -s 50 checkpoint" "truncate -s 999999 checkpoint"; do
	rm -rf bad && cp -r pub bad
	(cd "bad/${log_dir#pub/}" && eval "$damage")
	exits 2 "a damaged stick: $damage" sync bad
	exits 1 "... the good copy stays" verify --json "$second"
done
exits 0 "a good one again" sync pub
cp -r post busy
exec 9>busy/sync.lock
flock 9
exits 75 "another sync is running" sello-verify sync --home busy pub
exec 9>&-
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	mkdir -m 755 bin && cp "$BUILD/sello-verify" bin/
	cp -r post fixed && chmod a+x "$TMP" && chmod -R a+rX fixed pub && chmod -R a-w fixed
	exits 74 "a home that cannot be written" setpriv --reuid=65534 --clear-groups \
	    --inh-caps=-all --bounding-set=-all bin/sello-verify sync --home fixed pub
	hasnt "... and nothing is claimed" "new lines"
fi

# --- posts among themselves ---------------------------------------------------
exits 0 "a second post" sello-verify init --home post2 --root root/root.crt --consulate ES-HNTGU
sello-keys certify --home root --passphrase-file pass/root post2/request.txt >/dev/null 2>&1
exits 0 "its first sync" sello-verify sync --home post2 pub
exits 1 "a letter is shown there" sello-verify check --home post2 --record --answer match letters/*000004*.xml
exits 0 "its report" sello-verify export --home post2 --to report2.txt
has "... it is not listed yet" "not in the trust list"
exits 2 "the word of an unlisted post" sello-verify import --home post report2.txt
has "... counts for nothing" "does not count"
exits 0 "... nothing was taken" verify letters/*000004*.xml
publish >/dev/null 2>&1
exits 0 "the new list" sync pub
exits 0 "its report again" sello-verify import --home post report2.txt
exits 1 "shown at another post" verify letters/*000004*.xml
has "... R-PRESENTED" R-PRESENTED
has "... where" "Shown at post ES-HNTGU/1 on 20"
has "... the day as posts tell it" " (UTC), as"
exits 0 "a computer set up anew under a listed name" sello-verify init --home anew \
    --root root/root.crt --consulate ES-HNTGU
sello-verify sync --home anew pub >/dev/null
exits 0 "... knows that the list has other keys" sello-verify status --home anew
has "... and says what to do" "not the ones that the list names for this post; send"
exits 0 "... as JSON" sello-verify status --home anew --json
has "... it is not listed" '"listed":false'
exits 0 "... the listed one's report is not its own" sello-verify import --home anew report2.txt
has "... and taken" "report of post ES-HNTGU/1: letters shown there 1, new 1"
exits 0 "... its own" sello-verify export --home anew --to own.txt
has "... counts for nobody" "This post is not in the trust list"
exits 0 "... is left alone" sello-verify import --home anew own.txt
has "... for it is its own" "own report"
exits 0 "an own report" sello-verify export --home post --to report.txt --json
has "... has the head" '"heads":1'
exits 0 "... is not taken" sello-verify import --home post report.txt
check "reports may be read by others" test "$(stat -c %a report.txt)" = 644
# as written or in capitals; shorter ones stand in random bytes, too
check "no name is in what posts tell or keep" bash -c '
	! cat report.txt report2.txt post/*.db* post2/*.db* | grep -aqE "Elvira|ELVIRA|Cucul|CUCUL|Mateo|MATEO|Juana|JUANA|1990-05-02"'

# --- a copied key -------------------------------------------------------------
cp -r center thief
cp -r pub thiefpub
{ echo "$HEADER"; person 9 "Nadie Ninguno" "Falso"; } >false.csv
sello-issue draft --home thief --as OF1007 --passphrase-file pass/drafter false.csv >/dev/null 2>&1
sello-issue approve --home thief --as AP2003 --passphrase-file pass/approver \
    --all --yes --out false >/dev/null 2>&1
sello-issue publish --home thief --to thiefpub >/dev/null 2>&1
forged=$(ls false/*.xml)
exits 1 "a letter made with a copied disk" verify --record --json "$forged"
has "... nobody can know yet" R-LOG-PENDING
sleep 1.1
{ echo "$HEADER"; person 4 "Caal Pop" "Rosa"; } >more.csv
draft more.csv >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
publish_log >/dev/null 2>&1
exits 3 "the next sync finds it, for it was shown" sync --json pub
has "... by its number" "\"kind\":\"presentation\",\"outcome\":\"manipulated\",\"letterNumber\":\"$(number "$forged")\""
exits 3 "... and every check after that" verify --json "$forged"
has "... F-UNLOGGED" F-UNLOGGED
exits 0 "honest letters stay good" verify letters/*000005*.xml
exits 3 "two versions of the records" sync thiefpub
has "... proof" "PROOF OF MANIPULATION"
check "... both heads are kept" test "$(ls post/evidence/log-GTGUA01-1-*.checkpoint | wc -l)" = 2
exits 1 "... letters of this center need attention" verify --json letters/*000005*.xml
has "... R-LOG-CONFLICT" R-LOG-CONFLICT
exits 1 "... status too" sello-verify status --home post
has "... in words" CONTRADICTED
has "... as the sync said it" "PROOF OF MANIPULATION: send both signed heads"
hasnt "... and nothing waits to be compared" "wait to be compared"
exits 2 "a number with proof against it" sello-verify number --home post "$(number "$forged")"
check "... says so first" bash -c 'head -n 2 <<<"$1" | grep -q "PROOF OF MANIPULATION: letter"' _ "$OUT"
exits 3 "... and nothing more is taken" sync pub
# the other post saw only the thief's version
exits 0 "a post that is shown the other version" sello-verify sync --home never thiefpub
exits 0 "... tells others of it" sello-verify export --home never --to heads.txt
exits 0 "a third post with the true records" sello-verify sync --home post2 pub
exits 3 "... and the two find it" sello-verify import --home post2 heads.txt
has "... proof" "PROOF OF MANIPULATION"
done_testing
