/*
 * zone.c - local time through TZ: zone.h.
 */
#include "audit/zone.h"

#include "base/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TABLES  "/usr/share/zoneinfo"
#define QUARTER 900 /* seconds: no zone changes its offset in between */

/* Names of the trust list; nothing that leads out of the tables' folder. */
static bool
is_name(const char *name)
{
	const char *c;

	if (!isalpha((unsigned char)name[0]) || strstr(name, "..") != NULL)
		return false;
	for (c = name; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && strchr("/_+-.", *c) == NULL)
			return false;
	return c - name < 65;
}

static bool
has_table(const char *name)
{
	char path[128];
	int len = snprintf(path, sizeof(path), TABLES "/%s", name);

	/* for a name without a table the C library silently takes UTC */
	return len > 0 && (size_t)len < sizeof(path) && file_exists(path) &&
	    !file_is_dir(path);
}

bool
zone_enter(struct zone *zone, const char *name)
{
	*zone = (struct zone){ .known = is_name(name) && has_table(name) };
	if (setenv("TZ", zone->known ? name : "UTC", 1) != 0)
		zone->known = false;
	tzset();
	return zone->known;
}

int64_t
zone_local(struct zone *zone, int64_t at)
{
	struct tm local;
	time_t t = (time_t)at;

	if (!zone->known)
		return at;
	if (!zone->asked || zone->quarter != at / QUARTER) {
		zone->asked = true;
		zone->quarter = at / QUARTER;
		zone->offset =
		    localtime_r(&t, &local) != NULL ? local.tm_gmtoff : 0;
	}
	return at + zone->offset;
}
