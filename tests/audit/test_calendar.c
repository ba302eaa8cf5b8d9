/*
 * test_calendar.c - audit/calendar.h: opening hours and holidays.
 */
#include "audit/calendar.h"

#include "base/clock.h"
#include "tests/check_main.h"

#include <string.h>

static enum err
parse(const char *text, struct calendar *out, struct errtext *err)
{
	return calendar_parse(text, strlen(text), out, err);
}

static const char good[] = "\xef\xbb\xbf# hours of our centers\n"
			   "[GTGUA01]\n"
			   "hours = Mon-FRI 08:00-12:00 13:00-17:00, sat "
			   "08:00-12:30\r\n"
			   "holidays = 2026-12-25, 2027-01-01\n"
			   "\n"
			   "; another\n"
			   "[HNTGU01]\n"
			   "holidays=2026-09-15\n"
			   "holidays = \"2026-10-03\"\n"
			   "[COBOG01]\n"
			   "hours = Sat-Mon 22:00-24:00";

static const struct {
	const char *center, *day;
	unsigned minute;
	bool open;
} moments[] = {
	{ "GTGUA01", "2026-11-23", 480, true }, /* a Monday */
	{ "GTGUA01", "2026-11-23", 479, false },
	{ "GTGUA01", "2026-11-23", 719, true },
	{ "GTGUA01", "2026-11-23", 720, false },
	{ "GTGUA01", "2026-11-27", 1019, true },
	{ "GTGUA01", "2026-11-27", 1020, false },
	{ "GTGUA01", "2026-11-28", 749, true },
	{ "GTGUA01", "2026-11-28", 800, false },
	{ "GTGUA01", "2026-11-29", 600, false },
	{ "HNTGU01", "2026-11-29", 600, true }, /* no hours given */
	{ "COBOG01", "2026-11-28", 1320, true },
	{ "COBOG01", "2026-11-29", 1439, true },
	{ "COBOG01", "2026-11-30", 1320, true },
	{ "COBOG01", "2026-12-01", 1320, false },
};

START_TEST(knows_when_a_center_is_open)
{
	struct calendar calendar;
	struct errtext err = { 0 };
	const struct calendar_center *center;
	int64_t day;

	ck_assert_msg(parse(good, &calendar, &err) == ERR_OK, "%s", err.text);
	center = calendar_find(&calendar, moments[_i].center);
	ck_assert_ptr_nonnull(center);
	ck_assert(clock_parse_date(moments[_i].day, &day));
	ck_assert_int_eq(calendar_is_open(center, day, moments[_i].minute),
	    moments[_i].open);
	calendar_clear(&calendar);
}
END_TEST

START_TEST(knows_holidays)
{
	struct calendar calendar;
	int64_t day;

	ck_assert_int_eq(parse(good, &calendar, NULL), ERR_OK);
	ck_assert(clock_parse_date("2026-12-25", &day));
	ck_assert(calendar_is_holiday(&calendar.center[0], day));
	ck_assert(!calendar_is_holiday(&calendar.center[0], day + 1));
	ck_assert(!calendar_is_holiday(&calendar.center[1], day));
	ck_assert_uint_eq(calendar.center[1].holiday_count, 2);
	ck_assert_ptr_null(calendar_find(&calendar, "GTGUA02"));
	calendar_clear(&calendar);
}
END_TEST

static const struct {
	const char *text, *why;
} bad[] = {
	{ "hours = Mon 08:00-17:00\n", "line 1: before the first section" },
	{ "[GTGUA01]\nnonsense\n", "line 2" },
	{ "[GTGUA01]\ncolour = red\n", "line 2: only hours" },
	{ "[gtgua01]\n", "line 1: a section is named" },
	{ "[GTGUA01\n", "line 1: a section is written" },
	{ "[\n", "line 1" },
	{ "[GTGUA01]\n[GTGUA01]\n", "line 2: given twice" },
	{ "[GTGUA01]\nhours = Mon\n", "days without hours" },
	{ "[GTGUA01]\nhours =\n", "days without hours" },
	{ "[GTGUA01]\nhours = Mon Tue 08:00-09:00\n", "days without hours" },
	{ "[GTGUA01]\nhours = 08:00-17:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon 17:00-08:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon 08:00-08:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon 08:60-09:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon 23:00-24:01\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon 8-17\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Lun 08:00-17:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon-Xyz 08:00-17:00\n", "line 2: hours" },
	{ "[GTGUA01]\nhours = Mon-Fri 08:00-17:00x\n", "line 2: hours" },
	{ "[GTGUA01]\nholidays = 2026-02-30\n", "line 2: holidays" },
	{ "[GTGUA01]\nholidays = tomorrow\n", "line 2: holidays" },
	{ "[GTGUA01]\nholidays = 2026-12-25-long-word-behind\n", "line 2" },
};

START_TEST(says_what_is_wrong_and_where)
{
	struct calendar calendar;
	struct errtext err = { 0 };

	ck_assert_int_eq(parse(bad[_i].text, &calendar, &err), ERR_DATA);
	ck_assert_msg(strstr(err.text, bad[_i].why) != NULL, "%s", err.text);
	ck_assert_uint_eq(calendar.count, 0);
	ck_assert_ptr_null(calendar.center);
}
END_TEST

START_TEST(has_limits)
{
	struct calendar calendar;
	static char text[CALENDAR_MAX + 2];
	int i;

	memset(text, '\n', sizeof(text) - 1);
	ck_assert_int_eq(
	    calendar_parse(text, CALENDAR_MAX, &calendar, NULL), ERR_OK);
	ck_assert_int_eq(
	    calendar_parse(text, CALENDAR_MAX + 1, &calendar, NULL), ERR_LIMIT);
	strcpy(text, "[GTGUA01]\n");
	for (i = 0; i < CALENDAR_SPANS; i++)
		strcat(text, "hours = Mon 08:00-09:00\n");
	ck_assert_int_eq(parse(text, &calendar, NULL), ERR_OK);
	calendar_clear(&calendar);
	strcat(text, "hours = Mon 08:00-09:00\n");
	ck_assert_int_eq(parse(text, &calendar, NULL), ERR_DATA);
	/* NUL and no line end */
	ck_assert_int_eq(
	    calendar_parse("[GTGUA01]\0", 10, &calendar, NULL), ERR_DATA);
	ck_assert_int_eq(
	    calendar_parse("[GTGUA01]", 9, &calendar, NULL), ERR_OK);
	calendar_clear(&calendar);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("calendar");
	TCase *t = tcase_create("calendar");

	tcase_add_loop_test(t, knows_when_a_center_is_open, 0,
	    sizeof(moments) / sizeof(moments[0]));
	tcase_add_test(t, knows_holidays);
	tcase_add_loop_test(
	    t, says_what_is_wrong_and_where, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, has_limits);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
