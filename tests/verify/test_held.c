/*
 * Tests of verify/held.h: what is new before a camera.
 */
#include "verify/held.h"

#include "scan/helper.h"
#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

static struct held held;

/* Codes by letter: capitals are ours. At so many seconds. */
static bool
see(const char *codes, double seconds)
{
	struct scan_result found = { 0 };
	const struct scan_item like = { .carrier = CARRIER_PACKED };
	char text[16];
	bool is_new;

	for (; *codes != '\0'; codes++) {
		snprintf(text, sizeof(text), "%s%c",
		    *codes <= 'Z' ? "SELLO" : "https:", *codes);
		ck_assert_int_eq(
		    scan_add(&found, &like, text, strlen(text)), ERR_OK);
	}
	is_new = held_see(&held, &found, (int64_t)(seconds * 1000));
	scan_clear(&found);
	return is_new;
}

static void
setup(void)
{
	held_clear(&held);
}

START_TEST(once_while_it_is_held)
{
	ck_assert(see("A", 0));
	ck_assert(!see("A", 0.1));
	ck_assert(!see("A", 2.9));
	ck_assert(!see("A", 5.8));
	ck_assert(held_any(&held, 8700));
	ck_assert(!held_any(&held, 8800));
	ck_assert(see("A", 9));
}
END_TEST

START_TEST(another_is_new)
{
	ck_assert(see("A", 0));
	ck_assert(see("B", 1));
	ck_assert(!see("A", 2));
	ck_assert(!see("AB", 3));
	ck_assert(see("ABC", 4));
	held_clear(&held);
	ck_assert(see("A", 4));
}
END_TEST

/* A web address beside a letter comes and goes. */
START_TEST(foreign_codes_are_nothing_beside_a_letter)
{
	ck_assert(see("x", 0));
	ck_assert(see("Ax", 1));
	ck_assert(!see("Ay", 2));
	ck_assert(!see("z", 3));
	ck_assert(!see("A", 4));
	ck_assert(see("w", 8));
}
END_TEST

START_TEST(room_is_made)
{
	char code[2] = "A";
	int i;

	for (i = 0; i < 26; i++) {
		code[0] = (char)('A' + i);
		ck_assert(see(code, i / 100.0));
	}
	ck_assert(!see("Z", 1));
	ck_assert(see("A", 1));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("held");
	TCase *t = tcase_create("held");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, once_while_it_is_held);
	tcase_add_test(t, another_is_new);
	tcase_add_test(t, foreign_codes_are_nothing_beside_a_letter);
	tcase_add_test(t, room_is_made);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
