#!/bin/bash
# sello-issue serve: lists of letters on the desk's page and as a file, which are
# those of `sello-issue list`.
. "$(dirname "$0")/lib.sh"
world
. "$SOURCE/tests/cli/staff.bash"
today=$(day now)
soon=$(day '3 days')
# the day of the appointment is the last but two
with_day() { sed "s/,,\([^,]*,[^,]*\)\$/,$1,\1/"; }
{
	echo "$HEADER"
	person 1 "Choc A" Pedro 1980-01-11 | with_day "$soon"
	person 2 "Choc B" Pedro 1980-01-12 | with_day "$soon"
	person 3 "Choc C" Pedro 1980-01-13
	person 4 Tzul Ana 1981-02-03 | with_day "$(day '5 days')"
} >people.csv
exits 0 "letters" sello-issue draft $C --as OF1007 --passphrase-file pass/drafter people.csv
approve --all --yes --out letters >/dev/null 2>&1
sello-issue list $C --csv all.csv >/dev/null
sello-issue list $C --appointments ES-GTGUA "$soon" --csv day.csv >/dev/null
comes AP2003 approver

get /lists
said "lists are asked for" 'id="list-appointments"'
said "... of today, if nothing else is typed" "value=\"$today\""
unsaid "... and none is there before" 'id="list"'
get "/lists?of=letters&from=$today&to=$today"
said "the list of a day" 'id="list"'
said "... has whose letters these are" '<bdi>Choc A, Pedro</bdi>'
check "... all of them" test "$(printf '%s' "$BODY" | grep -c data-listed)" = 4
ask "$URL/lists.csv?of=letters&from=$today&to=$today"
answers "... as a file" 200
check "... which is the command's" cmp -s body all.csv
check "... and names nobody in its name" grep -qi '^content-disposition: attachment;.*letters.csv' head
get "/lists?of=appointments&consulate=es-gtgua&day=$soon"
check "a consulate's appointments of a day" test "$(printf '%s' "$BODY" | grep -c data-listed)" = 2
ask "$URL/lists.csv?of=appointments&consulate=ES-GTGUA&day=$soon"
check "... as the command's file" cmp -s body day.csv
get "/lists?of=appointments&consulate=ES-GTGUA"
check "... or all from today on" test "$(printf '%s' "$BODY" | grep -c data-listed)" = 3
get "/lists?of=letters&from=$(day '3 days ago')&to=$(day '2 days ago')"
said "a day without letters" 'id="none"'
get "/lists?of=letters&state=withdrawn"
said "... or without such letters" 'id="none"'
get "/lists?of=letters&from=$today&to=$(day '2 days ago')"
said "days in the wrong order" 'later than the last one'
get "/lists?of=letters&from=soon"
said "what is no day" 'a day is written as 2026-11-23'
get "/lists?of=appointments"
said "no consulate" 'choose a consulate'
get "/lists?of=appointments&consulate=XX-NONE"
said "one that the program never had" 'does not name this consulate'
ask "$URL/lists.csv?of=letters&from=soon"
answers "... no file either" 422
get '/lists?of=letters&from=%3Cscript%3E'
unsaid "what is in the address is text" '<script>'
mv center/trust.xml list.xml
get /lists
said "before the first trust list it is told why no consulate is there" 'id="no-list"'
get /intake
said "... in the form, too" 'Take the list that names this center: sello-issue trust.'
said "... and who enters people" 'Who does it: drafter'
unsaid "... instead of a button that is refused" 'id="save-draft"'
mv list.xml center/trust.xml
get /lists
unsaid "... but not after it" 'id="no-list"'
post /sign-out
ask "$URL/lists.csv?of=letters"
answers "who is not signed in gets none" 409
desk_ends
done_testing
