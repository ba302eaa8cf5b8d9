/*
 * copy_waiting.c - copy_waiting.h.
 */
#include "verify/post/copy_waiting.h"

#include "store/row.h"
#include "verify/post/copy_schema.h"

#define COLUMNS "id, size, root, note, source, sum = " HEARD_SUM

enum err
copy_waiting_count(struct post_logs *logs, const struct post_log *log,
    int64_t *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    logs->store, "SELECT count(*) FROM heard WHERE log = ?1", err);

	store_bind_int(stmt, 1, log->id);
	return row_number(logs->store, stmt, out, err);
}

enum err
copy_waiting_has(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, bool *has, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT 1 FROM heard WHERE log = ?1 AND size = ?2 AND root = ?3"
	    " AND sum = " HEARD_SUM " LIMIT 1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	rc = row_next(logs->store, stmt, "i", has, err);
	row_done(stmt);
	return rc;
}

enum err
copy_waiting_longest(struct post_logs *logs, const struct post_log *log,
    int64_t *id, uint64_t *size, bool *found, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT id, size FROM heard WHERE log = ?1"
	    " ORDER BY size DESC, id LIMIT 1",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	rc = row_next(logs->store, stmt, "ii", found, err);
	if (*found) {
		*id = store_int(stmt, 0);
		*size = (uint64_t)store_int(stmt, 1);
	}
	row_done(stmt);
	return rc;
}

/* --- changing ------------------------------------------------------------ */

enum err
copy_waiting_add(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, const void *note, size_t len,
    const char *from, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "INSERT INTO heard (log, size, root, note, source, sum)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, " HEARD_SUM_OF(
		"?1", "?2", "?3", "?4", "?5") ")",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	store_bind_blob(stmt, 4, note, len);
	store_bind_text(stmt, 5, from);
	return store_run(logs->store, stmt, err);
}

enum err
copy_waiting_drop(struct post_logs *logs, int64_t id, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(logs->store, "DELETE FROM heard WHERE id = ?1", err);

	store_bind_int(stmt, 1, id);
	return store_run(logs->store, stmt, err);
}

enum err
copy_waiting_drop_all(
    struct post_logs *logs, const struct post_log *log, struct errtext *err)
{
	sqlite3_stmt *stmt =
	    store_prepare(logs->store, "DELETE FROM heard WHERE log = ?1", err);

	store_bind_int(stmt, 1, log->id);
	return store_run(logs->store, stmt, err);
}

/* --- one after the other ------------------------------------------------- */

static enum err
read_row(struct post_logs *logs, sqlite3_stmt *stmt, struct copy_waiting *out,
    bool *found, struct errtext *err)
{
	bool good;
	enum err rc = row_next(logs->store, stmt, "iibbti", found, err);

	if (!*found)
		return rc;
	bytes_reset(&out->note);
	out->id = store_int(stmt, 0);
	out->size = (uint64_t)store_int(stmt, 1);
	good = row_blob(stmt, 2, out->root.at, sizeof(out->root.at)) &&
	    store_int(stmt, 5) != 0;
	store_blob(stmt, 3, &out->note);
	err_set(&out->from, ERR_OK, "%s", store_text(stmt, 4));
	row_done(stmt);
	if (out->note.failed)
		return err_memory(err);
	return good ? ERR_OK : row_damaged(err);
}

enum err
copy_waiting_other(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, struct copy_waiting *out, bool *found,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT " COLUMNS " FROM heard"
	    " WHERE log = ?1 AND size = ?2 AND root <> ?3 LIMIT 1",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)head->size);
	store_bind_blob(stmt, 3, head->root.at, sizeof(head->root.at));
	return read_row(logs, stmt, out, found, err);
}

enum err
copy_waiting_next(struct post_logs *logs, const struct post_log *log,
    uint64_t size, struct copy_waiting *out, bool *found, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT " COLUMNS " FROM heard"
	    " WHERE log = ?1 AND size <= ?2 AND id > ?3 ORDER BY id LIMIT 1",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_int(stmt, 3, out->id);
	return read_row(logs, stmt, out, found, err);
}
