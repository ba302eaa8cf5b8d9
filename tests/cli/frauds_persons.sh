#!/bin/bash
# One person, or a thief, with the center's keys opened and a program of their
# own (forge.c), and whatever they kept of the center's disk: no letter of
# theirs is good, and what they wrote into the log is proof against its keys.
. "$(dirname "$0")/lib.sh"
exec 2>&1
forge() { "$BUILD/tests/cli/forge" "$@"; }

# --- a center, and what its persons kept of it --------------------------------------
# as it was when somebody else had just typed a passphrase: typed.CODE
eval "$(declare -f own | sed '1s/own/own_passphrase/')"
own() { cp -a "$1" "typed.$2" && own_passphrase "$@"; }
OWN_WORLD=1 # with copies made in its midst
founded
cp -a center founding
cp -a post blank
begin center pub/trust.xml >/dev/null
cp -a center before # the first letter: the founder still opens the center's keys
{ echo "$HEADER"; person 1 "Cucul A" Elvira; person 2 "Cucul B" Elvira; } >two.csv
{ echo "$HEADER"; person 3 "Cucul C" Elvira; } >three.csv
draft two.csv >/dev/null
approve --all --yes --out letters >/dev/null
draft three.csv >/dev/null
check "an honest center" deliver
honest=$(letter letters 1)
# its drafts, as forge takes them: what the drafter committed to, and signed
drafted() { sqlite3 center/register.db "SELECT lower(hex(commitment) || ':' || hex(drafted)) FROM draft WHERE id = $1"; }
# and what comes of it later, for those who saw a forger's letter
copy_of center later && cp -a pub laterpub
sello-issue approve --home later --as AP2003 --passphrase-file pass/approver --all --yes --out third >/dev/null
sleep 2.1
check "... goes on" close_day later laterpub

# forged "what" POST ARGUMENT...: forge publishes in ./forged, beside the list; that
# post is copied to ./told, and one that knows nothing to ./new
forged() {
	rm -rf forged told new && mkdir forged && cp -a pub/trust.xml forged
	cp -a "$2" told && cp -a blank new
	check "$1" forge "${@:3}"
}
then_() { "$@"; }
# proof "what" CODE: neither post takes a line of it, and an auditor finds CODE
proof() {
	exits 3 "$1: a post refuses it" then_ sello-verify sync --home told forged
	has "$1: ... for proof" "PROOF OF MANIPULATION: line"
	exits 1 "$1: ... its status says so after that" then_ sello-verify status --home told --json
	has "$1: ... of this log" '"conflict":false,"refused":true'
	exits 3 "$1: so does a new one" then_ sello-verify sync --home new forged
	audited "$1" 3 "$2" forged
}
# refused "what" POST CODE ARGUMENT...: both
refused() {
	forged "$1" "$2" "${@:4}"
	proof "$1" "$3"
}
# refused_in_time: the same, where the root may have helped the center meanwhile, for all
# that a list says which is older than the line: nobody takes it, and a newer list
# makes it proof
refused_in_time() {
	forged "$1" "$2" "${@:4}"
	exits 2 "$1: an older list is not enough" sello-verify sync --home told forged
	has "$1: ... a newer one is asked for" "get a newer list"
	audited "$1, by an older list" 2 A-UNCHECKED forged
	other_clock "$1: a newer list" || return
	# later by more than a center's clock may be behind
	rm -rf root.later && cp -a root root.later
	then_() { faketime -f +1h "$@"; }
	then_ sello-keys publish --home root.later --passphrase-file pass/root --to forged >/dev/null
	proof "$1" "$3"
	then_() { "$@"; }
}
# worthless "what": the letter in ./forged is so to the post that was told, and
# no letter at all when the center's log has gone on
worthless() {
	local made
	made=$(echo forged/GTGUA01-*.xml)
	judge "$1: its letter is not green" attention R-LOG-PENDING shown told "$made"
	judge "$1: an honest one stays good" valid "" shown told "$honest"
	exits 0 "$1: the true log goes on" sello-verify sync --home told laterpub
	judge "$1: the letter is in no log" not-authentic F-UNLOGGED shown told "$made"
}

# --- the founder, with a slot from before the first letter ----------------------------
exits 1 "the founder opens the center's keys no more" forge center center forged AD0001=pass/admin
what="the founder with an old copy"
refused "$what" post A-PERSON-SIGNATURE \
    before center forged AD0001=pass/admin letter "$honest" Falsa -
worthless "$what"
refused "$what adds a drafter" post A-PERSON-SIGNATURE \
    before center forged AD0001=pass/admin staff OF6666 DRAFTER AD0001+AP2003
refused "$what gives a drafter a key" post A-PERSON-SIGNATURE \
    before center forged AD0001=pass/admin staff OF1007 KEY AD0001+AP2003

# --- the administrator, who typed the first passphrases --------------------------------
what="who typed the approver's first passphrase"
refused "$what" post A-PERSON-SIGNATURE \
    typed.AP2003 center forged AP2003=pass/first letter "$honest" Falsa -
worthless "$what"
what="who typed both"
refused "$what" post A-PERSON-SIGNATURE \
    typed.OF1007 center forged -AD0001=pass/admin OF1007=pass/first letter "$honest" Falsa -

# ... and who was asked to change it, and has not yet
beside=(--second AP2003 --second-passphrase-file pass/approver)
cp -a center kept
officer add AP2004 --role approver --new-passphrase-file pass/first "${beside[@]}" >/dev/null
what="who typed a passphrase that is not changed"
refused_in_time "$what withdraws" post A-ROLE \
    center center forged AP2004=pass/first withdraw "$(basename "$honest" .xml)" WITHDRAWN AP2004
refused_in_time "$what adds a drafter" post A-ROLE \
    center center forged AP2004=pass/first AD0001=pass/admin staff OF6666 DRAFTER AD0001+AP2004
refused_in_time "$what changes it" post A-ALONE \
    center center forged AP2004=pass/first AD0001=pass/admin staff AP2004 KEY AP2004+AD0001
rm -rf center && mv kept center

# --- an approver, with a changed program -----------------------------------------------
what="an approver without a drafter"
refused "$what" post A-PERSON-SIGNATURE \
    center center forged AP2003=pass/approver letter "$honest" Falsa -
worthless "$what"
refused "$what and an administrator" post A-PERSON-SIGNATURE \
    center center forged AP2003=pass/approver staff OF6666 DRAFTER AD0001+AP2003
what="a draft used twice"
refused "$what" post A-DRAFT \
    center center forged AP2003=pass/approver letter "$honest" Elvira "$(drafted 1)"
worthless "$what"
cp -a center kept && officer remove OF1007 "${beside[@]}" >/dev/null
refused_in_time "a draft whose drafter was sent away" post A-REMOVED \
    center center forged AP2003=pass/approver letter third/*.xml Elvira "$(drafted 3)"
rm -rf center && mv kept center
what="a letter changed between draft and approval"
rm -rf forged told && mkdir forged && cp -a pub/trust.xml forged && cp -a post told
check "$what" forge center center forged AP2003=pass/approver letter third/*.xml Falsa "$(drafted 3)"
exits 0 "$what: its line has all signatures" sello-verify sync --home told forged
judge "$what: and the letter is not the line's" not-authentic F-UNLOGGED shown told forged/GTGUA01-*.xml
check "$what: ... that is remembered" bash -c 'ls told/evidence/deed-GTGUA01-*.report'
exits 1 "$what: ... status says it" sello-verify status --home told
has "$what: ... and what alone proves it" "Only the letter itself proves that"
audited "$what" 3 A-UNLOGGED --letter "$(echo forged/GTGUA01-*.xml)" forged
rm forged/GTGUA01-*.xml && rm -r forged/log
check "... as it was drafted" forge center center forged AP2003=pass/approver letter third/*.xml Elvira "$(drafted 3)"
rm -rf new && cp -a blank new && sello-verify sync --home new forged >/dev/null
judge "... it is one" valid "" shown new forged/GTGUA01-*.xml

# otherwise "what" HOW: the same draft, in a letter of which its line says something else
otherwise() {
	what=$1
	rm -rf forged told && mkdir forged && cp -a pub/trust.xml forged && cp -a post told
	check "$what" forge center center forged AP2003=pass/approver letter third/*.xml "$2" "$(drafted 3)"
	exits 0 "$what: its line has all signatures" sello-verify sync --home told forged
	audited "$what" 3 A-UNLOGGED --letter "$(echo forged/GTGUA01-*.xml)" forged
}
otherwise "a letter of another time than its line" @-3600
judge "$what: ... is not the line's" not-authentic F-UNLOGGED shown told forged/GTGUA01-*.xml
otherwise "a letter that names another approver" =AP2004
judge "$what: ... is not the line's" not-authentic F-UNLOGGED shown told forged/GTGUA01-*.xml

# ... who dates a line ten years ahead, so that all others wait
what="a line of the year to come"
both=(--as AP2003 --passphrase-file pass/approver --second AD0001 --second-passphrase-file pass/admin)
forged "$what" post center center forged AP2003=pass/approver close AP2003 @315360000 -
exits 0 "$what: a post takes it" sello-verify sync --home told forged
has "$what: ... without its date" "date is not believed"
judge "$what: an honest letter stays good" valid "" shown told "$honest"
copy_of center ahead
exits 78 "$what: two take it over" sello-issue recover --home ahead --from forged "${both[@]}"
has "$what: ... and are told how" "the same command once more, with --clock added"
exits 0 "$what: ... and put the clock right" sello-issue recover --home ahead --from forged --clock \
    --confirm-date "$(date -u +%F)" "${both[@]}"
check "$what: ... the log goes on" sello-issue publish --home ahead --to forged
check "$what: ... for the post, too" sello-verify sync --home told forged

# --- a thief with the center's keys and nobody's ----------------------------------------
what="a thief with the center's keys"
refused "$what" post A-PERSON-SIGNATURE \
    center center forged -AP2003=pass/approver letter "$honest" Falsa -
worthless "$what"
refused "$what withdraws" post A-PERSON-SIGNATURE \
    center center forged -AP2003=pass/approver withdraw "$(basename "$honest" .xml)" WITHDRAWN AP2003
refused "$what withdraws for fraud" post A-PERSON-SIGNATURE \
    center center forged -AP2003=pass/approver withdraw "$(basename "$honest" .xml)" FRAUD AP2003+AD0001

# --- one person's signature where two must sign ---------------------------------------
refused_in_time "an administrator alone adds a drafter" post A-ALONE \
    center center forged -AP2003=pass/approver AD0001=pass/admin staff OF6666 DRAFTER AD0001
refused_in_time "a drafter alone takes a new key" post A-ALONE \
    center center forged -AP2003=pass/approver OF1007=pass/drafter staff OF1007 KEY OF1007

# --- a roster that the root never read -------------------------------------------------
what="a log begun with other persons"
refused_in_time "$what" blank "A-FOUNDING A-STRANGER" \
    founding - forged AD0001=pass/admin open AD0001 - - staff AD0001 ADMIN AD0001 \
    staff OF1007 DRAFTER AD0001 staff AP2003 APPROVER AD0001 letter "$honest" Falsa -
judge "$what: its letter is no letter" not-authentic F-UNLOGGED shown post forged/GTGUA01-*.xml
refused_in_time "a log begun with a person more" blank A-FOUNDING \
    founding - forged AD0001=pass/admin OF1007=pass/drafter AP2003=pass/approver open AD0001 - - \
    staff AD0001 ADMIN AD0001 staff AP2003 APPROVER AD0001 staff OF1007 DRAFTER AD0001 \
    staff OF6666 DRAFTER AD0001
officer add OF1008 --role drafter --new-passphrase-file pass/first "${beside[@]}" >/dev/null
own center OF1008 first drafter2 "${beside[@]}" >/dev/null
sello-issue publish --home center --to pub >/dev/null
audited "a person whom two vouch for" 0 "" pub
has "... is named, for the root never heard them" A-UNREAD

# --- a thief with an approver's passphrase and the disk, who dates lines at will --------
what="a thief's line that is dated before the removal"
copy_of center stolen && cp -a pub stick
sello-issue approve --home stolen --as AP2003 --passphrase-file pass/approver --all --yes \
    --out thief >/dev/null
sello-issue publish --home stolen --to stick >/dev/null
sleep 1.1
# removed OPTION VALUE: by the root, at a post that takes the thief's stick
removed() {
	rm -rf root.later told && cp -a root root.later && cp -a post told && cp pub/trust.xml stick
	{
		sello-keys person --home root.later --yes --passphrase-file pass/root remove GTGUA01 AP2003 "$@"
		sello-keys publish --home root.later --passphrase-file pass/root --to stick
	} >/dev/null
	sello-verify sync --home told stick >/dev/null
}
removed --from "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
judge "$what: a time does not stop it" valid "" shown told thief/*.xml
removed --checkpoint pub/log/GTGUA01/1/checkpoint
judge "$what: a head does" not-authentic F-REVOKED shown told thief/*.xml

# --- a person whom the root removed, and who goes on ------------------------------------
{ sello-keys person --home root --yes --passphrase-file pass/root remove GTGUA01 OF1007 && publish; } >/dev/null
sleep 1.1
check "a person whom the root removed goes on" approve --all --yes --out void
exits 0 "... a post takes the line" deliver
judge "... and refuses the letter" not-authentic F-REVOKED shown post void/*.xml
judge "... an earlier one stays good" valid "" shown post "$honest"
audited "a person whom the root removed goes on" 1 A-VOID pub
done_testing
