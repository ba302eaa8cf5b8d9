/*
 * triple.h - which three finder patterns may be one symbol's, tilted up to 60
 * degrees.
 *
 * Between two finders on a line, modules are counted by their lengths at both
 * ends: on a flat sheet seen from anywhere the distance is the count times the
 * geometric mean of both. So two sides of one symbol count the same.
 */
#ifndef DECODE_TRIPLE_H
#define DECODE_TRIPLE_H

#include "decode/finder.h"

#define TRIPLE_MAX 16

/* Seen from the front `right` and `below` are as named; seen in a mirror they
 * are exchanged, so that they always turn the same way. */
struct triple {
	struct finder corner, right, below;
	/* from the corner's center to the other ones: the smaller count, the
	 * larger; they differ where paper is bent */
	float modules, modules_most;
	float fault; /* smaller is likelier */
};

/* triple_search - the likeliest ones first; how many. */
int triple_search(const struct light *light, const struct finder *finder,
    int count, struct triple out[TRIPLE_MAX]);

#endif
