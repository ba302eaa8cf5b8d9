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
mkdir -p media/usb
exits 0 "a folder on a stick" sello-issue publish $C --to media/usb/pub
mv media/usb gone
before=$(lines center)
for new in "" --new; do
	exits 66 "a stick whose mount point went with it $new" sello-issue publish $C --to media/usb/pub $A $new
	has "... is asked about" "is the stick in?"
	exits 66 "... as a misspelt path is $new" sello-issue publish $C --to meida/usb/pub $new
done
{ echo "$HEADER"; person 90 Choc Ana; } >waits.csv
id=$(draft waits.csv --json | json draft)
exits 66 "... and by who approves" approve "$id" --yes --out media/usb/letters
sello-issue discard $C --as OF1007 --passphrase-file pass/drafter "$id" --reason test >/dev/null
exits 66 "... and copies" sello-issue reprint $C $A "$L1" --reason Lost --out media/usb/letters
exits 74 "... and a backup" sello-issue backup $C --to media/usb/backup
has "... whose file says so" "stick is perhaps not plugged in"
check "... nothing is made on the disk" rmdir media
[ "$(lines center)" = "$before" ] && ok "... nor signed" || not_ok "a line was entered"
rm -rf gone
mkdir -p stick/log/GTGUA02/1 && echo other >stick/log/GTGUA02/1/checkpoint
exits 66 "another center's stick in its place" sello-issue publish $C --to stick
rm -rf stick && mkdir stick
exits 0 "a new stick in its place, when it is said" sello-issue publish $C --to stick --new
cmp -s stick/log/GTGUA01/1/checkpoint stick.good/log/GTGUA01/1/checkpoint &&
	ok "is whole" || not_ok "$(find stick)"
issue center letters 3 >/dev/null 2>&1
exits 0 "an older publication of ours goes on" sello-issue publish $C --to stick
has "with what is new" "new line"
exits 0 "... and a file lost on it is put back" bash -c 'rm stick/log/GTGUA01/1/tile/entries/*.p/* && sello-issue publish --home center --to stick'
rm -rf stick && cp -a stick.good stick
exits 0 "a stick from before" sello-issue publish $C --to stick $A
exits 73 "a file where the stick was" bash -c 'rm -rf stick; : >stick; sello-issue publish --home center --to stick; s=$?; [ $s = 66 ] || [ $s = 73 ] || [ $s = 74 ] && exit 73'
rm -f stick && cp -a stick.good stick

# --- reprint to what cannot be written: no copy is counted
copies() { sello-issue list $C --json | grep "$L1" | json copies; }
reprint() { sello-issue reprint $C $A "$L1" --reason Lost "$@"; }
: >full
before=$(lines center)
exits 74 "a file where the folder would be" reprint --out full/x
has "no copy was made" "no copy was made or counted"
hasnt "no word of a draft" "draft"
exits 74 "a device" reprint --out /dev/null
exits 74 "a place where nothing can be written" reprint --out /proc/x
exits 74 "a name too long" reprint --out "$(printf '%0300d' 0)"
mkdir taken && echo mine >"taken/$L1-2.pdf"
exits 73 "a file of that name with other bytes" reprint --out taken
[ "$(cat "taken/$L1-2.pdf")" = mine ] && ok "is kept" || not_ok "$(ls -l taken)"
[ "$(ls -A taken | wc -l)" = 1 ] && ok "and nothing half stays" || not_ok "$(ls -A taken)"
mkdir small
cat >small.sh <<'END'
mount -t tmpfs -o size=16k none small 2>/dev/null || exit 99
"$@" --out small
s=$?
[ -z "$(ls -A small)" ] || s=98
exit $s
END
if unshare -m bash small.sh true 2>/dev/null; [ $? = 0 ]; then
	exits 74 "a full disk" unshare -m bash small.sh sello-issue reprint $C $A "$L1" --reason Lost
	has "which is said" "the disk is full"
else
	echo "skip a full disk: nothing can be mounted here"
fi
[ "$(copies)$(lines center)" = "1$before" ] && ok "no copy was counted" || not_ok "$(copies) copies"
exits 65 "--copy of one that was never made" reprint --out again --copy 2
exits 64 "--copy 1 is the letter itself" reprint --out again --copy 1
exits 0 "a good place" reprint --out copies
cmp -s "letters/$L1.xml" "copies/$L1.xml" && [ -s "copies/$L1-2.pdf" ] &&
	ok "has the second copy" || not_ok "$(ls copies)"
exits 0 "the same copy again" reprint --out again --copy 2
cmp -s "again/$L1-2.pdf" "copies/$L1-2.pdf" && ok "byte for byte" || not_ok "$(ls -l again)"
[ "$(copies)$(lines center)" = "2$((before + 1))" ] && ok "counted once" || not_ok "$(copies) copies"
exits 0 "and the next one" reprint --out copies
check "is the third" test -s "copies/$L1-3.pdf"

# --- recover: a copy at hand that is not the newest
sello-issue backup $C --to backup >/dev/null
issue center letters 4 >/dev/null 2>&1
sello-issue publish $C --to away $A >/dev/null # a stick that left for the consulate
mkdir -p brought && cp -a pub/trust.xml away/log brought/
sello-verify sync --home post brought >/dev/null
sello-verify export --home post --to post.export >/dev/null
exits 0 "a home from a backup" restore --home new backup
exits 77 "in place of a register, only when a person wants it" on_terminal n "sello-issue restore --as AP2003 --passphrase-file pass/approver --home new backup"
has "... who is told what is lost" "since the backup is not in the backup"
has "... what the register has" "The register has 3 letters, its last line is of 20"
has "... and the backup" "The backup has 3 letters, its last line is of 20"
check "... nothing was replaced" bash -c '! ls new/register.before-* 2>/dev/null'
exits 65 "a file that is no backup" restore --home new new/trust.xml
has "... is called what it is" "list of centers, trust.xml"
has "... beside what is wanted" "wanted here: a backup"
exits 65 "no list" sello-issue trust --home new new/root.crt
has "... is called what it is" "this is a certificate"
exits 65 "no report" sello-issue check --home new --cosigned new/request.csr
has "... is called what it is" "this is a center's request"
exits 65 "no request" sello-keys certify --home root --passphrase-file pass/root new/trust.xml
has "... is called what it is" "wanted here: request.csr"
exits 78 "no root" sello-keys certify --home new --passphrase-file pass/root new/request.csr
has "... is called what it is" "this is a center's or a post's folder"
printf 'surnames,givenNames,birthDate\n' >people.none
exits 65 "no program" sello-keys program --home root people.none
has "... is called what it is" "this is a table of people"
has "... beside what is wanted" "wanted here: program.ini"
exits 65 "no people" sello-issue draft --home new --dry-run new/trust.xml
has "... is called what it is" "list of centers, trust.xml"
has "... beside what is wanted" "wanted here: a table of people"
exits 65 "no head" sello-keys log --home root close GTGUA01 --checkpoint backup
has "... is called what it is" "this is the backup of a center or a post"
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
rm -rf center && mv new center # it is the center now

# --- new keys that wait, and keys that nobody here has
take() { publish >/dev/null && sello-issue trust $C pub/trust.xml; }
sello-issue rekey $C $A --json >first.json
given_up=$(json keyId <first.json)
cp center/request.csr first.csr
exits 77 "a second rekey asks" sello-issue rekey $C $A
has "about the key that waits" "$given_up"
exits 0 "or is told to give it up" sello-issue rekey $C $A --again --json
waits=$(printf '%s' "$OUT" | json keyId)
certify first.csr >/dev/null
exits 0 "the root certified the first" take
has "trust names the key that nobody has" "names key $given_up for this center, and nobody here"
hasnt "... not the one that waits" "names key $waits"
exits 0 "and so does check" sello-issue check $C
has "by name" "names key $given_up for this center, and nobody here"
certify center/request.csr >/dev/null
sello-keys revoke --home root --passphrase-file pass/root "$given_up" --reason superseded >/dev/null
exits 0 "the second is carried, the first retired" take
hasnt "then nothing is said" "nobody here"
exits 0 "the center changes over" issue center letters 5
exits 0 "and is content with its old key on the list" sello-issue check $C
hasnt "which it had itself" "nobody here"
exits 0 "then it may ask again" sello-issue rekey $C $A
exits 0 "a home from before does not have the new key" restore --home before backup
cp pub/trust.xml before/
exits 78 "as check says" sello-issue check --home before
has "... by name" "names key $waits for this center, and nobody here"

# --- a certificate that ends
if other_clock "certificates that end"; then
	rm -rf root center pub post letters away stick
	world
	sello-keys publish --home root --passphrase-file pass/root --to pub --next-update 900 --not-after 900 >/dev/null
	sello-issue trust $C pub/trust.xml >ended.out 2>&1
	grep -q "certificate" ended.out && not_ok "two years before, a warning" || ok "no warning two years before"
	issue center letters 1 2 >/dev/null 2>&1
	key=$(json keyId <<<"$(sello-issue trust $C pub/trust.xml --json)")
	CERTIFY="sello-keys certify --home root --passphrase-file pass/root"
	begin=$(sello-keys show --json pub/trust.xml --home root | json notBefore)
	# dated DAYS: the option that confirms a date which jumped
	dated() {
		sello-keys help certify | grep -q confirm-date &&
			echo "--confirm-date $(later "$1" date -u +%Y-%m-%d)"
	}
	later() { faketime -f "+$1d" "${@:2}"; }
	for days in 669 671 729; do
		exits 0 "publish, day $days" later $days sello-issue publish $C --to out$days
		case $days in
		669) hasnt "61 days before: nothing" "certificate ends" ;;
		*) has "within 60 days: a warning" "certificate ends on 20" ;;
		esac
		exits 0 "check, day $days" later $days sello-issue check $C
		case $days in
		669) hasnt "... by check too" "certificate ends" ;;
		*) has "... by check too" "certificate ends on 20" ;;
		esac
	done
	exits 0 "trust" later 700 sello-issue trust $C pub/trust.xml
	has "warns" "certificate ends on 20"
	exits 0 "the custodian's list, shown" later 700 sello-keys show --home root pub/trust.xml
	has "warns, by center and key" "center GTGUA01: its key $key ends on 20"
	exits 0 "the custodian's next list" later 700 sello-keys publish --home root $(dated 700) --passphrase-file pass/root --to pub --next-update 900 --not-after 900
	has "warns too" "center GTGUA01: its key $key ends on 20"
	# from here on the center lives after the end; the date, which jumped,
	# is confirmed where something is signed
	D="--confirm-date $(later 732 date -u +%Y-%m-%d)"
	{ echo "$HEADER"; person 3 "Tzul" Ana; } | sed -E "s/,[0-9-]{10},[0-9-]{10}\$/,$(day '735 days'),$(day '800 days')/" >late.csv
	exits 0 "after the end: drafts" later 732 sello-issue draft $C --as OF1007 --passphrase-file pass/drafter late.csv
	exits 78 "no letter" later 732 sello-issue approve $C $A $S $D --all --yes --out late
	has "says when it ended, and the way out" "renew the certificate of key $key"
	exits 0 "a withdrawal" later 732 sello-issue withdraw $C $A $S "$(basename "$(letter letters 1)" .xml)" --reason STOLEN
	exits 0 "... for fraud" later 732 sello-issue withdraw $C $A $S "$(basename "$(letter letters 2)" .xml)" --reason FRAUD
	exits 0 "a person joins" later 732 sello-issue officer $C add OF2001 --role drafter --as AD0001 --passphrase-file pass/admin \
	    --new-passphrase-file pass/drafter2 --second AP2003 --second-passphrase-file pass/approver $D
	exits 0 "... and leaves" later 732 sello-issue officer $C remove OF2001 --as AD0001 --passphrase-file pass/admin \
	    --second AP2003 --second-passphrase-file pass/approver $D
	exits 0 "the day is closed and published" later 732 sello-issue publish $C $A $S $D --to pub
	has "with a warning" "certificate ended on 20"
	exits 0 "a post takes these lines" later 732 sello-verify sync --home post pub
	exits 0 "the auditor has nothing against them" later 732 sello-audit check --root root/root.crt pub
	exits 0 "the key is renewed" later 732 $CERTIFY $(dated 732) --json center/request.csr
	has "and called that" '"renewed":true'
	has "from when it began" "\"notBefore\":\"$begin"
	exits 73 "... once" later 732 $CERTIFY $(dated 732) center/request.csr
	later 732 sello-keys publish --home root $(dated 732) --passphrase-file pass/root --to pub >/dev/null
	exits 0 "the next list" later 732 sello-issue trust $C pub/trust.xml
	hasnt "ends the warning" "certificate end"
	exits 0 "and letters go on" later 732 sello-issue approve $C $A $S $D --all --yes --out late
	later 732 sello-issue publish $C --to pub >/dev/null
	later 732 sello-verify sync --home post pub >/dev/null
	judge "a letter of before the renewal is judged as before" not-authentic "F-REVOKED R-EXPIRED" \
	    later 732 sello-verify check --home post --json "$(letter letters 2)"
	judge "and a new one by the renewed key is too soon, no more" attention R-NOTYET \
	    later 732 sello-verify check --home post --json late/*.xml
	exits 0 "the auditor agrees" later 732 sello-audit check --root root/root.crt pub
	later 733 sello-keys revoke --home root --passphrase-file pass/root "$key" --reason superseded >/dev/null
	exits 77 "a retired key is not renewed" later 1400 $CERTIFY $(dated 1400) center/request.csr
fi
done_testing
