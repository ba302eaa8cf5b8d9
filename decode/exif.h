/*
 * exif.h - how a photo is to be turned, as the camera wrote it down: the tag
 * "Orientation" of EXIF 2.3 in JPEG, PNG and WebP. A code is read however it
 * stands, but several are told in the order of reading.
 */
#ifndef DECODE_EXIF_H
#define DECODE_EXIF_H

#include "base/bytes.h"
#include "scan/magic.h"

/* exif_orientation - 1 to 8, for gray_turn(); 1 where nothing is said, or
 * nothing sensible. */
unsigned exif_orientation(enum magic type, const struct bytes *file);

#endif
