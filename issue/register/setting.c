/*
 * setting.c - the register's settings: setting.h.
 */
#include "issue/register/setting.h"

#include "base/file.h"
#include "store/row.h"
#include "store/sums.h"

#include <stdio.h>

enum err
register_setting(struct registry *reg, const char *name, struct bytes *out,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT value FROM setting WHERE name = ?1", err);
	bool found;
	enum err rc;

	bytes_reset(out);
	bytes_add_text(out, ""); /* a NUL to read, whatever happens */
	store_bind_text(stmt, 1, name);
	rc = row_next(store, stmt, "t", &found, err);
	if (found)
		bytes_add_text(out, store_text(stmt, 0));
	row_done(stmt);
	if (rc == ERR_OK && out->failed)
		rc = err_memory(err);
	return rc;
}

/* By name: it is asked for before each signature. */
enum err
register_settings_fit(struct registry *reg, bool *fit, struct errtext *err)
{
	struct store *store = register_store(reg);
	int64_t same = 0;
	enum err rc = row_number(store,
	    store_prepare(store,
		"SELECT coalesce(rows_sum(row_hash('setting', name, value)) ="
		" (SELECT sum FROM row_sum WHERE name = 'setting'), 0)"
		" FROM setting",
		err),
	    &same, err);

	*fit = rc == ERR_OK && same != 0;
	return rc;
}

enum err
register_set_setting(struct registry *reg, const char *name, const char *value,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    value == NULL ? "DELETE FROM setting WHERE name = ?1"
			  : "INSERT INTO setting (name, value) VALUES (?1, ?2)"
			    " ON CONFLICT (name) DO UPDATE SET value = ?2",
	    err);

	store_bind_text(stmt, 1, name);
	if (value != NULL)
		store_bind_text(stmt, 2, value);
	return store_run(store, stmt, err);
}

/* A guard's place is believed when there is such a file. */
static enum err
settle_guard(struct registry *reg, struct errtext *err)
{
	struct bytes path = { 0 };
	enum err rc = register_setting(reg, "guard", &path, err);

	if (rc == ERR_OK && path.len > 0 && !file_exists((char *)path.at))
		rc = register_set_setting(reg, "guard", NULL, err);
	bytes_free(&path);
	return rc;
}

/* Lines and heads prove themselves; that some are gone, two persons say. */
static enum err
settle_log(struct store *store, struct errtext *err)
{
	static const char *const tables[] = { "log_line", "log_hash",
		"log_head" };
	char sql[64];
	enum err rc = ERR_OK;

	for (size_t i = 0; i < 3 && rc == ERR_OK; i++) {
		snprintf(
		    sql, sizeof(sql), "SELECT sums_begin('%s')", tables[i]);
		rc = store_exec(store, sql, err);
	}
	return rc;
}

enum err
register_settle(struct registry *reg, struct errtext *err)
{
	struct store *store = register_store(reg);
	bool fits;
	enum err rc;

	if ((rc = settle_guard(reg, err)) != ERR_OK ||
	    (rc = store_exec(store,
		 "DELETE FROM setting WHERE name = 'guard-passed';"
		 " SELECT sums_begin('setting')",
		 err)) != ERR_OK ||
	    (rc = sums_fits(store, "log_head", &fits, err)) != ERR_OK ||
	    (!fits && (rc = settle_log(store, err)) != ERR_OK) ||
	    (rc = sums_fits(store, "log_seen", &fits, err)) != ERR_OK || fits)
		return rc;
	return store_exec(
	    store, "DELETE FROM log_seen; SELECT sums_begin('log_seen')", err);
}
