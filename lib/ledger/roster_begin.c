/*
 * roster_begin.c - how a log begins with its persons: roster.h.
 *
 * The first log that has lines begins with the persons of one of the list's
 * rosters, entered by the founder alone. Which roster the lines themselves
 * say: the founding request may have been certified more than once.
 *
 * A later one begins with those who stood when the one before ended. The root
 * may have ended it before its center's last lines, so what does not fit here
 * accuses nobody: it is void, and the root can help.
 */
#include "ledger/roster_parts.h"

#include <string.h>

static bool
is_entering(const struct log_entry *e)
{
	return e->kind == ENTRY_STAFF && person_role_letter(e->reason) != '\0';
}

/* Told, and nobody stands by it. */
static void
not_going_on(struct act *act)
{
	act->rules |= RULE_RENUMBERED | RULE_VOID;
	act->persons->count = 0;
}

/* Is it signed by these? In a beginning the answer says who it is. */
static enum err
is_signed(const struct act *act, const struct line_persons *by, bool *good)
{
	enum err rc = line_verify_persons(act->entry, "", by, act->err);

	*good = rc == ERR_OK;
	return rc == ERR_SIGNATURE ? ERR_OK : rc;
}

/* By the one person whom the list has with this key? */
static enum err
is_signed_with(
    const struct act *act, const uint8_t point[PERSON_KEY_SIZE], bool *good)
{
	struct line_persons by = { .count = 1 };
	enum err rc = person_key_public(point, &by.key[0]);

	*good = false;
	if (rc != ERR_OK) /* trust/list.h has judged it */
		return rc == ERR_DATA ? ERR_OK : rc;
	rc = is_signed(act, &by, good);
	EVP_PKEY_free(by.key[0]);
	return rc;
}

/* The line's person as it says; again: as they stood. A key that they have no
 * more may be one of lines behind the end of the log before; and a new one may
 * be of their own making there, so nobody gave it. */
static enum err
enter(struct roster *roster, struct act *act, bool again)
{
	const struct log_entry *e = act->entry;
	struct roster_person *subject;
	enum key_was was;
	unsigned key;
	bool counts;
	enum err rc;

	rc =
	    roster_add_key(roster, e->ref, e->person_key, &key, &was, act->err);
	if (rc != ERR_OK)
		return rc;
	if (was == KEY_BARRED) {
		act->rules |= RULE_KEY;
		return ERR_OK;
	}
	if (was == KEY_THEIRS && !again)
		not_going_on(act);
	counts = (act->rules & RULE_VOID) == 0;
	if ((subject = roster_add(roster, e->ref, &rc, act->err)) == NULL)
		return rc;
	subject->seen =
	    (struct roster_view){ true, person_role_letter(e->reason), key };
	subject->entered = true;
	subject->vouched = counts;
	if (counts)
		subject->counts = subject->seen;
	return ERR_OK;
}

/* --- the first one ---------------------------------------------------- */

static bool
has(const struct trust_roster *list, const char *code, char role,
    const uint8_t *point)
{
	const struct trust_person *found = trust_roster_find(list, code);

	return found != NULL && found->role == role &&
	    memcmp(found->key, point, sizeof(found->key)) == 0;
}

/* Are the founder and all who were entered in it? */
static bool
may_be(const struct roster *roster, const struct trust_roster *list,
    size_t *entered)
{
	size_t i;

	*entered = 0;
	for (i = 0; i < roster->count; i++) {
		const struct roster_person *p = &roster->person[i];

		if (!p->entered && strcmp(p->code, roster->founder) != 0)
			continue;
		if (!has(list, p->code, p->seen.role,
			roster->key[p->seen.key].point))
			return false;
		*entered += p->entered;
	}
	return true;
}

/* Of several rosters with the founder in it the one whose key signed, else
 * the newest. NULL: in none. */
static enum err
find_founder(const struct roster *roster, const struct act *act,
    const struct trust_person **out)
{
	const struct trust_center *list = roster->list;
	size_t i = list == NULL ? 0 : list->roster_count;
	bool good = false;
	enum err rc = ERR_OK;

	*out = NULL;
	while (i-- > 0 && rc == ERR_OK && !good) {
		const struct trust_person *entry =
		    trust_roster_find(&list->rosters[i], act->entry->officer);

		if (entry == NULL || entry->role != 'M')
			continue;
		rc = is_signed_with(act, entry->key, &good);
		if (*out == NULL || good)
			*out = entry;
	}
	return rc;
}

static enum err
found_log(struct roster *roster, struct act *act)
{
	const struct trust_person *entry;
	struct roster_person *founder;
	enum key_was was;
	unsigned key;
	enum err rc = find_founder(roster, act, &entry);

	if (rc != ERR_OK)
		return rc;
	roster->founder[0] = '\0';
	if (entry == NULL) {
		act->rules |= RULE_FOUNDING;
		return ERR_OK;
	}
	if ((founder = roster_add(roster, entry->code, &rc, act->err)) == NULL)
		return rc;
	rc = roster_add_key(
	    roster, entry->code, entry->key, &key, &was, act->err);
	if (rc != ERR_OK)
		return rc;
	if (was == KEY_BARRED) {
		act->rules |= RULE_KEY;
		return ERR_OK;
	}
	founder->counts = founder->seen =
	    (struct roster_view){ true, 'M', key };
	memcpy(roster->founder, founder->code, sizeof(roster->founder));
	return roster_sign(roster, act, &founder->seen, NULL);
}

static enum err
enter_first(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	const struct trust_center *list = roster->list;
	struct roster_person *founder;
	size_t i, entered;
	enum err rc;

	for (i = 0; list != NULL && i < list->roster_count; i++)
		if (may_be(roster, &list->rosters[i], &entered) &&
		    has(&list->rosters[i], e->ref,
			person_role_letter(e->reason), e->person_key))
			break;
	if (list == NULL || i == list->roster_count) {
		act->rules |= RULE_FOUNDING;
		return ERR_OK;
	}
	if ((founder = roster_act(roster, e->officer, act)) == NULL)
		return ERR_OK;
	if ((rc = roster_sign(roster, act, &founder->seen, NULL)) != ERR_OK)
		return rc;
	return enter(roster, act, true);
}

/* Of equal rosters the oldest: a newer list changes nothing in that. */
static bool
is_founded(struct roster *roster)
{
	const struct trust_center *list = roster->list;
	size_t i, entered;

	for (i = 0; list != NULL && i < list->roster_count; i++)
		if (may_be(roster, &list->rosters[i], &entered) &&
		    entered == list->rosters[i].person_count) {
			roster->rosters = i + 1;
			return true;
		}
	return false;
}

/* --- later ones ------------------------------------------------------- */

/* As they stood when the log before ended, whatever this one says so far; NULL:
 * not at all, in another role, or with a key that they were given. */
static const struct roster_view *
as_stood(const struct roster *roster, const char *code, char role)
{
	const struct roster_person *person = roster_find(roster, code);
	const struct roster_view *view;

	if (person == NULL)
		return NULL;
	view = person->counts.standing ? &person->counts : &person->seen;
	return view->standing && view->role == role &&
		roster_giver(roster, view)[0] == '\0'
	    ? view
	    : NULL;
}

static bool
is_counted(const struct roster *roster, const char *code)
{
	return roster_find(roster, code)->counts.standing;
}

/* By an administrator who stood, or whom the root has read aloud since. */
static enum err
go_on(struct roster *roster, struct act *act)
{
	const char *code = act->entry->officer;
	const struct roster_view *officer = as_stood(roster, code, 'M');
	const struct trust_person *entry =
	    roster_entry(roster, code, 'M', NULL, &(int64_t){ 0 });
	bool good = false;
	enum err rc = ERR_OK;

	if (roster_is_of_before(roster, act->entry)) {
		not_going_on(act);
		return ERR_OK;
	}
	if (officer != NULL &&
	    (rc = roster_sign(roster, act, officer, NULL)) == ERR_OK)
		rc = is_signed(act, act->persons, &good);
	if (rc != ERR_OK)
		return rc;
	if (good) {
		if (!is_counted(roster, code))
			act->rules |= RULE_VOID;
		return ERR_OK;
	}
	act->persons->count = 0; /* or it is judged here */
	if (entry != NULL)
		rc = is_signed_with(act, entry->key, &good);
	if (good)
		act->persons->listed = entry->key;
	else
		not_going_on(act);
	return rc;
}

static bool
is_view(const struct roster *roster, const struct roster_view *view,
    const struct log_entry *e)
{
	return view->standing && view->role == person_role_letter(e->reason) &&
	    roster_is_key(roster, view, e->person_key);
}

/* An administrator and an approver who stood, and their signatures. */
static enum err
two_who_stood(struct roster *roster, struct act *act, bool *good)
{
	const struct log_entry *e = act->entry;
	const struct roster_view *officer = as_stood(roster, e->officer, 'M');
	const struct roster_view *approver = as_stood(roster, e->approver, 'A');
	enum err rc;

	*good = officer != NULL && approver != NULL;
	if (!*good)
		return ERR_OK;
	if ((rc = roster_sign(roster, act, officer, approver)) != ERR_OK ||
	    (rc = is_signed(act, act->persons, good)) != ERR_OK || !*good)
		return rc;
	if (!is_counted(roster, e->officer) || !is_counted(roster, e->approver))
		act->rules |= RULE_VOID;
	return ERR_OK;
}

/* As they stood, by any view. */
static bool
stood(const struct roster *roster, const struct roster_person *subject,
    const struct log_entry *e)
{
	return subject != NULL &&
	    (is_view(roster, &subject->counts, e) ||
		is_view(roster, &subject->seen, e));
}

/* Who stood comes again as they were; two who stood may let others join. */
static enum err
enter_again(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	const struct roster_person *subject = roster_find(roster, e->ref);
	bool good, again = stood(roster, subject, e);
	bool own =
	    strcmp(e->officer, e->ref) == 0 || strcmp(e->approver, e->ref) == 0;
	enum err rc = two_who_stood(roster, act, &good);

	if (rc != ERR_OK)
		return rc;
	if (!good || (own && !again))
		not_going_on(act);
	else if (again && !is_view(roster, &subject->counts, e))
		act->rules |= RULE_VOID;
	return enter(roster, act, again);
}

/* Alone, by a new key that the root has read aloud. */
static enum err
enter_helped(struct roster *roster, struct act *act, int64_t since)
{
	const struct log_entry *e = act->entry;
	struct roster_person *subject = roster_get(roster, e->ref);
	enum err rc = enter(roster, act, stood(roster, subject, e));

	subject = roster_get(roster, e->ref);
	if (rc != ERR_OK || (act->rules & (RULE_KEY | RULE_RENUMBERED)) != 0)
		return rc;
	if (subject->spent < since)
		subject->spent = since;
	return roster_sign(roster, act, &subject->seen, NULL);
}

static enum err
enter_later(struct roster *roster, struct act *act)
{
	const struct log_entry *e = act->entry;
	char role = person_role_letter(e->reason);
	int64_t since = 0;

	if (roster_is_of_before(roster, e)) {
		not_going_on(act);
		return enter(roster, act, true);
	}
	if (e->approver[0] == '\0' && strcmp(e->officer, e->ref) == 0 &&
	    (roster_entry(roster, e->ref, role, e->person_key, &since) !=
		    NULL ||
		roster_as_stood(
		    roster, roster_find(roster, e->ref), role, e->person_key)))
		return enter_helped(roster, act, since);
	return enter_again(roster, act);
}

/* --- both ------------------------------------------------------------- */

void
roster_end(struct roster *roster, struct act *act)
{
	bool founding = !roster->founded;
	bool good = !founding || is_founded(roster);
	size_t i;

	if (!good && act->generation == 1)
		act->rules |= RULE_FOUNDING;
	for (i = 0; i < roster->count; i++) {
		struct roster_person *p = &roster->person[i];

		p->seen.standing &= p->entered;
		p->counts.standing &= p->vouched && good;
	}
	roster->founded |= good;
	roster->phase = ROSTER_WORKING;
}

enum err
roster_begin(struct roster *roster, struct act *act)
{
	struct act before = { .generation = 0 };
	size_t i;

	if (roster->phase == ROSTER_ENTERING)
		roster_end(roster, &before);
	for (i = 0; i < roster->count; i++) {
		struct roster_person *p = &roster->person[i];

		p->entered = p->vouched = false;
		p->stood = p->counts.standing;
		p->spent_before = p->spent;
	}
	/* the founder counts as an approver in the first log alone: whether it
	 * ended before its first letter its center may not know */
	roster->letters |= roster->founded;
	roster->phase = ROSTER_ENTERING;
	roster->next = 1;
	if (act->entry->kind != ENTRY_OPEN) {
		act->rules |= RULE_FOUNDING;
		return ERR_OK;
	}
	return roster->founded ? go_on(roster, act) : found_log(roster, act);
}

enum err
roster_enter(struct roster *roster, struct act *act, bool *taken)
{
	const struct log_entry *e = act->entry;
	const struct roster_person *subject = roster_find(roster, e->ref);
	bool first = !roster->founded &&
	    strcmp(e->officer, roster->founder) == 0 && e->approver[0] == '\0';

	*taken = is_entering(e) && (subject == NULL || !subject->vouched) &&
	    (first || roster->founded || act->generation > 1);
	if (!*taken)
		return ERR_OK;
	return first ? enter_first(roster, act) : enter_later(roster, act);
}
