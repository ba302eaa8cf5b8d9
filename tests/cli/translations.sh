#!/bin/bash
# Every text for people is translated in all five languages, none is fuzzy,
# and the catalogues know every message of the sources.
. "$(dirname "$0")/lib.sh"
mkdir tree
(cd "$SOURCE" && tar cf - --exclude=./build --exclude=./.git .) | tar xf - -C tree
check "message ids are collected" bash -c 'cd tree && scripts/update-po >../update.log 2>&1'
for lang in es en fr pt ht; do
	check "$lang: nothing untranslated or fuzzy" bash -c '
		test -s "tree/po/$1.po" || exit 1
		left=$( (msgattrib --untranslated tree/po/$1.po; msgattrib --only-fuzzy tree/po/$1.po) | grep -A3 "^msgid \"" | grep -vE "^msgid \"\"$" | grep "^msgid" )
		test -z "$left" || { echo "$left" | head -n 20; exit 1; }' _ $lang
	check "$lang: formats fit" msgfmt --check-format -o /dev/null "tree/po/$lang.po"
done
done_testing
