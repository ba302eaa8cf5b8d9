/*
 * locate.h - from three finder patterns to a symbol: its version and where, on a
 * flat sheet, each of its modules would be.
 */
#ifndef DECODE_LOCATE_H
#define DECODE_LOCATE_H

#include "decode/homography.h"
#include "decode/qr.h"
#include "decode/triple.h"

#define LOCATE_VERSIONS 3    /* that may have to be tried */
#define LOCATE_MIDDLE   3.5f /* of a finder, in modules from the symbol's edge */

/* What is seen around one place: its middle, and a module to the right and down
 * in the symbol. */
struct frame {
	struct spot middle, right, down;
};

/* frame_at - a place of the symbol, in modules from the frame's middle. */
struct spot frame_at(const struct frame *frame, float right, float down);

/*
 * frame_like - how much like concentric squares it is: the correlation of
 * modules' middles, -1 to 1.
 *
 *   radius  of the squares, 2 (alignment pattern) to 4 (finder and the light
 *           around it)
 */
float frame_like(
    const struct light *light, const struct frame *frame, int radius);

/*
 * locate_frames - the finders of a triple by all their edges: corner, right,
 * below. False: they do not look like finders of one symbol.
 */
bool locate_frames(const struct light *light, const struct triple *triple,
    struct frame frame[3]);

/*
 * locate_versions - the versions that the symbol may have, the likeliest first:
 * as the version information beside two finders says (from 7 on), and as far as
 * they are apart. How many.
 */
int locate_versions(const struct light *light, const struct triple *triple,
    const struct frame frame[3], int version[LOCATE_VERSIONS]);

/* locate_middles - the middles of the three finders, in modules. */
void locate_middles(int version, struct spot middle[3]);

/* locate_flat - the homography that fits the frames best and, where it is seen,
 * the alignment pattern at the lower right. False when there is none. */
bool locate_flat(const struct light *light, const struct frame frame[3],
    int version, struct homography *out);

#endif
