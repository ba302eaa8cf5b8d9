#!/bin/bash
# What is written is written on sticks too: file systems without
# RENAME_NOREPLACE, links, permissions, fsync of folders or locks; and a disk
# that is full, read-only, pulled out or too small names itself. The file
# systems are played by a preloaded library (filesystems.c).
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip file systems: no preloaded library under AddressSanitizer"
	exit 0
fi
gcc -O1 -shared -fPIC -o disk.so "$SOURCE/tests/cli/filesystems.c" -ldl || exit 1
world
C="--home center --as AP2003 --passphrase-file pass/approver"
STICK="noreplace nolink nodirsync nocolon nochmod"

# disk FOLDER "FAULTS" command...: FOLDER is another file system
disk() {
	local folder=$PWD/$1 faults=$2
	shift 2
	env SELLO_TEST_DISK="$folder $faults" LD_PRELOAD="$PWD/disk.so:$CHEAP" "$@"
}
stick() { disk stick "$STICK" "$@"; }

# --- everything that writes works on a stick --------------------------------
mkdir stick
{ echo "$HEADER"; person 1 Quispe Ana; person 2 Mamani Rosa; person 3 Choque Luz; } >people.csv
draft people.csv >/dev/null
exits 0 "a root on a stick" stick sello-keys init --home stick/root --program RRP-ES \
	--name "On a stick" --passphrase-file pass/root
check "its files" test -s stick/root/root.crt -a -s stick/root/root.key
exits 73 "a second root there" stick sello-keys init --home stick/root --program RRP-ES \
	--name "On a stick" --passphrase-file pass/root
exits 0 "a list published to a stick" stick sello-keys publish --home root --passphrase-file pass/root --to stick/pub
exits 0 "letters to a stick" stick sello-issue approve $C --all --yes --out stick/letters
check "all files of three letters" test "$(ls stick/letters | wc -l)" = 9
check "no temporary file stays" test -z "$(find stick -name '.*.tmp')"
letter=$(letter stick/letters 1)
number=$(basename "$letter" .xml)
other=$(basename "$(letter stick/letters 2)" .xml)
exits 0 "a log published to a stick" stick sello-issue publish --home center --to stick/pub
exits 0 "the same log again" stick sello-issue publish --home center --to stick/pub
exits 0 "a post takes list and log from it" sello-verify sync --home post stick/pub
exits 0 "reprint to a stick" stick sello-issue reprint $C --reason LOST --out stick/again "$number"
exits 0 "backup to a stick" stick sello-issue backup --home center --to stick/backup
exits 73 "which is not replaced" stick sello-issue backup --home center --to stick/backup
exits 0 "restore of a backup on a stick" stick sello-issue restore --as AP2003 --passphrase-file pass/approver --home restored stick/backup
exits 0 "a center on a stick" stick sello-issue init --home stick/center --center GTGUA02 --name T \
	--country GTM --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
exits 0 "a post on a stick" stick sello-verify init --home stick/post --root root/root.crt --consulate ES-GTGUA
exits 0 "sync of a post on a stick" stick sello-verify sync --home stick/post stick/pub
exits 0 "check at a post on a stick, recorded, saved" stick sello-verify check --home stick/post --record \
	--save stick/saved "$letter"
check "saved" cmp "$letter" "stick/saved/$number.xml"
exits 1 "the second time it is known" stick sello-verify check --home stick/post --record --save stick/saved "$letter"
has "R-PRESENTED" R-PRESENTED
exits 0 "export to a stick" stick sello-verify export --home post --to stick/export
exits 0 "export over its own" stick sello-verify export --home post --to stick/export
exits 0 "report to a stick" stick sello-audit report --root root/root.crt --out stick/report.html stick/pub
{ echo "$HEADER"; person 4 Apaza Eva 1990-13-02; } >wrong.csv
exits 0 "rejected rows to a stick" stick sello-issue draft --home center --as OF1007 \
	--passphrase-file pass/drafter --set-aside stick/rejected.csv wrong.csv

# --- what stays, stays there too ---------------------------------------------
echo other >"stick/letters/$number-3.pdf"
exits 73 "a foreign file in the way is kept" stick sello-issue reprint $C --reason LOST --out stick/letters "$number"
check "as it was" test "$(cat "stick/letters/$number-3.pdf")" = other

# --- a name that the disk does not take --------------------------------------
exits 74 "a name with a colon" stick sello-verify export --home post --to stick/10:30
has "says so" "does not take such a name"

# --- locks --------------------------------------------------------------------
withdraw() { disk center "$1" sello-issue withdraw $C --reason LOST "$number"; }
exits 74 "a disk that has no locks" withdraw nolock
has "names the disk" "put the folder on another disk"
exits 0 "a disk that has one kind of them" withdraw noflock

number_of() { sello-keys publish --home root --passphrase-file pass/root --to stick/pub --json | json sequence; }
numbered=$(number_of)
# --- a disk that cannot: 74, the cause and the way out -------------------------
# fault, what is said
while read -r fault text; do
	mkdir -p "bad-$fault"
	exits 74 "$fault: export" disk "bad-$fault" "$fault" sello-verify export --home post --to "bad-$fault/e"
	has "$fault: export says why" "$text"
	exits 74 "$fault: report" disk "bad-$fault" "$fault" sello-audit report --root root/root.crt --out "bad-$fault/r.html" stick/pub
	has "$fault: report says why" "$text"
	exits 74 "$fault: publish a list" disk "bad-$fault" "$fault" sello-keys publish --home root \
		--passphrase-file pass/root --to "bad-$fault/pub"
	has "$fault: publish says why" "$text"
	exits 74 "$fault: publish a log" disk "bad-$fault" "$fault" sello-issue publish --home center --to "bad-$fault/log"
	has "$fault: publish a log says why" "$text"
	exits 74 "$fault: save a letter" disk "bad-$fault" "$fault" sello-verify check --home post --save "bad-$fault/s" "$letter"
	has "$fault: save says why" "$text"
	exits 74 "$fault: rejected rows" disk "bad-$fault" "$fault" sello-issue draft --home center --as OF1007 \
		--passphrase-file pass/drafter --set-aside "bad-$fault/a.csv" wrong.csv
	has "$fault: rejected rows say why" "$text"
	check "$fault: nothing half stays" test -z "$(find "bad-$fault" -type f)"
done <<END
full the disk is full
quota used up the room
readonly the disk is read-only
broken was pulled out
toolarge larger than this disk or session takes
END
check "none of them used up the number of a list" test "$(number_of)" = $((numbered + 1))

# --- real ones, where this user may mount them --------------------------------------
mkdir small ro
if mount -t tmpfs -o size=8k tmpfs small 2>/dev/null; then
	dd if=/dev/zero of=small/fill bs=4k 2>/dev/null
	exits 74 "backup to a full disk" sello-issue backup --home center --to small/backup
	has "names file and cause" "small/backup: cannot be written: the disk is full"
	exits 74 "a root on a full disk" sello-keys init --home small/root --program RRP-ES --name T --passphrase-file pass/root
	has "names the cause" "the disk is full"
	exits 74 "a post on a full disk" sello-verify init --home small/post --root root/root.crt --consulate ES-GTGUA
	has "names the cause" "the disk is full"
	exits 74 "a center on a full disk" sello-issue init --home small/center --center GTGUA02 --name T --country GTM \
		--timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
	has "names the cause" "the disk is full"
	check "nothing half stays" test "$(find small -type f)" = small/fill
	umount small
	mount -t tmpfs tmpfs ro && cp -a center post root ro && mount -o remount,ro ro
	exits 74 "a center on a read-only disk" sello-issue withdraw --home ro/center --as AP2003 \
		--passphrase-file pass/approver --reason LOST "$number"
	has "names the cause" "the disk is read-only"
	exits 74 "a root on a read-only disk" sello-keys publish --home ro/root --passphrase-file pass/root --to pub5
	has "names the cause" "the disk is read-only"
	exits 0 "a post on a read-only disk judges" sello-verify check --home ro/post "$letter"
	umount ro
else
	echo "skip real file systems: this user may not mount"
fi

# --- ended in the middle of a write: whole or not there, nothing half -----------
mkdir ended
exits 143 "ended while an export is written" disk ended ended sello-verify export --home post --to ended/e
exits 0 "it is whole" sello-verify import --home post ended/e
exits 143 "ended while a letter is saved" disk ended ended sello-verify check --home post --save ended/s "$letter"
check "it is whole" cmp "$letter" "ended/s/$number.xml"
exits 143 "ended while letters are written" disk ended ended sello-issue reprint $C --reason LOST --out ended/o "$other"
check "nothing half stays" test -z "$(find ended -name '.*.tmp')"

# --- other people's files are never replaced -----------------------------------
cp "$letter" precious.xml
exits 73 "export over a letter" sello-verify export --home post --to precious.xml
has "next step" "choose another name"
sello-verify init --home post2 --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-verify export --home post2 --to other.txt >/dev/null
cp other.txt kept.txt
exits 73 "export over another post's" sello-verify export --home post --to other.txt
exits 73 "report over a letter" sello-audit report --root root/root.crt --out precious.xml stick/pub
echo '<!DOCTYPE html><p>mine' >page.html
exits 73 "report over a page" sello-audit report --root root/root.crt --out page.html stick/pub
: >empty.txt
exits 73 "export over an empty file" sello-verify export --home post --to empty.txt
cp people.csv tomorrow.csv
exits 73 "rejected rows over a list of people" draft --set-aside tomorrow.csv wrong.csv
has "nothing stored" "nothing was stored"
exits 0 "rejected rows once" draft --set-aside today.csv wrong.csv
{ echo "$HEADER"; person 5 Condori Ada 1990-14-02; } >wrong2.csv
exits 73 "other rejected rows over them" draft --set-aside today.csv wrong2.csv
check "all kept" bash -c "cmp precious.xml '$letter' && cmp other.txt kept.txt && cmp people.csv tomorrow.csv &&
	! test -s empty.txt && grep -q mine page.html && grep -q Apaza today.csv"
exits 0 "report over a report" sello-audit report --root root/root.crt --out stick/report.html stick/pub
done_testing
