/*
 * PDFs of few bytes that would be drawn for hours: each ends within a second of
 * processor time, and takes no other page with it. With the real sello-decode.
 */
#include "scan/scan.h"

#include "decode/asan.h"
#include "sheet/symbol.h"
#include "tests/check_main.h"
#include "tests/sanitized.h"
#include "tests/support/pictures.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* Forms in forms: ten times each, `levels` deep; the last one draws `leaf`. */
struct bomb {
	const char *what;
	const char *page; /* drawn */
	int levels;
	const char *leaf;
	const char *group; /* in a form's dictionary */
};

#define FILL  "0 0 500 800 re f "
#define GROUP "/Group<</S/Transparency/I true>>"
#define FIRST 100 /* number of the first form */

static const struct bomb bombs[] = {
	{ "forms that fill", "/X Do", 9, FILL, "" },
	{ "forms of nothing", "/X Do", 9, "q Q ", "" },
	{ "groups", "/X Do", 6, FILL, GROUP },
	{ "words", "/X Do", 7, "BT /F 9 Tf 50 50 Td (words) Tj ET ", "" },
	{ "curves", "/X Do", 7, "0 0 m 9 900 900 9 500 500 c B* ", "" },
	{ "a pattern's tiles", "/Pattern cs /P scn 0 0 595 842 re f", 0, "",
	    "" },
};

/* What all pages may name. */
static const char resources[] =
    "/Resources<</XObject<</X 100 0 R>>/Pattern<</P 90 0 R>>"
    "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";

static void
add_stream(struct bytes *pdf, int number, const char *dictionary,
    const char *content, int times)
{
	bytes_addf(pdf, "%d 0 obj<<%s/Length %zu>>stream\n", number, dictionary,
	    (size_t)times * strlen(content));
	while (times-- > 0)
		bytes_add_text(pdf, content);
	bytes_add_text(pdf, "\nendstream endobj\n");
}

static void
add_form(struct bytes *pdf, const struct bomb *bomb, int level)
{
	char dictionary[512];
	bool last = level == bomb->levels - 1;

	snprintf(dictionary, sizeof(dictionary),
	    "/Type/XObject/Subtype/Form/BBox[0 0 595 842]%s"
	    "/Resources<</XObject<</X %d 0 R>>"
	    "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
	    bomb->group, FIRST + level + 1);
	add_stream(
	    pdf, FIRST + level, dictionary, last ? bomb->leaf : "/X Do ", 10);
}

/* The code, a point a module, twice as large. */
static void
add_code(struct bytes *pdf, int number)
{
	static struct symbol symbol;
	struct bytes content = { 0 };
	int x, y;

	ck_assert_int_eq(symbol_make(picture_code, &symbol, NULL), ERR_OK);
	bytes_add_text(&content, "2 0 0 -2 150 600 cm ");
	for (y = 0; y < symbol.width; y++)
		for (x = 0; x < symbol.width; x++)
			if (symbol.module[y * symbol.width + x])
				bytes_addf(&content, "%d %d 1 1 re ", x, y);
	bytes_add_text(&content, "f");
	bytes_add_byte(&content, '\0');
	add_stream(pdf, number, "", (const char *)content.at, 1);
	bytes_free(&content);
}

/* Pages by a letter each: b of the bomb, c of the code. */
static void
make(const struct bomb *bomb, const char *pages, struct bytes *pdf)
{
	size_t i;

	bytes_add_text(pdf,
	    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Kids[");
	for (i = 0; i < strlen(pages); i++)
		bytes_addf(pdf, "%zu 0 R ", 10 + i);
	bytes_addf(pdf, "]/Count %zu>>endobj\n", strlen(pages));
	for (i = 0; i < strlen(pages); i++)
		bytes_addf(pdf,
		    "%zu 0 obj<</Type/Page/Parent 2 0 R"
		    "/MediaBox[0 0 595 842]/Contents %d 0 R%s>>endobj\n",
		    10 + i, pages[i] == 'b' ? 3 : 4, resources);
	add_stream(pdf, 3, "", bomb->page, 1);
	add_code(pdf, 4);
	add_stream(pdf, 90,
	    "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1"
	    "/BBox[0 0 1 1]/XStep .05/YStep .05/Resources<<>>",
	    "0 0 1 1 re f", 1);
	for (i = 0; i < (size_t)bomb->levels; i++)
		add_form(pdf, bomb, (int)i);
	bytes_add_text(pdf, "trailer<</Root 1 0 R>>\n");
	ck_assert(!pdf->failed);
}

/* Processor time of the readers so far, in seconds. */
static double
used(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

START_TEST(a_bomb_ends_in_a_second)
{
	struct scan_result out = { 0 };
	struct errtext err = { 0 };
	struct bytes pdf = { 0 };
	double before = used();

	make(&bombs[_i], "b", &pdf);
	ck_assert_msg(scan_bytes(pdf.at, pdf.len, &out, &err) == ERR_LIMIT,
	    "%s: %s", bombs[_i].what, err.text);
	ck_assert_msg(UNDER_ASAN || used() - before < 1, "%s: %.2f s",
	    bombs[_i].what, used() - before);
	bytes_free(&pdf);
}
END_TEST

/* The letters of a file that somebody put such a page into are all found. */
START_TEST(other_pages_are_read)
{
	struct scan_result out = { 0 };
	struct errtext err = { 0 };
	struct bytes pdf = { 0 };

	make(&bombs[1], "bcbc", &pdf);
	ck_assert_msg(
	    scan_bytes(pdf.at, pdf.len, &out, &err) == ERR_OK, "%s", err.text);
	ck_assert_uint_eq(out.count, 2);
	ck_assert_uint_eq(out.item[0].page, 2);
	ck_assert_uint_eq(out.item[1].page, 4);
	ck_assert_uint_eq(out.page_count, 4);
	ck_assert(scan_is_unread(&out, 1));
	ck_assert(!scan_is_unread(&out, 2));
	ck_assert(scan_is_unread(&out, 3));
	ck_assert(!scan_is_unread(&out, 4));
	scan_clear(&out);
	bytes_free(&pdf);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("bombs");
	TCase *t = tcase_create("pdf");

	/* one is enough where it takes five times as long */
	tcase_add_loop_test(t, a_bomb_ends_in_a_second, 0,
	    UNDER_ASAN ? 1 : sizeof(bombs) / sizeof(bombs[0]));
	if (EACH == 1)
		tcase_add_test(t, other_pages_are_read);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
