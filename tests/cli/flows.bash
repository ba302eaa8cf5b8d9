#!/bin/bash
# shellcheck shell=bash
# The flows in which something is written, each with what must be true when it was
# done: sourced behind lib.sh by those who disturb them in all ways (faults.sh,
# moments.sh). In a folder of its own, $BASE, is what is there before.
#
# NAME_run: the command, behind the words that it gets; NAME_there: is what it is to do
# done; NAME_sound: is all well after it was done again; NAME_AGAIN: how it may end
# then, besides as ever. PROGRAM_NAME is whose calls are disturbed.
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
AP="--second AP2003 --second-passphrase-file pass/approver"

# --- what is there before ------------------------------------------------------
mkdir base && cd base || exit 1
world
printf 'cinco palabras bien largas y raras\n' >pass/post
{ echo "$HEADER"; person 1 Quispe Ana; person 2 Mamani Rosa; person 3 Choque Luz; person 4 Huanca Noa; } >people.csv
{ echo "$HEADER"; person 5 Apaza Eva; person 6 Condori Ada; } >more.csv
draft people.csv >/dev/null
approve 1 2 --yes --out letters >/dev/null
sello-issue publish --home center --to pub >/dev/null
cp -a pub pub.old
one=$(letter letters 1) two=$(letter letters 2)
number=$(basename "$one" .xml)
sello-issue withdraw --home center $A --reason LOST "$(basename "$two" .xml)" >/dev/null
sello-issue publish --home center --to pub >/dev/null
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
# of a post that the list knows: what another one tells
sello-verify init --home post3 --root root/root.crt --consulate ES-GTGUA --post 3 >/dev/null
certify post3/request.txt >/dev/null && publish >/dev/null
cp -a post post.old
for home in post post3; do sello-verify sync --home $home pub >/dev/null; done
sello-verify check --home post3 --record "$one" "$two" >/dev/null
sello-verify export --home post3 --to told >/dev/null
sello-issue backup --home center --to backup >/dev/null
sello-verify backup --home post3 --to backup3 --passphrase-file pass/post >/dev/null
restore --home lost backup >/dev/null
[ -s told ] && [ -s backup ] && [ -s backup3 ] && [ -s lost/register.db ] || not_ok "what is there before"
cd ..
BASE=$TMP/base

quietly() { "$@" >/dev/null 2>&1; }
fresh() { cd "$TMP" && rm -rf w && cp -a base w && cd w || exit 1; }
count() { sqlite3 -batch "$1" "$2"; }
tidy() { [ -z "$(find . -name '.*' ! -name . -type f)" ]; }
home_sound() { sello-issue check --home "$1" && tidy; }
# of that letter all files, and no other
handed() {
	local of="out/*-00000$1"
	[ "$(echo $of-*)" = "$(echo $of-?.pdf) $(echo $of-?.png) $(echo $of-?.xml)" ]
}
numbers() { count center/register.db "SELECT group_concat(s) FROM (SELECT substr(number, 14, 6) + 0 AS s FROM letter ORDER BY s)"; }

# --- root ------------------------------------------------------------------------
PROGRAM_root=sello-keys
root_run() { "$@" sello-keys init --home root2 --program RRP-ES --name Two --passphrase-file pass/root; }
root_there() { sello-keys publish --home root2 --passphrase-file pass/root --to pub2 && sello-keys show pub2/trust.xml; }
root_sound() { root_there && tidy; }
root_AGAIN=73

PROGRAM_certify=sello-keys
certify_run() { "$@" sello-keys certify --home root --passphrase-file pass/root --yes post2/request.txt; }
certify_there() { [ "$(count root/root.db "SELECT count(*) FROM post")" = 3 ]; }
certify_sound() { certify_there && publish && sello-verify sync --home post2 pub && tidy; }
certify_AGAIN=73

PROGRAM_list=sello-keys
list_run() { "$@" sello-keys publish --home root --passphrase-file pass/root --to pub; }
list_there() { ! cmp -s pub/trust.xml "$BASE/pub/trust.xml"; }
list_sound() { list_there && sello-verify sync --home post pub && tidy; }

# --- center ----------------------------------------------------------------------
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
draft_there() { [ "$(count center/register.db "SELECT count(*) FROM draft")" = 6 ]; }
# two drafts of a person are told apart: --all leaves the second out
draft_sound() {
	approve --all --yes --out out
	[ "$(count center/register.db "SELECT count(*) FROM letter")" = 6 ] && home_sound center
}

PROGRAM_approve=sello-issue
approve_run() { "$@" sello-issue approve --home center $A 3 4 --yes --out out; }
approve_there() { handed 3 && handed 4; }
approve_sound() { approve_there && [[ $(numbers), == 1,2,3,4,* ]] && home_sound center && deliver && verify out/*.xml; }

PROGRAM_withdraw=sello-issue
withdraw_run() { "$@" sello-issue withdraw --home center $A --reason LOST "$number"; }
withdraw_there() { [ "$(sello-issue list --home center --json | grep "$number" | json state)" = withdrawn ]; }
withdraw_AGAIN=65
withdraw_sound() { withdraw_there && home_sound center && deliver && ! verify "$one"; }

PROGRAM_log=sello-issue
log_run() { "$@" sello-issue publish --home center --to pub3 $A; }
log_there() { cp -a pub/trust.xml pub3/ && sello-verify sync --home post3 pub3; }
log_sound() { log_there && home_sound center; }

PROGRAM_update=sello-issue
update_run() { "$@" sello-issue publish --home center --to pub.old; }
update_there() { ! cmp -s pub.old/log/GTGUA01/1/checkpoint "$BASE/pub.old/log/GTGUA01/1/checkpoint"; }
# it may know more already, by another way
update_sound() {
	update_there && home_sound center || return
	sello-verify sync --home post.old pub.old
	[ $? -lt 2 ]
}

PROGRAM_reprint=sello-issue
reprint_run() { "$@" sello-issue reprint --home center $A --reason LOST --out out "$number"; }
reprint_there() { [ -s "out/$number-2.pdf" ]; }
reprint_sound() { verify out/*.pdf && home_sound center; }

PROGRAM_backup=sello-issue
backup_run() { "$@" sello-issue backup --home center --to stick; }
# those of before, and whatever was approved meanwhile
backup_there() { restore --home again stick && [ "$(count again/register.db "SELECT count(*) FROM letter")" -ge 2 ]; }
backup_sound() { rm -rf again && backup_there && home_sound center; }
backup_AGAIN=73

PROGRAM_restore=sello-issue
restore_run() { "$@" sello-issue restore --home again $A --yes backup; }
restore_there() { [ "$(count again/register.db "SELECT count(*) FROM letter")" = 2 ]; }
restore_sound() {
	restore_there && sello-issue recover --home again --from pub $A $S &&
	    home_sound again
}

PROGRAM_over=sello-issue
over_run() { "$@" sello-issue restore --home center $A --yes backup; }
over_there() { [ "$(numbers)" = 1,2 ]; }
over_sound() { over_there && home_sound center; }

PROGRAM_officer=sello-issue
officer_run() {
	"$@" sello-issue officer --home center add OF1008 --role drafter --as AD0001 --passphrase-file pass/admin \
	    $AP --new-passphrase-file pass/first
}
officer_there() { sello-issue officer --home center list | grep -q OF1008; }
officer_sound() {
	officer_there && own center OF1008 first drafter2 $AP &&
	    sello-issue draft --home center --as OF1008 --passphrase-file pass/drafter2 more.csv && home_sound center
}
officer_AGAIN=73

PROGRAM_passphrase=sello-issue
passphrase_run() {
	"$@" sello-issue passphrase --home center --as OF1007 --passphrase-file pass/drafter \
	    --new-passphrase-file pass/drafter2 $AP
}
passphrase_there() {
	sello-issue draft --home center --as OF1007 --passphrase-file pass/drafter2 more.csv
}
# the one that is replaced opens nothing: of the two exactly one does
passphrase_sound() { passphrase_there && ! draft more.csv && home_sound center; }
passphrase_AGAIN=77

PROGRAM_rekey=sello-issue
rekey_run() { "$@" sello-issue rekey --home center $A; }
rekey_there() { sello-keys show center/request.csr; }
# the next letter is signed with them, once the list has them
rekey_sound() {
	certify center/request.csr && publish && sello-issue trust --home center pub/trust.xml &&
	    approve 3 --yes --out out && home_sound center && deliver && verify out/*.xml
}
rekey_AGAIN=77

PROGRAM_forget=sello-issue
forget_run() { "$@" sello-issue forget --home center $A $S --before "$(day '99 days')"; }
forget_there() { ! grep -rqaE 'Quispe|QUISPE|Mamani|MAMANI' center; }
forget_sound() { forget_there && home_sound center && draft more.csv && approve 5 --yes --out out && deliver && verify out/*.xml; }

PROGRAM_recover=sello-issue
recover_run() { "$@" sello-issue recover --home lost --from pub $A $S; }
recover_there() { [ "$(count lost/register.db "SELECT count(*) FROM withdrawal")" = 1 ]; }
recover_sound() {
	recover_there && home_sound lost && sign_again lost &&
	    sello-issue approve --home lost $A 3 --yes --out out && home_sound lost
}

# --- post ------------------------------------------------------------------------
PROGRAM_sync=sello-verify
sync_run() { "$@" sello-verify sync --home post.old pub; }
sync_there() { sello-verify check --home post.old --json "$two" | grep -q R-WITHDRAWN; }
sync_sound() { sync_there && tidy; }

PROGRAM_record=sello-verify
record_run() { "$@" sello-verify check --home post --record "$one" "$two"; }
record_there() { [ "$(count post/post.db "SELECT count(DISTINCT number) FROM presentation")" = 2 ]; }
record_sound() { record_there && tidy; }

PROGRAM_export=sello-verify
export_run() { "$@" sello-verify export --home post --to exported; }
export_there() { sello-verify import --home post exported; }
export_sound() { export_there && tidy; }

PROGRAM_import=sello-verify
import_run() { "$@" sello-verify import --home post told; }
import_there() { sello-verify check --home post --json "$one" | grep -q R-PRESENTED; }
import_sound() { import_there && sello-verify import --home post told | grep -q "new 0" && tidy; }

PROGRAM_keep=sello-verify
keep_run() { "$@" sello-verify backup --home post3 --to kept </dev/null; }
keep_there() { sello-verify restore --home again kept --passphrase-file pass/post; }
keep_sound() { rm -rf again && keep_there && tidy; }
keep_AGAIN=73

PROGRAM_bring=sello-verify
bring_run() { "$@" sello-verify restore --home again backup3 --passphrase-file pass/post; }
bring_there() { sello-verify check --home again --json "$one" | grep -q R-PRESENTED; }
bring_sound() { bring_there && sello-verify sync --home again pub && tidy; }
bring_AGAIN=73
