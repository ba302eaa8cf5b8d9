/*
 * approve_sign.c - the transaction that makes letters: approve.h.
 *
 * The order inside it is the crash analysis of docs/register.md: numbers,
 * signatures, rows, lines of the log, its head, commit, guard. Whatever instant
 * the power goes, either the whole batch is in the register or nothing of it,
 * and no file exists before.
 */
#include "issue/center/act.h"
#include "issue/center/approve.h"
#include "issue/center/logbook_open.h"
#include "issue/center/release.h"
#include "issue/center/selfcheck.h"
#include "issue/register/draft.h"
#include "issue/register/event.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "letter/date.h"
#include "letter/field.h"
#include "letter/number.h"
#include "letter/sign.h"
#include "letter/xml.h"

#include <string.h>

/* One transaction. */
struct batch {
	const struct approval *approval;
	struct act *act;     /* its */
	struct bytes labels; /* as release_labels() made them for ... */
	struct {
		char language[sizeof(((struct letter *)0)->language)];
		char consulate[sizeof(((struct letter *)0)->consulate)];
		char pathway[sizeof(((struct letter *)0)->pathway)];
	} labels_of;
};

/* --- one letter ---------------------------------------------------------- */

/* What the approver's side adds to the drafter's. */
static enum err
complete(struct act *act, struct letter *letter, struct errtext *err)
{
	enum err rc = logbook_open_drafter(act, letter->officer, err);

	if (rc == ERR_OK)
		rc = logbook_number(act, act->now, letter->number, err);
	if (rc != ERR_OK)
		return rc;
	if (!clock_format(act->now, letter->issued_at) ||
	    !text_copy(
		letter->approver, sizeof(letter->approver), act->actor.code))
		return err_set(err, ERR_DATA, _("the clock is out of range"));
	return ERR_OK;
}

/* holds is false, with why, when these fields cannot become a letter today. */
static enum err
still_holds(struct act *act, const struct letter *letter, struct problem *why,
    bool *holds, struct errtext *err)
{
	struct issued before = { 0 };
	int64_t until;
	enum err rc = ERR_OK;

	*holds = false;
	if (clock_parse_date(letter->valid_until, &until) &&
	    act->now >= date_valid_end(until)) {
		problem_set(why, E_VALIDITY, FIELD_VALID_UNTIL,
		    _("its last day of validity is past; discard it and draft "
		      "it again"));
		return ERR_OK;
	}
	if (letter_check(letter, why, 1) != 0)
		return ERR_OK;
	*holds = true;
	if (letter->supersedes[0] == '\0')
		return ERR_OK;
	rc = register_letter_load(
	    act->center->reg, letter->supersedes, &before, err);
	if (rc == ERR_OK && before.state != ISSUED_ISSUED) {
		*holds = false;
		problem_set(why, E_CODE, FIELD_SUPERSEDES,
		    _("the letter it would replace was replaced or withdrawn "
		      "meanwhile; discard it"));
	}
	register_letter_clear(&before);
	return rc;
}

/* The signed file; its own check goes on beside (issue/center/selfcheck.h), and
 * act_commit() waits for it. */
static enum err
sign(struct batch *b, const struct letter *letter, struct issued *out,
    struct errtext *err)
{
	const struct center *center = b->act->center;
	struct bytes xml = { 0 };
	struct dsig sig;
	enum err rc;

	if ((rc = xml_write(letter, &xml)) == ERR_OK &&
	    (rc = sign_unchecked(&dsig_letter, xml.at, xml.len, letter->number,
		 b->act->ring.sign, center->key_name, &out->xml, err)) ==
		ERR_OK &&
	    (rc = dsig_scan(
		 &dsig_letter, out->xml.at, out->xml.len, &sig, err)) == ERR_OK)
		memcpy(out->digest, sig.digest, sizeof(out->digest));
	bytes_wipe(&xml);
	if (rc != ERR_OK)
		return rc;
	if (b->act->selfcheck != NULL)
		return selfcheck_add(b->act->selfcheck, out->xml.at,
		    out->xml.len, letter->number, center->key, err);
	return selfcheck_letter(
	    out->xml.at, out->xml.len, letter->number, center->key, err);
}

/* In a batch one letter mostly shows the same names as the one before it. */
static enum err
labels(struct batch *b, const struct letter *letter, struct bytes *out,
    struct errtext *err)
{
	enum err rc = ERR_OK;

	if (b->labels.len == 0 ||
	    strcmp(b->labels_of.language, letter->language) != 0 ||
	    strcmp(b->labels_of.consulate, letter->consulate) != 0 ||
	    strcmp(b->labels_of.pathway, letter->pathway) != 0) {
		bytes_reset(&b->labels);
		rc = release_labels(b->act->center->list, b->approval->large,
		    letter, &b->labels, err);
		memcpy(b->labels_of.language, letter->language,
		    sizeof(letter->language));
		memcpy(b->labels_of.consulate, letter->consulate,
		    sizeof(letter->consulate));
		memcpy(b->labels_of.pathway, letter->pathway,
		    sizeof(letter->pathway));
	}
	if (rc == ERR_OK)
		bytes_add(out, b->labels.at, b->labels.len);
	return rc == ERR_OK && out->failed ? err_memory(err) : rc;
}

/* The drafter's part of a letter's line. What they committed to is computed
 * again from the letter: their signature is over just this. */
static enum err
take_promise(const struct draft *draft, const struct letter *letter,
    struct log_entry *entry, struct errtext *err)
{
	memcpy(
	    entry->person_signature[0], draft->drafted, sizeof(draft->drafted));
	entry->has_commitment = true;
	return letter_commitment(letter, entry->commitment, err);
}

/* A letter that replaces another kills it, in the register and in the log. */
static enum err
enter(struct act *act, const struct draft *draft, const struct letter *letter,
    const struct issued *issued, struct errtext *err)
{
	bool corrects = letter->supersedes[0] != '\0';
	struct log_entry entry = { .kind =
				       corrects ? ENTRY_CORRECT : ENTRY_ISSUE,
		.time = issued->issued_at };
	enum err rc = ERR_OK;

	if (corrects)
		rc = register_letter_supersede(
		    act->center->reg, letter->supersedes, err);
	text_copy(entry.ref, sizeof(entry.ref), letter->supersedes);
	if (rc == ERR_OK)
		rc = logbook_letter(issued, &entry, err);
	if (rc == ERR_OK)
		rc = take_promise(draft, letter, &entry, err);
	return rc == ERR_OK ? logbook_add(act, &entry, err) : rc;
}

static enum err
store_letter(struct batch *b, const struct draft *draft, struct pick *pick,
    const struct letter *letter, struct errtext *err)
{
	const struct act *act = b->act;
	struct issued issued = { .issued_at = act->now,
		.draft = draft->id,
		.copies = 1,
		.paper = b->approval->paper };
	enum err rc = ERR_DATA;

	if (text_copy(issued.number, sizeof(issued.number), letter->number) &&
	    text_copy(issued.officer, sizeof(issued.officer), draft->officer) &&
	    text_copy(
		issued.approver, sizeof(issued.approver), act->actor.code) &&
	    text_copy(issued.second, sizeof(issued.second), act->second.code) &&
	    text_copy(issued.reason, sizeof(issued.reason), pick->reason))
		rc = sign(b, letter, &issued, err);
	if (rc == ERR_OK)
		rc = labels(b, letter, &issued.labels, err);
	if (rc == ERR_OK)
		rc = register_letter_insert(act->center->reg, &issued, err);
	if (rc == ERR_OK)
		rc = enter(b->act, draft, letter, &issued, err);
	if (rc == ERR_OK)
		memcpy(pick->number, issued.number, sizeof(pick->number));
	register_letter_clear(&issued);
	return rc;
}

static enum err
issue_draft(struct batch *b, const struct draft *draft, struct pick *pick,
    struct errtext *err)
{
	const struct approval *approval = b->approval;
	struct letter letter = draft->letter;
	struct problem why = { 0 };
	bool holds = false;
	enum err rc;

	/* a refused draft takes no number: the next letter gets it */
	if ((rc = complete(b->act, &letter, err)) == ERR_OK &&
	    (rc = still_holds(b->act, &letter, &why, &holds, err)) == ERR_OK) {
		pick->refused = !holds;
		if (pick->refused)
			approval->refuse(approval->arg, draft->id, why.text);
		else
			rc = store_letter(b, draft, pick, &letter, err);
	}
	letter_wipe(&letter);
	return rc;
}

static enum err
issue_pick(struct batch *b, struct pick *pick, struct errtext *err)
{
	struct center *center = b->act->center;
	struct draft draft = { 0 };
	enum err rc;

	if (pick->number[0] != '\0' || pick->refused)
		return ERR_OK;
	rc = register_draft_load(
	    center->reg, center->info.center, pick->draft, &draft, err);
	if (rc == ERR_OK &&
	    (draft.state != DRAFT_PENDING ||
		memcmp(draft.digest, pick->digest, sizeof(draft.digest)) != 0))
		rc = err_set(err, ERR_REFUSED,
		    _("draft %lld: it was changed, discarded or approved "
		      "while you looked at it; look again"),
		    (long long)pick->draft);
	if (rc == ERR_OK)
		rc = issue_draft(b, &draft, pick, err);
	register_draft_clear(&draft);
	return rc;
}

/* --- the transaction ----------------------------------------------------- */

static enum err
fill(struct batch *b, struct pick *picks, size_t count, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < count && rc == ERR_OK; i++)
		rc = issue_pick(b, &picks[i], err);
	/* from the first letter on, nobody opens the keys alone */
	if (rc == ERR_OK)
		rc = keyring_end_founding(b->act->center->reg, err);
	return rc;
}

/* Is there a letter that was not there before? */
static bool
is_any_new(const struct pick *picks, const bool *had, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!had[i] && picks[i].number[0] != '\0')
			return true;
	return false;
}

/* A commit that failed: what it has come to. */
static enum err
tell_outcome(enum err rc, enum act_outcome outcome, struct errtext *err)
{
	switch (outcome) {
	case ACT_OPEN:
	case ACT_STANDS: /* only the guard failed */
		return rc;
	case ACT_NOTHING:
		err_prefix(err, "%s", _("nothing was signed"));
		return ERR_IO;
	case ACT_UNKNOWN:
		break;
	}
	err_prefix(err, "%s",
	    _("it is not known whether letters were signed; look at the list "
	      "before you approve again (sello-issue list)"));
	return ERR_IO;
}

static enum err
sign_batch(struct batch *b, struct pick *picks, const bool *had, size_t count,
    struct errtext *err)
{
	int64_t now = clock_now();
	enum err rc;

	if ((rc = center_may_issue(b->act->center, now, err)) != ERR_OK ||
	    (rc = act_begin(b->act, now, err)) != ERR_OK)
		return rc;
	if ((rc = fill(b, picks, count, err)) != ERR_OK) {
		act_rollback(b->act);
		return rc;
	}
	rc = act_commit(b->act, err);
	return rc != ERR_OK && is_any_new(picks, had, count)
	    ? tell_outcome(rc, b->act->outcome, err)
	    : rc;
}

void
approve_expect(struct center *center, size_t letters)
{
	struct selfcheck *check = center_selfcheck(center);

	if (check != NULL)
		selfcheck_expect(check, letters);
}

enum err
approve_sign(const struct approval *approval, struct pick *picks, size_t count,
    struct errtext *err)
{
	struct act *act = approval->act;
	struct batch batch = { .approval = approval, .act = act };
	bool had[APPROVE_BATCH];
	enum err rc;

	if (count > APPROVE_BATCH)
		return err_set(err, ERR_LIMIT, _("too many letters at once"));
	for (size_t i = 0; i < count; i++)
		had[i] = picks[i].number[0] != '\0';
	act->outcome = ACT_OPEN;
	act->selfcheck = center_selfcheck(act->center);
	rc = sign_batch(&batch, picks, had, count, err);
	act->selfcheck = NULL;
	if (rc == ERR_REFUSED)
		register_event(act->center->reg, clock_now(), "refused-draft",
		    act->actor.code, "");
	/* nothing of a batch that failed has a number */
	for (size_t i = 0; i < count && act->outcome != ACT_STANDS; i++)
		if (!had[i])
			picks[i].number[0] = '\0';
	bytes_free(&batch.labels);
	return rc;
}
