#!/bin/bash
# Drafting from files: all or nothing, rows set aside, twins in the register,
# broken files, the document's number, a second writer, discarding.
. "$(dirname "$0")/lib.sh"
world
drafts() { sello-issue list --home center --drafts --json; }
count() { drafts | wc -l; }
stores() { # N "what": the register holds N drafts
	check "$2" test "$(count)" = "$1"
}
discard() {
	sello-issue discard --home center --as OF1007 --passphrase-file pass/drafter "$@"
}

# --- all or nothing ----------------------------------------------------------
{ echo "$HEADER"; person 1 "Xiloj Pérez" Marta; person 2 "Bac 7" Juan; person 3 "Tzoc" Inés; } >mixed.csv
exits 65 "a dry run with a rejected row" draft --dry-run --json mixed.csv
check "a line a row" test "$(printf '%s\n' "$OUT" | wc -l)" = 3
check "the row, as given, and its line" \
    test "$(printf '%s\n' "$OUT" | sed -n 2p | json row)$(printf '%s\n' "$OUT" | sed -n 2p | json line)" = 23
has "the code and field" '"code":"E-CHARACTER","field":"surnames"'
exits 65 "a file with a rejected row" draft --json mixed.csv
check "no draft is named" test "$(printf '%s\n' "$OUT" | json draft | sort -u)" = null
stores 0 "nothing of it is stored"
exits 0 "dry run with --set-aside" draft --dry-run --set-aside aside.csv mixed.csv
check "a dry run writes no file" test ! -e aside.csv
exits 64 "--set-aside over the input" draft --set-aside ./mixed.csv mixed.csv
exits 74 "--set-aside where no file can be" draft --set-aside nowhere/x.csv mixed.csv
stores 0 "nothing was stored without its rejected rows"
exits 0 "the rejected row set aside" draft --json --set-aside aside.csv mixed.csv
check "the others have numbers" test "$(printf '%s\n' "$OUT" | json draft | tr '\n' ' ')" = "1 null 2 "
stores 2 "two drafts"
check "the file of rejected rows is private" test "$(stat -c %a aside.csv)" = 600
exits 73 "the same once more, into the same file" draft --set-aside aside.csv mixed.csv
stores 2 "... is not stored"
exits 0 "... into another, to try" draft --dry-run --set-aside aside2.csv mixed.csv
has "... is told" "2 of 2 rows are of people who were there already: was this file read before?"
check "it holds the rejected row alone" test "$(wc -l <aside.csv)" = 2
sed 's/Bac 7/Bac/' aside.csv >mended.csv
exits 0 "the mended file" draft --json mended.csv
has "is accepted with the tail" '"outcome":"accepted","draft":3'
check "no number of a document anywhere in the home" \
    bash -c "for n in \$(sed 1d mixed.csv | cut -d, -f20); do ! grep -rqaF \$n center aside.csv || exit 1; done"

sed 's/$/,,,/' mended.csv | head -n 1 >trailing.csv
person 9 Ajú Ana | sed 's/$/,,,,/' >>trailing.csv
exits 0 "columns without a name" draft --dry-run trailing.csv
has "are told in few words" "numbers 27 to 29, without a name"

# What a spreadsheet did to a column it did to hundreds of rows: people are told once.
{
	echo "$HEADER"
	for i in 1 2 3 4 5 6; do person $i "Cac ${i//[1-6]/Tz}" "Ana" 1990-05-0$i 9,72E+12; done |
	    sed 's/9,72E+12/9.72E+12/; 2s/,F,GTM/,W,GTM/'
} >filled.csv
exits 65 "a fault of a whole column" draft --dry-run filled.csv
check "is told once" test "$(grep -c E-LENGTH <<<"$OUT")" = 1
has "... with its lines" "Lines 2-7"
has "... and beside it what one row has alone" "Line 3, row 2"
exits 65 "programs are told" draft --dry-run --json filled.csv
check "... of each row" test "$(grep -c E-LENGTH <<<"$OUT")" = 6
{ echo "$HEADER"; echo "Total,,,,,,,,,,,,,,,,,,,,,,,,"; } >total.csv
exits 65 "a sum below the rows" draft --dry-run total.csv
check "is told once, with its fields" test "$(grep -c E-MISSING <<<"$OUT")" = 1
has "... all of them" "Surnames (surnames), Date of birth (birthDate)"
exits 65 "programs are told of it" draft --dry-run --json total.csv
check "... field by field" test "$(grep -o E-MISSING <<<"$OUT" | wc -l)" = 11

# --- twins -------------------------------------------------------------------
{ echo "$HEADER"; person 1 "PEREZ XILOJ" marta; } >twin.csv
exits 0 "a twin of a draft: surnames exchanged, accents off" draft --json twin.csv
has "has the warning" W-DUPLICATE
has "and names the draft" "draft 1"
{ echo "$HEADER"; person 8 "Xiloj Pérez" Marta 1990-05-02 3775999995809; } >homonym.csv
exits 0 "a homonym with a card of their own" draft --json homonym.csv
has "passes" '"outcome":"accepted"'
exits 0 "approve all" approve --all --yes --out letters --json
check "but the twin" test "$(printf '%s\n' "$OUT" | json draft | tr '\n' ' ')" = "1 2 3 5 "
exits 0 "a twin of a letter" draft --json --dry-run twin.csv
has "is named by a look at the register" W-DUPLICATE
exits 0 "text for people" draft --dry-run twin.csv
has "with the line" "Line 2, row 1"
hasnt "and nothing of a file read twice" "read before"
check "wrapped where it is known how wide" test "$(COLUMNS=80 draft --dry-run twin.csv 2>/dev/null | wc -L)" -le 80
has "and what was done" "nothing was stored"
has "and both persons" "Perhaps the same person: letter GTGUA01-2026-000001-L"
has "by what they are alike" $'\n  the same document, name and birth date\n'
has "and that the names are written otherwise" "the same words, but in another order"
has "also in the warning" "as in draft 4: the same document, name and birth date; compare"
has "what differs is marked" "PEREZ XILOJ  *  Xiloj Pérez"
long="Xiloj Pérez de la Cruz y Tzul Ajanel"
{ echo "$HEADER"; person 31 "$long Ixcoy" Marta 1977-05-02 2775888895809; person 32 "$long Ixcóy" Marta 1977-05-02 2775888895809; } >long.csv
beside=$(WIDTH=80 on_terminal "" "sello-issue draft --home center --dry-run long.csv")
check "... also at the end of a long name" grep -q " Ixcóy  *Ixcoy" <<<"$beside"
check "... of which nothing is cut" bash -c '! grep -q …' <<<"$beside"
has "what does not is there too" "1990-05-02      1990-05-02"
{ echo "$HEADER"; person 3 Bac Juan 1992-05-02 | sed 's/,DOC,I,GTM,[0-9]*,/,DECLARED,,,,/'; person 4 BÁC JUAN 1992-05 | sed 's/,DOC,I,GTM,[0-9]*,/,DECLARED,,,,/'; } >lines.csv
exits 0 "twins in a file" draft --dry-run lines.csv
has "stand side by side" "this row"
has "the earlier one by its line" "line 2"
has "and by what" "line 2 of the file: the same name, and a birth date that may be the same; compare"
has "and what differs" "*  Bac"
{ echo "$HEADER"; person 3 Bac Juan 1992-05-02 | sed 's/,DOC,I,GTM,[0-9]*,/,DECLARED,,,,/'; person 4 Bac Juan 1990-05-02 | sed 's/,DOC,I,GTM,[0-9]*,/,DECLARED,,,,/'; } >year.csv
exits 0 "a year of birth that is two off" draft --dry-run year.csv
has "is a note" "letter GTGUA01-2026-000003-H, born 1990-05-02; perhaps one"
check "and no warning" test "$(printf '%s\n' "$OUT" | grep -c W-DUPLICATE)" = 1
{ echo "$HEADER"; person 7 "PEREZ XILOJ" Marta 1992-05-01 3775988885809; } >near.csv
exits 0 "the same with two documents" draft --dry-run near.csv
has "is a note, too" "another document and another year of birth: letter GTGUA01-2026-000001-L, born 1990-05-02; perhaps the same person"
hasnt "and no warning" W-DUPLICATE
sed 's/1992-05-01/1990-02-05/' near.csv >day.csv
exits 0 "day and month exchanged" draft --dry-run day.csv
has "is a note of the day" "another document and another day of birth: letter GTGUA01-2026-000001-L, born 1990-05-02"
sed 's/1992-05-01/1994-05-01/' near.csv >far.csv
exits 0 "but not four years" draft --dry-run far.csv
hasnt "without a note" "Note:"
exits 0 "the draft itself" sello-issue show --home center 4
has "in all its fields" "PEREZ XILOJ"
has "with whom it looks like" "Perhaps the same person"
hasnt "... once" "W-DUPLICATE: This looks"
has "beside the letter" "*  Xiloj Pérez"
has "and its state" "Draft 4 by OF1007"
exits 0 "the same for programs" sello-issue show --home center 4 --json
has "has its letter" '"draft":4,"state":"pending","officer":"OF1007"'
has "and who is alike" '"alike":[{"letterNumber":"GTGUA01-2026-000001-L","surnames":"Xiloj Pérez","givenNames":"Marta","birthDate":"1990-05-02","match":"same"}'
exits 0 "one that became a letter" sello-issue show --home center 2
has "says which" "It became letter GTGUA01-2026-000002-J"
exits 66 "no such draft" sello-issue show --home center 99

# --- finding them again ---------------------------------------------------------
find() { sello-issue find --home center "$@"; }
list() { sello-issue list --home center "$@"; }
lines() { # N "what": the last output has N lines
	check "$2" test "$(printf '%s' "$OUT" | grep -c .)" = "$1"
}
exits 0 "find by surnames exchanged, accents off" find perez xiloj --json
lines 3 "finds two letters and a draft"
has "a letter by its number" '"letterNumber":"GTGUA01-2026-000001-L","state":"issued","issuedAt":"20'
has "a draft by its own" '"draft":4,"row":"1","officer":"OF1007","state":"pending","issuedAt":null,"surnames":"PEREZ XILOJ","givenNames":"marta","birthDate":"1990-05-02"'
exits 0 "find what is written with another letter" env COLUMNS=80 sello-issue find --home center peres marta
has "says that it is near" "near to it"
exits 0 "find by birth date" find 1990-05-02
has "says so" "Born 1990-05-02:"
hasnt "and nothing else" "Issued on"
exits 0 "find by day of issue" find xiloj "$(date -u +%F)" --json
has "says so to programs" '"match":"issuedAt"'
exits 66 "find nobody" find Nadie
has "says what to try" "try one surname"
exits 64 "a date of another form" find 02/05/1990
exits 0 "list in 80 columns" env COLUMNS=80 sello-issue list --home center
has "has a header and names" "Xiloj Pérez, Marta"
check "and no longer line" test "$(printf '%s\n' "$OUT" | wc -L)" -le 80
exits 0 "list by state" list --state pending --json
lines 1 "has the draft that waits"
exits 64 "a letter's state of drafts" list --drafts --state issued
exits 0 "list by officer, consulate and day" list --json --officer AP2003 \
    --consulate ES-GTGUA --from "$(date -u +%F)" --to "$(date -u +%F)"
lines 4 "has all letters"
exits 0 "list of yesterday" list --json --to "$(day yesterday)"
lines 0 "has none"
here=$(TZ=Pacific/Kiritimati date +%F)
exits 0 "days are those of the clock here" env TZ=Pacific/Kiritimati \
    sello-issue list --home center --from "$here" --to "$here"
has "... in the table, too" "  $here  "
exits 64 "days the wrong way" list --from 2026-11-24 --to 2026-11-23
exits 0 "what ends within 89 days" list --ending 89 --json
lines 0 "is none"
exits 0 "within 90" list --ending 90 --json
lines 4 "are all"
exits 0 "no appointments" list --appointments ES-GTGUA --json
lines 0 "are none"
exits 64 "a day without appointments" list 2026-12-03
empty() { # "what" option...: nothing for programs that read, a word for people
	exits 0 "$@"
	has "is said to be empty" "Nothing in this list."
	check "and no line is in it" test -z "$("${@:2}" 2>/dev/null)"
}
empty "no appointments of a day" list --appointments es-gtgua 2026-12-03
empty "no drafts unsigned" list --state unsigned
exits 64 "a consulate that the program does not name" list --consulate ES-XX
has "by its code" "ES-XX: The program's list does not name this consulate"
exits 64 "nor for its appointments" list --json --appointments ES-XX
exits 64 "nor for its drafts" list --drafts --csv none.csv --consulate ES-XX
check "of which no file is written" test ! -e none.csv
exits 0 "a list for a spreadsheet" env TZ=America/Guatemala sello-issue list --home center --csv list.csv
check "... has times by the clock here, with their zone" grep -qE ',20[0-9-]+ [0-9:]{5},20.*"?CST \(UTC-06:00\)' list.csv
has "said to hold personal data" "personal data"
check "for its owner" test "$(stat -c %a list.csv)" = 600
check "with mark and line ends" test "$(head -c 15 list.csv)$(grep -c $'\r$' list.csv)" = $'\xef\xbb\xbf'letterNumber5
exits 73 "another in its place" list --drafts --csv list.csv
exits 64 "no file" list --csv -
exits 0 "when told to" list --drafts --csv list.csv --overwrite

# --- the card that is read aloud -------------------------------------------------
exits 0 "a card" sello-issue card --home center --paper a4 card.pdf
exits 0 "is a PDF" pdftotext -raw card.pdf -
has "in plain Spanish" "La carta es gratis"
has "with the number to call" "+50212345678"
hasnt "that is not called free" "Llamar desde"
hasnt "for consulates of any country" "España"
check "of one page" test "$(pdfinfo card.pdf | sed -n 's/^Pages: *//p')" = 1
exits 73 "and is kept" sello-issue card --home center --paper letter card.pdf
exits 64 "on no other paper" sello-issue card --home center --paper a5 x.pdf

# --- files that cannot be used -----------------------------------------------
before=$(count)
broken() { # "what" TEXT: bad.csv is refused with 65 and the text
	exits 65 "$1" draft bad.csv
	has "$1: said so" "$2"
}
: >bad.csv; broken "an empty file" "empty"
echo "$HEADER" >bad.csv; broken "a header and no rows" "no rows"
{ cat homonym.csv; printf 'x\0y\n'; } >bad.csv; broken "a NUL" "line 3"
iconv -f UTF-8 -t ISO-8859-1 homonym.csv >bad.csv; broken "Latin-1" "UTF-8"
{ cat homonym.csv; echo '9,"GTGUA01,x'; echo 10,GTGUA01; } >bad.csv
broken "a quote that is never closed" "line 3"
sed '1s/surnames/nombre/' homonym.csv >bad.csv; broken "a column missing" "surnames"
truncate -s 1G bad.csv; broken "a gigabyte" "larger"
rm bad.csv
exits 66 "no such file" draft bad.csv
stores "$before" "none of them stored anything"
exits 0 "standard input" bash -c "sello-issue draft --home center --dry-run - <homonym.csv"
exits 77 "a wrong passphrase, also in a dry run" sello-issue draft --home center \
    --dry-run --as OF1007 --passphrase-file pass/approver homonym.csv
exits 64 "nobody named" sello-issue draft --home center homonym.csv

# --- what spreadsheets leave behind -------------------------------------------
KNOWN="Fila;Idioma;Línea del programa;Acción solicitada;Consulado;Destino;Apellidos;NOMBRES;fecha_de_nacimiento;Nacionalidad;Prueba de identidad;Válida desde;Válida hasta"
spanish() { # ROW SURNAMES BIRTH [FROM]: a person below $KNOWN
	printf '%s;es;HUM;INFORMATION;ES-GTGUA;ESP;%s;Ana;%s;XXB;DECLARED;%s;%s\n' \
	    "$1" "$2" "$3" "${4:-$(day '1 day ago')}" "$(day '90 days')"
}
{ printf 'sep=;\n%s\n' "$KNOWN"; spanish 1 "Pérez–Qꞌanil" 1984; } >labels.csv
exits 0 "columns by their labels, no case reference, an en dash, a saltillo" draft --json labels.csv
ODD=$(printf '%s\n' "$OUT" | json draft)
iconv -t UTF-16 labels.csv >wide.csv
exits 0 "the same in UTF-16" draft --dry-run --json wide.csv
exits 0 "the letter is signed" approve "$ODD" --yes --out letters --json
exits 1 "and read by the post from its paper" sello-verify check --home post --json "$(printf '%s\n' "$OUT" | json pdf)"
has "with the name as a letter writes it" "\"surnames\":\"Pérez-Q'anil\""
has "and the paper's code" '"nationality":["XXB"]'
NUMBER=$(printf '%s\n' "$OUT" | json letterNumber)
CASE=$(printf '%s\n' "$OUT" | grep -o '"caseReference":"[A-Z2-7]*"')
sed 's/1984/1985/' labels.csv >corrected.csv
exits 0 "its correction, without a case reference" sello-issue correct --home center \
    --as OF1007 --passphrase-file pass/drafter --json "$NUMBER" corrected.csv
exits 0 "is approved" approve "$(printf '%s\n' "$OUT" | json draft)" --yes --out letters --json
exits 1 "and read" sello-verify check --home post --json "$(printf '%s\n' "$OUT" | json xml)"
has "in the case of the old letter" "$CASE"
check "and a case reference" bash -c '[[ $1 =~ \"caseReference\":\"[A-Z2-7]{10}\" ]]' _ "$OUT"
before=$(count)
{ echo "Semana 48;;"; echo "$KNOWN"; spanish 1 Paz 1984; } >bad.csv
broken "a title" "line 2 names the columns"
{ echo "$KNOWN;dependents"; echo "$(spanish 1 Paz 1984);Eva|2015|CHILD"; } >near.csv
exits 65 "a column's name that is near a known one" draft --json near.csv
has "is told to programs" '"row":null,"line":1,"outcome":"rejected"'
has "with code and field" '"code":"E-CSV","field":"dependants"'
has "and to people" "--ignore-column"
exits 0 "unless it is to be passed over" draft --dry-run --ignore-column Dependents near.csv
{ echo "$KNOWN"; for i in 1 2 3; do spanish $i Paz$'\xc3\xad' "1$i/03/1991"; done; } >dates.csv
exits 65 "dates as a spreadsheet shows them" draft dates.csv
check "are told once" test "$(printf '%s\n' "$OUT" | grep -c E-DATE)" = 1
has "with the way to read them" "--dates dmy"
exits 0 "read with the day first" draft --dry-run --dates dmy dates.csv
has "and said how" "11/03/1991: read with the day first, as 11 March 1991 (1991-03-11)"
exits 64 "an order that is none" draft --dates ymd dates.csv
stores "$before" "none of them stored anything"
exits 0 "an empty table" sello-issue template people.csv
exits 65 "of which nobody can be drafted yet" draft people.csv
has "holds no person" "no rows"
# by the key behind each column's name; the others stay empty
cat >values <<END
row 1
language es
pathway LCI
requestedAction APPOINTMENT
consulate ES-GTGUA
destination ESP
surnames Xiloj
givenNames Ana
birthDate 1990
sex F
nationality GTM
identityBasis DOC
validFrom $(day 'today')
validUntil $(day '9 days')
END
for lang in es fr pt ht; do
	exits 0 "in $lang" sello-issue template --lang $lang $lang.csv
	check "... its columns have names of $lang, and the key" \
	    grep -q '^.*,[^,]* (surnames),.* (validUntil)' $lang.csv
	{
		head -n 1 $lang.csv
		head -n 1 $lang.csv | awk '
			NR == FNR { value[$1] = $2; next }
			{
				n = split($0, name, ",")
				for (i = 1; i <= n; i++) {
					gsub(/^.*\(|\)\r?$/, "", name[i])
					printf "%s%s", (i > 1 ? "," : ""), value[name[i]]
				}
				print ""
			}' values -
	} >one.csv
	exits 0 "... which are known" draft --dry-run one.csv
	hasnt "... each of them" W-COLUMN
done
exits 73 "and is kept" sello-issue template --format ods people.csv
exits 0 "a spreadsheet with the center's own codes" sello-issue template --home center --json people.ods
has "by its name" '"format":"ods"'
exits 64 "another format" sello-issue template --format xls x.xls
exits 64 "another format, by its name" sello-issue template x.xlsx

# --- a second writer ---------------------------------------------------------
exec 9>>center/register.lock
flock 9
exits 75 "somebody else is writing" draft homonym.csv
exits 0 "a dry run does not mind" draft --dry-run homonym.csv
exec 9>&-

# --- many rows ---------------------------------------------------------------
# more of them are nothing new to AddressSanitizer
rows=2000
[ "${SELLO_TORTURE:-}" ] && rows=5000
sanitized && rows=500
awk -v rows=$rows -v header="$HEADER" -v from="$(day '1 day ago')" -v until="$(day '90 days')" '
BEGIN {
	print header
	for (i = 0; i < rows; i++) {
		name = ""
		for (k = i + 17576; k > 0; k = int(k / 26))
			name = name sprintf("%c", 97 + k % 26)
		printf "%d,,,es,HUM,,INFORMATION,ES-GTGUA,ESP,%s,X%s,,19%02d,,,GTM,DECLARED,,,,,,,%s,%s\n",
		    i, substr("AAAAAAAAAA" toupper(name), length(name) + 1), name,
		    50 + i % 50, from, until
	}
}' >many.csv
start=$(date +%s)
exits 0 "$rows rows" draft --json many.csv
check "all are accepted" test "$(printf '%s\n' "$OUT" | grep -c '"outcome":"accepted"')" = $rows
check "in less than a minute, or five on a busy machine" test $(($(date +%s) - start)) -lt 300
check "progress is silent when piped" test -z "$ERR"
stores $((before + rows)) "all are stored"
{ cat many.csv; echo "x,y"; } >many-bad.csv
exits 65 "one bad row among $((rows + 1))" draft many-bad.csv
stores $((before + rows)) "takes all others with it"

# --- discarding --------------------------------------------------------------
exits 64 "discard without a reason" discard 4
exits 66 "discard with a draft that is not there" discard 4 999999 --reason x
check "discards none" test "$(drafts | sed -n 4p | json state)" = pending
exits 0 "discard" discard --json 4 --reason "the same person"
has "says so" '"draft":4,"state":"discarded"'
check "and the list as well" test "$(drafts | sed -n 4p | json state)" = discarded
exits 0 "it is shown" sello-issue show --home center 4
has "with who gave it up, and why" "Given up by OF1007"
hasnt "and no name" "PEREZ"
check "the person's data is gone" bash -c "! grep -rqa 'PEREZ XILOJ' center"
exits 65 "a draft that became a letter" discard 1 --reason x
exits 77 "an administrator may not" sello-issue discard --home center --as AD0001 \
    --passphrase-file pass/admin 6 --reason x

# --- a birth date that is not known, in the language of the screen -----------
{ echo "$HEADER"; person 77 Solís Ana unknown; } >unknown.csv
exits 0 "a birth date that is not known" draft unknown.csv
exits 0 "its list" sello-issue list --lang es --home center --drafts
has "... says so in Spanish" "desconocida"
hasnt "... not in the file's word" "unknown"
exits 0 "its list for programs" sello-issue list --home center --drafts --json
has "... has the file's word" '"birthDate":"unknown"'
done_testing
