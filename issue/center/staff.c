/*
 * staff.c - who joins, who leaves, who takes new keys: staff.h.
 */
#include "issue/center/staff.h"

#include "issue/center/files.h"
#include "issue/center/login.h"
#include "issue/center/standing.h"
#include "issue/register/event.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* --- may they? ----------------------------------------------------------- */

static enum err
refuse_alone(const struct act *act, enum err rc)
{
	if (rc == ERR_REFUSED)
		register_event(act->center->reg, act->now, "refused-alone",
		    act->actor.code, "");
	return rc;
}

static enum err
check_act(struct act *act, struct errtext *err)
{
	const struct standing *standing;
	enum err rc = standing_now(act->center, &standing, err);

	if (rc != ERR_OK)
		return rc;
	if (standing_is_founding(act->center) && !act->actor.founding)
		rc = err_set(err, ERR_REFUSED,
		    _("until a trust list names the center, the founder alone "
		      "changes the staff"));
	else if (!standing_is_founding(act->center) && act_second(act) == NULL)
		rc = err_set(err, ERR_REFUSED,
		    _("an approver must stand beside the administrator "
		      "(--second CODE)"));
	return refuse_alone(act, rc);
}

enum err
staff_open(struct act *act, struct errtext *err)
{
	enum err rc = check_act(act, err);

	return rc == ERR_OK ? refuse_alone(act, act_open(act, err)) : rc;
}

/* Codes of those who can open the center's keys, for a sentence. */
struct holders {
	const char *giver; /* who is no witness */
	struct bytes codes;
};

static bool
add_holder(void *arg, const struct person *person, bool attested)
{
	struct holders *holders = arg;
	struct bytes *codes = &holders->codes;

	if (attested && person->has_slot && !person->must_change &&
	    strcmp(person->code, holders->giver) != 0)
		bytes_addf(
		    codes, "%s%s", codes->len > 0 ? ", " : "", person->code);
	return codes->len < 200;
}

static enum err
ask_for_witness(struct act *act, struct errtext *err)
{
	struct holders holders = { .giver = act->actor.giver };
	struct bytes *codes = &holders.codes;
	enum err rc = people_each(act->center, add_holder, &holders, err);

	if (rc == ERR_OK)
		rc = err_set(err, ERR_REFUSED,
		    act_second(act) == NULL
			? _("another person must stand beside and see it "
			    "(--second CODE). One of the two must be able to "
			    "open the center's keys: %s")
			: _("neither of these two can open the center's keys; "
			    "let one of these stand beside: %s"),
		    codes->len > 0 ? (const char *)codes->at : "-");
	bytes_free(codes);
	return rc;
}

/* Who gave the key may know it, and would be both of the two. */
static bool
is_giver(const struct act *act)
{
	return act_second(act) != NULL &&
	    strcmp(act->second.code, act->actor.giver) == 0;
}

enum err
staff_check_own(struct act *act, struct errtext *err)
{
	const struct standing *standing;
	enum err rc = standing_now(act->center, &standing, err);

	if (rc != ERR_OK)
		return rc;
	if (is_giver(act))
		rc = err_set(err, ERR_REFUSED,
		    _("%s set this passphrase, so somebody else must be beside "
		      "you (--second CODE)"),
		    act->second.code);
	else if (act_holder(act) == NULL ||
	    (!standing_is_founding(act->center) && act_second(act) == NULL))
		rc = ask_for_witness(act, err);
	return refuse_alone(act, rc);
}

enum err
staff_open_own(struct act *act, struct errtext *err)
{
	enum err rc = staff_check_own(act, err);

	return rc == ERR_OK ? refuse_alone(act, act_open(act, err)) : rc;
}

enum err
staff_look_new(
    const struct act *act, const struct secret *passphrase, struct errtext *err)
{
	bool same = false;
	enum err rc = people_opens(
	    act->center->reg, act->actor.code, passphrase, &same, err);

	if (rc != ERR_OK || !same)
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("this is the old passphrase: who knows it can use your key as "
	      "well; choose another one"));
}

/* --- one transaction ----------------------------------------------------- */

static enum err
begin(struct act *act, struct errtext *err)
{
	return standing_is_founding(act->center)
	    ? register_begin(act->center->reg, err)
	    : act_begin(act, act->now, err);
}

/* In the beginning of a later log nobody is taken for the giver of a key
 * (ledger/roster.h). So that is over before a key is given. */
static enum err
end_beginning(
    struct act *act, const struct log_entry *line, struct errtext *err)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };

	if (act->book.history.generation == 1 ||
	    act->book.history.roster.phase != ROSTER_ENTERING ||
	    person_role_letter(line->reason) == '\0')
		return ERR_OK;
	return logbook_add(act, &close, err);
}

/*
 * The line of it, if the log speaks already.
 *
 *   word  a role, KEY or REMOVED
 *   key   the one from here on, or the present one of who leaves
 */
static enum err
enter(struct act *act, const char *code, const char *word,
    const uint8_t key[PERSON_KEY_SIZE], struct errtext *err)
{
	struct log_entry line = { .kind = ENTRY_STAFF, .has_digest = true };
	enum err rc;

	if (standing_is_founding(act->center))
		return ERR_OK;
	text_copy(line.ref, sizeof(line.ref), code);
	text_copy(line.reason, sizeof(line.reason), word);
	line.has_person_key = strcmp(word, "REMOVED") != 0;
	if (line.has_person_key)
		memcpy(line.person_key, key, sizeof(line.person_key));
	person_key_digest(key, line.digest);
	if ((rc = end_beginning(act, &line, err)) != ERR_OK)
		return rc;
	return logbook_add(act, &line, err);
}

/* Everybody with their present keys; in the list they will be the first
 * roster. */
static enum err
ask_root(struct act *act, struct errtext *err)
{
	const struct standing *standing;
	enum err rc = standing_now(act->center, &standing, err);

	return rc != ERR_OK
	    ? rc
	    : center_write_request(act->center->home, act->ring.sign,
		  &act->center->info, &standing->persons, err);
}

static enum err
finish(struct act *act, struct errtext *err)
{
	enum err rc;

	if (!standing_is_founding(act->center))
		return act_commit(act, err);
	rc = ask_root(act, err);
	return rc == ERR_OK ? register_commit(act->center->reg, err) : rc;
}

/* Also when only the guard failed: what was erased is gone then, too. */
static void
end(struct act *act)
{
	act_rollback(act);
	register_purge(act->center->reg);
}

/* Slots for whom the role needs them; while the center is founded, for
 * everybody: each writes the request with the own new key. */
static enum err
give(struct act *act, const struct person *person, struct errtext *err)
{
	if (!standing_is_founding(act->center) && person->role != ROLE_APPROVER)
		return ERR_OK;
	return keyring_give(act->center->reg, act->center->info.center,
	    &act->ring, person, err);
}

static void
note(struct act *act, const char *kind, const char *code)
{
	register_event(act->center->reg, act->now, kind, act->actor.code, code);
}

/* --- joining ------------------------------------------------------------- */

static enum err
check_free(struct act *act, const char *code, struct errtext *err)
{
	const struct standing *standing;
	const struct standing_uncounted *uncounted;
	struct person person = { 0 };
	enum err rc;

	if (!person_is_code(code))
		return err_set(err, ERR_USAGE, "%s", people_code_rule());
	if ((rc = standing_now(act->center, &standing, err)) != ERR_OK)
		return rc;
	uncounted = standing_uncounted(standing, code);
	if (uncounted != NULL && uncounted->why != UNCOUNTED_ADDED &&
	    people_find(act->center, code, &person, err) == ERR_REFUSED)
		return ERR_REFUSED; /* in what way they come back */
	people_clear(&person);
	if (trust_roster_find(&standing->persons, code) != NULL)
		rc = err_set(err, ERR_EXISTS,
		    _("%s: somebody has this code; give each person a code of "
		      "their own"),
		    code);
	return rc;
}

enum err
staff_add(struct act *act, const char *code, enum role role,
    const struct secret *passphrase, struct person *made, struct errtext *err)
{
	struct person person = {
		.role = role, .must_change = true, .added_at = act->now
	};
	enum err rc;

	if ((rc = check_free(act, code, err)) != ERR_OK)
		return rc;
	text_copy(person.code, sizeof(person.code), code);
	text_copy(person.added_by, sizeof(person.added_by), act->actor.code);
	if ((rc = begin(act, err)) == ERR_OK &&
	    (rc = people_add(act->center->reg, act->center->info.center,
		 passphrase, &person, err)) == ERR_OK &&
	    (rc = enter(act, code, person_role_word(people_role_letter(role)),
		 person.keys.sign, err)) == ERR_OK &&
	    (rc = give(act, &person, err)) == ERR_OK)
		rc = finish(act, err);
	end(act);
	if (rc == ERR_OK) {
		*made = person;
		note(act, "person-added", code);
	}
	return rc;
}

/* --- whom it is about ---------------------------------------------------- */

static bool
acts(const struct act *act, const char *code)
{
	return strcmp(code, act->actor.code) == 0 ||
	    (act_second(act) != NULL && strcmp(code, act->second.code) == 0);
}

/*
 * Somebody on the roster, or who would be if all lines counted, whatever the
 * row says: of it only what may have been copied. Who acts is never the
 * subject, so the last administrator and the last person who can open the keys
 * always stay.
 */
static enum err
find_subject(struct act *act, enum staff_change change, const char *code,
    struct person *out, struct errtext *err)
{
	const struct standing *standing;
	const struct standing_uncounted *uncounted;
	const struct trust_person *found;
	struct trust_person is = { 0 };
	struct person row = { 0 };
	enum err rc;

	if ((rc = standing_now(act->center, &standing, err)) != ERR_OK)
		return rc;
	found = trust_roster_find(&standing->persons, code);
	if (found != NULL)
		is = *found; /* which the next look at the roster takes away */
	rc = people_find(act->center, code, &row, err);
	if (rc == ERR_REFUSED &&
	    (uncounted = standing_uncounted(act->center->standing, code)) !=
		NULL) {
		/* with a new key they would stand no more than before */
		if (change == STAFF_RESET && uncounted->why != UNCOUNTED_KEY)
			return rc;
		is = uncounted->is;
	}
	if (is.role == 0 && rc == ERR_OK)
		return err_set(err, ERR_DATA, _("%s was removed before"), code);
	if (is.role == 0 || (rc != ERR_OK && rc != ERR_REFUSED))
		return rc;
	text_copy(row.code, sizeof(row.code), is.code);
	memcpy(row.keys.sign, is.key, sizeof(is.key));
	people_role_of(is.role, &row.role);
	*out = row;
	return ERR_OK;
}

static enum err
refuse_self(struct act *act, const char *code, const char *kind,
    const char *why, struct errtext *err)
{
	note(act, kind, code);
	return err_set(err, ERR_REFUSED, "%s", why);
}

/* --- lost passphrases, and one's own ------------------------------------- */

static enum err
change_keys(struct act *act, const struct secret *passphrase,
    struct person *person, struct errtext *err)
{
	struct center *center = act->center;
	enum err rc;

	if ((rc = begin(act, err)) == ERR_OK &&
	    (rc = people_new_keys(center->reg, center->info.center, passphrase,
		 person, err)) == ERR_OK &&
	    (rc = enter(act, person->code, "KEY", person->keys.sign, err)) ==
		ERR_OK &&
	    (rc = keyring_renew(center, &act->ring, err)) == ERR_OK &&
	    (rc = give(act, person, err)) == ERR_OK)
		rc = finish(act, err);
	end(act);
	return rc;
}

/* Whom a change is about: may it be done to them? `person` stays empty for
 * who is to be added. */
static enum err
check_subject(struct act *act, enum staff_change change, const char *code,
    struct person *person, struct errtext *err)
{
	if (change == STAFF_ADD)
		return check_free(act, code, err);
	if (!acts(act, code))
		return find_subject(act, change, code, person, err);
	return change == STAFF_RESET
	    ? refuse_self(act, code, "refused-reset",
		  _("nobody resets their own passphrase: change it "
		    "(sello-issue passphrase), or let others reset it"),
		  err)
	    : refuse_self(act, code, "refused-removal",
		  _("nobody removes themselves; add another person with "
		    "this role, who then does it"),
		  err);
}

enum err
staff_check(struct act *act, enum staff_change change, const char *code,
    struct errtext *err)
{
	struct person person = { 0 };
	enum err rc = check_act(act, err);

	return rc == ERR_OK ? check_subject(act, change, code, &person, err)
			    : rc;
}

enum err
staff_role(
    struct act *act, const char *code, enum role *role, struct errtext *err)
{
	struct person person = { 0 };
	enum err rc = check_subject(act, STAFF_RESET, code, &person, err);

	*role = person.role;
	return rc;
}

enum err
staff_reset(struct act *act, const char *code, const struct secret *passphrase,
    struct person *made, struct errtext *err)
{
	struct person person = { 0 };
	enum err rc;

	if ((rc = check_subject(act, STAFF_RESET, code, &person, err)) !=
	    ERR_OK)
		return rc;
	person.must_change = true;
	if ((rc = change_keys(act, passphrase, &person, err)) != ERR_OK)
		return rc;
	*made = person;
	note(act, "person-reset", code);
	return ERR_OK;
}

enum err
staff_own(struct act *act, const struct secret *passphrase, struct person *made,
    struct errtext *err)
{
	struct person person = act->actor;
	enum err rc;

	person.credential = NULL;
	person.must_change = false;
	person.giver[0] = '\0';
	if ((rc = change_keys(act, passphrase, &person, err)) != ERR_OK)
		return rc;
	*made = person;
	note(act, "passphrase-changed", "");
	return ERR_OK;
}

/* --- leaving ------------------------------------------------------------- */

enum err
staff_remove(
    struct act *act, const char *code, bool *rekey_due, struct errtext *err)
{
	struct center *center = act->center;
	struct person person = { 0 };
	enum err rc;

	if ((rc = check_subject(act, STAFF_REMOVE, code, &person, err)) !=
	    ERR_OK)
		return rc;
	person.removed_at = act->now;
	text_copy(
	    person.removed_by, sizeof(person.removed_by), act->actor.code);
	if ((rc = begin(act, err)) == ERR_OK &&
	    (rc = people_remove(center->reg, &person, err)) == ERR_OK &&
	    (rc = enter(act, code, "REMOVED", person.keys.sign, err)) ==
		ERR_OK &&
	    (rc = keyring_renew(center, &act->ring, err)) == ERR_OK)
		rc = finish(act, err);
	end(act);
	if (rc != ERR_OK)
		return rc;
	note(act, "person-removed", code);
	*rekey_due = !standing_is_founding(act->center) &&
	    (person.role == ROLE_APPROVER || person.founding);
	return ERR_OK;
}
