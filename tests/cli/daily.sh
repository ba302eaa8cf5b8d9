#!/bin/bash
# What approvers and administrators do every day: letters withdrawn, replaced
# and printed again, at a terminal and by scripts.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
issue center letters 1 2 3 4 5 6 7 >/dev/null 2>&1
number() { basename "$(letter letters "$1")" .xml; }
state() { sello-issue list $C --json | grep "$(number "$1")" | json state; }
# terminal TYPED command...: at a terminal, where this is typed; lines
terminal() {
	local typed=$1
	shift
	printf '%s' "$typed" | COLUMNS=500 timeout 60 script -qec "$(printf '%q ' "$@")" /dev/null
}
withdraw() { sello-issue withdraw $C $A "$@"; }

# --- nothing to do ---------------------------------------------------------------
exits 0 "nothing to approve" sello-issue approve $C --as AP2003 --passphrase-file pass/none --all --yes --out none
has "... is said before a passphrase is read" "Nothing in this list."
check "... and nothing was made" test ! -e none

# --- whose letter it is ----------------------------------------------------------
at="sello-issue withdraw $C $A $(number 1) --reason LOST"
exits 77 "a withdrawal at a terminal is asked for" terminal $'n\n' $at
has "... with the person's name" "Cucul B, Elvira, born 1990-05-02"
has "... once" "Withdraw 1 letter, for good? [y/n]"
[ "$(state 1)" = issued ] && ok "... and not made" || not_ok "it is $(state 1)"
exits 77 "no more to read is no" terminal "" $at
exits 0 "in the language shown, also by the English word" terminal $'Yes\n' $at --lang es
has "... its own letter is shown" "[s/n]"
[ "$(state 1)" = withdrawn ] && ok "... and made" || not_ok "it is $(state 1)"
exits 0 "--yes is not asked" terminal "" sello-issue withdraw $C $A --yes "$(number 2)" --reason STOLEN
hasnt "... and nothing is shown" "Elvira"
hasnt "... nobody asks a thief for the paper back" "paper back"
has "... but publishes" "publish now"
exits 77 "a copy at a terminal is asked for" terminal $'n\n' sello-issue reprint $C $A "$(number 3)" --reason LOST --out copies
has "... with the person's name" "Cucul D, Elvira"
has "... and its number" "Make copy 2 of this letter?"
{ echo "$HEADER"; person 3 "Cucul D" "Elvira Rosa"; } >one.csv
correct="sello-issue correct $C --as OF1007 --passphrase-file pass/drafter $(number 3) one.csv"
exits 77 "a correction at a terminal is asked for" terminal $'n\n' $correct
has "... with the person's name" "Cucul D, Elvira,"
has "... and what changes" "Given names: Elvira -> Elvira Rosa"
hasnt "... that alone" "Surnames:"
check "... and not drafted" test -z "$(sello-issue list $C --drafts --json | grep pending)"
exits 0 "a script is not asked" $correct
hasnt "... and nothing is shown" "Elvira"
exits 0 "who tries is told what changes" $correct --dry-run
has "... old and new" "Given names: Elvira -> Elvira Rosa"
{ echo "$HEADER"; person 3 "Cucul D" Elvira; } >same.csv
for typed in "" --json --dry-run; do
	exits 65 "a row that changes nothing is not asked about $typed" terminal "" ${correct%one.csv}same.csv $typed
	has "... and it is said" "nothing changes"
	hasnt "... without its person" "Elvira"
done
exits 0 "... unless it is wanted" ${correct%one.csv}same.csv --yes --dry-run
{ echo "$HEADER"; person 99 Tzul Pascual 1971-01-01; } >other.csv
exits 77 "a row of somebody else" terminal $'n\n' ${correct%one.csv}other.csv
has "... is asked about with a warning" "another person than in letter $(number 3)"
exits 77 "... of the same person is not" terminal $'n\n' $correct
hasnt "... of course" "another person"
{ cat one.csv; person 99 Tzul Pascual; person 98 Tzul Rosa; } >three.csv
exits 65 "more than one row" terminal "" ${correct%one.csv}three.csv
has "... is said" "one letter is replaced by one row"
hasnt "... and nothing else" " -> "
sed 's/,GTM,DOC,/,GTX,DOC,/' one.csv >bad.csv
exits 65 "nothing is asked of a row that is rejected" terminal "" ${correct%one.csv}bad.csv
hasnt "... and nothing compared" " -> "

# --- what a caller is told -------------------------------------------------------
told() { # EXIT WHAT NUMBER YEAR
	exits "$1" "the hotline: $2" sello-issue number-check $C "${@:3}"
	check "... in a short line" test "$(printf '%s\n' "$OUT" | wc -l)" = 1 -a "${#OUT}" -le 160
	hasnt "... and no data" Elvira
	hasnt "... no date" 1990
}
told 0 "a good letter" "$(number 6)" 1990
has "... says so" "known and good"
told 0 "... read aloud without hyphens" "$(number 6 | tr -d - | tr A-Z a-z)" 1990
told 1 "a withdrawn one" "$(number 1)" 1990
told 2 "another year" "$(number 1)" 1991
unknown=$OUT
for n in GTGUA01-2025-000417-P "$(number 6)"; do
	told 2 "no letter: $n" "$n" 1991
	check "... in the same words" test "$OUT" = "$unknown"
done
for lang in es fr pt ht; do
	told 1 "... in $lang, withdrawn" "$(number 1)" 1990 --lang $lang
	told 2 "... in $lang, not known" GTGUA01-2025-000417-P 1990 --lang $lang
done
sixth=$(number 6)
for n in GTGUA01-2020-000001-X "${sixth%?}A" nonsense ""; do
	for json in "" --json; do
		exits 65 "a number with a slip: $n $json" sello-issue number-check $C "$n" 1990 $json
		has "... is to be compared" "compare it with the paper"
		hasnt "... and is nothing about a letter" "known"
	done
done
for year in 90 199 19900 19x0 "" -; do
	exits 64 "no year: $year" sello-issue number-check $C "$(number 6)" "$year"
done
mv center/trust.xml kept.xml
for n in "$(number 6)" GTGUA01-2025-000417-P; do
	exits 78 "without a list every number has one answer: $n" sello-issue number-check $C "$n" 1991
done
mv kept.xml center/trust.xml
exits 0 "the same for programs" sello-issue number-check $C "$(number 6)" 1990 --json
check "... a word" test "$(printf '%s' "$OUT" | json answer)" = good
if other_clock "a letter that ended"; then
	exits 1 "a letter that ended" faketime -f +100d sello-issue number-check $C "$(number 6)" 1990
	has "... says so" "its time is over"
	exits 1 "a letter that has not begun" faketime -f -3d sello-issue number-check $C "$(number 6)" 1990
	has "... says from when" "not yet valid: from $(day '1 day ago')."
fi

# --- what the shell may offer -----------------------------------------------------
values() { sello-issue completion values "$@" | tr '\n' ' '; }
check "codes of persons" test "$(values as $C)" = "AD0001 AP2003 OF1007 "
check "... also behind officer remove" test "$(values remove $C)" = "AD0001 AP2003 OF1007 "
check "consulates of the list" grep -q "ES-GTGUA " <(values consulate $C)
check "drafts that wait" test "$(values approve $C)" = "$(sello-issue list $C --drafts --json | grep '"pending"' | json draft | tr '\n' ' ')"
check "a root's centers" test "$(sello-keys completion values close --home root)" = GTGUA01
exits 0 "nothing without a home, and no word" sello-issue completion values as
check "... nothing" test -z "$OUT$ERR"
exits 0 "nor of one that is none" sello-issue completion values as --home pass
check "... nothing" test -z "$OUT$ERR"
exits 64 "a shell and more" sello-issue completion bash zsh

# --- many, from a file ---------------------------------------------------------------
numbers() { for i; do number "$i"; done; }
{ numbers 3 4; echo GTGUA01-2026-000005-A; number 5; echo; number 9 2>/dev/null; echo GTGUA01-2020-000001-X; } >wrong.txt
lines=$(sqlite3 center/register.db "SELECT count(*) FROM log_line")
exits 65 "a number that is none keeps all back" withdraw --from wrong.txt --reason INELIGIBLE
has "... its line is named" "line 3: this is not a letter number"
has "... the others too" "$(number 4): not withdrawn now"
check "... nothing was done" test "$(sqlite3 center/register.db "SELECT count(*) FROM log_line")" = "$lines"
{
	printf '\xef\xbb\xbf# the week of\xf1\xff\r\n\r\n'
	printf '%s\r\n' "$(number 3)" "  $(number 4 | tr A-Z a-z) # she said so" "\"$(number 4)\"" "$(number 1)"
	printf '%s' "$(number 5)"
} >many.txt
exits 77 "one question for all" terminal $'n\n' sello-issue withdraw $C $A --from many.txt --reason HOLDER_REQUEST
has "... names all of them" "Cucul F, Elvira"
has "... those that are not yet counted" "Withdraw 3 letters, for good?"
hasnt "... once, and not told again" "not withdrawn now"
exits 65 "one that was before" terminal "" sello-issue withdraw $C $A "$(number 1)" --reason LOST
hasnt "... is not asked for" "for good?"
exits 65 "nor are its files written again" sello-issue approve $C $A --yes --out gone \
    "$(sqlite3 center/register.db "SELECT draft FROM letter WHERE number = '$(number 1)'")"
check "... no paper of it" test ! -e gone
exits 0 "many at once" withdraw --from many.txt --reason HOLDER_REQUEST --json
check "... what became of each" test "$(printf '%s\n' "$OUT" | json outcome | tr '\n' ' ')" = "withdrawn withdrawn before withdrawn "
check "... by its number" test "$(printf '%s\n' "$OUT" | json letterNumber | tr '\n' ' ')" = "$(numbers 3 4 1 5 | tr '\n' ' ')"
check "... with a line each" test "$(sqlite3 center/register.db "SELECT count(*) FROM log_line")" = $((lines + 3))
exits 0 "the same file again" withdraw --from many.txt --reason HOLDER_REQUEST
has "... says so" "$(number 3): was withdrawn before"
hasnt "... of each" "is withdrawn"
{ cat many.txt; yes '' | head -c $((262144 - $(wc -c <many.txt))); } >long.txt
exits 0 "a file of 256 KiB" withdraw --from long.txt --reason HOLDER_REQUEST
echo >>long.txt
exits 65 "... and of a byte more" withdraw --from long.txt --reason HOLDER_REQUEST
number 5 >fraud.txt
exits 77 "for fraud two persons" withdraw --from fraud.txt --reason FRAUD
exits 0 "... after a withdrawal, too" withdraw --from fraud.txt --reason FRAUD $S
exits 64 "a number and a file" withdraw --from many.txt "$(number 6)" --reason LOST
exits 64 "neither" withdraw --reason LOST
printf '# nothing\n\n' >none.txt
exits 65 "a file without numbers" withdraw --from none.txt --reason LOST
exits 66 "no such file" withdraw --from nowhere.txt --reason LOST
# --- a batch, of which some are opened ------------------------------------------------
{ echo "$HEADER"; for i in $(seq 20 32); do person $i "Ixmata $(echo $i | tr 0-9 A-J)" Rosa $((i == 32 ? 2015 : 1990)); done; } >batch.csv
draft batch.csv >/dev/null
batch="sello-issue approve $C $A --all --out batch"
opened() { check "$1" test "$(grep -c "Does it agree" "$TMP/.stdout")" = "$2"; }
exits 0 "a batch, all right" terminal $'y\ny\nall\nn\n' $batch
opened "... a tenth is opened" 2
check "... who has a warning stands first, name and code" \
    grep -qx " *[0-9]*  *OF1007  2015  *[0-9A-Z]*  *ES-GTGUA  *Ixmata DC, Rosa  *W-MINOR" <(printf '%s\n' "$OUT" | tr -d '\r' | grep -A 1 "^Draft ")
check "... in words below it, and again above the question for all" \
    test "$(printf '%s\n' "$OUT" | grep -c "W-MINOR (1 letter): under 18")" = 2
check "... who it is stands right above the question" \
    grep -qE "^Draft [0-9]+: Ixmata [A-Z]+, Rosa, born (1990|2015)" <(printf '%s\n' "$OUT" | grep -B 4 "Does it agree")
has "... with document and dependants" "Document: I (National identity card), GTM "
has "... it is asked for all" "Sign 14 letters?"
hasnt "... not for one of them" "leave this one out"
has "... another word is told what to type" "y: sign them all, n or q: nothing is signed"
check "... who has a warning is named once more, right above it" \
    grep -q "Ixmata DC, Rosa  *W-MINOR" <(printf '%s\n' "$OUT" | grep -B 3 "Sign 14 letters")
has "... and nothing was signed" "Nothing was signed"
wrong=$'n\n'$(printf 'y\n%.0s' $(seq 11))$'\nn\n'
exits 0 "a batch, one wrong" terminal "$wrong" $batch
opened "... ten more are opened" 12
has "... it is said" "10 more are opened"
has "... beside the next question, too" "Opened: 2 of 12; left out: 1."
has "... and at the end" "Left out: 1 draft, which still waits."
has "... the wrong one is left out" "Sign 13 letters?"
exits 0 "a batch, two wrong" terminal $'n\nn\n'"$(printf 'y\n%.0s' $(seq 12))"$'\nn\n' $batch
opened "... all are opened" 14
has "... it is said" "2 more are opened"
exits 0 "a batch, all wrong" terminal "$(printf 'n\n%.0s' $(seq 14))"$'\n' $batch
check "... nothing was signed" test ! -e batch
has "... it is said" "Nothing was signed"
{ echo "$HEADER"; person 20 "Ixmata CA" Rosa 1990; person 33 "Ixmata CB" Rosa 1991; } >alike.csv
alike=$(draft alike.csv --json | json draft | grep -v null | tr '\n' ' ')
exits 0 "a batch with look-alikes, one wrong" terminal "$wrong" $batch
has "... both who were left out are counted" "Left out: 2 drafts, which still wait."
has "... what the column means is said" "like ... (3 letters): looks like a person"
sello-issue discard $C --as OF1007 --passphrase-file pass/drafter --reason test $alike >/dev/null 2>&1

{ echo "$HEADER"; person 7 "Cucul H" "Elvira Rosa"; } >one.csv
exits 0 "a correction" sello-issue correct $C --as OF1007 --passphrase-file pass/drafter "$(number 7)" one.csv --json
CORRECTION=$(printf '%s' "$OUT" | json draft)
exits 0 "... its approver is told" terminal $'n\n' sello-issue approve $C $A --out new "$CORRECTION"
has "... what it replaces" "In place of letter $(number 7):"
has "... and what changes" "Given names: Elvira -> Elvira Rosa"
exits 0 "... approved" sello-issue approve $C $A --yes --out new "$CORRECTION"
has "... by name" ": Cucul H, Elvira Rosa"
has "... with what becomes of the old paper" "Letter $(number 7) ended with this: its paper must come back"
has "... and what is next" "Signed: 1 letter. Its files are in new."
exits 0 "... once more" sello-issue approve $C $A --yes --out anew "$CORRECTION"
has "... it was signed before" "1 letter was signed already; its files are in anew."
hasnt "... and is not counted as signed" "Signed:"
check "... its files are there" test -s "anew/$(sello-issue show $C "$CORRECTION" --json | json letterNumber).pdf"
told 1 "a replaced letter" "$(number 7)" 1990
has "... says so" "replaced by a newer letter"

exits 0 "what a draft became" sello-issue show $C 7
has "... and of that letter" "It became letter $(number 7). State of the letter: superseded."
has "... by which one" "Replaced "
exits 0 "... one that was withdrawn" sello-issue show $C 1
has "... since when" "Withdrawn "
exits 0 "... to programs" sello-issue show $C 1 --json
has "... too" '"letterState":"withdrawn"'
exits 64 "a part of a letter's number is no draft" sello-issue show $C 000004
has "... which was meant is asked" "draft 4, or letter $(number 4)?"
exits 64 "... when there is no such letter" sello-issue show $C 000999
exits 66 "a draft that is not there" sello-issue show $C 999
has "... where those that are are listed" "(sello-issue list --home center --drafts)"
exits 65 "a letter's file is no number" sello-issue show $C pass/approver
has "... which is wanted" "wanted here: the letter's number"
exits 65 "a draft's number is no letter" sello-issue reprint $C $A 1 --reason x --out none
has "... which it became is said" "1 is a draft; its letter is $(number 1)"
for c in "approve $A --yes --out none" "discard $A --reason x"; do
	exits 64 "... ${c%% *} takes none either" sello-issue $c $C 0008
	exits 64 "... nor a range" sello-issue $c $C 5-8
	has "... and says how" "several one after another: 5 6 7"
done
exits 0 "how a letter was approved" sello-issue show $C "$(number 1)"
has "... in words" "(in a batch of 7 letters)"

# --- to paper -------------------------------------------------------------------------
mkdir bin spool
cat >bin/lp <<'END'
#!/bin/bash
echo "request id is x-1 ($# words)"
printf '%s\n' "$@" >>"$(dirname "$0")/../spool/args"
# while it takes its time others write to the register
flock -n "$(dirname "$0")/../center/register.lock" true || exit 1
[ ! -e "$(dirname "$0")/../spool/jam" ]
END
chmod +x bin/lp
{ echo "$HEADER"; for i in 40 41 42; do person $i "Tzoc $(echo $i | tr 0-9 A-J)" "María Ñ"; done; } >week.csv
exits 0 "drafts of a week" draft week.csv
check "... are stored from one to another" grep -qE '^Stored: drafts [0-9]+ to [0-9]+\.' <<<"$OUT"
week=$(sello-issue list $C --drafts --json | grep '"4[012]"' | json draft | tr '\n' ' ')
paper="sello-issue approve $C $A --yes --out week --json"
exits 78 "without lp nothing is printed" env PATH="$BUILD" $paper $week --print
has "... its package is named" "cups-client"
check "... and nothing is signed" test ! -e week
exits 74 "a file where the folder of the letters would be" sello-issue approve $C $A --yes --out pass/first/x $week
has "... is seen before" "nothing was signed"
exits 66 "a folder for the file of all that is not there" $paper $week --joined nowhere/all.pdf
cat >bin/lpstat <<'END'
#!/bin/bash
[ "$LC_ALL" = C ] || exit 9
case $1 in
-p) [ "$2" = Ventanilla ] ;;
-d) cat "$(dirname "$0")/../spool/default" ;;
esac
END
chmod +x bin/lpstat
echo "no system default destination" >spool/default
exits 78 "a printer that is not there" env PATH="$TMP/bin:$PATH" $paper $week --print Ventana
has "... is named" "no printer Ventana"
exits 78 "no printer of the user's own" env PATH="$TMP/bin:$PATH" $paper $week --print
has "... and how to name one" "--print NAME"
check "... nothing is signed" test ! -e week
exits 78 "nor counted" env PATH="$TMP/bin:$PATH" sello-issue reprint $C $A "$(number 6)" --reason LOST --out nocopy --print Ventana
check "... and no file written" test ! -e nocopy
echo "system default destination: Oficina" >spool/default
exits 0 "a letter to a printer" env PATH="$TMP/bin:$PATH" $paper ${week%% *} --print Ventanilla
check "... what lp says is no result" test "$(printf '%s\n' "$OUT" | wc -l)" = 1
check "... by its name, not scaled, on one side" test "$(tr '\n' ' ' <spool/args)" = \
    "-d Ventanilla -o print-scaling=none -o sides=one-sided -o media=Letter -- $(printf '%s' "$OUT" | json pdf) "
rm spool/args
exits 0 "the week in one file, to the user's printer" env TZ=Pacific/Kiritimati PATH="$TMP/bin:$PATH" $paper --print $week --joined all.pdf
check "... which is printed once" test "$(tail -n 3 spool/args | tr '\n' ' ')" = "media=Letter -- all.pdf "
check "... no printer is named" test "$(head -n 1 spool/args)" = -o
check "... nobody else may read it" test "$(stat -c %a all.pdf)" = 600
check "... a list, and three letters" test "$(pdfinfo all.pdf | sed -n 's/^Pages: *//p')" = 4
pdftotext -layout -l 1 all.pdf list.txt
check "... names and numbers" bash -c "[ \$(grep -c 'GTGUA01-.*Tzoc EB, María Ñ' list.txt) = 1 ] && [ \$(grep -c GTGUA01-20 list.txt) = 3 ]"
check "... a place to sign" grep -q "Received" list.txt
check "... the day it is here" grep -q "$(TZ=Pacific/Kiritimati date +%F)" list.txt
check "... no scaling" bash -c "pdfinfo all.pdf; qpdf --json --json-key=qpdf all.pdf | grep -q PrintScaling"
pdftoppm -r 200 -png -f 2 -l 2 all.pdf page
check "... a post reads the letter in it" test "$(verify --json page-2.png | json letterNumber)" = \
    "$(pdftotext -f 2 -l 2 all.pdf - | grep -om 1 'GTGUA01-20[0-9-]*-.')"
exits 73 "another file is kept" $paper $week --joined all.pdf
: >spool/jam
exits 74 "a printer that does not take it" env PATH="$TMP/bin:$PATH" $paper $week --print
has "... the files are named" "They are written"
sello-issue approve $C $A --yes --out stopped --joined stopped.pdf $week >/dev/null 2>&1 &
until ls stopped/*.xml >/dev/null 2>&1 || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
kill -TERM $! 2>/dev/null
wait $! 2>/dev/null
check "stopped while it writes: each letter has its files" test "$(ls stopped/*.pdf stopped.pdf | wc -l)" = 4
exits 0 "nothing to sign makes no file" sello-issue approve $C --as AP2003 --passphrase-file pass/approver --out week $week --yes --joined none.pdf

# --- what check reminds of ------------------------------------------------------------
# where approve was stopped above, the next one writes a sheet once more, or not yet
reminders() { printf '%s\n' "$OUT" | grep -v '"copy-written-again"' | json reminder | sort | uniq -c | sed 's/^ *//' | tr '\n' ';'; }
sello-issue withdraw $C --as AP2003 --passphrase-file pass/drafter "$(number 6)" --reason LOST 2>/dev/null
exits 0 "the register is in order" sello-issue check $C --json
check "... it says what waits" test "$(reminders)" = "1 backup;1 drafts;5 event;1 unpublished;"
check "... since when" test "$(printf '%s\n' "$OUT" | grep '"drafts"' | json since | cut -c 1-10)" = "$(date -u +%F)"
check "... how many" test "$(printf '%s\n' "$OUT" | grep '"drafts"' | json count)" = 14
check "... and who tried what" test "$(printf '%s\n' "$OUT" | grep refused-passphrase | json person)" = AP2003
sello-issue publish $C --to pub >/dev/null
sello-issue backup $C --to backup >/dev/null
sello-issue withdraw $C --as AP2003 --passphrase-file pass/drafter "$(number 6)" --reason LOST 2>/dev/null
exits 0 "for people" sello-issue check $C
has "... drafts" "14 drafts wait for an approver, the oldest since $(date -u +%F)"
hasnt "... no backup is missing now" "backup"
hasnt "... no line" "not published"
has "... what happened since" "Refused: a wrong passphrase (AP2003), times: 1"
exits 0 "all that was refused or changed" sello-issue check $C --events
has "... what was told before" "AD0001  a person was added: OF1007"
has "... what was new" "AP2003  refused: a wrong passphrase"
hasnt "... what people did alone" "looked"
exits 0 "... for programs" sello-issue check $C --events --json
has "... who did what to whom" '"kind":"person-added","person":"AD0001","subject":"OF1007"'
hasnt "... and no more" "was added"
withdraw "$(number 6)" --reason LOST >/dev/null
exits 0 "another line" sello-issue check $C
has "... is not published" "1 line of the log was not published"
hasnt "... what was seen is not told again" "Refused"
withdraw "$(number 6)" --reason FRAUD >/dev/null 2>&1
officer add OF1009 --role drafter --new-passphrase-file pass/first \
    --second AP2003 --second-passphrase-file pass/approver >/dev/null
exits 0 "what was changed" sello-issue check $C
has "... by whom" "Changed: a person was added, by AD0001, times: 1"
has "... and whose turn it is" "1 person must still take a passphrase of their own: OF1009"
has "... how many there are" "persons 4,"
officer remove OF1009 --second AP2003 --second-passphrase-file pass/approver >/dev/null
exits 0 "... who left" sello-issue check $C
has "... is not counted" "persons 3,"
hasnt "... nor waited for" "of their own"
found two GTGUA02 Two >/dev/null
sello-issue officer --home two add OF1009 --role drafter --as AD0001 --passphrase-file pass/admin \
    --new-passphrase-file pass/first >/dev/null
exits 0 "on the day a center is founded" sello-issue check --home two
has "... the list is missing" "There is no trust list yet: send request.csr"
has "... and a passphrase" "of their own: OF1009"
if other_clock "later days"; then
	exits 0 "seven days later" faketime -f +179h sello-issue check $C --json
	check "... list and backup age, and the clock is doubted" \
	    test "$(reminders)" = "1 backup;1 clock;1 drafts;1 list;1 unpublished;"
	cp -r center wrong
	exits 0 "a year behind" faketime -f -400d sello-issue check --home wrong
	has "... the clock is suspected before anybody signs" "This computer's clock is suspected"
	faketime -f +400d sello-issue backup --home wrong --to wrong.backup >/dev/null
	exits 0 "a backup that a clock a year ahead dated" sello-issue check --home wrong
	has "... is the last for nobody" "make one today"
	sello-issue backup --home wrong --to wrong2.backup >/dev/null
	exits 0 "... the next one is" sello-issue check --home wrong
	hasnt "... and nothing is to be made" "make one today"
	hasnt "... nor suspected" "is suspected"
	exits 0 "near the certificate's end" faketime -f +700d sello-issue check $C --json
	check "... it is said" test "$(printf '%s\n' "$OUT" | grep -c '"certificate"')" = 1
fi

# --- large print ----------------------------------------------------------------------
# least FILE: the smallest type in it, in whole points; a line is 1.164 of it
least() { pdftotext -bbox "$1" - | sed -n 's/.*yMin="\(.*\)" xMax.*yMax="\(.*\)".*/\1 \2/p' | awk '{h = ($2 - $1) / 1.164; if (!n++ || h < l) l = h} END {print int(l + .01)}'; }
{ echo "$HEADER"; person 50 Ajanel Ilka; } >large.csv
exits 0 "one draft" draft large.csv
check "... is stored alone" grep -qE '^Stored: draft [0-9]+\.' <<<"$OUT"
exits 0 "a letter in large print" sello-issue approve $C $A --yes --json --large --out large \
    "$(sello-issue list $C --drafts --json | grep '"50"' | json draft)"
large=$(printf '%s\n' "$OUT" | json letterNumber)
check "... at 14 points" test "$(least "large/$large.pdf")" = 14
check "... others are not" test "$(least "$(ls week/*.pdf | head -n 1)")" = 9
exits 0 "its copy" sello-issue reprint $C $A "$large" --reason LOST --out large
check "... is in large print as well" test "$(least "large/$large-2.pdf")" = 14
# one that began small: from the copy on for which it was asked; to paper as
# approve brings it there
small=$(basename "$(ls week/*.xml | head -n 1)" .xml)
copy="sello-issue reprint $C $A $small --reason LOST --json"
exits 0 "a second copy" $copy --out copies
exits 64 "a copy as it was has its own print" $copy --out copies --copy 2 --large
exits 64 "a file of all has a name" $copy --out copies --joined=
exits 73 "another file is kept" $copy --out copies --large --joined all.pdf
has "... and no copy counted" "no copy was made or counted"
exits 78 "no copy without lp" env PATH="$BUILD" $copy --out copies --print
rm -f spool/args spool/jam
exits 0 "a third copy in large print, to paper" \
    env PATH="$TMP/bin:$PATH" $copy --out copies --large --joined third.pdf --print Ventanilla
check "... the third" test "$(printf '%s\n' "$OUT" | json copy)" = 3
check "... at 14 points" test "$(least "copies/$small-3.pdf")" = 14
check "... as the printer was told" test "$(tr '\n' ' ' <spool/args)" = \
    "-d Ventanilla -o print-scaling=none -o sides=one-sided -o media=Letter -- third.pdf "
check "... behind a list" grep -q "$small" <(pdftotext -l 1 third.pdf -)
exits 0 "copies after it" $copy --out copies
check "... are as it is" test "$(least "copies/$small-4.pdf")" = 14
exits 77 "a fifth" terminal $'n\n' ${copy% --json} --out copies
has "... is wondered at before it is made" "this is copy 5; find out why so many are needed"
exits 0 "those before" $copy --out copies2 --copy 2
check "... as they were" cmp "copies/$small-2.pdf" "copies2/$small-2.pdf"
exits 0 "it itself again" $copy --out copies2 --copy 3
check "... with the same bytes" cmp "copies/$small-3.pdf" "copies2/$small-3.pdf"
: >spool/jam
exits 74 "a printer that does not take it" env PATH="$TMP/bin:$PATH" \
    sello-issue reprint $C $A --reason LOST --out copies --print "$small"
has "... the copy is there" "They are written"
check "... and counted" test -s "copies/$small-5.pdf"
exits 77 "nor is nothing approved by a drafter" sello-issue approve $C --as OF1007 --passphrase-file pass/drafter --all --yes --out none
done_testing
