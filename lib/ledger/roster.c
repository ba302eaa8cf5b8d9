/*
 * roster.c - persons, their keys, and what the list says of them: roster.h.
 * Lines are judged in roster_line.c, the first ones of a log in
 * roster_begin.c.
 */
#include "ledger/roster.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/i18n.h"
#include "ledger/roster_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
roster_clear(struct roster *roster)
{
	size_t i;

	for (i = 0; i < roster->key_count; i++)
		EVP_PKEY_free(roster->key[i].key);
	free(roster->person);
	free(roster->key);
	free(roster->removal);
	free(roster->signer);
	*roster = (struct roster){ 0 };
}

/* --- persons ---------------------------------------------------------- */

struct roster_person *
roster_get(struct roster *roster, const char *code)
{
	size_t i;

	for (i = 0; i < roster->count; i++)
		if (strcmp(roster->person[i].code, code) == 0)
			return &roster->person[i];
	return NULL;
}

const struct roster_person *
roster_find(const struct roster *roster, const char *code)
{
	return roster_get((struct roster *)(uintptr_t)roster, code);
}

struct roster_person *
roster_add(
    struct roster *roster, const char *code, enum err *rc, struct errtext *err)
{
	struct roster_person *person = roster_get(roster, code);

	*rc = ERR_OK;
	if (person != NULL)
		return person;
	if (roster->count == ROSTER_PERSON_MAX)
		*rc = err_set(err, ERR_LIMIT,
		    _("a log with more than %d people"), ROSTER_PERSON_MAX);
	else if (!ARRAY_ROOM(roster->person, roster->count, roster->cap))
		*rc = err_memory(err);
	if (*rc != ERR_OK)
		return NULL;
	person = &roster->person[roster->count++];
	*person = (struct roster_person){ .spent = INT64_MIN,
		.spent_before = INT64_MIN };
	text_copy(person->code, sizeof(person->code), code);
	return person;
}

const struct roster_view *
roster_view_of(const struct roster_person *person)
{
	return person->seen.standing ? &person->seen : &person->counts;
}

bool
roster_counts(const struct roster_person *person)
{
	const struct roster_view *view = roster_view_of(person);

	return person->counts.standing && person->counts.role == view->role &&
	    person->counts.key == view->key;
}

/* --- keys ------------------------------------------------------------- */

/* Each sync makes some anew. */
static enum err
make_key(const struct roster *roster, struct roster_key *key)
{
	const struct trust_center *list = roster->list;

	return list != NULL && list->key_count > 0
	    ? person_key_like(key->point, list->keys[0].key, &key->key)
	    : person_key_public(key->point, &key->key);
}

EVP_PKEY *
roster_key_at(struct roster *roster, unsigned place)
{
	struct roster_key *key = &roster->key[place];

	if (key->key == NULL && make_key(roster, key) != ERR_OK)
		return NULL;
	return key->key;
}

bool
roster_is_key(const struct roster *roster, const struct roster_view *view,
    const uint8_t point[PERSON_KEY_SIZE])
{
	return view->role != '\0' &&
	    memcmp(roster->key[view->key].point, point, PERSON_KEY_SIZE) == 0;
}

const char *
roster_giver(const struct roster *roster, const struct roster_view *view)
{
	return view->role != '\0' ? roster->key[view->key].giver : "";
}

static bool
is_of(const struct roster *roster, size_t signers, const char *key_name)
{
	while (signers-- > 0) /* mostly the newest */
		if (strcmp(roster->signer[signers], key_name) == 0)
			return true;
	return false;
}

static bool
has_signed(const struct roster *roster, const char *key_name)
{
	return is_of(roster, roster->signer_count, key_name);
}

static bool
is_listed(const struct roster *roster, const char *key_name)
{
	const struct trust_center *list = roster->list;
	size_t i = list == NULL ? 0 : list->key_count;

	while (i-- > 0)
		if (strcmp(list->keys[i].key_name, key_name) == 0)
			return true;
	return false;
}

enum err
roster_signed_by(
    struct roster *roster, const char *key_name, struct errtext *err)
{
	if (has_signed(roster, key_name) || !is_listed(roster, key_name))
		return ERR_OK;
	if (!ARRAY_ROOM(
		roster->signer, roster->signer_count, roster->signer_cap))
		return err_memory(err);
	text_copy(roster->signer[roster->signer_count++],
	    sizeof(*roster->signer), key_name);
	return ERR_OK;
}

/* New keys of a log come with a new one of the center, so the list has it. */
bool
roster_is_of_before(const struct roster *roster, const struct log_entry *entry)
{
	const struct trust_center *list = roster->list;
	size_t i = list == NULL ? 0 : list->key_count;
	bool newer = false;

	while (i-- > 0 && !newer)
		newer = !is_of(
		    roster, roster->signers_before, list->keys[i].key_name);
	return newer && is_of(roster, roster->signers_before, entry->key_name);
}

/*
 * One of the keys that have signed the center's lines so far. What the root
 * certifies later changes nothing in a line of before: else whoever got their
 * own key certified as the center's could spoil all that it wrote.
 */
static bool
is_center_key(const struct roster *roster, const uint8_t point[PERSON_KEY_SIZE])
{
	const struct trust_center *list = roster->list;
	uint8_t own[PERSON_KEY_SIZE];
	size_t i;

	for (i = 0; list != NULL && i < list->key_count; i++)
		if (has_signed(roster, list->keys[i].key_name) &&
		    person_key_point(list->keys[i].key, own) == ERR_OK &&
		    person_key_same(own, point))
			return true;
	return false;
}

/* A key that nobody had. ERR_DATA: no point of the curve. */
static enum err
add_key(struct roster *roster, const char *code,
    const uint8_t point[PERSON_KEY_SIZE], struct errtext *err)
{
	struct roster_key made = { .key = NULL };
	enum err rc;

	if (roster->key_count == ROSTER_KEY_MAX)
		return err_set(err, ERR_LIMIT,
		    _("a log with more than %d keys of persons"),
		    ROSTER_KEY_MAX);
	memcpy(made.point, point, sizeof(made.point));
	text_copy(made.owner, sizeof(made.owner), code);
	if ((rc = person_key_public(point, &made.key)) == ERR_DATA)
		return rc;
	if (rc != ERR_OK ||
	    !ARRAY_ROOM(roster->key, roster->key_count, roster->key_cap)) {
		EVP_PKEY_free(made.key);
		return err_memory(err);
	}
	roster->key[roster->key_count++] = made;
	return ERR_OK;
}

static bool
is_theirs(const struct roster_key *key, const char *code,
    const uint8_t point[PERSON_KEY_SIZE])
{
	return strcmp(key->owner, code) == 0 &&
	    memcmp(key->point, point, PERSON_KEY_SIZE) == 0;
}

enum err
roster_add_key(struct roster *roster, const char *code,
    const uint8_t point[PERSON_KEY_SIZE], unsigned *place, enum key_was *was,
    struct errtext *err)
{
	unsigned i;
	enum err rc;

	for (i = 0; i < roster->key_count; i++)
		if (person_key_same(roster->key[i].point, point))
			break;
	*place = i;
	*was = KEY_BARRED;
	if (is_center_key(roster, point))
		return ERR_OK;
	if (i < roster->key_count) {
		if (is_theirs(&roster->key[i], code, point))
			*was = KEY_THEIRS;
		return ERR_OK;
	}
	rc = add_key(roster, code, point, err);
	if (rc == ERR_OK)
		*was = KEY_NOBODYS;
	return rc == ERR_DATA ? ERR_OK : rc;
}

/* --- the list --------------------------------------------------------- */

static const struct trust_person *
find_entry(const struct roster *roster, const char *code, char role,
    const uint8_t *point, int64_t spent, int64_t *since)
{
	const struct trust_center *list = roster->list;
	size_t i;

	for (i = roster->rosters; list != NULL && i < list->roster_count; i++) {
		const struct trust_roster *one = &list->rosters[i];
		const struct trust_person *entry = trust_roster_find(one, code);

		if (entry == NULL || one->since <= spent ||
		    (role != '\0' && entry->role != role) ||
		    (point != NULL &&
			memcmp(entry->key, point, sizeof(entry->key)) != 0))
			continue;
		*since = one->since;
		return entry;
	}
	return NULL;
}

const struct trust_person *
roster_entry(const struct roster *roster, const char *code, char role,
    const uint8_t *point, int64_t *since)
{
	const struct roster_person *known = roster_find(roster, code);

	return find_entry(roster, code, role, point,
	    known != NULL ? known->spent : INT64_MIN, since);
}

bool
roster_heard(const struct roster *roster, const char *code, char role,
    const uint8_t *point)
{
	return find_entry(roster, code, role, point, INT64_MIN,
		   &(int64_t){ 0 }) != NULL;
}

bool
roster_as_stood(const struct roster *roster, const struct roster_person *person,
    char role, const uint8_t *point)
{
	return person != NULL && person->stood && person->counts.role == role &&
	    roster_is_key(roster, &person->counts, point) &&
	    roster_heard(roster, person->code, role, point);
}

const char *
roster_help(const struct roster *roster, const struct trust_person *person)
{
	const struct roster_person *known = roster_find(roster, person->code);
	const struct roster_view *view =
	    known == NULL ? NULL : roster_view_of(known);
	bool stands = view != NULL && view->standing;

	if (stands &&
	    (view->role != person->role ||
		roster_is_key(roster, view, person->key)))
		return NULL;
	if (roster_entry(roster, person->code, person->role, person->key,
		&(int64_t){ 0 }) == NULL)
		return NULL;
	return stands && roster->phase != ROSTER_ENTERING
	    ? "KEY"
	    : person_role_word(person->role);
}

static bool
same_removal(const struct trust_removed *a, const struct trust_removed *b)
{
	return a->since == b->since && a->has_size == b->has_size &&
	    (!a->has_size || a->size == b->size);
}

static struct roster_removal *
find_removal(const struct roster *roster, const char *code)
{
	size_t i;

	for (i = 0; i < roster->removal_count; i++)
		if (strcmp(roster->removal[i].is.code, code) == 0)
			return &roster->removal[i];
	return NULL;
}

enum err
roster_list(
    struct roster *roster, const struct trust_center *list, struct errtext *err)
{
	size_t i;

	roster->list = list;
	for (i = 0; i < list->removed_count; i++) {
		const struct trust_removed *is = &list->removed[i];
		struct roster_removal *known = find_removal(roster, is->code);

		if (known != NULL && same_removal(&known->is, is))
			continue;
		if (known == NULL &&
		    !ARRAY_ROOM(roster->removal, roster->removal_count,
			roster->removal_cap))
			return err_memory(err);
		if (known == NULL)
			known = &roster->removal[roster->removal_count++];
		*known = (struct roster_removal){ .is = *is };
	}
	return ERR_OK;
}

bool
roster_reaches_back(
    const struct roster *roster, const struct trust_center *list, uint64_t next)
{
	size_t i;

	for (i = 0; i < list->removed_count; i++) {
		const struct trust_removed *is = &list->removed[i];
		const struct roster_removal *known =
		    find_removal(roster, is->code);

		if (known != NULL && same_removal(&known->is, is))
			continue;
		if (roster->phase != ROSTER_EMPTY &&
		    trust_removed_holds(
			is, next > 0 ? next - 1 : 0, roster->newest))
			return true;
	}
	return false;
}

/*
 * Once for each removal: the person may come again after it, with a new key.
 * One of a code that nobody has had waits for whoever comes with it.
 */
void
roster_remove(
    struct roster *roster, const struct log_entry *entry, uint64_t place)
{
	size_t i;

	if (entry->time > roster->newest || roster->phase == ROSTER_EMPTY)
		roster->newest = entry->time;
	for (i = 0; i < roster->removal_count; i++) {
		struct roster_removal *one = &roster->removal[i];
		struct roster_person *person;

		if (one->done ||
		    !trust_removed_holds(&one->is, place, entry->time) ||
		    (person = roster_get(roster, one->is.code)) == NULL)
			continue;
		person->counts.standing = false;
		person->vouched = false;
		person->stood = false;
		if (person->spent < one->is.since)
			person->spent = one->is.since;
		one->done = true;
	}
}
