#!/bin/bash
# Each call for memory, and each outside call, fails once, in the main flows. Whatever
# failed: no program dies of it, its status is a documented one, it says why, success
# means that the thing is there, after a failure the same command again does it, once,
# and a machine's fault is no verdict. The calls are made to fail by a preloaded library
# (faults.c).
#
#   BUILD=build bash tests/cli/faults.sh              a sample of the places
#   SELLO_TORTURE=1 BUILD=build bash tests/cli/faults.sh   every place
#   ... faults.sh approve memory [N]                  one flow, one kind, one call
#
# SAID=FILE: what was said, a line a fault; FILE.where: the calls, and what was answered, where it
# is wrong.
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip faults: no preloaded library under AddressSanitizer"
	exit 0
fi
gcc -O1 -shared -fPIC -o faults.so "$SOURCE/tests/cli/faults.c" -ldl || exit 1
LIB=$PWD/faults.so
# how many of a flow's places the sample takes, of all kinds together
SAMPLE=${SAMPLE:-6}
SAID=${SAID:-$TMP/.said}

. "$SOURCE/tests/cli/flows.bash"
sed "s/<givenNames>ANA/<givenNames>EVA/;s/>Ana</>Eva</" "$BASE/$one" >"$BASE/forged.xml"
cmp -s "$BASE/$one" "$BASE/forged.xml" && not_ok "nothing forged"
zbarimg -q --raw "$BASE/${one%.xml}.png" >"$BASE/code" 2>/dev/null

# --- flows that only read -------------------------------------------------------------
PROGRAM_xml=sello-verify
xml_run() { "$@" sello-verify check --home post "$one"; }
PROGRAM_picture=sello-verify
picture_run() { "$@" sello-verify check --home post --record "${one%.xml}.png"; }
PROGRAM_line=sello-verify
line_run() { "$@" sello-verify scan --home post <code; }
# what is withdrawn or forged stays so: no fault makes it good
PROGRAM_withdrawn=sello-verify
withdrawn_run() { "$@" sello-verify check --home post "$two"; }
PROGRAM_forged=sello-verify
forged_run() { "$@" sello-verify check --home post forged.xml; }

PROGRAM_status=sello-verify
status_run() { "$@" sello-verify status --home post; }

PROGRAM_audit=sello-audit
audit_run() { "$@" sello-audit check --root root/root.crt pub; }

# what counts all calls of a flow is what takes the time of a sample
FLOWS="certify draft approve withdraw log backup restore sync picture line forged export audit"
[ "${SELLO_TORTURE:-}" ] && FLOWS+=" root list center reprint xml withdrawn status import keep bring officer passphrase rekey forget recover"

# --- walking them ------------------------------------------------------------------
fault() { SELLO_TEST_FAULT="$FAULT" LD_PRELOAD="$LIB:$CHEAP" timeout -k 9 300 "$@" </dev/null; }
has_step() { declare -F "${FLOW}_$1" >/dev/null; }
# what text and pages are drawn with, and all that this stands on
MAY_DIE='fontconfig|pango|glib|gobject|gio|harfbuzz|graphite|cairo|pixman|freetype|fribidi|thai|datrie|expat|qpdf|stdc\+\+|crypto'
# Pango's threads wait for each other's fonts: where one got none, another one's stack is
# full in the end, and there is no room to say so.
died_elsewhere() {
	if grep -q '^died in' "$TMP/.hit"; then
		grep -qE "^died in .*/lib($MAY_DIE)|__gconv_create_spec" "$TMP/.hit"
	else
		grep -qE "/lib($MAY_DIE)" "$TMP/.hit"
	fi
}
# is_told STATUS: a documented one that is not of the thing itself, and why
is_told() {
	case $1,$WHAT,$ERR$(<"$TMP/.out") in
	70,*,?* | 74,*,?* | 75,*,?*) ;;
	78,*,*"cannot be read"* | 78,*,*"picture reader cannot run: "* | 78,*,*"fonts of the printed letter cannot be used"*) ;;
	# a post and an auditor: could not be checked, or taken; and why
	2,*U-SELFTEST* | 2,*U-INPUT*[Cc]"annot be "[or][pe]*": "* | 2,*U-INPUT*"picture reader cannot run"*) ;;
	# sync and status: what could not be looked at, of all that they look at
	1,*"is not known: "* | 1,*"Picture reader:"*"out of memory"* | 1,*"picture reader cannot run"*) ;;
	2,*"cannot be "[or]*": "* | 2,*"is its disk in order?"* | 2,*"the disk does not give"*) ;;
	2,*"nothing taken: "*"cannot be read"* | 2,*"out of memory"* | 2,*"COULD NOT BE CHECKED: "[1-9]*) ;;
	# what draws ends its program where it gets no memory, or no thread, or uses
	# what it did not get, when all is signed; so do OpenSSL's start and gettext's. They
	# may die, the program itself and what it hands nothing to may not
	13[349],memory\ * | 13[349],process\ *) died_elsewhere ;;
	*) false ;;
	esac
}
# what was judged, which is nothing that is said when all is well: a fault of the
# machine is never told as one of a letter, a register, a copy or a file
JUDGEMENTS='is damaged|was damaged|was changed|were changed|is missing|never taken|is not there|no such file|such a file already|there is no |PROOF OF|NOT AUTHENTIC|no signed head|not a backup|not a publication|none of the logs|cut short|wrong passphrase|reads back as something else|is not a letter|is not a file|is not a folder|this is a file'
has_judged() {
	local said
	said=$(grep -ohE "$JUDGEMENTS" "$TMP/.err" "$TMP/.out" | sort -u | grep -vxFf "$TMP/.well" | tr '\n' ',')
	[ -z "$said" ] || echo "judged: ${said%,}"
}
judge_end() {
	local again=${FLOW}_AGAIN
	has_judged
	if [ "$1" = "$WELL" ]; then
		has_step there && ! quietly "${FLOW}_there" && echo "said that all is well, and it is not there"
		return
	fi
	is_told "$1" || echo "exit $1$(sed -n 's/^died in/, in/p' "$TMP/.hit")"
	has_step sound || return
	quietly "${FLOW}_run"
	set -- $?
	[ "$1" = "$WELL" ] || [ "$1" = "${!again:-}" ] || echo "again: exit $1"
}
judge_fault() {
	judge_end "$1"
	! has_step sound || quietly "${FLOW}_sound" || echo "not sound afterwards"
}
# one KIND N: that call fails
one() {
	local rc wrong
	fresh
	WHAT="$1 $2"
	FAULT="$program $WHAT $TMP/.hit"
	rm -f "$TMP/.hit"
	"${FLOW}_run" fault >"$TMP/.out" 2>"$TMP/.err"
	rc=$?
	[ -s "$TMP/.hit" ] || return
	walked=$((walked + 1))
	slurp ERR "$TMP/.err"
	wrong=$(judge_fault $rc; echo judged)
	[[ $wrong = *judged ]] || wrong+="; not judged to the end"
	wrong=${wrong%judged}
	wrong=${wrong//$'\n'/;}
	printf '%s %s %s: %s%s | %s\n' "$FLOW" "$1" "$2" "$rc" "${wrong:+ WRONG: $wrong}" "${ERR//$'\n'/ / }" >>"$SAID"
	[ -z "$wrong" ] || { cat "$TMP/.hit" "$TMP/.out" >>"$SAID.where"; wrongs+=" $1 $2 (${wrong%;});"; }
}
# walk FLOW [KIND [N]]
walk() {
	local program=PROGRAM_$1 only=${2:-} walked=0 wrongs='' places=0 n i step
	is_flow "$1"
	FLOW=$1
	program=${!program}
	fresh
	"${FLOW}_run" >"$TMP/.out" 2>&1
	WELL=$?
	grep -ohE "$JUDGEMENTS" "$TMP/.out" | sort -u >"$TMP/.well"
	if [ "${3:-}" ]; then one "$2" "$3"; else
		fresh
		rm -f "$TMP/.places"
		FAULT="$program all ${DEEP:-0} $TMP/.places"
		quietly "${FLOW}_run" fault
		# by kind, so that the sample has of each
		mapfile -t at < <(grep "^$only" "$TMP/.places" | sort -s -k1,1)
		places=${#at[@]}
		step=$((places / SAMPLE + 1))
		[ "${SELLO_TORTURE:-}" ] && step=1
		[ "${STEP:-}" ] && step=$STEP
		for ((i = step / 2; i < places; i += step)); do one ${at[i]}; done
	fi
	cd "$TMP" || exit 1
	if [ "$walked" -gt 0 ] && [ -z "$wrongs" ]; then ok "$FLOW: $walked calls failed, of $places places"; else
		not_ok "$FLOW: $walked calls failed, of $places places:$wrongs"
	fi
}
if [ $# -gt 0 ]; then walk "$@"; else for flow in $FLOWS; do walk "$flow"; done; fi
done_testing
