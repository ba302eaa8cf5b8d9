/*
 * Tests of keys/program.h: every mistake in program.ini is refused with the
 * line it stands in.
 */
#include "keys/program.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static struct errtext err;

static enum err
parse(const char *text, struct trust_list **out)
{
	*out = NULL;
	err = (struct errtext){ 0 };
	return program_parse(text, strlen(text), out, &err);
}

START_TEST(takes_program_consulates_and_pathways_in_order)
{
	struct trust_list *p;

	ck_assert_msg(
	    parse("\xef\xbb\xbf; a comment\n# another\n\n[program]\n"
		  "name = Programa Ñandú\r\n"
		  "[consulate ES-HNTGU]\nname=\"Tegucigalpa\"\n"
		  "address = Col. Matamoros 103\n"
		  "[pathway XYZ]\nfr = \u00ab Trois \u00bb\nes = Tres\n"
		  "[consulate ES-GTGUA]\nname = Guatemala ; capital\n"
		  "[pathway ABC]\nht = Youn",
		&p) == ERR_OK,
	    "%s", err.text);
	ck_assert_str_eq(p->name, "Programa Ñandú");
	ck_assert_uint_eq(p->consulate_count, 2);
	ck_assert_str_eq(p->consulates[0].code, "ES-GTGUA");
	ck_assert_str_eq(p->consulates[0].name, "Guatemala");
	ck_assert_str_eq(p->consulates[0].address, "");
	ck_assert_str_eq(p->consulates[1].code, "ES-HNTGU");
	ck_assert_str_eq(p->consulates[1].address, "Col. Matamoros 103");
	ck_assert_uint_eq(p->pathway_count, 2);
	ck_assert_str_eq(p->pathways[0].code, "ABC");
	ck_assert_str_eq(p->pathways[0].label[4], "Youn");
	ck_assert_str_eq(p->pathways[1].label[0], "Tres");
	ck_assert_str_eq(p->pathways[1].label[1], "");
	ck_assert_str_eq(p->pathways[1].label[2], "Trois");
	trust_free(&p);
}
END_TEST

START_TEST(an_empty_file_is_an_empty_program)
{
	struct trust_list *p;

	ck_assert_int_eq(parse("", &p), ERR_OK);
	ck_assert_str_eq(p->name, "");
	ck_assert_uint_eq(p->consulate_count + p->pathway_count, 0);
	trust_free(&p);
}
END_TEST

START_TEST(the_example_is_good)
{
	struct bytes text = { 0 };
	struct trust_list *p = NULL;
	static const char *const codes[] = { "ES-GTGUA", "ES-HNTGU", "ES-COBOG",
		"ES-ECUIO", "ES-DOSDQ", "ES-CRSJO" };
	size_t i;

	ck_assert_int_eq(
	    file_read("examples/program.ini", PROGRAM_FILE_MAX, &text, &err),
	    ERR_OK);
	ck_assert_msg(program_parse(text.at, text.len, &p, &err) == ERR_OK,
	    "%s", err.text);
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		ck_assert_ptr_nonnull(trust_find_consulate(p, codes[i]));
	ck_assert_uint_eq(p->pathway_count, 1);
	for (i = 0; i < I18N_LANGUAGE_COUNT; i++)
		ck_assert_str_ne(p->pathways[0].label[i], "");
	trust_free(&p);
	bytes_free(&text);
}
END_TEST

#define LONG_NAME                                                              \
	"12345678901234567890123456789012345678901234567890123456789012345678" \
	"901234567890123456789012345678901234567890123456789012345678"
#define TOO_LONG_LINE "name = " LONG_NAME LONG_NAME

static const struct {
	const char *name, *text;
	enum err want;
	const char *line; /* must stand in the text */
} mistakes[] = {
	{ "unknown section", "[program]\nname=A\n[center GTGUA01]\nname=B\n",
	    ERR_DATA, "line 3:" },
	{ "key before any section", "\nname=A\n", ERR_DATA, "line 2:" },
	{ "unknown key of program", "[program]\ncode = X\n", ERR_DATA,
	    "line 2:" },
	{ "address alone", "[consulate ES-GTGUA]\naddress=A\n", ERR_DATA,
	    "line 2:" },
	{ "address twice",
	    "[consulate ES-GTGUA]\nname=A\naddress=B\naddress=C\n", ERR_DATA,
	    "line 4:" },
	{ "unknown key of consulate", "[consulate ES-GTGUA]\nname=A\ncity=B\n",
	    ERR_DATA, "line 3:" },
	{ "unknown language", "[pathway ABC]\nde = A\n", ERR_DATA, "line 2:" },
	{ "program name twice", "[program]\nname=A\nname=B\n", ERR_DATA,
	    "line 3:" },
	{ "consulate twice",
	    "[consulate ES-GTGUA]\nname=A\n[consulate ES-GTGUA]\nname=B\n",
	    ERR_DATA, "line 4:" },
	{ "label twice",
	    "[pathway ABC]\nes=A\n[pathway DEF]\nes=A\n[pathway ABC]\nes=B\n",
	    ERR_DATA, "line 6:" },
	{ "bad consulate", "[consulate ES-GT0UA]\nname=A\n", ERR_DATA,
	    "line 1:" },
	{ "consulate in lower case", "[consulate es-gtgua]\nname=A\n", ERR_DATA,
	    "line 1:" },
	{ "section without a code", "[consulate]\nname=A\n", ERR_DATA,
	    "line 1:" },
	{ "bad pathway", "[pathway ABCD]\nes=A\n", ERR_DATA, "line 1:" },
	{ "built-in pathway", "[pathway HUM]\nes=A\n", ERR_DATA, "line 1:" },
	{ "consulate without a name",
	    "[consulate ES-GTGUA]\n[consulate ES-HNTGU]\nname=A\n", ERR_DATA,
	    "line 1:" },
	{ "last section empty", "[program]\nname=A\n[pathway ABC]\n", ERR_DATA,
	    "line 3:" },
	{ "empty name", "[program]\nname =\n", ERR_DATA, "line 2:" },
	{ "double space", "[program]\nname = A  B\n", ERR_DATA, "line 2:" },
	{ "name of 129 characters", "[program]\nname = " LONG_NAME "1\n",
	    ERR_DATA, "line 2:" },
	{ "not UTF-8", "[program]\nname = \xff\n", ERR_DATA, "line 2:" },
	{ "bidi control",
	    "[program]\nname = A\xe2\x80\xae"
	    "B\n",
	    ERR_DATA, "line 2:" },
	{ "neither key nor section", "[program]\nname=A\nnonsense\n", ERR_DATA,
	    "line 3:" },
	{ "a line that libinih would cut", "[program]\n" TOO_LONG_LINE "\n",
	    ERR_LIMIT, "line 2:" },
	{ "a continued line", "[program]\nname = A\n  B\n", ERR_DATA,
	    "line 3:" },
};

START_TEST(each_mistake_is_refused_with_its_line)
{
	struct trust_list *p;
	enum err rc = parse(mistakes[_i].text, &p);

	ck_assert_msg(
	    rc == mistakes[_i].want, "%s: %s", mistakes[_i].name, err_name(rc));
	ck_assert_ptr_null(p);
	ck_assert_msg(strstr(err.text, mistakes[_i].line) == err.text, "%s: %s",
	    mistakes[_i].name, err.text);
}
END_TEST

START_TEST(a_name_of_128_characters_fits)
{
	struct trust_list *p;

	ck_assert_int_eq(
	    parse("[program]\nname = " LONG_NAME "\n", &p), ERR_OK);
	trust_free(&p);
}
END_TEST

START_TEST(nul_is_refused)
{
	static const char text[] = "[program]\nname = A\0B\n";
	struct trust_list *p = NULL;

	ck_assert_int_eq(
	    program_parse(text, sizeof(text) - 1, &p, &err), ERR_DATA);
	ck_assert_ptr_null(p);
}
END_TEST

/* ---- the emblem ---------------------------------------------------------- */

static const struct {
	const char *name, *file, *emblem; /* NULL: refused */
} drawings[] = {
	{ "as the list has it", "10 20 M 1 2 L 3.25 4 C 1 2 3 4 5 6 Z\n",
	    "10 20 M 1 2 L 3.25 4 C 1 2 3 4 5 6 Z" },
	{ "an SVG",
	    "<svg viewBox=\"0 0 24 24\"><g><path id=\"a\" "
	    "d=\"m2,2 8 0v4.5h-3zM20 20C21 21 22 22 23 23z\"/></g></svg>",
	    "24 24 M 2 2 L 10 2 L 10 6.5 L 7 6.5 Z "
	    "M 20 20 C 21 21 22 22 23 23 Z" },
	{ "two paths, one not closed; a box that begins elsewhere",
	    "<svg viewBox='-5 -5 10 9.5'><path d='M-5-5L5 4'/>"
	    "<path d='M0 0 1 1 2e0 0Z'/></svg>",
	    "10 10 M 0 0 L 10 9 Z M 5 5 L 6 6 L 7 5 Z" },
	{ "attributes on lines of their own, a path in a comment",
	    "<svg\n\tviewBox='0 0 9 9'><!-- <path d='M0 0L9 9z'/> -->"
	    "<path\n\td='M1 1\nL2 2z'/></svg>",
	    "9 9 M 1 1 L 2 2 Z" },
	{ "a place below all",
	    "<svg viewBox='0 0 9 9'><path d='m0 0l-1e306 0 -inf nanz'/>",
	    NULL },
	{ "a size like that",
	    "<svg viewBox='0 0 1e308 9'><path d='M0 0L1 1z'/>", NULL },
	{ "lines that are not filled",
	    "<svg viewBox='0 0 9 9'><path fill='none' d='M0 0L1 1z'/>", NULL },
	{ "nothing", "", NULL },
	{ "no shape", "10 20", NULL },
	{ "an open shape", "10 20 M 1 2 L 3 4", NULL },
	{ "a point", "10 20 M 1 2 Z", NULL },
	{ "a line without a beginning", "10 20 L 1 2 Z", NULL },
	{ "outside", "10 20 M 11 2 L 3 4 Z", NULL },
	{ "below nothing", "10 20 M -1 2 L 3 4 Z", NULL },
	{ "three decimals", "10 20 M 1.125 2 L 3 4 Z", NULL },
	{ "two spaces", "10 20 M  1 2 L 3 4 Z", NULL },
	{ "more behind it", "10 20 M 1 2 L 3 4 Z x", NULL },
	{ "relative", "10 20 M 1 2 l 3 4 Z", NULL },
	{ "too wide a number", "10000 20 M 1 2 L 3 4 Z", NULL },
	{ "no size", "<svg><path d='M0 0L1 1Z'/></svg>", NULL },
	{ "an arc", "<svg viewBox='0 0 9 9'><path d='M0 0A1 1 0 0 0 1 1Z'/>",
	    NULL },
	{ "a picture", "<svg viewBox='0 0 9 9'><image href='x'/></svg>", NULL },
	{ "moved", "<svg viewBox='0 0 9 9'><g transform='x'/></svg>", NULL },
	{ "not a number", "<svg viewBox='0 0 9 9'><path d='M nan 0L1 1Z'/>",
	    NULL },
	{ "no such place", "<svg viewBox='0 0 9 9'><path d='M1e300 0L1 1Z'/>",
	    NULL },
	{ "half a command", "<svg viewBox='0 0 9 9'><path d='M0 0L1Z'/>",
	    NULL },
};

START_TEST(an_emblem_is_a_small_outline)
{
	struct trust_list *p = NULL;
	enum err rc;

	run_folder();
	run_put("crest.svg", drawings[_i].file, strlen(drawings[_i].file));
	ck_assert_int_eq(
	    parse("[program]\nname = A\nemblem = crest.svg\n", &p), ERR_OK);
	rc = program_emblem("./program.ini", p, &err);
	if (drawings[_i].emblem == NULL)
		ck_assert_msg(rc == ERR_DATA && strstr(err.text, "crest.svg"),
		    "%s: %s", drawings[_i].name, err.text);
	else {
		ck_assert_msg(
		    rc == ERR_OK, "%s: %s", drawings[_i].name, err.text);
		ck_assert_str_eq(p->emblem, drawings[_i].emblem);
	}
	trust_free(&p);
	run_leave();
}
END_TEST

/* Two squares that touch at a corner, one with a hole; drawn back by pixels. */
START_TEST(a_picture_becomes_its_outline)
{
	static const char picture[] = "P1\n6 5\n1 1 1 0 0 0\n1 0 1 0 0 0\n"
				      "1 1 1 0 0 0\n0 0 0 1 1 0\n0 0 0 1 1 0\n";
	struct trust_list *p = NULL;

	run_folder();
	run_put("crest.pbm", picture, sizeof(picture) - 1);
	ck_assert_int_eq(
	    run("convert crest.pbm -define png:bit-depth=1 "
		"-define png:color-type=0 crest.png && convert crest.pbm "
		"-define png:bit-depth=8 gray.png && "
		"head -c 60 crest.png > cut.png",
		NULL),
	    0);
	ck_assert_int_eq(parse("[program]\nemblem = crest.png\n", &p), ERR_OK);
	ck_assert_msg(
	    program_emblem("program.ini", p, &err) == ERR_OK, "%s", err.text);
	ck_assert_str_eq(p->emblem,
	    "6 5 M 0 0 L 3 0 L 3 3 L 0 3 Z M 1 2 L 2 2 L 2 1 L 1 1 Z "
	    "M 3 3 L 5 3 L 5 5 L 3 5 Z");
	trust_free(&p);
	ck_assert_int_eq(parse("[program]\nemblem = gray.png\n", &p), ERR_OK);
	ck_assert_int_eq(program_emblem("program.ini", p, &err), ERR_DATA);
	trust_free(&p);
	ck_assert_int_eq(parse("[program]\nemblem = cut.png\n", &p), ERR_OK);
	ck_assert_int_eq(program_emblem("program.ini", p, &err), ERR_DATA);
	trust_free(&p);
	run_leave();
}
END_TEST

START_TEST(an_emblem_has_at_most_8_kib)
{
	struct trust_list *p = NULL;
	struct bytes text = { 0 };

	run_folder();
	bytes_add_text(&text, "10 20 M 1 2");
	while (text.len < EMBLEM_MAX - 10)
		bytes_add_text(&text, " L 3 4");
	bytes_add_text(&text, " Z");
	run_put("good", text.at, text.len);
	text.len -= 2;
	bytes_add_text(&text, " L 3.25 4.25 L 3.25 4.25 Z");
	ck_assert_uint_gt(text.len, EMBLEM_MAX);
	run_put("large", text.at, text.len);
	ck_assert_int_eq(parse("[program]\nemblem = good\n", &p), ERR_OK);
	ck_assert_int_eq(program_emblem("program.ini", p, &err), ERR_OK);
	trust_free(&p);
	ck_assert_int_eq(parse("[program]\nemblem = large\n", &p), ERR_OK);
	ck_assert_int_eq(program_emblem("program.ini", p, &err), ERR_LIMIT);
	trust_free(&p);
	ck_assert_int_eq(parse("[program]\nemblem = none\n", &p), ERR_OK);
	ck_assert_int_eq(program_emblem("program.ini", p, &err), ERR_NOT_FOUND);
	trust_free(&p);
	bytes_free(&text);
	run_leave();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("program");
	TCase *t = tcase_create("program");

	tcase_add_test(t, takes_program_consulates_and_pathways_in_order);
	tcase_add_loop_test(
	    t, an_emblem_is_a_small_outline, 0, COUNT(drawings));
	tcase_add_test(t, a_picture_becomes_its_outline);
	tcase_add_test(t, an_emblem_has_at_most_8_kib);
	tcase_add_test(t, an_empty_file_is_an_empty_program);
	tcase_add_test(t, the_example_is_good);
	tcase_add_loop_test(
	    t, each_mistake_is_refused_with_its_line, 0, COUNT(mistakes));
	tcase_add_test(t, a_name_of_128_characters_fits);
	tcase_add_test(t, nul_is_refused);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
