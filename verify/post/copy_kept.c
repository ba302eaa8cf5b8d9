/*
 * copy_kept.c - copy_kept.h.
 */
#include "verify/post/copy_kept.h"

#include "base/clock.h"
#include "store/row.h"
#include "verify/post/copy_schema.h"

#define HOUR 3600

/* Every mark of the last days is kept; then one an hour, then one a day. A
 * theft is noticed after days, and a mark between the last sync and the theft
 * is what its evidence hangs on. */
#define ALL_DAYS   7
#define HOURS_DAYS 60
#define WINDOW     (30 * CLOCK_DAY) /* looked through for old marks */

enum err
copy_kept_root(struct post_logs *logs, const struct post_log *log,
    uint64_t size, bool *known, struct tree_hash *root, struct errtext *err)
{
	struct store *store = logs->store;
	struct tree_hash got;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT root, sum = " PROOF_SUM " FROM proof"
	    " WHERE log = ?1 AND size = ?2 UNION ALL"
	    " SELECT root, sum = " MARK_SUM " FROM mark"
	    " WHERE log = ?1 AND size = ?2 LIMIT 1",
	    err);
	bool good;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	rc = row_next(store, stmt, "bi", known, err);
	if (!*known)
		return rc;
	good = row_blob(stmt, 0, got.at, sizeof(got.at)) &&
	    store_int(stmt, 1) != 0;
	row_done(stmt);
	if (!good)
		return row_damaged(err);
	*root = got;
	return ERR_OK;
}

enum err
copy_kept_next(struct post_logs *logs, const struct post_log *log,
    uint64_t size, int64_t *at, struct checkpoint *out, bool *found,
    struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT at, size, root, sum = " MARK_SUM " FROM mark"
	    " WHERE log = ?1 AND size <= ?2 AND at > ?3 ORDER BY at LIMIT 1",
	    err);
	bool good;
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_int(stmt, 3, *at);
	rc = row_next(store, stmt, "iibi", found, err);
	if (!*found)
		return rc;
	*at = store_int(stmt, 0);
	out->size = (uint64_t)store_int(stmt, 1);
	good = row_blob(stmt, 2, out->root.at, sizeof(out->root.at)) &&
	    store_int(stmt, 3) != 0;
	row_done(stmt);
	return good ? ERR_OK : row_damaged(err);
}

/* Size and last line of one row, if its sum fits. */
static enum err
read_kept(struct post_logs *logs, sqlite3_stmt *stmt, struct copy_kept *out,
    struct errtext *err)
{
	enum err rc;

	*out = (struct copy_kept){ .found = false };
	rc = row_next(logs->store, stmt, "iii", &out->found, err);
	if (!out->found)
		return rc;
	out->size = (uint64_t)store_int(stmt, 0);
	out->last_time = store_int(stmt, 1);
	out->found = store_int(stmt, 2) != 0;
	row_done(stmt);
	return out->found ? ERR_OK : row_damaged(err);
}

enum err
copy_kept_before(struct post_logs *logs, const struct post_log *log,
    int64_t before, struct copy_kept *out, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT size, last_time, sum = " MARK_SUM
	    " FROM mark WHERE log = ?1 AND at < ?2"
	    " ORDER BY size DESC, at DESC LIMIT 1",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, before);
	return read_kept(logs, stmt, out, err);
}

/* --- accepted ------------------------------------------------------------ */

enum err
copy_kept_pin(struct post_logs *logs, const struct post_log *log, int64_t since,
    struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE mark SET kept = 1, sum = " MARK_SUM_OF("log", "at", "size",
		"root", "last_time",
		"1") " WHERE log = ?1 AND kept = 0 AND sum = " MARK_SUM
		     " AND at ="
		     " (SELECT at FROM mark WHERE log = ?1 AND at < ?2"
		     " ORDER BY size DESC, at DESC LIMIT 1)",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, since);
	return store_run(store, stmt, err);
}

/* Of those before `until`, only the last of each span, or a longer one; only
 * those that become old now are looked at: the others were done then. */
static enum err
thin(struct post_logs *logs, const struct post_log *log, int64_t until,
    int64_t span, struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "DELETE FROM mark WHERE log = ?1 AND at >= ?2 AND at < ?3"
	    " AND kept = 0 AND EXISTS (SELECT 1 FROM mark AS later"
	    " WHERE later.log = mark.log AND later.at > mark.at"
	    " AND later.size >= mark.size"
	    " AND later.at < (mark.at / ?4 + 1) * ?4)",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, until - WINDOW);
	store_bind_int(stmt, 3, until);
	store_bind_int(stmt, 4, span);
	return store_run(store, stmt, err);
}

enum err
copy_kept_add(struct post_logs *logs, const struct post_log *log,
    const struct checkpoint *head, int64_t last_time, int64_t at,
    struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO mark (log, at, size, root, last_time, kept, sum)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, 0, " MARK_SUM_OF("?1", "?2", "?3",
		"?4", "?5",
		"0") ") ON CONFLICT (log, at)"
		     " DO UPDATE SET size = excluded.size, root = excluded.root,"
		     " last_time = excluded.last_time, kept = 0, sum = excluded.sum"
		     " WHERE excluded.size >= mark.size",
	    err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, at);
	store_bind_int(stmt, 3, (int64_t)head->size);
	store_bind_blob(stmt, 4, head->root.at, sizeof(head->root.at));
	store_bind_int(stmt, 5, last_time);
	if ((rc = store_run(store, stmt, err)) != ERR_OK ||
	    (rc = thin(logs, log, at - ALL_DAYS * CLOCK_DAY, HOUR, err)) !=
		ERR_OK)
		return rc;
	return thin(logs, log, at - HOURS_DAYS * CLOCK_DAY, CLOCK_DAY, err);
}

enum err
copy_kept_drop_behind(struct post_logs *logs, const struct post_log *log,
    uint64_t size, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(
	    logs->store, "DELETE FROM mark WHERE log = ?1 AND size > ?2", err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	return store_run(logs->store, stmt, err);
}

enum err
copy_kept_lower(struct post_logs *logs, const struct post_log *log,
    int64_t time, struct errtext *err)
{
	static const char *const sql[] = {
		"UPDATE mark SET last_time = ?2,"
		" sum = " MARK_SUM_OF("mark.log", "mark.at", "mark.size",
		    "mark.root", "?2",
		    "mark.kept") " WHERE log = ?1 AND last_time > ?2 AND sum = " MARK_SUM,
		"UPDATE proof SET last_time = ?2,"
		" sum = " PROOF_SUM_OF("proof.log", "proof.size", "proof.root",
		    "?2") " WHERE log = ?1 AND last_time > ?2 AND sum = " PROOF_SUM,
	};
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < sizeof(sql) / sizeof(sql[0]) && rc == ERR_OK; i++) {
		sqlite3_stmt *stmt = store_prepare(logs->store, sql[i], err);

		store_bind_int(stmt, 1, log->id);
		store_bind_int(stmt, 2, time);
		rc = store_run(logs->store, stmt, err);
	}
	return rc;
}

/* --- named by the root --------------------------------------------------- */

/* The newest letter before that line: the last line is no earlier, so the
 * evidence covers at least that much. A letter of a wrong clock says nothing
 * of when the head was signed. */
enum err
copy_named_add(struct post_logs *logs, const struct post_log *log,
    uint64_t size, const struct tree_hash *root, struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR IGNORE INTO proof (log, size, root, last_time, sum)"
	    " SELECT ?1, ?2, ?3, newest, " PROOF_SUM_OF("?1", "?2", "?3",
		"newest") " FROM (SELECT coalesce(max(issued_at), 0) AS newest FROM letter"
			  " WHERE key >= ?4 AND key < ?5 AND line < ?2"
			  " AND NOT EXISTS (SELECT 1 FROM part WHERE part.log = ?1"
			  " AND part.kind = " PART_GAP
			  " AND part.place > letter.line"
			  " AND part.last < part.first"
			  " AND part.last < issued_at)"
			  " AND " LETTER_FITS("?6") ")",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_blob(stmt, 3, root->at, sizeof(root->at));
	store_bind_int(stmt, 4, post_log_key(log->id, 0, 0));
	store_bind_int(stmt, 5, post_log_key(log->id + 1, 0, 0));
	store_bind_blob(stmt, 6, log->owner, sizeof(log->owner));
	return store_run(store, stmt, err);
}

enum err
copy_named_has(struct post_logs *logs, const struct post_log *log,
    uint64_t size, bool *found, struct errtext *err)
{
	struct store *store = logs->store;
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT 1 FROM proof WHERE log = ?1 AND size = ?2", err);
	enum err rc;

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	rc = row_next(store, stmt, "i", found, err);
	row_done(stmt);
	return rc;
}

enum err
copy_named_find(struct post_logs *logs, const struct post_log *log,
    uint64_t size, const uint8_t root[32], struct copy_kept *out,
    struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "SELECT size, last_time, sum = " PROOF_SUM " FROM proof"
	    " WHERE log = ?1 AND size = ?2 AND root = ?3",
	    err);

	store_bind_int(stmt, 1, log->id);
	store_bind_int(stmt, 2, (int64_t)size);
	store_bind_blob(stmt, 3, root, 32);
	return read_kept(logs, stmt, out, err);
}
