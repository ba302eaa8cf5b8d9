#include "issue/intake/duplicate_set.h"

#include "base/hash.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>

/*
 * A person hangs in up to two chains: by document, and by name together with
 * whether there is a document. Homonyms with documents of their own, the
 * usual case of one name many times, are then never gone through.
 */
enum table { DOCUMENT, NAME_WITH_DOCUMENT, NAME_ALONE, TABLE_COUNT };

struct member {
	struct member *older[2]; /* in the chains by document and by name */
	struct member *before;   /* of all, for freeing */
	size_t line;
	struct duplicate_keys person;
};

/* All who share a key, which the oldest of them lends. */
struct chain {
	struct member *newest;
	UT_hash_handle hh;
};

struct duplicate_set {
	struct chain *table[TABLE_COUNT];
	struct member *newest;
};

struct duplicate_set *
duplicate_set_new(void)
{
	return calloc(1, sizeof(struct duplicate_set));
}

static struct chain *
find_chain(const struct duplicate_set *set, enum table table, const char *key)
{
	struct chain *chain;

	HASH_FIND(hh, set->table[table], key, strlen(key), chain);
	return chain;
}

static enum err
hang(struct duplicate_set *set, enum table table, const char *key,
    struct member *member)
{
	struct chain *chain = find_chain(set, table, key);

	if (chain == NULL) {
		if ((chain = calloc(1, sizeof(*chain))) == NULL)
			return ERR_MEMORY;
		HASH_ADD_KEYPTR(hh, set->table[table], key, strlen(key), chain);
		if (!hash_added(&chain->hh)) {
			free(chain);
			return ERR_MEMORY;
		}
	}
	member->older[table != DOCUMENT] = chain->newest;
	chain->newest = member;
	return ERR_OK;
}

enum err
duplicate_set_add(
    struct duplicate_set *set, const struct duplicate_keys *person, size_t line)
{
	struct member *member = calloc(1, sizeof(*member));
	enum err rc = ERR_OK;

	if (member == NULL)
		return ERR_MEMORY;
	member->line = line;
	member->person = *person;
	member->before = set->newest;
	set->newest = member;
	person = &member->person;
	if (person->document[0] == '\0')
		return hang(set, NAME_ALONE, person->name, member);
	if ((rc = hang(set, DOCUMENT, person->document, member)) == ERR_OK)
		rc = hang(set, NAME_WITH_DOCUMENT, person->name, member);
	return rc;
}

static size_t
find_in(const struct duplicate_set *set, enum table table, const char *key,
    const struct duplicate_keys *person, enum duplicate_match *match)
{
	const struct chain *chain = find_chain(set, table, key);
	const struct member *m = chain != NULL ? chain->newest : NULL;

	for (; m != NULL; m = m->older[table != DOCUMENT])
		if ((*match = duplicate_match(&m->person, person)) !=
		    DUPLICATE_NOT)
			return m->line;
	return 0;
}

size_t
duplicate_set_find(const struct duplicate_set *set,
    const struct duplicate_keys *person, enum duplicate_match *match)
{
	size_t line = person->document[0] != '\0'
	    ? find_in(set, DOCUMENT, person->document, person, match)
	    : find_in(set, NAME_WITH_DOCUMENT, person->name, person, match);

	return line != 0
	    ? line
	    : find_in(set, NAME_ALONE, person->name, person, match);
}

static void
free_table(struct chain **table)
{
	struct chain *chain, *next;

	HASH_ITER(hh, *table, chain, next)
	{
		HASH_DEL(*table, chain);
		free(chain);
	}
}

void
duplicate_set_free(struct duplicate_set **set)
{
	struct member *before;

	if (*set == NULL)
		return;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		free_table(&(*set)->table[i]);
	for (struct member *m = (*set)->newest; m != NULL; m = before) {
		before = m->before;
		OPENSSL_cleanse(m, sizeof(*m));
		free(m);
	}
	free(*set);
	*set = NULL;
}
