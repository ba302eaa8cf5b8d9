/*
 * zone.h - how far a place's clocks are from UTC, by the IANA name of its time
 * zone and the machine's own tables (package tzdata). Not by TZ, which is one
 * for all threads of a process.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* zone_open - the zone's table; NULL: no such zone, or this machine has no
 * table of it. The caller releases it with zone_free(). */
struct zone *zone_open(const char *name);

/* zone_local - seconds since 1970-01-01T00:00:00 by the clock on the wall.
 * Zone NULL: UTC. One thread a zone: the last answer is kept. */
int64_t zone_local(struct zone *zone, int64_t at);

/* zone_offset - seconds east of UTC at one instant; false: as zone_open(). */
bool zone_offset(const char *name, int64_t at, int *offset);

/* zone_free - takes NULL, sets NULL. */
void zone_free(struct zone **zone);

#endif
