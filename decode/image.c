/*
 * image.c - which reader is whose: image.h.
 */
#include "decode/image.h"

#include "decode/exif.h"

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

enum err
image_read(enum magic type, const struct bytes *file, struct gray *out)
{
	unsigned orientation = exif_orientation(type, file);
	struct gray picture = { 0 };
	enum err rc = read_kind(type, file, &picture);

	if (rc == ERR_OK && orientation != 1) {
		rc =
		    gray_turn(&picture, orientation, out) ? ERR_OK : ERR_MEMORY;
		gray_free(&picture);
	} else if (rc == ERR_OK) {
		*out = picture;
	}
	return rc;
}
