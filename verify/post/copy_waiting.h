/*
 * copy_waiting.h - table heard: signed heads that others have seen, which wait
 * until they can be compared with the copy (verify/post/log_seen.h).
 *
 * Errors of all: the store's; ERR_DATA: a row was changed; ERR_MEMORY.
 */
#ifndef VERIFY_POST_COPY_WAITING_H
#define VERIFY_POST_COPY_WAITING_H

#include "log/checkpoint.h"
#include "verify/post/logs.h"

struct copy_waiting {
	int64_t id;
	uint64_t size;
	struct tree_hash root;
	struct bytes note; /* owned; its signature is still to be checked */
	struct errtext from;
};

/* copy_waiting_count - how many wait of this log. */
enum err copy_waiting_count(struct post_logs *logs, const struct post_log *log,
    int64_t *out, struct errtext *err);

/* copy_waiting_has - does just this one wait? */
enum err copy_waiting_has(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, bool *has, struct errtext *err);

/* copy_waiting_longest - its id and size; *found: there is one. */
enum err copy_waiting_longest(struct post_logs *logs,
    const struct post_log *log, int64_t *id, uint64_t *size, bool *found,
    struct errtext *err);

/* copy_waiting_add, copy_waiting_drop, copy_waiting_drop_all - one more, that
 * came from there; one less; none of this log. In a transaction. */
enum err copy_waiting_add(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct errtext *err);
enum err copy_waiting_drop(
    struct post_logs *logs, int64_t id, struct errtext *err);
enum err copy_waiting_drop_all(
    struct post_logs *logs, const struct post_log *log, struct errtext *err);

/*
 * copy_waiting_other - one of this head's size with another root.
 * copy_waiting_next - the next one, after out->id, of at most this size.
 *
 *   out  in: note is used again; out: set where *found. The caller frees
 *        out->note, also after an error
 */
enum err copy_waiting_other(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, struct copy_waiting *out, bool *found,
    struct errtext *err);
enum err copy_waiting_next(struct post_logs *logs, const struct post_log *log,
    uint64_t size, struct copy_waiting *out, bool *found, struct errtext *err);

#endif
