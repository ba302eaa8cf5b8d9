/*
 * check.c - is a database whole: store.h.
 */
#include "store/store.h"

#include "base/i18n.h"
#include "store/disk.h"
#include "store/rowsum.h"
#include "store/store_inner.h"

#include <string.h>

enum err
store_check(struct store *store, struct errtext *err)
{
	return store_pragma_check(store, "PRAGMA integrity_check(1)", err);
}

/* What the disk did not give is a line of its answer, like any other damage. */
enum err
store_pragma_check(struct store *store, const char *pragma, struct errtext *err)
{
	unsigned long before = disk_refusals();
	sqlite3_stmt *stmt = store_prepare(store, pragma, err);
	bool good = false;
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		good = strcmp(store_text(stmt, 0), "ok") == 0;
	if (rc != ERR_OK || good)
		return rc;
	return disk_refusals() != before
	    ? store_unread(err)
	    : err_set(err, ERR_DATA, _("the database is damaged"));
}

#define OBJECTS "SELECT type, name, tbl_name, sql FROM sqlite_schema"

/* Is what `stmt` shows there, where `has` asks? */
static bool
is_pristine(sqlite3_stmt *stmt, sqlite3_stmt *has)
{
	bool found;
	int i;

	sqlite3_reset(has);
	for (i = 0; i < 4; i++)
		sqlite3_bind_value(has, i + 1, sqlite3_column_value(stmt, i));
	found = sqlite3_step(has) == SQLITE_ROW;
	sqlite3_reset(has);
	return found;
}

static enum err
compare_schema(struct store *store, sqlite3 *pristine, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store, OBJECTS, err), *has = NULL;
	const char *const *schema = store_schema(store);
	enum err rc = ERR_OK;
	bool same = true;
	size_t i;

	for (i = 0; schema[i] != NULL; i++)
		if (sqlite3_exec(pristine, schema[i], NULL, NULL, NULL) !=
		    SQLITE_OK)
			return err_memory(err);
	if (sqlite3_prepare_v2(pristine,
		OBJECTS " WHERE type IS ?1 AND name IS ?2 AND tbl_name IS ?3"
			" AND sql IS ?4",
		-1, &has, NULL) != SQLITE_OK)
		return err_memory(err);
	while (same && store_step(store, stmt, &rc, err))
		same = is_pristine(stmt, has);
	sqlite3_reset(stmt);
	sqlite3_finalize(has);
	return rc == ERR_OK && !same
	    ? err_set(err, ERR_DATA, _("the database is damaged"))
	    : rc;
}

enum err
store_check_schema(struct store *store, struct errtext *err)
{
	sqlite3 *pristine = NULL;
	enum err rc = ERR_MEMORY;

	if (sqlite3_open(":memory:", &pristine) == SQLITE_OK &&
	    rowsum_register(pristine) == SQLITE_OK)
		rc = compare_schema(store, pristine, err);
	else
		err_memory(err);
	sqlite3_close(pristine);
	return rc;
}
