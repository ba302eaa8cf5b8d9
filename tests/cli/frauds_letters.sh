#!/bin/bash
# Letters that should not be: made on a copied disk, dated back, approved by
# oneself, with a number given twice, withdrawn, shown twice. And that nothing
# that leaves the center or a post says whom a letter is about.
. "$(dirname "$0")/lib.sh"
exec 2>&1
# the center begins some hours ago, so that there is a past to date back to
PAST=
other_clock "a center of six hours ago" && PAST=-6h
then_() { if [ "$PAST" ]; then faketime -f "$1" "${@:2}"; else "${@:2}"; fi; }
if [ "$PAST" ]; then
	for program in keys issue verify; do
		eval "sello-$program() { faketime -f -6h $BUILD/sello-$program \"\$@\"; }"
	done
	world
	unset -f sello-keys sello-issue sello-verify
else
	world
fi
other=(--second AD0001 --second-passphrase-file pass/admin)
three=(--as AP2003 --passphrase-file pass/approver)

sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-keys certify --home root --passphrase-file pass/root post2/request.txt >/dev/null
cp -a center first-center # before the first letter
publish >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null
issue center letters 1 2 3 >/dev/null
cp -a center stolen # the disk that all copies below are of
check "the post has the records" deliver
sello-verify sync --home post2 pub >/dev/null
honest=$(letter letters 1)
judge "an honest letter" valid "" shown post "$honest"
cp -a post early

# --- approved by oneself ---------------------------------------------------------
{ echo "$HEADER"; person 4 "Cucul E" Elvira; } >four.csv
draft four.csv >/dev/null
exits 77 "a drafter approves the own draft" sello-issue approve --home center --as OF1007 \
    --passphrase-file pass/drafter --all --yes --out own
exits 77 "an approver drafts" sello-issue draft --home center "${three[@]}" four.csv
exits 77 "an approver's draft made by hand" bash -c '
	cp -a center forged && sqlite3 forged/register.db "UPDATE draft SET officer = '"'AP2003'"' WHERE state = '"'pending'"'" &&
	sello-issue approve --home forged --as AP2003 --passphrase-file pass/approver --all --yes --out own'
exits 73 "one code in two roles" officer add AP2003 --role drafter \
    --new-passphrase-file pass/new --second AP2003 --second-passphrase-file pass/approver
check "... no letter came of it" test ! -e own
sello-issue discard --home center --as OF1007 --passphrase-file pass/drafter --reason DATA_ERROR 4 >/dev/null

# --- made with a copied key --------------------------------------------------------
copy_of stolen thief
exits 0 "a thief with the disk and two passphrases makes letters" issue thief false 5 6
first=$(letter false 4) second=$(letter false 5)
number=$(basename "$second" .xml)
judge "shown at once, nobody can know yet" attention R-LOG-PENDING \
    shown post --record --answer match "$second"
shown early --record "$first" >/dev/null
sleep 1.1 # the center's next line is later than the thief's letters
issue center letters 7 >/dev/null
check "the center goes on" close_day center pub
exits 3 "the next sync names the letter" sello-verify sync --home post --json pub
has "... by its number" "\"outcome\":\"manipulated\",\"letterNumber\":\"$number\""
# what was found stays: named by status, and kept for others to verify
evidence() { ls "$1"/evidence/"$2"-* 2>/dev/null; }
kept=$(evidence post letter)
check "... what proves it is kept" test -s "$kept"
has "... which is said" "What proves it, without a name, is kept in $kept"
check "... without a name" bash -c '! grep -qi "cucul\|elvira" "$1"' _ "$kept"
check "... with the head of the log" grep -q "^head " "$kept"
exits 1 "... status says it after that" sello-verify status --home post
has "... with the number" "PROOF OF MANIPULATION: letter $number, shown here on 20"
hasnt "... on a day as it was here" "(UTC),"
exits 1 "... as JSON" sello-verify status --home post --json
has "... with the number" "\"contradiction\":\"absent\",\"kept\":true,\"settled\":false}]"
has "... and nothing else" "\"unlogged\":[{\"letterNumber\":\"$number\","
cp "$kept" kept.report
exits 3 "... the next sync again" sello-verify sync --home post pub
check "... and the file is the same one" cmp "$(evidence post letter)" kept.report
cp -a post bad && printf x >>"bad/evidence/$(basename "$kept")"
exits 1 "a bad disk under it" sello-verify status --home bad
has "... is said" "that are damaged and prove nothing any more: 1"
sello-verify sync --home bad pub >/dev/null
check "... and a sync keeps it anew" grep -q "^seen $number" "$(evidence bad letter)"
judge "an unlogged letter" not-authentic "F-UNLOGGED R-PRESENTED" shown post "$second"
judge "a number that was given again by the center" not-authentic F-UNLOGGED shown post "$first"
exits 3 "... the post that saw it hears of that too" sello-verify sync --home early pub
has "... in words" "not the one that the center's log has under this number"
exits 1 "... so does its status" sello-verify status --home early
has "... in words" "not the one that the center's log has under this number"
# found at the counter alone, and never recorded
cp -a post2 counter && sello-verify sync --home counter pub >/dev/null
exits 0 "a post that was shown none of them" sello-verify status --home counter
exits 3 "... is shown one" sello-verify check --home counter "$second" "$second"
has "... keeps what proves it" "What proves"
check "... once" test "$(evidence counter letter | wc -l)" = 1
exits 1 "... and its status says so" sello-verify status --home counter
has "... with the number" "PROOF OF MANIPULATION: letter $number"
rm -r counter/evidence
zbarimg -q --raw -Sbinary "${second%.xml}.png" 2>/dev/null | sello-verify scan --home counter --no-record >/dev/null
exits 1 "... at the scanner too" sello-verify status --home counter
judge "the center's own letter of this number" valid "" shown post "$(letter letters 4)"
exits 0 "the post tells" sello-verify export --home post --to post.report
sello-verify export --home early --to early.report >/dev/null
audited "an unlogged letter that a post saw, by the post's word" 1 A-UNPROVEN pub --presentations post.report
has "... is named" "\"letterNumber\":\"$number\""
has "... with the post" "shown at ES-GTGUA/1, is not in the log"
audited "... by what the post kept as proof" 1 A-UNPROVEN pub --presentations "$kept"
audited "... and by its own file" 3 A-UNLOGGED pub --presentations post.report --letter "$second"
has "... is named" "\"letterNumber\":\"$number\""
audited "a number reused" 3 A-UNLOGGED pub --presentations early.report
audited "... by what the post kept as proof" 3 A-UNLOGGED pub --presentations "$(evidence early letter)"
has "... as such" "the log has another letter under this number"
# the root custodian answers
key=$(sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$second")
cp -a root root-now && cp -a pub nowpub && cp -a post answered
sello-keys revoke --home root-now "$key" --reason compromise >/dev/null
sello-keys publish --home root-now --to nowpub --passphrase-file pass/root >/dev/null
exits 0 "a list that revokes the key settles it" sello-verify sync --home answered nowpub
exits 0 "... for status too" sello-verify status --home answered
has "... which still says so" "that the root custodian has revoked since: 2"
check "... and the files stay" test "$(evidence answered letter | wc -l)" = 2
# the word of a post that is no longer listed proves nothing
cp -a root root-later && cp -a pub laterpub
sello-keys revoke --home root-later ES-GTGUA/1 --reason closed >/dev/null
sello-keys publish --home root-later --to laterpub --passphrase-file pass/root >/dev/null
audited "the word of a post that was closed" 0 "" laterpub --presentations post.report
exits 3 "a letter that was changed by hand" shown post <(sed 's|<GivenNames>Elvira|<GivenNames>Elmira|' "$honest")

# --- dated back --------------------------------------------------------------------
if [ "$PAST" ]; then
	copy_of first-center backdater
	{ echo "$HEADER"; person 8 "Cucul I" Elvira; } >eight.csv
	exits 0 "on a disk copied long before, five hours back: a draft" faketime -f -5h sello-issue draft --home backdater --as OF1007 \
	    --passphrase-file pass/drafter eight.csv
	exits 0 "... and a letter" faketime -f -5h sello-issue approve --home backdater "${three[@]}" \
	    --all --yes --out back
	exits 0 "the records of that disk" sello-issue publish --home backdater --to backpub
	cp pub/trust.xml backpub/
	judge "dated back: not in the records of a post that has later ones" not-authentic F-UNLOGGED \
	    shown post "$(letter back 1)"
	cp -a post misled
	exits 3 "... and its log is another version" sello-verify sync --home misled backpub
	audited "the log dated back beside the true one" 3 A-FORK pub backpub
	# the center's own clock set back
	draft eight.csv >/dev/null
	exits 78 "a center whose clock was set back signs nothing" faketime -f -3h sello-issue approve \
	    --home center "${three[@]}" --all --yes --out back2
	has "... and speaks of the clock" clock
	# a register whose times were set back by hand, too
	sqlite3 backdater/register.db "UPDATE log_head SET last_time = last_time - 3600;
	    UPDATE letter SET issued_at = issued_at - 3600"
	{ echo "$HEADER"; person 11 "Cucul BB" Elvira; } >eleven.csv
	faketime -f -330m sello-issue draft --home backdater --as OF1007 \
	    --passphrase-file pass/drafter eleven.csv >/dev/null
	faketime -f -330m sello-issue approve --home backdater "${three[@]}" --all --yes --out back3 >/dev/null
	rc=$?
	sello-issue publish --home backdater --to backpub >/dev/null
	if [ $rc != 0 ]; then ok "times set back by hand: nothing is signed ($rc)"; else
		cp -a root/../early new && rm -f new/logs.db*
		exits 3 "lines whose time goes back are taken by no post" sello-verify sync --home new backpub
		audited "... and are proof" 3 A-TIME backpub
	fi
	sello-issue discard --home center --as OF1007 --passphrase-file pass/drafter --reason DATA_ERROR \
	    "$(sello-issue list --home center --drafts --json | grep pending | json draft)" >/dev/null
fi

# --- no longer in force ---------------------------------------------------------------
withdraw() { sello-issue withdraw --home center "${three[@]}" "$@"; }
n2=$(basename "$(letter letters 2)" .xml) n3=$(basename "$(letter letters 3)" .xml)
exits 0 "withdraw" withdraw "$n2" --reason STOLEN
exits 77 "withdraw for fraud, alone" withdraw "$n3" --reason FRAUD
exits 0 "withdraw for fraud" withdraw "$n3" --reason FRAUD "${other[@]}"
{ echo "$HEADER"; person 1 "Cucul B" "Elvira Rosa"; } >one.csv
sello-issue correct --home center --as OF1007 --passphrase-file pass/drafter \
    "$(basename "$honest" .xml)" one.csv >/dev/null
approve --all --yes --out letters >/dev/null
judge "until it is known, a withdrawn letter looks good" valid "" shown post "$(letter letters 2)"
sello-issue publish --home center --to pub >/dev/null
sello-verify sync --home post pub >/dev/null
judge "a withdrawn letter is shown" attention R-WITHDRAWN shown post "$(letter letters 2)"
judge "one withdrawn for fraud" not-authentic F-REVOKED shown post "$(letter letters 3)"
judge "one that was replaced" attention R-SUPERSEDED shown post "$honest"
judge "what replaced it" valid "" shown post "$(letter letters 5)"
check "the log does not say why" bash -c '! grep -raqE "STOLEN|LOST" pub'

# --- shown twice ------------------------------------------------------------------------
five=$(letter letters 5)
shown post --record --answer match "$five" >/dev/null
sello-verify sync --home post2 pub >/dev/null
judge "shown at a second post, which cannot know" valid "" shown post2 --record --answer mismatch "$five"
judge "shown there again" attention R-PRESENTED shown post2 "$five"
exits 0 "post 2 tells" sello-verify export --home post2 --to post2.report
exits 3 "post 1 too" sello-verify sync --home post pub # it still names the thief's letter
sello-verify export --home post --to post1.report >/dev/null
sello-verify import --home post2 post1.report >/dev/null
cp -a early post3 && sello-verify sync --home post3 pub >/dev/null
judge "a third has not heard" valid "" shown post3 "$five"
exits 0 "... and then it has" sello-verify import --home post3 post2.report
judge "shown elsewhere" attention R-PRESENTED shown post3 "$five"
sello-verify check --home post3 "$five" >text.out
check "... and where" grep -q "Shown at post ES-GTGUA/2 on 20" text.out
audited "one letter at two posts" 3 "A-MISMATCH A-UNLOGGED" pub \
    --presentations post1.report --presentations post2.report
check "... is a note" grep -q '"finding":"A-TWO-POSTS","severity":"note"' <<<"$OUT"
audited "the second post alone" 1 A-MISMATCH pub --presentations post2.report

# --- an approver who was removed ------------------------------------------------------------
beside=(--second AP2003 --second-passphrase-file pass/approver)
officer add AP2004 --role approver --new-passphrase-file pass/first "${beside[@]}" >/dev/null
own center AP2004 first approver2 "${beside[@]}" >/dev/null
copy_of center kept # what AP2003 took home
exits 0 "an approver is removed" officer remove AP2003 --second AP2004 --second-passphrase-file pass/approver2
has "... and new keys are due" "a new center key is due"
draft four.csv >/dev/null
exits 77 "... can no more approve at the center" approve --all --yes --out gone
exits 0 "but can at home" issue kept kept-letters 9
check "the log goes to the post" bash -c 'sleep 1.1; sello-issue publish --home center --to pub --as AP2004 --passphrase-file pass/approver2; sello-verify sync --home post2 pub'
judge "a letter of the old disk" not-authentic F-UNLOGGED shown post2 "$(letter kept-letters 6)"
exits 0 "the old disk publishes" sello-issue publish --home kept --to keptpub
cp pub/trust.xml keptpub/
cp -a post2 misled2
sello-verify sync --home misled2 keptpub >/dev/null # shorter; it is compared when it can be
exits 3 "... which is another version of the log" sello-verify sync --home misled2 pub
has "... in words" "contradicts a signed head that came from keptpub"
audited "the old disk's log" 3 A-FORK pub keptpub

# --- whom letters are about -------------------------------------------------------------------
{ echo "$HEADER"; person 10 "Quiej Yaxcal" "Ixmucané" 1961-07-23 |
    sed 's/,DOC,I,GTM,[0-9]*,/,DOC,P,GTM,A12QZXW,/'; } >ten.csv
draft ten.csv >/dev/null
sello-issue approve --home center --as AP2004 --passphrase-file pass/approver2 --all --yes --out letters >/dev/null
sello-issue publish --home center --to pub >/dev/null
sello-verify sync --home post2 pub >/dev/null
for f in letters/*.xml; do shown post2 --record "$f" >/dev/null; done
sello-verify export --home post2 --to post2.report >/dev/null
reports=(--presentations post1.report --presentations post2.report)
sello-audit report --root root/root.crt --out report.html --seed 7 --sample 50 "${reports[@]}" pub keptpub >report.txt
sello-audit report --root root/root.crt --out public.html --public --seed 7 "${reports[@]}" pub >>report.txt
sello-audit check --root root/root.crt "${reports[@]}" --state state pub >>report.txt
sello-audit check --root root/root.crt "${reports[@]}" --json pub >>report.txt
grep -ohE '<(Salt|CaseReference)>[^<]+' letters/*.xml | sed 's/.*>//' >secrets
check "there is something to look for" test "$(wc -l <secrets)" -ge 12
grep -raE '[Ee]lvira|ELVIRA|[Cc]ucul|CUCUL|[Qq]uiej|QUIEJ|[Yy]axcal|YAXCAL|[Ii]xmucan|IXMUCAN|1990-?05-?02|1961-?07-?23|A12QZXW|\<QZXW\>|GECCO' \
    pub keptpub *.report post/ post2/ post3/ early/ state report.html public.html report.txt >leaks
check "nothing that leaves center or post has a name, birth date or document" test ! -s leaks
grep -raFf secrets pub keptpub *.report post/ post2/ state report.html public.html report.txt >leaks
check "... nor a salt or case reference" test ! -s leaks
check "the reports are there" test -s report.html -a -s public.html
check "the one for everybody names no officer" bash -c '! grep -qE "OF1007|AP200[34]|GTGUA01-2[0-9]{3}" public.html'
done_testing
