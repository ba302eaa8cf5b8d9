/*
 * text.h - setting text on the sheet: our fonts, a fixed set of type
 * styles, wrapping without hyphens or ligatures, each line drawn on its own.
 * Inner header of the sheet; callers of other rooms use sheet/sheet.h.
 *
 * All measures are points (1/72 inch), y grows downwards.
 */
#ifndef SHEET_TEXT_H
#define SHEET_TEXT_H

#include "base/err.h"
#include "sheet/sheet.h"

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

/*
 * What Cairo 1.16 cannot say of an element of the structure tree, and
 * sheet_finish() does: elements count from 0 in the order they were begun,
 * which is the tree's.
 */
struct mark {
	size_t element;
	const char *lang;    /* of its text, where the document's is another */
	char alt[256];       /* a picture in words */
	char attributes[96]; /* "<< /O /Table /Scope /Row >>" */
};

#define MARK_MAX 512 /* the fullest letter has some 230 */
struct marks {
	size_t element_count;
	size_t count; /* of marks before the last, which may say nothing */
	struct mark mark[MARK_MAX];
};

/* What draws: a cairo page, the context text is measured in, and what there
 * is to say of the elements drawn. */
struct pen {
	cairo_t *cr;
	PangoContext *context;
	struct sheet_fonts *fonts;
	const char *lang;
	int scale; /* of the page, for PANGO_SCALE */
	struct marks marks;
};

/* pen_begin, pen_end - an element of the structure tree. Its mark may be
 * filled in until the next one begins. */
struct mark *pen_begin(struct pen *pen, const char *tag);
void pen_end(struct pen *pen, const char *tag);

/* pen_init - ready to measure and draw text of a language; both pointers
 * stay the caller's and outlive the pen, which begins as {0}. pen_clear
 * releases. */
void pen_init(
    struct pen *pen, cairo_t *cr, struct sheet_fonts *fonts, const char *lang);
void pen_clear(struct pen *pen);

/* text_ascent - from the top of a line to its baseline. */
double text_ascent(enum text_style style);

/* text_font - what Pango is asked for; pango_font_description_free(). */
PangoFontDescription *text_font(enum text_style style);

/* pen_height - of text wrapped to width; 0 for "". */
double pen_height(
    struct pen *pen, enum text_style style, double width, const char *text);

/* pen_width - of text on one line. */
double pen_width(struct pen *pen, enum text_style style, const char *text);

/* Around what is set in small print within a text. */
#define SMALL_SIGN "\x1e"

/*
 * pen_text - draw wrapped text with its top left corner at x, y.
 *
 *   tag  structure type of tagged PDF ("P", "TD"); NULL: none, an artifact
 *
 * Text with parts in Spanish (SPANISH_SIGN) gets a Span for each part.
 * Returns the height used.
 */
double pen_text(struct pen *pen, enum text_style style, const char *tag,
    double x, double y, double width, enum text_align align, const char *text);

/* pen_text_marked - the same, with something to say of the element. */
double pen_text_marked(struct pen *pen, const struct mark *mark,
    enum text_style style, const char *tag, double x, double y, double width,
    enum text_align align, const char *text);

#endif
