#!/bin/bash
# At each call that changes a file, in turn, something happens to the program that makes
# it: it is killed, before it, in its midst, after it; the disk is full from then on, or
# read-only, or gone; the clock jumps a year. And it is killed at moments between its
# calls. Afterwards the program starts, what it keeps is in order, nothing that it had
# acknowledged is lost, no number is missing or twice, no letter is on the disk that
# register and log do not know, what is published verifies, and the same command again
# does the work, once. Two programs at once: beside.sh.
#
#   BUILD=build bash tests/cli/moments.sh                     a sample
#   SELLO_TORTURE=1 BUILD=build bash tests/cli/moments.sh     every call
#   ... moments.sh approve [half [N]]                         one flow, one thing, one call
#
# SAID=FILE: how it went, a line a round.
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip moments: no preloaded library under AddressSanitizer"
	exit 0
fi
. "$SOURCE/tests/cli/moment.bash"
. "$SOURCE/tests/cli/flows.bash"
# the sample: each STEP-th round
STEP=${STEP:-$([ "${SELLO_TORTURE:-}" ] && echo 1 || echo 149)}
SAID=${SAID:-$TMP/.said}
FLOWS=${FLOWS:-root certify list center draft approve withdraw log update reprint backup restore over officer passphrase rekey forget recover sync record export import keep bring}
WHATS=${WHATS:-before half after between full quota readonly broken later earlier}

# --- what must be true at once, before anything is done again ------------------------
# What is wrong, a line each.

# whole HOME: in order; numbers from 1, each once, each with a line in the log; letters
# on the disk, and numbers that were told, are in the register
whole() {
	local file line all told
	quietly sello-issue check --home "$1" || echo "check: exit $?"
	all=$(count "$1/register.db" "
		SELECT number FROM letter;
		SELECT 'numbers, of ' || year FROM letter GROUP BY year
		    HAVING min(sequence) <> 1 OR max(sequence) <> count(*);
		SELECT 'no line: ' || number FROM letter
		    WHERE NOT EXISTS (SELECT 1 FROM log_line WHERE line LIKE '%' || number || '%');
		SELECT 'lines' WHERE (SELECT max(id) - min(id) + 1 <> count(*) FROM log_line)")
	while read -r line; do [[ $line != *\ * && $line != lines ]] || echo "$line"; done <<<"$all"
	slurp told "$TMP/.out"
	for file in out/*.xml; do
		file=${file##*/}
		told+=" ${file%.xml}"
	done
	while [[ $told =~ GTGUA01-2[0-9]{3}-[0-9]{6}-[0-9A-Z] ]]; do
		line=${BASH_REMATCH[0]}
		[[ $'\n'$all$'\n' == *$'\n'$line$'\n'* ]] || echo "not in the register: $line"
		told=${told//$line/}
	done
}
# verifies PUB: a post takes what stands there; without its head nothing does
verifies() {
	[ -e "$1/log/GTGUA01/1/checkpoint" ] || return
	[ -e "$1/trust.xml" ] || cp pub/trust.xml "$1"
	cp -a post.old taker
	quietly sello-verify sync --home taker "$1" || echo "a post: exit $?"
	rm -rf taker
}
# a post whose clock was ahead says so, and the way on, which is taken here
clock_is_right() {
	[[ $MOMENT != later* ]] || quietly sello-verify recover --home "$1" --clock --confirm-date "$(day now)"
}
# what a post knows may be old, as before; what it heard while its clock was wrong has no
# date until the next sync
starts() {
	local rc
	clock_is_right "$1"
	quietly sello-verify status --home "$1"
	rc=$?
	case $MOMENT:$rc in *:[01] | earlier*:2) ;; *) echo "status: exit $rc" ;; esac
}
stands() {
	case $FLOW in
	draft | approve | withdraw | reprint | backup | over | officer | passphrase | rekey | forget) whole center ;;
	log) whole center && verifies pub3 ;;
	update) whole center && verifies pub.old ;;
	list) verifies pub ;;
	sync) starts post.old ;;
	record | export | import) starts post ;;
	keep) starts post3 ;;
	esac
}
# what a dead program was writing it can take away no more: half a file by a name that
# nobody reads, and no database that is not sealed. The next one in that folder does
tidy() {
	case $MOMENT in
	full* | quota* | later* | earlier*) [ -z "$(find . -name '.*' ! -name . -type f)" ] ;;
	*) [ -z "$(find . -name '.*' ! -name . -type f -size +0 ! -regex '.*/\.[0-9a-f]*\.tmp')" ] ;;
	esac
}

# --- one round ------------------------------------------------------------------------
has_step() { declare -F "${FLOW}_$1" >/dev/null; }
# the last words of a shell of their own
disturbed() { exec env SELLO_TEST_MOMENT="$MOMENT" LD_PRELOAD="$TMP/moment.so:$CHEAP" "$@" </dev/null; }
between() { exec timeout -s KILL "$MOMENT" "$@" </dev/null; }
# is_told WHAT STATUS: how it may end then, besides as ever
is_told() {
	case $1,$2,$ERR$(<"$TMP/.out") in
	before,137,* | half,137,* | after,137,* | between,137,*) ;;
	# the cause in the words of whoever met it: a file, or SQLite
	full,74,?* | quota,74,?* | readonly,74,?* | broken,74,?*) ;;
	# a post takes nothing, a machine's fault is no verdict
	*,2,*"nothing taken: "*"cannot be"* | *,2,*U-SELFTEST*) ;;
	# a table's dates are past for whoever lives a year later
	later,65,*E-VALIDITY*) ;;
	later,78,*"clock"* | earlier,78,*"clock"*) ;;
	later,2,*"clock"* | earlier,2,*"clock"*) ;;
	*) false ;;
	esac
}
judge_end() {
	local again=${FLOW}_AGAIN rc=$2
	if [ "$rc" = "$WELL" ]; then
		! has_step there || quietly "${FLOW}_there" || echo "said that all is well, and it is not there"
	else
		is_told "$1" "$rc" || echo "exit $rc"
	fi
	stands
	quietly "${FLOW}_run"
	rc=$?
	[ "$rc" = "$WELL" ] || [ "$rc" = "${!again:-}" ] || echo "again: exit $rc"
	quietly "${FLOW}_sound" || echo "not sound afterwards"
	find . -name '.*.tmp' -printf 'left: %p\n'
}
# one WHAT N: that happens at the N-th call, or after N seconds
one() {
	local rc wrong by=disturbed
	fresh
	MOMENT="$1 $2"
	[ "$1" != between ] || { by=between MOMENT=$2; }
	{ ("${FLOW}_run" "$by") >"$TMP/.out" 2>"$TMP/.err"; } 2>"$TMP/.death"
	rc=$?
	walked=$((walked + 1))
	slurp ERR "$TMP/.err"
	wrong=$(judge_end "$1" $rc; echo judged)
	[[ $wrong = *judged ]] || wrong+="; not judged to the end"
	wrong=${wrong%judged}
	wrong=${wrong//$'\n'/; }
	printf '%s %s %s: %s%s | %s\n' "$FLOW" "$1" "$2" "$rc" "${wrong:+ WRONG: $wrong}" "${ERR//$'\n'/ / }" >>"$SAID"
	[ -z "$wrong" ] || wrongs+=" $1 $2 ($wrong);"
}
# rounds WHAT: of the flow, "WHAT N" a line
rounds() {
	local n calls=${#CALLS[@]}
	case $1 in
	# what comes after a call comes before the next one
	after) echo "after $calls" ;;
	half) for ((n = 0; n < calls; n++)); do [[ ${CALLS[n]} != *write* ]] || echo "half $((n + 1))"; done ;;
	# as often as it makes calls, all over its time
	between) for ((n = 1; n <= calls; n++)); do printf 'between %d.%06d\n' $((US * n / calls / 1000000)) $((US * n / calls % 1000000)); done ;;
	before) for ((n = 1; n <= calls; n++)); do echo "before $n"; done ;;
	# what stays as it is from then on differs little from call to call; the clock
	# that jumps before the first one jumps between two commands; but of a root all
	# dates begin there, and no later command takes it for another's (clock_later.sh)
	later | earlier)
		n=0
		[ "$FLOW" != root ] || n=3
		for (( ; n <= calls; n += 3)); do echo "$1 $n"; done
		;;
	*) for ((n = ${#1} % 3; n <= calls; n += 3)); do echo "$1 $n"; done ;;
	esac
}
# walk FLOW [WHAT [N]]
walk() {
	local walked=0 wrongs='' what at i
	is_flow "$1"
	[ $# -lt 2 ] || is_one_of "thing that happens" "$2" $WHATS
	FLOW=$1
	fresh
	MOMENT="list 0 $TMP/.calls"
	rm -f "$TMP/.calls"
	US=${EPOCHREALTIME/./}
	(quietly "${FLOW}_run" disturbed)
	WELL=$?
	US=$((${EPOCHREALTIME/./} - US))
	mapfile -t CALLS <"$TMP/.calls"
	if [ "${3:-}" ]; then one "$2" "$3"; else
		mapfile -t at < <(for what in ${2:-$WHATS}; do rounds "$what"; done)
		for ((i = NEXT; i < ${#at[@]}; i += STEP)); do one ${at[i]}; done
		NEXT=$((i - ${#at[@]}))
	fi
	cd "$TMP" || exit 1
	if [ -z "$wrongs" ]; then ok "$FLOW: ${#CALLS[@]} calls, $walked rounds"; else
		not_ok "$FLOW: ${#CALLS[@]} calls, $walked rounds:$wrongs"
	fi
}
# where the stride goes on, over all flows
NEXT=$((STEP / 2))
if [ $# -gt 0 ]; then walk "$@"; else for flow in $FLOWS; do walk "$flow"; done; fi
done_testing
