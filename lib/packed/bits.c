#include "packed/bits.h"

void
bits_write(struct bits *b, struct bytes *out)
{
	*b = (struct bits){ .out = out };
}

void
bits_read(struct bits *b, const uint8_t *in, size_t len)
{
	*b = (struct bits){ .reading = true, .in = { in, len } };
}

/* Hand on whole bytes; fewer than 8 bits stay. */
static void
flush(struct bits *b)
{
	uint8_t whole[8];
	size_t n = 0;

	while (b->held_count >= 8) {
		b->held_count -= 8;
		whole[n++] = (uint8_t)(b->held >> b->held_count);
	}
	bytes_add(b->out, whole, n);
}

static void
put(struct bits *b, unsigned count, uint64_t value)
{
	if (b->held_count + count > 64)
		flush(b);
	b->held = b->held << count | value;
	b->held_count += count;
}

/* Take up to 56 bits in; false when so many are not left. */
static bool
fill(struct bits *b, unsigned count)
{
	uint8_t byte;

	while (b->held_count < count) {
		if (!reader_byte(&b->in, &byte))
			return false;
		b->held = b->held << 8 | byte;
		b->held_count += 8;
	}
	return true;
}

static uint64_t
mask(unsigned count)
{
	return ((uint64_t)1 << count) - 1;
}

static uint64_t
get(struct bits *b, unsigned count)
{
	if (!fill(b, count)) {
		b->failed = true;
		return 0;
	}
	b->held_count -= count;
	return b->held >> b->held_count & mask(count);
}

/* More than 32 bits pass in two parts. */
static uint64_t
pass_part(struct bits *b, unsigned count, uint64_t value)
{
	if (b->failed)
		return 0;
	if (b->reading)
		return get(b, count);
	put(b, count, value & mask(count));
	return 0;
}

void
bits_pass(struct bits *b, unsigned count, uint64_t *value)
{
	unsigned low = count > 32 ? 32 : count;
	uint64_t got;

	if (!b->reading && count < 64 && *value >> count != 0)
		b->failed = true;
	got = count > 32 ? pass_part(b, count - 32, *value >> 32) << 32 : 0;
	got |= pass_part(b, low, *value);
	if (b->reading)
		*value = b->failed ? 0 : got;
}

unsigned
bits_peek(struct bits *b, unsigned count)
{
	unsigned lacking = 0;

	if (!fill(b, count))
		lacking = count - b->held_count;
	return (unsigned)((b->held << lacking >>
			      (b->held_count + lacking - count)) &
	    mask(count));
}

void
bits_flag(struct bits *b, bool *flag)
{
	uint64_t value = *flag;

	bits_pass(b, 1, &value);
	*flag = value != 0;
}

void
bits_below(struct bits *b, uint64_t limit, uint64_t *value)
{
	unsigned count =
	    limit > 1 ? 64 - (unsigned)__builtin_clzll(limit - 1) : 0;

	bits_pass(b, count, value);
	if (*value >= limit) {
		b->failed = true;
		*value = 0;
	}
}

void
bits_number(struct bits *b, uint64_t *value)
{
	static const unsigned width[4] = { 6, 10, 14, 20 };
	uint64_t at = 0;

	if (!b->reading)
		while (at < 3 && *value >> width[at] != 0)
			at++;
	bits_pass(b, 2, &at);
	bits_pass(b, width[at], value);
}

bool
bits_end(struct bits *b)
{
	/* what is left of the last byte must say nothing */
	if (b->reading)
		return !b->failed && b->in.left == 0 && b->held_count < 8 &&
		    (b->held & mask(b->held_count)) == 0;
	if (b->failed)
		return false;
	put(b, (8 - b->held_count % 8) % 8, 0);
	flush(b);
	return !b->out->failed;
}
