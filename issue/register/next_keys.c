/*
 * next_keys.c - keys that wait, in the register: next_keys.h.
 */
#include "issue/register/next_keys.h"

#include "base/i18n.h"
#include "store/row.h"

#include <openssl/x509.h>

static bool
take(sqlite3_stmt *stmt, struct next_keys *out)
{
	struct bytes der = { 0 };
	const uint8_t *at;
	bool good;

	store_blob(stmt, 0, &der);
	at = der.at;
	good = at != NULL && row_blob(stmt, 1, out->log, sizeof(out->log)) &&
	    row_blob(stmt, 2, out->cosigner, sizeof(out->cosigner)) &&
	    (out->sign = d2i_PUBKEY(NULL, &at, (long)der.len)) != NULL &&
	    dsig_key_name(out->sign, out->key_name) == ERR_OK;
	bytes_free(&der);
	return good;
}

enum err
register_next_keys(
    struct registry *reg, struct next_keys *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT public_key, log_key, cosigner_key FROM next_keys", err);
	enum err rc;

	if (store_step(store, stmt, &rc, err))
		out->found = take(stmt, out);
	sqlite3_reset(stmt);
	return rc;
}

void
register_next_keys_clear(struct next_keys *next)
{
	EVP_PKEY_free(next->sign);
	*next = (struct next_keys){ 0 };
}

enum err
register_set_next_keys(struct registry *reg, const struct next_keys *next,
    int64_t now, struct errtext *err)
{
	struct store *store = register_store(reg);
	uint8_t *public = NULL;
	int len = i2d_PUBKEY(next->sign, &public);
	sqlite3_stmt *stmt;
	enum err rc;

	if (len <= 0)
		return err_openssl(
		    err, ERR_INTERNAL, _("the center's keys cannot be made"));
	stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO next_keys"
	    " (id, public_key, log_key, cosigner_key, made_at)"
	    " VALUES (1, ?1, ?2, ?3, ?4)",
	    err);
	store_bind_blob(stmt, 1, public, (size_t)len);
	store_bind_blob(stmt, 2, next->log, sizeof(next->log));
	store_bind_blob(stmt, 3, next->cosigner, sizeof(next->cosigner));
	store_bind_int(stmt, 4, now);
	rc = store_run(store, stmt, err);
	OPENSSL_free(public);
	return rc;
}

enum err
register_use_next_keys(struct registry *reg, struct errtext *err)
{
	struct store *store = register_store(reg);
	enum err rc = store_run(store,
	    store_prepare(store,
		"UPDATE center SET public_key = n.public_key,"
		" log_key = n.log_key, cosigner_key = n.cosigner_key"
		" FROM (SELECT * FROM next_keys) AS n",
		err),
	    err);

	return rc == ERR_OK
	    ? store_run(store,
		  store_prepare(store, "DELETE FROM next_keys", err), err)
	    : rc;
}
