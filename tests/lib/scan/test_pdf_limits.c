/*
 * PDFs with many pages and many files, below, at and above what is looked at: the
 * first ones count, and that there are more is told. With the real sello-decode.
 */
#include "scan/scan.h"

#include "decode/pdf.h"
#include "scan/magic.h"
#include "tests/check_main.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 10   /* number of the first page */
#define FILE 1000 /* of the first file */

/* Something that begins as a letter does, of so many bytes: in a file without a
 * table of objects the line feed before "endstream" is one of them. */
static void
add_file(struct bytes *pdf, size_t i, size_t len)
{
	static const char open[] = "<a xmlns=\"urn:sello:letter:1\">";
	char *blanks = calloc(len + 1, 1);

	ck_assert_ptr_nonnull(blanks);
	memset(blanks, ' ', len - 1);
	memcpy(blanks, open, sizeof(open) - 1);
	blanks[sizeof(open)] = (char)('a' + i % 26);
	blanks[sizeof(open) + 1] = (char)('a' + i / 26);
	bytes_addf(pdf,
	    "%zu 0 obj<</Type/Filespec/F(a%zu)/EF<</F %zu 0 R>>>>endobj\n"
	    "%zu 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n",
	    FILE + 2 * i, i, FILE + 2 * i + 1, FILE + 2 * i + 1, len, blanks);
	free(blanks);
}

static void
make(size_t pages, size_t files, size_t len, struct bytes *pdf)
{
	size_t i;

	bytes_add_text(pdf,
	    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R"
	    "/Names<</EmbeddedFiles<</Names[");
	for (i = 0; i < files; i++)
		bytes_addf(pdf, "(a%04zu)%zu 0 R ", i, FILE + 2 * i);
	bytes_add_text(pdf, "]>>>>>>endobj\n2 0 obj<</Type/Pages/Kids[");
	for (i = 0; i < pages; i++)
		bytes_addf(pdf, "%zu 0 R ", PAGE + i);
	bytes_addf(pdf, "]/Count %zu>>endobj\n", pages);
	for (i = 0; i < pages; i++)
		bytes_addf(pdf,
		    "%zu 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
		    "endobj\n",
		    PAGE + i);
	for (i = 0; i < files; i++)
		add_file(pdf, i, len);
	bytes_add_text(pdf, "trailer<</Root 1 0 R>>\n");
	ck_assert(!pdf->failed);
}

static enum err
scan(size_t pages, size_t files, size_t len, struct scan_result *out)
{
	struct bytes pdf = { 0 };
	enum err rc;

	make(pages, files, len, &pdf);
	rc = scan_bytes(pdf.at, pdf.len, out, NULL);
	bytes_free(&pdf);
	return rc;
}

START_TEST(pages_have_a_limit)
{
	const size_t pages = PDF_PAGE_MAX - 1 + (size_t)_i;
	struct scan_result out = { 0 };
	size_t i;

	ck_assert_int_eq(scan(pages, 1, 100, &out), ERR_OK);
	ck_assert_uint_eq(out.page_count, pages);
	for (i = 1; i <= pages; i++)
		ck_assert(scan_is_unread(&out, i) == (i > PDF_PAGE_MAX));
	scan_clear(&out);
}
END_TEST

/* Pages that have nothing, and more of them: too large to say so of all. */
START_TEST(many_empty_pages_are_too_many)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(scan(PDF_PAGE_MAX, 0, 0, &out), ERR_UNREADABLE);
	ck_assert_int_eq(scan(PDF_PAGE_MAX + 1, 0, 0, &out), ERR_LIMIT);
}
END_TEST

START_TEST(attachments_have_a_limit)
{
	const size_t files = PDF_FILE_MAX - 1 + (size_t)_i;
	struct scan_result out = { 0 };

	ck_assert_int_eq(scan(1, files, 100, &out), ERR_OK);
	ck_assert_uint_eq(
	    out.count, files < PDF_FILE_MAX ? files : PDF_FILE_MAX);
	ck_assert(out.is_cut == (files > PDF_FILE_MAX));
	scan_clear(&out);
}
END_TEST

START_TEST(attachments_have_a_size)
{
	struct scan_result out = { 0 };

	ck_assert_int_eq(scan(1, 1, MAGIC_LETTER_MAX - 1, &out), ERR_OK);
	scan_clear(&out);
	ck_assert_int_eq(scan(1, 1, MAGIC_LETTER_MAX, &out), ERR_OK);
	ck_assert_uint_eq(out.count, 1);
	scan_clear(&out);
	ck_assert_int_ne(scan(1, 1, MAGIC_LETTER_MAX + 1, &out), ERR_OK);
	scan_clear(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("pdf limits");
	TCase *t = tcase_create("pdf limits");

	tcase_add_loop_test(t, pages_have_a_limit, 0, 3);
	tcase_add_test(t, many_empty_pages_are_too_many);
	tcase_add_loop_test(t, attachments_have_a_limit, 0, 3);
	tcase_add_test(t, attachments_have_a_size);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
