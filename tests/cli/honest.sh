#!/bin/bash
# Histories in which nobody did wrong: power cuts, wrong clocks, sticks pulled
# out, restored disks, new keys, leap days. Nobody may be accused of anything:
# no red verdict, no proof, and what is refused says why.
. "$(dirname "$0")/lib.sh"
exec 2>&1
export TZ=UTC
three=(--as AP2003 --passphrase-file pass/approver)
second=(--second AD0001 --second-passphrase-file pass/admin)
pending() { sello-issue list --home center --drafts --json | grep '"pending"' | json draft; }
letters_of() { sello-issue list --home center --json | json letterNumber; }
synced() { # "what" [HOME]: the folder is taken, and nobody accused
	exits 0 "$1: the post takes the records" sello-verify sync --home "${2:-post}" pub
	hasnt "$1: ... without a word of fraud" PROOF
}
# all_good "what" DIR...: every letter of these folders
all_good() {
	local what=$1 folder files=()
	shift
	for folder; do files+=("$folder"/*.xml); done
	exits 0 "$what: every letter is valid" sello-verify check --home post --json "${files[@]}"
}
in_order() {
	exits 0 "$1: the center is in order" sello-issue check --home center
	audited "$1" 0 "" pub
}

# --- power cuts -------------------------------------------------------------------
world
exits 0 "a sync before the first line" sello-verify sync --home post pub
check "the log is published" sello-issue publish --home center --to pub
{
	echo "$HEADER"
	for i in 1 2 3 4 5 6 7 8; do person $i "Cucul $(printf %s $i | tr 0-9 A-J)" Elvira; done
	# two people of one name and birth date, with different documents
	person 21 "Tzoc Batz" Juana 1988-01-31
	person 22 "Tzoc Batz" Juana 1988-01-31
} >people.csv
exits 0 "drafts" draft --json people.csv
hasnt "people of one name with other documents are not taken for one" W-DUPLICATE
for wait in 0.02 0.05 0.08 0.11; do
	timeout -s KILL $wait sello-issue approve --home center "${three[@]}" --yes --out letters \
	    $(pending | head -n 2) >/dev/null
	timeout -s KILL $wait sello-issue publish --home center --to pub >/dev/null
	exits 0 "killed after $wait s: the center is in order" sello-issue check --home center
	timeout -s KILL $wait sello-verify sync --home post pub >/dev/null
	sello-verify sync --home post pub >sync.out
	rc=$?
	if [ $rc -le 1 ] && ! grep -q PROOF sync.out; then ok "... and the post reads on"; else
		not_ok "... sync ended with $rc: $(cat sync.out)"; fi
done
sleep 1.1
exits 0 "the rest is approved" approve --all --yes --out letters
approve 1 2 3 4 5 6 7 8 9 10 --yes --out letters >/dev/null # files that the cuts left out
check "ten letters, no number left out" test "$(letters_of | cut -d- -f3 | sort | tr '\n' ' ')" = \
    "$(seq -f %06g -s ' ' 1 10) "
check "close the day" close_day center pub
synced "after power cuts"
all_good "after power cuts" letters
in_order "after power cuts"
one=$(letter letters 9) other=$(letter letters 10)
judge "one of two people of one name" valid "" shown post --record "$one"
judge "... the other was not shown before" valid "" shown post "$other"

# --- a stick pulled out --------------------------------------------------------------
cp -a post before
cp -a pub whole
issue center letters 11 >/dev/null
close_day center pub >/dev/null
rm -rf stick && mkdir -p stick/log
cp pub/trust.xml stick/
exits 2 "a stick with the list alone" bash -c 'mkdir -p stick/log/GTGUA01 && sello-verify sync --home before stick'
hasnt "... accuses nobody" PROOF
last=$(sed -n 2p pub/log/GTGUA01/1/checkpoint)
for drop in checkpoint "tile/entries/000.p/$last" "tile/0/000.p/$last"; do
	rm -rf stick reader && cp -a pub stick && cp -a before reader
	rm "stick/log/GTGUA01/1/$drop"
	sello-verify sync --home reader stick >sync.out
	rc=$?
	# leaves can be made from the lines, lines from nothing
	if { [ $rc = 2 ] || { [ $rc = 0 ] && [[ $drop == tile/0/* ]]; }; } &&
	    ! grep -q PROOF sync.out; then ok "a stick without $drop: $rc"; else
		not_ok "a stick without $drop: $rc $(cat sync.out)"; fi
	[[ $drop == tile/0/* ]] || audited "a stick without $drop" 2 A-UNCHECKED stick
done
rm -rf stick && cp -a pub stick && cp whole/log/GTGUA01/1/checkpoint stick/log/GTGUA01/1/
exits 0 "a stick without the newest head only" sello-verify sync --home before stick
exits 0 "the center finishes a stick that was pulled out" sello-issue publish --home center --to stick
exits 0 "... which a post then takes" sello-verify sync --home before stick
judge "... with the newest letter" valid "" shown before "$(letter letters 11)"

# --- synced late; two posts ------------------------------------------------------------
judge "a letter before the post's next sync" attention R-LOG-PENDING shown post --record "$(letter letters 11)"
synced "late"
judge "... is in the records, and was shown" attention R-PRESENTED shown post "$(letter letters 11)"
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-keys certify --home root --passphrase-file pass/root post2/request.txt >/dev/null
publish >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null
cp pub/trust.xml whole/
sello-verify sync --home post2 whole >/dev/null # an older stick
synced "two posts"
sello-verify export --home post2 --to post2.report >/dev/null
sello-verify export --home post --to post.report >/dev/null
exits 0 "two posts of different age tell each other" sello-verify import --home post post2.report
exits 0 "... both ways" sello-verify import --home post2 post.report
synced "... and go on" post2
audited "two posts and an older copy" 0 "" pub whole --presentations post.report --presentations post2.report
exits 0 "the center hears what posts have seen" sello-issue check --home center --cosigned post.report

# --- backup, restore, recover ------------------------------------------------------------
sello-issue backup --home center --to backup.sello >/dev/null
issue center letters 12 >/dev/null
close_day center pub >/dev/null
cp -a center healthy
mv center dead
exits 0 "a disk failed; the backup is put back" restore --home center backup.sello
exits 78 "nothing is signed yet" issue center none 13
has "... it says what to do" recover
mv pub away
exits 78 "recover does not go on without the copy that was published" \
    sello-issue recover --home center "${three[@]}" "${second[@]}"
has "... which would look like fraud" "--from"
mv away pub
exits 0 "recover from the published copy" sello-issue recover --home center --from pub "${three[@]}" "${second[@]}"
check "what waits is signed again" sign_again center
exits 0 "what waited is approved" approve --all --yes --out letters
check "the day is closed" close_day center pub
synced "after a restore"
judge "a letter from before the backup" valid "" shown post "$(letter letters 2)"
judge "a letter that came from the copy" valid "" shown post "$(letter letters 12)"
judge "a letter from after" valid "" shown post "$(letter letters 13)"
audited "a center that lost its guard" 1 A-LOST pub
# where only the register was damaged, the guard knows that nothing is missing
rm -rf center pub && cp -a healthy center && rm -rf pub2 && cp -a whole pub2
(
	sello-issue publish --home center --to pub2 >/dev/null
	cp center/head.guard kept.guard
	mv center ill
	restore --home center backup.sello
	cp kept.guard center/head.guard
) >/dev/null
exits 0 "recover with the guard and the copy" sello-issue recover --home center --from pub2 "${three[@]}" "${second[@]}"
hasnt "... nothing is lost" " lost"
issue center letters2 13 >/dev/null
check "... the day is closed" close_day center pub2
audited "a proper restore" 0 "" pub2 whole
check "... is a note" grep -q '"A-RESTORE","severity":"note"' <<<"$OUT"
cp -a before post4
cp pub/trust.xml pub2/
exits 0 "... a post takes it" sello-verify sync --home post4 pub2
judge "... with every letter" valid "" shown post4 "$(letter letters 12)"
judge "... also the newest" valid "" shown post4 "$(letter letters2 13)"

# --- new keys --------------------------------------------------------------------------------
rm -rf post && cp -a pub2 pub && mv post4 post
old=(letters2)
exits 0 "rekey" sello-issue rekey --home center "${three[@]}"
exits 0 "... certified" sello-keys certify --home root --passphrase-file pass/root center/request.csr
publish >/dev/null
sleep 1.1
exits 0 "... the center takes the list" sello-issue trust --home center pub/trust.xml
issue center letters3 14 >/dev/null
check "... and goes on" close_day center pub
keyname() { sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$1"; }
new3=$(letter letters3 14)
check "... with another key" test "$(keyname "$new3")" != "$(keyname "$(letter letters2 13)")"
synced "after rekey"
judge "a letter of the old key" valid "" shown post "$(letter letters2 13)"
judge "a letter of the new key" valid "" shown post "$new3"
sello-keys revoke --home root "$(keyname "$(letter letters2 13)")" --reason superseded >/dev/null
exits 0 "rekey --log" sello-issue rekey --home center --log "${three[@]}"
close_day center pub >/dev/null
exits 0 "the old log is closed" sello-keys log --home root close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint
exits 0 "the new one certified" sello-keys certify --home root --passphrase-file pass/root center/request.csr
publish >/dev/null
sleep 1.1
sello-issue trust --home center pub/trust.xml >/dev/null
exits 78 "one person does not begin it" issue center none 15
has "... it says who does" "an administrator and an approver begin it"
exits 0 "two do" begin_next center pub/trust.xml
approve --all --yes --out letters4 >/dev/null # what was drafted meanwhile
check "the new log is published" close_day center pub
check "... beside the old one" test -s pub/log/GTGUA01/2/checkpoint -a -s pub/log/GTGUA01/1/checkpoint
check "... numbers go on" test -e "$(letter letters4 15)"
cp -a post partly && cp -a pub without && rm -r without/log/GTGUA01/2
exits 0 "a stick with the old log only" sello-verify sync --home partly without
judge "... a letter of it" valid "" shown partly "$new3"
judge "... a letter of the new one" attention R-LOG-PENDING shown partly "$(letter letters4 15)"
synced "after rekey --log"
judge "a letter of the first key, in the first log" valid "" shown post "$(letter letters2 13)"
judge "a letter of the second key" valid "" shown post "$new3"
judge "a letter of the third key, in the second log" valid "" shown post "$(letter letters4 15)"
in_order "after new keys"

# --- a training root ---------------------------------------------------------------------------
rm -rf root center post post2 pub letters
world --training
issue center letters 1 >/dev/null
check "training: published" close_day center pub
synced "training"
judge "a training letter" attention T-TRAINING shown post "$(letter letters 1)"
in_order "training"

# --- clocks and days ------------------------------------------------------------------------------
other_clock "clocks and days" || done_testing
# every program at $CLOCK, where that is set; there, it stands still
for program in keys issue verify audit; do
	eval "sello-$program() { if [ \"\$CLOCK\" ]; then faketime -f \"\$CLOCK\" $BUILD/sello-$program \"\$@\";
	    else command sello-$program \"\$@\"; fi; }"
done
date() { if [ "$CLOCK" ]; then faketime -f "$CLOCK" /bin/date "$@"; else /bin/date "$@"; fi; }
CLOCK=
rm -rf root center post post2 pub letters
CLOCK="2027-12-31 23:50:00"
world
CLOCK="2027-12-31 23:59:30"
issue center letters 1 2 >/dev/null
CLOCK="2028-01-01 00:00:00"
issue center letters 3 >/dev/null
check "year change: numbers begin again" ls letters/GTGUA01-2027-000002-*.xml letters/GTGUA01-2028-000001-*.xml
close_day center pub >/dev/null
CLOCK="2028-01-01 00:00:10"
synced "year change"
all_good "year change" letters
in_order "year change"
# in the second of the last line
CLOCK="2028-01-01 00:01:00"
sello-issue publish --home center --to pub --as AP2003 --passphrase-file pass/approver >/dev/null
synced "the second of the last line"
issue center letters 4 >/dev/null
judge "a letter in the second of the last line known" attention R-LOG-PENDING \
    shown post --record letters/GTGUA01-2028-000002-*.xml
CLOCK="2028-01-01 00:01:05"
sello-issue publish --home center --to pub >/dev/null
synced "... its line follows"
judge "... and it was in the records all along" attention R-PRESENTED shown post letters/GTGUA01-2028-000002-*.xml

# a leap day, two months later
CLOCK="2028-02-29 23:00:00"
{ echo "$HEADER"; person 5 "Cucul F" Elvira 2004-02-29; person 6 "Cucul G" Elvira 1996-02-29; } >leap.csv
exits 0 "leap day: drafts" sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter leap.csv
exits 78 "after two months it takes two to sign" approve --all --yes --out leap
has "... which is said" "second"
exits 0 "leap day: two sign" approve --all --yes --out leap "${second[@]}" --confirm-date 2028-02-29
publish --confirm-date 2028-02-29 >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null
close_day center pub >/dev/null
CLOCK="2028-03-01 00:00:10"
synced "leap day"
all_good "leap day" leap
in_order "leap day"

# the center's clock was ahead and is corrected
CLOCK="2028-03-01 09:08:00"
issue center ahead 7 >/dev/null
sello-issue publish --home center --to pub >/dev/null
CLOCK="2028-03-01 09:00:00" # a post with the right time
synced "a clock eight minutes ahead"
judge "... its letter" valid "" shown post ahead/*.xml
exits 78 "the center's clock is corrected: it waits" issue center ahead2 8
has "... and speaks of the clock" clock
hasnt "... of nothing else" recover
CLOCK="2028-03-01 09:09:00"
exits 0 "... until the time has come" approve --all --yes --out ahead2
sello-issue publish --home center --to pub >/dev/null
synced "... later"
all_good "... later" ahead ahead2
CLOCK="2028-03-02 09:00:00" # a day ahead
cp -a pub right
issue center tomorrow 9 >/dev/null
sello-issue publish --home center --to pub >/dev/null
CLOCK="2028-03-01 10:00:00"
exits 0 "a clock a day ahead: the post takes the lines, not the time" sello-verify sync --home post pub
has "... and speaks of the clock" clock
hasnt "... not of fraud" PROOF
judge "... what it has stays good" valid "" shown post ahead/*.xml
judge "... the letter is of tomorrow" unchecked U-CLOCK shown post tomorrow/*.xml
CLOCK="2028-03-02 11:00:00"
synced "... a day later all is well"
all_good "... a day later" tomorrow
in_order "a center's clock a day ahead"
# a post's clock a day ahead when it cosigned
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-keys certify --home root --passphrase-file pass/root post2/request.txt >/dev/null
publish >/dev/null
synced "another list"
CLOCK="2028-03-03 12:00:00"
sello-verify sync --home post2 pub >/dev/null
shown post2 --record tomorrow/*.xml >/dev/null
sello-verify export --home post2 --to ahead.report >/dev/null
CLOCK="2028-03-02 12:00:00"
audited "a post whose clock was a day ahead" 0 "" pub right --presentations ahead.report
exits 2 "another post does not take its report of tomorrow" sello-verify import --home post ahead.report
has "... and speaks of the clock" clock
hasnt "... accuses nobody" PROOF
judge "that post, with its clock set right" unchecked "U-CLOCK R-PRESENTED" shown post2 tomorrow/*.xml
publish >/dev/null
synced "... and after the next list" post2
judge "... it judges again" attention R-PRESENTED shown post2 tomorrow/*.xml

# data that is forgotten is missed by nobody
CLOCK="2028-04-15 12:00:00"
publish --confirm-date 2028-04-15 >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null
exits 0 "forget" sello-issue forget --home center --before 2028-04-10 "${three[@]}" "${second[@]}"
close_day center pub >/dev/null
CLOCK="2028-04-15 12:00:10"
synced "after forget"
judge "a letter that is forgotten at the center" attention R-EXPIRED shown post letters/GTGUA01-2027-000002-*.xml
judge "one that is not" valid "" shown post tomorrow/*.xml
in_order "after forget"
done_testing
