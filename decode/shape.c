/*
 * shape.c - shape.h.
 */
#include "decode/shape.h"

static bool
spread(const struct gray *in, unsigned times, bool dark, struct gray *out)
{
	struct gray before;

	if (!gray_spread(in, dark, out))
		return false;
	for (; times > 1; times--) {
		bool done;

		before = *out;
		done = gray_spread(&before, dark, out);
		gray_free(&before);
		if (!done) {
			*out = (struct gray){ 0 };
			return false;
		}
	}
	return true;
}

static bool
apply(const struct shape *shape, const struct gray *in, struct gray *out)
{
	switch (shape->filter) {
	case SHAPE_PLAIN:
		return gray_resize(in, 1, 1, out);
	case SHAPE_SHARPEN:
		return gray_sharpen(in, shape->radius, shape->amount, out);
	case SHAPE_BLUR:
		return gray_blur(in, shape->radius, out);
	case SHAPE_DARKEN:
		return spread(in, shape->radius, true, out);
	case SHAPE_LIGHTEN:
		return spread(in, shape->radius, false, out);
	case SHAPE_INVERT:
		return gray_invert(in, out);
	}
	return false;
}

static bool
resize(const struct shape *shape, const struct gray *in, struct gray *out)
{
	if (shape->num * 2 == shape->den)
		return gray_half(in, out);
	return gray_resize(in, shape->num, shape->den, out);
}

bool
shape_is_whole(const struct shape *shape)
{
	return shape->num == shape->den && shape->filter == SHAPE_PLAIN;
}

size_t
shape_size(const struct shape *shape, const struct gray *picture)
{
	return gray_size(picture) * shape->num * shape->num /
	    (shape->den * shape->den);
}

bool
shape_make(const struct shape *shape, const struct gray *in, struct gray *out)
{
	struct gray scaled = { 0 };
	bool done;

	if (shape->num == shape->den)
		return apply(shape, in, out);
	if (shape->filter == SHAPE_PLAIN)
		return resize(shape, in, out);
	done = resize(shape, in, &scaled) && apply(shape, &scaled, out);
	gray_free(&scaled);
	return done;
}
