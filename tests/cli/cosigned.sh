# Heads of the log that somebody brings back, and a check beside other work.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
{
	echo "$HEADER"
	n=0
	for name in Tzul Quiej Ajqij Xitumul Batz Caal Ixcoy Chub; do
		person $((++n)) "$name" Ana
	done
} >people.csv
draft people.csv >/dev/null
approve 1 --yes --out l2 >/dev/null
cp -a center early
sello-issue publish $C --to pub >/dev/null
approve 2 3 --yes --out l2 >/dev/null
sello-issue publish $C --to pub >/dev/null
head=pub/log/GTGUA01/1/checkpoint
exits 0 "our own head" sello-issue check $C --cosigned $head
exits 0 "two in a row" sello-issue check $C --cosigned $head $head
exits 66 "each is read" sello-issue check $C --cosigned $head none
exits 64 "a file without the option" sello-issue check $C $head
exits 66 "no such file" sello-issue check $C --cosigned none
exits 65 "nonsense" sello-issue check $C --cosigned people.csv
head -c 3000000 /dev/urandom >large
exits 65 "too large" sello-issue check $C --cosigned large
sed 's/GTGUA01/GTGUA02/g' $head >other.head
exits 65 "another center's" sello-issue check $C --cosigned other.head
has "is nothing of ours" "no head of this center"
sed '3{s/^A/B/;t;s/^./A/}' $head >forged.head
exits 65 "a head that our key did not sign" sello-issue check $C --cosigned forged.head
# an older register, where neither guard nor folder know better
for home in behind forked; do
	rm -rf $home && cp -a early $home
done
exits 0 "the older register alone is in order" sello-issue check --home behind
exits 78 "the head is ahead of it" sello-issue check --home behind --cosigned $head
has "by so many lines" "2 lines of the log"
has "and the way out is told" "recover --from"
exits 78 "it signs nothing now" sello-issue approve --home behind $A 4 --yes --out l3
exits 78 "nor are the lines lost" sello-issue recover --home behind $A $S --lost
exits 0 "until they are fetched" sello-issue recover --home behind $A $S --from pub
exits 0 "then it does" sello-issue approve --home behind $A 4 --yes --out l3
check "in order" sello-issue check --home behind --cosigned $head
sello-issue approve --home forked $A 4 5 6 --yes --out l4 >/dev/null
exits 78 "a fork" sello-issue check --home forked --cosigned $head
has "is told to be one" "other lines of the log"
has "... with the way on" "restore a backup from before"
exits 78 "and signs no more" sello-issue approve --home forked $A 7 --yes --out l4
exits 78 "nor publishes" sello-issue publish --home forked --to pub4
exits 78 "nor recovers" sello-issue recover --home forked $A $S --from pub
exits 78 "whatever is said" sello-issue recover --home forked $A $S --lost
exits 65 "both heads in one look" sello-issue check --home forked --cosigned $head --cosigned other.head

# --- nobody who works meanwhile is accused
(for id in 4 5 6 7; do approve $id --yes --out l5 >/dev/null; done) &
worker=$!
while kill -0 $worker 2>/dev/null; do
	sello-issue check $C >.check 2>&1 || not_ok "an approval meanwhile: $(cat .check)"
done
ok "approvals during a check"
done_testing
