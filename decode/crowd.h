/*
 * crowd.h - how much in a picture looks like a finder pattern, before a library looks
 * that compares each with each other: 9 million pixels of them kept zbar busy for
 * more than a minute.
 */
#ifndef DECODE_CROWD_H
#define DECODE_CROWD_H

#include "decode/gray.h"

/* Lines of a picture that zbar is shown: a thousand codes have 50,000, photos of
 * letters hundreds, and its time grows with their square. */
#define CROWD_MAX 60000

/*
 * crowd_lines - lines through finder patterns, along rows and columns: places where
 * runs are 1:1:3:1:1, dark and light by turns, in that line and the next; estimated
 * from about each sixteenth. Runs are told apart by where the gray turns, whatever the
 * light is. SIZE_MAX without memory.
 */
size_t crowd_lines(const struct gray *picture);

#endif
