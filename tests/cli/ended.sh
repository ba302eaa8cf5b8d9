#!/bin/bash
# tests/cli/ended.sh - a log of a center that ended, and that the root has not
# closed, is taken away from the register with all that is in it: nothing is
# signed that its readers would refuse, and there is a way on.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
number() { basename "$1" .xml; }
size() { sqlite3 "$1/register.db" "SELECT count(*) FROM log_line"; }
next_log() {
	sello-issue rekey --home center $A --log && certify center/request.csr &&
	    publish "$@" && begin_next center pub/trust.xml
}
unused_log() {
	sello-issue rekey --home center $A --log && certify center/request.csr &&
	    publish && sello-issue trust --home center pub/trust.xml
}
reprint() { sello-issue reprint --home "$1" $A --reason LOST --out re "$(number "$(letter out 1)")"; }
check "letters of the first log" issue center out 1 2
check "a second log" next_log
check "... has one too" issue center out2 3
exits 0 "... and a withdrawal" sello-issue withdraw --home center $A --reason LOST "$(number "$(letter out 1)")"
check "a third log" next_log
check "... has one too" issue center out3 4
exits 0 "all is published" sello-issue publish --home center --to pub
exits 65 "a dead letter gets no copy" reprint center
check "a log that was never used" unused_log
check "... is no fault" sello-issue check --home center
check "one after it" next_log
check "... and the log goes on" issue center out5 5
exits 0 "... and is published" sello-issue publish --home center --to pub

# --- the second log is taken away --------------------------------------------------
bent() {
	cp -a center "$1"
	sqlite3 "$1/register.db" "DELETE FROM log_place;
	    DELETE FROM log_line WHERE $2 AND id >> 40 = 2;
	    DELETE FROM log_hash WHERE id >> 43 = 2;
	    DELETE FROM log_head WHERE generation = 2;
	    UPDATE letter SET state = 'issued' WHERE sequence = 1"
}
mv pub away
for how in "all of it" "its head"; do
	rm -rf bent
	if [ "$how" = "its head" ]; then bent bent 0; else bent bent 1; fi
	before=$(size bent)
	exits 78 "taken away: $how" reprint bent
	has "... it is said" "is gone from this register"
	has "... and the way out" ", with --from COPY"
	[ "$(size bent)" = "$before" ] && ok "... nothing was signed" || not_ok "... signed"
	exits 65 "... check sees it" sello-issue check --home bent
	sqlite3 bent/register.db "UPDATE letter SET state = 'withdrawn' WHERE sequence = 1"
	cp -a bent lost
	exits 0 "... a copy brings it back" sello-issue recover --home bent $A $S --from away
	[ "$(sqlite3 bent/register.db "SELECT count(*) FROM log_head")" = 4 ] && ok "... all of it" || not_ok "... not all"
	exits 78 "... all but what this test changed, and a key never used, is in order" sello-issue check --home bent
	has "... the places" "log_place: rows of this table"
	has "... alone" "wrong: 1."
	exits 0 "... a withdrawal goes" sello-issue withdraw --home bent $A --reason LOST "$(number "$(letter out2 3)")"
	exits 0 "... and who has no copy goes on" sello-issue recover --home lost $A $S --lost
	exits 0 "... with a withdrawal, too" sello-issue withdraw --home lost $A --reason LOST "$(number "$(letter out3 4)")"
	rm -rf lost
done

# --- who joins in a later log -------------------------------------------------------
check "a log begins, on a new stick" next_log --new
exits 0 "an approver joins" officer add AP2004 --role approver --new-passphrase-file pass/first \
    --second AP2003 --second-passphrase-file pass/approver
kinds=$(sqlite3 center/register.db "SELECT line FROM log_line ORDER BY id DESC LIMIT 3" | cut -d' ' -f4 | tr '\n' ' ')
[ "$kinds" = "staff close staff " ] && ok "... when its beginning is over" || not_ok "... after it: $kinds"
exits 77 "... so who typed the passphrase is no witness" sello-issue passphrase --home center --as AP2004 \
    --passphrase-file pass/first --new-passphrase-file pass/approver2 --second AD0001 --second-passphrase-file pass/admin
has "... it is said" "set this passphrase"
exits 0 "... somebody else is" sello-issue passphrase --home center --as AP2004 \
    --passphrase-file pass/first --new-passphrase-file pass/approver2 --second OF1007 --second-passphrase-file pass/drafter
exits 0 "... and another one joins, with one line" officer add OF1008 --role drafter --new-passphrase-file pass/first \
    --second AP2004 --second-passphrase-file pass/approver2
rm -rf post2 && sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA >/dev/null
sello-issue publish --home center --to pub >/dev/null
exits 0 "... a post takes it" sello-verify sync --home post2 pub
done_testing
