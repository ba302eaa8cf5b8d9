/*
 * approve.h - from drafts to letters in the register: which drafts may be
 * signed, and signing them in transactions. Files are issue/center/release.h's.
 *
 * No letter without two persons: the draft carries the signature of a
 * drafter's own key for the letter's line, the approver signs that line, and
 * the two must differ; the center's key comes last. What is signed is what was
 * shown: a draft is known by the SHA-256 of the bytes its drafter signed from
 * the first look on.
 */
#ifndef ISSUE_CENTER_APPROVE_H
#define ISSUE_CENTER_APPROVE_H

#include "issue/center/center.h"
#include "issue/center/warnings.h"
#include "issue/register/letter.h"

struct act;
#define APPROVE_BATCH 100 /* letters in one transaction */

/* One draft chosen for approval. */
struct pick {
	int64_t draft;
	uint8_t digest[32];              /* of what was judged and shown */
	char number[LETTER_NUMBER_SIZE]; /* "" until there is a letter */
	char reason[ISSUED_REASON_SIZE]; /* V<seconds> or B<batch size> */
	bool refused;                    /* its fields no longer hold */
	bool before;                     /* was a letter when it was added */
	warnings_set warnings;           /* that the draft carries */
};

#define APPROVE_NAMED 12 /* of those left out */

/* Drafts that are not among the picks. */
struct left_out {
	size_t count;
	int64_t id[APPROVE_NAMED]; /* the first */
};

/* Start as {0}; approve_clear(). */
struct picks {
	struct pick *at;
	size_t count, cap;
	struct left_out duplicates; /* by --all: W-DUPLICATE */
	struct left_out again;      /* the same: to be signed again */
	struct left_out old;        /* the same: of a key that is no more */
	struct left_out orphaned;   /* the same: of who drafts here no more */
};

/* Who signs, and what for. Borrowed. */
struct approval {
	struct act *act; /* by the approver; keys opened */
	enum sheet_paper paper;
	/* told when one draft cannot become a letter; the others go on */
	void (*refuse)(void *arg, int64_t draft, const char *why);
	void *arg;
	bool large; /* print: struct sheet_options */
};

/*
 * approve_add - judge one named draft and add it. Twice: once.
 *
 * ERR_OK (also for one that has its letter: number is set), ERR_NOT_FOUND,
 * ERR_REFUSED with an event: changed, discarded, or drafted by the approver.
 */
enum err approve_add(struct picks *picks, struct center *center,
    const char *approver, int64_t draft, struct errtext *err);

/* approve_add_all - all that wait, but those with W-DUPLICATE and those whose
 * drafters did not sign for now: what they were left out for the picks say. */
enum err approve_add_all(struct picks *picks, struct center *center,
    const char *approver, struct errtext *err);

/* approve_expect - so many letters will be signed, in one transaction or more:
 * many are checked quicker (issue/center/selfcheck.h). */
void approve_expect(struct center *center, size_t letters);

/*
 * approve_sign - one transaction: letters for `count` picks, at most
 * APPROVE_BATCH, that have none, each with its line in the log. Sets their
 * numbers, or refused.
 *
 * ERR_OK; ERR_CONFIG when this center may not sign now; ERR_REFUSED when a
 * draft changed since it was judged; others. On error no pick got a letter,
 * unless the text says that the outcome is unknown, or that the log's guard
 * could not be written: then they stand, and approving again hands them out.
 */
enum err approve_sign(const struct approval *approval, struct pick *picks,
    size_t count, struct errtext *err);

void approve_clear(struct picks *picks);

#endif
