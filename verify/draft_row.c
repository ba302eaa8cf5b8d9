/*
 * draft_row.c - draft_row.h.
 *
 * As kept: each number's distance from the one before, the first one's from
 * where the row begins, in Rice's code (Golomb 1966; Rice 1979): its low bits
 * as they are, behind as many ones as the rest counts, and a zero. There are as
 * many low bits as the distances have when they are all alike, so all of the
 * ones together are at most twice as many as the numbers.
 */
#include "verify/draft_row.h"

#include "base/i18n.h"
#include "store/row.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 16

void
draft_row_free(struct draft_row *row)
{
	free(row->number);
	row->number = NULL;
	row->count = row->room = 0;
}

bool
draft_row_covers(const struct draft_row *row, uint64_t number)
{
	return number >> row->bits == row->first >> row->bits;
}

/* How many are less than this one? */
static size_t
place_of(const struct draft_row *row, uint64_t number)
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
draft_row_has(const struct draft_row *row, uint64_t number)
{
	size_t at = place_of(row, number);

	return at < row->count && row->number[at] == number;
}

static bool
make_room(struct draft_row *row, size_t count)
{
	size_t room = row->room == 0 ? ROOM_FIRST : row->room;
	uint64_t *grown;

	while (room < count)
		room *= 2;
	if (room == row->room)
		return true;
	grown = reallocarray(row->number, room, sizeof(*grown));
	if (grown == NULL)
		return false;
	row->number = grown;
	row->room = room;
	return true;
}

bool
draft_row_add(struct draft_row *row, uint64_t number)
{
	size_t at = place_of(row, number);

	if (!make_room(row, row->count + 1))
		return false;
	memmove(row->number + at + 1, row->number + at,
	    (row->count - at) * sizeof(*row->number));
	row->number[at] = number;
	row->count++;
	row->changed = true;
	return true;
}

bool
draft_row_split(struct draft_row *row, struct draft_row *upper)
{
	const unsigned bits = row->bits - 1;
	const uint64_t middle = row->first + (UINT64_C(1) << bits);
	size_t at = place_of(row, middle);

	*upper = (struct draft_row){ .first = middle, .bits = bits };
	if (!make_room(upper, row->count - at))
		return false;
	upper->count = row->count - at;
	memcpy(upper->number, row->number + at,
	    upper->count * sizeof(*upper->number));
	row->count = at;
	row->bits = bits;
	row->changed = upper->changed = true;
	return true;
}

/* --- as kept ----------------------------------------------------------------
 */

static unsigned
low_bits(const struct draft_row *row)
{
	unsigned low = row->bits;
	size_t count;

	for (count = row->count; count > 0 && low > 0; count /= 2)
		low--;
	return low;
}

/* at: in bits. */
static void
put_bit(struct bytes *out, size_t *at, bool bit)
{
	if (*at % 8 == 0)
		bytes_add_byte(out, 0);
	if (bit && !out->failed)
		out->at[*at / 8] |= (uint8_t)(1u << *at % 8);
	++*at;
}

static void
put_distance(struct bytes *out, size_t *at, unsigned low, uint64_t distance)
{
	uint64_t ones;

	for (ones = distance >> low; ones > 0; ones--)
		put_bit(out, at, true);
	put_bit(out, at, false);
	while (low-- > 0)
		put_bit(out, at, (distance >> low & 1) != 0);
}

static bool
take_bit(const struct bytes *in, size_t *at, bool *bit)
{
	if (*at / 8 >= in->len)
		return false;
	*bit = (in->at[*at / 8] >> *at % 8 & 1) != 0;
	++*at;
	return true;
}

static bool
take_distance(
    const struct bytes *in, size_t *at, unsigned low, uint64_t *distance)
{
	bool bit = true;

	for (*distance = 0; bit; *distance += bit)
		if (!take_bit(in, at, &bit))
			return false;
	while (low-- > 0) {
		if (!take_bit(in, at, &bit))
			return false;
		*distance = *distance << 1 | bit;
	}
	return true;
}

void
draft_row_write(const struct draft_row *row, struct bytes *out)
{
	const unsigned low = low_bits(row);
	uint64_t before = row->first;
	size_t at = 0, i;

	for (i = 0; i < row->count; i++) {
		put_distance(out, &at, low, row->number[i] - before);
		before = row->number[i];
	}
}

enum err
draft_row_read(
    struct draft_row *row, const struct bytes *kept, struct errtext *err)
{
	const unsigned low = low_bits(row);
	uint64_t number = row->first, distance;
	size_t at = 0, i;

	/* each takes a bit or more */
	if (row->count > kept->len * 8)
		return row_damaged(err);
	if (!make_room(row, row->count))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	for (i = 0; i < row->count; i++) {
		if (!take_distance(kept, &at, low, &distance))
			return row_damaged(err);
		row->number[i] = number += distance;
		if (!draft_row_covers(row, number))
			return row_damaged(err);
	}
	return kept->len == (at + 7) / 8 ? ERR_OK : row_damaged(err);
}
