#!/bin/bash
# Papers good, damaged, foreign and late, shown at a post: verdict, reasons,
# exit status, and no personal data where there must be none.
. "$(dirname "$0")/lib.sh"
world
{
	echo "$HEADER"
	person 1 "Pop Cucul" "Elvira"
	person 2 "Coc Tiul" "Rosa" 2012-03-04
	person 3 "Choc Maquin" "Juan" | sed "s/,ES-GTGUA,/,ES-HNTGU,/"
	person 4 "Xol Caal" "Marta" | sed "s/,DOC,I,GTM,[0-9]*,/,DECLARED,,,,/"
	person 5 "Sis Ixim" "Pedro" | sed "s/$(day '1 day ago'),$(day '90 days')/$(day '10 days'),$(day '100 days')/"
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out letters >approve.out 2>&1 || { not_ok "approve: $(cat approve.out)"; exit 1; }
pending=$(sello-verify check --home post --json "$(ls letters/*-000001-*.xml)")
check "not in the post's records yet: R-LOG-PENDING" \
    grep -q '"reasons":\["R-LOG-PENDING"\]' <<<"$pending"
deliver >deliver.out 2>&1 || not_ok "deliver: $(cat deliver.out)"
letter() { ls letters/GTGUA01-*-00000"$1"-*.xml; }
one=$(letter 1)
n1=$(basename "$one" .xml)

v() { sello-verify check --home post --json "$@"; }

judge "good" valid "" v "$one"
judge "a minor" attention R-MINOR v "$(letter 2)"
judge "addressed elsewhere" attention R-CONSULATE v "$(letter 3)"
judge "declared identity" attention R-DECLARED v "$(letter 4)"
judge "not yet valid" attention R-NOTYET v "$(letter 5)"
judge "expired" attention "R-EXPIRED U-LIST-STALE" v --at "$(day '100 days')T00:00:00Z" "$one"
judge "list past its date" attention R-LIST-AGEING v --at "$(day '9 days')T00:00:00Z" "$one"
judge "list past its end" unchecked "U-LIST-STALE" v --at "$(day '40 days')T00:00:00Z" "$one"
exits 2 "a day that is typed" env TZ=CST6 sello-verify check --home post --at "$(day '40 days')" "$one"
has "... is the day that is shown" "$(day '40 days') 00:00 CST"
judge "judged before it was made" unchecked "U-CLOCK R-NOTYET" v --at "$(day '3 days ago')T00:00:00Z" "$one"

sed 's/Elvira/Elvirx/' "$one" >changed.xml
judge "a name changed" not-authentic F-SIGNATURE v changed.xml
sed 's/Id="GTGUA01-\(....\)-000001-./Id="GTGUA01-\1-000002-X/' "$one" >id.xml
judge "its Id changed" not-authentic F-SIGNATURE v id.xml
sed 's/<ds:KeyName>......../<ds:KeyName>00000000/' "$one" >key.xml
judge "a key nobody knows" unchecked U-ISSUER v key.xml
for edit in 's/<ReferralLetter /<ReferralLetter  /' 's/"/'"'"'/g' '1s/^/\xef\xbb\xbf/' \
    's/<Program>/<!-- --><Program>/' 's/ecdsa-sha256/rsa-sha256/' 's/URI=""/URI="#x"/' \
    's/<ds:KeyName>/\n<ds:KeyName>/' 's/<\/ReferralLetter>/<x\/><\/ReferralLetter>/' \
    's/$/\n\n/'; do
	sed "$edit" "$one" >form.xml
	cmp -s form.xml "$one" && { not_ok "edit $edit changed nothing"; continue; }
	v form.xml >out.json
	rc=$?
	verdict=$(json verdict <out.json)
	case $edit in
	*Program* | '1s/^/'* | 's/<Ref'* | 's/"/'* | *rsa* | *URI* | *n\<ds* | *x\\/* | 's/$/'*)
		check "$edit: another form is U-PROFILE or wrong" grep -qE 'U-PROFILE|F-SIGNATURE' out.json
		check "$edit: never green" test "$rc" -ge 2
		;;
	esac
done
# what canonical XML leaves out, and what it keeps: no issuer writes either
sed 's/<Program>/<!-- note --><Program>/' "$one" >comment.xml
judge "a comment" unchecked U-PROFILE v comment.xml
if command -v xmlsec1 >/dev/null; then
	key=$(sed 's/.*<ds:KeyName>\(........\).*/\1/' "$one")
	sello-keys show --certificates . pub/trust.xml >/dev/null
	check "... which others' tools call good" xmlsec1 --verify --enabled-key-data key-name \
	    --enabled-reference-uris empty --pubkey-cert-pem:"$key" "$key.crt" comment.xml
fi
sed 's/Elvira/Elvira<!-- -->x/' "$one" >comment.xml
judge "a comment and a changed name" unchecked U-PROFILE v comment.xml
sed 's/<Program>/<?x y?><Program>/' "$one" >instruction.xml
judge "an instruction" unchecked U-PROFILE v instruction.xml
# another program's Unicode: the same document in other bytes
for encoding in UTF-16 UTF-16LE UTF-16BE UTF-32 UTF-32LE UTF-32BE; do
	iconv -f UTF-8 -t $encoding "$one" >wide.xml
	judge "saved as $encoding" unchecked U-PROFILE v wide.xml
	exits 2 "... which is told" verify wide.xml
	has "... by name" "saved in another encoding"
done
iconv -f UTF-8 -t UTF-16 <<<'<a>hello</a>' >wide.xml
judge "another XML file in UTF-16" unchecked U-FOREIGN v wide.xml
head -c -200 "$one" >cut.xml
judge "cut off" unchecked U-PROFILE v cut.xml
(printf '<?xml version="1.0" encoding="UTF-8"?>\n'; cat "$one"; echo) >declared.xml
judge "with declaration and line feed" valid "" v declared.xml
head -c 40000 /dev/zero | tr '\0' x | sed 's/^/<ReferralLetter xmlns="urn:sello:letter:1">/' >large.xml
judge "an XML file too large" unchecked U-SIZE v large.xml
sed 's/letter:1/letter:2/; s/<Program>/<Mood>good<\/Mood><Program>/' "$one" >later.xml
judge "a later version of the letter" unchecked U-VERSION v later.xml
has "... without a number, for nothing proves it" '"letterNumber":null'
sed 's/<Program>/<Mood>good<\/Mood><Program>/' "$one" >more.xml
judge "an element put in" not-authentic F-SIGNATURE v more.xml
echo '<a>hello</a>' >a.xml
judge "another XML file" unchecked U-FOREIGN v a.xml
echo 'https://example.org/letter/1' >u.txt
judge "a web address" unchecked U-FOREIGN v u.txt
printf 'Sello de la oficina\n\nsello-verify\n' >stamp.txt
judge "the word, which no code begins with" unchecked U-FOREIGN v stamp.txt
: >nothing
judge "an empty file" unchecked U-UNREADABLE v nothing
head -c 5000 /dev/urandom >random
v random >out.json
check "random bytes are unchecked" test "$(json verdict <out.json)" = unchecked
judge "a file that is not there" unchecked U-INPUT v not-there.xml
exits 1 "a folder: the letters in it" v letters
has "... by their names" '"source":"letters/'
mkdir void
judge "a folder without any" unchecked U-UNREADABLE v void
# FILE WORDS: a file that nobody scanned is not to be scanned again
no_letter() {
	exits 2 "no letter: $1" verify "$1"
	has "... says what it is" "$2"
	hasnt "... and not to scan it" "scan"
}
no_letter pub/trust.xml "This is the list of centers"
no_letter root/root.crt "This is a certificate"
no_letter people.csv "This is a table of people"
no_letter post/request.txt "This is a post's request"
sello-verify export --home post --to shown.txt >/dev/null 2>&1
no_letter shown.txt "This is a post's report"
no_letter "$n1" "sello-verify number $n1"
no_letter nothing "This file is empty"
convert -size 400x300 xc:white white.png
judge "a white page" unchecked U-UNREADABLE v white.png
head -c 3000 "letters/$n1.pdf" >cut.pdf
judge "a cut PDF" unchecked U-UNREADABLE v cut.pdf
zbarimg -q --raw -Sdisable -Sqrcode.enable "letters/$n1.png" >code 2>/dev/null
judge "the code as text" valid "" v code
sed 's/.\(.\{20\}\)$/A\1/' code >garbled; cmp -s code garbled && sed 's/.\(.\{20\}\)$/B\1/' code >garbled
judge "one character misread" unchecked U-GARBLED v garbled
echo SELLOAEUQ >short
judge "a few characters" unchecked U-GARBLED v short
# what mail, editors and clipboards do to a file: grey, never red
damaged() {
	judge "$1" unchecked U-PROFILE v damaged.xml
}
sed 's/></>\n</g' "$one" >damaged.xml; damaged "line feeds between elements"
sed 's/></>\r\n</g' "$one" >damaged.xml; damaged "CR LF between elements"
sed 's/$/\r/' "$one" >damaged.xml; damaged "CR at the end"
fold -w 76 "$one" >damaged.xml; damaged "folded by a mail program"
sed 's/<Program>/ &/' "$one" >damaged.xml; damaged "a space between elements"
sed 's/>Elvira/> Elvira/' "$one" >damaged.xml; damaged "a space before a name"
sed 's/Elvira/Elv\&#237;ra/' "$one" >damaged.xml; damaged "an entity"
sed 's/Elvira/Elvi\xcc\x81ra/' "$one" >damaged.xml; damaged "a decomposed accent"
sed 's/Elvira/Elv\xedra/' "$one" >damaged.xml; damaged "Latin-1"
sed 's/Elvira/Elv\xc3\x83\xc2\xadra/' "$one" >damaged.xml; damaged "UTF-8 twice"
sed 's/<Sex>F<.Sex>/<Sex\/>/' "$one" >damaged.xml; damaged "an element cut short"
xmllint --format "$one" >damaged.xml; damaged "laid out anew"
(cat "$one"; cat "$one") >twice.xml
v twice.xml >out.json; check "two letters in a row are not green" test $? -ge 2

# two codes of two letters in one text; several inputs: the highest exit
zbarimg -q --raw -Sdisable -Sqrcode.enable "letters/$(basename "$(letter 2)" .xml).png" >code2 2>/dev/null
cat code code2 code >both
exits 1 "three lines, two letters" v - <both
v - <both >lines.json
check "a line each" test "$(wc -l <lines.json)" -ge 2
exits 3 "the highest exit counts" v "$one" changed.xml a.xml

# file and code of one PDF disagree
qpdf --empty --pages "letters/$n1.pdf" -- bare.pdf
qpdf bare.pdf --add-attachment "$(letter 2)" --key=other.xml -- wrong.pdf
v wrong.pdf >out.json
check "file and code disagree: exit 1" test $? = 1
check "... one result each" test "$(wc -l <out.json)" = 2
check "... both R-MIXED" test "$(grep -c R-MIXED out.json)" = 2
qpdf "letters/$n1.pdf" --add-attachment "$(letter 2)" --key=other.xml -- second.pdf
v second.pdf >out.json
check "a second letter in a genuine PDF: exit 1, a minor's" test $? = 1
check "... which changes nothing on the page" test "$(grep packed out.json | json verdict)" = valid
check "... each by its own bytes" test "$(grep -c -e R-MIXED -e F-MISMATCH out.json)" = 0
sed 's|<ds:SignatureValue>[^<]*|<ds:SignatureValue>'"$(head -c 64 /dev/zero | base64 -w0)"'|' "$one" >zero.xml
judge "a signature of nothing" not-authentic F-SIGNATURE v zero.xml
qpdf bare.pdf --add-attachment "$one" --key=same.xml -- same.pdf
judge "file and code agree" valid "" v same.pdf
judge "a PDF without its file" valid "" v bare.pdf
cat >white.pdf <<'PDF'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>> endobj
trailer <</Root 1 0 R/Size 4>>
%%EOF
PDF
qpdf white.pdf blank.pdf 2>/dev/null
judge "a PDF of a blank page" unchecked U-UNREADABLE v blank.pdf
check "... has no code" test "$(printf '%s\n' "$OUT" | json hint)" = no-code
qpdf white.pdf --add-attachment "$one" --key=a.xml -- attached.pdf 2>/dev/null # mends the table
judge "a PDF with the file alone" valid "" v attached.pdf
check "... carrier xml" test "$(printf '%s\n' "$OUT" | json carrier)" = xml

# shown before
cp -a post mismatched
exits 0 "another person's document" sello-verify check --home mismatched --record --answer mismatch "$one"
has "... is said" "the ID document is of another person. Do not act"
has "... with whom to call" "+50212345678"
check "... also in the last lines" test "$(grep -c +50212345678 <<<"$OUT")" = 2
exits 1 "... and at the next visit" sello-verify check --home mismatched "$one"
has "... too" "it was recorded that the ID document is of another person"
exits 0 "record" v --record --answer match "$one"
exits 2 "a visit with a letter that could not be checked" sello-verify check --home mismatched \
    --record --answer mismatch damaged.xml
has "... nothing is recorded" "Not recorded, nor an answer"
judge "shown again" attention R-PRESENTED v "$one"
check "the post's store names nobody" bash -c '! grep -qaE "Elvira|Cucul|1990-05-02" -r post'
exits 2 "a typed number" sello-verify number --home post "$n1" --json
has "... is U-REGISTER" U-REGISTER
exits 65 "a typed number with a wrong check character" sello-verify number --home post GTGUA01-2026-000001-A
exits 0 "scan ends 0 at the end of input" sello-verify scan --home post <code
has "... after a verdict" "AUTHENTIC"
exits 0 "status" env TZ=America/Guatemala sello-verify status --home post
has "... by the clock on the wall" "CST (UTC-06:00), less than a day old"

# terminal text
exits 1 "text for people" sello-verify check --home post "$one"
check "... begins with the verdict" bash -c 'case $1 in "AUTHENTIC, ATTENTION"*) ;; *) exit 1 ;; esac' _ "$OUT"
has "... shows the fields" "Elvira"
exits 2 "several inputs" sello-verify check --home post "$one" nothing.xml
check "... end with what their codes mean, above the table" bash -c '
	printf "%s\n" "$1" | tail -n 12 | grep -q "^  U-INPUT        The file cannot be opened"' _ "$OUT"
exits 3 "red on a terminal" sello-verify check --home post changed.xml
has "... says so first" "NOT AUTHENTIC"
has "... with the code" "F-SIGNATURE"
exits 3 "red in Spanish" sello-verify check --home post --lang es changed.xml
has "... NO AUTÉNTICA" "NO AUTÉNTICA"

# lists: rollback, other root, damage
cp pub/trust.xml old.xml
publish >/dev/null 2>&1
exits 0 "a newer list" sello-verify sync --home post pub
exits 0 "the same list again" sello-verify sync --home post pub
mkdir stick; cp old.xml stick/trust.xml
exits 1 "an older list is left" sello-verify sync --home post stick
sed 's/<Name>Test Center/<Name>Best Center/' pub/trust.xml >stick/trust.xml
exits 2 "a changed list is damage, no proof" sello-verify sync --home post stick
head -c 500 pub/trust.xml >stick/trust.xml
exits 2 "a cut list" sello-verify sync --home post stick
rm stick/trust.xml
exits 2 "a folder that is no publication" sello-verify sync --home post stick
sello-keys init --home other --program RRP-ES --name Other --passphrase-file pass/root >/dev/null 2>&1
sello-keys publish --home other --to otherpub --passphrase-file pass/root >/dev/null 2>&1
exits 2 "another root's list" sello-verify sync --home post otherpub
judge "after all that, still good" attention R-PRESENTED v "$one"

# revocation
key=$(sed -n 's|.*<ds:KeyName>\(.*\)</ds:KeyName>.*|\1|p' "$one")
sleep 2 # so that a time lies between the letter and the revocation
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
cp -r root root2; cp -r root root3; cp -r post post2; cp -r post post3
revoke() { sello-keys revoke --home "$1" "${@:2}" >/dev/null 2>&1 &&
	sello-keys publish --home "$1" --to "$1/pub" --passphrase-file pass/root >/dev/null 2>&1; }
p() { sello-verify check --home "$1" --json "${@:2}"; }
revoke root "$key" --reason compromise
sello-verify sync --home post root/pub >/dev/null 2>&1
judge "key revoked for its whole life" not-authentic "F-REVOKED R-PRESENTED" p post "$one"
revoke root2 "$key" --reason compromise --from "$now"
sello-verify sync --home post2 root2/pub >/dev/null 2>&1
judge "key revoked since, in the post's own records from before" attention "R-PRESENTED R-KEY-REVOKED" p post2 "$one"
sello-verify init --home bare --root root/root.crt --consulate ES-GTGUA >/dev/null 2>&1
sello-verify sync --home bare root2/pub >/dev/null 2>&1
judge "key revoked since, no records" unchecked "U-REVOKED R-LOG-PENDING" p bare "$one"
revoke root3 "$key" --reason superseded --from "$now"
sello-verify sync --home post3 root3/pub >/dev/null 2>&1
judge "key retired after the letter" attention R-PRESENTED p post3 "$one"

# a post without any list; a clock that runs behind
sello-verify init --home fresh --root root/root.crt --consulate ES-GTGUA >/dev/null 2>&1
judge "no list yet" unchecked "U-ISSUER U-LIST-STALE" p fresh "$one"
other_clock "the clock is a year behind" &&
	judge "the clock is a year behind" unchecked "U-CLOCK R-NOTYET R-PRESENTED" faketime -f -365d sello-verify check --home post3 --json "$one"
other_clock "... in words" && {
	exits 2 "... in words" faketime -f -365d sello-verify check --home post3 "$one"
	has "... the list is not young" "dated later than this computer's clock"
	has "... and the holder is told no day" "until then tell the holder no day"
}
done_testing
