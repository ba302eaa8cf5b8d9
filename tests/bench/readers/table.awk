# table.awk - what scripts/bench-read prints, from its lines of
# SEED FILE KIND READER RESULT MILLISECONDS. Captures by kind; then times; then
# pages that nobody reads, pages without a code, and films.

function median_of(list, part,    n, at, i, j, value) {
	n = split(list, at, " ")
	for (i = 2; i <= n; i++) {
		value = at[i] + 0
		for (j = i; j > 1 && at[j - 1] + 0 > value; j--) at[j] = at[j - 1]
		at[j] = value
	}
	i = int(part * n + .999999)
	return n ? at[i < 1 ? 1 : i] : 0
}

function cell(name, kind) {
	return (name, kind) in good ? good[name, kind] : (kind in of_kind ? 0 : "")
}

{
	picture = $1 "/" $2; kind = $3; name = $4
	if (!(name in is_reader)) { is_reader[name] = 1; reader[++readers] = name }
	if ($5 == "WRONG") wrong[name]++
	if ($5 == "DIED") died[name]++
	if (kind == "fused") {
		fused_times = fused_times " " $6
		if ($6 > fused_most) fused_most = $6
		film = picture; sub("/[^/]*$", "", film)
		if ($5 == "read" && !(film in is_fused)) { is_fused[film] = 1; fused++ }
		next
	}
	if (kind == "film") {
		film = picture; sub("/[^/]*$", "", film)
		if (!(film in is_film)) { is_film[film] = 1; films++ }
		if (name == reader[1]) frames++
		frame_times[name] = frame_times[name] " " $6
		if ($5 == "read") {
			frames_read[name]++
			if (!((film, name) in film_read)) { film_read[film, name] = 1; films_read[name]++ }
		}
		next
	}
	if (kind == "unreadable" || kind == "codeless") {
		aside_times[kind, name] = aside_times[kind, name] " " $6
		if (name == reader[1]) aside[kind]++
		if ($5 == "read") aside_read[kind, name]++
		next
	}
	if (!(kind in of_kind)) order[++kinds] = kind
	if (name == reader[1]) { of_kind[kind]++; total++ }
	if ($5 == "read") { good[name, kind]++; sum[name]++ }
	times[name] = times[name] " " $6
	result[picture, name] = $5; ms[picture, name] = $6
	if (name == reader[1]) seen[++pictures] = picture
}

END {
	printf "%-10s %5s", "kind", "of"
	for (r = 1; r <= readers; r++) printf " %8s", reader[r]
	print ""
	for (k = 1; k <= kinds; k++) {
		printf "%-10s %5d", order[k], of_kind[order[k]]
		for (r = 1; r <= readers; r++) printf " %8d", cell(reader[r], order[k])
		print ""
	}
	printf "%-10s %5d", "all", total
	for (r = 1; r <= readers; r++) printf " %8d", sum[reader[r]]
	printf "\n%-10s %5s", "percent", ""
	for (r = 1; r <= readers; r++) printf " %8.1f", 100 * sum[reader[r]] / total
	printf "\n%-10s %5s", "misread", ""
	for (r = 1; r <= readers; r++) printf " %8d", wrong[reader[r]]
	printf "\n%-10s %5s", "died", ""
	for (r = 1; r <= readers; r++) printf " %8d", died[reader[r]]
	print "\n\nmilliseconds of processor time"
	printf "%-16s", "median"
	for (r = 1; r <= readers; r++) printf " %8.1f", median_of(times[reader[r]], .5)
	printf "\n%-16s", "95th percentile"
	for (r = 1; r <= readers; r++) printf " %8.1f", median_of(times[reader[r]], .95)
	for (a = 1; a <= 2; a++) {
		kind = a == 1 ? "unreadable" : "codeless"
		if (!aside[kind]) continue
		printf "\n%s, 95th", kind
		printf "%*s", 16 - length(kind) - 6, ""
		for (r = 1; r <= readers; r++) printf " %8.1f", median_of(aside_times[kind, reader[r]], .95)
	}
	for (i = 1; i <= pictures; i++)
		if (result[seen[i], "zbar"] == "read") {
			both++
			ratios = ratios " " ms[seen[i], "sello"] / ms[seen[i], "zbar"]
			if (result[seen[i], "sello"] != "read") lost = lost " " seen[i]
		}
	printf "\n\nof %d that libzbar reads, sello takes %.2f x its time (median)\n", both, median_of(ratios, .5)
	if (lost != "") print "read by libzbar, not by sello:" lost
	for (a = 1; a <= 2; a++) {
		kind = a == 1 ? "unreadable" : "codeless"
		for (r = 1; r <= readers; r++)
			if (aside_read[kind, reader[r]])
				printf "(of %d %s pages %s read %d)\n", aside[kind], kind, reader[r], aside_read[kind, reader[r]]
	}
	if (!films) exit
	printf "\n%-16s %5s", "films", "of"
	for (r = 1; r <= readers; r++) printf " %8s", reader[r]
	printf "\n%-16s %5d", "frames alone", frames
	for (r = 1; r <= readers; r++) printf " %8d", frames_read[reader[r]]
	printf "\n%-16s %5d", "films, any frame", films
	for (r = 1; r <= readers; r++) printf " %8d", films_read[reader[r]]
	printf "\n%-16s %5s", "frame, 95th, ms", ""
	for (r = 1; r <= readers; r++) printf " %8.1f", median_of(frame_times[reader[r]], .95)
	printf "\n\nadded up, sello reads %d of %d films; a frame takes %.1f ms at the 95th percentile, %.1f at most\n", \
	    fused, films, median_of(fused_times, .95), fused_most
}
