/* Lines of settings, told apart: lib/base/ini.h. */
#include "base/ini.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *line;
	enum ini_kind kind;
	const char *name, *value;
} rows[] = {
	{ "[a b]", INI_SECTION, "a b", "" },
	{ " [ a ] ; why\r", INI_SECTION, "a", "" },
	{ "[a", INI_OPEN_SECTION, "a", "" },
	{ "[", INI_OPEN_SECTION, "", "" },
	{ "k = v w", INI_KEY, "k", "v w" },
	{ "\tk:v=w\t", INI_KEY, "k", "v=w" },
	{ "k=", INI_KEY, "k", "" },
	{ "= v", INI_KEY, "", "v" },
	{ "k = v ; a comment", INI_KEY, "k", "v" },
	{ "k = v;w", INI_KEY, "k", "v;w" },
	{ "k = v # w", INI_KEY, "k", "v # w" },
	{ "k = \"v\"", INI_KEY, "k", "\"v\"" },
	{ "k ; = v", INI_OTHER, "k", "" },
	{ "words", INI_OTHER, "words", "" },
};

static void
assert_is(struct reader got, const char *want)
{
	ck_assert_uint_eq(got.left, strlen(want));
	ck_assert(got.left == 0 || memcmp(got.at, want, got.left) == 0);
}

START_TEST(tells_lines_apart)
{
	char text[200];
	struct plain plain;
	struct ini_line line;

	snprintf(text, sizeof(text), "\xef\xbb\xbf; first\n\n  # second\n%s\n",
	    rows[_i].line);
	plain = plain_begin(text, strlen(text));
	ck_assert(ini_next(&plain, &line));
	ck_assert_int_eq(line.kind, rows[_i].kind);
	ck_assert_uint_eq(line.number, 4);
	assert_is(line.name, rows[_i].name);
	assert_is(line.value, rows[_i].value);
	ck_assert(!ini_next(&plain, &line));
}
END_TEST

START_TEST(nul_is_neither)
{
	struct plain plain = plain_begin("[a]\0\nk = v", 10);
	struct ini_line line;

	ck_assert(ini_next(&plain, &line));
	ck_assert_int_eq(line.kind, INI_OTHER);
	ck_assert_uint_eq(line.whole.left, 4);
	ck_assert(ini_next(&plain, &line));
	ck_assert_int_eq(line.kind, INI_KEY);
}
END_TEST

START_TEST(a_line_may_be_long)
{
	static char text[5000] = "k = ";
	struct ini_line line;
	struct plain plain;

	memset(text + 4, 'x', sizeof(text) - 4);
	plain = plain_begin(text, sizeof(text));
	ck_assert(ini_next(&plain, &line));
	ck_assert_uint_eq(line.value.left, sizeof(text) - 4);
	ck_assert(!ini_next(&plain, &line));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ini");
	TCase *t = tcase_create("ini");

	tcase_add_loop_test(
	    t, tells_lines_apart, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(t, nul_is_neither);
	tcase_add_test(t, a_line_may_be_long);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
