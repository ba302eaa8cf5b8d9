#!/bin/bash
# The officer's page, as a browser asks for it: the start link once, then the
# same verdicts as the command line, byte for byte, over good and hostile
# inputs; visits and answers as `scan` keeps them; sync; the end.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || {
	echo "skip the officer's page: no curl"
	done_testing
}
world
draft "$SOURCE/examples/people.csv" >/dev/null 2>&1
approve --all --yes --out letters >/dev/null 2>&1
sello-issue publish --home center --to pub >/dev/null 2>&1
sello-verify sync --home post pub >/dev/null 2>&1
letter=$(ls letters/*.xml | head -n 1)
second=$(ls letters/*.xml | sed -n 2p)
picture=${letter%.xml}.png
number=$(basename "$letter" .xml)
check "letters were signed" test -s "$letter" -a -s "$picture"

# serve HOME [OPTION...]: the officer's pages
serve() { pages sello-verify serve --home "$@"; }
# enter: follow the link; the token of the page in $TOKEN
enter() {
	curl -s -c jar -o /dev/null -w '%{http_code}' "$LINK" >status
	curl -s -b jar "$BASE/" >page.html
	TOKEN=$(sed -n 's/.*name="sello-token" content="\([^"]*\)".*/\1/p' page.html)
}
# post PATH FILE [ACCEPT]: raw bytes; the status in ./status, the answer in ./answer
post() {
	curl -s -b jar -o answer -w '%{http_code}' -H "X-Sello-Token: $TOKEN" \
	    -H "Origin: $BASE" -H "Accept: ${3:-application/json}" \
	    -H 'Content-Type: application/octet-stream' --data-binary @"$2" "$BASE$1" >status
}
# form PATH FIELDS
form() {
	curl -s -b jar -c jar -o answer -w '%{http_code}' -H "X-Sello-Token: $TOKEN" \
	    -H "Origin: $BASE" -H 'Accept: application/json' --data "$2" "$BASE$1" >status
}
status() { [ "$(cat status)" = "$1" ] || { cat status answer; return 1; }; }

# --- the link -----------------------------------------------------------------
cp -r post post.keep
sello-verify init --home fresh --root root/root.crt --consulate ES-GTGUA >/dev/null
serve fresh
enter
check "a post without a list says so" grep -q 'none yet; take one' page.html
check "... without a command: the form is there" bash -c '! grep -q "sello-verify sync" page.html'
pages_end
serve post --json
check "the link is said as JSON" grep -q '^{"url":"http://127.0.0.1:[0-9]*/start/[A-Za-z0-9_-]\{22,\}"}$' link
enter
check "the link opens the page" grep -q 'data-page="officer"' page.html
check "... once" bash -c '[ "$(curl -s -o /dev/null -w "%{http_code}" "$1")" = 403 ]' _ "$LINK"
# another_link N: ask for one; whether there are N lines then
another_link() {
	kill -USR1 "$SERVE"
	for _ in $(seq 100); do
		[ "$(wc -l <link)" -lt "$1" ] || return 0
		sleep 0.1
	done
	return 1
}
opens() { # N: what the Nth link that was told is answered with
	curl -s -o /dev/null -w '%{http_code}' "$(sed -n "$1s/.*\"\(http[^\"]*\)\".*/\1/p" link)"
}
check "another link is told when it is asked for" another_link 2
check "... and one more" another_link 3
# gone: asks for the last link, and is gone before the program can look
gone() {
	local link port
	link=$(sed -n '$s/.*"\(http[^"]*\)".*/\1/p' link)
	port=${link%/start/*} port=${port##*:}
	kill -STOP "$SERVE"
	exec 7<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /start/%s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n' "${link##*/}" "$port" >&7
	exec 7>&-
	kill -CONT "$SERVE"
}
gone
check "... of them the last one works, also when somebody asked and did not wait" test "$(opens 1) $(opens 2) $(opens 3) $(opens 3)" = "403 403 303 403"
check "... and the page that was open stays" bash -c 'curl -s -b jar "$1/" | grep -q "data-page=\"officer\""' _ "$BASE"
check "without the cookie there is none" bash -c '[ "$(curl -s -o /dev/null -w "%{http_code}" "$1/")" = 403 ]' _ "$BASE"
check "without the token nothing is judged" bash -c '
	[ "$(curl -s -b jar -o /dev/null -w "%{http_code}" -H "Origin: $1" --data-binary @"$2" "$1/check")" = 403 ]' _ "$BASE" "$letter"
check "the page asks for three things, of 100 kB at most" bash -c '
	asked=$(grep -oE "(src|href)=\"/[^\"]*\"" page.html | wc -l)
	all=$( (cat page.html; for f in css js; do curl -s -b jar "$1/web/officer.$f"; done) | wc -c)
	echo "$asked $all"; [ "$asked" = 2 ] && [ "$all" -le 100000 ]' _ "$BASE"
check "... and has every hook" bash -c '
	for id in code file camera preview verdict answer-match answer-mismatch answer-none hint knowledge sync number clear language; do
		grep -q "id=\"$id\"" page.html || { echo "$id"; exit 1; }
	done'
for lang in es en fr pt ht; do
	form /language "language=$lang"
	check "the page speaks $lang" bash -c 'curl -s -b jar "$1/" | grep -q "<html lang=\"$2\">"' _ "$BASE" $lang
done
form /language language=en
exits 74 "a port that is taken is said" sello-verify serve --home post --no-browser --port "${BASE##*:}"
pages_end
check "SIGTERM ends it with 0" test $? = 0

# --- the same verdicts ----------------------------------------------------------
# Of both the same post, each for itself: what one records the other must not see.
sed '0,/Candelaria/s//Candelarix/' "$letter" >changed.xml
head -c 3000 /dev/urandom >noise.bin
: >empty
printf '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' >entity.xml
printf '<script>alert(1)</script>\xe2\x80\xae\n' >hostile.txt
head -c 2000 "$picture" >cut.png
zbarimg -q --raw "$picture" 2>/dev/null >code.txt || sello-verify check --json --home post.keep "$picture" >/dev/null
{ cat code.txt; echo SELLOAAAA; } >codes.txt
cp -r post.keep post.page
cp -r post.keep post.line
serve post.page
enter
# every file of the examples' letters: a sample of them under sanitizers
examples=("$SOURCE"/examples/*)
sanitized || examples+=(letters/*)
for file in "$letter" "$picture" "${second%.xml}.pdf" "$letter" changed.xml noise.bin empty \
    entity.xml hostile.txt cut.png codes.txt "${examples[@]}"; do
	[ -e "$file" ] || continue
	post "/check?name=$(sed 's|/|%2F|g' <<<"$file")" "$file"
	sello-verify check --json --home post.line "$file" >line.json 2>/dev/null
	check "$(basename "$file"): the same JSON" bash -c '
		undated() { sed "s/\"checkedAt\":\"[^\"]*\"/\"checkedAt\":\"\"/g"; }
		{ printf "{\"results\":["; paste -sd, line.json | tr -d "\n"; printf "]}"; } | undated >want
		undated <answer | diff want - >differs || { head -c 600 differs; exit 1; }'
	# the page records, `check` does not: from now on both know the visit
	rm -rf post.line
	cp -r post.page post.line
	sqlite3 post.line/post.db 'DELETE FROM presentation' 2>/dev/null
done
post /check changed.xml text/html
check "red shows a number at most" bash -c 'grep -q "data-verdict=\"not-authentic\"" answer && ! grep -q data-field answer'
post '/check?name=%3Cimg%20src%3Dx%3E%E2%80%AE' hostile.txt text/html
check "what is hostile is text" bash -c '! grep -q "<img\|<script" answer && grep -q "&lt;img" answer'
post "/check?as=line" <(printf '%s' "$number") text/html
check "a typed number is never green" grep -q 'data-reasons="U-REGISTER"' answer
post "/check?as=number" <(printf ' %s ' "$number") text/html
check "... nor from its own box" grep -q 'data-reasons="U-REGISTER"' answer
post "/check?as=number" <(printf '%s' "${number%?}!") text/html
check "a mistyped one is refused" status 422
check "... in words" grep -q 'read it again from the paper' answer
if [ -s code.txt ]; then
	head -c 100 code.txt >half.txt
	post "/check?as=typed" half.txt
	check "half a code is not judged" status 204
	post "/check?as=typed" code.txt
	check "a whole one is, without Enter" grep -q '"carrier":"packed","verdict":"valid"' answer
fi
{ printf '5 %d\na.xml' "$(wc -c <"$letter")"; cat "$letter"; printf '1 5\nbwords'; } >folder
post "/check?as=folder&name=today" folder
check "a folder is judged as one" grep -q '"source":"today/a.xml".*"ignoredFiles":1' answer
post "/check?as=folder&name=today&cut=1" folder
check "... of which not all came" grep -q 'U-SIZE' answer
post "/check?as=folder&name=today" code.txt
check "... what is none is refused" status 400
head -c 33554433 /dev/zero >large
post /check large
check "33 MB are too much" status 413
rm large
pages_end

# --- visits and answers -----------------------------------------------------------
rm -rf post.page
cp -r post.keep post.page
serve post.page
enter
post /check "$second" text/html
check "a letter is judged" grep -q 'data-verdict="valid"' answer
visit=$(sed -n 's/.*data-visit="\([0-9]*\)".*/\1/p' answer)
form /answer "visit=$visit&answer=mismatch"
check "the answer is taken" status 200
form /answer "visit=$visit&answer=perhaps"
check "... of three words only" status 400
form /answer "visit=9999&answer=match"
check "... for a visit that is kept here" status 404
form /answer "visit=${visit}x&answer=match"
check "... and by its number" status 404
check "it stands in the record" test "$(sqlite3 post.page/post.db 'SELECT answer FROM presentation' 2>/dev/null)" = mismatch
sello-verify export --home post.page --to report.txt >/dev/null 2>&1
check "... and in the export" grep -q "^seen $(basename "$second" .xml) .* m " report.txt
post /check "$second" text/html
check "read again it is the same visit" grep -q "the same visit" answer
curl -s -b jar "$BASE/knowledge" >known
check "today's visits: number and time, no name" bash -c 'grep -q "$1" known && grep -q "another person" known' _ "$(basename "$second" .xml)"

# --- what is known ------------------------------------------------------------------
rm post.page/trust.xml
curl -s -b jar "$BASE/knowledge" >known
check "a list that is gone is said at once" grep -q 'data-code="U-LIST-STALE"' known
form /sync "source=$TMP/pub"
check "sync begins" status 200
for _ in $(seq 1200); do
	curl -s -b jar "$BASE/sync" >taking
	grep -q data-exit taking && break
	sleep 0.1
done
check "... and ends in its words" bash -c 'grep -q "data-exit=\"0\"" taking && grep -q "pub: " taking'
curl -s -b jar "$BASE/knowledge" >known
check "the list counts at once" bash -c '! grep -q U-LIST-STALE known'
form /sync source=
check "sync of nothing is refused" status 400

# --- the camera -----------------------------------------------------------------------
if command -v convert >/dev/null; then
	convert "$picture" -bordercolor white -border 40 -depth 8 -colorspace Gray frame.pgm
	# one header line, as the page writes it
	convert frame.pgm gray:pixels
	{ identify -format 'P5 %w %h 255\n' frame.pgm; cat pixels; } >frame
	since=$SECONDS
	post /frame frame
	check "a frame with a code is judged" grep -q '"carrier":"packed"' answer
	post /frame frame
	# held: seen again within 3 s
	if ((SECONDS - since < 3)); then check "... once while it is held" status 204; else
		echo "skip ... once while it is held: the machine is busy"
	fi
fi
{ printf 'P5 64 64 255\n'; head -c 4096 /dev/zero; } >dark
sleep 3.2
head -c 8388609 /dev/zero >large
post /frame large
check "a frame of more than 8 MiB is refused" status 413
post /frame dark
check "a dark one gets a hint" grep -q '{"hint":"dark"' answer
printf 'no picture' >none
post /frame none
check "what is no picture too" grep -q '"hint":"damaged"' answer

pid=$(pgrep -P "$SERVE" | head -n 1)
pages_end
check "it ends with 0, and its child with it" bash -c '[ "$1" = 0 ] && { [ -z "$2" ] || ! kill -0 "$2" 2>/dev/null; }' _ $? "$pid"
exits 78 "without a post" sello-verify serve --home nowhere --no-browser
exits 64 "with a port that is none" sello-verify serve --home post --port x --no-browser
done_testing
