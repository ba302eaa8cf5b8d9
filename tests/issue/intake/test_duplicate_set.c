/* The index in memory answers as a comparison with everybody would. */
#include "issue/intake/duplicate_set.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

#define MANY  3000
#define NAMES 40
#define TAILS 60

/* A small generator of one's own: the same persons in every run. */
static unsigned
next_random(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static struct duplicate_keys
person(unsigned *state)
{
	struct duplicate_keys p = { 0 };

	snprintf(
	    p.name, sizeof(p.name), "NAME%u<X", next_random(state) % NAMES);
	if (next_random(state) % 3 > 0)
		snprintf(p.document, sizeof(p.document), "GTM%04u",
		    next_random(state) % TAILS);
	snprintf(p.birth_date, sizeof(p.birth_date), "19%02u-01-01",
	    60 + next_random(state) % 30);
	return p;
}

START_TEST(finds_whom_a_comparison_with_all_finds)
{
	static struct duplicate_keys all[MANY];
	struct duplicate_set *twins = duplicate_set_new();
	unsigned state = 20261123;
	size_t found = 0;

	ck_assert_ptr_nonnull(twins);
	for (size_t i = 0; i < MANY; i++) {
		enum duplicate_match match = DUPLICATE_NOT;
		bool want = false;
		size_t line;

		all[i] = person(&state);
		for (size_t k = 0; k < i && !want; k++)
			want =
			    duplicate_match(&all[k], &all[i]) != DUPLICATE_NOT;
		line = duplicate_set_find(twins, &all[i], &match);
		ck_assert_int_eq(line != 0, want);
		if (line != 0)
			ck_assert_int_eq(
			    duplicate_match(&all[line - 1], &all[i]), match);
		found += want;
		ck_assert_int_eq(
		    duplicate_set_add(twins, &all[i], i + 1), ERR_OK);
	}
	/* both answers were tried often */
	ck_assert_uint_gt(found, MANY / 10);
	ck_assert_uint_lt(found, MANY - MANY / 10);
	duplicate_set_free(&twins);
	ck_assert_ptr_null(twins);
}
END_TEST

START_TEST(finds_nobody_in_an_empty_file)
{
	struct duplicate_set *twins = duplicate_set_new();
	struct duplicate_keys p = { .name = "ANA<PAZ",
		.birth_date = "unknown" };

	enum duplicate_match match;

	ck_assert_uint_eq(duplicate_set_find(twins, &p, &match), 0);
	duplicate_set_free(&twins);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("duplicate_set");
	TCase *t = tcase_create("index");

	tcase_add_test(t, finds_whom_a_comparison_with_all_finds);
	tcase_add_test(t, finds_nobody_in_an_empty_file);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
