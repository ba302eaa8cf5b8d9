# A backup from before the first trust list: its founder is alone, everybody
# else came later, and the log has their codes.
. "$(dirname "$0")/lib.sh"
passphrases
A="--as AP2004 --passphrase-file pass/approver"
S="--second AD0001 --second-passphrase-file pass/admin"
C="--home center"
lines() { sqlite3 -batch center/register.db "SELECT line FROM log_line ORDER BY id"; }
joins() { # DRAFTER APPROVER: the founder adds them
	officer add "$1" --role drafter --new-passphrase-file pass/drafter &&
		officer add "$2" --role approver --new-passphrase-file pass/approver
}
{
	sello-keys init --home root --program RRP-ES --name "Test Program" --passphrase-file pass/root
	sello-keys program --home root "$SOURCE/examples/program.ini"
	sello-issue init $C --center GTGUA01 --name "Test Center" --country GTM \
	    --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
	sello-issue backup $C --to first
	joins OF1007 AP2003
	sello-keys certify --home root --passphrase-file pass/root center/request.csr
	publish
	sello-issue trust $C pub/trust.xml
} >/dev/null 2>&1
{ echo "$HEADER"; person 1 Tzul Ana; person 2 Quiej Rosa; person 3 Batz Juan; } >people.csv
draft people.csv >/dev/null
approve 1 2 --yes --out letters >/dev/null
sello-issue publish $C --to pub >/dev/null
cp -a center template
size=$(lines | wc -l)

for guard in there gone; do
	rm -rf center && cp -a template center
	exits 0 "restored with the guard $guard" sello-issue restore $C first
	[ $guard = there ] || rm center/head.guard
	exits 0 "the founder adds people under the codes they had" joins OF1007 AP2003
	exits 78 "they sign nothing" sello-issue publish $C --to pub --as AP2003 --passphrase-file pass/approver
	exits 78 "and do not recover" sello-issue recover $C --from pub $S --as AP2003 --passphrase-file pass/approver
	has "they hear which code it is" "AP2003: the log gives this code"
	has "... and the way out" "under new codes"
	hasnt "... and of no damage" "damaged"
	exits 0 "which works: the backup once more" sello-issue restore $C first
	exits 0 "new codes" joins OF1008 AP2004
	exits 0 "and recover" sello-issue recover $C --from pub $A $S
	[ "$(lines | wc -l)" -gt "$size" ] && ok "the log goes on" || not_ok "$(lines)"
	sello-issue draft $C --as OF1008 --passphrase-file pass/drafter people.csv >/dev/null
	exits 0 "the next letter" sello-issue approve $C $A 3 --yes --out out --json
	has "has the next number" "-000003-"
	exits 73 "a code of the log is never given again" officer add OF1007 --role drafter \
	    --new-passphrase-file pass/drafter --second AP2004 --second-passphrase-file pass/approver
	rm -rf brought && cp -a pub brought
	exits 0 "it is published" sello-issue publish $C --to brought
	rm -rf post && sello-verify init --home post --root root/root.crt --consulate ES-GTGUA >/dev/null
	exits 0 "and posts take it" sello-verify sync --home post brought
	exits 0 "the letter is good" verify out/*-000003-*.xml
	# where lines may be lost, `restore` comes before who enters it
	exits $([ $guard = there ] && echo 0 || echo 65) "the center's own check" sello-issue check $C
	[ $guard = there ] || has "has one question" "line 1/6: a person acted who was never added"
	rm -rf out
done

# with lines of its own a register that was set back takes nobody
rm -rf center && cp -a template center
sello-issue backup $C --to second >/dev/null
approve 3 --yes --out letters >/dev/null
exits 0 "a later backup" sello-issue restore $C second
exits 78 "wants recover first" officer add OF1009 --role drafter --new-passphrase-file pass/drafter \
    --second AP2003 --second-passphrase-file pass/approver
done_testing
