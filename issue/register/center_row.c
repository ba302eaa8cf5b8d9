/*
 * center_row.c - the center's own row: center_row.h.
 */
#include "issue/register/center_row.h"

#include "base/bytes.h"
#include "base/i18n.h"
#include "store/row.h"

#include <openssl/x509.h>
#include <string.h>

/* --- reading ------------------------------------------------------------- */

static bool
take_public(sqlite3_stmt *stmt, int column, EVP_PKEY **out)
{
	struct bytes der = { 0 };
	const uint8_t *at;

	store_blob(stmt, column, &der);
	at = der.at;
	if (at != NULL)
		*out = d2i_PUBKEY(NULL, &at, (long)der.len);
	bytes_free(&der);
	return *out != NULL;
}

static bool
take_row(sqlite3_stmt *stmt, struct center_row *row)
{
	struct center_info *info = &row->info;

	row->list_sequence = (uint64_t)store_int(stmt, 9);
	return text_copy(
		   info->center, sizeof(info->center), store_text(stmt, 0)) &&
	    text_copy(info->name, sizeof(info->name), store_text(stmt, 1)) &&
	    text_copy(
		info->country, sizeof(info->country), store_text(stmt, 2)) &&
	    text_copy(
		info->timezone, sizeof(info->timezone), store_text(stmt, 3)) &&
	    text_copy(
		info->hotline, sizeof(info->hotline), store_text(stmt, 4)) &&
	    row_blob(stmt, 5, info->root, sizeof(info->root)) &&
	    take_public(stmt, 6, &row->key) &&
	    row_blob(stmt, 7, info->log_key, sizeof(info->log_key)) &&
	    row_blob(stmt, 8, info->cosigner_key, sizeof(info->cosigner_key)) &&
	    dsig_key_name(row->key, row->key_name) == ERR_OK;
}

enum err
center_row_read(
    struct registry *reg, struct center_row *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT code, name, country, timezone, hotline, root, public_key,"
	    " log_key, cosigner_key, list_sequence FROM center",
	    err);
	bool found;
	enum err rc;

	rc = row_next(store, stmt, "tttttbbbbi", &found, err);
	if (found) {
		if (!take_row(stmt, out))
			rc = err_set(err, ERR_DATA,
			    _("the center's row in the register is damaged; "
			      "restore a backup"));
	} else if (rc == ERR_OK)
		rc = err_set(err, ERR_CONFIG,
		    _("the register was never set up; make a home with "
		      "init"));
	sqlite3_reset(stmt);
	return rc;
}

enum err
center_row_is(struct registry *reg, EVP_PKEY *key, const uint8_t log_key[32],
    uint64_t list_sequence, bool *same, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT public_key, log_key, list_sequence FROM center", err);
	uint8_t log_now[32];
	EVP_PKEY *now = NULL;
	bool found;
	enum err rc = row_next(store, stmt, "bbi", &found, err);

	*same = found && take_public(stmt, 0, &now) &&
	    EVP_PKEY_eq(now, key) == 1 &&
	    row_blob(stmt, 1, log_now, sizeof(log_now)) &&
	    memcmp(log_now, log_key, sizeof(log_now)) == 0 &&
	    (uint64_t)store_int(stmt, 2) == list_sequence;
	EVP_PKEY_free(now);
	sqlite3_reset(stmt);
	return rc;
}

enum err
center_row_code(
    struct registry *reg, char out[LETTER_CENTER_SIZE], struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT code FROM center", err);
	bool good = false;
	enum err rc;

	if (store_step(store, stmt, &rc, err))
		good = text_copy(out, LETTER_CENTER_SIZE, store_text(stmt, 0));
	sqlite3_reset(stmt);
	if (rc == ERR_OK && !good)
		rc = err_set(err, ERR_DATA, _("no center in it"));
	return rc;
}

/* --- writing ------------------------------------------------------------- */

enum err
center_row_insert(struct registry *reg, const struct center_info *info,
    EVP_PKEY *key, int64_t now, struct errtext *err)
{
	struct store *store = register_store(reg);
	uint8_t *public = NULL;
	int len = i2d_PUBKEY(key, &public);
	sqlite3_stmt *stmt;
	enum err rc;

	if (len <= 0)
		return err_openssl(
		    err, ERR_INTERNAL, _("the center's keys cannot be made"));
	stmt = store_prepare(store,
	    "INSERT INTO center (id, code, name, country, timezone, hotline,"
	    " root, public_key, log_key, cosigner_key, list_sequence,"
	    " created_at)"
	    " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10)",
	    err);
	store_bind_text(stmt, 1, info->center);
	store_bind_text(stmt, 2, info->name);
	store_bind_text(stmt, 3, info->country);
	store_bind_text(stmt, 4, info->timezone);
	store_bind_text(stmt, 5, info->hotline);
	store_bind_blob(stmt, 6, info->root, sizeof(info->root));
	store_bind_blob(stmt, 7, public, (size_t)len);
	store_bind_blob(stmt, 8, info->log_key, sizeof(info->log_key));
	store_bind_blob(
	    stmt, 9, info->cosigner_key, sizeof(info->cosigner_key));
	store_bind_int(stmt, 10, now);
	rc = store_run(store, stmt, err);
	OPENSSL_free(public);
	return rc;
}

enum err
center_row_took_list(
    struct registry *reg, uint64_t sequence, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE center SET list_sequence = max(list_sequence, ?1)", err);

	store_bind_int(stmt, 1, (int64_t)sequence);
	return store_run(store, stmt, err);
}
