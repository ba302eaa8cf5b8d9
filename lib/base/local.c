/*
 * local.c - local.h, on the C library's zone.
 */
#include "base/local.h"

#include "base/bytes.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool
on_the_wall(int64_t at, struct tm *out)
{
	time_t t = (time_t)at;

	tzset();
	return localtime_r(&t, out) != NULL && out->tm_year >= -1900 &&
	    out->tm_year <= 8099;
}

/* "CST (UTC-06:00)". Where a zone has no name of its own, as in much of South
 * America, the C library calls it "-03". */
static void
zone_of(const struct tm *local, char *out, size_t size)
{
	long minutes = labs(local->tm_gmtoff) / 60;
	bool named = isalpha((unsigned char)local->tm_zone[0]) != 0;

	if (strcmp(local->tm_zone, "UTC") == 0)
		snprintf(out, size, "UTC");
	else
		snprintf(out, size, "%.12s%sUTC%c%02ld:%02ld%s",
		    named ? local->tm_zone : "", named ? " (" : "",
		    local->tm_gmtoff < 0 ? '-' : '+', minutes / 60 % 100,
		    minutes % 60, named ? ")" : "");
}

void
local_format(int64_t at, char out[LOCAL_SIZE])
{
	char zone[32];
	struct tm local;

	text_copy(out, LOCAL_SIZE, "?");
	if (!on_the_wall(at, &local))
		return;
	zone_of(&local, zone, sizeof(zone));
	snprintf(out, LOCAL_SIZE, "%04d-%02d-%02d %02d:%02d %s",
	    local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
	    local.tm_hour, local.tm_min, zone);
}

void
local_date(int64_t at, char out[CLOCK_DATE_SIZE])
{
	struct tm local;

	text_copy(out, CLOCK_DATE_SIZE, "?");
	if (on_the_wall(at, &local))
		snprintf(out, CLOCK_DATE_SIZE, "%04u-%02u-%02u",
		    (unsigned)(local.tm_year + 1900) % 10000,
		    (unsigned)(local.tm_mon + 1) % 100,
		    (unsigned)local.tm_mday % 100);
}

void
local_utc_day(int64_t days, char out[LOCAL_SIZE])
{
	char day[CLOCK_DATE_SIZE];

	text_copy(out, LOCAL_SIZE, "?");
	if (clock_format_date(days, day))
		snprintf(out, LOCAL_SIZE, "%s (UTC)", day);
}

int64_t
local_day(int64_t days)
{
	struct tm local = { .tm_isdst = -1 };
	time_t first;

	clock_civil(days, &local.tm_year, &local.tm_mon, &local.tm_mday);
	local.tm_year -= 1900;
	local.tm_mon--;
	tzset();
	first = mktime(&local);
	return first == (time_t)-1 ? days * CLOCK_DAY : (int64_t)first;
}

void
local_clock(int64_t at, char out[LOCAL_CLOCK_SIZE])
{
	struct tm local;

	out[0] = '\0';
	if (on_the_wall(at, &local))
		snprintf(out, LOCAL_CLOCK_SIZE, "%02u:%02u",
		    (unsigned)local.tm_hour % 24, (unsigned)local.tm_min % 60);
}
