/*
 * Tests of packed/join.h: a code in whatever people and scanners make of it.
 */
#include "packed/join.h"

#include "base/encode.h"
#include "packed/packed.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

static struct join join;
static char told[64];      /* a letter each: c, b, w */
static char text[8][8700]; /* of what was told */
static size_t line[8];
static size_t count;

/* A text whose checksum is good, whatever is in it. */
static void
make(int seed, size_t len, char *out)
{
	struct bytes body = { 0 }, base32 = { 0 };
	uint32_t crc;
	size_t i;

	for (i = 0; i < len; i++)
		bytes_add_byte(&body, (uint8_t)(seed * 37 + (int)(i * i)));
	crc = (uint32_t)crc32(0, body.at, (uInt)body.len);
	for (i = 0; i < 4; i++)
		bytes_add_byte(&body, (uint8_t)(crc >> (24 - 8 * i)));
	base32_encode(body.at, body.len, &base32);
	sprintf(out, "SELLO%s", (char *)base32.at);
	bytes_free(&body);
	bytes_free(&base32);
}

static void
keep(const struct joined *joined, void *arg)
{
	(void)arg;
	ck_assert_uint_lt(count, 8);
	told[count] = "cbw"[joined->kind];
	told[count + 1] = '\0';
	memcpy(text[count], joined->text.at, joined->text.left);
	text[count][joined->text.left] = '\0';
	line[count++] = joined->line;
}

static void
setup(void)
{
	join = (struct join){ .tell = keep };
	count = 0;
	told[0] = '\0';
}

static void
teardown(void)
{
	join_wipe(&join);
}

/* Lines as they come, and the end. */
static void
feed(const char *lines)
{
	join_text(
	    &join, (struct reader){ (const uint8_t *)lines, strlen(lines) });
	ck_assert(!join.failed);
}

static char one[2][400], whole[4000];

/* % is a code, / one broken in lines of 40, quoted. */
static void
fill(const char *form)
{
	size_t i, codes = 0;

	make(1, 120, one[0]);
	make(2, 121, one[1]);
	whole[0] = '\0';
	for (; *form != '\0'; form++) {
		const char *code = one[codes % 2];

		if (*form != '%' && *form != '/') {
			strncat(whole, form, 1);
			continue;
		}
		codes++;
		for (i = 0; code[i] != '\0'; i++) {
			if (*form == '/' && i > 0 && i % 40 == 0)
				strcat(whole, "\n> ");
			strncat(whole, &code[i], 1);
		}
	}
}

static const struct {
	const char *name, *form, *told;
	size_t line;
} forms[] = {
	{ "alone", "%", "c", 1 },
	{ "an AIM identifier", "]Q1%", "c", 1 },
	{ "a start character and an end", "!%#", "c", 1 },
	{ "two in a line", "%%", "cc", 1 },
	{ "two in a line, words between", "one % two %.", "cc", 1 },
	{ "in a sentence", "Here is the code: %, thank you.", "c", 1 },
	{ "a word that follows at once", "% gracias", "c", 1 },
	{ "broken into lines", "/", "c", 1 },
	{ "broken, quoted, in a sentence", "> see /. Thank you", "c", 1 },
	{ "words around it", "Dear consul,\n\n%\nYours,\nElvira", "c", 3 },
	{ "words around two", "Dear consul\n%\nand\n/\nYours", "cc", 2 },
	{ "words before a broken one", "hello\n/", "c", 2 },
	{ "words alone", "hello\nworld", "ww", 1 },
	{ "a stamp is none", "el sello del consulado.\n%", "c", 2 },
	{ "a stamp alone", "el sello del consulado.", "w", 1 },
	{ "a stamp begins", "Sello de la oficina", "w", 1 },
	{ "in capitals", "SELLO DE LA OFICINA\n%", "c", 2 },
	{ "stamps", "sellos\n%\nSello, firma:", "c", 2 },
	{ "a command", "sello-verify check letter.pdf", "w", 1 },
	{ "garbled, odd characters", "SELLOAE&!D", "b", 1 },
	{ "garbled", "SELLOABCDEFG\n%", "bc", 1 },
	{ "two garbled", "SELLOABCDEFG\nSELLOHIJK", "bb", 1 },
	{ "garbled, and words", "hello\nSELLOABCDEFG\nworld.", "b", 2 },
	{ "lower case", "selloabcdefg", "b", 1 },
};

START_TEST(a_code_is_found)
{
	fill(forms[_i].form);
	feed(whole);
	ck_assert_msg(
	    strcmp(told, forms[_i].told) == 0, "%s: %s", forms[_i].name, told);
	ck_assert_msg(
	    line[0] == forms[_i].line, "%s: line %zu", forms[_i].name, line[0]);
	if (told[0] == 'c')
		ck_assert_str_eq(text[0], one[0]);
	if (told[0] == 'c' && told[1] == 'c')
		ck_assert_str_eq(text[1], one[1]);
}
END_TEST

/* It is told with its last line, not with the end. */
START_TEST(a_code_is_told_at_once)
{
	fill("/");
	char *last = strrchr(whole, '\n');
	*last = '\0';
	for (char *at = strtok(whole, "\n"); at != NULL;
	     at = strtok(NULL, "\n"))
		join_line(
		    &join, 1, (struct reader){ (uint8_t *)at, strlen(at) });
	ck_assert_uint_eq(count, 0);
	ck_assert(join_waits(&join));
	join_line(
	    &join, 2, (struct reader){ (uint8_t *)last + 1, strlen(last + 1) });
	ck_assert_str_eq(told, "c");
	ck_assert(!join_waits(&join));
}
END_TEST

/* As a French keyboard types it. */
START_TEST(through_another_keyboard)
{
	static const char from[] = "AQZWM234567";
	static const char *const to[] = { "q", "a", "w", "z", ",", "\xc3\xa9",
		"\"", "'", "(", "-", "\xc3\xa8" };
	char typed[900] = "]Q1";

	make(3, 120, one[0]);
	for (const char *c = one[0]; *c != '\0'; c++) {
		const char *at = strchr(from, *c);

		if (at != NULL)
			strcat(typed, to[at - from]);
		else
			strncat(typed, c, 1);
	}
	feed(typed);
	ck_assert_str_eq(told, "c");
	ck_assert_str_eq(text[0], one[0]);
}
END_TEST

/* Prefixes, over and over, and one code that never ends. */
START_TEST(work_is_bounded)
{
	char part[41] = "";
	int i;

	for (i = 0; i < 8; i++)
		strcat(part, "SELLO");
	for (i = 0; i < 2000; i++) {
		count = 0;
		join_line(&join, 1, (struct reader){ (uint8_t *)part, 40 });
	}
	memset(part, 'A', 40);
	for (i = 0; i < 2000; i++) {
		count = 0;
		join_line(&join, 1, (struct reader){ (uint8_t *)part, 40 });
	}
	ck_assert_uint_le(join.open.len, 2 * PACKED_TEXT_MAX);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("join");
	TCase *t = tcase_create("join");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, a_code_is_found, 0, (int)(sizeof(forms) / sizeof(forms[0])));
	tcase_add_test(t, a_code_is_told_at_once);
	tcase_add_test(t, through_another_keyboard);
	tcase_add_test(t, work_is_bounded);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
