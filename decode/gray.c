/*
 * gray.c - pictures, scaling and turning; filters are in decode/filter.c.
 */
#include "decode/gray.h"

#include <math.h>
#include <stdlib.h>

bool
gray_fits(uint64_t width, uint64_t height)
{
	return width > 0 && height > 0 && width <= GRAY_SIDE_MAX &&
	    height <= GRAY_SIDE_MAX && width * height <= GRAY_PIXEL_MAX;
}

bool
gray_unpacks(uint64_t width, uint64_t height, unsigned bits)
{
	return gray_fits(width, height) &&
	    width * height <= UINT64_C(8) * GRAY_RAW_MAX / bits;
}

unsigned
gray_shrink(uint64_t width, uint64_t height)
{
	unsigned shrink = 1;

	while (width * height / shrink / shrink > GRAY_WANTED)
		shrink *= 2;
	return shrink;
}

bool
gray_new(struct gray *out, uint64_t width, uint64_t height)
{
	uint8_t *at;

	if (!gray_fits(width, height))
		return false;
	if ((at = malloc((size_t)(width * height))) == NULL)
		return false;
	*out = (struct gray){
		.width = (uint32_t)width, .height = (uint32_t)height, .at = at
	};
	return true;
}

void
gray_free(struct gray *picture)
{
	free(picture->at);
	*picture = (struct gray){ 0 };
}

size_t
gray_size(const struct gray *picture)
{
	return (size_t)picture->width * picture->height;
}

static bool
is_scanned(double dots)
{
	double inch = dots * .0254;

	return inch >= 50 && inch <= 10000 && fabs(inch - 72) > .5 &&
	    fabs(inch - 96) > .5;
}

void
gray_measure(
    struct gray *picture, const uint32_t sides[2], const double dots[2])
{
	if (!is_scanned(dots[0]) || !is_scanned(dots[1]))
		return;
	for (int i = 0; i < 2; i++)
		picture->um[i] = (uint32_t)lround(sides[i] / dots[i] * 1e6);
}

uint8_t *
gray_row(const struct gray *picture, uint32_t y)
{
	return picture->at + (size_t)y * picture->width;
}

void
gray_half_row(
    const uint8_t *above, const uint8_t *below, uint8_t *to, uint32_t count)
{
	uint32_t x;

	for (x = 0; x < count; x++, above += 2, below += 2)
		to[x] =
		    (uint8_t)((above[0] + above[1] + below[0] + below[1] + 2) /
			4);
}

bool
gray_half(const struct gray *in, struct gray *out)
{
	uint32_t y;

	if (!gray_new(out, in->width / 2, in->height / 2))
		return false;
	for (y = 0; y < out->height; y++)
		gray_half_row(gray_row(in, 2 * y), gray_row(in, 2 * y + 1),
		    gray_row(out, y), out->width);
	return true;
}

/* One pixel between four; x and y in 256ths of a pixel, clamped inside. */
static uint8_t
between(const struct gray *in, int64_t x, int64_t y)
{
	int64_t right = ((int64_t)in->width - 1) * 256;
	int64_t bottom = ((int64_t)in->height - 1) * 256;
	const uint8_t *a, *b;
	uint32_t fx, fy, step, up, down;

	x = x < 0 ? 0 : x > right ? right : x;
	y = y < 0 ? 0 : y > bottom ? bottom : y;
	a = gray_row(in, (uint32_t)(y >> 8)) + (x >> 8);
	b = y < bottom ? a + in->width : a;
	step = x < right ? 1 : 0;
	fx = (uint32_t)(x & 255);
	fy = (uint32_t)(y & 255);
	up = a[0] * (256 - fx) + a[step] * fx;
	down = b[0] * (256 - fx) + b[step] * fx;
	return (uint8_t)((up * (256 - fy) + down * fy + 32768) >> 16);
}

bool
gray_resize(const struct gray *in, unsigned num, unsigned den, struct gray *out)
{
	uint32_t x, y;
	int64_t step = (int64_t)den * 256 / num;

	if (!gray_new(out, (uint64_t)in->width * num / den,
		(uint64_t)in->height * num / den))
		return false;
	for (y = 0; y < out->height; y++) {
		uint8_t *to = gray_row(out, y);

		for (x = 0; x < out->width; x++)
			to[x] = between(in, x * step + step / 2 - 128,
			    y * step + step / 2 - 128);
	}
	return true;
}

bool
gray_double(const struct gray *in, bool across, struct gray *out)
{
	uint32_t x, y;

	if (!gray_new(out, (uint64_t)in->width * (across ? 2 : 1),
		(uint64_t)in->height * (across ? 1 : 2)))
		return false;
	for (y = 0; y < out->height; y++) {
		uint8_t *to = gray_row(out, y);

		for (x = 0; x < out->width; x++)
			to[x] = across ? between(in, (int64_t)x * 128 - 64,
					     (int64_t)y * 256)
				       : between(in, (int64_t)x * 256,
					     (int64_t)y * 128 - 64);
	}
	return true;
}

/* What each orientation does, when the picture's own sides were exchanged
 * first: EXIF 2.3, "Orientation". */
static const struct {
	bool swap, flip_x, flip_y;
} turns[9] = {
	[2] = { false, true, false },
	[3] = { false, true, true },
	[4] = { false, false, true },
	[5] = { true, false, false },
	[6] = { true, false, true },
	[7] = { true, true, true },
	[8] = { true, true, false },
};

bool
gray_turn(const struct gray *in, unsigned orientation, struct gray *out)
{
	unsigned turn = orientation <= 8 ? orientation : 0;
	bool swap = turns[turn].swap;
	uint32_t x, y;

	if (!gray_new(out, swap ? in->height : in->width,
		swap ? in->width : in->height))
		return false;
	for (y = 0; y < out->height; y++) {
		uint8_t *to = gray_row(out, y);

		for (x = 0; x < out->width; x++) {
			uint32_t from_x = swap ? y : x, from_y = swap ? x : y;

			if (turns[turn].flip_x)
				from_x = in->width - 1 - from_x;
			if (turns[turn].flip_y)
				from_y = in->height - 1 - from_y;
			to[x] = gray_row(in, from_y)[from_x];
		}
	}
	out->um[0] = in->um[swap];
	out->um[1] = in->um[!swap];
	out->is_cut = in->is_cut;
	out->is_shrunk = in->is_shrunk;
	return true;
}
