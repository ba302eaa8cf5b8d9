/*
 * letters.c - two open hash tables over a growing array, by number and by
 * draft: letters.h.
 *
 * By hand, and not by base/hash.h: two of uthash's handles take 112 bytes more
 * for each letter, of which an audit holds millions (measured, 1,000,000 letters:
 * 143 MiB so, 271 MiB with uthash), and the hash of what strangers chose must be
 * seeded.
 */
#include "ledger/letters.h"
#include "ledger/history.h"

#include "base/array.h"

#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024 /* a power of two */

struct row {
	uint64_t key; /* year and sequence */
	struct history_letter letter;
};

struct letters {
	size_t count, cap;
	struct row *row;
	size_t slots;    /* a power of two, at least twice count */
	uint32_t *slot;  /* place in row + 1; 0: free */
	uint32_t *draft; /* likewise, by commitment */
	/* whoever writes a log chooses its commitments, but not where they
	 * fall: odd numbers that nobody knows */
	uint64_t seed[4];
};

struct letters *
letters_new(void)
{
	struct letters *l = calloc(1, sizeof(*l));
	size_t i;

	if (l == NULL)
		return NULL;
	l->slots = SLOTS_FIRST;
	l->slot = calloc(l->slots, sizeof(*l->slot));
	l->draft = calloc(l->slots, sizeof(*l->draft));
	if (l->slot == NULL || l->draft == NULL ||
	    RAND_bytes((unsigned char *)l->seed, sizeof(l->seed)) != 1) {
		letters_free(&l);
		return NULL;
	}
	for (i = 0; i < sizeof(l->seed) / sizeof(l->seed[0]); i++)
		l->seed[i] |= 1;
	return l;
}

void
letters_free(struct letters **letters)
{
	if (*letters == NULL)
		return;
	free((*letters)->row);
	free((*letters)->slot);
	free((*letters)->draft);
	free(*letters);
	*letters = NULL;
}

/* Sequences have 20 bits. */
static uint64_t
key_of(int year, unsigned sequence)
{
	return (uint64_t)year << 20 | (sequence & 0xfffff);
}

static size_t
first_slot(const struct letters *l, uint64_t key)
{
	/* Fibonacci hashing: neighbours are spread over the table */
	return (size_t)(key * UINT64_C(11400714819323198485) >> 32) &
	    (l->slots - 1);
}

/* A product carries upwards only: its upper half comes down before the next. */
static uint64_t
turn(uint64_t product)
{
	return product ^ product >> 32;
}

static size_t
first_draft(const struct letters *l, const uint8_t commitment[32])
{
	uint64_t word[4], sum = 0;
	size_t i;

	memcpy(word, commitment, sizeof(word));
	for (i = 0; i < 4; i++)
		sum = turn((sum ^ word[i]) * l->seed[i]);
	return (size_t)turn(sum * l->seed[0]) & (l->slots - 1);
}

static void
place_in(uint32_t *slot, size_t slots, size_t first, uint32_t row)
{
	size_t i = first;

	while (slot[i] != 0)
		i = (i + 1) & (slots - 1);
	slot[i] = row + 1;
}

static void
place(struct letters *l, uint32_t row)
{
	const struct row *r = &l->row[row];

	place_in(l->slot, l->slots, first_slot(l, r->key), row);
	place_in(l->draft, l->slots, first_draft(l, r->letter.commitment), row);
}

static bool
more_slots(struct letters *l)
{
	uint32_t *slot = calloc(l->slots * 2, sizeof(*slot));
	uint32_t *draft = calloc(l->slots * 2, sizeof(*draft));
	uint32_t i;

	if (slot == NULL || draft == NULL) {
		free(slot);
		free(draft);
		return false;
	}
	free(l->slot);
	free(l->draft);
	l->slot = slot;
	l->draft = draft;
	l->slots *= 2;
	for (i = 0; i < l->count; i++)
		place(l, i);
	return true;
}

/* digest NULL: of the newest generation, or of `generation` when not 0 */
static struct row *
search(const struct letters *l, int year, unsigned sequence,
    const uint8_t *digest, unsigned generation)
{
	uint64_t key = key_of(year, sequence);
	struct row *best = NULL;
	size_t i;

	for (i = first_slot(l, key); l->slot[i] != 0;
	     i = (i + 1) & (l->slots - 1)) {
		struct row *row = &l->row[l->slot[i] - 1];

		if (row->key != key ||
		    (generation != 0 && row->letter.generation != generation) ||
		    (digest != NULL &&
			memcmp(row->letter.digest, digest,
			    sizeof(row->letter.digest)) != 0))
			continue;
		if (best == NULL ||
		    row->letter.generation > best->letter.generation)
			best = row;
	}
	return best;
}

const struct history_letter *
letters_find(const struct letters *letters, int year, unsigned sequence,
    const uint8_t *digest)
{
	const struct row *row = search(letters, year, sequence, digest, 0);

	return row == NULL ? NULL : &row->letter;
}

static enum err
find(void *ctx, int year, unsigned sequence, const uint8_t *digest,
    struct history_letter *out, bool *found, struct errtext *err)
{
	const struct history_letter *letter =
	    letters_find(ctx, year, sequence, digest);

	(void)err;
	*found = letter != NULL;
	if (letter != NULL)
		*out = *letter;
	return ERR_OK;
}

static enum err
put(void *ctx, int year, unsigned sequence, const struct history_letter *letter,
    struct errtext *err)
{
	struct letters *l = ctx;
	struct row *row = search(l, year, sequence, NULL, letter->generation);

	if (row != NULL) {
		row->letter = *letter;
		return ERR_OK;
	}
	if (!ARRAY_ROOM(l->row, l->count, l->cap) ||
	    (l->slots < (l->count + 1) * 2 && !more_slots(l)))
		return err_memory(err);
	l->row[l->count] = (struct row){ key_of(year, sequence), *letter };
	place(l, (uint32_t)l->count);
	l->count++;
	return ERR_OK;
}

static enum err
drafted(
    void *ctx, const uint8_t commitment[32], bool *before, struct errtext *err)
{
	const struct letters *l = ctx;
	size_t i;

	(void)err;
	*before = false;
	for (i = first_draft(l, commitment); l->draft[i] != 0 && !*before;
	     i = (i + 1) & (l->slots - 1))
		*before = memcmp(l->row[l->draft[i] - 1].letter.commitment,
			      commitment, 32) == 0;
	return ERR_OK;
}

struct history_letters
letters_of(struct letters *letters)
{
	return (struct history_letters){ find, put, drafted, NULL, letters };
}

size_t
letters_count(const struct letters *letters)
{
	return letters->count;
}
