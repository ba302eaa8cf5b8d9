/*
 * tables.c - spreadsheets that a center is handed, and reports that a post is
 * brought. Of a table the exit status of `draft --dry-run` is wanted, of a report
 * that of `import`.
 */
#include "tests/hostile/hostile.h"

#include "ledger/gossip.h"

#include <stdlib.h>
#include <string.h>

#define REFUSED "65" /* a row or the whole file */

static void
put(struct hostile *h, const char *group, const char *what, const char *ext,
    const struct bytes *file, const char *want)
{
	hostile_put(h, group, what, ext, file->at, file->len, want);
}

static void
repeat(struct bytes *out, const char *text, size_t count)
{
	while (count-- > 0)
		bytes_add_text(out, text);
}

/* --- tables -------------------------------------------------------------- */

#define HEADER                                                           \
	"row,center,program,language,pathway,requestedAction,consulate," \
	"destination,caseReference,surnames,givenNames,birthDate,sex,"   \
	"nationality,identityBasis,documentType,documentCountry,"        \
	"documentNumber,dependants,validFrom,validUntil\n"
#define ROW                                                                  \
	"1,GTGUA01,RRP-ES,es,LCI,APPOINTMENT,ES-GTGUA,ESP,Z4VWDDXS3J,Cucul," \
	"Elvira,1990-05-02,F,GTM,DOC,I,GTM,3775912345809,Ana|2011-04-09|CHILD"

static const struct {
	const char *what, *find, *put, *want;
} cells[] = {
	{ "as it is", "Cucul", "Cucul", "0" },
	{ "a formula", "Cucul", "=1+1", REFUSED },
	{ "a formula of a program", "Cucul", "=cmd|' /C calc'!A0", REFUSED },
	{ "a formula with +", "Cucul", "+1", REFUSED },
	{ "a formula with @", "Cucul", "@SUM(1)", REFUSED },
	{ "markup", "Cucul", "<script>alert(1)</script>", REFUSED },
	{ "SQL", "Cucul", "'); DROP TABLE draft; --", REFUSED },
	{ "a format", "Cucul", "%n%s%n", REFUSED },
	{ "escapes of a terminal", "Cucul", "\033[2J\033]0;x\a", REFUSED },
	{ "turned around", "Cucul",
	    "\xe2\x80\xae"
	    "Cucul",
	    REFUSED },
	{ "no width", "Cucul",
	    "Cu\xe2\x80\x8b"
	    "cul",
	    "0|" REFUSED },
	{ "Cyrillic", "Cucul", "\xd0\xa1ucul", REFUSED },
	{ "Latin-1", "Cucul", "Cuc\xfal", "0|" REFUSED },
	{ "overlong", "Cucul", "\xc0\xafucul", REFUSED },
	{ "a surrogate", "Cucul", "\xed\xa0\x80", REFUSED },
	{ "DEL", "Cucul",
	    "Cu\x7f"
	    "cul",
	    REFUSED },
	{ "a quote within", "Cucul", "Cu\"cul", REFUSED },
	{ "a quote without end", "Cucul", "\"Cucul", REFUSED },
	{ "a line feed in quotes", "Cucul", "\"Cu\ncul\"", "0" /* a space */ },
	{ "nothing", "Cucul", "", REFUSED },
	{ "spaces", "Cucul", "   ", REFUSED },
	{ "a cell more", "Cucul", "Cucul,Cucul", REFUSED },
	{ "a cell less", "Cucul,", "", REFUSED },
	{ "another center", "GTGUA01", "GTGUA02", REFUSED },
	{ "another program", "RRP-ES", "RRP-FR", REFUSED },
	{ "another consulate", "ES-GTGUA", "ES-XXXXX", REFUSED },
	{ "no language", ",es,", ",xx,", REFUSED },
	{ "no day", "1990-05-02", "1990-02-30", REFUSED },
	{ "a day to come", "1990-05-02", "2999-01-01", REFUSED },
	{ "a day of 10^9", "1990-05-02", "1000000000-01-01", REFUSED },
	{ "no country", "GTM,DOC", "ZZZ,DOC", REFUSED },
	{ "fifty countries", "GTM,DOC", "GTM;ITA;ESP;FRA;MEX;HND;SLV,DOC",
	    REFUSED },
	{ "a dependant without parts", "Ana|2011-04-09|CHILD", "Ana", REFUSED },
	{ "bars", "Ana|2011-04-09|CHILD", "||||||||||", REFUSED },
	{ "dependants of nothing", "Ana|2011-04-09|CHILD", ";;;;;;;;;;;;;;",
	    "0" /* none */ },
	{ "a bad case reference", "Z4VWDDXS3J", "Z4VWDDXS3", REFUSED },
	{ "a number in a name", "Elvira", "3775912345809", REFUSED },
	{ "a column twice", "surnames", "givenNames", REFUSED },
	{ "a column missing", ",surnames", "", REFUSED },
	{ "an unknown column", "row,", "row,password,", "0|" REFUSED },
	{ "an empty column", "row,", "row,,", "0|" REFUSED },
	{ "no header", HEADER, "", REFUSED },
	{ "two headers", HEADER, HEADER HEADER, REFUSED },
	{ "a NUL's escape", "Cucul", "Cu\\0cul", REFUSED },
};

static void
put_cells(struct hostile *h, const struct bytes *good)
{
	struct bytes file = { 0 };
	size_t i;

	for (i = 0; i < COUNT(cells); i++) {
		bytes_reset(&file);
		hostile_swap(good, cells[i].find, cells[i].put, &file);
		put(h, "csv", cells[i].what, "csv", &file, cells[i].want);
	}
	bytes_free(&file);
}

static void
put_large(struct hostile *h, const struct bytes *good)
{
	static const struct {
		const char *what, *find, *text;
		size_t count;
	} rows[] = {
		{ "a name of 81", "Cucul", "A", 81 },
		{ "a name of a MiB", "Cucul", "A", 1 << 20 },
		{ "a million columns", "row,", "x,", 1000000 },
		{ "a million cells", "Cucul", ",", 1000000 },
		{ "a million quotes", "Cucul", "\"\"", 500000 },
		{ "a thousand dependants", "Ana|2011-04-09|CHILD",
		    "Ana|2011-04-09|CHILD;", 1000 },
		{ "accents on accents", "Cucul", "\xcc\x81", 100000 },
	};
	struct bytes file = { 0 }, text = { 0 };
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		bytes_reset(&file);
		bytes_reset(&text);
		repeat(&text, rows[i].text, rows[i].count);
		hostile_swap(good, rows[i].find, (char *)text.at, &file);
		put(h, "csv", rows[i].what, "csv", &file, REFUSED);
	}
	bytes_reset(&file);
	repeat(&file, "\n", 1000000);
	put(h, "csv", "a million empty lines", "csv", &file, REFUSED);
	/* a column is compared with each name that it may be a slip of */
	bytes_reset(&file);
	for (i = 0; i < 256; i++)
		for (size_t k = 0; k < 60; k++)
			bytes_add_byte(&file,
			    k == 59 && i < 255
				? ','
				: (uint8_t)('a' + (i * 7 + k * k) % 20));
	put(h, "csv", "256 columns of long names", "csv", &file, REFUSED);
	bytes_reset(&file);
	bytes_add(&file, good->at, good->len);
	bytes_add(&file, "\0", 1);
	put(h, "csv", "a NUL", "csv", &file, REFUSED);
	bytes_reset(&file);
	put(h, "csv", "no byte", "csv", &file, REFUSED);
	memset(bytes_reserve(&file, 40 << 20), 'a', 40 << 20);
	file.len = 40 << 20;
	put(h, "csv", "40 MiB", "csv", &file, REFUSED);
	put(h, "csv", "a letter", "xml", &h->one.file, REFUSED);
	put(h, "csv", "a code", "txt", &h->one.code, REFUSED);
	bytes_reset(&file);
	bytes_add_text(&file, "PK\x03\x04");
	put(h, "csv", "a zip cut", "xlsx", &file, REFUSED);
	bytes_free(&file);
	bytes_free(&text);
}

static void
put_tables(struct hostile *h)
{
	struct bytes good = { 0 };
	const struct letter *l = &h->one.letter;

	bytes_addf(&good, HEADER ROW ",%s,%s\n", l->valid_from, l->valid_until);
	put_cells(h, &good);
	put_large(h, &good);
	bytes_free(&good);
}

/* --- reports ------------------------------------------------------------- */

static const struct {
	const char *what, *find, *put;
} report_swaps[] = {
	{ "another version", "sello-report/v1", "sello-report/v2" },
	{ "another post", "ES-GTGUA/7", "ES-GTGUA/8" },
	{ "another number", "-000001-", "-000002-" },
	{ "another flag", " - ", " m " },
	{ "a flag that is none", " - ", " z " },
	{ "two spaces", "seen ", "seen  " },
	{ "a word that is none", "seen ", "been " },
	{ "CR LF", "\nseen", "\r\nseen" },
	{ "a minus for a dash", "\xe2\x80\x94", "-" },
	{ "marked UTF-8", "sello-report", "\xef\xbb\xbfsello-report" },
	{ "no empty line", "\n\n", "\n" },
	{ "two empty lines", "\n\n", "\n\n\n" },
};

static void
make_report(
    struct hostile *h, struct realm_post *post, size_t count, struct bytes *out)
{
	struct gossip_shown seen = { .issued_at = h->now - 6600,
		.day = h->now / 86400 };
	struct bytes text = { 0 };
	struct errtext err = { 0 };
	size_t i;

	memcpy(seen.number, h->one.letter.number, sizeof(seen.number));
	gossip_begin(post->row.report.name, h->now, &text);
	for (i = 0; i < count; i++) {
		seen.digest[0] = (uint8_t)i;
		gossip_add_shown(&seen, &text);
	}
	hostile_must(gossip_sign(&text, &post->row.report, post->report, out,
			 &err) == ERR_OK,
	    err.text);
	bytes_free(&text);
}

/* Of a post that nobody listed: none of it counts. */
static void
put_reports(struct hostile *h)
{
	struct realm_post *post = realm_add_post(&h->realm, "ES-GTGUA/7");
	struct bytes report = { 0 }, file = { 0 };
	size_t i;

	make_report(h, post, 1, &report);
	put(h, "reports", "of an unlisted post", "txt", &report, "2");
	for (i = 0; i < COUNT(report_swaps); i++) {
		bytes_reset(&file);
		hostile_swap(
		    &report, report_swaps[i].find, report_swaps[i].put, &file);
		put(h, "reports", report_swaps[i].what, "txt", &file, "2");
	}
	for (i = 0; i < 10; i++) {
		bytes_reset(&file);
		bytes_add(&file, report.at, report.len * i / 10);
		put(h, "reports", "cut", "txt", &file, "2");
	}
	bytes_reset(&file);
	make_report(h, post, 3000, &file);
	put(h, "reports", "of 3000 letters", "txt", &file, "2");
	bytes_reset(&file);
	repeat(&file, (char *)report.at, 2);
	put(h, "reports", "twice", "txt", &file, "2");
	repeat(&file, "\xe2\x80\x94 a AAAA\n", 100000);
	put(h, "reports", "a hundred thousand signatures", "txt", &file, "2");
	memset(bytes_reserve(&file, 30 << 20), 0, 30 << 20);
	file.len += 30 << 20;
	put(h, "reports", "30 MiB", "txt", &file, "2");
	put(h, "reports", "a letter", "xml", &h->one.file, "2");
	put(h, "reports", "a code", "txt", &h->one.code, "2");
	bytes_free(&report);
	bytes_free(&file);
}

void
hostile_tables(struct hostile *h)
{
	put_tables(h);
	put_reports(h);
}
