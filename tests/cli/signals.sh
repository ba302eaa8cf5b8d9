#!/bin/bash
# A closed pipe, a full standard output, a limit on file sizes, descriptors
# that the caller closed: told or quiet, never a death by signal, and what is
# to be kept is kept. Files named by mistake, pipes and devices, are answered.
. "$(dirname "$0")/lib.sh"
world
C="--home center --as AP2003 --passphrase-file pass/approver"
issue center out 1 2 3 >/dev/null
letter=$(letter out 1)

# into_head LINES command...: exit of a command whose reader stops early
into_head() {
	local lines=$1
	shift
	"$@" 2>"$TMP/.stderr" | head -n "$lines" >"$TMP/.stdout"
	local status=${PIPESTATUS[0]}
	OUT=$(cat "$TMP/.stdout") ERR=$(cat "$TMP/.stderr")
	return "$status"
}
quiet() { if [ -z "$ERR" ]; then ok "$1: quiet"; else not_ok "$1: $ERR"; fi; }
# A reader that is gone before anything is printed: no luck of buffers.
unread() {
	exec 9> >(exit 0)
	wait $!
	"$@" >&9 2>"$TMP/.stderr"
	local status=$?
	exec 9>&-
	OUT= ERR=$(cat "$TMP/.stderr")
	return "$status"
}
# ends "what" EXIT command...
ends() {
	local what=$1 want=$2
	shift 2
	"$@"
	local got=$?
	if [ "$got" = "$want" ]; then ok "$what"; else not_ok "$what: exit $got, not $want"; fi
}

# --- nobody reads any more -----------------------------------------------------
ends "check whose reader has gone" 74 unread sello-verify check --home post --record "$letter"
quiet "check"
exits 1 "yet it was recorded" sello-verify check --home post "$letter"
has "R-PRESENTED" R-PRESENTED
into_head 1 sello-verify check --home post --record "$(letter out 2)"
quiet "check | head -1"
exits 1 "recorded as well" sello-verify check --home post "$(letter out 2)"
ends "json" 74 unread sello-verify check --home post --json "$letter" "$letter"
quiet "json"
ends "status" 74 unread sello-verify status --home post
quiet "status"
ends "list" 74 unread sello-issue list --home center
quiet "list"
ends "help" 74 unread sello-issue help
quiet "help"
ends "completion" 74 unread sello-keys completion bash
quiet "completion"
ends "audit" 74 unread sello-audit check --root root/root.crt pub
quiet "audit"
ends "show" 74 unread sello-keys show root/root.crt
quiet "show"
ends "sello-decode" 74 unread sello-decode <out/*000001*.png
quiet "sello-decode"

# --- standard output is full or closed: told -------------------------------------
for program in "sello-verify status --home post" "sello-issue list --home center" \
	"sello-keys show root/root.crt" "sello-audit check --root root/root.crt pub" \
	"sello-verify check --home post --json $letter" "sello-issue --version"; do
	# shellcheck disable=SC2086
	exits 74 "full: $program" bash -c "$program >/dev/full"
	has "full is told" "standard output: cannot be written"
	exits 74 "closed: $program" bash -c "$program >&-"
	has "closed is told" "standard output: cannot be written"
done
# as its parent starts it: behind its locks nobody looks for leaks
exits 74 "sello-decode onto a full disk" env -u ASAN_OPTIONS bash -c "sello-decode <$(echo out/*000001*.png) >/dev/full"
# a register opened as descriptor 1 or 2 would take what is printed
exits 74 "approve with all closed" bash -c "$(declare -f draft person); sello-issue reprint $C --reason LOST --out again \
	$(basename "$letter" .xml) >&- 2>&- <&-"
exits 0 "the register is whole" sello-issue check --home center

# --- a limit on the size of files ---------------------------------------------------
# Blocks of 1024 bytes; 0 lets nothing be written.
limited() {
	local blocks=$1
	shift
	# what it says goes through a pipe, which has no size
	bash -c "ulimit -f $blocks; exec \"\$@\"" _ "$@" 2>&1 >/dev/null | cat
	return "${PIPESTATUS[0]}"
}
has_limit() { has "$1: the size is told" "larger than this disk or session takes"; }
exits 74 "publish a list" limited 0 sello-keys publish --home root --passphrase-file pass/root --to pub2
has "publish: the limit is told" "ulimit -f"
exits 74 "export" limited 0 sello-verify export --home post --to e
has_limit export
exits 74 "report" limited 1 sello-audit report --root root/root.crt --out r.html pub
has_limit report
exits 74 "save" limited 0 sello-verify check --home post --save s "$letter"
has_limit save
exits 74 "publish a log" limited 0 sello-issue publish --home center --to log
exits 74 "backup" limited 8 sello-issue backup --home center --to b
check "nothing half stays" test -z "$(find . -name '.*.tmp' -o -name b -o -name b.part -o -name e -o -name r.html)"
exits 74 "standard output" limited 0 bash -c "sello-keys show root/root.crt >big"
has "told" "standard output: cannot be written"
exits 74 "approve" limited 8 sello-issue approve $C --all --yes --out letters
exits 0 "the register is whole" sello-issue check --home center
done_testing
