/*
 * block.c - block.h.
 */
#include "decode/block.h"

#include <math.h>
#include <string.h>

/* A byte whose characters cannot be ours is wrong, or its neighbour is. */
#define DOUBT_IMPOSSIBLE .3f

static float
cost_of(const struct block *block, const uint8_t *byte)
{
	float cost = 0;
	int i, bit;

	for (i = 0; i < block->len; i++) {
		unsigned off = block->byte[i] ^ byte[i];

		for (bit = 0; off != 0 && bit < 8; bit++)
			if (off >> (7 - bit) & 1)
				cost += block->sure[i][bit];
	}
	return cost;
}

static void
add(struct block *block, const uint8_t *byte)
{
	float cost = cost_of(block, byte);
	size_t len = (size_t)block->len;
	int at = block->count, i;

	for (i = 0; i < block->count; i++)
		if (memcmp(block->guess[i].byte, byte, len) == 0)
			return;
	while (at > 0 && block->guess[at - 1].cost > cost)
		at--;
	if (at == BLOCK_GUESS_MAX)
		return;
	if (block->count < BLOCK_GUESS_MAX)
		block->count++;
	memmove(&block->guess[at + 1], &block->guess[at],
	    (size_t)(block->count - 1 - at) * sizeof(block->guess[0]));
	block->guess[at].cost = cost;
	memcpy(block->guess[at].byte, byte, len);
}

bool
block_mend(const struct rs *rs, struct block *block)
{
	uint8_t byte[RS_LEN_MAX];

	memcpy(byte, block->byte, sizeof(byte));
	if (rs_mend(rs, byte, block->len, block->check, NULL, 0) < 0)
		return false;
	add(block, byte);
	return true;
}

/* --- for a letter --------------------------------------------------------- */

/* Does what is known of its bits hold? */
static bool
is_possible(const struct known *known, uint8_t *data, const struct block *block,
    const uint8_t *byte)
{
	int bits = 8 * (block->len - block->check), i;

	memcpy(data + block->first / 8, byte, (size_t)bits / 8);
	if (block->first == 0 && known_count(known, data) == 0)
		return false;
	for (i = 0; i < bits; i++) {
		int want = known_bit(known, block->first + i);

		if (want >= 0 && want != (byte[i / 8] >> (7 - i % 8) & 1))
			return false;
	}
	return known_is_base32(
	    known, data, block->first, block->first + bits, NULL, NULL);
}

/* Places from the most doubtful on. */
static void
put_in_order(
    const struct block *block, const float *doubt, uint8_t place[RS_LEN_MAX])
{
	int i, j;

	for (i = 0; i < block->len; i++) {
		for (j = i; j > 0 && doubt[place[j - 1]] < doubt[i]; j--)
			place[j] = place[j - 1];
		place[j] = (uint8_t)i;
	}
}

static void
erase_more_and_more(const struct rs *rs, const struct known *known,
    uint8_t *data, struct block *block, const float *doubt)
{
	uint8_t place[RS_LEN_MAX], byte[RS_LEN_MAX];
	int erased;

	put_in_order(block, doubt, place);
	for (erased = 0; erased <= block->check; erased++) {
		memcpy(byte, block->byte, sizeof(byte));
		if (rs_mend(rs, byte, block->len, block->check, place,
			erased) >= 0 &&
		    is_possible(known, data, block, byte))
			add(block, byte);
	}
}

struct doubts {
	const struct block *block;
	float of[RS_LEN_MAX];
};

/* A pair of characters lies in two bytes or three; the first two have most. */
static void
doubt_pair(void *arg, int bit)
{
	struct doubts *doubts = arg;
	int at = (bit - doubts->block->first) / 8, i;

	for (i = at; i < at + 2; i++)
		doubts->of[i] += DOUBT_IMPOSSIBLE;
}

void
block_guess(const struct rs *rs, const struct known *known, uint8_t *data,
    struct block *block)
{
	int data_len = block->len - block->check;
	struct doubts doubts = { .block = block };

	memcpy(doubts.of, block->doubt, sizeof(doubts.of));
	erase_more_and_more(rs, known, data, block, doubts.of);
	memcpy(data + block->first / 8, block->byte, (size_t)data_len);
	known_is_base32(known, data, block->first, block->first + 8 * data_len,
	    doubt_pair, &doubts);
	erase_more_and_more(rs, known, data, block, doubts.of);
}
