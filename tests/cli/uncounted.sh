#!/bin/bash
# A passphrase was known for a while: the root removes the person from a head of
# before, and what they signed honestly since then does nothing either. The center
# hears what that is, does it anew, and nothing stays locked.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
with3=(--second AP2003 --second-passphrase-file pass/approver)
with4=(--second AP2004 --second-passphrase-file pass/approver2)
by() { sello-issue "$1" --home center --as "$2" --passphrase-file "pass/$3" "${@:4}"; }
# joined CODE ROLE OWN: somebody joins, by an approver who stays
joined() { officer add "$1" --role "$2" --new-passphrase-file pass/first "${with3[@]}" && own center "$1" first "$3" "${with3[@]}"; }
number() { basename "$(letter "$@")" .xml; }
{ joined AP2004 approver approver2 && joined OF1008 drafter drafter2 && joined OF1009 drafter drafter2; } >/dev/null
check "an honest beginning" issue center out 1 2 3 4
check "... delivered" deliver
cp pub/log/GTGUA01/1/checkpoint head
sleep 1.1

# --- what two of the center did, one of whom is removed from before that ------------------
check "a letter is withdrawn" by withdraw AP2004 approver2 --reason LOST "$(number out 1)"
{ echo "$HEADER"; person 2 "Cucul C" Elviro; } >row.csv
by correct OF1007 drafter --yes "$(number out 2)" row.csv >/dev/null
check "one is corrected" by approve AP2004 approver2 5 --yes --out corrected
check "a copy is printed" by reprint AP2004 approver2 --reason torn --out copies "$(number out 3)"
check "somebody joins" officer add OF1010 --role drafter --new-passphrase-file pass/first "${with4[@]}"
check "somebody leaves" officer remove OF1008 "${with4[@]}"
check "somebody takes a new passphrase" own center OF1009 drafter2 new "${with4[@]}"
deliver >/dev/null
judge "a withdrawn letter" attention R-WITHDRAWN shown post "$(letter out 1)"
{ sello-keys person --home root --yes --passphrase-file pass/root remove GTGUA01 AP2004 --checkpoint head && publish; } >/dev/null
exits 0 "a post hears of the removal" sello-verify sync --home post pub
judge "... the withdrawal does nothing" valid "" shown post "$(letter out 1)"
judge "... nor the correction" valid "" shown post "$(letter out 2)"

# --- the center hears of it ---------------------------------------------------------------
exits 0 "the center takes the list" sello-issue trust --home center pub/trust.xml
has "... and who says what that changes" "sello-issue check --home center names what counts no more"
exits 65 "check does" sello-issue check --home center
has "... a withdrawal" "$(number out 1): the line that withdrew or replaced it does not count"
has "... a correction" "$(number out 2): the line that withdrew or replaced it does not count"
has "... the letter that it made" "$(number corrected 5): its line does not count"
hasnt "... not a copy, which is counted" "$(number out 3)"
has "... who came" "OF1010: somebody whom the program root had removed let this person in"
has "... who went" "OF1008: somebody whom the program root had removed sent this person away"
has "... who has another key" "OF1009: this key was given, or changed, beside somebody"
has "... and that is all there is to do" "wrong: 6"
exits 65 "a letter that does not count is not printed again" by reprint AP2003 approver --reason torn --out copies "$(number corrected 5)"
has "... but issued" "issue the letter anew"
exits 77 "a key that does not count drafts nothing" by draft OF1009 new row.csv
has "... how it will" "sello-issue officer --home center reset"
exits 77 "they are not let in once more" officer add OF1009 --role drafter --new-passphrase-file pass/first "${with3[@]}"
has "... but given a key" "sello-issue officer --home center reset"
exits 77 "who never counted is given none" officer reset OF1010 --new-passphrase-file pass/first "${with3[@]}"
has "... but let in" "sello-issue officer --home center add"

# --- what it does anew ----------------------------------------------------------------------
exits 0 "the letter is withdrawn anew" by withdraw AP2003 approver --reason LOST "$(number out 1)"
exits 65 "... once" by withdraw AP2003 approver --reason LOST "$(number out 1)"
has "... as always" "was withdrawn before"
exits 0 "so is the one that was replaced" by withdraw AP2003 approver --reason DATA_ERROR "$(number out 2)"
exits 0 "so is the one in its place" by withdraw AP2003 approver --reason DATA_ERROR "$(number corrected 5)"
exits 0 "who went is sent away" officer remove OF1008 "${with3[@]}"
exits 0 "who came is let in" officer add OF1010 --role drafter --new-passphrase-file pass/first "${with3[@]}"
exits 0 "who has another key gets one" officer reset OF1009 --new-passphrase-file pass/first "${with3[@]}"
exits 0 "... and takes an own one" own center OF1009 first drafter2 "${with3[@]}"
exits 0 "... and drafts with it" by draft OF1009 drafter2 row.csv
exits 0 "then all is in order" sello-issue check --home center
has "... and what does nothing is named all the same" "whom the root had removed"
exits 0 "posts take it" deliver
judge "... the withdrawal counts" attention R-WITHDRAWN shown post "$(letter out 1)"
judge "... for the replaced one, too" attention R-WITHDRAWN shown post "$(letter out 2)"
judge "... what was void stays so" not-authentic F-REVOKED shown post "$(letter corrected 5)"
judge "... another letter stays good" valid "" shown post "$(letter out 4)"
audited "all of that" 1 A-VOID pub
done_testing
