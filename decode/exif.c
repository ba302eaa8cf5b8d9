/*
 * exif.c - exif.h. Finds the block in the file, and the tag in the block.
 */
#include "decode/exif.h"

#define ORIENTATION 0x0112
#define TYPE_SHORT  3
#define UPRIGHT     1

static bool
number(struct reader *r, size_t len, bool big, uint32_t *out)
{
	struct reader part;
	size_t i;

	*out = 0;
	if (!reader_take(r, len, &part))
		return false;
	for (i = 0; i < len; i++)
		*out = *out << 8 | part.at[big ? i : len - 1 - i];
	return true;
}

static bool
skip(struct reader *r, size_t len)
{
	struct reader part;

	return reader_take(r, len, &part);
}

/* --- the tag, in a block that is laid out as TIFF -------------------------- */

static unsigned
of_directory(struct reader r, bool big)
{
	uint32_t count, tag, type, many, value;

	if (!number(&r, 2, big, &count))
		return UPRIGHT;
	while (count-- > 0 && number(&r, 2, big, &tag) &&
	    number(&r, 2, big, &type) && number(&r, 4, big, &many) &&
	    number(&r, 2, big, &value) && skip(&r, 2))
		if (tag == ORIENTATION)
			return type == TYPE_SHORT && many == 1 && value >= 1 &&
				value <= 8
			    ? value
			    : UPRIGHT;
	return UPRIGHT;
}

static unsigned
of_block(struct reader block)
{
	struct reader r;
	uint32_t at;
	bool big;

	reader_skip_text(&block, "Exif");
	while (block.left > 0 && block.at[0] == 0)
		skip(&block, 1);
	r = block;
	if (!number(&r, 4, true, &at) || (at != 0x49492a00 && at != 0x4d4d002a))
		return UPRIGHT;
	big = at == 0x4d4d002a;
	if (!number(&r, 4, big, &at) || !skip(&block, at))
		return UPRIGHT;
	return of_directory(block, big);
}

/* --- the block, in each kind of file --------------------------------------- */

/* Segments up to the first one with pixels. */
static unsigned
of_jpeg(struct reader r)
{
	uint32_t marker, len;
	struct reader part;

	skip(&r, 2);
	while (number(&r, 2, true, &marker) && marker > 0xff00 &&
	    marker != 0xffda && number(&r, 2, true, &len) && len >= 2 &&
	    reader_take(&r, len - 2, &part))
		if (marker == 0xffe1 && reader_skip_text(&part, "Exif"))
			return of_block(part);
	return UPRIGHT;
}

static unsigned
of_png(struct reader r)
{
	uint32_t len;
	struct reader type, part;

	skip(&r, 8);
	while (number(&r, 4, true, &len) && reader_take(&r, 4, &type) &&
	    reader_take(&r, len, &part) && skip(&r, 4))
		if (reader_skip_text(&type, "eXIf"))
			return of_block(part);
	return UPRIGHT;
}

static unsigned
of_webp(struct reader r)
{
	uint32_t len;
	struct reader type, part;

	skip(&r, 12);
	while (reader_take(&r, 4, &type) && number(&r, 4, false, &len) &&
	    reader_take(&r, len, &part)) {
		if (reader_skip_text(&type, "EXIF"))
			return of_block(part);
		skip(&r, len % 2);
	}
	return UPRIGHT;
}

unsigned
exif_orientation(enum magic type, const struct bytes *file)
{
	struct reader r = { file->at, file->len };

	switch (type) {
	case MAGIC_JPEG:
		return of_jpeg(r);
	case MAGIC_PNG:
		return of_png(r);
	case MAGIC_WEBP:
		return of_webp(r);
	default: /* has none, or its reader turns it */
		return UPRIGHT;
	}
}
