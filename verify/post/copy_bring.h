/*
 * copy_bring.h - is logs.db what was written, and rows of an old file into a
 * new one, as far as they can be read and their sums fit (logs_mend.h).
 *
 * A row that is damaged ends a table: what came before stays. But what only
 * cannot be read now (store_is_unseen()) is not given up: the error is passed
 * on, as those of writing are. All but the test run in a transaction.
 */
#ifndef VERIFY_POST_COPY_BRING_H
#define VERIFY_POST_COPY_BRING_H

#include "verify/post/logs.h"

struct copy_bring {
	struct post_logs *logs; /* the new copy */
	struct store *old;
	/* the log that is brought over: its owner, its row in the new copy */
	uint8_t owner[POST_LOG_OWNER];
	int64_t log;
};

/* copy_bring_test - every sum, and that no letter is missing. ERR_OK, ERR_DATA,
 * the store's. */
enum err copy_bring_test(struct post_logs *logs, struct errtext *err);

/* copy_bring_letters - letters, gaps and spans; *whole: none is missing. */
enum err copy_bring_letters(
    const struct copy_bring *b, bool *whole, struct errtext *err);

/* copy_bring_row - the log's row, if its sum fits (*found); but with all that
 * it has only when all its letters came over. To be sealed. */
enum err copy_bring_row(
    const struct copy_bring *b, bool whole, bool *found, struct errtext *err);

/* copy_bring_seed - of the new row: what is kept of letters was made with it.
 * Also ERR_DATA. */
enum err copy_bring_seed(const struct copy_bring *b,
    uint8_t seed[POST_LOG_SEED], struct errtext *err);

/* copy_bring_undo - nothing of a log that did not come over whole; not known:
 * nor since when it was named. Its letters are grey until it is taken anew. */
enum err copy_bring_undo(
    const struct copy_bring *b, bool known, struct errtext *err);

/* copy_bring_head - append the note of the head that the old copy had; nothing
 * where it cannot be read. Also ERR_MEMORY. */
enum err copy_bring_head(
    const struct copy_bring *b, struct bytes *note, struct errtext *err);

/* copy_bring_words - what its lines said of letters; copy_bring_heads - heads
 * that were accepted, and those that wait to be compared. */
enum err copy_bring_words(const struct copy_bring *b, struct errtext *err);
enum err copy_bring_heads(const struct copy_bring *b, struct errtext *err);

/* copy_bring_shown - letters shown elsewhere: the rows that are whole, and of
 * the others what the index has of them, so that no letter turns from amber to
 * green. */
enum err copy_bring_shown(const struct copy_bring *b, struct errtext *err);

#endif
