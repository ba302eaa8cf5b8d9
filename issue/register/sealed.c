/*
 * sealed.c - sealed keys and slots in the register: sealed.h.
 */
#include "issue/register/sealed.h"

#include "base/i18n.h"

/* --- sealed keys --------------------------------------------------------- */

enum err
register_sealed(struct registry *reg, const char *name, struct bytes *out,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT sealed FROM sealed_key WHERE name = ?1", err);
	enum err rc;

	store_bind_text(stmt, 1, name);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, out);
	else if (rc == ERR_OK)
		rc = err_set(err, ERR_CONFIG,
		    _("the center's key is missing in the register"));
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_set_sealed(struct registry *reg, const char *name,
    const struct bytes *sealed, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO sealed_key (name, sealed) VALUES (?1, ?2)"
	    " ON CONFLICT (name) DO UPDATE SET sealed = ?2",
	    err);

	store_bind_text(stmt, 1, name);
	store_bind_blob(stmt, 2, sealed->at, sealed->len);
	return store_run(store, stmt, err);
}

enum err
register_sealed_each(struct registry *reg,
    enum err (*each)(void *arg, const char *name, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT name FROM sealed_key", err);
	enum err rc;

	while (store_step(store, stmt, &rc, err))
		if ((rc = each(arg, store_text(stmt, 0), err)) != ERR_OK)
			break;
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_sealed_drop_others(struct registry *reg, const char *sign,
    const char *log, const char *cosigner, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "DELETE FROM sealed_key WHERE name NOT IN (?1, ?2, ?3)", err);

	store_bind_text(stmt, 1, sign);
	store_bind_text(stmt, 2, log);
	store_bind_text(stmt, 3, cosigner);
	return store_run(store, stmt, err);
}

/* --- slots --------------------------------------------------------------- */

enum err
register_slot(struct registry *reg, const char *code, struct bytes *out,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT slot FROM person WHERE code = ?1", err);
	enum err rc;

	store_bind_text(stmt, 1, code);
	if (store_step(store, stmt, &rc, err))
		store_blob(stmt, 0, out);
	sqlite3_reset(stmt);
	return rc;
}

enum err
register_set_slot(struct registry *reg, const char *code,
    const struct bytes *slot, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "UPDATE person SET slot = ?2 WHERE code = ?1", err);

	store_bind_text(stmt, 1, code);
	store_bind_blob(stmt, 2, slot->at, slot->len);
	return store_run(store, stmt, err);
}

enum err
register_drop_slots(struct registry *reg, struct errtext *err)
{
	struct store *store = register_store(reg);

	return store_run(store,
	    store_prepare(store,
		"UPDATE person SET slot = NULL WHERE slot IS NOT NULL", err),
	    err);
}

enum err
register_drop_founding_slots(struct registry *reg, struct errtext *err)
{
	struct store *store = register_store(reg);

	return store_run(store,
	    store_prepare(store,
		"UPDATE person SET slot = NULL"
		" WHERE founding = 1 AND slot IS NOT NULL AND EXISTS ("
		" SELECT 1 FROM person WHERE founding = 0"
		" AND slot IS NOT NULL)",
		err),
	    err);
}
