/*
 * approving.h - what an approver has opened, marked and drawn meanwhile:
 * issue/review.h for a page.
 */
#ifndef ISSUE_DESK_APPROVING_H
#define ISSUE_DESK_APPROVING_H

#include "issue/desk/desk.h"

/* approving_opened - NULL: it was not. */
struct opened *approving_opened(const struct desk *desk, int64_t draft);

/* approving_place - where it is in the batch; batch.count: it is not. */
size_t approving_place(const struct desk *desk, int64_t draft);

/* approving_in_batch, approving_is_drawn - is it in the batch, and one of those
 * that were drawn? */
bool approving_in_batch(const struct desk *desk, int64_t draft);
bool approving_is_drawn(const struct desk *desk, int64_t draft);

/* approving_to_open - how many of those drawn are not opened and marked. */
size_t approving_to_open(const struct desk *desk);

/* approving_signs - how many would be signed: of the batch, or those marked. */
size_t approving_signs(const struct desk *desk, bool batch);

/* approving_which - which these are, in a word for a form (turn_agrees()): as many
 * others are not the same. */
#define APPROVING_WHICH_SIZE 48
void approving_which(
    const struct desk *desk, bool batch, char out[APPROVING_WHICH_SIZE]);

#endif
