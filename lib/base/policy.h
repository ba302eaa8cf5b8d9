/*
 * policy.h - what this house calls late, old, ahead and young: each number
 * once, for all programs. docs/verdicts.md gives them to readers. At exactly
 * a limit nothing is asked, warned of or refused yet.
 */
#ifndef BASE_POLICY_H
#define BASE_POLICY_H

#include "base/clock.h"

/* How far clocks are trusted. */
#define POLICY_SLACK 600             /* two honest clocks differ by less */
#define POLICY_ASK   (3 * CLOCK_DAY) /* a later date is confirmed first */
#define POLICY_ALONE (7 * CLOCK_DAY) /* a later one takes two persons */

/* How long what was signed once, a log's copy or a trust list, is taken to
 * tell of today. A list says both times itself; these are what it says where
 * the root custodian gives no others. */
#define POLICY_AGEING_DAYS 7  /* update soon: R-LIST-AGEING */
#define POLICY_STALE_DAYS  30 /* says no more of today: U-LIST-STALE */

enum policy_age {
	POLICY_FRESH,
	POLICY_AGEING,
	POLICY_STALE,
};

/* policy_age - of what was signed at `since` and says no times itself. */
static inline enum policy_age
policy_age(int64_t since, int64_t now)
{
	if (now - since > POLICY_STALE_DAYS * (int64_t)CLOCK_DAY)
		return POLICY_STALE;
	return now - since > POLICY_AGEING_DAYS * (int64_t)CLOCK_DAY
	    ? POLICY_AGEING
	    : POLICY_FRESH;
}

#define POLICY_ADULT 18 /* years; below: R-MINOR, W-MINOR */

#endif
