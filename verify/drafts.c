/*
 * drafts.c - an open hash table: drafts.h.
 */
#include "verify/drafts.h"

#include "base/i18n.h"

#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024 /* a power of two */

/* Of zeros: free. */
struct slot {
	uint64_t half[2];
};

struct drafts {
	size_t count, slots; /* at most three quarters are taken */
	struct slot *slot;
	bool zeros; /* the draft that looks like a free slot */
	/* who writes a log chooses its commitments, but not where they fall:
	 * odd numbers that nobody knows */
	uint64_t seed[2];
};

_Static_assert(sizeof(struct slot) == POST_LOG_HALF, "a slot is a draft");

struct drafts *
drafts_new(void)
{
	struct drafts *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return NULL;
	d->slots = SLOTS_FIRST;
	d->slot = calloc(d->slots, sizeof(*d->slot));
	if (d->slot == NULL ||
	    RAND_bytes((unsigned char *)d->seed, sizeof(d->seed)) != 1) {
		drafts_free(&d);
		return NULL;
	}
	d->seed[0] |= 1;
	d->seed[1] |= 1;
	return d;
}

void
drafts_free(struct drafts **drafts)
{
	if (*drafts != NULL)
		free((*drafts)->slot);
	free(*drafts);
	*drafts = NULL;
}

static bool
is_free(const struct slot *slot)
{
	return slot->half[0] == 0 && slot->half[1] == 0;
}

/* Where it is, or belongs. */
static struct slot *
place_of(const struct drafts *d, const struct slot *draft)
{
	uint64_t sum = (draft->half[0] ^ draft->half[0] >> 32) * d->seed[0] +
	    (draft->half[1] ^ draft->half[1] >> 32) * d->seed[1];
	size_t i = (size_t)(sum >> 32) & (d->slots - 1);

	while (!is_free(&d->slot[i]) &&
	    memcmp(&d->slot[i], draft, sizeof(*draft)) != 0)
		i = (i + 1) & (d->slots - 1);
	return &d->slot[i];
}

static bool
more_slots(struct drafts *d)
{
	struct drafts grown = *d;
	size_t i;

	grown.slots *= 2;
	grown.slot = calloc(grown.slots, sizeof(*grown.slot));
	if (grown.slot == NULL)
		return false;
	for (i = 0; i < d->slots; i++)
		if (!is_free(&d->slot[i]))
			*place_of(&grown, &d->slot[i]) = d->slot[i];
	free(d->slot);
	*d = grown;
	return true;
}

enum err
drafts_add(struct drafts *d, const uint8_t commitment[POST_LOG_HALF],
    bool *before, struct errtext *err)
{
	struct slot draft, *place;

	memcpy(&draft, commitment, sizeof(draft));
	if (is_free(&draft)) {
		*before = d->zeros;
		d->zeros = true;
		return ERR_OK;
	}
	if (d->count >= d->slots / 4 * 3 && !more_slots(d))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	place = place_of(d, &draft);
	*before = !is_free(place);
	d->count += !*before;
	*place = draft;
	return ERR_OK;
}
