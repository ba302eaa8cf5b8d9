/*
 * staff.c - who joins and who leaves: staff.h.
 */
#include "issue/staff.h"

#include "issue/logbook.h"
#include "issue/rekey.h"
#include "issue/rollback.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

enum err
staff_begin(struct staff_act *act, struct errtext *err)
{
	const struct person *holder = act->second ? act->second : act->admin;
	enum err rc;

	if (act->second == NULL && !act->admin->has_slot)
		rc = err_set(err, ERR_REFUSED,
		    _("an approver must stand beside the administrator: give "
		      "--second CODE"));
	else
		rc = rekey_open(act->center, holder, &act->ring, NULL, err);
	if (rc == ERR_REFUSED)
		register_event(act->center->reg, act->now, "refused-alone",
		    act->admin->code, "");
	return rc;
}

void
staff_end(struct staff_act *act)
{
	keyring_close(&act->ring);
}

/*
 * The change's line, in its own transaction. While the list does not name the
 * center, and while its certificate or its clock keep it from signing, the
 * change is made all the same: who must go must go now. The line is owed then
 * and entered before anything else is. A log that was set back (ERR_CONFIG
 * from rollback_check, with what is wrong) keeps everything as it is; but for
 * a register without a line, of before its log: its founder is alone, and the
 * two persons of `recover` must come from somewhere.
 */
static enum err
enter(struct staff_act *act, struct logbook *book, struct errtext *err)
{
	const struct logbook_act who = { .center = act->center,
		.ring = &act->ring,
		.actor = act->admin->code,
		.second = act->second != NULL ? act->second->code : "",
		.now = act->now,
		.confirmed = act->confirmed };
	const struct center_signing signing = { .now = act->now,
		.two_persons = act->second != NULL,
		.confirmed = act->confirmed };
	unsigned generation;
	bool stale;
	enum err rc = register_log_newest(act->center->reg, &generation, err);

	if (rc != ERR_OK)
		return rc;
	rc = rollback_check(act->center, NULL, err);
	if (rc == ERR_CONFIG &&
	    (act->center->listed == NULL || generation == 0))
		return ERR_OK;
	if (rc != ERR_OK)
		return rc;
	rc = logbook_check(act->center, &signing, &stale, NULL);
	if (rc == ERR_CONFIG)
		return ERR_OK;
	if ((rc = logbook_begin(&who, book, err)) == ERR_OK)
		rc = logbook_end(book, err);
	return rc;
}

static enum err
commit(struct staff_act *act, struct errtext *err)
{
	struct logbook book = { .center = NULL };
	enum err rc = enter(act, &book, err);

	if (rc == ERR_OK)
		rc = register_commit(act->center->reg, err);
	if (rc == ERR_OK && book.center != NULL)
		rc = logbook_done(&book, err);
	logbook_clear(&book);
	return rc;
}

/* --- joining ---------------------------------------------------------------
 */

static enum err
insert(struct staff_act *act, struct person *person,
    const struct secret *passphrase, struct errtext *err)
{
	struct registry *reg = act->center->reg;
	const char *center = act->center->info.center;
	enum err rc;

	if ((rc = register_begin(reg, err)) != ERR_OK)
		return rc;
	rc = people_add(reg, center, act->ring.sign, passphrase, person, err);
	if (rc == ERR_OK && person->role == ROLE_APPROVER)
		rc = keyring_give(reg, center, &act->ring, person, err);
	if (rc == ERR_OK)
		rc = commit(act, err);
	register_rollback(reg);
	return rc;
}

enum err
staff_add(struct staff_act *act, const char *code, enum role role,
    const struct secret *passphrase, struct errtext *err)
{
	struct person person = { .role = role, .added_at = act->now };
	enum err rc;

	if (!people_is_code(code))
		return err_set(err, ERR_DATA,
		    _("a person's code is 4 to 12 characters of A-Z and 0-9, "
		      "never a name"));
	snprintf(person.code, sizeof(person.code), "%s", code);
	snprintf(
	    person.added_by, sizeof(person.added_by), "%s", act->admin->code);
	rc = insert(act, &person, passphrase, err);
	if (rc == ERR_OK)
		register_event(act->center->reg, act->now, "person-added",
		    act->admin->code, code);
	return rc;
}

/* --- leaving ---------------------------------------------------------------
 */

/*
 * Since nobody removes themselves and who acts has a role, the last
 * administrator and the last person who can open the keys always stay.
 */
static enum err
check_leaving(struct staff_act *act, const char *code, struct person *person,
    struct errtext *err)
{
	enum err rc;

	if (strcmp(code, act->admin->code) == 0 ||
	    (act->second != NULL && strcmp(code, act->second->code) == 0))
		return err_set(err, ERR_REFUSED,
		    _("nobody removes themselves; add another person with "
		      "this role, who then does it"));
	rc = people_find(act->center->reg, act->center->info.center,
	    act->center->key, code, person, err);
	if (rc != ERR_OK)
		return rc;
	if (person->removed_at != 0)
		return err_set(
		    err, ERR_DATA, _("%s was removed before"), person->code);
	return ERR_OK;
}

static enum err
erase(struct staff_act *act, const struct person *person, struct errtext *err)
{
	struct center *center = act->center;
	enum err rc;

	if ((rc = register_begin(center->reg, err)) != ERR_OK)
		return rc;
	rc = people_remove(
	    center->reg, center->info.center, act->ring.sign, person, err);
	if (rc == ERR_OK)
		rc = keyring_renew(center, &act->ring, person->code, err);
	if (rc == ERR_OK)
		rc = commit(act, err);
	register_rollback(center->reg);
	/* also when only the guard failed: the slot is gone then, too */
	register_purge(center->reg);
	return rc;
}

enum err
staff_remove(struct staff_act *act, const char *code, bool *rekey_due,
    struct errtext *err)
{
	struct person person = { 0 };
	enum err rc;

	if ((rc = check_leaving(act, code, &person, err)) == ERR_REFUSED)
		register_event(act->center->reg, act->now, "refused-removal",
		    act->admin->code, person.code);
	if (rc != ERR_OK)
		return rc;
	person.removed_at = act->now;
	snprintf(person.removed_by, sizeof(person.removed_by), "%s",
	    act->admin->code);
	if ((rc = erase(act, &person, err)) != ERR_OK)
		return rc;
	register_event(act->center->reg, act->now, "person-removed",
	    act->admin->code, person.code);
	*rekey_due = person.has_slot;
	return ERR_OK;
}
