/*
 * logbook_kept.c - logbook_kept.h.
 */
#include "issue/center/logbook_kept.h"

#include <stdlib.h>

struct logbook_kept {
	struct history history;
	struct bytes note; /* the head's */
	struct store_stamp stamp;
};

static enum err
is_good(const struct center *center, bool *good, struct errtext *err)
{
	struct store_stamp now;
	enum err rc;

	*good = false;
	if (center->kept == NULL)
		return ERR_OK;
	rc = store_stamp(register_store(center->reg), &now, err);
	*good = rc == ERR_OK && store_stamp_same(&center->kept->stamp, &now);
	return rc;
}

enum err
logbook_kept_take(struct act *act, struct errtext *err)
{
	struct logbook_kept *kept = act->center->kept;
	bool good;
	enum err rc = is_good(act->center, &good, err);

	act->book.kept = good &&
	    kept->history.next == act->book.head.range.size &&
	    kept->history.generation == act->book.log->generation;
	if (act->book.kept) {
		act->book.history = kept->history;
		kept->history = (struct history){ .next = 0 };
	}
	logbook_kept_free(&act->center->kept);
	return rc;
}

enum err
logbook_kept_is_head(const struct center *center, const struct bytes *note,
    bool *is, struct errtext *err)
{
	bool good;
	enum err rc = is_good(center, &good, err);

	*is = good && bytes_equal(note, &center->kept->note);
	return rc;
}

void
logbook_kept_put(struct act *act)
{
	struct logbook_kept *kept = malloc(sizeof(*kept));

	logbook_kept_free(&act->center->kept);
	if (kept == NULL)
		return;
	*kept = (struct logbook_kept){ act->book.history, act->book.head.note,
		act->book.end };
	act->book.history = (struct history){ .next = 0 };
	act->book.head.note = (struct bytes){ 0 };
	act->center->kept = kept;
}

void
logbook_kept_free(struct logbook_kept **kept)
{
	if (*kept == NULL)
		return;
	history_clear(&(*kept)->history);
	bytes_free(&(*kept)->note);
	free(*kept);
	*kept = NULL;
}
