/*
 * copy_kept.h - the heads of a log that this post kept: those it accepted
 * (table mark), by the time when it did, and those that the root named, in a
 * revocation or as an end, and that were found in the copy (table proof).
 * Changes run in a transaction.
 *
 * Errors of all: the store's; ERR_DATA: a row was changed.
 */
#ifndef VERIFY_POST_COPY_KEPT_H
#define VERIFY_POST_COPY_KEPT_H

#include "log/checkpoint.h"
#include "verify/post/logs.h"

/* copy_kept_root - did the copy have a head of this size? Then *root is its,
 * else untouched. */
enum err copy_kept_root(struct post_logs *logs, const struct post_log *log,
    uint64_t size, bool *known, struct tree_hash *root, struct errtext *err);

/* copy_kept_next - the next accepted head of at most this size, by time.
 *
 *   at  in: that of the one before; out: its own */
enum err copy_kept_next(struct post_logs *logs, const struct post_log *log,
    uint64_t size, int64_t *at, struct checkpoint *out, bool *found,
    struct errtext *err);

/* What this post, or the root, had of a log before some time. */
struct copy_kept {
	bool found;
	uint64_t size;
	int64_t last_time; /* of its last line, as far as it is believed */
};

/* copy_kept_before - the longest that was accepted before a time, from which
 * no later one takes anything away: a copy that was taken anew may have begun
 * with fewer lines. */
enum err copy_kept_before(struct post_logs *logs, const struct post_log *log,
    int64_t before, struct copy_kept *out, struct errtext *err);

/* copy_kept_add - it was accepted at the time `at`. Of older ones what nothing
 * rests on is thinned out. */
enum err copy_kept_add(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, int64_t last_time, int64_t at,
    struct errtext *err);

/* copy_kept_pin - what copy_kept_before() gives for this time is never thinned
 * out: a revocation rests on it. */
enum err copy_kept_pin(struct post_logs *logs, const struct post_log *log,
    int64_t since, struct errtext *err);

/* copy_kept_drop_behind - those of more lines are forgotten, pinned ones too.
 */
enum err copy_kept_drop_behind(struct post_logs *logs,
    const struct post_log *log, uint64_t size, struct errtext *err);

/* copy_kept_lower - a clock was put right: no head, accepted or named, covers
 * more than what was dated before this time. */
enum err copy_kept_lower(struct post_logs *logs, const struct post_log *log,
    int64_t time, struct errtext *err);

/*
 * copy_named_add - a size and root that the root named were found in the copy.
 * copy_named_has - was one of this size? copy_named_find - and of this root:
 * how far does it reach?
 */
enum err copy_named_add(struct post_logs *logs, const struct post_log *log,
    uint64_t size, const struct tree_hash *root, struct errtext *err);
enum err copy_named_has(struct post_logs *logs, const struct post_log *log,
    uint64_t size, bool *found, struct errtext *err);
enum err copy_named_find(struct post_logs *logs, const struct post_log *log,
    uint64_t size, const uint8_t root[32], struct copy_kept *out,
    struct errtext *err);

#endif
