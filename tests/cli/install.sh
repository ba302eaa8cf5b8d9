#!/bin/bash
# What `make install` puts down works from there: programs, decoder, messages,
# manuals, completion; nothing points back into the source tree.
. "$(dirname "$0")/lib.sh"
check "make install" make -s -C "$SOURCE" BUILD="$BUILD" install DESTDIR="$TMP/root" PREFIX=/usr
bin=$TMP/root/usr/bin
for tool in sello-keys sello-issue sello-verify sello-audit; do
	check "$tool runs" "$bin/$tool" --version
	check "$tool speaks Spanish" bash -c '
		! cmp -s <("$1" --lang es --help) <("$1" --lang en --help)' _ "$bin/$tool"
	check "$tool has its manual" test -s "$TMP/root/usr/share/man/man1/$tool.1"
	check "$tool completes in bash" bash -n "$TMP/root/usr/share/bash-completion/completions/$tool"
done
PATH=$bin:$PATH
world
{ echo "$HEADER"; person 1 "Pop Cucul" "Elvira"; } >people.csv
draft people.csv >/dev/null 2>&1
exits 0 "a letter by the installed programs" approve --all --yes --out letters
exits 0 "... in the log, which the installed post takes" deliver
exits 0 "... read from its picture by the installed decoder" verify letters/*.png
check "no path of the source tree in the programs" bash -c '! grep -qaF "$1/" "$2"/sello-verify' _ "$SOURCE" "$bin"
done_testing
