#!/bin/bash
# tests/cli/branches.sh - a log was forked, the root has closed it and so said
# which version is the true one. A post that holds the other one, and more of
# it than the true one has, cannot compare the two: it refuses nobody's letters
# for that, and takes the true one when it comes.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01/1
keys() { sello-keys "$@" --home root --passphrase-file pass/root; }
new_post() { rm -rf "$1" && sello-verify init --home "$1" --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null; }
list_in() { cp pub/trust.xml "$1"/; }
publish --next-update 60 --not-after 90 >/dev/null
check "an honest beginning" issue center common 1 8
check "... is published" close_day center begun
copy_of center thief
check "the center goes on" issue center right 2 3
check "... publishes" close_day center right
sleep 1.1
check "a copy of it goes on otherwise, and longer" issue thief wrong 4 5 6 7
exits 0 "... withdraws an honest letter" sello-issue withdraw --home thief --as AP2003 --passphrase-file pass/approver --reason FRAUD "$(basename "$(letter common 2)" .xml)" --second AD0001 --second-passphrase-file pass/admin
check "... publishes too" close_day thief wrong
mkdir list
for folder in begun right wrong list; do list_in $folder; done
new_post fresh
exits 0 "a post that has only ever seen the copy" sello-verify sync --home fresh wrong
new_post early
exits 0 "one that saw the beginning, too" sello-verify sync --home early begun
exits 0 "... and then the copy" sello-verify sync --home early wrong
judge "... knows no better yet" not-authentic F-UNLOGGED shown fresh "$(letter right 3)"

exits 0 "the root says which one is true" keys log close GTGUA01 --checkpoint right/$log/checkpoint
publish --next-update 60 --not-after 90 >/dev/null
for folder in right wrong list; do list_in $folder; done
for p in fresh early; do
	sello-verify sync --home $p list >/dev/null
	for n in 3 4; do
		judge "$p has the root's word alone: letter $n" attention R-LOG-PENDING shown $p "$(letter right $n)"
	done
	sello-verify sync --home $p list
	hasnt "... no letter shown accuses the center" PROOF
	exits 1 "... status says that records are missing" sello-verify status --home $p
	has "... by the reason that letters get" R-LOG-PENDING
	exits 0 "$p takes the true records" sello-verify sync --home $p right
	hasnt "... nobody is accused of what cannot be compared" PROOF
	has "... and that they were taken anew is said" "taken anew"
	for n in 3 4; do
		judge "... letter $n is good" valid "" shown $p "$(letter right $n)"
	done
	judge "... what both have stays" valid "" shown $p "$(letter common 1)"
	judge "... what the copy said of it is not believed, nor forgotten yet" attention R-LOG-PENDING shown $p "$(letter common 2)"
	exits 0 "... status is good" sello-verify status --home $p
	judge "... what the copy signed is not" not-authentic F-UNLOGGED shown $p "$(letter wrong 3)"
	exits 1 "... which status says from then on" sello-verify status --home $p
	has "... of that letter alone" "kept in $p/evidence"
	check "... once" test "$(printf '%s\n' "$OUT" | grep -c "^PROOF")" = 1
	exits 0 "... and that holds" sello-verify sync --home $p right
	hasnt "... it is done once" "taken anew"
	exits 3 "... the copy is refused" sello-verify sync --home $p wrong
	judge "... and changes nothing" attention R-LOG-CONFLICT shown $p "$(letter right 4)"
	exits 0 "... the true one settles it" sello-verify sync --home $p right
	judge "... again" valid "" shown $p "$(letter right 3)"
	judge "... and nothing is left of what the copy said" valid "" shown $p "$(letter common 2)"
done

# --- an auditor, who has the files --------------------------------------------
audited "the other version alone" 3 "A-CLOSED A-FORK" wrong
audited "both" 3 A-FORK wrong right
done_testing
