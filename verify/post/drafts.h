/*
 * drafts.h - which drafts became letters: of each log of the copy the
 * commitments (verify/post/logs.h), so that a look takes one short row, however
 * long the log is.
 *
 * In table `drafted` each is a number of 40 bits that a secret of this copy
 * makes of it (post_log.seed): whoever writes a log chooses its commitments,
 * but not where they fall. A number that is there says "perhaps". Then the
 * letters themselves are read, all of this log: once in a million looks of a
 * million letters, or where a draft indeed stands there twice.
 *
 * Rows are read when a look falls into them, and in memory until they are
 * saved: at most 16 bytes a draft.
 */
#ifndef VERIFY_POST_DRAFTS_H
#define VERIFY_POST_DRAFTS_H

#include "verify/post/logs.h"

struct drafts; /* opaque; of one transaction */

/* drafts_new - logs is borrowed; NULL without memory. */
struct drafts *drafts_new(struct post_logs *logs);
void drafts_free(struct drafts **drafts);

/*
 * drafts_find - did it become a letter of this log? Exact.
 * drafts_add - it does now; the letter's row is the caller's to write, before
 * the next look.
 *
 * ERR_OK, ERR_DATA (damaged; never taken for "no"), ERR_MEMORY, the store's.
 */
enum err drafts_find(struct drafts *drafts, const struct post_log *log,
    const uint8_t commitment[POST_LOG_DRAFT], bool *before,
    struct errtext *err);
enum err drafts_add(struct drafts *drafts, const struct post_log *log,
    const uint8_t commitment[POST_LOG_DRAFT], struct errtext *err);

/* drafts_save - write what was added. Errors as above. */
enum err drafts_save(struct drafts *drafts, struct errtext *err);

/* drafts_remake - of a log's letters, where the table has none of it. In a
 * transaction; errors as above. */
enum err drafts_remake(
    struct post_logs *logs, const struct post_log *log, struct errtext *err);

#endif
