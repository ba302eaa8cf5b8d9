/*
 * finder.h - the finder patterns of QR symbols in a picture: concentric squares
 * whose runs are 1:1:3:1:1 dark and light along every line through their
 * center, however the paper is turned and tilted.
 */
#ifndef DECODE_FINDER_H
#define DECODE_FINDER_H

#include "decode/frame.h"

#define FINDER_MAX 48 /* the steadiest ones of a picture are kept */

/* Places of a picture, in all its shapes, that are looked at closely: pages of text
 * have up to 4,000, letters that were read 2,000; noise has any number. */
#define FINDER_CLOSE_MAX 8000

struct finder {
	struct spot center;
	float across, down; /* pixels of a module, along row and column */
	int hits;           /* rows that showed it; 0: only areas do */
	struct frame frame; /* which of its sides is the right one is open */
	float like;         /* a finder: at most 1 */
};

/*
 * finder_search - every finder pattern that can be seen, the steadiest first.
 *
 *   close  of the picture so far, and then with this: up to FINDER_CLOSE_MAX
 *
 * How many, at most FINDER_MAX. Time is linear in the picture's pixels; of
 * what looks like a finder in a row a bounded number is looked at closely.
 */
int finder_search(
    const struct light *light, int *close, struct finder out[FINDER_MAX]);

/*
 * finder_chord - how far its dark edge is from the center along a direction.
 *
 *   way    of the direction: any length but 0
 *   reach  pixels to look at, at most, to either side
 *   ahead, behind  out: pixels to the edge
 *
 * False when the runs there are not those of a finder pattern.
 */
bool finder_chord(const struct light *light, struct spot center,
    struct spot way, float reach, float *ahead, float *behind);

#endif
