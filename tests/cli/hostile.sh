#!/bin/bash
# What strangers might hand in: files made by tests/hostile, judged by the programs,
# each with the verdict that it must get. None is shown as authentic that is not a
# letter of the center's, none ends a program, asks for a network, writes beside the
# home, or takes a second of processor time (tests/cli/measured.c: of a machine that
# is named, whatever this one is) or 256 MiB.
. "$(dirname "$0")/lib.sh"
HOME=$TMP/elsewhere TMPDIR=$TMP/elsewhere XDG_CACHE_HOME=$TMP/elsewhere
export HOME TMPDIR XDG_CACHE_HOME
mkdir elsewhere
MOST_MS=1000 MOST_KIB=$((256 << 10))
# AddressSanitizer takes what it takes
sanitized && MOST_MS=20000 MOST_KIB=$((2 << 20))
measured() { "$BUILD/tests/cli/measured" "$@"; }
# within "what": what was measured last stays below the limits; $ms and $kib
within() {
	local signal
	read -r signal ms kib <"$TMP/.taken"
	if ((signal == 0 && ms < MOST_MS && kib < MOST_KIB)); then return; fi
	not_ok "$1: signal $signal, $ms ms, $kib KiB"
}
# beside: all that is not the post's home, which must stay as it is
beside() { find . -mindepth 1 -path ./post -prune -o -path './.*' -prune -o -printf '%p %s %T@\n' | sort; }

"$PLAIN/make-hostile" hostile >/dev/null || { not_ok "making them"; exit 1; }
cd hostile || exit 1
sello-verify init --home ../post --root root.crt --consulate ES-GTGUA >/dev/null
sello-verify sync --home ../post pub >/dev/null
sello-verify check --home ../post --json honest/* >../honest.json
check "honest letters are valid" awk -f "$SOURCE/tests/hostile/compare.awk" \
    ../honest.json honest.expected ../honest.json
cd ..
before=$(beside)
watch
# judged GROUP: all its files by one program
judged() {
	cd "hostile/$1" || exit 1
	measured "$TMP/.taken" sello-verify check --home ../../post --json -- * >"$TMP/.answers"
	cd ../.. || exit 1
	within "$1"
	compared "$1" "$ms ms, $kib KiB"
}
# compared GROUP TAKEN: the answers with what they must be
compared() {
	local answer
	answer=$(awk -v some="${3:-}" -f "$SOURCE/tests/hostile/compare.awk" honest.json "${4:-hostile/$1.expected}" .answers)
	if [[ ${answer##*$'\n'} == *" 0" ]]; then
		ok "$1: ${answer% 0} files, all as they must be ($2)"
	else
		not_ok "$1: ${answer##*$'\n'}"
		head -n 20 <<<"$answer"
	fi
}
judged xml-changed
judged xml-signed
judged xml-wrapped
judged xml-signature
judged xml-forms
judged xml-types
judged packed
# left_out: what are hundreds of starts, `make torture` asks all. Else each second is
# asked, and AddressSanitizer gets each sixteenth; none of what a limit of memory must
# end, which it lacks
left_out() {
	local each=2
	sanitized && each=16
	case $each,$file in
	16,*-a-million-q.* | 16,*--3000-deep.* | 16,*-an-image-*) ((++n)) && return ;;
	esac
	[ ! "${SELLO_TORTURE:-}" ] && ((n++ % each))
}
# most FILE: its milliseconds. 192 MB of rows that each follow from the one before
# are 0.5 s of libpng alone: that file has room for a machine that is busy
most() { [[ $1 == *-64-million-of-3-bytes*-filter-4* ]] && echo $((MOST_MS * 3 / 2)) || echo "$MOST_MS"; }
# one_by_one GROUP: each file by a program of its own, which is measured
one_by_one() {
	local file ms kib n=0 dearest=0 largest=0
	cd "hostile/$1" || exit 1
	: >"$TMP/.answers"
	for file in *; do
		left_out && continue
		MOST_MS=$(most "$file") measured "$TMP/.taken" sello-verify check --home ../../post --json -- "$file" >>"$TMP/.answers"
		MOST_MS=$(most "$file") within "$1: $file"
		((ms > dearest)) && dearest=$ms
		((kib > largest)) && largest=$kib
	done
	cd ../.. || exit 1
	compared "$1" "at most $dearest ms, $largest KiB" $((n > 0))
}
one_by_one pictures
one_by_one pdf
# synced: each stick by a post that knows nothing yet, and what it says of letter 1
synced() {
	local file='' stick want got code asked n=0 wrong=0
	sello-verify init --home fresh --root hostile/root.crt --consulate ES-GTGUA >/dev/null
	while IFS=$'\t' read -r stick want; do
		left_out && continue
		rm -rf probe && cp -a fresh probe
		measured .taken sello-verify sync --home probe "hostile/sticks/$stick" >.said 2>&1
		code=$?
		within "$stick"
		got=$(sello-verify check --home probe --json hostile/honest/00001-*)
		got=${got#*\"reasons\":[} got=${got%%]*} got=${got%%,*}
		got=$code:${got//\"/}
		[[ "|$want|" == *"|$got|"* ]] && continue
		wrong=$((wrong + 1))
		echo "    $stick: $got, not $want"
	done <hostile/sticks.expected
	asked=$?
	rm -rf fresh probe
	check "sticks: $(wc -l <hostile/sticks.expected), all as they must be" test $wrong:$asked = 0:0
}
synced
# ended GROUP COMMAND...: with this exit status, file by file
ended() {
	local group=$1 file want code asked n=0 wrong=0
	shift
	while IFS=$'\t' read -r file want; do
		left_out && continue
		measured .taken "$@" "hostile/$group/$file" >.said 2>&1
		code=$?
		within "$file"
		[[ "|$want|" == *"|$code|"* ]] && continue
		wrong=$((wrong + 1))
		echo "    $file: exit $code, not $want: $(head -c 200 .said)"
	done <"hostile/$group.expected"
	asked=$?
	check "$group: $(wc -l <"hostile/$group.expected"), all as they must be" test $wrong:$asked = 0:0
}
ended reports sello-verify import --home post
# at_the_page: each 40th of all these letters, codes and pictures, as the officer's
# page gets them; one curl asks all
at_the_page() {
	local file token n=0
	cat hostile/{xml-*,packed,pictures,pdf}.expected >all.expected
	pages sello-verify serve --home post
	curl -s -c jar -o /dev/null "$LINK"
	token=$(curl -s -b jar "$BASE/" | sed -n 's/.*name="sello-token" content="\([^"]*\)".*/\1/p')
	for file in hostile/{xml-*,packed,pictures,pdf}/*; do
		((n++ % 40)) && continue
		printf '%s\n' next "url = \"$BASE/check\"" "data-binary = \"@$file\"" 'cookie = "jar"' \
		    "header = \"X-Sello-Token: $token\"" "header = \"Origin: $BASE\"" \
		    'header = "Accept: application/json"' \
		    'header = "Content-Type: application/octet-stream"' \
		    "write-out = \"\\nasked ${file##*/}\\n\"" silent
	done | sed 1d >asked
	curl -K asked >said
	# an answer stands before the name of what was asked
	sed 's/},{"source"/}\n{"source"/g' said | awk '/^asked / {
		gsub(/"source":(null|"[^"]*")/, "\"source\":\"" $2 "\"", held)
		printf "%s", held
		held = ""
		next
	}
	{ held = held $0 "\n" }' | grep '"source"' >.answers
	pages_end
	compared all "$(grep -c ^asked said) of them asked at the page" 1 all.expected
	check "the page still answered at the end" test "$(wc -l <.answers)" -ge "$(grep -c ^asked said)"
	rm -f jar link serve.err asked said all.expected
}
if command -v curl >/dev/null; then at_the_page; else echo "skip the officer's page: no curl"; fi
check "nothing was written beside the home" diff <(echo "$before") <(beside)
rm -r post
# a center of its own, which has drafted nothing after all of them
unwatch
world
watch
ended csv sello-issue draft --home center --dry-run
exits 0 "no draft was kept" sello-issue list --home center --drafts
check "... none" test -z "$OUT"
done_testing
