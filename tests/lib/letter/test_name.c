#include "letter/name.h"

#include "base/utf8.h"
#include "letter/field.h"
#include "letter/letter.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* --- normalize ------------------------------------------------------------ */

static const struct {
	const char *typed, *canonical;
} normal[] = {
	{ "Q'anil Batz", "Q'anil Batz" },
	{ "Q\u2019anil", "Q'anil" },
	{ "Q\u02BCanil", "Q'anil" },
	{ "Q\u2018anil", "Q'anil" },
	{ "Q\u02BBanil", "Q'anil" },
	{ "Q`anil", "Q'anil" },
	{ "Q\u00B4anil", "Q'anil" },
	{ "Q\uA78Canil", "Q'anil" },
	{ "T\uA78Bul", "T'ul" },
	{ "P\u00E9rez\u2013Paz", "P\u00E9rez-Paz" },
	{ "P\u00E9rez\u2010Paz\u2212Coc", "P\u00E9rez-Paz-Coc" },
	{ "  Ana  ", "Ana" },
	{ "Ana   Maria", "Ana Maria" },
	{ "Ana\tMaria\r\n", "Ana Maria" },
	{ "Ana\u00A0Maria", "Ana Maria" },
	{ "Ana\u2007\u202F\u3000Maria", "Ana Maria" },
	{ "\u2003Ana\u2028\u2029Maria\xC2\x85", "Ana Maria" },
	{ "Maria\u0301", "Mari\u00E1" },
	{ "n\u0303a", "\u00F1a" },
	{ "A\u030A\u0301", "\u01FA" },
	/* not judged here: stays, and is refused later */
	{ "S\u0430nchez", "S\u0430nchez" },
	{ "a\u200Bb", "a\u200Bb" },
	{ "", "" },
	{ " \t ", "" },
};

START_TEST(normalizes)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "<");
	ck_assert_int_eq(name_normalize(normal[_i].typed, &out), ERR_OK);
	ck_assert_str_eq((const char *)out.at + 1, normal[_i].canonical);
	bytes_free(&out);
}
END_TEST

START_TEST(normalizes_again_to_the_same)
{
	struct bytes once = { 0 }, twice = { 0 };

	bytes_add_text(&once, "");
	bytes_add_text(&twice, "");
	ck_assert_int_eq(name_normalize(normal[_i].typed, &once), ERR_OK);
	ck_assert_int_eq(name_normalize((const char *)once.at, &twice), ERR_OK);
	ck_assert(bytes_equal(&once, &twice));
	bytes_free(&once);
	bytes_free(&twice);
}
END_TEST

START_TEST(normalize_refuses_broken_utf8)
{
	struct bytes out = { 0 };

	ck_assert_int_eq(name_normalize("Mar\xED\x61", &out), ERR_DATA);
	ck_assert_uint_eq(out.len, 0);
	bytes_free(&out);
}
END_TEST

/* --- check ---------------------------------------------------------------- */

static const char *const good_names[] = { "Xul", "Q'anil Batz", "O'Connor",
	"Jean-Claude C\u00E9ant-Desrosiers", "Elvira Ma.", "\u00D3scar",
	"\u1E80eyu", "\u024F", "A", "A'", "A-", "A.", "a b c d", "D'- .x" };

START_TEST(accepts_names)
{
	struct problem p;

	ck_assert_msg(name_check(good_names[_i], FIELD_SURNAMES, &p), "%s: %s",
	    good_names[_i], p.text);
	ck_assert(name_check(good_names[_i], FIELD_SURNAMES, NULL));
}
END_TEST

static const struct {
	const char *name;
	enum problem_code code;
	const char *says;
} bad_names[] = {
	{ "", E_MISSING, "empty" },
	{ "Riv\u0435ra", E_CHARACTER,
	    "U+0435 CYRILLIC SMALL LETTER IE at position 4" },
	{ "San\u0430", E_CHARACTER,
	    "U+0430 CYRILLIC SMALL LETTER A at position 4" },
	{ "\u0421ruz", E_CHARACTER,
	    "U+0421 CYRILLIC CAPITAL LETTER ES at position 1" },
	{ "Mar\u00EDx\u0301", E_CHARACTER,
	    "U+0301 COMBINING ACUTE ACCENT at position 6" },
	{ "Ana3", E_CHARACTER, "U+0033 DIGIT THREE at position 4" },
	{ "A<B", E_CHARACTER, "U+003C LESS-THAN SIGN at position 2" },
	{ "A&B", E_CHARACTER, "U+0026 AMPERSAND at position 2" },
	{ "Q\u2019anil", E_CHARACTER,
	    "U+2019 RIGHT SINGLE QUOTATION MARK at position 2" },
	{ "a\u200Bb", E_CHARACTER, "U+200B ZERO WIDTH SPACE at position 2" },
	{ "a\u202Eb", E_CHARACTER,
	    "U+202E RIGHT-TO-LEFT OVERRIDE at position 2" },
	{ "a\u00D7", E_CHARACTER, "U+00D7 MULTIPLICATION SIGN at position 2" },
	{ "a\u00F7", E_CHARACTER, "U+00F7 DIVISION SIGN at position 2" },
	{ "a\u0250", E_CHARACTER, "U+0250 LATIN SMALL LETTER TURNED A" },
	{ "a\u00BF", E_CHARACTER, "U+00BF INVERTED QUESTION MARK" },
	{ "a\x01", E_CHARACTER, "U+0001 at position 2" },
	{ "a\tb", E_CHARACTER, "U+0009 at position 2" },
	{ "'Ana", E_CHARACTER, "U+0027 APOSTROPHE at position 1" },
	{ "-Ana", E_CHARACTER, "begin with a Latin letter" },
	{ ".", E_CHARACTER, "begin with a Latin letter" },
	{ " Ana", E_CHARACTER, "space at position 1" },
	{ "Ana ", E_CHARACTER, "space at position 4" },
	{ "Ana  Paz", E_CHARACTER, "space at position 5" },
	{ " ", E_CHARACTER, "space at position 1" },
	{ "Ana\u00A0Paz", E_CHARACTER, "U+00A0 NO-BREAK SPACE at position 4" },
	{ "Mar\xED\x61", E_CHARACTER, "UTF-8 at position 4" },
	{ "M\u00AA", E_CHARACTER, "write the word in full, as Maria" },
	{ "Fern\u00BA", E_CHARACTER, "as Fernando" },
	{ "P\u00E9rez\u2014Paz", E_CHARACTER, "write a hyphen" },
	{ "P\uFFFDrez", E_CHARACTER, "type the name again" },
};

START_TEST(refuses_names_and_says_why)
{
	struct problem p = { 0 };

	ck_assert(!name_check(bad_names[_i].name, FIELD_GIVEN_NAMES, &p));
	ck_assert_str_eq(
	    problem_name(p.code), problem_name(bad_names[_i].code));
	ck_assert_msg(strstr(p.text, bad_names[_i].says) != NULL, "%s: %s",
	    bad_names[_i].says, p.text);
	ck_assert_int_eq(p.field, FIELD_GIVEN_NAMES);
	ck_assert_int_eq(p.dependant, -1);
	ck_assert(!name_check(bad_names[_i].name, FIELD_GIVEN_NAMES, NULL));
}
END_TEST

/* 80 characters of one, two and three bytes; 81 are too many. */
START_TEST(name_length_is_in_characters)
{
	static const char *const letters[] = { "a", "\u00F1", "\u1EA1" };
	char name[81 * 3 + 1] = "";
	struct problem p;

	for (int i = 0; i < 80; i++)
		strcat(name, letters[_i]);
	ck_assert(name_check(name, FIELD_SURNAMES, &p));
	ck_assert_uint_lt(strlen(name), LETTER_NAME_SIZE);
	strcat(name, letters[_i]);
	ck_assert(!name_check(name, FIELD_SURNAMES, &p));
	ck_assert_int_eq(p.code, E_LENGTH);
	ck_assert_ptr_nonnull(strstr(p.text, "81"));
}
END_TEST

/* The ranges as the schema's pattern writes them, and all of Unicode's rest. */
START_TEST(letters_are_exactly_the_documented_ranges)
{
	static const uint32_t ranges[][2] = { { 'A', 'Z' }, { 'a', 'z' },
		{ 0xC0, 0xD6 }, { 0xD8, 0xF6 }, { 0xF8, 0x24F },
		{ 0x1E00, 0x1EFF } };

	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		bool want = false;

		for (int i = 0; i < COUNT(ranges); i++)
			want |= c >= ranges[i][0] && c <= ranges[i][1];
		ck_assert_msg(name_is_letter(c) == want, "U+%04X", c);
	}
}
END_TEST

/* name_check() does not ask for NFC: no allowed name can be other. */
START_TEST(every_allowed_name_is_nfc)
{
	for (uint32_t c = 0; c <= 0x1EFF; c++) {
		struct bytes pair = { 0 };

		if (!name_is_letter(c))
			continue;
		for (uint32_t d = ' '; d <= 0x1EFF; d++) {
			if (!name_is_letter(d) && d != ' ' && d != '\'' &&
			    d != '-' && d != '.')
				continue;
			bytes_reset(&pair);
			utf8_add(&pair, c);
			utf8_add(&pair, d);
			ck_assert_msg(utf8_is_nfc(pair.at, pair.len),
			    "U+%04X U+%04X", c, d);
		}
		bytes_free(&pair);
	}
}
END_TEST

/* --- machine-readable zone ------------------------------------------------ */

static const struct {
	const char *name, *zone;
} zones[] = {
	{ "Q'anil Batz", "QANIL<BATZ" },
	{ "Ajq'ij Tzoc", "AJQIJ<TZOC" },
	{ "Elvira Ma.", "ELVIRA<MA" },
	{ "Arg\u00FCelles Ord\u00F3\u00F1ez", "ARGUEELLES<ORDONEZ" },
	{ "C\u00E9ant-Desrosiers", "CEANT<DESROSIERS" },
	{ "L'H\u00E9risson", "LHERISSON" },
	{ "D'Ha\u00EFti", "DHAITI" },
	{ "\u00C7elik", "CELIK" },
	{ "O'Connor", "OCONNOR" },
	{ "Ma. - del Mar", "MA<DEL<MAR" },
	{ "Ana-", "ANA" },
	{ "x", "X" },
	{ "", "" },
	/* Doc 9303-3, section 6, table A: two letters or not the base letter */
	{ "\u00C4\u00E4", "AEAE" },
	{ "\u00C6\u00E6", "AEAE" },
	{ "\u00C5\u00E5", "AAAA" },
	{ "\u00D0\u00F0\u0110\u0111", "DDDD" },
	{ "\u0126\u0127", "HH" },
	{ "\u0131\u0130", "II" },
	{ "\u0132\u0133", "IJIJ" },
	{ "\u0138", "Q" },
	{ "\u013F\u0140\u0141\u0142", "LLLL" },
	{ "\u0149\u014A\u014B", "NNN" },
	{ "\u00D6\u00F6\u00D8\u00F8\u0152\u0153", "OEOEOEOEOEOE" },
	{ "\u00DF\u1E9E", "SSSS" },
	{ "\u0166\u0167", "TT" },
	{ "\u00DE\u00FE", "THTH" },
	{ "\u00DC\u00FC", "UEUE" },
	/* an accent on top of one of those */
	{ "\u01FA\u01D7\u01FE\u01FC", "AAUEOEAE" },
	/* in use by people of the region or near it */
	{ "\u0189\u0186\u0190", "DOE" },
	{ "Nguy\u1EC5n", "NGUYEN" },
	{ "\u01C2Khomani", "TCKHOMANI" },
};

START_TEST(transliterates)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "*");
	name_mrz(zones[_i].name, &out);
	ck_assert_str_eq((const char *)out.at + 1, zones[_i].zone);
	bytes_free(&out);
}
END_TEST

/* "U+00F1 LATIN SMALL LETTER N WITH TILDE": N and "TILDE". */
static bool
base_by_name(uint32_t c, char *base, char mark[64])
{
	char name[128];

	utf8_name(c, name, sizeof(name));
	return sscanf(name, "U+%*4X LATIN CAPITAL LETTER %c WITH %63[A-Z ]",
		   base, mark) == 2 ||
	    sscanf(name, "U+%*4X LATIN SMALL LETTER %c WITH %63[A-Z ]", base,
		mark) == 2;
}

/* Doc 9303 writes these with two letters. */
static bool
is_doubled(char base, const char *mark)
{
	return (strchr("AOU", base) != NULL &&
		   strncmp(mark, "DIAERESIS", 9) == 0 &&
		   strstr(mark, "BELOW") == NULL) ||
	    (base == 'A' && strncmp(mark, "RING ABOVE", 10) == 0) ||
	    (base == 'O' &&
		(strcmp(mark, "STROKE") == 0 ||
		    strcmp(mark, "STROKE AND ACUTE") == 0));
}

/* Unicode's names are the oracle: what is letter X with a mark gives X. */
START_TEST(accented_letters_give_their_base)
{
	int seen = 0;

	for (uint32_t c = 0xC0; c <= 0x1EFF; c++) {
		struct bytes in = { 0 }, out = { 0 };
		char base, mark[64];

		if (!name_is_letter(c))
			continue;
		utf8_add(&in, c);
		bytes_add_text(&out, "");
		name_mrz((const char *)in.at, &out);
		ck_assert_msg(strspn((const char *)out.at,
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == out.len,
		    "U+%04X", c);
		/* U+01C5 and its like are two letters */
		if (base_by_name(c, &base, mark) &&
		    strstr(mark, "SMALL LETTER") == NULL) {
			ck_assert_msg(out.at[0] == base &&
				out.len == (is_doubled(base, mark) ? 2 : 1),
			    "U+%04X: %s", c, out.at);
			seen++;
		}
		bytes_free(&in);
		bytes_free(&out);
	}
	ck_assert_int_gt(seen, 500);
}
END_TEST

/* --- fold ----------------------------------------------------------------- */

static const struct {
	const char *surnames[2], *given[2];
	bool same;
} folds[] = {
	{ { "Mu\u00F1oz Ca\u00F1as", "Munoz Canas" },
	    { "Bego\u00F1a", "BEGONA" }, true },
	{ { "G\u00F3mez Paz", "Paz Gomez" }, { "Ana", "Ana" }, true },
	{ { "Arg\u00FCelles", "Arguelles" }, { "Iv\u00E1n", "Ivan" }, true },
	{ { "\u00D6zil", "Ozil" }, { "J\u00F8rgen", "Jorgen" }, true },
	{ { "\u00C5berg", "Aberg" }, { "\u00C4nne", "Anne" }, true },
	{ { "Q'anil", "Qanil" }, { "Ma.", "Ma" }, true },
	{ { "C\u00E9ant-Desrosiers", "Desrosiers Ceant" }, { "", "" }, true },
	/* given names typed as surnames */
	{ { "Juan Mateo", "Mateo" }, { "Andr\u00E9s", "Andres Juan" }, true },
	{ { "G\u00F3mez G\u00F3mez", "G\u00F3mez" }, { "Luz", "Luz" }, false },
	{ { "Gomez", "Gomes" }, { "Luz", "Luz" }, false },
	{ { "Ana", "An" }, { "Bel", "aBel" }, false },
};

START_TEST(folds_look_alikes)
{
	struct bytes key[2] = { { 0 }, { 0 } };

	for (int i = 0; i < 2; i++)
		name_fold(folds[_i].surnames[i], folds[_i].given[i], &key[i]);
	ck_assert_uint_gt(key[0].len, 0);
	ck_assert_msg(bytes_equal(&key[0], &key[1]) == folds[_i].same,
	    "%s / %s", key[0].at, key[1].at);
	bytes_free(&key[0]);
	bytes_free(&key[1]);
}
END_TEST

/* The longest names the format allows, one letter a part. */
START_TEST(folds_the_longest_names)
{
	char name[LETTER_NAME_MAX + 1] = "";
	struct bytes key = { 0 };

	for (int i = 0; i < LETTER_NAME_MAX / 2; i++)
		strcat(name, i == 0 ? "bb" : i % 2 ? " b" : " a");
	ck_assert(name_check(name, FIELD_SURNAMES, NULL));
	name_fold(name, name, &key);
	ck_assert(!key.failed);
	ck_assert_msg(
	    strncmp((const char *)key.at, "A<A<", 4) == 0, "%s", key.at);
	ck_assert_msg(strcmp((const char *)key.at + key.len - 6, "<BB<BB") == 0,
	    "%s", key.at);
	bytes_free(&key);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("name");
	TCase *t = tcase_create("name");

	tcase_add_loop_test(t, normalizes, 0, COUNT(normal));
	tcase_add_loop_test(t, normalizes_again_to_the_same, 0, COUNT(normal));
	tcase_add_test(t, normalize_refuses_broken_utf8);
	tcase_add_loop_test(t, accepts_names, 0, COUNT(good_names));
	tcase_add_loop_test(t, refuses_names_and_says_why, 0, COUNT(bad_names));
	tcase_add_loop_test(t, name_length_is_in_characters, 0, 3);
	tcase_add_test(t, letters_are_exactly_the_documented_ranges);
	tcase_add_test(t, every_allowed_name_is_nfc);
	tcase_add_loop_test(t, transliterates, 0, COUNT(zones));
	tcase_add_test(t, accented_letters_give_their_base);
	tcase_add_loop_test(t, folds_look_alikes, 0, COUNT(folds));
	tcase_add_test(t, folds_the_longest_names);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
