#!/bin/bash
# What is named as a file and is none - a pipe that nobody writes to, a
# device that never ends, a folder, a socket - is answered within seconds,
# with a sentence and a documented exit. A pipe that somebody writes to is
# as good as a file.
. "$(dirname "$0")/lib.sh"
world
issue center out 1 >/dev/null
deliver >/dev/null
sello-verify export --home post --to report >/dev/null
sello-issue backup --home center --to backup >/dev/null
{ echo "$HEADER"; person 4 Apaza Eva 1990-05-02; } >one.csv
draft one.csv >/dev/null
C="--home center --as AP2003 --passphrase-file pass/approver"
D="--home center --as OF1007 --passphrase-file pass/drafter"
R="--home root --passphrase-file pass/root"
number=$(basename "$(letter out 1)" .xml)
mkfifo pipe
mkdir folder
ln -s /dev/zero zero
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'

# Every place of a command line that names a file: @ is what is named there.
# Commands that would write their output there are below.
commands() {
	cat <<END
sello-keys program --home root @
sello-keys certify $R --yes @
sello-keys revoke $R ES-GTGUA/1 --reason compromise --checkpoint @
sello-keys person $R --yes remove GTGUA01 OF1010 --checkpoint @
sello-keys log $R close GTGUA01 --checkpoint @
sello-keys show @
sello-keys publish --home root --passphrase-file @ --to pub3
sello-keys publish $R --to @
sello-keys show --certificates @ pub/trust.xml
sello-keys init --home @ --program RRP-ES --name T --passphrase-file pass/root
sello-issue init --home c3 --center GTGUA03 --name T --country GTM --timezone America/Guatemala --as AD0001 --passphrase-file pass/admin --root @
sello-issue init --home c3 --center GTGUA03 --name T --country GTM --timezone America/Guatemala --as AD0001 --passphrase-file pass/admin --root root/root.crt --key @
sello-issue init --home c3 --center GTGUA03 --name T --country GTM --timezone America/Guatemala --as AD0001 --passphrase-file pass/admin --root root/root.crt --guard @
sello-issue trust --home center @
sello-issue draft --home center --as OF1007 --passphrase-file @ one.csv
sello-issue draft $D @
sello-issue draft $D --dry-run @
sello-issue correct $D $number @
sello-issue approve $C --all --yes --out @
sello-issue reprint $C $number --reason LOST --out @
sello-issue publish --home center --to @
sello-issue check --home center --cosigned @
sello-issue backup --home center --to @
sello-issue restore --as AP2003 --passphrase-file pass/approver --home again @
sello-issue recover $C --from @ --second AD0001 --second-passphrase-file pass/admin
sello-issue list --home @
sello-verify init --home p3 --consulate ES-GTGUA --root @
sello-verify init --home @ --consulate ES-GTGUA --root root/root.crt
sello-verify sync --home post @
sello-verify check --home post @
sello-verify check --home post --save @ $(letter out 1)
sello-verify export --home post --to @
sello-verify import --home post @
sello-verify status --home @
sello-audit check --root @ pub
sello-audit check --root root/root.crt @
sello-audit check --root root/root.crt --presentations @ pub
sello-audit check --root root/root.crt --calendar @ pub
sello-audit report --root root/root.crt --out @ pub
END
}

# answered WHAT NUMBER COMMAND: in a copy of everything, for they run side by
# side; the result in files
answered() {
	local what=$1 n=$2 command=${3//@/$1} status
	mkdir "$TMP/.$n" && cp -a center root post pub out pass one.csv "$1" "$TMP/.$n" || return
	# shellcheck disable=SC2086
	(cd "$TMP/.$n" && timeout 60 $command) >"$TMP/.$n.said" 2>&1 </dev/null
	status=$?
	[ "$1" = folder ] || [ "$(stat -c %F "$TMP/.$n/$1")" = "$(stat -c %F "$1")" ] ||
		echo "$1 was replaced" >>"$TMP/.$n.wrong"
	rm -rf "${TMP:?}/.$n"
	case $status in
	0 | 2 | 6[4-9] | 7[3-8]) ;;
	*) echo "exit $status" >>"$TMP/.$n.wrong" ;;
	esac
	[ -s "$TMP/.$n.said" ] || echo "said nothing" >>"$TMP/.$n.wrong"
	# 0 only where nothing was to be read or written
	[ $status != 0 ] || echo "exit 0" >>"$TMP/.$n.wrong"
}
# the sanitized build takes two of the four for each command
sanitized && every=2 || every=1
n=0 turn=0
for what in pipe zero socket folder; do
	turn=$((turn + 1)) row=$turn
	while read -r command; do
		row=$((row + 1))
		((row % every)) && continue
		n=$((n + 1))
		echo "$what: $command" >"$TMP/.$n.name"
		# what folders are for
		case $what:$command in
		folder:*--to\ @ | folder:*--out\ @ | folder:*--certificates* | folder:*--home\ @* | folder:*--save* | \
		    folder:*sync*) continue ;;
		esac
		answered $what $n "$command" &
		[ $((n % 40)) != 0 ] || wait # most of them wait for a writer
	done < <(commands)
done
wait
for i in $(seq $n); do
	if [ -e "$TMP/.$i.wrong" ]; then
		not_ok "$(cat "$TMP/.$i.name"): $(tr '\n' ' ' <"$TMP/.$i.wrong")"
		head -n 5 "$TMP/.$i.said" | sed 's/^/    /'
	else
		ok "$(cat "$TMP/.$i.name")"
	fi
done
check "the device is still a device" test -c /dev/zero -a -c /dev/full

# --- in the place of files that the programs look for themselves -------------------
# In a copy of everything too, side by side.
planted() {
	local what=$1 file=$2 dir
	shift 2
	plants+=("$what")
	dir=$TMP/.plant${#plants[@]}
	mkdir "$dir" && cp -a center root post pub out pass one.csv "$dir" || return
	(
		cd "$dir" && rm -f "$file" && mkfifo "$file" || exit
		timeout 60 "$@" >"$dir.said" 2>&1 </dev/null
		echo $? >"$dir.rc"
	) &
}
plants=()
planted "root.key" root/root.key sello-keys publish $R --to pub4
planted "root.db" root/root.db sello-keys publish $R --to pub4
planted "root.crt" root/root.crt sello-keys publish $R --to pub4
planted "register.db" center/register.db sello-issue list --home center
planted "head.guard" center/head.guard sello-issue reprint $C "$number" --reason LOST --out again
planted "the center's trust.xml" center/trust.xml sello-issue draft $D one.csv
# looked at again for each of fifteen
one=$(letter out 1)
planted "the post's trust.xml" post/trust.xml sello-verify check --home post \
    "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one" "$one"
planted "logs.db" post/logs.db sello-verify check --home post "$(letter out 1)"
planted "logs.db-wal" post/logs.db-wal sello-verify check --home post "$(letter out 1)"
planted "register.db-journal" center/register.db-journal sello-issue reprint $C "$number" --reason LOST --out again
planted "the post's list" post/trust.xml sello-verify check --home post "$(letter out 1)"
planted "the post's root" post/root.crt sello-verify check --home post "$(letter out 1)"
planted "report.key" post/report.key sello-verify export --home post --to r2
planted "PUB's list" pub/trust.xml sello-verify sync --home post pub
planted "PUB's head" pub/log/GTGUA01/1/checkpoint sello-verify sync --home post pub
planted "PUB's head, audited" pub/log/GTGUA01/1/checkpoint sello-audit check --root root/root.crt pub
wait
for i in "${!plants[@]}"; do
	dir=$TMP/.plant$((i + 1))
	case $(cat "$dir.rc") in
	1 | 2 | 6[4-9] | 7[3-8]) ok "${plants[i]}" ;;
	*)
		not_ok "${plants[i]}: exit $(cat "$dir.rc")"
		head -n 5 "$dir.said" | sed 's/^/    /'
		;;
	esac
	rm -rf "$dir"
done

# --- pipes that somebody writes to ---------------------------------------------------
{ echo "$HEADER"; person 5 Condori Ada; } >two.csv
exits 0 "people from a pipe, passphrase too" sello-issue draft --home center --as OF1007 \
	--passphrase-file <(cat pass/drafter) <(cat two.csv)
exits 0 "a list" sello-issue trust --home center <(cat pub/trust.xml)
exits 0 "a letter" sello-verify check --home post <(cat "$(letter out 1)")
exits 0 "a picture" sello-verify check --home post <(cat out/*.png)
exits 0 "a certificate" sello-keys show <(cat root/root.crt)
exits 0 "a root" sello-audit check --root <(cat root/root.crt) pub
exits 0 "a witness" sello-issue check --home center --cosigned <(cat report)

# --- a backup that is none, and would fill the disk ----------------------------------------
truncate -s 1T huge
exits 65 "an empty file of a terabyte" timeout 60 sello-issue restore --as AP2003 --passphrase-file pass/approver --home new-home huge
check "nothing stays" test ! -e new-home
head -c 100 backup >lying
truncate -s 1T lying
exits 65 "the same with a backup's beginning" timeout 60 sello-issue restore --as AP2003 --passphrase-file pass/approver --home new-home lying
check "nothing stays" test ! -e new-home
sqlite3 other.db "CREATE TABLE a(b)"
head -c 6000 center/register.db >cut.db
for file in people.csv other.db cut.db post/logs.db; do
	[ -e "$file" ] || cp one.csv "$file"
	exits 65 "no backup: $file" restore --home new-home "$file"
	has "... said in our words" "$(case $file in
	people.csv) echo "$file: this is a table of people" ;;
	*) echo "$file: this is a database" ;;
	esac)"
	hasnt "... about the file that was named" register.restore
done
check "nothing stays" test ! -e new-home
exits 0 "a backup" restore --home new-home backup
done_testing
