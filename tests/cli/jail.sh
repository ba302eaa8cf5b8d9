#!/bin/bash
# The picture reader's locks, as people meet them: what `status` says of them, and
# what is opened where one is missing. What they hold is in tests/decode/test_jail.c.
. "$(dirname "$0")/lib.sh"
without=$BUILD/tests/cli/without
$without both true 2>/dev/null || {
	echo "skip jail: no seccomp here"
	exit 0
}
world
{
	echo "$HEADER"
	person 11 Quispe Ana
} >people.csv
draft people.csv >/dev/null 2>&1
approve --all --yes --out out >/dev/null 2>&1
deliver >/dev/null 2>&1
set -- out/*.png
PNG=$1 XML=${1%.png}.xml PDF=${1%.png}.pdf

on() { # on SYSTEM COMMAND...: a post's command there
	local system=$1
	shift
	"$without" "$system" sello-verify "$1" --home post "${@:2}"
}
exits 0 "status where no more is missing than here" sello-verify status --home post
has "... the reader is locked in" "Picture reader:   locked in"
exits 0 "... in JSON" sello-verify status --home post --json
has "... too" '"reader":{"seccomp":true,"landlock":'
exits 0 "a system without Landlock" on landlock status
has "... says so" "Picture reader:   locked in by seccomp alone"
exits 0 "... in JSON" on landlock status --json
has "... too" '"reader":{"seccomp":true,"landlock":false,"opens":true}'
for file in "$PNG" "$PDF"; do
	exits 0 "... opens ${file##*.}" on landlock check "$file"
done

for system in seccomp both; do
	exits 1 "a system without $system" on $system status
	has "... says that nothing is opened" "Picture reader:   opens nothing"
	exits 1 "... in JSON" on $system status --json
	has "... too" '"reader":{"seccomp":false,'
	has "... and that" '"opens":false}'
	for file in "$PNG" "$PDF"; do
		exits 2 "... ${file##*.} is not opened" on $system check "$file"
		has "... and why" "could not lock itself in"
	done
	exits 0 "... XML is judged" on $system check "$XML"
done
(cd out && zip -q ../mail.zip "${XML##*/}" 2>/dev/null) && {
	exits 2 "... nor a zip" on seccomp check mail.zip
	has "... and why" "could not lock itself in"
}

export SELLO_UNLOCKED=yes
exits 1 "somebody says that it reads all the same: status warns" on seccomp status
has "... in words" "Picture reader:   NOT locked in"
exits 0 "... and it reads" on seccomp check "$PNG"
export SELLO_UNLOCKED=no
exits 2 "any other word says nothing" on seccomp check "$PNG"
unset SELLO_UNLOCKED
done_testing
