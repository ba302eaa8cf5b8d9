/* date_local_text() has its own: test_date_text.c. */
#include "letter/date.h"

#include "base/clock.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <time.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* The C library's calendar, as an independent oracle. */
static int64_t
day(int year, int month, int mday)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = mday
	};

	return timegm(&tm) / CLOCK_DAY;
}

static int64_t
day_of(const char *date)
{
	int y, m, d;

	ck_assert_int_eq(sscanf(date, "%4d-%2d-%2d", &y, &m, &d), 3);
	return day(y, m, d);
}

static const struct {
	const char *text, *first, *last;
} births[] = {
	{ "1984", "1984-01-01", "1984-12-31" },
	{ "1992-12", "1992-12-01", "1992-12-31" },
	{ "1992-02", "1992-02-01", "1992-02-29" },
	{ "1900-02", "1900-02-01", "1900-02-28" },
	{ "2000-02-29", "2000-02-29", "2000-02-29" },
	{ "1990-05-02", "1990-05-02", "1990-05-02" },
	{ "1800", "1800-01-01", "1800-12-31" },
	{ "9999-12-31", "9999-12-31", "9999-12-31" },
};

START_TEST(reads_partial_dates)
{
	struct birth_date b;

	ck_assert_msg(
	    date_parse_birth(births[_i].text, &b), "%s", births[_i].text);
	ck_assert(b.known);
	ck_assert_int_eq(b.first, day_of(births[_i].first));
	ck_assert_int_eq(b.last, day_of(births[_i].last));
}
END_TEST

START_TEST(reads_unknown)
{
	struct birth_date b = { true, 1, 2 };

	ck_assert(date_parse_birth("unknown", &b));
	ck_assert(!b.known);
	ck_assert_int_eq(b.first, 0);
	ck_assert_int_eq(b.last, 0);
}
END_TEST

static const char *const no_births[] = { "", "Unknown", "unknown ", "199",
	"19900", "1990-", "1990-1", "1990-00", "1990-13", "1990-0a", "1990-05-",
	"1990-05-2", "1990-05-00", "1990-05-32", "1990-04-31", "1990-02-29",
	"1900-02-29", "1990/05/02", "1990-05/02", "02-05-1990", " 1990",
	"1990 ", "1990-05-02Z", "+990", "-990", "1799", "0000", "0984-05-02",
	"1990-5-021" };

START_TEST(refuses_what_is_no_date)
{
	struct birth_date b = { true, 1, 2 };

	ck_assert_msg(
	    !date_parse_birth(no_births[_i], &b), "%s", no_births[_i]);
	ck_assert_int_eq(b.first, 1);
}
END_TEST

START_TEST(agrees_with_calendar_on_every_day)
{
	static const int years[] = { 1800, 1900, 1999, 2000, 2023, 2024, 2100 };
	int year = years[_i];

	for (int month = 0; month <= 13; month++)
		for (int mday = 0; mday <= 32; mday++) {
			struct tm tm = { .tm_year = year - 1900,
				.tm_mon = month - 1,
				.tm_mday = mday };
			struct birth_date b;
			char text[32];
			bool real;

			timegm(&tm); /* moves a day that is none */
			real = tm.tm_mon == month - 1 && tm.tm_mday == mday &&
			    tm.tm_year == year - 1900;
			snprintf(text, sizeof(text), "%04d-%02d-%02d", year,
			    month, mday);
			ck_assert_msg(
			    date_parse_birth(text, &b) == real, "%s", text);
		}
}
END_TEST

static const struct {
	const char *birth, *day;
	bool under;
} ages[] = {
	{ "2008-11-24", "2026-11-23", true },
	{ "2008-11-23", "2026-11-23", false },
	{ "2008-11-22", "2026-11-23", false },
	/* certainly: the first day it may stand for decides */
	{ "2008-11", "2026-10-31", true },
	{ "2008-11", "2026-11-01", false },
	{ "2008", "2025-12-31", true },
	{ "2008", "2026-01-01", false },
	{ "unknown", "2026-11-23", false },
	/* born on 29 February: 1 March, or 29 February in a leap year */
	{ "2008-02-29", "2026-02-28", true },
	{ "2008-02-29", "2026-03-01", false },
	{ "2006-02-28", "2024-02-28", false },
	{ "2027-01-01", "2026-11-23", true },
};

START_TEST(tells_minors)
{
	struct birth_date b;

	ck_assert(date_parse_birth(ages[_i].birth, &b));
	ck_assert_msg(
	    date_age_under(&b, day_of(ages[_i].day), 18) == ages[_i].under,
	    "%s on %s", ages[_i].birth, ages[_i].day);
}
END_TEST

START_TEST(leap_day_in_a_leap_year)
{
	struct birth_date b;

	ck_assert(date_parse_birth("2004-02-29", &b));
	ck_assert(date_age_under(&b, day(2024, 2, 28), 20));
	ck_assert(!date_age_under(&b, day(2024, 2, 29), 20));
}
END_TEST

static const struct {
	const char *a, *b;
	bool want;
} pairs[] = {
	{ "1984", "1984-05-02", true },
	{ "1984", "1984-05", true },
	{ "1984", "1984", true },
	{ "1984-05", "1984-05-31", true },
	{ "1984-05", "1984-06-01", false },
	{ "1984", "1985", false },
	{ "1984", "1983-12-31", false },
	{ "1984-05-02", "1984-05-03", false },
	{ "unknown", "1984", true },
	{ "unknown", "unknown", true },
	{ "nonsense", "1984", false },
	{ "nonsense", "nonsense", false },
};

START_TEST(compares_partial_dates_both_ways)
{
	ck_assert_msg(
	    date_compatible(pairs[_i].a, pairs[_i].b) == pairs[_i].want,
	    "%s %s", pairs[_i].a, pairs[_i].b);
	ck_assert(date_compatible(pairs[_i].b, pairs[_i].a) == pairs[_i].want);
}
END_TEST

START_TEST(validity_spans_all_time_zones)
{
	/* 2026-12-13 begins on Kiritimati (UTC+14) ... */
	struct tm begin = {
		.tm_year = 126, .tm_mon = 11, .tm_mday = 12, .tm_hour = 10
	};
	/* ... and ends on Baker Island (UTC-12) */
	struct tm end = {
		.tm_year = 126, .tm_mon = 11, .tm_mday = 14, .tm_hour = 12
	};

	ck_assert_int_eq(date_valid_begin(day(2026, 12, 13)), timegm(&begin));
	ck_assert_int_eq(date_valid_end(day(2026, 12, 13)), timegm(&end));
	ck_assert_int_eq(date_valid_begin(0), -14 * 3600);
	ck_assert_int_eq(date_valid_end(-1), 12 * 3600);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");

	tcase_add_loop_test(t, reads_partial_dates, 0, COUNT(births));
	tcase_add_test(t, reads_unknown);
	tcase_add_loop_test(t, refuses_what_is_no_date, 0, COUNT(no_births));
	tcase_add_loop_test(t, agrees_with_calendar_on_every_day, 0, 7);
	tcase_add_loop_test(t, tells_minors, 0, COUNT(ages));
	tcase_add_test(t, leap_day_in_a_leap_year);
	tcase_add_loop_test(
	    t, compares_partial_dates_both_ways, 0, COUNT(pairs));
	tcase_add_test(t, validity_spans_all_time_zones);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
