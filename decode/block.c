/*
 * block.c - block.h.
 */
#include "decode/block.h"

#include "decode/pairs.h"

#include <string.h>

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
	return known_is_base32(known, data, block->first, block->first + bits);
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

/* The byte is wrong when any bit is. */
static void
find_doubts(
    const struct block *block, const uint8_t *read, float doubt[RS_LEN_MAX])
{
	int i, bit;

	for (i = 0; i < block->len; i++) {
		float right = 1;

		for (bit = 0; bit < 8; bit++) {
			float one = block->one[8 * i + bit];

			right *= read[i] >> (7 - bit) & 1 ? one : 1 - one;
		}
		doubt[i] = 1 - right;
	}
}

static void
erase_more_and_more(const struct rs *rs, const struct known *known,
    uint8_t *data, struct block *block, const uint8_t *read)
{
	uint8_t place[RS_LEN_MAX], byte[RS_LEN_MAX];
	float doubt[RS_LEN_MAX];
	int erased;

	find_doubts(block, read, doubt);
	put_in_order(block, doubt, place);
	for (erased = 0; erased <= block->check; erased++) {
		memcpy(byte, read, sizeof(byte));
		if (rs_mend(rs, byte, block->len, block->check, place,
			erased) >= 0 &&
		    is_possible(known, data, block, byte))
			add(block, byte);
	}
}

/* The data's bytes as its characters make them. */
static void
read_pairs(const struct known *known, struct block *block, uint8_t *byte)
{
	uint8_t bit[8 * RS_LEN_MAX];
	int bits = 8 * (block->len - block->check), i;

	pairs_judge(known, block->first, block->first + bits, block->one, bit);
	memcpy(byte, block->byte, RS_LEN_MAX);
	for (i = 0; i < bits; i++)
		byte[i / 8] = (uint8_t)((byte[i / 8] & ~(0x80 >> i % 8)) |
		    bit[i] << (7 - i % 8));
}

void
block_guess(const struct rs *rs, const struct known *known, uint8_t *data,
    struct block *block)
{
	uint8_t byte[RS_LEN_MAX];

	erase_more_and_more(rs, known, data, block, block->byte);
	read_pairs(known, block, byte);
	erase_more_and_more(rs, known, data, block, byte);
}
