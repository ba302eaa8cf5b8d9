#include "sheet/page.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FRAME_FROM MM(7) /* the training frame, from the common part's */
#define FRAME_WIDE MM(4)
#define FOOT_GAP   MM(.5)
#define FOOT_SIZE  384

static double
foot_width(const struct sheet *sheet, int page)
{
	if (page != sheet->panel.page || sheet->symbol == NULL)
		return sheet->width;
	return sheet->panel.left > sheet->left ? sheet_narrow_width(sheet)
					       : sheet->panel.text_width;
}

/* Append part after what divides it from the one before, or on a line of its
 * own where the width has no room for both: none is broken. */
static void
add_part(struct sheet *sheet, int page, const char *between, const char *part,
    char out[FOOT_SIZE])
{
	const char *last = strrchr(out, '\n');
	size_t len = strlen(out);
	bool first;

	last = last != NULL ? last + 1 : out;
	first = *last == '\0';
	snprintf(
	    out + len, FOOT_SIZE - len, "%s%s", first ? "" : between, part);
	if (!first &&
	    pen_width(&sheet->pen, TEXT_SMALL, last) > foot_width(sheet, page))
		snprintf(out + len, FOOT_SIZE - len, "\n%s", part);
}

/* Append a message with its numbers in both languages: "Page 1 of 2 / Página 1
 * de 2" */
static void
add_two(struct sheet *sheet, int page, const char *between, const char *msgid,
    const int number[2], char out[FOOT_SIZE])
{
	char one[64], other[64];

	snprintf(one, sizeof(one), i18n_in(sheet->lang, msgid), number[0],
	    number[1]);
	snprintf(
	    other, sizeof(other), i18n_in("es", msgid), number[0], number[1]);
	add_part(sheet, page, between, one, out);
	if (strcmp(one, other) != 0)
		add_part(sheet, page, " / ", other, out);
}

/* The last line is the same on all pages; above it, where it goes on. */
static void
say_foot(struct sheet *sheet, int page, int pages, char out[FOOT_SIZE])
{
	out[0] = '\0';
	if (page + 1 < pages) {
		add_two(sheet, page, "", N_("Continued on page %d"),
		    (const int[]){ page + 2, 0 }, out);
		snprintf(out + strlen(out), FOOT_SIZE - strlen(out), "\n");
	}
	add_part(sheet, page, "", sheet->letter->number, out);
	add_two(sheet, page, " · ", N_("Page %d of %d"),
	    (const int[]){ page + 1, pages }, out);
}

double
sheet_foot(struct sheet *sheet, int page, int pages)
{
	char text[FOOT_SIZE];

	say_foot(sheet, page, pages, text);
	return FOOT_GAP +
	    pen_height(&sheet->pen, TEXT_SMALL, foot_width(sheet, page), text);
}

void
sheet_footer(struct sheet *sheet, int page)
{
	double height = sheet_foot(sheet, page, sheet->page_count) - FOOT_GAP;
	char text[FOOT_SIZE];

	say_foot(sheet, page, sheet->page_count, text);
	pen_text(&sheet->pen, TEXT_SMALL, NULL, sheet->left,
	    sheet->bottom - height, foot_width(sheet, page), TEXT_LEFT, text);
}

/* Slanted lines over a ring around the page. */
static void
hatch(cairo_t *cr, double x, double y, double width, double height, double wide)
{
	double at, step = MM(3);

	cairo_save(cr);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_rectangle(cr, x, y, width, height);
	cairo_rectangle(
	    cr, x + wide, y + wide, width - 2 * wide, height - 2 * wide);
	cairo_clip(cr);
	cairo_set_line_width(cr, MM(1));
	for (at = -height; at < width; at += step) {
		cairo_move_to(cr, x + at, y + height);
		cairo_line_to(cr, x + at + height, y);
	}
	cairo_stroke(cr);
	cairo_restore(cr);
}

/* The banner on the frame, centered at height y. */
static void
banner(struct sheet *sheet, double y, const char *text, const char *tag)
{
	cairo_t *cr = sheet->pen.cr;
	double width = pen_width(&sheet->pen, TEXT_BANNER, text) + MM(8);
	double height = pen_height(&sheet->pen, TEXT_BANNER, width, text);
	double x = (sheet->paper_width - width) / 2;
	double box = height + MM(1.4) / sheet->scale;

	cairo_rectangle(cr, x, y - box / 2, width, box);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_fill_preserve(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_set_line_width(cr, 1);
	cairo_stroke(cr);
	pen_text(&sheet->pen, TEXT_BANNER, tag, x, y - height / 2, width,
	    TEXT_CENTERED, text);
}

void
sheet_training(struct sheet *sheet)
{
	double margin = (MARGIN - FRAME_FROM) / sheet->scale;
	double wide = FRAME_WIDE / sheet->scale;
	double x = sheet->left - margin, y = sheet->top - margin;
	double width = sheet->width + 2 * margin;
	double height = sheet->bottom - sheet->top + 2 * margin;
	const char *words = N_("TRAINING – NOT A REAL LETTER");
	bool large = sheet->options->large;
	double out = large ? MM(1.6) / sheet->scale : 0; /* off the code */
	char two[TWO_SIZE];

	sheet_two(sheet, words, " / ", two);
	hatch(sheet->pen.cr, x, y, width, height, wide);
	/* in large print both languages are wider than the paper */
	banner(sheet, y + wide / 2 - out,
	    large ? i18n_in(sheet->lang, words) : two, "P");
	banner(sheet, y + height - wide / 2 + out,
	    large ? i18n_in("es", words) : two, "P");
}

/* Across the page, light enough to read the fields through it. */
void
sheet_watermark(struct sheet *sheet)
{
	cairo_t *cr = sheet->pen.cr;
	char two[TWO_SIZE];
	double width = hypot(sheet->width, sheet->bottom - sheet->top);
	double height;

	sheet_two(sheet, N_("DRAFT – NOT VALID"), "\n", two);
	height = pen_height(&sheet->pen, TEXT_WATERMARK, width, two);
	cairo_save(cr);
	cairo_translate(
	    cr, sheet->paper_width / 2, (sheet->top + sheet->bottom) / 2);
	cairo_rotate(cr, -atan2(sheet->bottom - sheet->top, sheet->width));
	cairo_set_source_rgb(cr, .86, .86, .86);
	pen_text(&sheet->pen, TEXT_WATERMARK, "P", -width / 2, -height / 2,
	    width, TEXT_CENTERED, two);
	cairo_restore(cr);
}
