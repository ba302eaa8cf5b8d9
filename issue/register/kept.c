/*
 * kept.c - backups in the register: kept.h.
 */
#include "issue/register/kept.h"

#include "store/row.h"

enum err
register_add_backup(
    struct registry *reg, int64_t at, const char *path, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO backup (at, path) SELECT ?1, ?2 WHERE NOT EXISTS"
	    " (SELECT 1 FROM backup WHERE path = ?2 AND at = ?1)",
	    err);

	store_bind_int(stmt, 1, at);
	store_bind_text(stmt, 2, path);
	return store_run(store, stmt, err);
}

enum err
register_backup_each(struct registry *reg,
    bool (*each)(void *arg, int64_t at, const char *path), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT at, path FROM backup ORDER BY at, id", err);
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		if (!each(arg, store_int(stmt, 0), store_text(stmt, 1)))
			break;
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_last_backup(struct registry *reg, int64_t *at, struct errtext *err)
{
	struct store *store = register_store(reg);

	/* the newest row: a clock that ran ahead once may have dated one later */
	return row_number(store,
	    store_prepare(store,
		"SELECT coalesce((SELECT at FROM backup ORDER BY id DESC"
		" LIMIT 1), 0)",
		err),
	    at, err);
}
