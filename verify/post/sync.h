/*
 * sync.h - taking what publications have that is new: the list of centers,
 * then the log of each center, each on its own. docs/sync.md.
 */
#ifndef VERIFY_POST_SYNC_H
#define VERIFY_POST_SYNC_H

#include "verify/post/log_accept.h"

struct post;
enum sync_kind {
	SYNC_SOURCE, /* about the source itself: nothing in it can be used */
	SYNC_LIST,
	SYNC_LOG,
	SYNC_PRESENTATION, /* a letter shown here is not in its log */
	SYNC_REPORT,       /* what another post told */
};

/* What came of one thing. */
struct sync_event {
	enum sync_kind kind;
	const char *source; /* as given; NULL for a presentation */
	enum outcome outcome;
	const char *text;   /* a sentence */
	uint64_t sequence;  /* of a list that was read; 0: none was */
	const char *center; /* of a log, with its generation and what is now */
	unsigned generation;
	const struct log_outcome *log;
	const char *number;        /* of a presentation */
	const char *post;          /* of a report */
	uint64_t seen, new, heads; /* lines of a report */
};

struct sync_listener {
	void (*event)(void *ctx, const struct sync_event *event);
	void *ctx;
	int status; /* the highest exit status so far; start as 0 */
};

/* sync_tell - hand an event on, and count its status. */
void sync_tell(struct sync_listener *listener, const struct sync_event *event);

/*
 * sync_lock - one sync or import at a time: waits some seconds for another.
 * ERR_OK and a descriptor to close(); ERR_BUSY; ERR_IO also when the home
 * cannot be written.
 */
enum err sync_lock(const struct post *post, int *fd, struct errtext *err);

/* sync_mend - before anything is taken: a copy of the logs that is damaged, or
 * of another version of Sello, is made anew (verify/post/logs_mend.h), and that
 * is said. */
void sync_mend(struct post *post, int64_t now, struct sync_listener *listener);

/* sync_settle - after all was taken: what the copy holds now is remembered, and
 * each time said when a damaged one had held more (verify/post/records.h). */
void sync_settle(struct post *post, struct sync_listener *listener);

/* sync_source - take one publication: a folder. Everything goes to the
 * listener, errors too. */
void sync_source(struct post *post, const char *source, int64_t now,
    struct sync_listener *listener);

/*
 * sync_recheck - look for each letter that was ever shown here in the log
 * that must have it. One that is not in it was made with a copied key, and is
 * found here at the latest.
 */
void sync_recheck(
    struct post *post, int64_t now, struct sync_listener *listener);

#endif
