/*
 * persons.c - persons.h.
 */
#include "audit/persons.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

static struct persons_key *
find(const struct persons *persons, const char *code,
    const uint8_t point[PERSON_KEY_SIZE])
{
	size_t i;

	for (i = persons->count; i-- > 0;)
		if (memcmp(persons->key[i].is.key, point, PERSON_KEY_SIZE) ==
			0 &&
		    strcmp(persons->key[i].is.code, code) == 0)
			return &persons->key[i];
	return NULL;
}

/* This key of this person, new or not; NULL without memory. */
static struct persons_key *
get(struct persons *persons, const char *code,
    const uint8_t point[PERSON_KEY_SIZE])
{
	struct persons_key *key = find(persons, code, point);

	if (key != NULL ||
	    !ARRAY_ROOM(persons->key, persons->count, persons->cap))
		return key;
	key = &persons->key[persons->count++];
	*key = (struct persons_key){ .generation = 0 };
	text_copy(key->is.code, sizeof(key->is.code), code);
	memcpy(key->is.key, point, sizeof(key->is.key));
	return key;
}

/* The role of the key that they had before this one. */
static char
role_before(const struct persons *persons, const struct persons_key *key)
{
	size_t i;

	for (i = persons->count; i-- > 0;)
		if (&persons->key[i] != key &&
		    strcmp(persons->key[i].is.code, key->is.code) == 0)
			return persons->key[i].is.role;
	return '\0';
}

/* A person's role and key from this line on. A later log enters those who
 * stand once more, with the key they have. */
static enum err
add_key(struct persons *persons, const struct persons_line *line)
{
	const struct log_entry *e = line->entry;
	struct persons_key *key = get(persons, e->ref, e->person_key);

	if (key == NULL)
		return ERR_MEMORY;
	if (key->generation != 0)
		return ERR_OK;
	key->generation = line->generation;
	key->from = e->index;
	key->since = e->time;
	key->changed = strcmp(e->reason, "KEY") == 0;
	key->is.role = key->changed ? role_before(persons, key)
				    : person_role_letter(e->reason);
	return ERR_OK;
}

static struct persons_key *
find_known(const struct persons *persons, const EVP_PKEY *signer)
{
	size_t i;

	for (i = persons->count; i-- > 0;)
		if (persons->key[i].known == signer)
			return &persons->key[i];
	return NULL;
}

const struct persons_key *
persons_of(const struct persons *persons, const EVP_PKEY *signer)
{
	return find_known(persons, signer);
}

/* Nearly always the roster has the same EVP_PKEY as before. */
static enum err
count_line(
    struct persons *persons, const char *code, EVP_PKEY *signer, int64_t time)
{
	uint8_t point[PERSON_KEY_SIZE];
	struct persons_key *key = find_known(persons, signer);
	enum err rc;

	if (key == NULL) {
		if ((rc = person_key_point(signer, point)) != ERR_OK)
			return rc;
		if ((key = get(persons, code, point)) == NULL)
			return ERR_MEMORY;
		key->known = signer;
	}
	key->lines++;
	key->last = time;
	return ERR_OK;
}

enum err
persons_add(struct persons *persons, const struct persons_line *line,
    struct errtext *err)
{
	const struct log_entry *e = line->entry;
	const char *const codes[ENTRY_SIGNER_MAX] = { e->officer, e->approver };
	enum err rc = ERR_OK;
	size_t i;

	for (i = 0; i < ENTRY_SIGNER_MAX && rc == ERR_OK; i++)
		if (line->signer[i] != NULL)
			rc = count_line(
			    persons, codes[i], line->signer[i], e->time);
	if (rc == ERR_OK && line->taken && e->has_person_key)
		rc = add_key(persons, line);
	return rc == ERR_OK
	    ? rc
	    : err_set(err, rc, _("the keys of persons could not be kept"));
}

/* --- notes --------------------------------------------------------------- */

bool
persons_read_aloud(
    const struct persons_key *key, const struct trust_center *list)
{
	size_t i;

	for (i = 0; i < list->roster_count; i++) {
		const struct trust_person *entry =
		    trust_roster_find(&list->rosters[i], key->is.code);

		if (entry != NULL && entry->role == key->is.role &&
		    memcmp(entry->key, key->is.key, sizeof(entry->key)) == 0)
			return true;
	}
	return false;
}

static void
judge_unread(const struct persons *persons, const struct trust_center *list,
    struct findings *findings)
{
	struct place place = { .center = list->code };
	size_t i;

	for (i = 0; i < persons->count; i++) {
		const struct persons_key *key = &persons->key[i];

		if (key->over || key->generation == 0 ||
		    persons_read_aloud(key, list))
			continue;
		place.generation = key->generation;
		place.index = (int64_t)key->from;
		findings_add(findings, FINDING_UNREAD, &place,
		    _("%s: the root never heard the fingerprint of this key, "
		      "which line %llu gives them"),
		    key->is.code, (unsigned long long)key->from);
	}
}

/* Is there a change of b within a minute of each of a's? */
static bool
follows(const struct persons *persons, const char *a, const char *b)
{
	size_t i, k, count = 0;

	for (i = 0; i < persons->count; i++) {
		const struct persons_key *one = &persons->key[i];
		bool near = false;

		if (!one->changed || strcmp(one->is.code, a) != 0)
			continue;
		for (k = 0; k < persons->count && !near; k++)
			near = persons->key[k].changed &&
			    strcmp(persons->key[k].is.code, b) == 0 &&
			    llabs(persons->key[k].since - one->since) <=
				PERSONS_SAME;
		if (!near)
			return false;
		count++;
	}
	return count >= PERSONS_CHANGES;
}

/* The first change of a person whom no earlier key of the list is of. */
static bool
is_first_change(const struct persons *persons, size_t at)
{
	size_t i;

	if (!persons->key[at].changed)
		return false;
	for (i = 0; i < at; i++)
		if (persons->key[i].changed &&
		    strcmp(persons->key[i].is.code, persons->key[at].is.code) ==
			0)
			return false;
	return true;
}

static void
judge_pairs(const struct persons *persons, const struct trust_center *list,
    struct findings *findings)
{
	const struct place place = { .center = list->code, .index = -1 };
	size_t i, k;

	for (i = 0; i < persons->count; i++)
		for (k = i + 1; k < persons->count; k++) {
			const char *a = persons->key[i].is.code;
			const char *b = persons->key[k].is.code;

			if (strcmp(a, b) != 0 && is_first_change(persons, i) &&
			    is_first_change(persons, k) &&
			    follows(persons, a, b) && follows(persons, b, a))
				findings_add(findings, FINDING_SAME_MINUTE,
				    &place,
				    _("%s and %s: their keys were always "
				      "changed within the same minute"),
				    a, b);
		}
}

/* Does what is signed with it count after the last line? */
static bool
is_in_use(const struct persons_key *key, const struct roster *roster,
    const struct trust_center *list)
{
	const struct roster_person *person = roster_find(roster, key->is.code);
	size_t i;

	/* a removal from a later line on has not been met */
	for (i = 0; i < list->removed_count; i++)
		if (strcmp(list->removed[i].code, key->is.code) == 0 &&
		    list->removed[i].since >= key->since)
			return false;
	return person != NULL && roster_counts(person) &&
	    memcmp(roster->key[person->counts.key].point, key->is.key,
		sizeof(key->is.key)) == 0;
}

void
persons_judge(struct persons *persons, const struct roster *roster,
    const struct trust_center *list, struct findings *findings)
{
	size_t i;

	for (i = 0; i < persons->count; i++)
		persons->key[i].over =
		    !is_in_use(&persons->key[i], roster, list);
	judge_unread(persons, list, findings);
	judge_pairs(persons, list, findings);
}

void
persons_clear(struct persons *persons)
{
	free(persons->key);
	*persons = (struct persons){ .count = 0 };
}
