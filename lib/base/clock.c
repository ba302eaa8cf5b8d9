/*
 * clock.c - UTC and the proleptic Gregorian calendar: clock.h.
 *
 * The calendar counts from 1 March of year 0, so that the leap day is the
 * last day of its year, in cycles of 400 years or 146,097 days.
 */
#include "base/clock.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CYCLE_DAYS  146097
#define EPOCH_SHIFT 719468    /* days from 0000-03-01 to 1970-01-01 */
#define FIRST_DAY   (-719528) /* 0000-01-01 */
#define LAST_DAY    2932896   /* 9999-12-31 */

int64_t
clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t
clock_moment(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec;
}

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
clock_days_in_month(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool
clock_days(int year, int month, int day, int64_t *days)
{
	int64_t y, cycle, year_of_cycle, day_of_year;

	if (year < 0 || year > 9999 || day < 1 ||
	    day > clock_days_in_month(year, month))
		return false;
	y = month <= 2 ? year - 1 : year;
	cycle = (y >= 0 ? y : y - 399) / 400;
	year_of_cycle = y - cycle * 400;
	day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	*days = cycle * CYCLE_DAYS + year_of_cycle * 365 + year_of_cycle / 4 -
	    year_of_cycle / 100 + day_of_year - EPOCH_SHIFT;
	return true;
}

void
clock_civil(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + EPOCH_SHIFT;
	int64_t cycle = (z >= 0 ? z : z - (CYCLE_DAYS - 1)) / CYCLE_DAYS;
	int64_t in_cycle = z - cycle * CYCLE_DAYS;
	int64_t year_of_cycle = (in_cycle - in_cycle / 1460 + in_cycle / 36524 -
				    in_cycle / (CYCLE_DAYS - 1)) /
	    365;
	int64_t day_of_year = in_cycle -
	    (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;

	*day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
	*month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	*year = (int)(year_of_cycle + cycle * 400 + (*month <= 2));
}

/* Rounds down, also before 1970. */
static int64_t
day_of(int64_t at)
{
	return at / CLOCK_DAY - (at % CLOCK_DAY < 0);
}

static void
put_digits(char *out, int width, int value)
{
	while (width-- > 0) {
		out[width] = (char)('0' + value % 10);
		value /= 10;
	}
}

bool
clock_format_date(int64_t days, char out[CLOCK_DATE_SIZE])
{
	int year, month, day;

	if (days < FIRST_DAY || days > LAST_DAY)
		return false;
	clock_civil(days, &year, &month, &day);
	memcpy(out, "0000-00-00", CLOCK_DATE_SIZE);
	put_digits(out, 4, year);
	put_digits(out + 5, 2, month);
	put_digits(out + 8, 2, day);
	return true;
}

int64_t
clock_ms(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool
clock_format(int64_t at, char out[CLOCK_INSTANT_SIZE])
{
	int64_t days = day_of(at);
	char date[CLOCK_DATE_SIZE];
	int seconds;

	if (!clock_format_date(days, date))
		return false;
	seconds = (int)(at - days * CLOCK_DAY);
	memcpy(out, "0000-00-00T00:00:00Z", CLOCK_INSTANT_SIZE);
	memcpy(out, date, CLOCK_DATE_SIZE - 1);
	put_digits(out + 11, 2, seconds / 3600);
	put_digits(out + 14, 2, seconds / 60 % 60);
	put_digits(out + 17, 2, seconds % 60);
	return true;
}

void
clock_utc(int64_t at, char out[CLOCK_INSTANT_SIZE])
{
	memcpy(out, "?", sizeof("?"));
	if (!clock_format(at, out))
		return;
	out[10] = ' ';
	memcpy(out + 16, " UTC", sizeof(" UTC"));
}

/* Does text, all of it, look like form, where '0' stands for any digit? */
static bool
has_form(const char *text, const char *form)
{
	size_t i;

	for (i = 0; form[i] != '\0'; i++) {
		if (form[i] == '0') {
			if (text[i] < '0' || text[i] > '9')
				return false;
		} else if (text[i] != form[i])
			return false;
	}
	return text[i] == '\0';
}

static int
get_digits(const char *text, int width)
{
	int value = 0;

	while (width-- > 0)
		value = value * 10 + (*text++ - '0');
	return value;
}

bool
clock_parse_date(const char *text, int64_t *days)
{
	if (!has_form(text, "0000-00-00"))
		return false;
	return clock_days(get_digits(text, 4), get_digits(text + 5, 2),
	    get_digits(text + 8, 2), days);
}

bool
clock_parse(const char *text, int64_t *at)
{
	int hour, minute, second;
	int64_t days;

	if (!has_form(text, "0000-00-00T00:00:00Z"))
		return false;
	hour = get_digits(text + 11, 2);
	minute = get_digits(text + 14, 2);
	second = get_digits(text + 17, 2);
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	if (!clock_days(get_digits(text, 4), get_digits(text + 5, 2),
		get_digits(text + 8, 2), &days))
		return false;
	*at = days * CLOCK_DAY + hour * 3600 + minute * 60 + second;
	return true;
}

int
clock_year(int64_t at)
{
	int year, month, day;

	clock_civil(day_of(at), &year, &month, &day);
	return year;
}
