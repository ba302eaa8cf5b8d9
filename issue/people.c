/*
 * people.c - rows of the roster and proving who one is: people.h.
 */
#include "issue/people_rows.h"

#include "issue/center.h"
#include "issue/standing.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "store/row.h"

#include <stdio.h>
#include <string.h>

/* The columns of a person, in the order that take_row() expects. */
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

/* --- a person's word for the slot key --------------------------------------
 */

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
	    ? err_set(err, ERR_MEMORY, _("out of memory"))
	    : credential_sign(credential, text.at, text.len, out, err);
	bytes_free(&text);
	return rc;
}

bool
people_slot_key_is_own(const char *center, const struct person *person,
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

/* --- reading ---------------------------------------------------------------
 */

/* Role and key are those of the roster; who was removed is not on it. */
static bool
agrees(const struct standing *standing, const struct person *person)
{
	const struct trust_person *is =
	    trust_roster_find(&standing->persons, person->code);

	if (person->removed_at != 0)
		return is == NULL;
	return is != NULL && is->role == people_role_letter(person->role) &&
	    memcmp(is->key, person->keys.sign, sizeof(is->key)) == 0;
}

/* Removed by the root: there may be no line of it, and no row says so. */
static void
end_by_root(const struct standing *standing, struct person *person)
{
	const struct trust_removed *removed = NULL;

	if (standing->phase == STAFF_BEGUN && person->removed_at == 0 &&
	    trust_roster_find(&standing->persons, person->code) == NULL)
		removed = trust_find_removed(standing->listed, person->code);
	if (removed != NULL)
		person->removed_at = removed->since;
}

/* False for a row without standing, or that no program of ours wrote. */
static bool
take_row(sqlite3_stmt *stmt, const struct center *center,
    const struct standing *standing, struct person *out)
{
	uint8_t proof[CREDENTIAL_SIGNATURE_SIZE];
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
	end_by_root(standing, &person);
	text_copy(person.giver, sizeof(person.giver),
	    standing_giver(standing, person.code));
	person.must_change |= person.giver[0] != '\0';
	*out = person;
	if (!agrees(standing, &person))
		return false;
	/* nothing is ever made with the slot key of who has no sealed keys */
	if (!person.has_keys)
		return !person.has_slot;
	return row_blob(stmt, 10, proof, sizeof(proof)) &&
	    people_slot_key_is_own(center->info.center, &person, proof);
}

static enum err
refuse_row(
    const struct standing *standing, const char *code, struct errtext *err)
{
	if (standing->phase == STAFF_NAMED)
		return err_set(err, ERR_REFUSED,
		    _("%s: this person's role and key are not those that the "
		      "trust list has. If they changed after the request was "
		      "sent, give request.csr to the root custodian once more"),
		    code);
	return err_set(err, ERR_REFUSED,
	    _("%s: this row of the roster is not what the log says of this "
	      "person; tell the auditor"),
	    code);
}

enum err
people_find(struct center *center, const char *code, struct person *out,
    struct errtext *err)
{
	struct store *store = register_store(center->reg);
	const struct standing *standing;
	struct person person = { 0 };
	sqlite3_stmt *stmt;
	bool found;
	enum err rc;

	if ((rc = standing_now(center, &standing, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(store, "SELECT " COLUMNS "WHERE code = ?1", err);
	store_bind_text(stmt, 1, code);
	rc = row_next(store, stmt, TYPES, &found, err);
	if (found) {
		if (!take_row(stmt, center, standing, &person))
			rc = refuse_row(standing, code, err);
		if (rc == ERR_OK)
			*out = person;
	} else if (rc == ERR_OK)
		rc = err_set(
		    err, ERR_NOT_FOUND, _("there is no person with this code"));
	row_done(stmt);
	return rc;
}

enum err
people_each(struct center *center,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err)
{
	struct store *store = register_store(center->reg);
	const struct standing *standing;
	struct person person;
	sqlite3_stmt *stmt;
	bool attested, found;
	enum err rc;

	if ((rc = standing_now(center, &standing, err)) != ERR_OK)
		return rc;
	stmt = store_prepare(store, "SELECT " COLUMNS "ORDER BY code", err);
	while ((rc = row_next(store, stmt, TYPES, &found, err)) == ERR_OK &&
	    found) {
		person = (struct person){ 0 };
		attested = take_row(stmt, center, standing, &person);
		if (!each(arg, &person, attested))
			break;
	}
	row_done(stmt);
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

enum err
people_change_first(
    struct center *center, const struct person *person, struct errtext *err)
{
	char options[PERSON_CODE_SIZE + sizeof(" --second CODE")];
	const struct standing *standing;
	enum err rc = standing_now(center, &standing, err);

	if (rc != ERR_OK)
		return rc;
	snprintf(options, sizeof(options), "%s%s", person->code,
	    standing->phase == STAFF_FOUNDING ? "" : " --second CODE");
	return err_set(err, ERR_REFUSED,
	    _("somebody else typed the passphrase of %s. Change it "
	      "first: sello-issue passphrase --as %s"),
	    person->code, options);
}

/* Someone who may not act is told so before a passphrase is tried. */
static enum err
check_may_act(struct center *center, const struct person *person,
    unsigned roles, const char **kind, struct errtext *err)
{
	*kind = "refused-removed";
	if (person->removed_at != 0)
		return err_set(
		    err, ERR_REFUSED, _("%s was removed"), person->code);
	*kind = "refused-role";
	if ((ROLE_BIT(person->role) & roles) == 0)
		return err_set(err, ERR_REFUSED,
		    _("%s may not do this: it is not for a person with the "
		      "role %s"),
		    person->code, _(people_role_name(person->role)));
	*kind = "refused-no-keys";
	if (!person->has_keys)
		return err_set(err, ERR_REFUSED,
		    _("%s has no keys in this register, which was put back "
		      "from a copy. An administrator and an approver give new "
		      "ones: sello-issue officer reset %s"),
		    person->code, person->code);
	*kind = "refused-unchanged";
	return person->must_change && (roles & ROLE_UNCHANGED) == 0
	    ? people_change_first(center, person, err)
	    : ERR_OK;
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
	/* the public keys of the roster, not some other pair, are this person's
	 */
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

const char *
people_code_rule(void)
{
	return _("a person is named by a code, never by a name: 4 to 12 "
		 "characters of A-Z and 0-9");
}

enum err
people_expect(struct center *center, const char *code, unsigned roles,
    struct person *out, struct errtext *err)
{
	struct person person = { 0 };
	const char *kind = "refused-person";
	enum err rc;

	rc = people_find(center, code, &person, err);
	if (rc == ERR_NOT_FOUND)
		rc = ERR_REFUSED;
	if (rc == ERR_OK)
		rc = check_may_act(center, &person, roles, &kind, err);
	/* what was typed is recorded only if it is somebody's code: it may
	 * have been a passphrase in the wrong place */
	if (rc == ERR_REFUSED)
		register_event(center->reg, clock_now(), kind, person.code, "");
	if (rc == ERR_OK)
		*out = person;
	return rc;
}

enum err
people_login(struct center *center, const char *code,
    const struct secret *passphrase, unsigned roles, struct person *out,
    struct errtext *err)
{
	struct person person = { 0 };
	enum err rc = people_expect(center, code, roles, &person, err);

	if (rc != ERR_OK)
		return rc;
	rc = open_credential(center->reg, passphrase, &person, err);
	if (rc == ERR_OK) {
		*out = person;
		return ERR_OK;
	}
	if (rc == ERR_REFUSED)
		register_event(center->reg, clock_now(), "refused-passphrase",
		    person.code, "");
	people_clear(&person);
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
	if ((rc = load_sealed(reg, code, &sealed, err)) == ERR_OK)
		*out = credential_open(code, sealed.at, sealed.len, passphrase,
			   &credential, NULL) == ERR_OK;
	credential_free(&credential);
	bytes_free(&sealed);
	return rc;
}

void
people_clear(struct person *person)
{
	credential_free(&person->credential);
	*person = (struct person){ 0 };
}
