/*
 * squares.h - finder patterns of which no row shows the runs: toner that is full
 * of holes, strong noise, a lens out of focus. They are looked for as what they
 * are by area: a dark square in a light one in a dark one in a light one.
 *
 * By areas along rows and columns, so turned by not more than some 15 degrees.
 */
#ifndef DECODE_SQUARES_H
#define DECODE_SQUARES_H

#include "decode/finder.h"

/* What it takes, in nanoseconds a pixel. */
#define SQUARES_WORK 25

/* squares_search - the likest first; how many, at most FINDER_MAX. */
int squares_search(const struct light *light, struct finder out[FINDER_MAX]);

#endif
