/*
 * test_print.c - what was read cannot paint: base/print.h, base/utf8.h and
 * base/json.h.
 */
#include "base/json.h"
#include "base/print.h"
#include "base/utf8.h"
#include "tests/check_main.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What print_to() would put on a stream, in a buffer that the caller frees. */
static char *printed(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

static char *
printed(const char *fmt, ...)
{
	struct bytes out = { 0 };
	va_list list;

	va_start(list, fmt);
	print_add(&out, fmt, list);
	va_end(list);
	ck_assert(!out.failed);
	return out.at != NULL ? (char *)out.at : strdup("");
}

static void
same(char *got, const char *want)
{
	ck_assert_str_eq(got, want);
	free(got);
}

/* Whoever chose a name can put each of these into it. */
static const struct {
	const char *name, *text, *want;
} hostile[] = {
	{ "nothing", "Quispe Ñusta", "Quispe Ñusta" },
	{ "ESC", "\033[1;97;48;5;22mVALID\033[0m", "?[1;97;48;5;22mVALID?[0m" },
	{ "carriage return", "a\rVALID", "a?VALID" },
	{ "line feed", "a\nsello-verify: all is good",
	    "a?sello-verify: all is good" },
	{ "backspace, tab, bell", "a\b\t\a", "a???" },
	{ "DEL", "a\x7f", "a?" },
	{ "C1: CSI",
	    "a\xc2\x9b"
	    "2J",
	    "a?2J" },
	{ "C1 as a bare byte",
	    "a\x9b"
	    "2J",
	    "a?2J" },
	{ "bidi override", "a\xe2\x80\xaegpj.lmx", "a?gpj.lmx" },
	{ "bidi isolate", "a\xe2\x81\xa6z\xe2\x81\xa9", "a?z?" },
	{ "bidi marks", "\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "???" },
	{ "line and paragraph separator", "\xe2\x80\xa8\xe2\x80\xa9", "??" },
	{ "zero width, joiners, BOM", "\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf",
	    "???" },
	{ "soft hyphen, word joiner", "\xc2\xad\xe2\x81\xa0", "??" },
	{ "tag characters", "\xf3\xa0\x80\xa0\xf3\xa0\x81\xbf", "??" },
	{ "invisible by rule: fillers", "\xe3\x85\xa4\xe1\x85\x9f\xcd\x8f",
	    "???" },
	{ "variation selector", "\xef\xb8\x8f", "?" },
	{ "private use, no character", "\xee\x80\x80\xef\xbf\xbf", "??" },
	{ "cut, overlong, surrogate", "\xc3|\xc0\xaf|\xed\xa0\x80",
	    "?|??|???" },
};

START_TEST(shows_what_would_paint)
{
	same(printed("%s", hostile[_i].text), hostile[_i].want);
}
END_TEST

START_TEST(own_format_is_left_alone)
{
	same(printed("\033[1m%s\033[0m\n", "\033[2J"), "\033[1m?[2J\033[0m\n");
}
END_TEST

/* Numbers as printf gives them; texts padded by characters, not bytes. */
START_TEST(formats_like_printf)
{
	same(printed("%d|%5d|%-5d|%05d|%+d", 1, -2, 3, 4, 5),
	    "1|   -2|3    |00004|+5");
	same(printed("%u %lu %llu %zu %" PRIu64, 1U, 2UL, 3ULL, (size_t)4,
		 UINT64_MAX),
	    "1 2 3 4 18446744073709551615");
	same(printed("%lld %" PRId64 " %jd", -1LL, INT64_MIN, (intmax_t)7),
	    "-1 -9223372036854775808 7");
	same(printed("%02x %08X %#x %o", 10U, 0xabcU, 1U, 8U),
	    "0a 00000ABC 0x1 10");
	same(printed("%.1f %.0f%%", 1.25, 99.0), "1.2 99%");
	same(printed("[%5s][%-5s][%.2s][%*s][%-*s][%.*s]", "ab", "cd", "efg", 4,
		 "h", 3, "i", 1, "jk"),
	    "[   ab][cd   ][ef][   h][i  ][j]");
	same(printed("[%-4s][%4s]", "ñé", "\033"), "[ñé  ][   ?]");
	same(printed("%c%c", 'x', '\033'), "x?");
	errno = ENOSPC;
	same(printed("%m"), strerror(ENOSPC));
	same(printed("%s|", ""), "|");
}
END_TEST

/* JSON stays data: escaped, not replaced; and still one line. */
static char *
json_of(json_t *object)
{
	char *text = NULL;
	size_t size = 0;
	FILE *before = stdout;

	stdout = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(stdout);
	json_line(object);
	fclose(stdout);
	stdout = before;
	return text;
}

START_TEST(json_escapes_what_would_paint)
{
	json_t *o = json_object();
	json_t *read;
	char *line;

	json_set_text(o, "text", hostile[_i].text);
	json_incref(o);
	line = json_of(o);
	for (const char *c = line; *c != '\0'; c++)
		ck_assert(*c != '\033' && *c != '\x7f' && *c != '\r');
	for (struct reader r = { (uint8_t *)line, strlen(line) - 1 };
	     r.left > 0;) {
		uint32_t character;

		ck_assert(utf8_next(&r, &character));
		ck_assert(!utf8_paints(character));
	}
	read = json_loads(line, 0, NULL);
	ck_assert_msg(json_equal(read, o), "%s", line);
	json_decref(read);
	json_decref(o);
	free(line);
}
END_TEST

static Suite *
suite(void)
{
	const int rows = sizeof(hostile) / sizeof(hostile[0]);
	Suite *s = suite_create("print");
	TCase *t = tcase_create("print");

	tcase_add_loop_test(t, shows_what_would_paint, 0, rows);
	tcase_add_test(t, own_format_is_left_alone);
	tcase_add_test(t, formats_like_printf);
	tcase_add_loop_test(t, json_escapes_what_would_paint, 0, rows);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
