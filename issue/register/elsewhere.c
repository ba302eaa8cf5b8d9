/*
 * elsewhere.c - issue/register/elsewhere.h.
 */
#include "issue/register/elsewhere.h"

#include "base/i18n.h"
#include "store/row.h"

enum err
register_log_seen_add(struct registry *reg, const struct log_seen *seen,
    const char *source, int64_t at, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO log_seen (generation, size, root, source, at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
	    err);

	store_bind_int(stmt, 1, seen->generation);
	store_bind_int(stmt, 2, (int64_t)seen->size);
	store_bind_blob(stmt, 3, seen->root.at, TREE_HASH_SIZE);
	store_bind_text(stmt, 4, source);
	store_bind_int(stmt, 5, at);
	return store_run(store, stmt, err);
}

enum err
register_log_seen_each(struct registry *reg,
    enum err (*each)(void *arg, const struct log_seen *seen, const char *source,
	struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT generation, size, root, source FROM log_seen"
	    " ORDER BY generation, size",
	    err);
	struct log_seen seen;
	bool found;
	enum err rc;

	while ((rc = row_next(store, stmt, "iibt", &found, err)) == ERR_OK &&
	    found) {
		if (!row_blob(stmt, 2, seen.root.at, TREE_HASH_SIZE)) {
			rc = err_set(err, ERR_DATA,
			    _("the log's rows in the register are damaged; sign "
			      "nothing, run check, restore a backup"));
			break;
		}
		seen.generation = (unsigned)store_int(stmt, 0);
		seen.size = (uint64_t)store_int(stmt, 1);
		rc = each(arg, &seen, store_text(stmt, 3), err);
		if (rc != ERR_OK)
			break;
	}
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_log_is_place(
    struct registry *reg, const char *path, bool *known, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT 1 FROM log_place WHERE path = ?1", err);
	enum err rc;

	store_bind_text(stmt, 1, path);
	rc = row_next(store, stmt, "i", known, err);
	row_done(stmt);
	return rc;
}

/* Mostly it is known, and whoever signs meanwhile is not kept waiting. */
enum err
register_log_published(
    struct registry *reg, const char *path, int64_t at, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	bool known;
	enum err rc = register_log_is_place(reg, path, &known, err);

	if (rc != ERR_OK || known)
		return rc;
	stmt = store_prepare(store,
	    "INSERT INTO log_place (path, at) VALUES (?1, ?2)"
	    " ON CONFLICT (path) DO NOTHING",
	    err);
	store_bind_text(stmt, 1, path);
	store_bind_int(stmt, 2, at);
	return store_run(store, stmt, err);
}

enum err
register_log_place_each(struct registry *reg,
    enum err (*each)(void *arg, const char *path, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT path FROM log_place ORDER BY at DESC, path", err);
	bool found;
	enum err rc;

	while (
	    (rc = row_next(store, stmt, "t", &found, err)) == ERR_OK && found)
		if ((rc = each(arg, store_text(stmt, 0), err)) != ERR_OK)
			break;
	sqlite3_reset(stmt);
	return rc;
}
