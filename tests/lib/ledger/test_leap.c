/*
 * test_leap.c - ledger/leap.h: what a clock that ran ahead explains, and what
 * not.
 */
#include "ledger/leap.h"

#include "base/clock.h"
#include "base/policy.h"
#include "tests/check_main.h"

#define DAY CLOCK_DAY

/* Lines on these days, 0: no more. May a letter still come, of the second
 * `after` the day, when the last one is the newest? */
static const struct {
	const char *what;
	int64_t days[6];
	int64_t day, after;
	bool want;
} rows[] = {
	{ "the leap's own length", { 1, 11 }, 1, 0, true },
	{ "before the leap", { 1, 11 }, 1, -1, false },
	{ "just before the last line", { 1, 11 }, 11, -POLICY_SLACK - 1, true },
	{ "by minutes", { 1, 11 }, 11, -POLICY_SLACK, false },
	{ "not before it", { 1, 11 }, 12, 0, false },
	{ "the log went on", { 1, 11, 12 }, 2, 0, true },
	{ "too far", { 1, 11, 12 }, 2, -1, false },
	{ "a longer one later hides none", { 1, 11, 31 }, 12, 0, true },
	{ "... nor makes one", { 1, 11, 31 }, 10, 0, false },
	{ "put right to before it", { 5, 15, 4, 8 }, 5, 0, true },
	{ "put right to between", { 1, 15, 3, 4 }, 1, DAY, true },
	{ "... as far as that", { 1, 15, 3, 4, 5 }, 1, DAY, false },
	{ "put right to after it", { 1, 11, 15, 12, 13 }, 4, 0, true },
};

START_TEST(what_is_explained)
{
	struct leap leap = { 0, 0 };
	int i;

	for (i = 1; rows[_i].days[i] != 0; i++)
		leap_line(&leap, 0, rows[_i].days[i - 1] * DAY,
		    rows[_i].days[i] * DAY);
	ck_assert_msg(leap_explains(&leap, rows[_i].day * DAY + rows[_i].after,
			  rows[_i].days[i - 1] * DAY) == rows[_i].want,
	    "%s", rows[_i].what);
}
END_TEST

/* Three lines, the first from before there was a center: dated so by who wants a
 * long leap, for letters that never come to stay in wait. */
static const struct {
	int64_t days[3], since, day, after;
	bool want;
} early[] = {
	{ { 1, 80, 84 }, 70, 75, 0, true },
	{ { 1, 80, 84 }, 70, 73, 0, false },
	{ { 1, 80, 84 }, 1, 73, 0, true },
	{ { 1, 3, 11 }, 5, 5, 0, true },
	{ { 1, 3, 11 }, 5, 5, -1, false },
	{ { 3, 11, 1 }, 5, 1, -1, false },
};

START_TEST(no_leap_from_before_the_center)
{
	struct leap leap = { 0, 0 };

	for (int i = 1; i < 3; i++)
		leap_line(&leap, early[_i].since * DAY,
		    early[_i].days[i - 1] * DAY, early[_i].days[i] * DAY);
	ck_assert(leap_explains(&leap, early[_i].day * DAY + early[_i].after,
		      early[_i].days[2] * DAY) == early[_i].want);
}
END_TEST

START_TEST(one_line_explains_nothing)
{
	const struct leap leap = { 0, 0 };

	ck_assert(!leap_explains(&leap, DAY, 2 * DAY));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("leap");
	TCase *t = tcase_create("leap");

	tcase_add_loop_test(
	    t, what_is_explained, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_loop_test(t, no_leap_from_before_the_center, 0,
	    (int)(sizeof(early) / sizeof(early[0])));
	tcase_add_test(t, one_line_explains_nothing);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
