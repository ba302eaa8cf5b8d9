# New keys for a center: what goes on, what ends, and when.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
db() { sqlite3 -batch "$1/register.db" "$2"; }
lines() { db "$1" "SELECT line FROM log_line ORDER BY id"; }
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
rekey() { sello-issue rekey $C --json $A "$@" | json keyId; }
certify() { sello-keys certify --home root --passphrase-file pass/root center/request.csr; }
take() { publish >/dev/null && sello-issue trust $C pub/trust.xml; }
# judged: the post takes the list, and no letter is worse than pending
judged() {
	sello-verify sync --home post pub
	verify --json letters/*.xml >judged.json
	[ -s judged.json ] && ! grep -E '"verdict":"(not-authentic|unchecked)"' judged.json
}
sealed() { db center "SELECT count(*) FROM sealed_key WHERE name = 'sign-$1'"; }

{
	echo "$HEADER"
	n=0
	for name in Tzul Quiej Ajqij Xitumul Batz Caal Ixcoy Chub; do
		person $((++n)) "$name" Ana
	done
} >people.csv
draft people.csv >/dev/null || not_ok "draft"
approve 1 --yes --out letters >/dev/null
first=$(lines center | awk '$4 == "issue" { print $8 }')

# --- a new signing key
exits 77 "a drafter makes no keys" sello-issue rekey $C --as OF1007 --passphrase-file pass/drafter
exits 77 "nor the founder after the first letter" sello-issue rekey $C --as AD0001 --passphrase-file pass/admin
cp center/request.csr old.csr
exits 0 "an approver does" sello-issue rekey $C --json $A
gone=$(printf '%s' "$OUT" | json keyId)
[ -n "$gone" ] && [ "$gone" != "$first" ] && ok "another key" || not_ok "$OUT"
cp center/request.csr gone.csr
exits 77 "a second rekey does not drop the first" sello-issue rekey $C $A
has "which is named" "(key $gone)"
has "with the way out" "--again"
exits 77 "not for a new log either" sello-issue rekey $C $A --log
cmp -s center/request.csr gone.csr && ok "its request stays" || not_ok "request.csr was changed"
# the power went between the commit and the file: the keys wait, and the
# request that is there is an older one, spoilt, or none
asks_for() { # KEY: the root gives this key's certificate for center/request.csr
	rm -rf asked && cp -a root asked
	sello-keys certify --home asked --passphrase-file pass/root --json center/request.csr |
		grep -q "\"keyId\":\"$1\""
}
for left in old spoilt none folder; do
	rm -f center/request.csr
	case $left in
	old) cp old.csr center/request.csr ;;
	spoilt) head -c 100 gone.csr >center/request.csr ;;
	folder) mkdir center/request.csr ;;
	esac
	[ $left = folder ] && {
		exits 74 "a request that cannot be written says so" sello-issue rekey $C $A
		rmdir center/request.csr
	}
	exits 0 "a request that is not out ($left) is written again" sello-issue rekey $C --json $A
	[ "$(printf '%s' "$OUT" | json keyId)" = "$gone" ] && ok "... for the keys that wait" || not_ok "$OUT"
	check "... and is good for the root" asks_for "$gone"
done
exits 77 "then a further one is refused again" sello-issue rekey $C $A
cp old.csr center/request.csr
exits 77 "keys that wait without a new log are not taken for others" sello-issue rekey $C $A --log
check "but their request is there" asks_for "$gone"
cp old.csr center/request.csr
exits 0 "people are told" sello-issue rekey $C $A
has "what was written" "$gone"
hasnt "and not that keys were made" "are made"
second=$(rekey --again)
[ "$(sealed "$gone")$(sealed "$first")$(sealed "$second")" = 011 ] &&
	ok "--again takes the place of the first" || not_ok "$(db center 'SELECT name FROM sealed_key')"
cp -a root root2
sello-keys certify --home root2 --passphrase-file pass/root gone.csr >/dev/null
exits 0 "the request is good for the root" certify
exits 0 "meanwhile the old key signs" approve 2 --yes --out letters
lines center | tail -n 1 | grep -q " $first " && ok "as the log says" || not_ok "$(lines center | tail -n 1)"
# a row that nobody attested must not gain standing
db center "INSERT INTO person SELECT 'EV1111', role, founding, sign_key, slot_key, sealed, slot,
    slot_proof, 0, added_at, added_by, removed_at, removed_by FROM person WHERE code = 'OF1007'"
# lists that must not change anything, by a root in another folder
goes_on() { # WHAT: with root2's next list the old key goes on
	rm -rf other pub2 && cp -a center other && cp -a pub pub2
	sello-keys publish --home root2 --passphrase-file pass/root --to pub2 >/dev/null
	exits 0 "$1" sello-issue trust --home other pub2/trust.xml
	exits 0 "is taken" sello-issue approve --home other $A 3 --yes --out other/out
	lines other | tail -n 1 | grep -q " $first " && ok "and the old key goes on" ||
		not_ok "$(lines other | tail -n 1)"
}
goes_on "a list with the request that was replaced"
rm -rf root2 && cp -a root root2
sello-keys revoke --home root2 --passphrase-file pass/root "$second" --reason compromise >/dev/null
goes_on "a list that revokes the new key"
rm -rf root2 && cp -a root root2
sello-keys revoke --home root2 --passphrase-file pass/root "$second" --reason superseded >/dev/null
goes_on "a list that retires the new key"

sello-keys revoke --home root --passphrase-file pass/root "$first" --reason superseded >/dev/null
exits 0 "the list that carries it, and retires the old" take
has "is said to have the new key" "new key $second"
hasnt "not that nothing can be signed" "no longer"
exits 0 "the same as JSON" sello-issue trust $C pub/trust.xml --json
has "names both keys" "\"keyId\":\"$first\",\"keyStatus\":\"retired\",\"nextKeyId\":\"$second\""
# killed at any instant while changing over: old or new, never neither
for ms in 30 60 75 90 105 120 140; do
	rm -rf cut && cp -a center cut
	killed $ms sello-issue publish --home cut --to cutpub $A
	sello-issue publish --home cut --to cutpub $A >.cut 2>&1 ||
		not_ok "killed after $ms ms while changing keys: $(cat .cut)"
	rm -rf cutpub
done
exits 0 "approve changes over" approve 3 --yes --out letters
lines center | tail -n 1 | grep -q " $second " && ok "and signs with the new key" || not_ok "$(lines center | tail -n 1)"
[ "$(sealed "$first")$(sealed "$second")" = 01 ] && ok "the old key is gone" || not_ok "still there"
grep -q "sign-$first" center/register.db center/register.db-wal 2>/dev/null &&
	not_ok "its row is still in the file" || ok "from the file, too"
exits 65 "the planted person" sello-issue check $C
has "has no standing" "EV1111"
[ "$(printf '%s\n' "$OUT" | grep -c 'of the roster is not what the log says')" = 1 ] && ok "and no one else lost theirs" || not_ok "$OUT"
db center "DELETE FROM person WHERE code = 'EV1111'"
clean "in order" center
exits 0 "everybody can still log in" sello-issue discard $C 4 --reason X --as OF1007 --passphrase-file pass/drafter
sello-issue publish $C --to pub >/dev/null
check "and the post finds all letters good" judged

# --- a new log
third=$(rekey --log)
exits 0 "its request begins a second log" certify
exits 0 "a backup between" sello-issue backup $C --to between
exits 0 "one more letter in the old log" approve 5 --yes --out letters
exits 0 "the day ends" sello-issue publish $C --to pub $A
sello-keys log --home root close GTGUA01 --checkpoint pub/log/GTGUA01/1/checkpoint >/dev/null
exits 0 "the root closes the old one" take
old=$(lines center | wc -l)
exits 78 "an approver alone does not begin the new" approve 6 --yes --out letters
has "and hears who does" "an administrator and an approver"
exits 0 "the first letter in the new" approve 6 --yes --out letters $S
number=$(basename "$(ls letters/*-000005-*.xml)" .xml)
check "its number goes on" test -n "$number"
db center "SELECT line FROM log_line ORDER BY id" | tail -n +$((old + 1)) >log.2
[ "$(cut -d' ' -f2,4 log.2 | tr '\n' ',')" = "0 open,1 staff,2 staff,3 staff,4 issue," ] &&
	ok "after open and everybody's names" || not_ok "$(cat log.2)"
exits 0 "both are published" sello-issue publish $C --to pub
check "the old one stays" test -s pub/log/GTGUA01/1/checkpoint -a -s pub/log/GTGUA01/2/checkpoint
clean "in order" center
exits 0 "and a post takes the list" sello-verify sync --home post pub
check "and finds the letters good" judged

# --- a closed log and no keys for another
sello-issue rekey $C $A >/dev/null
sello-keys log --home root close GTGUA01 --checkpoint pub/log/GTGUA01/2/checkpoint >/dev/null
exits 0 "the second log is closed" take
exits 78 "nothing is signed" approve 7 --yes --out letters
has "and the way out is told" "rekey --home center --log"
exits 77 "those that wait are for the closed one" sello-issue rekey $C --log $A
has "... it is said" "no root takes their request"
exits 0 "rekey --log goes" sello-issue rekey $C --log --again $A
certify >/dev/null
take >/dev/null
exits 0 "and a third log begins" sello-issue trust $C pub/trust.xml $A $S
has "which is said" "log has begun"
exits 0 "with the next letter" approve 7 --yes --out letters
sello-issue publish $C --to pub >/dev/null
clean "in order" center

# --- recover through all of them
exits 0 "the backup from between" restore --home three between
exits 0 "with today's list" sello-issue trust --home three pub/trust.xml
exits 78 "has no log to go on with" sello-issue recover --home three $A $S --from pub
has "and is told" "rekey --home three --log"
exits 0 "so it gets one" sello-issue rekey --home three --log $A
sello-keys certify --home root --passphrase-file pass/root --yes three/request.csr >/dev/null 2>&1
publish >/dev/null
exits 0 "from the root" sello-issue trust --home three pub/trust.xml
exits 78 "but lines are missing" sello-issue recover --home three $A $S --lost
has "that the root knows of" "trust.xml has"
exits 0 "which the published copy has" sello-issue recover --home three $A $S --from pub
for log in 1 2 3; do
	echo "$(db three "SELECT count(*) FROM log_line WHERE id >> 40 = $log")"
done >have
for log in 1 2 3; do
	echo "$(db center "SELECT count(*) FROM log_line WHERE id >> 40 = $log")"
done >want
cmp -s have want && ok "of all three logs" || not_ok "$(cat have) not $(cat want)"
clean "in order" three
check "what waits is signed again" sign_again three
exits 0 "and the next letter" sello-issue approve --home three $A $S 8 --yes --out letters --json
has "has the next number" "-000007-"
exits 0 "in the fourth log" sello-issue publish --home three --to pub
check "which is published" test -s pub/log/GTGUA01/4/checkpoint
clean "in order" three
done_testing
