/*
 * login.c - who has standing, and proving who one is: login.h.
 */
#include "issue/center/login.h"

#include "issue/center/standing.h"
#include "issue/register/event.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* --- standing ------------------------------------------------------------ */

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

/* What the log says of a row; false: the row says something else. */
static bool
has_standing(const struct standing *standing, struct person *person)
{
	end_by_root(standing, person);
	text_copy(person->giver, sizeof(person->giver),
	    standing_giver(standing, person->code));
	person->must_change |= person->giver[0] != '\0';
	return agrees(standing, person);
}

/* Did a line that does not count make the row what it is? */
static bool
is_uncounted(
    const struct standing_uncounted *uncounted, const struct person *row)
{
	if (uncounted == NULL)
		return false;
	if (uncounted->why == UNCOUNTED_REMOVED)
		return row->removed_at != 0;
	return row->removed_at == 0 &&
	    uncounted->is.role == people_role_letter(row->role) &&
	    memcmp(uncounted->is.key, row->keys.sign, PERSON_KEY_SIZE) == 0;
}

/* What a line made of a row that does not count; NULL: none did. */
static const char *
tell_uncounted(const struct center *center, const struct person *row)
{
	static const char *const texts[] = {
		[UNCOUNTED_KEY] =
		    N_("this key was given, or changed, beside somebody whom "
		       "the program root had removed: it does not count. An "
		       "administrator and an approver give a new one "
		       "(sello-issue officer reset)"),
		[UNCOUNTED_ADDED] =
		    N_("somebody whom the program root had removed let this "
		       "person in: it does not count. An administrator and an "
		       "approver add them again (sello-issue officer add)"),
		[UNCOUNTED_REMOVED] =
		    N_("somebody whom the program root had removed sent this "
		       "person away: it does not count. An administrator and "
		       "an approver remove them again (sello-issue officer "
		       "remove)"),
	};
	const struct standing_uncounted *uncounted = center->standing == NULL
	    ? NULL
	    : standing_uncounted(center->standing, row->code);

	return is_uncounted(uncounted, row) ? _(texts[uncounted->why]) : NULL;
}

const char *
people_mismatch(const struct center *center, const struct person *row)
{
	const char *text = tell_uncounted(center, row);

	if (text != NULL)
		return text;
	if (center->standing->phase == STAFF_NAMED)
		return _("this person's role and key are not those that the "
			 "trust list has. If they changed after the request "
			 "was sent, give request.csr to the root custodian "
			 "once more");
	return _("this row of the roster is not what the log says of this "
		 "person; tell the auditor");
}

struct wanted {
	const struct standing *standing;
	struct person person;
	bool found, stands;
};

static bool
take_wanted(void *arg, const struct person *person, bool own)
{
	struct wanted *wanted = arg;

	wanted->person = *person;
	wanted->found = true;
	wanted->stands = has_standing(wanted->standing, &wanted->person) && own;
	return false;
}

enum err
people_find(struct center *center, const char *code, struct person *out,
    struct errtext *err)
{
	struct wanted wanted = { 0 };
	enum err rc = standing_now(center, &wanted.standing, err);

	if (rc == ERR_OK)
		rc = people_rows(center->reg, center->info.center, code,
		    take_wanted, &wanted, err);
	if (rc != ERR_OK)
		return rc;
	if (!wanted.found)
		return err_set(
		    err, ERR_NOT_FOUND, _("there is no person with this code"));
	if (!wanted.stands)
		return err_set(err, ERR_REFUSED, "%s: %s", code,
		    people_mismatch(center, &wanted.person));
	*out = wanted.person;
	return ERR_OK;
}

struct telling {
	const struct standing *standing;
	bool (*each)(void *arg, const struct person *person, bool attested);
	void *arg;
};

static bool
tell_one(void *arg, const struct person *row, bool own)
{
	const struct telling *telling = arg;
	struct person person = *row;
	bool stands = has_standing(telling->standing, &person);

	return telling->each(telling->arg, &person, stands && own);
}

enum err
people_each(struct center *center,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err)
{
	struct telling telling = { .each = each, .arg = arg };
	enum err rc = standing_now(center, &telling.standing, err);

	if (rc != ERR_OK)
		return rc;
	return people_rows(
	    center->reg, center->info.center, NULL, tell_one, &telling, err);
}

/* --- logging in ---------------------------------------------------------- */

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
	      "first (sello-issue passphrase --as %s)"),
	    person->code, options);
}

enum err
people_other_role(
    const struct person *person, unsigned roles, struct errtext *err)
{
	struct bytes who = { 0 };
	enum err rc;

	for (int role = 0; role < ROLE_COUNT; role++)
		if (ROLE_BIT(role) & roles)
			bytes_addf(&who, "%s%s", who.len > 0 ? ", " : "",
			    _(people_role_name((enum role)role)));
	rc = err_set(err, ERR_REFUSED,
	    _("%s may not do this with the role %s. Who does it: %s"),
	    person->code, _(people_role_name(person->role)),
	    who.len > 0 ? (const char *)who.at : "-");
	bytes_free(&who);
	return rc;
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
		return people_other_role(person, roles, err);
	*kind = "refused-no-keys";
	if (!person->has_keys)
		return err_set(err, ERR_REFUSED,
		    _("%s has no keys in this register, which was put back "
		      "from a copy. An administrator and an approver give new "
		      "ones (sello-issue officer reset %s)"),
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

	if ((rc = people_sealed(reg, person->code, &sealed, err)) != ERR_OK ||
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
