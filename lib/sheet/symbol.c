/*
 * symbol.c - the QR code by libqrencode, and its picture by libpng: symbol.h.
 */
#include "sheet/symbol.h"

#include "base/i18n.h"

#include <errno.h>
#include <png.h>
#include <qrencode.h>
#include <string.h>

#define ALPHANUMERIC  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
#define VERSION_Q_MAX 13    /* 69 modules: above it, Q costs too much paper */
#define DOTS_A_METER  11811 /* 300 dpi */
#define PIXELS_MAX    64

/* ERR_LIMIT when the text does not fit version 40 at this level. */
static enum err
encode(const char *text, QRecLevel level, QRcode **out)
{
	QRinput *input = QRinput_new2(0, level);
	enum err rc = ERR_INTERNAL;

	if (input == NULL)
		return ERR_MEMORY;
	/* never QRcode_encodeString(): it mixes modes as it likes */
	if (QRinput_append(input, QR_MODE_AN, (int)strlen(text),
		(const unsigned char *)text) == 0 &&
	    (*out = QRcode_encodeInput(input)) != NULL)
		rc = ERR_OK;
	else if (errno == ERANGE)
		rc = ERR_LIMIT;
	QRinput_free(input);
	return rc;
}

static void
copy(const QRcode *code, char level, struct symbol *out)
{
	size_t count = (size_t)code->width * (size_t)code->width;

	memset(out, 0, sizeof(*out));
	out->version = code->version;
	out->level = level;
	out->width = code->width;
	for (size_t i = 0; i < count; i++)
		out->module[i] = code->data[i] & 1;
}

enum err
symbol_make(const char *text, struct symbol *out, struct errtext *err)
{
	QRcode *code = NULL;
	enum err rc;

	if (text[0] == '\0' || text[strspn(text, ALPHANUMERIC)] != '\0')
		return err_set(err, ERR_DATA,
		    _("The text holds a character that the code's "
		      "alphanumeric mode has not."));
	rc = encode(text, QR_ECLEVEL_Q, &code);
	if (rc == ERR_OK && code->version <= VERSION_Q_MAX) {
		copy(code, 'Q', out);
		goto out;
	}
	QRcode_free(code);
	code = NULL;
	if ((rc = encode(text, QR_ECLEVEL_M, &code)) == ERR_OK)
		copy(code, 'M', out);
out:
	QRcode_free(code);
	if (rc == ERR_LIMIT)
		return err_set(err, rc,
		    _("The letter holds too much for one code; put some "
		      "dependants into a second letter."));
	return rc;
}

/* --- the picture --------------------------------------------------------- */

static void
on_write(png_structp png, png_bytep data, size_t len)
{
	bytes_add(png_get_io_ptr(png), data, len);
}

static void
on_flush(png_structp png)
{
	(void)png;
}

/* One line of pixels of module row y, a bit each, 1 is white. */
static void
draw_row(const struct symbol *symbol, int y, int pixels, uint8_t *row)
{
	int side = symbol->width;

	memset(row, 0xff, (size_t)((side + 2 * SYMBOL_QUIET) * pixels + 7) / 8);
	if (y < 0 || y >= side)
		return;
	for (int x = 0; x < side; x++) {
		if (!symbol->module[y * side + x])
			continue;
		for (int p = 0; p < pixels; p++) {
			int at = (x + SYMBOL_QUIET) * pixels + p;

			row[at / 8] &= (uint8_t) ~(0x80 >> at % 8);
		}
	}
}

static void
write_png(
    png_structp png, png_infop info, const struct symbol *symbol, int pixels)
{
	uint8_t row[(SYMBOL_WIDTH_MAX + 2 * SYMBOL_QUIET) * PIXELS_MAX / 8 + 1];
	png_uint_32 side =
	    (png_uint_32)((symbol->width + 2 * SYMBOL_QUIET) * pixels);

	png_set_IHDR(png, info, side, side, 1, PNG_COLOR_TYPE_GRAY,
	    PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
	    PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(
	    png, info, DOTS_A_METER, DOTS_A_METER, PNG_RESOLUTION_METER);
	png_set_compression_level(png, 6); /* 9: 6 times the work, 2 % less */
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_write_info(png, info);
	for (int y = -SYMBOL_QUIET; y < symbol->width + SYMBOL_QUIET; y++) {
		draw_row(symbol, y, pixels, row);
		for (int p = 0; p < pixels; p++)
			png_write_row(png, row);
	}
	png_write_end(png, info);
}

/* libpng leaves a failed call by longjmp: to here, where nothing is held. */
static bool
try_png(png_structp png, png_infop info, const struct symbol *symbol,
    int pixels, struct bytes *out)
{
	if (setjmp(png_jmpbuf(png)) != 0)
		return false;
	png_set_write_fn(png, out, on_write, on_flush);
	write_png(png, info, symbol, pixels);
	return !out->failed;
}

enum err
symbol_png(const struct symbol *symbol, int pixels, struct bytes *out,
    struct errtext *err)
{
	size_t start = out->len;
	png_structp png;
	png_infop info;
	bool done = false;

	if (pixels < 1 || pixels > PIXELS_MAX)
		return err_set(err, ERR_DATA,
		    _("A module must have 1 to %d pixels."), PIXELS_MAX);
	png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	if (png != NULL && (info = png_create_info_struct(png)) != NULL) {
		done = try_png(png, info, symbol, pixels, out);
		png_destroy_info_struct(png, &info);
	}
	png_destroy_write_struct(&png, NULL);
	if (done)
		return ERR_OK;
	if (!out->failed)
		out->len = start;
	return err_set(err, ERR_INTERNAL, _("The picture cannot be made."));
}
