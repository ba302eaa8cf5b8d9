#!/bin/bash
# sello-issue serve: a file of people whose dates mean two days, whose rows are all
# bad, and what a spreadsheet would run; many rows.
. "$(dirname "$0")/lib.sh"
world
. "$SOURCE/tests/cli/staff.bash"
comes OF1007 drafter

# --- an empty table -----------------------------------------------------------------
get /batch
said "an empty table is offered" 'href="/empty.ods"'
for form in csv ods; do
	ask "$URL/empty.$form"
	answers "... as $form" 200
	sello-issue template $C --lang en empty.$form >/dev/null
	check "... which is the command's" cmp -s body empty.$form
	check "... and has a name" grep -qi "^content-disposition: attachment;.*people.$form" head
done

# --- dates -------------------------------------------------------------------------
{
	echo "$HEADER"
	person 2 Tzul Ana 03/04/1991
	person 3 Ixim Ana 05/06/1992
} >dates.csv
file dates.csv
said "dates that mean two days" 'id="dates"'
said "... are not guessed" 'data-outcome="rejected"'
unsaid "... nor told by options" '--dates'
post /batch act=dates dates=dmy
answers "somebody says what stands first" 200
unsaid "... then they are read" 'data-outcome="rejected"'
said "... and the first is shown, as it was read" '3 April 1991'
post /batch act=dates dates=mdy
said "... or so" '4 March 1991'
post /batch act=dates dates=ymd
answers "... or not at all" 422
post /batch act=dates dates=dmy
post /batch act=save-batch
said "two are stored" '2 drafts are stored'
check "... with the day first" bash -c "sello-issue list $C --drafts --json | grep -q '\"birthDate\":\"1991-04-03\"'"
{
	echo "$HEADER"
	person 2 Chub Eva 07/08/1991
} >dates.csv
file dates.csv
said "the next file is asked about again" 'data-outcome="rejected"'

# --- all rows bad, and what a spreadsheet would run -----------------------------------------
{
	echo "$HEADER"
	person 2 '=HYPERLINK(1)' Ana 1980-31-31
	person 3 "'=Tzul" Ana 1981-31-31
} >bad.csv
file bad.csv
post /batch act=set-aside
said "when no row is good that is told" 'No row was good, so nothing was stored.'
said "... as what went wrong" 'class="bad"'
ask "$URL/aside.csv"
check "what was set aside runs nothing" bash -c "! grep -qE '(^|,)\"?[=+@]' body"
cp body again.csv
cp again.csv first.csv
file again.csv
post /batch act=set-aside
ask "$URL/aside.csv"
check "... and comes back as it was" cmp -s body first.csv
exits 0 "the command's is the same" sello-issue draft $C --as OF1007 --passphrase-file pass/drafter --set-aside cli.csv bad.csv
check "... byte for byte" cmp -s cli.csv first.csv

# --- many -----------------------------------------------------------------------------------
{
	echo "$HEADER"
	for i in $(seq 520); do person $((i + 1)) "Choc $(printf %03d $i | tr 0-9 A-J)" Pedro 1980-01-11; done
} >many.csv
file many.csv
said "500 rows are shown, and more" 'data-row="521"'

# --- a batch of which all are left out ----------------------------------------------------
post /batch act=leave
for draft in $(sello-issue list $C --drafts --json | json draft); do
	post /drafts "draft=$draft" act=open
	post /drafts "draft=$draft" act=discard reason=tried
done
person_form Cucul Elvira
post /intake act=save-draft "${FORM[@]}"
person_form Cucul Elvira
post /intake act=save-draft "${FORM[@]}"
first=$(sello-issue list $C --drafts --json --state pending | json draft | head -n 1)
post /drafts "draft=$first" act=open
post /drafts "draft=$first" act=discard "reason=entered twice"
post /sign-out
sign_in AP2003 approver
post /queue/sample act=sample
answers "a batch of which all are left out" 200
said "... is told" 'No drafts wait that could be signed'
said "... and which" 'Left out'
said "... as what went wrong" 'class="bad"'

# --- more drafts than one page shows ---------------------------------------------------------
post /sign-out
sign_in OF1007 drafter
file many.csv
post /batch act=save-batch
said "many are stored" '520 drafts are stored'
post /sign-out
sign_in AP2003 approver
post /queue/sample act=sample
check "all that were drawn are shown" test "$(printf '%s' "$BODY" | grep -c data-drawn)" = 20
check "... before all others" test "$(printf '%s' "$BODY" | grep -o 'data-drawn\|data-draft' | head -n 40 | grep -c data-drawn)" = 20
post /queue/sample act=no-sample
desk_ends

# --- a day that somebody confirms ---------------------------------------------------------------
if other_clock "a day that somebody confirms"; then
	DESK_CLOCK="env FAKETIME=+4d LD_PRELOAD=$(faketime -f +4d printenv LD_PRELOAD)"
	rm link
	. "$SOURCE/tests/cli/staff.bash"
	comes AP2003 approver
	draft=$(sello-issue list $C --drafts --json --state pending | json draft | head -n 1)
	post /queue draft=$draft act=open
	said "after days without a signature the day is asked for" 'name="confirm-date"'
	post /queue draft=$draft act=approve
	post /approve act=approve
	answers "... without it nothing is signed" 409
	said "... told why" "clock says that today is"
	unsaid "... without options" "--confirm-date"
	post /approve act=approve "confirm-date=$(day now)"
	answers "... nor with another one" 409
	post /approve act=approve "confirm-date=$(TZ= day '4 days')"
	answers "... with it, it is" 200
	said "... and told" "Signed: 1 letter."
	get /queue
	unsaid "then nobody asks again" 'name="confirm-date"'
	desk_ends
fi
done_testing
