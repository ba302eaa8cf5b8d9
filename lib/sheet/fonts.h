/*
 * fonts.h - the fonts that the sheet is set in: sheet_fonts_new() of
 * sheet/sheet.h. Inner header of the sheet.
 */
#ifndef SHEET_FONTS_H
#define SHEET_FONTS_H

#include "sheet/sheet.h"

#include <pango/pangocairo.h>
#include <stdbool.h>

/* fonts_context - to set text in; g_object_unref(). */
PangoContext *fonts_context(const struct sheet_fonts *fonts);

/* The size of a text that was set, in Pango's units. */
struct text_size {
	int width, height;
};

/*
 * fonts_measured - where the size of this text is kept, or will be: it is known
 * if *known. Most of a sheet stands on the next one too, and setting a text
 * takes a hundred times as long as finding it here.
 *
 *   set  all that its size depends on; only a digest of it is kept, for there
 *        are names in it
 */
struct text_size *fonts_measured(
    struct sheet_fonts *fonts, const char *set, bool *known);

#endif
