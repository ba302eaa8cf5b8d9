#!/bin/bash
# Tampering with a center's log, tried with the real programs: what is only
# damage accuses nobody, what a key signed twice is proof. The frauds that
# make letters are in frauds_letters.sh, those around keys in frauds_keys.sh.
. "$(dirname "$0")/lib.sh"
world
exec 2>&1
log=log/GTGUA01/1
publish --next-update 60 --not-after 90 >/dev/null # lists are not at issue here
sello-issue trust --home center pub/trust.xml >/dev/null
cp -a post late # has the list, and no records yet
issue center letters 1 2 3 >/dev/null
check "an honest beginning" deliver
cp -a pub old
cp -a center old-center
issue center letters 4 >/dev/null
check "... goes on" close_day center pub
cp -a post post2 # synced up to the old state
sello-verify sync --home post pub >/dev/null
judge "a letter of it" valid "" shown post "$(letter letters 4)"
audited "an honest log" 0 "" pub old
lines=$(sqlite3 center/register.db "SELECT max(size) FROM log_head")
bundle=tile/entries/000.p/$lines

# edit PERL FOLDER: the lines of a bundle, in @l, written again otherwise
edit() {
	perl -e 'local $/; open F, "<:raw", $ARGV[1] or die; my $b = <F>; my @l;
	    while (length $b) { my $n = unpack "n", $b; push @l, substr($b, 2, $n); $b = substr $b, 2 + $n }
	    eval $ARGV[0]; die $@ if $@;
	    open F, ">:raw", $ARGV[1] or die; print F pack("n", length $_), $_ for @l; close F or die' "$1" "$2/$log/$bundle"
}
# damaged "what": the folder ./bad is believed by nobody and accuses nobody
damaged() {
	rm -rf new && cp -a late new
	exits 2 "$1: a post takes nothing of it" sello-verify sync --home new bad
	hasnt "$1: ... and speaks of no proof" PROOF
	judge "$1: a letter is as before" attention R-LOG-PENDING shown new "$(letter letters 2)"
	exits 2 "$1: nor one that has the beginning" sello-verify sync --home post2 bad
	judge "$1: ... which keeps that" valid "" shown post2 "$(letter letters 2)"
	audited "$1" 2 A-UNCHECKED bad
	exits 0 "$1: the true folder is taken after it" sello-verify sync --home new pub
}
copy() { rm -rf bad && cp -a pub bad; }

# --- what somebody does to a folder on its way ---------------------------------
copy && edit 'splice @l, 7, 1' bad && damaged "an entry deleted"
copy && edit '@l[6, 7] = @l[7, 6]' bad && damaged "two entries exchanged"
copy && edit 'splice @l, 5' bad && damaged "the bundle cut short"
copy && rm -r "bad/$log/tile" && damaged "all entries gone"
copy && truncate -s 40 "bad/$log/checkpoint" && damaged "the head cut off"

copy && edit '$l[7] =~ s/ V\d+$| B\d+$/ V600/ or die' bad && damaged "an entry changed"
copy && sed -i "2s/.*/$((lines - 1))/" "bad/$log/checkpoint" && damaged "a head with another size, still under the key's name"

# --- an older state shown again -------------------------------------------------
exits 1 "an old folder is left by a post" sello-verify sync --home post old
has "... said to be old" "older than what this post has"
hasnt "... and nothing else" PROOF
judge "... its newer state stays" valid "" shown post "$(letter letters 4)"
exits 0 "an auditor keeps what was accepted" sello-audit check --root root/root.crt --state state pub
audited "an old folder later" 1 A-BEHIND --state state old
copy && cp "old/$log/checkpoint" "bad/$log/checkpoint"
exits 1 "an old head in the new folder" sello-verify sync --home post bad

# --- another log under this name ------------------------------------------------
{
	found center2 GTGUA02 "Second Center"
	certify center2/request.csr
	publish --next-update 60 --not-after 90
	begin center2 pub/trust.xml
	{ echo "$HEADER"; person 8 "Tzoc Batz" Juana | sed s/GTGUA01/GTGUA02/; } >second.csv
	sello-issue draft --home center2 --as OF1007 --passphrase-file pass/drafter second.csv
	sello-issue approve --home center2 --as AP2003 --passphrase-file pass/approver --all --yes --out letters2
	sello-issue publish --home center2 --to pub
} >second.out || not_ok "a second center: $(cat second.out)"
copy && rm -rf "bad/$log" && cp -a pub/log/GTGUA02/1 "bad/$log"
damaged "the log of another center"
copy && cp pub/log/GTGUA02/1/checkpoint "bad/$log/checkpoint"
damaged "the head of another center"
exits 65 "a center does not take the head of another" sello-issue check --home center --cosigned pub/log/GTGUA02/1/checkpoint
check "... and goes on" close_day center pub
lines=$(sqlite3 center/register.db "SELECT max(size) FROM log_head") bundle=tile/entries/000.p/$lines

(
	mkdir foreign && cp -r pass foreign && cd foreign &&
	    sello-keys init --home root --program RRP-XX --name "Other Program" --passphrase-file pass/root &&
	    found center GTGUA01 Other && certify center/request.csr && publish &&
	    begin center pub/trust.xml && close_day center pub
) >foreign.out || not_ok "another program: $(cat foreign.out)"
copy && rm -rf "bad/$log" && cp -a "foreign/pub/$log" "bad/$log"
damaged "the log of another program"
copy && cp "foreign/pub/$log/checkpoint" "bad/$log/checkpoint"
damaged "the checkpoint of another program"
exits 2 "a whole publication of another program" sello-verify sync --home post foreign/pub

# --- a register that is worked on by hand ----------------------------------------
# sql "what" STATEMENT: in a copy of the center's disk. A line that has been
# signed is signed: no head is ever made over another one in its place.
sql() {
	rm -rf worked workedpub && copy_of center worked && cp -a pub workedpub
	sqlite3 worked/register.db "$2"
	exits 65 "$1: check finds it" sello-issue check --home worked
	exits 78 "$1: nothing is published" sello-issue publish --home worked --to workedpub
	check "$1: the folder stays as it was" diff -r pub workedpub
}
last=$((lines - 1))
key=$(sqlite3 center/register.db "SELECT id FROM log_line WHERE line LIKE 's1 7 %'")
sql "a line deleted" "DELETE FROM log_line WHERE id = $key"
sql "a line changed" "UPDATE log_line SET line = replace(line, 'OF1007', 'OF1008') WHERE id = $key"
sql "two lines exchanged" "UPDATE log_line SET line = 'x' || line WHERE id = $key;
    UPDATE log_line SET line = (SELECT line FROM log_line WHERE id = $((key + 1))) WHERE id = $key"
sql "the last line cut off" "DELETE FROM log_line WHERE line LIKE 's1 $last %'"
copy_of center robbed
sqlite3 robbed/register.db "PRAGMA foreign_keys = OFF; DELETE FROM letter WHERE sequence = 2"
exits 65 "a letter deleted in the register: check finds it" sello-issue check --home robbed
rm -rf robbedpub && cp -a pub robbedpub
sello-issue publish --home robbed --to robbedpub >/dev/null
audited "... and the log has it all the same" 0 "" robbedpub
judge "... so do the posts" valid "" shown post "$(letter letters 2)"

cp -a center worked2
sqlite3 old-center/register.db "VACUUM INTO 'old.db'"
cp old.db worked2/register.db && rm -f worked2/register.db-*
sqlite3 worked2/register.db "DELETE FROM log_place"
exits 78 "an older register put back under its guard signs nothing" issue worked2 no-letters 7
has "... says what is missing" "lines of the log that this register does not have"
exits 78 "... and publishes nothing" sello-issue publish --home worked2 --to empty-pub
check "... no letter came out" test ! -e no-letters

# --- the log in two versions -------------------------------------------------------
# register and guard set back together: what only others can tell
copy_of old-center twin
exits 0 "a disk set back with its guard goes on" issue twin twin-letters 5
exits 0 "... and publishes elsewhere" close_day twin twinpub
cp pub/trust.xml twinpub/ && cp -a pub/log/GTGUA02 twinpub/log/ 2>/dev/null
exits 78 "... but never over what was published" sello-issue publish --home twin --to pub
exits 78 "... nor when two persons want to" sello-issue recover --home twin --from pub \
    --as AP2003 --passphrase-file pass/approver --second AD0001 --second-passphrase-file pass/admin
has "... the lines differ" "the log was changed"
copy_of old-center asked
sello-verify export --home post --to post.report >/dev/null
exits 78 "a post's report is brought to such a disk" sello-issue check --home asked --cosigned post.report
exits 78 "... which signs no more" issue asked asked-letters 5
cp -a late fooled
exits 0 "a post that knows nothing takes the other version" sello-verify sync --home fooled twinpub
judge "... and its letter" valid "" shown fooled "$(letter twin-letters 4)"
cp -a post post-b && cp -a post post-c
exits 3 "a post with the true one does not" sello-verify sync --home post-b twinpub
has "... it is proof" "PROOF OF MANIPULATION"
check "... with both heads" test "$(ls post-b/evidence/log-GTGUA01-1-*.checkpoint | wc -l)" = 2
judge "... honest letters need attention now" attention R-LOG-CONFLICT shown post-b "$(letter letters 4)"
judge "... the other letter 4 is not in its records" not-authentic "F-UNLOGGED R-LOG-CONFLICT" \
    shown post-b "$(letter twin-letters 4)"
# fewer lines, signed later: no line of them is needed
cp -a late post-d && sello-verify sync --home post-d pub >/dev/null
cp -a post-d post-e
cp -a twinpub headpub && rm -r headpub/log/GTGUA01/1/tile
exits 3 "a shorter log signed after a longer one, its head alone" sello-verify sync --home post-d headpub
has "... is proof of going back" "went back behind what it had signed"
# two posts that tell each other
sello-verify init --home fooled2 --root root/root.crt --consulate ES-HNTGU >/dev/null
sello-keys certify --home root --passphrase-file pass/root fooled2/request.txt >/dev/null
publish --next-update 60 --not-after 90 >/dev/null
cp pub/trust.xml twinpub/ && cp -a pub/log/GTGUA02 twinpub/log/ 2>/dev/null
exits 0 "another post with the other version" sello-verify sync --home fooled2 twinpub
exits 0 "... tells of it" sello-verify export --home fooled2 --to fooled2.report
sello-verify sync --home post-c pub >/dev/null
exits 3 "... and a post with the true one finds out" sello-verify import --home post-c fooled2.report
has "... in words" "PROOF OF MANIPULATION"
judge "... its letters need attention" attention R-LOG-CONFLICT shown post-c "$(letter letters 4)"
exits 3 "... so does one that never had a head of that size" sello-verify import --home post-e fooled2.report
has "... by its time" "went back behind what it had signed"
four0=$(letter letters 4)
# an auditor, with any two of them
audited "both versions" 3 "A-FORK A-ROLLBACK" pub twinpub
has "... both are proof" '"severity":"proof"'
audited "one version and a post's report" 3 "A-FORK A-ROLLBACK" pub --presentations fooled2.report
rm -rf state2
sello-audit check --root root/root.crt --state state2 pub >/dev/null
audited "one version after the other" 3 "A-BEHIND A-ROLLBACK" --state state2 twinpub
# where the false one is longer, no true letter is called false
cp -a twin longer && sqlite3 longer/register.db "DELETE FROM log_place"
issue longer longer-letters 12 13 14 >/dev/null
cp -a pub longerpub && rm -r "longerpub/$log"
close_day longer longerpub >/dev/null
cp -a post post-f && shown post-f --record "$four0" >/dev/null
sello-verify export --home post-f --to true.report >/dev/null
sleep 1.1
audited "a longer false version, and a true letter that a post saw" 3 "A-FORK A-UNCHECKED" \
    pub longerpub --presentations true.report
audited "the true one alone" 0 "" pub

# --- a stale copy --------------------------------------------------------------------
at() { date -u -d "$1" +%Y-%m-%dT%H:%M:%SZ; }
four=$(letter letters 4)
judge "records of six days" valid "" shown post --at "$(at '6 days')" "$four"
judge "records of eight days" attention R-LIST-AGEING shown post --at "$(at '8 days')" "$four"
judge "records of 31 days" unchecked U-LIST-STALE shown post --at "$(at '31 days')" "$four"
judge "no records at all after 31 days" unchecked "U-LIST-STALE R-LOG-PENDING" \
    shown late --at "$(at '31 days')" "$four"
sello-verify export --home post --to aged.report >/dev/null
if other_clock "a folder of eight days"; then
	exits 0 "a folder of eight days is said to be that" faketime -f +8d sello-verify sync --home post pub
	has "... in days" "8 days old"
fi
done_testing
