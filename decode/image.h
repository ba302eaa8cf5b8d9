/*
 * image.h - a picture file's bytes to a gray picture; also raw gray. What has
 * pages is in decode/tiff.h and decode/pdf.h.
 *
 * Part of sello-decode. Sizes are looked at before a pixel is decoded;
 * transparent parts lie on white paper; colors become luminance.
 */
#ifndef DECODE_IMAGE_H
#define DECODE_IMAGE_H

#include "base/bytes.h"
#include "base/err.h"
#include "decode/gray.h"
#include "scan/magic.h"

#define IMAGE_JPEG_MAX (256u << 20) /* pixels of a JPEG, before it is shrunk */
#define IMAGE_SCAN_MAX 64           /* scans of a progressive one */
#define IMAGE_WEBP_MAX (16u << 20)  /* bytes of a WebP with losses */
#define IMAGE_HEIF_MAX (50u << 20)  /* pixels of a HEIC or AVIF */
#define IMAGE_HEIF_MS  600          /* to decode it, whatever is in it */

/* image_read - a file of this type, by the one of these that fits, upright as its
 * camera held it, and at gray_shrink() of its size. Not for what has pages. As they
 * return. */
enum err image_read(
    enum magic type, const struct bytes *file, struct gray *out);

/*
 * image_png, image_jpeg, image_webp, image_gif, image_bmp, image_heif, image_raw
 * - a whole file of this kind into a new picture, for gray_free(); out is
 * written on ERR_OK.
 *
 * Each returns ERR_OK, ERR_LIMIT (more pixels than GRAY_PIXEL_MAX, or a side
 * over GRAY_SIDE_MAX), ERR_UNREADABLE (damaged) or ERR_MEMORY.
 */
enum err image_png(const struct bytes *file, struct gray *out);
/* image_jpeg - up to IMAGE_JPEG_MAX pixels, since it is shrunk as it is decoded. */
enum err image_jpeg(const struct bytes *file, struct gray *out);
enum err image_webp(const struct bytes *file, struct gray *out);
/* image_gif - the first picture of the file. */
enum err image_gif(const struct bytes *file, struct gray *out);
/* image_bmp - uncompressed, of 1, 4, 8, 24 or 32 bits a pixel. */
enum err image_bmp(const struct bytes *file, struct gray *out);
/* image_heif - HEIC and AVIF: the main picture. Needs threads: jail.h.
 * ERR_CONFIG: libheif is not installed. What takes longer than its bytes and pixels
 * may ends the process, which says so first (deadline.h). */
enum err image_heif(const struct bytes *file, struct gray *out);
/* image_heif_load - its libraries, once, where files can still be opened. False
 * when they are not there. */
bool image_heif_load(void);
/* image_raw - a PGM of one byte a pixel (netpbm's "P5", 255), as programs that
 * have the pixels already hand it over; no comments. */
enum err image_raw(const struct bytes *file, struct gray *out);

#endif
