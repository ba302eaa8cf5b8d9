#!/bin/bash
# What people send to a post: letters as scans, faxes and photos of every kind,
# in mails, archives and folders; and files that are no letter, each called what
# it is.
. "$(dirname "$0")/lib.sh"
for tool in convert zip qpdf; do
	command -v $tool >/dev/null || {
		echo "skip sent: no $tool"
		exit 0
	}
done
world
{
	echo "$HEADER"
	for c in a b c; do person $((10 + $(printf '%d' "'$c"))) "Quispe${c}${c}a" "Ana${c}ia"; done
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out out >/dev/null 2>&1
deliver >/dev/null 2>&1
set -- out/*.pdf
for i in 1 2 3; do
	cp "${!i}" "$i.pdf"
	cp "${!i%.pdf}.xml" "$i.xml"
	convert "${!i%.pdf}.png" -bordercolor white -border 40 "$i.png"
done
convert -size 200x200 xc:white -fill black -draw 'rectangle 50,50 150,60' none.png

# is "what" "WANT" FILE: each result in short: source page verdict REASONS hint
is() {
	local what=$1 want=$2 got
	shift 2
	verify --json "$@" >said.json 2>/dev/null
	got=$(sed -e 's/.*"source":"\([^"]*\)".*"verdict":"\([^"]*\)","reasons":\[\([^]]*\)\].*"page":\([^,]*\),"ignored":\([0-9]*\),"ignoredFiles":\([0-9]*\),"hint":\([^}]*\)}.*/\1 \4 \2 \3 \5 \6 \7;/' said.json |
	    tr -d '"' | tr '\n' ' ' | sed 's/ 0 0 null;/;/g; s/ null;/;/g; s/  */ /g; s/ ;/;/g; s/ $//')
	if [ "$got" = "$want" ]; then ok "$what: $want"; else not_ok "$what: ($got), not ($want)"; fi
}

# --- scans and photos --------------------------------------------------------------
for kind in gif bmp; do
	convert 1.png one.$kind
	is "a picture: $kind" "one.$kind null valid;" one.$kind
done
convert 1.png -compress group4 one.tif
is "a fax" "one.tif 1 valid;" one.tif
convert \( none.png -compress none \) 1.png 2.png pages.tif
is "a scan of three pages" "pages.tif 2 valid; pages.tif 3 valid;" pages.tif

# --- mails ---------------------------------------------------------------------------
# mail NAME=FILE...: with these attached
mail() {
	local pair
	printf 'Return-Path: <a@example.org>\r\nFrom: Ana <a@example.org>\r\nSubject: letter\r\n'
	printf 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="=_b"\r\n\r\nfor old programs\r\n'
	printf -- '--=_b\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n'
	printf -- '--inner\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--inner\r\nContent-Type: text/html\r\n\r\n<p>see below\r\n--inner--\r\n'
	for pair; do
		printf -- '--=_b\r\nContent-Type: application/octet-stream; name="%s"\r\n' "${pair%%=*}"
		printf 'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="%s"\r\n\r\n' "${pair%%=*}"
		base64 "${pair#*=}" | sed 's/$/\r/'
	done
	printf -- '--=_b--\r\n'
}
mail scan.pdf=1.pdf photo.png=2.png >two.eml
is "a mail with two letters" "two.eml/scan.pdf 1 valid; two.eml/photo.png null valid;" two.eml
exits 0 "... exit 0" verify two.eml
mail letter.pdf=1.pdf letter.xml=1.xml logo.png=none.png >once.eml
is "a letter twice, and a logo" "once.eml/letter.pdf 1 valid 0 1;" once.eml
is "a mail on standard input" "-/letter.pdf 1 valid 0 1;" - <once.eml
{
	printf 'From: b\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=o\n\n'
	printf -- '--o\nContent-Type: message/rfc822\n\n'
	cat two.eml
	printf -- '\n--o--\n'
} >forward.eml
is "a mail that was passed on" "forward.eml/scan.pdf 1 valid; forward.eml/photo.png null valid;" forward.eml
{
	printf 'Subject: x\nFrom: b\nContent-Type: text/xml; name="=?utf-8?Q?le=20tter?= =?utf-8?B?LnhtbA==?="\nContent-Transfer-Encoding: quoted-printable\n\n'
	sed 's/=/=3D/g; s/.\{70\}/&=\n/g' 1.xml
} >quoted.eml
is "a file in quoted-printable" "quoted.eml/le tter.xml null valid;" quoted.eml
mail $'a\033[31m\u202eb.png=1.png' >painted.eml
is "a name that paints" "painted.eml/a?[31m?b.png null valid;" painted.eml
mail letter.docx=none.png >no.eml
is "a mail without a letter" "no.eml null unchecked U-UNREADABLE 0 0 format;" no.eml
exits 2 "... exit 2" verify no.eml
has "... is said to be one" "There is no letter in this e-mail"

{
	echo 'From ana@example.org Sun Nov 29 10:00:00 2026'
	mail scan.pdf=1.pdf
	printf '\nFrom - Sun Nov 29 10:00:00 2026\n'
	mail photo.png=2.png
} >box.mbox
is "a mailbox" "box.mbox/scan.pdf 1 valid; box.mbox/photo.png null valid;" box.mbox

# Sealed by its sender's program: what is open in it is read, and a signature is no
# attachment; what is closed is called what it is.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem \
    -days 30 -subj /CN=ana 2>/dev/null
mail scan.pdf=1.pdf | sed '1,3d' >inner
seal() { openssl cms "$@" -in inner -from a@example.org -subject letter; }
seal -sign -signer cert.pem -inkey key.pem >signed.eml
is "a signed mail" "signed.eml/scan.pdf 1 valid;" signed.eml
for how in "-sign -nodetach -signer cert.pem -inkey key.pem" "-encrypt -recip cert.pem"; do
	# shellcheck disable=SC2086 # options
	seal $how >sealed.eml
	is "a mail of ${how%% *} as a whole" "sealed.eml null unchecked U-UNREADABLE 0 0 format;" sealed.eml
	exits 2 "... in words" verify sealed.eml
	has "... what it is, and what to do" "signed or encrypted as a whole (.p7m); open"
done

# --- archives ------------------------------------------------------------------------
mkdir sub && cp 2.pdf sub/
zip -q all.zip 1.png sub/2.pdf none.png
is "an archive" "all.zip/1.png null valid 0 1; all.zip/sub/2.pdf 1 valid 0 1;" all.zip
zip -q -P secret locked.zip 1.png
is "with a password" "locked.zip null unchecked U-UNREADABLE 0 0 format;" locked.zip
exits 2 "... is said" verify locked.zip
has "... what and what to do" "This archive is locked with a password"
cp locked.zip half.zip && zip -q half.zip none.png
is "... of some of it, and no letter" "half.zip null unchecked U-UNREADABLE 0 0 format;" half.zip
exits 2 "... is said" verify half.zip
has "... that it is locked" "locked with a password"
zip -q half.zip 2.pdf
is "... and a letter" "half.zip/2.pdf 1 valid 0 1; half.zip null unchecked U-SIZE;" half.zip
zip -q within.zip all.zip
is "an archive within an archive" "within.zip null unchecked U-UNREADABLE 0 0 format;" within.zip
exits 2 "... is said" verify within.zip
has "... what and what to do" "which is not opened here; unpack it"
zip -q none.zip none.png
is "an archive without a letter" "none.zip null unchecked U-UNREADABLE 0 0 format;" none.zip
exits 2 "... is said" verify none.zip
has "... to be that" "There is no letter in this archive"
head -c 300 all.zip >cut.zip
is "half an archive" "cut.zip null unchecked U-UNREADABLE 0 0 format;" cut.zip
mkdir many && cp 1.png many/0.png
for i in $(seq 201); do echo "$i" >many/f"$i".txt; done
(cd many && zip -q ../many.zip 0.png ./*.txt)
is "more than are taken out" "many.zip/0.png null valid 0 199; many.zip null unchecked U-SIZE;" many.zip
# A letter on each line behind what begins like a code. The files behind the first
# are not looked at: it took what all may take.
{ echo SELLOAEUQV && yes B | head -n 9998; } >false.txt
mkdir false && cp 1.png false/0.png
for i in 1 2 3 4; do { cat false.txt && echo "SELLOA$i"; } >false/f"$i".txt; done
(cd false && zip -q ../false.zip 0.png f?.txt)
is "texts of false codes" "false.zip/0.png null valid 0 3; false.zip/f1.txt null unchecked U-GARBLED 0 3; false.zip/f1.txt null unchecked U-SIZE; false.zip null unchecked U-SIZE;" false.zip
head -c 30000000 /dev/zero >zero && zip -q bomb.zip 1.png zero
is "a bomb is left alone" "bomb.zip/1.png null valid; bomb.zip null unchecked U-SIZE;" bomb.zip

if command -v tiffcp >/dev/null; then
	convert -size 8x8 xc:white -compress none dot.tif
	# shellcheck disable=SC2046 # a hundred words
	tiffcp $(yes dot.tif | head -n 100) 100.tif && cp 100.tif 200.tif && cp 1.png 0.png && cp 2.png z.png
	zip -q pages.zip 0.png 100.tif 200.tif z.png
	is "more pages than are looked at" "pages.zip/0.png null valid 0 3; pages.zip null unchecked U-SIZE;" pages.zip
fi

# --- folders -------------------------------------------------------------------------
mkdir in && cp 1.png in/b.png && cp 2.pdf in/a.pdf && cp none.png in/c.png && mkdir in/deeper && cp 3.pdf in/deeper/
is "a folder" "in/a.pdf 1 valid 0 1; in/b.png null valid 0 1;" in
is "... however it is called" "in/a.pdf 1 valid 0 1; in/b.png null valid 0 1;" in/
is "a folder with too many" "many/0.png null valid 0 199; many null unchecked U-SIZE;" many
mkdir behind && truncate -s 40M behind/a.mp4 && ln -s nowhere behind/b && cp 1.png behind/c.png
is "a letter behind what is too large" "behind/c.png null valid; behind null unchecked U-SIZE;" behind
rm many/0.png && cp 1.png many/z.png
is "a letter behind too many" "many null unchecked U-UNREADABLE 0 0 format;" many
exits 2 "... is said" verify many
has "... that there is more" "more in it than is looked at"
mkdir empty
is "an empty folder" "empty null unchecked U-UNREADABLE 0 0 format;" empty

# --- what cannot be read is called by its name -----------------------------------------
# named "FILE" "WORDS": U-UNREADABLE, hint format, and these words
named() {
	is "$1" "$1 null unchecked U-UNREADABLE 0 0 format;" "$1"
	exits 2 "... in words" verify "$1"
	has "... $2" "$2"
}
mkdir -p word && echo '<x/>' >word/document.xml && echo '<x/>' >'[Content_Types].xml'
zip -q new.docx '[Content_Types].xml' word/document.xml
named new.docx "This is a Word document; ask for the PDF"
mail letter.docx=new.docx >docx.eml
is "... in a mail" "docx.eml null unchecked U-UNREADABLE 0 0 format;" docx.eml
exits 2 "... in words" verify docx.eml
has "... what it is" "letter.docx: this is a Word document"
mail letter.docx=new.docx scan.pdf=1.pdf >docx.eml
exits 0 "... beside a letter" verify docx.eml
has "... is counted, with what to do" "in which no letter was found: 1"
mkdir -p xl && echo '<x/>' >xl/workbook.xml && zip -q new.xlsx '[Content_Types].xml' xl/workbook.xml
named new.xlsx "spreadsheet of Excel"
printf application/vnd.oasis.opendocument.text >mimetype && echo '<x/>' >content.xml && zip -q -0 new.odt mimetype content.xml
named new.odt "document of LibreOffice"
ole='\320\317\021\340\241\261\032\341'
{ printf "$ole"; head -c 600 /dev/zero; printf 'W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0'; } >old.doc
named old.doc "This is a Word document"
{ printf "$ole"; head -c 600 /dev/zero; printf '_\0_\0n\0a\0m\0e\0i\0d\0_\0v\0e\0r\0s\0i\0o\0n\0001\0.\0000\0'; } >mail.msg
named mail.msg "e-mail as Outlook keeps it"
printf '{\\rtf1 hello}' >a.rtf; named a.rtf "RTF"
printf '<!DOCTYPE html>\n<html><p>hello' >a.html; named a.html "This is a web page"
printf '<?xml version="1.0"?>\n<!-- saved -->\n<html>' >b.html; named b.html "This is a web page"
printf '<meta charset=utf-8><p>hello' >c.html; named c.html "This is a web page"
code=$(sello-decode <1.png | sed -n 's/^qr //p' | base64 -d)
printf '<html><p>our code:<br>%s<br>\n&nbsp;%s</p></html>' "${code::90}" "${code:90}" >code.html
is "a web page with a code" "code.html null valid;" code.html
printf 'From: a@b\nSubject: c\nContent-Type: text/html\n\n<div>%s</div>' "$code" >html.eml
is "a mail that is one" "html.eml/text.html null valid;" html.eml
printf '<html><p>%s' "${code::90}" >part.html; named part.html "This is a web page"
convert -size 200x200 xc:white -depth 8 PGM:a.pgm; named a.pgm "picture of a kind that is not read"
printf '<?xml version="1.0" encoding="UTF-8"?>\n<svg>' >a.svg; named a.svg "This is a drawing"
{ seq 1200 | sed 's/^/a line of a long letter, /'; echo "$code"; } >long.txt
is "a code below a long text" "long.txt null valid;" long.txt
printf 'Rar!\032\007\1\0' >a.rar; named a.rar "packed archive"
printf '7z\274\257\047\034\0\4' >a.7z; named a.7z "packed archive"
printf '\0\0\0\030ftypisom\0\0\0\0isommp42' >a.mp4; named a.mp4 "This is a film"
printf 'ID3\3\0\0\0\0\0\0' >a.mp3; named a.mp3 "sound recording"
openssl cms -sign -nodetach -binary -in 1.xml -signer cert.pem -inkey key.pem -outform DER -out a.p7m
named a.p7m "signed or encrypted as a whole"
tar -cf a.tar 1.xml && named a.tar "packed archive"
printf '[InternetShortcut]\r\nURL=https://example.org/\r\n' >a.url; named a.url "only a link"
printf 'MZ\220\0\3\0\0\0' >a.exe; named a.exe "This is a program; do not open it"
printf '\0\1\2\3unknown' >a.bin; named a.bin "kind that is not known"
: >a.empty; named a.empty "This file is empty"
qpdf 1.pdf --encrypt secret secret 256 -- locked.pdf; named locked.pdf "locked with a password"

# --- why a picture could not be read ---------------------------------------------------
convert 1.png -blur 0x12 soft.png
is "a blurred photo" "soft.png null unchecked U-UNREADABLE 0 0 blurred;" soft.png
exits 2 "... in words" verify soft.png
has "... and what to do" "The picture is blurred; hold still"
convert 1.png -quality 90 whole.jpg
size=$(stat -c %s whole.jpg)
head -c $((size - 2)) whole.jpg >most.jpg
is "a JPEG without its end" "most.jpg null valid;" most.jpg
head -c $((size / 3)) whole.jpg >third.jpg
is "a third of a JPEG" "third.jpg null unchecked U-UNREADABLE 0 0 damaged;" third.jpg
exits 2 "... in words" verify third.jpg
has "... it is the file" "The picture or PDF is damaged; use another"
zip -q soft.zip soft.png none.png
is "... in an archive" "soft.zip null unchecked U-UNREADABLE 0 0 blurred;" soft.zip
exits 2 "... in words" verify soft.zip
has "... names the file" "soft.png: the picture is"
convert none.png soft.png soft.tif
is "... on a page" "soft.tif null unchecked U-UNREADABLE 0 0 blurred;" soft.tif

# --- other codes never decide ------------------------------------------------------------
if command -v ZXingWriter >/dev/null; then
	ZXingWriter -size 300x300 QRCode "https://example.org/" web.png >/dev/null
	ZXingWriter -size 300x300 QRCode "WIFI:S:consulate;T:WPA;P:secret;;" wifi.png >/dev/null
	convert web.png 1.png wifi.png -background white -gravity center +append three.png
	is "a letter between two other codes" "three.png null valid 2 0;" three.png
	exits 0 "... exit follows the letter" verify three.png
	has "... the others are named once" "Other codes beside it, ignored: 2"
	convert web.png wifi.png +append foreign.png
	exits 2 "codes that are none of ours" verify --json foreign.png
	hasnt "... no letter" '"verdict":"valid"'
	has "... is foreign" '"reasons":["U-FOREIGN"]'
	ZXingWriter -size 300x300 QRCode "SELLOTHIS24LETTER24IS24VALID" fake.png >/dev/null
	is "a code that only begins as ours" "fake.png null unchecked U-GARBLED 0 0 damaged;" fake.png
	exits 2 "... in words" verify fake.png
	has "... it may be nobody's" "If another picture of it gives the same"
	mail three.png=three.png web.png=web.png >codes.eml
	is "... in a mail" "codes.eml/three.png null valid 2 1;" codes.eml
fi
done_testing
