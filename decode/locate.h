/*
 * locate.h - from three finder patterns to a symbol: its version and where, on a
 * flat sheet, each of its modules would be.
 */
#ifndef DECODE_LOCATE_H
#define DECODE_LOCATE_H

#include "decode/frame.h"
#include "decode/homography.h"
#include "decode/qr.h"
#include "decode/triple.h"

#define LOCATE_VERSIONS 3    /* that may have to be tried */
#define LOCATE_MIDDLE   3.5f /* of a finder, in modules from the symbol's edge */

/* A symbol that may be: its finders in the order corner, right, below. */
struct located {
	struct frame frame[3];
	bool seen[3]; /* else it is only where it should be */
	float like;   /* finders, all that are seen: at most 3 */
	int versions; /* the likeliest first */
	int version[LOCATE_VERSIONS];
};

/*
 * locate_triple - by all edges of three finders. Versions are told by the version
 * information beside two of them (from 7 on), and by how far they are apart.
 * False: they do not look like finders of one symbol.
 */
bool locate_triple(const struct light *light, const struct triple *triple,
    struct located *out);

/*
 * locate_pair - by two finders whose third one is torn off or covered, from
 * version 7 on: what the version information says must show beside one.
 *
 * How many symbols they may be of, at most LOCATE_PAIRS.
 */
#define LOCATE_PAIRS 4
int locate_pair(const struct light *light, const struct finder *one,
    const struct finder *two, struct located out[LOCATE_PAIRS]);

/* locate_middles - the middles of the three finders, in modules. */
void locate_middles(int version, struct spot middle[3]);

/* locate_flat - the homography that fits the frames best and, where it is seen,
 * the alignment pattern at the lower right. False when there is none. */
bool locate_flat(const struct light *light, const struct located *located,
    int version, struct homography *out);

#endif
