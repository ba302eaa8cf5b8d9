/* The index in memory answers as a comparison with everybody would. */
#include "issue/intake/duplicate_set.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

#define MANY 3000

/* A small generator of one's own: the same persons in every run. */
static unsigned
next_random(unsigned *state, unsigned below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % below;
}

/* Dates of few days, of which more or less is known. */
static void
birth_date(unsigned *state, char out[12])
{
	static const int known[] = { 4, 7, 10, 10, 10 };
	unsigned k = next_random(state, 6);
	unsigned month = 1 + next_random(state, 12);
	unsigned day = 1 + next_random(state, 3);

	snprintf(out, 12, "19%02u-%02u-%02u", 60 + next_random(state, 30),
	    month, day);
	if (k == 5)
		snprintf(out, 12, "unknown");
	else
		out[known[k]] = '\0';
}

/* One or two surnames and given names, initials among them. */
static void
name(unsigned *state, unsigned names, char *out, size_t size)
{
	unsigned a = next_random(state, names), b = next_random(state, 3);
	unsigned c = next_random(state, names);

	switch (next_random(state, 6)) {
	case 0:
		snprintf(out, size, "N%u<G%u", a, b);
		break;
	case 1:
		snprintf(out, size, "N%u N%u<G%u", a, c, b);
		break;
	case 2:
		snprintf(out, size, "N%u<G%u G%u", a, b, c);
		break;
	case 3:
		snprintf(out, size, "N%u<Y G%u", a, b);
		break;
	case 4:
		snprintf(out, size, "N%u", a);
		break;
	default:
		snprintf(out, size, "Y<Z");
	}
}

static struct duplicate_keys
person(unsigned *state, unsigned names, unsigned tails)
{
	struct duplicate_keys p = { 0 };

	name(state, names, p.name, sizeof(p.name));
	if (next_random(state, 3) > 0)
		snprintf(p.document, sizeof(p.document), "GTM%04u",
		    next_random(state, tails));
	birth_date(state, p.birth_date);
	return p;
}

/* By the definition: the place of who has the same document, or else one, or
 * else none, and of these the last; 0 for nobody. */
static size_t
compare_with_all(const struct duplicate_keys *all, size_t count,
    const struct duplicate_keys *person)
{
	size_t last[3] = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *document = all[i].document;
		bool same = strcmp(document, person->document) == 0;

		if (duplicate_match(&all[i], person) != DUPLICATE_NOT)
			last[document[0] == '\0' ? 2 : same ? 0 : 1] = i + 1;
	}
	return last[0] != 0 ? last[0] : last[1] != 0 ? last[1] : last[2];
}

/* How many were found. */
static size_t
look_for_all(unsigned seed, unsigned names, unsigned tails, size_t count)
{
	static struct duplicate_keys all[MANY];
	struct duplicate_set *twins = duplicate_set_new();
	size_t found = 0;

	ck_assert_ptr_nonnull(twins);
	for (size_t i = 0; i < count; i++) {
		enum duplicate_match match = DUPLICATE_NOT;
		size_t line, want;

		all[i] = person(&seed, names, tails);
		want = compare_with_all(all, i, &all[i]);
		line = duplicate_set_find(twins, &all[i], &match);
		ck_assert_uint_eq(line, want);
		if (line != 0)
			ck_assert_int_eq(
			    duplicate_match(&all[line - 1], &all[i]), match);
		found += line != 0;
		ck_assert_int_eq(
		    duplicate_set_add(twins, &all[i], i + 1), ERR_OK);
	}
	duplicate_set_free(&twins);
	ck_assert_ptr_null(twins);
	return found;
}

START_TEST(finds_whom_a_comparison_with_all_finds)
{
	size_t found = look_for_all(20261123, 200, 2000, MANY);

	/* both answers were tried often */
	ck_assert_uint_gt(found, MANY / 10);
	ck_assert_uint_lt(found, MANY - MANY / 10);
}
END_TEST

/* Many small files, where nearly nobody or nearly everybody is alike. */
START_TEST(finds_them_among_few_and_many_names)
{
	for (unsigned seed = 1; seed <= 200; seed++)
		look_for_all(
		    seed * 7919, 1 + seed % 9, 1 + seed * seed % 23, 60);
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
	tcase_add_test(t, finds_them_among_few_and_many_names);
	tcase_add_test(t, finds_nobody_in_an_empty_file);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
