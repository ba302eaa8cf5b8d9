/*
 * test_deed.c - ledger/deed.h: what letter and line both say of how the letter
 * was made, and nothing else.
 */
#include "ledger/deed.h"

#include "base/clock.h"
#include "tests/check_main.h"

#include <string.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */

static const struct letter letter = { .number = "GTGUA01-2026-000002-J",
	.issued_at = "2026-11-22T12:00:00Z",
	.officer = "OF1007",
	.approver = "AP2003",
	.surnames = "Batz" };
static const struct log_entry line = { .kind = ENTRY_ISSUE,
	.time = NOON,
	.index = 5,
	.number = "GTGUA01-2026-000002-J",
	.officer = "OF1007",
	.approver = "AP2003",
	.reason = "V7" };

static bool
is_same(const struct letter *l, const struct log_entry *e)
{
	uint8_t a[DEED_SIZE], b[DEED_SIZE];

	ck_assert_int_eq(deed_of_letter(l, a, NULL), ERR_OK);
	ck_assert_int_eq(deed_of_line(e, b, NULL), ERR_OK);
	return memcmp(a, b, DEED_SIZE) == 0;
}

START_TEST(both_say_the_same)
{
	struct letter l = letter;
	struct log_entry e = line;

	ck_assert(is_same(&l, &e));
	/* of these other things are the proof */
	strcpy(l.surnames, "Cucul");
	strcpy(e.reason, "B100");
	e.index++;
	ck_assert(is_same(&l, &e));
	strcpy(l.supersedes, "GTGUA01-2026-000001-L");
	strcpy(e.ref, l.supersedes);
	e.kind = ENTRY_CORRECT;
	ck_assert(is_same(&l, &e));
}
END_TEST

START_TEST(each_part_counts)
{
	struct letter l = letter;
	struct log_entry e = line;

	e.time++;
	ck_assert(!is_same(&letter, &e));
	strcpy(l.officer, "OF1008");
	ck_assert(!is_same(&l, &line));
	l = letter;
	strcpy(l.approver, "AP2004");
	ck_assert(!is_same(&l, &line));
	l = letter;
	strcpy(l.approver, l.officer);
	strcpy(l.officer, letter.approver);
	ck_assert(!is_same(&l, &line));
	l = letter;
	strcpy(l.supersedes, "GTGUA01-2026-000001-L");
	ck_assert(!is_same(&l, &line));
	e = line;
	e.kind = ENTRY_CORRECT;
	strcpy(e.ref, l.supersedes);
	ck_assert(!is_same(&letter, &e));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("deed");
	TCase *tc = tcase_create("deed");

	tcase_add_test(tc, both_say_the_same);
	tcase_add_test(tc, each_part_counts);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
