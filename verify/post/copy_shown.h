/*
 * copy_shown.h - table seen: letters that were shown at other posts, as their
 * reports say, in logs.db beside the logs.
 *
 * Errors of all: the store's; ERR_DATA: a row was changed.
 */
#ifndef VERIFY_POST_COPY_SHOWN_H
#define VERIFY_POST_COPY_SHOWN_H

#include "letter/dsig.h"
#include "verify/post/logs.h"

struct gossip_shown;

/* One presentation elsewhere. */
struct copy_shown {
	char post[32]; /* ES-GTQUE/1 */
	int64_t day;   /* since 1970-01-01 */
};

/* copy_shown_add - as the post of this name tells; *added: 1, or 0 when it was
 * known. In a transaction. */
enum err copy_shown_add(struct post_logs *logs,
    const struct gossip_shown *shown, const char *post, unsigned *added,
    struct errtext *err);

/* copy_shown_forget - those before this day. In a transaction. */
enum err copy_shown_forget(
    struct post_logs *logs, int64_t day, struct errtext *err);

/*
 * copy_shown_by_digest, copy_shown_by_number - the first time that this letter
 * was shown elsewhere; each finds what a row that was changed hides from the
 * other. out: set where *found.
 */
enum err copy_shown_by_digest(struct post_logs *logs,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err);
enum err copy_shown_by_number(struct post_logs *logs, const char *number,
    const uint8_t digest[DSIG_DIGEST_SIZE], bool *found, struct copy_shown *out,
    struct errtext *err);

#endif
