/*
 * copy_bring.c - copy_bring.h.
 */
#include "verify/post/copy_bring.h"

#include "store/row.h"
#include "verify/post/copy_schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Each counts what must not be. */
static const char *const faults[] = {
	"SELECT count(*) FROM log WHERE sum <> " LOG_SUM,
	"SELECT count(*) FROM letter LEFT JOIN log ON log.id = letter.key >> 36"
	" WHERE log.id IS NULL OR NOT " LETTER_FITS("log.owner"),
	"SELECT (SELECT count(*) FROM letter) <>"
	" (SELECT coalesce(sum(last - first + 1), 0) FROM part"
	" WHERE kind = " PART_SPAN ")",
	"SELECT count(*) FROM drafted WHERE key >> 40 NOT IN"
	" (SELECT id FROM log) OR sum <> " DRAFTED_SUM,
	"SELECT (SELECT count(*) FROM letter) <>"
	" (SELECT coalesce(sum(count), 0) FROM drafted)",
	"SELECT count(*) FROM part WHERE log NOT IN (SELECT id FROM log)",
	"SELECT count(*) FROM word WHERE sum <> " WORD_SUM,
	"SELECT count(*) FROM mark WHERE sum <> " MARK_SUM,
	"SELECT count(*) FROM proof WHERE sum <> " PROOF_SUM,
	"SELECT count(*) FROM heard WHERE sum <> " HEARD_SUM,
	"SELECT count(*) FROM seen WHERE sum <> " SEEN_SUM,
};

enum err
copy_bring_test(struct post_logs *logs, struct errtext *err)
{
	int64_t bad = 0;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < COUNT(faults) && rc == ERR_OK && bad == 0; i++)
		rc = row_number(logs->store,
		    store_prepare(logs->store, faults[i], err), &bad, err);
	return rc == ERR_OK && bad != 0 ? row_damaged(err) : rc;
}

/*
 * Rows of the old file into the new one: what `select` gives (?1 the owner)
 * goes into ?3, ?4, ... of `insert`, whose ?1 is the log and ?2 the owner. A
 * row that is damaged ends it: what came before stays. But what only cannot be
 * read now is not given up.
 */
static enum err
bring(const struct copy_bring *b, const char *select, const char *insert,
    int64_t *count, struct errtext *err)
{
	struct store *new = b->logs->store;
	struct errtext why = { 0 };
	sqlite3_stmt *from = store_prepare(b->old, select, &why);
	enum err rc = ERR_OK, read = ERR_OK;
	int i;

	*count = 0;
	if (sqlite3_bind_parameter_count(from) > 0)
		store_bind_blob(from, 1, b->owner, sizeof(b->owner));
	while (rc == ERR_OK && store_step(b->old, from, &read, &why)) {
		sqlite3_stmt *to = store_prepare(new, insert, err);

		store_bind_int(to, 1, b->log);
		store_bind_blob(to, 2, b->owner, sizeof(b->owner));
		for (i = 0; i < sqlite3_column_count(from); i++)
			sqlite3_bind_value(
			    to, i + 3, sqlite3_column_value(from, i));
		/* what does not fit the table's types is damaged too */
		rc = store_run(new, to, err);
		if (rc == ERR_OK)
			++*count;
		else if (rc == ERR_EXISTS || rc == ERR_DATA)
			rc = ERR_OK;
	}
	sqlite3_reset(from);
	if (rc == ERR_OK && store_is_unseen(read))
		rc = err_set(err, read, "%s", why.text);
	return rc;
}

#define OLD_LOG "(SELECT id FROM log WHERE owner = ?1)"

enum err
copy_bring_letters(const struct copy_bring *b, bool *whole, struct errtext *err)
{
	struct store *new = b->logs->store;
	int64_t count, due = 0;
	sqlite3_stmt *stmt;
	enum err rc;

	rc = bring(b,
	    "SELECT kind, place, first, last FROM part WHERE log = " OLD_LOG,
	    "INSERT INTO part (log, kind, place, first, last)"
	    " VALUES (?1, ?3, ?4, ?5, ?6)",
	    &count, err);
	if (rc == ERR_OK)
		rc = bring(b,
		    "SELECT key & 68719476735, line, issued_at, digest"
		    " FROM letter WHERE key >> 36 = " OLD_LOG
		    " AND key >= " OLD_LOG " << 36"
		    " AND key < (" OLD_LOG " + 1) << 36"
		    " AND " LETTER_FITS("?1"),
		    "INSERT INTO letter (key, line, issued_at, digest, sum)"
		    " VALUES (?1 << 36 | ?3, ?4, ?5, ?6, " LETTER_SUM_OF(
			"?2", "(?1 << 36 | ?3)", "?4", "?5", "?6") ")",
		    &count, err);
	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(new,
	    "SELECT coalesce(sum(last - first + 1), 0) FROM part"
	    " WHERE log = ?1 AND kind = " PART_SPAN,
	    err);
	store_bind_int(stmt, 1, b->log);
	rc = row_number(new, stmt, &due, err);
	*whole = rc == ERR_OK && count == due;
	return rc;
}

enum err
copy_bring_row(
    const struct copy_bring *b, bool whole, bool *found, struct errtext *err)
{
	int64_t count;
	enum err rc = bring(b,
	    whole ? "SELECT named_at, conflict, size, range, root, head, as_of,"
		    " first_time, last_time, history, seed FROM log"
		    " WHERE owner = ?1 AND sum = " LOG_SUM
		  : "SELECT named_at, conflict, 0, NULL, NULL, NULL, 0, 0, 0,"
		    " NULL, seed FROM log WHERE owner = ?1 AND sum = " LOG_SUM,
	    "UPDATE log SET owner = ?2, named_at = ?3, conflict = ?4,"
	    " size = ?5, range = ?6, root = ?7, head = ?8, as_of = ?9,"
	    " first_time = ?10, last_time = ?11, history = ?12, seed = ?13"
	    " WHERE id = ?1",
	    &count, err);

	*found = count > 0;
	return rc;
}

enum err
copy_bring_seed(const struct copy_bring *b, uint8_t seed[POST_LOG_SEED],
    struct errtext *err)
{
	struct store *new = b->logs->store;
	sqlite3_stmt *stmt =
	    store_prepare(new, "SELECT seed FROM log WHERE id = ?1", err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, b->log);
	rc = row_next(new, stmt, "b", &found, err);
	if (rc == ERR_OK && (!found || !row_blob(stmt, 0, seed, POST_LOG_SEED)))
		rc = row_damaged(err);
	row_done(stmt);
	return rc;
}

enum err
copy_bring_undo(const struct copy_bring *b, bool known, struct errtext *err)
{
	static const char *const undo[] = {
		"DELETE FROM letter WHERE key >> 36 = ?1",
		"DELETE FROM part WHERE log = ?1",
		"UPDATE log SET named_at = 0 WHERE id = ?1",
	};
	struct store *new = b->logs->store;
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < COUNT(undo) - (known ? 1 : 0) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(new, undo[i], err);

		store_bind_int(stmt, 1, b->log);
		rc = store_run(new, stmt, err);
	}
	return rc;
}

enum err
copy_bring_head(
    const struct copy_bring *b, struct bytes *note, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(b->old, "SELECT head FROM log WHERE owner = ?1", err);
	bool found;
	enum err rc;

	store_bind_blob(stmt, 1, b->owner, sizeof(b->owner));
	rc = row_next(b->old, stmt, "b", &found, err);
	if (store_is_unseen(rc))
		return rc;
	if (found) /* one that is damaged says nothing */
		store_blob(stmt, 0, note);
	row_done(stmt);
	return note->failed ? err_memory(err) : ERR_OK;
}

enum err
copy_bring_words(const struct copy_bring *b, struct errtext *err)
{
	int64_t count;

	return bring(b,
	    "SELECT number, line, digest, state FROM word"
	    " WHERE sum = " WORD_SUM_BY(
		"?1", "log", "number", "line", "digest", "state"),
	    "INSERT INTO word (log, number, line, digest, state, sum)"
	    " SELECT ?1, ?3, ?4, ?5, ?6, " WORD_SUM_BY(
		"?2", "?1", "?3", "?4", "?5", "?6"),
	    &count, err);
}

enum err
copy_bring_heads(const struct copy_bring *b, struct errtext *err)
{
	int64_t count;
	enum err rc;

	rc = bring(b,
	    "SELECT at, size, root, last_time, kept FROM mark"
	    " WHERE sum = " MARK_SUM_BY(
		"?1", "log", "at", "size", "root", "last_time", "kept"),
	    "INSERT OR IGNORE INTO mark (log, at, size, root,"
	    " last_time, kept, sum) SELECT ?1, ?3, ?4, ?5, ?6, ?7,"
	    " " MARK_SUM_BY("?2", "?1", "?3", "?4", "?5", "?6", "?7"),
	    &count, err);
	if (rc == ERR_OK)
		rc = bring(b,
		    "SELECT size, root, note, source FROM heard"
		    " WHERE sum = " HEARD_SUM_BY(
			"?1", "log", "size", "root", "note", "source"),
		    "INSERT INTO heard (log, size, root, note, source, sum)"
		    " SELECT ?1, ?3, ?4, ?5, ?6, " HEARD_SUM_BY(
			"?2", "?1", "?3", "?4", "?5", "?6"),
		    &count, err);
	return rc;
}

enum err
copy_bring_shown(const struct copy_bring *b, struct errtext *err)
{
	static const char *const select[] = {
		"SELECT number, digest, post, day, issued_at, elsewhere,"
		" mismatch FROM seen NOT INDEXED WHERE sum = " SEEN_SUM,
		"SELECT number, digest, post, day, 0, 0, 0"
		" FROM seen INDEXED BY seen_digest",
	};
	enum err rc = ERR_OK;
	int64_t count;
	size_t i;

	for (i = 0; i < COUNT(select) && rc == ERR_OK; i++)
		rc = bring(b, select[i],
		    "INSERT OR IGNORE INTO seen (number, digest, post, day,"
		    " issued_at, elsewhere, mismatch, sum)"
		    " SELECT ?3, ?4, ?5, ?6, ?7, ?8, ?9, " SEEN_SUM_OF("?3",
			"?4", "?5", "?6", "?7", "?8",
			"?9") " WHERE length(?2) > 0 OR ?1",
		    &count, err);
	return rc;
}
