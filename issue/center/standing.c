/*
 * standing.c - standing.h.
 */
#include "issue/center/standing.h"

#include "issue/register/people.h"
#include "issue/register/state.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ledger/history.h"

#include <stdlib.h>
#include <string.h>

/* --- persons ------------------------------------------------------------- */

static enum err
add(struct trust_roster *roster, const struct trust_person *person,
    struct errtext *err)
{
	if (!ARRAY_ROOM(
		roster->persons, roster->person_count, roster->person_cap))
		return err_memory(err);
	roster->persons[roster->person_count++] = *person;
	return ERR_OK;
}

/* While the center is founded: by the rows. */
static enum err
add_row(void *arg, const struct trust_person *person, struct errtext *err)
{
	return add(arg, person, err);
}

/* Before the log begins: by the list. */
static enum err
read_list(const struct trust_center *listed, struct trust_roster *out,
    struct errtext *err)
{
	const struct trust_roster *newest = trust_last_roster(listed);
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     newest != NULL && i < newest->person_count && rc == ERR_OK; i++)
		rc = add(out, &newest->persons[i], err);
	return rc;
}

/* --- lines --------------------------------------------------------------- */

static enum err
refuse(unsigned generation, uint64_t index, struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("line %llu of log %u in this register is not what its persons "
	      "signed. Nobody can act here: run sello-issue check, and restore "
	      "a backup"),
	    (unsigned long long)index, generation);
}

/* One line that begins a log or changes the staff; the lines between are not
 * of persons. */
static enum err
take_line(struct roster *roster, const char *program, unsigned generation,
    uint64_t index, const char *line, size_t len, struct errtext *err)
{
	struct line_persons persons = { 0 };
	struct log_entry entry;
	unsigned broken = 0;
	enum err rc;

	if (entry_parse(line, len, &entry, NULL) != ERR_OK ||
	    entry.index != index)
		return refuse(generation, index, err);
	rc = roster_add_line(
	    roster, &entry, generation, index, &broken, &persons, err);
	if (rc != ERR_OK)
		return rc;
	if ((broken & RULES_REFUSED) != 0)
		return refuse(generation, index, err);
	if (persons.count == 0)
		return ERR_OK;
	rc = line_verify_persons(&entry, program, &persons, err);
	return rc == ERR_SIGNATURE ? refuse(generation, index, err) : rc;
}

struct taker {
	struct roster *roster;
	const char *program;
};

static enum err
take(void *arg, unsigned generation, uint64_t index, const char *line,
    size_t len, struct errtext *err)
{
	struct taker *taker = arg;

	return take_line(
	    taker->roster, taker->program, generation, index, line, len, err);
}

/* before: where they do not count any more; NULL: all do. */
static enum err
take_lines(struct center *center, struct roster *roster,
    const struct log_place *before, struct errtext *err)
{
	struct taker taker = { roster, center->root_info.program };

	return register_state_staff(center->reg, before, take, &taker, err);
}

/* Has the root removed them, though no line was written since? A staff line
 * after that may have let them come again. */
static bool
is_removed_now(const struct roster *roster, const char *code)
{
	for (size_t i = 0; i < roster->removal_count; i++) {
		const struct roster_removal *one = &roster->removal[i];

		if (!one->done && strcmp(one->is.code, code) == 0 &&
		    trust_removed_holds(&one->is, UINT64_MAX, clock_now()))
			return true;
	}
	return false;
}

/* Is it otherwise for who wrote the lines than for who reads them now? */
static enum err
add_uncounted(const struct roster *roster, const struct roster_person *person,
    const struct trust_person *is, struct standing *out, struct errtext *err)
{
	enum uncounted_why why = !person->seen.standing ? UNCOUNTED_REMOVED
	    : person->counts.standing                   ? UNCOUNTED_KEY
							: UNCOUNTED_ADDED;

	if (roster_counts(person) && why != UNCOUNTED_REMOVED)
		return ERR_OK;
	if (why == UNCOUNTED_ADDED &&
	    trust_find_removed(roster->list, person->code) != NULL)
		return ERR_OK;
	if (!ARRAY_ROOM(
		out->uncounted, out->uncounted_count, out->uncounted_cap))
		return err_memory(err);
	out->uncounted[out->uncounted_count++] =
	    (struct standing_uncounted){ *is, why };
	return ERR_OK;
}

/* Those whose signatures count from here on. */
static enum err
add_standing(
    const struct roster *roster, struct standing *out, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < roster->count && rc == ERR_OK; i++) {
		const struct roster_person *person = &roster->person[i];
		const struct roster_view *view = roster_view_of(person);
		struct trust_person is = { .role = view->role };

		if (!view->standing || is_removed_now(roster, person->code))
			continue;
		memcpy(is.code, person->code, sizeof(is.code));
		memcpy(is.key, roster->key[view->key].point, sizeof(is.key));
		rc = add_uncounted(roster, person, &is, out, err);
		if (rc == ERR_OK && roster_counts(person))
			rc = add(&out->persons, &is, err);
	}
	trust_roster_sort(&out->persons);
	return rc;
}

/* Whom the root has read aloud anew: they enter with the first line that they
 * act in (issue/center/logbook_open.h), by the key that the register has of
 * them. */
static enum err
add_helped(struct center *center, const struct roster *roster,
    struct trust_roster *out, struct errtext *err)
{
	const struct trust_roster *newest = trust_last_roster(center->listed);
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     newest != NULL && i < newest->person_count && rc == ERR_OK; i++) {
		const struct trust_person *person = &newest->persons[i];
		struct trust_person *known;
		bool here = false;

		if (roster_help(roster, person) == NULL ||
		    is_removed_now(roster, person->code))
			continue;
		if ((rc = people_is_present(center->reg, person, &here, err)) !=
			ERR_OK ||
		    !here)
			continue;
		known =
		    (struct trust_person *)trust_roster_find(out, person->code);
		if (known != NULL)
			*known = *person;
		else
			rc = add(out, person, err);
	}
	trust_roster_sort(out);
	return rc;
}

/* "" also for who stands with a key that the log does not have yet. */
static const char *
giver_of(const struct roster *roster, const struct trust_person *is)
{
	const struct roster_person *person = roster_find(roster, is->code);
	const struct roster_view *view =
	    person == NULL ? NULL : roster_view_of(person);

	return view == NULL || view->role == '\0' ||
		memcmp(
		    roster->key[view->key].point, is->key, sizeof(is->key)) != 0
	    ? ""
	    : roster_giver(roster, view);
}

static enum err
add_given(
    const struct roster *roster, struct standing *out, struct errtext *err)
{
	const struct trust_roster *persons = &out->persons;

	out->given = calloc(persons->person_count + 1, sizeof(*out->given));
	if (out->given == NULL)
		return err_memory(err);
	for (size_t i = 0; i < persons->person_count; i++) {
		const struct trust_person *is = &persons->persons[i];
		const char *giver = giver_of(roster, is);
		struct standing_given *one = &out->given[out->given_count];

		if (giver[0] == '\0')
			continue;
		memcpy(one->code, is->code, sizeof(one->code));
		text_copy(one->giver, sizeof(one->giver), giver);
		out->given_count++;
	}
	return ERR_OK;
}

static enum err
read_log(struct center *center, struct standing *out, struct errtext *err)
{
	struct roster roster = { 0 };
	enum err rc;

	if (center->list_unread)
		return err_set(err, ERR_IO, "%s", center->list_problem.text);
	if (center->listed == NULL)
		return err_set(err, ERR_CONFIG,
		    _("without a trust list that names the center nobody can "
		      "act here; take the newest one: sello-issue trust"));
	if ((rc = roster_list(&roster, center->listed, err)) == ERR_OK &&
	    (rc = take_lines(center, &roster, NULL, err)) == ERR_OK)
		rc = add_standing(&roster, out, err);
	if (rc == ERR_OK)
		rc = add_helped(center, &roster, &out->persons, err);
	if (rc == ERR_OK)
		rc = add_given(&roster, out, err);
	roster_clear(&roster);
	return rc;
}

/* --- as of now ----------------------------------------------------------- */

static enum err
read_now(struct center *center, struct standing *out, struct errtext *err)
{
	switch (out->phase) {
	case STAFF_FOUNDING:
		return people_present(center->reg, add_row, &out->persons, err);
	case STAFF_NAMED:
		return read_list(center->listed, &out->persons, err);
	case STAFF_BEGUN:
		break;
	}
	return read_log(center, out, err);
}

/* Rows change without a line; reading them costs nothing. */
static bool
is_fresh(const struct standing *known, const struct standing *now)
{
	return known != NULL && now->phase == STAFF_BEGUN &&
	    known->phase == STAFF_BEGUN &&
	    known->stamp.newest == now->stamp.newest &&
	    known->stamp.lines == now->stamp.lines &&
	    known->listed == now->listed;
}

static void
clear(struct standing *standing)
{
	trust_roster_free(&standing->persons);
	free(standing->uncounted);
	free(standing->given);
}

enum err
standing_now(
    struct center *center, const struct standing **out, struct errtext *err)
{
	struct standing now = { .listed = center->listed };
	struct standing *made;
	enum err rc = register_state_staff_stamp(center->reg, &now.stamp, err);

	if (rc != ERR_OK)
		return rc;
	now.phase = now.stamp.lines > 0 ? STAFF_BEGUN
	    : center->listed != NULL    ? STAFF_NAMED
					: STAFF_FOUNDING;
	if (!is_fresh(center->standing, &now)) {
		if ((rc = read_now(center, &now, err)) != ERR_OK) {
			clear(&now);
			return rc;
		}
		if ((made = malloc(sizeof(*made))) == NULL) {
			clear(&now);
			return err_memory(err);
		}
		*made = now;
		standing_free(&center->standing);
		center->standing = made;
	}
	*out = center->standing;
	return ERR_OK;
}

bool
standing_is_founding(const struct center *center)
{
	return center->standing != NULL &&
	    center->standing->phase == STAFF_FOUNDING;
}

const char *
standing_giver(const struct standing *standing, const char *code)
{
	for (size_t i = 0; i < standing->given_count; i++)
		if (strcmp(standing->given[i].code, code) == 0)
			return standing->given[i].giver;
	return "";
}

const struct standing_uncounted *
standing_uncounted(const struct standing *standing, const char *code)
{
	for (size_t i = 0; i < standing->uncounted_count; i++)
		if (strcmp(standing->uncounted[i].is.code, code) == 0)
			return &standing->uncounted[i];
	return NULL;
}

void
standing_free(struct standing **standing)
{
	if (*standing == NULL)
		return;
	clear(*standing);
	free(*standing);
	*standing = NULL;
}

/* --- one letter ---------------------------------------------------------- */

/* The first line that entered a letter. */
struct entered {
	const char *number;
	bool any;
	struct log_place at;
	struct log_entry entry;
};

static enum err
find_entered(void *arg, unsigned generation, uint64_t index, const char *line,
    size_t len, struct errtext *err)
{
	struct entered *out = arg;
	struct log_entry entry;

	(void)err;
	if (out->any || entry_parse(line, len, &entry, NULL) != ERR_OK ||
	    (entry.kind != ENTRY_ISSUE && entry.kind != ENTRY_CORRECT) ||
	    strcmp(entry.number, out->number) != 0)
		return ERR_OK;
	out->any = true;
	out->at = (struct log_place){ generation, index };
	out->entry = entry;
	return ERR_OK;
}

enum err
standing_letter_counts(
    struct center *center, const char *number, bool *out, struct errtext *err)
{
	struct roster roster = { 0 };
	struct line_persons persons;
	struct entered letter = { .number = number };
	unsigned broken = 0;
	enum err rc;

	*out = true;
	if (center->listed == NULL || center->listed->removed_count == 0)
		return ERR_OK;
	rc = register_state_about(
	    center->reg, number, find_entered, &letter, err);
	if (rc != ERR_OK || !letter.any)
		return rc;
	if ((rc = roster_list(&roster, center->listed, err)) == ERR_OK &&
	    (rc = take_lines(center, &roster, &letter.at, err)) == ERR_OK &&
	    (rc = roster_add_line(&roster, &letter.entry, letter.at.generation,
		 letter.at.index, &broken, &persons, err)) == ERR_OK)
		*out = (broken & RULE_VOID) == 0;
	roster_clear(&roster);
	return rc;
}
