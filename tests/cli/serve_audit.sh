#!/bin/bash
# The auditor's page, as a browser asks for it: a proof, a question, notes and
# what was not checked are those of `check`, in every language; plots have the
# numbers of the logs; the report is `report`'s; nobody's name is anywhere, and
# hostile names are text.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || {
	echo "skip the auditor's page: no curl"
	done_testing
}
world
draft "$SOURCE/examples/people.csv" >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
sello-issue publish --home center --to pub >/dev/null 2>&1
sello-verify sync --home post pub >/dev/null 2>&1
verify --record --answer mismatch "$(ls letters/*.xml | head -n 1)" >/dev/null 2>&1
sello-verify export --home post --to report.txt >/dev/null 2>&1
number=$(basename "$(ls letters/*.xml | head -n 1)" .xml)
printf '[GTGUA01]\nhours = Mon 00:00-00:01\n' >narrow.ini
# two logs that contradict each other, and a folder with a name that bites
strange=$'<img src=x onerror=alert(1)>\xe2\x80\xae"\x27'
copy_of center other
cp -a pub fork
issue center more 1 >/dev/null
issue other more2 2 3 >/dev/null
close_day center pub >/dev/null 2>&1
close_day other fork >/dev/null 2>&1
mkdir "$strange"

# serve OPTION... FOLDER: the auditor's pages
serve() { pages sello-audit serve --root root/root.crt --seed 7 "$@"; }
get() { curl -s -b jar -c jar -o "${2:-answer}" -w '%{http_code}' -H "Accept: ${3:-application/json}" "$BASE$1" >status; }
# page: when the audit is done, in ./page.html
page() {
	for _ in $(seq 3000); do
		get / page.html text/html
		grep -q 'data-state="running"' page.html || break
		sleep 0.1
	done
	TOKEN=$(sed -n 's/.*name="sello-token" content="\([^"]*\)".*/\1/p' page.html)
}
enter() {
	curl -s -c jar -o /dev/null "$LINK"
	page
}
form() {
	curl -s -b jar -c jar -o answer -w '%{http_code}' -H "X-Sello-Token: $TOKEN" \
	    -H "Origin: $BASE" -H 'Accept: application/json' --data "$2" "$BASE$1" >status
}
# same OPTION...: the page's findings are those of `check` with these options
same() {
	sello-audit check --json --root root/root.crt "$@" >lines.json 2>/dev/null
	{ printf '{"findings":['; paste -sd, lines.json | tr -d '\n'; printf ']}'; } >want
	get /findings
	cmp want answer && diff <(sed 's/.*"finding":"\([^"]*\)","severity":"\([^"]*\)".*/\1 \2/' lines.json) \
	    <(grep -o 'data-finding="[^"]*" data-severity="[^"]*"' page.html | cut -d'"' -f2,4 | tr '"' ' ')
}
# sum PLOT: of the numbers in the first table of this plot
sum() {
	sed -n "/<figure data-plot=\"$1\"/,/<.figure>/p" page.html | sed '/<tfoot>/,$d' |
	    grep -o '<td class="n">[0-9]*' | grep -o '[0-9]*$' | paste -sd+ | bc
}

# --- what people type -------------------------------------------------------------
exits 64 "no root" sello-audit serve --no-browser pub
exits 64 "no folder" sello-audit serve --no-browser --root root/root.crt
exits 66 "a root that is not there" sello-audit serve --no-browser --root nowhere.crt pub
exits 65 "a calendar that is none" sello-audit serve --no-browser --root root/root.crt --calendar root/root.crt pub
exits 64 "a port that is none" sello-audit serve --no-browser --root root/root.crt --port x pub

# --- the page ---------------------------------------------------------------------
given=(--presentations report.txt --calendar narrow.ini pub fork "$strange")
serve --json "${given[@]}"
check "the link is said as JSON" grep -q '^{"url":"http://127.0.0.1:[0-9]*/start/[A-Za-z0-9_-]\{22,\}"}$' link
enter
check "the link opens the page" grep -q '<main data-page="auditor">' page.html
check "without the cookie there is none" bash -c '
	for path in / /findings /letters /report /line /progress; do
		[ "$(curl -s -o /dev/null -w "%{http_code}" "$1$path")" = 403 ] || exit 1
	done' _ "$BASE"
check "... and without the token nothing begins" bash -c '
	[ "$(curl -s -b jar -o /dev/null -w "%{http_code}" -H "Origin: $1" --data "" "$1/again")" = 403 ]' _ "$BASE"
check "the page asks for two things more" bash -c '
	[ "$(grep -oE "(src|href)=\"/web/[^\"]*\"" page.html | wc -l)" = 2 ]'
check "... and has every hook" bash -c '
	for id in language findings-filter sample again report filter-center filter-severity filter-kind; do
		grep -q "id=\"$id\"" page.html || { echo "$id"; exit 1; }
	done'
check "a proof, a question, a note and what could not be checked" bash -c '
	for one in A-FORK\"\ data-severity=\"proof A-HOURS\"\ data-severity=\"question \
	    A-MISMATCH\"\ data-severity=\"question A-UNCHECKED\"\ data-severity=\"note; do
		grep -q "data-finding=\"$one\"" page.html || { echo "$one"; exit 1; }
	done'
check "... the same as check says" same "${given[@]}"
check "... with its sentence" grep -qF "$(sello-audit check --root root/root.crt "${given[@]}" 2>/dev/null | head -n 1)" page.html
check "a finding has its evidence" bash -c '
	grep -A30 "data-finding=\"A-MISMATCH\"" page.html | grep -q "<bdi>$1</bdi>"' _ "$number"
check "hostile names are text" bash -c '
	! grep -q "<img" page.html && grep -qF "&lt;img src=x onerror=alert(1)&gt;" page.html &&
	! grep -q "$(printf "\xe2\x80\xae")" page.html'
check "... also in a query" bash -c '
	curl -s -b jar "$1/letters?center=%3Cimg%3E&person=%3Cimg%3E&period=%3Cimg%3E" | grep -q "data-plot" &&
	! curl -s -b jar "$1/letters?center=%3Cimg%3E&person=%3Cimg%3E&period=9999-99" | grep -q "<img"' _ "$BASE"
check "nobody's name" bash -c '! grep -qwE "Elvira|Cucul|Candelaria|1990-05-02" page.html'
for lang in es fr pt ht en; do
	form /language "language=$lang"
	page
	check "the page speaks $lang" grep -q "<html lang=\"$lang\">" page.html
	check "... as check does" same --lang $lang "${given[@]}"
done

# --- lines --------------------------------------------------------------------------
get "/line?center=GTGUA01&log=1&line=0"
check "a line as it stands in the log" grep -q '^s1 0 ' answer
for query in "center=GTGUA01&log=1&line=99999" "center=GTGUA01&log=9&line=0" "center=..&log=1&line=0" "log=1" "center=GTGUA01&log=1&line=-1"; do
	get "/line?$query"
	check "... and none for $query" test "$(cat status)" = 404
done
pages_end
check "SIGTERM ends it with 0" test $? = 0

# --- letters and sample --------------------------------------------------------------
serve pub
enter
cp -rp pub pub.kept
find pub -path '*/entries/*' -type f -exec sed -i 's/GTGUA01-20/GTGUA99-20/g' {} +
get "/line?center=GTGUA01&log=1&line=5"
check "a folder that was changed meanwhile shows no line" test "$(cat status)" = 500
check "... but that it does not fit" grep -q "does not fit the signed head" answer
rm -r pub
mv pub.kept pub
get "/line?center=GTGUA01&log=1&line=5"
check "... and the line again when it is mended" grep -q '^s1 5 ' answer
letters=$(sello-audit lines --json --root root/root.crt pub | grep -cE '"kind":"(issue|correct)"')
for plot in day center; do
	check "letters by $plot are those of the log" test "$(sum $plot)" = "$letters"
done
check "... each by two persons" test "$(sum person)" = $((letters * 2))
get "/letters?center=GTGUA01&person=OF1007" page.html
check "... those of one" test "$(sum day)" = "$letters"
get "/letters?period=2001" page.html
check "... none in another year" test -z "$(sum day)"
page
check "the sample has its seed" grep -q 'id="sample".* data-seed="7"' page.html
for public in "" --public; do
	exits 0 "report $public" sello-audit report --root root/root.crt --seed 7 $public --out report.html pub
	get "/report${public:+?public=1}" saved.html
	check "... is what the page saves" bash -c '
		# the minute in which it was made
		undated() { sed "s/<p class=\"sub\">.*//" "$1"; }
		cmp <(undated report.html) <(undated saved.html)'
done
check "... with the same sample" bash -c '
	sample() { sed -n "/class=.sample/,/<.table>/p" "$1"; }
	sello-audit report --root root/root.crt --seed 7 --out report.html pub >/dev/null 2>&1
	[ -n "$(sample report.html)" ] && [ "$(sample report.html)" = "$(sample page.html)" ]'

# --- again -----------------------------------------------------------------------------
check "what was not given is told without options" bash -c '! grep -q -- "--presentations" page.html'
mv pub away
page
check "what was found stays" same away
form /again ""
page
check "until it is checked again" grep -q 'data-finding="A-UNCHECKED"' page.html
mv away pub
form /again ""
page
check "... and again" bash -c '! grep -q "data-finding=\"A-UNCHECKED\"" page.html'
pages_end
serve --state state pub
enter
check "the state is kept" test -s state/trust.xml
pages_end
check "... and it ends while nobody asks" test $? = 0
serve pub
curl -s -c jar -o /dev/null "$LINK"
curl -s -b jar -o /dev/null "$BASE/" &
pages_end
check "... or while it audits" test $? = 0
done_testing
