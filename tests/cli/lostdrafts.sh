#!/bin/bash
# tests/cli/lostdrafts.sh - drafts that wait in a restored register may be
# letters in the lines that were lost. None becomes a second line with one
# commitment, and no center is accused when the lost lines turn up.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
D="--as OF1007 --passphrase-file pass/drafter"
keys() { sello-keys "$@" --home root --passphrase-file pass/root; }
state() { sqlite3 center/register.db "SELECT group_concat(state, ' ') FROM draft"; }
{
	echo "$HEADER"
	n=0
	for name in Tzul Quiej Ajqij Xitumul; do person $((++n)) "$name" Ana; done
} >people.csv
draft people.csv >/dev/null
approve 1 --yes --out out >/dev/null
check "an honest beginning" deliver
sello-issue backup --home center --to backup >/dev/null
cp -a pub/log short
approve 2 --yes --out lost >/dev/null
sello-issue publish --home center --to pub $A >/dev/null
mv pub/log stick && cp -a short pub/log

# --- the stick is at hand: its letter's draft waits no more -----------------------
cp -a center burnt
exits 0 "the disk dies" restore --home center backup
exits 0 "the stick brings the line" sello-issue recover --home center $A $S --from stick/GTGUA01/1
has "... its draft is told" "1 draft that waited is one of these letters"
[ "$(state)" = "approved discarded pending pending approved" ] && ok "... and waits no more" || not_ok "$(state)"
exits 77 "the others need no new signature: --again does none" sello-issue draft --home center --again --as OF1007 --passphrase-file pass/approver
exits 0 "... of the drafter" sello-issue draft --home center --again $D
has "... none" "0 drafts"

# --- their drafter takes another key ------------------------------------------------
echo "tres palabras que nadie mas sabe" >pass/other
N="--as OF1007 --passphrase-file pass/other"
exits 0 "the drafter takes another passphrase" sello-issue passphrase --home center $D --new-passphrase-file pass/other \
    --second AP2003 --second-passphrase-file pass/approver
has "... and hears first what that costs" "2 drafts of OF1007 wait. After this they can only be discarded"
{ echo "$HEADER"; person 5 Chavajay Ana; } >more.csv
exits 0 "... and drafts on" sello-issue draft --home center $N more.csv
exits 0 "what waits with the old key is no damage" sello-issue check --home center
has "... it is told" "3: its drafter signed it with the key of before and has another one now; nobody changed it"
has "... what waits in vain is counted apart" "2 drafts cannot be approved as they are; nobody changed them"
has "... from what waits" "1 draft waits for an approver"
has "... the register is in order" "in order"
exits 0 "... as it is in the list" sello-issue list --home center --state unsigned --json
has "... by its number" '"draft":3,'
hasnt "... not what waits with the present key" '"draft":6,'
cp -a center changed
exits 0 "nor does it keep back the others" approve --all --yes --out other
has "... it is said" "2 drafts were left out: 3, 4. Their drafters signed them with the key of before"
has "... of which there is a letter" "Draft 6 is letter"
[ "$(state)" = "approved discarded pending pending approved approved" ] && ok "... no other" || not_ok "$(state)"
exits 77 "one by its number is refused" approve 3 --yes --out other
has "... with what to do" "Discard it (sello-issue discard"
exits 0 "nor is it signed with the new key unseen" sello-issue draft --home center --again $N
has "... the drafter is told what to do" "draft 3: its drafter signed it with the key of before"
has "... nothing more" "0 drafts"
sqlite3 changed/register.db "UPDATE draft SET letter = replace(letter, 'Ajqij', 'Ajcij') WHERE id = 3"
exits 65 "one that was changed besides is damage" sello-issue check --home changed
exits 77 "... and stops those who approve" sello-issue approve --home changed $A --all --yes --out other
rm -rf changed

# --- it is not ---------------------------------------------------------------------
rm -rf center && mv burnt center
exits 0 "the disk dies" restore --home center backup
exits 0 "two persons give the line up" sello-issue recover --home center $A $S --lost
has "... drafts that wait are told" "3 drafts wait that may be letters"
has "... and what to do" "sello-issue draft --home center --again"
exits 77 "none is approved" approve 2 --yes --out again
has "... nor without a way on" "sello-issue draft --home center --again --as OF1007"
exits 0 "all of them are left out" approve --all --yes --out again
has "... it is said" "3 drafts must be signed again"
exits 0 "they are in the list" sello-issue list --home center --drafts --json
has "... as what they are" '"state":"unsigned"'
check "the register is in order" sello-issue check --home center
exits 64 "a file and --again" sello-issue draft --home center --again $D people.csv
exits 64 "neither" sello-issue draft --home center $D
cp -a center changed
sqlite3 changed/register.db "UPDATE draft SET state = 'pending', commitment = NULL, drafted = NULL WHERE id = 1"
exits 0 "a letter's draft is made to look like one of them" sello-issue draft --home changed --again $D
has "... and not signed again" "draft 1: it is a letter already"
has "... as the others are" "3 drafts of yours were signed again"
sqlite3 center/register.db "UPDATE draft SET letter = replace(letter, 'Xitumul', 'Situmul') WHERE id = 4"
exits 0 "their drafter signs them again" sello-issue draft --home center --again $D
has "... those that are the drafter's words" "2 drafts of yours were signed again"
has "... not what somebody changed" "draft 4"
exits 77 "... which is not approved either" approve 4 --yes --out again
exits 0 "... nor does it wait" sello-issue discard --home center 4 --reason changed $D

exits 78 "the stick, when it is too late for it" sello-issue recover --home center $A $S --from stick/GTGUA01/1
has "... it is said what to do" "ask the root custodian which lines are true and to close the log"
has "... of what" "this copy has other lines of the log than this register"

# --- the root ends the log there, and the next one goes on ---------------------------
exits 0 "new log keys" sello-issue rekey --home center $A --log
exits 0 "the root ends the log at what is known" keys log close GTGUA01 --checkpoint short/GTGUA01/1/checkpoint
check "... certifies the new ones" certify center/request.csr
check "... and says so" publish
check "the next log begins" begin_next center pub/trust.xml
sleep 1.1
check "the letter that was lost is issued again" approve 2 3 --yes --out again
sello-issue publish --home center --to pub >/dev/null
exits 0 "the post takes it" sello-verify sync --home post pub
judge "... and the letter" valid "" verify --json again/*-000003-*.xml

# --- the stick turns up, and the root raises the end ---------------------------------
cp -a stick/GTGUA01/1/. pub/$log/1/
exits 0 "the root raises the end" keys log close GTGUA01 --checkpoint pub/$log/1/checkpoint
publish >/dev/null
exits 0 "the post takes the lost line" sello-verify sync --home post pub
hasnt "... and accuses nobody" PROOF
judge "the letter that was lost is good" valid "" verify --json lost/*.xml
judge "so is the one in its place" valid "" verify --json again/*-000003-*.xml
audited "lost lines that turned up" 1 A-RENUMBERED pub
done_testing
