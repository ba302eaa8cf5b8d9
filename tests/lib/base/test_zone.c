/*
 * test_zone.c - base/zone.h: local time by the machine's tables.
 */
#include "base/zone.h"

#include "base/clock.h"
#include "tests/check_main.h"

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *zone, *utc, *local;
} times[] = {
	{ "America/Guatemala", "2026-11-24T03:30:00Z", "2026-11-23T21:30:00Z" },
	{ "Europe/Madrid", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59Z" },
	{ "Europe/Madrid", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z" },
	{ "America/Santo_Domingo", "2026-01-01T02:00:00Z",
	    "2025-12-31T22:00:00Z" },
};

START_TEST(knows_local_time)
{
	struct zone *zone = zone_open(times[_i].zone);
	char got[CLOCK_INSTANT_SIZE];
	int64_t at;
	int offset = 1;

	if (zone == NULL)
		return; /* no tzdata here */
	ck_assert(clock_parse(times[_i].utc, &at));
	zone_local(zone, at - 3600); /* another hour before */
	ck_assert(clock_format(zone_local(zone, at), got));
	ck_assert_str_eq(got, times[_i].local);
	ck_assert(zone_offset(times[_i].zone, at, &offset));
	ck_assert(clock_format(at + offset, got));
	ck_assert_str_eq(got, times[_i].local);
	zone_free(&zone);
	ck_assert_ptr_null(zone);
}
END_TEST

static const char *const no_zones[] = { "Mars/Olympus", "", "../etc/passwd",
	"/usr/share/zoneinfo/Europe/Madrid", "America", ":America/Guatemala",
	"UTC0;x", "EST5EDT,M3.2.0,M11.1.0", "+03:00" };

START_TEST(an_unknown_zone_is_utc_and_says_so)
{
	struct zone *zone = zone_open(no_zones[_i]);
	int offset = 1;

	ck_assert_ptr_null(zone);
	ck_assert_int_eq(zone_local(zone, 1234567890), 1234567890);
	ck_assert(!zone_offset(no_zones[_i], 1234567890, &offset));
	ck_assert_int_eq(offset, 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("zone");
	TCase *t = tcase_create("zone");

	tcase_add_loop_test(t, knows_local_time, 0, COUNT(times));
	tcase_add_loop_test(
	    t, an_unknown_zone_is_utc_and_says_so, 0, COUNT(no_zones));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
