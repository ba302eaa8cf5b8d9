/*
 * log_lines_inner.h - the new lines of one log while they are taken: inside
 * log_lines.c, log_enter.c and log_letters.c only.
 */
#ifndef VERIFY_POST_LOG_LINES_INNER_H
#define VERIFY_POST_LOG_LINES_INNER_H

#include "base/progress.h"
#include "ledger/history.h"
#include "ledger/pool.h"
#include "verify/post/commitments.h"
#include "verify/post/post.h"

struct history;
struct log_lines {
	struct post *post;
	const struct trust_center *center;
	const struct post_log *log;
	struct history history;
	size_t span_count;
	struct post_log_span span[HISTORY_YEAR_MAX]; /* of this log */
	int64_t now;
	int64_t first_time, last_time;
	int64_t before; /* of the center's newest line that is not ahead */
	struct leap leap;
	bool proof;
	uint64_t void_count;
	bool staff; /* a line said who belongs to the center */
	struct commitments
	    *commitments; /* of letters of before, and of these */
	struct progress progress;
	uint64_t done;
	/* the key that the line before was signed with */
	char key_name[ENTRY_KEY_NAME_SIZE];
	const struct trust_key *key;
	struct pool *pool; /* borrows the keys of list and history */
	enum err wrong; /* signatures of the first line that has wrong ones */
	struct errtext why;
};

/* log_own_damage - damage of the own copy is told from that of a source, and never
 * proof: ERR_CONFIG for ERR_DATA. */
enum err log_own_damage(enum err rc, struct errtext *err);

#endif
