#!/bin/bash
# A post's copy of the logs never lies: what is damaged, half read, of another
# key, or could not be written is said, turns nobody red, and a sync mends it.
. "$(dirname "$0")/lib.sh"
world
issue center out 1 2 3 >/dev/null 2>&1
close_day center pub >/dev/null
sello-issue withdraw --home center --as AP2003 --passphrase-file pass/approver \
    --reason STOLEN "$(basename "$(letter out 2)" .xml)" >/dev/null 2>&1 ||
    not_ok "withdrawing"
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
one=$(letter out 1) two=$(letter out 2)
judge "before" valid "" shown post "$one"
judge "before, withdrawn" attention R-WITHDRAWN shown post "$two"
exits 0 "status before" sello-verify status --home post --json
has "... all is kept" '"writable":true'
sqlite3 post/logs.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
cp -a post good
again() { rm -rf post && cp -a good post; }
page=$(sqlite3 good/logs.db 'PRAGMA page_size')

# --- damaged pages, in each table ---------------------------------------------
for table in log letter part mark seen; do
	root=$(sqlite3 good/logs.db "SELECT rootpage FROM sqlite_schema WHERE name = '$table'")
	again
	dd if=/dev/zero of=post/logs.db bs="$page" count=1 conv=notrunc seek=$((root - 1)) 2>/dev/null
	got=$(sello-verify check --home post --json "$one" 2>/dev/null | json verdict)
	case $got in
	valid | unchecked) ok "a page of $table: $got" ;;
	*) not_ok "a page of $table: $got" ;;
	esac
	exits 2 "... status sees it" sello-verify status --home post
	has "... and says what to do" "sello-verify sync"
	exits 0 "... sync makes the copy anew" sello-verify sync --home post pub
	has "... and says so" "has been made anew"
	exits 0 "... status is good" sello-verify status --home post
	judge "... and the letters are" valid "" shown post "$one"
	judge "... also the withdrawn one" attention R-WITHDRAWN shown post "$two"
	check "... the damaged file stays" test -s post/logs.db.damaged
done

# --- what was written last is lost ---------------------------------------------
# A scan holds the database open, so that the newest lines stand in the log
# beside it; then a disk, or somebody who tidies up, changes that log or the file.
again
cp -a center center.before && cp -a pub pub.before
reading post/logs.db
sello-issue withdraw --home center --as AP2003 --passphrase-file pass/approver --second AD0001 \
    --second-passphrase-file pass/admin --reason FRAUD "$(basename "$(letter out 3)" .xml)" >/dev/null 2>&1
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
cp -a post scanning
read_on
three=$(letter out 3)
rm scanning/logs.db-shm
for loss in "rm scanned/logs.db-wal" "truncate -s 8000 scanned/logs.db-wal" \
    "printf x | dd of=scanned/logs.db-wal bs=1 seek=60 conv=notrunc" \
    "printf x | dd of=scanned/logs.db-wal bs=1 seek=4200 conv=notrunc" \
    "rm scanned/logs.db-wal && cp good/logs.db scanned/" \
    "rm scanned/logs.db*"; do
	rm -rf scanned && cp -a scanning scanned
	judge "a fraud, known here" not-authentic F-REVOKED shown scanned "$three"
	rm -rf scanned && cp -a scanning scanned
	eval "$loss" 2>/dev/null
	judge "... $loss" unchecked U-SELFTEST shown scanned "$three"
	exits 2 "... status sees it" sello-verify status --home scanned
	has "... and says what to do" "sello-verify sync"
	exits 2 "... a number is no answer" sello-verify number --home scanned --json "$(basename "$three" .xml)"
	has "... but U-SELFTEST" U-SELFTEST
	exits 65 "... nor is an export" sello-verify export --home scanned --to report
	exits 0 "... sync takes it again" sello-verify sync --home scanned pub
	judge "... and it is known again" not-authentic F-REVOKED shown scanned "$three"
	exits 0 "... status is good" sello-verify status --home scanned
done
rm -rf scanned && cp -a scanning scanned && rm scanned/logs.db*
exits 1 "with an old stick" sello-verify sync --home scanned pub.before
has "... it is said that something is lost" "held more of the logs"
# each time, and nothing is green: it may be what was known here of it
mkdir nothing && cp pub.before/trust.xml nothing/
for from in pub.before nothing; do
	exits 1 "... again" sello-verify sync --home scanned $from
	has "... each time" "held more of the logs"
	exits 1 "... and by status" sello-verify status --home scanned
	has "... with the same words" "held more of the logs"
	judge "... the fraud is not green" attention R-LOG-PENDING shown scanned "$three"
	judge "... nor is another" attention R-LOG-PENDING shown scanned "$one"
done
exits 0 "... until newer records come" sello-verify sync --home scanned pub
judge "... the fraud is known again" not-authentic F-REVOKED shown scanned "$three"
judge "... and the other is good" valid "" shown scanned "$one"
exits 0 "... status too" sello-verify status --home scanned
hasnt "... says no more of it" "held more"
# an older copy in its place, while a stick has no more than that either
rm -rf scanned && cp -a scanning scanned && rm scanned/logs.db* && cp good/logs.db scanned/
exits 1 "an older copy, and an old stick" sello-verify sync --home scanned pub.before
has "... it was whole" "1 of 1"
judge "... is not what was known" attention R-LOG-PENDING shown scanned "$three"
exits 1 "... nor the next day" sello-verify sync --home scanned nothing
judge "... nor then" attention R-LOG-PENDING shown scanned "$three"
judge "... what it has of a letter counts" attention "R-WITHDRAWN R-LOG-PENDING" shown scanned "$two"
# a sync that set the damaged copy aside was ended before there was a new one
rm -rf scanned && cp -a scanning scanned && rm scanned/logs.db-wal
mv scanned/logs.db scanned/logs.db.damaged
judge "without any copy nothing is green" unchecked U-SELFTEST shown scanned "$one"
exits 2 "... status sees it" sello-verify status --home scanned
exits 1 "... an old stick" sello-verify sync --home scanned pub.before
has "... what was whole is brought over" "1 of 1"
has "... from the file that was set aside" "scanned/logs.db.damaged"
judge "... nothing is green" attention R-LOG-PENDING shown scanned "$one"
rm scanned/logs.db*
judge "... without any copy" unchecked U-SELFTEST shown scanned "$one"
exits 0 "... new records" sello-verify sync --home scanned pub
judge "... make it good" valid "" shown scanned "$one"
rm -rf center pub && mv center.before center && mv pub.before pub

# --- values that SQLite cannot see --------------------------------------------
n=0
for change in \
    "UPDATE letter SET digest = CAST(CASE substr(digest, 1, 1) WHEN x'00' THEN x'01'
        ELSE x'00' END || substr(digest, 2) AS BLOB)" \
    "UPDATE letter SET issued_at = issued_at + 1" \
    "UPDATE letter SET key = key + 1000" \
    "DELETE FROM letter" \
    "UPDATE log SET last_time = last_time + 100000" \
    "UPDATE log SET root = zeroblob(32)" \
    "UPDATE log SET as_of = as_of - 1000000" \
    "UPDATE log SET history = replace(history, 'year', 'yaer')"; do
	n=$((n + 1))
	again
	sqlite3 post/logs.db "$change"
	judge "change $n" unchecked U-SELFTEST shown post "$one"
	exits 2 "... status sees it" sello-verify status --home post
	exits 0 "... sync accuses nobody and mends it" sello-verify sync --home post pub
	judge "... and the letter is good" valid "" shown post "$one"
done

# --- another program's copy, another list -------------------------------------
again
mkdir other && (
	cd other && passphrases &&
	sello-keys init --home root --program RRP-ES --name "Other" --passphrase-file pass/root &&
	sello-verify init --home post --root root/root.crt --consulate ES-GTGUA
) >/dev/null 2>&1
sello-keys publish --home other/root --passphrase-file pass/root --to other/pub >/dev/null 2>&1
sqlite3 post/logs.db "UPDATE log SET owner = zeroblob(64)"
judge "rows of another root or key" unchecked U-SELFTEST shown post "$one"
again

# --- two lists under one number -----------------------------------------------
cp -a root fork
publish >/dev/null
sello-verify sync --home post pub >/dev/null
sello-keys publish --home fork --passphrase-file pass/root --to forkpub --next-update 5 >/dev/null
exits 3 "two lists under one number" sello-verify sync --home post forkpub
exits 1 "... status keeps saying it" sello-verify status --home post
has "... as proof" "PROOF OF MANIPULATION"
exits 1 "... the next day too" sello-verify status --home post --json
has "... for programs" '"listDisputed":true'
cp -a post disputing
for file in disputing/evidence/trust-*; do
	printf x | dd of="$file" bs=1 seek=900 conv=notrunc 2>/dev/null
done
exits 1 "a bad disk under the evidence" sello-verify status --home disputing
has "... ends no dispute" "contradict each other is not known"
has "... and there is a way out" "Remove it when a list with a higher number"
exits 0 "... another sync" sello-verify sync --home post pub
exits 1 "... does not settle it" sello-verify status --home post
publish >/dev/null
exits 0 "... a newer list does" sello-verify sync --home post pub
exits 0 "... and status is good" sello-verify status --home post --json
has "... for programs too" '"listDisputed":false'

# --- disks that cannot be written ---------------------------------------------
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	mkdir -m 755 bin && cp "$BUILD/sello-verify" "$BUILD/sello-decode" bin/
	nobody() { setpriv --reuid=65534 --clear-groups --inh-caps=-all --bounding-set=-all "$@"; }
	again
	chmod -R a+rX "$TMP" post pub out && chmod -R a-w post
	exits 74 "sync into a home without the right to write" nobody bin/sello-verify sync --home post pub
	has "... says so" "may not write"
	exits 0 "... status" nobody bin/sello-verify status --home post --json
	has "... says so too" '"writable":false'
	has "... in words" "may not write"
	# the newest of it stands in a write-ahead log that cannot be read
	again
	sello-verify sync --home post pub >/dev/null 2>&1
	for name in logs.db post.db; do
		again
		chmod -R u+w post
		printf '\067\177\006\202 frames' >post/$name-wal
		rm -f post/$name-shm
		chmod -R a+rX post && chmod -R a-w post
		exits 2 "a $name whose newest part cannot be read" nobody bin/sello-verify check --home post "$two"
		has "... nothing is said without it" U-SELFTEST
		has "... and why" "$name-wal"
		exits 2 "... status" nobody bin/sello-verify status --home post
		chmod -R u+w post
	done
else
	echo "skip homes of other users: not root, or no setpriv"
fi
again
mkdir disk
if mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then
	cp -a post disk/post && chmod -R go= disk/post
	head -c 2m /dev/zero >disk/fill 2>/dev/null
	exits 74 "sync on a full disk" sello-verify sync --home disk/post pub
	has "... says so" "the disk is full"
	sello-verify status --home disk/post >"$TMP/.full" 2>&1
	check "... status says so" grep -q "the disk is full" "$TMP/.full"
	rm disk/fill
	exits 0 "... with room again" sello-verify sync --home disk/post pub
	umount disk
else
	echo "skip a full disk: cannot mount"
fi
done_testing
