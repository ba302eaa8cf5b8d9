/*
 * deeds.c - deeds.h.
 */
#include "issue/deeds.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/center/fate.h"
#include "issue/register/draft.h"

#include <stdio.h>
#include <string.h>

bool
deed_is_reason(const char *text)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	uint32_t c = 0x20;

	while (utf8_next(&r, &c) && c >= 0x20 && c != 0x7f)
		;
	return text[0] != '\0' && r.left == 0 && c >= 0x20 && c != 0x7f &&
	    utf8_length(text) <= DRAFT_REASON_MAX;
}

enum err
deed_withdraw(struct act *act, const struct issued *letter,
    const struct reason *reason, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_WITHDRAW, .has_digest = true };
	bool any = false, fraud = false;
	enum err rc =
	    fate_withdrawn(act->center, letter->number, &any, &fraud, err);

	if (rc == ERR_OK && (fraud || (any && !reason->fraud)))
		rc = err_set(err, ERR_DATA,
		    _("%s: this letter was withdrawn before"), letter->number);
	if (rc != ERR_OK)
		return rc;
	text_copy(entry.number, sizeof(entry.number), letter->number);
	memcpy(entry.digest, letter->digest, sizeof(entry.digest));
	text_copy(entry.reason, sizeof(entry.reason),
	    reason->fraud ? "FRAUD" : "WITHDRAWN");
	if ((rc = register_letter_withdraw(act->center->reg, letter->number,
		 act->actor.code, act->second.code, reason->word->word,
		 act->now, err)) != ERR_OK)
		return rc;
	return logbook_add(act, &entry, err);
}

enum err
deed_copy(struct act *act, const struct issued *letter, const char *reason,
    int made, struct errtext *err)
{
	const struct copy_note note = { act->now, act->actor.code,
		act->second.code, reason };
	struct log_entry entry = { .kind = ENTRY_REPRINT, .has_digest = true };
	int copy = 0;
	enum err rc;

	rc = register_letter_copy(
	    act->center->reg, letter->number, &note, &copy, err);
	/* the sheet that was made says its number: it must be this one */
	if (rc == ERR_OK && copy != made)
		rc = err_set(err, ERR_BUSY,
		    _("another copy was made just now; try again"));
	if (rc != ERR_OK)
		return rc;
	text_copy(entry.number, sizeof(entry.number), letter->number);
	snprintf(entry.ref, sizeof(entry.ref), "%d", copy);
	memcpy(entry.digest, letter->digest, sizeof(entry.digest));
	return logbook_add(act, &entry, err);
}

enum err
deed_close_day(struct act *act, struct errtext *err)
{
	struct log_entry entry = { .kind = ENTRY_CLOSE };
	enum err rc;

	if ((rc = act_begin(act, clock_now(), err)) != ERR_OK ||
	    (rc = logbook_add(act, &entry, err)) != ERR_OK)
		return rc;
	return act_commit(act, err);
}

enum err
deed_day_is_closed(enum err rc, struct errtext *err)
{
	struct errtext why = *err;

	return err_set(err, rc,
	    _("%s. The day is closed: publish again, without closing it"),
	    why.text);
}

enum err
deed_discard(struct center *center, const char *person, const int64_t *drafts,
    size_t count, const char *reason, struct errtext *err)
{
	int64_t now = clock_now();
	enum err rc;

	if ((rc = register_begin(center->reg, err)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < count && rc == ERR_OK; i++)
		rc = register_draft_discard(
		    center->reg, drafts[i], person, reason, now, err);
	if (rc == ERR_OK)
		rc = register_commit(center->reg, err);
	if (rc != ERR_OK)
		register_rollback(center->reg);
	return rc;
}
