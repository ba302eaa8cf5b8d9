/*
 * fonts.h - the fonts that the sheet is set in: sheet_fonts_new() of
 * sheet/sheet.h. Inner header of the sheet.
 */
#ifndef SHEET_FONTS_H
#define SHEET_FONTS_H

#include "sheet/sheet.h"

#include <pango/pangocairo.h>

/* fonts_context - to set text in; g_object_unref(). */
PangoContext *fonts_context(const struct sheet_fonts *fonts);

#endif
