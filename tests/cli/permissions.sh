#!/bin/bash
# Who else may read or change homes, registers, keys, guards and backups. What Sello
# makes is private. A home that is not is refused, with the file, its mode and what to
# run; of what the user cannot mend, or what is no part of a home, one warning.
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
	got=$(grep -c 'users of this computer\|another user of this computer\|protects no file' <<<"$ERR")
	if [ "$got" = "$2" ]; then ok "$1: $2 warnings"; else not_ok "$1: $got warnings, not $2: $ERR"; fi
}

# --- what Sello makes is private ------------------------------------------------
for home in root center post; do
	check "$home is private" test "$(stat -c %a $home)" = 700
done
printf "cinco palabras bien largas y raras\n" >pass/post
sello-verify backup --home post --to post.backup --passphrase-file pass/post >/dev/null
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

# --- one thing open, one sentence ----------------------------------------------------
# open "what" EXIT FILE MODE command...
open() {
	local what=$1 want=$2 file=$3 mode=$4 before
	set -- "$1" "$2" "$3" "$(printf %03d "$4")" "${@:5}"
	before=$(stat -c %a "$file")
	chmod "$mode" "$file"
	exits "$want" "$what ($mode)" "${@:5}"
	warned "$what ($mode)" 1
	has "$what: what" "$file: other users"
	has "$what: its mode" "(mode $4)"
	has "$what: the way out" "chmod -R go= "
	chmod "$before" "$file"
}
open "a root's home" 77 root 755 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a root's key" 77 root/root.key 640 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a root's database" 77 root/root.db 604 sello-keys program --home root "$SOURCE/examples/program.ini"
open "a center's home" 77 center 750 sello-issue list --home center
open "a center's home that others may write to" 77 center 702 sello-issue list --home center
open "a register" 77 center/register.db 644 sello-issue check --home center
open "a guard" 77 center/head.guard 660 sello-issue list --home center
open "a post's home" 77 post 711 sello-verify status --home post
open "a post's key" 77 post/report.key 644 sello-verify status --home post
open "a post's records" 77 post/logs.db 666 sello-verify status --home post
open "a post whose list others may change judges nothing" 77 post 777 sello-verify check --home post --json "$letter"
hasnt "... neither way" '"verdict"'
open "a post's certificate of the root that others may change" 77 post/root.crt 646 sello-verify check --home post "$letter"
open "a post's backup key" 77 post/backup.key 640 sello-verify status --home post
open "pages of a center's home" 77 center 755 sello-issue serve --home center --no-browser
open "a backup that is known of" 0 backup 644 sello-issue check --home center
open "a backup to restore" 0 backup 644 restore --home again backup
chmod -R go+rX center
exits 77 "everything open" sello-issue list --home center
warned "everything open" 1
# shellcheck disable=SC2046
eval "$(sed -n 's/.*run: //p' <<<"$ERR")"
exits 0 "what was advised was done" sello-issue list --home center
warned "what was advised was done" 0

# --- owners -----------------------------------------------------------------------------
if [ "$(id -u)" = 0 ]; then
	chown 65534 post/report.key
	exits 77 "a foreign key" sello-verify status --home post
	warned "a foreign key" 1
	has "the way out" "chown -R 0 post"
	chown 0 post/report.key
	chown 65534 center
	exits 77 "a foreign home" sello-issue list --home center
	warned "a foreign home" 1
	chown 0 center
	chown -R 65534 post
	exits 77 "another user's, all of it" sello-verify status --home post
	chown -R 0 post
	if command -v setpriv >/dev/null; then
		mkdir -m 755 bin && cp "$BUILD/sello-verify" "$BUILD/sello-decode" bin/
		chmod 711 "$TMP" && chmod -R a+rX,go-w post
		exits 0 "a counter that root set up for all, and nobody may change" \
		    setpriv --reuid=65534 --clear-groups --inh-caps=-all --bounding-set=-all bin/sello-verify status --home post
		warned "... is told" 1
		chmod -R go= post && chmod 700 "$TMP"
	fi
else
	echo "skip owners: not root"
fi

# --- folders -----------------------------------------------------------------------------
mkdir -m 755 made && exits 0 "a post in an empty folder" sello-verify init --home made --root root/root.crt --consulate ES-GTGUA --post 2
check "... which is private then" test "$(stat -c %a made)" = 700
mkdir above && mv center above/ && chmod 777 above
exits 0 "a folder above that all may write to, where nobody comes by" sello-issue list --home above/center
warned "... says nothing" 0
chmod 711 "$TMP"
exits 0 "... where all come by" sello-issue list --home above/center
warned "... is told" 1
has "... with the way out" "(mode 777); run: chmod o-w $(realpath above)"
chmod 1777 above
exits 0 "... as /tmp is" sello-issue list --home above/center
warned "... is fine" 0
done_testing
