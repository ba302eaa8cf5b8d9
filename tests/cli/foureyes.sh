#!/bin/bash
# No one person issues a letter: every way around four eyes is refused and
# written down. What other programs could write is in frauds_persons.sh.
. "$(dirname "$0")/lib.sh"
world
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; person 2 "Tzoc Ajanel" "Manuel"; } >people.csv
sql() { sqlite3 center/register.db "$@"; }
issue() { sello-issue "$1" --home center "${@:2}"; }
BESIDE="--second AP2003 --second-passphrase-file pass/approver"

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
before=$(sql "select count(*) from event")
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
check "a role is changed" sql "update person set role = 'approver' where code = 'OF1007'"
exits 77 "a role changed in the database" issue approve --as OF1007 --passphrase-file pass/drafter --all --yes --out letters
exits 65 "... is found" issue check
has "... by code" "OF1007: this row of the roster is not what the log says"
cp good.db center/register.db; rm -f center/register.db-wal center/register.db-shm

exits 0 "approve by the second person" approve --all --yes --out letters

# --- persons come and go by two ---------------------------------------------------
exits 64 "nobody stands beside nobody" sello-issue trust --home center --second AP2003 pub/trust.xml
exits 77 "adding a person alone" officer add OF1008 --role drafter --new-passphrase-file pass/first
exits 0 "adding a person with an approver" officer add OF1008 --role drafter \
    --new-passphrase-file pass/first $BESIDE
exits 77 "... of whom nobody knows the passphrase but they" issue draft --as OF1008 --passphrase-file pass/first people.csv
has "... the next step is named" "sello-issue passphrase --home center --as OF1008 --second CODE"
exits 77 "... which is done before a witness" own center OF1008 first drafter2
exits 77 "... but not who typed it" own center OF1008 first drafter2 \
    --second AD0001 --second-passphrase-file pass/admin
has "... which is told" "AD0001 set this passphrase, so somebody else"
exits 77 "... who can open the center's keys" own center OF1008 first drafter2 \
    --second OF1007 --second-passphrase-file pass/drafter
has "... or stands beside one who can" "let one of these stand beside: AP2003"
exits 77 "... and is another person" own center OF1008 first drafter2 \
    --second OF1008 --second-passphrase-file pass/first
exits 0 "... an approver" own center OF1008 first drafter2 $BESIDE
printf 'Contrase\303\261a2026\n' >pass/common; printf 'K7#mq!z\n' >pass/short
exits 77 "an approver's is none of the commonest" own center AP2003 approver common --second OF1007 --second-passphrase-file pass/drafter
exits 77 "... nor a short one" own center AP2003 approver short --second OF1007 --second-passphrase-file pass/drafter
exits 77 "... nor a first one" officer add AP2009 --role approver --new-passphrase-file pass/common $BESIDE
exits 77 "... nor an administrator's" sello-issue init --home weak --center GTGUA02 --name Weak --country GTM \
    --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/short
exits 0 "a founder is alone" sello-issue init --home new --center GTGUA03 --name New --country GTM \
    --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
exits 0 "... and adds a drafter" sello-issue officer --home new add OF1008 --role drafter \
    --as AD0001 --passphrase-file pass/admin --new-passphrase-file pass/first
exits 77 "... with the same first step" sello-issue discard --home new --as OF1008 --passphrase-file pass/first 1 --reason x
has "... which is named" "sello-issue passphrase --home new --as OF1008"
hasnt "... without a witness" "--second"
exits 0 "a new passphrase" own center OF1008 drafter2 drafter2 $BESIDE
has "... that is the old one is told" "this is the old passphrase"
exits 77 "the second person must be another" officer add OF1009 --role drafter \
    --new-passphrase-file pass/drafter2 --second AD0001 --second-passphrase-file pass/admin
exits 77 "... and an approver" officer add OF1009 --role drafter \
    --new-passphrase-file pass/first --second OF1007 --second-passphrase-file pass/drafter
exits 77 "... who adds nobody" sello-issue officer --home center add OF1009 --role drafter \
    --as AP2003 --passphrase-file pass/approver --new-passphrase-file pass/first \
    --second AD0001 --second-passphrase-file pass/admin
exits 73 "a code that somebody has" officer add OF1008 --role approver --new-passphrase-file pass/first $BESIDE
exits 0 "a second approver" officer add AP2004 --role approver \
    --new-passphrase-file pass/first $BESIDE
check "... with an own passphrase" own center AP2004 first approver2 $BESIDE
exits 77 "nobody removes themselves" officer remove AP2003 $BESIDE
# nobody can answer here: where a passphrase is asked for, that is exit 64
known() { sello-issue officer --home center "$@" --as AD0001; }
exits 64 "a passphrase is asked" known add OF1009 --role drafter --second AP2003
has "... where nothing else is wrong" "passphrase"
exits 77 "before it what is known is said: a second person" known add OF1009 --role drafter
exits 77 "... of the right role" known add OF1009 --role drafter --second OF1007
exits 73 "... a code that somebody has" known add OF1008 --role drafter --second AP2003
exits 77 "... who acts is not the subject" known reset AP2003 --second AP2003
exits 77 "... nor removed" known remove AD0001 --second AP2003
exits 66 "... nobody has the code" known reset OF9999 --second AP2003
exits 77 "... of whom the witness is" sello-issue passphrase --home center --as OF1007
exits 77 "... who approves" issue approve --as OF1007 --all --yes --out letters
exits 64 "a name is no code" known add "Maria Perez" --role drafter --second AP2003
has "... a code is wanted" "never by a name"
exits 64 "... nor of who acts" issue approve --as "Maria Perez" --all --yes --out letters
has "... a code is wanted" "never by a name"
hasnt "... and what was typed is not shown" "Maria"
exits 0 "removing an approver" officer remove AP2004 $BESIDE
{ echo "$HEADER"; person 3 "Xol Caal" "Marta"; person 4 "Sis Ixim" "Pedro"; } >more.csv
exits 0 "draft by the new drafter" issue draft --as OF1008 --passphrase-file pass/drafter2 more.csv
exits 77 "a removed approver" issue approve --as AP2004 --passphrase-file pass/approver2 --all --yes --out letters
exits 0 "the other approver still may" approve --all --yes --out letters
{ echo "$HEADER"; person 8 "Coy Tun" "Ines"; } >gone.csv
check "... whose draft waits" issue draft --as OF1008 --passphrase-file pass/drafter2 gone.csv
exits 0 "a drafter is removed" officer remove OF1008 $BESIDE
has "... who has a draft that waits" "1 draft of OF1008 waits. After this"
exits 0 "... now in vain" issue check
has "... which is said" "1 draft cannot be approved as it is"
exits 0 "... what waits keeps back no other" approve --all --yes --out letters
has "... and is left out" "Its drafter drafts here no more"
check "... it is discarded" issue discard --as AP2003 --passphrase-file pass/approver 5 --reason gone
exits 77 "a removed drafter" issue draft --as OF1008 --passphrase-file pass/drafter2 more.csv

# --- a new passphrase is a new key --------------------------------------------------
for who in OF1007 AP2003; do
	sql "select quote(sealed) from person where code = '$who'" >"$who.sealed"
done
{ echo "$HEADER"; person 5 "Choc Pop" "Luz"; } >last.csv
draft last.csv >/dev/null
exits 77 "a new passphrase, alone" own center OF1007 drafter new
exits 0 "... before a witness" own center OF1007 drafter new $BESIDE
has "... drafts that wait are told of" "Drafts that still wait"
exits 77 "the old one is no longer taken" issue draft --as OF1007 --passphrase-file pass/drafter last.csv
exits 0 "the new one is" issue draft --dry-run --as OF1007 --passphrase-file pass/new last.csv
exits 77 "what was drafted with the old key is no draft" approve 6 --yes --out letters
exits 0 "... which keeps back no other" approve --all --yes --out letters
has "... and is left out" "1 draft was left out: 6. Its drafter signed it"
hasnt "... unsigned" "Draft 6"
check "... it is discarded" issue discard --as OF1007 --passphrase-file pass/new 6 --reason again
exits 0 "an approver's, before a drafter" own center AP2003 approver approver2 \
    --second OF1007 --second-passphrase-file pass/new
cp center/register.db good.db
sql "update person set sealed = $(cat OF1007.sealed) where code = 'OF1007';
    update person set sealed = $(cat AP2003.sealed) where code = 'AP2003'"
exits 77 "old keys, put back: a drafter's draft nothing" draft last.csv
exits 77 "... an approver's approve nothing" approve 6 --yes --out letters
has "... whose keys they are is said" "AP2003: the stored keys are another person's"
exits 65 "... and are found" issue check
has "... as what they are" "person: rows of this table were changed"
cp good.db center/register.db; rm -f center/register.db-wal center/register.db-shm
mv pass/new pass/drafter; mv pass/approver2 pass/approver
exits 0 "a lost passphrase" officer reset OF1007 --new-passphrase-file pass/first $BESIDE
exits 77 "... is not given back by one" officer reset OF1007 --new-passphrase-file pass/new
exits 77 "... and nothing is drafted with a first one" issue draft --as OF1007 --passphrase-file pass/first last.csv
exits 0 "... which is changed" own center OF1007 first drafter $BESIDE
exits 0 "... then it is" draft last.csv

after=$(sql "select count(*) from event")
check "refusals were written down ($before, then $after)" test "$after" -gt "$before"
exits 0 "persons are listed" issue officer list
has "... under a header" "Added on"
has "... with their codes" OF1007
exits 0 "the register is in order" issue check
check "a letter after all this" approve --all --yes --out letters
check "... which the post" deliver
judge "... finds signed by all of them" valid "" verify --json "$(letter letters 5)"

# --- one person who kept what opened the keys once -------------------------------------
rm -rf root center post pub letters
world
slot=$(sql "select quote(slot) from person where code = 'AD0001'")
draft people.csv >/dev/null
check "a letter" approve 1 --yes --out letters
check "the founder's slot is gone" test -z "$(sql "select slot from person where code = 'AD0001'")"
sql "update person set slot = $slot where code = 'AD0001'"
exits 77 "put back it adds no drafter" officer add OF9999 --role drafter --new-passphrase-file pass/new
exits 77 "... and no approver" officer add AP9999 --role approver --new-passphrase-file pass/new
exits 77 "... approves nothing" issue approve --as AD0001 --passphrase-file pass/admin --all --yes --out letters
exits 78 "... withdraws nothing" issue withdraw --as AD0001 --passphrase-file pass/admin --reason LOST \
    "$(basename "$(letter letters 1)" .xml)"
has "... which readers would refuse" "a person acted outside their role"
for role in drafter approver; do # rows of their own making, who never stood in the log
	columns=$(sql "select group_concat(name) from pragma_table_info('person') where name not in ('code', 'role')")
	check "a row is made" sql "insert into person (code, role, $columns)
	    select 'XX9999', '$role', $columns from person where code = 'AD0001'"
	exits 77 "a row of one's own making: role $role" issue draft --as XX9999 --passphrase-file pass/admin people.csv
	exits 77 "... approves nothing" issue approve --as XX9999 --passphrase-file pass/admin --all --yes --out letters
	exits 65 "... is found" issue check
	has "... as what it is" "XX9999: this row of the roster"
	sql "delete from person where code = 'XX9999'"
done
done_testing
