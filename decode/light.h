/*
 * light.h - a picture with its local threshold: what is dark here, in the shadow
 * of a hand or beside the glare of a lamp.
 *
 * The threshold is the mean over squares of blocks around, a value a block: a
 * hundredth of the work of a value a pixel, and steady where pixels are noisy.
 *
 * Places are in pixels from the picture's corner; the middle of the first pixel
 * is (.5, .5). Any number may be asked for, NaN and infinity too: what is outside
 * counts as the nearest pixel.
 */
#ifndef DECODE_LIGHT_H
#define DECODE_LIGHT_H

#include "decode/gray.h"

#define LIGHT_BLOCK 8 /* pixels */

struct light {
	const struct gray *picture; /* borrowed */
	uint32_t columns, rows;     /* blocks */
	uint8_t *at;
};

/* A place, or a way from one to another. */
struct spot {
	float x, y;
};

/* light_new - means over 2 radius + 1 blocks each way. False without memory. */
bool light_new(struct light *out, const struct gray *picture, unsigned radius);
/* light_free - then {0}; {0} is fine. */
void light_free(struct light *light);

/* light_value - the gray value between four pixels, 0 to 255. */
float light_value(const struct light *light, struct spot at);
/* light_off - the same, less the threshold there: dark is below 0. */
float light_off(const struct light *light, struct spot at);

#endif
