#!/bin/bash
# Two programs at once. One stops at each of its calls that change a file, in turn, and
# the other runs there, whole or until it waits for what the first one holds; and many
# run at once, begun at random moments of a fixed row. Each ends as ever, or says that
# another one is at work (75); given again, all is done, once, and in order.
#
#   BUILD=build bash tests/cli/beside.sh                    a sample
#   SELLO_TORTURE=1 BUILD=build bash tests/cli/beside.sh    at every call
#   ... beside.sh approve log [N]                           one pair, one call
#
# SAID=FILE: how both ended, a line a round.
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip two programs at once: no preloaded library under AddressSanitizer"
	exit 0
fi
. "$SOURCE/tests/cli/moment.bash"
. "$SOURCE/tests/cli/flows.bash"
SAID=${SAID:-$TMP/.said}
STEP=${STEP:-$([ "${SELLO_TORTURE:-}" ] && echo 1 || echo 197)}
# FIRST:OTHER, flows of flows.bash and of these
PAIRS=${PAIRS:-approve:approve approve:log approve:withdraw approve:backup approve:look draft:approve
    withdraw:withdraw log:approve log:log update:take update:update backup:approve backup:backup
    sync:sync sync:judge sync:import import:sync record:record record:sync keep:record list:list list:certify
    root:root}

look_run() { "$@" sello-issue check --home center; }
look_sound() { home_sound center; }
take_run() { "$@" sello-verify sync --home post.old pub.old; }
take_sound() { take_run && tidy; }
# a withdrawn letter is never green, whatever else is written there
judge_run() { "$@" sello-verify check --home post.old "$two"; }
judge_sound() { ! judge_run && tidy; }

first() { exec env SELLO_TEST_MOMENT="$MOMENT" LD_PRELOAD="$TMP/moment.so:$CHEAP" "$@" </dev/null; }
# is_well FLOW STATUS: as when it is alone, done already, or another one is at work
is_well() {
	local again=${1}_AGAIN
	case $1:$2 in
	*:75 | "$1:${!again:-0}" | *:0) ;;
	judge:[12] | take:1 | sync:1 | record:1) ;;
	*) false ;;
	esac
}
# done_again FLOW...: each, alone; then all must be right
done_again() {
	local flow rc
	for flow; do
		quietly "${flow}_run"
		rc=$?
		is_well "$flow" $rc && [ $rc != 75 ] || echo "$flow again: exit $rc"
	done
	for flow; do quietly "${flow}_sound" || echo "$flow: not sound afterwards"; done
}
# one N: the other runs at the first one's N-th call
one() {
	local rc wrong
	fresh
	MOMENT="beside $1 $("${OTHER}_run" printf '%q ') >other.out 2>&1 </dev/null; echo \$? >other.new; mv other.new other.rc"
	("${FIRST}_run" first) >"$TMP/.out" 2>&1
	rc=$?
	# it may have waited for the first one
	for _ in $(seq 1200); do
		[ ! -e other.rc ] || break
		sleep 0.05
	done
	read -r other <other.rc
	walked=$((walked + 1))
	wrong=$({
		is_well "$FIRST" $rc || echo "exit $rc"
		is_well "$OTHER" "$other" || echo "$OTHER: exit $other"
		rm -f other.*
		if [ "$FIRST" = "$OTHER" ]; then done_again "$FIRST"; else done_again "$FIRST" "$OTHER"; fi
	} | tr '\n' ';')
	echo "$FIRST:$OTHER $1: $rc $other${wrong:+ WRONG: $wrong}" >>"$SAID"
	[ -z "$wrong" ] || wrongs+=" $1 (${wrong%;});"
}
# pair FIRST OTHER [N]
pair() {
	local walked=0 wrongs='' calls
	is_flow "$1"
	is_flow "${2:-}"
	FIRST=$1 OTHER=$2
	fresh
	MOMENT="list 0 $TMP/.calls"
	rm -f "$TMP/.calls"
	(quietly "${FIRST}_run" first)
	calls=$(wc -l <"$TMP/.calls")
	if [ "${3:-}" ]; then one "$3"; else
		for (( ; NEXT <= calls; NEXT += STEP)); do one $NEXT; done
		NEXT=$((NEXT - calls))
	fi
	cd "$TMP" || exit 1
	if [ -z "$wrongs" ]; then ok "$1, $2 beside it: $walked rounds"; else not_ok "$1, $2 beside it:$wrongs"; fi
}
# many SEED: all that a center and a post do
many() {
	local flow n=0 wrong said=''
	fresh
	RANDOM=$1
	for flow in approve approve log update withdraw backup look draft sync sync import record judge approve; do
		n=$((n + 1))
		{
			sleep "0.0$((RANDOM % 100))"
			quietly "${flow}_run"
			echo "$flow $?" >".ended.$n"
		} &
	done
	wait
	wrong=$({
		while read -r flow rc; do is_well "$flow" "$rc" || echo "$flow: exit $rc"; done < <(cat .ended.*)
		said=$(cat .ended.* | tr '\n' ' ')
		echo "many $1: $said" >>"$SAID"
		rm .ended.*
		done_again approve log update withdraw backup sync import record judge draft
	} | tr '\n' ';')
	cd "$TMP" || exit 1
	[ -z "$wrong" ] && ok "many at once ($1)" || not_ok "many at once ($1): $wrong"
}
# where the stride goes on, over all pairs
NEXT=$((STEP / 2 + 1))
if [ $# -gt 0 ]; then pair "$@"; else
	for both in $PAIRS; do pair "${both%:*}" "${both#*:}"; done
	for ((seed = 1; seed <= $([ "${SELLO_TORTURE:-}" ] && echo 40 || echo 1); seed++)); do many $seed; done
fi
done_testing
