/*
 * zone.c - zone.h.
 */
#include "base/zone.h"

#include <ctype.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define QUARTER      900 /* seconds: no zone changes its offset in between */
#define LONGEST_NAME 64

struct zone {
	GTimeZone *tables;
	bool asked; /* of the quarter of an hour from quarter * QUARTER on: */
	int64_t quarter;
	int64_t offset;
};

/* A path below the tables' folder, and no rule like "EST5EDT,M3.2.0". */
static bool
is_name(const char *name)
{
	const char *c;

	if (!isalpha((unsigned char)name[0]) || strstr(name, "..") != NULL)
		return false;
	for (c = name; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && strchr("/_+-.", *c) == NULL)
			return false;
	return c - name <= LONGEST_NAME;
}

struct zone *
zone_open(const char *name)
{
	struct zone *zone;
	GTimeZone *tables =
	    is_name(name) ? g_time_zone_new_identifier(name) : NULL;

	if (tables == NULL)
		return NULL;
	zone = calloc(1, sizeof(*zone));
	if (zone == NULL)
		g_time_zone_unref(tables);
	else
		zone->tables = tables;
	return zone;
}

static int64_t
offset_at(const struct zone *zone, int64_t at)
{
	int interval =
	    g_time_zone_find_interval(zone->tables, G_TIME_TYPE_UNIVERSAL, at);

	return interval < 0 ? 0
			    : g_time_zone_get_offset(zone->tables, interval);
}

int64_t
zone_local(struct zone *zone, int64_t at)
{
	if (zone == NULL)
		return at;
	if (!zone->asked || zone->quarter != at / QUARTER) {
		zone->asked = true;
		zone->quarter = at / QUARTER;
		zone->offset = offset_at(zone, at);
	}
	return at + zone->offset;
}

bool
zone_offset(const char *name, int64_t at, int *offset)
{
	struct zone *zone = zone_open(name);
	bool known = zone != NULL;

	if (known)
		*offset = (int)(zone_local(zone, at) - at);
	zone_free(&zone);
	return known;
}

void
zone_free(struct zone **zone)
{
	if (*zone != NULL)
		g_time_zone_unref((*zone)->tables);
	free(*zone);
	*zone = NULL;
}
