#!/bin/bash
# tests/cli/damage.sh - damage is not proof: whatever one byte of a
# publication becomes on its way, it is said to be damaged or changed, at the
# post, the center, the root and the auditor alike, and accuses nobody.
. "$(dirname "$0")/lib.sh"
world
check "an honest beginning" issue center out 1 2 3
close_day center pub >/dev/null
sello-verify sync --home post pub >/dev/null
cp -a post before # what it has is older than what follows
check "... goes on" issue center out2 4
close_day center pub >/dev/null
sello-verify init --home other --root root/root.crt --consulate ES-GTGUA --post 2 >/dev/null
sello-keys certify --home root --passphrase-file pass/root other/request.txt >/dev/null
publish >/dev/null
log=log/GTGUA01/1
cp -a pub good
watch

# flip FILE OFFSET [BIT]
flip() {
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	# shellcheck disable=SC2059 # the byte is the format
	printf "\\x$(printf %x $((byte ^ 1 << ${3:-0})))" |
	    dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
fresh() {
	rm -rf bad probe
	cp -a good bad
	cp -a before probe
}
sync() { sello-verify sync --home probe bad; }
audit() { sello-audit check --root root/root.crt "$@"; }

# --- each byte, at post and auditor ---------------------------------------------
# sweep FILE STEP: each STEP-th byte of FILE with one bit flipped, another bit
# each time. Both must end with 2 and speak of no proof; so they do on an
# honest copy beside it.
sweep() {
	local file=$1 step=$2 size off got wrong=0 n=0
	size=$(stat -c %s "good/$file")
	fresh
	for ((off = 0; off < size; off += step)); do
		cp good/"$file" bad/"$file"
		flip bad/"$file" $off $((off % 8))
		got=$(sync 2>&1)
		[ $? = 2 ] && [[ $got != *PROOF* ]] || {
			wrong=$((wrong + 1))
			echo "    post, byte $off: $got" | head -n 3
		}
		got=$(audit bad 2>&1)
		[ $? = 2 ] && [[ $got != *PROOF:* ]] || {
			wrong=$((wrong + 1))
			echo "    auditor, byte $off: $got" | head -n 3
		}
		n=$((n + 1))
		rm -rf probe && cp -a before probe
	done
	check "one bit of $n bytes of $file: never an accusation" test $wrong = 0
	exits 0 "... and the good copy is taken after it" sello-verify sync --home probe good
}
# AddressSanitizer looks at how it is done: each fourth of these is enough for it
each=1
sanitized && each=4
sweep $log/checkpoint $((7 * each))
sweep trust.xml $((127 * each))
bundle=$(cd good && ls $log/tile/entries/*.p/* | sort -V | tail -n 1)
sweep "$bundle" 131
# tiles of level 0 repeat what the lines say: a post does not read them
tile=$(cd good && ls $log/tile/0/*.p/* | sort -V | tail -n 1)
fresh
flip "bad/$tile" 40
exits 2 "one bit of a hash tile: the auditor says so" audit bad
hasnt "... and accuses nobody" PROOF:
exits 0 "... the post does not need it" sync

# --- as programs and sticks spoil files ------------------------------------------
spoil() {
	local f=$2
	case $1 in
	bom) { printf '\xef\xbb\xbf'; cat "good/$f"; } >"bad/$f" ;;
	crlf) sed 's/$/\r/' "good/$f" >"bad/$f" ;;
	cut) head -c $(($(stat -c %s "good/$f") / 2)) "good/$f" >"bad/$f" ;;
	doubled) cat "good/$f" "good/$f" >"bad/$f" ;;
	zeros) head -c "$(stat -c %s "good/$f")" /dev/zero >"bad/$f" ;;
	empty) : >"bad/$f" ;;
	latin) iconv -f utf-8 -t latin1//TRANSLIT "good/$f" >"bad/$f" ;;
	utf16) iconv -f utf-8 -t utf-16 "good/$f" >"bad/$f" ;;
	esac
}
for f in $log/checkpoint trust.xml "$bundle"; do
	for how in bom crlf cut doubled zeros empty latin utf16; do
		case $how,$f in latin,*entries* | utf16,*entries* | crlf,*entries*) continue ;; esac
		fresh
		spoil $how "$f"
		cmp -s "good/$f" "bad/$f" && continue
		exits 2 "$f, $how: the post" sync
		hasnt "... accuses nobody" PROOF
		exits 2 "$f, $how: the auditor" audit bad
		hasnt "... accuses nobody" PROOF:
	done
done

# --- what people do by hand, without a key ---------------------------------------
fresh
sed -i '1s/OF1007/OF1003/' "bad/$bundle"
exits 2 "a line changed by hand: the post" sync
has "... names the file" "damaged or was changed"
hasnt "... accuses nobody" PROOF
exits 2 "a line changed by hand: the auditor" audit bad
hasnt "... accuses nobody" PROOF:
exits 2 "... also beside a good copy" audit bad good
fresh
sed -i 's/Test Center/Best Center/' bad/trust.xml
exits 2 "a list changed by hand: the post" sync
has "... says what to do" "get another copy"
check "... keeps no evidence of nothing" test ! -e probe/evidence
exits 2 "... the auditor" audit bad
exits 2 "... who has another one" audit bad good
# a line feed at the end is no second list: both are what the root signed
fresh
sello-verify sync --home probe good >/dev/null
echo >>bad/trust.xml
exits 0 "a line feed after the list is the same list" sync
hasnt "... no second one" PROOF
audit good >/dev/null
same=$?
exits $same "... to the auditor too" audit good bad

# --- at the center, the root, and between posts ----------------------------------
fresh
flip bad/trust.xml 300
exits 65 "a damaged list at the center" sello-issue trust --home center bad/trust.xml
has "... says what to do" "get another copy"
check "... is kept as nothing" test ! -e center/trust-conflict.xml
flip bad/$log/checkpoint 60
exits 65 "a damaged head as evidence" sello-keys revoke --home root --passphrase-file pass/root \
    "$(sed -n 's|.*<KeyName>\([0-9a-f]*\)</KeyName>.*|\1|p' good/trust.xml)" \
    --reason compromise --from 2026-01-01T00:00:00Z --checkpoint bad/$log/checkpoint
has "... says what to do" "get another copy"
exits 65 "a damaged head as an end" sello-keys log --home root --passphrase-file pass/root \
    close GTGUA01 --checkpoint bad/$log/checkpoint
has "... says what to do" "get another copy"
exits 65 "a damaged head brought to the center" sello-issue check --home center --cosigned bad/$log/checkpoint
exits 0 "... which goes on" sello-issue publish --home center --to pub
cp -a center center2
wrong=0 size=$(stat -c %s good/$log/checkpoint)
for ((off = 0; off < size; off += 23 * each)); do
	cp good/$log/checkpoint head
	flip head $off $((off % 8))
	got=$(sello-issue check --home center2 --cosigned head 2>&1)
	[ $? = 65 ] && [[ $got == *"get another copy"* || $got == *"this center's log"* ]] || {
		wrong=$((wrong + 1))
		echo "    check --cosigned, byte $off: $got"
	}
	cp good/$log/checkpoint bad/$log/checkpoint
	flip bad/$log/checkpoint $off $((off % 8))
	got=$(sello-issue publish --home center --to bad 2>&1)
	case $? in
	0) cmp -s good/$log/checkpoint bad/$log/checkpoint || got= ;;
	73) [[ $got == *"remove that file"* ]] || got= ;;
	*) got= ;;
	esac
	[ -n "$got" ] || wrong=$((wrong + 1))
done
check "one bit of a head at the center: told, mended, never an accusation" test $wrong = 0
fresh
flip bad/$log/checkpoint 60
copy_of center robbed
rm robbed/head.guard
exits 65 "nobody recovers from a damaged copy" sello-issue recover --home robbed --from bad \
    --as AP2003 --passphrase-file pass/approver --second AD0001 --second-passphrase-file pass/admin
has "... says what to do" "get another copy"
exits 0 "a damaged stick is mended by the next publish" sello-issue publish --home center --to bad
check "... whole" diff -r bad/log good/log
sello-verify sync --home other good >/dev/null
sello-verify check --home other --record "$(letter out 1)" >/dev/null
sello-verify export --home other --to report.txt >/dev/null
rm -rf probe && cp -a before probe && sello-verify sync --home probe good >/dev/null
exits 0 "the report of another post" sello-verify import --home probe report.txt
size=$(stat -c %s report.txt)
wrong=0
for ((off = 0; off < size; off += 53 * each)); do
	cp report.txt spoilt.txt
	flip spoilt.txt $off $((off % 8))
	got=$(sello-verify import --home probe spoilt.txt 2>&1)
	[ $? = 2 ] && [[ $got != *PROOF* ]] || {
		wrong=$((wrong + 1))
		echo "    byte $off: $got"
	}
done
check "one bit of a report of another post accuses nobody" test $wrong = 0
cp good/$log/checkpoint head
flip head $(($(head -n 5 head | wc -c) + 80))
exits 2 "a head with a damaged cosignature, brought to a post" sello-verify import --home probe head
hasnt "... accuses nobody" PROOF
exits 2 "... and to the auditor" audit --presentations head good
hasnt "... accuses nobody" PROOF:

# --- two good signatures are proof -----------------------------------------------
# the root's home is copied, and both copies sign the next list
cp -a root root2
publish --next-update 60 --not-after 90 >/dev/null
mkdir -p pub2
sello-keys publish --home root2 --passphrase-file pass/root --to pub2 --next-update 61 --not-after 90 >/dev/null
rm -rf probe && cp -a before probe
exits 0 "one list of the root" sello-verify sync --home probe pub
exits 3 "another one under its number" sello-verify sync --home probe pub2
has "... is proof" "PROOF OF MANIPULATION"
check "... both are kept" test "$(ls probe/evidence/trust*.xml | wc -l)" = 2
exits 3 "... to the auditor too" audit --json pub pub2
has "... said so" '"finding":"A-LIST-FORK"'
sello-issue trust --home center pub/trust.xml >/dev/null
exits 77 "... and refused at the center" sello-issue trust --home center pub2/trust.xml
check "... which keeps it" cmp center/trust-conflict.xml pub2/trust.xml

# --- and it is said once --------------------------------------------------------------
rm -rf probe && cp -a before probe
flip probe/trust.xml 300
exits 2 "letters at a post whose list is damaged" sello-verify check --home probe out/*.xml
check "... which is told once" test "$(grep -c "trust list cannot be used: " <<<"$OUT$ERR")" = 1
done_testing
