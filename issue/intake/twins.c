#include "issue/intake/twins.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKETS 1024u /* a power of two; doubles when full */

/*
 * A person hangs in two chains: by document, and by name together with
 * whether there is a document. Homonyms with documents of their own, the
 * usual case of one name many times, are then never gone through.
 */
enum chain { BY_DOCUMENT, BY_NAME, CHAIN_COUNT };

struct twin {
	struct twin *next[CHAIN_COUNT];
	struct twin *older; /* of all, for growing and freeing */
	size_t line;
	struct lookalike person;
};

struct twins {
	struct twin **bucket[CHAIN_COUNT];
	size_t bucket_count, count;
	struct twin *newest;
};

/* FNV-1a: the input is the center's own, nobody floods it from outside. */
static size_t
hash(const char *key, bool marked)
{
	uint64_t h = 14695981039346656037u;

	for (; *key != '\0'; key++)
		h = (h ^ (uint8_t)*key) * 1099511628211u;
	return (size_t)((h ^ marked) * 1099511628211u);
}

static struct twin **
bucket_of(const struct twins *twins, enum chain chain, const char *key,
    bool has_document)
{
	return &twins->bucket[chain][hash(key, has_document) &
	    (twins->bucket_count - 1)];
}

static void
hang(struct twins *twins, struct twin *twin)
{
	bool has_document = twin->person.document[0] != '\0';
	struct twin **head;

	if (has_document) {
		head =
		    bucket_of(twins, BY_DOCUMENT, twin->person.document, true);
		twin->next[BY_DOCUMENT] = *head;
		*head = twin;
	}
	head = bucket_of(twins, BY_NAME, twin->person.name, has_document);
	twin->next[BY_NAME] = *head;
	*head = twin;
}

static bool
make_buckets(struct twins *twins, size_t count)
{
	struct twin **bucket[CHAIN_COUNT];

	for (size_t i = 0; i < CHAIN_COUNT; i++)
		bucket[i] = calloc(count, sizeof(*bucket[i]));
	if (bucket[BY_DOCUMENT] == NULL || bucket[BY_NAME] == NULL) {
		free(bucket[BY_DOCUMENT]);
		free(bucket[BY_NAME]);
		return false;
	}
	for (size_t i = 0; i < CHAIN_COUNT; i++) {
		free(twins->bucket[i]);
		twins->bucket[i] = bucket[i];
	}
	twins->bucket_count = count;
	for (struct twin *t = twins->newest; t != NULL; t = t->older)
		hang(twins, t);
	return true;
}

struct twins *
twins_new(void)
{
	struct twins *twins = calloc(1, sizeof(*twins));

	if (twins != NULL && !make_buckets(twins, FIRST_BUCKETS))
		twins_free(&twins);
	return twins;
}

enum err
twins_add(struct twins *twins, const struct lookalike *person, size_t line)
{
	struct twin *twin;

	if (twins->count == twins->bucket_count &&
	    !make_buckets(twins, 2 * twins->bucket_count))
		return ERR_MEMORY;
	if ((twin = calloc(1, sizeof(*twin))) == NULL)
		return ERR_MEMORY;
	twin->line = line;
	twin->person = *person;
	twin->older = twins->newest;
	twins->newest = twin;
	twins->count++;
	hang(twins, twin);
	return ERR_OK;
}

static size_t
find_in(const struct twins *twins, enum chain chain, const char *key,
    bool has_document, const struct lookalike *person,
    enum lookalike_match *match)
{
	const struct twin *t = *bucket_of(twins, chain, key, has_document);

	for (; t != NULL; t = t->next[chain])
		if ((*match = lookalike_match(&t->person, person)) !=
		    LOOKALIKE_NOT)
			return t->line;
	return 0;
}

size_t
twins_find(const struct twins *twins, const struct lookalike *person,
    enum lookalike_match *match)
{
	bool has_document = person->document[0] != '\0';
	size_t line = 0;

	if (has_document)
		line = find_in(
		    twins, BY_DOCUMENT, person->document, true, person, match);
	else
		line =
		    find_in(twins, BY_NAME, person->name, true, person, match);
	if (line == 0)
		line =
		    find_in(twins, BY_NAME, person->name, false, person, match);
	return line;
}

void
twins_free(struct twins **twins)
{
	struct twin *older;

	if (*twins == NULL)
		return;
	for (struct twin *t = (*twins)->newest; t != NULL; t = older) {
		older = t->older;
		OPENSSL_cleanse(t, sizeof(*t));
		free(t);
	}
	for (size_t i = 0; i < CHAIN_COUNT; i++)
		free((*twins)->bucket[i]);
	free(*twins);
	*twins = NULL;
}
