/*
 * corner.c - rows are read as runs of dark and light: decode/corner.h.
 */
#include "decode/corner.h"

#include <stdlib.h>

#define CORNER_MAX   64
#define CONTRAST_MIN 40
#define RING_MIN     8 /* pixels across a corner mark */

/* The middle of a mark and its width, in pixels. */
struct corner {
	int64_t x, y, width;
};

struct corners {
	const struct gray *picture;
	uint8_t light; /* from here on */
	size_t count;
	struct corner at[CORNER_MAX];
};

/* Between the darkest and the lightest hundredth; 0 without contrast. */
static uint8_t
middle(const struct gray *picture)
{
	size_t count[256] = { 0 }, size = gray_size(picture), i, sum = 0;
	int dark = -1, light = 255;

	for (i = 0; i < size; i++)
		count[picture->at[i]]++;
	for (i = 0; i < 256; i++) {
		sum += count[i];
		if (dark < 0 && sum > size / 100)
			dark = (int)i;
		if (sum < size - size / 100)
			light = (int)i + 1;
	}
	return light - dark < CONTRAST_MIN ? 0 : (uint8_t)((light + dark) / 2);
}

static bool
is_dark(const struct corners *found, int64_t x, int64_t y)
{
	return gray_row(found->picture, (uint32_t)y)[x] < found->light;
}

/* Five runs, the middle one thrice as long as the others? */
static bool
is_ring(const int64_t run[5])
{
	int64_t all = run[0] + run[1] + run[2] + run[3] + run[4];
	int i;

	if (all < RING_MIN)
		return false;
	for (i = 0; i < 5; i++) {
		int64_t off = 7 * run[i] - (i == 2 ? 3 : 1) * all;

		if (off * 10 > all * 7 || -off * 10 > all * 7)
			return false;
	}
	return true;
}

/* The runs up and down from a point in the middle one. */
static bool
is_ring_down(const struct corners *found, struct corner *corner)
{
	int64_t run[5] = { 0 }, height = found->picture->height, y;
	int i;

	for (y = corner->y, i = 2; y >= 0; y--) {
		if (is_dark(found, corner->x, y) != (i % 2 == 0) && i-- == 0)
			break;
		run[i]++;
	}
	for (y = corner->y + 1, i = 2; y < height; y++) {
		if (is_dark(found, corner->x, y) != (i % 2 == 0) && i++ == 4)
			break;
		run[i]++;
	}
	corner->y = y - run[4] - run[3] - run[2] / 2;
	return is_ring(run) &&
	    llabs(run[0] + run[1] + run[2] + run[3] + run[4] - corner->width) *
		3 <=
	    corner->width;
}

static bool
is_known(const struct corners *found, const struct corner *corner)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		if (llabs(found->at[i].x - corner->x) < corner->width / 2 &&
		    llabs(found->at[i].y - corner->y) < corner->width / 2)
			return true;
	return false;
}

static void
add_ring(struct corners *found, const int64_t run[5], int64_t end, int64_t y)
{
	struct corner corner = { 0 };

	if (found->count == CORNER_MAX || !is_ring(run))
		return;
	corner.x = end - run[4] - run[3] - run[2] / 2;
	corner.y = y;
	corner.width = run[0] + run[1] + run[2] + run[3] + run[4];
	if (is_ring_down(found, &corner) && !is_known(found, &corner))
		found->at[found->count++] = corner;
}

/* Each time that a dark run ends, the five last ones may be a mark. */
static void
read_row(struct corners *found, uint32_t y)
{
	const uint8_t *row = gray_row(found->picture, y);
	int64_t width = found->picture->width, run[5] = { 0 }, x;
	bool dark = false;
	int i;

	for (x = 0; x < width; x++) {
		if ((row[x] < found->light) == dark) {
			run[4]++;
			continue;
		}
		if (dark)
			add_ring(found, run, x, y);
		for (i = 0; i < 4; i++)
			run[i] = run[i + 1];
		run[4] = 1;
		dark = !dark;
	}
}

/* Three of one size, near enough to be one code's. */
static bool
is_code(const struct corners *found, const struct corner *one)
{
	size_t i, like = 0;

	for (i = 0; i < found->count; i++) {
		const struct corner *two = &found->at[i];

		like += llabs(one->width - two->width) * 4 <= one->width &&
		    llabs(one->x - two->x) < 30 * one->width &&
		    llabs(one->y - two->y) < 30 * one->width;
	}
	return like >= 3;
}

bool
corner_three(const struct gray *picture)
{
	struct corners found = { .picture = picture };
	uint32_t y;
	size_t i;

	if ((found.light = middle(picture)) == 0)
		return false;
	for (y = 0; y < picture->height; y += 2)
		read_row(&found, y);
	for (i = 0; i < found.count; i++)
		if (is_code(&found, &found.at[i]))
			return true;
	return false;
}
