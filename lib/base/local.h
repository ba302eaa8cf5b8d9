/*
 * local.h - an instant by the clock on the wall of the place where this
 * computer stands, as its system (or TZ) says, and always with the zone:
 * people compare it with paper, a watch, and what another post tells.
 *
 * For screens only. What is kept, signed or told to programs is UTC:
 * base/clock.h.
 */
#ifndef BASE_LOCAL_H
#define BASE_LOCAL_H

#include "base/clock.h"

#include <stdint.h>

#define LOCAL_SIZE       96 /* with its NUL */
#define LOCAL_CLOCK_SIZE 6

/* local_format - "2026-11-29 06:00 CST (UTC-06:00)"; "2026-11-29 12:00 UTC";
 * "?" outside the years 0 to 9999. */
void local_format(int64_t at, char out[LOCAL_SIZE]);

/* local_date - "2026-11-29", the day it is here then; "?" outside those years.
 */
void local_date(int64_t at, char out[CLOCK_DATE_SIZE]);

/* local_utc_day - "2026-11-29 (UTC)": of what was told with its day alone,
 * which may be another one here; "?" outside those years. */
void local_utc_day(int64_t days, char out[LOCAL_SIZE]);

/* local_day - the first second of a day here (days since 1970-01-01); of one
 * that no calendar here has: in UTC. */
int64_t local_day(int64_t days);

/* local_clock - "06:00", of what is on the screen today. */
void local_clock(int64_t at, char out[LOCAL_CLOCK_SIZE]);

#endif
