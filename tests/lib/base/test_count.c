#include "base/count.h"

#include "tests/check_main.h"

static const struct {
	enum count_noun noun;
	uint64_t n;
	const char *want;
} counts[] = {
	{ COUNT_LINES, 0, "0 lines" },
	{ COUNT_LINES, 1, "1 line" },
	{ COUNT_LINES, 2, "2 lines" },
	{ COUNT_LINES, UINT64_MAX, "18446744073709551615 lines" },
	{ COUNT_NEW_LINES, 1, "1 new line" },
	{ COUNT_LETTERS, 1, "1 letter" },
	{ COUNT_COLUMNS, 1, "1 column" },
	{ COUNT_CHARACTERS, 1, "1 character" },
	{ COUNT_DAYS_OLD, 1, "1 day old" },
	{ COUNT_DAYS_OLD, 0, "less than a day old" },
};

START_TEST(one_is_not_many)
{
	struct count out;

	ck_assert_str_eq(
	    count_text(counts[_i].noun, counts[_i].n, &out), counts[_i].want);
}
END_TEST

/* A clock that is behind makes nothing young. */
START_TEST(what_is_dated_later_has_no_age)
{
	ck_assert_str_eq(AGE(0, 3 * 86400), "3 days old");
	ck_assert_str_eq(AGE(600, 0), "less than a day old");
	ck_assert_str_eq(AGE(601, 0), "dated later than this computer's clock");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("count");
	TCase *t = tcase_create("count");

	tcase_add_loop_test(
	    t, one_is_not_many, 0, (int)(sizeof(counts) / sizeof(counts[0])));
	tcase_add_test(t, what_is_dated_later_has_no_age);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
