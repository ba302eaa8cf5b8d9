#!/bin/bash
# How the programs were built, as readelf(1) sees it: nothing at a fixed address, no
# table of functions that can be written, no stack that runs, no path of its own to
# libraries, checked copies, guarded stacks. Then that each of these would be found.
. "$(dirname "$0")/lib.sh"

# faults PROGRAM: what it lacks, a word each
faults() {
	local elf symbols
	elf=$(LC_ALL=C readelf -hldW "$1") || { echo unreadable && return; }
	symbols=$(LC_ALL=C readelf --dyn-syms -W "$1")
	grep -q 'Type: *DYN' <<<"$elf" && grep -q 'FLAGS_1.*PIE' <<<"$elf" || echo fixed
	grep -q GNU_RELRO <<<"$elf" && grep -q BIND_NOW <<<"$elf" || echo relro
	grep -qE 'GNU_STACK .* RW +0x' <<<"$elf" || echo stack
	grep -qE '^ *(LOAD|GNU_RELRO) .* RWE' <<<"$elf" && echo writable-code
	grep -qE '\((RPATH|RUNPATH)\)' <<<"$elf" && echo path
	grep -q '(TEXTREL)' <<<"$elf" && echo textrel
	grep -q __stack_chk_fail <<<"$symbols" || echo unguarded
	sanitized || grep -E '__[a-z]+_chk\b' <<<"$symbols" | grep -qv __stack_chk || echo unfortified
	return 0
}

for program in sello-keys sello-issue sello-verify sello-audit sello-decode; do
	found=$(faults "$BUILD/$program" | paste -sd ' ')
	if [ -z "$found" ]; then ok "$program"; else not_ok "$program: $found"; fi
done

# gcc writes into each object how it was made; clang does not, nor is it what is
# installed. Sources of ours alone: start files and libraries are Debian's.
if ! sanitized && producers=$(LC_ALL=C readelf -p .debug_str "$BUILD/sello-verify" 2>/dev/null | grep -o 'GNU C.*') && [ "$producers" ]; then
	for flag in -fPIE -fstack-protector-strong -fstack-clash-protection $([ "$(uname -m)" = x86_64 ] && echo -fcf-protection=full); do
		bare=$(grep -cve "$flag" <<<"$producers")
		if [ "$bare" = 0 ]; then ok "all is made with $flag"; else not_ok "$bare kinds of objects without $flag"; fi
	done
	[ "$(uname -m)" != x86_64 ] ||
	    check "its functions say where one may jump to" bash -c 'LC_ALL=C readelf -n "$1" | grep -q "IBT, SHSTK"' _ "$BUILD/obj/verify/main.o"
fi

# Copies are checked also where the size is known at run time alone: level 3 of
# _FORTIFY_SOURCE, with the flags that everything is made with. Compilers without it
# fall back to 2, and say nothing.
cat >sized.c <<'C'
#include <stdlib.h>
#include <string.h>
int main(int argc, char *argv[]) { char *a = malloc((size_t)argc + 8); memset(a, 0, strlen(argv[1])); return a[0]; }
C
sized() { # FLAG...: how it ends when 20 bytes go into 10
	LD_PRELOAD= gcc -O2 "$@" -w -o sized sized.c && LD_PRELOAD= bash -c './sized 12345678901234567890; echo $?' 2>/dev/null
}
if ! sanitized; then
	made=$(printf 'include %s\nall: ; @echo $(CPPFLAGS)\n' "$SOURCE/scripts/flags.mk" | make -s -f - all)
	# shellcheck disable=SC2086 # flags
	check "all is made with level 3" test "$(sized $(grep -oE -- '-[UD]_FORTIFY_SOURCE[^ ]*' <<<"$made"))" = 134
	check "found: level 2" test "$(sized -D_FORTIFY_SOURCE=2)" = 0
fi

# Would it be found? A program with one thing missing.
cat >one.c <<'C'
#include <stdio.h>
#include <string.h>
int main(int argc, char *argv[]) { char a[16]; strcpy(a, argv[argc - 1]); return puts(a); }
C
GOOD='-O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack'
lacks() { # WORD FLAG...: with these flags more it is found to lack that, and nothing else
	local found
	# shellcheck disable=SC2086 # flags
	gcc $GOOD "${@:2}" -o one one.c 2>gcc.err || { not_ok "$1: $(cat gcc.err)" && return; }
	found=$(sanitized() { false; } && faults one | paste -sd ' ')
	if [ "$found" = "$1" ]; then ok "found: ${1:-nothing} (${*:2})"; else not_ok "${*:2}: \"$found\", not \"$1\""; fi
}
unset LD_PRELOAD
lacks ""
lacks fixed -no-pie -fno-pie
lacks relro -Wl,-z,lazy
lacks relro -Wl,-z,norelro
lacks stack -Wl,-z,execstack
lacks path -Wl,-rpath,/opt
lacks path -Wl,-rpath,/opt -Wl,--enable-new-dtags
lacks unguarded -fno-stack-protector
lacks unfortified -U_FORTIFY_SOURCE
done_testing
