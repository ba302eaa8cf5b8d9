/*
 * clock.h - UTC seconds, ISO 8601 instants and the proleptic Gregorian
 * calendar, without the C library's time zones or locale.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_DAY 86400

#define CLOCK_INSTANT_SIZE 21 /* "2026-11-23T18:00:00Z" and its NUL */
#define CLOCK_DATE_SIZE    11 /* "2026-11-23" and its NUL */

/* clock_now - seconds since 1970-01-01T00:00:00Z by the system's clock. */
int64_t clock_now(void);

/*
 * clock_moment - seconds since the computer started, asleep or not: how long
 * ago something was, whatever the clock was set to meanwhile.
 */
int64_t clock_moment(void);

/* clock_ms - milliseconds since some moment, for what takes seconds. */
int64_t clock_ms(void);

/* clock_format - "YYYY-MM-DDThh:mm:ssZ"; years 0000 to 9999, else false. */
bool clock_format(int64_t at, char out[CLOCK_INSTANT_SIZE]);

/* clock_utc - "YYYY-MM-DD hh:mm UTC" for people who compare places, "?" where
 * there is no such year. */
void clock_utc(int64_t at, char out[CLOCK_INSTANT_SIZE]);

/*
 * clock_parse - exactly "YYYY-MM-DDThh:mm:ssZ", 20 bytes, a real date, no
 * leap second. Nothing else is accepted.
 */
bool clock_parse(const char *text, int64_t *at);

/* clock_days - days since 1970-01-01 of a date of years 0 to 9999; false: none
 * such */
bool clock_days(int year, int month, int day, int64_t *days);
/* clock_civil - the date of a day (since 1970-01-01) within some billion
 * years */
void clock_civil(int64_t days, int *year, int *month, int *day);
/* clock_days_in_month - 28 to 31; 0 for a month that is none */
int clock_days_in_month(int year, int month);

/* clock_parse_date - exactly "YYYY-MM-DD", a real date, into days since
 * 1970-01-01; clock_format_date - the other way, false over years 0 to 9999 */
bool clock_parse_date(const char *text, int64_t *days);
bool clock_format_date(int64_t days, char out[CLOCK_DATE_SIZE]);

/* clock_year - UTC year of an instant. */
int clock_year(int64_t at);

#endif
