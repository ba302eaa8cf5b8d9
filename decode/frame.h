/*
 * frame.h - a small part of a symbol in a picture, where it is as good as flat:
 * a place and one module each way.
 */
#ifndef DECODE_FRAME_H
#define DECODE_FRAME_H

#include "decode/light.h"

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
 * frame_refine - a finder's frame by all its edges, where they are within reach,
 * in modules, of where the frame expects them; else unchanged.
 */
void frame_refine(const struct light *light, float reach, struct frame *frame);

/*
 * frame_find - the frame of a finder of which only the size along rows and
 * columns is known, in pixels a module. How much like a finder it is. Which of
 * its sides is the right one is left open.
 */
float frame_find(const struct light *light, struct spot middle, float across,
    float down, struct frame *out);

#endif
