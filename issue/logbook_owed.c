/*
 * logbook_owed.c - logbook_owed.h.
 */
#include "issue/logbook_owed.h"

#include "issue/logbook_rules.h"
#include "issue/register_letter.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "letter/xml.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

/* --- opening
 * -------------------------------------------------------------------- */

struct older {
	struct logbook *book;
	int64_t first; /* when the first letter was issued; 0: none */
	enum err rc;
	struct errtext err;
};

static bool
note_first(void *arg, const struct issued *letter)
{
	struct older *older = arg;

	older->first = letter->issued_at;
	return false;
}

/* The line says when a letter was issued and by whom, as the letter does: a
 * post holds one against the other. */
static enum err
check_columns(const struct issued *issued, struct errtext *err)
{
	struct letter letter = { 0 };
	char at[CLOCK_INSTANT_SIZE] = "";
	enum err rc = xml_read(issued->xml.at, issued->xml.len, &letter, err);

	clock_format(issued->issued_at, at);
	if (rc == ERR_OK &&
	    (strcmp(letter.number, issued->number) != 0 ||
		strcmp(letter.issued_at, at) != 0 ||
		strcmp(letter.officer, issued->officer) != 0 ||
		strcmp(letter.approver, issued->approver) != 0))
		rc = err_set(err, ERR_CONFIG,
		    _("%s: the register's columns differ from the letter. "
		      "Nothing is signed; run sello-issue check, and restore "
		      "a backup"),
		    issued->number);
	letter_wipe(&letter);
	return rc;
}

/* A letter from before there was a log; its reason may be of any form. */
static bool
enter_letter(void *arg, const struct issued *letter)
{
	struct older *older = arg;
	struct log_entry entry = { .kind = ENTRY_ISSUE,
		.time = letter->issued_at };
	uint32_t value;

	older->rc = logbook_letter(letter, &entry, &older->err);
	if (older->rc == ERR_OK)
		older->rc = check_columns(letter, &older->err);
	if (older->rc == ERR_OK && entry_reason_value(&entry, &value) == '\0')
		entry.reason[0] = '\0';
	if (older->rc == ERR_OK)
		older->rc =
		    logbook_rules_signed(older->book, &entry, &older->err);
	if (older->rc == ERR_OK)
		older->rc = logbook_add(older->book, &entry, &older->err);
	return older->rc == ERR_OK;
}

/* The next copy is counted from these. When each was printed stays in the
 * register: lines are in the order of time, and letters came after it. */
static enum err
enter_copy(void *arg, const struct copy_row *copy, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_REPRINT, .has_digest = true };

	text_copy(entry.number, sizeof(entry.number), copy->number);
	snprintf(entry.ref, sizeof(entry.ref), "%d", copy->copy);
	memcpy(entry.digest, copy->digest, sizeof(entry.digest));
	text_copy(entry.officer, sizeof(entry.officer), copy->person);
	text_copy(entry.approver, sizeof(entry.approver), copy->second);
	return logbook_add(arg, &entry, err);
}

static enum err
enter_older(struct logbook *book, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_OPEN };
	struct older older = { .book = book };
	struct registry *reg = book->center->reg;
	unsigned before;
	enum err rc;

	rc = register_log_newest(reg, &before, err);
	/* a later log follows one that has these letters */
	if (rc == ERR_OK && before == 0)
		rc = register_letter_each(reg, false, note_first, &older, err);
	if (rc != ERR_OK)
		return rc;
	entry.time = older.first;
	if ((rc = logbook_add(book, &entry, err)) != ERR_OK || before > 0)
		return rc;
	rc = register_letter_each(reg, true, enter_letter, &older, err);
	if (rc == ERR_OK && older.rc != ERR_OK)
		rc = err_set(err, older.rc, "%s", older.err.text);
	return rc == ERR_OK
	    ? register_letter_copy_each(reg, enter_copy, book, err)
	    : rc;
}

/* --- people
 * ---------------------------------------------------------------------- */

/* Gathered first: entering one changes the table that is read. */
struct owed {
	bool all; /* a new log names everybody again */
	struct person *person;
	size_t count, cap;
	bool failed;
};

static bool
is_owed(const struct person *person, bool all)
{
	if (person->removed_at != 0)
		return person->logged == 1;
	return all || person->logged == 0;
}

static bool
gather(void *arg, const struct person *person, bool attested)
{
	struct owed *owed = arg;
	size_t cap = owed->cap ? owed->cap * 2 : 16;
	struct person *more;

	if (!attested || !is_owed(person, owed->all))
		return true;
	if (owed->count == owed->cap) {
		more = reallocarray(owed->person, cap, sizeof(*more));
		if (more == NULL) {
			owed->failed = true;
			return false;
		}
		owed->person = more;
		owed->cap = cap;
	}
	owed->person[owed->count++] = *person;
	return true;
}

static const char *
role_word(const struct person *person)
{
	if (person->removed_at != 0)
		return "REMOVED";
	switch (person->role) {
	case ROLE_DRAFTER:
		return "DRAFTER";
	case ROLE_APPROVER:
		return "APPROVER";
	case ROLE_ADMINISTRATOR:
	case ROLE_COUNT:
		break;
	}
	return "ADMIN";
}

static enum err
enter_person(struct logbook *book, const struct person *person, bool all,
    struct errtext *err)
{
	bool removed = person->removed_at != 0;
	const char *by = removed ? person->removed_by : person->added_by;
	struct log_entry entry = { .kind = ENTRY_STAFF, .has_digest = true };
	enum err rc;

	/* a new log never named who left before it began */
	if (removed && all)
		return people_set_logged(
		    book->center->reg, person->code, 2, err);
	text_copy(entry.ref, sizeof(entry.ref), person->code);
	text_copy(entry.reason, sizeof(entry.reason), role_word(person));
	text_copy(entry.officer, sizeof(entry.officer), by);
	/* who stands by now did not stand by then */
	if (strcmp(by, book->actor) == 0)
		text_copy(entry.approver, sizeof(entry.approver), book->second);
	SHA256(person->keys.sign, sizeof(person->keys.sign), entry.digest);
	if ((rc = logbook_add(book, &entry, err)) == ERR_OK)
		rc = people_set_logged(
		    book->center->reg, person->code, removed ? 2 : 1, err);
	return rc;
}

static enum err
enter_people(struct logbook *book, bool all, struct errtext *err)
{
	struct center *center = book->center;
	struct owed owed = { .all = all };
	bool any = true;
	enum err rc = ERR_OK;

	if (!all)
		rc = people_owed(center->reg, &any, err);
	if (rc != ERR_OK || !any)
		return rc;
	rc = people_each(
	    center->reg, center->info.center, center->key, gather, &owed, err);
	if (rc == ERR_OK && owed.failed)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	for (size_t i = 0; i < owed.count && rc == ERR_OK; i++)
		rc = enter_person(book, &owed.person[i], all, err);
	free(owed.person);
	return rc;
}

enum err
logbook_enter_owed(struct logbook *book, struct errtext *err)
{
	bool opening = book->head.range.size == 0;
	enum err rc;

	if (opening && (rc = enter_older(book, err)) != ERR_OK)
		return rc;
	return enter_people(book, opening, err);
}
