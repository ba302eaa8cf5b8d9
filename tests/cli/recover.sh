# Backup, restore, recover, forget, rekey and check with the real programs:
# what an older register may do, what it may not, and what it says.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
db() { sqlite3 -batch "$1/register.db" "$2"; }
lines() { db "$1" "SELECT line FROM log_line ORDER BY id"; }
number() { basename "$(ls letters/*-00000$1-*.xml)" .xml; }
# killed MS command...: killed after so long, and gone when this returns
killed() {
	local after
	after=0.$(printf '%03d' "$1")
	shift
	(
		"$@" &
		sleep "$after"
		kill -9 $!
		wait $!
	) >/dev/null 2>&1
}
clean() { check "$1" sello-issue check --home "$2"; }
# home NAME: a copy of the center's home as it is now
home() { rm -rf "$1" && cp -a center "$1"; }

{
	echo "$HEADER"
	person 1 "Batz Tojil" "Rigoberta"
	person 2 "Ajqij" "Manuel"
	person 3 "Xitumul" "Ana"
	person 4 "Tzul" "Juan"
	person 5 "Quiej" "Rosa"
} >people.csv
draft people.csv >/dev/null

# --- backup
exits 64 "backup wants a file" sello-issue backup $C
exits 0 "a backup of a center without letters" sello-issue backup $C --to b0
approve 1 5 --yes --out letters >/dev/null
exits 0 "backup needs nobody's passphrase" sello-issue backup $C --to b1
has "and warns that it holds people's data" "people's data"
[ "$(stat -c %a b1)" = 600 ] && ok "for nobody else to read" || not_ok "mode $(stat -c %a b1)"
cp b1 b1.same
exits 73 "an existing file is kept" sello-issue backup $C --to b1
cmp -s b1 b1.same && ok "byte for byte" || not_ok "the backup was changed"
echo mine >other.part
exits 73 "a file that no backup left is not written over" sello-issue backup $C --to other
has "and named" "other.part"
check "it stays" test "$(cat other.part)" = mine
exits 74 "a folder that is not there" sello-issue backup $C --to none/b
exits 74 "where nothing can be written" sello-issue backup $C --to /proc/b
ls | grep -q 'part.' && not_ok "half a file stayed" || ok "no half file stays"
grep -q SELLOGD1 b1 && not_ok "the guard is in the backup" || ok "without the guard"
# while somebody reads; somebody else who writes is in the way
exec 8>center/register.lock
flock 8
exits 75 "a backup waits for who writes" sello-issue backup $C --to b1w
flock -u 8
exec 8>&-
reading center/register.db
exits 0 "but not for who reads" sello-issue backup $C --to b1r
read_on
exits 0 "and is whole" restore --home whole b1r
check "in one file" test ! -e whole/register.db-wal

# --- nonsense instead of a backup
: >empty
head -c 50000 /dev/urandom >random
head -c $(($(stat -c %s b1) / 2)) b1 >cut
sello-issue init --home c9 --center GTGUA09 --name "Other" --country GTM \
    --timezone America/Guatemala --root root/root.crt --as AD0001 \
    --passphrase-file pass/admin >/dev/null
sello-issue backup --home c9 --to foreign >/dev/null
before=$(lines center; ls center)
for file in empty random cut post/post.db root/root.crt .; do
	exits 65 "$file is no backup" restore $C $file
	exits 65 "$file makes no home" restore --home fresh $file
	check "nor anything of one" test ! -e fresh
done
exits 77 "another center's backup" restore $C foreign
has "says so" "GTGUA09"
exits 66 "no such file" restore $C nothing
[ "$before" = "$(lines center; ls center)" ] && ok "and the home is as before" ||
	not_ok "the home was changed: $(ls center)"

# --- what the center goes on to do after its backup
approve 2 3 --yes --out letters >/dev/null
{ echo "$HEADER"; person 5 "Quiej" "Rosa Maria"; } >row.csv
sello-issue correct $C --as OF1007 --passphrase-file pass/drafter "$(number 2)" row.csv --json >corrected
approve "$(json draft <corrected)" --yes --out letters >/dev/null
sello-issue withdraw $C $A $S "$(number 1)" --reason FRAUD >/dev/null
sello-issue withdraw $C $A "$(number 3)" --reason DUPLICATE >/dev/null
sello-issue reprint $C $A "$(number 4)" --reason "Lost by Xitumul" --out letters >/dev/null
AP="--second AP2003 --second-passphrase-file pass/approver"
officer add OF2001 --role drafter --new-passphrase-file pass/first $AP >/dev/null
own center OF2001 first drafter2 $AP >/dev/null
officer add AP2004 --role approver --new-passphrase-file pass/first $AP >/dev/null
own center AP2004 first approver2 $AP >/dev/null
sello-issue publish $C --to known.pub >/dev/null # which b2 remembers
rm -r known.pub
sello-issue backup $C --to b2 >/dev/null
officer remove OF1007 --second AP2003 --second-passphrase-file pass/approver >/dev/null
sello-issue publish $C --to pub $A >/dev/null
size=$(lines center | wc -l)
lines center >log.full
exits 0 "a post takes the log before" sello-verify sync --home post pub
exits 0 "nothing to recover: nothing done" sello-issue recover $C $A $S
[ "$(lines center | wc -l)" = "$size" ] && ok "and no line for it" || not_ok "a line was added"
clean "the center is in order" center

# --- restored in its own home: the guard knows
home own
exits 0 "restore into the home" restore --home own --json b1
old=$(printf '%s' "$OUT" | json kept)
has "which says that it is an older state" '"locked":"'
check "what was there is kept" test -s "own/$old"
[ "$(sqlite3 "own/$old" 'SELECT count(*) FROM letter')" = 5 ] && ok "whole" || not_ok "not whole"
[ "$(db own 'SELECT count(*) FROM letter')" = 2 ] && ok "and the older is in its place" || not_ok "not the backup"
exits 78 "it signs nothing" sello-issue approve --home own $A --all --yes --out out
exits 78 "publishes nothing" sello-issue publish --home own --to pubx
exits 78 "check says so" sello-issue check --home own
has "and what to do" "recover --from"
exits 77 "one person cannot recover" sello-issue recover --home own $A --from pub
exits 77 "nor the same person twice" sello-issue recover --home own $A --from pub \
    --second AP2003 --second-passphrase-file pass/approver
exits 77 "nor two without the keys" sello-issue recover --home own --from pub \
    --as OF1007 --passphrase-file pass/drafter $S
exits 78 "not without the lines" sello-issue recover --home own $A $S
exits 66 "nor from a folder that is not there" sello-issue recover --home own $A $S --from nothing
[ "$(lines own | wc -l)" = 6 ] && ok "nothing was entered meanwhile" || not_ok "lines were entered"

# --- copies that are not to be believed
damaged() { # WHAT FILE: a copy of pub with this file cut
	rm -rf bad && cp -a pub bad
	head -c $(($(stat -c %s "pub/log/GTGUA01/1/$2") / 2)) "pub/log/GTGUA01/1/$2" \
	    >"bad/log/GTGUA01/1/$2"
	exits 65 "a copy with half a $1" sello-issue recover --home own $A $S --from bad
}
# the hash tiles are not needed: the lines themselves prove the head
for file in $(cd pub/log/GTGUA01/1 && find checkpoint tile/entries -type f); do
	damaged "${file##*/}" "$file"
	rm -rf bad && cp -a pub bad && rm "bad/log/GTGUA01/1/$file"
	exits 66 "or without it" sello-issue recover --home own $A $S --from bad
done
rm -rf bad && cp -a pub bad
LC_ALL=C sed -i 's/ DRAFTER/ APPROVE/2;s/ WITHDRAWN/ WITHDRAWX/' bad/log/GTGUA01/1/tile/entries/*.p/*
exits 65 "a copy with another line" sello-issue recover --home own $A $S --from bad
exits 66 "a folder that is no copy" sello-issue recover --home own $A $S --from pass
exits 66 "... before anybody types a passphrase" sello-issue recover --home own --as AP2003 --second AD0001 --from pass
has "... with what to give" "give the PUB folder"
[ "$(lines own | wc -l)" = 6 ] && ok "and none of it was taken" || not_ok "lines were taken"

# --- the good copy
exits 0 "recover from the published copy" sello-issue recover --home own --json $A $S --from pub
[ "$(printf '%s' "$OUT" | json lines)" = $((size - 6)) ] && ok "all its lines" || not_ok "$OUT"
[ "$(printf '%s' "$OUT" | json lost)" = false ] && ok "nothing lost" || not_ok "$OUT"
[ "$(printf '%s' "$OUT" | json removed)" = 1 ] && ok "one person left again" || not_ok "$OUT"
lines own | head -n "$size" | cmp -s - log.full && ok "the log goes on from the same lines" ||
	not_ok "other lines"
lines own | tail -n 1 | grep -q "^s1 $size [^ ]* restore - 6 - [^ ]* [^ ]* - [^ ]* AP2003 AD0001 -$" &&
	ok "and says that it was restored" || not_ok "$(lines own | tail -n 1)"
clean "check finds nothing afterwards" own
sello-issue list --home own --json >list
state() { grep "$(number $1)" list | json state; }
[ "$(state 1)" = withdrawn ] && ok "withdrawn stays withdrawn" || not_ok "$(cat list)"
[ "$(state 2)" = superseded ] && ok "corrected stays corrected" || not_ok "$(cat list)"
[ "$(state 3)$(state 4)$(state 5)" = forgottenforgottenforgotten ] &&
	ok "what only the copy knew has no data" || not_ok "$(cat list)"
[ "$(grep "$(number 4)" list | json copies)" = 2 ] && ok "copies are counted" || not_ok "$(cat list)"
[ "$(db own "SELECT reason FROM withdrawal WHERE number = '$(number 3)'")" = WITHDRAWN ] &&
	ok "its withdrawal is known" || not_ok "no withdrawal"
exits 66 "it is not shown" sello-issue show --home own "$(number 3)"
exits 66 "nor reprinted" sello-issue reprint --home own $A "$(number 4)" --reason X --out out
exits 65 "nor withdrawn again" sello-issue withdraw --home own $A "$(number 3)" --reason LOST
exits 65 "nor is what was replaced reprinted" sello-issue reprint --home own $A "$(number 2)" --reason X --out out
[ "$(db own "SELECT slot IS NULL AND sealed IS NULL FROM person WHERE code = 'OF1007'")" = 1 ] &&
	ok "who had left has no credential again" || not_ok "OF1007 is back"
exits 77 "and their passphrase opens nothing" sello-issue draft --home own --as OF1007 \
    --passphrase-file pass/drafter people.csv
exits 73 "the code of who joined later is taken" sello-issue officer --home own add AP2004 \
    --role approver --new-passphrase-file pass/approver2 --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver
exits 0 "another one is not" sello-issue officer --home own add AP2005 \
    --role approver --new-passphrase-file pass/approver2 --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver
exits 0 "and drafter" sello-issue officer --home own add OF2005 \
    --role drafter --new-passphrase-file pass/first --as AD0001 \
    --passphrase-file pass/admin --second AP2003 --second-passphrase-file pass/approver
own own OF2005 first drafter2 $AP >/dev/null
sed 's/,Xitumul/,Nuevo/;2,4d' people.csv >more.csv
sello-issue draft --home own --as OF2005 --passphrase-file pass/drafter2 more.csv --json >drafts
exits 0 "the next letter" sello-issue approve --home own $A --yes --out out \
    "$(tail -n 1 drafts | json draft)" --json
has "has the next number" "GTGUA01-$(date -u +%Y)-000006-"
exits 0 "publish goes on" sello-issue publish --home own --to pub
exits 0 "and a post takes it" sello-verify sync --home post pub
clean "still in order" own

# --- restored elsewhere: no guard, so nobody knows what is missing
exits 0 "a home from a backup" restore --home new b2
has "which says that nobody knows what came after" "guard is missing"
check "with all its files" test -s new/root.crt -a -s new/trust.xml -a -s new/request.csr
exits 78 "signs nothing without its guard" sello-issue approve --home new $A --all --yes --out out
has "and says why" "guard is missing"
mv pub pub.away
exits 78 "nor do two persons go on without saying how" sello-issue recover --home new $A $S
has "... and are told of the options" "--from; --lost says"
exits 0 "the persons may say that lines are lost" sello-issue recover --home new $A $S --lost
has "and are told what that means" "issue new ones"
lines new | tail -n 1 | grep -q ' restore - 16 - .* LOST$' && ok "the log says LOST" || not_ok "$(lines new | tail -n 1)"
clean "in order" new
mv pub.away pub
exits 78 "a published copy found then is a fork" sello-issue recover --home new $A $S --from pub
has "told to be one" "evidence"
# the way on: the root says that the published lines are true, and a backup from
# before goes on with them
RK="--home forkroot --passphrase-file pass/root"
cp -a root forkroot && cp -a pub forkpub && cp -a post forkpost
sello-keys log $RK close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint >/dev/null
sello-keys publish $RK --to forkpub >/dev/null
exits 0 "a backup from before, in a new folder" restore --home mended b2
exits 0 "... the list that closes the log" sello-issue trust --home mended forkpub/trust.xml
exits 0 "... keys for the next log" sello-issue rekey --home mended $A --log
sello-keys certify $RK mended/request.csr >/dev/null
sello-keys publish $RK --to forkpub >/dev/null
exits 0 "... the list that carries them" sello-issue trust --home mended forkpub/trust.xml
exits 0 "... the true lines" sello-issue recover --home mended $A $S --from forkpub
clean "in order" mended
exits 0 "... are published" sello-issue publish --home mended --to forkpub
exits 0 "... and posts go on" sello-verify sync --home forkpost forkpub
# a register that knows where it was published never passes over that copy
restore $C b2 >/dev/null 2>&1 # its guard is ahead
home known
cp -a pub known.pub
rm known/head.guard
exits 78 "without guard and copy" sello-issue recover --home known $A $S
exits 78 "not even by --lost" sello-issue recover --home known $A $S --lost
has "the copy is named" "$TMP/known.pub has"
exits 0 "with the copy" sello-issue recover --home known $A $S --from pub --json
[ "$(printf '%s' "$OUT" | json lost)" = true ] && ok "others may be lost, still" || not_ok "$OUT"
sello-issue publish --home known --to known.pub >/dev/null
rm known/head.guard
exits 0 "a copy of all that is here" sello-issue recover --home known $A $S --from known.pub
has "... brings nothing" "The copy has nothing that was missing here."
hasnt "... and nobody needs a new letter" "issue new ones"
clean "in order" known
rm -r known.pub

# --- a guard that is ahead of every copy
home ahead
exits 78 "the guard knows of lines" sello-issue recover --home ahead $A $S
has "... and --lost goes with the newest copy" "say --lost together with --from and the newest copy"
exits 0 "which are lost" sello-issue recover --home ahead $A $S --lost
lines ahead | tail -n 1 | grep -q ' LOST$' && ok "says the log" || not_ok "$(lines ahead | tail -n 1)"
sign_again ahead >/dev/null
exits 0 "and signs again" sello-issue approve --home ahead $A 4 --yes --out out2
clean "in order" ahead
exits 78 "the published log is another now" sello-issue publish --home ahead --to pub
exits 78 "and no way back" sello-issue recover --home ahead $A $S --from pub

# --- other people's copies
mkdir -p alien/log/GTGUA01/1
sed 's/GTGUA01/GTGUA02/' pub/log/GTGUA01/1/checkpoint >alien/log/GTGUA01/1/checkpoint
exits 65 "a copy of another log" sello-issue recover $C $A $S --from alien
rm -rf pub2 && mkdir -p pub2/log/GTGUA01 && cp -a pub/log/GTGUA01/1 pub2/log/GTGUA01/
exits 0 "a copy on a stick" sello-issue recover $C $A $S --from pub2/log/GTGUA01/1

# --- who left must not bring themselves back
sello-issue publish $C --to pub >/dev/null
exits 0 "AP2003 leaves" officer remove AP2003 --second AP2004 --second-passphrase-file pass/approver2
sello-issue publish $C --to pub >/dev/null
exits 0 "and has an old copy of the disk" restore --home thief b2
exits 77 "with which nothing is recovered" sello-issue recover --home thief $A $S --from pub
has "because they left" "AP2003 left"
exits 0 "by others it is" sello-issue recover --home thief --from pub --as AP2004 \
    --passphrase-file pass/approver2 $S
[ "$(db thief "SELECT slot IS NULL FROM person WHERE code = 'AP2003'")" = 1 ] &&
	ok "and AP2003 has no slot" || not_ok "AP2003 has a slot"
clean "in order" thief

# --- a backup from before the first letter
exits 0 "the first backup" restore --home first b0
[ "$(db first "SELECT slot IS NOT NULL FROM person WHERE code = 'AD0001'")" = 1 ] &&
	ok "still has the founder's slot" || not_ok "no slot"
mkdir early && cp -a pub/log early/
exits 77 "AP2003 has left since" sello-issue recover --home first $A $S --from early
restore --home first2 b0 >/dev/null
rm -rf pub1 && mkdir -p pub1
exits 0 "recover with a copy from then" sello-issue recover --home first2 $A $S --from pub2/log/GTGUA01/1
[ "$(db first2 "SELECT slot IS NULL FROM person WHERE code = 'AD0001'")" = 1 ] &&
	ok "the founder's slot does not come back" || not_ok "the founder can open the keys"
clean "in order" first2

# --- cut off at any instant
home cut1
for ms in 3 8 13 18 23 28 34 40 47 55 65 80; do
	killed $ms sello-issue restore $A --home cut1 b1
	case $(sqlite3 -cmd ".timeout 5000" cut1/register.db "PRAGMA integrity_check; SELECT count(*) > 0 FROM letter" 2>&1 | tr '\n' ' ') in
	"ok 1 ") ;;
	*) not_ok "after $ms ms the home has no whole register: $(ls -l cut1)" ;;
	esac
done
exits 0 "a restore that was cut off is done again" restore --home cut1 b1
check "and nothing half stays" test ! -e cut1/register.restore
[ "$(lines cut1 | wc -l)" = 6 ] && ok "with the backup's register" || not_ok "$(lines cut1)"
# a write-ahead log of one must not be played into the next
printf 'x' >cut1/register.restore
head -c 40000 /dev/urandom >cut1/register.restore-wal
exits 0 "whatever lies about" restore --home cut1 b2
[ "$(lines cut1 | wc -l)" = 16 ] && ok "the backup is what counts" || not_ok "$(lines cut1)"
done_testing
