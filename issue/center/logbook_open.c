/*
 * logbook_open.c - logbook_open.h.
 */
#include "issue/center/logbook_open.h"
#include "issue/center/keyring.h"
#include "issue/center/login.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the persons --------------------------------------------------------- */

/* Those of the register, by code. Start as {0}. */
struct persons {
	struct trust_roster roster;
	char founder[PERSON_CODE_SIZE];
	bool strange; /* there is a row that nobody answers for */
	bool full;
};

static bool
gather(void *arg, const struct person *person, bool attested)
{
	struct persons *persons = arg;
	struct trust_roster *roster = &persons->roster;
	struct trust_person *at;

	if (person->removed_at != 0)
		return true;
	if (!attested) {
		persons->strange = true;
		return true;
	}
	persons->full = roster->person_count == PERSON_COUNT_MAX;
	if (persons->full)
		return false;
	at = &roster->persons[roster->person_count++];
	at->role = people_role_letter(person->role);
	memcpy(at->code, person->code, sizeof(at->code));
	memcpy(at->key, person->keys.sign, sizeof(at->key));
	if (person->founding)
		memcpy(
		    persons->founder, person->code, sizeof(persons->founder));
	return true;
}

static enum err
gather_all(struct center *center, struct persons *out, struct errtext *err)
{
	enum err rc;

	out->roster.persons =
	    calloc(PERSON_COUNT_MAX, sizeof(*out->roster.persons));
	if (out->roster.persons == NULL)
		return err_memory(err);
	rc = people_each(center, gather, out, err);
	if (rc == ERR_OK && out->full)
		rc = err_set(err, ERR_LIMIT, _("too many persons"));
	return rc;
}

/* --- who begins it ------------------------------------------------------- */

static const struct person *
in_role(const struct person *actor, const struct person *second, enum role role)
{
	if (actor->role == role)
		return actor;
	return second != NULL && second->role == role ? second : NULL;
}

static const struct person *
founder_of(const struct person *actor, const struct person *second)
{
	if (actor->founding)
		return actor;
	return second != NULL && second->founding ? second : NULL;
}

static enum err
check_founding(struct center *center, const struct persons *persons,
    const struct person *founder, struct errtext *err)
{
	const struct trust_roster *listed = trust_last_roster(center->listed);

	if (listed == NULL || persons->strange ||
	    !trust_roster_same(listed, &persons->roster))
		return err_set(err, ERR_CONFIG,
		    _("the log has not begun: the persons of this center are "
		      "not those whom the root heard. Bring request.csr to the "
		      "root custodian once more, and take the next list"));
	if (founder == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the log has not begun: its founder begins it with "
		      "sello-issue trust %s/trust.xml --as %s"),
		    center->home, persons->founder);
	return ERR_OK;
}

static enum err
check_later(struct center *center, const struct person *actor,
    const struct person *second, struct errtext *err)
{
	if (in_role(actor, second, ROLE_ADMINISTRATOR) == NULL ||
	    in_role(actor, second, ROLE_APPROVER) == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the new log has not begun: an administrator and an "
		      "approver begin it with sello-issue trust %s/trust.xml "
		      "--as CODE --second CODE"),
		    center->home);
	return ERR_OK;
}

/* May they? The persons come back for those who go on. */
static enum err
check(struct center *center, const struct person *actor,
    const struct person *second, bool first, struct persons *out,
    struct errtext *err)
{
	enum err rc = gather_all(center, out, err);

	if (rc != ERR_OK)
		return rc;
	return first
	    ? check_founding(center, out, founder_of(actor, second), err)
	    : check_later(center, actor, second, err);
}

/* Numbers and persons go on from what there was before. */
enum err
logbook_open_earlier(struct center *center, struct errtext *err)
{
	const struct trust_center *listed = center->listed;
	unsigned newest = 0;
	enum err rc = register_log_newest(center->reg, &newest, err);

	for (size_t i = 0; i < listed->log_count && rc == ERR_OK; i++) {
		const struct trust_log *log = &listed->logs[i];

		if (newest == 0 && log->generation < center->log->generation &&
		    !log->closed)
			rc = err_set(err, ERR_CONFIG,
			    _("this register has nothing of log %u of this "
			      "center: two persons bring a published copy with "
			      "sello-issue recover --from COPY, or say with "
			      "--lost that it never had a line"),
			    log->generation);
	}
	return rc;
}

enum err
logbook_open_drafter(
    const struct act *act, const char *code, struct errtext *err)
{
	const struct roster_person *found =
	    roster_find(&act->book.history.roster, code);

	if (found != NULL && roster_view_of(found)->standing)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("%s is in the trust list and not yet in the log: enter with "
	      "sello-issue trust %s/trust.xml --as %s --second %s"),
	    code, act->center->home, code, act->actor.code);
}

enum err
logbook_open_check(struct center *center, const struct person *actor,
    const struct person *second, struct errtext *err)
{
	struct persons persons = { .full = false };
	unsigned newest = 0;
	enum err rc = register_log_newest(center->reg, &newest, err);

	if (rc == ERR_OK)
		rc = logbook_open_earlier(center, err);
	if (rc == ERR_OK && newest != center->log->generation)
		rc = check(center, actor, second, newest == 0, &persons, err);
	trust_roster_free(&persons.roster);
	return rc;
}

/* --- its first lines ----------------------------------------------------- */

/* Who is not there was refused before: check_later(). */
static void
name_person(const struct person *person, char out[ENTRY_PERSON_SIZE])
{
	if (person != NULL)
		text_copy(out, ENTRY_PERSON_SIZE, person->code);
}

/* By the founder alone; of a later log `open` by an administrator alone, and
 * its persons by an approver as well. */
static void
name_persons(const struct act *act, bool first, struct log_entry *entry)
{
	const struct person *officer = first
	    ? founder_of(&act->actor, act_second(act))
	    : in_role(&act->actor, act_second(act), ROLE_ADMINISTRATOR);

	name_person(officer, entry->officer);
	if (!first && entry->kind == ENTRY_STAFF)
		name_person(
		    in_role(&act->actor, act_second(act), ROLE_APPROVER),
		    entry->approver);
}

static void
make_line(
    const struct trust_person *person, const char *word, struct log_entry *out)
{
	person_key_digest(person->key, out->digest);
	out->kind = ENTRY_STAFF;
	out->has_digest = out->has_person_key = true;
	text_copy(out->ref, sizeof(out->ref), person->code);
	text_copy(out->reason, sizeof(out->reason), word);
	memcpy(out->person_key, person->key, sizeof(out->person_key));
}

static enum err
enter_person(struct act *act, const struct trust_person *person, bool first,
    struct errtext *err)
{
	struct log_entry entry = { .index = 0 };

	make_line(person, person_role_word(person->role), &entry);
	name_persons(act, first, &entry);
	return logbook_add(act, &entry, err);
}

/* Whom the root has read aloud needs no other signature than their own. */
static enum err
enter_helped(struct act *act, const struct person *person, struct errtext *err)
{
	struct trust_person is = { .role = '\0' };
	struct log_entry entry = { .index = 0 };
	const char *word;

	if (person == NULL)
		return ERR_OK;
	is.role = people_role_letter(person->role);
	memcpy(is.code, person->code, sizeof(is.code));
	memcpy(is.key, person->keys.sign, sizeof(is.key));
	if ((word = roster_help(&act->book.history.roster, &is)) == NULL)
		return ERR_OK;
	make_line(&is, word, &entry);
	memcpy(entry.officer, is.code, sizeof(entry.officer));
	return logbook_add(act, &entry, err);
}

static enum err
enter_who_acts(struct act *act, struct errtext *err)
{
	enum err rc = enter_helped(act, &act->actor, err);

	return rc == ERR_OK ? enter_helped(act, act_second(act), err) : rc;
}

/* Who was not entered yet; but whom the root has read aloud enters by the own
 * act. */
static bool
is_left(const struct act *act, const struct trust_person *person)
{
	const struct roster *roster = &act->book.history.roster;
	const struct roster_person *known = roster_find(roster, person->code);

	return !(known != NULL && known->entered) &&
	    roster_help(roster, person) == NULL;
}

static enum err
enter_all(struct act *act, const struct trust_roster *roster, bool first,
    struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_OPEN };
	enum err rc;

	name_persons(act, first, &entry);
	rc = logbook_add(act, &entry, err);
	if (rc == ERR_OK && !first)
		rc = enter_who_acts(act, err);
	for (size_t i = 0; i < roster->person_count && rc == ERR_OK; i++)
		if (first || is_left(act, &roster->persons[i]))
			rc = enter_person(act, &roster->persons[i], first, err);
	return rc;
}

enum err
logbook_open_log(struct act *act, struct errtext *err)
{
	struct center *center = act->center;
	struct persons persons = { .full = false };
	unsigned newest = 0;
	enum err rc;

	if (act->book.head.range.size > 0)
		return enter_who_acts(act, err);
	rc = register_log_newest(center->reg, &newest, err);
	if (rc == ERR_OK)
		rc = check(center, &act->actor, act_second(act), newest == 0,
		    &persons, err);
	if (rc == ERR_OK)
		rc = enter_all(act, &persons.roster, newest == 0, err);
	/* in founding everybody wrote requests, and so had a slot */
	if (rc == ERR_OK)
		rc = keyring_renew(center, &act->ring, err);
	trust_roster_free(&persons.roster);
	return rc;
}
