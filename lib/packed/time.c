/* Instants and dates of format 0x01: packed/walk.h. */
#include "base/clock.h"
#include "packed/walk.h"

#include <stdio.h>
#include <string.h>

#define EPOCH            1577836800 /* 2020-01-01T00:00:00Z */
#define WINDOW_BITS      9          /* days of a date after its base */
#define BIRTH_DAY_BITS   16         /* 179 years */
#define BIRTH_MONTH_BITS 12
#define BIRTH_YEAR_BITS  8

void
pass_instant(struct walk *w, char *text)
{
	uint64_t seconds = 0;
	int64_t at = 0;

	if (!w->b->reading) {
		if (!clock_parse(text, &at) || at < EPOCH ||
		    clock_year(at) != w->number.year)
			walk_fail(w);
		seconds = (uint64_t)(at - EPOCH);
	}
	bits_pass(w->b, 32, &seconds);
	at = (int64_t)seconds + EPOCH;
	if (!clock_format(at, text))
		walk_fail(w);
	w->issue_day = at / CLOCK_DAY;
	w->number.year = clock_year(at);
}

void
pass_date(struct walk *w, const struct packed_field *field, char *text)
{
	int64_t day = 0, start;
	uint64_t value = 0;

	if (!w->b->reading && !clock_parse_date(text, &day)) {
		walk_fail(w);
		return;
	}
	start =
	    (field->from == PACKED_FROM_ISSUE ? w->issue_day : w->from_day) -
	    field->before;
	if (!w->b->reading)
		value = (uint64_t)(day - start);
	bits_pass(w->b, WINDOW_BITS, &value);
	day = start + (int64_t)value;
	if (!clock_format_date(day, text))
		walk_fail(w);
	if (field->from == PACKED_FROM_ISSUE)
		w->from_day = day;
}

/* --- birth dates: counted back from the day of issue --------------------- */

enum precision { UNKNOWN, YEAR, MONTH, DAY };

static enum precision
precision_of(const char *text)
{
	switch (strlen(text)) {
	case 4:
		return YEAR;
	case 7:
		return strcmp(text, "unknown") == 0 ? UNKNOWN : MONTH;
	default:
		return DAY;
	}
}

static int
digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + text[i] - '0';
	return value;
}

/* Days, months or years up to the issue; any other text gives nonsense, and
 * reading it again shows that. */
static uint64_t
birth_distance(const struct walk *w, enum precision precision, const char *text)
{
	int year = digits(text, 4), month, day;
	int issue_year, issue_month, issue_day;
	int64_t days;

	clock_civil(w->issue_day, &issue_year, &issue_month, &issue_day);
	if (precision == YEAR)
		return (uint64_t)(issue_year - year);
	month = digits(text + 5, 2);
	if (precision == MONTH)
		return (uint64_t)(issue_year * 12 + issue_month - year * 12 -
		    month);
	day = digits(text + 8, 2);
	if (!clock_days(year, month, day, &days))
		return UINT64_MAX;
	return (uint64_t)(w->issue_day - days);
}

static void
birth_text(const struct walk *w, enum precision precision, uint64_t distance,
    char *text, size_t size)
{
	int year, month, day, months;

	clock_civil(w->issue_day, &year, &month, &day);
	months = year * 12 + month - 1 - (int)distance;
	switch (precision) {
	case UNKNOWN:
		snprintf(text, size, "unknown");
		break;
	case YEAR:
		snprintf(text, size, "%04d", year - (int)distance);
		break;
	case MONTH:
		snprintf(text, size, "%04d-%02d", months / 12, months % 12 + 1);
		break;
	case DAY:
		clock_format_date(w->issue_day - (int64_t)distance, text);
		break;
	}
}

void
pass_birth_date(struct walk *w, const struct packed_field *field, char *text)
{
	static const unsigned width[] = { 0, BIRTH_YEAR_BITS, BIRTH_MONTH_BITS,
		BIRTH_DAY_BITS };
	uint64_t precision = UNKNOWN, distance = 0;

	if (!w->b->reading) {
		precision = precision_of(text);
		if (precision != UNKNOWN)
			distance =
			    birth_distance(w, (enum precision)precision, text);
	}
	bits_pass(w->b, 2, &precision);
	bits_pass(w->b, width[precision], &distance);
	if (w->b->reading && !w->b->failed)
		birth_text(
		    w, (enum precision)precision, distance, text, field->size);
}
