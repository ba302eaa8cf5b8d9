/*
 * log_seen.h - signed heads that came without their files, kept until they
 * can be compared with a copy. Each is signed by the log's own key, so only a
 * center can fill its own list: with heads larger than its log will ever be,
 * which is why the largest goes first. Inside log_*.c's work only.
 */
#ifndef VERIFY_POST_LOG_SEEN_H
#define VERIFY_POST_LOG_SEEN_H

#include "verify/post/log_accept.h"

struct post;
struct post_log;
struct trust_log;
/* What became of a head that was to be remembered. */
struct log_waiting {
	bool kept;
	bool dropped;          /* another had to go for it, never compared */
	uint64_t dropped_size; /* lines of that one */
};

/* log_seen_remember - in the transaction of post->logs. One that is known
 * already stays, and takes no other's place. */
enum err log_seen_remember(struct post *post, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct log_waiting *out, struct errtext *err);

/*
 * log_seen_twin - a remembered head of the same size with another root: two
 * signatures that contradict each other.
 *
 *   note  out: that head, verified anew, and from whom; else empty
 *
 * ERR_CONFIG: what was remembered is damaged; the store's errors.
 */
enum err log_seen_twin(struct post *post, const struct post_log *log,
    const struct trust_log *named, const struct checkpoint *head,
    struct bytes *note, struct errtext *from, struct errtext *err);

/*
 * log_seen_settle - compare what is remembered with a head whose files are at
 * hand; what fits is forgotten.
 *
 *   note  out: the first one that contradicts it, verified anew, and from
 *         whom; else empty
 *
 * ERR_CONFIG: what was remembered is damaged; the store's errors.
 */
enum err log_seen_settle(struct post *post, const struct log_source *source,
    const struct post_log *log, const struct trust_log *named,
    const struct checkpoint *head, struct bytes *note, struct errtext *from,
    struct errtext *err);

/* log_seen_root - the root of a smaller size in the tree of a head whose
 * files are at hand; false: it cannot be had now. */
bool log_seen_root(const struct log_source *source,
    const struct checkpoint *head, uint64_t size, struct tree_hash *out);

#endif
