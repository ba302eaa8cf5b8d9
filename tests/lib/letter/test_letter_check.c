#include "letter/field.h"

#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define MAX          16

START_TEST(sample_is_good)
{
	struct letter letter;
	struct problem p[MAX];

	sample_letter(&letter);
	ck_assert_msg(letter_check(&letter, p, MAX) == 0, "%s", p[0].text);
}
END_TEST

START_TEST(smallest_letter_is_good)
{
	struct letter letter;
	struct problem p[MAX];

	sample_letter(&letter);
	letter.dependant_count = 0;
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!field_table[i].required && field_table[i].size > 0)
			field_set(&field_table[i], &letter, "", 0);
	ck_assert_msg(letter_check(&letter, p, MAX) == 0, "%s", p[0].text);
}
END_TEST

START_TEST(each_required_field_is_missed)
{
	const struct field *field = &field_table[_i];
	struct letter letter;
	struct problem p[MAX] = { 0 };

	if (!field->required)
		return;
	sample_letter(&letter);
	field_set(field, &letter, "", 0);
	ck_assert_uint_eq(letter_check(&letter, p, MAX), 1);
	ck_assert_int_eq(p[0].code, E_MISSING);
	ck_assert_int_eq(p[0].field, _i);
}
END_TEST

/* One or two fields changed; exactly one problem, or none (FIELD_NONE). */
static const struct {
	const char *name;
	struct {
		enum field_id id;
		const char *text;
	} set[2];
	enum field_id field;
	enum problem_code code;
} rules[] = {
	{ "number of another year",
	    { { FIELD_LETTER_NUMBER, "GTGUA01-2027-000001-4" } },
	    FIELD_LETTER_NUMBER, E_CODE },
	{ "year of issue is UTC's: last second",
	    { { FIELD_ISSUED_AT, "2026-12-31T23:59:59Z" } }, FIELD_NONE, 0 },
	{ "year of issue is UTC's: next second",
	    { { FIELD_ISSUED_AT, "2027-01-01T00:00:00Z" } },
	    FIELD_LETTER_NUMBER, E_CODE },
	{ "replaces a letter of another center",
	    { { FIELD_SUPERSEDES, "COBOG01-2026-000001-5" } }, FIELD_SUPERSEDES,
	    E_CODE },
	{ "replaces itself", { { FIELD_SUPERSEDES, "GTGUA01-2026-000002-J" } },
	    FIELD_SUPERSEDES, E_CODE },
	{ "officer approves", { { FIELD_APPROVER, "OF1007" } }, FIELD_APPROVER,
	    E_CODE },
	{ "born on the day of issue", { { FIELD_BIRTH_DATE, "2026-11-23" } },
	    FIELD_NONE, 0 },
	{ "born the day after", { { FIELD_BIRTH_DATE, "2026-11-24" } },
	    FIELD_BIRTH_DATE, E_DATE },
	{ "born some day of the year of issue",
	    { { FIELD_BIRTH_DATE, "2026" } }, FIELD_NONE, 0 },
	{ "born in the month of issue", { { FIELD_BIRTH_DATE, "2026-11" } },
	    FIELD_NONE, 0 },
	{ "born in the month after", { { FIELD_BIRTH_DATE, "2026-12" } },
	    FIELD_BIRTH_DATE, E_DATE },
	{ "born in the year after", { { FIELD_BIRTH_DATE, "2027" } },
	    FIELD_BIRTH_DATE, E_DATE },
	{ "unknown birth, not estimated",
	    { { FIELD_BIRTH_DATE, "unknown" },
		{ FIELD_BIRTH_DATE_ESTIMATED, "" } },
	    FIELD_NONE, 0 },
	{ "unknown birth, estimated", { { FIELD_BIRTH_DATE, "unknown" } },
	    FIELD_BIRTH_DATE_ESTIMATED, E_DATE },
	{ "one day of validity",
	    { { FIELD_VALID_UNTIL, "2026-12-13" },
		{ FIELD_APPOINTMENT_DATE, "2026-12-13" } },
	    FIELD_NONE, 0 },
	{ "ends before it begins",
	    { { FIELD_VALID_UNTIL, "2026-12-12" },
		{ FIELD_APPOINTMENT_DATE, "" } },
	    FIELD_VALID_UNTIL, E_VALIDITY },
	{ "366 days apart", { { FIELD_VALID_UNTIL, "2027-12-14" } }, FIELD_NONE,
	    0 },
	{ "367 days apart", { { FIELD_VALID_UNTIL, "2027-12-15" } },
	    FIELD_VALID_UNTIL, E_VALIDITY },
	{ "appointment on the first day",
	    { { FIELD_APPOINTMENT_DATE, "2026-12-13" } }, FIELD_NONE, 0 },
	{ "appointment before", { { FIELD_APPOINTMENT_DATE, "2026-12-12" } },
	    FIELD_APPOINTMENT_DATE, E_VALIDITY },
	{ "appointment on the last day",
	    { { FIELD_APPOINTMENT_DATE, "2027-06-11" } }, FIELD_NONE, 0 },
	{ "appointment after", { { FIELD_APPOINTMENT_DATE, "2027-06-12" } },
	    FIELD_APPOINTMENT_DATE, E_VALIDITY },
	{ "document without type", { { FIELD_DOCUMENT_TYPE, "" } },
	    FIELD_DOCUMENT_TYPE, E_MISSING },
	{ "document without country", { { FIELD_DOCUMENT_COUNTRY, "" } },
	    FIELD_DOCUMENT_COUNTRY, E_MISSING },
	{ "document without number", { { FIELD_DOCUMENT_NUMBER_TAIL, "" } },
	    FIELD_DOCUMENT_NUMBER_TAIL, E_MISSING },
	{ "wrong field", { { FIELD_SEX, "Q" } }, FIELD_SEX, E_CODE },
};

START_TEST(rules_between_fields)
{
	struct letter letter;
	struct problem p[MAX] = { 0 };
	size_t count;

	sample_letter(&letter);
	for (int i = 0; i < 2; i++)
		if (rules[_i].set[i].text != NULL)
			sample_put(&letter, rules[_i].set[i].id,
			    rules[_i].set[i].text);
	count = letter_check(&letter, p, MAX);
	if (rules[_i].field == FIELD_NONE) {
		ck_assert_msg(count == 0, "%s: %s", rules[_i].name, p[0].text);
		return;
	}
	ck_assert_msg(count == 1, "%s: %zu", rules[_i].name, count);
	ck_assert_msg(p[0].field == (int)rules[_i].field, "%s: %d",
	    rules[_i].name, p[0].field);
	ck_assert_str_eq(problem_name(p[0].code), problem_name(rules[_i].code));
	ck_assert_int_eq(p[0].dependant, -1);
}
END_TEST

START_TEST(dependants_are_counted_from_zero)
{
	struct letter letter;
	struct problem p[MAX] = { 0 };

	sample_letter(&letter);
	strcpy(letter.dependant[1].relationship, "COUSIN");
	strcpy(letter.dependant[1].birth_date, "2026-11-24");
	letter.dependant[0].name[0] = '\0';
	ck_assert_uint_eq(letter_check(&letter, p, MAX), 3);
	ck_assert_int_eq(p[0].field, FIELD_DEPENDANT_NAME);
	ck_assert_int_eq(p[0].dependant, 0);
	ck_assert_int_eq(p[0].code, E_MISSING);
	ck_assert_int_eq(p[1].field, FIELD_DEPENDANT_RELATIONSHIP);
	ck_assert_int_eq(p[1].dependant, 1);
	ck_assert_int_eq(p[2].field, FIELD_DEPENDANT_BIRTH_DATE);
	ck_assert_int_eq(p[2].dependant, 1);
	ck_assert_int_eq(p[2].code, E_DATE);
}
END_TEST

START_TEST(twelve_dependants_and_no_more)
{
	struct letter letter;
	struct problem p[MAX] = { 0 };

	sample_letter(&letter);
	for (size_t i = 2; i < LETTER_DEPENDANT_MAX; i++)
		letter.dependant[i] = letter.dependant[0];
	letter.dependant_count = 12;
	ck_assert_uint_eq(letter_check(&letter, p, MAX), 0);
	letter.dependant_count = 13;
	ck_assert_uint_eq(letter_check(&letter, p, MAX), 1);
	ck_assert_int_eq(p[0].code, E_TOO_MANY_DEPENDANTS);
	ck_assert_int_eq(p[0].field, FIELD_DEPENDANTS);
}
END_TEST

/* All are counted, as many as fit are told, nothing is written behind. */
START_TEST(counts_more_problems_than_it_tells)
{
	static const struct letter empty;
	struct problem p[MAX], untouched;
	size_t all = letter_check(&empty, p, MAX);

	ck_assert_uint_eq(all, 18); /* the required fields */
	memset(&untouched, 0x5A, sizeof(untouched));
	p[2] = untouched;
	ck_assert_uint_eq(letter_check(&empty, p, 2), all);
	ck_assert_mem_eq(&p[2], &untouched, sizeof(untouched));
	ck_assert_uint_eq(letter_check(&empty, NULL, 0), all);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter_check");
	TCase *t = tcase_create("letter_check");

	tcase_add_test(t, sample_is_good);
	tcase_add_test(t, smallest_letter_is_good);
	tcase_add_loop_test(t, each_required_field_is_missed, 0, FIELD_COUNT);
	tcase_add_loop_test(t, rules_between_fields, 0, COUNT(rules));
	tcase_add_test(t, dependants_are_counted_from_zero);
	tcase_add_test(t, twelve_dependants_and_no_more);
	tcase_add_test(t, counts_more_problems_than_it_tells);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
