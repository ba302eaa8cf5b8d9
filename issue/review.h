/*
 * review.h - an approver looking at drafts on a terminal before signing.
 *
 * Named drafts are shown whole, one after the other, each with its own
 * answer; the seconds it was open go into the register. A whole batch is
 * shown as a table, of which a random sample must be opened, and more where one
 * of it is wrong: one click for five hundred people is no approval.
 */
#ifndef ISSUE_REVIEW_H
#define ISSUE_REVIEW_H

#include "issue/center/approve.h"

#include <stdio.h>

#define REVIEW_SAMPLE_MAX 20
#define REVIEW_MORE       10 /* opened for each that was wrong */

/* Where an approver looks and types. */
struct review {
	FILE *in, *out;
	struct center *center;
};

/* review_sample - how many of a batch must be opened: a tenth, rounded up, at
 * least 1, at most REVIEW_SAMPLE_MAX. */
size_t review_sample(size_t count);

/* review_draw - one of those from place i on, at random, comes to place i:
 * nobody can foresee which. ERR_INTERNAL without random bytes. */
enum err review_draw(struct picks *picks, size_t i, struct errtext *err);

/*
 * review_each - show each pick that has no letter yet and ask. Those answered
 * no are taken out of picks; reason becomes V<seconds>.
 *
 *   stop  out: the approver gave up; sign nothing
 */
enum err review_each(const struct review *review, struct picks *picks,
    bool *stop, struct errtext *err);

/* review_batch - the table, the sample, one question; reason B<size>. */
enum err review_batch(const struct review *review, struct picks *picks,
    bool *stop, struct errtext *err);

/* review_skip - nobody looks (--yes): reason B<size> for all. */
void review_skip(struct picks *picks);

#endif
