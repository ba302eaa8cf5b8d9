/*
 * logbook.c - entering lines: logbook.h.
 */
#include "issue/center/act.h"

#include "issue/center/logbook_rules.h"
#include "issue/register/letter.h"

#include "base/i18n.h"
#include "ledger/line_sign.h"

#include <string.h>

static enum err
append(struct act *act, const struct bytes *line, int64_t time,
    struct errtext *err)
{
	struct tree_hash leaf;
	enum err rc;

	rc = register_log_append(act->center->reg, act->book.log->generation,
	    act->book.head.range.size, line, err);
	if (rc != ERR_OK)
		return rc;
	tree_leaf(line->at, line->len, &leaf);
	tree_range_append(&act->book.head.range, 0, &leaf);
	act->book.head.last_time = time;
	return ERR_OK;
}

static void
fill_act(const struct act *act, struct log_entry *entry)
{
	memcpy(entry->key_name, act->center->key_name, sizeof(entry->key_name));
	if (entry->officer[0] != '\0')
		return;
	text_copy(entry->officer, sizeof(entry->officer), act->actor.code);
	if (act_second(act) != NULL)
		text_copy(
		    entry->approver, sizeof(entry->approver), act->second.code);
}

static const struct person *
find_person(const struct act *act, const char *code)
{
	if (strcmp(act->actor.code, code) == 0)
		return &act->actor;
	return act_second(act) != NULL && strcmp(act->second.code, code) == 0
	    ? act_second(act)
	    : NULL;
}

static enum err
sign_as(const struct act *act, const struct bytes *text, const char *code,
    uint8_t out[ENTRY_SIGNATURE_SIZE], struct errtext *err)
{
	const struct person *person = find_person(act, code);

	if (text->failed)
		return err_memory(err);
	if (person == NULL)
		return err_set(err, ERR_REFUSED,
		    _("%s must sign this and is not logged in"), code);
	return credential_sign(
	    person->credential, text->at, text->len, out, err);
}

/* Everybody who acts, but for the drafter of a letter, who signed it before
 * anybody knew its number. */
static enum err
sign_persons(
    const struct act *act, struct log_entry *entry, struct errtext *err)
{
	struct bytes text = { 0 };
	enum err rc = entry_person_text(entry, &text, err);

	if (rc == ERR_OK && !entry_is_letter(entry))
		rc = sign_as(act, &text, entry->officer,
		    entry->person_signature[0], err);
	if (rc == ERR_OK && entry_signers(entry) > 1)
		rc = sign_as(act, &text, entry->approver,
		    entry->person_signature[1], err);
	bytes_free(&text);
	return rc;
}

/* The center signs what the persons signed, and that they did. */
static enum err
sign_all(struct act *act, struct log_entry *entry, struct errtext *err)
{
	enum err rc;

	if (!entry_is_letter(entry))
		fill_act(act, entry);
	if ((rc = sign_persons(act, entry, err)) == ERR_OK &&
	    !entry_is_letter(entry) &&
	    (rc = line_sign(entry, act->ring.sign, err)) == ERR_OK)
		rc = logbook_rules_signed(act->center, entry, err);
	return rc;
}

/* Of the newest line; a new log goes on where the one before ended. */
static int64_t
last_time(const struct act *act)
{
	return act->book.history.last_time > act->book.head.last_time
	    ? act->book.history.last_time
	    : act->book.head.last_time;
}

enum err
logbook_add(struct act *act, struct log_entry *entry, struct errtext *err)
{
	struct bytes line = { 0 };
	enum err rc;

	entry->index = act->book.head.range.size;
	if (entry->time == 0)
		entry->time = act->now;
	if (entry->time < last_time(act) && entry->kind != ENTRY_CLOCK)
		return center_behind(
		    act->center, last_time(act), entry->time, err);
	if ((rc = sign_all(act, entry, err)) == ERR_OK &&
	    (rc = logbook_rules_take(act, entry, ~0u, err)) == ERR_OK &&
	    (rc = entry_format(entry, &line, err)) == ERR_OK)
		rc = append(act, &line, entry->time, err);
	bytes_free(&line);
	return rc;
}

void
logbook_follow(struct act *act)
{
	if (act->any_clock && act->now < last_time(act))
		act->now = last_time(act);
}

enum err
logbook_letter(
    const struct issued *letter, struct log_entry *entry, struct errtext *err)
{
	struct dsig sig;

	if (dsig_scan(&dsig_letter, letter->xml.at, letter->xml.len, &sig,
		NULL) != ERR_OK ||
	    !text_copy(entry->number, sizeof(entry->number), letter->number) ||
	    !text_copy(
		entry->officer, sizeof(entry->officer), letter->officer) ||
	    !text_copy(
		entry->approver, sizeof(entry->approver), letter->approver) ||
	    !text_copy(entry->reason, sizeof(entry->reason), letter->reason))
		return err_set(err, ERR_DATA,
		    _("%s: the register's letter is not whole; restore a "
		      "backup"),
		    letter->number);
	memcpy(entry->digest, sig.digest, sizeof(entry->digest));
	memcpy(entry->signature, sig.signature, sizeof(entry->signature));
	memcpy(entry->key_name, sig.key_name, sizeof(entry->key_name));
	entry->has_digest = true;
	return ERR_OK;
}

enum err
logbook_import(struct act *act, const struct log_entry *entry, const void *line,
    size_t len, struct errtext *err)
{
	struct bytes copy = { 0 };
	enum err rc = logbook_rules_take(act, entry, RULES_REFUSED, err);

	if (rc != ERR_OK)
		return rc;
	bytes_add(&copy, line, len);
	if (copy.failed)
		return err_memory(err);
	rc = append(act, &copy, entry->time, err);
	bytes_free(&copy);
	return rc;
}
