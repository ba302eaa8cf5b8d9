# Backups from before the log: one from when the founder was alone, in which
# nobody else has keys, and one from when everybody had their own.
. "$(dirname "$0")/lib.sh"
passphrases
A="--as AP2003 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
lines() { sqlite3 -batch center/register.db "SELECT line FROM log_line ORDER BY id"; }
{
	sello-keys init --home root --program RRP-ES --name "Test Program" --passphrase-file pass/root
	sello-keys program --home root "$SOURCE/examples/program.ini"
	sello-issue init $C --center GTGUA01 --name "Test Center" --country GTM \
	    --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
	sello-issue backup $C --to alone
	joins center OF1007 drafter drafter
	joins center AP2003 approver approver
	sello-issue backup $C --to founded
	certify center/request.csr
	publish
	begin center pub/trust.xml
} >/dev/null 2>&1
{ echo "$HEADER"; person 1 Tzul Ana; person 2 Quiej Rosa; person 3 Batz Juan; } >people.csv
draft people.csv >/dev/null
approve 1 2 --yes --out letters >/dev/null
sello-issue publish $C --to pub >/dev/null
cp -a center template
size=$(lines | wc -l)

for guard in there gone; do
	rm -rf center && cp -a template center
	exits 0 "restored with the guard $guard, the founder alone" sello-issue restore $C alone --as AD0001 --passphrase-file pass/admin
	[ $guard = there ] || rm center/head.guard
	exits 77 "adds nobody" officer add OF1008 --role drafter --new-passphrase-file pass/first
	exits 78 "begins no log once more" begin center pub/trust.xml
	exits 77 "nor is there anybody to recover with" sello-issue recover $C --from pub $A $S
	exits 65 "check" sello-issue check $C
	has "... names who is missing" "AP2003: this person belongs to the center"
	exits 0 "restored once more, when all had their keys" restore $C founded
	exits 78 "it begins no log once more" begin center pub/trust.xml
	exits 0 "but recovers" sello-issue recover $C --from pub $A $S
	[ "$(lines | wc -l)" = $((size + 1)) ] && ok "the log goes on" || not_ok "$(lines)"
	sello-issue draft $C --as OF1007 --passphrase-file pass/drafter people.csv >/dev/null
	exits 0 "the next letter" sello-issue approve $C $A 3 --yes --out out --json
	has "has the next number" "-000003-"
	exits 0 "the center is in order" sello-issue check $C
	rm -rf brought && cp -a pub brought
	exits 0 "it is published" sello-issue publish $C --to brought
	rm -rf post && sello-verify init --home post --root root/root.crt --consulate ES-GTGUA >/dev/null
	exits 0 "and posts take it" sello-verify sync --home post brought
	exits 0 "the letter is good" verify out/*-000003-*.xml
	rm -rf out
done
done_testing
