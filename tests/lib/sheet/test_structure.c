/*
 * What a screen reader hears of the printed letter and of the card: those rules
 * of PDF/UA-1 that a program can check (Matterhorn Protocol 1.1, its numbers at
 * each test), looked at in the JSON that qpdf makes of the file. They are ours
 * to keep; that the file conforms is claimed by nobody. docs/sheet.md lists
 * which there are and which of them have nothing to look at here.
 */
#include "sheet/card.h"
#include "sheet/sheet.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/run.h"

#include "base/i18n.h"

#include <jansson.h>
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ELEMENT_MAX 1000

/* An element of the structure tree, in the order of the tree. */
struct element {
	const char *type, *lang, *alt;
	json_t *object, *parent;
	bool leaf; /* has marked content of its own */
};

static struct {
	json_t *root, *objects, *catalog;
	struct element element[ELEMENT_MAX];
	size_t count;
	int mcid_count;
} pdf;

/* ---- the file as JSON --------------------------------------------------- */

/* What "12 0 R" stands for; else the value itself. */
static json_t *
resolve(json_t *value)
{
	const char *text = json_string_value(value);
	char key[40];
	json_t *object;

	if (text == NULL || strlen(text) > 20 ||
	    strcmp(text + strlen(text) - 2, " R") != 0)
		return value;
	snprintf(key, sizeof(key), "obj:%s", text);
	object = json_object_get(pdf.objects, key);
	value = json_object_get(object, "value");
	return value != NULL
	    ? value
	    : json_object_get(json_object_get(object, "stream"), "dict");
}

static json_t *
get(json_t *object, const char *key)
{
	return resolve(json_object_get(object, key));
}

/* A name or string of an object, "" when there is none. */
static const char *
text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(get(object, key));

	return text != NULL ? text : "";
}

static void
list_elements(json_t *node, json_t *parent)
{
	struct element *e = &pdf.element[pdf.count];
	json_t *kids, *kid;
	size_t i;

	if (json_is_integer(node)) { /* marked content of the parent */
		pdf.element[pdf.count - 1].leaf = true;
		pdf.mcid_count++;
		return;
	}
	ck_assert_str_ne(text_of(node, "/S"), "");
	ck_assert_uint_lt(pdf.count++, ELEMENT_MAX);
	*e = (struct element){ text_of(node, "/S"), text_of(node, "/Lang"),
		text_of(node, "/Alt"), node, parent, false };
	kids = get(node, "/K");
	if (!json_is_array(kids))
		list_elements(kids, node);
	else
		json_array_foreach(kids, i, kid)
		{
			list_elements(resolve(kid), node);
		}
}

static void
load(void)
{
	struct bytes text = { 0 };
	json_t *top;

	ck_assert_int_eq(run("qpdf --json=2 sheet.pdf", &text), 0);
	pdf.root = json_loadb((char *)text.at, text.len, 0, NULL);
	bytes_free(&text);
	pdf.objects = json_array_get(json_object_get(pdf.root, "qpdf"), 1);
	ck_assert_ptr_nonnull(pdf.objects);
	pdf.catalog = get(
	    json_object_get(json_object_get(pdf.objects, "trailer"), "value"),
	    "/Root");
	pdf.count = 0;
	pdf.mcid_count = 0;
	top = get(get(pdf.catalog, "/StructTreeRoot"), "/K");
	if (json_is_array(top)) {
		ck_assert_uint_eq(json_array_size(top), 1);
		top = resolve(json_array_get(top, 0));
	}
	list_elements(top, NULL);
}

/* ---- a letter ----------------------------------------------------------- */

static void
make_catalogue(void)
{
	static const char po[] =
	    "msgid \"\"\n"
	    "msgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "msgid \"Surnames\"\nmsgstr \"es-Surnames\"\n"
	    "msgid \"Name\"\nmsgstr \"es-Name\"\n"
	    "msgid \"This letter is free.\"\nmsgstr \"es-free.\"\n"
	    "msgid \"Referral letter\"\nmsgstr \"es-Referral letter\"\n"
	    "msgid \"Holder\"\nmsgstr \"es-Holder\"\n"
	    "msgid \"Spain\"\nmsgstr \"es-Spain\"\n";
	char cwd[128];

	run_put("c.po", po, sizeof(po) - 1);
	ck_assert_int_eq(run("mkdir -p l/sello/LC_MESSAGES && msgfmt -o "
			     "l/sello/LC_MESSAGES/sello-es.mo c.po",
			     NULL),
	    0);
	i18n_init();
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof(cwd) - 2));
	i18n_catalogues(strcat(cwd, "/l"));
}

/* USUAL: in English; COPY: in Spanish, for training; LONG: twelve
 * dependants with long names on two pages; VIET: names beyond Windows-1252, for
 * which fonts are of another kind; CARD: no letter but what is read aloud */
enum kind { USUAL, COPY, LONG, DRAFT, LARGE, VIET, CARD, KINDS };

static void
print_card(void)
{
	const struct card card = { "Centro Ŋ", "+50212345678",
		"2026-11-23T18:00:00Z", PAPER_LETTER };
	struct bytes out = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(card_pdf(&card, &out, &err), ERR_OK);
	run_put("sheet.pdf", out.at, out.len);
	bytes_free(&out);
	load();
}

static void
print(int kind)
{
	struct sheet_options options = { .copy = kind == COPY ? 2 : 1,
		.training = kind == COPY,
		.draft = kind == DRAFT,
		.large = kind == LARGE };
	struct bytes xml = { 0 }, out = { 0 };
	struct errtext err = { 0 };
	struct symbol symbol;
	struct letter letter;
	size_t i;

	if (kind == CARD) {
		print_card();
		return;
	}
	sample_letter(&letter);
	strcpy(letter.language, kind == COPY ? "es" : "en");
	if (kind == VIET)
		strcpy(letter.surnames, "Đặng Ŋuyễn");
	for (i = 2; kind == LONG && i < LETTER_DEPENDANT_MAX; i++) {
		letter.dependant[i] = letter.dependant[0];
		memset(letter.dependant[i].name, 'a', 60);
		letter.dependant[i].name[60] = '\0';
		letter.dependant_count++;
	}
	options.labels.consulate_name = "Consulado";
	options.labels.hotline = "+50212345678";
	options.labels_es = options.labels;
	bytes_add_text(&xml, "<ReferralLetter></ReferralLetter>");
	ck_assert_int_eq(symbol_make("SELLOABCDEFGH", &symbol, NULL), ERR_OK);
	ck_assert_int_eq(
	    sheet_pdf(&letter, &symbol, &xml, &options, &out, &err), ERR_OK);
	run_put("sheet.pdf", out.at, out.len);
	bytes_free(&out);
	bytes_free(&xml);
	load();
}

static void
setup(void)
{
	run_folder();
	make_catalogue();
}

static void
leave(void)
{
	json_decref(pdf.root);
	pdf.root = NULL;
	run_leave();
}

/* ---- the document ------------------------------------------------------- */

/* 02-001 to 02-004, 06-001, 06-003, 07-001, 07-002, 11-006, 26-001, 26-002; 06-002
 * on purpose not: it would claim conformance */
static bool
in_spanish(int kind)
{
	return kind == COPY || kind == CARD;
}

START_TEST(the_catalogue_says_what_the_document_is)
{
	struct bytes meta = { 0 };

	print(_i);
	ck_assert(json_is_true(get(get(pdf.catalog, "/MarkInfo"), "/Marked")));
	ck_assert(
	    !json_is_true(get(get(pdf.catalog, "/MarkInfo"), "/Suspects")));
	ck_assert(json_is_true(
	    get(get(pdf.catalog, "/ViewerPreferences"), "/DisplayDocTitle")));
	ck_assert_str_eq(
	    text_of(pdf.catalog, "/Lang"), in_spanish(_i) ? "u:es" : "u:en");
	ck_assert_ptr_null(
	    get(get(pdf.catalog, "/StructTreeRoot"), "/RoleMap"));
	ck_assert_ptr_null(json_object_get(
	    json_object_get(json_object_get(pdf.objects, "trailer"), "value"),
	    "/Encrypt"));
	ck_assert_int_eq(run("pdfinfo -meta sheet.pdf", &meta), 0);
	ck_assert_ptr_nonnull(strstr((char *)meta.at,
	    _i == CARD ? ">Tarjeta para leer en voz alta<"
		       : "Referral letter GTGUA01-2026-000002-J<"));
	ck_assert_ptr_nonnull(strstr((char *)meta.at, "<dc:title>"));
	ck_assert_ptr_null(strstr((char *)meta.at, "pdfuaid"));
	bytes_free(&meta);
}
END_TEST

/* 20-* (layers), 25-001 (XFA), 28-* (annotations, so no links and no forms),
 * 30-001 and 30-002 (XObjects), 11-003 (bookmarks): there is none of it */
START_TEST(nothing_is_there_that_would_have_rules)
{
	static const char *const types[] = { "/Annot", "/XObject", "/OCG",
		"/Outlines", "/Action", "/Sig" };
	json_t *object, *value;
	const char *key;
	size_t i;

	print(_i);
	ck_assert_ptr_null(json_object_get(pdf.catalog, "/AcroForm"));
	ck_assert_ptr_null(json_object_get(pdf.catalog, "/OCProperties"));
	ck_assert_ptr_null(json_object_get(pdf.catalog, "/Outlines"));
	ck_assert_ptr_null(json_object_get(pdf.catalog, "/OpenAction"));
	json_object_foreach(pdf.objects, key, object)
	{
		value = json_object_get(object, "value");
		if (value == NULL)
			value = get(json_object_get(object, "stream"), "dict");
		ck_assert_ptr_null(json_object_get(value, "/Annots"));
		ck_assert_ptr_null(json_object_get(value, "/Ref"));
		for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			ck_assert_str_ne(text_of(value, "/Type"), types[i]);
	}
}
END_TEST

/* 21-001: whatever name a reader looks at, it is there */
START_TEST(the_attached_letter_has_both_names)
{
	static const char name[] = "u:GTGUA01-2026-000002-J.xml";
	json_t *file;

	print(_i);
	file = resolve(json_array_get(get(pdf.catalog, "/AF"), 0));
	if (_i == CARD || _i == DRAFT) {
		ck_assert_ptr_null(file);
		ck_assert_ptr_null(get(pdf.catalog, "/Names"));
		return;
	}
	ck_assert_str_eq(text_of(file, "/F"), name);
	ck_assert_str_eq(text_of(file, "/UF"), name);
	ck_assert(json_is_object(get(get(file, "/EF"), "/F")));
}
END_TEST

/* 09-004 to 09-008, 14-002, 14-003, 14-006, 14-007, 15-003: tables of rows of as many cells,
 * cells in rows, headers that say of what */
static int
columns(json_t *row)
{
	json_t *cells = get(row, "/K"), *cell, *span;
	int count = 0;
	size_t i;

	if (!json_is_array(cells)) /* one cell is its row's only child */
		cells = json_pack("[O]", cells);
	else
		json_incref(cells);
	json_array_foreach(cells, i, cell)
	{
		span = get(get(resolve(cell), "/A"), "/ColSpan");
		count += span != NULL ? (int)json_integer_value(span) : 1;
	}
	json_decref(cells);
	return count;
}

static void
check_place(const struct element *e)
{
	const char *parent =
	    e->parent != NULL ? text_of(e->parent, "/S") : "none";

	if (strcmp(e->type, "/TH") == 0) {
		ck_assert_str_eq(parent, "/TR");
		ck_assert_str_ne(text_of(get(e->object, "/A"), "/Scope"), "");
	} else if (strcmp(e->type, "/TD") == 0)
		ck_assert_str_eq(parent, "/TR");
	else if (strcmp(e->type, "/TR") == 0)
		ck_assert_str_eq(parent, "/Table");
	else if (strcmp(e->type, "/Span") == 0)
		ck_assert(strcmp(parent, "/P") == 0 ||
		    strcmp(parent, "/H2") == 0 || strcmp(parent, "/TH") == 0 ||
		    strcmp(parent, "/TD") == 0);
	else if (strcmp(e->type, "/Document") == 0)
		ck_assert_ptr_null(e->parent);
	else
		ck_assert_str_eq(parent, "/Document");
}

START_TEST(elements_stand_where_they_may)
{
	static const char *const types = "/Document /P /Span /H1 /H2 /Table "
					 "/TR /TH /TD /Figure ";
	int level = 0, width = 0, now;
	struct element *e;
	char type[24];

	print(_i);
	for (e = pdf.element; e < pdf.element + pdf.count; e++) {
		snprintf(type, sizeof(type), "%s ", e->type);
		ck_assert_msg(strstr(types, type) != NULL, "%s", type);
		check_place(e);
		if (e->type[1] == 'H') {
			ck_assert_int_le(e->type[2] - '0', level + 1);
			level = e->type[2] - '0';
		}
		if (strcmp(e->type, "/Table") == 0)
			width = 0;
		if (strcmp(e->type, "/TR") == 0) {
			now = columns(e->object);
			ck_assert(width == 0 || now == width);
			width = now;
		}
	}
	ck_assert_int_eq(level, 2);
}
END_TEST

/* 13-004; its box is the code's */
START_TEST(the_code_is_described_in_words)
{
	struct element *e;
	int count = 0;

	print(_i);
	for (e = pdf.element; e < pdf.element + pdf.count; e++) {
		if (strcmp(e->type, "/Figure") != 0)
			continue;
		count++;
		ck_assert_ptr_nonnull(strstr(e->alt, "GTGUA01-2026-000002-J"));
		ck_assert_uint_eq(
		    json_array_size(get(get(e->object, "/A"), "/BBox")), 4);
	}
	ck_assert_int_eq(count, _i == DRAFT || _i == CARD ? 0 : 1);
}
END_TEST

/* 11-001, 11-002: poppler lists elements and their texts in the tree's order,
 * qpdf their languages. */
START_TEST(the_second_language_has_its_own_lang)
{
	struct bytes out = { 0 };
	size_t n = 0, spanish = 0;
	const char *lang = "", *parent = "";
	char *line, *at;

	print(_i);
	ck_assert_int_eq(run("pdfinfo -struct-text sheet.pdf", &out), 0);
	for (line = strtok((char *)out.at, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		at = line + strspn(line, " ");
		if (*at == '/')
			continue;
		if (*at != '"') {
			ck_assert(strncmp(at, pdf.element[n].type + 1,
				      strlen(pdf.element[n].type + 1)) == 0);
			lang = pdf.element[n].lang;
			if (strcmp(pdf.element[n].type, "/Span") != 0)
				parent = lang;
			if (*lang == '\0')
				lang = parent;
			n++;
			continue;
		}
		if (strstr(at, "es-") == NULL)
			continue;
		spanish++;
		ck_assert_msg(
		    _i == COPY || strcmp(lang, "u:es") == 0, "%s", at);
		/* and nothing else within */
		ck_assert_msg(
		    _i == COPY || strstr(at, " / es-") == NULL, "%s", at);
	}
	ck_assert_uint_eq(n, pdf.count);
	/* title, notice, heading, label, names of dependants, a code */
	ck_assert_uint_ge(spanish, 6);
	bytes_free(&out);
}
END_TEST

/* ---- the pages ---------------------------------------------------------- */

static bool
ends_in(const char *line, const char *word)
{
	size_t len = strlen(line), n = strlen(word);

	return len >= n && strcmp(line + len - n, word) == 0;
}

static bool
paints(const char *line)
{
	static const char *const operators[] = { "Tj", "TJ", " f", "\nf", " f*",
		" S", " B", " Do" };
	size_t i;

	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (ends_in(line, operators[i]))
			return true;
	return strcmp(line, "f") == 0 || strcmp(line, "S") == 0;
}

/* What is painted on one page, and how many marked contents there are. */
static int
check_content(const char *reference)
{
	struct bytes out = { 0 };
	int depth = 0, elements = 0, painted = 0;
	char command[96], *line, *rest;

	snprintf(command, sizeof(command),
	    "qpdf --show-object=%d --filtered-stream-data sheet.pdf",
	    atoi(reference));
	ck_assert_int_eq(run(command, &out), 0);
	for (line = strtok_r((char *)out.at, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (ends_in(line, " BDC") || ends_in(line, " BMC")) {
			ck_assert_msg(++depth == 1, "%s", line);
			elements += strstr(line, "/MCID ") != NULL;
		}
		if (paints(line)) {
			ck_assert_msg(depth == 1, "%s", line);
			painted++;
		}
		if (strcmp(line, "EMC") == 0)
			ck_assert_int_eq(--depth, 0);
	}
	ck_assert_int_eq(depth, 0);
	ck_assert_int_gt(painted, 20);
	bytes_free(&out);
	return elements;
}

/* 01-003, 01-004, 01-005: all is either of an element or an artifact, and no
 * one within the other; and what is marked is in the tree, once (01-006). */
START_TEST(nothing_is_painted_outside_of_marks)
{
	json_t *pages, *page, *leaf;
	int elements = 0;
	size_t i;

	print(_i);
	pages = json_object_get(pdf.root, "pages");
	ck_assert_uint_eq(
	    json_array_size(pages), _i == LONG || _i == LARGE ? 2 : 1);
	json_array_foreach(pages, i, page)
	{
		leaf = json_array_get(json_object_get(page, "contents"), 0);
		elements += check_content(json_string_value(leaf));
		ck_assert_str_eq(
		    text_of(resolve(json_object_get(page, "object")), "/Tabs"),
		    "/S");
	}
	ck_assert_int_eq(elements, pdf.mcid_count);
}
END_TEST

/* 10-001, 31-027, 31-028: each character is one, and a real one */
static void
check_unicode(json_t *font)
{
	static const char *const not_real[] = { "<0000>\n", "<feff>\n",
		"<fffe>\n" };
	struct bytes out = { 0 };
	char command[96];
	size_t i;

	ck_assert_ptr_nonnull(get(font, "/ToUnicode"));
	snprintf(command, sizeof(command),
	    "qpdf --show-object=%d --filtered-stream-data sheet.pdf",
	    atoi(json_string_value(json_object_get(font, "/ToUnicode"))));
	ck_assert_int_eq(run(command, &out), 0);
	bytes_add(&out, "", 1);
	ck_assert_ptr_nonnull(strstr((char *)out.at, "begincmap"));
	for (i = 0; i < sizeof(not_real) / sizeof(not_real[0]); i++)
		ck_assert_ptr_null(strcasestr((char *)out.at, not_real[i]));
	bytes_free(&out);
}

/* 31-001 to 31-006: characters of two bytes are glyphs in one way */
static void
check_two_bytes(json_t *font)
{
	json_t *child =
	    resolve(json_array_get(get(font, "/DescendantFonts"), 0));
	json_t *system = get(child, "/CIDSystemInfo");

	ck_assert_str_eq(text_of(font, "/Encoding"), "/Identity-H");
	ck_assert_str_eq(text_of(child, "/Subtype"), "/CIDFontType2");
	ck_assert_str_eq(text_of(child, "/CIDToGIDMap"), "/Identity");
	ck_assert_str_eq(text_of(system, "/Registry"), "u:Adobe");
	ck_assert_str_eq(text_of(system, "/Ordering"), "u:Identity");
}

/* 31-009: all of them, in the file */
START_TEST(fonts_are_embedded_and_can_be_copied)
{
	json_t *object, *font, *program;
	const char *key;
	int count = 0, wide = 0;

	print(_i);
	json_object_foreach(pdf.objects, key, object)
	{
		font = json_object_get(object, "value");
		if (!json_is_object(font))
			continue;
		if (strcmp(text_of(font, "/Type"), "/FontDescriptor") == 0) {
			program = get(font, "/FontFile2");
			ck_assert(json_is_object(program) ||
			    json_is_object(get(font, "/FontFile3")));
			count++;
		}
		if (strcmp(text_of(font, "/Type"), "/Font") == 0 &&
		    strncmp(text_of(font, "/Subtype"), "/CIDFont", 8) != 0)
			check_unicode(font);
		if (strcmp(text_of(font, "/Subtype"), "/Type0") == 0) {
			check_two_bytes(font);
			wide++;
		}
	}
	ck_assert_int_ge(count, 4);
	ck_assert_int_ge(wide, _i == VIET || _i == CARD);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sheet_structure");
	TCase *tc = tcase_create("sheet_structure");

	tcase_add_checked_fixture(tc, setup, leave);
	tcase_add_loop_test(
	    tc, the_catalogue_says_what_the_document_is, 0, KINDS);
	tcase_add_loop_test(
	    tc, nothing_is_there_that_would_have_rules, 0, KINDS);
	tcase_add_loop_test(tc, the_attached_letter_has_both_names, 0, KINDS);
	tcase_add_loop_test(tc, elements_stand_where_they_may, 0, KINDS);
	tcase_add_loop_test(tc, the_code_is_described_in_words, 0, KINDS);
	tcase_add_loop_test(tc, the_second_language_has_its_own_lang, 0, CARD);
	tcase_add_loop_test(tc, nothing_is_painted_outside_of_marks, 0, KINDS);
	tcase_add_loop_test(tc, fonts_are_embedded_and_can_be_copied, 0, KINDS);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
