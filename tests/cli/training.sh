#!/bin/bash
# A training root's letters are never green and never pass for real ones.
. "$(dirname "$0")/lib.sh"
world --training
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; } >people.csv
exits 0 "draft" draft people.csv
exits 0 "approve" approve --all --yes --out letters
exits 1 "a training letter is attention" verify --json letters/*.xml
has "... T-TRAINING" T-TRAINING
has "... training is true" '"training":true'
pdftotext -layout letters/*.pdf sheet.txt
check "its sheet says so" grep -qi "no es una carta real\|not a real letter" sheet.txt
sello-keys init --home live --program RRP-ES --name Live --passphrase-file pass/root >/dev/null 2>&1
exits 77 "a live root refuses a training center's request" \
    sello-keys certify --home live --passphrase-file pass/root center/request.csr
done_testing
