/*
 * png.c - PNG by libpng's simplified interface, which handles every
 * color type, palette, transparency, interlacing and depth.
 */
#include "decode/image.h"

#include <png.h>
#include <string.h>

/* Big end first. */
static uint32_t
number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

/* libpng's simplified interface leaves it out: of the chunks before the pixels the
 * one that says how large they are. */
static void
measure(const struct bytes *file, struct gray *picture)
{
	struct reader r = { file->at, file->len }, head, part;
	const uint32_t sides[2] = { picture->width, picture->height };

	reader_take(&r, 8, &part);
	while (reader_take(&r, 8, &head) &&
	    reader_take(&r, number(head.at), &part) &&
	    memcmp(head.at + 4, "IDAT", 4) != 0) {
		if (memcmp(head.at + 4, "pHYs", 4) == 0 && part.left == 9 &&
		    part.at[8] == PNG_RESOLUTION_METER)
			gray_measure(picture, sides,
			    (double[2]){
				number(part.at), number(part.at + 4) });
		reader_take(&r, 4, &part); /* its CRC */
	}
}

enum err
image_png(const struct bytes *file, struct gray *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	png_color white = { 255, 255, 255 };
	struct gray picture = { 0 };
	enum err rc = ERR_UNREADABLE;

	if (!png_image_begin_read_from_memory(&image, file->at, file->len))
		goto out;
	rc = ERR_LIMIT;
	if (!gray_fits(image.width, image.height))
		goto out;
	rc = ERR_MEMORY;
	if (!gray_new(&picture, image.width, image.height))
		goto out;
	image.format = PNG_FORMAT_GRAY;
	rc = ERR_UNREADABLE;
	if (!png_image_finish_read(&image, &white, picture.at, 0, NULL))
		goto out;
	measure(file, &picture);
	*out = picture;
	picture.at = NULL; /* now the caller's */
	rc = ERR_OK;
out:
	gray_free(&picture);
	png_image_free(&image);
	return rc;
}
