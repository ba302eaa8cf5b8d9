#include "sheet/page.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* 9 dots at 300 dpi, 0.762 mm: every module edge falls on a printer's dot */
#define DOT           (72.0 / 300)
#define MODULE        (9 * DOT)
#define NARROWEST     MM(96) /* rows beside the code; else none there */
#define FOLD_DISTANCE MM(1)

static const char *
explanation(const struct sheet *sheet, char two[TWO_SIZE])
{
	return sheet_two(sheet,
	    N_("Only the consulate reads this code. It contains no link."),
	    "\n", two);
}

static double
text_height(struct sheet *sheet, double width)
{
	char two[TWO_SIZE];

	return pen_height(
		   &sheet->pen, TEXT_NUMBER, width, sheet->letter->number) +
	    MM(1) +
	    pen_height(&sheet->pen, TEXT_SMALL, width, explanation(sheet, two));
}

static double
to_dot(const struct sheet *sheet, double at)
{
	double dot = DOT / sheet->scale;

	return floor(at / dot + .5) * dot;
}

/* Usual: the code at the bottom right, its texts below it, rows beside it. */
static void
place_column(struct sheet *sheet, double side)
{
	struct panel *p = &sheet->panel;
	double quiet = SYMBOL_QUIET * p->module;
	double width = side + 2 * quiet;
	double right = sheet->left + sheet->width;
	double number = ceil(
	    pen_width(&sheet->pen, TEXT_NUMBER, sheet->letter->number) + 1);

	if (width < number)
		width = number;
	p->left = right - width;
	p->text_x = p->left;
	p->text_width = width;
	p->text_y = sheet->bottom - text_height(sheet, width);
	p->y = to_dot(sheet, p->text_y - quiet - side);
	p->x = to_dot(sheet, p->left + (width - side) / 2);
	p->top = p->y - quiet - MM(.5);
	p->align = TEXT_CENTERED;
}

/*
 * A code so large that rows beside it would be too narrow: the lower half of
 * the page is its own, down to the margin, into which the quiet zone may
 * reach; the texts stand at its left. Never over the middle fold: the
 * largest code of all gets modules of 0.68 mm for that.
 */
static void
place_beside(struct sheet *sheet, double side)
{
	struct panel *p = &sheet->panel;
	double quiet = SYMBOL_QUIET * p->module;

	p->x = to_dot(
	    sheet, sheet->left + sheet->width - side - DOT / sheet->scale);
	p->y = to_dot(sheet, sheet->bottom - side - DOT / sheet->scale);
	p->top = p->y - quiet;
	p->left = sheet->left;
	p->text_x = sheet->left;
	p->text_y = p->y;
	p->text_width = p->x - quiet - sheet->left;
	p->align = TEXT_LEFT;
}

void
sheet_panel_place(struct sheet *sheet)
{
	double half = sheet->bottom - sheet->paper_height / 2 -
	    FOLD_DISTANCE / sheet->scale;
	struct panel *p = &sheet->panel;
	double side;

	if (sheet->symbol == NULL) {
		*p = (struct panel){ .top = sheet->paper_height };
		return;
	}
	p->module = MODULE / sheet->scale;
	if (sheet->symbol->width * p->module > half)
		p->module = half / sheet->symbol->width;
	side = sheet->symbol->width * p->module;
	place_column(sheet, side);
	if (p->left - PANEL_GAP - sheet->left < NARROWEST)
		place_beside(sheet, side);
}

/* What is heard in place of the picture, and where it is. */
static void
describe(const struct sheet *sheet, struct mark *mark)
{
	const struct panel *p = &sheet->panel;
	double side = sheet->symbol->width * p->module, scale = sheet->scale;

	snprintf(mark->alt, sizeof(mark->alt),
	    i18n_in(sheet->lang,
		N_("Code with all that letter %s says and its signature, for "
		   "the consulate's reader.")),
	    sheet->letter->number);
	snprintf(mark->attributes, sizeof(mark->attributes),
	    "<< /O /Layout /BBox [%.2f %.2f %.2f %.2f] >>", p->x * scale,
	    (sheet->paper_height - p->y - side) * scale, (p->x + side) * scale,
	    (sheet->paper_height - p->y) * scale);
}

/* In two lines where one has no room: before the count, not within. */
static void
break_number(struct sheet *sheet, char out[LETTER_NUMBER_SIZE + 1])
{
	const char *number = sheet->letter->number;
	size_t head = strcspn(number, "-");

	if (number[head] != '\0')
		head += 1 + strcspn(number + head + 1, "-");
	if (number[head] == '\0' ||
	    pen_width(&sheet->pen, TEXT_NUMBER, number) <=
		sheet->panel.text_width)
		snprintf(out, LETTER_NUMBER_SIZE + 1, "%s", number);
	else
		snprintf(out, LETTER_NUMBER_SIZE + 1, "%.*s-\n%s", (int)head,
		    number, number + head + 1);
}

void
sheet_panel_draw(struct sheet *sheet)
{
	const struct panel *p = &sheet->panel;
	char two[TWO_SIZE], number[LETTER_NUMBER_SIZE + 1];
	double y = p->text_y;

	if (sheet->symbol == NULL)
		return;
	describe(sheet, pen_begin(&sheet->pen, "Figure"));
	surface_symbol(sheet->pen.cr, sheet->symbol, p->x, p->y, p->module);
	pen_end(&sheet->pen, "Figure");
	break_number(sheet, number);
	y += pen_text(&sheet->pen, TEXT_NUMBER, "P", p->text_x, y,
	    p->text_width, p->align, number);
	y += MM(1);
	pen_text(&sheet->pen, TEXT_SMALL, "P", p->text_x, y, p->text_width,
	    p->align, explanation(sheet, two));
}
