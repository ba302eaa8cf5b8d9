/*
 * zone.h - how far a place's clocks are from UTC, by the machine's own tables
 * (package tzdata). Not by TZ, which is one for all threads of a process.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

/* zone_offset - seconds east of UTC at an instant; false: no such zone, or
 * this machine has no table of it. */
bool zone_offset(const char *zone, int64_t at, int *offset);

#endif
