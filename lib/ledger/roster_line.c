/*
 * roster_line.c - who acts in a line, and staff lines: roster.h.
 */
#include "ledger/roster_parts.h"

#include <string.h>

/* --- who acts --------------------------------------------------------- */

static bool
stands(const struct roster_person *person)
{
	return person != NULL && roster_view_of(person)->standing;
}

/* Their own change of their key. */
static bool
changes_own(const struct log_entry *e, const char *code)
{
	return e->kind == ENTRY_STAFF && strcmp(e->reason, "KEY") == 0 &&
	    strcmp(e->ref, code) == 0 && strcmp(e->officer, code) == 0;
}

struct roster_person *
roster_act(struct roster *roster, const char *code, struct act *act)
{
	struct roster_person *person = roster_get(roster, code);

	if (!stands(person)) {
		act->rules |= RULE_STRANGER;
		return NULL;
	}
	if (roster_giver(roster, roster_view_of(person))[0] != '\0' &&
	    !changes_own(act->entry, code)) {
		act->rules |= RULE_ROLE;
		return NULL;
	}
	if (!roster_counts(person))
		act->rules |= RULE_VOID;
	return person;
}

static enum err
sign_by(struct roster *roster, struct act *act, unsigned place)
{
	EVP_PKEY *key = roster_key_at(roster, place);

	if (key == NULL)
		return err_memory(act->err);
	act->persons->key[act->persons->count++] = key;
	return ERR_OK;
}

enum err
roster_sign(struct roster *roster, struct act *act,
    const struct roster_view *officer, const struct roster_view *approver)
{
	enum err rc = sign_by(roster, act, officer->key);

	if (rc == ERR_OK && approver != NULL)
		rc = sign_by(roster, act, approver->key);
	return rc;
}

/* In the first log, until the first letter, the founder counts as an approver.
 */
static bool
is_approver(const struct roster *roster, const struct roster_person *person)
{
	char role = roster_view_of(person)->role;

	return role == 'A' ||
	    (role == 'M' && !roster->letters &&
		strcmp(person->code, roster->founder) == 0);
}

static bool
needs_two(const struct log_entry *e)
{
	switch (e->kind) {
	case ENTRY_ISSUE:
	case ENTRY_CORRECT:
	case ENTRY_RESTORE:
	case ENTRY_CLOCK:
		return true;
	case ENTRY_WITHDRAW:
		return strcmp(e->reason, "FRAUD") == 0;
	case ENTRY_OPEN:
	case ENTRY_REPRINT:
	case ENTRY_STAFF:
	case ENTRY_CLOSE:
		return false;
	}
	return false;
}

/*
 * The center's clock ran ahead, and is right again: lines about persons that
 * were dated by it spend no entry of a roster that the root reads aloud from
 * here on. Who was sent away in such a line stays so.
 */
static void
put_right(struct roster *roster, int64_t time)
{
	size_t i;

	for (i = 0; i < roster->count; i++) {
		struct roster_person *p = &roster->person[i];
		bool same = p->spent == p->spent_before;

		if (p->counts.standing && p->spent > time)
			p->spent = time;
		if (same)
			p->spent_before = p->spent;
	}
}

/* Lines of all kinds but staff, after the beginning. */
static enum err
add_work(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	struct roster_person *officer, *approver = NULL;
	bool good;

	if (e->kind == ENTRY_OPEN)
		act->rules |= RULE_FOUNDING;
	if (e->approver[0] == '\0' && needs_two(e))
		act->rules |= RULE_ALONE;
	officer = roster_act(roster, e->officer, act);
	if (e->approver[0] != '\0')
		approver = roster_act(roster, e->approver, act);
	if (officer == NULL ||
	    (act->rules & (RULE_STRANGER | RULE_ALONE | RULE_ROLE)) != 0)
		return ERR_OK;
	good = entry_is_letter(e) ? roster_view_of(officer)->role == 'D' &&
		roster_view_of(approver)->role == 'A'
				  : is_approver(roster, officer) ||
		(approver != NULL && is_approver(roster, approver));
	if (!good)
		act->rules |= RULE_ROLE;
	else if (e->kind == ENTRY_CLOCK && (act->rules & RULE_VOID) == 0)
		put_right(roster, e->time);
	return roster_sign(roster, act, roster_view_of(officer),
	    approver == NULL ? NULL : roster_view_of(approver));
}

/* --- staff ------------------------------------------------------------ */

enum change { CHANGE_ADD, CHANGE_KEY, CHANGE_REMOVE };

static enum change
change_of(const struct log_entry *e)
{
	return strcmp(e->reason, "REMOVED") == 0 ? CHANGE_REMOVE
	    : strcmp(e->reason, "KEY") == 0      ? CHANGE_KEY
						 : CHANGE_ADD;
}

static bool
is_digest_of(const struct roster *roster, const struct roster_view *view,
    const uint8_t digest[32])
{
	uint8_t own[32];

	if (!view->standing)
		return false;
	person_key_digest(roster->key[view->key].point, own);
	return memcmp(own, digest, sizeof(own)) == 0;
}

/* May this be done to this person? What the root removed, or a void line,
 * stands in one view only: then both ways are open. */
static void
judge_subject(const struct roster *roster, const struct roster_person *subject,
    struct act *act)
{
	enum change change = change_of(act->entry);
	bool good;

	if (change == CHANGE_ADD)
		good = subject == NULL || !subject->counts.standing ||
		    !subject->seen.standing;
	else
		good = stands(subject);
	if (good && change == CHANGE_REMOVE)
		good =
		    is_digest_of(roster, &subject->seen, act->entry->digest) ||
		    is_digest_of(roster, &subject->counts, act->entry->digest);
	if (!good)
		act->rules |= RULE_PERSON;
}

/* An administrator and an approver, of whom neither is the subject; or, for a
 * key, the subject and anybody. */
static enum err
judge_staff(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	const struct roster_person *officer, *approver;
	bool own = changes_own(e, e->officer);

	if (e->approver[0] == '\0' || strcmp(e->approver, e->ref) == 0 ||
	    (!own && strcmp(e->officer, e->ref) == 0)) {
		act->rules |= RULE_ALONE;
		return ERR_OK;
	}
	officer = roster_act(roster, e->officer, act);
	approver = roster_act(roster, e->approver, act);
	if (officer == NULL || approver == NULL)
		return ERR_OK;
	/* who gave the key may know it: another person sees it changed */
	if (own &&
	    strcmp(roster_giver(roster, roster_view_of(officer)),
		e->approver) == 0)
		act->rules |= RULE_ALONE;
	if (!own &&
	    (roster_view_of(officer)->role != 'M' ||
		roster_view_of(approver)->role != 'A'))
		act->rules |= RULE_ROLE;
	return roster_sign(
	    roster, act, roster_view_of(officer), roster_view_of(approver));
}

enum help {
	HELP_NONE,
	HELP_ONCE,
	/* an earlier log had the line, which the center of this one lost: they
	 * are again as they stood */
	HELP_AGAIN,
	/* and more about them. Told, and nobody stands by it */
	HELP_LATE,
};

/* What the root read aloud needs no other signature: the person's own, by the
 * new key. */
static enum help
root_helps(struct roster *roster, struct act *act, int64_t *since)
{
	const struct log_entry *e = act->entry;
	const struct roster_person *subject = roster_find(roster, e->ref);
	char role = person_role_letter(e->reason);

	if (e->approver[0] != '\0' || strcmp(e->officer, e->ref) != 0 ||
	    change_of(e) == CHANGE_REMOVE)
		return HELP_NONE;
	if (change_of(e) == CHANGE_KEY) {
		if (!stands(subject))
			return HELP_NONE;
		role = roster_view_of(subject)->role;
	}
	if (roster_entry(roster, e->ref, role, e->person_key, since) != NULL)
		return HELP_ONCE;
	/* by a line of this log */
	if (subject == NULL || subject->spent != subject->spent_before ||
	    !roster_heard(roster, e->ref, role, e->person_key))
		return HELP_NONE;
	return roster_as_stood(roster, subject, role, e->person_key)
	    ? HELP_AGAIN
	    : HELP_LATE;
}

/* A line that counts makes both views one. */
static void
change(const struct act *act, struct roster_person *subject, unsigned key)
{
	const struct log_entry *e = act->entry;
	bool counts = (act->rules & RULE_VOID) == 0;
	enum change what = change_of(e);

	if (what == CHANGE_REMOVE) {
		subject->seen.standing = false;
		if (counts)
			subject->counts.standing = false;
	} else if (what == CHANGE_KEY) {
		subject->seen = *roster_view_of(subject);
		subject->seen.key = key;
		if (counts && subject->counts.standing)
			subject->counts.key = key;
	} else {
		subject->seen = (struct roster_view){ true,
			person_role_letter(e->reason), key };
		if (counts)
			subject->counts = subject->seen;
	}
	if (counts && subject->spent < e->time)
		subject->spent = e->time;
}

/* The rules are kept: the change itself. */
static enum err
add_change(
    struct roster *roster, struct act *act, enum help help, int64_t since)
{
	const struct log_entry *e = act->entry;
	struct roster_person *subject;
	enum key_was was = KEY_NOBODYS;
	unsigned key = 0;
	enum err rc;

	if (change_of(e) != CHANGE_REMOVE) {
		rc = roster_add_key(
		    roster, e->ref, e->person_key, &key, &was, act->err);
		if (rc != ERR_OK)
			return rc;
	}
	if (was == KEY_BARRED || (was == KEY_THEIRS && help < HELP_AGAIN)) {
		act->rules |= RULE_KEY;
		return ERR_OK;
	}
	if (help == HELP_LATE)
		act->rules |= RULE_RENUMBERED | RULE_VOID;
	if ((subject = roster_add(roster, e->ref, &rc, act->err)) == NULL)
		return rc;
	change(act, subject, key);
	if (help == HELP_NONE && change_of(e) != CHANGE_REMOVE &&
	    strcmp(e->officer, e->ref) != 0)
		memcpy(roster->key[key].giver, e->officer, sizeof(e->officer));
	if (help == HELP_NONE)
		return ERR_OK;
	if (subject->spent < since)
		subject->spent = since;
	return sign_by(roster, act, key);
}

static enum err
add_staff(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	int64_t since = 0;
	enum help help = root_helps(roster, act, &since);
	enum err rc = ERR_OK;

	if (help == HELP_NONE)
		rc = judge_staff(roster, act);
	judge_subject(roster, roster_find(roster, e->ref), act);
	if (rc != ERR_OK || (act->rules & RULES_OF_PERSONS) != 0)
		return rc;
	return add_change(roster, act, help, since);
}

/* --- a line ----------------------------------------------------------- */

static enum err
add_line(struct roster *roster, struct act *act, uint64_t place)
{
	bool taken = false;
	enum err rc;

	if (place == 0)
		return roster_begin(roster, act);
	if (roster->phase == ROSTER_ENTERING) {
		rc = place == roster->next++ ? roster_enter(roster, act, &taken)
					     : ERR_OK;
		if (rc != ERR_OK || taken)
			return rc;
		roster_end(roster, act);
	}
	return act->entry->kind == ENTRY_STAFF ? add_staff(roster, act)
					       : add_work(roster, act);
}

enum err
roster_add_line(struct roster *roster, const struct log_entry *entry,
    unsigned generation, uint64_t place, unsigned *broken,
    struct line_persons *persons, struct errtext *err)
{
	struct act act = { entry, generation, 0, persons, err };
	enum err rc;

	*persons = (struct line_persons){ .count = 0 };
	roster_remove(roster, entry, place);
	if (place == 0)
		roster->signers_before = roster->signer_count;
	rc = roster_signed_by(roster, entry->key_name, err);
	if (rc == ERR_OK)
		rc = add_line(roster, &act, place);
	if (rc != ERR_OK)
		return rc;
	if ((act.rules & RULES_OF_PERSONS) != 0)
		*persons = (struct line_persons){ .count = 0 };
	roster->letters |= entry_is_letter(entry);
	*broken |= act.rules;
	return ERR_OK;
}
