/*
 * integrity.c - the register examined: integrity.h.
 */
#include "issue/center/integrity.h"

#include "issue/center/draft_verify.h"
#include "issue/center/integrity_log.h"
#include "issue/center/login.h"
#include "issue/center/rollback.h"
#include "issue/center/standing.h"
#include "issue/register/draft.h"
#include "issue/register/draft_text.h"
#include "issue/register/letter.h"
#include "issue/register/log.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "letter/number.h"
#include "store/sums.h"
#include "trust/authenticate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checker {
	struct center *center;
	void (*find)(void *arg, const char *about, const char *text);
	void (*step)(void *arg, size_t done);
	void *arg;
	struct integrity seen;
	struct authentic *own; /* room for one letter */
	bool told_of_list;
	bool nobody; /* no person's key is known: nor what they signed */
};

static void
find(struct checker *c, const char *about, const char *text)
{
	c->seen.findings++;
	c->find(c->arg, about, text);
}

/* --- letters ------------------------------------------------------------- */

/* That numbers count up without gaps is the log's. */
static void
check_number(struct checker *c, const struct issued *issued)
{
	struct letter_number n;

	if (!number_parse(issued->number, &n) ||
	    strcmp(n.center, c->center->info.center) != 0) {
		find(c, issued->number,
		    _("this is not a number of this center"));
		return;
	}
	if (n.year != clock_year(issued->issued_at))
		find(c, issued->number,
		    _("the time of issue is not of the number's year"));
}

static bool
says_the_same(const struct issued *issued, const struct authentic *own)
{
	const struct letter *letter = &own->letter;
	char at[CLOCK_INSTANT_SIZE] = "";

	clock_format(issued->issued_at, at);
	return strcmp(letter->number, issued->number) == 0 &&
	    strcmp(letter->issued_at, at) == 0 &&
	    strcmp(letter->officer, issued->officer) == 0 &&
	    strcmp(letter->approver, issued->approver) == 0 &&
	    memcmp(own->digest, issued->digest, sizeof(own->digest)) == 0;
}

/* What the approver's side added to the drafter's fields. */
static void
take_off(struct letter *letter)
{
	letter->number[0] = letter->issued_at[0] = '\0';
	letter->approver[0] = '\0';
}

/* The letter is what its drafter signed, field by field. */
static void
check_draft_of(struct checker *c, const struct issued *issued)
{
	struct center *center = c->center;
	struct bytes drafted = { 0 }, letter = { 0 };
	struct errtext why = { 0 };
	struct draft draft = { 0 };
	enum err rc;

	if (c->nobody)
		return;
	rc = draft_authentic(center, issued->draft, &draft, &why);
	take_off(&c->own->letter);
	if (rc == ERR_OK)
		rc = draft_text_write(&draft.letter, &drafted, &why);
	if (rc == ERR_OK)
		rc = draft_text_write(&c->own->letter, &letter, &why);
	if (rc != ERR_OK)
		find(c, issued->number, why.text);
	else if (!bytes_equal(&drafted, &letter) ||
	    draft.state != DRAFT_APPROVED)
		find(c, issued->number,
		    _("the letter is not what its draft says"));
	bytes_wipe(&drafted);
	bytes_wipe(&letter);
	register_draft_clear(&draft);
}

static void
check_letter(struct checker *c, const struct issued *issued)
{
	struct errtext why = { 0 };
	enum err rc;

	if (issued->state == ISSUED_FORGOTTEN) {
		if (issued->xml.len > 0)
			find(c, issued->number,
			    _("it is said to be forgotten, but its data is "
			      "there"));
		return;
	}
	if (c->center->list == NULL) {
		/* once: it is no fault of any letter */
		if (!c->told_of_list)
			find(c, "trust.xml", c->center->list_problem.text);
		c->told_of_list = true;
		return;
	}
	rc = authenticate_letter(
	    issued->xml.at, issued->xml.len, c->center->list, c->own, &why);
	if (rc != ERR_OK)
		find(c, issued->number, why.text);
	else if (!says_the_same(issued, c->own))
		find(c, issued->number,
		    _("the register's columns differ from the letter"));
	else
		check_draft_of(c, issued);
}

static bool
each_letter(void *arg, const struct issued *issued)
{
	struct checker *c = arg;

	check_number(c, issued);
	check_letter(c, issued);
	c->seen.letters++;
	if (c->step != NULL)
		c->step(c->arg, c->seen.letters);
	return true;
}

static void
each_misnumbered(void *arg, const char *number)
{
	find(arg, number,
	    _("its year and sequence are not those of its number"));
}

static void
each_astray(void *arg, int64_t id)
{
	char about[32];

	snprintf(about, sizeof(about), "%lld", (long long)id);
	find(arg, about,
	    _("the draft is said to be approved and there is no "
	      "letter of it, or the other way round"));
}

/* --- drafts and persons -------------------------------------------------- */

struct ids {
	int64_t *at;
	size_t count, cap;
	bool failed;
};

static bool
gather(void *arg, int64_t id, bool duplicate, bool again)
{
	struct ids *ids = arg;

	(void)duplicate;
	(void)again;
	if (!ARRAY_ROOM(ids->at, ids->count, ids->cap)) {
		ids->failed = true;
		return false;
	}
	ids->at[ids->count++] = id;
	return true;
}

static void
check_draft(struct checker *c, int64_t id)
{
	struct center *center = c->center;
	struct draft draft = { 0 };
	struct errtext why = { 0 };
	char about[32];
	bool old = false;

	if (!c->nobody && draft_authentic(center, id, &draft, &why) != ERR_OK) {
		snprintf(about, sizeof(about), "%lld", (long long)id);
		if (draft_outdated(center, id, &old, NULL) == ERR_OK &&
		    old) /* it waits to be discarded, and is no damage */
			c->find(c->arg, about, why.text);
		else
			find(c, about, why.text);
	}
	register_draft_clear(&draft);
	c->seen.drafts++;
}

static enum err
check_drafts(struct checker *c, struct errtext *err)
{
	struct ids ids = { 0 };
	enum err rc = register_draft_waiting(c->center->reg, gather, &ids, err);

	if (rc == ERR_OK && ids.failed)
		rc = err_memory(err);
	for (size_t i = 0; i < ids.count && rc == ERR_OK; i++)
		check_draft(c, ids.at[i]);
	free(ids.at);
	return rc;
}

static bool
each_person(void *arg, const struct person *person, bool attested)
{
	struct checker *c = arg;

	if (!attested)
		find(c, person->code, people_mismatch(c->center, person));
	c->seen.persons += person->removed_at == 0;
	return true;
}

/* Who belongs to the center and has no row. */
static enum err
check_missing(struct checker *c, struct errtext *err)
{
	const struct standing *standing;
	struct person person = { 0 };
	struct errtext why = { 0 };
	char code[PERSON_CODE_SIZE];
	enum err rc;

	/* asked for anew each time: a look at a person may read it again */
	for (size_t i = 0;
	     (rc = standing_now(c->center, &standing, err)) == ERR_OK &&
	     i < standing->persons.person_count;
	     i++) {
		text_copy(
		    code, sizeof(code), standing->persons.persons[i].code);
		if (people_find(c->center, code, &person, &why) ==
		    ERR_NOT_FOUND)
			find(c, code,
			    _("this person belongs to the center, and the "
			      "register has nothing of them"));
	}
	return rc;
}

/* Where the log cannot be read by its persons, that is what is wrong; the rest
 * is examined all the same. */
static enum err
check_people(struct checker *c, struct errtext *err)
{
	struct errtext why = { 0 };
	enum err rc = people_each(c->center, each_person, c, &why);

	if (rc == ERR_CONFIG) {
		c->nobody = true;
		if (c->center->list != NULL) /* or it is told below */
			find(c, "person", why.text);
		return ERR_OK;
	}
	return rc == ERR_OK ? check_missing(c, err)
			    : err_set(err, rc, "%s", why.text);
}

/* --- all of it ----------------------------------------------------------- */

static enum err
check_file(struct checker *c, struct errtext *err)
{
	bool sound = false;
	enum err rc = register_check_file(c->center->reg, &sound, err);

	if (rc == ERR_OK && !sound)
		find(c, "register.db",
		    _("the database file is damaged; restore a backup"));
	return rc;
}

static void
find_table(void *arg, const char *table)
{
	struct checker *c = arg;

	if (strcmp(table, "log_place") == 0 || strcmp(table, "log_seen") == 0)
		c->seen.others++;
	find(c, table,
	    _("rows of this table were changed by something else than Sello"));
}

static void
find_in_log(void *arg, const char *about, const char *text)
{
	find(arg, about, text);
}

/* Of which nothing is to be mended. */
static void
note_in_log(void *arg, const char *about, const char *text)
{
	struct checker *c = arg;

	c->find(c->arg, about, text);
}

/*
 * What others have seen is asked for before anything else: who approves a
 * letter meanwhile makes their copies longer, never the view of the register
 * that is examined afterwards.
 */
static enum err
look_at_others(struct checker *c, struct errtext *why, struct errtext *err)
{
	enum err rc = rollback_check(c->center, NULL, why);

	/* what is damaged is found again below, with more words */
	if (rc == ERR_CONFIG || rc == ERR_DATA)
		return ERR_OK;
	if (rc == ERR_OK) {
		*why = (struct errtext){ 0 }; /* of trials that failed */
		return ERR_OK;
	}
	return err_set(err, rc, "%s", why->text);
}

static enum err
check_all(struct checker *c, struct errtext *err)
{
	struct center *center = c->center;
	enum err rc;

	if ((rc = check_file(c, err)) != ERR_OK ||
	    (rc = sums_check(
		 register_store(center->reg), find_table, c, err)) != ERR_OK ||
	    (rc = check_people(c, err)) != ERR_OK ||
	    (rc = check_drafts(c, err)) != ERR_OK ||
	    (rc = register_letter_misnumbered(
		 center->reg, each_misnumbered, c, err)) != ERR_OK ||
	    (rc = register_draft_astray(center->reg, each_astray, c, err)) !=
		ERR_OK ||
	    (rc = register_letter_each(
		 center->reg, true, each_letter, c, err)) != ERR_OK)
		return rc;
	return integrity_log(
	    center, find_in_log, note_in_log, c, &c->seen.lines, err);
}

enum err
integrity_check(struct center *center,
    void (*each)(void *arg, const char *about, const char *text),
    void (*step)(void *arg, size_t done), void *arg, struct integrity *out,
    struct errtext *err)
{
	struct checker c = { .center = center,
		.find = each,
		.step = step,
		.arg = arg,
		.own = calloc(1, sizeof(struct authentic)) };
	struct errtext others = { 0 };
	enum err rc;

	if (c.own == NULL)
		return err_memory(err);
	if ((rc = look_at_others(&c, &others, err)) != ERR_OK ||
	    (rc = register_begin_read(center->reg, err)) != ERR_OK)
		goto out;
	rc = check_all(&c, err);
	register_rollback(center->reg);
	/* that others have seen more is no damage, but nothing may be signed
	 * either */
	c.seen.locked = others.text[0] != '\0';
	if (rc == ERR_OK && c.seen.locked) {
		c.seen.others++;
		find(&c, _("log"), others.text);
	}
	if (rc == ERR_OK)
		*out = c.seen;
out:
	letter_wipe(&c.own->letter);
	free(c.own);
	return rc;
}
