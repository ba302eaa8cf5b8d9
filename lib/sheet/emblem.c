/*
 * emblem.c - the program's emblem on the letterhead: sheet/page.h.
 */
#include "sheet/page.h"

#include "letter/emblem.h"

#define EMBLEM_WIDE MM(26)
#define EMBLEM_GAP  MM(4)

static void
outline(cairo_t *cr, struct emblem *emblem)
{
	double n[6];

	for (;;)
		switch (emblem_next(emblem, n)) {
		case 'M':
			cairo_move_to(cr, n[0], n[1]);
			break;
		case 'L':
			cairo_line_to(cr, n[0], n[1]);
			break;
		case 'C':
			cairo_curve_to(cr, n[0], n[1], n[2], n[3], n[4], n[5]);
			break;
		case 'Z':
			cairo_close_path(cr);
			break;
		default:
			return;
		}
}

/* Decoration, so it has no words: the program's name stands beside it. Shapes
 * within shapes are holes, as drawing programs show them. */
double
sheet_emblem(struct sheet *sheet, double x, double y)
{
	const char *text = sheet->options->labels.emblem;
	cairo_t *cr = sheet->pen.cr;
	struct emblem emblem;
	double scale;

	if (text == NULL || !emblem_is_good(text) ||
	    !emblem_begin(text, &emblem))
		return 0;
	scale = EMBLEM_HIGH / emblem.height;
	if (emblem.width * scale > EMBLEM_WIDE)
		scale = EMBLEM_WIDE / emblem.width;
	cairo_save(cr);
	cairo_translate(cr, x, y + (EMBLEM_HIGH - emblem.height * scale) / 2);
	cairo_scale(cr, scale, scale);
	outline(cr, &emblem);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_fill(cr);
	cairo_restore(cr);
	return emblem.width * scale + EMBLEM_GAP;
}
