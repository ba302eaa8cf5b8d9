/*
 * leap.c - leap.h.
 */
#include "ledger/leap.h"

#include "base/policy.h"

void
leap_line(struct leap *leap, int64_t since, int64_t before, int64_t time)
{
	if (before < since && before < time)
		before = since < time ? since : time;
	if (time < before && time <= leap->from)
		*leap = (struct leap){ 0, 0 };
	else if (time < before && time < leap->to)
		leap->to = time;
	else if (time - before > leap->to - leap->from)
		*leap = (struct leap){ before, time };
}

bool
leap_explains(const struct leap *leap, int64_t issued_at, int64_t last)
{
	int64_t left = last - issued_at;

	return left > POLICY_SLACK && leap->from <= issued_at &&
	    leap->to - leap->from >= left;
}
