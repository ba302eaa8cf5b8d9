/*
 * approving.h - what an approver has opened, marked and drawn meanwhile:
 * issue/review.h for a page.
 */
#ifndef ISSUE_DESK_APPROVING_H
#define ISSUE_DESK_APPROVING_H

#include "issue/desk/desk.h"

/* approving_opened - NULL: it was not. */
const struct opened *approving_opened(const struct desk *desk, int64_t draft);

/* approving_in_batch, approving_is_drawn - is it in the batch, and one of those
 * that were drawn? */
bool approving_in_batch(const struct desk *desk, int64_t draft);
bool approving_is_drawn(const struct desk *desk, int64_t draft);

/* approving_to_open - how many of those drawn are not opened and marked. */
size_t approving_to_open(const struct desk *desk);

/* approving_signs - how many would be signed: of the batch, or those marked. */
size_t approving_signs(const struct desk *desk, bool batch);

#endif
