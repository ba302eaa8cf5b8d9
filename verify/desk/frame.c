/*
 * frame.c - frame.h. Counts over every other pixel: shades, and steps from one
 * pixel to the next but one. Limits are measured with a web camera and paper:
 * docs/pages.md.
 */
#include "verify/desk/frame.h"

#include <stdbool.h>
#include <stdlib.h>

#define SIDE_MAX 8192

#define DARK_SHADE   70 /* brighter: enough light, for the brightest twentieth */
#define GLARE_SHADE  250 /* brighter: no print is seen there */
#define GLARE_PARTS  8   /* of the picture: one in so many is too much */
#define PRINT_STEP   48  /* a step that print makes and a wall does not */
#define PRINT_PARTS  200 /* of all steps: fewer is no print */
#define BLURRED_STEP 3 /* print in focus steps a third of all shades at once */

struct counts {
	size_t shade[256], step[256];
	size_t all;
};

static bool
read_number(struct reader *r, size_t *out)
{
	uint8_t c;
	size_t digits = 0;

	*out = 0;
	while (r->left > 0 && r->at[0] >= '0' && r->at[0] <= '9' &&
	    digits++ < 5 && reader_byte(r, &c))
		*out = *out * 10 + (size_t)(c - '0');
	return digits > 0 && *out > 0 && *out <= SIDE_MAX;
}

static bool
read_head(struct reader *r, size_t *width, size_t *height)
{
	return reader_skip_text(r, "P5 ") && read_number(r, width) &&
	    reader_skip_text(r, " ") && read_number(r, height) &&
	    reader_skip_text(r, " 255\n") && r->left == *width * *height;
}

static void
count_row(struct counts *counts, const uint8_t *row, size_t width)
{
	size_t x;

	for (x = 2; x < width; x += 2) {
		counts->shade[row[x]]++;
		counts->step[abs(row[x] - row[x - 2])]++;
		counts->all++;
	}
}

static size_t
at_least(const size_t counts[256], int from)
{
	size_t sum = 0;

	for (; from < 256; from++)
		sum += counts[from];
	return sum;
}

/* The value that one in `parts` reaches. */
static int
top(const size_t counts[256], size_t all, size_t parts)
{
	int value = 255;
	size_t sum = counts[255];

	while (value > 0 && sum * parts < all)
		sum += counts[--value];
	return value;
}

static enum scan_hint
judge(const struct counts *c)
{
	int bright = top(c->shade, c->all, 20);
	int step = top(c->step, c->all, PRINT_PARTS);

	if (bright < DARK_SHADE)
		return HINT_DARK;
	if (at_least(c->shade, GLARE_SHADE) * GLARE_PARTS > c->all &&
	    step < PRINT_STEP)
		return HINT_GLARE;
	if (step < PRINT_STEP / 3)
		return HINT_NO_CODE;
	return step * BLURRED_STEP < bright ? HINT_BLURRED : HINT_TOO_SMALL;
}

enum scan_hint
frame_hint(const uint8_t *pgm, size_t len)
{
	struct reader r = { pgm, len }, row;
	struct counts counts = { .all = 0 };
	size_t width, height, y;

	if (!read_head(&r, &width, &height))
		return HINT_NO_CODE;
	for (y = 0; y < height; y++)
		if (reader_take(&r, width, &row) && y % 2 == 0)
			count_row(&counts, row.at, width);
	return counts.all > 0 ? judge(&counts) : HINT_NO_CODE;
}
