/*
 * commitments.h - which commitments have become letters (what a drafter signed,
 * docs/architecture.md): of each log of the copy, so that a look takes one short
 * row, however long the log is.
 *
 * In table `drafted` each is a number of 40 bits that a secret of this copy
 * makes of it (post_log.seed): whoever writes a log chooses its commitments,
 * but not where they fall. A number that is there says "perhaps". Then the
 * letters themselves are read, all of this log: once in a million looks of a
 * million letters, or where one indeed stands there twice.
 *
 * Rows are read when a look falls into them, and in memory until they are
 * saved: at most 16 bytes each.
 */
#ifndef VERIFY_POST_COMMITMENTS_H
#define VERIFY_POST_COMMITMENTS_H

#include "verify/post/logs.h"

struct commitments; /* opaque; of one transaction */

/* commitments_new - logs is borrowed; NULL without memory. commitments_free -
 * what was not saved is lost; takes NULL. */
struct commitments *commitments_new(struct post_logs *logs);
void commitments_free(struct commitments **commitments);

/*
 * commitments_find - did it become a letter of this log? Exact.
 * commitments_add - it does now; the letter's row is the caller's to write, before
 * the next look.
 *
 * ERR_OK, ERR_DATA (damaged; never taken for "no"), ERR_MEMORY, the store's.
 */
enum err commitments_find(struct commitments *commitments,
    const struct post_log *log, const uint8_t commitment[POST_LOG_COMMITMENT],
    bool *before, struct errtext *err);
enum err commitments_add(struct commitments *commitments,
    const struct post_log *log, const uint8_t commitment[POST_LOG_COMMITMENT],
    struct errtext *err);

/* commitments_save - write what was added. Errors as above. */
enum err commitments_save(struct commitments *commitments, struct errtext *err);

/* commitments_remake - of a log's letters, where the table has none of it. In a
 * transaction; errors as above. */
enum err commitments_remake(
    struct post_logs *logs, const struct post_log *log, struct errtext *err);

#endif
