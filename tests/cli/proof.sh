#!/bin/bash
# The test page of printer and scanner: printed, scanned in many ways, and told
# what it says; nobody takes it for a letter.
. "$(dirname "$0")/lib.sh"
for tool in pdftoppm convert qpdf; do
	command -v $tool >/dev/null || {
		echo "skip proof: no $tool"
		exit 0
	}
done
# at DPI WHAT-CONVERT-TAKES... FILE: a file that says so many dots an inch
at() { convert "${@:2:$#-2}" -units PixelsPerInch -density "$1" "${@: -1}"; }
# says "what" EXIT SCAN KEY=VALUE...: --check, as programs are told
says() {
	local what=$1 want=$2 scan=$3 pair got
	shift 3
	exits "$want" "$what" sello-issue proof --check "$scan" --json
	for pair; do
		got=$(json "${pair%%=*}" <<<"$OUT")
		if [ "$got" = "${pair#*=}" ]; then ok "$what: $pair"; else not_ok "$what: $got, not $pair"; fi
	done
}
# near "what" KEY VALUE: of the last answer, at most 5 thousandths off
near() {
	local got
	got=$(json "$2" <<<"$OUT")
	if [ "${got:-null}" != null ] && [ $((got - $3)) -le 5 ] && [ $(($3 - got)) -le 5 ]; then ok "$1: $2 $3"; else
		not_ok "$1: $2 $got, not $3"
	fi
}
read_of() { grep -o '"read":[a-z]*' <<<"$OUT" | sed 's/"read"://' | tr '\n' ' ' | sed 's/ $//'; }
# codes "what" WORDS: which were read, the largest first
codes() {
	local got
	got=$(read_of)
	if [ "$got" = "$2" ]; then ok "$1: $2"; else not_ok "$1: $got, not $2"; fi
}

# --- the page -----------------------------------------------------------------------
exits 0 "a page without a name" sello-issue proof
has "it says what to do" "--check SCAN"
check "it is proof.pdf" test -s proof.pdf
echo "something else" >kept.pdf
exits 73 "a file that is there is kept" sello-issue proof kept.pdf
rm kept.pdf
exits 0 "a name" sello-issue proof a4.pdf --paper a4 --json
has "it is told" '{"file":"a4.pdf","printed":false}'
check "A4" grep -q '595.[0-9]* x 841' <(pdfinfo a4.pdf)
check "US Letter" grep -q '612 x 792' <(pdfinfo proof.pdf)
check "a sound file" qpdf --check proof.pdf
check "not scaled" grep -aq '/PrintScaling /None' <(qpdf --qdf --object-streams=disable proof.pdf -)
check "one page" grep -q 'Pages: *1$' <(pdfinfo proof.pdf)
exits 64 "not both" sello-issue proof --check proof.pdf other.pdf
exits 64 "nor these" sello-issue proof --check proof.pdf --print
exits 64 "one page at a time" sello-issue proof one.pdf two.pdf
# what differs by a number or a word alone, once where the sanitizers watch
langs=ht many=200
whole && many="150 200"
[ "${SELLO_TORTURE:-}" ] && langs="es fr pt ht" many="150 200 300"
for lang in $langs; do
	exits 0 "in another language: $lang" sello-issue proof --lang $lang $lang.pdf
	says "as it is drawn: $lang" 0 $lang.pdf answer=good scaled=false
done

# --- scanned well --------------------------------------------------------------------
for paper in proof a4; do
	says "$paper, as it is drawn" 0 $paper.pdf answer=good scaled=false moduleOfLetters=762 moduleToUse=423
	near "$paper, as it is drawn" across 1000
	near "$paper, as it is drawn" down 1000
done
for dpi in $many; do
	pdftoppm -r $dpi -gray -singlefile proof.pdf s$dpi
	# each kind of file says its dots in its own way, however many they are
	kinds=png
	{ [ $dpi = 200 ] || [ "${SELLO_TORTURE:-}" ]; } && kinds="png jpg tif"
	for kind in $kinds; do
		case $kind in
		png) how=() ;;
		jpg) how=(-quality 80) ;;
		tif) how=(-compress lzw) ;;
		esac
		at $dpi s$dpi.pgm "${how[@]}" s$dpi.$kind
		says "$dpi dots, $kind" 0 s$dpi.$kind answer=good scaled=false dotsAcross=$dpi dotsDown=$dpi
		near "$dpi dots, $kind" across 1000
		near "$dpi dots, $kind" down 1000
		codes "$dpi dots, $kind" "true true true true true"
	done
done
exits 0 "in words" sello-issue proof --check s200.png
has "good" "Good:"
has "how large" "Not scaled: 100"
hasnt "nothing to do" "Set the printer"

# --- scaled, turned, as faxes do ---------------------------------------------------------
for percent in $(whole && echo 97) 90; do
	at 200 s200.pgm -resize $percent% -background white -gravity center -extent 1700x2200 scaled.png
	says "scaled to $percent %" 0 scaled.png answer=good scaled=true
	near "scaled to $percent %" across ${percent}0
	near "scaled to $percent %" down ${percent}0
done
at 200 scaled.png -compress lzw scaled.tif
exits 0 "scaled, in words" sello-issue proof --check scaled.png
has "how far" "Scaled: 90."
has "and what to do" "actual size"
# otherwise: by where the codes stand on the page
otherwise() {
	at 200 s200.pgm -resize '100%x96%!' -background white -extent 1700x2200 squeezed.png
	says "squeezed" 0 squeezed.png scaled=true
	near "squeezed" across 1000
	near "squeezed" down 960
	at 200 squeezed.png -rotate 90 turned.png
	says "squeezed, and on its side" 0 turned.png scaled=true
	near "squeezed, and on its side" across 1000
	near "squeezed, and on its side" down 960
	at 200 s200.pgm -background white -rotate 2 askew.png
	says "askew" 0 askew.png scaled=false answer=good
	near "askew" across 1000
	near "askew" down 1000
	pdftoppm -rx 204 -ry 98 -gray -singlefile proof.pdf fax
	convert fax.pgm -threshold 60% -units PixelsPerInch -density 204x98 -compress group4 fax.tif
	says "a coarse fax" 0 fax.tif scaled=false
	near "a coarse fax" across 1000
	near "a coarse fax" down 1000
	if command -v tiff2pdf >/dev/null; then
		tiff2pdf -o scan.pdf scaled.tif
		says "a PDF from a scanner" 0 scan.pdf answer=good scaled=true
		near "a PDF from a scanner" across 900
		near "a PDF from a scanner" down 900
	fi
	convert blank.png s200.tif -units PixelsPerInch -density 200 pages.tif
	says "the second page of two" 0 pages.tif answer=good
}
convert -size 800x1000 xc:white blank.png
whole && otherwise

# --- where the file does not say how large it is ------------------------------------------
unsized() {
	convert s200.pgm -strip bare.png
	at 72 s200.pgm screen.png
	at 1000 s200.pgm wrong.png
	for file in bare screen wrong; do
		says "$file" 0 $file.png answer=good scaled=false across=null down=null dotsAcross=null
		near "$file" acrossToDown 1000
	done
	convert squeezed.png -strip bare.png
	says "squeezed, without dots" 0 bare.png scaled=true across=null
	near "squeezed, without dots" acrossToDown 1042
	exits 0 "in words" sello-issue proof --check bare.png
	has "what is known" "across is 104."
	at 200 s200.pgm -virtual-pixel white -distort Perspective \
		'0,0 120,150 1699,0 1640,20 1699,2199 1699,2199 0,2199 10,2080' photo.jpg
	says "a photo" 0 photo.jpg answer=good scaled=null across=null down=null acrossToDown=null
}
whole && unsized

# --- not good enough -------------------------------------------------------------------------
at 200 s200.pgm -blur 0x2 soft.png
says "soft" 0 soft.png answer=good scaled=false
codes "soft" "true true true false false"
says "soft" 0 soft.png moduleToUse=762
at 200 s200.pgm -blur 0x3.5 softer.png
says "softer" 2 softer.png answer=bad moduleToUse=null
codes "softer" "true false false false false"
exits 2 "in words" sello-issue proof --check softer.png
has "not good" "Not good enough"
hasnt "one code is too short to measure the page by" "caled"
says "softer" 2 softer.png scaled=null across=null down=null
at 200 s200.pgm -blur 0x9 softest.png
exits 65 "nothing can be read" sello-issue proof --check softest.png
has "it may be the page" "not good enough"
# the letters' own code is covered, finer ones are not
at 200 s200.pgm -fill white -draw 'rectangle 880,690 1200,1140' hole.png
says "a stain" 1 hole.png answer=barely
codes "a stain" "true false true true true"
exits 1 "in words" sello-issue proof --check hole.png
has "what to look for" "smudged"
at 200 s200.pgm -fill white -draw 'rectangle 100,1420 1400,1900' cut.png
says "letters' own is the finest" 1 cut.png answer=barely moduleToUse=1016

# --- not the page ------------------------------------------------------------------------------
exits 65 "a blank page" sello-issue proof --check blank.png
convert rose: rose.png
exits 65 "a photo of something else" sello-issue proof --check rose.png
has "what to give" "sello-issue proof"
echo "hello" >words.txt
exits 65 "a text" sello-issue proof --check words.txt
sello-decode <s200.png | sed -n 's/^qr //p;T;q' | base64 -d >code.txt
exits 65 "a code that was typed" sello-issue proof --check code.txt
has "it is no scan" "not a scan"
: >empty
exits 65 "an empty file" sello-issue proof --check empty
exits 66 "no file" sello-issue proof --check none.png
exits 0 "places are said when asked for" bash -c 'sello-decode --places <s200.png | cat'
check "each code has one" test "$(grep -c '^place 1700 2200 2159[0-9]* 2794[0-9]* ' <<<"$OUT")" = 5
exits 0 "and else not" bash -c 'sello-decode <s200.png | cat'
hasnt "no place" "place"

# --- at a consulate, and beside letters -----------------------------------------------------------
world
{
	echo "$HEADER"
	person 1 Quispe Ana
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out out >/dev/null 2>&1
deliver >/dev/null 2>&1
exits 0 "on the center's paper" sello-issue proof --home center center.pdf
set -- out/*.pdf
exits 65 "a letter is no test page" sello-issue proof --check "$1"
has "what to give" "no scan of the test page"
exits 2 "an officer scans the page" sello-verify check --home post --json s200.png
check "one result" test "$(wc -l <<<"$OUT")" = 1
has "no letter" '"U-FOREIGN"'
exits 2 "in words" sello-verify check --home post s200.png
has "it is named" "test page of a printer"
exits 2 "typed by a scanner" bash -c 'sello-verify check --home post - <code.txt'
has "it is named" "test page of a printer"
convert s200.png \( "${1%.pdf}.png" -resize 400x400 \) -geometry +1250+60 -composite both.png
exits 0 "a letter on the same paper" sello-verify check --home post --json both.png
has "counts alone" '"ignored":5'

# --- printing ---------------------------------------------------------------------------------------
mkdir lp.bin
printf '#!/bin/bash\nprintf "%%s " "$@" >"%s/asked"\ncat >"%s/printed.pdf"\n' "$TMP" "$TMP" >lp.bin/lp
chmod +x lp.bin/lp
PATH=$TMP/lp.bin:$PATH
exits 0 "to the printer" sello-issue proof --print --json
has "no file" '{"file":null,"printed":true}'
check "not scaled, one side" grep -q 'print-scaling=none.*sides=one-sided' asked
check "it is the page" qpdf --check printed.pdf
exits 0 "both" sello-issue proof --print=Lobby kept.pdf
check "the printer's name" grep -q -- '-d Lobby' asked
check "and the file" test -s kept.pdf
done_testing
