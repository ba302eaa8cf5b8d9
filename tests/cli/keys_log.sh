#!/bin/bash
# Where logs end, and evidence for a revoked key: sello-keys log, revoke
# --checkpoint, show. The center here is openssl's: its request and the heads
# of its log are made without a line of ours.
. "$(dirname "$0")/lib.sh"
passphrases
R="--home root --passphrase-file pass/root"
raw_public() { openssl pkey -in "$1" -pubout -outform DER | tail -c 32; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { while read -r -n 2 b; do [ -z "$b" ] || printf "%b" "\x$b"; done; }
# persons CENTER: the URIs of its three persons, each with a key of their own
persons() {
	local who key
	for who in AD0001:ADMIN AP2003:APPROVER OF1007:DRAFTER; do
		key=$1-${who%:*}.pem
		[ -e "$key" ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$key" 2>/dev/null
		printf ',URI:urn:sello:person:%s:' "$who"
		openssl pkey -in "$key" -pubout -ec_conv_form compressed -outform DER | tail -c 33 | hex
	done
}
# request CENTER LOG COSIGNER: a fresh P-256 key with these log keys
request() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem 2>/dev/null
	openssl req -new -utf8 -key p256.pem -sha256 -subj "/C=GT/O=Test Center/CN=$1" -addext \
	    "subjectAltName=URI:urn:sello:root:$ROOT,URI:urn:sello:log:$(raw_public "$2" | hex),URI:urn:sello:cosigner:$(raw_public "$3" | hex),URI:urn:sello:tz:America/Guatemala$(persons "$1")"
}
# key_id NAME TYPE KEY: as signed-note says, in hex
key_id() {
	{ printf '%s\n%b' "$1" "\x$2"; raw_public "$3"; } | openssl dgst -sha256 -binary | head -c 4 | hex
}
sign() { openssl pkeyutl -sign -rawin -inkey "$1" -in "$2"; }
# head_of ORIGIN SIZE KEY [COSIGNER TIME]: a signed head on standard output; the
# root is only a hash, no tree is needed here
head_of() {
	local root
	root=$(printf 'lines %s' "$2" | openssl dgst -sha256 -binary | base64)
	[ "$2" = 0 ] && root=$(openssl dgst -sha256 -binary </dev/null | base64)
	printf '%s\n%s\n%s\n' "$1" "$2" "$root" >note.text
	cat note.text
	printf '\n\xe2\x80\x94 %s %s\n' "$1" \
	    "$({ key_id "$1" 01 "$3" | unhex; sign "$3" note.text; } | base64 -w 0)"
	[ $# -lt 4 ] && return
	{ printf 'cosignature/v1\ntime %s\n' "$5"; cat note.text; } >cosigned.text
	printf '\xe2\x80\x94 %s %s\n' "$1" \
	    "$({ key_id "$1" 04 "$4" | unhex; printf '%016x' "$5" | unhex; sign "$4" cosigned.text; } | base64 -w 0)"
}
for key in log1 cosigner1 log2 cosigner2 other; do
	openssl genpkey -algorithm ed25519 -out $key 2>/dev/null
done
sello-keys init $R --program RRP-ES --name "Test Program" >/dev/null
ROOT=$(openssl x509 -in root/root.crt -outform DER | openssl dgst -sha256 -r | cut -c 1-64)
request GTGUA01 log1 cosigner1 >request1.csr
exits 0 "a request that openssl made" sello-keys certify $R --yes --json request1.csr
KEY=$(printf '%s' "$OUT" | json keyId)
T=2026-03-01T00:00:00Z
BEFORE=$(date -u -d "2026-02-28T12:00:00Z" +%s)
AFTER=$(date -u -d $T +%s)
LOG=RRP-ES/log/GTGUA01/1
head_of $LOG 40 log1 >plain
head_of $LOG 41 log1 cosigner1 "$BEFORE" >before
head_of $LOG 42 log1 cosigner1 "$AFTER" >after
head_of $LOG 50 log1 cosigner1 "$AFTER" >last
head_of $LOG 0 log1 >empty
head_of $LOG 40 other >foreign
head_of RRP-XX/log/GTGUA01/1 40 log1 >program
head_of RRP-ES/log/GTGUA02/1 40 log2 >center
head -c 60 plain >torn
sed 's/^40$/44/' plain >changed
{ cat plain; head -c 200000 /dev/zero | tr '\0' x; } >oversized
sello-keys publish $R --to pub >/dev/null

# --- show
exits 0 "show a head without a list" sello-keys show before
has "... its log" "Log: $LOG"
has "... its lines" "Lines: 41"
has "... not checked" "not checked here"
exits 0 "show it with the list" sello-keys show root/root.crt pub/trust.xml before
has "... is good" "good, by the log's key"
has "... with the center's time" "2026-02-28 12:00 UTC"
exits 0 "show it with the home, as JSON" sello-keys show --home root --json before
has "... is good" '"kind":"checkpoint","origin":"RRP-ES/log/GTGUA01/1","size":41,'
has "... by both keys" '"role":"cosigner","time":"2026-02-28T12:00:00Z"'
exits 0 "a list of no known root decides nothing" sello-keys show pub/trust.xml before
has "... not checked" "Signature: not checked here; name the trust list"
exits 65 "a changed head is wrong where the list is known" sello-keys show --home root changed
exits 65 "a head by another key too" sello-keys show --home root foreign
exits 0 "the head of a log of elsewhere" sello-keys show --home root program
has "... cannot be checked" "not checked here"
exits 65 "a torn head" sello-keys show --home root torn

# --- evidence: usage
revoke() { sello-keys revoke --home root "$@"; }
exits 64 "--checkpoint without --from" revoke "$KEY" --reason compromise --checkpoint before
exits 64 "--checkpoint of a retired key" revoke "$KEY" --reason superseded --from $T --checkpoint before
exits 64 "--checkpoint for a post" revoke ES-GTGUA/1 --reason compromise --from $T --checkpoint before
stolen() { revoke "$KEY" --reason compromise --from $T "$@"; }
exits 66 "a head that is not there" stolen --checkpoint nothing
exits 74 "a folder" stolen --checkpoint pub
refused() { # EXIT FILE TEXT
	exits "$1" "revoke with a $2 head" stolen --checkpoint "$2"
	has "... says why" "$3"
	exits "$1" "close with a $2 head" sello-keys log --home root close GTGUA01 --checkpoint "$2"
	has "... says why" "$3"
}
refused 65 torn "sello-keys: torn: "
refused 65 oversized "bytes"
refused 65 changed wrong
refused 65 foreign "foreign: not signed by"
refused 65 program "no log of this program"
refused 65 center "no log of this program"
refused 65 empty empty
exits 77 "a head from T on" stolen --checkpoint after
has "... says so" "not from before 2026-03-01 00:00 UTC"
sello-keys publish $R --to pub >/dev/null
check "nothing of it is in the list" bash -c '! grep -qE "revoked|Evidence|closed" pub/trust.xml'

# --- evidence
exits 0 "a stolen key" stolen
exits 0 "a head found later" stolen --checkpoint plain
has "... is warned of" "does not say when"
exits 0 "a longer one" stolen --checkpoint before --json
has "... as JSON" '"evidence":{"origin":"RRP-ES/log/GTGUA01/1","size":41,'
has "... with the center's time" '"asOf":"2026-02-28T12:00:00Z"'
exits 77 "a shorter one again" stolen --checkpoint plain
exits 0 "publish" sello-keys publish $R --to pub
check "the list has it" grep -q '<Evidence><Size>41</Size>' pub/trust.xml
exits 0 "show says it" sello-keys show --home root pub/trust.xml
has "... in words" "Evidence (lines, tree hash): 41 "

# --- the end of a log
close_log() { sello-keys log --home root close "$@"; }
exits 64 "log without close" sello-keys log --home root open GTGUA01 --checkpoint last
exits 64 "log close without a head" close_log GTGUA01
exits 64 "log close without a center" sello-keys log --home root close --checkpoint last
exits 66 "log close with a file that is not there" close_log GTGUA01 --checkpoint nothing
exits 66 "log close of an unknown center" close_log GTGUA09 --checkpoint last
exits 77 "not before the evidence" close_log GTGUA01 --checkpoint plain
exits 77 "who says no on a terminal" on_terminal n "sello-keys log --home root close GTGUA01 --checkpoint last"
has "... was told where it ends" "$LOG ends after 50 lines"
exits 0 "log close" close_log GTGUA01 --checkpoint last
has "... says where" "$LOG ends after 50 lines"
exits 0 "log close again" close_log GTGUA01 --checkpoint last
has "... says that nothing changed" "nothing was changed"
exits 77 "log close elsewhere" close_log GTGUA01 --checkpoint after
request GTGUA01 log1 cosigner1 >again.csr
exits 77 "the keys of a closed log" sello-keys certify $R again.csr
has "... says what to do" "rekey --log"
exits 0 "publish" sello-keys publish $R --to pub
check "xmllint accepts the list" xmllint --noout --nonet --schema "$SOURCE/schemas/trust.xsd" pub/trust.xml
exits 0 "show says it" sello-keys show --home root --json pub/trust.xml
has "... as JSON" '"state":"closed","final":{"size":50,'
request GTGUA01 log2 cosigner2 >request2.csr
exits 0 "new log keys" sello-keys certify $R request2.csr
has "... begin a generation" "generation 2 begins"
hasnt "... with nothing left open" "still open"

# --- another center, whose log stays open when the next begins
for key in log3 cosigner3 log4 cosigner4; do
	openssl genpkey -algorithm ed25519 -out $key 2>/dev/null
done
request GTGUA02 log3 cosigner3 >request3.csr
request GTGUA02 log4 cosigner4 >request4.csr
sello-keys certify $R --yes request3.csr >/dev/null 2>&1
exits 0 "new log keys before the old log is closed" sello-keys certify $R request4.csr
has "... says the next step" "sello-keys log close GTGUA02"
head_of RRP-ES/log/GTGUA02/1 7 log3 >old
exits 77 "another center's head" close_log GTGUA01 --checkpoint old
exits 64 "an unused log is a number" close_log GTGUA02 --unused one
exits 66 "... one that there is" close_log GTGUA02 --unused 9
exits 77 "... not the newest" close_log GTGUA02 --unused 2
exits 77 "... nor one of which lines are known" close_log GTGUA01 --unused 1
exits 77 "who says no on a terminal" on_terminal n "sello-keys log --home root close GTGUA02 --unused 1"
has "... was told what it does" "the next list leaves it out"
exits 0 "a log that never began" close_log GTGUA02 --unused 1 --json
has "... as JSON" '"state":"unused"'
exits 0 "publish" sello-keys publish $R --to pub
check "... leaves it out" sh -c '! grep -q RRP-ES/log/GTGUA02/1+ pub/trust.xml'
check "... and no other" grep -q RRP-ES/log/GTGUA02/2+ pub/trust.xml
exits 0 "the older log is closed after the newer began" close_log GTGUA02 --checkpoint old --json
has "... as JSON" '"origin":"RRP-ES/log/GTGUA02/1","size":7,'
exits 0 "publish" sello-keys publish $R --to pub
check "... which brings it back" grep -q RRP-ES/log/GTGUA02/1+ pub/trust.xml

# --- a center that is set up anew before its log began -----------------------------
rm -rf root center post pub
founded
rm -rf center
found center GTGUA01 "Test Center" >/dev/null
exits 0 "keys of a center that is set up anew" certify center/request.csr
has "... says the way on" "log close GTGUA01 --unused 1"
publish >/dev/null
exits 78 "... the log before is missed" begin center pub/trust.xml
has "... and the way is named" "that it never had a line"
exits 0 "the log before never began" close_log GTGUA01 --unused 1
publish >/dev/null
exits 0 "... then the log begins" begin center pub/trust.xml
check "... signs" issue center out 1
exits 0 "... posts take it" deliver
judge "... and its letters" valid "" shown post "$(letter out 1)"
audited "... nothing to ask" 0 "" pub
done_testing
