/*
 * symbol.h - the QR code (ISO/IEC 18004) of a packed letter, and its PNG.
 */
#ifndef SHEET_SYMBOL_H
#define SHEET_SYMBOL_H

#include "base/bytes.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define SYMBOL_WIDTH_MAX 177
#define SYMBOL_QUIET     4 /* modules of white border, section 9.1 */

struct symbol {
	int version; /* 1..40 */
	char level;  /* 'M', or 'Q' where the symbol stays at version 13 */
	int width;   /* modules, without the quiet zone */
	uint8_t module[SYMBOL_WIDTH_MAX * SYMBOL_WIDTH_MAX]; /* 1 is black */
};

/*
 * symbol_make - alphanumeric mode only, as libqrencode draws it.
 * ERR_OK, ERR_LIMIT (does not fit version 40 at M), ERR_DATA (a character
 * outside the alphanumeric set), ERR_MEMORY.
 */
enum err symbol_make(const char *text, struct symbol *out, struct errtext *err);

/* symbol_png - append a 1-bit PNG at whole pixels a module, quiet zone
 * included, 300 dpi recorded, no time stamp: same symbol, same bytes. */
enum err symbol_png(const struct symbol *symbol, int pixels, struct bytes *out,
    struct errtext *err);

/*
 * symbol_png_raw - append the pixels of a picture that symbol_png() made, as a
 * PGM (netpbm's "P5"), a third as wide and high: the middle of each square of
 * nine. So reading them says what is in the picture, at a ninth of the work.
 *
 *   png  of modules of a multiple of 3 pixels
 *
 * ERR_OK, ERR_DATA (no such picture), ERR_MEMORY.
 */
enum err symbol_png_raw(
    const struct bytes *png, struct bytes *out, struct errtext *err);

#endif
