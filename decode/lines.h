/*
 * lines.h - where the lines between modules are, around a place of a symbol,
 * whatever its data is.
 */
#ifndef DECODE_LINES_H
#define DECODE_LINES_H

#include "decode/frame.h"

/* Modules from where they are thought to be, at most half a one; and how clearly
 * they show, 0 to 1. */
struct lines {
	float right, down;
	float clear_right, clear_down;
};

/*
 * lines_find - look at whole modules around.
 *
 *   right, down  from the middle of a module to the frame's
 */
void lines_find(const struct light *light, const struct frame *frame,
    float right, float down, struct lines *out);

#endif
