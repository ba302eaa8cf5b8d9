/*
 * Tests of verify/desk/folder.h: a folder's files in one body, and nothing else.
 */
#include "verify/desk/folder.h"

#include "tests/check_main.h"

#include <string.h>

static struct box box;

static enum err
read_body(const void *body, size_t len)
{
	struct errtext err = { 0 };

	return folder_read((struct reader){ body, len }, &box, &err);
}

static void
teardown(void)
{
	box_clear(&box);
}

START_TEST(files_in_their_order)
{
	static const char body[] = "5 3\na.xmlabc1 0\nb4 2\n\x1b[1m\0\n";

	ck_assert_int_eq(read_body(body, sizeof(body) - 1), ERR_OK);
	ck_assert_uint_eq(box.count, 3);
	ck_assert_str_eq(box.file[0].name, "a.xml");
	ck_assert_uint_eq(box.file[0].data.len, 3);
	ck_assert_mem_eq(box.file[0].data.at, "abc", 3);
	ck_assert_uint_eq(box.file[1].data.len, 0);
	ck_assert_str_eq(box.file[2].name, "?[1m");
	ck_assert_mem_eq(box.file[2].data.at, "\0\n", 2);
	ck_assert(!box.is_cut);
}
END_TEST

START_TEST(an_empty_folder)
{
	ck_assert_int_eq(read_body("", 0), ERR_OK);
	ck_assert_uint_eq(box.count, 0);
}
END_TEST

static const char *const others[] = { "words", "1", "1 ", "1 1", "1 1\n",
	"1 1\na", "1 2\nab", " 1\na", "1 \na", "-1 1\na", "1 +1\na",
	"0x1 1\nab", "1  1\nab", "1 1\r\nab", "1234567890 1\nab",
	"1 1\nab1 1\n", "1 1\nab\n" };

START_TEST(another_body)
{
	const char *body = others[_i];

	ck_assert_msg(
	    read_body(body, strlen(body)) == ERR_DATA, "\"%s\"", body);
	ck_assert_uint_eq(box.count, 0);
}
END_TEST

START_TEST(more_files_than_are_looked_at)
{
	struct bytes body = { 0 };
	int i;

	for (i = 0; i < BOX_FILE_MAX; i++)
		bytes_add_text(&body, "1 1\nab");
	ck_assert_int_eq(read_body(body.at, body.len), ERR_OK);
	ck_assert_uint_eq(box.count, BOX_FILE_MAX);
	ck_assert(!box.is_cut);
	box_clear(&box);
	bytes_add_text(&body, "1 1\nab");
	ck_assert_int_eq(read_body(body.at, body.len), ERR_OK);
	ck_assert_uint_eq(box.count, BOX_FILE_MAX);
	ck_assert(box.is_cut);
	bytes_free(&body);
}
END_TEST

static Suite *
suite(void)
{
	const int count = (int)(sizeof(others) / sizeof(others[0]));
	Suite *s = suite_create("folder");
	TCase *t = tcase_create("folder");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, files_in_their_order);
	tcase_add_test(t, an_empty_folder);
	tcase_add_loop_test(t, another_body, 0, count);
	tcase_add_test(t, more_files_than_are_looked_at);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
