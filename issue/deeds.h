/*
 * deeds.h - what is done to letters and drafts once it is known who acts and
 * that it may be done: for the commands and for the staff desk's pages.
 */
#ifndef ISSUE_DEEDS_H
#define ISSUE_DEEDS_H

#include "issue/center/act.h"
#include "issue/reason.h"
#include "issue/register/letter.h"

/* deed_is_reason - 1 to DRAFT_REASON_MAX printable characters, as a typed
 * reason must be. */
bool deed_is_reason(const char *text);

/* deed_withdraw - a letter is void: in the register and as a line of act's transaction,
 * within a transaction. ERR_DATA when it was withdrawn before. */
enum err deed_withdraw(struct act *act, const struct issued *letter,
    const struct reason *reason, struct errtext *err);

/*
 * deed_copy - one more copy is counted and entered, within act's
 * transaction.
 *
 *   reason  as typed; stays in the register
 *   made    the copy whose sheet was made: ERR_BUSY when the next one is
 *           another by now
 */
enum err deed_copy(struct act *act, const struct issued *letter,
    const char *reason, int made, struct errtext *err);

/* deed_close_day - the end of the day is a line of its own: whoever reads the
 * log later sees that nothing was entered after it. A transaction. */
enum err deed_close_day(struct act *act, struct errtext *err);

/* deed_day_is_closed - rc, with an err that says that the day was closed although
 * what followed failed: or somebody would close it once more. */
enum err deed_day_is_closed(enum err rc, struct errtext *err);

/* deed_discard - these drafts are given up, all or none: a transaction. */
enum err deed_discard(struct center *center, const char *person,
    const int64_t *drafts, size_t count, const char *reason,
    struct errtext *err);

#endif
