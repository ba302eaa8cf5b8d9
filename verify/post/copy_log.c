/*
 * copy_log.c - copy_log.h.
 */
#include "verify/post/copy_log.h"

#include "store/row.h"
#include "verify/post/copy_schema.h"

enum err
copy_log_seal(struct post_logs *logs, int64_t log, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    logs->store, "UPDATE log SET sum = " LOG_SUM " WHERE id = ?1", err);

	store_bind_int(stmt, 1, log);
	return store_run(logs->store, stmt, err);
}

enum err
copy_log_name(struct post_logs *logs, const char *center, unsigned generation,
    const uint8_t owner[POST_LOG_OWNER], const uint8_t seed[POST_LOG_SEED],
    int64_t now, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT INTO log (center, generation, owner, named_at, seed)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, center);
	store_bind_int(stmt, 2, generation);
	store_bind_blob(stmt, 3, owner, POST_LOG_OWNER);
	store_bind_int(stmt, 4, now);
	store_bind_blob(stmt, 5, seed, POST_LOG_SEED);
	if ((rc = store_run(logs->store, stmt, err)) != ERR_OK)
		return rc;
	return copy_log_seal(logs, store_last_id(logs->store), err);
}

/* --- forgetting ---------------------------------------------------------- */

static enum err
run_for(struct post_logs *logs, const char *const *statements, size_t count,
    int64_t log, struct errtext *err)
{
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < count && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt =
		    store_prepare(logs->store, statements[i], err);

		store_bind_int(stmt, 1, log);
		rc = store_run(logs->store, stmt, err);
	}
	return rc;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum err
copy_log_forget_lines(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		("DELETE FROM letter WHERE key >= ?1 << 36"
		 " AND key < (?1 + 1) << 36"),
		("DELETE FROM drafted WHERE key >= ?1 << 40"
		 " AND key < (?1 + 1) << 40"),
		"DELETE FROM part WHERE log = ?1",
		"DELETE FROM proof WHERE log = ?1",
	};
	size_t i;

	for (i = 0; i < logs->span_count; i++)
		if (logs->span[i].log == log)
			logs->span[i].log = 0; /* no log's */
	return run_for(logs, statements, COUNT(statements), log, err);
}

enum err
copy_log_forget(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		"DELETE FROM word WHERE log = ?1",
		"DELETE FROM mark WHERE log = ?1",
	};
	enum err rc = copy_log_forget_lines(logs, log, err);

	return rc == ERR_OK
	    ? run_for(logs, statements, COUNT(statements), log, err)
	    : rc;
}

enum err
copy_log_drop(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		"DELETE FROM heard WHERE log = ?1",
		"DELETE FROM log WHERE id = ?1",
	};
	enum err rc = copy_log_forget(logs, log, err);

	return rc == ERR_OK
	    ? run_for(logs, statements, COUNT(statements), log, err)
	    : rc;
}

enum err
copy_log_empty(struct post_logs *logs, int64_t log, struct errtext *err)
{
	static const char *const statements[] = {
		"UPDATE log SET size = 0, range = NULL, root = NULL,"
		" head = NULL, as_of = 0, first_time = 0, last_time = 0,"
		" history = NULL WHERE id = ?1",
	};

	return run_for(logs, statements, COUNT(statements), log, err);
}

/* --- the row ------------------------------------------------------------- */

/* One column of one row; nothing is appended for NULL. */
static enum err
read_column(struct post_logs *logs, const char *sql, const char *type,
    int64_t log, struct bytes *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store, sql, err);
	bool found;
	enum err rc;

	store_bind_int(stmt, 1, log);
	rc = row_next(logs->store, stmt, type, &found, err);
	if (!found)
		return rc == ERR_OK ? row_damaged(err) : rc;
	store_blob(stmt, 0, out);
	row_done(stmt);
	return out->failed ? err_memory(err) : rc;
}

enum err
copy_log_head(
    struct post_logs *logs, int64_t log, struct bytes *out, struct errtext *err)
{
	return read_column(
	    logs, "SELECT head FROM log WHERE id = ?1", "B", log, out, err);
}

enum err
copy_log_range(
    struct post_logs *logs, int64_t log, struct bytes *out, struct errtext *err)
{
	return read_column(
	    logs, "SELECT range FROM log WHERE id = ?1", "B", log, out, err);
}

enum err
copy_log_history(
    struct post_logs *logs, int64_t log, struct bytes *out, struct errtext *err)
{
	enum err rc = read_column(
	    logs, "SELECT history FROM log WHERE id = ?1", "t", log, out, err);

	if (rc == ERR_OK)
		bytes_add_byte(out, 0);
	return out->failed ? err_memory(err) : rc;
}

enum err
copy_log_save(struct post_logs *logs, int64_t log,
    const struct copy_log_state *state, struct errtext *err)
{
	const struct tree_range *range = state->range;
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "UPDATE log SET size = ?2, range = ?3, root = ?4, head = ?5,"
	    " as_of = ?6, first_time = ?7, last_time = ?8, history = ?9,"
	    " conflict = 0 WHERE id = ?1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, log);
	store_bind_int(stmt, 2, (int64_t)range->size);
	store_bind_blob(stmt, 3, range->node,
	    tree_range_count(range) * sizeof(range->node[0]));
	store_bind_blob(stmt, 4, state->root->at, sizeof(state->root->at));
	store_bind_blob(stmt, 5, state->note->at, state->note->len);
	store_bind_int(stmt, 6, state->as_of);
	store_bind_int(stmt, 7, state->first_time);
	store_bind_int(stmt, 8, state->last_time);
	store_bind_text(stmt, 9, state->history);
	rc = store_run(logs->store, stmt, err);
	return rc == ERR_OK ? copy_log_seal(logs, log, err) : rc;
}

enum err
copy_log_freeze(
    struct post_logs *logs, int64_t log, int64_t now, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "UPDATE log SET conflict = ?2 WHERE id = ?1 AND conflict = 0", err);
	enum err rc;

	store_bind_int(stmt, 1, log);
	store_bind_int(stmt, 2, now);
	rc = store_run(logs->store, stmt, err);
	return rc == ERR_OK ? copy_log_seal(logs, log, err) : rc;
}

enum err
copy_log_make_stale(struct post_logs *logs, int64_t log, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    logs->store, "UPDATE log SET history = NULL WHERE id = ?1", err);
	enum err rc;

	store_bind_int(stmt, 1, log);
	rc = store_run(logs->store, stmt, err);
	return rc == ERR_OK ? copy_log_seal(logs, log, err) : rc;
}

/* --- gaps, spans, the longest leap --------------------------------------- */

static enum err
put_part(struct post_logs *logs, const char *sql, int64_t log, int64_t place,
    int64_t first, int64_t last, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store, sql, err);

	store_bind_int(stmt, 1, log);
	store_bind_int(stmt, 2, place);
	store_bind_int(stmt, 3, first);
	store_bind_int(stmt, 4, last);
	return store_run(logs->store, stmt, err);
}

#define PUT_PART(kind)                                      \
	" INTO part (log, kind, place, first, last) VALUES" \
	" (?1, " kind ", ?2, ?3, ?4)"

enum err
copy_log_add_gap(
    struct post_logs *logs, const struct post_log_gap *gap, struct errtext *err)
{
	return put_part(logs, "INSERT" PUT_PART(PART_GAP), gap->log,
	    (int64_t)gap->line, gap->after, gap->before, err);
}

enum err
copy_log_set_span(struct post_logs *logs, const struct post_log_span *span,
    struct errtext *err)
{
	return put_part(logs, "INSERT OR REPLACE" PUT_PART(PART_SPAN),
	    span->log, span->year, span->first, span->last, err);
}

enum err
copy_log_set_leap(struct post_logs *logs, int64_t log, const struct leap *leap,
    struct errtext *err)
{
	return put_part(logs, "INSERT OR REPLACE" PUT_PART(PART_LEAP), log, 0,
	    leap->from, leap->to, err);
}
