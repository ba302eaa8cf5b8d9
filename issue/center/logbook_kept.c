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
logbook_kept_take(struct logbook *book, struct errtext *err)
{
	struct logbook_kept *kept = book->center->kept;
	bool good;
	enum err rc = is_good(book->center, &good, err);

	book->kept = good && kept->history.next == book->head.range.size &&
	    kept->history.generation == book->log->generation;
	if (book->kept) {
		book->history = kept->history;
		kept->history = (struct history){ .next = 0 };
	}
	logbook_kept_free(&book->center->kept);
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
logbook_kept_put(struct logbook *book)
{
	struct logbook_kept *kept = malloc(sizeof(*kept));

	logbook_kept_free(&book->center->kept);
	if (kept == NULL)
		return;
	*kept =
	    (struct logbook_kept){ book->history, book->head.note, book->end };
	book->history = (struct history){ .next = 0 };
	book->head.note = (struct bytes){ 0 };
	book->center->kept = kept;
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
