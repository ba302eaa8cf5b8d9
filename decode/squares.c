/*
 * squares.c - sums of all that is above and left of each pixel give the mean of
 * any square by four of them: squares.h.
 */
#include "decode/squares.h"

#include <math.h>
#include <stdlib.h>

#define SIZES    8
#define SMALLEST 2.f /* pixels a module */
#define LARGER   1.25f
#define LIKE     .4f  /* the correlation of areas */
#define LIKE_MIN .68f /* of middles of modules then: lower is what text has */
#define CONTRAST 2    /* of 255 */

struct place {
	int x, y;
	float module, like;
};

struct squares {
	uint32_t wide; /* sums along a row */
	uint32_t *sum, *square;
	int count;
	struct place at[FINDER_MAX];
};

static bool
add_up(const struct gray *in, struct squares *s)
{
	size_t sums = (size_t)(in->width + 1) * (in->height + 1);
	uint32_t x, y;

	s->wide = in->width + 1;
	s->sum = calloc(sums, sizeof(*s->sum));
	s->square = calloc(sums, sizeof(*s->square));
	if (s->sum == NULL || s->square == NULL)
		return false;
	for (y = 0; y < in->height; y++) {
		const uint8_t *row = gray_row(in, y);
		size_t at = (size_t)(y + 1) * s->wide + 1;
		uint32_t sum = 0, square = 0;

		for (x = 0; x < in->width; x++) {
			sum += row[x];
			square += (uint32_t)row[x] * row[x];
			s->sum[at + x] = s->sum[at + x - s->wide] + sum;
			s->square[at + x] =
			    s->square[at + x - s->wide] + square;
		}
	}
	return true;
}

/* Of a square around a place; sums may run over, what lies between does not. */
static float
within(const uint32_t *sum, uint32_t wide, int x, int y, int half)
{
	const uint32_t *top = sum + (size_t)(y - half) * wide;
	const uint32_t *end = sum + (size_t)(y + half) * wide;

	return (float)(end[x + half] - end[x - half] - top[x + half] +
	    top[x - half]);
}

/* The correlation of four squares with dark, light, dark, light. */
static float
like_at(const struct squares *s, int x, int y, const int half[4])
{
	float sum[4], area[4], light, dark, lights, darks, mean, spread;
	int i;

	for (i = 0; i < 2; i++) {
		sum[i] = within(s->sum, s->wide, x, y, half[i]);
		area[i] = (float)(4 * half[i] * half[i]);
	}
	if ((sum[1] - sum[0]) / (area[1] - area[0]) - sum[0] / area[0] <
	    CONTRAST)
		return 0;
	for (i = 2; i < 4; i++) {
		sum[i] = within(s->sum, s->wide, x, y, half[i]);
		area[i] = (float)(4 * half[i] * half[i]);
	}
	lights = area[1] - area[0] + area[3] - area[2];
	darks = area[3] - lights;
	light = sum[1] - sum[0] + sum[3] - sum[2];
	dark = sum[3] - light;
	mean = sum[3] / area[3];
	spread =
	    within(s->square, s->wide, x, y, half[3]) / area[3] - mean * mean;
	return spread > 1 ? (light / lights - dark / darks) *
		sqrtf(lights * darks / spread) / area[3]
			  : 0;
}

/* Those near it that are less like one give way, and the least like one. */
static void
keep(struct squares *s, const struct place *place)
{
	int least = 0, i;

	for (i = 0; i < s->count; i++) {
		struct place *old = &s->at[i];
		float near = 3 * fminf(old->module, place->module);

		if (fabsf((float)(old->x - place->x)) < near &&
		    fabsf((float)(old->y - place->y)) < near) {
			if (place->like > old->like)
				*old = *place;
			return;
		}
		if (old->like < s->at[least].like)
			least = i;
	}
	if (s->count < FINDER_MAX)
		s->at[s->count++] = *place;
	else if (s->at[least].like < place->like)
		s->at[least] = *place;
}

static void
look_for(struct squares *s, const struct gray *in, float module)
{
	int half[4], step = module < 3 ? 1 : (int)(module / 1.5f), i;
	struct place place = { .module = module };

	for (i = 0; i < 4; i++)
		half[i] = (int)(module * (float)(2 * i + 3) / 2 + .5f);
	for (place.y = half[3]; place.y + half[3] < (int)in->height;
	     place.y += step)
		for (place.x = half[3]; place.x + half[3] < (int)in->width;
		     place.x += step) {
			place.like = like_at(s, place.x, place.y, half);
			if (place.like > LIKE)
				keep(s, &place);
		}
}

static int
by_like(const void *a, const void *b)
{
	const struct finder *one = a, *two = b;

	return (one->like < two->like) - (one->like > two->like);
}

int
squares_search(const struct light *light, struct finder out[FINDER_MAX])
{
	struct squares s = { 0 };
	float module = SMALLEST;
	int count = 0, i;

	if (add_up(light->picture, &s))
		for (i = 0; i < SIZES; i++, module *= LARGER)
			look_for(&s, light->picture, module);
	for (i = 0; i < s.count; i++) {
		struct finder f = { .hits = 0 };
		struct spot at = { (float)s.at[i].x, (float)s.at[i].y };

		f.across = f.down = s.at[i].module;
		f.like = frame_find(light, at, f.across, f.down, &f.frame);
		f.center = f.frame.middle;
		if (f.like >= LIKE_MIN)
			out[count++] = f;
	}
	free(s.sum);
	free(s.square);
	qsort(out, (size_t)count, sizeof(out[0]), by_like);
	return count;
}
