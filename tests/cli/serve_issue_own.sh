#!/bin/bash
# sello-issue serve: a person's own passphrase, also the first one; backups.
. "$(dirname "$0")/lib.sh"
world
. "$SOURCE/tests/cli/staff.bash"
word() { cat "pass/$1"; }
# own CODE OLD NEW [FIELD]...
own() { post /passphrase "person=$1" "passphrase=$2" "new-passphrase=$3" "again-passphrase=$3" "${@:4}"; }
BESIDE=(second-person=AP2003 "second-passphrase=$(word approver)")
NEW="seven quiet herons at dusk"

ask "$START"
get /
take_token
said "who has a first passphrase changes it here" 'id="change-passphrase"'
unsaid "... where others need not see it" '<details class="sign-in" open>'
exits 0 "somebody comes" sello-issue officer $C add OF1010 --role drafter --as AD0001 --passphrase-file pass/admin \
    --second AP2003 --second-passphrase-file pass/approver --new-passphrase-file pass/first
sign_in OF1010 first
answers "with a first passphrase nobody comes in" 422
said "... and is told what to do" "Change it first"
said "... with the form for it" '<details class="sign-in" open>'
unsaid "... without a command" "sello-issue"
waited own OF1010 "$(word first)" "$NEW"
answers "alone it is not changed" 422
said "... told who stands beside" "another person must stand beside"
unsaid "... without options" "--second"
own OF1010 "$(word first)" "$NEW" again-passphrase=
own OF1010 "$(word first)" "$NEW" second-person=OF1010 "second-passphrase=$(word first)"
said "nobody stands beside themselves" "must be another one"
own OF1010 "$(word first)" "$(word first)" "${BESIDE[@]}"
said "the old one is no new one" "this is the old passphrase"
post /passphrase person=OF1010 "passphrase=$(word first)" "new-passphrase=$NEW" again-passphrase=other "${BESIDE[@]}"
said "typed in two ways" "the two passphrases differ"
own OF1010 "wrong" "$NEW" "${BESIDE[@]}"
said "a wrong old one" "wrong passphrase"
waited own OF1010 "$(word first)" "$NEW" "${BESIDE[@]}"
answers "beside somebody it is changed" 303
get /
said "... and told" "OF1010 has a new passphrase and new keys"
post /sign-in person=OF1010 "passphrase=$NEW"
answers "... which opens the desk" 303
exits 0 "what the log says agrees" sello-issue check $C

# --- who is signed in ----------------------------------------------------------------
get /own
said "who is signed in has the form" 'name="person" value="OF1010"'
post /intake/keep surnames=Cucul
own OF1010 "$NEW" "eight quiet herons at dusk" "${BESIDE[@]}"
answers "changes it, too" 303
get /intake
unsaid "... and signs in again" 'data-go='
post /sign-in person=OF1010 "passphrase=eight quiet herons at dusk"
get /intake
said "... what was begun waits" 'value="Cucul"'
post /sign-out
sign_in AP2003 approver
own AP2003 "$(word approver)" 12345678 second-person=AD0001 "second-passphrase=$(word admin)"
answers "who opens keys takes none that is guessed" 422

# --- who knows one passphrase looks for another one -----------------------------------------
wrong() { post /sign-in person=AP2003 "passphrase=a guess"; }
waited wrong
waited sign_in AP2003 approver
waited wrong
waited post /sign-in person=OF1010 "passphrase=eight quiet herons at dusk"
since=$SECONDS
waited wrong
wrong
case $BODY in
*" in 3 seconds"* | *" in 4 seconds"*) ok "signing in oneself does not shorten the wait" ;;
*) if ((SECONDS - since < 2)); then not_ok "signing in oneself shortens the wait: $BODY"; else
	echo "skip who waits: the machine is busy"
fi ;;
esac
waited sign_in AP2003 approver

# --- backups ----------------------------------------------------------------------------
get /backup
said "a place for a backup" 'id="backup-to"'
said "... and who can open it" 'id="openers">It opens with today&#39;s passphrase of one of these persons, and with nothing else: AD0001, AP2003.'
post /backup to=
answers "... must be named" 422
mkdir stick
post /backup "to=$TMP/stick"
answers "a backup into a folder" 200
said "... told what it is" "holds the whole register"
file1=$(ls stick)
check "... named by center and day" test "$file1" = "GTGUA01-$(TZ= date +%F).sello"
post /backup "to=$TMP/stick"
check "... the next one beside it" test "$(ls stick | wc -l)" = 2
post /backup "to=$TMP/stick/mine.sello"
answers "... or with a name" 200
post /backup "to=$TMP/stick/mine.sello"
answers "... which is never overwritten" 409
post /backup to=stick/short.sello
said "a path without its beginning is told whole" "$(pwd -P)/stick/short.sello"
post /backup "to=$TMP/nowhere/mine.sello"
answers "... nor put where there is no folder" 404
exits 0 "it can be put back" restore --home restored "stick/$file1"
get /home
unsaid "and it waits no more" 'data-reminder="backup"'
desk_ends
done_testing
