/*
 * sight.h - what is seen of a code that could not be read: the marks in its
 * corners (decode/finder.h), where they make one.
 */
#ifndef DECODE_SIGHT_H
#define DECODE_SIGHT_H

#include "decode/gray.h"

/* The middle of a mark and its width (seven modules), in pixels. */
struct sight_mark {
	float x, y, width;
};

/* Three: those of one code, the first one between the others. One or two: those
 * nearest to the border, large and steady enough to be none of print. */
struct sight {
	size_t count;
	struct sight_mark mark[3];
	/* Of two marks: on which side of the line from the first to the second
	 * a code's modules are seen. 1: to the right where that line goes down;
	 * -1: to the left; 0: on none or both. Of one: 1 where modules go on from
	 * it as far as the border of the picture, else 0. */
	int side;
};

/* sight_look - in the picture as it is; none without memory. */
void sight_look(const struct gray *picture, struct sight *out);

#endif
