/*
 * sheet_text.h - setting text on the sheet: our fonts, a fixed set of type
 * styles, wrapping without hyphens or ligatures, each line drawn on its own.
 * Inner header of the sheet; callers of other rooms use letter/sheet.h.
 *
 * All measures are points (1/72 inch), y grows downwards.
 */
#ifndef LETTER_SHEET_TEXT_H
#define LETTER_SHEET_TEXT_H

#include "base/err.h"
#include "letter/sheet.h"

#include <pango/pangocairo.h>

/* Nothing that must be read from paper is under 9 points, no name and no
 * value under 10, no letter number beside the code under 12. */
enum text_style {
	TEXT_PROGRAM, /* letterhead */
	TEXT_CENTER,
	TEXT_TITLE,
	TEXT_SUBTITLE,
	TEXT_BODY,
	TEXT_NOTICE_HEAD,
	TEXT_NOTICE,
	TEXT_SECTION,
	TEXT_LABEL,
	TEXT_VALUE,
	TEXT_NAME,
	TEXT_NUMBER,
	TEXT_MARK, /* copy */
	TEXT_BANNER,
	TEXT_SMALL,
	TEXT_WATERMARK,
	TEXT_STYLE_COUNT,
};

enum text_align { TEXT_LEFT, TEXT_CENTERED, TEXT_RIGHT };

/* What draws: a cairo page and the context text is measured in. */
struct pen {
	cairo_t *cr;
	PangoContext *context;
};

/* pen_init - ready to measure and draw text of a language; both pointers
 * stay the caller's and outlive the pen. pen_clear releases. */
void pen_init(
    struct pen *pen, cairo_t *cr, struct sheet_fonts *fonts, const char *lang);
void pen_clear(struct pen *pen);

/* text_ascent - from the top of a line to its baseline. */
double text_ascent(enum text_style style);

/* pen_height - of text wrapped to width; 0 for "". */
double pen_height(
    struct pen *pen, enum text_style style, double width, const char *text);

/* pen_width - of text on one line. */
double pen_width(struct pen *pen, enum text_style style, const char *text);

/*
 * pen_text - draw wrapped text with its top left corner at x, y.
 *
 *   tag  structure type of tagged PDF ("P", "TD"); NULL: none
 *
 * Returns the height used.
 */
double pen_text(struct pen *pen, enum text_style style, const char *tag,
    double x, double y, double width, enum text_align align, const char *text);

#endif
