/*
 * hint.c - hint.h. Limits are measured with letters on paper before a web
 * camera and on scans: tests/lib/scan/test_hints.c has a picture of each kind.
 */
#include "decode/hint.h"

#include <stdlib.h>
#include <string.h>

#define DARK_SHADE   70 /* brighter: enough light, for the lightest twentieth */
#define WHITE        250 /* no print is seen there */
#define PALE         120 /* print that is lighter is overexposed */
#define GLARE_PART   20  /* thousandths of the picture: too much of it */
#define CONTRAST_MIN 40  /* of print, also out of focus */
#define STEP_MIN     16  /* less is the grain of paper */
#define BLURRED_STEP 3   /* print in focus steps a third of all shades */
#define MODULE_MIN   2.2 /* pixels */
#define TWO_MIN      35  /* pixels: two marks that are smaller may be print */
#define SIGHT_MAX    (6u << 20) /* pixels: larger ones are looked at halved */
#define HALF_MIN     (1u << 18) /* ... and halved, down to this */
#define DOUBLE_MAX   (1u << 20) /* ... and smaller ones doubled, too */

/* --- deciding ----------------------------------------------------------------- */

static bool
is_inside(double x, double y, double margin, const uint32_t sides[2])
{
	return x >= margin && y >= margin && x <= sides[0] - margin &&
	    y <= sides[1] - margin;
}

/* The fourth corner of a code whose other three are seen. */
static bool
is_cut(const struct sight *sight, const uint32_t sides[2])
{
	const struct sight_mark *m = sight->mark;

	return !is_inside((double)(m[1].x + m[2].x - m[0].x),
	    (double)(m[1].y + m[2].y - m[0].y), (double)m[0].width / 2, sides);
}

/* Two marks side by side: where the others may be, they are outside. */
static bool
are_at_border(const struct sight *sight, const uint32_t sides[2])
{
	const struct sight_mark *one = &sight->mark[0], *two = &sight->mark[1];
	double x = (double)(two->x - one->x), y = (double)(two->y - one->y);
	double margin = (double)one->width / 2;

	return (sight->side > 0 ||
		   !is_inside((double)one->x - y, (double)one->y + x, margin,
		       sides)) &&
	    (sight->side < 0 ||
		!is_inside(
		    (double)one->x + y, (double)one->y - x, margin, sides));
}

/* One or two marks, and the border is where the others would be. */
static bool
is_at_border(const struct sight *sight, const uint32_t sides[2])
{
	const struct sight_mark *mark = sight->mark;

	if (sight->count == 2)
		return are_at_border(sight, sides);
	return sight->side != 0 ||
	    !is_inside((double)mark->x, (double)mark->y,
		3.0 * (double)mark->width, sides);
}

static bool
is_blurred(const struct hint_light *light)
{
	return light->step * BLURRED_STEP < light->bright - light->dark;
}

/* So much light everywhere that print is pale. */
static bool
is_pale(const struct hint_light *light)
{
	return light->paper >= WHITE && light->dark >= PALE;
}

static enum scan_hint
decide_seen(const struct sight *sight, const uint32_t sides[2],
    const struct hint_light *light)
{
	if (is_cut(sight, sides))
		return HINT_CUT_OFF;
	if ((double)sight->mark[0].width / 7 < MODULE_MIN)
		return HINT_TOO_SMALL;
	if (is_blurred(light))
		return HINT_BLURRED;
	return light->glare >= GLARE_PART || is_pale(light) ? HINT_GLARE
							    : HINT_DAMAGED;
}

enum scan_hint
hint_decide(const struct sight *sight, const uint32_t sides[2],
    const struct hint_light *light)
{
	if (light->bright < DARK_SHADE)
		return HINT_DARK;
	if (sight->count == 3)
		return decide_seen(sight, sides, light);
	if (light->bright - light->dark < CONTRAST_MIN)
		return light->paper >= WHITE ? HINT_GLARE : HINT_NO_CODE;
	if (sight->count > 0 && is_at_border(sight, sides))
		return HINT_CUT_OFF;
	if (is_blurred(light))
		return HINT_BLURRED;
	if (light->texture)
		return HINT_TOO_SMALL;
	if (light->glare >= GLARE_PART)
		return HINT_GLARE;
	return sight->count == 2 && sight->mark[0].width >= TWO_MIN
	    ? HINT_DAMAGED
	    : HINT_NO_CODE;
}

/* --- measuring ---------------------------------------------------------------- */

struct counts {
	size_t shade[256], step[256];
	size_t all;
};

/* Every other pixel: its shade, and steps across and down. */
static void
count_row(struct counts *counts, const uint8_t *row, uint32_t width)
{
	const uint8_t *above = row - 2 * (size_t)width;
	uint32_t x;

	for (x = 2; x < width; x += 2) {
		counts->shade[row[x]]++;
		counts->step[abs(row[x] - row[x - 2])]++;
		counts->step[abs(row[x] - above[x])]++;
		counts->all++;
	}
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

/* The value that one in `parts` does not reach. */
static int
bottom(const size_t counts[256], size_t all, size_t parts)
{
	int value = 0;
	size_t sum = counts[0];

	while (value < 255 && sum * parts < all)
		sum += counts[++value];
	return value;
}

/* The steepest thousandth; or, where little is printed, the steepest tenth of
 * what is a step at all. */
static int
steepest(const struct counts *c)
{
	size_t few[256] = { 0 }, sum = 0;
	int most = top(c->step, 2 * c->all, 1000), edges, i;

	for (i = STEP_MIN; i < 256; i++)
		sum += few[i] = c->step[i];
	edges = sum > 0 ? top(few, sum, 10) : 0;
	return edges > most ? edges : most;
}

#define BLOCK 8 /* pixels */

static int
block_mean(const struct gray *picture, uint32_t left, uint32_t up)
{
	int sum = 0, x, y;

	for (y = 0; y < BLOCK; y++)
		for (x = 0; x < BLOCK; x++)
			sum += gray_row(
			    picture, up + (uint32_t)y)[left + (uint32_t)x];
	return sum / (BLOCK * BLOCK);
}

/* The commonest shade of the lighter half. */
static int
paper_shade(const size_t shade[256])
{
	int paper = 255, i;

	for (i = 254; i >= 128; i--)
		if (shade[i] > shade[paper])
			paper = i;
	return paper;
}

/* Between pixels side by side. */
static int
block_step(const struct gray *picture, uint32_t left, uint32_t up)
{
	int sum = 0, x, y;

	for (y = 0; y < BLOCK; y++) {
		const uint8_t *row = gray_row(picture, up + (uint32_t)y) + left;

		for (x = 1; x < BLOCK; x++)
			sum += abs(row[x] - row[x - 1]);
	}
	return sum / (BLOCK * (BLOCK - 1));
}

/* The paper, and white where the paper is darker: that is a lamp in it. Means of
 * blocks, which the grain of a camera does not make white. The grain is what the
 * quietest tenth has. */
static int
measure_blocks(const struct gray *picture, struct hint_light *out)
{
	size_t shade[256] = { 0 }, step[256] = { 0 }, all = 0, white = 0;
	uint32_t x, y;
	int i;

	for (y = 0; y + BLOCK <= picture->height; y += BLOCK)
		for (x = 0; x + BLOCK <= picture->width; x += BLOCK) {
			shade[block_mean(picture, x, y)]++;
			step[block_step(picture, x, y)]++;
			all++;
		}
	for (i = WHITE; i < 256; i++)
		white += shade[i];
	out->paper = paper_shade(shade);
	out->glare =
	    all > 0 && out->paper < WHITE - 10 ? (int)(white * 1000 / all) : 0;
	return bottom(step, all, 10);
}

/* --- a code that is too fine to be seen as one -------------------------------- */

#define RUN_MIN 5 /* blocks of a side: as small as a code's picture gets */
#define RUN_MAX 64

/* What is looked through, and how steep a step is one. */
struct weave {
	const struct gray *picture;
	int step;
};

/* About as many steps down as across, and many of both: a code's modules of one
 * or two pixels. Print has more across, and gaps. */
static bool
is_dense(const struct weave *weave, uint32_t left, uint32_t up)
{
	const size_t width = weave->picture->width;
	int across = 0, down = 0, x, y;

	for (y = 0; y < BLOCK; y++) {
		const uint8_t *row =
		    gray_row(weave->picture, up + (uint32_t)y) + left;

		for (x = 0; x < BLOCK; x++) {
			across += abs(row[x + 1] - row[x]) >= weave->step;
			down +=
			    abs(row[(size_t)x + width] - row[x]) >= weave->step;
		}
	}
	return across >= BLOCK * BLOCK / 4 && down >= BLOCK * BLOCK / 4 &&
	    across < 2 * down && down < 2 * across;
}

/* How many dense blocks stand in a row from here on. */
static uint32_t
run_of(const struct weave *weave, uint32_t left, uint32_t up)
{
	uint32_t count = 0;

	while (count < RUN_MAX &&
	    left + (count + 1) * BLOCK < weave->picture->width &&
	    is_dense(weave, left + count * BLOCK, up))
		count++;
	return count;
}

/* Rows of about one length below each other, as many as each is long: a code
 * has a quiet zone around it, and small print ends anywhere. */
static bool
is_square(const struct weave *weave, uint32_t left, uint32_t up, uint32_t first)
{
	uint32_t rows = 1, off = 0;

	while (rows <= 2 * first &&
	    up + (rows + 1) * BLOCK < weave->picture->height) {
		uint32_t run = run_of(weave, left, up + rows * BLOCK);

		if (run < first / 2)
			break;
		off += run > first + 1 || run + 1 < first;
		rows++;
	}
	return rows * 4 >= first * 3 && rows * 3 <= first * 4 &&
	    off * 4 <= rows;
}

static bool
has_texture(const struct gray *picture, int step)
{
	const struct weave weave = { picture, step };
	uint32_t x, y, run;

	for (y = 0; y + BLOCK < picture->height; y += BLOCK)
		for (x = 0; x + BLOCK < picture->width;
		     x += BLOCK * (run + 1)) {
			run = run_of(&weave, x, y);
			if (run >= RUN_MIN && is_square(&weave, x, y, run))
				return true;
		}
	return false;
}

static bool
measure(const struct gray *picture, struct hint_light *out)
{
	struct counts counts = { .all = 0 };
	int grain, least;
	uint32_t y;

	for (y = 2; y < picture->height; y += 2)
		count_row(&counts, gray_row(picture, y), picture->width);
	if (counts.all == 0)
		return false;
	out->bright = top(counts.shade, counts.all, 20);
	out->dark = bottom(counts.shade, counts.all, 1000);
	grain = measure_blocks(picture, out);
	/* of which the steepest thousandth is four times the mean */
	out->step = steepest(&counts) - 4 * grain;
	least = out->step / 3 > STEP_MIN ? out->step / 3 : STEP_MIN;
	out->texture =
	    has_texture(picture, least > 2 * grain ? least : 2 * grain);
	return true;
}

/* Marks in a shape of the picture, in the picture's own pixels. */
static void
look(const struct gray *shape, float scale, struct sight *sight)
{
	struct sight seen = { 0 };
	size_t i;

	sight_look(shape, &seen);
	if (seen.count <= sight->count)
		return;
	for (i = 0; i < seen.count; i++) {
		struct sight_mark *mark = &seen.mark[i];

		mark->x /= scale;
		mark->y /= scale;
		mark->width /= scale;
	}
	*sight = seen;
}

/* The middle of a large one is all dark, as its surroundings are: halved, and once
 * more, it is a small one. */
static void
look_for_large(const struct gray *picture, float scale, struct sight *sight)
{
	struct gray half = { 0 };

	if (sight->count < 3 && gray_size(picture) >= HALF_MIN &&
	    gray_half(picture, &half)) {
		look(&half, scale / 2, sight);
		look_for_large(&half, scale / 2, sight);
	}
	gray_free(&half);
}

/* Fine ones show when doubled. */
static void
look_for_marks(const struct gray *picture, struct sight *sight)
{
	struct gray shape = { 0 };

	look(picture, 1, sight);
	look_for_large(picture, 1, sight);
	if (sight->count < 3 && gray_size(picture) <= DOUBLE_MAX &&
	    gray_resize(picture, 2, 1, &shape))
		look(&shape, 2, sight);
	gray_free(&shape);
}

/* Is white what a mark is printed on? Then it is the paper, and the darker shade
 * that there is more of is a desk. */
static bool
is_on_white(const struct gray *picture, const struct sight_mark *mark)
{
	float half = mark->width / 2, x, y;

	for (y = mark->y - half; y < mark->y + half; y++)
		for (x = mark->x - half; x < mark->x + half; x++)
			if (x >= 0 && y >= 0 && x < (float)picture->width &&
			    y < (float)picture->height &&
			    gray_row(picture, (uint32_t)y)[(uint32_t)x] >=
				WHITE - 10)
				return true;
	return false;
}

static enum scan_hint
hint_at_size(const struct gray *picture)
{
	const uint32_t sides[2] = { picture->width, picture->height };
	struct sight sight = { 0 };
	struct hint_light light = { 0 };

	if (!measure(picture, &light))
		return HINT_NO_CODE;
	look_for_marks(picture, &sight);
	if (sight.count > 0 && is_on_white(picture, &sight.mark[0]))
		light.glare = 0;
	return hint_decide(&sight, sides, &light);
}

enum scan_hint
hint_of(const struct gray *picture)
{
	struct gray half = { 0 };
	enum scan_hint hint;

	if (gray_size(picture) <= SIGHT_MAX || !gray_half(picture, &half))
		return hint_at_size(picture);
	hint = hint_of(&half);
	gray_free(&half);
	return hint;
}
