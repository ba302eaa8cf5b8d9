/*
 * qr.c - function patterns, order, masks, information: qr.h.
 */
#include "decode/qr.h"

#include <stdlib.h>
#include <string.h>

#define QUIET  4 /* modules of white around */
#define PIXELS 4 /* a module, as zbar likes it */

int
qr_side(int version)
{
	return 17 + 4 * version;
}

int
qr_marks(int version, int at[QR_MARK_MAX])
{
	int count = version < 2 ? 0 : version / 7 + 2;
	int span = 4 * version + 4, step, i;

	if (count == 0)
		return 0;
	/* even steps from the far end; version 32 has its own */
	step = version == 32
	    ? 26
	    : (span + 2 * (count - 1) - 1) / (2 * (count - 1)) * 2;
	for (i = count - 1; i > 0; i--)
		at[i] = span + 6 - (count - 1 - i) * step;
	at[0] = 6;
	return count;
}

static void
put(uint8_t *kind, int side, int x, int y, enum qr_kind what)
{
	if (x >= 0 && y >= 0 && x < side && y < side)
		kind[y * side + x] = (uint8_t)what;
}

/* Squares around (x, y): dark at the distances of which the bit is set. */
static void
put_rings(
    uint8_t *kind, int side, int x, int y, int radius, unsigned dark_rings)
{
	int i, j;

	for (j = -radius; j <= radius; j++)
		for (i = -radius; i <= radius; i++) {
			int ring = abs(i) > abs(j) ? abs(i) : abs(j);

			put(kind, side, x + i, y + j,
			    dark_rings >> ring & 1 ? QR_DARK : QR_LIGHT);
		}
}

static void
put_alignment(int version, uint8_t *kind)
{
	int side = qr_side(version), at[QR_MARK_MAX];
	int count = qr_marks(version, at), i, j;

	for (j = 0; j < count; j++)
		for (i = 0; i < count; i++) {
			bool corner = (i == 0 && j == 0) ||
			    (i == 0 && j == count - 1) ||
			    (j == 0 && i == count - 1);

			if (!corner)
				put_rings(kind, side, at[i], at[j], 2, 5);
		}
}

void
qr_layout(int version, uint8_t *kind)
{
	int side = qr_side(version), copy, i;

	memset(kind, QR_DATA, (size_t)side * (size_t)side);
	for (i = 8; i < side - 8; i++) {
		put(kind, side, i, 6, i % 2 == 0 ? QR_DARK : QR_LIGHT);
		put(kind, side, 6, i, i % 2 == 0 ? QR_DARK : QR_LIGHT);
	}
	put_alignment(version, kind);
	/* rings 0, 1 and 3 of a finder are dark, 4 is its separator */
	put_rings(kind, side, 3, 3, 4, 11);
	put_rings(kind, side, side - 4, 3, 4, 11);
	put_rings(kind, side, 3, side - 4, 4, 11);
	for (copy = 0; copy < 2; copy++) {
		for (i = 0; i < 15; i++)
			kind[qr_format_place(version, copy, i)] = QR_FORMAT;
		for (i = 0; version >= 7 && i < 18; i++)
			kind[qr_version_place(version, copy, i)] = QR_VERSION;
	}
	put(kind, side, 8, side - 8, QR_DARK);
}

int
qr_order(int version, const uint8_t *kind, uint16_t *place)
{
	int side = qr_side(version), count = 0, right, step, i;
	bool up = true;

	for (right = side - 1; right > 0; right -= 2, up = !up) {
		if (right == 6) /* the timing pattern has this column */
			right--;
		for (step = 0; step < side; step++)
			for (i = 0; i < 2; i++) {
				int y = up ? side - 1 - step : step;
				int at = y * side + right - i;

				if (kind[at] == QR_DATA)
					place[count++] = (uint16_t)at;
			}
	}
	return count;
}

bool
qr_mask(int mask, int x, int y)
{
	switch (mask) {
	case 0:
		return (x + y) % 2 == 0;
	case 1:
		return y % 2 == 0;
	case 2:
		return x % 3 == 0;
	case 3:
		return (x + y) % 3 == 0;
	case 4:
		return (y / 2 + x / 3) % 2 == 0;
	case 5:
		return x * y % 2 + x * y % 3 == 0;
	case 6:
		return (x * y % 2 + x * y % 3) % 2 == 0;
	default:
		return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

/* The rest of value * x^check by a polynomial of that degree, behind it. */
static unsigned
with_check(unsigned value, int check, unsigned polynomial)
{
	unsigned rest = value << check;
	int bit;

	for (bit = 31; bit >= check; bit--)
		if (rest >> bit & 1)
			rest ^= polynomial << (bit - check);
	return value << check | rest;
}

unsigned
qr_format_bits(enum qr_level level, int mask)
{
	return with_check((unsigned)level << 3 | (unsigned)mask, 10, 0x537) ^
	    0x5412;
}

unsigned
qr_version_bits(int version)
{
	return with_check((unsigned)version, 12, 0x1f25);
}

/*
 * Copy 0 runs around the first finder, beside the timing patterns; copy 1 is
 * shared by the other two.
 */
int
qr_format_place(int version, int copy, int i)
{
	int side = qr_side(version), x = 8, y = 8;

	if (copy == 0) {
		if (i < 8)
			y = i < 6 ? i : i + 1;
		else
			x = i == 8 ? 7 : 14 - i;
	} else if (i < 8)
		x = side - 1 - i;
	else
		y = side - 15 + i;
	return y * side + x;
}

int
qr_version_place(int version, int copy, int i)
{
	int side = qr_side(version);
	int near = i / 3, far = side - 11 + i % 3;

	return copy == 0 ? near * side + far : far * side + near;
}

static void
draw_information(int version, enum qr_level level, int mask, uint8_t *module)
{
	unsigned format = qr_format_bits(level, mask);
	int copy, i;

	for (copy = 0; copy < 2; copy++) {
		for (i = 0; i < 15; i++)
			module[qr_format_place(version, copy, i)] =
			    format >> i & 1;
		for (i = 0; version >= 7 && i < 18; i++)
			module[qr_version_place(version, copy, i)] =
			    qr_version_bits(version) >> i & 1;
	}
}

void
qr_draw(int version, enum qr_level level, int mask, const uint8_t *stream,
    uint8_t *module)
{
	uint16_t place[QR_MODULE_MAX];
	int side = qr_side(version), bits, i;

	qr_layout(version, module);
	bits = qr_order(version, module, place);
	for (i = 0; i < side * side; i++)
		module[i] = module[i] == QR_DARK;
	for (i = 0; i < bits; i++) {
		int x = place[i] % side, y = place[i] / side;
		/* the few modules after the last byte are 0 */
		bool bit =
		    i < bits / 8 * 8 && (stream[i / 8] >> (7 - i % 8) & 1) != 0;

		module[place[i]] = bit != qr_mask(mask, x, y);
	}
	draw_information(version, level, mask, module);
}

bool
qr_paint(int version, enum qr_level level, int mask, const uint8_t *stream,
    struct gray *out)
{
	uint8_t module[QR_MODULE_MAX];
	int side = qr_side(version), x, y;
	uint32_t pixels = (uint32_t)(side + 2 * QUIET) * PIXELS;

	if (!gray_new(out, pixels, pixels))
		return false;
	qr_draw(version, level, mask, stream, module);
	memset(out->at, 255, gray_size(out));
	for (y = 0; y < side * PIXELS; y++) {
		uint8_t *row = gray_row(out, (uint32_t)(y + QUIET * PIXELS)) +
		    QUIET * PIXELS;

		for (x = 0; x < side; x++)
			if (module[y / PIXELS * side + x] != 0)
				memset(row + x * PIXELS, 0, PIXELS);
	}
	return true;
}
