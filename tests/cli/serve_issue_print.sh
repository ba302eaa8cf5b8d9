#!/bin/bash
# sello-issue serve: sheets on their way to paper: the browser, one PDF of
# several, the printer; what was printed before is seen as printed again.
. "$(dirname "$0")/lib.sh"
world
{
	echo "$HEADER"
	for i in 1 2 3; do person $i "Choc $(printf %s $i | tr 123 ABC)" Pedro 1980-01-1$i; done
} >people.csv
draft people.csv >/dev/null 2>&1

# an lp that keeps what it reads, and its arguments, each on a line; with a printer
# where there is a file of that name
mkdir bin
cat >bin/lp <<'END'
#!/bin/sh
printf '%s\n' "$@" >"$LPDIR/arguments"
cat >"$LPDIR/printed.pdf"
[ ! -e "$LPDIR/broken" ]
END
cat >bin/lpstat <<'END'
#!/bin/sh
[ ! -e "$LPDIR/printer" ] || echo "system default destination: counter"
END
chmod +x bin/lp bin/lpstat
export LPDIR=$PWD
PATH=$PWD/bin:$PATH
. "$SOURCE/tests/cli/staff.bash"
events() { sello-issue check $C --events --json | grep -c "\"$1\".*\"$2\""; }

exits 0 "a letter approved by the command" sello-issue approve $C --as AP2003 --passphrase-file pass/approver --yes --out letters 1
FIRST=$(sello-issue list $C --json | json letterNumber)
check "... whose file is noted" test "$(events sheet-printed "$FIRST")" = 1
comes AP2003 approver
ask "$URL/print/$FIRST"
answers "it is printed on the page" 200
check "... which is again, by whoever asks" test "$(events copy-written-again "$FIRST")" = 1
post /search "search=$FIRST"
said "... and told" 'data-printed="2"'
unsaid "no printer, no button" 'value="lp"'

# --- letters signed on the page -------------------------------------------------------
for i in 2 3; do
	post /queue draft=$i act=open
	post /queue draft=$i act=approve
done
post /approve act=approve
said "two are signed" "Signed: 2 letters."
said "... to be put into one PDF" 'value="signed"'
SECOND=$(sello-issue list $C --json | json letterNumber | sed -n 2p)
THIRD=$(sello-issue list $C --json | json letterNumber | sed -n 3p)
check "signed is not printed" test "$(events sheet-printed "$SECOND")" = 0
ask "$URL/joined.pdf"
answers "there is no PDF before" 404
post /joined act=signed
answers "one PDF of all signed now" 303
get /letters
said "... lies there" '2 letters are in one PDF'
check "... not printed yet" test "$(events sheet-printed "$SECOND")" = 0
ask "$URL/joined.pdf"
answers "it is opened" 200
check "... as a PDF" grep -q '^%PDF' body
if command -v pdftotext >/dev/null; then
	OUT=$(pdftotext body - | tr '\n' ' ') ERR=
	has "... with the one" 'Choc B'
	has "... and the other" 'Choc C'
	check "... behind a list" test "$(pdfinfo body | sed -n 's/^Pages: *//p')" -ge 3
fi
check "... and each is noted" test "$(events sheet-printed "$SECOND")$(events sheet-printed "$THIRD")" = 11
ask "$URL/print/$SECOND"
check "one of them printed alone is printed again" test "$(events copy-written-again "$SECOND")" = 1
post /letters "number=$SECOND" act=reprint "why=the paper got wet"
answers "a new copy" 200
ask "$URL/print/$SECOND"
check "... is a first one" test "$(events sheet-printed "$SECOND-2")" = 1
ask "$URL/print/$SECOND?copy=1"
for copy in 0 3 -1 1x 99999999999; do
	ask "$URL/print/$SECOND?copy=$copy"
	answers "no copy $copy" 404
done
check "... its original is not" test "$(events copy-written-again "$SECOND")" = 2
post /joined act=join "number=$FIRST" "number=$SECOND"
answers "some that are chosen" 303
get /letters
said "... lie there" '2 letters are in one PDF'
post /joined act=join
answers "none chosen" 422
post /joined act=leave
get /letters
unsaid "it is put away" 'id="joined"'

# --- a printer -----------------------------------------------------------------------
post /letters "number=$THIRD" act=lp
answers "without a printer nothing is sent" 409
check "... nor noted" test "$(events copy-written-again "$THIRD")" = 0
touch printer
post /sign-out
sign_in AP2003 approver
post /search "search=$THIRD"
said "with a printer a button" 'value="lp"'
post /letters "number=$THIRD" act=lp
answers "a sheet to the printer" 200
said "... and told" 'Printing.'
check "... not scaled" grep -qx 'print-scaling=none' arguments
check "... on one side" grep -qx 'sides=one-sided' arguments
check "... whole" cmp -s printed.pdf <(ask "$URL/print/$THIRD" && cat body)
check "... without a file" bash -c '! grep -q / arguments'
check "... and noted" test "$(events copy-written-again "$THIRD")" = 2
post /joined act=join "number=$FIRST" "number=$THIRD"
get /letters
said "several" 'value="lp"'
post /joined act=lp
answers "... to the printer" 303
touch broken
post /letters "number=$THIRD" act=lp
said "a printer that does not take it" 'The printer did not take it'
post /sign-out
sign_in OF1007 drafter
post /joined act=join "number=$FIRST"
answers "who may not print" 422
ask "$URL/print/$FIRST"
answers "... prints nothing" 422
post /letters "number=$FIRST" act=lp
answers "... nor by the printer" 422
desk_ends
done_testing
