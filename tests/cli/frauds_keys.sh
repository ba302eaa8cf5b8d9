#!/bin/bash
# A key that was stolen, with and without evidence from before; and a disk
# that was lost with what was on it, which must accuse nobody.
. "$(dirname "$0")/lib.sh"
exec 2>&1
world
three=(--as AP2003 --passphrase-file pass/approver)
second=(--second AD0001 --second-passphrase-file pass/admin)
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
sello-verify init --home late --root root/root.crt --consulate ES-GTGUA --post 3 >/dev/null
sello-verify sync --home late pub >/dev/null

# letters 1 and 2; the thief copies; letter 3; what two posts had by then
issue center letters 1 2 >/dev/null
copy_of center thief
sleep 1.1
issue thief false 5 6 7 >/dev/null
dated_before=$(letter false 5) # the center never has this number before T
sleep 1.1
issue center letters 3 >/dev/null
cp -a post early
sleep 1.1
check "one post takes letters 1 to 3" close_day center pub
sello-verify sync --home early pub >/dev/null
cp -a pub evidence
sleep 1.1
issue center letters 4 >/dev/null
cp -a early both
close_day center pub >/dev/null
check "another takes letter 4 too" sello-verify sync --home both pub
sleep 1.1
T=$(now)
issue center letters 8 >/dev/null # it does not know yet
issue thief false 9 >/dev/null
sleep 1.1
close_day center pub >/dev/null
key=$(sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$(letter letters 1)")

# revoked NAME OPTION...: the list of a root copy, in NAME/pub beside the log
revoked() {
	local name=$1
	shift
	cp -a root "$name" && cp -a pub "$name/pub" &&
	    sello-keys revoke --home "$name" "$key" --reason compromise "$@" &&
	    sello-keys publish --home "$name" --to "$name/pub" --passphrase-file pass/root
} >/dev/null
# told POST NAME: a copy of the post that took NAME's list and the whole log
told() {
	rm -rf told && cp -a "$1" told
	sello-verify sync --home told "$2/pub" >told.out
	rc=$?
	if [ $rc = 0 ]; then ok "post $1 takes list and log of $2"; else not_ok "sync $rc: $(cat told.out)"; fi
}
revoked plain --from "$T"
revoked proven --from "$T" --checkpoint "evidence/log/GTGUA01/1/checkpoint"
revoked whole
exits 77 "a head from T on is no evidence" sello-keys revoke --home root "$key" --reason compromise \
    --from "$T" --checkpoint pub/log/GTGUA01/1/checkpoint

told early plain
judge "key stolen, letter in what this post had before" attention R-KEY-REVOKED shown told "$(letter letters 1)"
judge "... the last of it" attention R-KEY-REVOKED shown told "$(letter letters 3)"
judge "... one that came later" unchecked U-REVOKED shown told "$(letter letters 4)"
judge "... one dated when the post's records lack it" not-authentic "F-REVOKED F-UNLOGGED" \
    shown told "$dated_before"
judge "... one dated from T on, though it is in the log" not-authentic F-REVOKED shown told "$(letter letters 5)"
told both plain
judge "another post has more of it" attention R-KEY-REVOKED shown told "$(letter letters 4)"
judge "... and of the first" attention R-KEY-REVOKED shown told "$(letter letters 1)"
judge "... not of what came after T" not-authentic F-REVOKED shown told "$(letter letters 5)"
told late plain
judge "a post without records from before" unchecked U-REVOKED shown told "$(letter letters 1)"
judge "... for any letter before T" unchecked U-REVOKED shown told "$(letter letters 4)"
judge "... a thief's too, but this one is in no log" not-authentic "F-UNLOGGED U-REVOKED" shown told "$dated_before"
judge "... from T on" not-authentic "F-REVOKED F-UNLOGGED" shown told "$(letter false 6)"
told late proven
judge "the root's evidence holds letter 1" attention R-KEY-REVOKED shown told "$(letter letters 1)"
judge "... and 3" attention R-KEY-REVOKED shown told "$(letter letters 3)"
judge "... not 4, which is later" unchecked U-REVOKED shown told "$(letter letters 4)"
judge "... and covers the thief's, which it lacks" not-authentic "F-REVOKED F-UNLOGGED" shown told "$dated_before"
judge "... from T on" not-authentic F-REVOKED shown told "$(letter letters 5)"
told early proven
judge "both kinds of evidence" attention R-KEY-REVOKED shown told "$(letter letters 3)"
told both proven
judge "... the longer one counts" attention R-KEY-REVOKED shown told "$(letter letters 4)"
told both whole
judge "the key's whole life" not-authentic F-REVOKED shown told "$(letter letters 1)"
judge "... from T on" not-authentic F-REVOKED shown told "$(letter letters 5)"
audited "a key stolen from T on" 1 A-KEY-REVOKED plain/pub
sello-issue trust --home center plain/pub/trust.xml >/dev/null
exits 78 "the center signs no more with it" issue center no-letters 10
has "... says so" "is revoked"
check "... no letter" test ! -e no-letters

# --- the keys of a log that was closed ----------------------------------------------
# nothing was revoked here: new keys, as they are due now and then
rm -rf root center post pub letters false thief
world
issue center letters 1 2 >/dev/null
deliver >/dev/null
copy_of center thief
sleep 1.1
issue thief false 5 6 >/dev/null
sleep 1.1
close_day center pub >/dev/null
{
	sello-issue rekey --home center --log "${three[@]}" &&
	    sello-keys log --home root close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint &&
	    certify center/request.csr && publish &&
	    begin_next center pub/trust.xml && issue center letters 3 &&
	    close_day center pub && sello-verify sync --home post pub
} >rekey.out || not_ok "rekey --log: $(cat rekey.out)"
judge "a letter of the log that was closed" valid "" shown post "$(letter letters 2)"
judge "one of the new log" valid "" shown post "$(letter letters 3)"
judge "one made with the old keys, in neither" not-authentic F-UNLOGGED shown post "$(letter false 4)"
judge "... and with a number of the new log" not-authentic F-UNLOGGED shown post "$(letter false 3)"
sleep 1.1
issue thief false 7 >/dev/null
judge "one made with them now is told later" attention R-LOG-PENDING shown post "$(letter false 5)"
sello-issue publish --home thief --to thiefpub >/dev/null
cp pub/trust.xml thiefpub/
exits 3 "the old log cannot be gone on with" sello-verify sync --home post thiefpub
sleep 1.1
close_day center pub >/dev/null
judge "... and now it is" not-authentic F-UNLOGGED bash -c '
	sello-verify sync --home post pub >/dev/null
	sello-verify check --home post --json "$1"' _ "$(letter false 5)"
audited "the logs as they were published" 0 "" pub
audited "a log gone on with beside them" 3 A-FORK pub thiefpub
hasnt "... the new log is accused of nothing" '"generation":2'

# --- a disk lost before it was published ------------------------------------------
# a new world: the old center's key is gone
rm -rf root center post pub letters
world
issue center letters 1 2 >/dev/null
check "letters 1 and 2 reach the post" deliver
exits 0 "a backup" sello-issue backup --home center --to backup.sello
sleep 1.1
issue center lost 3 4 >/dev/null
judge "a letter that was not published" attention R-LOG-PENDING shown post --record "$(letter lost 3)"
cp center/head.guard guard.copy
mv center dead && sleep 1.1
exits 0 "the disk is dead; the backup is put back" restore --home center backup.sello
cp -a center with-guard && cp guard.copy with-guard/head.guard
# first with the guard from another disk: it knows how much is missing
exits 78 "the guard of another disk knows that lines are missing" sello-issue recover --home with-guard \
    "${three[@]}" "${second[@]}"
has "... says how to go on" "--lost"
exits 0 "recover --lost" sello-issue recover --home with-guard --lost "${three[@]}" "${second[@]}"
exits 0 "... and it goes on" issue with-guard letters-g 5
# and then without: nobody knows
exits 78 "nothing is signed without a guard" issue center no-letters 10
exits 78 "nor published" sello-issue publish --home center --to pub
exits 77 "recover takes two" sello-issue recover --home center "${three[@]}"
exits 78 "... and says where it goes on from" sello-issue recover --home center "${three[@]}" "${second[@]}"
exits 0 "recover" sello-issue recover --home center --from pub "${three[@]}" "${second[@]}"
has "... says that records may be lost" "lost"
check "what waits is signed again" sign_again center
exits 0 "the center goes on" issue center letters 5
new3=$(letter letters 3)
check "its first letter has the lost one's number" test "$(basename "$new3")" = "$(basename "$(letter lost 3)")"
exits 0 "publish" sello-issue publish --home center --to pub
exits 0 "the post accuses nobody" sello-verify sync --home post pub
hasnt "..." PROOF
judge "a lost letter whose number was given again" unchecked "U-LOG-GAP R-PRESENTED" shown post "$(letter lost 3)"
judge "a lost letter whose number was not" unchecked U-LOG-GAP shown post "$(letter lost 4)"
judge "the new letter of that number" valid "" shown post "$new3"
judge "a letter from before" valid "" shown post "$(letter letters 2)"
sleep 1.1 # a letter of the second of the restore line is in the gap still
copy_of center thief2
issue thief2 false2 6 >/dev/null
sleep 1.1
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
judge "the gap does not help a thief after it" not-authentic F-UNLOGGED shown post "$(letter false2 5)"
sello-verify export --home post --to post.report >/dev/null
audited "a disk that was lost" 1 A-LOST pub
audited "... and a letter shown of that time" 1 "A-LOST A-LOST-LETTER" pub --presentations post.report

sleep 1.1
# where the dead disk comes to life again, it must not go on beside the new one
sqlite3 dead/register.db "DELETE FROM log_place"
issue dead dead-letters 7 >/dev/null
sello-issue publish --home dead --to deadpub >/dev/null
cp pub/trust.xml deadpub/
exits 3 "the dead disk works again and goes on" sello-verify sync --home post deadpub
audited "... beside the new one" 3 "A-FORK A-LOST A-ROLLBACK" pub deadpub
done_testing
