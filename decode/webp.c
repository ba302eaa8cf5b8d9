/*
 * webp.c - WebP by libwebp. Its luminance plane is what we need, so
 * no color is ever made. Animations are not read.
 */
#include "decode/image.h"

#include <string.h>
#include <webp/decode.h>

#define LOSSLESS 2 /* WebPBitstreamFeatures.format */

enum err
image_webp(const struct bytes *file, struct gray *out)
{
	WebPBitstreamFeatures features;
	struct gray picture = { 0 };
	int width, height, stride, uv_stride;
	uint8_t *y, *u, *v;
	uint32_t row;

	if (WebPGetFeatures(file->at, file->len, &features) != VP8_STATUS_OK ||
	    features.width <= 0 || features.height <= 0)
		return ERR_UNREADABLE;
	/* without loss all four channels are unpacked, else a luminance plane and
	 * two of a quarter */
	if (!gray_unpacks((uint64_t)features.width, (uint64_t)features.height,
		features.format == LOSSLESS ? 32 : 12))
		return ERR_LIMIT;
	if (features.format != LOSSLESS && file->len > IMAGE_WEBP_MAX)
		return ERR_LIMIT;
	y = WebPDecodeYUV(
	    file->at, file->len, &width, &height, &u, &v, &stride, &uv_stride);
	if (y == NULL)
		return ERR_UNREADABLE;
	if (!gray_new(&picture, (uint64_t)width, (uint64_t)height)) {
		WebPFree(y);
		return ERR_MEMORY;
	}
	for (row = 0; row < picture.height; row++)
		memcpy(gray_row(&picture, row), y + (size_t)stride * row,
		    picture.width);
	WebPFree(y);
	*out = picture;
	return ERR_OK;
}
