/*
 * surface.h - a PDF in memory that Cairo draws: the letter, the card, the
 * hand-over list. Inner header of the sheet.
 */
#ifndef SHEET_SURFACE_H
#define SHEET_SURFACE_H

#include "base/bytes.h"
#include "base/err.h"
#include "sheet/sheet.h"

#include <cairo-pdf.h>

/* By enum sheet_paper; points. */
struct paper {
	double width, height;
	double drop; /* of the part that both have in common, from the top */
};
extern const struct paper sheet_papers[];

#define MM(mm) ((mm)*72 / 25.4) /* in points */

/*
 * surface_new - pages of this paper, whose PDF grows in pdf. Never NULL: Cairo
 * keeps its errors until the end.
 *
 * surface_end - no more pages; releases both. ERR_MEMORY when pdf could not
 * grow, ERR_INTERNAL when anything else failed since surface_new().
 */
cairo_surface_t *surface_new(enum sheet_paper paper, struct bytes *pdf);
enum err surface_end(
    cairo_surface_t *surface, cairo_t *cr, const struct bytes *pdf);

/* surface_symbol - a code with its upper left corner at x, y, as vectors. */
void surface_symbol(cairo_t *cr, const struct symbol *symbol, double x,
    double y, double module);

#endif
