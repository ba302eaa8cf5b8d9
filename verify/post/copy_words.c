/*
 * copy_words.c - copy_words.h.
 */
#include "verify/post/copy_words.h"

#include "ledger/letter_state.h"
#include "store/row.h"
#include "verify/post/copy_schema.h"

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
	static const uint8_t none[POST_LOG_DIGEST];

	return post_log_is_letter(word, none, NULL) ? 0 : POST_LOG_DIGEST;
}

/* All in one column. */
#define STATE      7
#define SUPERSEDED 8
#define COPY       16 /* times the copies; the original alone is 0 */
/* a line may name more; nobody counts that far */
#define COPIES_MAX (1u << 27)

static int64_t
state_of(const struct history_letter *word)
{
	int64_t copies = word->copies < COPIES_MAX ? word->copies : COPIES_MAX;

	return (int64_t)word->state | (word->superseded ? SUPERSEDED : 0) |
	    (copies - 1) * COPY;
}

static void
add(struct history_letter *letter, int64_t state)
{
	enum history_state become = (enum history_state)(state & STATE);
	uint32_t copies = (uint32_t)((state & -(int64_t)COPY) / COPY + 1);

	if (become > letter->state)
		letter->state = become;
	letter->superseded |= (state & SUPERSEDED) != 0;
	if (copies > letter->copies)
		letter->copies = copies;
}

uint64_t
copy_words_end(const struct trust_log *named)
{
	return named->closed ? named->final_size : UINT64_MAX;
}

enum err
copy_words_add(struct post_logs *logs, const struct post_log *log, uint64_t end,
    int year, unsigned sequence, struct history_letter *letter,
    struct history_letter *behind, struct errtext *err)
{
	sqlite3_stmt *stmt;
	bool found = false;
	enum err rc;

	if (log->generation < letter->generation)
		return ERR_OK;
	stmt = store_prepare(logs->store,
	    "SELECT line, digest, state, sum = " WORD_SUM
	    " FROM word WHERE log = ?1 AND number = ?2 AND line >= ?3",
	    err);
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, number_of(year, sequence));
	store_bind_int(stmt, 3,
	    log->generation == letter->generation ? (int64_t)letter->index : 0);
	while (
	    (rc = row_next(logs->store, stmt, "ibii", &found, err)) == ERR_OK &&
	    found) {
		uint8_t digest[POST_LOG_DIGEST];
		bool none = sqlite3_column_bytes(stmt, 1) == 0;

		if (store_int(stmt, 3) == 0 ||
		    (!none && !row_blob(stmt, 1, digest, sizeof(digest)))) {
			row_done(stmt);
			return row_damaged(err);
		}
		/* Without a digest the number is all that the center said,
		 * also of a letter that no log here has: it was replaced,
		 * whichever letter has it. That makes one worse at most. */
		if (!none && !post_log_is_letter(letter, digest, NULL))
			continue;
		if ((uint64_t)store_int(stmt, 0) < end)
			add(letter, store_int(stmt, 2));
		else if (behind != NULL)
			add(behind, store_int(stmt, 2));
	}
	return rc;
}

enum err
copy_words_replaces(struct post_logs *logs, const struct post_log *log,
    uint64_t line, int year, unsigned sequence, bool *replaces,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT state, sum = " WORD_SUM
	    " FROM word WHERE log = ?1 AND number = ?2 AND line = ?3",
	    err);
	bool found = false;
	enum err rc;

	*replaces = false;
	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, number_of(year, sequence));
	store_bind_int(stmt, 3, (int64_t)line);
	rc = row_next(logs->store, stmt, "ii", &found, err);
	if (rc == ERR_OK && found && store_int(stmt, 1) == 0)
		rc = row_damaged(err);
	else if (rc == ERR_OK && found)
		*replaces = (store_int(stmt, 0) & SUPERSEDED) != 0;
	row_done(stmt);
	return rc;
}

enum err
copy_words_put(struct post_logs *logs, const struct post_log *log,
    uint64_t line, int year, unsigned sequence,
    const struct history_letter *word, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT INTO word (log, number, line, digest, state, sum)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, " WORD_SUM_OF(
		"?1", "?2", "?3", "?4", "?5") ")",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, number_of(year, sequence));
	store_bind_int(stmt, 3, (int64_t)line);
	store_bind_blob(stmt, 4, word->digest, digest_len(word));
	store_bind_int(stmt, 5, state_of(word));
	return store_run(logs->store, stmt, err);
}

enum err
copy_words_forget(struct post_logs *logs, const struct post_log *log,
    uint64_t from, uint64_t to, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "DELETE FROM word WHERE log = ?1 AND line >= ?2 AND line < ?3",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)from);
	store_bind_int(stmt, 3, (int64_t)to);
	return store_run(logs->store, stmt, err);
}
