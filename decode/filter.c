/*
 * filter.c - the filters of decode/gray.h. The mean of a square takes
 * the same time for every radius: running sums along rows, then columns.
 */
#include "decode/gray.h"

#include <stdlib.h>

static uint32_t
clamp(int64_t at, uint32_t count)
{
	return at < 0 ? 0 : at >= count ? count - 1 : (uint32_t)at;
}

/* Sums of 2 r + 1 pixels along one row; the edge pixel is repeated. */
static void
row_sums(const uint8_t *from, uint32_t width, int64_t r, uint32_t *to)
{
	uint32_t sum = 0;
	int64_t x;

	for (x = -r; x <= r; x++)
		sum += from[clamp(x, width)];
	for (x = 0; x < width; x++) {
		to[x] = sum;
		sum += from[clamp(x + r + 1, width)];
		sum -= from[clamp(x - r, width)];
	}
}

/* Adds (or takes away) the row sums of row y of the picture. */
static void
add_row(const struct gray *in, int64_t y, int64_t r, bool take,
    uint32_t *scratch, uint32_t *columns)
{
	uint32_t x;

	row_sums(gray_row(in, clamp(y, in->height)), in->width, r, scratch);
	for (x = 0; x < in->width; x++)
		columns[x] += take ? 0 - scratch[x] : scratch[x];
}

static bool
mean(const struct gray *in, unsigned radius, struct gray *out)
{
	uint32_t *columns = calloc(in->width, sizeof(*columns));
	uint32_t *scratch = calloc(in->width, sizeof(*scratch));
	uint32_t area = (2 * radius + 1) * (2 * radius + 1);
	int64_t r = radius;
	int64_t y;
	uint32_t x;
	bool done = false;

	if (columns == NULL || scratch == NULL ||
	    !gray_new(out, in->width, in->height))
		goto out;
	for (y = -r; y <= r; y++)
		add_row(in, y, r, false, scratch, columns);
	for (y = 0; y < in->height; y++) {
		uint8_t *to = gray_row(out, (uint32_t)y);

		for (x = 0; x < in->width; x++)
			to[x] = (uint8_t)((columns[x] + area / 2) / area);
		add_row(in, y + r + 1, r, false, scratch, columns);
		add_row(in, y - r, r, true, scratch, columns);
	}
	done = true;
out:
	free(columns);
	free(scratch);
	return done;
}

bool
gray_blur(const struct gray *in, unsigned r, struct gray *out)
{
	struct gray once = { 0 };
	bool done = mean(in, r, &once) && mean(&once, r, out);

	gray_free(&once);
	return done;
}

bool
gray_sharpen(const struct gray *in, unsigned r, int amount, struct gray *out)
{
	size_t i, size = gray_size(in);

	if (!gray_blur(in, r, out))
		return false;
	for (i = 0; i < size; i++) {
		int was = in->at[i];
		int now = was + (was - out->at[i]) * amount / 256;

		out->at[i] = (uint8_t)(now < 0 ? 0 : now > 255 ? 255 : now);
	}
	return true;
}

/* The lowest value that at least `share` of all pixels do not exceed. */
static int
percentile(const size_t count[256], size_t share)
{
	size_t sum = 0;
	int value;

	for (value = 0; value < 255; value++)
		if ((sum += count[value]) > share)
			break;
	return value;
}

/* The darkest, or lightest, of three pixels along a row; edges are repeated. */
static void
row_extremes(const uint8_t *from, uint32_t width, bool dark, uint8_t *to)
{
	uint32_t x;

	for (x = 0; x < width; x++) {
		uint8_t a = from[x > 0 ? x - 1 : 0], b = from[x];
		uint8_t c = from[x + 1 < width ? x + 1 : x];
		uint8_t least = a < b ? a : b, most = a > b ? a : b;

		to[x] = dark ? (least < c ? least : c) : (most > c ? most : c);
	}
}

bool
gray_spread(const struct gray *in, bool dark, struct gray *out)
{
	struct gray rows = { 0 };
	uint32_t x, y;

	if (!gray_new(&rows, in->width, in->height))
		return false;
	if (!gray_new(out, in->width, in->height)) {
		gray_free(&rows);
		return false;
	}
	for (y = 0; y < in->height; y++)
		row_extremes(
		    gray_row(in, y), in->width, dark, gray_row(&rows, y));
	for (y = 0; y < in->height; y++) {
		const uint8_t *a = gray_row(&rows, y > 0 ? y - 1 : 0);
		const uint8_t *b = gray_row(&rows, y);
		const uint8_t *c =
		    gray_row(&rows, y + 1 < in->height ? y + 1 : y);
		uint8_t *to = gray_row(out, y);

		for (x = 0; x < in->width; x++) {
			uint8_t least = a[x] < b[x] ? a[x] : b[x];
			uint8_t most = a[x] > b[x] ? a[x] : b[x];

			to[x] = dark ? (least < c[x] ? least : c[x])
				     : (most > c[x] ? most : c[x]);
		}
	}
	gray_free(&rows);
	return true;
}

bool
gray_invert(const struct gray *in, struct gray *out)
{
	size_t i, size = gray_size(in);

	if (!gray_new(out, in->width, in->height))
		return false;
	for (i = 0; i < size; i++)
		out->at[i] = (uint8_t)(255 - in->at[i]);
	return true;
}

/* --- blank pages ---------------------------------------------------------- */

#define CELL       8  /* pixels: a millimeter of a page at 200 dpi */
#define CELL_INK   24 /* of 255, from the paper's own brightness */
#define CELL_DUST  2  /* cells with ink that are no print */
#define MARGIN_PER 32 /* this part of a side is the scanner's */

static int
cell_mean(const struct gray *in, uint32_t left, uint32_t top)
{
	unsigned sum = 0;
	uint32_t x, y;

	for (y = top; y < top + CELL; y++)
		for (x = left; x < left + CELL; x++)
			sum += gray_row(in, y)[x];
	return (int)(sum / (CELL * CELL));
}

/* How many cells have each mean, margins aside; how many cells there are. */
static size_t
count_cells(const struct gray *in, size_t count[256])
{
	uint32_t x_margin = in->width / MARGIN_PER;
	uint32_t y_margin = in->height / MARGIN_PER;
	size_t cells = 0;
	uint32_t x, y;

	for (y = y_margin; y + CELL <= in->height - y_margin; y += CELL)
		for (x = x_margin; x + CELL <= in->width - x_margin;
		     x += CELL) {
			count[cell_mean(in, x, y)]++;
			cells++;
		}
	return cells;
}

bool
gray_is_blank(const struct gray *picture)
{
	size_t count[256] = { 0 }, inked = 0;
	size_t cells = count_cells(picture, count);
	int paper = percentile(count, cells / 2);
	int value;

	for (value = 0; value < 256; value++)
		if (value < paper - CELL_INK || value > paper + CELL_INK)
			inked += count[value];
	return inked <= CELL_DUST;
}
