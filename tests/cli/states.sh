#!/bin/bash
# Every crash state: what a flow does to whole homes, to PUB and to a stick is recorded
# call by call (recorded.c). After each call, and in any order that a file system may
# choose, what a power cut leaves is laid out (laidout.c) and opened with the real
# programs: nothing acknowledged is lost, `check` is clean, PUB verifies, and work goes
# on: the command again, another letter, no number missing or twice.
#
#   BUILD=build bash tests/cli/states.sh                   a sample of the states
#   SELLO_TORTURE=1 BUILD=build bash tests/cli/states.sh   all prefixes, 200 reorderings,
#                                                    and each fsync left out: is it missed?
#   ... states.sh approve                            one flow
#   ... states.sh approve CUT SEED [PLACE]           one state, left in ./w
#
# SAID=FILE: a line for each state, and for each fsync. STEP=N: each N-th state.
# ONLY=states, ONLY=fsyncs: one of the two parts of the long form.
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip states: no preloaded library under AddressSanitizer"
	exit 0
fi
gcc -O1 -shared -fPIC -o recorded.so "$SOURCE/tests/cli/recorded.c" -ldl || exit 1
gcc -O2 -o laidout "$SOURCE"/tests/cli/laidout.c || exit 1
LIB=$PWD/recorded.so
LAID=$PWD/laidout
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
# how many states of a flow the sample opens; with one of them work goes on
SAMPLE=${SAMPLE:-4}
REORDERINGS=${REORDERINGS:-200}
SAID=${SAID:-$TMP/.said}

# --- what is there before ------------------------------------------------------------
# Always in ./w: the root and the center remember where PUB is.
mkdir w && cd w || exit 1
world
{ echo "$HEADER"; person 1 Quispe Ana; person 2 Mamani Rosa; person 3 Choque Luz; person 4 Apaza Eva; } |
    sed "2s/,$(day '90 days')$/,$(day '5 days')/" >people.csv
{ echo "$HEADER"; person 5 Condori Ada; } >more.csv
draft people.csv >/dev/null
approve 1 2 --yes --out letters >/dev/null
deliver >/dev/null
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
certify post2/request.txt >/dev/null
publish >/dev/null
sello-issue trust --home center pub/trust.xml >/dev/null
sello-verify sync --home post pub >/dev/null
sello-verify sync --home post2 pub >/dev/null
mkdir stick
one=$(letter letters 1) two=$(letter letters 2)
number=$(basename "$one" .xml)
cd ..
mv w base

# --- the flows ---------------------------------------------------------------------------
# NAME_before: what is prepared, not recorded. NAME_run: the command. NAME_first: of any
# state, before anything else is done. NAME_kept: what was said is so. NAME_next: the
# command again, and work that goes on. What is wrong is printed.
is() { "${@:3}" >"$TMP/.out" 2>&1; set -- "$1" "$2" $?; [ "$3" = "$1" ] || echo "$2: exit $3, not $1: $(tr '\n' ' ' <"$TMP/.out" | head -c 300)"; }
among() { "${@:3}" >"$TMP/.out" 2>&1; set -- "$1" "$2" $?; [[ " $1 " = *" $3 "* ]] || echo "$2: exit $3, not of $1: $(tr '\n' ' ' <"$TMP/.out" | head -c 300)"; }
db() { sqlite3 -batch "$1" "$2" 2>&1; }
same() { cmp -s "$1" "$TMP/end/$1" || echo "lost: $1"; }
# content FILE: of a database its rows, whatever its pages are. It is not opened where
# it lies: that is for the program.
content() {
	case $1 in
	*.db)
		rm -f "$TMP"/.copy*
		cp "$1" "$TMP/.copy" 2>/dev/null
		[ ! -e "$1-wal" ] || cp "$1-wal" "$TMP/.copy-wal"
		sqlite3 -batch "$TMP/.copy" .dump 2>&1 | cksum
		;;
	*) cksum <"$1" ;;
	esac
}
# said to be done: all that it wrote is there
kept_all() {
	local file
	for file in "${!WROTE[@]}"; do
		[ "$(content "$file" 2>&1)" = "${WROTE[$file]}" ] || echo "lost: $file"
	done
}
# what is published is whole, whoever reads it
pub_sound() { among "${2:-0}" "audit of $1" sello-audit check --root root/root.crt "$1"; }
numbers() { db center/register.db "SELECT group_concat(s) FROM (SELECT substr(number, 14, 6) + 0 AS s FROM letter ORDER BY s)"; }
in_order() { is 0 "check" sello-issue check --home center; }
# no letter on the disk that is not in the register
letters_known() {
	local file
	db center/register.db "SELECT number FROM letter" >"$TMP/.known"
	for file in letters/GTGUA01-*; do
		file=${file##*/}
		file=${file%.*}
		grep -qxF "${file:0:21}" "$TMP/.known" || echo "letter of nobody: $file"
	done
}
# the guard has what was acknowledged, before anybody mends it
guarded() { same center/head.guard; }
center_first() { in_order; letters_known; }
center_next() {
	local n
	is 0 "another letter" approve 4 --yes --out letters
	n=$(numbers)
	[ "$n" = "$(seq -s , "$(tr , '\n' <<<"$n" | wc -l)")" ] || echo "numbers $n"
	is 0 "publishing" sello-issue publish --home center --to pub
	is 0 "sync" sello-verify sync --home post pub
	is "${1:-0}" "letters" verify letters/*.xml
	pub_sound pub "${2:-0}"
	in_order
}

approve_run() { "$@" sello-issue approve --home center $A 3 --yes --out letters; }
approve_first() {
	local said
	# each that is told has its files
	if [[ $TOLD = *" is letter "* ]]; then
		guarded
		for said in "$TMP"/end/letters/*-000003-*; do same "letters/${said##*/}"; done
		[ "$(numbers)" = 1,2,3 ] || echo "lost: letter 3"
	fi
	center_first
}
approve_next() { is 0 "again" approve_run; center_next; }

withdraw_run() { "$@" sello-issue withdraw --home center $A --reason LOST "$number"; }
withdraw_first() { center_first; }
withdraw_kept() {
	[ "$(sello-issue list --home center --json | grep "$number" | json state)" = withdrawn ] || echo "lost: withdrawal"
}
withdraw_next() {
	among "0 65" "again" withdraw_run
	withdraw_kept
	center_next 1
}

publish_before() { approve 3 --yes --out letters; }
publish_run() { "$@" sello-issue publish --home center --to pub $A; }
publish_first() { center_first; pub_sound pub; is 0 "sync of what is there" sello-verify sync --home post pub; }
publish_next() { is 0 "again" publish_run; center_next; }
# kept_below FOLDER: all that is there in the end
kept_below() { (cd "$TMP/end" && find "$1" -type f) | while read -r file; do same "$file"; done; }

# a stick that is new
stick_run() { "$@" sello-issue publish --home center --to stick/pub; }
stick_first() {
	center_first
	[ -e stick/pub/log/GTGUA01/1/checkpoint ] || return
	cp pub/trust.xml stick/pub/ # as a stick has it
	pub_sound stick/pub
}
stick_next() {
	among "0 66" "again" stick_run
	is 0 "as it is told" sello-issue publish --home center --to stick/pub --new
	cp pub/trust.xml stick/pub/
	is 0 "sync" sello-verify sync --home post2 stick/pub
	pub_sound stick/pub
	center_next
}

draft_run() { "$@" sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter more.csv; }
draft_first() { center_first; }
draft_next() { is 0 "again" draft_run; is 0 "approve" approve 5 --yes --out letters; center_next; }

reprint_run() { "$@" sello-issue reprint --home center $A --reason LOST --out letters "$number"; }
reprint_first() { center_first; }
reprint_next() { is 0 "again" reprint_run; center_next; }

trust_before() { certify post2/request.txt; publish; }
trust_run() { "$@" sello-issue trust --home center pub/trust.xml; }
trust_first() { center_first; }
trust_next() { is 0 "again" trust_run; center_next; }

officer_run() { "$@" sello-issue officer --home center add OF1008 --role drafter --as AD0001 --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver --new-passphrase-file pass/first; }
officer_first() { center_first; }
officer_next() { among "0 73" "again" officer_run; center_next; }

backup_run() { "$@" sello-issue backup --home center --to stick/b; }
backup_first() {
	center_first
	[ ! -e stick/b ] || is 0 "what is named is whole" restore --home seen stick/b
}
backup_next() { among "0 73" "again" backup_run; is 0 "another one" sello-issue backup --home center --to stick/b2; is 0 "which opens" restore --home again stick/b2; center_next; }

restore_before() { sello-issue backup --home center --to stick/b; approve 3 --yes --out letters; sello-issue publish --home center --to pub; }
restore_run() { "$@" sello-issue restore --home center $A --yes stick/b; }
restore_first() {
	local n
	n=$(numbers)
	case $n in 1,2 | 1,2,3) ;; *) echo "letters $n" ;; esac
	among "0 78" "check" sello-issue check --home center
	# what was there is kept somewhere
	[ "$n" = 1,2,3 ] || [ "$(db center/register.before-*.db "SELECT count(*) FROM letter")" = 3 ] || echo "lost: the register that was there"
}
restore_kept() { [ "$(numbers)" = 1,2 ] || echo "lost: the restored register"; }
restore_next() {
	is 0 "again" restore_run
	is 0 "recover" sello-issue recover --home center --from pub $A $S
	is 0 "drafts" sign_again center
	center_next 0 "0 1" # lines may be lost: a question
}

home_before() { sello-issue backup --home center --to stick/b; }
home_run() { "$@" sello-issue restore --home home $A --yes stick/b; }
home_first() { [ ! -e home/register.db ] || among "0 78" "check" sello-issue check --home home; }
home_kept() { [ "$(db home/register.db "SELECT count(*) FROM letter")" = 2 ] || echo "lost: the restored register"; }
home_next() {
	is 0 "again" home_run
	home_kept
	is 0 "recover" sello-issue recover --home home --from pub $A $S
	mv center gone && mv home center
	is 0 "drafts" sign_again center
	center_next 0 "0 1" # lines may be lost: a question
}

rekey_run() { "$@" sello-issue rekey --home center $A; }
rekey_first() { center_first; }
rekey_next() {
	among "0 77" "again" rekey_run
	is 0 "certify" certify center/request.csr
	is 0 "list" publish
	is 0 "taken" sello-issue trust --home center pub/trust.xml
	center_next
}

forget_run() { "$@" sello-issue forget --home center $A $S --before "$(day '6 days')"; }
forget_first() { center_first; }
forget_kept() { ! grep -rqaE 'Quispe|QUISPE' center || echo "lost: what was forgotten is there again"; }
forget_next() { is 0 "again" forget_run; forget_kept; center_next; }

certify_before() { sello-verify init --home post3 --root root/root.crt --consulate ES-GTGUA --post 3; }
certify_run() { "$@" sello-keys certify --home root --passphrase-file pass/root --yes post3/request.txt; }
certify_first() { :; }
certify_kept() { [ "$(db root/root.db "SELECT count(*) FROM post")" = 3 ] || echo "lost: post"; }
certify_next() { among "0 73" "again" certify_run; certify_kept; is 0 "list" publish; is 0 "sync" sello-verify sync --home post3 pub; }

list_run() { "$@" sello-keys publish --home root --passphrase-file pass/root --to pub; }
list_first() { is 0 "sync of what is there" sello-verify sync --home post pub; pub_sound pub; }
list_next() { is 0 "again" list_run; is 0 "sync" sello-verify sync --home post pub; is 0 "taken" sello-issue trust --home center pub/trust.xml; pub_sound pub; }

root_run() { "$@" sello-keys init --home root2 --program RRP-ES --name Two --passphrase-file pass/root; }
root_first() { :; }
root_kept() { is 0 "list" sello-keys publish --home root2 --passphrase-file pass/root --to pub2; }
root_next() { [ -e root2/root.crt ] || rm -rf root2; among "0 73" "again" root_run; is 0 "list" sello-keys publish --home root2 --passphrase-file pass/root --to pub2; }

center_run() { "$@" sello-issue init --home new --center GTGUA02 --name New --country GTM --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin; }
newcenter_run() { center_run "$@"; }
newcenter_first() { [ ! -e new ] || newcenter_kept; }
newcenter_kept() { is 0 "request" sello-keys show new/request.csr; is 0 "guard" test -s new/head.guard; }
newcenter_next() {
	among "0 73" "again" newcenter_run
	newcenter_kept
	is 0 "a drafter" sello-issue officer --home new add OF1007 --role drafter --as AD0001 --passphrase-file pass/admin --new-passphrase-file pass/first
}

newpost_run() { "$@" sello-verify init --home post3 --root root/root.crt --consulate ES-GTGUA --post 3; }
newpost_first() { :; }
# without a list it can judge nothing yet
newpost_kept() { is 2 "status" sello-verify status --home post3; }
newpost_next() { among "0 73" "again" newpost_run; is 0 "certify" certify post3/request.txt; is 0 "list" publish; is 0 "sync" sello-verify sync --home post3 pub; }

sync_before() { withdraw_run; sello-issue publish --home center --to pub; }
sync_run() { "$@" sello-verify sync --home post pub; }
sync_first() { is 0 "status" sello-verify status --home post; }
sync_kept() { sello-verify check --home post --json "$one" 2>/dev/null | grep -q R-WITHDRAWN || echo "lost: withdrawal"; }
sync_next() { is 0 "again" sync_run; sync_kept; is 0 "the other letter" verify "$two"; }

record_run() { "$@" sello-verify check --home post --record "$one"; }
record_first() { is 0 "status" sello-verify status --home post; }
record_kept() { sello-verify check --home post --json "$one" 2>/dev/null | grep -q R-PRESENTED || echo "lost: that it was shown"; }
record_next() { among "0 1" "again" record_run; record_kept; is 0 "sync" sello-verify sync --home post pub; }

export_before() { record_run; }
export_run() { "$@" sello-verify export --home post --to stick/told; }
export_first() { is 0 "status" sello-verify status --home post; }
export_next() { is 0 "again" export_run; is 0 "import" sello-verify import --home post2 stick/told; sello-verify check --home post2 --json "$one" 2>/dev/null | grep -q R-PRESENTED || echo "not told"; }

import_before() { record_run; sello-verify export --home post --to stick/told; }
import_run() { "$@" sello-verify import --home post2 stick/told; }
import_first() { is 0 "status" sello-verify status --home post2; }
import_kept() { sello-verify check --home post2 --json "$one" 2>/dev/null | grep -q R-PRESENTED || echo "lost: that it was shown"; }
import_next() { is 0 "again" import_run; import_kept; }

postbackup_before() { record_run; printf 'otra frase de paso larga y rara\n' >pass/post; }
postbackup_run() { "$@" sello-verify backup --home post --to stick/b --passphrase-file pass/post; }
postbackup_first() {
	is 0 "status" sello-verify status --home post
	[ ! -e stick/b ] || is 0 "what is named is whole" sello-verify restore --home seen stick/b --passphrase-file pass/post
}
postbackup_next() { among "0 73" "again" postbackup_run; is 0 "another one" sello-verify backup --home post --to stick/b2 --passphrase-file pass/post; is 0 "which opens" sello-verify restore --home again stick/b2 --passphrase-file pass/post; }

postrestore_before() { postbackup_before; mkdir post/evidence; echo "a head" >post/evidence/log-GTGUA01-1-00112233.checkpoint; postbackup_run; }
postrestore_run() { "$@" sello-verify restore --home home stick/b --passphrase-file pass/post; }
postrestore_first() { [ ! -e home/root.crt ] || postrestore_kept; }
postrestore_kept() {
	is 0 "status" sello-verify status --home home
	sello-verify check --home home --json "$one" 2>/dev/null | grep -q R-PRESENTED || echo "lost: that it was shown"
	kept_below home/evidence
	same home/report.key
}
postrestore_next() { among "0 73" "again" postrestore_run; postrestore_kept; is 0 "sync" sello-verify sync --home home pub; }

FLOWS="approve publish withdraw export sync backup restore certify rekey forget"
[ ! "${SELLO_TORTURE:-}" ] ||
    FLOWS+=" stick draft reprint trust officer home list root newcenter newpost record import postbackup postrestore"

# Our fsyncs that these states do not miss, and that stay: docs/testing.md says why.
MAKING='.????????????????.tmp' # a home in the making: lib/base/leftover.h
declare -A STAYS=(
	# an fsync later in the same folder, or SQLite's of the same file, would do
	[root]=$MAKING [newcenter]=$MAKING [postrestore]="home home/post.db"
	[home]="home home/register.restore" [restore]="center/register.restore center"
	# SQLite syncs that folder afterwards, because nobody else has its log open
	[trust]=center [postbackup]=post
	# what is found is flushed: here it was before
	[stick]=". stick/pub/log/GTGUA01*" [reprint]="letters letters/*"
)
declare -A WROTE
# --- walking them -------------------------------------------------------------------------
has_step() { declare -F "${FLOW}_$1" >/dev/null; }
# record FLOW: $TMP/before is how it begins, $TMP/trace what is done, $TMP/end the end
record() {
	FLOW=$1
	cd "$TMP" && rm -rf w before end trace && cp -a base w && cd w || exit 1
	! has_step before || "${FLOW}_before" >/dev/null 2>&1 || echo "not ok $FLOW cannot be prepared"
	cp -a . ../before
	"${FLOW}_run" recorded >"$TMP/.out" 2>&1 || {
		not_ok "$FLOW: exit $?: $(<"$TMP/.out")"
		return 1
	}
	cp -a . ../end
	"$LAID" same ../before ../trace . || not_ok "$FLOW: something was done that was not recorded"
	local file
	WROTE=()
	while read -r file; do WROTE[$file]=$(content "$file"); done < <(
		diff -rqN -x '*-wal' -x '*-shm' ../before . | sed 's/^Files .* and \.\/\(.*\) differ$/\1/'
	)
}
recorded() { SELLO_TEST_TRACE=$TMP/trace SELLO_TEST_ROOT=$PWD LD_PRELOAD="$LIB:$CHEAP" "$@"; }
# wrong_in CUT SEED [PLACE]: what is wrong in this state
wrong_in() {
	cd "$TMP" || exit
	TOLD=$("$LAID" lay before trace w "$@") && cd w || {
		echo "not laid out"
		return
	}
	[[ $TOLD != *"exit 0"* ]] || kept_all
	"${FLOW}_first"
	[[ $TOLD != *"exit 0"* ]] || ! has_step kept || "${FLOW}_kept"
	[ ! "$LONG" ] || "${FLOW}_next"
}
# one CUT SEED [PLACE]
one_state() {
	local wrong
	wrong=$(wrong_in "$@" | if [ $# = 3 ]; then head -n 1; else cat; fi | tr '\n' ';')
	printf '%s %s: %s\n' "$FLOW" "$*" "${wrong:-well}" >>"$SAID"
	[ ! "$wrong" ]
}
# walk FLOW [CUT SEED [PLACE]]
walk() {
	local states count step i wrongs='' walked=0
	is_flow "$1"
	record "$1" || return
	LONG=1
	if [ $# -gt 1 ]; then
		one_state "${@:2}" && ok "$*" || not_ok "$*: $(tail -n 1 "$SAID")"
		return
	fi
	if [ "${ONLY:-}" = fsyncs ]; then
		walk_syncs
		return
	fi
	mapfile -t states < <("$LAID" list ../before ../trace "$REORDERINGS")
	count=${#states[@]}
	step=$((count / SAMPLE + 1))
	[ "${SELLO_TORTURE:-}" ] && step=1
	[ "${STEP:-}" ] && step=$STEP
	for ((i = step / 2; i < count; i += step)); do
		walked=$((walked + 1))
		# another of them in each flow
		[ "${SELLO_TORTURE:-}" ] || ((walked == ${#FLOW} % SAMPLE + 1)) || LONG=
		one_state ${states[i]} || wrongs+=" ${states[i]};"
		LONG=1
	done
	if [ ! "$wrongs" ]; then ok "$FLOW: $walked of $count states, $("$LAID" syncs ../before ../trace | wc -l) fsyncs"; else
		not_ok "$FLOW: $walked of $count states:$wrongs"
	fi
	[ ! "${SELLO_TORTURE:-}" ] || [ "${ONLY:-}" = states ] || walk_syncs
}
stays() {
	local pattern patterns
	read -ra patterns <<<"${STAYS[$FLOW]:-}"
	for pattern in "${patterns[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $1 != $pattern ]] || return 0
	done
	return 1
}
# Each fsync left out: a state in which it is missed. SQLite's are not ours to take away.
# Some of ours stay all the same.
walk_syncs() {
	local place who what state found missed=0 superfluous='' sqlite=0 stay=0
	while read -r place who what; do
		found=
		while read -r state; do
			one_state $state "$place" || {
				found=$state
				break
			}
		done < <("$LAID" list ../before ../trace 0 "$place")
		echo "$FLOW fsync $place $who $what: ${found:-not missed}" >>"$SAID"
		if [ "$found" ]; then
			missed=$((missed + 1))
		elif [[ $who = *sqlite* ]]; then
			sqlite=$((sqlite + 1))
		elif stays "$what"; then
			stay=$((stay + 1))
		else
			superfluous+=" $place $what;"
		fi
	done < <("$LAID" syncs ../before ../trace)
	if [ ! "$superfluous" ]; then ok "$FLOW: $missed fsyncs are missed, $sqlite of SQLite are not, $stay stay"; else
		not_ok "$FLOW: $missed fsyncs are missed, not:$superfluous"
	fi
}
if [ $# -gt 0 ]; then walk "$@"; else for flow in $FLOWS; do walk "$flow"; done; fi
cd "$TMP" || exit 1
done_testing
