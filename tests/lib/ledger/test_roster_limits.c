/*
 * test_roster_limits.c - ledger/roster.h: how many people and keys a log may
 * have.
 */
#include "base/encode.h"
#include "ledger/roster.h"
#include "tests/check_main.h"

#include <stdio.h>

/* Codes have no end of digits: AD0001, AD0002, ... AD16385. */
START_TEST(people)
{
	struct roster roster = { 0 };
	char line[96];
	unsigned i;

	for (i = 0; i < ROSTER_PERSON_MAX; i++) {
		snprintf(
		    line, sizeof(line), "person AD%04u 0 0 0 0 - 0 0 - 0", i);
		ck_assert_int_eq(roster_load(&roster, line), ERR_OK);
	}
	ck_assert_int_eq(
	    roster_load(&roster, "person AP2003 0 0 0 0 - 0 0 - 0"), ERR_DATA);
	ck_assert_ptr_nonnull(roster_find(&roster, "AD0000"));
	ck_assert_ptr_null(roster_find(&roster, "AP2003"));
	roster_clear(&roster);
}
END_TEST

/* Points are looked at when one of them is needed. */
START_TEST(keys)
{
	struct roster roster = { 0 };
	struct bytes hex = { 0 };
	uint8_t point[PERSON_KEY_SIZE] = { 2 };
	char line[160];
	enum err rc = ERR_OK;
	unsigned i;

	for (i = 0; i <= ROSTER_KEY_MAX && rc == ERR_OK; i++) {
		point[1] = (uint8_t)(i >> 8);
		point[2] = (uint8_t)i;
		bytes_free(&hex);
		hex_encode(point, sizeof(point), &hex);
		bytes_add(&hex, "", 1);
		snprintf(line, sizeof(line), "key %s AD0001 -",
		    (const char *)hex.at);
		rc = roster_load(&roster, line);
	}
	ck_assert_uint_eq(i, ROSTER_KEY_MAX + 1);
	ck_assert_int_eq(rc, ERR_DATA);
	bytes_free(&hex);
	roster_clear(&roster);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("roster limits");
	TCase *t = tcase_create("roster limits");

	tcase_add_test(t, people);
	tcase_add_test(t, keys);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
