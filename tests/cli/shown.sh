#!/bin/bash
# A bad disk under the records of letters shown here: status and sync name the
# way out, `recover --shown` is it, and what was shown stays known.
. "$(dirname "$0")/lib.sh"

world
issue center letters 1 2 3 >/dev/null 2>&1
sleep 1.1 # a copy says nothing of the second of its last line
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
one=$(letter letters 1) two=$(letter letters 2) three=$(letter letters 3)
number() { basename "$1" .xml; }
sello-verify check --home post --record --answer match "$one" >/dev/null
sello-verify check --home post --record --answer match "$two" >/dev/null
sqlite3 post/post.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
cp -a post good
again() { rm -rf post && cp -a good post; }
sql() { sqlite3 post/post.db "$1"; }
recover() { sello-verify recover --home post "$@"; }
page() { # NAME BYTE: the root page of a table or index, overwritten
	local n
	n=$(sql "SELECT rootpage FROM sqlite_schema WHERE name = '$1'")
	head -c 4096 /dev/zero | tr '\0' "$2" |
	    dd of=post/post.db bs=4096 seek=$((n - 1)) conv=notrunc 2>/dev/null
}
# mended WHOLE ASIDE: the way out, and what is known behind it
mended() {
	exits 0 "... recover --shown" recover --shown --json
	has "... whole: $1" "\"whole\":$1,\"setAside\":$2,"
	judge "... the first letter was shown" attention R-PRESENTED verify --json "$one"
	judge "... and the second" attention R-PRESENTED verify --json "$two"
	judge "... the third was not" valid "" verify --json "$three"
	exits 0 "... status is good" sello-verify status --home post
	exits 0 "... and so is sync" sello-verify sync --home post pub
	exits 0 "... there is nothing more to mend" recover --shown
	has "... which it says" "nothing was changed"
}

exits 0 "nothing is damaged" recover --shown
has "... nothing is changed" "nothing was changed"
check "... and no file is left" bash -c '[ "$(ls post/post.db*)" = post/post.db ]'
exits 64 "one thing at a time" recover --shown --clock

# --- one letter, two visits -----------------------------------------------------
sello-verify check --home post --record "$one" >/dev/null
exits 0 "letters and visits" sello-verify status --home post
has "... are told apart" "Letters shown:    2, visits: 3"
exits 0 "... an export" sello-verify export --home post --to twice
has "... tells as many letters" "letters shown 2,"

# --- rows ---------------------------------------------------------------------
for change in "digest = zeroblob(32), signature = zeroblob(64)" "number = 'X'" \
    "time = time + 1" "sum = x'00'" "key_name = NULL" "post = ''" \
    "signature = zeroblob(64)"; do
	again
	sql "UPDATE presentation SET $change WHERE number = '$(number "$one")'"
	exits 1 "a damaged record: $change" sello-verify status --home post
	has "... the way out is named" "recover --shown"
	exits 2 "... by sync too" sello-verify sync --home post pub
	has "... with the command" "recover --shown"
	mended 1 1
	exits 0 "... an export" sello-verify export --home post --to report --json
	has "... tells what is proven" '"seen":1,"seenLeftOut":0,"seenDamaged":0'
	rm -f report
	check "... the old file is kept" test -s post/post.db.damaged
done

# What an earlier version kept, and a bad disk changed: sync asked for ever.
again
sql "UPDATE presentation SET key_name = NULL, signature = NULL, sum = NULL,
    digest = zeroblob(32) WHERE number = '$(number "$one")'"
exits 2 "a record without a signature that is not in the records" sello-verify sync --home post pub
has "... the way out is named" "recover --shown"
mended 1 1

# --- pages, files -------------------------------------------------------------
for byte in '\0' '\377' x; do
	again
	page presentation "$byte"
	exits 2 "the page of the records is lost ($byte)" sello-verify status --home post
	has "... the way out is named" "recover --shown"
	mended 0 2
	for index in presentation_letter presentation_digest; do
		again
		page $index "$byte"
		exits 2 "a page of $index is lost ($byte)" sello-verify status --home post
		mended 2 0
	done
done
again
LC_ALL=C sed -i 's/ id INTEGER PRIMARY/ ie INTEGER PRIMARY/' post/post.db
exits 2 "a letter of the tables' own text" sello-verify status --home post
mended 2 0
for damage in "rm post/post.db" "truncate -s 0 post/post.db" "truncate -s 5000 post/post.db" \
    "cp $one post/post.db" "cp post/logs.db post/post.db"; do
	again
	eval "$damage"
	exits 2 "$damage" sello-verify status --home post
	has "... the way out is named" "recover --shown"
	exits 0 "... recover --shown" recover --shown
	has "... says that something is lost" "NOT ALL COULD BE READ"
	judge "... letters can be judged" valid "" verify --json "$three"
	exits 0 "... status is good" sello-verify status --home post
done

# --- not now ------------------------------------------------------------------
again
sql "UPDATE presentation SET time = time + 1"
sql "INSERT OR REPLACE INTO setting VALUES ('clock', 1700000000), ('clock-again', 1700000000)"
cp -a post before
exec 9>post/sync.lock
flock 9
exits 75 "while a sync runs" recover --shown
exec 9>&-
check "... nothing is changed" cmp post/post.db before/post.db
mkfifo .go
sqlite3 post/post.db "BEGIN IMMEDIATE;" ".shell touch .writes" ".shell cat .go" >/dev/null &
until [ -e .writes ]; do sleep 0.1; done
exits 75 "while a counter writes" recover --shown
: >.go
wait
mended 0 2
check "the clock's mark goes over" test "$(sql "SELECT max(value) FROM setting WHERE name = 'clock'")" -ge 1700000000
done_testing
