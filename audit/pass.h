/*
 * pass.h - what one pass over a center's lines knows between two of them:
 * inside the audit room only.
 */
#ifndef AUDIT_PASS_H
#define AUDIT_PASS_H

#include "audit/absence.h"
#include "audit/audit.h"
#include "audit/persons.h"
#include "base/progress.h"
#include "ledger/history.h"
#include "ledger/letters.h"
#include "ledger/pool.h"

struct history;
/* What a key did that it should not have; counted, and told once a key. */
struct pass_key {
	char name[DSIG_KEY_NAME_SIZE];
	const struct trust_key *key; /* NULL: not in the list */
	const struct trust_center *owner;
	struct {
		uint64_t count, first; /* index of the first, in: */
		unsigned generation;
	} unknown, foreign, period, retired, revoked;
};

#define PASS_KEYS_MAX 4096

struct pass {
	struct audit *audit;
	const struct trust_center *center;
	struct audit_center *out;
	struct letters *letters;
	struct history history;
	struct pool *pool;
	struct progress progress;
	size_t key_count, key_cap;
	struct pass_key *keys;
	size_t last_key;
	struct absence absence; /* of letters from all of its logs */
	bool doubted; /* a post saw the newest lines before their time */
	bool clocked; /* a clock was put right, the last time at: */
	unsigned clock_generation;
	uint64_t clock_index;
	bool broken; /* lines are missing: rules that look back say nothing */
	bool failed; /* no memory for what was checked */
	bool list_behind; /* said once: a newer list may explain a person */
	bool unsure;      /* and it may give them other keys */
	/* times of the letters that no clock line has called wrong, rising */
	size_t time_count, time_cap;
	int64_t *time;
	/* of the log being read */
	size_t clock_count, clock_cap;
	uint64_t *clock; /* places of its clock lines */
	struct audit_log *log;
	struct seen_head *seen; /* the next to pass */
	size_t seen_left;
	struct seen_head *waiting; /* the newest passed, for `after` */
	struct tree_range range;
	bool range_used; /* there are seen heads to pass */
};

/*
 * pass_line - take the next proven line; an entry visitor of log_read().
 * ERR_VERSION stops the reading of this log, ERR_INTERNAL the audit.
 */
enum err pass_line(void *pass, uint64_t index, const void *entry, size_t len,
    const struct tree_hash *leaf, struct errtext *err);

/* pass_place - of a line of the log that is read. */
struct place pass_place(
    const struct pass *pass, uint64_t index, const char *number);

/*
 * pass_check_key - the center's key for a line; what it should not have signed
 * is counted.
 *
 *   out  NULL: the list does not name it
 *
 * ERR_LIMIT for more keys than a log can have.
 */
enum err pass_check_key(struct pass *pass, const struct log_entry *e,
    EVP_PKEY **out, struct errtext *err);

/* pass_seen - heads of `size` lines are reached; last: time of the last of
 * these. */
void pass_seen(struct pass *pass, uint64_t size, int64_t last);

/* pass_checked - the signatures of a line are checked; a pool_listener. */
void pass_checked(void *pass, const struct pool_line *line);

/* pass_judge_keys - after the last log: what the keys did. */
void pass_judge_keys(struct pass *pass);

#endif
