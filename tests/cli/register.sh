#!/bin/bash
# The register cannot be bent: whatever somebody changes in it by hand, the
# center never signs what every reader must refuse, and check says so.
. "$(dirname "$0")/lib.sh"
world
two=(--as AP2003 --passphrase-file pass/approver)
second=(--second AD0001 --second-passphrase-file pass/admin)
people() { echo "$HEADER"; for row; do person "$row" "Cucul $(tr 0-9 A-J <<<"$row")" Elvira; done; }
people 1 2 3 4 >four.csv
draft four.csv >/dev/null
approve --all --yes --out letters >/dev/null
n1=$(basename "$(letter letters 1)" .xml) n2=$(basename "$(letter letters 2)" .xml)
n3=$(basename "$(letter letters 3)" .xml)
sello-issue withdraw --home center "${two[@]}" "$n2" --reason STOLEN >/dev/null
people 5 >five.csv
draft five.csv >/dev/null
check "the post has the log" deliver

# bent "what" SQL: a copy of the center with that done to its register
bent() {
	rm -rf bent bentpub bentpost out && cp -a center bent && cp -a pub bentpub && cp -a post bentpost
	sqlite3 bent/register.db "PRAGMA foreign_keys = OFF; $2"
}
size() { sqlite3 "$1/register.db" "SELECT count(*) FROM log_line"; }
# readable "what": what the bent center has signed is good for every reader
readable() {
	sello-issue publish --home bent --to bentpub >/dev/null 2>&1
	exits 0 "$1: a post takes the log" sello-verify sync --home bentpost bentpub
	audited "$1" 0 "" bentpub
}
# unsigned "what" command...: ends 78, and no line more is there
unsigned() {
	local what=$1 before
	shift
	before=$(size bent)
	exits 78 "$what: nothing is signed" "$@"
	has "$what: the next step" "sello-issue check"
	check "$what: no line more" test "$(size bent)" = "$before"
	check "$what: no file" test -z "$(find out -type f 2>/dev/null)"
}
at_bent() { sello-issue "$1" --home bent "${two[@]}" "${@:2}"; }

# --- numbers ----------------------------------------------------------------------
last="id = (SELECT max(id) FROM letter)"
while IFS='|' read -r what sql; do
	bent "$what" "$sql"
	exits 65 "$what: check finds it" sello-issue check --home bent
	unsigned "$what" at_bent approve --all --yes --out out
	readable "$what"
done <<-END
	the last number moved on|UPDATE letter SET sequence = sequence + 5 WHERE $last
	the last number in another year|UPDATE letter SET year = year - 1 WHERE $last
	the last number with its sequence|UPDATE letter SET sequence = 9, number = replace(number, '-000004-', '-000009-') WHERE $last
	the last letter deleted|DELETE FROM letter WHERE $last
END
bent "the state of the log" "UPDATE log_state SET history = replace(history, ' 4 1', ' 40 1')"
exits 65 "the state of the log: check finds it" sello-issue check --home bent
exits 0 "the state of the log is read again from its lines" at_bent approve --all --yes --out out
readable "the state of the log"
check "... and the number is the next one" test -e "$(letter out 5)"

# --- tables -------------------------------------------------------------------------
many=$(for i in $(seq 70); do echo "CREATE TABLE more$i (x);"; done)
while IFS='|' read -r what sql; do
	bent "$what" "$sql"
	exits 65 "$what: nothing is signed" at_bent withdraw "$n3" --reason LOST
	has "$what: the next step" "sello-issue restore"
	exits 65 "$what: check says so" sello-issue check --home bent
done <<-END
	a table gone|DROP TABLE row_sum
	a view in its place|ALTER TABLE letter RENAME TO l; CREATE VIEW letter AS SELECT * FROM l
	a version set back|PRAGMA user_version = 2
	tables by the dozen|$(tr '\n' ' ' <<<"$many")
	a virtual table|CREATE VIRTUAL TABLE more USING fts5(x)
END

# --- letters ----------------------------------------------------------------------
bent "a dead letter brought to life" "UPDATE letter SET state = 'issued' WHERE number = '$n2'"
exits 65 "a dead letter brought to life: check finds it" sello-issue check --home bent
unsigned "a copy of it" at_bent reprint "$n2" --reason LOST --out out
before=$(size bent)
exits 65 "it is not withdrawn again" at_bent withdraw "$n2" --reason STOLEN
check "... no line more" test "$(size bent)" = "$before"
readable "a dead letter brought to life"
bent "copies counted by hand" "UPDATE letter SET copies = 4 WHERE number = '$n1'"
unsigned "copies counted by hand" at_bent reprint "$n1" --reason LOST --out out
readable "copies counted by hand"
bent "its line bent, too" "UPDATE letter SET state = 'issued' WHERE number = '$n2';
    UPDATE log_line SET line = replace(line, ' WITHDRAWN', ' FRAUD') WHERE line LIKE '% withdraw %'"
unsigned "its line bent, too" at_bent reprint "$n2" --reason LOST --out out
bent "another digest" "UPDATE letter SET digest = zeroblob(32) WHERE number = '$n3'"
unsigned "another digest" at_bent withdraw "$n3" --reason STOLEN
readable "another digest"

# --- lines ------------------------------------------------------------------------
# Without them nothing that follows could be published: no letter is handed out.
newest="id = (SELECT max(id) FROM log_line)"
while IFS='|' read -r what sql; do
	bent "$what" "$sql"
	exits 65 "$what: check finds it" sello-issue check --home bent
	unsigned "$what" at_bent approve --all --yes --out out
	unsigned "$what: a withdrawal" at_bent withdraw "$n1" --reason LOST
	unsigned "$what: the end of a day" at_bent publish --to bentpub
	readable "$what"
done <<-END
	the last line lost|DELETE FROM log_line WHERE $newest
	the last line cut short|UPDATE log_line SET line = substr(line, 1, 50) WHERE $newest
	a person in a line|UPDATE log_line SET line = replace(line, 'OF1007', 'OF1008')
	a letter under another number|UPDATE log_line SET line = replace(line, '-000003-', '-000009-')
	a line twice|INSERT INTO log_line SELECT max(id) + 1, line FROM log_line
END

# --- the guard --------------------------------------------------------------------
cp -a center older
people 6 >six.csv
draft six.csv >/dev/null
approve --all --yes --out letters >/dev/null
cp older/head.guard then.guard
while IFS='|' read -r what sql; do
	rm -rf bent out && cp -a older bent && cp center/head.guard bent/
	sqlite3 bent/register.db "$sql"
	exits 78 "an older register, $what: nothing is signed" at_bent approve --all --yes --out out
	exits 78 "... nothing is published" sello-issue publish --home bent --to bentpub
	check "... no file" test ! -e out
	exits 65 "... check finds it" sello-issue check --home bent
	rm bent/head.guard
	exits 78 "... nor without a guard" at_bent approve --all --yes --out out
done <<-END
	guard passed over|INSERT INTO setting VALUES ('guard-passed', '1 9 AP2003 $(printf %0128d 0) AD0001 $(printf %0128d 0)')
	an old guard named|INSERT INTO setting VALUES ('guard', '$TMP/then.guard')
	no guard named|INSERT INTO setting VALUES ('guard', '/dev/null')
END
while IFS='|' read -r what sql; do
	bent "$what" "$sql"
	unsigned "$what" at_bent withdraw "$n1" --reason LOST
	exits 78 "... two persons do not go on without a copy" at_bent recover "${second[@]}"
	exits 0 "... they do with one" at_bent recover "${second[@]}" --from pub
	exits 0 "... and the register is in order" sello-issue check --home bent
	exits 0 "... it goes on" at_bent withdraw "$n1" --reason LOST
	exits 0 "... its log is published" sello-issue publish --home bent --to bentpub
	exits 0 "... a post takes it" sello-verify sync --home bentpost bentpub
	audited "$what" 1 A-LOST bentpub
done <<-END
	no backup, a setting bent|INSERT INTO setting VALUES ('guard-passed', '1')
	no backup, no guard named|INSERT INTO setting VALUES ('guard', '/nowhere/guard')
	no backup, a head bent|INSERT INTO log_seen VALUES (1, 3, zeroblob(32), 'a post', 0)
	no backup, a head ahead|INSERT INTO log_seen VALUES (1, 999, zeroblob(32), 'a post', 0)
END
rm -rf bent && cp -a center bent && rm bent/head.guard
exits 0 "two persons go on without a guard" at_bent recover "${second[@]}" --from pub --lost
exits 0 "... and the register is in order" sello-issue check --home bent

# --- damaged pages ----------------------------------------------------------------
# Whatever page is damaged: an exit with a sentence and nothing signed, or a
# log that every reader takes.
people 7 >seven.csv
draft seven.csv >/dev/null
sqlite3 center/register.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
pages=$(sqlite3 center/register.db "PRAGMA page_count")
signed=0 refused=0
for ((page = 1; page < pages; page += 2)); do
	rm -rf bent out bentpub bentpost && cp -a center bent && cp -a pub bentpub && cp -a post bentpost
	printf '%096d' 7 |
	    dd of=bent/register.db bs=1 seek=$((page * 4096)) conv=notrunc status=none
	at_bent approve --all --yes --out out >/dev/null 2>.stderr
	got=$?
	case $got in
	0)
		signed=$((signed + 1))
		sello-issue publish --home bent --to bentpub >/dev/null 2>&1
		sello-verify sync --home bentpost bentpub >/dev/null 2>&1 ||
		    not_ok "page $page: a post refuses what was signed ($?)"
		;;
	65 | 74 | 77 | 78)
		refused=$((refused + 1))
		[ -s .stderr ] || not_ok "page $page: not a word"
		[ ! -e out ] || not_ok "page $page: files"
		;;
	*) not_ok "page $page: exit $got: $(cat .stderr)" ;;
	esac
done
check "$pages pages: $signed times signed well, $refused times not" test "$refused" -gt 5

# --- registers of earlier builds ----------------------------------------------------
rm -rf bent out && cp -a center bent
sqlite3 bent/register.db "PRAGMA user_version = 3"
for command in "check" "approve --all --yes --out out ${two[*]}" "list"; do
	exits 65 "a register of an earlier build: ${command%% *}" sello-issue ${command%% *} --home bent ${command#"${command%% *}"}
	has "... has one calm sentence" "earlier trial version"
done
check "... no file" test ! -e out
done_testing
