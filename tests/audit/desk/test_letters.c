/*
 * test_letters.c - audit/desk/letters.h: bars and table have the numbers of the
 * log, of what was chosen and of nothing else; days are the center's own.
 */
#include "audit/desk/letters.h"
#include "tests/audit/trial.h"
#include "tests/check_main.h"

/* 40 letters on a day in March, 3 on one in April. */
static void
two_days(struct trial *t)
{
	trial_begin(t);
	trial_issue(t, 1, 40);
	t->now += 31 * CLOCK_DAY;
	trial_issue(t, 41, 43);
	trial_publish(t, "pub");
	trial_audit(t, "pub", NULL);
}

static char *
letters(const struct trial *t, const char *center, const char *person,
    const char *period)
{
	const struct letters_choice choice = { center, person, period };
	struct bytes html = { 0 };

	letters_add(&html, &t->audit, &choice);
	ck_assert(!html.failed);
	bytes_add_byte(&html, '\0');
	return (char *)html.at;
}

static void
has_row(const char *html, const char *what, unsigned count, bool wanted)
{
	char row[128];

	snprintf(row, sizeof(row),
	    "<th scope=\"row\">%s</th>\n<td class=\"n\">%u</td>", what, count);
	ck_assert_msg((strstr(html, row) != NULL) == wanted, "%s", row);
}

static const struct {
	const char *name, *center, *person, *period;
	unsigned march, april, total; /* 0: no such row */
} chosen[] = {
	{ "all", NULL, NULL, NULL, 40, 3, 43 },
	{ "a year", NULL, NULL, "2026", 40, 3, 43 },
	{ "a month", NULL, NULL, "2026-04", 0, 3, 3 },
	{ "the month of the other", NULL, NULL, "2026-03", 40, 0, 40 },
	{ "a center", "GTGUA01", NULL, NULL, 40, 3, 43 },
	{ "a person", "GTGUA01", CHRONICLE_DRAFTER, "2026-04", 0, 3, 3 },
	{ "no such center", "GTGUA99", NULL, NULL, 40, 3, 43 },
	{ "no such person", "GTGUA01", "XX9999", NULL, 40, 3, 43 },
	{ "no such month", NULL, NULL, "2026-13", 40, 3, 43 },
	{ "no period", NULL, NULL, "<img>", 40, 3, 43 },
};

START_TEST(what_is_chosen_is_counted)
{
	struct trial t;
	char *html;

	two_days(&t);
	html = letters(
	    &t, chosen[_i].center, chosen[_i].person, chosen[_i].period);
	has_row(html, "2026-03-02", 40, chosen[_i].march == 40);
	has_row(html, "2026-04-02", 3, chosen[_i].april == 3);
	has_row(html, "total", chosen[_i].total, true);
	has_row(html, "GTGUA01", chosen[_i].total, true);
	ck_assert(strstr(html, "<svg") != NULL);
	ck_assert(strstr(html, "<img") == NULL);
	free(html);
	trial_end(&t);
}
END_TEST

START_TEST(a_year_without_letters_is_empty)
{
	struct trial t;
	char *html;

	two_days(&t);
	html = letters(&t, NULL, NULL, "1999");
	has_row(html, "total", 0, true);
	has_row(html, CHRONICLE_APPROVER, 0, true);
	free(html);
	trial_end(&t);
}
END_TEST

/* Long logs begin with their newest year: nobody reads 2,000 bars. */
START_TEST(of_many_years_the_newest)
{
	struct trial t;
	char *html;

	trial_begin(&t);
	trial_issue(&t, 1, 5);
	t.now += 400 * CLOCK_DAY;
	chronicle_issue(t.log, t.now, 1);
	trial_publish(&t, "pub");
	t.options.now = t.now;
	trial_audit(&t, "pub", NULL);
	html = letters(&t, NULL, NULL, NULL);
	has_row(html, "total", 1, true);
	free(html);
	html = letters(&t, NULL, NULL, "2026");
	has_row(html, "total", 5, true);
	free(html);
	trial_end(&t);
}
END_TEST

START_TEST(no_letters_no_plot)
{
	struct trial t;
	char *html;

	trial_begin(&t);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	html = letters(&t, NULL, NULL, NULL);
	ck_assert_str_eq(html, "<p>No letters.</p>\n");
	free(html);
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letters");
	TCase *t = tcase_create("letters");

	tcase_add_loop_test(t, what_is_chosen_is_counted, 0,
	    sizeof(chosen) / sizeof(chosen[0]));
	tcase_add_test(t, a_year_without_letters_is_empty);
	tcase_add_test(t, of_many_years_the_newest);
	tcase_add_test(t, no_letters_no_plot);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
