#!/bin/bash
# shellcheck shell=bash
# Something happens to a program at its N-th call that changes a file: sourced behind
# lib.sh, not under AddressSanitizer. moment.c says what may.
gcc -O1 -shared -fPIC -o "$TMP/moment.so" "$SOURCE/tests/cli/moment.c" -ldl || exit 1

# moment "WHAT N [REST]" command...
moment() { SELLO_TEST_MOMENT=$1 LD_PRELOAD="$TMP/moment.so:$CHEAP" "${@:2}"; }

# each_call "what" PREPARE JUDGE command...: killed in each of its calls, of a write
# when half is written (SELLO_TORTURE; else in every third). PREPARE makes the place to
# work in; JUDGE prints what is wrong there afterwards, also when it came to its end;
# $STATUS is how it ended.
each_call() {
	local what=$1 prepare=$2 judge=$3 each=3 n wrong='' said
	shift 3
	[ "${SELLO_TORTURE:-}" ] && each=1
	n=$((1 - each))
	while :; do
		n=$((n + each))
		"$prepare"
		{ moment "half $n" "$@"; } >/dev/null 2>&1
		STATUS=$?
		"$judge" >"$TMP/.wrong" 2>/dev/null
		slurp said "$TMP/.wrong"
		[ -z "$said" ] || wrong+=" $n:$said"
		[ $STATUS = 137 ] || break
	done
	if [ $STATUS = 0 ] && [ $n -gt 9 ] && [ -z "$wrong" ]; then ok "$what (killed at its calls, $n)"; else
		not_ok "$what: $n calls, exit $STATUS:$wrong"
	fi
}
