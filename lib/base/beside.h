/*
 * beside.h - work that need not be done before the next step, but before the
 * last one: threads do it beside, and whoever awaits it does what they have
 * not begun. One thread gives the work and awaits it.
 *
 * The threads are started once and sleep while there is nothing to do; where
 * there is but one processor, or no thread can be had, all is done by the one
 * who waits. Signals come to that one alone.
 */
#ifndef BASE_BESIDE_H
#define BASE_BESIDE_H

#include "base/err.h"

struct beside; /* opaque */

/* One piece of work: the first member of a struct with what it needs, in
 * memory of its own. */
struct beside_work {
	enum err (*run)(struct beside_work *work, struct errtext *err);
	void (*free)(struct beside_work *work);
	struct beside_work *next; /* beside.c's */
};

/*
 * beside_new - NULL without memory.
 *
 *   leave  called in each of the threads at its end; may be NULL
 */
struct beside *beside_new(void (*leave)(void));

/* beside_add - takes the work over. After one that failed the others are not
 * run any more. */
void beside_add(struct beside *beside, struct beside_work *work);

/*
 * beside_wait - until nothing is left. ERR_OK, or what the first work returned
 * that failed since the last wait, with its text.
 */
enum err beside_wait(struct beside *beside, struct errtext *err);

/* beside_free - waits, ends the threads; takes NULL. */
void beside_free(struct beside **beside);

#endif
