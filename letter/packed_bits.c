#include "letter/packed_bits.h"

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

static void
put(struct bits *b, unsigned bit)
{
	b->held = (uint8_t)(b->held | bit << (7 - b->held_count));
	if (++b->held_count == 8) {
		bytes_add_byte(b->out, b->held);
		b->held = 0;
		b->held_count = 0;
	}
}

static unsigned
get(struct bits *b)
{
	if (b->held_count == 0) {
		if (!reader_byte(&b->in, &b->held)) {
			b->failed = true;
			return 0;
		}
		b->held_count = 8;
	}
	return b->held >> --b->held_count & 1;
}

void
bits_pass(struct bits *b, unsigned count, uint64_t *value)
{
	uint64_t got = 0;

	if (!b->reading && count < 64 && *value >> count != 0)
		b->failed = true;
	for (unsigned i = count; i-- > 0 && !b->failed;) {
		if (b->reading)
			got = got << 1 | get(b);
		else
			put(b, *value >> i & 1);
	}
	if (b->reading)
		*value = b->failed ? 0 : got;
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
	unsigned count = 0;

	while (count < 64 && (limit - 1) >> count != 0)
		count++;
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
	if (b->reading) {
		/* what is held is the rest of the last byte */
		unsigned rest = b->held & ((1u << b->held_count) - 1);

		return !b->failed && b->in.left == 0 && rest == 0;
	}
	while (b->held_count != 0 && !b->failed)
		put(b, 0);
	return !b->failed && !b->out->failed;
}
