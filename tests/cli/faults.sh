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
# SAID=FILE: what was said, a line a fault.
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip faults: no preloaded library under AddressSanitizer"
	exit 0
fi
gcc -O1 -shared -fPIC -o faults.so "$SOURCE/tests/cli/faults.c" -ldl || exit 1
LIB=$PWD/faults.so
A="--as AP2003 --passphrase-file pass/approver"
# how many of a flow's places the sample takes, of all kinds together
SAMPLE=${SAMPLE:-9}
SAID=${SAID:-$TMP/.said}

# --- what is there before ------------------------------------------------------
mkdir base && cd base || exit 1
world
{ echo "$HEADER"; person 1 Quispe Ana; person 2 Mamani Rosa; person 3 Choque Luz; } >people.csv
{ echo "$HEADER"; person 4 Apaza Eva; person 5 Condori Ada; } >more.csv
draft people.csv >/dev/null
approve 1 2 --yes --out letters >/dev/null
cp -a pub pub.old
sello-issue withdraw --home center $A --reason LOST "$(basename "$(letter letters 2)" .xml)" >/dev/null
sello-issue publish --home center --to pub >/dev/null
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
cp -a post post.old
sello-verify sync --home post pub >/dev/null
sello-issue backup --home center --to backup >/dev/null
one=$(letter letters 1) two=$(letter letters 2)
number=$(basename "$one" .xml)
sed "s/<givenNames>ANA/<givenNames>EVA/;s/>Ana</>Eva</" "$one" >forged.xml
cmp -s "$one" forged.xml && not_ok "nothing forged"
zbarimg -q --raw "${one%.xml}.png" >code 2>/dev/null
cd ..
BASE=$TMP/base

# --- the flows -------------------------------------------------------------------
# NAME_run: the command; NAME_there: is what it is to do done; NAME_sound: is all well
# after it was done again. PROGRAM whose calls fail; GOOD: its statuses when all is well.
count() { sqlite3 -batch "$1" "$2"; }
tidy() { [ -z "$(find . -name '.*' ! -name . -type f)" ]; }
home_sound() { sello-issue check --home "$1" && tidy; }

PROGRAM_root=sello-keys
root_run() { "$@" sello-keys init --home root2 --program RRP-ES --name Two --passphrase-file pass/root; }
root_there() { sello-keys publish --home root2 --passphrase-file pass/root --to pub2 && sello-keys show pub2/trust.xml; }
root_sound() { root_there && tidy; }
root_AGAIN=73

PROGRAM_certify=sello-keys
certify_run() { "$@" sello-keys certify --home root --passphrase-file pass/root --yes post2/request.txt; }
certify_there() { [ "$(count root/root.db "SELECT count(*) FROM post")" = 2 ]; }
certify_sound() { certify_there && publish && sello-verify sync --home post2 pub && tidy; }
certify_AGAIN=73

PROGRAM_list=sello-keys
list_run() { "$@" sello-keys publish --home root --passphrase-file pass/root --to pub; }
list_there() { ! cmp -s pub/trust.xml "$BASE/pub/trust.xml"; }
list_sound() { list_there && sello-verify sync --home post pub && tidy; }

PROGRAM_center=sello-issue
center_run() {
	"$@" sello-issue init --home new --center GTGUA02 --name New --country GTM --timezone America/Guatemala \
	    --root root/root.crt --as AD0001 --passphrase-file pass/admin
}
center_there() { sello-keys show new/request.csr; }
center_sound() {
	center_there && tidy &&
	    sello-issue officer --home new add OF1007 --role drafter --as AD0001 --passphrase-file pass/admin \
		--new-passphrase-file pass/first
}
center_AGAIN=73

PROGRAM_draft=sello-issue
draft_run() { "$@" sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter more.csv; }
draft_there() { [ "$(count center/register.db "SELECT count(*) FROM draft")" = 5 ]; }
# two drafts of a person are told apart: --all leaves the second out
draft_sound() {
	approve --all --yes --out out
	[ "$(count center/register.db "SELECT count(*) FROM letter")" = 5 ] && home_sound center
}

PROGRAM_approve=sello-issue
numbers() { count center/register.db "SELECT group_concat(s) FROM (SELECT substr(number, 14, 6) + 0 AS s FROM letter ORDER BY s)"; }
approve_run() { "$@" sello-issue approve --home center $A 3 --yes --out out; }
approve_there() { [ "$(echo out/*-000003-*)" = "$(echo out/*-000003-?.pdf) $(echo out/*-000003-?.png) $(echo out/*-000003-?.xml)" ]; }
approve_sound() { approve_there && [ "$(numbers)" = 1,2,3 ] && home_sound center && deliver && verify out/*.xml out/*.png; }

PROGRAM_withdraw=sello-issue
withdraw_run() { "$@" sello-issue withdraw --home center $A --reason LOST "$number"; }
withdraw_there() { [ "$(sello-issue list --home center --json | grep "$number" | json state)" = withdrawn ]; }
withdraw_AGAIN=65
withdraw_sound() { withdraw_there && home_sound center && deliver && ! verify "$one"; }

PROGRAM_log=sello-issue
log_run() { "$@" sello-issue publish --home center --to pub3 $A; }
log_there() { cp -a pub/trust.xml pub3/ && sello-verify sync --home post2 pub3; }
log_sound() { certify post2/request.txt; log_there && home_sound center; }

PROGRAM_reprint=sello-issue
reprint_run() { "$@" sello-issue reprint --home center $A --reason LOST --out out "$number"; }
reprint_there() { [ -s "out/$number-2.pdf" ]; }
reprint_sound() { verify out/*.pdf && home_sound center; }

PROGRAM_backup=sello-issue
backup_run() { "$@" sello-issue backup --home center --to stick; }
backup_there() { restore --home again stick && [ "$(count again/register.db "SELECT count(*) FROM letter")" = 2 ]; }
backup_sound() { rm -rf again && backup_there && home_sound center; }
backup_AGAIN=73

PROGRAM_restore=sello-issue
restore_run() { "$@" sello-issue restore --home again $A --yes backup; }
restore_there() { [ "$(count again/register.db "SELECT count(*) FROM letter")" = 2 ]; }
restore_sound() {
	restore_there && sello-issue recover --home again --from pub $A --second AD0001 --second-passphrase-file pass/admin &&
	    home_sound again
}

PROGRAM_sync=sello-verify
sync_run() { "$@" sello-verify sync --home post.old pub; }
sync_there() { sello-verify check --home post.old --json "$two" | grep -q R-WITHDRAWN; }
sync_sound() { sync_there && tidy; }

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

PROGRAM_export=sello-verify
export_run() { "$@" sello-verify export --home post --to exported; }
export_there() { sello-verify import --home post exported; }
export_sound() { export_there && tidy; }

PROGRAM_audit=sello-audit
audit_run() { "$@" sello-audit check --root root/root.crt pub; }

FLOWS="root certify list center draft approve withdraw log reprint backup restore sync xml picture line withdrawn forged export audit"

# --- walking them ------------------------------------------------------------------
fault() { SELLO_TEST_FAULT="$FAULT" LD_PRELOAD="$LIB:$CHEAP" timeout -k 9 300 "$@" </dev/null; }
quietly() { "$@" >/dev/null 2>&1; }
has_step() { declare -F "${FLOW}_$1" >/dev/null; }
fresh() {
	cd "$TMP" && rm -rf w && cp -a base w && cd w || exit 1
	[ "$FLOW" != log ] || { certify post2/request.txt && publish; } >/dev/null 2>&1
}
# is_told STATUS: a documented one that is not of the thing itself, and why
is_told() {
	case $1,$WHAT,$ERR$(<"$TMP/.out") in
	70,*,?* | 74,*,?* | 75,*,?*) ;;
	# a sector that cannot be read, as SQLite calls it
	65,read\ *,*"is damaged"* | 78,read\ *,*"is damaged"*) ;;
	# a name that cannot be looked at is not taken for a new file
	73,look\ *,?*) ;;
	78,*,*"cannot be read"*) ;;
	# a post and an auditor: could not be checked, or taken; and why
	2,*U-SELFTEST* | 2,*U-INPUT*"cannot be read"* | 2,*U-INPUT*"picture reader cannot run"*) ;;
	2,*"nothing taken: "*"cannot be read"* | 2,*"out of memory"* | 2,*"COULD NOT BE CHECKED: "[1-9]*) ;;
	# what draws ends its program where it gets no memory, or no thread, or uses
	# what it did not get, when all is signed; so does OpenSSL's start
	13[349],memory\ * | 13[349],process\ *) grep -qE 'lib(fontconfig|pango|glib|qpdf|crypto)' "$TMP/.hit" ;;
	*) false ;;
	esac
}
judge_end() {
	local again=${FLOW}_AGAIN
	if [ "$1" = "$WELL" ]; then
		has_step there && ! quietly "${FLOW}_there" && echo "said that all is well, and it is not there"
		return
	fi
	is_told "$1" || echo "exit $1"
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
	wrong=$(judge_fault $rc | tr '\n' ';')
	printf '%s %s %s: %s%s | %s\n' "$FLOW" "$1" "$2" "$rc" "${wrong:+ WRONG: $wrong}" "${ERR//$'\n'/ / }" >>"$SAID"
	[ -z "$wrong" ] || { cat "$TMP/.hit" >>"$SAID.where"; wrongs+=" $1 $2 (${wrong%;});"; }
}
# walk FLOW [KIND [N]]
walk() {
	local program=PROGRAM_$1 only=${2:-} walked=0 wrongs='' places=0 n i step
	FLOW=$1
	program=${!program}
	fresh
	quietly "${FLOW}_run"
	WELL=$?
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
