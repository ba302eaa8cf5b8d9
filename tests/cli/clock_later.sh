#!/usr/bin/env bash
# What a wrong clock left behind, when the date that it said has come or its
# certificates are used: nobody is accused, and there is always a way on.
. "$(dirname "$0")/lib.sh"

other_clock "what a wrong clock left behind" || done_testing
P="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
R="--home root --passphrase-file pass/root"
today() { date -u +%F; }
at() { faketime -f "$1" "${@:2}" </dev/null; }
typed() { faketime -f "$1" "${@:2}" --confirm-date "$(date -u -d "${1/d/ days}" +%F)" </dev/null; }
number() { basename "$(letter "$1" "$2")" .xml; }
# begin_as HOME CODE OWN: somebody enters whom the root has heard anew
begin_as() {
	sello-issue trust --home "$1" pub/trust.xml --as "$2" --passphrase-file "pass/$3" \
	    --second AP2003 --second-passphrase-file pass/approver
}
log_line() { sqlite3 center/register.db "SELECT line FROM log_line ORDER BY id" | tail -1; }

# --- the wrong date comes --------------------------------------------------------
world
issue center out 1 2 >/dev/null 2>&1
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
{ echo "$HEADER"; person 11 Quispe Ana; } >d.csv
draft d.csv >/dev/null
typed +6d sello-issue approve --home center $P 3 --yes --out o2 >/dev/null 2>&1
sello-issue publish --home center --to pub >/dev/null
exits 0 "a post takes lines of a wrong day" sello-verify sync --home post pub
has "... and does not believe their date" "not believed"
sello-issue recover --home center --clock $P $S --confirm-date "$(today)" >/dev/null
issue center out 4 >/dev/null 2>&1
sello-verify check --home post --record "$(letter out 4)" >/dev/null
sello-verify export --home post --to seen >/dev/null
exits 0 "eight days later the old stick again" at +8d sello-verify sync --home post pub
judge "... an honest letter of between is pending" attention "R-PRESENTED R-LIST-AGEING R-LOG-PENDING" \
    at +8d sello-verify check --home post --json "$(letter out 4)"
exits 1 "an auditor of that day with the old stick, whom a post told" \
    at +8d sello-audit check --root root/root.crt --json --presentations seen --letter "$(letter out 4)" pub
has "... asks" A-UNPROVEN
hasnt "... and accuses nobody" '"severity":"proof"'
sello-issue publish --home center --to pub >/dev/null
exits 0 "the newest stick" at +8d sello-verify sync --home post pub
judge "... and the letter is known" attention "R-PRESENTED R-LIST-AGEING" \
    at +8d sello-verify check --home post --json "$(letter out 4)"

# --- the old stick is the first that a post sees, when its date has passed ------------
rm -rf root center post pub out o2 seen
world
issue center out 1 2 >/dev/null 2>&1
cp -r post first
draft d.csv >/dev/null
typed +12d sello-issue approve --home center $P $S 3 --yes --out o2 >/dev/null 2>&1
at +12d sello-issue publish --home center --to pub >/dev/null
cp -r pub old
sello-issue recover --home center --clock $P $S --confirm-date "$(today)" >/dev/null
issue center out 4 >/dev/null 2>&1
sello-issue publish --home center --to pub >/dev/null
sello-verify check --home first --record "$(letter out 4)" >/dev/null
sello-verify export --home first --to seen >/dev/null
exits 0 "a post whose first records are an old stick of a wrong day that has passed" \
    at +14d sello-verify sync --home first old
hasnt "... believes its date" "not believed"
judge "... an honest letter of after the wrong day is pending" attention \
    "R-PRESENTED R-LIST-AGEING R-LOG-PENDING" \
    at +14d sello-verify check --home first --json "$(letter out 4)"
exits 1 "an auditor with the old stick then" \
    at +14d sello-audit check --root root/root.crt --json --presentations seen --letter "$(letter out 4)" old
hasnt "... accuses nobody" '"severity":"proof"'
exits 0 "... the newest stick" at +14d sello-verify sync --home first pub
judge "... and the letter is known" attention "R-PRESENTED R-LIST-AGEING" \
    at +14d sello-verify check --home first --json "$(letter out 4)"

# --- a withdrawal and a typed date -----------------------------------------------
exits 0 "a withdrawal with a date that is not today's is made" \
    sello-issue withdraw --home center $P --reason LOST "$(number out 1)" --confirm-date 2020-01-01
day=$(date -u -d '+5 days' +%F)
exits 0 "... and with today's, of a clock that jumped" \
    typed +5d sello-issue withdraw --home center $P --reason LOST "$(number out 2)"
case $(log_line) in *" ${day}T"*) ok "... its line has that day" ;;
*) not_ok "... its line has another day: $(log_line)" ;; esac
exits 0 "... of one person and a clock a year ahead" \
    typed +400d sello-issue withdraw --home center $P --reason LOST "$(number o2 3)"
case $(log_line) in *" ${day}T"*) ok "... its line has the last one's day" ;;
*) not_ok "... its line has another day: $(log_line)" ;; esac

# --- a list and a log of one wrong day ---------------------------------------------
cp -r root root2; cp -r center center2
faketime -f +6d sello-keys publish --home root2 --passphrase-file pass/root --to pub2 \
    --confirm-date "$(date -u -d '+6 days' +%F)" >/dev/null
at +6d sello-issue trust --home center2 pub2/trust.xml >/dev/null
typed +6d sello-issue withdraw --home center2 $P --reason LOST "$(number out 4)" >/dev/null
exits 78 "the list goes first" sello-issue recover --home center2 --clock $P $S --confirm-date "$(today)"
has "... which the message says" "ask the root custodian for a new list"
sello-keys recover --home root2 --clock --confirm-date "$(today)" >/dev/null
sello-keys publish --home root2 --passphrase-file pass/root --to pub2 >/dev/null
exits 0 "... it is taken" sello-issue trust --home center2 pub2/trust.xml
exits 0 "... then the log" sello-issue recover --home center2 --clock $P $S --confirm-date "$(today)"

# --- certificates of a wrong day ---------------------------------------------------
typed +3000d sello-keys certify $R center/request.csr >/dev/null
exits 0 "a certificate that ends too late is taken back" \
    sello-keys recover --home root --clock --confirm-date "$(today)"
has "... it is counted" "Certificates made later than today: 1"
exits 0 "... and made anew" sello-keys certify $R center/request.csr
has "... with its end" "Valid until: $(date -u -d '+730 days' +%F)"
exits 73 "... once" sello-keys certify $R center/request.csr

# --- a key and a post that were to end on a wrong day ---------------------------------
rm -rf root3 pub3
cp -r root root3
R3="--home root3 --passphrase-file pass/root"
sello-verify init --home post3 --root root/root.crt --consulate ES-GTGUA --post 3 >/dev/null
sello-keys certify $R3 post3/request.txt >/dev/null
old=$(sello-keys show --json pub/trust.xml | grep -o '"keyId":"[0-9a-f]*"' | head -1 | cut -d'"' -f4)
check "a key is replaced on a wrong day" \
    typed +100d sello-keys revoke $R3 "$old" --reason superseded
check "... and a post closed" \
    typed +100d sello-keys revoke $R3 ES-GTGUA/3 --reason closed --from "$(date -u -d '+99 days' +%FT%TZ)"
exits 0 "the clock is put right" sello-keys recover --home root3 --clock --confirm-date "$(today)"
has "... both are counted" "later than today, now from today on: 2"
exits 0 "... once" sello-keys recover --home root3 --clock --confirm-date "$(today)"
has "... which is said" "nothing was changed"
exits 0 "the next list" sello-keys publish $R3 --to pub3
check "... has no later day" \
    sh -c '! grep -oE "<Since>[^<]*" pub3/trust.xml | sed "s/<Since>//" | grep -v "^$0T"' "$(today)"
check "... and both" sh -c '[ "$(grep -oE "<Since>" pub3/trust.xml | wc -l)" = 2 ]'

found two GTGUA02 Two >/dev/null
typed +40d sello-keys certify $R --yes two/request.csr >/dev/null
exits 0 "a certificate that begins later is published" sello-keys publish $R --to pub
has "... with a warning" "later than today, and signs nothing before"
sello-issue trust --home two pub/trust.xml >/dev/null
exits 78 "its center signs nothing yet" sello-issue publish --home two --to pub \
    --as AD0001 --passphrase-file pass/admin
has "... and says who helps" "certify request.csr again"
exits 0 "... the root does" sello-keys certify $R two/request.csr
sello-keys publish $R --to pub >/dev/null
sello-issue trust --home two pub/trust.xml >/dev/null
exits 0 "... and the center works" sello-issue publish --home two --to pub \
    --as AD0001 --passphrase-file pass/admin

# --- everybody's clock, and the center's next log ------------------------------------
rm -rf root center post pub out o2
world
issue center out 1 >/dev/null 2>&1
draft d.csv >/dev/null
typed +6d sello-keys publish $R --to pub >/dev/null
at +6d sello-issue trust --home center pub/trust.xml >/dev/null
typed +6d sello-issue approve --home center $P 2 --yes --out o2 >/dev/null
at +6d sello-issue publish --home center --to pub >/dev/null
exits 0 "a post of the same wrong day believes it" at +6d sello-verify sync --home post pub
hasnt "... it does" "not believed"
sello-keys recover --home root --clock --confirm-date "$(today)" >/dev/null
sello-issue rekey --home center --log $P $S >/dev/null
sello-keys log $R close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint >/dev/null
sello-keys certify $R center/request.csr >/dev/null
sello-keys publish $R --to pub >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null 2>&1
exits 78 "a withdrawal waits for the next log to begin" \
    sello-issue withdraw --home center $P --reason LOST "$(number o2 2)"
exits 78 "... which two persons do not do with such a clock" begin_next center pub/trust.xml
has "... the way on is named" "recover --home center --clock"
exits 0 "... that begins it, and puts the clock right" \
    sello-issue recover --home center --clock $P $S --confirm-date "$(today)"
exits 0 "... then it is made" sello-issue withdraw --home center $P --reason LOST "$(number o2 2)"
issue center out 3 >/dev/null 2>&1
cp -r post late
sello-issue publish --home center --to pub >/dev/null
sello-verify sync --home post pub >/dev/null
judge "... for the one before, too: letters are judged" valid "" shown post "$(letter out 1)"
judge "... of before and after" valid "" shown post "$(letter out 3)"
judge "... and of the wrong day" attention "R-WITHDRAWN R-CLOCK" shown post "$(letter o2 2)"
at +10d sello-verify export --home late --to late.txt >/dev/null
sello-verify init --home other --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-verify sync --home other pub >/dev/null
exits 2 "a report from the future is left" sello-verify import --home other late.txt
has "... both dates are named" "$(date -u -d '+10 days' +%F)"
has "... and the clock that is suspected" "The other clock is suspected"

# --- a center that lost a log of a wrong day -------------------------------------------
rm -rf root center post pub out o2
world
issue center out 1 >/dev/null 2>&1
draft d.csv >/dev/null
typed +6d sello-issue approve --home center $P 2 --yes --out o2 >/dev/null
sello-issue publish --home center --to pub >/dev/null
sello-verify sync --home post pub >/dev/null
rm -rf center
found center GTGUA01 "Test Center" >/dev/null
rm -rf root2 center2 pub2
cp -r root root2 && cp -r center center2 && cp -r pub pub2 && cp -r post post2
sello-keys log $R close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint >/dev/null
certify center/request.csr >/dev/null
sello-keys publish $R --to pub >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null 2>&1
exits 78 "the copy's end is from the future" sello-issue recover --home center $P $S --from pub
has "... the way on is named" "recover --home center --clock"
exits 0 "... and is one" \
    sello-issue recover --home center $P $S --from pub --clock --confirm-date "$(today)"
exits 78 "a drafter whom the root has heard is not in the log yet" issue center out 3
has "... who stands beside" "--as OF1007 --second"
exits 0 "... an approver does" begin_as center OF1007 drafter
exits 0 "... then what was drafted is approved" approve --all --yes --out out
exits 0 "the register is in order" sello-issue check --home center
sello-issue publish --home center --to pub >/dev/null
exits 0 "posts take the next log" sello-verify sync --home post pub
judge "... with its letters" valid "" shown post "$(letter out 3)"
judge "... and those of the wrong day" attention R-CLOCK shown post "$(letter o2 2)"

# without a copy nothing is begun: letters of a log that does not go on where
# the one before ended would be nobody's
rm -rf root center pub post
mv root2 root && mv center2 center && mv pub2 pub && mv post2 post
certify center/request.csr
sello-keys publish $R --to pub >/dev/null
exits 78 "no log is begun anew without the one before" begin center pub/trust.xml
has "... and it is said what to bring" "recover --home center --from"
exits 78 "... nor letters signed" issue center o3 4
exits 0 "with the copy it goes on" \
    sello-issue recover --home center $P $S --from pub --clock --confirm-date "$(today)"
exits 0 "... the drafter enters" begin_as center OF1007 drafter
check "... and signs again what waits" sign_again center
exits 0 "... and letters follow" approve --all --yes --out o3
sello-issue publish --home center --to pub >/dev/null
exits 0 "posts take it" sello-verify sync --home post pub
judge "... with its letters" valid "" shown post "$(letter o3 3)"
audited "nobody is accused" 1 "A-CLOCK-LETTERS A-LOST" pub

# --- a root that was made while the clock was wrong -----------------------------------
for off in +365d -365d; do
	faketime -f $off sello-keys init --home born$off --program RRP-ES --name Two --passphrase-file pass/root >/dev/null
done
exits 78 "a root of a date to come signs nothing" \
    sello-keys publish --home born+365d --passphrase-file pass/root --to born
has "... and the way on is a new one" "make another root in a new folder"
exits 78 "one that was made a year ago, never used: is it this clock?" \
    sello-keys publish --home born-365d --passphrase-file pass/root --to born
has "... which is asked" "if today is $(today), add --confirm-date $(today)"
exits 0 "... and answered" \
    sello-keys publish --home born-365d --passphrase-file pass/root --to born --confirm-date "$(today)"
done_testing
