/*
 * raw.c - pixels that need no decoder.
 */
#include "decode/image.h"

#include <string.h>

static bool
parse_number(struct reader *r, uint64_t *number)
{
	uint8_t byte = 0;
	int digits = 0;

	*number = 0;
	while (digits < 6 && r->left > 0 && r->at[0] >= '0' &&
	    r->at[0] <= '9' && reader_byte(r, &byte)) {
		*number = 10 * *number + (byte - '0');
		digits++;
	}
	/* one white space ends each of them, and the last one the header */
	return digits > 0 && reader_byte(r, &byte) &&
	    (byte == ' ' || byte == '\n');
}

enum err
image_raw(const struct bytes *file, struct gray *out)
{
	struct reader r = { file->at, file->len };
	struct gray picture = { 0 };
	uint64_t width, height, most;

	if (!reader_skip_text(&r, "P5 ") || !parse_number(&r, &width) ||
	    !parse_number(&r, &height) || !parse_number(&r, &most) ||
	    most != 255)
		return ERR_UNREADABLE;
	if (!gray_fits(width, height))
		return ERR_LIMIT;
	if (r.left != width * height)
		return ERR_UNREADABLE;
	if (!gray_new(&picture, width, height))
		return ERR_MEMORY;
	memcpy(picture.at, r.at, r.left);
	*out = picture;
	return ERR_OK;
}
