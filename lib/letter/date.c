#include "letter/date.h"

#include "base/clock.h"

#include <stddef.h>
#include <string.h>

#define HOUR           3600
#define BIRTH_YEAR_MIN 1800

/* Digits text[at .. at+len); -1 when one is none. */
static int
digits(const char *text, size_t at, size_t len)
{
	int value = 0;

	for (size_t i = at; i < at + len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool
date_parse_birth(const char *text, struct birth_date *out)
{
	struct birth_date birth = { .known = true };
	size_t len = strlen(text);
	int year, month = 0, day = 0;

	if (strcmp(text, "unknown") == 0) {
		*out = (struct birth_date){ 0 };
		return true;
	}
	if (len != 4 && len != 7 && len != 10)
		return false;
	year = digits(text, 0, 4);
	if (year < BIRTH_YEAR_MIN)
		return false;
	if (len >= 7 && (text[4] != '-' || (month = digits(text, 5, 2)) < 1))
		return false;
	if (len == 10 && (text[7] != '-' || (day = digits(text, 8, 2)) < 1))
		return false;
	if (month > 12)
		return false;
	if (!clock_days(year, month ? month : 1, day ? day : 1, &birth.first))
		return false;
	if (month == 0)
		month = 12;
	if (day == 0)
		day = clock_days_in_month(year, month);
	if (!clock_days(year, month, day, &birth.last))
		return false;
	*out = birth;
	return true;
}

bool
date_age_under(const struct birth_date *birth, int64_t day, int years)
{
	int y, m, d;
	int64_t birthday;

	if (!birth->known)
		return false;
	clock_civil(birth->first, &y, &m, &d);
	if (d > clock_days_in_month(y + years, m)) { /* 29 February */
		m = 3;
		d = 1;
	}
	return clock_days(y + years, m, d, &birthday) && day < birthday;
}

bool
date_compatible(const char *a, const char *b)
{
	struct birth_date x, y;

	if (!date_parse_birth(a, &x) || !date_parse_birth(b, &y))
		return false;
	if (!x.known || !y.known)
		return true;
	return x.first <= y.last && y.first <= x.last;
}

int64_t
date_valid_begin(int64_t from)
{
	return from * CLOCK_DAY - 14 * HOUR;
}

int64_t
date_valid_end(int64_t until)
{
	return (until + 1) * CLOCK_DAY + 12 * HOUR;
}
