/*
 * How long a PDF may take to draw: what its pictures say gives it more, and only
 * up to a limit; what is no picture gives none.
 */
#include "decode/pdf_time.h"

#include "tests/check_main.h"

/* One stream with a dictionary, of so many KiB. */
struct content {
	const char *dictionary;
	size_t kib;
	long ms;
};

#define PICTURE "/Subtype/Image"
#define FEW     "/Width 2000/Height 1200" /* as few pixels as go with 9 MiB */
#define FEW_MS  (2 * PDF_MS_PER_MPX)
#define MIB     1024

static const struct content contents[] = {
	{ "", 0, PDF_MS },
	/* lines and the like */
	{ "", 20 * MIB, PDF_MS },
	{ "/Filter/FlateDecode", 20 * MIB, PDF_MS },
	/* bytes of pictures, below, at and above */
	{ PICTURE FEW, 1 * MIB, PDF_MS + PDF_MS_PER_MIB + FEW_MS },
	{ PICTURE FEW, PDF_MIB_MAX *MIB - 1,
	    PDF_MS + (PDF_MIB_MAX - 1) * PDF_MS_PER_MIB + FEW_MS },
	{ PICTURE FEW, PDF_MIB_MAX *MIB,
	    PDF_MS + PDF_MIB_MAX *PDF_MS_PER_MIB + FEW_MS },
	{ PICTURE FEW, (PDF_MIB_MAX + 1) * MIB,
	    PDF_MS + PDF_MIB_MAX *PDF_MS_PER_MIB + FEW_MS },
	/* pixels */
	{ PICTURE "/Width 5000/Height 7000", 100,
	    PDF_MS + 35 * PDF_MS_PER_MPX },
	{ "/Height 6000 /Width 6000/Subtype /Image", 100,
	    PDF_MS + PDF_MPX_MAX *PDF_MS_PER_MPX },
	{ PICTURE "/Width 6000/Height 6200", 100,
	    PDF_MS + PDF_MPX_MAX *PDF_MS_PER_MPX },
	{ PICTURE "/Width 99999999999999999999/Height 99999999999999999999",
	    100, PDF_MS + PDF_MPX_MAX *PDF_MS_PER_MPX },
	/* for which there are no bytes, and bytes for which there are no pixels */
	{ PICTURE "/Width 6000/Height 6000", 0, PDF_MS },
	{ PICTURE "/Width 6000/Height 6000", 20, PDF_MS + 10 * PDF_MS_PER_MPX },
	{ PICTURE "/Width 500/Height 500", 8 * MIB, PDF_MS },
	{ PICTURE, 8 * MIB, PDF_MS },
	{ "/Width 5000/Height 7000", 0, PDF_MS },
	{ PICTURE "/Width/Height/Width", 0, PDF_MS },
};

static void
put(const struct content *content, struct bytes *pdf)
{
	static const char kib[1024];
	size_t i;

	bytes_add_text(pdf, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n");
	bytes_addf(pdf, "2 0 obj<<%s>>stream\n", content->dictionary);
	for (i = 0; i < content->kib; i++)
		bytes_add(pdf, kib, sizeof(kib));
	bytes_add_text(pdf, "endstream endobj\n");
}

START_TEST(pictures_give_time)
{
	const struct content *content = &contents[_i];
	struct bytes pdf = { 0 };
	long ms;

	put(content, &pdf);
	/* as often as the machine is slower, from once to ten times */
	ms = pdf_time_for(&pdf);
	ck_assert_int_ge(ms, content->ms);
	ck_assert_int_le(ms, content->ms * 10);
	ck_assert_int_eq(pdf_time_at(&pdf, 1), content->ms);
	ck_assert_int_eq(pdf_time_at(&pdf, 5), content->ms * 5);
	bytes_free(&pdf);
}
END_TEST

/* Several add up, and what follows them is no picture's. */
START_TEST(pictures_add_up)
{
	const struct content picture = { PICTURE "/Width 2000/Height 1000",
		1 * MIB, 0 };
	const struct content lines = { "", 4 * MIB, 0 };
	struct bytes pdf = { 0 };

	put(&picture, &pdf);
	put(&lines, &pdf);
	put(&picture, &pdf);
	ck_assert_int_eq(pdf_time_at(&pdf, 1),
	    PDF_MS + 2 * PDF_MS_PER_MIB + 4 * PDF_MS_PER_MPX);
	bytes_free(&pdf);
}
END_TEST

/* Objects without end, and streams without end: each byte is looked at a few times. */
START_TEST(looking_for_them_takes_no_time)
{
	struct bytes pdf = { 0 };
	int i;

	for (i = 0; i < 300000; i++)
		bytes_add_text(&pdf, "1 0 obj");
	for (i = 0; i < 300000; i++)
		bytes_add_text(&pdf, " obj<<>>stream");
	ck_assert_int_eq(pdf_time_at(&pdf, 1), PDF_MS);
	bytes_free(&pdf);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("pdf_time");
	TCase *t = tcase_create("pdf_time");

	tcase_add_loop_test(
	    t, pictures_give_time, 0, sizeof(contents) / sizeof(contents[0]));
	tcase_add_test(t, pictures_add_up);
	tcase_add_test(t, looking_for_them_takes_no_time);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
