# compare.awk - what the program said of each file of a group, beside what it must
# say. A line for each that differs; the last line counts.
#
#   awk -f compare.awk [-v some=1] honest.json GROUP.expected answers.json
#
# some: not all were asked.
#
# Whatever is expected: who is shown as authentic must be one of the honest
# letters, field by field, and who is not must be shown nobody.

function text(key,    at) {
	at = index($0, "\"" key "\":\"")
	if (at == 0) return ""
	at = substr($0, at + length(key) + 4)
	return substr(at, 1, index(at, "\"") - 1)
}
function letter(    from, to) {
	from = index($0, "\"letter\":{")
	to = index($0, ",\"issuer\":")
	return from == 0 ? "" : substr($0, from, to - from)
}
function reason(    at) {
	at = substr($0, index($0, "\"reasons\":[") + 11)
	return substr(at, 1, 1) == "]" ? "" : substr(at, 2, index(substr(at, 2), "\"") - 1)
}
function wrong(what) { print "    " what; bad++ }
# is this first reason one of "A|B"?
function among(got, want,    n, i, part) {
	if (got == want) return 1
	n = split(want, part, "|")
	for (i = 1; i <= n; i++)
		if (part[i] == got) return 1
	return 0
}
# ... and so on with ";" between; split() takes nothing for no part
function one_by_one(file,    n, i, g, w) {
	if (want[file] == "*") return 1
	n = split(said[file] ";", g, ";")
	if (n != split(want[file] ";", w, ";")) return 0
	for (i = 1; i < n; i++)
		if (!among(g[i], w[i])) return 0
	return 1
}
FNR == 1 { part++ }
part == 1 { honest[letter()] = 1; next }
part == 2 { split($0, row, "\t"); want[row[1]] = row[2]; order[++cases] = row[1]; next }
{
	file = text("source")
	sub(/^.*\//, "", file)
	verdict = text("verdict")
	if (answers[file]++) said[file] = said[file] ";"
	said[file] = said[file] reason()
	if (verdict == "valid" || verdict == "attention") {
		if (!(letter() in honest)) wrong(file ": " verdict " and not a letter of the center")
	} else if (letter() != "") wrong(file ": " verdict " and somebody is shown")
}
END {
	for (i = 1; i <= cases; i++) {
		file = order[i]
		if (!(file in said)) {
			if (!some) wrong(file ": no answer")
		} else if (!one_by_one(file)) wrong(file ": (" said[file] "), not (" want[file] ")")
	}
	print cases + 0, bad + 0
}
