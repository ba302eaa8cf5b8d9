/*
 * hint.h - why no code of ours could be read in a picture. A guess from what is
 * seen of a code and how light and edges are; no verdict looks at it, it only
 * tells a person what to do.
 */
#ifndef DECODE_HINT_H
#define DECODE_HINT_H

#include "decode/gray.h"
#include "decode/sight.h"
#include "scan/scan.h"

/* hint_of - never HINT_NONE, HINT_FORMAT; of a picture that is not blank.
 * HINT_NO_CODE without memory. */
enum scan_hint hint_of(const struct gray *picture);

/*
 * hint_decide - the same of what is known: the one place where it is decided.
 *
 *   sight  the corner marks that were seen
 *   sides  of the picture in which they were
 *   light  see below; measured by hint_of()
 */
struct hint_light {
	int bright;   /* the shade that the lightest twentieth has */
	int dark;     /* ... and the darkest thousandth */
	int paper;    /* the commonest of the light shades */
	int glare;    /* thousandths that are white beyond that */
	int step;     /* between pixels: the steepest thousandth or so */
	bool texture; /* a square that is as dense as a code, and too fine */
};
enum scan_hint hint_decide(const struct sight *sight, const uint32_t sides[2],
    const struct hint_light *light);

#endif
