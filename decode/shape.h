/*
 * shape.h - a picture in another shape, in which a reader sees more: first a
 * scale, num/den of the picture, then a filter, whose radius counts pixels after
 * scaling.
 */
#ifndef DECODE_SHAPE_H
#define DECODE_SHAPE_H

#include "decode/gray.h"

enum shape_filter {
	SHAPE_PLAIN,
	SHAPE_SHARPEN,
	SHAPE_BLUR,
	SHAPE_DARKEN,  /* what is dark grows, radius times by a pixel */
	SHAPE_LIGHTEN, /* likewise what is light */
	SHAPE_INVERT,
};

struct shape {
	unsigned num, den;
	enum shape_filter filter;
	unsigned radius;
	int amount; /* of sharpening, in 256ths */
};

/* shape_is_whole - is it the picture itself? */
bool shape_is_whole(const struct shape *shape);

/* shape_size - pixels that it has. */
size_t shape_size(const struct shape *shape, const struct gray *picture);

/* shape_make - false without memory. */
bool shape_make(
    const struct shape *shape, const struct gray *in, struct gray *out);

#endif
