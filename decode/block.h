/*
 * block.h - what one block of a symbol may have been: its least sure bytes are
 * erased, more and more of them, and what Reed-Solomon makes of the rest is kept
 * where nothing that is known speaks against it.
 */
#ifndef DECODE_BLOCK_H
#define DECODE_BLOCK_H

#include "decode/known.h"
#include "decode/rs.h"

#define BLOCK_GUESS_MAX 4

/* One way it may have been: bytes, and how many sure bits that turns over. */
struct block_guess {
	float cost;
	uint8_t byte[RS_LEN_MAX];
};

/* A block as read. */
struct block {
	int len, check;
	int first; /* its first data bit in the symbol's data */
	uint8_t byte[RS_LEN_MAX];
	float one[8 * RS_LEN_MAX]; /* the probability of each bit to be 1 */
	float sure[RS_LEN_MAX][8]; /* of each bit, highest first */
	int count;                 /* of guesses, the likeliest first */
	struct block_guess guess[BLOCK_GUESS_MAX];
};

/*
 * block_mend - as any symbol's, without erasing: true and one guess when no
 * more is wrong than it can mend.
 */
bool block_mend(const struct rs *rs, struct block *block);

/*
 * block_guess - erasing, for a letter; guesses are added to those that are there.
 *
 *   known  of the letter; data: its bytes, in which this block's may be written
 */
void block_guess(const struct rs *rs, const struct known *known, uint8_t *data,
    struct block *block);

#endif
