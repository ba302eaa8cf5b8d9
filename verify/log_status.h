/*
 * log_status.h - how this post stands with one log of the list, in words, in
 * JSON, and as the reason that letters of its center would get.
 */
#ifndef VERIFY_LOG_STATUS_H
#define VERIFY_LOG_STATUS_H

#include "base/json.h"
#include "verify/post/log_head.h"
#include "verify/post/post.h"
#include "verify/verdict.h"

struct log_status {
	const struct trust_center *center;
	const struct trust_log *named;
	const struct post_log *log; /* NULL or size 0: never taken */
	int64_t now;
	int64_t age_days; /* of a copy */
	enum log_end end; /* of the log, as the copy has it */
	bool refused;     /* proof stands against lines that were not taken */
	bool unread;      /* the post's copy cannot be read now */
	bool foreign;     /* of another key or root: it says nothing */
	int64_t waiting;  /* heads from elsewhere, not compared; -1: unknown */
	bool has[REASON_COUNT];
};

/* log_status_of - of one log that the post's list names. */
void log_status_of(struct post *post, const struct trust_center *center,
    const struct trust_log *named, int64_t now, struct log_status *out);

/* log_status_text - what people are told of it, appended to out. */
void log_status_text(const struct log_status *status, struct bytes *out);

/* log_status_json - {center, generation, closed, size, asOf, ageDays,
 * conflict, refused, stale, headsWaiting}, null where there is no copy. New
 * reference.
 */
json_t *log_status_json(const struct log_status *status);

#endif
