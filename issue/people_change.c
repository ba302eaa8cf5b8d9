/*
 * people_change.c - who joins, who leaves, who takes another passphrase:
 * people.h.
 */
#include "issue/attestation.h"
#include "issue/register_log.h"

#include "base/i18n.h"
#include "store/row.h"

#include <stdio.h>

static enum err
check_unused(struct store *store, const char *code, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM person WHERE code = ?1"
	    " UNION ALL SELECT 1 FROM setting WHERE name = 'code-' || ?1",
	    err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, code);
	rc = row_next(store, stmt, "i", &found, err);
	if (found)
		rc = err_set(err, ERR_EXISTS,
		    _("%s: this code was given to a person before; give each "
		      "person a code of their own"),
		    code);
	sqlite3_reset(stmt);
	return rc;
}

static enum err
insert_row(struct store *store, const struct person *person,
    const struct bytes *sealed, const uint8_t *attestation, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT INTO person (code, role, founding, sign_key, slot_key,"
	    " sealed, added_at, added_by, removed_at, removed_by,"
	    " attestation)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, '', ?9)",
	    err);

	store_bind_text(stmt, 1, person->code);
	store_bind_text(stmt, 2, people_role_name(person->role));
	store_bind_int(stmt, 3, person->founding);
	store_bind_blob(stmt, 4, person->keys.sign, sizeof(person->keys.sign));
	store_bind_blob(stmt, 5, person->keys.slot, sizeof(person->keys.slot));
	store_bind_blob(stmt, 6, sealed->at, sealed->len);
	store_bind_int(stmt, 7, person->added_at);
	store_bind_text(stmt, 8, person->added_by);
	store_bind_blob(stmt, 9, attestation, DSIG_SIGNATURE_SIZE);
	return store_run(store, stmt, err);
}

enum err
people_add(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct secret *passphrase, struct person *person, struct errtext *err)
{
	uint8_t attestation[DSIG_SIGNATURE_SIZE];
	struct store *store = register_store(reg);
	struct bytes sealed = { 0 };
	enum err rc;

	if ((rc = check_unused(store, person->code, err)) != ERR_OK ||
	    (rc = credential_new(person->code, passphrase, &person->keys,
		 &sealed, err)) != ERR_OK ||
	    (rc = attestation_make(center, person, key, attestation, err)) !=
		ERR_OK)
		goto out;
	rc = insert_row(store, person, &sealed, attestation, err);
out:
	bytes_free(&sealed);
	return rc;
}

enum err
people_reserve(struct registry *reg, const char *code, struct errtext *err)
{
	char name[sizeof("code-") + PERSON_CODE_SIZE];

	snprintf(name, sizeof(name), "code-%s", code);
	return register_set_setting(reg, name, "1", err);
}

enum err
people_remove(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct person *person, struct errtext *err)
{
	uint8_t attestation[DSIG_SIGNATURE_SIZE];
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	enum err rc;

	rc = attestation_make(center, person, key, attestation, err);
	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(store,
	    "UPDATE person SET sealed = NULL, slot = NULL, removed_at = ?2,"
	    " removed_by = ?3, attestation = ?4 WHERE code = ?1",
	    err);
	store_bind_text(stmt, 1, person->code);
	store_bind_int(stmt, 2, person->removed_at);
	store_bind_text(stmt, 3, person->removed_by);
	store_bind_blob(stmt, 4, attestation, sizeof(attestation));
	return store_run(store, stmt, err);
}

enum err
people_attest(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct person *person, struct errtext *err)
{
	uint8_t attestation[DSIG_SIGNATURE_SIZE];
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt;
	enum err rc;

	rc = attestation_make(center, person, key, attestation, err);
	if (rc != ERR_OK)
		return rc;
	stmt = store_prepare(
	    store, "UPDATE person SET attestation = ?2 WHERE code = ?1", err);
	store_bind_text(stmt, 1, person->code);
	store_bind_blob(stmt, 2, attestation, sizeof(attestation));
	return store_run(store, stmt, err);
}

enum err
people_owed(struct registry *reg, bool *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM person WHERE (removed_at = 0 AND logged = 0)"
	    " OR (removed_at <> 0 AND logged = 1) LIMIT 1",
	    err);
	enum err rc;

	rc = row_next(store, stmt, "i", out, err);
	row_done(stmt);
	return rc;
}

enum err
people_set_logged(
    struct registry *reg, const char *code, int logged, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "UPDATE person SET logged = ?2 WHERE code = ?1", err);

	store_bind_text(stmt, 1, code);
	store_bind_int(stmt, 2, logged);
	return store_run(store, stmt, err);
}

enum err
people_reseal(struct registry *reg, const struct person *person,
    const struct secret *passphrase, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct credential_public public;
	struct bytes sealed = { 0 };
	sqlite3_stmt *stmt;
	enum err rc;

	rc = credential_new(person->code, passphrase, &public, &sealed, err);
	if (rc == ERR_OK) {
		stmt = store_prepare(store,
		    "UPDATE person SET sealed = ?2, sign_key = ?3,"
		    " slot_key = ?4 WHERE code = ?1",
		    err);
		store_bind_text(stmt, 1, person->code);
		store_bind_blob(stmt, 2, sealed.at, sealed.len);
		store_bind_blob(stmt, 3, public.sign, sizeof(public.sign));
		store_bind_blob(stmt, 4, public.slot, sizeof(public.slot));
		rc = store_run(store, stmt, err);
	}
	bytes_free(&sealed);
	return rc;
}
