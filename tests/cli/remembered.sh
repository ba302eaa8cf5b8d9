#!/bin/bash
# What is left of passphrases and keys in the programs' memory and files
# (remembered.c): after each command nothing, while it works nothing outside memory
# that is locked; of the desk's pages nothing once somebody signed out.
OWN_WORLD=1
. "$(dirname "$0")/lib.sh"
if sanitized; then
	echo "skip remembered: no preloaded library under AddressSanitizer, and freed memory is kept"
	done_testing
fi
gcc -O2 -shared -fPIC -o remembered.so "$SOURCE/tests/cli/remembered.c" -ldl || exit 1
mkdir tmp
export TMPDIR=$TMP/tmp
# Words that no program has in a text of its own, accents and signs that a form
# writes otherwise.
passphrases() {
	mkdir -p pass
	local who
	for who in root admin drafter approver new first post; do
		printf 'ñ %s+%s &%s\n' $(head -c 24 /dev/urandom | base64 | tr -dc a-z0-9 | head -c 21 | fold -w 7) >pass/$who
	done
	cat pass/* >words
}
# remembering COMMAND...: from now on what they leave is written to ./memory
remembering() {
	SELLO_TEST_MEMORY="$TMP/memory $TMP/words $TMP/root $TMP/center $TMP/post $TMP/pub $TMP/out $TMP/stick $TMP/tmp /dev/shm" \
	    LD_PRELOAD=$TMP/remembered.so:$CHEAP "$@"
}
# nothing_left "what" LOOKS: so many looks at least, none found anything
nothing_left() {
	local looks
	looks=$(grep -c ' secrets, 0 found$' memory)
	if [ "$looks" -ge "$2" ] && ! grep -q ' found at \|unreadable' memory; then
		ok "$1 ($looks looks, $(sed -n 's/.*: \([0-9]*\) secrets.*/\1/p' memory | sort -n | tail -n 1) secrets)"
	else
		not_ok "$1: $looks looks"
		sed -n 's/ at [0-9a-f]*//;/found at\|found: \|unreadable/p' memory | sort | uniq -c | head -n 20
	fi
	mv memory memory.last
}

remembering founded >founded 2>&1 || not_ok "founding: $(tail -n 3 founded)"
nothing_left "a root, a center, a post are made" 20
remembering beginning >/dev/null
nothing_left "the log is begun" 6
{ echo "$HEADER" && person 1 Cucul Elvira && person 2 Ixim Ana; } >people.csv
remembering draft people.csv >/dev/null
nothing_left "drafts are signed" 3
remembering approve --all --yes --out out >/dev/null
nothing_left "letters are signed" 5
check "... there they are" test -e "$(letter out 2)"
A="--as AP2003 --passphrase-file pass/approver"
remembering sello-issue withdraw --home center $A --reason LOST "$(basename "$(letter out 1)" .xml)" >/dev/null
nothing_left "one is withdrawn" 3
remembering sello-issue publish --home center --to pub $A >/dev/null
nothing_left "the day is closed" 2
mkdir stick
remembering sello-issue backup --home center --to stick/b >/dev/null
nothing_left "a backup is sealed" 2
remembering sello-issue restore --home again $A stick/b >restored 2>&1 || not_ok "restore: $(tail -n 2 restored)"
nothing_left "... and opened" 2
remembering own center OF1007 drafter new --second AP2003 --second-passphrase-file pass/approver >/dev/null
nothing_left "a passphrase, and a key, are changed" 2
remembering sello-issue rekey --home center --as AD0001 --passphrase-file pass/admin \
    --second AP2003 --second-passphrase-file pass/approver >rekeyed 2>&1 || not_ok "rekey: $(tail -n 2 rekeyed)"
nothing_left "the center gets new keys" 2
remembering sello-verify sync --home post pub >/dev/null
remembering sello-verify check --home post "$(letter out 2)" >/dev/null
remembering sello-verify backup --home post --to stick/p --passphrase-file pass/post >/dev/null
nothing_left "a post's backup is sealed" 3
for file in drafter approver; do
	remembering sello-issue approve --home center --as AP2003 --passphrase-file pass/root --all --yes --out out >/dev/null 2>&1
	remembering sello-keys publish --home root --passphrase-file pass/$file --to pub >/dev/null 2>&1
done
nothing_left "wrong passphrases" 4

# --- pages
# looked WHEN: of the desk's memory, at this moment
looked() {
	local before
	before=$(grep -c " $1: .* secrets" memory)
	kill -USR2 $DESK
	for _ in $(seq 600); do
		[ "$(grep -c " $1: .* secrets" memory)" = "$before" ] || break
		sleep 0.1
	done
}
: >memory
SELLO_TEST_MEMORY="$TMP/memory $TMP/words $TMP/center $TMP/tmp /dev/shm" LD_PRELOAD=$TMP/remembered.so:$CHEAP
export SELLO_TEST_MEMORY
. "$SOURCE/tests/cli/staff.bash"
ask "$START" && get / && take_token
post /sign-in person=OF1007 'passphrase=something else that is wrong'
waited sign_in OF1007 new
answers "the drafter signs in" 303
person_form Choc Pedro
post /intake act=save-draft "${FORM[@]}"
answers "... and signs a draft" 303
looked busy
check "... whose passphrase is in no argument and no environment" \
    bash -c '! grep -qaFf "$1" /proc/"$2"/environ /proc/"$2"/cmdline' _ words $DESK
check "... nor would it be in a core file" grep -qE '^Max core file size +0 +0 ' /proc/$DESK/limits
post /sign-out
sign_in AP2003 approver
post /queue draft=3 act=open
post /queue draft=3 act=approve
post /approve act=approve
said "... the approver a letter" "Signed: 1 letter."
post /sign-out
answers "... and signs out" 303
looked gone
check "... then it was looked" grep -q ' gone: .* secrets' memory
kill -TERM $DESK && wait $DESK
unset SELLO_TEST_MEMORY
nothing_left "of who was signed in at the desk" 8

for program in sello-keys sello-issue sello-verify sello-audit; do
	options=$($program completion bash | grep -oE -- '--[a-z-]*(pass|secret|pin|password)[a-z-]*' | sort -u | tr '\n' ' ')
	# the last one asks for another, and takes no value
	check "options of $program name files of passphrases, never one" \
	    bash -c '[ -z "$(printf %s "$1" | tr " " "\n" | grep -vE -e "-file$|^--new-passphrase$")" ]' _ "$options"
done

# --- would it be found?
SELLO_TEST_LEAK=1 remembering sello-issue backup --home center --to stick/leak >/dev/null
check "a passphrase that is left is found" grep -q 'end: found at .*, as it is' memory
rm memory
SELLO_TEST_LEAK=1 remembering draft people.csv >/dev/null
check "... a key, too, while it is used" grep -q 'sync: found at .*, as it is' memory
cp pass/drafter out/left
rm memory && remembering sello-issue list --home center >/dev/null
check "... and in a file" grep -q "in $TMP/out/left" memory
done_testing
