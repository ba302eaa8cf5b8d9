#!/bin/bash
# Who else may read or change homes, registers, keys, guards and backups: one
# warning with the next step, never a refusal; what Sello makes is private.
. "$(dirname "$0")/lib.sh"
umask 022
world
issue center out 1 >/dev/null
deliver >/dev/null
letter=$(letter out 1)
C="--home center --as AP2003 --passphrase-file pass/approver"
R="--home root --passphrase-file pass/root"

# warned "what" COUNT: so many warnings about others in the last $ERR
warned() {
	local got
	got=$(grep -c 'other users of this computer\|another user of this computer\|protects no file' <<<"$ERR")
	if [ "$got" = "$2" ]; then ok "$1: $2 warnings"; else not_ok "$1: $got warnings, not $2: $ERR"; fi
}

# --- what Sello makes is private ------------------------------------------------
for home in root center post; do
	check "$home is private" test "$(stat -c %a $home)" = 700
done
sello-verify check --home post --save saved "$letter" >/dev/null
check "saved letters are private" test "$(stat -c %a saved) $(stat -c %a saved/*.xml)" = "700 600"
sello-issue backup --home center --to backup >/dev/null
check "a backup is private" test "$(stat -c %a backup)" = 600
{ echo "$HEADER"; person 4 Apaza Eva 1990-13-02; } >wrong.csv
draft --set-aside aside.csv wrong.csv >/dev/null
check "rejected rows are private" test "$(stat -c %a aside.csv)" = 600
exits 0 "nothing to warn of: center" sello-issue list --home center
warned center 0
exits 0 "nothing to warn of: post" sello-verify status --home post
warned post 0
exits 0 "nothing to warn of: root" sello-keys program --home root "$SOURCE/examples/program.ini"
warned root 0

# --- one thing open, one warning, the same exit --------------------------------------
# open "what" EXIT FILE MODE command...
open() {
	local what=$1 want=$2 file=$3 mode=$4 before
	shift 4
	before=$(stat -c %a "$file")
	chmod "$mode" "$file"
	exits "$want" "$what ($mode)" "$@"
	warned "$what ($mode)" 1
	has "$what: the way out" "chmod -R go= "
	chmod "$before" "$file"
}
open "a root's home" 0 root 755 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a root's key" 0 root/root.key 640 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a root's database" 0 root/root.db 604 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a center's home" 0 center 750 sello-issue list --home center
open "a center's home that others may write to" 0 center 702 sello-issue list --home center
open "a register" 0 center/register.db 644 sello-issue check --home center
open "a guard" 0 center/head.guard 660 sello-issue list --home center
open "a post's home" 0 post 711 sello-verify status --home post
open "a post's key" 0 post/report.key 644 sello-verify status --home post
open "a post's records" 0 post/logs.db 666 sello-verify status --home post
open "a verdict stays what it is" 0 post 777 sello-verify check --home post --json "$letter"
has "valid" '"verdict":"valid"'
open "a backup that is known of" 0 backup 644 sello-issue check --home center
open "a backup to restore" 0 backup 644 restore --home again backup
chmod -R go+rX center
exits 0 "everything open" sello-issue list --home center
warned "everything open" 1
# shellcheck disable=SC2046
eval "$(sed -n 's/.*run: //p' <<<"$ERR")"
exits 0 "what was advised was done" sello-issue list --home center
warned "what was advised was done" 0

# --- owners -----------------------------------------------------------------------------
if [ "$(id -u)" = 0 ]; then
	chown 65534 post/report.key
	exits 0 "a foreign key" sello-verify status --home post
	warned "a foreign key" 1
	has "the way out" chown
	chown 0 post/report.key
	chown 65534 center
	exits 0 "a foreign home" sello-issue list --home center
	warned "a foreign home" 1
	chown 0 center
else
	echo "skip owners: not root"
fi
done_testing
