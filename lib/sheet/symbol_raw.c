/*
 * symbol_raw.c - from the picture of a code back to its pixels: symbol.h.
 */
#include "sheet/symbol.h"

#include "base/i18n.h"

#include <png.h>
#include <string.h>

#define SIDE_MAX ((SYMBOL_WIDTH_MAX + 2 * SYMBOL_QUIET) * 64)

/* It is silent; what it says is no text of ours. */
static void
on_error(png_structp png, png_const_charp text)
{
	(void)text;
	png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static void
on_read(png_structp png, png_bytep data, size_t len)
{
	struct reader *r = png_get_io_ptr(png), part;

	if (!reader_take(r, len, &part))
		png_error(png, "short");
	memcpy(data, part.at, len);
}

/* The middle pixel of each three of a row of bits. */
static void
add_row(const uint8_t *row, png_uint_32 side, struct bytes *out)
{
	uint8_t gray[SIDE_MAX / 3];

	for (png_uint_32 x = 1; x < side; x += 3)
		gray[x / 3] = row[x / 8] & (0x80 >> x % 8) ? 255 : 0;
	bytes_add(out, gray, side / 3);
}

/* Only what symbol_png() writes. */
static bool
is_ours(png_structp png, png_infop info, png_uint_32 side)
{
	return side == png_get_image_height(png, info) && side % 3 == 0 &&
	    side <= SIDE_MAX && png_get_bit_depth(png, info) == 1 &&
	    png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY &&
	    png_get_interlace_type(png, info) == PNG_INTERLACE_NONE;
}

static bool
read_png(png_structp png, png_infop info, struct bytes *out)
{
	uint8_t row[SIDE_MAX / 8 + 1];
	png_uint_32 side;

	png_read_info(png, info);
	side = png_get_image_width(png, info);
	if (!is_ours(png, info, side))
		return false;
	bytes_addf(out, "P5 %u %u 255\n", side / 3, side / 3);
	for (png_uint_32 y = 0; y < side; y++) {
		png_read_row(png, row, NULL);
		if (y % 3 == 1)
			add_row(row, side, out);
	}
	png_read_end(png, NULL);
	return true;
}

/* libpng leaves a failed call by longjmp: to here, where nothing is held. */
static bool
try_png(png_structp png, png_infop info, struct reader *r, struct bytes *out)
{
	if (setjmp(png_jmpbuf(png)) != 0)
		return false;
	png_set_read_fn(png, r, on_read);
	return read_png(png, info, out);
}

enum err
symbol_png_raw(const struct bytes *file, struct bytes *out, struct errtext *err)
{
	struct reader r = { file->at, file->len };
	size_t start = out->len;
	png_infop info = NULL;
	png_structp png;
	bool done = false;

	png = png_create_read_struct(
	    PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
	if (png != NULL && (info = png_create_info_struct(png)) != NULL)
		done = try_png(png, info, &r, out);
	png_destroy_read_struct(&png, &info, NULL);
	if (out->failed)
		return err_memory(err);
	if (done)
		return ERR_OK;
	out->len = start;
	return err_set(err, ERR_DATA, _("The picture cannot be made."));
}
