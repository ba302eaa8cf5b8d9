#!/bin/bash
# The main job as its users do it, and the same letters judged by programs
# that are not ours.
DEAR=1 # keys, and what is written, as in the world
. "$(dirname "$0")/lib.sh"
world

{
	echo "$HEADER"
	person 1 "Q'anil Batz" "Rigoberta María"
	person 2 "de Araújo Simões" "Luzia" 1981-03
	person 3 "Nankamai" "" 1986
	person 4 "Santizo de la Roca y Urrutia Monterroso del Águila" "Juan Pablo Sebastián de la Santísima Trinidad"
} >people.csv
exits 0 "a dry run of good rows" draft --dry-run people.csv
exits 0 "dry run stores nothing" sello-issue list --home center --drafts --json
check "no draft after a dry run" test -z "$OUT"
exits 0 "draft" draft people.csv
exits 0 "approve" approve --all --yes --out letters --json
check "a JSON line a letter" test "$(printf '%s\n' "$OUT" | wc -l)" = 4
printf '%s\n' "$OUT" >approved.json
check "the first number is 1" grep -q 'GTGUA01-20[0-9][0-9]-000001-' approved.json
exits 0 "--all with nothing pending ends 0" approve --all --yes --out letters --json
check "... and prints no line" test -z "$OUT"

check "the log reaches the post" deliver
sello-keys show --certificates certs pub/trust.xml >show.txt 2>&1
key=$(basename "$(ls certs/*.crt | head -n 1)" .crt)
check "the center's certificate chains to the root (openssl)" \
    openssl verify -CAfile root/root.crt "certs/$key.crt"
root_key=$(sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' pub/trust.xml)
check "the root verifies the trust list (xmlsec1)" \
    xmlsec1 --verify --enabled-key-data key-name --enabled-reference-uris empty \
    --pubkey-cert-pem:"$root_key" root/root.crt pub/trust.xml
check "the trust list keeps to its schema (xmllint)" \
    xmllint --noout --nonet --schema "$SOURCE/schemas/trust.xsd" pub/trust.xml

for xml in letters/*.xml; do
	n=$(basename "$xml" .xml)
	check "$n: xmlsec1 verifies it" \
	    xmlsec1 --verify --enabled-key-data key-name --enabled-reference-uris empty \
	    --pubkey-cert-pem:"$key" "certs/$key.crt" "$xml"
	check "$n: it keeps to the schema" \
	    xmllint --noout --nonet --schema "$SOURCE/schemas/letter.xsd" "$xml"
	check "$n: it is its own exclusive canonical form" \
	    cmp "$xml" <(xmllint --exc-c14n "$xml")
	check "$n: the PDF is sound (qpdf)" qpdf --check "letters/$n.pdf"
	zbarimg -q --raw "letters/$n.png" >"$n.code" 2>/dev/null
	check "$n: zbarimg reads the printed code" grep -q '^SELLO[A-Z2-7]*$' "$n.code"
	pdftoppm -r 200 -png -singlefile "letters/$n.pdf" page
	check "$n: ... and from the page" \
	    cmp "$n.code" <(zbarimg -q --raw page.png)
	verify --json "$xml" >x.json
	check "$n: the file is valid" test $? = 0
	verify --json "letters/$n.png" >png.json
	check "$n: the picture is valid" test $? = 0
	verify --json "letters/$n.pdf" >pdf.json
	check "$n: the PDF is valid" test $? = 0
	check "$n: a PDF with code and attachment is one result" test "$(wc -l <pdf.json)" = 1
	check "$n: its carrier is packed" test "$(json carrier <pdf.json)" = packed
	letter_of <x.json >x.letter
	check "$n: there is a letter in the JSON" test -s x.letter
	check "$n: file and picture give the same letter" cmp x.letter <(letter_of <png.json)
	check "$n: file and PDF give the same letter" cmp x.letter <(letter_of <pdf.json)
	rm -rf saved
	verify --save saved "letters/$n.png" >/dev/null
	check "$n: saved from paper, the same bytes" cmp "$xml" "saved/$n.xml"
	verify --json - <"$n.code" >line.json
	check "$n: typed by a scanner, valid" test "$(json verdict <line.json)" = valid
	check "$n: its source is the line" test "$(json source <line.json)" = -:1
	check "$n: lower case as Caps Lock types it" \
	    test "$(tr A-Z a-z <"$n.code" | verify --json - | json verdict)" = valid
	check "$n: the PDF names no person in its metadata" \
	    bash -c '! pdfinfo "$1" | grep -qiE "batz|simões|nankamai|santizo"' _ "letters/$n.pdf"
done
check "the JSON has every contract key" bash -c '
	for k in source carrier verdict reasons letterNumber letter issuer log lists training checkedAt; do
		grep -q "\"$k\":" x.json || exit 1
	done'
check "one name alone has no mrzSecondary" bash -c '
	! sello-verify check --home post --json letters/*000003*.xml | grep -q mrzSecondary'

# reprint: same letter, a copy mark on the paper only
first=$(basename "$(ls letters/*.xml | head -n 1)" .xml)
exits 0 "reprint" sello-issue reprint --home center "$first" --reason LOST \
    --out again --as AP2003 --passphrase-file pass/approver
check "the reprint's XML is the same" cmp "letters/$first.xml" "again/$first.xml"
check "the reprint's PNG is the same" cmp "letters/$first.png" "again/$first.png"
check "the reprint's PDF is NUMBER-2.pdf" test -s "again/$first-2.pdf"
check "... and differs" bash -c "! cmp -s letters/$first.pdf again/$first-2.pdf"
check "... in its copy mark" bash -c "
	pdftotext -layout again/$first-2.pdf - | grep -qi 'copia 2' &&
	! pdftotext -layout letters/$first.pdf - | grep -qi 'copia 2'"
check "the copy is valid" verify "again/$first-2.pdf"
exits 0 "list counts the copy" sello-issue list --home center --json
check "... as 2" test "$(printf '%s\n' "$OUT" | grep "$first" | json copies)" = 2

# approving again writes what is missing, with the same bytes
rm letters/"$first".{png,pdf}
cp letters/"$first".xml keep.xml
exits 0 "an approved draft named again" approve 1 --yes --out letters --json
check "... writes the missing files" test -s "letters/$first.pdf" -a -s "letters/$first.png"
check "... with the same JSON" cmp <(printf '%s\n' "$OUT") <(head -n 1 approved.json)
exits 0 "... counts no copy" sello-issue list --home center --json
check "... still 2" test "$(printf '%s\n' "$OUT" | grep "$first" | json copies)" = 2
echo other >"letters/$first.png"
exits 73 "another file in the way is kept" approve 1 --yes --out letters
check "... untouched" test "$(cat "letters/$first.png")" = other
exits 0 "the register is in order" sello-issue check --home center

# no document number anywhere
cut -d, -f20 people.csv | sed 1d >numbers
find . -type f ! -name people.csv ! -name numbers -print0 | xargs -0 grep -alFf numbers >leaks
check "no document number in anything written" test ! -s leaks
done_testing
