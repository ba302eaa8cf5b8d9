/*
 * forget.h - erasing the personal data of letters that ended long ago. What
 * the log proves (number, digest, times, persons of the center) stays.
 */
#ifndef ISSUE_CENTER_FORGET_H
#define ISSUE_CENTER_FORGET_H

#include "issue/center/center.h"

struct forgotten {
	size_t letters, drafts;
	size_t live; /* of the letters: may still be shown, and were good */
};

/*
 * forget_before - within a transaction: letters whose last day of validity is
 * before `day` (days since 1970), their drafts, drafts that wait with such a
 * day, and what was typed about drafts that were discarded and older.
 *
 *   by  pseudonym, noted with each draft
 *
 * Call forget_purge() after the commit: until then the data is still in the
 * file.
 */
enum err forget_before(struct center *center, int64_t day, const char *by,
    int64_t now, struct forgotten *out, struct errtext *err);

/* forget_purge - write the file anew without what was erased. ERR_BUSY when
 * another process reads: the erased data is still in the file then. */
enum err forget_purge(struct registry *reg, struct errtext *err);

#endif
