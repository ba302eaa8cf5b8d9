/* Any bytes as an auditor's calendar, and any time asked of it. */
#include "audit/calendar.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct calendar calendar;
	size_t i;
	int64_t day;

	if (calendar_parse(data, len, &calendar, NULL) != ERR_OK) {
		if (calendar.count != 0 || calendar.center != NULL)
			abort();
		return 0;
	}
	for (i = 0; i < calendar.count; i++) {
		const struct calendar_center *c = &calendar.center[i];

		if (calendar_find(&calendar, c->code) != c)
			abort();
		for (day = -8; day < 8; day++)
			if (calendar_is_open(c, day, 600) !=
			    calendar_is_open(c, day + 7, 600))
				abort();
		if (c->holiday_count > 0 &&
		    !calendar_is_holiday(c, c->holiday[0]))
			abort();
	}
	calendar_clear(&calendar);
	return 0;
}
