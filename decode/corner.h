/*
 * corner.h - is there a QR code that was not read? Its corner marks
 * are seen where the code itself is too soft or too small to read, and
 * cost a tenth of an attempt.
 */
#ifndef DECODE_CORNER_H
#define DECODE_CORNER_H

#include "decode/gray.h"

#define CORNER_MAX 64

/* The middle of a mark and its width, in pixels. */
struct corner {
	int64_t x, y, width;
};

struct corners {
	const struct gray *picture; /* borrowed */
	uint8_t light;              /* from here on; 0: no contrast */
	size_t count;
	struct corner at[CORNER_MAX];
};

/* corner_find - all marks, up to CORNER_MAX: rings that are 1:1:3:1:1 dark and
 * light across and down. */
void corner_find(const struct gray *picture, struct corners *out);

/* corner_is_dark - is that pixel of the picture, which is inside of it? */
bool corner_is_dark(const struct corners *found, int64_t x, int64_t y);

/*
 * corner_three - are there three corner marks of one size? A guess, for
 * looking closer: what is dark is told by one threshold for the whole picture.
 */
bool corner_three(const struct gray *picture);

#endif
