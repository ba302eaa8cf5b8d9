# lib.sh - what the command-line tests share. Sourced, not run.
#
# A test prints "ok what" or "not ok what (why)" a line; run-tests counts.
# BUILD names the build to test; everything happens in a temporary folder.
set -u
BUILD=$(cd "${BUILD:-build}" && pwd)
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# PLAIN: the build without AddressSanitizer, where both are there (scripts/check-all).
# What a script prepares is done by its programs, in a third of the time, and of what
# is asked (check, exits) so is what goes the same way again: watched() chooses.
PLAIN=$(cd "${PLAIN:-$BUILD}" && pwd)
[ "${SELLO_TORTURE:-}" ] && PLAIN=$BUILD
PATH=$PLAIN:$SOURCE/tests/cli/bin:$PATH
export LC_ALL=C.UTF-8 LANGUAGE=en NO_COLOR=1 TZ=UTC
# sello-decode's memory limit is off under ASan; leaks in exec'd helpers of
# other projects are not ours to judge. Leaks are looked for in what is asked
# (check, exits), not in what prepares it: that costs a third of a start.
WATCHED=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=1
export ASAN_OPTIONS=$WATCHED:detect_leaks=0
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$SOURCE/tests/lsan.supp:print_suppressions=0}
unset SELLO_HOME
# The programs are the real ones; what makes them quick is tests/cheap.c, so
# whoever runs them otherwise has other keys. DEAR=1 before this goes without.
CHEAP=
[ "${DEAR:-}" ] || CHEAP=$BUILD/tests/cheap.so
export LD_PRELOAD=$CHEAP
TMP=$(mktemp -d)
trap 'chmod -R u+rwX "$TMP" 2>/dev/null; rm -rf "$TMP"' EXIT
cd "$TMP" || exit 1
FAILED=0

ok() { echo "ok $*"; }
not_ok() {
	echo "not ok $*"
	FAILED=1
}
# watch, unwatch: by the programs of the build that is tested, from here on, or not
watch() { PATH=${PATH/"$PLAIN:"/"$BUILD:"}; }
unwatch() { PATH=${PATH/"$BUILD:"/"$PLAIN:"}; }
# watched COMMAND...: run watched, for leaks, too. Of one kind (a command of a program
# that is to end with $want, or a function of the script) the first three, and each
# fourth of all others.
declare -A ASKED=()
watched() {
	local kind=$1${want:-} path=$PATH status
	[[ $1 == sello-* ]] && kind+=" ${2:-}"
	ASKED[$kind]=$((${ASKED[$kind]:-0} + 1))
	((ASKED[$kind] > 3 && ASKED[$kind] % 4)) || watch
	ASAN_OPTIONS=$WATCHED "$@"
	status=$?
	PATH=$path
	return $status
}
# check "what" command...: ok when the command succeeds
check() {
	local what=$1 want=0
	shift
	if watched "$@" >"$TMP/.out" 2>&1; then ok "$what"; else
		not_ok "$what (exit $?): $*"
		head -n 20 "$TMP/.out" | sed 's/^/    /'
	fi
}
# What each check does in this shell costs nothing; a process more does, thousands
# of times: hence bash's own words below, where a tool would be shorter.
# slurp NAME FILE: into that variable, without NUL bytes and line feeds at the end
slurp() {
	local parts text
	mapfile -d '' -t parts <"$2"
	printf -v text %s "${parts[@]}"
	while [[ $text == *$'\n' ]]; do text=${text%$'\n'}; done
	printf -v "$1" %s "$text"
}
# exits N "what" command...: ok when the command ends with exactly N; its
# output stays in $OUT and $ERR
exits() {
	local want=$1 what=$2 got
	shift 2
	watched "$@" >"$TMP/.stdout" 2>"$TMP/.stderr"
	got=$?
	slurp OUT "$TMP/.stdout"
	slurp ERR "$TMP/.stderr"
	if [ "$got" = "$want" ]; then ok "$what"; else
		not_ok "$what: exit $got, not $want: $*"
		head -n 20 "$TMP/.stderr" "$TMP/.stdout" | sed 's/^/    /'
	fi
}
# has "what" TEXT: the last output (stdout or stderr) contains TEXT
has() {
	case "$OUT$ERR" in
	*"$2"*) ok "$1" ;;
	*) not_ok "$1: no \"$2\" in: $(printf '%s' "$OUT$ERR" | head -c 600)" ;;
	esac
}
hasnt() {
	case "$OUT$ERR" in
	*"$2"*) not_ok "$1: \"$2\" is in the output" ;;
	*) ok "$1" ;;
	esac
}
# on_terminal ANSWERS COMMAND: as typed there; both outputs are one. Wide (WIDTH), so
# that no sentence that is looked for is folded.
on_terminal() { printf '%s\n' "$1" | COLUMNS=${WIDTH:-500} script -qec "$2" /dev/null; }
# folds WIDTH COMMAND: on a terminal that wide no line is longer, and all words
# are whole, as they are in a pipe
folds() {
	env -u COLUMNS script -qec "stty cols $1; $2" /dev/null </dev/null | tr -d '\r' >folded
	test "$(wc -L <folded)" -le "$1" &&
	    diff <(tr -s ' \n' ' ' <folded) <(COLUMNS=$1 bash -c "$2" 2>&1 </dev/null | tr -s ' \n' ' ')
}
# sanitized: is this the build with AddressSanitizer?
sanitized() { grep -qa __asan_init "$BUILD/sello-verify"; }
# whole: is all of it asked here? Of what goes the same way again with other pictures
# AddressSanitizer sees one, but for SELLO_TORTURE=1
whole() { ! sanitized || [ "${SELLO_TORTURE:-}" ]; }
# other_clock: may faketime be used? Its preloaded library and
# AddressSanitizer wait for each other for ever.
other_clock() {
	if sanitized; then
		echo "skip $1: no other clock under AddressSanitizer"
		return 1
	fi
}
# reading DATABASE: somebody reads it from now on, until read_on
reading() {
	rm -f .read_on && mkfifo .read_on
	sqlite3 "$1" "BEGIN; SELECT count(*) FROM sqlite_schema;" \
	    ".shell touch .reads" ".shell cat .read_on" >/dev/null &
	until [ -e .reads ]; do sleep 0.1; done
	rm .reads
}
read_on() {
	: >.read_on
	wait
}
done_testing() { exit $FAILED; }
# is_one_of WHAT NAME NAME...: one of these, or the script ends and says which there are
is_one_of() {
	[[ " ${*:3} " != *" $2 "* ]] || return 0
	echo "${0##*/}: no $1 '$2'; there are: ${*:3}" >&2
	exit 64
}
# is_flow NAME: a flow is what has a function NAME_run
is_flow() {
	local flows
	mapfile -t flows < <(compgen -A function -X '!*_run')
	is_one_of flow "$1" "${flows[@]%_run}"
}

# json KEY: the value of a top-level key of the JSON line on stdin (simple
# values only), or of a nested one by its unique name
json() { sed -n "s/.*\"$1\":\(\"[^\"]*\"\|[^,}\[]*\|\[[^]]*\]\).*/\1/;T;s/\"//g;p"; }

# letter_of: the "letter" object of a JSON line, as text, for comparing
letter_of() { sed -n 's/.*"letter":\({.*}\),"issuer".*/\1/p'; }

passphrases() {
	mkdir -p pass
	local who
	for who in root admin admin2 drafter drafter2 approver approver2 new first; do
		printf 'the %s passphrase of a test\n' "$who" >pass/$who
	done
}

# founded [ROOT-OPTIONS]: root, center GTGUA01 with AD0001, OF1007 (drafter),
# AP2003 (approver), post ES-GTGUA/1, list published; in ./root ./center ./post
# ./pub ./pass
founded() { prepared found_all "$@"; }
# world [ROOT-OPTIONS]: all that, list taken, the log begun
world() { prepared begin_all "$@"; }
# prepared STEP [OPTION...]: nothing else makes sense where it fails
prepared() {
	if first_of_its_kind "$@"; then set -- kept "$1"; fi
	"$@" >"$TMP/.world" 2>&1 || {
		not_ok "setting up root, center and post"
		cat "$TMP/.world"
		exit 1
	}
}
# first_of_its_kind STEP [OPTION...]: is another script's as good? Not where this
# one has another clock, other keys, or wants a second that differs.
first_of_its_kind() {
	[ "${WORLDS:-}" ] && [ $# = 1 ] && [ "$CHEAP" ] && [ ! -e root ] &&
	    [ ! "${OWN_WORLD:-}" ] && ! declare -F sello-keys >/dev/null && OWN_WORLD=1
}
# kept STEP: what it makes is made once for all the scripts that run-tests runs, in
# its folder $WORLDS, and copied. What was made yesterday is of yesterday.
kept() {
	local world
	printf -v world '%s/%s-%(%F)T' "$WORLDS" "$1${PLAIN//\//-}"
	(
		flock 9
		[ -d "$world" ] && exit
		mkdir -p "$world.new" && cd "$world.new" && "$1" && mv "$world.new" "$world"
	) 9>"$WORLDS/lock" &&
	cp -a "$world/." . &&
	sqlite3 root/root.db "UPDATE place SET path = '$PWD/pub'"
}
found_all() {
	passphrases
	founding "$@"
}
begin_all() { found_all "$@" && beginning; }
founding() {
	sello-keys init --home root --program RRP-ES --name "Test Program" \
	    --passphrase-file pass/root "$@" &&
	sello-keys program --home root "$SOURCE/examples/program.ini" &&
	found center GTGUA01 "Test Center" &&
	certify center/request.csr &&
	sello-verify init --home post --root root/root.crt --consulate ES-GTGUA &&
	certify post/request.txt &&
	publish
}
beginning() {
	begin center pub/trust.xml &&
	sello-verify sync --home post pub
}
# found HOME CENTER NAME: a center of three persons with passphrases of their own
found() {
	sello-issue init --home "$1" --center "$2" --name "$3" \
	    --country GTM --timezone America/Guatemala --hotline +50212345678 \
	    --root root/root.crt --as AD0001 --passphrase-file pass/admin &&
	joins "$1" OF1007 drafter drafter &&
	joins "$1" AP2003 approver approver
}
# joins HOME CODE ROLE OWN: the founder adds somebody, who takes a passphrase
joins() {
	sello-issue officer --home "$1" add "$2" --role "$3" --as AD0001 \
	    --passphrase-file pass/admin --new-passphrase-file pass/first &&
	own "$1" "$2" first "$4"
}
# certify REQUEST...: by the root, who heard the fingerprints read aloud
certify() {
	sello-keys certify --home root --passphrase-file pass/root --yes "$@"
}
# own HOME CODE FIRST OWN [OPTION...]: a person's own passphrase, and a new key
# with it, in place of the one that somebody else typed
own() {
	sello-issue passphrase --home "$1" --as "$2" --passphrase-file "pass/$3" \
	    --new-passphrase-file "pass/$4" "${@:5}"
}
# begin HOME LIST [OPTION...]: take the list; the founder begins the log
begin() {
	sello-issue trust --home "$1" "$2" --as AD0001 --passphrase-file pass/admin "${@:3}"
}
# begin_next HOME LIST [OPTION...]: ... two persons a later one
begin_next() {
	begin "$@" --second AP2003 --second-passphrase-file pass/approver
}
officer() {
	sello-issue officer --home center "$@" --as AD0001 --passphrase-file pass/admin
}
publish() {
	sello-keys publish --home root --passphrase-file pass/root --to pub "$@"
}
draft() {
	sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter "$@"
}
# sign_again HOME: the drafter signs the drafts that wait again, after lost lines
sign_again() {
	sello-issue draft --home "$1" --again --as OF1007 --passphrase-file pass/drafter
}
approve() {
	sello-issue approve --home center --as AP2003 --passphrase-file pass/approver "$@"
}
verify() { sello-verify check --home post "$@"; }
# deliver [POST]: the center's log to the post, as a stick brings it
deliver() {
	sello-issue publish --home center --to pub &&
	sello-verify sync --home "${1:-post}" pub
}

# is_null KEY: in the JSON of the last output
is_null() { [[ $OUT == *"\"$1\":null"* ]]; }
# judge "what" VERDICT "REASONS" command...: the one JSON line it prints.
# What is grey or red shows nobody: no word of $NAMES, no letter.
NAMES="Elvira Cucul 1990-05-02"
judge() {
	local what=$1 verdict=$2 reasons=$3 want got word
	shift 3
	case $verdict in
	valid) want=0 ;; attention) want=1 ;; unchecked) want=2 ;; not-authentic) want=3 ;;
	esac
	exits $want "$what" "$@"
	got=none
	[[ $OUT != *$'\n'* && $OUT =~ .*\"verdict\":\"([^\"]*)\" ]] && got=${BASH_REMATCH[1]}
	if [ "$got" = "$verdict" ]; then ok "$what: $verdict"; else not_ok "$what: $got, not $verdict"; fi
	got=none
	[[ $OUT =~ .*\"reasons\":\[([^]]*)\] ]] && got=${BASH_REMATCH[1]//\"/} got=${got//,/ }
	if [ "$got" = "$reasons" ]; then ok "$what: ($reasons)"; else not_ok "$what: ($got), not ($reasons)"; fi
	case $verdict in
	unchecked | not-authentic)
		for word in $NAMES; do hasnt "$what: no personal data" "$word"; done
		check "$what: letter is null" is_null letter
		;;
	esac
}
# shown POST FILE...: judge a letter at a post
shown() { sello-verify check --home "$1" --json "${@:2}"; }
# audited "what" EXIT "CODES" ARGUMENT...: sello-audit's proofs, questions and
# what it could not check; notes are left out
audited() {
	local what=$1 want=$2 codes=$3 got
	shift 3
	exits "$want" "audit: $what" sello-audit check --root root/root.crt --json "$@"
	got=$(printf '%s\n' "$OUT" | grep -E '"severity":"(proof|question)"|"A-UNCHECKED"' |
	    json finding | sort -u | tr '\n' ' ' | sed 's/ $//')
	if [ "$got" = "$codes" ]; then ok "audit: $what: ($codes)"; else
		not_ok "audit: $what: ($got), not ($codes)"
		printf '%s\n' "$OUT" | grep -v A-NOT-CHECKED | cut -c 1-400 | sed 's/^/    /'
	fi
}
# issue HOME OUT ROW...: letters for some people, drafted and approved there.
# Two persons, so whoever has a copy of a home and two passphrases can too.
issue() {
	local home=$1 out=$2 row
	shift 2
	{
		echo "$HEADER"
		for row; do
			person "$row" "Cucul $(printf %s "$row" | tr 0-9 A-J)" Elvira
		done
	} >issue.csv
	sello-issue draft --home "$home" --as OF1007 --passphrase-file pass/drafter issue.csv &&
	    sello-issue approve --home "$home" --as AP2003 --passphrase-file pass/approver \
		--all --yes --out "$out"
}
# letter OUT SEQUENCE: its file
letter() { echo "$1"/*-"$(printf %06d "$2")"-*.xml; }
# close_day HOME PUB: publish, by an approver who closes the day
close_day() {
	sello-issue publish --home "$1" --to "$2" --as AP2003 --passphrase-file pass/approver
}
# restore ARGUMENT...: from a backup, by the approver
restore() { sello-issue restore --as AP2003 --passphrase-file pass/approver "$@"; }
# copy_of HOME NEW: as a disk that was copied and stands elsewhere, where the
# folders that the center publishes to are not
copy_of() {
	cp -a "$1" "$2" && sqlite3 "$2/register.db" "DELETE FROM log_place"
}

HEADER=row,center,program,language,pathway,offerReference,requestedAction,consulate,destination,caseReference,surnames,givenNames,birthDate,birthDateEstimated,sex,nationality,identityBasis,documentType,documentCountry,documentNumber,documentExpiry,dependants,appointmentDate,validFrom,validUntil
day() { date -u -d "$1" +%Y-%m-%d; }
# case_of TEXT: into CASE_OF, a case reference for whom it names
case_of() {
	local base32=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 i letter n=0
	for ((i = 0; i < ${#1}; i++)); do
		printf -v letter %d "'${1:i:1}"
		n=$(((n * 1000003 + letter) & 0x3ffffffffffff))
	done
	CASE_OF=
	for ((i = 0; i < 10; i++)); do
		CASE_OF+=${base32:n & 31:1}
		n=$((n >> 5))
	done
}
# person ROW SURNAMES GIVEN [BIRTH [DOCUMENT-NUMBER]]: a good CSV line, of the
# day at $CLOCK where a script has another clock
person() {
	local from until now=$EPOCHSECONDS number=${5:-}
	[ "${CLOCK:-}" ] && now=$(date -u -d "$CLOCK" +%s)
	[ "$number" ] || printf -v number '37759%04d5809' $((10#${1//[!0-9]/} * 137 % 10000))
	case_of "$1$2"
	printf -v from '%(%Y-%m-%d)T' $((now - 86400))
	printf -v until '%(%Y-%m-%d)T' $((now + 90 * 86400))
	printf '%s,GTGUA01,RRP-ES,es,LCI,GECCO-2026-00001,APPOINTMENT,ES-GTGUA,ESP,%s,"%s","%s",%s,false,F,GTM,DOC,I,GTM,%s,,,,%s,%s\n' \
	    "$1" "$CASE_OF" "$2" "$3" "${4:-1990-05-02}" "$number" "$from" "$until"
}

# pages PROGRAM serve...: its pages in the background; the start link in $LINK,
# without it in $BASE, the process in $SERVE
pages() {
	rm -f link jar
	watch
	"$@" --no-browser >link 2>serve.err &
	SERVE=$!
	unwatch
	for _ in $(seq 1200); do
		[ -s link ] && break
		sleep 0.1
	done
	LINK=$(sed 's/.*"url":"\([^"]*\)".*/\1/' link)
	BASE=${LINK%%/start/*}
}
# pages_end: its exit status
pages_end() {
	kill -TERM "$SERVE"
	wait "$SERVE"
}
