/*
 * review_table.h - a batch of drafts as a table for their approver: all of
 * them before any is opened, and once more those that carry a warning or look
 * like somebody else, right above the question for all.
 */
#ifndef ISSUE_REVIEW_TABLE_H
#define ISSUE_REVIEW_TABLE_H

#include "issue/register/draft.h"
#include "issue/review.h"

#define REVIEW_WARNED_MAX 8 /* rows that a screen has room for */

/*
 * review_load - the draft that was picked; register_draft_clear() it.
 * ERR_REFUSED when it is not what was judged any more; others.
 */
enum err review_load(const struct review *review, const struct pick *pick,
    struct draft *draft, struct errtext *err);

/* review_table - all picks, those with warnings first: who reads no further
 * has read these; below it what the codes mean. Errors as review_load(),
 * ERR_MEMORY. */
enum err review_table(const struct review *review, const struct picks *picks,
    struct errtext *err);

/* review_warned - of the same table only those with warnings, at most
 * REVIEW_WARNED_MAX, and what the codes mean; nothing where there are none. */
enum err review_warned(const struct review *review, const struct picks *picks,
    struct errtext *err);

#endif
