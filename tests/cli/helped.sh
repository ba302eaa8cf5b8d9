# Where too few are left at a center, or nothing is left of it, the root hears its
# persons once more; they enter the log by their own signatures alone, and it
# goes on.
. "$(dirname "$0")/lib.sh"
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
last_line() { sqlite3 center/register.db "SELECT line FROM log_line ORDER BY id DESC LIMIT 1"; }

# --- nothing is left of it but what it published ------------------------------------
world
check "an honest beginning" issue center out 1 2
check "... published" deliver
key=$(sello-keys show center/request.csr | sed -n 's/^Key id: //p')
rm -rf center
sello-keys person --home root --yes remove GTGUA01 OF1007 --checkpoint pub/log/GTGUA01/1/checkpoint >removed 2>&1
sleep 1.1
found center GTGUA01 "Test Center" >/dev/null
exits 64 "new persons are heard again" sello-keys certify --home root --passphrase-file pass/root center/request.csr
exits 0 "... and certified" certify center/request.csr
has "... the key of before is named, to be retired" "Other active keys of this center: $key."
publish >/dev/null
exits 0 "the list has a later roster" sello-keys show --home root pub/trust.xml
check "... beside the first" test "$(grep -c '<Roster ' <(sed 's/<Roster /\n&/g' pub/trust.xml))" = 2
exits 0 "the list is taken" sello-issue trust --home center pub/trust.xml
hasnt "... whom the root heard since is not called removed" "removed OF1007"
has "... and the next step is the log of before" "recover --home center --from COPY"
hasnt "... not a beginning" "Its founder begins it"
exits 78 "no log is begun anew" begin center pub/trust.xml
has "... without the one before" "recover --home center --from COPY"
exits 78 "... nor a letter drafted there signed" issue center none 3
exits 77 "one person recovers nothing" sello-issue recover --home center --from pub $A
exits 0 "two whom the root has heard do" sello-issue recover --home center --from pub $A $S
check "what waits is signed again" sign_again center
exits 78 "a drafter is not in the log by drafting" approve --all --yes --out none
has "... it says how" "--as OF1007 --second AP2003"
exits 0 "... but enters beside an approver" sello-issue trust --home center pub/trust.xml \
    --as OF1007 --passphrase-file pass/drafter --second AP2003 --second-passphrase-file pass/approver
has "... and is told so" "is in it now"
[[ $(last_line) == *" staff - OF1007 "*" OF1007 - DRAFTER" ]] && ok "... by the own signature alone" || not_ok "$(last_line)"
exits 0 "... and letters go on" approve --all --yes --out out
check "... with the next number" ls out/*-000003-*.xml
exits 0 "the center is in order" sello-issue check --home center
check "published" sello-issue publish --home center --to pub
exits 0 "the post takes both logs" sello-verify sync --home post pub
hasnt "... and accuses nobody" PROOF
for n in 1 2 3; do judge "letter $n" valid "" shown post "$(letter out $n)"; done
audited "a log that goes on with persons heard again" 1 A-LOST pub
exits 1 "who signed its lines" sello-audit lines --root root/root.crt pub
[[ $OUT =~ GTGUA01/2\ 0\ [-0-9:\ ]+\ UTC\ log\ begun\ \(open\)\ -:\ AD0001\ \([0-9a-f] ]] && ok "... is known of the first one, too" ||
    not_ok "... is known of the first one, too: $OUT"
hasnt "... with a key" "(not checked)"
check "the slots of those who sign nothing are gone" test \
    "$(sqlite3 center/register.db "SELECT group_concat(code) FROM person WHERE slot IS NOT NULL")" = AP2003
check "staff as on any other day" officer add OF1008 --role drafter --new-passphrase-file pass/first \
    --second AP2003 --second-passphrase-file pass/approver
before=$(last_line)
exits 0 "each enters once" begin_next center pub/trust.xml
hasnt "... which is told" "is in it now"
check "... no more" test "$(last_line)" = "$before"

# --- founded twice before the first log began -----------------------------------------
rm -rf root center post pub out
founded
rm -rf center
sleep 1.1
found center GTGUA01 "Test Center" >/dev/null
certify center/request.csr >/dev/null
publish >/dev/null
exits 78 "the first log may have lines elsewhere" begin center pub/trust.xml
has "... or never had one" --lost
exits 0 "two persons say so" sello-issue recover --home center --lost $A $S
check "... and the center works" issue center out 1
exits 0 "the center is in order" sello-issue check --home center

# --- a new passphrase between the reading aloud and the log ------------------------------
rm -rf root center post pub out
founded >/dev/null
check "somebody takes a new passphrase after all were heard" own center OF1007 drafter drafter2
exits 78 "the log does not begin with a key that nobody heard" begin center pub/trust.xml
has "... the root is to hear it" "Bring request.csr to the root custodian once more"
exits 65 "... as the weekly look says too" sello-issue check --home center
has "... of whom" "OF1007: this person's role and key are not those that the trust list has"
has "... and how it goes on" "give request.csr to the root custodian once more"
# nobody can answer here: where a passphrase is asked for, that is exit 64
exits 78 "nobody types a new passphrase in vain" sello-issue passphrase --home center --as AP2003 --second AD0001
has "... for the log has not begun" "Bring request.csr"
exits 78 "nor a first one" sello-issue officer --home center reset OF1007 --as AD0001 --second AP2003
exits 0 "the root hears the persons of the same request again" certify center/request.csr
exits 73 "... once" certify center/request.csr
publish >/dev/null
exits 0 "the log begins with them" begin center pub/trust.xml
exits 0 "the center is in order" sello-issue check --home center
done_testing
