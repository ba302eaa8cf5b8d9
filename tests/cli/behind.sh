#!/bin/bash
# tests/cli/behind.sh - what a log says behind the end that the root set to it
# is not believed, wherever it has come: it makes no letter red, and no line of
# the next log wrong, whose center may never have heard it. Nor is it forgotten.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01
P="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
keys() { sello-keys "$@" --home root --passphrase-file pass/root; }
lists() { publish --next-update 60 --not-after 90 >/dev/null; }
number() { basename "$1" .xml; }
lose() { sello-issue withdraw --home center $P --reason LOST "$(number "$1")"; }
fraud() { sello-issue withdraw --home center $P --reason FRAUD "$(number "$1")" $S; }
again() { sello-issue reprint --home center $P --reason LOST --out re "$(number "$1")"; }
new_post() { rm -rf new && sello-verify init --home new --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null; }
new_post() { sello-verify init --home $1 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null; }
# the root ends the log there, the center gets keys for another one
end_at() {
	sello-issue rekey --home center $P --log >/dev/null &&
	    keys log close GTGUA01 --checkpoint "$1" >/dev/null &&
	    keys certify center/request.csr >/dev/null && lists &&
	    sello-issue trust --home center pub/trust.xml >/dev/null
}
lists
sello-issue trust --home center pub/trust.xml >/dev/null
check "an honest beginning" issue center out 1 2 3 4
check "... delivered" deliver
cp pub/$log/1/checkpoint end
copy_of center old
new_post late
sleep 1.1
exits 0 "a withdrawal" lose "$(letter out 1)"
exits 0 "a fraud" fraud "$(letter out 2)"
exits 0 "a copy" again "$(letter out 3)"
{ echo "$HEADER"; person 8 Tot Elvira; } >d.csv
check "a correction" sello-issue correct --home center --as OF1007 --passphrase-file pass/drafter "$(number "$(letter out 4)")" d.csv
check "... approved" approve --all --yes --out second
check "more letters" issue center burnt 5 6
sello-issue publish --home center --to pub >/dev/null
exits 0 "a post that has all of it" sello-verify sync --home post pub
judge "... a fraud" not-authentic F-REVOKED shown post "$(letter out 2)"
cp -a pub/log stick
new_post short
exits 0 "a post that has never seen less" sello-verify sync --home short pub

# --- all of that burns: what is left is a copy of before --------------------------
rm -rf center pub/log && mv old center
exits 0 "two persons go on with the copy" sello-issue recover --home center $P $S --lost
check "the root ends the log there" end_at end
sello-issue publish --home center --to pub >/dev/null
exits 0 "the post hears of it" sello-verify sync --home post pub
for n in 1 2 4; do
	judge "what was said of letter $n behind the end is not believed, nor forgotten" attention R-LOG-PENDING shown post "$(letter out $n)"
done
exits 0 "a post that cannot compare takes the lines anew" sello-verify sync --home short pub
has "... says so" "read anew"
for n in 1 2 4; do
	judge "... and does not forget what was said of letter $n" attention R-LOG-PENDING shown short "$(letter out $n)"
done
judge "of a copy nothing is to be known" valid "" shown post "$(letter out 3)"
sleep 1.1
exits 0 "the center knows nothing of it: a fraud" fraud "$(letter out 1)"
exits 0 "... a fraud that stands there" fraud "$(letter out 2)"
exits 0 "... a copy" again "$(letter out 3)"
exits 0 "... a withdrawal" lose "$(letter out 4)"
check "... the same numbers" issue center anew 7 8
sello-issue publish --home center --to pub >/dev/null
for p in post late short; do
	exits 0 "$p takes the next log" sello-verify sync --home $p pub
	hasnt "... accuses nobody" PROOF
	judge "$p: 1 is a fraud" not-authentic F-REVOKED shown $p "$(letter out 1)"
	judge "$p: 2 is a fraud" not-authentic F-REVOKED shown $p "$(letter out 2)"
	judge "$p: 3 is good" valid "" shown $p "$(letter out 3)"
	judge "$p: 4 is withdrawn" attention R-WITHDRAWN shown $p "$(letter out 4)"
	judge "$p: 6 is good" valid "" shown $p "$(letter anew 6)"
	judge "$p: another 6, behind the end" attention R-LOG-PENDING shown $p "$(letter burnt 6)"
done
exits 2 "a number, typed" sello-verify number --home post --json "$(number "$(letter out 4)")"

# --- an auditor, who finds the old stick, too -------------------------------------
audited "what there is" 0 "" pub
mkdir found && mv stick found/log
audited "and the stick that was lost" 1 A-CLOSED pub found
done_testing
