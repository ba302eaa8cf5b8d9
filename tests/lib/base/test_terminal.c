/*
 * test_terminal.c - wide as it is said to be, and its own characters.
 */
#include "base/terminal.h"

#include "base/i18n.h"
#include "base/print.h"
#include "tests/check_main.h"

#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
	const char *charset, *text, *want;
} converted[] = {
	{ "ANSI_X3.4-1968", "plain\nlines", "plain\nlines" },
	{ "ANSI_X3.4-1968", "José Ñandú, Ça Õ", "Jose Nandu, Ca O" },
	{ "ANSI_X3.4-1968", "« a » – “b” … → 3 ×",
	    "<< a >> - \"b\" ... -> 3 x" },
	{ "ANSI_X3.4-1968",
	    "K’iche’, K\xea\x9e\x8ciche\xea\x9e\x8c, \xea\x9e\x8b",
	    "K'iche', K'iche', '" },
	{ "ANSI_X3.4-1968", "\xea\x9e\x80", "?" },
	{ "ISO-8859-1", "José œ ꞌ", "Jos\xe9 oe '" },
	{ "ISO-8859-15", "1 €", "1 \xa4" },
	{ "ANSI_X3.4-1968", "", "" },
};

START_TEST(what_is_missing_has_the_nearest)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	ck_assert(terminal_convert(converted[_i].charset, converted[_i].text,
	    strlen(converted[_i].text), &out));
	bytes_add(&out, "", 1);
	ck_assert_str_eq((char *)out.at, converted[_i].want);
	bytes_free(&out);
}
END_TEST

START_TEST(a_long_text_is_converted_whole)
{
	struct bytes text = { 0 }, out = { 0 };
	int i;

	for (i = 0; i < 5000; i++)
		bytes_add_text(&text, "ñœ");
	ck_assert(terminal_convert(
	    "ANSI_X3.4-1968", (char *)text.at, text.len, &out));
	ck_assert_uint_eq(out.len, 15000);
	ck_assert_mem_eq(out.at + 14997, "noe", 3);
	bytes_free(&text);
	bytes_free(&out);
}
END_TEST

START_TEST(what_cannot_be_converted_is_left)
{
	struct bytes out = { 0 };

	ck_assert(!terminal_convert("no such set", "a", 1, &out));
	ck_assert(!terminal_convert("ISO-8859-1", "a\xff", 2, &out));
	ck_assert(!terminal_convert("ISO-8859-1", "a\xea\x9e", 3, &out));
	ck_assert_uint_eq(out.len, 0);
	bytes_free(&out);
}
END_TEST

static const struct {
	const char *columns;
	size_t want; /* 0: as without */
} widths[] = {
	{ "120", 120 },
	{ "80", 80 },
	{ "40", 40 },
	{ "3", 40 },
	{ "99999", 1000 },
	{ "0", 0 },
	{ "", 0 },
	{ "-5", 0 },
	{ "80x", 0 },
	{ "9999999999999999999999", 0 },
};

START_TEST(as_wide_as_columns_says)
{
	size_t usual;

	unsetenv("COLUMNS");
	usual = terminal_width();
	ck_assert_uint_ge(usual, 40);
	setenv("COLUMNS", widths[_i].columns, 1);
	ck_assert_uint_eq(
	    terminal_width(), widths[_i].want != 0 ? widths[_i].want : usual);
}
END_TEST

/* What the work shows on a terminal of that width. */
static void
watch(void (*work)(void), const char *width, struct bytes *seen)
{
	char chunk[4096];
	int master, status;
	ssize_t got;
	pid_t child = forkpty(&master, NULL, NULL, NULL);

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		setenv("COLUMNS", width, 1);
		unsetenv("LC_ALL");
		setenv("LANG", "C.UTF-8", 1);
		terminal_init();
		work();
		_exit(0);
	}
	/* the other end closing is an error on Linux, not an end */
	while ((got = read(master, chunk, sizeof(chunk))) > 0)
		bytes_add(seen, chunk, (size_t)got);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	close(master);
	bytes_add(seen, "", 1);
}

/* A line in parts, two in one, a question; and what goes elsewhere. */
static void
talk(void)
{
	FILE *file = fopen("/dev/tty", "w");

	print_to(stderr, "%s: ", "sello-test");
	print_to(stderr, "%s", "words that go o");
	print_to(stderr, "%s\nand more\n", "ver the end of a line");
	print_to(
	    stderr, "%s [y/n] ", "Is this question longer than it is wide?");
	print_flush(stderr);
	print_own(stderr, "\n");
	if (file != NULL)
		print_to(file, "%s\n",
		    "a file gets its lines as long as they are made");
	if (file != NULL)
		fclose(file);
}

START_TEST(folds_on_a_terminal)
{
	struct bytes seen = { 0 };

	watch(talk, "40", &seen);
	ck_assert_str_eq((char *)seen.at,
	    "sello-test: words that go over the end\r\n"
	    "            of a line\r\nand more\r\n"
	    "Is this question longer than it is wide?\r\n"
	    "[y/n] \r\n"
	    "a file gets its lines as long as they are made\r\n");
	bytes_free(&seen);
}
END_TEST

/* What is written over again and again is cut, and whole sequences stay. */
static void
move(void)
{
	print_own(stderr, "\r\033[K");
	print_to(stderr, "%s %d",
	    "Reading what is in the folder that was "
	    "named",
	    7);
	print_flush(stderr);
	print_own(stderr, "\r\033[K");
	print_flush(stderr);
}

START_TEST(keeps_a_moving_line_one)
{
	struct bytes seen = { 0 };

	watch(move, "40", &seen);
	ck_assert_str_eq((char *)seen.at,
	    "\r\033[KReading what is in the folder that was n\r\033[K");
	bytes_free(&seen);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("terminal");
	TCase *t = tcase_create("terminal");

	i18n_init(); /* the nearest characters are those of its locale */
	tcase_add_loop_test(t, what_is_missing_has_the_nearest, 0,
	    (int)(sizeof(converted) / sizeof(converted[0])));
	tcase_add_test(t, a_long_text_is_converted_whole);
	tcase_add_test(t, what_cannot_be_converted_is_left);
	tcase_add_loop_test(t, as_wide_as_columns_says, 0,
	    (int)(sizeof(widths) / sizeof(widths[0])));
	tcase_add_test(t, folds_on_a_terminal);
	tcase_add_test(t, keeps_a_moving_line_one);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
