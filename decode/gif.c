/*
 * gif.c - GIF by giflib: the first picture of the file, which is all of it but
 * for films. Its functions for a record each are used, not DGifSlurp(), which
 * decodes a whole film into memory before anybody sees its size.
 */
#include "decode/image.h"

#include <gif_lib.h>
#include <string.h>

#define RECORD_MAX 1000 /* remarks and the like before the first picture */

static int
read_some(GifFileType *gif, GifByteType *to, int len)
{
	struct reader *r = gif->UserData, part;
	size_t want = len < 0 ? 0 : (size_t)len;

	if (want > r->left)
		want = r->left;
	if (!reader_take(r, want, &part))
		return 0;
	if (want > 0)
		memcpy(to, part.at, want);
	return (int)want;
}

/* Shades of the colors; what shines through lies on white paper. */
static enum err
make_shades(const GifFileType *gif, int clear, uint8_t shade[256])
{
	const ColorMapObject *map =
	    gif->Image.ColorMap != NULL ? gif->Image.ColorMap : gif->SColorMap;
	int i;

	memset(shade, 255, 256);
	if (map == NULL)
		return ERR_UNREADABLE;
	for (i = 0; i < map->ColorCount && i < 256; i++)
		shade[i] = (uint8_t)((map->Colors[i].Red * 77 +
					 map->Colors[i].Green * 150 +
					 map->Colors[i].Blue * 29) >>
		    8);
	if (clear >= 0)
		shade[clear & 255] = 255;
	return ERR_OK;
}

/* The record before the picture that says which color is none. */
static bool
read_extension(GifFileType *gif, int *clear)
{
	GraphicsControlBlock control;
	GifByteType *block;
	int code;

	if (DGifGetExtension(gif, &code, &block) != GIF_OK)
		return false;
	if (code == GRAPHICS_EXT_FUNC_CODE && block != NULL &&
	    DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
		*clear = control.TransparentColor;
	while (block != NULL)
		if (DGifGetExtensionNext(gif, &block) != GIF_OK)
			return false;
	return true;
}

static bool
find_picture(GifFileType *gif, int *clear)
{
	GifRecordType type = UNDEFINED_RECORD_TYPE;
	int i;

	for (i = 0; i < RECORD_MAX; i++) {
		if (DGifGetRecordType(gif, &type) != GIF_OK)
			return false;
		if (type == IMAGE_DESC_RECORD_TYPE)
			return DGifGetImageHeader(gif) == GIF_OK;
		if (type != EXTENSION_RECORD_TYPE ||
		    !read_extension(gif, clear))
			return false;
	}
	return false;
}

/* Where the nth row of the file stands: every eighth first, then between. */
static uint32_t
row_of(uint32_t n, uint32_t height, bool interlaced)
{
	static const struct {
		uint32_t first, step;
	} passes[] = { { 0, 8 }, { 4, 8 }, { 2, 4 }, { 1, 2 } };
	size_t i;

	for (i = 0; interlaced && i < sizeof(passes) / sizeof(passes[0]); i++) {
		uint32_t count = height > passes[i].first
		    ? (height - passes[i].first + passes[i].step - 1) /
			passes[i].step
		    : 0;

		if (n < count)
			return passes[i].first + n * passes[i].step;
		n -= count;
	}
	return n;
}

/* A file that ends early gives what was read, as a photo does. */
static void
read_rows(GifFileType *gif, const uint8_t shade[256], struct gray *picture)
{
	uint32_t n, x;

	memset(picture->at, 255, gray_size(picture));
	for (n = 0; n < picture->height; n++) {
		uint8_t *row = gray_row(
		    picture, row_of(n, picture->height, gif->Image.Interlace));

		if (DGifGetLine(gif, row, (int)picture->width) != GIF_OK) {
			memset(row, 255, picture->width);
			return;
		}
		for (x = 0; x < picture->width; x++)
			row[x] = shade[row[x]];
	}
}

static enum err
read_gif(GifFileType *gif, struct gray *out)
{
	struct gray picture = { 0 };
	uint8_t shade[256];
	int clear = NO_TRANSPARENT_COLOR;
	enum err rc;

	if (!find_picture(gif, &clear) || gif->Image.Width <= 0 ||
	    gif->Image.Height <= 0)
		return ERR_UNREADABLE;
	if (!gray_fits((uint64_t)gif->Image.Width, (uint64_t)gif->Image.Height))
		return ERR_LIMIT;
	if ((rc = make_shades(gif, clear, shade)) != ERR_OK)
		return rc;
	if (!gray_new(&picture, (uint64_t)gif->Image.Width,
		(uint64_t)gif->Image.Height))
		return ERR_MEMORY;
	read_rows(gif, shade, &picture);
	*out = picture;
	return ERR_OK;
}

enum err
image_gif(const struct bytes *file, struct gray *out)
{
	struct reader r = { file->at, file->len };
	GifFileType *gif = DGifOpen(&r, read_some, NULL);
	enum err rc;

	if (gif == NULL)
		return ERR_UNREADABLE;
	rc = read_gif(gif, out);
	DGifCloseFile(gif, NULL);
	return rc;
}
