/*
 * Tests of verify/lines.h: what scanners type and pipes bring.
 */
#include "verify/lines.h"

#include "tests/check_main.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct lines lines;
static int ends[2];

static void
setup(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	lines_init(&lines, ends[0]);
}

static void
teardown(void)
{
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
}

static void
type(const char *text)
{
	ck_assert_int_eq(
	    write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
}

static void
end(void)
{
	close(ends[1]);
	ends[1] = -1;
}

/* The next line as text, "" for an empty one. */
static const char *
next(enum line_state want)
{
	const char *text = "";
	size_t len = 0;

	ck_assert_int_eq(lines_next(&lines, -1, &text, &len), want);
	if (want == LINE_TEXT)
		ck_assert_uint_eq(strlen(text), len);
	return text;
}

START_TEST(one_line_after_the_other)
{
	type("\xef\xbb\xbfone\r\n  two \t\n\nfour");
	end();
	ck_assert_str_eq(next(LINE_TEXT), "one");
	ck_assert_uint_eq(lines.number, 1);
	ck_assert_str_eq(next(LINE_TEXT), "two");
	ck_assert_str_eq(next(LINE_TEXT), "");
	ck_assert_str_eq(next(LINE_TEXT), "four");
	ck_assert_uint_eq(lines.number, 4);
	next(LINE_END);
	next(LINE_END);
}
END_TEST

/* Each is given when its end arrives, not when the pipe closes. */
START_TEST(a_line_is_given_at_once)
{
	type("one\ntw");
	ck_assert_str_eq(next(LINE_TEXT), "one");
	type("o\n");
	ck_assert_str_eq(next(LINE_TEXT), "two");
}
END_TEST

START_TEST(waiting_is_told)
{
	const char *text;
	size_t len;

	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_WAITING);
	type("one\n");
	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_TEXT);
	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_WAITING);
	end();
	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_END);
}
END_TEST

/* A key that is held down leaves no pause: who waits is asked in between. */
START_TEST(bytes_without_an_end_are_told)
{
	const char *text;
	size_t len, i;

	for (i = 0; i < 3; i++) {
		type("aaaa");
		ck_assert_int_eq(
		    lines_next(&lines, 10, &text, &len), LINE_COMING);
	}
	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_WAITING);
	type("b\n");
	ck_assert_int_eq(lines_next(&lines, 10, &text, &len), LINE_TEXT);
	ck_assert_str_eq(text, "aaaaaaaaaaaab");
}
END_TEST

/* At the limit, over it, and far over it; then work goes on. */
START_TEST(overlong_lines_are_one)
{
	static char text[3 * LINES_MAX];
	int file = memfd_create("lines", 0);
	size_t i, sizes[] = { LINES_MAX, LINES_MAX + 1, 3 * LINES_MAX };

	memset(text, 'A', sizeof(text));
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(
		    write(file, text, sizes[i]), (ssize_t)sizes[i]);
		ck_assert_int_eq(write(file, "\n", 1), 1);
	}
	ck_assert_int_eq(write(file, "after\n", 6), 6);
	lseek(file, 0, SEEK_SET);
	lines_init(&lines, file);
	ck_assert_uint_eq(strlen(next(LINE_TEXT)), LINES_MAX);
	next(LINE_TOO_LONG);
	next(LINE_TOO_LONG);
	ck_assert_str_eq(next(LINE_TEXT), "after");
	next(LINE_END);
	close(file);
}
END_TEST

START_TEST(peeking_takes_nothing)
{
	const uint8_t *data;
	size_t len;

	type("one\n");
	lines_peek(&lines, &data, &len);
	ck_assert_uint_eq(len, 4);
	ck_assert_mem_eq(data, "one\n", 4);
	ck_assert_str_eq(next(LINE_TEXT), "one");
	end();
	lines_peek(&lines, &data, &len);
	ck_assert_uint_eq(len, 0);
}
END_TEST

START_TEST(the_rest_at_once)
{
	struct bytes out = { 0 };
	const uint8_t *data;
	size_t len;

	type("<abc>\n");
	type("<def>\n");
	end();
	lines_peek(&lines, &data, &len);
	ck_assert(lines_rest(&lines, 12, &out));
	ck_assert_str_eq((char *)out.at, "<abc>\n<def>\n");
	bytes_free(&out);
}
END_TEST

START_TEST(the_rest_has_a_limit)
{
	struct bytes out = { 0 };

	type("0123456789");
	end();
	ck_assert(!lines_rest(&lines, 9, &out));
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("lines");
	TCase *t = tcase_create("lines");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, one_line_after_the_other);
	tcase_add_test(t, a_line_is_given_at_once);
	tcase_add_test(t, waiting_is_told);
	tcase_add_test(t, bytes_without_an_end_are_told);
	tcase_add_test(t, overlong_lines_are_one);
	tcase_add_test(t, peeking_takes_nothing);
	tcase_add_test(t, the_rest_at_once);
	tcase_add_test(t, the_rest_has_a_limit);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
