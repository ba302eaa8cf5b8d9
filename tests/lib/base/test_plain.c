/*
 * test_plain.c - lines as editors leave them, and what is around them.
 */
#include "base/plain.h"

#include "tests/check_main.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"

/* Lines, joined by a bar; with the number of the last. */
static const struct {
	const char *text, *lines, *filled;
	size_t count;
} files[] = {
	{ "", "", "", 0 },
	{ MARK, "", "", 0 },
	{ "a", "a|", "a|", 1 },
	{ "a\n", "a|", "a|", 1 },
	{ "a\r\n", "a|", "a|", 1 },
	{ MARK "a\r\n\r\n b \nc", "a|| b |c|", "a|b|c|", 4 },
	{ "\n\n\n", "|||", "", 3 },
	{ "a\rb\r\nc\r", "a\rb|c\r|", "a\rb|c|", 2 },
	{ MARK MARK "a", MARK "a|", MARK "a|", 1 },
	{ "a\xff\nb", "a\xff|b|", "a\xff|b|", 2 },
};

static void
check(const char *text, bool filled, const char *want, size_t count)
{
	struct plain plain = plain_begin(text, strlen(text));
	struct bytes got = { 0 };
	struct reader line;

	bytes_add_text(&got, "");
	while (
	    filled ? plain_filled(&plain, &line) : plain_line(&plain, &line)) {
		bytes_add(&got, line.at, line.left);
		bytes_add_byte(&got, '|');
	}
	bytes_add(&got, "", 1);
	ck_assert_str_eq((char *)got.at, want);
	ck_assert_uint_eq(plain.line, count);
	bytes_free(&got);
}

START_TEST(line_ends_and_the_mark_are_nobodys_word)
{
	check(files[_i].text, false, files[_i].lines, files[_i].count);
	check(files[_i].text, true, files[_i].filled, files[_i].count);
}
END_TEST

static const struct {
	const char *text, *want;
} quoted[] = {
	{ "", "" },
	{ " \t", "" },
	{ "a b", "a b" },
	{ " \"a b\"\r", "a b" },
	{ "'a'", "a" },
	{ "\u201c a \u201d", "a" },
	{ "\u201ea\u201c", "a" },
	{ "\u00ab a \u00bb", "a" },
	{ "\"\"a\"\"", "\"a\"" },
	{ "\"", "\"" },
	{ "\"\"", "" },
	{ "\"a", "\"a" },
	{ "Ch'orti'", "Ch'orti'" },
	{ "a\"", "a\"" },
};

START_TEST(one_pair_of_quotes_goes)
{
	struct reader text = { (const uint8_t *)quoted[_i].text,
		strlen(quoted[_i].text) };

	plain_unquote(&text);
	ck_assert_uint_eq(text.left, strlen(quoted[_i].want));
	ck_assert_mem_eq(text.at, quoted[_i].want, text.left);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("plain");
	TCase *t = tcase_create("plain");

	tcase_add_loop_test(t, line_ends_and_the_mark_are_nobodys_word, 0,
	    (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_loop_test(t, one_pair_of_quotes_goes, 0,
	    (int)(sizeof(quoted) / sizeof(quoted[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
