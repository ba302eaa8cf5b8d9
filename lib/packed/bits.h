/*
 * bits.h - values of some bits each, most significant bit first.
 *
 * One pass_ function serves both directions: writing, it appends what *value
 * holds; reading, it fills *value. So a format is described once and its two
 * sides cannot drift apart. No check is left to the caller: an impossible
 * value or the end of the input makes `failed` true, and it stays true.
 */
#ifndef PACKED_BITS_H
#define PACKED_BITS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

struct bits {
	bool reading;
	bool failed;
	struct bytes *out; /* writing: where to */
	struct reader in;  /* reading: from where */
	uint64_t held;     /* its last held_count bits wait */
	unsigned held_count;
};

/* bits_write, bits_read - start at a byte's boundary. */
void bits_write(struct bits *b, struct bytes *out);
void bits_read(struct bits *b, const uint8_t *in, size_t len);

/* bits_pass - the lowest `count` bits (0 to 64) of *value. */
void bits_pass(struct bits *b, unsigned count, uint64_t *value);

/* bits_peek - reading: the next bits (at most 32) without taking them; zero
 * bits behind the end. */
unsigned bits_peek(struct bits *b, unsigned count);

/* bits_flag - one bit. */
void bits_flag(struct bits *b, bool *flag);

/* bits_below - a value of 0 to limit - 1 in as few whole bits as hold it. */
void bits_below(struct bits *b, uint64_t limit, uint64_t *value);

/* bits_number - a small number in few bits: 2 bits choose a width of 6, 10,
 * 14 or 20 bits. */
void bits_number(struct bits *b, uint64_t *value);

/* bits_end - writing: zero bits up to a whole byte. Reading: the rest must be
 * just those. False when anything failed. */
bool bits_end(struct bits *b);

#endif
