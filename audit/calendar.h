/*
 * calendar.h - when the centers are open: an ini file that the auditor keeps.
 *
 *   [GTGUA01]
 *   hours = Mon-Fri 08:00-17:00, Sat 08:00-12:30
 *   holidays = 2026-12-25 2027-01-01
 *
 * Times are the center's local ones. Several spans of a day, and both keys on
 * several lines, add up; a day without hours is closed. Lines that begin with
 * # or ; are comments. docs/audit.md, section 6.
 */
#ifndef AUDIT_CALENDAR_H
#define AUDIT_CALENDAR_H

#include "base/err.h"
#include "letter/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALENDAR_MAX     (1u << 20) /* bytes of a file */
#define CALENDAR_SPANS   64         /* of a center */
#define CALENDAR_CENTERS 2000

struct calendar_span {
	unsigned char day;   /* 0 Monday to 6 Sunday */
	unsigned short from; /* minutes of the day */
	unsigned short to;   /* the first one closed again; 1440: midnight */
};

struct calendar_center {
	char code[LETTER_CENTER_SIZE];
	size_t span_count;
	struct calendar_span span[CALENDAR_SPANS];
	size_t holiday_count, holiday_cap;
	int64_t *holiday; /* days since 1970-01-01 */
};

/* Start as {0}; calendar_clear(). */
struct calendar {
	size_t count, cap;
	struct calendar_center *center;
};

/*
 * calendar_parse - read a file's text.
 *
 * Returns ERR_OK, ERR_DATA (with the line and what is wrong there),
 * ERR_LIMIT, ERR_MEMORY; out is {0} on error.
 */
enum err calendar_parse(
    const void *text, size_t len, struct calendar *out, struct errtext *err);

/* calendar_find - NULL: the file has no section for this center. */
const struct calendar_center *calendar_find(
    const struct calendar *calendar, const char *center);

/* calendar_is_open - on this day (since 1970-01-01) at this minute? Says
 * nothing of holidays. True where the center has no hours. */
bool calendar_is_open(
    const struct calendar_center *center, int64_t day, unsigned minute);
/* calendar_is_holiday - does the file name this day (since 1970-01-01)? */
bool calendar_is_holiday(const struct calendar_center *center, int64_t day);

/* calendar_clear - frees what it holds; then {0} again. */
void calendar_clear(struct calendar *calendar);

#endif
