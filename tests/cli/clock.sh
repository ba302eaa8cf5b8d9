#!/usr/bin/env bash
# One wrong clock never locks for good: a date that jumps is typed before
# anything is signed, a withdrawal is never blocked, and root, center and post
# each have a way on.
. "$(dirname "$0")/lib.sh"

other_clock "one wrong clock" || done_testing
P="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
today() { date -u +%F; }
# at OFFSET command...: with the clock set so far ahead or back; nobody types
at() { faketime -f "$1" "${@:2}" </dev/null; }
# typed OFFSET command...: the same, with that day confirmed
typed() { faketime -f "$1" "${@:2}" --confirm-date "$(date -u -d "${1/d/ days}" +%F)" </dev/null; }
# said "what" TEXT: as has, in lines that are wrapped elsewhere
said() { OUT=$(printf %s "$OUT$ERR" | tr -s "\n " " ") ERR= has "$@"; }
number() { basename "$(letter "$1" "$2")" .xml; }
log_line() { sqlite3 "${2:-center}/register.db" "SELECT line FROM log_entry ORDER BY generation, idx" 2>/dev/null | sed -n "$1p"; }

# --- the center ----------------------------------------------------------------
founded
cp -r center founder
begins="--home founder pub/trust.xml --as AD0001 --passphrase-file pass/admin"
exits 78 "eight days ahead a founder begins no log unasked" at +8d sello-issue trust $begins
has "... both dates are named" "$(date -u -d '+8 days' +%F)"
has "... and the way on" "--confirm-date"
exits 78 "... nor alone with the date typed" typed +8d sello-issue trust $begins
has "... by which somebody stands" "--second"
cp -r founder founder2
exits 0 "... but with both" typed +8d sello-issue trust $begins --second AP2003 --second-passphrase-file pass/approver
exits 0 "... and alone six days ahead" typed +6d sello-issue trust ${begins//founder/founder2}
new="add AP2010 --role approver --as AD0001 --passphrase-file pass/admin --new-passphrase-file pass/new"
exits 77 "... then adds nobody alone" at +8d sello-issue officer --home founder $new
hasnt "... for which no date is asked" "--confirm-date"
prepared beginning
issue center out 1 2 3 >/dev/null 2>&1
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
{ echo "$HEADER"; person 11 Quispe Ana; person 12 Mamani Luz; person 13 Choque Eva; person 14 Condori Rut; person 15 Huanca Noa; } >d.csv
draft d.csv >/dev/null

exits 78 "six days ahead: nothing is signed unasked" at +6d sello-issue approve --home center $P 4 --yes --out o2
has "... both dates are named" "$(date -u -d '+6 days' +%F)"
has "... both dates are named" "$(today)"
has "... and the clock that is suspected" "this computer's clock is suspected"
has "... and the way on" "--confirm-date"
exits 78 "... by no command: publish" at +4d sello-issue publish --home center --to pub $P
exits 78 "... reprint" at +4d sello-issue reprint --home center $P "$(number out 1)" --reason X --out o3
exits 78 "... officer add" at +4d sello-issue officer --home center add AP2009 --role approver \
    --as AD0001 --passphrase-file pass/admin --new-passphrase-file pass/new --second AP2003 --second-passphrase-file pass/approver
exits 78 "another date is not today's" at +6d sello-issue approve --home center $P 4 --yes --out o2 --confirm-date "$(today)"
exits 0 "three days are nobody's business" at +71h sello-issue list --home center
exits 0 "... with the date typed it signs" typed +6d sello-issue approve --home center $P 4 --yes --out o2
exits 0 "... and at once another" at +6d sello-issue approve --home center $P 5 --yes --out o2
exits 78 "... but not seconds before it" at +518350s sello-issue approve --home center $P 6 --yes --out o2
said "... which is a moment, and suspects no clock" "ahead of this computer's clock: wait a moment and try again"

exits 78 "the clock is right again: letters wait" sello-issue approve --home center $P 6 --yes --out o2
has "... both dates are named" "$(date -u -d '+6 days' +%F)"
has "... and the way on" "recover --home center --clock"
exits 0 "a withdrawal is never blocked" sello-issue withdraw --home center $P --reason STOLEN "$(number out 1)"
exits 77 "FRAUD needs two persons still" sello-issue withdraw --home center $P --reason FRAUD "$(number out 2)"
exits 0 "... and is not blocked with them" sello-issue withdraw --home center $P $S --reason FRAUD "$(number out 2)"
exits 0 "nor by a clock a year behind" at -365d sello-issue withdraw --home center $P --reason LOST "$(number out 3)"
exits 0 "nor by one two years ahead" at +800d sello-issue withdraw --home center $P --reason LOST "$(number o2 4)"
exits 0 "the register is in order" sello-issue check --home center

exits 77 "one person puts no clock right" sello-issue recover --home center --clock $P --confirm-date "$(today)"
exits 78 "nor two who do not say the date" sello-issue recover --home center --clock $P $S </dev/null
exits 78 "nor another date" sello-issue recover --home center --clock $P $S --confirm-date 2020-01-01
exits 78 "a slip of the fingers is no date" sello-issue recover --home center --clock $P $S --confirm-date hoy
hasnt "... and suspects no clock" "date given"
has "... but says what to type" "--confirm-date $(today)"
exits 0 "two who do" sello-issue recover --home center --clock $P $S --confirm-date "$(today)"
exits 0 "letters go on" sello-issue approve --home center $P 6 --yes --out o2
exits 0 "once more there is nothing to do" sello-issue recover --home center --clock $P $S --confirm-date "$(today)" --json
has "... which is said" '"clockWas":null'
exits 0 "the register is in order" sello-issue check --home center
check "published" close_day center pub
exits 0 "the post takes it" sello-verify sync --home post pub
judge "a letter of the wrong day" attention R-CLOCK shown post "$(letter o2 5)"
judge "a letter of the right day" valid "" shown post "$(letter o2 6)"
judge "withdrawn in between" attention R-WITHDRAWN shown post "$(letter out 1)"
judge "... for fraud" not-authentic F-REVOKED shown post "$(letter out 2)"

audited "letters of a wrong day are a question, nobody is accused" 1 A-CLOCK-LETTERS pub
has "... how many" "2 letters before line"

# --- a post whose copy ends before the clock was put right -----------------------
rm -rf root center post pub out o2
world
issue center out 1 2 >/dev/null 2>&1
close_day center pub >/dev/null
cp -r post behind
at -400d sello-verify sync --home behind pub >/dev/null
exits 2 "a copy of a log that was taken by a clock far behind" sello-verify status --home behind
has "... its date was not believed" "whose date was not believed"
hasnt "... and it has no other" "1970"
judge "... it is not fresh for that" unchecked U-LIST-STALE shown behind "$(letter out 1)"
exits 0 "... taken again" sello-verify sync --home behind pub
judge "... it is good" valid "" shown behind "$(letter out 1)"
at +40d sello-verify backup --home behind --to behind.backup --passphrase-file pass/root >/dev/null
sello-verify status --home behind >said
check "a backup that a clock far ahead made has no age" \
    grep -q "Backup:.*dated later than this computer's clock" said
sello-verify sync --home post pub >/dev/null
issue center out 3 >/dev/null 2>&1
draft d.csv >/dev/null
typed +6d sello-issue approve --home center $P 4 --yes --out o2 >/dev/null 2>&1
sello-issue publish --home center --to pub >/dev/null
exits 0 "a head from the future: its lines are taken" sello-verify sync --home post pub
has "... its date is not believed" "not believed"
has "... it is named" "$(date -u -d '+6 days' +%F)"
has "... the center's clock is suspected" "The other clock is suspected"
judge "an honest letter among its lines" valid "" shown post "$(letter out 3)"
judge "... of before" valid "" shown post "$(letter out 1)"
judge "a letter from the future" unchecked U-CLOCK shown post "$(letter o2 4)"
exits 2 "... both times are told" sello-verify check --home post "$(letter o2 4)"
said "... and which clock is suspected" "The other clock is"
sello-issue recover --home center --clock $P $S --confirm-date "$(today)" >/dev/null
issue center out 5 >/dev/null 2>&1
judge "a letter of after, not in the copy yet: nobody is accused" attention R-LOG-PENDING \
    shown post "$(letter out 9)"
cp -r pub before
sello-issue publish --home center --to pub >/dev/null
exits 0 "the line that puts it right" sello-verify sync --home post pub
judge "the letter from the future" attention R-CLOCK shown post "$(letter o2 4)"
judge "the letter of after" valid "" shown post "$(letter out 9)"
exits 1 "an old stick with the head from the future is old, no more" sello-verify sync --home post before
has "... and nobody is accused" "older than what this post has"

# --- a post whose own clock ran ahead ---------------------------------------------
exits 1 "a post's clock is a year ahead for one check" at +365d sello-verify check --home post "$(letter out 1)"
said "... all looks old: a calendar is named" "perhaps this computer's clock is ahead"
judge "it is right again" unchecked U-CLOCK shown post "$(letter out 1)"
exits 2 "... it is not today's date that is blamed" sello-verify check --home post "$(letter out 1)"
said "... but the one of before" "The earlier setting is"
said "... and there is a way on" "sello-verify recover --clock"
exits 64 "recover says what" sello-verify recover --home post
exits 78 "... asks for the date" sello-verify recover --home post --clock </dev/null
exits 78 "... which must be right" sello-verify recover --home post --clock --confirm-date 2020-01-01
exits 78 "... a date before the list is not asked for" at -40d sello-verify recover --home post --clock </dev/null
has "... for the list is later" "The trust list is dated"
judge "... and changed nothing" unchecked U-CLOCK shown post "$(letter out 1)"
exits 0 "... with it the later date is forgotten" sello-verify recover --home post --clock --confirm-date "$(today)"
judge "... and letters are judged" valid "" shown post "$(letter out 1)"
exits 0 "... once more it changes nothing" sello-verify recover --home post --clock --confirm-date "$(today)" --json
at +365d sello-verify check --home post "$(letter out 1)" >/dev/null
[ "$(sqlite3 post/post.db "SELECT value FROM setting WHERE name = 'clock'")" -le "$(date -u -d '+31 days' +%s)" ] &&
	ok "the mark never rises above the list's end" || not_ok "the mark is above the list's end"
sleep 1
check "a newer list" publish
exits 0 "... is taken" sello-verify sync --home post pub
judge "... and puts the post right by itself" valid "" shown post "$(letter out 1)"

# --- the root ----------------------------------------------------------------------
rm -rf root center post pub out o2 before
world
R="--home root --passphrase-file pass/root"
key=$(grep -o 'KeyName="*[^<]*' pub/trust.xml | head -1)
key=$(sello-keys show --json pub/trust.xml | grep -o '"keyId":"[0-9a-f]*"' | head -1 | cut -d'"' -f4)
exits 78 "a list 400 days ahead is not signed unasked" at +400d sello-keys publish $R --to pub
has "... both dates are named" "$(date -u -d '+400 days' +%F)"
has "... both dates are named" "$(today)"
has "... with the way on" "--confirm-date"
exits 78 "nor a request certified" at +4d sello-keys certify $R center/request.csr
exits 78 "nor a key revoked" at +4d sello-keys revoke $R "$key" --reason closed
exits 0 "three days are nobody's business" at +71h sello-keys publish $R --to early
exits 0 "with the date typed the list is signed" typed +400d sello-keys publish $R --to pub
exits 2 "a post leaves the list from the future" sello-verify sync --home post pub
has "... both dates are named" "$(date -u -d '+400 days' +%F)"
has "... and the root's clock is suspected" "The other clock is suspected"
check "... a post and a center whose clocks run ahead take it" at +400d sello-issue trust --home center pub/trust.xml
at +400d sello-verify sync --home post pub >/dev/null
exits 2 "the post's clock is right again" sello-verify status --home post
exits 78 "the root's clock is right again: no list" sello-keys publish $R --to pub
has "... and the way on" "recover --home root --clock"
exits 64 "recover says what" sello-keys recover --home root
exits 78 "... asks for the date" sello-keys recover --home root --clock </dev/null
exits 78 "... which must be right" sello-keys recover --home root --clock --confirm-date "$(date -u -d '+400 days' +%F)"
exits 78 "a request is certified by no clock that is behind" sello-keys certify $R center/request.csr
has "... both dates are named" "$(date -u -d '+400 days' +%F)"
has "... and the way on" "--confirm-date $(today)"
exits 73 "... which is one" sello-keys certify $R center/request.csr --confirm-date "$(today)"
exits 0 "... with it the list is void" sello-keys recover --home root --clock --confirm-date "$(today)"
exits 0 "a key can be revoked in time" sello-keys revoke $R "ES-GTGUA/1" --reason closed
exits 0 "the next list is of today" sello-keys publish $R --to pub --json
has "... and has the next number" '"sequence":4'
has "... and today's date" "\"issuedAt\":\"$(today)"
exits 0 "the post that had the list from the future takes it" sello-verify sync --home post pub
exits 0 "the center, too" sello-issue trust --home center pub/trust.xml
exits 0 "letters are signed again" issue center out 1
close_day center pub >/dev/null
exits 0 "and known at the post" sello-verify sync --home post pub
judge "... and valid there" valid "" shown post "$(letter out 1)"
exits 0 "nothing more to do" sello-keys recover --home root --clock --confirm-date "$(today)"
has "... which is said" "nothing was changed"
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
# a root that was made on a wrong day has not begun: it is said, and what to do
at +365d sello-keys init --home late --program RRP-ES --name Late --passphrase-file pass/root >/dev/null
sello-issue init --home of_late --center GTGUA01 --name Late --country GTM \
    --timezone America/Guatemala --root late/root.crt --as AD0001 --passphrase-file pass/admin >/dev/null
{ joins of_late OF1007 drafter drafter && joins of_late AP2003 approver approver; } >/dev/null
for act in "certify of_late/request.csr --yes" "publish --to nowhere" "recover --clock"; do
	exits 78 "a root that has not begun: $act" sello-keys ${act%% *} ${act#* } --home late \
	    --passphrase-file pass/root --confirm-date "$(today)"
	has "... both dates are named" "$(date -u -d '+364 days' +%F)"
	has "... both dates are named" "clock says $(today)"
	has "... and the way on" "sello-keys init"
done
typed +400d sello-keys certify $R post2/request.txt >/dev/null
exits 0 "a post taken on a wrong day keeps nobody" sello-keys publish $R --to pub

done_testing
