/*
 * test_stats.c - audit/stats.h and audit/sample.h: counts raise questions, and
 * only where there is something to compare; samples can be drawn again.
 */
#include "audit/sample.h"
#include "tests/audit/trial.h"

#include "tests/check_main.h"

#include <math.h>

struct counting {
	struct findings findings;
	struct stats stats;
	struct calendar calendar;
	uint64_t index;
	int64_t time;
};

static void
begin(struct counting *c)
{
	memset(c, 0, sizeof(*c));
	c->stats.findings = &c->findings;
	c->stats.copies = STATS_COPIES;
	c->time = T0;
	c->stats.zone = zone_open("America/Guatemala");
}

static void
end(struct counting *c)
{
	stats_clear(&c->stats);
	findings_clear(&c->findings);
	calendar_clear(&c->calendar);
}

static void
letter(struct counting *c, const char *officer, const char *approver,
    const char *reason)
{
	struct log_entry e = { .index = c->index,
		.time = c->time,
		.kind = ENTRY_ISSUE,
		.has_digest = true,
		.number = "GTGUA01-2026-000001-L" };
	struct place place = { "GTGUA01", 1, (int64_t)c->index++, e.number };

	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	strcpy(e.reason, reason);
	stats_add(&c->stats, &e, &place);
}

static void
act(struct counting *c, enum entry_kind kind, const char *officer)
{
	struct log_entry e = { .index = c->index,
		.time = c->time,
		.kind = kind,
		.number = "GTGUA01-2026-000001-L",
		.ref = "2" };
	struct place place = { "GTGUA01", 1, (int64_t)c->index++, e.number };

	strcpy(e.officer, officer);
	stats_add(&c->stats, &e, &place);
}

static uint64_t
judge(struct counting *c, enum finding_code code)
{
	stats_judge(&c->stats, "GTGUA01");
	return findings_of_code(&c->findings, code);
}

/* --- pairs
 * -------------------------------------------------------------------- */

START_TEST(a_pair_that_works_only_together)
{
	struct counting c;
	int i;

	begin(&c);
	for (i = 0; i < 20; i++)
		letter(&c, "OF1007", "AP2003", "B5");
	for (i = 0; i < 20; i++)
		letter(&c, "OF1008", "AP2004", "B5");
	letter(&c, "OF1008", _i == 0 ? "AP2004" : "AP2003", "B5");
	/* one letter across, and nobody works only with one other */
	ck_assert_uint_eq(judge(&c, FINDING_PAIR), _i == 0 ? 2 : 0);
	end(&c);
}
END_TEST

START_TEST(two_people_alone_have_no_choice)
{
	struct counting c;
	int i;

	begin(&c);
	for (i = 0; i < 50; i++)
		letter(&c, "OF1007", "AP2003", "B5");
	ck_assert_uint_eq(judge(&c, FINDING_PAIR), 0);
	end(&c);
}
END_TEST

START_TEST(few_letters_say_nothing)
{
	struct counting c;
	int i;

	begin(&c);
	for (i = 0; i < 19; i++) {
		letter(&c, "OF1007", "AP2003", "B5");
		letter(&c, "OF1008", "AP2004", "B5");
	}
	ck_assert_uint_eq(judge(&c, FINDING_PAIR), 0);
	end(&c);
}
END_TEST

START_TEST(many_pairs_are_found_again)
{
	struct counting c;
	char officer[8], approver[8];
	int i;

	begin(&c);
	for (i = 0; i < 20000; i++) {
		snprintf(officer, sizeof(officer), "OF%04d", i % 200);
		snprintf(approver, sizeof(approver), "AP%04d", i / 200 % 100);
		letter(&c, officer, approver, "B5");
	}
	ck_assert_uint_eq(c.stats.pair_count, 20000);
	ck_assert_uint_eq(c.stats.person_count, 300);
	ck_assert_uint_eq(c.stats.person[0].drafted, 100);
	end(&c);
}
END_TEST

/* --- times
 * -------------------------------------------------------------------- */

START_TEST(fast_approvals_are_one_question_a_person)
{
	struct counting c;

	begin(&c);
	letter(&c, "OF1007", "AP2003", "V30");
	letter(&c, "OF1007", "AP2003", "V29");
	letter(&c, "OF1007", "AP2003", "V0");
	letter(&c, "OF1007", "AP2003", "B400"); /* a batch is no haste */
	letter(&c, "OF1007", "AP2004", "");     /* older than the log */
	ck_assert_uint_eq(judge(&c, FINDING_FAST), 1);
	ck_assert_str_eq(c.findings.at[0].text,
	    "AP2003 approved 2 of 3 letters one by one in under 30 seconds "
	    "each (66 %), the first in line 1");
	end(&c);
}
END_TEST

static const char hours[] = "[GTGUA01]\nhours = Mon-Fri 08:00-17:00\n"
			    "holidays = 2026-03-03\n";

static const struct {
	const char *at;
	enum finding_code want;
} moments[] = {
	{ "2026-03-02T14:00:00Z", FINDING_COUNT }, /* Monday, 8:00 there */
	{ "2026-03-02T13:59:59Z", FINDING_HOURS },
	{ "2026-03-02T22:59:59Z", FINDING_COUNT },
	{ "2026-03-02T23:00:00Z", FINDING_HOURS },
	{ "2026-03-03T05:59:59Z", FINDING_HOURS }, /* still Monday there */
	{ "2026-03-03T06:00:00Z", FINDING_HOLIDAY },
	{ "2026-03-03T15:00:00Z", FINDING_HOLIDAY },
	{ "2026-03-07T15:00:00Z", FINDING_HOURS }, /* Saturday */
	{ "2028-02-29T15:00:00Z", FINDING_COUNT }, /* Tuesday, leap day */
};

START_TEST(hours_are_the_centers_own)
{
	struct counting c;

	begin(&c);
	if (c.stats.zone != NULL) {
		ck_assert_int_eq(
		    calendar_parse(hours, sizeof(hours) - 1, &c.calendar, NULL),
		    ERR_OK);
		c.stats.calendar = &c.calendar.center[0];
		ck_assert(clock_parse(moments[_i].at, &c.time));
		letter(&c, "OF1007", "AP2003", "B5");
		ck_assert_uint_eq(judge(&c, FINDING_HOURS),
		    moments[_i].want == FINDING_HOURS);
		ck_assert_uint_eq(
		    findings_of_code(&c.findings, FINDING_HOLIDAY),
		    moments[_i].want == FINDING_HOLIDAY);
	}
	end(&c);
}
END_TEST

START_TEST(days_that_were_not_closed)
{
	struct counting c;
	int day;

	begin(&c);
	for (day = 0; day < 5; day++, c.time += CLOCK_DAY) {
		letter(&c, "OF1007", "AP2003", "B5");
		if (day == 1 || day == 3)
			act(&c, ENTRY_CLOSE, "AP2003");
	}
	ck_assert_uint_eq(judge(&c, FINDING_DAY_OPEN), 1);
	/* of the last one nothing can be said yet */
	ck_assert_str_eq(c.findings.at[0].text,
	    "days with letters that were not closed: 2 of 5");
	end(&c);
}
END_TEST

/* --- outliers
 * ------------------------------------------------------------------ */

static const struct {
	const char *name;
	double values[8];
	size_t count;
	double value, low, high;
} zs[] = {
	{ "all alike", { 7, 7, 7, 7 }, 4, 7, 0, 0 },
	{ "the median", { 1, 2, 3, 4, 5 }, 5, 3, 0, 0 },
	/* 0.6745 * (100 - 12) / 2 */
	{ "one far away", { 10, 11, 12, 14, 100 }, 5, 100, 29.6, 29.8 },
	{ "one far below", { 50, 51, 52, 54, 1 }, 5, 1, -40, -15 },
	{ "alike but for a handful", { 979, 980, 973 }, 3, 973, 0, 0 },
	{ "a fifth away", { 100, 101, 102, 122 }, 4, 122, 12, 16 },
	{ "less than that", { 100, 101, 102, 121 }, 4, 121, 0, 0 },
	/* more than half are equal: mean deviation */
	{ "most are 0", { 0, 0, 0, 0, 0, 0, 0, 50 }, 8, 50, 6.3, 6.5 },
	{ "one reprint is no outlier", { 0, 0, 0, 0, 0, 0, 0, 1 }, 8, 1, 0, 0 },
};

START_TEST(robust_z)
{
	double z = stats_robust_z(zs[_i].values, zs[_i].count, zs[_i].value);

	ck_assert_msg(
	    z >= zs[_i].low && z <= zs[_i].high, "%s: %f", zs[_i].name, z);
}
END_TEST

START_TEST(a_person_far_from_the_others)
{
	static const char *const who[] = { "OF1001", "OF1002", "OF1003",
		"OF1004", "OF1005" };
	static const int letters[] = { 30, 32, 34, 36, 300 };
	struct counting c;
	int i, n;

	begin(&c);
	for (i = 0; i < (_i == 0 ? 5 : 2); i++)
		for (n = 0; n < letters[_i == 0 ? i : i * 4]; n++)
			letter(&c, who[_i == 0 ? i : i * 4],
			    n % 2 ? "AP2003" : "AP2004", "B5");
	/* two persons are not enough to compare */
	ck_assert_uint_eq(judge(&c, FINDING_OUTLIER), _i == 0 ? 1 : 0);
	end(&c);
}
END_TEST

START_TEST(months_and_totals)
{
	struct counting c;

	begin(&c);
	letter(&c, "OF1007", "AP2003", "B5");
	act(&c, ENTRY_REPRINT, "AP2003");
	ck_assert(clock_parse("2026-04-01T05:30:00Z", &c.time));
	letter(&c, "OF1007", "AP2003", "B5"); /* still March there */
	ck_assert(clock_parse("2027-01-15T15:00:00Z", &c.time));
	act(&c, ENTRY_WITHDRAW, "AP2003");
	stats_judge(&c.stats, "GTGUA01");
	ck_assert_uint_eq(c.stats.month_count, 11);
	if (c.stats.zone != NULL)
		ck_assert_uint_eq(c.stats.month[0].issued, 2);
	ck_assert_uint_eq(c.stats.month[10].withdrawn, 1);
	ck_assert_uint_eq(c.stats.total.issued, 2);
	ck_assert_uint_eq(c.stats.total.reprints, 1);
	ck_assert_uint_eq(c.stats.letters, 2);
	ck_assert_uint_eq(c.stats.lines, 4);
	end(&c);
}
END_TEST

/* Years of a century, and back: the tables have an end. */
START_TEST(wild_times_are_counted_apart)
{
	struct counting c;

	begin(&c);
	letter(&c, "OF1007", "AP2003", "B5");
	ck_assert(clock_parse("9999-12-31T23:59:59Z", &c.time));
	letter(&c, "OF1007", "AP2003", "B5");
	ck_assert(clock_parse("2000-01-01T00:00:00Z", &c.time));
	letter(&c, "OF1007", "AP2003", "B5");
	ck_assert_uint_eq(judge(&c, FINDING_UNCHECKED), 1);
	ck_assert_uint_eq(c.stats.letters, 3);
	end(&c);
}
END_TEST

/* --- samples
 * -------------------------------------------------------------------- */

static void
draw(struct sample *s, uint64_t seed, size_t want, unsigned letters)
{
	char number[LETTER_NUMBER_SIZE];
	unsigned i;

	ck_assert(sample_init(s, seed, want));
	for (i = 0; i < letters; i++) {
		snprintf(
		    number, sizeof(number), "GTGUA01-2026-%06u-A", i % 1000000);
		sample_offer(s, number);
	}
	sample_finish(s);
}

START_TEST(a_seed_gives_the_same_sample)
{
	struct sample a, b, other;
	size_t i;

	draw(&a, 7, 0, 5000);
	draw(&b, 7, 0, 5000);
	draw(&other, 8, 0, 5000);
	ck_assert_uint_eq(a.count, 60);
	ck_assert_uint_eq(b.count, 60);
	for (i = 0; i < a.count; i++)
		ck_assert_str_eq(a.number[i], b.number[i]);
	ck_assert_int_ne(
	    memcmp(a.number, other.number, a.count * sizeof(a.number[0])), 0);
	for (i = 1; i < a.count; i++)
		ck_assert_int_lt(strcmp(a.number[i - 1], a.number[i]), 0);
	sample_free(&a);
	sample_free(&b);
	sample_free(&other);
}
END_TEST

/* Each letter is as likely as another: the mean of many samples. */
START_TEST(a_sample_is_fair)
{
	double sum = 0;
	struct sample s;
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 400; seed++) {
		draw(&s, seed, 10, 1000);
		ck_assert_uint_eq(s.count, 10);
		for (i = 0; i < s.count; i++)
			sum += (double)strtoul(s.number[i] + 13, NULL, 10);
		sample_free(&s);
	}
	/* 4000 draws of 0..999: standard error 4.6 */
	ck_assert_msg(fabs(sum / 4000 - 499.5) < 20, "%f", sum / 4000);
}
END_TEST

START_TEST(sizes_of_samples)
{
	static const uint64_t letters[] = { 0, 1, 19, 20, 50, 100, 1000,
		1000000 };
	static const size_t want[] = { 0, 1, 19, 20, 35, 45, 60, 60 };
	struct sample s;

	ck_assert_uint_eq(sample_size(letters[_i]), want[_i]);
	draw(&s, 1, 0, (unsigned)(letters[_i] % 2000));
	ck_assert_uint_eq(s.count, sample_size(letters[_i] % 2000));
	sample_free(&s);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("stats");
	TCase *t = tcase_create("stats");

	tcase_add_loop_test(t, a_pair_that_works_only_together, 0, 2);
	tcase_add_test(t, two_people_alone_have_no_choice);
	tcase_add_test(t, few_letters_say_nothing);
	tcase_add_test(t, many_pairs_are_found_again);
	tcase_add_test(t, fast_approvals_are_one_question_a_person);
	tcase_add_loop_test(t, hours_are_the_centers_own, 0,
	    sizeof(moments) / sizeof(moments[0]));
	tcase_add_test(t, days_that_were_not_closed);
	tcase_add_loop_test(t, robust_z, 0, sizeof(zs) / sizeof(zs[0]));
	tcase_add_loop_test(t, a_person_far_from_the_others, 0, 2);
	tcase_add_test(t, months_and_totals);
	tcase_add_test(t, wild_times_are_counted_apart);
	tcase_add_test(t, a_seed_gives_the_same_sample);
	tcase_add_test(t, a_sample_is_fair);
	tcase_add_loop_test(t, sizes_of_samples, 0, 8);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
