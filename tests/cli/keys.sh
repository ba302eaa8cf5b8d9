#!/bin/bash
# The root custodian: certify, revoke, publish, show; and public tools that
# read what came out.
DEAR=1 # keys, and what is written, as in the world
. "$(dirname "$0")/lib.sh"
world
R="--home root --passphrase-file pass/root"

# --- show
exits 0 "show a request" sello-keys show center/request.csr
has "... by its center" "GTGUA01"
exits 0 "show a post's request" sello-keys show post/request.txt --json
has "... as JSON" '"kind":"post-request","post":"ES-GTGUA/1"'
exits 0 "show a list without its root" sello-keys show pub/trust.xml
has "... says that it was not checked" "not checked here"
exits 0 "show a list with its root" sello-keys show --certificates certs root/root.crt pub/trust.xml
has "... says that it is good" "Signature: good"
KEY=$(ls certs | sed -n 's/\.crt$//p')
check "the list's certificate chains to the root" openssl verify -CAfile root/root.crt "certs/$KEY.crt"
exits 0 "show it again into the same folder" sello-keys show --home root --certificates certs pub/trust.xml
exits 0 "show that certificate" sello-keys show --json root/root.crt "certs/$KEY.crt"
has "... with its key id" "\"keyId\":\"$KEY\""
has "... as issued by this root" '"signature":"good"'
echo other >"certs/$KEY.crt"
exits 73 "another file of that name stays" sello-keys show --certificates certs pub/trust.xml
sed 's/Test Center/Best Center/' pub/trust.xml >changed.xml
exits 65 "a changed list is refused where the root is known" sello-keys show --home root changed.xml
echo nothing >nothing.txt
exits 65 "show a file of another kind" sello-keys show nothing.txt
exits 66 "show a missing file" sello-keys show none.txt
exits 65 "one bad file does not hide the others" sello-keys show nothing.txt center/request.csr
has "... which is shown" "GTGUA01"

# --- a letter: never a word about its holder
{ echo "$HEADER"; person R1 "Tzunux Inventada" Rosalba; } >people.csv
draft people.csv >/dev/null 2>&1 && approve --all --yes --out out >/dev/null 2>&1
LETTER=$(ls out/*.xml 2>/dev/null | head -n 1)
exits 0 "show a letter with its root" sello-keys show --home root "$LETTER"
has "... by its number" "$(basename "$LETTER" .xml)"
hasnt "... without the holder's name" Inventada
exits 0 "show a letter alone" sello-keys show --json "$LETTER"
has "... says that it was not checked" '"signature":"not-checked"'
hasnt "... without the holder's name" Inventada
sed 's/Inventada/Inventado/' "$LETTER" >forged.xml
exits 65 "a changed letter is refused" sello-keys show --home root forged.xml
hasnt "... without the holder's name" Inventado

# --- the persons of a center
second() { sello-issue "$@" --home second --as AD0001 --passphrase-file pass/admin; }
shown_of() { # CODE: the fingerprint that show says
	sello-keys show second/request.csr | sed -n "/^Person: $1,/{n;s/^ *//;p}"
}
exits 0 "a second center" sello-issue init --home second --center GTGUA02 --name Second --country GTM \
    --timezone America/Guatemala --root root/root.crt --as AD0001 --passphrase-file pass/admin
has "... can compare the root's fingerprint" "$(openssl x509 -in root/root.crt -noout -fingerprint -sha256 |
    sed 's/.*=//; s/\(..\):\(..\):*/\1\2 /g; s/ $//' | tr A-F a-f)"
exits 65 "a center of one person is not certified" sello-keys certify $R --yes second/request.csr
has "... the role that lacks is named" DRAFTER
second officer add OF2007 --role drafter --new-passphrase-file pass/new >/dev/null
exits 65 "nor one of two" sello-keys certify $R --yes second/request.csr
has "... the role that lacks is named" APPROVER
second officer add AP3003 --role approver --new-passphrase-file pass/new >/dev/null
check "each has a fingerprint" test "$(shown_of AP3003 | wc -w)" = 16
exits 64 "with nobody to ask nothing is done" sello-keys certify $R second/request.csr
has "... each person's fingerprint is shown" "$(shown_of AP3003)"
has "... to be read aloud" "$(shown_of OF2007)"
has "... from paper" "from their own paper"
has "... and the option is named" --yes
exits 0 "a script says yes" sello-keys certify $R --yes --json second/request.csr
has "... and the persons are a roster" '"newRoster":true,"persons":[{"code":"AD0001","role":"ADMIN"'
cp -a second many
for code in OF4001 OF4002 OF4003 OF4004 OF4005; do
	sello-issue officer add $code --home many --as AD0001 --passphrase-file pass/admin \
	    --role drafter --new-passphrase-file pass/new >/dev/null
done
exits 77 "eight persons" on_terminal $'y\nn' "sello-keys certify $R many/request.csr"
has "... are asked for as a screen holds them" "Persons 1 to 7 of 8:"
has "... the others, too" "Persons 8 to 8 of 8:"
exits 0 "published" sello-keys publish $R --to pub2
exits 0 "the list says who they are" sello-keys show --home root pub2/trust.xml
has "... by fingerprint" "$(shown_of OF2007)"
has "... and role" "AP3003, approver"
check "xmllint accepts it" xmllint --noout --nonet --schema "$SOURCE/schemas/trust.xsd" pub2/trust.xml

# --- a person is removed
removed() { sello-keys person --home root --yes remove "$@"; }
exits 0 "a person is removed" removed GTGUA02 OF2007 --from 2026-11-20T06:00:00Z
has "... says what it means" F-REVOKED
has "... and that a time alone stops no thief" "--checkpoint FILE"
exits 64 "with nobody to ask nothing is done" sello-keys person --home root remove GTGUA02 OF2020
has "... what it would do is told" "F-REVOKED"
has "... and the option is named" --yes
exits 77 "who says no" on_terminal n "sello-keys person --home root remove GTGUA02 OF2020"
has "... removes nobody" "Nothing was done"
exits 0 "who says yes" on_terminal y "sello-keys person --home root remove GTGUA02 OF2020"
has "... does" "OF2020 at GTGUA02 is removed"
exits 77 "never taken back" removed GTGUA02 OF2007 --from 2026-11-21T06:00:00Z
exits 0 "an earlier time replaces it" removed GTGUA02 OF2007 --from 2026-11-19T06:00:00Z --json
has "... as JSON" '"code":"OF2007","onRoster":true,"since":"2026-11-19T06:00:00Z","size":null'
exits 0 "whom the root never heard" removed GTGUA02 OF2010
has "... is taken on the center's word" "on no roster"
sello-issue publish --home center --to pub >/dev/null
exits 0 "after a signed head" removed GTGUA01 OF1010 --checkpoint pub/log/GTGUA01/1/checkpoint --json
has "... from the line after it" "\"size\":$(sed -n 2p pub/log/GTGUA01/1/checkpoint)}"
exits 66 "at an unknown center" removed GTGUA03 OF2007
exits 64 "with an impossible code" removed GTGUA02 of2007
exits 64 "in the future" removed GTGUA02 OF2008 --from 2999-01-01T00:00:00Z
exits 64 "by a time and a head" removed GTGUA01 OF2008 --from 2026-01-01 --checkpoint pub/log/GTGUA01/1/checkpoint
exits 64 "nobody is added" sello-keys person --home root add GTGUA02 OF2008
exits 65 "by a head that is none" removed GTGUA01 OF2008 --checkpoint nothing.txt
has "... names the file" "nothing.txt"
exits 0 "published" sello-keys publish $R --to pub2 --json
exits 0 "the list says it" sello-keys show --home root --json pub2/trust.xml
has "... of each" '"removed":[{"code":"OF2007","since":"2026-11-19T06:00:00Z","size":null},{"code":"OF2010"'

# --- public tools on the list
ROOTKEY=$(sello-keys show --json root/root.crt | json keyId)
check "xmlsec1 verifies the list" xmlsec1 --verify --enabled-key-data key-name \
    --enabled-reference-uris empty "--pubkey-cert-pem:$ROOTKEY" root/root.crt pub/trust.xml
check "xmllint accepts the list" xmllint --noout --nonet --schema "$SOURCE/schemas/trust.xsd" pub/trust.xml
check "openssl opens the root key" openssl pkey -in root/root.key -passin file:pass/root -noout

# --- usage and refusals
mkdir among && echo x >among/letter.odt
exits 73 "init among other files" sello-keys init --home among --program RRP-ES --name X --passphrase-file pass/root
check "... leaves them alone" test "$(ls -A among)" = letter.odt
exits 64 "init without a program" sello-keys init --home new --name X --passphrase-file pass/root
exits 65 "init with a bad program" sello-keys init --home new --program rrp --name X --passphrase-file pass/root
check "... leaves nothing" test ! -e new
exits 78 "publish without a home" sello-keys publish --to pub
exits 78 "publish in a folder that is no home" sello-keys publish --home pub --to pub
exits 64 "revoke without a reason" sello-keys revoke --home root "$KEY"
exits 64 "revoke something unnameable" sello-keys revoke --home root KEY --reason closed
exits 66 "revoke an unknown key" sello-keys revoke --home root 00000000 --reason closed
exits 64 "a compromise in the future" sello-keys revoke --home root "$KEY" --reason compromise --from 2999-01-01T00:00:00Z
exits 64 "next update after the end" sello-keys publish $R --to pub --next-update 31
exits 73 "the same request again" sello-keys certify $R center/request.csr
sed '1s/^/\xef\xbb\xbf/; s/$/\r/' post/request.txt >mailed.txt
exits 73 "the same post again" sello-keys certify $R mailed.txt
printf '[consulate ES-GTGUA]\nnombre = X\n' >bad.ini
exits 65 "a program.ini with a mistake" sello-keys program --home root bad.ini
has "... names the line" "line 2"
chmod 644 root/root.key
exits 77 "a root key that others may read" sello-keys publish $R --to pub
has "... is refused" "chmod -R go="
chmod 600 root/root.key

# --- revoking
exits 77 "who says no on a terminal" on_terminal n "sello-keys revoke --home root $KEY --reason superseded"
has "... was told what it does" R-KEY-RETIRED
has "... and that it is for good" "cannot be taken back"
exits 0 "retire a key" sello-keys revoke --home root "$KEY" --reason superseded
has "... says what it means" R-KEY-RETIRED
exits 77 "nothing milder after it" sello-keys revoke --home root "$KEY" --reason closed
exits 0 "compromise is graver" sello-keys revoke --home root "$KEY" --reason compromise --from 2026-01-01
has "... says what it means" F-REVOKED
exits 0 "the whole life is graver still" sello-keys revoke --home root "$KEY" --reason compromise --json
has "... as JSON" '"status":"revoked","since":null'
exits 77 "a key is never good again" sello-keys revoke --home root "$KEY" --reason superseded
exits 0 "revoke a post" on_terminal y "sello-keys revoke --home root ES-GTGUA/1 --reason closed"
has "... once asked" "Revoke post ES-GTGUA/1?"
exits 77 "... which is done" sello-keys revoke --home root ES-GTGUA/1 --reason closed --yes

# --- sequences
cp -r root old
exits 0 "publish" sello-keys publish $R --to pub --json
SEQUENCE=$(printf '%s' "$OUT" | json sequence)
mv pub unplugged
exits 66 "the stick is not in" sello-keys publish $R --to pub
has "... and asks for it" "is the stick in?"
mkdir pub
exits 66 "... nor in its empty mount point" sello-keys publish $R --to pub
check "... where nothing is written" rmdir pub
mv unplugged pub
for new in "" --new; do
	exits 66 "a path whose folder above is not there $new" sello-keys publish $R --to media/usb/pub $new
	has "... asks for the stick" "is the stick in?"
done
check "... nothing is made" test ! -e media
exits 78 "an old copy of the home signs nothing" sello-keys publish --home old --passphrase-file pass/root --to pub
exits 0 "publish again" sello-keys publish $R --to pub --json
check "sequences rise" test "$(printf '%s' "$OUT" | json sequence)" = $((SEQUENCE + 1))
# a list of tomorrow is a clock of yesterday, and works under AddressSanitizer
# too, where other_clock does not
cp -r root ahead
sqlite3 ahead/root.db "UPDATE list SET issued_at = issued_at + 86400"
exits 78 "a clock before the last list" sello-keys publish --home ahead --passphrase-file pass/root --to pub2
has "... says so" "clock"
echo x >pub/trust.xml
exits 73 "a foreign file is not replaced" sello-keys publish $R --to pub
done_testing
