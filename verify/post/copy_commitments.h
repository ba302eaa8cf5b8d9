/*
 * copy_commitments.h - rows of the table drafted: which commitments of a log
 * have become letters, as numbers (verify/post/commitments.h).
 */
#ifndef VERIFY_POST_COPY_COMMITMENTS_H
#define VERIFY_POST_COPY_COMMITMENTS_H

#include "verify/post/commitment_row.h"
#include "verify/post/logs.h"

#define COPY_COMMITMENT_BITS 40 /* of a number, below the log's id */

/*
 * copy_commitments_load - the row that covers a number.
 *
 *   due  the log has letters, so there must be one
 *   out  in: a row of all that the log can have; out: the one that was found,
 *        or the same. The caller's to free, also after an error
 *
 * ERR_OK, ERR_DATA (damaged, or not there and due), ERR_MEMORY, the store's.
 */
enum err copy_commitments_load(struct post_logs *logs, uint64_t number,
    bool due, struct commitment_row *out, struct errtext *err);

/* copy_commitments_save - write it; it has not changed since. In a
 * transaction. ERR_MEMORY, the store's. */
enum err copy_commitments_save(
    struct post_logs *logs, struct commitment_row *row, struct errtext *err);

#endif
