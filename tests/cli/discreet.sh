#!/bin/bash
# In a run full of failures nobody's name, birth date or document stands in what
# programs say, publish or call their files.
. "$(dirname "$0")/lib.sh"
world
PERSONAL='Zubizarreta|Xochiquetzal|1977-03-0|88213344'
C="--home center --as AP2003 --passphrase-file pass/approver"
: >said
# fails COMMAND...: it must, and what it says is kept
fails() {
	if "$@" >stdout 2>stderr </dev/null; then not_ok "did not fail: $*"; fi
	cat stdout stderr >>said
}
someone() { person "$1" Zubizarreta Xochiquetzal "${2:-1977-03-04}" 8821334455809; }
{ echo "$HEADER" && someone 1; } >good.csv
draft good.csv >/dev/null && approve --all --yes --out out >/dev/null && deliver >/dev/null
letter=$(letter out 1)

# --- rows: each cell wrong in turn
for n in $(seq 2 25); do
	echo "$HEADER"
	someone 1 | awk -F, -v OFS=, -v n="$n" '{ $n = "Xochiquetzal 88213344"; print }'
done | awk 'NR == 1 || !/^row,/' >bad.csv
{ echo "$HEADER" && someone 1 1977-03-0x && someone 2 1977-03-041; } >dates.csv
sed 's/,LCI,/,Zubizarreta,/; s/Xoch/\xff&/' good.csv >bytes.csv
{ echo "$HEADER" && someone 1 | tr -d '\n' && echo ',"Zubizarreta'; } >quotes.csv
for file in bad dates bytes quotes; do fails draft $file.csv; done
draft --set-aside aside.csv bad.csv >>said 2>&1
fails draft --home nowhere good.csv
ok "rows are refused"

# --- passphrases, disks, a damaged register
draft good.csv >/dev/null 2>&1
fails sello-issue approve --home center --as AP2003 --passphrase-file pass/drafter --all --yes --out out
approve --all --yes --out /dev/full >>said 2>&1
fails sello-issue backup --home center --to nowhere/b
fails sello-issue show --home center 99
fails sello-issue withdraw $C --reason LOST GTGUA01-2026-000001-A
cp -a center torn && sqlite3 torn/register.db "UPDATE letter SET xml = replace(xml, 'Xochi', 'Yochi')" 2>/dev/null
head -c 30000 /dev/urandom | dd of=torn/register.db bs=1 seek=20000 conv=notrunc status=none
fails sello-issue check --home torn
sello-issue publish --home torn --to pub2 >>said 2>&1
printf 'no backup' >none && fails restore --home again none

# --- letters that are none
sed 's/Xochiquetzal/Xochiquetzaly/' "$letter" >forged.xml
head -c 900 "$letter" >cut.xml
sed 's/<Sex>F/<Sex>M/; s/1977-03-04/1977-03-05/' "$letter" >edited.xml
sed 's/xmlns=/xmlns:Zubizarreta="88213344" xmlns=/' "$letter" >spaces.xml
for file in forged cut edited spaces; do
	fails sello-verify check --home post $file.xml
	fails sello-verify check --home post --json --record $file.xml
done
fails sello-verify sync --home post forged.xml
fails sello-verify import --home post "$letter"
fails sello-keys certify --home root --passphrase-file pass/root --yes "$letter"
fails sello-audit check --root "$letter" pub
sello-verify export --home post --to report.txt >>said 2>&1
sello-issue publish --home center --to pub >>said 2>&1
sello-audit report --root root/root.crt --out audit.html pub >>said 2>&1
sello-issue check --home center --events >>said 2>&1
sello-issue backup --home center --to backup >>said 2>&1
check "many failed, and said so" test "$(wc -l <said)" -gt 60

check "none of it names somebody" bash -c '! grep -anE "$1" said' _ "$PERSONAL"
check "nor does what is published or told" bash -c '! grep -arlE "$1" pub post report.txt backup audit.html root' _ "$PERSONAL"
check "nor a file's name" bash -c '! find . | grep -E "$1"' _ "$PERSONAL"
check "it would be found" grep -qE "$PERSONAL" "$letter"
done_testing
