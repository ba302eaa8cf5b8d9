/*
 * The printed letter, looked at by other programs: pdftotext, pdffonts,
 * pdfinfo, pdfdetach, pdftoppm (poppler), qpdf, zbarimg, ZXingReader.
 */
#include "sheet/sheet.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/sanitized.h"
#include "tests/support/run.h"

#include "base/i18n.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MM_PT (72 / 25.4)

/* 80 characters each, with letters of two and three bytes */
#define LONG_WORDS                                                  \
	"Hernández-Montenegro de la Santísima Trinidad y Ajq'ij " \
	"Wëllingtòn Ẅak Pérez Ñ."
#define LONG_WORD                                                         \
	"MaríadelosÁngelesGuadalupeEsperanzaConcepciónRemediosSoledad" \
	"MercedesTrinidadÜñÉÿ"

static const char *const languages[] = { "es", "en", "fr", "pt", "ht" };
static const char catalogue[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgid \"Surnames\"\nmsgstr \"%s-Surnames\"\n"
    "msgid \"This letter is free.\"\nmsgstr \"%s-free.\"\n"
    "msgid \"Only the consulate reads this code. It contains no link.\"\n"
    "msgstr \"%s-code.\"\n"
    "msgid \"Spain\"\nmsgstr \"%s-Spain\"\n"
    "msgid \"Page %%d of %%d\"\nmsgstr \"Page %%d of %%d as made in %s\"\n"
    "msgid \"Copy %%d\"\nmsgstr \"%s-Copy %%d\"\n";

/* A catalogue per language in which every text shows its language; made once
 * for all tests. */
static void
make_catalogues(void)
{
	struct bytes text = { 0 };
	char command[160], cwd[128];
	size_t i;

	run_folder();
	for (i = 0; i < 5; i++) {
		const char *l = languages[i];

		bytes_reset(&text);
		bytes_addf(&text, catalogue, l, l, l, l, l, l);
		run_put("c.po", text.at, text.len);
		snprintf(command, sizeof(command),
		    "mkdir -p l/sello/LC_MESSAGES && "
		    "msgfmt -o l/sello/LC_MESSAGES/sello-%s.mo c.po",
		    l);
		ck_assert_int_eq(run(command, NULL), 0);
	}
	bytes_free(&text);
	i18n_init();
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof(cwd)));
	snprintf(command, sizeof(command), "%s/l", cwd);
	i18n_catalogues(command);
}

/* A code of `len` characters; its text in out. */
static void
make_symbol(size_t len, struct symbol *symbol, struct bytes *text)
{
	uint32_t x = 1;

	bytes_add_text(text, "SELLO");
	while (text->len < len) {
		x = x * 1103515245 + 12345;
		bytes_add_byte(text,
		    (uint8_t) "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[x >> 27]);
	}
	ck_assert_int_eq(
	    symbol_make((const char *)text->at, symbol, NULL), ERR_OK);
}

static struct sheet_options
make_options(void)
{
	struct sheet_options o = { .copy = 1 };

	o.labels.program_name = "Programa de Rutas Regulares";
	o.labels.center_name = "Centro de Selección de Guatemala";
	o.labels.hotline = "+50212345678";
	o.labels.consulate_name = "Consulado General de España en Guatemala";
	o.labels_es = o.labels;
	return o;
}

/* One sheet with all that was used to make it. */
struct made {
	struct letter letter;
	struct sheet_options options;
	struct symbol symbol;
	struct bytes text, xml, pdf;
};

static void
start(struct made *m)
{
	memset(m, 0, sizeof(*m));
	sample_letter(&m->letter);
	m->options = make_options();
}

static void
fill_up(struct letter *letter)
{
	size_t i;

	strcpy(letter->surnames, LONG_WORDS);
	strcpy(letter->given_names, LONG_WORD);
	letter->dependant_count = LETTER_DEPENDANT_MAX;
	for (i = 0; i < LETTER_DEPENDANT_MAX; i++) {
		letter->dependant[i] = letter->dependant[0];
		strcpy(letter->dependant[i].name, LONG_WORDS);
		letter->dependant[i].name[0] = (char)('A' + i);
	}
}

/* Print it, its code holding code_len characters, to sheet.pdf. */
static void
print(struct made *m, size_t code_len)
{
	struct errtext err = { 0 };
	enum err rc;

	bytes_free(&m->pdf);
	bytes_reset(&m->text);
	make_symbol(code_len, &m->symbol, &m->text);
	bytes_reset(&m->xml);
	bytes_addf(&m->xml, "<ReferralLetter>%zu</ReferralLetter>", code_len);
	rc = sheet_pdf(
	    &m->letter, &m->symbol, &m->xml, &m->options, &m->pdf, &err);
	ck_assert_msg(rc == ERR_OK, "%s", err.text);
	run_put("sheet.pdf", m->pdf.at, m->pdf.len);
}

static void
finish(struct made *m)
{
	bytes_free(&m->text);
	bytes_free(&m->xml);
	bytes_free(&m->pdf);
}

/* What a command prints, without any white space; free with bytes_free(). */
static struct bytes
squeezed(const char *command)
{
	struct bytes all = { 0 }, out = { 0 };
	size_t i;

	ck_assert_int_eq(run(command, &all), 0);
	for (i = 0; i < all.len; i++)
		if (!isspace(all.at[i]) && all.at[i] != '\f')
			bytes_add_byte(&out, all.at[i]);
	bytes_free(&all);
	return out;
}

/* Is text there, whatever white space was put within? */
static bool
is_in(const struct bytes *squeezed_text, const char *text)
{
	struct bytes want = { 0 };
	bool found;

	for (; *text != '\0'; text++)
		if (!isspace((unsigned char)*text) && *text != *SPANISH_SIGN)
			bytes_add_byte(&want, (uint8_t)*text);
	found =
	    strstr((char *)squeezed_text->at, (const char *)want.at) != NULL;
	bytes_free(&want);
	return found;
}

static void
check_value(const struct made *m, const struct bytes *page,
    const struct field *field, const void *record)
{
	char value[LABELS_VALUE_SIZE];

	labels_value_bilingual(m->letter.language, field, record,
	    &m->options.labels, &m->options.labels_es, value, sizeof(value));
	ck_assert_msg(is_in(page, value), "%s: %s is not on the sheet",
	    m->letter.language, value);
}

/* Every signed field but the salt, in the table's order. */
static void
check_all_values(const struct made *m)
{
	struct bytes page = squeezed("pdftotext -raw sheet.pdf -");
	size_t i, n;

	for (i = 0; i < FIELD_COUNT; i++) {
		const struct field *field = &field_table[i];

		if (field->kind == KIND_SALT || field->kind == KIND_TRUE ||
		    field->kind == KIND_DEPENDANTS ||
		    field_get(field, &m->letter)[0] == '\0')
			continue;
		check_value(m, &page, field, &m->letter);
		ck_assert(
		    is_in(&page, labels_field(m->letter.language, field)));
	}
	for (n = 0; n < m->letter.dependant_count; n++)
		for (i = 0; i < FIELD_DEPENDANT_COUNT; i++)
			check_value(m, &page, &field_dependant[i],
			    &m->letter.dependant[n]);
	bytes_free(&page);
}

static int
page_count(void)
{
	struct bytes out = { 0 };
	int pages;

	ck_assert_int_eq(
	    run("pdfinfo sheet.pdf | sed -n 's/^Pages: *//p'", &out), 0);
	pages = atoi((char *)out.at);
	bytes_free(&out);
	return pages;
}

/*
 * The smallest box in mm around all ink of all pages, from the top left of
 * the paper; at 100 dpi, which is a quarter of a millimetre.
 */
struct box {
	double left, top, right, bottom;
};

static void
grow(struct box *box, double x, double y)
{
	box->left = x < box->left ? x : box->left;
	box->right = x > box->right ? x : box->right;
	box->top = y < box->top ? y : box->top;
	box->bottom = y > box->bottom ? y : box->bottom;
}

static struct box
ink(void)
{
	struct box box = { 1e9, 1e9, 0, 0 };
	struct bytes pgm = { 0 };
	char name[32];
	int page, pages = page_count(), width, height, at, i;

	ck_assert_int_eq(run("pdftoppm -r 100 -gray sheet.pdf page", NULL), 0);
	for (page = 1; page <= pages; page++) {
		bytes_reset(&pgm);
		snprintf(name, sizeof(name), "page-%d.pgm", page);
		run_get(name, &pgm);
		ck_assert_int_eq(sscanf((char *)pgm.at, "P5 %d %d 255%n",
				     &width, &height, &at),
		    2);
		for (i = 0; i < width * height; i++)
			if (pgm.at[at + 1 + i] < 160)
				grow(&box, i % width * .254, i / width * .254);
	}
	bytes_free(&pgm);
	return box;
}

/* Dots per inch at which a code is read: what an office's scanner is set to, and
 * half as much to look at as 300. */
#define CODE_DPI 200

/* Where ZXing sees the code's corners on page 1, in mm: in what
 * check_code_reads() left, at CODE_DPI. */
static struct box
code_box(void)
{
	struct box box = { 1e9, 1e9, 0, 0 };
	struct bytes out = { 0 };
	char *at;
	double x, y;
	int n;

	ck_assert_int_eq(run("ZXingReader -format QRCode code.pgm | "
			     "sed -n 's/^Position: *//p'",
			     &out),
	    0);
	ck_assert_ptr_nonnull(out.at);
	for (at = (char *)out.at; sscanf(at, "%lfx%lf%n", &x, &y, &n) == 2;
	     at += n)
		grow(&box, x * 25.4 / CODE_DPI, y * 25.4 / CODE_DPI);
	ck_assert_double_gt(box.right, 0);
	bytes_free(&out);
	return box;
}

static void
check_code_reads(const struct made *m, int dpi)
{
	struct bytes out = { 0 };
	char command[200];

	snprintf(command, sizeof(command),
	    "pdftoppm -r %d -gray -singlefile sheet.pdf code && "
	    "zbarimg -q --raw code.pgm",
	    dpi);
	ck_assert_int_eq(run(command, &out), 0);
	ck_assert_uint_eq(out.len, m->text.len + 1);
	ck_assert(memcmp(out.at, m->text.at, m->text.len) == 0);
	bytes_free(&out);
}

/* ---- what is on it ------------------------------------------------------ */

START_TEST(every_field_is_on_one_page)
{
	struct made m;

	start(&m);
	strcpy(m.letter.language, languages[_i / 2]);
	m.options.paper = _i % 2 ? PAPER_A4 : PAPER_LETTER;
	print(&m, 310);
	check_all_values(&m);
	ck_assert_int_eq(page_count(), 1);
	finish(&m);
}
END_TEST

START_TEST(values_stand_in_the_verifier_s_order)
{
	static const char *const order[] = { "GTGUA01-2025-000417-P", "RRP-ES(",
		"2026-11-23T18:00:00Z", "2026-12-13", "2027-06-11", "OF1007",
		"AP2003", "ES-GTGUA", "ESP(", "Q'anilBatz", "RigobertaMaría",
		"1990(", "GTM(Guatemala),ITA", "DOC(", "4580", "ÓscarIcalPop",
		"2011-04-09", "CHILD", "Xul", "LCI(", "GECCO-2026-00433",
		"APPOINTMENT", "Z4VWDDXS3J", "2027-02-04" };
	struct bytes page;
	struct made m;
	char *at;
	size_t i;

	start(&m);
	print(&m, 310);
	page = squeezed("pdftotext -raw sheet.pdf -");
	at = (char *)page.at;
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		at = strstr(at, order[i]);
		ck_assert_msg(at != NULL, "%s", order[i]);
	}
	bytes_free(&page);
	finish(&m);
}
END_TEST

START_TEST(the_holder_s_language_comes_first)
{
	struct bytes page;
	struct made m;

	start(&m);
	strcpy(m.letter.language, "fr");
	m.options.copy = 3;
	print(&m, 310);
	page = squeezed("pdftotext -raw sheet.pdf -");
	ck_assert(is_in(&page, "fr-Surnames / es-Surnames"));
	ck_assert(is_in(&page, "ESP (fr-Spain / es-Spain)"));
	ck_assert(is_in(&page, "fr-Copy 3 / es-Copy 3"));
	ck_assert(is_in(&page, "fr-free."));
	ck_assert(is_in(&page, "es-free."));
	bytes_free(&page);
	strcpy(m.letter.language, "es");
	print(&m, 310);
	page = squeezed("pdftotext -raw sheet.pdf -");
	ck_assert(is_in(&page, "es-Surnames Q'anil"));
	ck_assert(is_in(&page, "es-Copy 3"));
	ck_assert(is_in(&page, "ESP (es-Spain)"));
	ck_assert(!is_in(&page, "/ es-"));
	bytes_free(&page);
	finish(&m);
}
END_TEST

/* Nobody pays for it, whom to call, in the top third. */
START_TEST(says_at_the_top_that_it_is_free)
{
	struct bytes top;
	struct made m;

	start(&m);
	strcpy(m.letter.language, "en");
	print(&m, 310);
	top = squeezed("pdftotext -raw -x 0 -y 0 -W 612 -H 264 sheet.pdf -");
	ck_assert(is_in(&top, "en-free."));
	ck_assert(is_in(&top,
	    "Nobody may ask you for money for it. It is not a visa or an ID. "
	    "Only the consulate reads the code; it contains no link. "
	    "Asked for money? Call +50212345678."));
	ck_assert(is_in(&top, "Telephone: +50212345678"));
	ck_assert(!is_in(&top, "Call free"));
	ck_assert(is_in(&top, m.options.labels.center_name));
	ck_assert(is_in(&top, m.options.labels.program_name));
	bytes_free(&top);
	/* free only where it is, and said so */
	m.options.labels.hotline = m.options.labels_es.hotline =
	    "+50212345678;free";
	print(&m, 310);
	top = squeezed("pdftotext -raw -x 0 -y 0 -W 612 -H 264 sheet.pdf -");
	ck_assert(is_in(&top, "Telephone, free: +50212345678"));
	ck_assert(is_in(&top,
	    "Asked for money? Call free +50212345678 (charged from abroad)."));
	bytes_free(&top);
	/* without a hotline no one is told to call */
	m.options.labels.hotline = m.options.labels_es.hotline = NULL;
	print(&m, 310);
	top = squeezed("pdftotext -raw sheet.pdf -");
	ck_assert(!is_in(&top, "Call"));
	ck_assert(!is_in(&top, "Telephone"));
	bytes_free(&top);
	finish(&m);
}
END_TEST

/* What is asked for, in one sentence in each language; a count of its own. */
START_TEST(says_in_words_what_is_asked_for)
{
	static const struct {
		const char *action, *words;
	} asked[] = {
		{ "APPOINTMENT", "%s We ask you to give %s an appointment." },
		{ "RECEIVE_APPLICATION",
		    "%s We ask you to receive the application of %s." },
		{ "DOCUMENT_INTAKE",
		    "%s We ask you to take in the documents of %s." },
		{ "INFORMATION", "%s We ask you to give information to %s." },
	};
	static const char *const persons[] = { "Rigoberta María Q'anil Batz",
		"Rigoberta María Q'anil Batz and 1 dependant",
		"Rigoberta María Q'anil Batz and 2 dependants" };
	char want[400];
	struct bytes page;
	struct made m;

	start(&m);
	strcpy(m.letter.requested_action, asked[_i].action);
	m.letter.dependant_count = (size_t)_i % 3;
	print(&m, 310);
	page = squeezed("pdftotext -raw sheet.pdf -");
	snprintf(want, sizeof(want), asked[_i].words,
	    m.options.labels.consulate_name, persons[_i % 3]);
	ck_assert_msg(is_in(&page, want), "%s", want);
	ck_assert(is_in(&page, "Stamp and signature"));
	bytes_free(&page);
	/* not known by name, and with one name only */
	m.options.labels.consulate_name = NULL;
	m.letter.given_names[0] = '\0';
	m.letter.dependant_count = 0;
	print(&m, 310);
	page = squeezed("pdftotext -raw sheet.pdf -");
	snprintf(
	    want, sizeof(want), asked[_i].words, "ES-GTGUA", "Q'anil Batz");
	ck_assert(is_in(&page, want));
	bytes_free(&page);
	finish(&m);
}
END_TEST

/* Where the consulate is; when it was by the center's clock; its emblem, which
 * is black and disturbs no text. */
START_TEST(looks_like_a_ministry_s)
{
	struct bytes page, pgm = { 0 };
	struct made m;
	int width, height, at;

	start(&m);
	strcpy(m.letter.language, _i ? "en" : "es");
	m.options.labels.consulate_address = "4a avenida 12-34, zona 10";
	m.options.labels.timezone = "America/Guatemala";
	m.options.labels.emblem = "10 10 M 0 0 L 10 0 L 10 10 L 0 10 Z";
	m.options.labels_es = m.options.labels;
	print(&m, 310);
	check_all_values(&m);
	ck_assert_int_eq(page_count(), 1);
	page = squeezed("pdftotext -raw sheet.pdf -");
	ck_assert(is_in(&page,
	    "Consulado General de España en Guatemala · 4a avenida 12-34, "
	    "zona 10 We ask"));
	ck_assert(is_in(&page, "12:00 UTC-6 (2026-11-23T18:00:00Z)"));
	bytes_free(&page);
	ck_assert_int_eq(
	    run("pdftoppm -r 72 -gray -singlefile sheet.pdf page", NULL), 0);
	run_get("page.pgm", &pgm);
	ck_assert_int_eq(
	    sscanf((char *)pgm.at, "P5 %d %d 255%n", &width, &height, &at), 2);
	ck_assert_uint_lt(pgm.at[at + 1 + 50 * width + 60], 10);
	bytes_free(&pgm);
	finish(&m);
}
END_TEST

/* Words that could harm who carries the paper past a persecutor. */
START_TEST(says_nothing_of_asylum)
{
	static const char documents[] = "PIRTUBC";
	static const char *const pathways[] = { "RST", "HUM", "COM", "LCI",
		"LST", "LSK", "JSV", "FAM", "STU", "OTH" };
	struct bytes page;
	struct made m;
	size_t i;

	start(&m);
	for (i = 0; i < 10; i++) {
		m.letter.document_type[0] = documents[i % 7];
		strcpy(m.letter.pathway, pathways[i]);
		print(&m, 310);
		page = squeezed("pdftotext -raw sheet.pdf - | "
				"tr '[:upper:]' '[:lower:]'");
		ck_assert(is_in(&page, "gtgua01-2026"));
		ck_assert(!is_in(&page, "asyl"));
		ck_assert(!is_in(&page, "asil"));
		ck_assert(!is_in(&page, "refug"));
		bytes_free(&page);
	}
	finish(&m);
}
END_TEST

static double
number_after(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	ck_assert_ptr_nonnull(at);
	return atof(at + strlen(name));
}

/* The least height of the words that match, in points of type: DejaVu's
 * lines are 1.164 em high. */
static double
least_type(const char *pattern)
{
	struct bytes out = { 0 };
	char command[160], *line;
	double size, least = 1e9;

	snprintf(command, sizeof(command),
	    "pdftotext -bbox sheet.pdf - | grep -E '<word .*>(%s)<'", pattern);
	ck_assert_int_eq(run(command, &out), 0);
	for (line = strtok((char *)out.at, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		size = (number_after(line, "yMax=\"") -
			   number_after(line, "yMin=\"")) /
		    1.164;
		least = size < least ? size : least;
	}
	bytes_free(&out);
	return least;
}

START_TEST(long_names_are_whole_and_not_small)
{
	struct made m;

	start(&m);
	strcpy(m.letter.language, languages[_i]);
	fill_up(&m.letter);
	m.options.paper = _i % 2 ? PAPER_A4 : PAPER_LETTER;
	print(&m, 1400);
	check_all_values(&m);
	ck_assert_int_eq(page_count(), 2);
	ck_assert_double_ge(least_type("Santísima|Mercedes.*"), 9.99);
	ck_assert_double_ge(least_type(".+"), 8.99);
	check_code_reads(&m, CODE_DPI);
	finish(&m);
}
END_TEST

/* No word stands on another, on any page. */
static void
check_no_words_overlap(void)
{
	ck_assert_int_eq(
	    run("pdftotext -bbox sheet.pdf - | tr '\"' ' ' | "
		"awk '/<page/ {n = 0} /<word/ {for (i = 0; i < n; i++) "
		"if ($3 < c[i] - 2 && $7 > a[i] + 2 && $5 < d[i] - 4 && "
		"$9 > b[i] + 4) exit 1; "
		"a[n] = $3; b[n] = $5; c[n] = $7; d[n++] = $9}'",
		NULL),
	    0);
}

/* 128 characters, as many as a list may give a name or an address */
#define LONGEST                                                        \
	"Consulado General de España en la Ciudad de Quetzaltenango " \
	"para los Departamentos de Occidente y el Altiplano de "       \
	"Guatemala, C.A."

/* The texts that people read, at the length that they have. */
static void
real_setup(void)
{
	char command[256], source[128];
	size_t i;

	ck_assert_ptr_nonnull(getcwd(source, sizeof(source)));
	make_catalogues();
	for (i = 0; i < 5; i++) {
		snprintf(command, sizeof(command),
		    "msgfmt -o l/sello/LC_MESSAGES/sello-%s.mo %s/po/%s.po",
		    languages[i], source, languages[i]);
		ck_assert_int_eq(run(command, NULL), 0);
	}
}

/* A person with two dependants, in each language, with names as people have
 * them and all that a list says of a center and a consulate. */
static void
start_real(struct made *m, const char *language)
{
	start(m);
	strcpy(m->letter.language, language);
	strcpy(m->letter.surnames, "Xiloj Pérez de Hernández");
	strcpy(m->letter.given_names, "Marta Candelaria del Rosario");
	strcpy(m->letter.dependant[0].name, "Óscar Eduardo Ical Pop Caal");
	strcpy(m->letter.dependant[1].name, "María de los Ángeles Xiloj");
	strcpy(m->letter.dependant[1].birth_date, "1987-02-03");
	strcpy(m->letter.dependant[1].relationship, "SPOUSE");
	m->options.labels.hotline = "+50222334455;free";
	m->options.labels.consulate_address =
	    "6a calle 6-48, zona 9, Ciudad de Guatemala";
	m->options.labels.timezone = "America/Guatemala";
	m->options.labels.emblem = "10 10 M 0 0 L 10 0 L 10 10 L 0 10 Z";
	m->options.labels_es = m->options.labels;
}

/* A page at 300 dpi, of which the first 100 mm right of the margin count. */
struct scan {
	const uint8_t *at;
	int width, height, from, to;
};

/* How many points of a line are darker than this. */
static int
dark(const struct scan *scan, int y, int than)
{
	const uint8_t *line = scan->at + y * scan->width;
	int x, count = 0;

	for (x = scan->from; x < scan->to; x++)
		count += line[x] < than;
	return count;
}

/* Above and below each rule there is white: no accent and no descender meets
 * it. Rules are all that is dark from end to end. */
static void
check_rules_are_clear(void)
{
	struct bytes pgm = { 0 };
	int page, pages = page_count(), at, y, end, rules = 0;
	char name[32];
	struct scan s;

	ck_assert_int_eq(run("pdftoppm -r 300 -gray sheet.pdf rule", NULL), 0);
	for (page = 1; page <= pages; page++) {
		bytes_reset(&pgm);
		snprintf(name, sizeof(name), "rule-%d.pgm", page);
		run_get(name, &pgm);
		ck_assert_int_eq(sscanf((char *)pgm.at, "P5 %d %d 255%n",
				     &s.width, &s.height, &at),
		    2);
		s.at = pgm.at + at + 1;
		s.from = (int)(20 / 25.4 * 300);
		s.to = (int)(100 / 25.4 * 300);
		for (y = 1; y < s.height - 1; y = end + 1) {
			end = y;
			if (dark(&s, y, 240) < s.to - s.from)
				continue;
			while (dark(&s, end, 240) == s.to - s.from)
				end++;
			ck_assert_msg(dark(&s, y - 1, 128) == 0 &&
				dark(&s, end, 128) == 0,
			    "page %d, %.1f mm: ink on the rule", page,
			    y * 25.4 / 300);
			rules++;
		}
	}
	ck_assert_int_gt(rules, 25);
	bytes_free(&pgm);
}

/* From where values begin: in the column, in the one beside the code, or below
 * a label. */
static void
check_one_grid(void)
{
	ck_assert_int_eq(
	    run("test $(pdftotext -bbox sheet.pdf - | sed -nE "
		"'s/.*xMin=\"([0-9]*)\\..*>(OF1007|AP2003|ESP|DOC|4580|LCI|"
		"GECCO-2026-00433|APPOINTMENT|Z4VWDDXS3J)<.*/\\1/p' | "
		"sort -u | wc -l) -le 3",
		NULL),
	    0);
	/* these are short, and never pushed away */
	ck_assert_int_eq(
	    run("test $(pdftotext -bbox sheet.pdf - | sed -nE "
		"'s/.*xMin=\"([0-9]*)\\..*>(OF1007|AP2003)<.*/\\1/p' | "
		"sort -u | wc -l) = 1",
		NULL),
	    0);
}

START_TEST(the_common_letter_has_one_page)
{
	struct made m;

	start_real(&m, languages[_i]);
	/* it replaces none, and answers no offer; its day is not set yet */
	m.letter.supersedes[0] = m.letter.offer_reference[0] =
	    m.letter.appointment_date[0] = '\0';
	strcpy(m.letter.nationality, "GTM");
	m.options.paper = _i % 2 ? PAPER_A4 : PAPER_LETTER;
	print(&m, 350);
	ck_assert_int_eq(page_count(), 1);
	check_all_values(&m);
	ck_assert_double_ge(least_type(".+"), 8.99);
	check_no_words_overlap();
	check_rules_are_clear();
	check_one_grid();
	check_code_reads(&m, CODE_DPI);
	finish(&m);
}
END_TEST

/* Whatever there may be, with names as long as they may be: rather one page
 * more than rows that touch. */
START_TEST(rows_keep_their_distance)
{
	struct made m;

	start_real(&m, languages[_i % 5]);
	if (_i >= 5) {
		fill_up(&m.letter);
		m.letter.dependant_count = 2;
	}
	print(&m, _i >= 5 ? 700 : 390);
	ck_assert_int_le(page_count(), 2);
	check_all_values(&m);
	check_no_words_overlap();
	check_rules_are_clear();
	check_one_grid();
	finish(&m);
}
END_TEST

/* All at 14 points or more, the code as it always is, off the fold; rows in
 * order on as many pages as it takes. */
START_TEST(large_print_is_large)
{
	struct box box;
	struct made m;

	start(&m);
	strcpy(m.letter.language, languages[_i % 5]);
	if (_i % 2) {
		fill_up(&m.letter);
		m.options.labels.program_name = LONGEST;
		m.options.labels.consulate_name = LONGEST;
		m.options.labels.consulate_address = LONGEST;
		m.options.labels_es = m.options.labels;
	}
	m.options.large = true;
	m.options.training = _i == 2;
	m.options.paper = _i % 2 ? PAPER_A4 : PAPER_LETTER;
	print(&m, _i == 4 ? 3390 : _i % 2 ? 1400 : 310);
	check_all_values(&m);
	ck_assert_int_gt(page_count(), 1);
	ck_assert_double_ge(least_type(".+"), 13.99);
	check_no_words_overlap();
	box = ink();
	ck_assert_double_gt(box.left, m.options.training ? 5 : 12.5);
	ck_assert_double_lt(box.right, 215.9 - (_i % 2 ? 18 : 5));
	ck_assert_double_lt(box.bottom, 279.5);
	/* on whichever page */
	ck_assert_int_eq(
	    run("pdftoppm -r 200 -gray sheet.pdf code; "
		"for f in code-*.pgm; do zbarimg -q --raw $f >> found && "
		"cp $f one.pgm; done; test $(wc -l < found) = 1",
		NULL),
	    0);
	ck_assert_int_eq(
	    run("ZXingReader -format QRCode one.pgm "
		"| sed -n 's/^Position: *[0-9]*x\\([0-9]*\\).*/\\1/p' | "
		"awk '{exit $1 / 200 * 25.4 < 139.7}'",
		NULL),
	    0);
	finish(&m);
}
END_TEST

/* The dependants that a page has, by their counters. */
static int
dependants_on(int page)
{
	struct bytes out = { 0 };
	char command[128];
	int count;

	snprintf(command, sizeof(command),
	    "pdftotext -raw -f %d -l %d sheet.pdf - | "
	    "grep -cE '^[0-9]+\\. [A-Z]'",
	    page, page);
	run(command, &out);
	count = atoi((char *)out.at);
	bytes_free(&out);
	return count;
}

static bool
page_says(int page, const char *words)
{
	char command[96];
	struct bytes text;
	bool found;

	snprintf(command, sizeof(command),
	    "pdftotext -raw -f %d -l %d sheet.pdf -", page, page);
	text = squeezed(command);
	found = is_in(&text, words);
	bytes_free(&text);
	return found;
}

/* However many there are: none stands alone on its page, and where they go on
 * their heading says so. */
START_TEST(no_dependant_stands_alone)
{
	struct made m;
	int page, pages, here, before, all;
	size_t count;

	start(&m);
	strcpy(m.letter.language, _i % 2 ? "en" : "es");
	fill_up(&m.letter);
	m.options.large = _i >= 2;
	for (count = 2; count <= LETTER_DEPENDANT_MAX; count += EACH) {
		m.letter.dependant_count = count;
		print(&m, 310 + 60 * count);
		pages = page_count();
		for (page = 1, before = all = 0; page <= pages; page++) {
			here = dependants_on(page);
			ck_assert_msg(here != 1, "%zu: page %d", count, page);
			ck_assert(page_says(page, "Dependants (continued)") ==
			    (here > 0 && before > 0));
			before = here;
			all += here;
		}
		ck_assert_int_eq(all, (int)count);
	}
	finish(&m);
}
END_TEST

START_TEST(each_page_says_where_it_goes_on)
{
	struct made m;
	char want[64];
	int page, pages;

	start(&m);
	print(&m, 310);
	ck_assert(!page_says(1, "ontinued"));
	fill_up(&m.letter);
	m.options.large = _i;
	print(&m, 900);
	pages = page_count();
	ck_assert_int_gt(pages, 1);
	for (page = 1; page <= pages; page++) {
		snprintf(want, sizeof(want), "Continued on page %d", page + 1);
		ck_assert(page_says(page, want) == (page < pages));
	}
	check_no_words_overlap();
	finish(&m);
}
END_TEST

/* No line ends within one of its parts: "Página 1 de" */
START_TEST(a_narrow_foot_is_divided_between_its_parts)
{
	struct made m;
	char command[128];
	int page, pages;

	start(&m);
	fill_up(&m.letter);
	m.options.large = true;
	print(&m, 900);
	pages = page_count();
	ck_assert_int_gt(pages, 2);
	for (page = 1; page <= pages; page++) {
		snprintf(command, sizeof(command),
		    "pdftotext -raw -f %d -l %d sheet.pdf - | grep -q 'Page %d of "
		    "%d as made in es$'",
		    page, page, page, pages);
		ck_assert_msg(run(command, NULL) == 0, "%d of %d", page, pages);
	}
	finish(&m);
}
END_TEST

START_TEST(each_page_names_the_letter_and_itself)
{
	struct bytes page;
	struct made m;
	int i;
	char command[80], want[32];

	start(&m);
	strcpy(m.letter.language, "en");
	fill_up(&m.letter);
	print(&m, 900);
	for (i = 1; i <= 2; i++) {
		snprintf(command, sizeof(command),
		    "pdftotext -raw -f %d -l %d sheet.pdf -", i, i);
		page = squeezed(command);
		snprintf(want, sizeof(want), "Page %d of 2", i);
		ck_assert(is_in(&page, want));
		ck_assert(is_in(&page, m.letter.number));
		bytes_free(&page);
	}
	finish(&m);
}
END_TEST

/* ---- the code ----------------------------------------------------------- */

static const struct {
	size_t len;
	int version;
	enum sheet_paper paper;
} codes[] = {
	{ 250, 0, PAPER_LETTER },
	{ 310, 0, PAPER_A4 },
	{ 470, 0, PAPER_LETTER },
	{ 800, 0, PAPER_A4 },
	{ 1500, 0, PAPER_LETTER },
	{ 2600, 0, PAPER_A4 },
	{ 3390, 40, PAPER_LETTER }, /* the largest there is */
	{ 3390, 40, PAPER_A4 },
};

/* White for 4 modules around: the ink of the rows next to it stays away. */
static void
check_quiet_zone(const struct box *box, double module)
{
	struct bytes pgm = { 0 };
	int width, height, at, x, y, from_x, to_x, from_y, to_y, dark = 0;
	double dot = CODE_DPI / 25.4;

	run_get("code.pgm", &pgm);
	ck_assert_int_eq(
	    sscanf((char *)pgm.at, "P5 %d %d 255%n", &width, &height, &at), 2);
	from_x = (int)((box->left - 3.9 * module) * dot);
	to_x = (int)((box->right + 3.9 * module) * dot);
	from_y = (int)((box->top - 3.9 * module) * dot);
	to_y = (int)((box->bottom + 3.9 * module) * dot);
	for (y = from_y; y < to_y; y++)
		for (x = from_x; x < to_x; x++)
			if ((x < (box->left - .3) * dot ||
				x > (box->right + .3) * dot ||
				y < (box->top - .3) * dot ||
				y > (box->bottom + .3) * dot) &&
			    pgm.at[at + 1 + y * width + x] < 128)
				dark++;
	ck_assert_int_eq(dark, 0);
	bytes_free(&pgm);
}

/* Below or left of the code; the table's is the value's type. */
static void
check_number_beside_code(void)
{
	ck_assert_int_eq(
	    run("pdffonts sheet.pdf | grep -q DejaVuSansMono", NULL), 0);
	ck_assert_int_eq(
	    run("pdftotext -bbox -f 1 -l 1 sheet.pdf - | "
		"sed -n 's/.*yMin=\"\\(.*\\)\" xMax.*yMax=\"\\(.*\\)\""
		">GTGUA01-2026-000002-J<.*/\\1 \\2/p' | "
		"awk '$1 > 396 && $2 - $1 > 12 * 1.16 {n++} "
		"END {exit n != 1}'",
		NULL),
	    0);
}

/* Read at scanner's resolution, on page 1, with modules of at least 0.68 mm,
 * clear of the middle fold, with its border of 4 modules free and the number
 * beside it in large type. One test for all: a page is dear. */
START_TEST(the_code_reads_and_keeps_off_the_fold)
{
	/* a sample has a common one, and the largest */
	int at = EACH > 1 ? 1 + 5 * _i : _i;
	struct box box;
	struct made m;
	double side, half, module;

	start(&m);
	strcpy(m.letter.language, at % 2 ? "es" : "fr");
	m.options.paper = codes[at].paper;
	print(&m, codes[at].len);
	check_number_beside_code();
	if (codes[at].version != 0)
		ck_assert_int_eq(m.symbol.version, codes[at].version);
	if (m.symbol.version <= 15)
		check_code_reads(&m, 150);
	check_code_reads(&m, CODE_DPI);
	box = code_box();
	side = box.right - box.left;
	module = side / m.symbol.width;
	half = (codes[at].paper == PAPER_A4 ? 297 : 279.4) / 2;
	/* the reader's corners are a pixel or two off */
	ck_assert_double_ge(module, .68 * .985);
	if (m.symbol.version <= 34)
		ck_assert_double_ge(module, .76 * .985);
	ck_assert_double_lt(module, .80);
	ck_assert_double_gt(box.top, half + .5);
	check_quiet_zone(&box, module);
	finish(&m);
}
END_TEST

/* ---- paper -------------------------------------------------------------- */

/* bit 0: A4, bit 1: training, bit 2: full, bit 3: copy */
START_TEST(all_ink_is_on_both_papers)
{
	/* a sample has each bit both ways */
	int kind = EACH > 1 ? _i * 5 : _i;
	bool a4 = kind & 1, training = kind & 2;
	double least = training ? 5 : 12.5;
	struct box box;
	struct made m;

	start(&m);
	strcpy(m.letter.language, kind & 4 ? "fr" : "es");
	m.options.paper = a4 ? PAPER_A4 : PAPER_LETTER;
	m.options.training = training;
	m.options.copy = kind & 8 ? 2 : 1;
	if (kind & 4)
		fill_up(&m.letter);
	print(&m, kind & 4 ? 3390 : 310);
	box = ink();
	ck_assert_double_lt(box.right - box.left, 210 - 2 * least);
	ck_assert_double_lt(box.bottom, 279 - (training ? .5 : 6.5));
	ck_assert_double_gt(box.left, least);
	ck_assert_double_gt(box.top, least);
	ck_assert_double_lt(box.right, (a4 ? 210 : 215.9) - least);
	finish(&m);
}
END_TEST

START_TEST(paper_has_its_size)
{
	static const char *const want[] = { "612 x 792", "595.276 x 841.89" };
	struct made m;
	char command[96];

	start(&m);
	m.options.paper = _i ? PAPER_A4 : PAPER_LETTER;
	print(&m, 310);
	snprintf(command, sizeof(command),
	    "pdfinfo sheet.pdf | grep -q 'Page size: *%s'", want[_i]);
	ck_assert_int_eq(run(command, NULL), 0);
	finish(&m);
}
END_TEST

/* ---- marks -------------------------------------------------------------- */

START_TEST(copies_differ_only_in_their_mark)
{
	struct made m;

	start(&m);
	strcpy(m.letter.language, "en");
	print(&m, 310);
	ck_assert_int_eq(run("pdftotext -bbox sheet.pdf 1.txt && "
			     "pdftoppm -r 100 -gray sheet.pdf 1",
			     NULL),
	    0);
	m.options.copy = 2;
	print(&m, 310);
	ck_assert_int_eq(run("pdftotext -bbox sheet.pdf 2.txt && "
			     "pdftoppm -r 100 -gray sheet.pdf 2",
			     NULL),
	    0);
	/* the same words at the same places, but for those of the mark */
	ck_assert_int_eq(run("diff 1.txt 2.txt | grep -c '^<'", NULL), 1);
	ck_assert_int_eq(run("test $(diff 1.txt 2.txt | grep -c '^>') = "
			     "$(diff 1.txt 2.txt | grep '^>' | grep -Ec "
			     "'>(en-Copy|2|/|es-Copy)<')",
			     NULL),
	    0);
	ck_assert_int_eq(run("cmp 1-1.pgm 2-1.pgm", NULL), 1);
	finish(&m);
}
END_TEST

START_TEST(training_is_on_every_page)
{
	struct bytes text = { 0 };
	struct made m;
	int page;
	char command[96];

	start(&m);
	fill_up(&m.letter);
	m.options.training = true;
	print(&m, 1400);
	for (page = 1; page <= 2; page++) {
		snprintf(command, sizeof(command),
		    "test $(pdftotext -f %d -l %d sheet.pdf - | "
		    "grep -c 'TRAINING – NOT A REAL LETTER') = 2",
		    page, page);
		ck_assert_int_eq(run(command, NULL), 0);
	}
	check_code_reads(&m, 300);
	m.options.training = false;
	print(&m, 1400);
	text = squeezed("pdftotext sheet.pdf -");
	ck_assert(!is_in(&text, "TRAINING"));
	ck_assert(!is_in(&text, "DRAFT"));
	bytes_free(&text);
	finish(&m);
}
END_TEST

START_TEST(a_draft_has_no_code_and_nothing_attached)
{
	struct errtext err = { 0 };
	struct bytes page;
	struct made m;

	start(&m);
	m.letter.number[0] = m.letter.issued_at[0] = '\0';
	m.letter.approver[0] = '\0';
	m.options.draft = true;
	ck_assert_int_eq(
	    sheet_pdf(&m.letter, NULL, NULL, &m.options, &m.pdf, &err), ERR_OK);
	run_put("sheet.pdf", m.pdf.at, m.pdf.len);
	page = squeezed("pdftotext -raw sheet.pdf -");
	ck_assert(is_in(&page, "Q'anil Batz"));
	ck_assert_int_eq(
	    run("pdftoppm -r 150 sheet.pdf d && zbarimg -q d-1.ppm", NULL), 4);
	ck_assert_int_eq(
	    run("pdfdetach -list sheet.pdf | grep -q '^0'", NULL), 0);
	ck_assert_int_eq(
	    run("pdfinfo -struct-text sheet.pdf | grep -q 'NOT VALID'", NULL),
	    0);
	ck_assert_int_eq(run("qpdf --check sheet.pdf", NULL), 0);
	bytes_free(&page);
	/* nothing filled in yet */
	m.letter =
	    (struct letter){ .language = "es", .valid_from = "2026-12-13" };
	bytes_free(&m.pdf);
	ck_assert_int_eq(
	    sheet_pdf(&m.letter, NULL, NULL, &m.options, &m.pdf, &err), ERR_OK);
	finish(&m);
}
END_TEST

/* ---- the file ----------------------------------------------------------- */

START_TEST(the_signed_file_is_attached)
{
	struct bytes got = { 0 };
	struct made m;

	start(&m);
	print(&m, 310);
	ck_assert_int_eq(run("pdfdetach -saveall sheet.pdf", NULL), 0);
	run_get("GTGUA01-2026-000002-J.xml", &got);
	ck_assert(bytes_equal(&got, &m.xml));
	bytes_free(&got);
	ck_assert_int_eq(
	    run("qpdf --qdf --object-streams=disable sheet.pdf plain.pdf",
		NULL),
	    0);
	ck_assert_int_eq(
	    run("grep -aq '/AFRelationship /Source' plain.pdf && "
		"grep -aq '/Subtype /application#2fxml' plain.pdf && "
		"grep -aq '/PrintScaling /None' plain.pdf && "
		"grep -aq '/AF \\[' plain.pdf && "
		"grep -aq '/Lang (es)' plain.pdf",
		NULL),
	    0);
	finish(&m);
}
END_TEST

START_TEST(fonts_are_ours_and_embedded)
{
	struct made m;

	start(&m);
	fill_up(&m.letter);
	print(&m, 1400);
	ck_assert_int_eq(run("pdffonts sheet.pdf | tail -n +3 | "
			     "awk '{n++} !/DejaVu/ || $(NF-4) != \"yes\" || "
			     "$(NF-2) != \"yes\" {bad++} "
			     "END {exit !(n >= 5 && !bad)}'",
			     NULL),
	    0);
	ck_assert_int_eq(run("qpdf --check sheet.pdf", NULL), 0);
	finish(&m);
}
END_TEST

/* What document properties and a folder full of files would show. */
START_TEST(metadata_names_the_letter_and_no_person)
{
	struct bytes info;
	struct made m;

	start(&m);
	print(&m, 310);
	info = squeezed("TZ=UTC pdfinfo sheet.pdf; pdfinfo -meta sheet.pdf");
	ck_assert(is_in(&info, "Title: Referral letter GTGUA01-2026-000002-J"));
	ck_assert(is_in(&info, "CreationDate: Mon Nov 23 18:00:00 2026 UTC"));
	ck_assert(is_in(&info, "ModDate: Mon Nov 23 18:00:00 2026 UTC"));
	ck_assert(is_in(&info, "Tagged: yes"));
	ck_assert(is_in(&info, "<rdf:li>es</rdf:li>"));
	ck_assert(!is_in(&info, "anil"));
	ck_assert(!is_in(&info, "Rigoberta"));
	ck_assert(!is_in(&info, "4580"));
	bytes_free(&info);
	finish(&m);
}
END_TEST

/* A screen reader hears wrapped text to its end. */
START_TEST(tagged_text_is_whole)
{
	struct bytes text;
	struct made m;

	start(&m);
	strcpy(m.letter.language, "en");
	fill_up(&m.letter);
	print(&m, 310);
	text = squeezed("pdfinfo -struct-text sheet.pdf");
	ck_assert(is_in(&text, "\"" LONG_WORDS "\""));
	ck_assert(is_in(&text, "\"" LONG_WORD "\""));
	ck_assert(is_in(&text,
	    "TH: /Scope /Row Span (inline) \"en-Surnames / \" Span (inline) "
	    "\"es-Surnames\" TD"));
	bytes_free(&text);
	ck_assert_int_eq(
	    run("pdfinfo -struct-text sheet.pdf | "
		"grep -q 'Hernández-Montenegro de la Santísima Trinidad y "
		"Ajq.ij Wëllingtòn Ẅak Pérez Ñ'",
		NULL),
	    0);
	ck_assert_int_eq(run("pdfinfo -struct-text sheet.pdf | "
			     "grep -q '\"en-code. \"'",
			     NULL),
	    0);
	finish(&m);
}
END_TEST

START_TEST(same_letter_same_bytes)
{
	struct sheet_fonts *fonts = NULL;
	struct bytes first = { 0 };
	struct made m;

	start(&m);
	strcpy(m.letter.language, "fr");
	print(&m, 310);
	bytes_add(&first, m.pdf.at, m.pdf.len);
	/* another clock, zone and screen language; fonts that were used */
	ck_assert(i18n_set("ht"));
	setenv("TZ", "Asia/Tokyo", 1);
	setenv("SOURCE_DATE_EPOCH", "1", 1);
	ck_assert_int_eq(sheet_fonts_new(&fonts, NULL), ERR_OK);
	m.options.fonts = fonts;
	sleep(1);
	print(&m, 800);
	ck_assert(!bytes_equal(&first, &m.pdf));
	print(&m, 310);
	ck_assert(bytes_equal(&first, &m.pdf));
	sheet_fonts_free(&fonts);
	bytes_free(&first);
	finish(&m);
}
END_TEST

START_TEST(appends_to_what_is_there)
{
	struct bytes out = { 0 };
	struct made m;

	start(&m);
	print(&m, 310);
	bytes_add_text(&out, "before");
	ck_assert_int_eq(
	    sheet_pdf(&m.letter, &m.symbol, &m.xml, &m.options, &out, NULL),
	    ERR_OK);
	ck_assert_uint_eq(out.len, 6 + m.pdf.len);
	ck_assert(memcmp(out.at + 6, m.pdf.at, m.pdf.len) == 0);
	bytes_free(&out);
	finish(&m);
}
END_TEST

/* What these look at was drawn by what draws for the others. */
static void
add_what_it_says(TCase *tc)
{
	tcase_add_test(tc, values_stand_in_the_verifier_s_order);
	tcase_add_test(tc, the_holder_s_language_comes_first);
	tcase_add_test(tc, says_at_the_top_that_it_is_free);
	tcase_add_loop_test(tc, says_in_words_what_is_asked_for, 0, 4);
	tcase_add_loop_test(tc, looks_like_a_ministry_s, 0, 2);
	tcase_add_test(tc, says_nothing_of_asylum);
	tcase_add_loop_test(tc, no_dependant_stands_alone, 0, 4);
	tcase_add_loop_test(tc, each_page_says_where_it_goes_on, 0, 2);
	tcase_add_test(tc, a_narrow_foot_is_divided_between_its_parts);
	tcase_add_test(tc, each_page_names_the_letter_and_itself);
	tcase_add_loop_test(tc, paper_has_its_size, 0, 2);
	tcase_add_test(tc, copies_differ_only_in_their_mark);
	tcase_add_test(tc, fonts_are_ours_and_embedded);
	tcase_add_test(tc, metadata_names_the_letter_and_no_person);
	tcase_add_test(tc, same_letter_same_bytes);
}

static Suite *
suite(void)
{
	Suite *s = suite_create("sheet");
	TCase *tc = tcase_create("sheet");
	const int code_count = (int)(sizeof(codes) / sizeof(codes[0]));

	tcase_add_unchecked_fixture(tc, make_catalogues, run_leave);
	tcase_add_checked_fixture(tc, run_folder, run_leave);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, every_field_is_on_one_page, 0, OF_MANY(10));
	tcase_add_loop_test(
	    tc, long_names_are_whole_and_not_small, 0, OF_MANY(5));
	/* the sample: one that is filled up, and one for training */
	tcase_add_loop_test(
	    tc, large_print_is_large, EACH > 1, EACH > 1 ? 3 : 5);
	tcase_add_loop_test(
	    tc, the_code_reads_and_keeps_off_the_fold, 0, OF_MANY(code_count));
	tcase_add_loop_test(tc, all_ink_is_on_both_papers, 0, 16 / EACH);
	tcase_add_test(tc, training_is_on_every_page);
	tcase_add_test(tc, a_draft_has_no_code_and_nothing_attached);
	tcase_add_test(tc, the_signed_file_is_attached);
	tcase_add_test(tc, tagged_text_is_whole);
	tcase_add_test(tc, appends_to_what_is_there);
	if (EACH == 1)
		add_what_it_says(tc);
	suite_add_tcase(s, tc);
	tc = tcase_create("real texts");
	tcase_add_unchecked_fixture(tc, real_setup, run_leave);
	tcase_add_checked_fixture(tc, run_folder, run_leave);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, the_common_letter_has_one_page, 0, OF_MANY(5));
	tcase_add_loop_test(tc, rows_keep_their_distance, 0, 10 / EACH);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN_APART(suite);
