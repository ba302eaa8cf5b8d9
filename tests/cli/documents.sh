#!/bin/bash
# Documents with many letters, pages that are none, files that are none: each
# letter by its own bytes, every page told, the same on a busy machine.
. "$(dirname "$0")/lib.sh"
for tool in qpdf pdfunite pdfattach pdftoppm convert zbarimg; do
	command -v $tool >/dev/null || {
		echo "skip documents: no $tool"
		exit 0
	}
done
world
{
	echo "$HEADER"
	for c in a b c d e f; do person $((10 + $(printf '%d' "'$c"))) "Quispe${c}${c}a" "Ana${c}ia"; done
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out out >/dev/null 2>&1
deliver >/dev/null 2>&1
set -- out/*.pdf
P1=$1 X1=${1%.pdf}.xml X2=${2%.pdf}.xml

# said FILE...: each result in short, "page carrier verdict REASONS;"; as they
# were in said.json, how it ended in said.rc
said() {
	watched verify --json "$@" >said.json 2>/dev/null
	echo $? >said.rc
	sed \
	    -e 's/.*"carrier":"\?\([a-z]*\)"\?,"verdict":"\([^"]*\)","reasons":\[\([^]]*\)\].*"page":\([^,]*\),"ignored":\([0-9]*\),"ignoredFiles":\([0-9]*\).*/\4 \1 \2 \3 \5 \6;/' said.json |
	    tr -d '"' | tr '\n' ' ' | sed 's/ 0 0;/;/g; s/  */ /g; s/ ;/;/g; s/ $//'
}
is() {
	local what=$1 want=$2 got
	shift 2
	got=$(said "$@")
	if [ "$got" = "$want" ]; then ok "$what: $want"; else not_ok "$what: ($got), not ($want)"; fi
}

# --- a terminal's Ctrl-Z is no slow reader ------------------------------------------
# Both programs are stopped for longer than silence is borne; then the reader
# wakes up last. Judged at the end: meanwhile the others go on.
code=$(zbarimg -q --raw -Sbinary "${P1%.pdf}.png" 2>/dev/null)
mkdir stopped && cp "$BUILD/sello-verify" stopped/
printf '#!/bin/bash\necho $$ >reader.pid\nkill -STOP $$\necho "qr %s"\necho end\n' \
    "$(printf %s "$code" | base64 -w 0)" >stopped/sello-decode
chmod +x stopped/sello-decode
stop_both() {
	stopped/sello-verify check --home post --json "${P1%.pdf}.png" >stopped.json &
	local judging=$!
	until [ -s reader.pid ]; do sleep 0.1; done
	sleep 1
	kill -STOP $judging
	sleep 11
	kill -CONT $judging
	sleep 1
	kill -CONT "$(cat reader.pid)"
	wait $judging
	echo $? >stopped.rc
}
stop_both &
# and what nobody writes to, for as long as somebody is waited for
mkfifo silent unwritten
{
	timeout 60 sello-verify check --home post --json silent >silent.json 2>silent.err
	echo $? >silent.rc
} &
{
	timeout 60 sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter unwritten >unwritten.out 2>&1
	echo $? >unwritten.rc
} &

# --- several letters -----------------------------------------------------------
pdfunite "$@" all.pdf
is "six letters in one PDF" "1 packed valid; 2 packed valid; 3 packed valid; 4 packed valid; 5 packed valid; 6 packed valid;" all.pdf
qpdf --empty --pages "$1" "$2" "$1" -- twice.pdf
is "a letter twice is one" "1 packed valid; 2 packed valid;" twice.pdf
qpdf "$1" --copy-attachments-from "$2" --prefix=b- -- two.pdf
is "the file of another letter beside its own" "null xml valid; 1 packed valid;" two.pdf
qpdf "$1" --encrypt secret secret 256 -- locked.pdf
is "locked with a password" "null null unchecked U-UNREADABLE;" locked.pdf
exits 2 "... is no damage" sello-verify check --home post locked.pdf
has "... and what it is" "locked with a password"
qpdf --empty --pages "$1" -- bare.pdf
qpdf bare.pdf --add-attachment "$X2" -- mixed.pdf
is "only the file of another letter" "null xml attention R-MIXED; 1 packed attention R-MIXED;" mixed.pdf
qpdf --empty --pages bare.pdf "$2" -- both.pdf
qpdf both.pdf --add-attachment "$X2" -- joined.pdf
is "two letters and one of their files" "1 packed valid; 2 packed valid;" joined.pdf
exits 0 "... exit 0" verify joined.pdf
has "... and the page is named" "joined.pdf, page 2"

# --- what is attached and no letter ---------------------------------------------
# attached WHAT FILE: to a letter's sheet; judged together by attached_all, for a
# process a file is what takes the time
names=() sheets=()
attached() {
	names+=("$1") sheets+=("attached-${#names[@]}.pdf")
	pdfattach "$P1" "$2" "${sheets[-1]}"
}
attached_all() {
	local i
	said "${sheets[@]}" | tr ';' '\n' | sed 's/^ //' >attached.said
	for i in "${!names[@]}"; do
		if [ "$(sed -n $((i + 1))p attached.said)" = "1 packed valid 0 1" ]; then ok "attached: ${names[i]}"; else
			not_ok "attached: ${names[i]}: $(sed -n $((i + 1))p attached.said)"
		fi
	done
	check "... exit 0 for all of them" test "$(cat said.rc)" = 0
}
attached "the schema" "$SOURCE/schemas/letter.xsd"
printf '\357\273\277' | cat - "$X1" >bom.xml; attached "with a BOM" bom.xml
sed 's/$/\r/' "$X1" >crlf.xml; attached "with CR LF" crlf.xml
head -c 900 "$X1" >cut.xml; attached "cut off" cut.xml
xmllint --format "$X1" >laid.xml; attached "laid out anew" laid.xml
xmllint --format "$X2" >laid2.xml; attached "another letter laid out anew" laid2.xml
for encoding in UTF-16 UTF-16LE UTF-16BE UTF-32; do
	iconv -f UTF-8 -t $encoding "$X1" >wide.xml; attached "in $encoding" wide.xml
done
sed 's/</\&lt;/g' "$X1" >page.html; attached "a web page of it" page.html
cat "$X1" "$X2" >cat.xml; attached "two files in one" cat.xml
echo "see urn:sello:letter:1" >note.txt; attached "a note" note.txt
attached_all
pdfattach "$P1" people.csv o.pdf; is "a table" "1 packed valid;" o.pdf
sed 's/Quispe/Quispi/' "$X1" >changed.xml
rm -f o.pdf; pdfattach "$P1" changed.xml o.pdf
is "a changed letter: by its own bytes" "null xml not-authentic F-SIGNATURE; 1 packed valid;" o.pdf

# --- a text of several codes -------------------------------------------------------
printf '\357\273\277%s\n\n%sAAA\n' "$code" "${code%???}" >codes.txt
exits 2 "a text of two codes, one damaged" verify codes.txt
has "... the first is read behind an editor's mark" "[OK]  codes.txt, line 1"
has "... and the damaged line is named" "[?]  codes.txt, line 3"

# --- every page is told ----------------------------------------------------------
pdftoppm -r 150 -gray -png -singlefile "$2" scan2
convert -size 620x877 xc:white -fill black -draw 'rectangle 50,100 350,107 rectangle 50,150 450,157' cover.png
convert -size 310x438 xc:white blank.png
exits 2 "a picture of nothing" verify --json blank.png
is_json() { [ "$(json "$1" <<<"$OUT")" = "$2" ]; }
check "... has no code" is_json hint no-code
exits 2 "a picture without a code" verify --json cover.png
check "... has none" is_json hint no-code
# img2pdf without the tool: a PDF of one JPEG
jpeg_pdf() {
	local w h n
	convert "$1" -colorspace Gray -quality 85 page.jpg
	w=$(identify -format %w page.jpg) h=$(identify -format %h page.jpg)
	n=$(stat -c %s page.jpg)
	{
		printf '%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n'
		printf '2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n'
		printf '3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>> endobj\n'
		printf '4 0 obj <</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>> stream\n' "$w" "$h" "$n"
		cat page.jpg
		printf '\nendstream endobj\n5 0 obj <</Length 29>> stream\n595 0 0 842 0 0 cm /I Do     \nendstream endobj\n'
		printf 'trailer <</Root 1 0 R/Size 6>>\n%%%%EOF\n'
	} >raw.pdf
	qpdf raw.pdf "$2" 2>/dev/null
	[ -s "$2" ]
}
jpeg_pdf scan2.png s2.pdf
jpeg_pdf cover.png cover.pdf
jpeg_pdf blank.png blank.pdf
# its file alone, as a text program saved it
for encoding in UTF-16 UTF-16LE UTF-32; do
	iconv -f UTF-8 -t $encoding "$X1" >wide.xml
	rm -f alone.pdf && pdfattach blank.pdf wide.xml alone.pdf
	is "attached alone: in $encoding" "null xml unchecked U-PROFILE;" alone.pdf
done
is "a scanned page" "1 packed valid;" s2.pdf
scans() {
	# a letter that is read at a glance must not hide one that is not
	pdftoppm -r 200 -gray -png -singlefile "$1" left
	pdftoppm -r 200 -gray -png -singlefile "$2" right
	convert left.png \( right.png -blur 0x2.5 \) +append -rotate 90 -resize 1654x two.png
	jpeg_pdf two.png two-on-one.pdf
	is "two letters on one page, one of them soft" "1 packed valid; 1 packed valid;" two-on-one.pdf
	is "... as a picture" "null packed valid; null packed valid;" two.png
	scanned=()
	for pdf in "${@:1:3}"; do
		name=scanned-$(basename "$pdf")
		pdftoppm -r 150 -gray -singlefile "$pdf" sheet # noise is dear to deflate
		convert sheet.pgm -seed 3 -attenuate 0.2 +noise Gaussian -rotate 0.6 sheet.pgm
		jpeg_pdf sheet.pgm "$name"
		scanned+=("$name")
	done
	qpdf --empty --pages "${scanned[@]}" -- scanned.pdf
	is "three scanned letters" "1 packed valid; 2 packed valid; 3 packed valid;" scanned.pdf
	check "... in the order of pages" test "$(json letterNumber <said.json | sort -c && echo sorted)" = sorted
}
whole && scans "$@"
qpdf --empty --pages cover.pdf s2.pdf blank.pdf "$P1" cover.pdf cover.pdf -- mail.pdf
is "cover, letter, blank page, letter, two enclosures" \
    "1 null unchecked U-UNREADABLE; 2 packed valid; 4 packed valid; 5 null unchecked U-UNREADABLE; 6 null unchecked U-UNREADABLE;" mail.pdf
check "... exit 2" test "$(cat said.rc)" = 2
if whole; then # read once more for its words alone, which are the same there
	exits 2 "... the same in words" verify mail.pdf
	has "... named in words" "No letter was found on pages 5-6."
	has "... as pages that may be a letter's" "compare them with what the screen shows"
	hasnt "... not the blank page" "page 3"
	check "... behind their letter in the table" bash -c 'printf "%s\n" "$1" |
	    grep -A1 "mail.pdf, page 4 .*VALID" | grep -q "pages 5-6 .*U-UNREADABLE"' _ "$OUT"
fi
is "no letter at all is one result" "null null unchecked U-UNREADABLE;" cover.pdf

# a sheet of two pages: the second goes on with the letter that is attached
{
	echo "$HEADER"
	for i in 1 2 3 4 5 6 7 8 9 a b c; do
		deps="${deps-}Quispe Huamani de los Angeles Maria del Rosario Fernandez y Gonzalez Castellanos|2001|CHILD;"
	done
	# the column before the appointment is the dependants'
	person 90 Quispelong Ana | awk -v deps="${deps%;}" -F, -v OFS=, '{ $22 = deps; print }'
} >long.csv
if draft long.csv >/dev/null 2>&1 && approve --all --yes --out long >/dev/null 2>&1; then
	deliver >/dev/null 2>&1
	long=$(echo long/*.pdf)
	if [ "$(pdfinfo "$long" | sed -n 's/^Pages: *//p')" -gt 1 ]; then
		is "a sheet of two pages is one letter" "1 packed valid;" "$long"
	else
		echo "skip a sheet of two pages: it has one"
	fi
else
	not_ok "a letter with twelve dependants"
fi

# past the last page that is looked at
past_the_limit() {
	sed 's/595 842/60 84/;s/595 0 0 842/060 0 0 084/' blank.pdf >raw.pdf
	qpdf raw.pdf small.pdf 2>/dev/null # so many are read in a moment
	args=("$P1")
	for _ in $(seq 101); do args+=(small.pdf); done
	qpdf --empty --pages "${args[@]}" -- many.pdf
	is "past the limit" "1 packed valid; 101 null unchecked U-UNREADABLE; 102 null unchecked U-UNREADABLE;" many.pdf
	exits 2 "... exit 2" verify many.pdf
	has "... and what to do" "Pages 101-102 were not read: scan them apart."
}
whole && past_the_limit

# --- the same on a busy machine ---------------------------------------------------
# A photo that is read late, and one that is not: counted work, not time.
strip() { sed 's/"checkedAt":"[^"]*"//; s/"ageDays":[0-9]*//' "$1"; }
# a machine that has other things to do: half of it goes to them, which takes
# nothing from the tests beside
busy() {
	setsid sello-verify check --home post --json hard.pdf soft.jpg >busy.json 2>/dev/null &
	local judging=$!
	while kill -0 $judging 2>/dev/null; do
		kill -STOP -- -$judging 2>/dev/null
		sleep 0.3
		kill -CONT -- -$judging 2>/dev/null
		sleep 0.3
	done
	wait $judging
}
if sanitized; then
	echo "skip a busy machine: what is counted is the same in the other build"
else
	pdftoppm -r 110 -gray -png -singlefile "$1" soft
	convert soft.png -blur 0x1.6 -seed 7 -attenuate 0.4 +noise Gaussian soft.jpg
	convert soft.png -blur 0x6 lost.jpg
	jpeg_pdf soft.jpg soft.pdf
	jpeg_pdf lost.jpg lost.pdf
	qpdf --empty --pages soft.pdf lost.pdf s2.pdf -- hard.pdf
	verify --json hard.pdf soft.jpg >quiet.json 2>/dev/null
	check "a page that is read late is read" grep -q '"page":3' quiet.json
	busy
	check "the same results on a busy machine" cmp <(strip busy.json) <(strip quiet.json)
fi

# --- what never ends ---------------------------------------------------------------
mkfifo pipe
never() { judge "$1" unchecked U-INPUT timeout 60 sello-verify check --home post --json "$2"; }
wait
judge "a pipe that nobody writes" unchecked U-INPUT bash -c 'cat silent.err >&2; cat silent.json; exit "$(cat silent.rc)"'
never "/dev/zero" /dev/zero
never "/dev/random" /dev/random
never "a terminal" /dev/ptmx
judge "a pipe with a writer" valid "" timeout 60 sello-verify check --home post --json <(cat "$X1")
cat "$X1" >pipe &
writing=$!
judge "a named pipe with a writer" valid "" timeout 60 sello-verify check --home post --json pipe
wait $writing
exits 74 "a pipe as the table of people" bash -c 'cat unwritten.out; exit "$(cat unwritten.rc)"'

# --- what is kept of a letter is the post's alone -----------------------------------
umask 022
exits 0 "saved from paper" verify --save kept bare.pdf
has "... where, is said" "The letter's file is saved: kept/"
check "... readable by its owner only" test "$(stat -c %a kept/*.xml)" = 600
# --- a reader that tells more than is kept --------------------------------------------
check "stopped for eleven seconds and resumed: valid" test "$(cat stopped.rc)" = 0
# flood BEFORE AFTER: so many codes that are not ours around a letter's
flood() {
	{
		printf '#!/bin/sh\ncat <<.\n'
		yes "qr U0VMTEU=" | head -n "$1"
		printf 'qr %s\n' "$(printf %s "$code" | base64 -w 0)"
		yes "qr U0VMTEU=" | head -n "$2"
		printf 'end\n.\n'
	} >stopped/sello-decode
}
flooded() { stopped/sello-verify check --home post --json "${P1%.pdf}.png"; }
flood 1 8190
exits 0 "as many codes as are kept" flooded
has "... the letter is judged" '"verdict":"valid"'
flood 1 8191
exits 2 "one more" flooded
has "... the letter is judged by its own bytes" '"verdict":"valid"'
has "... and that there was more is told" '"reasons":["U-SIZE"]'
flood 8192 0
exits 2 "a letter behind them" flooded
hasnt "... is not judged" '"verdict":"valid"'
has "... which is told" '"reasons":["U-SIZE"]'

done_testing
