/*
 * commitment_row.c - commitment_row.h.
 *
 * As kept: each number's distance from the one before, the first one's from
 * where the row begins, in Rice's code (Golomb 1966; Rice 1979): its low bits
 * as they are, behind as many ones as the rest counts, and a zero. There are as
 * many low bits as the distances have when they are all alike, so all of the
 * ones together are at most twice as many as the numbers.
 */
#include "verify/post/commitment_row.h"

#include "base/array.h"
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

void
commitment_row_free(struct commitment_row *row)
{
	free(row->number);
	row->number = NULL;
	row->count = row->cap = 0;
}

bool
commitment_row_covers(const struct commitment_row *row, uint64_t number)
{
	return number >> row->bits == row->first >> row->bits;
}

/* How many are less than this one? */
static size_t
place_of(const struct commitment_row *row, uint64_t number)
{
	size_t low = 0, high = row->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (row->number[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
commitment_row_has(const struct commitment_row *row, uint64_t number)
{
	size_t at = place_of(row, number);

	return at < row->count && row->number[at] == number;
}

bool
commitment_row_add(struct commitment_row *row, uint64_t number)
{
	size_t at = place_of(row, number);

	if (!ARRAY_ROOM(row->number, row->count, row->cap))
		return false;
	memmove(row->number + at + 1, row->number + at,
	    (row->count - at) * sizeof(*row->number));
	row->number[at] = number;
	row->count++;
	row->changed = true;
	return true;
}

bool
commitment_row_split(struct commitment_row *row, struct commitment_row *upper)
{
	const unsigned bits = row->bits - 1;
	const uint64_t middle = row->first + (UINT64_C(1) << bits);
	size_t at = place_of(row, middle);

	*upper = (struct commitment_row){ .first = middle, .bits = bits };
	if (!ARRAY_ROOM(upper->number, row->count - at, upper->cap))
		return false;
	upper->count = row->count - at;
	memcpy(upper->number, row->number + at,
	    upper->count * sizeof(*upper->number));
	row->count = at;
	row->bits = bits;
	row->changed = upper->changed = true;
	return true;
}

/* --- as kept ------------------------------------------------------------- */

static unsigned
low_bits(const struct commitment_row *row)
{
	unsigned low = row->bits;
	size_t count;

	for (count = row->count; count > 0 && low > 0; count /= 2)
		low--;
	return low;
}

/* Bits that make no whole byte yet, or any more: the lowest comes first. */
struct bits {
	uint64_t held;
	unsigned count;
};

#define ONES_AT_ONCE 32

/* count: at most 40 */
static void
put_bits(struct bytes *out, struct bits *bits, uint64_t value, unsigned count)
{
	bits->held |= value << bits->count;
	for (bits->count += count; bits->count >= 8; bits->count -= 8) {
		bytes_add_byte(out, (uint8_t)bits->held);
		bits->held >>= 8;
	}
}

static void
put_distance(
    struct bytes *out, struct bits *bits, unsigned low, uint64_t distance)
{
	uint64_t ones = distance >> low;

	for (; ones >= ONES_AT_ONCE; ones -= ONES_AT_ONCE)
		put_bits(out, bits, UINT32_MAX, ONES_AT_ONCE);
	put_bits(out, bits, (UINT64_C(1) << ones) - 1, (unsigned)ones + 1);
	put_bits(out, bits, distance & ((UINT64_C(1) << low) - 1), low);
}

static bool
read_bits(struct reader *in, struct bits *bits, unsigned count, uint64_t *value)
{
	uint8_t byte;

	for (; bits->count < count; bits->count += 8) {
		if (!reader_byte(in, &byte))
			return false;
		bits->held |= (uint64_t)byte << bits->count;
	}
	*value = bits->held & ((UINT64_C(1) << count) - 1);
	bits->held >>= count;
	bits->count -= count;
	return true;
}

static bool
read_distance(
    struct reader *in, struct bits *bits, unsigned low, uint64_t *distance)
{
	uint64_t ones = 0, bit;

	do {
		if (!read_bits(in, bits, 1, &bit))
			return false;
		ones += bit;
	} while (bit != 0);
	if (!read_bits(in, bits, low, distance))
		return false;
	*distance |= ones << low;
	return true;
}

void
commitment_row_write(const struct commitment_row *row, struct bytes *out)
{
	const unsigned low = low_bits(row);
	struct bits bits = { 0, 0 };
	uint64_t before = row->first;
	size_t i;

	for (i = 0; i < row->count; i++) {
		put_distance(out, &bits, low, row->number[i] - before);
		before = row->number[i];
	}
	if (bits.count > 0)
		bytes_add_byte(out, (uint8_t)bits.held);
}

enum err
commitment_row_read(
    struct commitment_row *row, const struct bytes *kept, struct errtext *err)
{
	const unsigned low = low_bits(row);
	struct reader in = { kept->at, kept->len };
	struct bits bits = { 0, 0 };
	uint64_t number = row->first, distance;
	size_t i;

	/* each takes a bit or more */
	if (row->count > kept->len * 8)
		return row_damaged(err);
	if (!ARRAY_ROOM(row->number, row->count, row->cap))
		return err_memory(err);
	for (i = 0; i < row->count; i++) {
		if (!read_distance(&in, &bits, low, &distance))
			return row_damaged(err);
		row->number[i] = number += distance;
		if (!commitment_row_covers(row, number))
			return row_damaged(err);
	}
	return in.left == 0 ? ERR_OK : row_damaged(err);
}
