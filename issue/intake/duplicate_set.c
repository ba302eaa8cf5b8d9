#include "issue/intake/duplicate_set.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

/*
 * A person is remembered under every key by which somebody who looks the same
 * will ask, so that whoever is found under a key looks the same: the newest of
 * each is enough, and nobody is gone through.
 *
 * A key is a number: a polynomial of its text at a secret place, modulo a
 * prime. Whoever does not know the place writes no two texts that meet; by chance
 * they do in one of a million files of 100,000 rows.
 */
#define PRIME     ((UINT64_C(1) << 61) - 1)
#define FIRST_CAP 1024 /* a power of two */

__extension__ typedef unsigned __int128 wide;

struct member {
	struct member *before; /* of all, for freeing */
	size_t line;
	struct duplicate_keys person;
};

struct slot {
	uint64_t key;
	const struct member *newest; /* NULL: nobody */
};

struct duplicate_set {
	uint64_t place;
	struct slot *slot;
	size_t cap, used;
	struct member *newest;
};

/* Those with a document of their own are asked only by those without: homonyms
 * are no duplicates. */
enum group { DOCUMENT, NAME_WITH_DOCUMENT, NAME_ALONE };

/* Going through the keys of a person, to remember or to ask. */
struct tour {
	struct duplicate_set *set;
	const struct duplicate_keys *person;
	struct member *remembered; /* NULL: asks */
	const struct member *found;
	bool failed; /* out of memory */
};

struct duplicate_set *
duplicate_set_new(void)
{
	struct duplicate_set *set = calloc(1, sizeof(*set));

	if (set != NULL &&
	    RAND_bytes((unsigned char *)&set->place, sizeof(set->place)) != 1) {
		free(set);
		return NULL;
	}
	if (set != NULL)
		set->place %= PRIME;
	return set;
}

/* --- the table ------------------------------------------------------------- */

/* Where the key stands, or would. */
static struct slot *
slot_of(struct slot *slot, size_t cap, uint64_t key)
{
	size_t i = (size_t)key & (cap - 1);

	while (slot[i].newest != NULL && slot[i].key != key)
		i = (i + 1) & (cap - 1);
	return &slot[i];
}

/* At most half of it is used. */
static bool
make_room(struct duplicate_set *set)
{
	size_t cap = set->cap > 0 ? 2 * set->cap : FIRST_CAP;
	struct slot *slot;

	if (2 * set->used < set->cap)
		return true;
	if ((slot = calloc(cap, sizeof(*slot))) == NULL)
		return false;
	for (size_t i = 0; i < set->cap; i++)
		if (set->slot[i].newest != NULL)
			*slot_of(slot, cap, set->slot[i].key) = set->slot[i];
	free(set->slot);
	set->slot = slot;
	set->cap = cap;
	return true;
}

static void
remember(struct tour *tour, uint64_t key)
{
	struct duplicate_set *set = tour->set;
	struct slot *slot;

	if (!make_room(set)) {
		tour->failed = true;
		return;
	}
	slot = slot_of(set->slot, set->cap, key);
	set->used += slot->newest == NULL;
	*slot = (struct slot){ key, tour->remembered };
}

static void
ask(struct tour *tour, uint64_t key)
{
	const struct duplicate_set *set = tour->set;
	const struct member *m;

	if (set->cap == 0)
		return;
	m = slot_of(set->slot, set->cap, key)->newest;
	if (m != NULL && (tour->found == NULL || m->line > tour->found->line) &&
	    duplicate_match(&m->person, tour->person) != DUPLICATE_NOT)
		tour->found = m;
}

/* --- keys ------------------------------------------------------------------ */

/* What a key says, with its end. */
static uint64_t
add(const struct duplicate_set *set, uint64_t key, const char *text, size_t len)
{
	for (size_t i = 0; i <= len; i++) {
		wide x = (wide)key * set->place +
		    (i < len ? (unsigned char)text[i] : 256);

		key = (uint64_t)(x & PRIME) + (uint64_t)(x >> 61);
		key = key < PRIME ? key : key - PRIME;
	}
	return key;
}

static void
visit(struct tour *tour, uint64_t key)
{
	if (tour->remembered != NULL)
		remember(tour, key);
	else
		ask(tour, key);
}

/* How much of a date is known: "unknown" is the beginning of all others. */
static size_t
known_len(const char *date)
{
	return strcmp(date, "unknown") == 0 ? 0 : strlen(date);
}

/*
 * With dates that can be the same day: one is the beginning of the other. A
 * person is remembered by the whole date, and as one of its year and month;
 * asked for are a whole year, a month and the day, and all in what is known.
 */
static void
visit_dates(struct tour *tour, uint64_t key)
{
	static const size_t known[] = { 0, 4, 7, 10 }; /* of YYYY-MM-DD */
	const char *date = tour->person->birth_date;
	size_t own = known_len(date);
	bool asks = tour->remembered == NULL;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		bool whole = known[i] == own;
		uint64_t begin;

		if (known[i] > own)
			break;
		begin = add(tour->set, key, date, known[i]);
		if (whole || asks)
			visit(tour, add(tour->set, begin, "whole", 5));
		if (whole == asks)
			visit(tour, add(tour->set, begin, "in", 2));
	}
}

/* The same document and: the same name; the same birth date; a part of the
 * name, with dates that can be the same day. */
static void
visit_document(struct tour *tour)
{
	const struct duplicate_keys *p = tour->person;
	uint64_t key =
	    add(tour->set, 1 + DOCUMENT, p->document, strlen(p->document));
	const char *part = p->name;
	size_t len;

	visit(tour,
	    add(tour->set, add(tour->set, key, "name", 4), p->name,
		strlen(p->name)));
	visit(tour,
	    add(tour->set, add(tour->set, key, "birth", 5), p->birth_date,
		strlen(p->birth_date)));
	key = add(tour->set, key, "part", 4);
	while ((len = duplicate_part(&part)) > 0) {
		visit_dates(tour, add(tour->set, key, part, len));
		part += len;
	}
}

static void
visit_group(struct tour *tour, enum group group)
{
	const char *name = tour->person->name;

	if (group == DOCUMENT)
		visit_document(tour);
	else
		visit_dates(
		    tour, add(tour->set, 1 + group, name, strlen(name)));
}

/* --- persons --------------------------------------------------------------- */

enum err
duplicate_set_add(
    struct duplicate_set *set, const struct duplicate_keys *person, size_t line)
{
	struct member *member = calloc(1, sizeof(*member));
	struct tour tour = { .set = set, .remembered = member };

	if (member == NULL)
		return ERR_MEMORY;
	member->line = line;
	member->person = *person;
	member->before = set->newest;
	set->newest = member;
	tour.person = &member->person;
	if (person->document[0] == '\0')
		visit_group(&tour, NAME_ALONE);
	else {
		visit_group(&tour, DOCUMENT);
		visit_group(&tour, NAME_WITH_DOCUMENT);
	}
	return tour.failed ? ERR_MEMORY : ERR_OK;
}

size_t
duplicate_set_find(struct duplicate_set *set,
    const struct duplicate_keys *person, enum duplicate_match *match)
{
	struct tour tour = { .set = set, .person = person };

	visit_group(
	    &tour, person->document[0] != '\0' ? DOCUMENT : NAME_WITH_DOCUMENT);
	if (tour.found == NULL)
		visit_group(&tour, NAME_ALONE);
	if (tour.found == NULL)
		return 0;
	*match = duplicate_match(&tour.found->person, person);
	return tour.found->line;
}

void
duplicate_set_free(struct duplicate_set **set)
{
	struct member *before;

	if (*set == NULL)
		return;
	for (struct member *m = (*set)->newest; m != NULL; m = before) {
		before = m->before;
		OPENSSL_cleanse(m, sizeof(*m));
		free(m);
	}
	free((*set)->slot);
	free(*set);
	*set = NULL;
}
