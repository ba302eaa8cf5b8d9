/*
 * testpage.c - testpage.h.
 *
 *	+--------------------------------------+
 *	| title, what to do                    |
 *	| +------------+ +---------+         | |
 *	| |   1.02 mm  | | 0.76 mm |         | | 150 mm
 *	| |            | +---------+         | |
 *	| +------------+                     | |
 *	| +-------+ +-----+ +----+           | |
 *	| +-------+ +-----+ +----+             |
 *	| |---------------- 150 mm ----------| |
 *	+--------------------------------------+
 */
#include "sheet/testpage.h"

#include "base/i18n.h"
#include "packed/testpage.h"
#include "sheet/finish.h"
#include "sheet/surface.h"
#include "sheet/text.h"

#include <stdio.h>

/* In dots, as far as both papers have it in common (sheet/page.h). */
const struct testpage_code testpage_code[TESTPAGE_CODES] = {
	{ 12, 202, 1060 },
	{ 9, 1240, 1060 },
	{ 7, 182, 2160 },
	{ 5, 860, 2160 },
	{ 4, 1400, 2160 },
};

#define LEFT     154
#define TOP      154
#define WIDTH    2172
#define RULER_MM 150
#define ACROSS_Y 2900 /* of the rulers */
#define DOWN_X   2180
#define DOWN_Y   1060

#define DOT  (72.0 / 300) /* in points */
#define GAP  MM(1.6)
#define LINE .5

double
testpage_module(int code)
{
	return testpage_code[code].module * TESTPAGE_DOT_MM;
}

/* --- words ------------------------------------------------------------------ */

static const char *const steps[] = {
	N_("1. Print it without scaling: \"actual size\" or 100 %, never \"fit "
	   "to page\"."),
	N_("2. Lay a ruler on it: 150 mm are to be 150 mm, across and down."),
	N_("3. Scan it as letters are scanned: flat, at 300 dots an inch, as "
	   "PDF, TIFF, PNG or JPEG."),
	N_("4. Give the scan to the program:"),
};

static double
put(struct pen *pen, enum text_style style, const char *tag, double y,
    const char *text)
{
	return y +
	    pen_text(
		pen, style, tag, LEFT * DOT, y, WIDTH * DOT, TEXT_LEFT, text);
}

static void
draw_words(struct pen *pen)
{
	double y = TOP * DOT;

	y = put(
	    pen, TEXT_TITLE, "H1", y, _("Test page for printer and scanner"));
	y = put(pen, TEXT_VALUE, "P", y + GAP,
	    _("It tells whether they are good enough for letters. It is no "
	      "letter and has no data of anybody."));
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		y = put(pen, TEXT_VALUE, "P", y + GAP, _(steps[i]));
	put(pen, TEXT_NUMBER, "P", y + GAP, "sello-issue proof --check SCAN");
}

/* --- rulers ----------------------------------------------------------------- */

/* A line a millimeter, longer each 5 and 10, with a number there. */
static void
draw_ruler(struct pen *pen, double x, double y, bool down)
{
	cairo_t *cr = pen->cr;
	char number[8];

	for (int mm = 0; mm <= RULER_MM; mm++) {
		double size = mm % 10 == 0 ? MM(5)
		    : mm % 5 == 0          ? MM(3.5)
					   : MM(2);
		double at = MM(mm) - LINE / 2;

		if (down)
			cairo_rectangle(cr, x, y + at, size, LINE);
		else
			cairo_rectangle(cr, x + at, y, LINE, size);
		snprintf(number, sizeof(number), "%d", mm);
		if (mm % 10 == 0 && down)
			pen_text(pen, TEXT_SMALL, NULL, x + MM(5.5),
			    y + at - text_ascent(TEXT_SMALL) / 2 - 1, MM(9),
			    TEXT_LEFT, number);
		else if (mm % 10 == 0)
			pen_text(pen, TEXT_SMALL, NULL, x + at - MM(5),
			    y + MM(5.2), MM(10), TEXT_CENTERED, number);
	}
	cairo_fill(cr);
}

/* --- codes ------------------------------------------------------------------ */

static void
describe(
    const struct testpage_code *code, enum sheet_paper paper, struct mark *mark)
{
	const struct paper *p = &sheet_papers[paper];
	double x = code->x * DOT, side = TESTPAGE_MODULES * code->module * DOT;
	double bottom = p->height - p->drop - code->y * DOT - side;

	snprintf(mark->alt, sizeof(mark->alt), "%s",
	    _("A code to be read by the scanner"));
	snprintf(mark->attributes, sizeof(mark->attributes),
	    "<< /O /Layout /BBox [%.2f %.2f %.2f %.2f] >>", x, bottom, x + side,
	    bottom + side);
}

static enum err
draw_code(
    struct pen *pen, int number, enum sheet_paper paper, struct errtext *err)
{
	const struct testpage_code *code = &testpage_code[number];
	double module = code->module * DOT, side = TESTPAGE_MODULES * module;
	struct bytes text = { 0 };
	struct symbol symbol;
	char label[128];
	enum err rc = ERR_MEMORY;

	testpage_text((uint8_t)number, &text);
	if (!text.failed)
		rc = symbol_make((const char *)text.at, &symbol, err);
	bytes_free(&text);
	if (rc != ERR_OK)
		return rc;
	describe(code, paper, pen_begin(pen, "Figure"));
	surface_symbol(pen->cr, &symbol, code->x * DOT, code->y * DOT, module);
	pen_end(pen, "Figure");
	snprintf(label, sizeof(label),
	    number == TESTPAGE_AS_LETTERS ? _("%.2f mm, as on letters")
					  : _("%.2f mm"),
	    testpage_module(number));
	pen_text(pen, TEXT_LABEL, "P", code->x * DOT,
	    code->y * DOT + side + SYMBOL_QUIET * module, side + MM(12),
	    TEXT_LEFT, label);
	return ERR_OK;
}

/* --- the page --------------------------------------------------------------- */

static enum err
draw_page(struct pen *pen, enum sheet_paper paper, struct errtext *err)
{
	enum err rc = ERR_OK;

	pen_begin(pen, "Document");
	draw_words(pen);
	for (int i = 0; i < TESTPAGE_CODES && rc == ERR_OK; i++)
		rc = draw_code(pen, i, paper, err);
	draw_ruler(pen, LEFT * DOT, ACROSS_Y * DOT, false);
	draw_ruler(pen, DOWN_X * DOT, DOWN_Y * DOT, true);
	pen_end(pen, "Document");
	return rc;
}

static enum err
draw(enum sheet_paper paper, const char *date, struct sheet_fonts *fonts,
    struct pen *pen, struct bytes *pdf, struct errtext *err)
{
	cairo_surface_t *surface = surface_new(paper, pdf);
	cairo_t *cr = cairo_create(surface);
	enum err rc, ended;

	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
	    _("Test page for printer and scanner"));
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_MOD_DATE, date);
	cairo_translate(cr, 0, sheet_papers[paper].drop);
	pen_init(pen, cr, fonts, i18n_language());
	rc = draw_page(pen, paper, err);
	pen_clear(pen);
	ended = surface_end(surface, cr, pdf);
	if (rc == ERR_OK && ended != ERR_OK)
		rc = err_set(
		    err, ended, _("The PDF could not be drawn. Try again."));
	return rc;
}

enum err
testpage_pdf(enum sheet_paper paper, const char *date, struct bytes *out,
    struct errtext *err)
{
	struct sheet_fonts *fonts = NULL;
	struct bytes pdf = { 0 };
	struct pen pen = { 0 };
	const struct sheet_meta meta = {
		.title = _("Test page for printer and scanner"),
		.lang = i18n_language(),
		.date = date,
		.marks = &pen.marks,
	};
	enum err rc;

	if ((rc = sheet_fonts_new(&fonts, err)) != ERR_OK)
		return rc;
	if ((rc = draw(paper, date, fonts, &pen, &pdf, err)) == ERR_OK)
		rc = sheet_finish(&pdf, NULL, &meta, out, err);
	sheet_fonts_free(&fonts);
	bytes_free(&pdf);
	return rc;
}
