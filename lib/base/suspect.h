/*
 * suspect.h - two clocks that do not fit: which of them is suspected, and
 * why, in words. A clock that is right must never be blamed for one that was
 * wrong once, so this looks at a third date: the newest one that was signed
 * here otherwise.
 */
#ifndef BASE_SUSPECT_H
#define BASE_SUSPECT_H

#include "base/err.h"

#include <stdint.h>

enum suspect {
	SUSPECT_THIS,   /* this computer's clock */
	SUSPECT_OTHER,  /* the clock of whoever wrote the other date */
	SUSPECT_EITHER, /* nothing here tells */
};

/*
 * suspect_clock - `other` is later than this computer's `now`.
 *
 *   witness  a date from elsewhere, 0: none. Later than now as well: two
 *            against this computer. At most POLICY_ALONE before now: it bears
 *            this computer out
 */
enum suspect suspect_clock(int64_t now, int64_t other, int64_t witness);

/*
 * suspect_set - "WHAT is dated OTHER, but this computer's clock says NOW." and
 * which of the two is suspected, and why. Hands code back, as err_set().
 *
 *   what  translated, the beginning of a sentence: "the trust list"
 */
enum err suspect_set(struct errtext *err, enum err code, const char *what,
    int64_t other, int64_t now, int64_t witness);

#endif
