/*
 * recover_line.c - what the lines of another copy say about letters and
 * people: recover.h. Of a letter that only the copy knows, number and digest
 * are all there is; it counts as one whose data was forgotten.
 */
#include "issue/recover.h"

#include "issue/people.h"
#include "issue/register_letter.h"

#include "base/i18n.h"

#include <openssl/sha.h>
#include <string.h>

/* A register of before its log has letters that the copy's lines name, and so
 * has one whose lines were lost: they must be the very ones. */
static enum err
is_known(struct logbook *book, const struct issued *letter, bool *known,
    struct errtext *err)
{
	struct issued own = { 0 };
	enum err rc =
	    register_letter_load(book->center->reg, letter->number, &own, err);

	*known = rc == ERR_OK;
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	if (*known &&
	    memcmp(own.digest, letter->digest, sizeof(own.digest)) != 0)
		rc = err_set(err, ERR_CONFIG,
		    _("%s: register and copy have different letters under "
		      "this number; the log was changed, ask the program root "
		      "to close it"),
		    letter->number);
	register_letter_clear(&own);
	return rc;
}

static enum err
take_letter(struct logbook *book, const struct log_entry *entry,
    struct recovery *out, struct errtext *err)
{
	struct issued letter = { .issued_at = entry->time, .copies = 1 };
	bool known = false;
	enum err rc;

	text_copy(letter.number, sizeof(letter.number), entry->number);
	text_copy(letter.officer, sizeof(letter.officer), entry->officer);
	text_copy(letter.approver, sizeof(letter.approver), entry->approver);
	text_copy(letter.reason, sizeof(letter.reason), entry->reason);
	memcpy(letter.digest, entry->digest, sizeof(letter.digest));
	if (entry->kind == ENTRY_CORRECT &&
	    (rc = register_letter_supersede(
		 book->center->reg, entry->ref, err)) != ERR_OK &&
	    rc != ERR_DATA) /* of one forgotten that stays its state */
		return rc;
	if ((rc = is_known(book, &letter, &known, err)) != ERR_OK || known)
		return rc;
	out->letters++;
	return register_letter_remember(book->center->reg, &letter, err);
}

static enum err
take_withdrawal(
    struct logbook *book, const struct log_entry *entry, struct errtext *err)
{
	bool fraud = strcmp(entry->reason, "FRAUD") == 0;
	bool any = false, was_fraud = false;
	enum err rc = register_letter_withdrawn(
	    book->center->reg, entry->number, &any, &was_fraud, err);

	/* the register knows: it is its log alone that lacked the line */
	if (rc != ERR_OK || was_fraud || (any && !fraud))
		return rc;
	return register_letter_withdraw(book->center->reg, entry->number,
	    entry->officer, entry->approver, entry->reason, fraud, entry->time,
	    err);
}

static enum err
take_copy(
    struct logbook *book, const struct log_entry *entry, struct errtext *err)
{
	const struct copy_note note = { entry->time, entry->officer,
		entry->approver, "" };
	struct issued own = { 0 };
	int copy;
	enum err rc =
	    register_letter_load(book->center->reg, entry->number, &own, err);
	bool known =
	    rc == ERR_OK && (uint64_t)own.copies >= entry_ref_value(entry);

	register_letter_clear(&own);
	if (rc != ERR_OK || known)
		return rc;
	return register_letter_copy(
	    book->center->reg, entry->number, &note, &copy, err);
}

/* A person who had left is in the older register still; they must not come
 * back with it, and least of all by recovering it themselves. */
static enum err
remove_again(struct logbook *book, const struct log_entry *entry,
    struct person *person, struct recovery *out, struct errtext *err)
{
	struct center *center = book->center;
	enum err rc;

	if (strcmp(person->code, book->actor) == 0 ||
	    strcmp(person->code, book->second) == 0)
		return err_set(err, ERR_REFUSED,
		    _("the copy says that %s left this center after the "
		      "backup; two other persons must do this"),
		    person->code);
	person->removed_at = entry->time;
	text_copy(
	    person->removed_by, sizeof(person->removed_by), entry->officer);
	rc = people_remove(
	    center->reg, center->info.center, book->ring->sign, person, err);
	if (rc == ERR_OK)
		rc = people_set_logged(center->reg, person->code, 2, err);
	out->removed++;
	return rc;
}

/* Of a person with other keys than the log's. One who left without having been
 * entered is not owed to it; any other would be its second of this code, which
 * every reader refuses. Nothing was signed since the backup, so going back to
 * it loses nothing. */
static enum err
check_code(const struct person *person, const struct log_entry *entry,
    struct errtext *err)
{
	if (person->removed_at != 0 || strcmp(entry->reason, "REMOVED") == 0)
		return ERR_OK;
	return err_set(err, ERR_CONFIG,
	    _("%s: the log gives this code to a person with other keys, who "
	      "came after the backup. Nothing was changed; restore the backup "
	      "once more, add everybody who came after it under new codes "
	      "(sello-issue officer add), then recover"),
	    person->code);
}

static enum err
take_staff(struct logbook *book, unsigned generation,
    const struct log_entry *entry, struct recovery *out, struct errtext *err)
{
	struct center *center = book->center;
	struct person person = { 0 };
	uint8_t digest[SHA256_DIGEST_LENGTH];
	enum err rc;

	rc = people_find(center->reg, center->info.center, center->key,
	    entry->ref, &person, err);
	if (rc == ERR_NOT_FOUND)
		/* they joined after the backup: add them anew, under another
		 * code, for the log has this one's keys */
		return people_reserve(center->reg, entry->ref, err);
	if (rc != ERR_OK)
		return rc;
	SHA256(person.keys.sign, sizeof(person.keys.sign), digest);
	if (memcmp(digest, entry->digest, sizeof(digest)) != 0)
		/* each log names its own people */
		return generation == book->log->generation
		    ? check_code(&person, entry, err)
		    : ERR_OK;
	if (strcmp(entry->reason, "REMOVED") != 0)
		return people_set_logged(center->reg, person.code, 1, err);
	if (person.removed_at != 0)
		return people_set_logged(center->reg, person.code, 2, err);
	return remove_again(book, entry, &person, out, err);
}

enum err
recover_line(struct logbook *book, unsigned generation,
    const struct log_entry *entry, struct recovery *out, struct errtext *err)
{
	switch (entry->kind) {
	case ENTRY_ISSUE:
	case ENTRY_CORRECT:
		return take_letter(book, entry, out, err);
	case ENTRY_WITHDRAW:
		return take_withdrawal(book, entry, err);
	case ENTRY_REPRINT:
		return take_copy(book, entry, err);
	case ENTRY_STAFF:
		return take_staff(book, generation, entry, out, err);
	case ENTRY_OPEN:
	case ENTRY_CLOSE:
	case ENTRY_RESTORE:
	case ENTRY_CLOCK:
		break;
	}
	return ERR_OK;
}
