#!/bin/bash
# sello-issue serve: the whole of a center's day on its pages, by curl.
. "$(dirname "$0")/lib.sh"
world

. "$SOURCE/tests/cli/staff.bash"

ask "$START"
answers "the start link opens it" 303
get /
answers "a page" 200
said "... of the staff" '<main data-page="staff">'
said "... which asks who is there" 'id="passphrase"'
unsaid "... and shows nothing else" 'data-go='
take_token

# --- signing in ----------------------------------------------------------------------
since=$SECONDS
post /sign-in person=OF1007 'passphrase=something else that is wrong'
answers "a wrong passphrase" 422
said "... is counted" "Wrong passphrases since somebody signed in: 1"
sign_in OF1007 drafter
too_soon "the next try comes too soon" "$since"
[ "$STATUS" != 409 ] || said "... and is told how long to wait" "Try again in "
[ "$STATUS" = 409 ] || post /sign-out
check "... it is recorded" bash -c "sello-issue check $C --events --json | grep -q refused-passphrase"
post /intake act=save-draft
answers "nobody drafts who is not signed in" 409
waited post /sign-in "person= of1007 " "passphrase=$(cat pass/drafter)"
answers "the right one is let in, however the code is typed" 303
get /home
said "... to the start page" 'data-go="intake"'
said "... where it stands who it is" OF1007
said "... how often somebody tried" "1 time"
for fact in clock key list backup publish drafts; do said "... and $fact" "data-fact=\"$fact\""; done
exits 0 "commands work beside it" sello-issue list $C
exits 0 "... those that write, too" sello-issue draft $C --as OF1007 --passphrase-file pass/drafter --again

# --- a person ------------------------------------------------------------------------
get /intake
for key in language pathway offerReference requestedAction consulate destination caseReference surnames \
	givenNames birthDate birthDateEstimated sex nationality identityBasis documentType documentCountry \
	documentNumber documentNumberTail documentExpiry dependants appointmentDate validFrom validUntil; do
	said "a control for $key" "name=\"$key\""
done
for key in row center program; do unsaid "none for $key" "name=\"$key\""; done
person_form Cucul Elvira 1990-15-02
post /intake/judge "${FORM[@]}"
answers "what is typed is judged" 200
said "... by the rules of a file" 'data-problem="E-DATE" data-field="birthDate"'
post /intake act=save-draft "${FORM[@]}"
answers "... and not stored" 422
said "... the form says what" 'data-problem="E-DATE" data-field="birthDate"'
said "... and what was typed stays" 'value="1990-15-02"'
check "nothing is drafted" test -z "$(sello-issue list $C --drafts --json)"
person_form Cucul Elvira
post /intake act=preview "${FORM[@]}"
answers "it can be seen as it will print" 200
ask "$URL/preview.pdf"
check "... as a PDF" grep -q '^%PDF' body
if command -v pdftotext >/dev/null; then
	OUT=$(pdftotext body - | tr '\n' ' ') ERR=
	has "... with the person" Cucul
fi
check "nothing is drafted by it" test -z "$(sello-issue list $C --drafts --json)"
post /intake act=save-draft "${FORM[@]}"
answers "a good one is stored" 303
get /intake
said "... with its number" "Draft 1 is stored"
person_form Cucul Elvira
post /intake/judge "${FORM[@]}"
said "who looks the same is told" 'data-problem="W-DUPLICATE"'
said "... side by side" 'data-alike'
person_form '<script>alert(1)</script>' '"><b>' 
post /intake act=save-draft "${FORM[@]}"
unsaid "what is typed is text" '<script>alert'
post /drafts draft=1 act=open
said "a draft is opened" 'data-field="surnames"'
post /queue draft=1 act=approve
answers "a drafter approves nothing" 422
get /queue
said "... and is told who does" 'id="may-not">OF1007 may not do this with the role drafter. Who does it: approver'
unsaid "... instead of buttons that are refused" 'data-act="approve"'
unsaid "... one draft or many" 'id="sample"'
unsaid "... nor to sign" 'id="approve"'

# --- approving -----------------------------------------------------------------------
post /sign-out
get /
unsaid "who signs out leaves no name" OF1007
sign_in AP2003 approver
get /queue
said "the approver sees it" 'data-draft="1"'
said "... with what is done there" 'id="approve"'
unsaid "... and no other role is named" 'id="may-not"'
post /queue draft=1 act=approve
answers "unopened it is not approved" 422
post /approve act=approve
answers "nothing marked, nothing signed" 422
post /queue draft=1 act=open
said "opened it is shown whole" 'data-field="birthDate"'
post /queue draft=1 act=approve
said "... and marked" 'data-marked'
post /approve act=approve
answers "it is signed" 200
said "... and told" "Signed: 1 letter."
NUMBER=$(sello-issue list $C --json | json letterNumber)
post /queue draft=1 act=open
answers "... and is no draft any more" 422
[ -n "$NUMBER" ] && ok "... it is letter $NUMBER" || not_ok "no letter"
ask "$URL/print/$NUMBER"
answers "it prints" 200
check "... as application/pdf" grep -qi '^content-type: application/pdf' head
cp body letter.pdf
judge "... and is good at a post" attention R-LOG-PENDING sello-verify check --home post --json letter.pdf

# --- a batch -------------------------------------------------------------------------
post /sign-out
sign_in OF1007 drafter
{
	echo "$HEADER"
	for i in 11 12 13 14 15 16 17 18 19 20 21; do
		person $i "Choc $(printf %s $i | tr 0-9 A-J)" Pedro 1980-01-$i
	done
	person 30 Tzul Ana 1980-31-31
	person 31 Ixim Ana 1981-01-01
} >people.csv
file people.csv
answers "a file is taken" 200
said "... its rows" 'tr data-row="2"'
said "... and what is wrong by row" 'tr data-row="13" data-outcome="rejected"'
said "... and field" 'data-problem="E-DATE" data-field="birthDate"'
said "... with a control for it" 'id="c13-birthDate"'
post /batch act=save-batch
answers "with one rejected row nothing is stored" 422
post /batch/mend line=13 birthDate=1980-12-31
unsaid "mended in place" 'data-outcome="rejected"'
post /batch act=save-batch
answers "now all are stored" 200
said "... 13 of them" "13 drafts are stored"
file people.csv
said "a file can be taken again" 'data-problem="W-DUPLICATE"'
post /batch act=set-aside
said "bad rows are set aside" 'href="/aside.csv"'
ask "$URL/aside.csv"
said "... in a file" Tzul
unsaid "... without the document's number" 3775941105809
# 2 MiB are taken, with lines of nobody; a byte more is not
{
	cat people.csv
	yes ,,
} | head -c $((2 << 20)) >large.csv
file large.csv
answers "a file of 2 MiB is taken" 200
said "... with its people" 'tr data-row="13" data-outcome="rejected"'
echo >>large.csv
file large.csv
answers "a larger one is not" 413
said "... in words" "This is larger than the program takes."
get /batch
said "... and the one before it is still there" 'tr data-row="13" data-outcome="rejected"'
# a page of before
file people.csv
shown=$(printf '%s' "$BODY" | sed -n 's/.*name="file" value="\([0-9]*\)".*/\1/p' | head -n 1)
file people.csv
post /batch act=save-batch "file=$shown"
answers "a page of before saves no other file" 409
post /batch/mend line=13 birthDate=1980-12-31 "file=$shown"
answers "... and mends none" 409
post /batch act=leave "file=$((shown + 1))"
answers "the page of now does" 200
post /sign-out
sign_in AP2003 approver
post /approve act=approve signs=7
answers "what is signed is what the page says" 409
post /approve act=approve batch=1
answers "of a batch that was not drawn nothing is signed" 422
for draft in 3 4; do
	post /queue draft=$draft act=open
	post /queue draft=$draft act=approve
	get /queue
	shown=$(sed -n 's/.*name="signs" value="\([^"]*\)".*/\1/p' body)
	[ $draft = 4 ] || before=$shown
	post /queue draft=$draft act=approve
done
post /queue draft=4 act=approve
post /approve act=approve "signs=$before"
answers "as many others are not what the page says" 409
post /queue draft=4 act=approve
post /queue draft=3 act=close
post /queue/sample act=sample
said "a tenth of a batch is drawn" 'data-drawn'
post /approve act=approve batch=1
answers "unopened it is not signed" 422
for _ in 1 2 3; do
	post /queue/sample act=sample
	drawn=$(printf '%s' "$BODY" | grep -B 8 data-drawn | sed -n 's/.*data-draft="\([0-9]*\)".*/\1/p' | head -n 1)
	[ "$drawn" ] || break
	post /queue "draft=$drawn" act=open
	post /queue "draft=$drawn" act=approve
done
post /approve act=approve batch=1
answers "then all are signed" 200
said "... and told" "Signed: "

# --- letters -------------------------------------------------------------------------
post /search "search=cucul elvira"
said "a letter is found by name" "data-letter=\"$NUMBER\""
post /search "search=$NUMBER"
said "... by number" "data-letter=\"$NUMBER\""
post /search search=1990-05-02
said "... by day" "data-letter=\"$NUMBER\""
post /letters "number=$NUMBER" act=open
answers "it is opened" 200
said "... with the reasons to choose from" 'id="reason"'
unsaid "... and nothing is wrong" 'class="bad"'
reference=$(sello-issue show $C "$NUMBER" --json | json caseReference)
post /search "search=$reference"
said "... by case reference" "data-letter=\"$NUMBER\""
post /search search=Nobodyatall
unsaid "nobody else" data-letter
post /letters "number=$NUMBER" act=reprint
answers "a copy without a reason" 422
post /search "search=$NUMBER"
said "a page says how many copies there are" 'name="copies" value="1"'
post /letters "number=$NUMBER" act=reprint "why=the paper got wet" copies=0
answers "... one of before counts no further one" 409
post /letters "number=$NUMBER" act=reprint "why=the paper got wet" copies=1
answers "... with one is counted" 200
said "... and told" "Copy 2 of letter $NUMBER is counted"
ask "$URL/print/$NUMBER"
check "... and printed" grep -q '^%PDF' body
post /letters "number=$NUMBER" act=withdraw reason=FRAUD
answers "fraud takes two persons" 422
said "... told without options" "fill in the second person"
post /letters "number=$NUMBER" act=withdraw reason=FRAUD second-person=ap2003 "second-passphrase=$(cat pass/approver)"
answers "... who are two, however the code is typed" 422
fraud() { post /letters "number=$NUMBER" act=withdraw reason=FRAUD second-person=AD0001 "second-passphrase=$1"; }
since=$SECONDS
fraud guessed
said "a second person's passphrase is not guessed" "wrong passphrase"
fraud "guessed again"
too_soon "... time after time" "$since"
waited fraud "$(cat pass/admin)"
answers "... then it is withdrawn" 200
said "... and told" "Letter $NUMBER is withdrawn."
unsaid "... and cannot be printed" 'data-act="print"'
check "... in the register" bash -c "sello-issue list $C --json | grep '$NUMBER' | grep -q withdrawn"

# --- correcting ----------------------------------------------------------------------
OTHER=$(sello-issue list $C --json --state issued | json letterNumber | head -n 1)
post /sign-out
sign_in OF1007 drafter
post /letters "number=$OTHER" act=correct
answers "a letter is corrected" 303
get /intake
said "... in its own form" "In place of letter $OTHER"
said "... with what it says" "value=\"$(sello-issue show $C "$OTHER" --json | json givenNames)\""
person_form Tobil Rosa
post /intake act=save-draft supersedes= "${FORM[@]}"
answers "another person's form corrects nothing" 409
post /sign-out

# --- publishing ----------------------------------------------------------------------
sign_in AP2003 approver
get /publish
said "a place to publish to" 'id="publish-to"'
post /publish to=
answers "... must be named" 422
echo no folder >file
for _ in 1 2; do post /publish "to=$TMP/file" close-day=1; done
said "a folder that is none is told" "is a file, not a folder"
post /publish "to=$TMP/pub.none"
check "... before the day is closed" bash -c '! grep -rqaE "Z close " pub.none/log/*/*/tile/entries'
post /publish "to=$TMP/pub" close-day=1
answers "it is published" 200
said "... and told in words" "Log 1:"
unsaid "... without a command for what a post's page does" 'sello-verify'
exits 0 "a post takes it" sello-verify sync --home post pub
get /people
said "people" 'data-person="OF1007"'

# --- people --------------------------------------------------------------------------
N="new-passphrase=$(cat pass/first)"
post /people act=add code=OF1009 role=drafter "$N" second-person=AD0001 "second-passphrase=$(cat pass/admin)"
answers "an approver changes nobody" 422
post /sign-out
sign_in AD0001 admin
post /people act=add code=OF1009 role=drafter "$N"
answers "nor an administrator alone" 422
said "... told without options" "fill in the second person"
post /people act=add code=OF1009 role=drafter "$N" second-person=AP2003 "second-passphrase=$(cat pass/approver)"
answers "two add somebody" 200
said "... and are told" "OF1009 is added"
said "... who must change the passphrase" 'data-person="OF1009"'
post /people act=remove code=OF1009 second-person=AP2003 "second-passphrase=$(cat pass/approver)"
said "... or remove them" "OF1009 is removed"

# --- who is removed meanwhile ----------------------------------------------------------
post /sign-out
exits 0 "somebody comes" sello-issue officer $C add OF1010 --role drafter --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver --new-passphrase-file pass/first
exits 0 "... takes a passphrase" own center OF1010 first drafter2 --second AP2003 --second-passphrase-file pass/approver
sign_in OF1010 drafter2
get /drafts
said "... and is signed in" OF1010
exits 0 "... and is removed" sello-issue officer $C remove OF1010 --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver
get /letters
unsaid "who was removed sees nothing more" 'data-go='
said "... and reads why" "OF1010 was removed"
post /search search=cucul
answers "... and asks nothing" 409
sign_in AP2003 approver

# --- languages, strangers, the end -------------------------------------------------------
post /language language=es
get /home
said "in another language" '<html lang="es">'
ask "$URL/home" -H 'Host: evil.example'
answers "another host" 421
ask "$URL/sign-out" -X POST -H 'Origin: http://evil.example' --data ''
answers "another origin" 403
ask "$URL/sign-out" --data ''
answers "no token" 403
post /sign-out
desk_ends
done_testing
