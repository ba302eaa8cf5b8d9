#!/bin/bash
# tests/cli/rootword.sh - the root's word takes effect before a center can know
# it: a key that was replaced, a log that was closed, while the center works
# honestly. Nothing of it turns a letter red, accuses the center or stops a
# post; and each lock names its way out.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01/1
P="--as AP2003 --passphrase-file pass/approver"
keys() { sello-keys "$@" --home root --passphrase-file pass/root; }
lists() { publish --next-update 60 --not-after 90 >/dev/null; }
number() { basename "$1" .xml; }
lose() { sello-issue withdraw --home center $P --reason LOST "$(number "$1")"; }
key_of() { sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$1" | head -n 1; }
to_pub() { sello-issue publish --home center --to pub >/dev/null; }
new_post() { rm -rf new && sello-verify init --home new --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null; }
lists
sello-issue trust --home center pub/trust.xml >/dev/null
check "an honest beginning" issue center out 1 2 3
check "... delivered" deliver
cp -a pub early

# --- a person is removed, in copies of all ------------------------------------------
cp -a root root.r && cp -a post post.r && cp -a pub pub.r && copy_of center center.r
sleep 1.1 # not in the second of the letters
exits 0 "the root removes a drafter" sello-keys person --home root.r --yes remove GTGUA01 OF1007
has "... says what it means" F-REVOKED
sello-keys publish --home root.r --passphrase-file pass/root --to pub.r >/dev/null
sleep 1.1
check "the center has not heard, and works" issue center.r late.r 4
sello-issue publish --home center.r --to pub.r >/dev/null
exits 0 "its lines are taken" sello-verify sync --home post.r pub.r
hasnt "... they accuse nobody" PROOF
judge "a letter by the removed drafter" not-authentic F-REVOKED shown post.r "$(letter late.r 4)"
judge "an earlier one stays good" valid "" shown post.r "$(letter out 1)"
exits 0 "an approver still withdraws" sello-issue withdraw --home center.r $P --reason LOST "$(number "$(letter out 2)")"
sello-issue publish --home center.r --to pub.r >/dev/null
sello-verify sync --home post.r pub.r >/dev/null
judge "... and it counts" attention R-WITHDRAWN shown post.r "$(letter out 2)"
exits 0 "the center hears of it" sello-issue trust --home center.r pub.r/trust.xml
has "... and who says what that changes" "names what counts no more by that"
exits 65 "... which does" sello-issue check --home center.r
has "... by their number" "$(number "$(letter late.r 4)"): its line does not count"
exits 1 "who asks by telephone hears it too" sello-issue number-check --home center.r "$(number "$(letter late.r 4)")" 1990
has "... as of a revoked key" "consulates do not take its signature"
exits 0 "... of that letter alone" sello-issue number-check --home center.r "$(number "$(letter out 1)")" 1990
cp -a center.r center.w
exits 0 "one that is not good is withdrawn" sello-issue withdraw --home center.w $P --reason LOST "$(number "$(letter late.r 4)")"
sello-issue check --home center.w >checked
check "... and asked for no more" grep -q "^line 1/.*whom the root had removed" checked
check "... of all lines that do not count" test "$(grep -c "whom the" checked)" = 1
rm -rf center.w
exits 0 "the same list again" sello-issue trust --home center.r pub.r/trust.xml
hasnt "... does not say it again" OF1007
audited "what a removed person signed" 1 A-VOID pub.r
has "... has its letter's number" "(letter issued $(number "$(letter late.r 4)"))"

# --- a key is replaced ------------------------------------------------------------
key=$(key_of "$(letter out 1)")
exits 0 "the root retires the key" keys revoke "$key" --reason superseded
has "... what becomes of later letters" "R-KEY-RETIRED"
lists
sleep 1.1
check "the center has not heard, and works" issue center late 4
exits 0 "... withdraws" lose "$(letter out 2)"
exits 0 "its lines are taken" deliver
hasnt "... they accuse nobody" PROOF
judge "a letter of that time" attention R-KEY-RETIRED shown post "$(letter late 4)"
judge "an earlier one stays good" valid "" shown post "$(letter out 1)"
judge "the withdrawal counts" attention R-WITHDRAWN shown post "$(letter out 2)"
new_post
exits 0 "a new post takes all of it" sello-verify sync --home new pub
judge "... and judges so" attention R-KEY-RETIRED shown new "$(letter late 4)"
audited "a key that was retired meanwhile" 1 A-KEY-RETIRED pub
sello-issue trust --home center pub/trust.xml >/dev/null
exits 78 "the center is told" lose "$(letter out 3)"
has "... and says what to do" "rekey"
rekey() {
	sello-issue rekey --home center $P "$@"
}
exits 0 "a new key" rekey
keys certify center/request.csr >/dev/null
lists
sello-issue trust --home center pub/trust.xml >/dev/null
check "it goes on" issue center out 6
exits 0 "... delivered" deliver
judge "... a letter of the new key" valid "" shown post "$(letter out 5)"

# --- a log is closed --------------------------------------------------------------
cp pub/$log/checkpoint end
exits 0 "the root closes the log" keys log close GTGUA01 --checkpoint end
lists
cp -a post before-closing
sleep 1.1
check "the center has not heard, and works" issue center behind 7
exits 0 "... withdraws" lose "$(letter out 1)"
cp -a post heard
sello-verify sync --home heard pub >/dev/null # the list, not yet the lines
to_pub
for p in post heard; do
	exits 0 "lines behind the end: $p" sello-verify sync --home $p pub
	has "... are said" "closed this log after"
	hasnt "... accuse nobody" PROOF
	judge "... a letter there is not refused" attention R-LOG-PENDING shown $p "$(letter behind 6)"
	judge "... one before it is good" valid "" shown $p "$(letter out 5)"
done
new_post
exits 0 "a new post takes what is before the end" sello-verify sync --home new pub
judge "... and judges so" valid "" shown new "$(letter out 5)"
judge "... and so" attention R-LOG-PENDING shown new "$(letter behind 6)"
# a post that had them before it heard
sed 's/x/x/' early/trust.xml >old.xml
cp -a pub longer && cp old.xml longer/trust.xml
exits 1 "a post that has them already" sello-verify sync --home before-closing longer
exits 0 "... and hears of the closing then" sello-verify sync --home before-closing pub
hasnt "... accuses nobody" PROOF
judge "... does not refuse them either" attention R-LOG-PENDING shown before-closing "$(letter behind 6)"
exits 0 "... and goes on" sello-verify sync --home before-closing pub
exits 0 "it is no fault to status" sello-verify status --home before-closing
audited "lines behind the end" 1 "A-CLOSED A-KEY-RETIRED" pub
sello-verify export --home before-closing --to longer.report >/dev/null
exits 0 "posts tell each other of them" bash -c 'sello-verify import --home new pub/'$log'/checkpoint'
hasnt "... nobody is accused" PROOF

# raised to the last head
exits 77 "never back" keys log close GTGUA01 --checkpoint early/$log/checkpoint
exits 0 "the root raises the end" keys log close GTGUA01 --checkpoint pub/$log/checkpoint
has "... says so" "now it ends after"
exits 0 "... twice is nothing" keys log close GTGUA01 --checkpoint pub/$log/checkpoint
lists
for p in post heard new before-closing; do
	exits 0 "the raised end: $p" sello-verify sync --home $p pub
	judge "... its letters are good" valid "" shown $p "$(letter behind 6)"
	judge "... its withdrawals count" attention R-WITHDRAWN shown $p "$(letter out 1)"
done
audited "the raised end" 1 A-KEY-RETIRED pub

# the center hears, and its next log goes on
exits 0 "the center takes the list" sello-issue trust --home center pub/trust.xml
has "... and hears of the closing" "rekey --home center --log"
hasnt "... nothing of it stands behind the end" "nobody believes"
exits 78 "the center is told" lose "$(letter out 3)"
has "... and says what to do" "rekey --home center --log"
exits 0 "new log keys" rekey --log
keys certify center/request.csr >/dev/null
lists
exits 0 "the list that carries them" sello-issue trust --home center pub/trust.xml
hasnt "... asks for no others" "rekey --home"
begin_next center pub/trust.xml >/dev/null
check "it goes on in a second log" issue center second 9
exits 0 "... delivered" deliver
judge "... a letter of it" valid "" shown post "$(ls second/*.xml)"
new_post
exits 0 "a new post takes both" sello-verify sync --home new pub
judge "... a letter of the first" valid "" shown new "$(letter behind 6)"
judge "... and of the second" valid "" shown new "$(ls second/*.xml)"

# --- the next log while lines stand behind the end ---------------------------------
cp pub/log/GTGUA01/2/checkpoint end2
keys log close GTGUA01 --checkpoint end2 >/dev/null
lists
sleep 1.1
check "the center works on" issue center behind2 10
exits 0 "... reprints" sello-issue reprint --home center $P --reason LOST --out re "$(number "$(ls second/*.xml)")"
exits 0 "the center takes the list" sello-issue trust --home center pub/trust.xml
has "... hears what stands behind the end" "this center signed 2 more"
has "... and who can help" "sello-keys log close"
exits 0 "a third log" rekey --log
keys certify center/request.csr >/dev/null
lists
begin_next center pub/trust.xml >/dev/null
sleep 1.1
exits 0 "it withdraws what stands behind the end" lose "$(ls behind2/*.xml)"
exits 0 "... and prints a copy after one there" sello-issue reprint --home center $P --reason LOST --out re "$(number "$(ls second/*.xml)")"
check "... and issues" issue center third 11
exits 0 "... all is delivered" deliver
hasnt "... nobody is accused" PROOF
judge "... behind the end: not refused" attention "R-WITHDRAWN R-LOG-PENDING" shown post "$(ls behind2/*.xml)"
judge "... the third log" valid "" shown post "$(ls third/*.xml)"
new_post
exits 0 "a new post takes it too" sello-verify sync --home new pub
hasnt "... and accuses nobody" PROOF
judge "... the third log" valid "" shown new "$(ls third/*.xml)"
shown new --record "$(ls behind2/*.xml)" >/dev/null
exits 0 "... later too" sello-verify sync --home new pub
audited "three logs" 1 "A-CLOSED A-KEY-RETIRED A-RENUMBERED" pub
audited "a letter behind the end, by its own file" 1 "A-CLOSED A-KEY-RETIRED A-RENUMBERED A-UNPROVEN" \
    --letter "$(ls behind2/*.xml)" pub

# --- a clock put right behind the end -------------------------------------------------
if other_clock "a clock put right behind the end"; then
	far=$(date -u -d '+6 days' +%F)
	{ echo "$HEADER"; person 12 Quispe Ana; person 13 Mamani Luz; person 14 Huanca Noa; } >d.csv
	draft d.csv >/dev/null
	faketime -f +6d sello-issue approve --home center $P 10 --yes --out far --confirm-date "$far" >/dev/null
	to_pub
	keys log close GTGUA01 --checkpoint pub/log/GTGUA01/3/checkpoint >/dev/null
	lists
	exits 0 "two persons put it right" sello-issue recover --home center --clock $P --second AD0001 \
	    --second-passphrase-file pass/admin --confirm-date "$(date -u +%F)"
	sleep 1.1
	check "... and go on" sello-issue approve --home center $P 11 --yes --out mended
	sleep 1.1
	sello-issue trust --home center pub/trust.xml >/dev/null 2>&1
	rekey --log >/dev/null
	keys certify center/request.csr >/dev/null
	lists
	begin_next center pub/trust.xml >/dev/null
	check "it goes on in a fourth log" sello-issue approve --home center $P 12 --yes --out near
	exits 0 "... which begins before the third one ends, and is taken" deliver
	hasnt "... nobody is accused" PROOF
	judge "... a letter of it" valid "" shown post "$(ls near/*.xml)"
	audited "... by no auditor either" 1 "A-CLOSED A-KEY-RETIRED A-RENUMBERED" pub
	# who takes all of it when the wrong day has come
	to_pub
	rm -rf new && sello-verify init --home new --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
	exits 0 "a new post, eight days later" faketime -f +8d sello-verify sync --home new pub
	judge "... a letter behind the end, after the clock was put right" attention "R-LIST-AGEING R-LOG-PENDING" \
	    faketime -f +8d sello-verify check --home new --json "$(ls mended/*.xml)"
	audited "... nor is it proof by its own file" 1 "A-CLOSED A-KEY-RETIRED A-RENUMBERED A-UNPROVEN" \
	    --letter "$(ls mended/*.xml)" pub
fi

# --- one wrong clock at the root ----------------------------------------------------
if other_clock "a wrong clock at the root"; then
	new=$(sed -n 's|.*<KeyName>\([0-9a-f]*\)</KeyName>.*|\1|p' pub/trust.xml | tail -n 1)
	for reason in superseded closed; do
		exits 78 "a clock before the newest list: $reason" faketime -f '-3d' sello-keys revoke --home root "$new" --reason $reason
		has "... the way out is said" "--from"
	done
	exits 0 "a time that is typed is meant" faketime -f '-3d' sello-keys revoke --home root "$new" --reason closed --from "$(date -u -d '1 day ago' +%Y-%m-%dT%H:%M:%SZ)"
fi
done_testing
