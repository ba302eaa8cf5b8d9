#include "base/utf8.h"

#include "tests/check_main.h"

#include <uninorm.h>
#include <unistr.h>

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *name, *text;
	uint32_t first; /* 0: not UTF-8 */
} texts[] = {
	{ "ASCII", "A", 'A' },
	{ "last of one byte", "\x7f", 0x7f },
	{ "first of two bytes", "\xc2\x80", 0x80 },
	{ "last of two bytes", "\xdf\xbf", 0x7ff },
	{ "first of three bytes", "\xe0\xa0\x80", 0x800 },
	{ "before the surrogates", "\xed\x9f\xbf", 0xd7ff },
	{ "after the surrogates", "\xee\x80\x80", 0xe000 },
	{ "last of three bytes", "\xef\xbf\xbf", 0xffff },
	{ "first of four bytes", "\xf0\x90\x80\x80", 0x10000 },
	{ "last of all", "\xf4\x8f\xbf\xbf", 0x10ffff },
	{ "continuation alone", "\x80", 0 },
	{ "Latin-1",
	    "\xf1"
	    "a",
	    0 },
	{ "overlong slash", "\xc0\xaf", 0 },
	{ "overlong NUL", "\xc0\x80", 0 },
	{ "overlong of three", "\xe0\x9f\xbf", 0 },
	{ "overlong of four", "\xf0\x8f\xbf\xbf", 0 },
	{ "first surrogate", "\xed\xa0\x80", 0 },
	{ "last surrogate", "\xed\xbf\xbf", 0 },
	{ "too large", "\xf4\x90\x80\x80", 0 },
	{ "five bytes", "\xf8\x88\x80\x80\x80", 0 },
	{ "cut after one", "\xc3", 0 },
	{ "cut after two", "\xe2\x82", 0 },
	{ "cut after three", "\xf0\x9f\x98", 0 },
	{ "broken off", "\xe2\x28\xa1", 0 },
	{ "never a byte", "\xff", 0 },
};

START_TEST(takes_one_character_or_none)
{
	const char *text = texts[_i].text;
	struct reader r = { (const uint8_t *)text, strlen(text) };
	struct bytes made = { 0 };
	uint32_t c = 0xabcdef;
	bool good = texts[_i].first != 0;

	ck_assert_msg(utf8_next(&r, &c) == good, "%s", texts[_i].name);
	ck_assert_msg(
	    utf8_is_valid(text, strlen(text)) == good, "%s", texts[_i].name);
	if (!good) {
		ck_assert_uint_eq(c, 0xabcdef);
		ck_assert_ptr_eq(r.at, text);
		ck_assert_uint_eq(r.left, strlen(text));
		return;
	}
	ck_assert_uint_eq(c, texts[_i].first);
	ck_assert_uint_eq(r.left, 0);
	ck_assert(!utf8_next(&r, &c));
	utf8_add(&made, c);
	ck_assert_str_eq((char *)made.at, text);
	bytes_free(&made);
}
END_TEST

START_TEST(counts_characters)
{
	ck_assert_uint_eq(utf8_length(""), 0);
	ck_assert_uint_eq(utf8_length("Nu\xc3\xb1"
				      "ez"),
	    5);
	ck_assert_uint_eq(utf8_length("\xf0\x9f\x98\x80"), 1);
	ck_assert(utf8_is_valid("", 0));
	ck_assert(utf8_is_valid(NULL, 0));
}
END_TEST

START_TEST(adds_no_surrogate)
{
	struct bytes out = { 0 };

	utf8_add(&out, 0xd800);
	ck_assert(out.failed);
	bytes_reset(&out);
	utf8_add(&out, 0x110000);
	ck_assert(out.failed);
	bytes_free(&out);
}
END_TEST

/* Unicode Standard Annex 15: its figures 3 to 6, and the traps it names. */
static const struct {
	const char *name, *text, *nfc;
} forms[] = {
	{ "plain", "Ana", "Ana" },
	{ "empty", "", "" },
	{ "composed already", "\xc3\xb1", "\xc3\xb1" },
	{ "n and tilde", "n\xcc\x83", "\xc3\xb1" },
	{ "Angstrom sign", "\xe2\x84\xab", "\xc3\x85" },
	{ "Ohm sign", "\xe2\x84\xa6", "\xce\xa9" },
	{ "D and dot above", "D\xcc\x87", "\xe1\xb8\x8a" },
	{ "two marks, wrong order", "s\xcc\x87\xcc\xa3", "\xe1\xb9\xa9" },
	{ "q keeps two marks in order", "q\xcc\x87\xcc\xa3",
	    "q\xcc\xa3\xcc\x87" },
	{ "ligature stays", "\xef\xac\x81", "\xef\xac\x81" },
	{ "long s with two dots", "\xc5\xbf\xcc\xa3\xcc\x87",
	    "\xe1\xba\x9b\xcc\xa3" },
	{ "Hangul", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xea\xb0\x81" },
	{ "composition exclusion", "\xe0\xa5\x98", "\xe0\xa4\x95\xe0\xa4\xbc" },
	{ "oxia is tonos", "\xe1\xbd\xb1", "\xce\xac" },
};

START_TEST(normalizes)
{
	const char *text = forms[_i].text;
	const char *nfc = forms[_i].nfc;
	struct bytes out = { 0 };

	ck_assert_int_eq(utf8_nfc(text, strlen(text), &out), ERR_OK);
	ck_assert_msg(
	    out.len == strlen(nfc) && memcmp(out.at, nfc, out.len) == 0, "%s",
	    forms[_i].name);
	ck_assert(utf8_is_nfc(nfc, strlen(nfc)));
	ck_assert_msg(
	    utf8_is_nfc(text, strlen(text)) == (strcmp(text, nfc) == 0), "%s",
	    forms[_i].name);
	bytes_free(&out);
}
END_TEST

/* The shortcut for plain names must not know better than the library. */
START_TEST(shortcut_agrees_with_the_library)
{
	for (uint32_t c = 1; c < 0x3400; c++) {
		struct bytes text = { 0 };
		size_t len;
		uint8_t *want;

		bytes_add_byte(&text, 'e');
		utf8_add(&text, c);
		utf8_add(&text, 0xe9);
		want = u8_normalize(UNINORM_NFC, text.at, text.len, NULL, &len);
		ck_assert_msg(utf8_is_nfc(text.at, text.len) ==
			(len == text.len && memcmp(want, text.at, len) == 0),
		    "U+%04X", c);
		free(want);
		bytes_free(&text);
	}
}
END_TEST

START_TEST(normalizes_no_garbage)
{
	struct bytes out = { 0 };

	ck_assert_int_eq(utf8_nfc("a\xff", 2, &out), ERR_DATA);
	ck_assert_int_eq(utf8_nfc("\xcc", 1, &out), ERR_DATA);
	ck_assert_uint_eq(out.len, 0);
	ck_assert(!utf8_is_nfc("a\xff", 2));
	ck_assert(!utf8_is_nfc("\xcc\x80\xff", 3));
}
END_TEST

static const struct {
	uint32_t character;
	const char *name;
} names[] = {
	{ 0x430, "U+0430 CYRILLIC SMALL LETTER A" },
	{ 'A', "U+0041 LATIN CAPITAL LETTER A" },
	{ 0x2019, "U+2019 RIGHT SINGLE QUOTATION MARK" },
	{ 0x1f600, "U+1F600 GRINNING FACE" },
	{ 0xac00, "U+AC00 HANGUL SYLLABLE GA" },
	{ 1, "U+0001" },
	{ 0xe000, "U+E000" },
	{ 0x10ffff, "U+10FFFF" },
};

START_TEST(names_characters)
{
	char out[128];

	utf8_name(names[_i].character, out, sizeof(out));
	ck_assert_str_eq(out, names[_i].name);
	utf8_name(names[_i].character, out, 4);
	ck_assert_int_eq(strncmp(out, names[_i].name, 3), 0);
	ck_assert_uint_eq(strlen(out), 3);
}
END_TEST

static const struct {
	const char *name, *text, *safe;
} shown[] = {
	{ "text",
	    "Mar\xc3\xad"
	    "a N\xcc\x83",
	    "Mar\xc3\xad"
	    "a N\xcc\x83" },
	{ "escape", "a\x1b[2Jb", "a?[2Jb" },
	{ "line ends", "a\r\nb\tc", "a??b?c" },
	{ "delete", "a\x7f", "a?" },
	{ "C1",
	    "\xc2\x9b"
	    "31m",
	    "?31m" },
	{ "right-to-left override",
	    "\xe2\x80\xae"
	    "cba",
	    "?cba" },
	{ "bidi isolates", "\xe2\x81\xa6\xe2\x81\xa9", "??" },
	{ "Arabic letter mark", "\xd8\x9c", "?" },
	{ "zero width space", "\xe2\x80\x8b", "?" },
	{ "line separator", "\xe2\x80\xa8", "?" },
	{ "paragraph separator", "\xe2\x80\xa9", "?" },
	{ "byte order mark", "\xef\xbb\xbf", "?" },
	{ "broken",
	    "\xf1"
	    "a\xe2\x82",
	    "?a??" },
	{ "empty", "", "" },
};

START_TEST(nothing_paints_the_screen)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	utf8_print_safe(shown[_i].text, strlen(shown[_i].text), &out);
	ck_assert_msg(
	    strcmp((char *)out.at, shown[_i].safe) == 0, "%s", shown[_i].name);
	bytes_free(&out);
}
END_TEST

static const struct {
	const char *text, *letters, *words;
} folds[] = {
	{ "Fecha de nac. *", "fechadenac", "fecha de nac" },
	{ "  PRÉNOMS\t", "prenoms", "prenoms" },
	{ "birth_date-2", "birthdate2", "birth date 2" },
	{ "A\xcc\x81 \xc3\xb1\xc3\x91", "ann", "a nn" }, { "--", "", "" },
	{ "", "", "" }, { "a\xff", "", "" }, /* not UTF-8 */
};

START_TEST(folds_words)
{
	struct bytes letters = { 0 }, words = { 0 };
	size_t len = strlen(folds[_i].text);

	utf8_fold(folds[_i].text, len, false, &letters);
	utf8_fold(folds[_i].text, len, true, &words);
	ck_assert_str_eq((char *)letters.at, folds[_i].letters);
	ck_assert_str_eq((char *)words.at, folds[_i].words);
	bytes_free(&letters);
	bytes_free(&words);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("utf8");
	TCase *t = tcase_create("utf8");

	tcase_add_loop_test(t, takes_one_character_or_none, 0, COUNT(texts));
	tcase_add_test(t, counts_characters);
	tcase_add_test(t, adds_no_surrogate);
	tcase_add_loop_test(t, normalizes, 0, COUNT(forms));
	tcase_add_test(t, shortcut_agrees_with_the_library);
	tcase_add_test(t, normalizes_no_garbage);
	tcase_add_loop_test(t, names_characters, 0, COUNT(names));
	tcase_add_loop_test(t, folds_words, 0, COUNT(folds));
	tcase_add_loop_test(t, nothing_paints_the_screen, 0, COUNT(shown));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
