/*
 * zone.c - zone.h.
 */
#include "base/zone.h"

#include <glib.h>

bool
zone_offset(const char *zone, int64_t at, int *offset)
{
	GTimeZone *tables = g_time_zone_new_identifier(zone);
	int interval;

	if (tables == NULL)
		return false;
	interval = g_time_zone_find_interval(tables, G_TIME_TYPE_UNIVERSAL, at);
	if (interval >= 0)
		*offset = g_time_zone_get_offset(tables, interval);
	g_time_zone_unref(tables);
	return interval >= 0;
}
