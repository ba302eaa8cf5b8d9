#include "issue/intake/twins.h"

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

struct twin {
	struct twin *older[2]; /* in the chains by document and by name */
	struct twin *before;   /* of all, for freeing */
	size_t line;
	struct lookalike person;
};

/* All who share a key, which the oldest of them lends. */
struct chain {
	struct twin *newest;
	UT_hash_handle hh;
};

struct twins {
	struct chain *table[TABLE_COUNT];
	struct twin *newest;
};

struct twins *
twins_new(void)
{
	return calloc(1, sizeof(struct twins));
}

static struct chain *
find_chain(const struct twins *twins, enum table table, const char *key)
{
	struct chain *chain;

	HASH_FIND(hh, twins->table[table], key, strlen(key), chain);
	return chain;
}

static enum err
hang(struct twins *twins, enum table table, const char *key, struct twin *twin)
{
	struct chain *chain = find_chain(twins, table, key);

	if (chain == NULL) {
		if ((chain = calloc(1, sizeof(*chain))) == NULL)
			return ERR_MEMORY;
		HASH_ADD_KEYPTR(
		    hh, twins->table[table], key, strlen(key), chain);
		if (!hash_added(&chain->hh)) {
			free(chain);
			return ERR_MEMORY;
		}
	}
	twin->older[table != DOCUMENT] = chain->newest;
	chain->newest = twin;
	return ERR_OK;
}

enum err
twins_add(struct twins *twins, const struct lookalike *person, size_t line)
{
	struct twin *twin = calloc(1, sizeof(*twin));
	enum err rc = ERR_OK;

	if (twin == NULL)
		return ERR_MEMORY;
	twin->line = line;
	twin->person = *person;
	twin->before = twins->newest;
	twins->newest = twin;
	person = &twin->person;
	if (person->document[0] == '\0')
		return hang(twins, NAME_ALONE, person->name, twin);
	if ((rc = hang(twins, DOCUMENT, person->document, twin)) == ERR_OK)
		rc = hang(twins, NAME_WITH_DOCUMENT, person->name, twin);
	return rc;
}

static size_t
find_in(const struct twins *twins, enum table table, const char *key,
    const struct lookalike *person, enum lookalike_match *match)
{
	const struct chain *chain = find_chain(twins, table, key);
	const struct twin *t = chain != NULL ? chain->newest : NULL;

	for (; t != NULL; t = t->older[table != DOCUMENT])
		if ((*match = lookalike_match(&t->person, person)) !=
		    LOOKALIKE_NOT)
			return t->line;
	return 0;
}

size_t
twins_find(const struct twins *twins, const struct lookalike *person,
    enum lookalike_match *match)
{
	size_t line = person->document[0] != '\0'
	    ? find_in(twins, DOCUMENT, person->document, person, match)
	    : find_in(twins, NAME_WITH_DOCUMENT, person->name, person, match);

	return line != 0
	    ? line
	    : find_in(twins, NAME_ALONE, person->name, person, match);
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
twins_free(struct twins **twins)
{
	struct twin *before;

	if (*twins == NULL)
		return;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		free_table(&(*twins)->table[i]);
	for (struct twin *t = (*twins)->newest; t != NULL; t = before) {
		before = t->before;
		OPENSSL_cleanse(t, sizeof(*t));
		free(t);
	}
	free(*twins);
	*twins = NULL;
}
