/*
 * held.h - what is held before a camera: it is new once, however often it is
 * seen, until it was gone for some seconds. A code that is not ours is nothing
 * new beside a letter.
 */
#ifndef VERIFY_HELD_H
#define VERIFY_HELD_H

#include "scan/scan.h"

#include <stdbool.h>
#include <stdint.h>

#define HELD_MS  3000 /* a hand that shakes hides a code so long */
#define HELD_MAX 16   /* things; of more the one that was gone longest is new */

/* Start as {0}. */
struct held {
	size_t count;
	struct held_thing {
		uint8_t digest[32];
		int64_t seen_ms;
		bool ours; /* it begins as our codes do */
	} thing[HELD_MAX];
};

/* held_see - all this is seen now: is anything of it new? */
bool held_see(
    struct held *held, const struct scan_result *found, int64_t now_ms);

/* held_any - is anything held still, although it may not be seen now? */
bool held_any(struct held *held, int64_t now_ms);

/* held_clear - all counts as new again. */
void held_clear(struct held *held);

#endif
