#include "base/clock.h"
#include "base/local.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

#define FIRST INT64_C(-719528) /* 0000-01-01 */
#define LAST  INT64_C(2932896) /* 9999-12-31 */

/* The C library as a second calendar: every day of ten thousand years. */
START_TEST(every_day_agrees_with_gmtime)
{
	for (int64_t day = FIRST; day <= LAST; day++) {
		time_t at = (time_t)(day * CLOCK_DAY);
		int year, month, date;
		struct tm tm;
		int64_t back;

		/* ck_assert() writes to a file each time */
		if (gmtime_r(&at, &tm) == NULL)
			ck_abort_msg("no day %lld", (long long)day);
		clock_civil(day, &year, &month, &date);
		if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 ||
		    date != tm.tm_mday)
			ck_abort_msg("day %lld", (long long)day);
		if (!clock_days(year, month, date, &back) || back != day)
			ck_abort_msg("%d-%d-%d", year, month, date);
	}
}
END_TEST

START_TEST(instants_round_trip)
{
	/* a prime step meets all hours, minutes and seconds */
	for (int64_t at = FIRST * CLOCK_DAY; at < (LAST + 1) * CLOCK_DAY;
	     at += 86028121) {
		char text[CLOCK_INSTANT_SIZE], want[64];
		time_t when = (time_t)at;
		struct tm tm;
		int64_t back;

		ck_assert(clock_format(at, text));
		gmtime_r(&when, &tm);
		snprintf(want, sizeof(want), "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
		ck_assert_str_eq(text, want);
		ck_assert(clock_parse(text, &back));
		ck_assert_int_eq(back, at);
		ck_assert_int_eq(clock_year(at), tm.tm_year + 1900);
	}
}
END_TEST

static const struct {
	const char *text;
	int64_t at;
} known[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "1969-12-31T23:59:59Z", -1 },
	{ "2000-02-29T12:00:00Z", 951825600 },
	{ "2038-01-19T03:14:08Z", INT64_C(2147483648) },
	{ "2026-11-23T18:00:00Z", 1795456800 },
	{ "0000-01-01T00:00:00Z", INT64_C(-62167219200) },
	{ "9999-12-31T23:59:59Z", INT64_C(253402300799) },
};

START_TEST(known_instants)
{
	char text[CLOCK_INSTANT_SIZE];
	int64_t at;

	ck_assert(clock_parse(known[_i].text, &at));
	ck_assert_int_eq(at, known[_i].at);
	ck_assert(clock_format(known[_i].at, text));
	ck_assert_str_eq(text, known[_i].text);
}
END_TEST

static const char *const no_instants[] = {
	"",
	"2026-11-23",
	"2026-11-23T18:00:00",
	"2026-11-23T18:00:00z",
	"2026-11-23t18:00:00Z",
	"2026-11-23 18:00:00Z",
	" 2026-11-23T18:00:00Z",
	"2026-11-23T18:00:00Z ",
	"2026-11-23T18:00:00ZZ",
	"2026-11-23T18:00:00.0Z",
	"2026-11-23T18:00:00+00:00",
	"2026-11-23T18:00Z",
	"+026-11-23T18:00:00Z",
	"-001-11-23T18:00:00Z",
	"2026-00-23T18:00:00Z",
	"2026-13-23T18:00:00Z",
	"2026-11-00T18:00:00Z",
	"2026-11-31T18:00:00Z",
	"2026-02-29T18:00:00Z",
	"1900-02-29T18:00:00Z",
	"2026-11-23T24:00:00Z",
	"2026-11-23T18:60:00Z",
	"2016-12-31T23:59:60Z",
	"2026-11-23T1 :00:00Z",
	"20261-1-23T18:00:00Z",
};

START_TEST(refuses_other_instants)
{
	int64_t at = 42;

	ck_assert_msg(
	    !clock_parse(no_instants[_i], &at), "%s", no_instants[_i]);
	ck_assert_int_eq(at, 42);
}
END_TEST

static const char *const no_dates[] = { "", "2026-11-2", "2026-11-231",
	"2026-11-23T", " 2026-11-23", "2026/11/23", "2026-11-31", "2026-02-29",
	"2026-00-10", "2026-1--01", "20261123", "2026-11-23 " };

START_TEST(refuses_other_dates)
{
	int64_t days = 42;

	ck_assert_msg(
	    !clock_parse_date(no_dates[_i], &days), "%s", no_dates[_i]);
	ck_assert_int_eq(days, 42);
}
END_TEST

START_TEST(dates_round_trip)
{
	char text[CLOCK_DATE_SIZE];
	int64_t days;

	ck_assert(clock_parse_date("2024-02-29", &days));
	ck_assert_int_eq(days, 19782);
	ck_assert(clock_format_date(19782, text));
	ck_assert_str_eq(text, "2024-02-29");
	ck_assert(clock_format_date(FIRST, text));
	ck_assert_str_eq(text, "0000-01-01");
	ck_assert(clock_format_date(LAST, text));
	ck_assert_str_eq(text, "9999-12-31");
}
END_TEST

START_TEST(refuses_years_of_more_than_four_digits)
{
	char text[CLOCK_INSTANT_SIZE] = "as before";
	int64_t days;

	ck_assert(!clock_format((LAST + 1) * CLOCK_DAY, text));
	ck_assert(!clock_format(FIRST * CLOCK_DAY - 1, text));
	ck_assert(!clock_format(INT64_MAX, text));
	ck_assert(!clock_format(INT64_MIN, text));
	ck_assert(!clock_format_date(LAST + 1, text));
	ck_assert(!clock_format_date(FIRST - 1, text));
	ck_assert_str_eq(text, "as before");
	ck_assert(!clock_days(10000, 1, 1, &days));
	ck_assert(!clock_days(-1, 12, 31, &days));
	ck_assert(!clock_days(2026, 11, 0, &days));
	ck_assert_int_eq(clock_days_in_month(2026, 0), 0);
	ck_assert_int_eq(clock_days_in_month(2026, 13), 0);
	ck_assert_int_eq(clock_days_in_month(2000, 2), 29);
	ck_assert_int_eq(clock_days_in_month(2100, 2), 28);
}
END_TEST

START_TEST(now_is_now)
{
	int64_t before = (int64_t)time(NULL);
	int64_t now = clock_now();

	ck_assert_int_ge(now, before);
	ck_assert_int_le(now, (int64_t)time(NULL));
}
END_TEST

/* Zones as POSIX writes them: no machine needs tables for these. */
static const struct {
	const char *zone, *text, *clock;
} on_the_wall[] = {
	{ "UTC0", "2026-11-29 12:13 UTC", "12:13" },
	{ "CST6", "2026-11-29 06:13 CST (UTC-06:00)", "06:13" },
	{ "CET-1", "2026-11-29 13:13 CET (UTC+01:00)", "13:13" },
	{ "<-03>3", "2026-11-29 09:13 UTC-03:00", "09:13" },
	{ "<+1245>-12:45", "2026-11-30 00:58 UTC+12:45", "00:58" },
};

START_TEST(local_times_name_their_zone)
{
	char text[LOCAL_SIZE], clock[LOCAL_CLOCK_SIZE];
	char date[CLOCK_DATE_SIZE];
	int64_t at, day;

	ck_assert_int_eq(setenv("TZ", on_the_wall[_i].zone, 1), 0);
	ck_assert(clock_parse("2026-11-29T12:13:14Z", &at));
	local_format(at, text);
	ck_assert_str_eq(text, on_the_wall[_i].text);
	local_clock(at, clock);
	ck_assert_str_eq(clock, on_the_wall[_i].clock);
	local_date(at, date);
	ck_assert_int_eq(strncmp(text, date, strlen(date)), 0);
	ck_assert(clock_parse_date(date, &day));
	ck_assert(local_day(day) <= at && at < local_day(day + 1));
	local_date(local_day(day), text);
	ck_assert_str_eq(text, date);
	local_date(local_day(day) - 1, text);
	ck_assert_str_ne(text, date);
	local_format(INT64_MAX, text);
	ck_assert_str_eq(text, "?");
}
END_TEST

START_TEST(for_people_in_utc)
{
	char text[CLOCK_INSTANT_SIZE];

	clock_utc(1795964565, text);
	ck_assert_str_eq(text, "2026-11-29 15:02 UTC");
	clock_utc(INT64_MAX, text);
	ck_assert_str_eq(text, "?");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("clock");
	TCase *t = tcase_create("clock");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, every_day_agrees_with_gmtime);
	tcase_add_test(t, instants_round_trip);
	tcase_add_loop_test(t, known_instants, 0, COUNT(known));
	tcase_add_loop_test(t, refuses_other_instants, 0, COUNT(no_instants));
	tcase_add_loop_test(t, refuses_other_dates, 0, COUNT(no_dates));
	tcase_add_test(t, dates_round_trip);
	tcase_add_test(t, refuses_years_of_more_than_four_digits);
	tcase_add_test(t, now_is_now);
	tcase_add_loop_test(
	    t, local_times_name_their_zone, 0, COUNT(on_the_wall));
	tcase_add_test(t, for_people_in_utc);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
