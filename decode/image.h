/*
 * image.h - PNG, JPEG and WebP bytes to a gray picture; also raw gray.
 *
 * Part of sello-decode. Sizes are looked at before a pixel is decoded;
 * transparent parts lie on white paper; colors become luminance.
 */
#ifndef DECODE_IMAGE_H
#define DECODE_IMAGE_H

#include "base/bytes.h"
#include "base/err.h"
#include "decode/gray.h"

/*
 * image_png, image_jpeg, image_webp, image_raw - a whole file of this kind into
 * a new picture, for gray_free(); out is written on ERR_OK.
 *
 * Each returns ERR_OK, ERR_LIMIT (more pixels than GRAY_PIXEL_MAX, or a side
 * over GRAY_SIDE_MAX), ERR_UNREADABLE (damaged) or ERR_MEMORY.
 */
enum err image_png(const struct bytes *file, struct gray *out);
/* image_jpeg - with more than some 24 million pixels it is decoded at 1/2, 1/4
 * or 1/8 of its size: enough for a code, and quicker. */
enum err image_jpeg(const struct bytes *file, struct gray *out);
enum err image_webp(const struct bytes *file, struct gray *out);
/* image_raw - a PGM of one byte a pixel (netpbm's "P5", 255), as programs that
 * have the pixels already hand it over; no comments. */
enum err image_raw(const struct bytes *file, struct gray *out);

#endif
