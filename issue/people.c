/*
 * people.c - the roster and proving who one is: people.h.
 */
#include "issue/people.h"

#include "issue/attestation.h"
#include "issue/center.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/row.h"

#include <string.h>

/* The columns of a person, in the order that take_row() expects. */
#define COLUMNS                                                       \
	"code, role, founding, sign_key, slot_key, slot IS NOT NULL," \
	" added_at, added_by, removed_at, removed_by, attestation,"   \
	" logged"                                                     \
	" FROM person "

#define TYPES "ttibbiititbi"

static const char *const role_name[ROLE_COUNT] = { N_("drafter"),
	N_("approver"), N_("administrator") };

bool
people_is_code(const char *text)
{
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return text[len] == '\0' && len >= 4 && len < PERSON_CODE_SIZE;
}

const char *
people_role_name(enum role role)
{
	return role_name[role];
}

bool
people_role_find(const char *name, enum role *out)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (strcmp(role_name[i], name) == 0) {
			*out = (enum role)i;
			return true;
		}
	return false;
}

/* --- reading ---------------------------------------------------------------
 */

static bool
take_blob(sqlite3_stmt *stmt, int column, uint8_t *out, size_t len)
{
	struct bytes blob = { 0 };
	bool fits;

	store_blob(stmt, column, &blob);
	fits = blob.len == len;
	if (fits)
		memcpy(out, blob.at, len);
	bytes_free(&blob);
	return fits;
}

/* False for a row that no program of ours wrote, attested or not. */
static bool
take_row(
    sqlite3_stmt *stmt, const char *center, EVP_PKEY *key, struct person *out)
{
	uint8_t signature[DSIG_SIGNATURE_SIZE];
	struct person person = {
		.founding = store_int(stmt, 2) != 0,
		.has_slot = store_int(stmt, 5) != 0,
		.added_at = store_int(stmt, 6),
		.removed_at = store_int(stmt, 8),
		.logged = (int)store_int(stmt, 11),
	};

	if (!text_copy(person.code, PERSON_CODE_SIZE, store_text(stmt, 0)) ||
	    !people_role_find(store_text(stmt, 1), &person.role) ||
	    !take_blob(stmt, 3, person.keys.sign, sizeof(person.keys.sign)) ||
	    !take_blob(stmt, 4, person.keys.slot, sizeof(person.keys.slot)) ||
	    !text_copy(
		person.added_by, PERSON_CODE_SIZE, store_text(stmt, 7)) ||
	    !text_copy(
		person.removed_by, PERSON_CODE_SIZE, store_text(stmt, 9)))
		return false;
	*out = person;
	return take_blob(stmt, 10, signature, sizeof(signature)) &&
	    attestation_is_good(center, &person, key, signature);
}

enum err
people_find(struct registry *reg, const char *center, EVP_PKEY *key,
    const char *code, struct person *out, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT " COLUMNS "WHERE code = ?1", err);
	struct person person = { 0 };
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, code);
	rc = row_next(store, stmt, TYPES, &found, err);
	if (found) {
		if (take_row(stmt, center, key, &person))
			*out = person;
		else
			rc = err_set(err, ERR_REFUSED,
			    _("%s: this row of the roster was not signed by "
			      "the center; tell the auditor"),
			    store_text(stmt, 0));
	} else if (rc == ERR_OK)
		rc = err_set(
		    err, ERR_NOT_FOUND, _("there is no person with this code"));
	sqlite3_reset(stmt);
	return rc;
}

enum err
people_each(struct registry *reg, const char *center, EVP_PKEY *key,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT " COLUMNS "ORDER BY code", err);
	struct person person;
	bool attested, found;
	enum err rc;

	while ((rc = row_next(store, stmt, TYPES, &found, err)) == ERR_OK &&
	    found) {
		person = (struct person){ 0 };
		attested = take_row(stmt, center, key, &person);
		if (!each(arg, &person, attested))
			break;
	}
	sqlite3_reset(stmt);
	return rc;
}

/* --- logging in ------------------------------------------------------------
 */

static enum err
load_sealed(struct registry *reg, const char *code, struct bytes *sealed,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(
	    store, "SELECT sealed FROM person WHERE code = ?1", err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, code);
	rc = row_next(store, stmt, "B", &found, err);
	if (found)
		store_blob(stmt, 0, sealed);
	row_done(stmt);
	return rc;
}

/* Someone who may not act is told so before a passphrase is tried. */
static enum err
check_standing(const struct person *person, unsigned roles, const char **kind,
    struct errtext *err)
{
	if (person->removed_at != 0) {
		*kind = "refused-removed";
		return err_set(
		    err, ERR_REFUSED, _("%s was removed"), person->code);
	}
	if ((ROLE_BIT(person->role) & roles) == 0) {
		*kind = "refused-role";
		return err_set(err, ERR_REFUSED,
		    _("%s may not do this: it is not for a person with the "
		      "role %s"),
		    person->code, _(people_role_name(person->role)));
	}
	return ERR_OK;
}

static enum err
open_credential(struct registry *reg, const struct secret *passphrase,
    struct person *person, struct errtext *err)
{
	struct bytes sealed = { 0 };
	const struct credential_public *own;
	enum err rc;

	if ((rc = load_sealed(reg, person->code, &sealed, err)) != ERR_OK ||
	    (rc = credential_open(person->code, sealed.at, sealed.len,
		 passphrase, &person->credential, err)) != ERR_OK)
		goto out;
	/* the attested public keys, not some other pair, are this person's */
	own = credential_public_of(person->credential);
	if (memcmp(own->sign, person->keys.sign, sizeof(own->sign)) != 0 ||
	    memcmp(own->slot, person->keys.slot, sizeof(own->slot)) != 0)
		rc = err_set(err, ERR_REFUSED,
		    _("%s: the stored keys are another person's; tell the "
		      "auditor"),
		    person->code);
out:
	bytes_free(&sealed);
	return rc;
}

enum err
people_login(struct center *center, const char *code,
    const struct secret *passphrase, unsigned roles, struct person *out,
    struct errtext *err)
{
	struct person person = { 0 };
	const char *kind = "refused-person";
	enum err rc;

	rc = people_find(
	    center->reg, center->info.center, center->key, code, &person, err);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_REFUSED;
	if (rc == ERR_OK)
		rc = check_standing(&person, roles, &kind, err);
	if (rc == ERR_OK) {
		kind = "refused-passphrase";
		rc = open_credential(center->reg, passphrase, &person, err);
	}
	if (rc == ERR_OK) {
		*out = person;
		return ERR_OK;
	}
	/* what was typed is recorded only if it is somebody's code: it may
	 * have been a passphrase in the wrong place */
	if (rc == ERR_REFUSED)
		register_event(center->reg, clock_now(), kind, person.code, "");
	people_clear(&person);
	return rc;
}

void
people_clear(struct person *person)
{
	credential_free(&person->credential);
	*person = (struct person){ 0 };
}
