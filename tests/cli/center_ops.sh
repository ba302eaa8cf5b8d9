# A center's operations lose nothing in silence: sticks that are not in, copies
# that are not the newest, certificates that end, requests that wait.
. "$(dirname "$0")/lib.sh"
world
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
lines() { sqlite3 -batch "$1/register.db" "SELECT count(*) FROM log_line"; }
issue center letters 1 2 >/dev/null 2>&1
L1=$(basename "$(letter letters 1)" .xml)

# --- publish to what is not the stick
mkdir stick
exits 0 "a new stick needs no word" sello-issue publish $C --to stick
cp -a stick stick.good
rm -rf stick/*
before=$(lines center)
exits 66 "its empty mount point" sello-issue publish $C --to stick $A
has "is asked about" "is the stick in?"
[ -z "$(ls -A stick)" ] && ok "and nothing was written" || not_ok "$(find stick)"
[ "$(lines center)" = "$before" ] && ok "and no day was closed" || not_ok "a line was entered"
exits 66 "... also without closing the day" sello-issue publish $C --to ./stick/
exits 66 "... and by another name" sello-issue publish $C --to "$TMP/stick/../stick"
rmdir stick
exits 66 "a mount point that vanished with its stick" sello-issue publish $C --to stick
check "is not made" test ! -e stick
mkdir -p stick/log/GTGUA02/1 && echo other >stick/log/GTGUA02/1/checkpoint
exits 66 "another center's stick in its place" sello-issue publish $C --to stick
rm -rf stick && mkdir stick
exits 0 "a new stick in its place, when it is said" sello-issue publish $C --to stick --new
cmp -s stick/log/GTGUA01/1/checkpoint stick.good/log/GTGUA01/1/checkpoint &&
	ok "is whole" || not_ok "$(find stick)"
issue center letters 3 >/dev/null 2>&1
exits 0 "an older publication of ours goes on" sello-issue publish $C --to stick
has "with what is new" "new lines"
exits 0 "... and a file lost on it is put back" bash -c 'rm stick/log/GTGUA01/1/tile/entries/*.p/* && sello-issue publish --home center --to stick'
rm -rf stick && cp -a stick.good stick
exits 0 "a stick from before" sello-issue publish $C --to stick $A
exits 73 "a file where the stick was" bash -c 'rm -rf stick; : >stick; sello-issue publish --home center --to stick; s=$?; [ $s = 66 ] || [ $s = 73 ] || [ $s = 74 ] && exit 73'
rm -f stick && cp -a stick.good stick

# --- recover: a copy at hand that is not the newest
sello-issue backup $C --to backup >/dev/null
issue center letters 4 >/dev/null 2>&1
sello-issue publish $C --to away $A >/dev/null # a stick that left for the consulate
mkdir -p brought && cp -a pub/trust.xml away/log brought/
sello-verify sync --home post brought >/dev/null
sello-verify export --home post --to post.export >/dev/null
exits 0 "a home from a backup" sello-issue restore --home new backup
mv away away.gone
exits 78 "two persons do not go on with the stick that is there" sello-issue recover --home new $A $S
has "they are told how old it is" "stick: "
has "... and when it was signed" " lines as of 20"
has "... and what to say" "--from; --lost says"
has "... and whom to ask" "consulates"
was=$(lines new)
exits 78 "a post's export shows that there is more" sello-issue recover --home new $A $S --lost --cosigned post.export
has "by how much" "lines of the log that this register does not have"
exits 78 "... and is remembered" sello-issue recover --home new $A $S --lost
exits 78 "... also when the older stick is named" sello-issue recover --home new $A $S --from stick
[ "$(lines new)" = "$was" ] && ok "nothing was entered" || not_ok "lines were entered"
exits 65 "an export without this center's head" sello-issue recover --home new $A $S --lost --cosigned pub/trust.xml
exits 66 "an export that is not there" sello-issue recover --home new $A $S --lost --cosigned nothing
mv away.gone away
exits 0 "the newest copy ends it" sello-issue recover --home new $A $S --from away
has "which is told with its date" "as of 20"
exits 0 "and the post takes what follows" bash -c 'sello-issue publish --home new --to away && cp -a away/log brought/ && sello-verify sync --home post brought'
exits 0 "a letter of after the backup stays good" verify "$(letter letters 4)"
done_testing
