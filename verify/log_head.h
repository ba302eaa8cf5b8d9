/*
 * log_head.h - signed heads as this post keeps them: compared with those it
 * accepted before, remembered while they cannot be compared, cosigned. Inside
 * log_take.c's work only; changes run in the transaction of post->logs.
 */
#ifndef VERIFY_LOG_HEAD_H
#define VERIFY_LOG_HEAD_H

#include "verify/log_take.h"

/* A head that is being judged. */
struct log_head {
	struct bytes note;
	struct checkpoint head; /* borrows note, like parsed */
	struct note parsed;
	int64_t as_of;
};

/*
 * log_head_cosign - the note anew: text, the log's signature, the center's
 * cosignature of as_of, and this post's of `now`. ERR_CONFIG and others when
 * the post's key cannot be used: then without the last.
 */
enum err log_head_cosign(struct post *post, const struct trust_log *named,
    const struct log_head *head, int64_t now, struct bytes *out,
    struct errtext *err);

/* log_head_load - the note of the copy's head; empty when there is none. */
enum err log_head_load(struct post *post, const struct post_log *log,
    struct bytes *out, struct errtext *err);

/* log_head_known - did the copy have a head of this size? Then *root is its,
 * else untouched. ERR_DATA: the own copy is damaged, or the store's errors. */
enum err log_head_known(struct post *post, const struct post_log *log,
    uint64_t size, bool *known, struct tree_hash *root, struct errtext *err);

/*
 * log_head_settle - compare remembered heads, and the sizes and roots that
 * revocations of the list name, with a head whose files are at hand.
 *
 *   note  out: the first head that contradicts it, and from whom; else empty
 */
enum err log_head_settle(struct post *post, const struct log_source *source,
    const struct trust_center *center, const struct trust_log *named,
    const struct post_log *log, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err);

/* log_head_keep_marks - what the list's revocations of this center's keys rest
 * on stays; before log_head_mark(). */
enum err log_head_keep_marks(struct post *post,
    const struct trust_center *center, const struct post_log *log,
    struct errtext *err);

/* log_head_mark - remember that this post had this head at its time `at`:
 * evidence before a revocation. */
enum err log_head_mark(struct post *post, const struct post_log *log,
    const struct checkpoint *head, int64_t last_time, int64_t at,
    struct errtext *err);

#endif
