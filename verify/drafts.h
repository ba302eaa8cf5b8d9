/*
 * drafts.h - which drafts became letters: their commitments, as far as a copy
 * keeps them (verify/logs.h). In memory while lines are taken, at most 43 bytes
 * a draft; whoever writes a log cannot make it slow.
 */
#ifndef VERIFY_DRAFTS_H
#define VERIFY_DRAFTS_H

#include "verify/logs.h"

struct drafts; /* opaque */

/* drafts_new - none yet; NULL without memory. */
struct drafts *drafts_new(void);
void drafts_free(struct drafts **drafts);

/* drafts_add - one more; *before: it was there already. ERR_OK, ERR_MEMORY. */
enum err drafts_add(struct drafts *drafts,
    const uint8_t commitment[POST_LOG_HALF], bool *before, struct errtext *err);

#endif
