/*
 * Tests of packed/testpage.h: the codes of a test page are never a letter, and as
 * the document has them.
 */
#include "packed/testpage.h"

#include "base/encode.h"
#include "packed/find.h"
#include "packed/packed.h"
#include "sheet/symbol.h"
#include "sheet/testpage.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>

#define DOCUMENT "docs/packed-form.md"

static struct bytes
text_of(int code)
{
	struct bytes text = { 0 };

	testpage_text((uint8_t)code, &text);
	ck_assert(!text.failed);
	return text;
}

START_TEST(is_no_letter)
{
	struct bytes text = text_of(_i), xml = { 0 };
	struct packed_info info = { 0 };
	struct errtext err = { 0 };

	ck_assert_int_eq(
	    packed_decode((char *)text.at, text.len, &xml, &info, &err),
	    ERR_FOREIGN);
	ck_assert(info.test_page);
	ck_assert_uint_eq(xml.len, 0);
	ck_assert_ptr_nonnull(strstr(err.text, "no letter"));
	bytes_free(&text);
}
END_TEST

/* Whatever is in it: the byte alone says so, behind a good checksum. */
START_TEST(a_changed_one_is_garbled)
{
	struct bytes text = text_of(_i), xml = { 0 };
	struct packed_info info = { 0 };

	text.at[20] = text.at[20] == 'A' ? 'B' : 'A';
	ck_assert_int_eq(
	    packed_decode((char *)text.at, text.len, &xml, &info, NULL),
	    ERR_GARBLED);
	ck_assert(!info.test_page);
	bytes_free(&text);
}
END_TEST

START_TEST(no_other_code_is_a_test_page)
{
	struct packed_info info = { 0 };
	struct bytes xml = { 0 };

	ck_assert_int_eq(
	    packed_decode("HELLO", 5, &xml, &info, NULL), ERR_FOREIGN);
	ck_assert(!info.test_page);
}
END_TEST

/* As a scanner types it, words around. */
START_TEST(is_found_in_a_text)
{
	struct bytes text = text_of(_i), typed = { 0 }, code = { 0 };
	struct reader rest;

	bytes_addf(&typed, "]Q1 %s, and more", (char *)text.at);
	ck_assert(packed_find(
	    (struct reader){ typed.at, typed.len }, &code, &rest, NULL));
	ck_assert_str_eq((char *)code.at, (char *)text.at);
	bytes_free(&text);
	bytes_free(&typed);
	bytes_free(&code);
}
END_TEST

START_TEST(all_are_of_one_size_and_differ)
{
	struct bytes text = text_of(_i), next = text_of(_i + 1);
	struct symbol symbol;

	ck_assert_int_eq(symbol_make((char *)text.at, &symbol, NULL), ERR_OK);
	ck_assert_int_eq(symbol.width, TESTPAGE_MODULES);
	ck_assert_str_ne((char *)text.at, (char *)next.at);
	bytes_free(&text);
	bytes_free(&next);
}
END_TEST

START_TEST(is_as_the_document_says)
{
	struct bytes text = text_of(1), page = { 0 }, want = { 0 };
	const char *at;

	run_get(DOCUMENT, &page);
	ck_assert_uint_gt(page.len, 0);
	at = strstr((char *)page.at, "code 1\n");
	ck_assert_ptr_nonnull(at);
	bytes_addf(&want, "\ntext %s\n", (char *)text.at);
	ck_assert_ptr_nonnull(strstr(at, (char *)want.at));
	bytes_free(&text);
	bytes_free(&page);
	bytes_free(&want);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("testpage");
	TCase *t = tcase_create("codes");

	tcase_add_loop_test(t, is_no_letter, 0, TESTPAGE_CODES);
	tcase_add_loop_test(t, a_changed_one_is_garbled, 0, TESTPAGE_CODES);
	tcase_add_test(t, no_other_code_is_a_test_page);
	tcase_add_loop_test(t, is_found_in_a_text, 0, TESTPAGE_CODES);
	tcase_add_loop_test(
	    t, all_are_of_one_size_and_differ, 0, TESTPAGE_CODES);
	tcase_add_test(t, is_as_the_document_says);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
