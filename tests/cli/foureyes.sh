#!/bin/bash
# No one person issues a letter: every way around four eyes ends 77 and is
# written down.
. "$(dirname "$0")/lib.sh"
world
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; person 2 "Tzoc Ajanel" "Manuel"; } >people.csv
sql() { sqlite3 center/register.db "$@"; }
issue() { sello-issue "$1" --home center "${@:2}"; }

exits 77 "an approver may not draft" issue draft --as AP2003 --passphrase-file pass/approver people.csv
exits 77 "an administrator may not draft" issue draft --as AD0001 --passphrase-file pass/admin people.csv
exits 77 "a stranger may not draft" issue draft --as ZZ9999 --passphrase-file pass/drafter people.csv
exits 77 "a wrong passphrase" issue draft --as OF1007 --passphrase-file pass/approver people.csv
exits 0 "draft" draft people.csv
exits 77 "a drafter may not approve" issue approve --as OF1007 --passphrase-file pass/drafter --all --yes --out letters
exits 77 "an administrator may not approve" issue approve --as AD0001 --passphrase-file pass/admin --all --yes --out letters
exits 77 "a wrong passphrase may not approve" issue approve --as AP2003 --passphrase-file pass/drafter --all --yes --out letters
exits 64 "no terminal and no --yes" approve --all --out letters
check "nothing was written" test ! -e letters
exits 66 "a draft that is not there" approve 99 --yes --out letters

# a changed draft: whatever column an intruder touches in the drafts table
cp center/register.db good.db
before=$(sql "select count(*) from event" 2>/dev/null || sql "select count(*) from events")
changed=0
for column in $(sql "select name from pragma_table_info('draft') where type in ('TEXT','BLOB')"); do
	cp good.db center/register.db
	rm -f center/register.db-wal center/register.db-shm
	sql "update draft set $column = replace(cast($column as text), 'Elvira', 'Elvirx') where id = 1" 2>/dev/null || continue
	cmp -s <(sqlite3 good.db "select * from draft") <(sql "select * from draft") && continue
	exits 77 "draft changed in $column" approve --all --yes --out letters
	changed=$((changed + 1))
done
check "a name in a draft was changed" test "$changed" -gt 0
check "nothing was signed" test ! -e letters
cp good.db center/register.db; rm -f center/register.db-wal center/register.db-shm

# a drafter moved to the approvers by an administrator with SQL
for v in approver 2 1; do
	sql "update person set role = '$v' where code = 'OF1007'" 2>/dev/null
done
exits 77 "a role changed in the database" issue approve --as OF1007 --passphrase-file pass/drafter --all --yes --out letters
cp good.db center/register.db; rm -f center/register.db-wal center/register.db-shm

exits 0 "approve by the second person" approve --all --yes --out letters
# from now on the founder needs an approver beside
exits 77 "adding a person alone" officer add OF1008 --role drafter --new-passphrase-file pass/drafter2
exits 0 "adding a person with an approver" officer add OF1008 --role drafter \
    --new-passphrase-file pass/drafter2 --second AP2003 --second-passphrase-file pass/approver
exits 77 "the second person must be another" sello-issue officer --home center add OF1009 --role drafter \
    --as AD0001 --passphrase-file pass/admin --new-passphrase-file pass/drafter2 \
    --second AD0001 --second-passphrase-file pass/admin
exits 0 "a second approver" officer add AP2004 --role approver \
    --new-passphrase-file pass/approver2 --second AP2003 --second-passphrase-file pass/approver
cp center/register.db with-ap2004.db
exits 0 "removing an approver" officer remove AP2004 --second AP2003 --second-passphrase-file pass/approver
{ echo "$HEADER"; person 3 "Xol Caal" "Marta"; person 4 "Sis Ixim" "Pedro"; } >more.csv
exits 0 "draft by the new drafter" issue draft --as OF1008 --passphrase-file pass/drafter2 more.csv
exits 77 "a removed approver" issue approve --as AP2004 --passphrase-file pass/approver2 --all --yes --out letters
exits 0 "the other approver still may" approve --all --yes --out letters
exits 0 "a drafter is removed" officer remove OF1008 --second AP2003 --second-passphrase-file pass/approver
exits 77 "a removed drafter" issue draft --as OF1008 --passphrase-file pass/drafter2 more.csv
exits 0 "a new passphrase" issue passphrase --as OF1007 --passphrase-file pass/drafter --new-passphrase-file pass/new
exits 77 "the old one is no longer taken" issue draft --as OF1007 --passphrase-file pass/drafter more.csv
exits 0 "the new one is" issue draft --dry-run --as OF1007 --passphrase-file pass/new more.csv
after=$(sql "select count(*) from event" 2>/dev/null || sql "select count(*) from events")
check "refusals were written down ($before, then $after)" test "$after" -gt "$before"
exits 0 "persons are listed" issue officer list
has "... with their codes" OF1007
exits 0 "the register is in order" issue check
done_testing
