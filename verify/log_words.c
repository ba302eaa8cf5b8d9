/*
 * log_words.c - log_words.h.
 */
#include "verify/log_words.h"

#include "store/row.h"
#include "verify/logs_schema.h"

#include <string.h>

/* As in a letter's key, without the log. */
static int64_t
number_of(int year, unsigned sequence)
{
	return post_log_key(0, year, sequence);
}

/* Zeros are kept as an empty one. */
static size_t
digest_len(const struct history_letter *word)
{
	static const uint8_t none[POST_LOG_HALF];

	return post_log_is_letter(word, none, NULL) ? 0 : POST_LOG_HALF;
}

static void
add(struct history_letter *letter, int64_t state)
{
	struct history_letter word;

	post_log_state_read(state, &word);
	if (word.state > letter->state)
		letter->state = word.state;
	letter->superseded |= word.superseded;
	if (word.copies > letter->copies)
		letter->copies = word.copies;
}

enum err
log_words_add(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, struct history_letter *letter, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT digest, state, sum = " WORD_SUM
	    " FROM word WHERE log = ?1 AND number = ?2",
	    err);
	bool found = false;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, number_of(year, sequence));
	while (
	    (rc = row_next(logs->store, stmt, "bii", &found, err)) == ERR_OK &&
	    found) {
		uint8_t digest[POST_LOG_HALF];
		bool none = sqlite3_column_bytes(stmt, 0) == 0;

		if (store_int(stmt, 2) == 0 ||
		    (!none && !row_blob(stmt, 0, digest, sizeof(digest)))) {
			row_done(stmt);
			return row_damaged(err);
		}
		/* Without a digest the number is all that the center said,
		 * also of a letter that no log here has: it was replaced,
		 * whichever letter has it. That makes one worse at most. */
		if (none || post_log_is_letter(letter, digest, NULL))
			add(letter, store_int(stmt, 1));
	}
	return rc;
}

enum err
log_words_put(struct post_logs *logs, const struct post_log *log, int year,
    unsigned sequence, const struct history_letter *word, struct errtext *err)
{
	struct history_letter both = *word;
	sqlite3_stmt *stmt;
	enum err rc = log_words_add(logs, log, year, sequence, &both, err);

	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(logs->store,
	    "INSERT OR REPLACE INTO word (log, number, digest, state, sum)"
	    " VALUES (?1, ?2, ?3, ?4, " WORD_SUM_OF("?1", "?2", "?3", "?4") ")",
	    err);
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, number_of(year, sequence));
	store_bind_blob(stmt, 3, both.digest, digest_len(&both));
	store_bind_int(stmt, 4, post_log_state(&both));
	return store_run(logs->store, stmt, err);
}

enum err
log_words_forget(
    struct post_logs *logs, const struct post_log *log, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(logs->store, "DELETE FROM word WHERE log = ?1", err);

	store_bind_int(stmt, 1, log->id);
	return store_run(logs->store, stmt, err);
}
