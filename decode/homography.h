/*
 * homography.h - a flat symbol seen from anywhere: from places of the symbol, in
 * modules, to places of the picture, in pixels.
 */
#ifndef DECODE_HOMOGRAPHY_H
#define DECODE_HOMOGRAPHY_H

#include "decode/light.h"

/* Divided by the third; h[8] is 1 in units in which the pairs are near 1. */
struct homography {
	double h[9];
};

/* A place of the symbol, where it was seen, and how sure that is. */
struct homography_pair {
	struct spot symbol, picture;
	float weight; /* 0 or more */
};

/*
 * homography_fit - the one with the least squares, of at least four pairs.
 * False when they do not tell one, as on a line; out is finite on true.
 */
bool homography_fit(
    const struct homography_pair *pair, int count, struct homography *out);

/* homography_at - anything may come out for places behind the camera. */
struct spot homography_at(const struct homography *h, float x, float y);

/* homography_turn - from the picture to the symbol. False when it has none. */
bool homography_turn(const struct homography *h, struct homography *out);

#endif
