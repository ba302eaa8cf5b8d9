/*
 * people_change.c - who joins, who leaves, who takes another passphrase:
 * people.h.
 */
#include "issue/register/people_rows.h"

#include "issue/register/register.h"

#include "base/i18n.h"
#include "log/entry.h"
#include "store/row.h"

#include <stdio.h>
#include <string.h>

/* --- keys of one's own --------------------------------------------------- */

/* What the register keeps of new keys. */
struct made {
	struct bytes sealed;
	uint8_t proof[CREDENTIAL_SIGNATURE_SIZE];
};

static enum err
make_keys(const char *center, const struct secret *passphrase,
    struct person *person, struct made *out, struct errtext *err)
{
	struct credential *credential = NULL;
	enum err rc;

	rc = credential_new(
	    person->code, passphrase, &out->sealed, &credential, err);
	if (rc == ERR_OK) {
		person->keys = *credential_public_of(credential);
		rc = people_sign_slot_key(
		    center, person, credential, out->proof, err);
	}
	credential_free(&credential);
	return rc;
}

static void
bind_keys(
    sqlite3_stmt *stmt, const struct person *person, const struct made *made)
{
	store_bind_blob(stmt, 2, person->keys.sign, sizeof(person->keys.sign));
	store_bind_blob(stmt, 3, person->keys.slot, sizeof(person->keys.slot));
	store_bind_blob(stmt, 4, made->sealed.at, made->sealed.len);
	store_bind_blob(stmt, 5, made->proof, sizeof(made->proof));
	store_bind_int(stmt, 6, person->must_change);
}

/* --- joining ------------------------------------------------------------- */

static enum err
insert_row(struct store *store, const struct person *person,
    const struct made *made, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO person (code, sign_key, slot_key, sealed,"
	    " slot_proof, must_change, role, founding, added_at, added_by,"
	    " removed_at, removed_by)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, '')",
	    err);

	store_bind_text(stmt, 1, person->code);
	bind_keys(stmt, person, made);
	store_bind_text(stmt, 7, people_role_name(person->role));
	store_bind_int(stmt, 8, person->founding);
	store_bind_int(stmt, 9, person->added_at);
	store_bind_text(stmt, 10, person->added_by);
	return store_run(store, stmt, err);
}

enum err
people_add(struct registry *reg, const char *center,
    const struct secret *passphrase, struct person *person, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct made made = { 0 };
	enum err rc;

	rc = make_keys(center, passphrase, person, &made, err);
	if (rc == ERR_OK)
		rc = insert_row(store, person, &made, err);
	bytes_free(&made.sealed);
	return rc;
}

enum err
people_new_keys(struct registry *reg, const char *center,
    const struct secret *passphrase, struct person *person, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct made made = { 0 };
	sqlite3_stmt *stmt;
	enum err rc;

	rc = make_keys(center, passphrase, person, &made, err);
	if (rc == ERR_OK) {
		stmt = store_prepare(store,
		    "UPDATE person SET sign_key = ?2, slot_key = ?3,"
		    " sealed = ?4, slot_proof = ?5, must_change = ?6,"
		    " slot = NULL WHERE code = ?1",
		    err);
		store_bind_text(stmt, 1, person->code);
		bind_keys(stmt, person, &made);
		rc = store_run(store, stmt, err);
	}
	bytes_free(&made.sealed);
	return rc;
}

/* --- leaving ------------------------------------------------------------- */

enum err
people_remove(
    struct registry *reg, const struct person *person, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE person SET sealed = NULL, slot = NULL, removed_at = ?2,"
	    " removed_by = ?3 WHERE code = ?1",
	    err);

	store_bind_text(stmt, 1, person->code);
	store_bind_int(stmt, 2, person->removed_at);
	store_bind_text(stmt, 3, person->removed_by);
	return store_run(store, stmt, err);
}

/* --- lines of another copy ----------------------------------------------- */

/* A row without sealed keys: who they are and nothing that opens. */
static enum err
insert_known(
    struct store *store, const struct log_entry *line, struct errtext *err)
{
	static const uint8_t none[32] = { 0 };
	sqlite3_stmt *stmt = store_prepare(store,
	    "INSERT OR REPLACE INTO person (code, sign_key, slot_key,"
	    " slot_proof, must_change, role, founding, added_at, added_by,"
	    " removed_at, removed_by)"
	    " VALUES (?1, ?2, ?3, x'', 1, ?4, 0, ?5, ?6, 0, '')",
	    err);
	enum role role;

	if (!people_role_of(person_role_letter(line->reason), &role)) {
		row_done(stmt);
		return err_set(err, ERR_DATA,
		    _("%s: the log gives this person no role"), line->ref);
	}
	store_bind_text(stmt, 1, line->ref);
	store_bind_blob(stmt, 2, line->person_key, sizeof(line->person_key));
	store_bind_blob(stmt, 3, none, sizeof(none));
	store_bind_text(stmt, 4, people_role_name(role));
	store_bind_int(stmt, 5, line->time);
	store_bind_text(stmt, 6, line->officer);
	return store_run(store, stmt, err);
}

static enum err
has_key(struct store *store, const char *code,
    const uint8_t key[PERSON_KEY_SIZE], bool *same, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM person WHERE code = ?1 AND sign_key = ?2"
	    " AND removed_at = 0",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, code);
	store_bind_blob(stmt, 2, key, PERSON_KEY_SIZE);
	rc = row_next(store, stmt, "i", same, err);
	row_done(stmt);
	return rc;
}

static enum err
drop_keys(
    struct store *store, const struct log_entry *line, struct errtext *err)
{
	sqlite3_stmt *stmt = store_prepare(store,
	    "UPDATE person SET sign_key = ?2, sealed = NULL, slot = NULL,"
	    " slot_proof = x'', must_change = 1 WHERE code = ?1",
	    err);

	store_bind_text(stmt, 1, line->ref);
	store_bind_blob(stmt, 2, line->person_key, sizeof(line->person_key));
	return store_run(store, stmt, err);
}

enum err
people_follow(struct registry *reg, const struct log_entry *line,
    const uint8_t *keep, struct errtext *err)
{
	struct store *store = register_store(reg);
	struct person person = { .removed_at = line->time };
	bool same = false;
	enum err rc = ERR_OK;

	if (keep != NULL)
		rc = has_key(store, line->ref, keep, &same, err);
	if (rc != ERR_OK || same)
		return rc;
	if (!line->has_person_key) {
		text_copy(person.code, sizeof(person.code), line->ref);
		text_copy(person.removed_by, sizeof(person.removed_by),
		    line->officer);
		return people_remove(reg, &person, err);
	}
	rc = has_key(store, line->ref, line->person_key, &same, err);
	if (rc != ERR_OK || same)
		return rc;
	return strcmp(line->reason, "KEY") == 0
	    ? drop_keys(store, line, err)
	    : insert_known(store, line, err);
}
