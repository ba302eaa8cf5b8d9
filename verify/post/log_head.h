/*
 * log_head.h - signed heads as this post keeps them: compared with those it
 * accepted before, remembered while they cannot be compared, cosigned. Changes
 * are log_accept.c's work only, and run in the transaction of post->logs.
 */
#ifndef VERIFY_POST_LOG_HEAD_H
#define VERIFY_POST_LOG_HEAD_H

#include "verify/post/log_accept.h"

struct post;
struct post_log;
struct trust_center;
struct trust_log;
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

/* How a copy stands to the end that the list sets to its log. */
enum log_end {
	END_OPEN,  /* there is none, or the copy does not reach it */
	END_WHOLE, /* the copy has all up to there, as the root said */
	/* it reaches the end, and nobody has found it there: the copy may be
	 * of another version, so what it lacks is no proof */
	END_DOUBTED,
};

/* log_head_end - by the copy's root, or by what it had, or was found to have,
 * at that size. END_DOUBTED after an error of copy_kept_root(). */
enum err log_head_end(struct post *post, const struct post_log *log,
    const struct trust_log *named, enum log_end *out, struct errtext *err);

/* log_head_fits - did the copy have, at each size up to `size` that it
 * remembers, what the head's files have there? Errors also of log_read(). */
enum err log_head_fits(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct checkpoint *head, uint64_t size,
    bool *fits, struct errtext *err);

/* log_head_confirm - remember that the copy was found to have this root at this
 * size; in a transaction of its own. */
enum err log_head_confirm(struct post *post, const struct post_log *log,
    uint64_t size, const struct tree_hash *root, struct errtext *err);

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

/* log_head_pin - what the list's revocations of this center's keys rest on
 * stays; before copy_kept_add(). */
enum err log_head_pin(struct post *post, const struct trust_center *center,
    const struct post_log *log, struct errtext *err);

#endif
