/*
 * image.c - which reader is whose: image.h.
 */
#include "decode/image.h"

#include "decode/exif.h"

#include <string.h>

static enum err
read_kind(enum magic type, const struct bytes *file, struct gray *out)
{
	switch (type) {
	case MAGIC_PNG:
		return image_png(file, out);
	case MAGIC_JPEG:
		return image_jpeg(file, out);
	case MAGIC_WEBP:
		return image_webp(file, out);
	case MAGIC_GIF:
		return image_gif(file, out);
	case MAGIC_BMP:
		return image_bmp(file, out);
	case MAGIC_HEIF:
		return image_heif(file, out);
	case MAGIC_TEXT:
	case MAGIC_XML:
	case MAGIC_OTHER:
	case MAGIC_BINARY: /* what is none of these is damaged */
		return image_raw(file, out);
	case MAGIC_TIFF:
	case MAGIC_PDF:
	case MAGIC_ZIP:
	case MAGIC_MAIL:
		break;
	}
	return ERR_UNREADABLE;
}

/* What its reader did not make smaller as it came. */
static enum err
shrink(struct gray *picture)
{
	struct gray half = { 0 };

	if (gray_shrink(picture->width, picture->height) == 1)
		return ERR_OK;
	if (!gray_half(picture, &half))
		return ERR_MEMORY;
	memcpy(half.um, picture->um, sizeof(half.um));
	half.is_cut = picture->is_cut;
	half.is_shrunk = true;
	gray_free(picture);
	*picture = half;
	return ERR_OK;
}

/* Upright. */
static enum err
turn(struct gray *picture, unsigned orientation)
{
	struct gray turned = { 0 };

	if (orientation == 1)
		return ERR_OK;
	if (!gray_turn(picture, orientation, &turned))
		return ERR_MEMORY;
	gray_free(picture);
	*picture = turned;
	return ERR_OK;
}

enum err
image_read(enum magic type, const struct bytes *file, struct gray *out)
{
	struct gray picture = { 0 };
	enum err rc = read_kind(type, file, &picture);

	if (rc == ERR_OK)
		rc = shrink(&picture);
	if (rc == ERR_OK)
		rc = turn(&picture, exif_orientation(type, file));
	if (rc == ERR_OK)
		*out = picture;
	else
		gray_free(&picture);
	return rc;
}
