# A letter that was in the log, and whose line is lost with the disk: the post
# says that it cannot be checked, never that it is false.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
{
	echo "$HEADER"
	n=0
	for name in Tzul Quiej Ajqij Xitumul; do person $((++n)) "$name" Ana; done
} >people.csv
draft people.csv >/dev/null
approve 1 --yes --out letters >/dev/null
sello-issue publish $C --to pub >/dev/null
exits 0 "the post knows the log" sello-verify sync --home post pub
sello-issue backup $C --to backup >/dev/null
sleep 1.1
approve 2 --yes --out lost >/dev/null
sleep 1.1
# the disk dies; the guard was on another one
mv center dead
restore $C backup >/dev/null
cp dead/head.guard center/
exits 78 "the guard knows of one line more" sello-issue recover $C $A $S
has "one" " 1 line"
exits 0 "two persons give it up" sello-issue recover $C $A $S --lost
sign_again center >/dev/null
approve 3 --yes --out letters >/dev/null
lost=$(basename lost/*.xml) again=$(ls letters/*-000002-*.xml)
[ "letters/$lost" = "$again" ] && ok "its number is given again" || not_ok "$lost, not $again"
exits 0 "the log is published" sello-issue publish $C --to pub
sleep 1.1
sello-issue publish $C --to pub $A >/dev/null
exits 0 "and the post goes on with it" sello-verify sync --home post pub
exits 2 "the lost letter cannot be checked" verify --json "lost/$lost"
has "for the log has a gap there" '"U-LOG-GAP"'
hasnt "and is not called false" "F-"
exits 0 "the letter with its number is good" verify --json "$again"
exits 0 "so are the others" verify --json letters/*-000001-*.xml
check "the register is in order" sello-issue check $C
done_testing
