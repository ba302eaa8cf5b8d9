#!/bin/bash
# sello-issue serve: what somebody has begun and not saved waits for that person
# alone, and is gone when it is saved, thrown away, or they sign out.
. "$(dirname "$0")/lib.sh"
world
. "$SOURCE/tests/cli/staff.bash"

comes OF1007 drafter
person_form Cucul Elvira
post /intake/keep language=es
answers "nothing typed" 204
get /intake
unsaid "... nothing kept" 'id="kept"'
post /intake/keep "${FORM[@]}"
answers "what is half typed" 204
get /intake
said "... is there when the page is loaded anew" 'value="Cucul"'
said "... and a number, for who typed it" 'value="3775912345809"'
said "... which says so" 'id="kept"'
check "... it is no draft" test -z "$(sello-issue list $C --drafts --json)"
check "... and in no file" bash -c '! grep -rqa 3775912345809 center'
get /home
said "the first page leads there" 'id="begun"'
{
	echo "$HEADER"
	person 2 Tzul Ana 1980-31-31
} >people.csv
file people.csv
answers "a file that is mended" 200
post /batch/mend line=2 birthDate=1980-30-30

# --- for who typed it ----------------------------------------------------------------
sign_in AP2003 approver
get /intake
unsaid "somebody else does not see it" Cucul
get /batch
unsaid "... nor the file" people.csv
get /home
unsaid "... nor that there is any" 'id="begun"'
post /sign-out ask=1
answers "... and signs out unasked" 303
get /
said "the desk says that something waits" 'id="waits"'
unsaid "... not whose" OF1007
sign_in AP2003 approver
post /intake/keep signed-in=OF1007 surnames=Zapeta
answers "a page of somebody before is let do nothing" 409
check "... and loads anew" grep -qi '^x-sello-desk: locked' head
post /intake signed-in=OF1007 act=save-draft "${FORM[@]}"
answers "... nor save" 409
ask -H "X-Sello-Token: $TOKEN" -H 'Content-Type: application/octet-stream' --data-binary @people.csv \
    "$URL/batch/file?name=people.csv&signed-in=OF1007"
answers "... nor bring a file" 409
get /intake
unsaid "... to whoever is signed in" Zapeta
said "a page says whose it is" 'data-signed-in="AP2003"'
post /sign-out signed-in=OF1007
get /home
said "... and signs nobody else out" 'id="signed-in">AP2003'
post /intake/keep signed-in=AP2003 surnames=
answers "who is signed in is let" 204
post /sign-out ask=1
sign_in OF1007 drafter
get /intake
said "it waits for who typed it" 'value="Cucul"'
get /batch
said "... the file as it was mended" 1980-30-30

# --- a correction meanwhile, signing out -----------------------------------------------
post /sign-out ask=1
answers "who signs out is asked" 200
said "... what would be lost" 'href="/intake"'
said "... and the file" 'href="/batch"'
said "... with a button" 'id="throw-away"'
get /intake
said "... meanwhile nothing is lost" 'value="Cucul"'
post /intake act=empty
answers "a form is emptied" 303
get /intake
unsaid "... and is empty" 'value="Cucul"'
person_form Cucul Elvira 1990-15-02
post /intake act=save-draft "${FORM[@]}"
answers "what is not stored" 422
get /intake
said "... waits, too" 'value="1990-15-02"'
person_form Cucul Elvira
post /intake act=save-draft "${FORM[@]}"
answers "what is stored" 303
get /intake
unsaid "... does not" 'value="Cucul"'
post /batch act=set-aside
said "rows that are set aside" 'href="/aside.csv"'
post /sign-out ask=1
answers "... are no reason to ask" 303
sign_in OF1007 drafter
get /home
said "... they wait until they are a file" 'id="begun"'
ask "$URL/aside.csv"
answers "... which is taken" 200
file people.csv
post /sign-out ask=1
answers "a file that nobody mended is none either" 303
sign_in OF1007 drafter
get /batch
unsaid "and after signing out nothing is there" people.csv
post /intake/keep "${FORM[@]}"
post /sign-out
answers "who does not ask" 303
sign_in OF1007 drafter
get /intake
unsaid "... has thrown it away" 'value="Cucul"'

# --- while others write, or the home is away ------------------------------------------------
exec 8>center/register.lock
flock 8
person_form Cuculista Elvira
post /intake act=save-draft "${FORM[@]}"
answers "who saves while others write is told to wait" 409
said "... and what was typed is still there" 'value="Cuculista"'
exec 8>&-
mv center away
person_form Cuculmeta Elvira
post /intake/keep "${FORM[@]}"
answers "what is typed while the home is away" 204
post /intake act=save-draft "${FORM[@]}"
mv away center
get /intake
said "... is there when it is back" 'value="Cuculmeta"'
post /intake act=empty
post /sign-out
get /
unsaid "where nobody has begun anything the desk says nothing" 'id="waits"'
sign_in OF1007 drafter
post /sign-in person=OF1007 passphrase=
get /
unsaid "... nor when somebody was only signed in" 'id="waits"'
waited sign_in OF1007 drafter

# --- files for who is signed in ------------------------------------------------------------
post /intake act=preview "${FORM[@]}"
ask "$URL/preview.pdf"
answers "a preview is shown" 200
exits 0 "who is removed meanwhile" sello-issue officer $C remove OF1007 --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver
ask "$URL/preview.pdf"
answers "... sees it no more" 409
ask "$URL/aside.csv"
answers "... nor a file" 409
post /intake/keep "${FORM[@]}"
answers "... and keeps nothing" 409
# --- of who is removed while somebody else is signed in ---------------------------------------
BESIDE=(--second AP2003 --second-passphrase-file pass/approver)
ADMIN=(--as AD0001 --passphrase-file pass/admin "${BESIDE[@]}")
exits 0 "somebody comes" sello-issue officer $C add OF1008 --role drafter "${ADMIN[@]}" --new-passphrase-file pass/first
exits 0 "... with a passphrase" own center OF1008 first drafter2 "${BESIDE[@]}"
sign_in OF1008 drafter2
post /intake/keep surnames=Cucul
sign_in AP2003 approver
post /sign-out
get /
said "what they began waits" 'id="waits"'
exits 0 "they are removed" sello-issue officer $C remove OF1008 "${ADMIN[@]}"
sign_in AP2003 approver
post /sign-out
get /
unsaid "... and it waits no more" 'id="waits"'
desk_ends
done_testing
