/*
 * zone.h - a center's local time, from the IANA time zone that the trust list
 * names and the machine's own tables (package tzdata).
 *
 * The C library has one zone a process, in TZ: so there is one zone at a
 * time, entered while no other thread runs.
 */
#ifndef AUDIT_ZONE_H
#define AUDIT_ZONE_H

#include <stdbool.h>
#include <stdint.h>

/* Start as {0}. The C library is asked once a quarter of an hour of log time.
 */
struct zone {
	bool known; /* else local times are UTC */
	int64_t quarter;
	int64_t offset; /* seconds east of UTC in it */
	bool asked;
};

/*
 * zone_enter - local times are those of `name` from now on; false, and UTC,
 * for a name that is no zone or whose table this machine lacks. Call it while
 * no other thread runs.
 */
bool zone_enter(struct zone *zone, const char *name);

/* zone_local - seconds since 1970-01-01T00:00:00 by the clock on the wall. */
int64_t zone_local(struct zone *zone, int64_t at);

#endif
