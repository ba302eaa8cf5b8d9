/*
 * people.c - rows of the roster: people.h.
 */
#include "issue/register/people_rows.h"

#include "issue/register/register.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "store/row.h"

#include <string.h>

/* The columns of a person, in the order that read_row() expects. */
#define COLUMNS                                                       \
	"code, role, founding, sign_key, slot_key, slot IS NOT NULL," \
	" added_at, added_by, removed_at, removed_by, slot_proof,"    \
	" must_change, sealed IS NOT NULL"                            \
	" FROM person "

#define TYPES "ttibbiititbii"

static const char *const role_name[ROLE_COUNT] = { N_("drafter"),
	N_("approver"), N_("administrator") };
static const char role_letter[ROLE_COUNT + 1] = "DAM";

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

char
people_role_letter(enum role role)
{
	return role_letter[role];
}

bool
people_role_of(char letter, enum role *out)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (role_letter[i] == letter) {
			*out = (enum role)i;
			return true;
		}
	return false;
}

/* --- a person's word for the slot key ------------------------------------ */

static void
write_slot_key(
    const char *center, const struct person *person, struct bytes *out)
{
	bytes_addf(out, "sello-slot-key/v1\n%s\n%s\n", center, person->code);
	hex_encode(person->keys.slot, sizeof(person->keys.slot), out);
	bytes_add_byte(out, '\n');
}

enum err
people_sign_slot_key(const char *center, const struct person *person,
    const struct credential *credential, uint8_t out[CREDENTIAL_SIGNATURE_SIZE],
    struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc;

	write_slot_key(center, person, &text);
	rc = text.failed
	    ? err_memory(err)
	    : credential_sign(credential, text.at, text.len, out, err);
	bytes_free(&text);
	return rc;
}

static bool
is_own_slot_key(const char *center, const struct person *person,
    const uint8_t signature[CREDENTIAL_SIGNATURE_SIZE])
{
	struct bytes text = { 0 };
	bool good;

	write_slot_key(center, person, &text);
	good = !text.failed &&
	    credential_verify(person->keys.sign, text.at, text.len, signature);
	bytes_free(&text);
	return good;
}

/* --- reading ------------------------------------------------------------- */

/* False for a row that no program of ours wrote. */
static bool
read_row(sqlite3_stmt *stmt, struct person *out)
{
	struct person person = {
		.founding = store_int(stmt, 2) != 0,
		.has_slot = store_int(stmt, 5) != 0,
		.added_at = store_int(stmt, 6),
		.removed_at = store_int(stmt, 8),
		.must_change = store_int(stmt, 11) != 0,
		.has_keys = store_int(stmt, 12) != 0,
	};

	if (!row_text(stmt, 0, person.code, sizeof(person.code)) ||
	    !people_role_find(store_text(stmt, 1), &person.role) ||
	    !row_blob(stmt, 3, person.keys.sign, sizeof(person.keys.sign)) ||
	    !row_blob(stmt, 4, person.keys.slot, sizeof(person.keys.slot)) ||
	    !row_text(stmt, 7, person.added_by, sizeof(person.added_by)) ||
	    !row_text(stmt, 9, person.removed_by, sizeof(person.removed_by)))
		return false;
	*out = person;
	return true;
}

/* Nothing is ever made with the slot key of who has no sealed keys. */
static bool
is_own(sqlite3_stmt *stmt, const char *center, const struct person *person)
{
	uint8_t proof[CREDENTIAL_SIGNATURE_SIZE];

	if (!person->has_keys)
		return !person->has_slot;
	return row_blob(stmt, 10, proof, sizeof(proof)) &&
	    is_own_slot_key(center, person, proof);
}

enum err
people_rows(struct registry *reg, const char *center, const char *code,
    bool (*each)(void *arg, const struct person *person, bool own), void *arg,
    struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT " COLUMNS "WHERE ?1 IS NULL OR code = ?1 ORDER BY code",
	    err);
	struct person person;
	bool found, own;
	enum err rc;

	if (code != NULL)
		store_bind_text(stmt, 1, code);
	while ((rc = row_next(store, stmt, TYPES, &found, err)) == ERR_OK &&
	    found) {
		person = (struct person){ 0 };
		own = read_row(stmt, &person) && is_own(stmt, center, &person);
		if (memory_ran_out()) { /* which is no word on whose it is */
			rc = err_memory(err);
			break;
		}
		if (!each(arg, &person, own))
			break;
	}
	row_done(stmt);
	return rc;
}

/* --- sealed keys --------------------------------------------------------- */

enum err
people_sealed(struct registry *reg, const char *code, struct bytes *sealed,
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

enum err
people_opens(struct registry *reg, const char *code,
    const struct secret *passphrase, bool *out, struct errtext *err)
{
	struct credential *credential = NULL;
	struct bytes sealed = { 0 };
	enum err rc;

	*out = false;
	if ((rc = people_sealed(reg, code, &sealed, err)) == ERR_OK)
		*out = credential_open(code, sealed.at, sealed.len, passphrase,
			   &credential, NULL) == ERR_OK;
	credential_free(&credential);
	bytes_free(&sealed);
	return rc;
}

const char *
people_code_rule(void)
{
	return _("a person is named by a code, never by a name: 4 to 12 "
		 "characters of A-Z and 0-9");
}

void
people_clear(struct person *person)
{
	credential_free(&person->credential);
	*person = (struct person){ 0 };
}

enum err
people_present(struct registry *reg,
    enum err (*each)(
	void *arg, const struct trust_person *person, struct errtext *err),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT code, role, sign_key FROM person WHERE removed_at = 0"
	    " ORDER BY code",
	    err);
	bool found;
	enum err rc;

	while ((rc = row_next(store, stmt, "ttb", &found, err)) == ERR_OK &&
	    found) {
		struct trust_person person = { 0 };
		enum role role;

		if (!row_text(stmt, 0, person.code, sizeof(person.code)) ||
		    !people_role_find(store_text(stmt, 1), &role) ||
		    !row_blob(stmt, 2, person.key, sizeof(person.key))) {
			rc = row_damaged(err);
			break;
		}
		person.role = people_role_letter(role);
		if ((rc = each(arg, &person, err)) != ERR_OK)
			break;
	}
	row_done(stmt);
	return rc;
}

enum err
people_is_present(struct registry *reg, const struct trust_person *person,
    bool *is, struct errtext *err)
{
	struct store *store = register_store(reg);
	sqlite3_stmt *stmt = store_prepare(store,
	    "SELECT 1 FROM person WHERE code = ?1 AND sign_key = ?2"
	    " AND removed_at = 0",
	    err);
	enum err rc;

	store_bind_text(stmt, 1, person->code);
	store_bind_blob(stmt, 2, person->key, sizeof(person->key));
	rc = row_next(store, stmt, "i", is, err);
	row_done(stmt);
	return rc;
}
