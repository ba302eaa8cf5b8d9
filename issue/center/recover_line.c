/*
 * recover_line.c - what the lines of another copy say about letters and
 * people: recover.h. Of a letter that only the copy knows, number and digest
 * are all there is; it counts as one whose data was forgotten.
 */
#include "issue/center/recover.h"

#include "issue/register/draft.h"
#include "issue/register/letter.h"
#include "issue/register/people.h"

#include "base/i18n.h"

#include <openssl/sha.h>
#include <string.h>

/* A register of before its log has letters that the copy's lines name, and so
 * has one whose lines were lost: they must be the very ones. */
static enum err
is_known(struct act *act, const struct issued *letter, bool *known,
    struct errtext *err)
{
	struct issued own = { 0 };
	enum err rc =
	    register_letter_load(act->center->reg, letter->number, &own, err);

	*known = rc == ERR_OK;
	if (rc == ERR_NOT_FOUND)
		rc = ERR_OK;
	if (*known &&
	    memcmp(own.digest, letter->digest, sizeof(own.digest)) != 0)
		rc = err_set(err, ERR_CONFIG,
		    _("%s: register and copy have different letters under this "
		      "number; the log was changed, ask the root custodian to "
		      "close it"),
		    letter->number);
	register_letter_clear(&own);
	return rc;
}

static enum err
take_letter(struct act *act, const struct log_entry *entry,
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
		 act->center->reg, entry->ref, err)) != ERR_OK &&
	    rc != ERR_DATA) /* of one forgotten that stays its state */
		return rc;
	if ((rc = is_known(act, &letter, &known, err)) != ERR_OK || known)
		return rc;
	rc = register_draft_issued(act->center->reg, entry->commitment,
	    entry->approver, entry->number, entry->time, &out->issued, err);
	if (rc != ERR_OK)
		return rc;
	out->letters++;
	return register_letter_remember(act->center->reg, &letter, err);
}

static enum err
take_withdrawal(
    struct act *act, const struct log_entry *entry, struct errtext *err)
{
	bool fraud = strcmp(entry->reason, "FRAUD") == 0;
	bool any = false, was_fraud = false;
	enum err rc = register_letter_withdrawn(
	    act->center->reg, entry->number, &any, &was_fraud, err);

	/* the register knows: it is its log alone that lacked the line */
	if (rc != ERR_OK || was_fraud || (any && !fraud))
		return rc;
	return register_letter_withdraw(act->center->reg, entry->number,
	    entry->officer, entry->approver, entry->reason, entry->time, err);
}

static enum err
take_copy(struct act *act, const struct log_entry *entry, struct errtext *err)
{
	const struct copy_note note = { entry->time, entry->officer,
		entry->approver, "" };
	struct issued own = { 0 };
	int copy;
	enum err rc =
	    register_letter_load(act->center->reg, entry->number, &own, err);
	bool known =
	    rc == ERR_OK && (uint64_t)own.copies >= entry_ref_value(entry);

	register_letter_clear(&own);
	if (rc != ERR_OK || known)
		return rc;
	return register_letter_copy(
	    act->center->reg, entry->number, &note, &copy, err);
}

/* The key of this line's person that the root has read aloud since; or NULL.
 * In the same second counts: a center that was lost and founded anew has keys
 * that its old lines do not know. */
static const uint8_t *
newer_key(const struct center *center, const struct log_entry *entry)
{
	const struct trust_roster *newest = trust_last_roster(center->listed);
	const struct trust_person *person =
	    newest != NULL && newest->since >= entry->time
	    ? trust_roster_find(newest, entry->ref)
	    : NULL;

	return person != NULL ? person->key : NULL;
}

static bool
changes(const struct person *person, const struct log_entry *entry,
    const uint8_t *newer)
{
	return person != NULL && strcmp(person->code, entry->ref) == 0 &&
	    (newer == NULL ||
		memcmp(person->keys.sign, newer, PERSON_KEY_SIZE) != 0) &&
	    (!entry->has_person_key ||
		memcmp(person->keys.sign, entry->person_key,
		    sizeof(entry->person_key)) != 0);
}

/* Who left, or took another passphrase, after the backup was made must not
 * come back with it, and least of all by recovering it themselves. */
static enum err
take_staff(struct act *act, const struct log_entry *entry, struct recovery *out,
    struct errtext *err)
{
	const uint8_t *newer = newer_key(act->center, entry);

	if (changes(&act->actor, entry, newer) ||
	    changes(act_second(act), entry, newer))
		return err_set(err, ERR_REFUSED,
		    _("the copy says that %s left this center, or took "
		      "another passphrase, after the backup; two other "
		      "persons must do this"),
		    entry->ref);
	if (!entry->has_person_key)
		out->removed++;
	return people_follow(act->center->reg, entry, newer, err);
}

enum err
recover_line(struct act *act, const struct log_entry *entry,
    struct recovery *out, struct errtext *err)
{
	switch (entry->kind) {
	case ENTRY_ISSUE:
	case ENTRY_CORRECT:
		return take_letter(act, entry, out, err);
	case ENTRY_WITHDRAW:
		return take_withdrawal(act, entry, err);
	case ENTRY_REPRINT:
		return take_copy(act, entry, err);
	case ENTRY_STAFF:
		return take_staff(act, entry, out, err);
	case ENTRY_OPEN:
	case ENTRY_CLOSE:
	case ENTRY_RESTORE:
	case ENTRY_CLOCK:
		break;
	}
	return ERR_OK;
}
