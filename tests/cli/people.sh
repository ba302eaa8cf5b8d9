#!/bin/bash
# CSV files come out as their expect column says: the project's own examples,
# and people.csv of the neighbouring shared folder where there is one.
. "$(dirname "$0")/lib.sh"
world

expectations() { # FILE
	local file=$1 n=0 rows
	sello-issue draft --home center --dry-run --json --as OF1007 \
	    --passphrase-file pass/drafter "$file" >result.json
	expect_column "$file" >expected
	while IFS=$'\t' read -r row expect center; do
		local line outcome
		line=$(grep "\"row\":\"$row\"" result.json)
		outcome=$(printf '%s' "$line" | json outcome)
		n=$((n + 1))
		if [ "$center" != GTGUA01 ]; then
			case $line in
			*'"outcome":"rejected"'*E-CENTER*) ok "$row of $center is E-CENTER" ;;
			*) not_ok "$row of $center is E-CENTER: $line" ;;
			esac
			continue
		fi
		case $expect:$line in
		OK*:*'"outcome":"accepted"'*) ok "$row $expect" ;;
		WARN-*:*'"outcome":"warning"'*"W-${expect#WARN-}"*) ok "$row $expect" ;;
		REJECT-*:*'"outcome":"rejected"'*"E-${expect#REJECT-}"*) ok "$row $expect" ;;
		*) not_ok "$row $expect: $line" ;;
		esac
	done <expected
	check "$file: some rows" test "$n" -gt 0
}
# row, expect, center of each record; these files have no line feed in a value
expect_column() {
	awk '
	function split_csv(s, out,   n, c, q, v, i) {
		n = 0; q = 0; v = ""
		for (i = 1; i <= length(s); i++) {
			c = substr(s, i, 1)
			if (q && c == "\"" && substr(s, i + 1, 1) == "\"") { v = v c; i++ }
			else if (c == "\"") q = !q
			else if (c == "," && !q) { out[++n] = v; v = "" }
			else v = v c
		}
		out[++n] = v
		return n
	}
	{ sub(/\r$/, "") }
	NR == 1 { n = split_csv($0, h); for (i = 1; i <= n; i++) col[h[i]] = i; next }
	{ split_csv($0, f); e = f[col["expect"]]; if (e == "") e = "OK"
	  print f[col["row"]] "\t" e "\t" f[col["center"]] }' "$1"
}

for file in "$SOURCE"/examples/people*.csv; do
	[ -e "$file" ] || continue
	name=$(basename "$file")
	"$SOURCE/scripts/fresh-dates" <"$file" >"$name"
	expectations "$name"
done
shared=$SOURCE/../shared/people.csv
if [ -e "$shared" ] && [ "$(date -u +%Y%m%d)" -lt 20270201 ]; then
	cp "$shared" shared.csv
	expectations shared.csv
	# the rows of this center, all the way; spelled as their mrz columns say
	exits 0 "the rows of other centers set aside" draft --set-aside rejected.csv shared.csv
	check "set-aside rows hold no document number" \
	    bash -c "! grep -qF 9905198956162 rejected.csv"
	exits 0 "approve the rest" approve --all --yes --out letters
	for xml in letters/*.xml; do
		verify --json "$xml" >x.json
		p=$(json mrzPrimary <x.json)
		check "$(basename "$xml"): the mrz is the expected one" grep -qF "$p" shared.csv
	done
	# medians: the packed form's size
	sello-issue list --home center --json | json letterNumber >numbers
	check "each accepted row has its letter" test "$(wc -l <numbers)" = "$(ls letters/*.xml | wc -l)"
fi
done_testing
