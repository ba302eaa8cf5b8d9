#include "letter/number.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

START_TEST(knows_published_check_character)
{
	/* ISO 7064 MOD 37,36 */
	ck_assert_int_eq(mod37_36("A12425GABC1234002", 17), 'M');
	ck_assert_int_eq(mod37_36("GTGUA012026000002", 17), 'J');
}
END_TEST

START_TEST(check_character_needs_its_alphabet)
{
	ck_assert_int_eq(mod37_36("A12a", 4), '\0');
	ck_assert_int_eq(mod37_36("A-1", 3), '\0');
	ck_assert_int_eq(mod37_36("", 0), '1');
}
END_TEST

/* What the check character is for: typing errors in a number. */
START_TEST(check_character_finds_every_changed_character)
{
	static const char good[] = "GTGUA01-2026-000002-J";
	static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct letter_number n;

	ck_assert(number_parse(good, &n));
	for (size_t i = 0; good[i] != '\0'; i++)
		for (size_t k = 0; all[k] != '\0'; k++) {
			char bad[LETTER_NUMBER_SIZE];

			memcpy(bad, good, sizeof(bad));
			bad[i] = all[k];
			ck_assert_msg(
			    bad[i] == good[i] || !number_parse(bad, &n), "%s",
			    bad);
		}
}
END_TEST

static const struct {
	const char *text, *center;
	int year;
	unsigned sequence;
} good[] = {
	{ "GTGUA01-2026-000002-J", "GTGUA01", 2026, 2 },
	{ "COBOG01-2026-000001-5", "COBOG01", 2026, 1 },
	{ "AAAAA00-2000-000001-4", "AAAAA00", 2000, 1 },
	{ "GTGUA01-9999-999999-8", "GTGUA01", 9999, 999999 },
	{ "ZZ22200-2026-100000-W", "ZZ22200", 2026, 100000 },
};

START_TEST(reads_and_writes)
{
	struct letter_number n;
	char text[LETTER_NUMBER_SIZE];

	ck_assert_msg(number_parse(good[_i].text, &n), "%s", good[_i].text);
	ck_assert_str_eq(n.center, good[_i].center);
	ck_assert_int_eq(n.year, good[_i].year);
	ck_assert_uint_eq(n.sequence, good[_i].sequence);
	ck_assert(number_format(&n, text));
	ck_assert_str_eq(text, good[_i].text);
}
END_TEST

/* Each with the right check character, where it has one at all. */
static const char *const bad[] = {
	"",
	"GTGUA01-2026-000002-K",
	"GTGUA01-2026-000002-j",
	"gtgua01-2026-000002-J",
	"GTGUA01-2026-000002-J ",
	" GTGUA01-2026-000002-J",
	"GTGUA01-2026-000002J",
	"GTGUA01-2026-000002-",
	"GTGUA01-2026-000002",
	"GTGUA01 2026 000002 J",
	"GTGUA012026000002J",
	"GTGUA01-2026-00002-J",
	"GTGUA01-2026-0000002-J",
	"GTGUA01-2026-00000A-J",
	"GTGUA0A-2026-000002-J",
	"GTGU001-2026-000002-J",
	"G1GUA01-2026-000002-J",
};

START_TEST(refuses_other_forms)
{
	struct letter_number n = { .sequence = 77 };

	ck_assert_msg(!number_parse(bad[_i], &n), "%s", bad[_i]);
	ck_assert_uint_eq(n.sequence, 77);
}
END_TEST

/* The check character is right here, computed: the part itself is refused. */
static const struct {
	const char *name, *compact;
} wrong_part[] = {
	{ "year 1999", "GTGUA011999000001" },
	{ "sequence 0", "GTGUA012026000000" },
	{ "digit 0 in the place", "GTG0A012026000001" },
	{ "digit 1 in the place", "GTGU1012026000001" },
	{ "digit in the country", "2TGUA012026000001" },
	{ "letter in the year", "GTGUA01202A000001" },
};

START_TEST(refuses_wrong_parts_with_right_check)
{
	const char *c = wrong_part[_i].compact;
	char text[64];
	struct letter_number n;

	snprintf(text, sizeof(text), "%.7s-%.4s-%.6s-%c", c, c + 7, c + 11,
	    mod37_36(c, 17));
	ck_assert_msg(!number_parse(text, &n), "%s", wrong_part[_i].name);
}
END_TEST

START_TEST(format_refuses_what_does_not_fit)
{
	char text[LETTER_NUMBER_SIZE] = "kept";
	struct letter_number n = { "GTGUA01", 2026, 0 };

	ck_assert(!number_format(&n, text));
	n.sequence = NUMBER_SEQUENCE_MAX + 1;
	ck_assert(!number_format(&n, text));
	n.sequence = 1;
	n.year = 1999;
	ck_assert(!number_format(&n, text));
	n.year = 10000;
	ck_assert(!number_format(&n, text));
	n.year = 2026;
	strcpy(n.center, "GTGUA1");
	ck_assert(!number_format(&n, text));
	ck_assert_str_eq(text, "kept");
}
END_TEST

static const struct {
	const char *typed;
	bool good;
} loose[] = {
	{ "GTGUA01-2026-000002-J", true },
	{ "gtgua01-2026-000002-j", true },
	{ "GTGUA012026000002J", true },
	{ "  GTGUA01 2026 000002 J \r\n", true },
	{ "GTGUA01--2026-000002-J", true },
	{ "GTGUA01-2026-000002-K", false },
	{ "GTGUA01-2026-2-J", false },
	{ "GTGUA01-2026-000002-JJ", false },
	{ "GTGUA01_2026_000002_J", false },
	{ "", false },
};

START_TEST(reads_typed_numbers)
{
	struct letter_number n;
	char text[LETTER_NUMBER_SIZE];

	ck_assert_msg(number_parse_loose(loose[_i].typed, &n) == loose[_i].good,
	    "%s", loose[_i].typed);
	if (!loose[_i].good)
		return;
	ck_assert(number_format(&n, text));
	ck_assert_str_eq(text, "GTGUA01-2026-000002-J");
}
END_TEST

static const struct {
	const char *code;
	bool good;
} centers[] = {
	{ "GTGUA01", true },
	{ "GTGUA00", true },
	{ "GT29Z99", true },
	{ "GTG0A01", false },
	{ "GTG1A01", false },
	{ "GTGUA1", false },
	{ "GTGUA011", false },
	{ "gtgua01", false },
	{ "", false },
};

START_TEST(knows_center_codes)
{
	ck_assert_msg(center_is_code(centers[_i].code) == centers[_i].good,
	    "%s", centers[_i].code);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static Suite *
suite(void)
{
	Suite *s = suite_create("number");
	TCase *t = tcase_create("number");

	tcase_add_test(t, knows_published_check_character);
	tcase_add_test(t, check_character_needs_its_alphabet);
	tcase_add_test(t, check_character_finds_every_changed_character);
	tcase_add_loop_test(t, reads_and_writes, 0, COUNT(good));
	tcase_add_loop_test(t, refuses_other_forms, 0, COUNT(bad));
	tcase_add_loop_test(
	    t, refuses_wrong_parts_with_right_check, 0, COUNT(wrong_part));
	tcase_add_test(t, format_refuses_what_does_not_fit);
	tcase_add_loop_test(t, reads_typed_numbers, 0, COUNT(loose));
	tcase_add_loop_test(t, knows_center_codes, 0, COUNT(centers));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
