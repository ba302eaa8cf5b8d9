/*
 * seen.h - signed heads of a log seen anywhere: other copies, posts' reports,
 * the audit before this one, the trust list. While the log is read, its root
 * at the size of each head is compared with what that head says. Two signed
 * heads that disagree prove that the log was shown in two versions.
 */
#ifndef AUDIT_SEEN_H
#define AUDIT_SEEN_H

#include "audit/finding.h"
#include "log/checkpoint.h"
#include "trust/list.h"

#define SEEN_MAX 100000

enum seen_kind {
	SEEN_COPY, /* in a folder given */
	SEEN_POST, /* brought by a post, or a bare file */
	SEEN_KEPT, /* accepted by an earlier audit */
	SEEN_LIST, /* in the trust list: signed by the root, not the log */
};

struct seen_head {
	enum seen_kind kind;
	char center[LETTER_CENTER_SIZE];
	unsigned generation;
	char *who; /* translated: where it is */
	uint64_t size;
	struct tree_hash root;
	int64_t time;     /* the center's own cosignature; 0: none */
	int64_t cosigned; /* a post's cosignature; 0: none */
	const struct trust_post *post; /* whose */
	bool spoilt; /* a time that it should carry is missing or damaged */
	/* filled in while the log is read */
	bool passed, same;
	int64_t before; /* time of the last line it has; 0: none */
	int64_t after;  /* of the first one it has not; 0: none */
	uint64_t after_index;
};

/* Start as {0}; seen_clear(). Posts are borrowed from the trust list. */
struct seen {
	size_t count, cap;
	struct seen_head *at;
};

/*
 * seen_add_head - add a checkpoint, having verified it with the log's key.
 *
 *   post  whose cosignature to look for; NULL: of any active post
 *
 * Returns ERR_OK, ERR_ISSUER (a log the list does not name), ERR_LIMIT,
 * ERR_MEMORY, or why the head cannot be believed.
 */
enum err seen_add_head(struct seen *seen, const struct trust_list *list,
    const void *note, size_t len, enum seen_kind kind,
    const struct trust_post *post, const char *who, struct errtext *err);

/* seen_add_list - what the trust list itself says about its logs. */
enum err seen_add_list(
    struct seen *seen, const struct trust_list *list, struct errtext *err);

/* seen_spoilt - tell the heads whose cosignatures do not verify: their dates
 * are not known, which says nothing for or against anybody. */
void seen_spoilt(const struct seen *seen, struct findings *findings);

/* seen_sort - by center, generation and size; before seen_of(). */
void seen_sort(struct seen *seen);

/* seen_of - those of one log, by size; *count of them. */
struct seen_head *seen_of(const struct seen *seen, const char *center,
    unsigned generation, size_t *count);

/* A log as it was read, for seen_judge(). */
struct seen_log {
	const char *center;
	unsigned generation;
	uint64_t size;
	bool whole;    /* all its lines were read */
	bool ended;    /* as the root closed it: nothing can be behind it */
	uint64_t read; /* lines that were read */
	/* places of the lines that put a clock right: heads of before them may
	 * be dated later than heads of after them */
	const uint64_t *clock;
	size_t clock_count;
};

/*
 * seen_judge - after the log was read: forks, rollbacks, later heads than
 * ours, lines dated before a head that lacks them, a clock that ran ahead.
 */
void seen_judge(const struct seen *seen, const struct seen_log *log,
    struct findings *findings);

/*
 * seen_doubted - did a post see the newest lines, of last_time, before the
 * time that they are dated? One post's clock accuses nobody, but where the log
 * ends with such lines its time proves nothing either.
 */
bool seen_doubted(
    const struct seen *seen, const struct seen_log *log, int64_t last_time);

void seen_clear(struct seen *seen);

#endif
