/*
 * log_accept.h - taking what is new in a published log into the post's copy,
 * believing nothing: docs/sync.md has the order of the checks.
 *
 * Whatever goes wrong, the good copy stays. When a log contradicts what this
 * post verified before (a fork), its copy is frozen: it serves and ages, and
 * both signed heads are kept in home/evidence.
 */
#ifndef VERIFY_POST_LOG_ACCEPT_H
#define VERIFY_POST_LOG_ACCEPT_H

#include "log/read.h"
#include "verify/post/post_list.h"

struct post;
struct trust_center;
struct trust_log;
/* longer than an errtext: what a consul must do stands at its end */
#define LOG_TEXT_SIZE 2048
#define LOG_SEEN_MAX  64 /* heads of one log still to be compared */

struct log_outcome {
	enum outcome outcome;
	bool there;         /* the source has files of this log */
	const char *center; /* borrowed from the list; NULL: no log of it */
	unsigned generation;
	uint64_t size; /* of the copy afterwards */
	uint64_t added;
	int64_t as_of;            /* of the copy; 0: none */
	bool not_compared;        /* a head was dropped for want of room */
	bool waits;               /* this head is to be compared later */
	char text[LOG_TEXT_SIZE]; /* a sentence for people */
};

/*
 * log_accept - take one log from a source.
 *
 *   source  the files of PUB/log/CENTER/GENERATION
 *   from    what to call the source when it contradicts another later
 *   center, named  of post->list
 *   now     the clock
 */
void log_accept(struct post *post, const struct log_source *source,
    const char *from, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct log_outcome *out);

/*
 * log_accept_seen - a signed head without its files, as other posts report it:
 * compared with the copy where that can be done, else remembered and compared
 * at the next sync.
 *
 *   note  verified here; len bytes
 *
 * OUTCOME_SAME (fits, or remembered), OUTCOME_UNREADABLE, OUTCOME_MANIPULATED.
 */
void log_accept_seen(struct post *post, const void *note, size_t len,
    const char *from, int64_t now, struct log_outcome *out);

#endif
