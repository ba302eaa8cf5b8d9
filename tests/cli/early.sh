#!/bin/bash
# tests/cli/early.sh - a center's later log speaks of letters of an earlier one
# that stand behind the end which the root set there, and the root raises that
# end: what was said of them counts, whichever came first, and nobody is
# accused for the order in which a post heard it.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01
P="--as AP2003 --passphrase-file pass/approver"
keys() { sello-keys "$@" --home root --passphrase-file pass/root; }
lists() { publish --next-update 60 --not-after 90 >/dev/null; }
number() { basename "$1" .xml; }
lose() { sello-issue withdraw --home center $P --reason LOST "$(number "$1")"; }
fraud() {
	sello-issue withdraw --home center $P --reason FRAUD "$(number "$1")" \
	    --second AD0001 --second-passphrase-file pass/admin
}
again() { sello-issue reprint --home center $P --reason LOST --out re "$(number "$1")"; }
new_post() { rm -rf new && sello-verify init --home new --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null; }
lists
sello-issue trust --home center pub/trust.xml >/dev/null
check "an honest beginning" issue center out 1 2 3
check "... delivered" deliver
cp pub/$log/1/checkpoint end

# --- the root closes the log, the center works on ---------------------------------
sleep 1.1
check "the center has not heard, and works" issue center behind 4 5 6 7
exits 0 "... prints a copy" again "$(letter out 1)"
exits 0 "... withdraws" lose "$(letter out 2)"
sello-issue publish --home center --to pub >/dev/null
cp -a post had
exits 0 "a post that has all of it before it hears" sello-verify sync --home had pub
exits 0 "the root closes the log" keys log close GTGUA01 --checkpoint end
lists
for p in post had; do
	exits 0 "a post that hears of it: $p" sello-verify sync --home $p pub
done
sello-issue trust --home center pub/trust.xml >/dev/null
exits 0 "new log keys" sello-issue rekey --home center $P --log
keys certify center/request.csr >/dev/null
lists
sello-issue trust --home center pub/trust.xml >/dev/null
sleep 1.1
exits 0 "a fraud behind the end" fraud "$(letter behind 4)"
{ echo "$HEADER"; person 8 Tot Elvira; } >d.csv
check "a correction of what stands there" sello-issue correct --home center --as OF1007 --passphrase-file pass/drafter "$(number "$(letter behind 5)")" d.csv
check "... approved" approve --all --yes --out second
exits 0 "a withdrawal of what stands there" lose "$(letter behind 6)"
exits 0 "a copy after one that stands there" again "$(letter out 1)"
exits 0 "a fraud after a withdrawal that stands there" fraud "$(letter out 2)"
exits 0 "a fraud before the end" fraud "$(letter out 3)"
sello-issue publish --home center --to pub >/dev/null
new_post
cut_off() {
	exits 0 "$1 takes the second log" sello-verify sync --home $1 pub
	hasnt "... accuses nobody" PROOF
	judge "$1: a fraud behind the end" not-authentic "F-REVOKED R-LOG-PENDING" shown $1 "$(letter behind 4)"
	judge "$1: corrected behind the end" attention "R-SUPERSEDED R-LOG-PENDING" shown $1 "$(letter behind 5)"
	judge "$1: withdrawn behind the end" attention "R-WITHDRAWN R-LOG-PENDING" shown $1 "$(letter behind 6)"
	judge "$1: not spoken of" attention R-LOG-PENDING shown $1 "$(letter behind 7)"
	judge "$1: before the end, withdrawn behind it, a fraud" not-authentic F-REVOKED shown $1 "$(letter out 2)"
	judge "$1: a fraud before the end" not-authentic F-REVOKED shown $1 "$(letter out 3)"
}
for p in post had new; do cut_off $p; done
exits 2 "a number behind the end, typed" sello-verify number --home post --json "$(number "$(letter behind 4)")"
cp -a post damaged
audited "lines behind the end" 1 "A-CLOSED A-RENUMBERED" pub

# --- the root raises the end ------------------------------------------------------
exits 0 "the root raises the end" keys log close GTGUA01 --checkpoint pub/$log/1/checkpoint
lists
raised() {
	exits 0 "the raised end: $1" sello-verify sync --home $1 pub
	hasnt "... accuses nobody" PROOF
	judge "$1: it was a fraud" not-authentic F-REVOKED shown $1 "$(letter behind 4)"
	judge "$1: it was corrected" attention R-SUPERSEDED shown $1 "$(letter behind 5)"
	judge "$1: it was withdrawn" attention R-WITHDRAWN shown $1 "$(letter behind 6)"
	judge "$1: not spoken of" valid "" shown $1 "$(letter behind 7)"
	judge "$1: what a copy was made of" valid "" shown $1 "$(letter out 1)"
	judge "$1: withdrawn, and a fraud" not-authentic F-REVOKED shown $1 "$(letter out 2)"
	judge "$1: a fraud before the end" not-authentic F-REVOKED shown $1 "$(letter out 3)"
	exits 0 "$1: all is well" sello-verify status --home $1
}
for p in post had new; do raised $p; done
exits 2 "a number, typed" sello-verify number --home post --json "$(number "$(letter out 1)")"
has "... all copies are counted" '"copies":3'
new_post
raised new

# --- the first log is lost here, the second one is not ------------------------------
sqlite3 damaged/logs.db "UPDATE letter SET line = line + 1 WHERE key = (SELECT min(key) FROM letter)"
sello-verify sync --home damaged pub >/dev/null
raised damaged
audited "the raised end" 0 "" pub
done_testing
