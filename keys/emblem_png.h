/*
 * emblem_png.h - a picture of black and white as an outline (letter/emblem.h):
 * the edges between its pixels, so that it prints as it is and no list carries
 * a picture.
 */
#ifndef KEYS_EMBLEM_PNG_H
#define KEYS_EMBLEM_PNG_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>

#define EMBLEM_PIXELS_MAX 1024 /* of width, and of height */

/* emblem_is_png - by its first bytes. */
bool emblem_is_png(const struct bytes *file);

/*
 * emblem_from_png - append the outline of a PNG with one bit a pixel.
 * ERR_DATA: not that, or damaged; ERR_LIMIT: too many pixels; ERR_MEMORY.
 */
enum err emblem_from_png(
    const struct bytes *file, struct bytes *out, struct errtext *err);

#endif
