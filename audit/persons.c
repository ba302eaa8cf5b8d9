/*
 * persons.c - persons.h.
 */
#include "audit/persons.h"

#include "base/bytes.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* The key that this person signs with now; NULL: none. */
static struct persons_key *
current(const struct persons *persons, const char *code)
{
	size_t i;

	for (i = persons->count; i-- > 0;)
		if (!persons->key[i].over &&
		    strcmp(persons->key[i].is.code, code) == 0)
			return &persons->key[i];
	return NULL;
}

static bool
grow(struct persons *persons)
{
	size_t cap = persons->cap > 0 ? persons->cap * 2 : 16;
	struct persons_key *more;

	if (persons->count < persons->cap)
		return true;
	more = reallocarray(persons->key, cap, sizeof(*more));
	if (more == NULL)
		return false;
	persons->key = more;
	persons->cap = cap;
	return true;
}

/* A person's role and key from this line on. A later log enters those who
 * stand once more, with the key they have. */
static enum err
take_key(struct persons *persons, const struct log_entry *e,
    unsigned generation, struct errtext *err)
{
	struct persons_key *old = current(persons, e->ref);
	bool change = strcmp(e->reason, "KEY") == 0;
	struct persons_key made = { .generation = generation,
		.from = e->index,
		.since = e->time,
		.changed = change };

	if (old != NULL &&
	    memcmp(old->is.key, e->person_key, sizeof(old->is.key)) == 0)
		return ERR_OK;
	text_copy(made.is.code, sizeof(made.is.code), e->ref);
	if (change)
		made.is.role = old != NULL ? old->is.role : '\0';
	else
		made.is.role = person_role_letter(e->reason);
	memcpy(made.is.key, e->person_key, sizeof(made.is.key));
	if (old != NULL)
		old->over = true;
	if (!grow(persons))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	persons->key[persons->count++] = made;
	return ERR_OK;
}

static void
count_line(struct persons *persons, const char *code, int64_t time)
{
	struct persons_key *key =
	    code[0] != '\0' ? current(persons, code) : NULL;

	if (key == NULL)
		return;
	key->lines++;
	key->last = time;
}

enum err
persons_line(struct persons *persons, const struct log_entry *e,
    unsigned generation, struct errtext *err)
{
	struct persons_key *left;
	enum err rc = ERR_OK;
	/* who enters themselves does it with the key that the line gives */
	bool own = e->kind == ENTRY_STAFF && e->approver[0] == '\0' &&
	    strcmp(e->ref, e->officer) == 0;

	if (!own) {
		count_line(persons, e->officer, e->time);
		count_line(persons, e->approver, e->time);
	}
	if (e->has_person_key)
		rc = take_key(persons, e, generation, err);
	else if (e->kind == ENTRY_STAFF &&
	    (left = current(persons, e->ref)) != NULL)
		left->over = true;
	if (own)
		count_line(persons, e->officer, e->time);
	return rc;
}

/* --- notes ----------------------------------------------------------------
 */

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

		if (key->over || persons_read_aloud(key, list))
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

void
persons_judge(const struct persons *persons, const struct trust_center *list,
    struct findings *findings)
{
	judge_unread(persons, list, findings);
	judge_pairs(persons, list, findings);
}

void
persons_clear(struct persons *persons)
{
	free(persons->key);
	*persons = (struct persons){ .count = 0 };
}
