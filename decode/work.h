/*
 * work.h - work is counted, not timed, so that the same picture gets the same
 * attempts, and the same answer, on a slow machine, a busy one and a fast one.
 *
 * Each attempt is counted at what it takes at most, before it is begun: in
 * nanoseconds of the machine on which that was measured (docs/reading.md).
 */
#ifndef DECODE_WORK_H
#define DECODE_WORK_H

#include <stdbool.h>
#include <stdint.h>

struct work {
	int64_t done, most;
	int64_t
	    doubt; /* what is left of it for what hardly looks like a symbol */
};

/* work_begin - is there as much left? Then it is counted as done. */
static inline bool
work_begin(struct work *work, int64_t cost)
{
	if (work->done + cost > work->most)
		return false;
	work->done += cost;
	return true;
}

/* work_doubt - likewise for something doubtful. */
static inline bool
work_doubt(struct work *work, int64_t cost)
{
	if (work->doubt < cost || !work_begin(work, cost))
		return false;
	work->doubt -= cost;
	return true;
}

#endif
