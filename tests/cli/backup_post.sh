#!/bin/bash
# A post's backup: everything that it must not forget comes back on a blank
# machine, and what cannot have is said.
. "$(dirname "$0")/lib.sh"
world
issue center out 1 2 3 >/dev/null
deliver >/dev/null
one=$(letter out 1) two=$(letter out 2) three=$(letter out 3)
P="--home post"
printf 'cinco palabras bien largas y raras\n' >pass/post
printf 'otra frase de paso larga y rara\n' >pass/post2
mkdir stick
NAMES='Cucul|SQLite format|PRIVATE KEY|GTGUA01|sello-report'
open_data() { grep -aElr "$NAMES" "$1" 2>/dev/null; }

sello-verify check $P --record "$one" >/dev/null
sello-issue withdraw --home center --as AP2003 --passphrase-file pass/approver \
    --reason STOLEN "$(basename "$three" .xml)" >/dev/null
deliver >/dev/null
sello-verify status $P >said
check "status says that there is no backup" grep -q "Backup:.*none yet" said

# --- making one
exits 64 "the first wants a passphrase" sello-verify backup $P --to stick/b1 </dev/null
check "... and makes no file" test ! -e stick/b1 -a ! -e stick/b1.part
printf 'abc\n' >pass/weak
exits 77 "... that is not easily guessed" sello-verify backup $P --to stick/b1 --passphrase-file pass/weak
exits 0 "a backup" sello-verify backup $P --to stick/b1 --passphrase-file pass/post
check "... for nobody else to read" test "$(stat -c %a stick/b1)" = 600
check "... nor is its key" test "$(stat -c %a post/backup.key)" = 600
check "... holds nothing in the open" test -z "$(open_data stick)"
exits 0 "the next needs no passphrase" sello-verify backup $P --to stick/b2 --json </dev/null
has "... and says where it is" '"file":"stick/b2"'
mkdir post/evidence && echo "a head" >post/evidence/log-GTGUA01-1-00112233.checkpoint
exits 77 "another passphrase is told" sello-verify backup $P --to stick/b3 --passphrase-file pass/post2
exits 0 "the same is fine" sello-verify backup $P --to stick/b3 --passphrase-file pass/post
exits 73 "a file that is there stays" sello-verify backup $P --to stick/b3
exits 74 "no such folder" sello-verify backup $P --to none/b
exits 0 "status" sello-verify status $P --json
hasnt "... knows when" '"backup":null'
has "... and of no restore" '"restored":null'
touch "post/evidence/a letter.pdf"
exits 78 "what somebody put beside the proofs" sello-verify backup $P --to stick/b6
has "... is named, and what to do" "a letter.pdf: no backup takes a file with this name; move it"
rm "post/evidence/a letter.pdf"
exits 0 "a new passphrase" sello-verify backup $P --to stick/b4 --new-passphrase --passphrase-file pass/post2
cp -a post torn
printf 'x' | dd of=torn/backup.key bs=1 seek=30 conv=notrunc 2>/dev/null
exits 65 "a key that was changed is told to who gives the passphrase" \
    sello-verify backup --home torn --to stick/x --passphrase-file pass/post2
printf 'x' >>torn/backup.key
exits 65 "a damaged one to everybody" sello-verify backup --home torn --to stick/x
rm -rf torn && cp -a post torn
sqlite3 torn/post.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
printf '\377\377\377\377\377\377\377\377' | dd of=torn/post.db bs=1 conv=notrunc 2>/dev/null \
    seek=$((($(sqlite3 post/post.db "SELECT rootpage FROM sqlite_schema WHERE name = 'presentation'") - 1) * $(sqlite3 post/post.db "PRAGMA page_size")))
exits 65 "damaged records are no backup" sello-verify backup --home torn --to stick/x
check "... and no file" test ! -e stick/x -a ! -e stick/x.part

# --- while counters work
pages sello-verify serve $P --json
exits 0 "while the page is open" sello-verify backup $P --to stick/b5
pages_end

# --- the computer is gone
sello-verify check $P --record "$two" >/dev/null # after the backup
sello-verify export $P --to told >/dev/null # what it told before
mv post gone
mkdir blank
away() { (cd blank && env -i PATH="$PATH" HOME="$PWD" TMPDIR="$PWD" ${LD_PRELOAD:+LD_PRELOAD="$LD_PRELOAD"} ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} "$@"); }
cp -a stick/b3 blank/b && cp -a pub blank/stick && cp pass/post pass/post2 blank/ && cp out/*.xml blank/
exits 77 "with another passphrase" away sello-verify restore --home P b --passphrase-file post2
check "... nothing stays" test ! -e blank/P
exits 0 "on a blank machine" away sello-verify restore --home P b --passphrase-file post
has "... told which, and as of when" "Post ES-GTGUA/1 is in P, as it was on 20"
has "... what is not known" "since are not known"
root=$(sello-keys show root/root.crt | sed -n 's/^Fingerprint (SHA-256): //p')
has "... by whose root, which nothing in the file proves" " $root"
has "... and that there is one of it" "must not go on"
for file in cosigner.key report.key root.crt request.txt trust.xml post.txt evidence/log-GTGUA01-1-00112233.checkpoint; do
	cmp -s gone/$file blank/P/$file && ok "$file is the same" || not_ok "$file"
done
check "keys are for nobody else" test "$(stat -c %a blank/P/cosigner.key blank/P/report.key blank/P/post.db | sort -u)" = 600
exits 1 "shown before: it knows" away sello-verify check --home P --json "$(basename "$one")"
has "... by its record" "R-PRESENTED"
exits 1 "withdrawn: it knows" away sello-verify check --home P --json "$(basename "$three")"
has "... by its log" "R-WITHDRAWN"
judge "shown since: nobody knows" valid "" shown blank/P "$two"
cp told blank/
exits 0 "its own report of then" away sello-verify import --home P told
has "... brings back" "new 2"
exits 1 "... that it was shown" away sello-verify check --home P --json "$(basename "$two")"
has "... as elsewhere" "R-PRESENTED"
exits 0 "status" away sello-verify status --home P
has "... says so for good" "was restored as it was on"
exits 0 "in JSON, too" away sello-verify status --home P --json
hasnt "... when" '"restored":null'
exits 0 "it syncs" away sello-verify sync --home P stick
exits 0 "it makes its next backup, with the same passphrase" away sello-verify backup --home P --to b2 </dev/null
exits 0 "... which opens" away sello-verify restore --home P2 b2 --passphrase-file post
issue center out2 4 >/dev/null
sello-issue publish --home center --to blank/stick >/dev/null
exits 0 "it goes on" away sello-verify sync --home P stick
judge "... with letters of after" valid "" shown blank/P out2/*.xml
# what was told up to the second of its restoring is taken back: the one after that
restored=$(date +%s)
until [ "$(date +%s)" -gt "$restored" ]; do sleep 0.1; done
exits 0 "and exports with its key" away sello-verify export --home P --to report
exits 0 "... which is its own again" away sello-verify import --home P report
has "... and brings nothing" "nothing to take"

# --- what it refuses
exits 73 "a post that is there" sello-verify restore --home blank/P stick/b1 --passphrase-file pass/post
has "... is not overwritten" "rename the folder first"
exits 66 "no such file" sello-verify restore --home x stick/none --passphrase-file pass/post
exits 65 "a list" sello-verify restore --home x pub/trust.xml --passphrase-file pass/post
has "... is called what it is" "list of centers"
sello-issue backup --home center --to stick/center >/dev/null
exits 65 "a center's backup" sello-verify restore --home x stick/center --passphrase-file pass/approver
has "... which command takes it" "sello-issue restore"
exits 65 "nor does a center take a post's" restore --home x stick/b1
has "... which command takes it" "sello-verify restore"
size=$(stat -c %s stick/b1)
for cut in 10 400 $((size / 2)) $((size - 1)); do
	head -c $cut stick/b1 >cut
	exits 65 "cut at $cut" sello-verify restore --home x cut --passphrase-file pass/post
	check "... nothing stays" test ! -e x
done
for at in 20 300 $((size / 2)) $((size - 3)); do
	cp stick/b1 flipped
	byte=$(od -An -tu1 -j $at -N 1 stick/b1)
	printf "\\$(printf %o $((byte ^ 170)))" | dd of=flipped bs=1 seek=$at conv=notrunc 2>/dev/null
	sello-verify restore --home x flipped --passphrase-file pass/post >/dev/null 2>&1 && not_ok "byte $at" || ok "byte $at"
	check "... nothing stays" test ! -e x
done

# --- killed
if sanitized; then
	echo "skip killed: no preloaded library under AddressSanitizer"
	done_testing
	exit
fi
. "$SOURCE/tests/cli/moment.bash"
mkdir tmp
export TMPDIR=$PWD/tmp SQLITE_TMPDIR=$PWD/tmp
open_post() { sello-verify restore --home "$1" "$2" --passphrase-file "$3" >/dev/null; }

begun() { rm -rf home stick2 && cp -a gone home && mkdir stick2; }
judge_backup() {
	[ -z "$(open_data stick2; open_data tmp)" ] || echo open
	[ -z "$(find home -name '.copy*' -size +0)" ] || echo copy
	[ -e stick2/b ] || sello-verify backup --home home --to stick2/b >/dev/null || echo again
	rm -rf again
	open_post again stick2/b pass/post2 || echo half
	[ "$(ls -A stick2)" = b ] || echo beside
}
each_call "a backup leaves nothing in the open" begun judge_backup sello-verify backup --home home --to stick2/b

blank() { rm -rf home; }
judge_restore() {
	[ -z "$(open_data tmp)" ] || echo open
	# no home, or a whole one
	if [ -e home/root.crt ]; then
		sello-verify status --home home >/dev/null || echo home
	else
		open_post home stick/b3 pass/post || echo again
	fi
}
each_call "a restore is done again" blank judge_restore \
    sello-verify restore --home home stick/b3 --passphrase-file pass/post
done_testing
