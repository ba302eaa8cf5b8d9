/*
 * light.c - sums of blocks, then sums of sums: light.h.
 */
#include "decode/light.h"

#include <stdlib.h>

/* The mean of each block; those at the right and lower edge may be smaller. */
static void
block_row(const struct gray *in, uint32_t top, uint32_t columns, uint32_t *mean)
{
	uint32_t end =
	    top + LIGHT_BLOCK < in->height ? top + LIGHT_BLOCK : in->height;
	uint32_t c, x, y;

	for (c = 0; c < columns; c++)
		mean[c] = 0;
	for (y = top; y < end; y++) {
		const uint8_t *row = gray_row(in, y);

		for (c = 0; c + 1 < columns; c++) {
			const uint8_t *p = row + c * LIGHT_BLOCK;

			mean[c] += (uint32_t)p[0] + p[1] + p[2] + p[3] + p[4] +
			    p[5] + p[6] + p[7];
		}
		for (x = c * LIGHT_BLOCK; x < in->width; x++)
			mean[c] += row[x];
	}
	for (c = 0; c + 1 < columns; c++)
		mean[c] /= LIGHT_BLOCK * (end - top);
	mean[c] /= (in->width - c * LIGHT_BLOCK) * (end - top);
}

/* sum[y][x] of all above and left of it; a row and a column of 0 first. */
static void
add_up(const struct gray *in, struct light *light, uint32_t *sum)
{
	uint32_t wide = light->columns + 1, r, c;

	for (c = 0; c < wide; c++)
		sum[c] = 0;
	for (r = 0; r < light->rows; r++) {
		const uint32_t *above = sum + (size_t)r * wide;
		uint32_t *now = sum + (size_t)(r + 1) * wide, along = 0;

		block_row(in, r * LIGHT_BLOCK, light->columns, now + 1);
		now[0] = 0;
		for (c = 1; c < wide; c++) {
			along += now[c];
			now[c] = along + above[c];
		}
	}
}

static void
average(struct light *light, const uint32_t *sum, int64_t radius)
{
	int64_t wide = light->columns + 1, r, c;

	for (r = 0; r < light->rows; r++) {
		int64_t top = r > radius ? r - radius : 0;
		int64_t end =
		    r + radius + 1 < light->rows ? r + radius + 1 : light->rows;

		for (c = 0; c < light->columns; c++) {
			int64_t left = c > radius ? c - radius : 0;
			int64_t right = c + radius + 1 < light->columns
			    ? c + radius + 1
			    : light->columns;
			uint32_t all = sum[end * wide + right] -
			    sum[end * wide + left] - sum[top * wide + right] +
			    sum[top * wide + left];

			light->at[r * light->columns + c] =
			    (uint8_t)(all / ((end - top) * (right - left)));
		}
	}
}

bool
light_new(struct light *out, const struct gray *picture, unsigned radius)
{
	struct light light = { picture,
		(picture->width + LIGHT_BLOCK - 1) / LIGHT_BLOCK,
		(picture->height + LIGHT_BLOCK - 1) / LIGHT_BLOCK, NULL };
	uint32_t *sum = calloc(
	    (size_t)(light.columns + 1) * (light.rows + 1), sizeof(*sum));

	light.at = malloc((size_t)light.columns * light.rows);
	if (sum == NULL || light.at == NULL) {
		free(sum);
		free(light.at);
		return false;
	}
	add_up(picture, &light, sum);
	average(&light, sum, radius);
	free(sum);
	*out = light;
	return true;
}

void
light_free(struct light *light)
{
	free(light->at);
	*light = (struct light){ 0 };
}

/* Into 0 to most; NaN becomes 0. */
static float
within(float at, float most)
{
	return at > 0 ? (at < most ? at : most) : 0;
}

float
light_value(const struct light *light, struct spot at)
{
	const struct gray *in = light->picture;
	float x = within(at.x - .5f, (float)(in->width - 1));
	float y = within(at.y - .5f, (float)(in->height - 1));
	uint32_t left = (uint32_t)x, top = (uint32_t)y;
	const uint8_t *a, *b;
	uint32_t step = left + 1 < in->width;
	float fx, fy, up, down;

	a = in->at + (size_t)top * in->width + left;
	b = top + 1 < in->height ? a + in->width : a;
	fx = x - (float)left;
	fy = y - (float)top;
	up = (float)a[0] + (float)(a[step] - a[0]) * fx;
	down = (float)b[0] + (float)(b[step] - b[0]) * fx;
	return up + (down - up) * fy;
}

float
light_off(const struct light *light, struct spot at)
{
	const struct gray *in = light->picture;
	uint32_t x = (uint32_t)within(at.x, (float)(in->width - 1));
	uint32_t y = (uint32_t)within(at.y, (float)(in->height - 1));

	return light_value(light, at) -
	    (float)light->at[(size_t)(y / LIGHT_BLOCK) * light->columns +
		x / LIGHT_BLOCK];
}
