#!/bin/bash
# A center's backup: who opens it, that it says nothing to anybody else, that no
# moment of making or opening it leaves people's data anywhere but in a home, and
# that a blank machine goes on issuing with it.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
db() { sqlite3 -batch "$1/register.db" "$2"; }
{ echo "$HEADER"; person 1 Xitumul Rigoberta; person 2 Quiej Manuel; person 3 Batz Ana; } >people.csv
draft people.csv >/dev/null
approve 1 --yes --out letters >/dev/null
NAMES='Xitumul|Rigoberta|XITUMUL|SQLite format|PRIVATE|GECCO-2026'
# open_data FOLDER: files in it where anybody may read what is only for few
open_data() { grep -aElr "$NAMES" "$1" 2>/dev/null; }
mkdir stick

# --- what it says, and to whom
exits 0 "a backup, without a passphrase" sello-issue backup $C --to stick/b1 --json
has "... says who opens it" '"persons":["AD0001","AP2003"]'
check "... holds nothing in the open" test -z "$(open_data stick)"
check "... nor the codes of drafters" bash -c '! grep -aq OF1007 stick/b1'
exits 0 "the approver opens it" restore --home by-approver stick/b1
has "... told as of when it is" "made on 20"
has "... and what is in it" "The backup has 1 letter, its last line is of 20"
root=$(sello-keys show root/root.crt | sed -n 's/^Fingerprint (SHA-256): //p')
has "... by whose root, which nothing in the file proves" " $root"
exits 0 "the administrator opens it" sello-issue restore --home by-admin stick/b1 --as AD0001 --passphrase-file pass/admin
mkdir link && ln -s nowhere link/root.crt
exits 74 "a link to nowhere where the root belongs" restore --home link stick/b1
has "... is said" "link/root.crt: is not a file"
check "... before a register stands there" test ! -e link/register.db
rm -r link
exits 77 "the drafter does not" sello-issue restore --home x stick/b1 --as OF1007 --passphrase-file pass/drafter
has "... told who does" "AD0001, AP2003"
exits 77 "nor anybody else's passphrase" sello-issue restore --home x stick/b1 --as AP2003 --passphrase-file pass/admin
has "... told so" "a wrong passphrase; or"
exits 77 "nor somebody unknown" sello-issue restore --home x stick/b1 --as ZZ9999 --passphrase-file pass/admin
exits 64 "nor nobody" sello-issue restore --home x stick/b1
exits 64 "nor what is no code" sello-issue restore --home x stick/b1 --as ap --passphrase-file pass/admin
check "nothing of a home stays" test ! -e x
exits 65 "it is no list" sello-issue trust $C stick/b1
has "... which it is told not to be" "backup of a center or a post"

# --- who came, left, or took another passphrase
AP="--second AP2003 --second-passphrase-file pass/approver"
officer add AP2004 --role approver --new-passphrase-file pass/first $AP >/dev/null
exits 0 "somebody came, with a passphrase that others know" sello-issue backup $C --to stick/b2 --json
has "... and does not open it yet" '"persons":["AD0001","AP2003"]'
own center AP2004 first approver2 $AP >/dev/null
exits 0 "... with the own one" sello-issue backup $C --to stick/b3 --json
has "... does" '"persons":["AD0001","AP2003","AP2004"]'
sello-issue passphrase $C --as AP2004 --passphrase-file pass/approver2 --new-passphrase-file pass/admin2 $AP >/dev/null
sello-issue backup $C --to stick/b4 >/dev/null
four="--as AP2004 --passphrase-file"
exits 0 "the old passphrase opens the old backup" sello-issue restore --home o1 stick/b3 $four pass/approver2
exits 77 "... not the new one" sello-issue restore --home x stick/b4 $four pass/approver2
exits 0 "the new passphrase opens the new backup" sello-issue restore --home o2 stick/b4 $four pass/admin2
exits 77 "... not the old one" sello-issue restore --home x stick/b3 $four pass/admin2
officer remove AP2004 $AP >/dev/null
sello-issue backup $C --to stick/b5 >/dev/null
exits 77 "who left does not open what was made since" sello-issue restore --home x stick/b5 $four pass/admin2
exits 0 "... but what was made before" sello-issue restore --home o3 stick/b4 $four pass/admin2
check "nothing of a home stays" test ! -e x

# --- another's slot, put in by whoever can write the register
cp -a center forged
db forged "UPDATE person SET role = 'approver', slot = zeroblob(81) WHERE code = 'OF1007'"
sello-issue backup --home forged --to stick/forged --json >said 2>&1
check "a row that the log does not know opens nothing" bash -c '! grep -q OF1007 said'

# --- a register that is damaged is no backup, and takes no good one's place
cp -a center torn
sqlite3 torn/register.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
page=$(sqlite3 torn/register.db "SELECT rootpage FROM sqlite_schema WHERE name = 'letter'")
printf '\377\377\377\377\377\377\377\377' |
    dd of=torn/register.db bs=1 seek=$(((page - 1) * $(sqlite3 center/register.db "PRAGMA page_size"))) conv=notrunc 2>/dev/null
exits 65 "a damaged register" sello-issue backup --home torn --to stick/torn
check "... makes no file" test ! -e stick/torn -a ! -e stick/torn.part
: >torn/register.db
exits 65 "a copy of a home that the disk had no room for" sello-issue check --home torn
has "... and what to do" "copy it again"

# --- a blank machine
sello-issue publish $C --to pub $A >/dev/null
sello-verify sync --home post pub >/dev/null
mkdir blank
# away: as another user's fresh computer has it
away() { (cd blank && env -i PATH="$PATH" HOME="$PWD" TMPDIR="$PWD" ${LD_PRELOAD:+LD_PRELOAD="$LD_PRELOAD"} ${LSAN_OPTIONS:+LSAN_OPTIONS="$LSAN_OPTIONS"} "$@"); }
cp -a stick/b5 blank/b5
cp -a pub blank/stick
cp -a pass blank/pass
cp people.csv blank/
mv center dead
exits 0 "restored there" away sello-issue restore --home C b5 $A
has "... told what comes next" "check"
exits 0 "... the newest list" away sello-issue trust --home C stick/trust.xml
exits 78 "... signs nothing before two persons say so" away sello-issue approve --home C $A --all --yes --out out
exits 0 "... who do" away sello-issue recover --home C --from stick $A $S
away sello-issue draft --home C --again --as OF1007 --passphrase-file pass/drafter >/dev/null
exits 0 "... then it issues" away sello-issue approve --home C $A --all --yes --out out
exits 0 "... is in order" away sello-issue check --home C
exits 0 "... publishes" away sello-issue publish --home C --to stick $A
exits 0 "... its post syncs" sello-verify sync --home post blank/stick
judge "its letters are good" valid "" shown post blank/out/*-000002-*.xml
judge "so is the one of before" valid "" shown post letters/*-000001-*.xml
exits 0 "... and it makes its own backup" away sello-issue backup --home C --to b6
mv dead center

# --- what a restore that was cut short left, in a center that works on
cp dead/register.db center/register.restore 2>/dev/null || cp center/register.db center/register.restore
exits 0 "the next who writes" sello-issue backup $C --to stick/b7
check "... takes it away" test ! -e center/register.restore

# --- full disks, where this user may mount them
mkdir small
if mount -t tmpfs -o size=600k tmpfs small 2>/dev/null; then
	dd if=/dev/zero of=small/fill bs=1k count=560 2>/dev/null
	exits 74 "a stick that gets full" sello-issue backup $C --to small/b
	has "... is named" "small/b: cannot be written: the disk is full"
	check "... and nothing half stays" test ! -e small/b -a ! -e small/b.part
	exits 74 "a disk too small for a home" restore --home small/home stick/b5
	has "... is told" "the disk is full"
	check "... and nothing of one stays" test ! -e small/home
	rm small/fill
	cp -a center small/center 2>/dev/null
	dd if=/dev/zero of=small/fill bs=1k 2>/dev/null
	truncate -s -100k small/fill
	exits 74 "no room beside the register" sello-issue backup --home small/center --to stick/b8
	has "... names the home" "small/center: cannot be written: the disk is full"
	check "... and makes no file" test ! -e stick/b8 -a ! -e stick/b8.part
	check "... nor leaves one" test -z "$(find small/center -name '.copy*')"
	umount small
fi

# --- killed at each call that changes a file; no preloaded library under ASan
if sanitized; then
	echo "skip killed: no preloaded library under AddressSanitizer"
	done_testing
	exit
fi
. "$SOURCE/tests/cli/moment.bash"
cp -a center template
mkdir tmp
export TMPDIR=$PWD/tmp SQLITE_TMPDIR=$PWD/tmp

begun() { rm -rf home stick2 && cp -a template home && mkdir stick2; }
judge_backup() {
	local f
	[ -z "$(open_data stick2; open_data tmp)" ] || echo open
	# in the home only what it has: what is there beside has no data
	for f in home/.[!.]* home/*; do
		case ${f#home/} in register.db* | *.crt | *.csr | *.xml | *.guard) ;; *) [ ! -s "$f" ] || echo "$f" ;; esac
	done
	# what it left half the next one writes over
	[ -e stick2/b ] || sello-issue backup --home home --to stick2/b >/dev/null || echo again
	rm -rf again
	restore --home again stick2/b >/dev/null || echo half
	[ "$(ls -A stick2)" = b ] || echo beside
}
each_call "a backup leaves no data" begun judge_backup sello-issue backup --home home --to stick2/b
sello-issue check --home home >/dev/null && ok "... and a register in order" || not_ok "register"

blank() { rm -rf home; }
judge_restore() {
	[ -z "$(open_data tmp)" ] || echo open
	[ $STATUS = 137 ] || return
	# done again, it is whole
	restore --home home --yes stick/b5 >/dev/null || echo again
	[ "$(db home "SELECT count(*) FROM letter")" = 1 ] || echo letters
	[ ! -e home/register.restore ] || echo stage
}
each_call "a restore is done again" blank judge_restore sello-issue restore --home home $A stick/b5

judge_over() {
	# at any moment a whole register, the old one or the new one
	[ "$(db home "PRAGMA integrity_check; SELECT count(*) > 0 FROM letter" | tr '\n' ' ')" = "ok 1 " ] || echo register
	rm -f again.*
	sello-issue backup --home home --to again.b >/dev/null || echo backup
	[ ! -e home/register.restore ] || echo stage
}
each_call "a restore over a register leaves one" begun judge_over sello-issue restore --home home --yes $A stick/b5
check "the backup is as it was" cmp stick/b5 blank/b5
done_testing
