#!/bin/bash
# The captures that readers are compared with: the same again from the same seed,
# and what a scanner sees of an undamaged sheet is read.
. "$(dirname "$0")/lib.sh"
# reads DIR: every capture of a manifest says the text that it should
reads() {
	local file kind version px text said
	while IFS=$'\t' read -r file kind version px text; do
		said=$(sello-decode <"$1/$file" | sed -n 's/^qr //p' | base64 -d)
		[ "$said" = "$text" ] || {
			echo "$file, version $version, $px pixels a module"
			return 1
		}
	done <"$1/manifest.tsv"
}
"$PLAIN/make-captures" --seed 3 --per-kind 3 --kind clean clean || not_ok "captures are made"
check "clean captures are read" reads clean
check "there are three" test "$(wc -l <clean/manifest.tsv)" = 3
some=(--per-kind 1 --kind fax --kind webcam --kind toner)
"$PLAIN/make-captures" --seed 3 "${some[@]}" one
"$PLAIN/make-captures" --seed 3 "${some[@]}" two
"$PLAIN/make-captures" --seed 4 "${some[@]}" other
check "the same seed gives the same bytes" diff -r one two
exits 1 "another seed others" cmp -s one/fax-00.png other/fax-00.png
exits 1 "no code of one seed is of another" cmp -s one/manifest.tsv other/manifest.tsv
"$PLAIN/make-captures" --seed 3 --per-kind 2 --kind fax more
check "nor how many are made, and of which kinds" cmp -s one/fax-00.png more/fax-00.png
exits 64 "a kind that is not there" "$PLAIN/make-captures" --kind nothing none
done_testing
