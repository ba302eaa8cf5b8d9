/*
 * presented.h - letters that posts say they were shown (ledger/gossip.h),
 * held against the logs. A listed post's report is its signed word; of others
 * only the signed heads in it count.
 */
#ifndef AUDIT_PRESENTED_H
#define AUDIT_PRESENTED_H

#include "audit/finding.h"
#include "audit/marks.h"
#include "ledger/letters.h"
#include "letter/number.h"

#define PRESENTED_MAX 10000000 /* letters shown, of all files */

struct presented_row {
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	int64_t issued_at;
	const struct trust_post *post;
	bool elsewhere, mismatch;
};

/* Start as {0}; presented_clear(). Posts are borrowed from the trust list. */
struct presented {
	size_t count, cap;
	struct presented_row *row;
};

/*
 * presented_read - a file: a post's report, or a bare checkpoint. Heads go to
 * marks. What cannot be used of it becomes a finding.
 *
 *   name  of the file, for messages
 *
 * Returns ERR_OK, also for a file that could not be read; ERR_MEMORY.
 */
enum err presented_read(struct presented *presented, struct marks *marks,
    const char *name, const void *bytes, size_t len,
    const struct trust_list *list, struct findings *findings,
    struct errtext *err);

/* presented_sort - before presented_judge(). */
void presented_sort(struct presented *presented);

/* From when to when a center says that it lost lines. */
struct presented_gap {
	int64_t from, to;
};

/* What the logs of one center say. */
struct presented_center {
	const char *code;
	const struct letters *letters;
	bool whole;  /* every line of every generation was read */
	bool forked; /* shown in two versions: another may have the letter */
	int64_t last_time; /* of the newest line */
	const struct presented_gap *gap;
	size_t gap_count;
};

/* presented_judge - the letters of this center. */
void presented_judge(const struct presented *presented,
    const struct presented_center *center, struct findings *findings);

/* presented_strangers - say how many are of centers not in the list. */
void presented_strangers(const struct presented *presented,
    const struct trust_list *list, struct findings *findings);

void presented_clear(struct presented *presented);

#endif
