/*
 * png.c - PNG by libpng's simplified interface, which handles every
 * color type, palette, transparency, interlacing and depth.
 */
#include "decode/image.h"

#include <png.h>

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
	*out = picture;
	picture.at = NULL; /* now the caller's */
	rc = ERR_OK;
out:
	gray_free(&picture);
	png_image_free(&image);
	return rc;
}
