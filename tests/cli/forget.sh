# Personal data erased, and what stays.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
db() { sqlite3 -batch "$1/register.db" "$2"; }
lines() { db "$1" "SELECT line FROM log_line ORDER BY id"; }
number() { basename "$(ls letters/*-00000$1-*.xml)" .xml; }

# four whose letters end early, two whose letters go on, one discarded
{
	echo "$HEADER"
	person 1 "Xitumul" "Ana"
	person 2 "Quiejcoy" "Rosa"
	person 3 "Ixcoytum" "Juan"
	person 4 "Chumilul" "Luis"
} | sed "s/,$(day '90 days')$/,$(day '5 days')/" >people.csv
{
	person 5 "Batz" "Pedro"
	person 6 "Tzul" "Maria"
	person FILAROJA7 "Chubajun" "Elena"
} >>people.csv
draft people.csv >/dev/null || not_ok "draft"
exits 0 "a backup before" sello-issue backup $C --to old.backup
approve 1 2 5 --yes --out letters >/dev/null
sello-issue reprint $C $A "$(number 1)" --reason "perdida por Xitumul" --out letters >/dev/null
sello-issue withdraw $C $A "$(number 2)" --reason DUPLICATE >/dev/null
sello-issue discard $C --as OF1007 --passphrase-file pass/drafter 4 7 --reason "otro Chumilul" >/dev/null
lines center >log.before
for letter in 1 2; do
	echo "$(sed -n 's/.*<CaseReference>\(.*\)<\/CaseReference>.*/\1/p' "letters/$(number $letter).xml")"
	echo "$(sed -n 's/.*\(<NumberTail>.*\)<\/NumberTail>.*/\1/p' "letters/$(number $letter).xml")"
done >secrets
printf '%s\n' Xitumul XITUMUL Quiejcoy Ixcoytum Chumilul Chubajun FILAROJA perdida >>secrets
[ "$(wc -l <secrets)" -ge 12 ] && ok "what must go is known" || not_ok "$(cat secrets)"
check "and is there before" grep -rqaF Xitumul center

exits 64 "forget wants a day" sello-issue forget $C $A $S
exits 64 "of the calendar" sello-issue forget $C $A $S --before 2026-02-30
# letters that may still be shown: two persons may, and are told what it means
cp -a center early
exits 0 "a day to come" sello-issue forget --home early $A $S --before "$(day '6 days')" --json
[ "$(printf '%s' "$OUT" | json letters)" = 2 ] && ok "is taken as it is" || not_ok "$OUT"
has "with a warning" "may still be shown"
exits 0 "none of them is left" sello-issue forget --home early $A $S --before "$(day '6 days')"
hasnt "then there is nothing to warn of" "may still be shown"
exits 66 "they are not shown" sello-issue show --home early "$(number 1)"
exits 0 "those that end later are" sello-issue show --home early "$(number 3)"
check "register and log agree there" sello-issue check --home early
rm -rf early && cp -a center early
exits 0 "a day to come before which no letter ends" sello-issue forget --home early $A $S --before "$(day '3 days')"
hasnt "is no reason to warn" "may still be shown"
exits 0 "the other one is withdrawn" sello-issue withdraw --home early $A "$(number 1)" --reason DUPLICATE
exits 0 "letters that are good no more" sello-issue forget --home early $A $S --before "$(day '6 days')" --json
[ "$(printf '%s' "$OUT" | json letters)" = 2 ] && ok "are forgotten" || not_ok "$OUT"
hasnt "without a warning" "may still be shown"
rm -rf early
exits 77 "one person forgets nothing" sello-issue forget $C $A --before "$(day '1 day ago')"
exits 77 "nor twice the same" sello-issue forget $C $A --before "$(day '1 day ago')" \
    --second AP2003 --second-passphrase-file pass/approver
exits 0 "before their last day" sello-issue forget $C $A $S --before "$(day today)" --json
[ "$(printf '%s' "$OUT" | json letters)$(printf '%s' "$OUT" | json drafts)" = 00 ] &&
	ok "nothing is forgotten" || not_ok "$OUT"
has "backups are named" "old.backup"
exits 0 "and shown" sello-issue show $C "$(number 1)"

if other_clock "forget after some days"; then
	later() { faketime -f +8d "$@"; }
	# who reads keeps the old pages in the file
	reading center/register.db
	exits 75 "not while somebody reads" later sello-issue forget $C $A $S --before "$(day '7 days')"
	has "for the data is still in the file" "still in the file"
	read_on
	exits 0 "but afterwards" later sello-issue forget $C $A $S --before "$(day '7 days')"
	has "the backup is named" "old.backup"
	year=$(day '400 days')
	cp -a center early
	exits 78 "a clock past the list's end erases nothing unasked" faketime -f +400d \
	    sello-issue forget --home early $A $S --before "$(day '399 days')" </dev/null
	has "... both dates are named" "$year"
	has "... and the way on" "--confirm-date $year"
	exits 0 "... the letters are there" sello-issue show --home early "$(number 3)"
	exits 78 "... another date is none" faketime -f +400d sello-issue forget --home early $A $S \
	    --before "$(day '399 days')" --confirm-date "$(day today)"
	exits 0 "... with the date typed it does" faketime -f +400d sello-issue forget --home early $A $S \
	    --before "$(day '399 days')" --confirm-date "$year"
	rm -rf early
	while read -r secret; do
		grep -rqaiF "$secret" center && not_ok "$secret is still in $(grep -rlaiF "$secret" center)"
	done <secrets
	ok "nothing of them is in any file of the home"
	check "of the others it is" grep -qaF Batz center/register.db
	lines center | cmp -s - log.before && ok "the log is the same" || not_ok "the log changed"
	sello-issue list $C --json >list
	[ "$(json state <list | tr '\n' ' ')" = "forgotten forgotten issued " ] &&
		ok "forgotten is a state" || not_ok "$(cat list)"
	[ "$(head -n 1 list | json copies)" = 2 ] && ok "copies are still known" || not_ok "$(cat list)"
	exits 66 "not shown" sello-issue show $C "$(number 1)"
	exits 66 "nor printed" sello-issue reprint $C $A "$(number 1)" --reason X --out out
	exits 66 "nor its draft approved again" approve 1 --yes --out out
	check "the other is" sello-issue show $C "$(number 3)"
	[ "$(db center "SELECT group_concat(state) FROM (SELECT state FROM draft ORDER BY id)")" = \
		"approved,approved,discarded,discarded,approved,pending,discarded" ] &&
		ok "who waited with such a day is discarded" || not_ok "$(db center "SELECT id, state FROM draft")"
	check "register and log agree" sello-issue check $C
	exits 0 "who waits on can be approved" approve 6 --yes --out letters
	exits 65 "what was withdrawn is not again" sello-issue withdraw $C $A "$(number 2)" --reason LOST
	exits 0 "a forgotten letter can be withdrawn" sello-issue withdraw $C $A "$(number 1)" --reason LOST
	check "in order" sello-issue check $C
	# a restore keeps the old register: data that forget must name
	exits 0 "the backup is put back" restore $C old.backup
	# and one that was killed leaves the copy that it looked at
	cp old.backup center/register.restore
	exits 0 "forget names what is kept beside" later sello-issue forget $C $A $S --json \
	    --before "$(day '7 days')"
	has "by its name" "register.before-"
	has "and the backup" "old.backup"
	check "what a killed restore left is gone" test ! -e center/register.restore
fi
done_testing
