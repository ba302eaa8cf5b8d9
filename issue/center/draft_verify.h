/*
 * draft_verify.h - is a stored draft what its drafter signed, and is the
 * drafter still one? Asked of the log's roster, not of the register
 * (issue/center/login.h).
 */
#ifndef ISSUE_CENTER_DRAFT_VERIFY_H
#define ISSUE_CENTER_DRAFT_VERIFY_H

#include "issue/center/center.h"
#include "issue/register/draft.h"

/*
 * draft_authentic - load a draft and check that it is what its
 * drafter committed to, and the drafter's signatures: by the present key while
 * it waits, by any that the log gives them once it is a letter.
 *
 * ERR_NOT_FOUND; ERR_REFUSED when it was changed after signing, or signed with
 * a key that its drafter has no more.
 */
enum err draft_authentic(
    struct center *center, int64_t id, struct draft *out, struct errtext *err);

/* draft_outdated - does it wait as its drafter signed it, with a key
 * that the log knows as theirs and that they have no more? Nothing is signed
 * of such a draft, and nobody changed it. */
enum err draft_outdated(
    struct center *center, int64_t id, bool *old, struct errtext *err);

/* draft_orphaned - does it wait as its drafter signed it, who was removed since,
 * or drafts no more? Likewise. */
enum err draft_orphaned(
    struct center *center, int64_t id, bool *orphaned, struct errtext *err);

/* draft_stuck - one of the two. */
enum err draft_stuck(
    struct center *center, int64_t id, bool *stuck, struct errtext *err);

/* draft_ending - how many drafts of this person wait with the present key:
 * another key, or their leaving, makes all of them stuck. */
enum err draft_ending(struct center *center, const char *code, size_t *count,
    struct errtext *err);

/* draft_verify - the same, and its drafter must still be one while it
 * waits: what may be approved. */
enum err draft_verify(
    struct center *center, int64_t id, struct draft *out, struct errtext *err);

#endif
