/*
 * recheck.h - the letters that were ever shown here against the logs that must
 * have them: each letter once.
 */
#ifndef VERIFY_POST_RECHECK_H
#define VERIFY_POST_RECHECK_H

#include "verify/post/presentation.h"

/* A letter that the center's log should have, and does not. */
struct rechecked {
	const struct presentation *p; /* its first row with a signature */
	bool proven; /* by that signature; else the post's memory alone */
	bool other;  /* the log has another one under this number */
};

struct recheck_counts {
	uint64_t damaged; /* rows that prove nothing, and accuse nobody */
	bool unproven;    /* some letter was absent and not proven */
};

/*
 * recheck_letters - hand on each letter that is absent. Reads only.
 *
 *   counts  out: also after an error, of what was read until then
 *
 * ERR_OK; those of presentation_each() and ERR_MEMORY: not all were looked for.
 */
enum err recheck_letters(struct post *post, int64_t now,
    void (*tell)(void *ctx, const struct rechecked *found), void *ctx,
    struct recheck_counts *counts, struct errtext *err);

#endif
