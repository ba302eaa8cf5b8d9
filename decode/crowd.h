/*
 * crowd.h - how much in a picture looks like a finder pattern, before a library looks
 * that compares each with each other: 9 million pixels of them kept zbar busy for
 * more than a minute.
 */
#ifndef DECODE_CROWD_H
#define DECODE_CROWD_H

#include "decode/gray.h"

/* Lines of a picture that zbar is shown: 64 codes have 14,000, photos of letters and
 * pages of text hundreds, and its time grows with their square. */
#define CROWD_MAX 20000

/* Edges of a picture of many pixels that zbar is shown as it is: noise has one at
 * each second pixel, and a page full of text a tenth of that. */
#define CROWD_EDGE_MAX (3u << 20)

struct crowd {
	size_t lines, edges;
};

/*
 * crowd_of - lines through finder patterns, along rows and columns: places where
 * runs are 1:1:3:1:1, dark and light by turns, in that line and the next; and edges
 * along rows. Both are estimated from about each sixteenth line. Runs are told apart by
 * where the gray turns, whatever the light is. False without memory.
 */
bool crowd_of(const struct gray *picture, struct crowd *out);

#endif
