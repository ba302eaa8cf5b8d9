/*
 * handover.c - drawing the list: handover.h. Joining is in handover_join.c.
 */
#include "sheet/handover.h"

#include "base/i18n.h"
#include "sheet/page.h"

#include <stdio.h>
#include <stdlib.h>

/* All within the part that both papers have, as on the letter. */
#define WIDTH       (COMMON_WIDTH - 2 * MARGIN)
#define NTH_WIDTH   MM(9)
#define GAP         MM(2)
#define LINE_HEIGHT MM(11) /* room for a signature */
#define SIGN_WIDTH  MM(58)

struct list {
	const struct handover *of;
	struct pen pen;
	double left, top, bottom;
	double number_width, name_width;
	int page;
};

static void
rule(struct list *list, double y, double thickness)
{
	cairo_set_line_width(list->pen.cr, thickness);
	cairo_move_to(list->pen.cr, list->left, y);
	cairo_line_to(list->pen.cr, list->left + WIDTH, y);
	cairo_stroke(list->pen.cr);
}

/* The columns' places, from the left. */
static double
number_x(const struct list *list)
{
	return list->left + NTH_WIDTH;
}

static double
name_x(const struct list *list)
{
	return number_x(list) + list->number_width + GAP;
}

static double
sign_x(const struct list *list)
{
	return name_x(list) + list->name_width + GAP;
}

static double
text(struct list *list, enum text_style style, double x, double y, double width,
    const char *what)
{
	return pen_text(&list->pen, style, NULL, x, y, width, TEXT_LEFT, what);
}

/* Title and the heads of the columns; where the lines begin. */
static double
draw_head(struct list *list)
{
	double y = list->top, high = 0;
	char about[768];

	y += text(list, TEXT_TITLE, list->left, y, WIDTH,
		 list->of->training ? _("Hand-over list (TRAINING)")
				    : _("Hand-over list")) +
	    MM(1);
	snprintf(about, sizeof(about), _("%s, %s, page %d"), list->of->center,
	    list->of->day, list->page);
	y += text(list, TEXT_BODY, list->left, y, WIDTH, about) + MM(1);
	y += text(list, TEXT_SMALL, list->left, y, WIDTH,
		 _("Everybody signs for their own letter when it is handed "
		   "over. This list has personal data: lock it away.")) +
	    MM(4);
	const struct {
		double x, width;
		const char *what;
	} heads[] = {
		{ number_x(list), list->number_width, _("Letter") },
		{ name_x(list), list->name_width, _("Name") },
		{ sign_x(list), SIGN_WIDTH, _("Received: date and signature") },
	};

	for (size_t i = 0; i < 3; i++) {
		double height = text(list, TEXT_LABEL, heads[i].x, y,
		    heads[i].width, heads[i].what);

		high = height > high ? height : high;
	}
	y += high + MM(1);
	rule(list, y, 1);
	return y;
}

static double
line_height(struct list *list, const struct handover_line *line)
{
	double name =
	    pen_height(&list->pen, TEXT_NAME, list->name_width, line->name) +
	    2 * GAP;

	return name > LINE_HEIGHT ? name : LINE_HEIGHT;
}

/* One of a line's texts: all stand on one line, whatever their types are. */
static void
part(struct list *list, enum text_style style, double x, double y, double width,
    const char *what)
{
	y += GAP + text_ascent(TEXT_NUMBER) - text_ascent(style);
	text(list, style, x, y, width, what);
}

static void
draw_line(struct list *list, size_t i, double y)
{
	const struct handover_line *line = &list->of->line[i];
	char nth[24];

	snprintf(nth, sizeof(nth), "%zu", i + 1);
	part(list, TEXT_VALUE, list->left, y, NTH_WIDTH, nth);
	part(list, TEXT_NUMBER, number_x(list), y, list->number_width,
	    line->number);
	part(list, TEXT_NAME, name_x(list), y, list->name_width, line->name);
	rule(list, y + line_height(list, line), 0.5);
}

static void
draw(struct list *list)
{
	double y = 0, height;

	/* ours has one length */
	list->number_width =
	    pen_width(&list->pen, TEXT_NUMBER, list->of->line[0].number) + 1;
	list->name_width =
	    WIDTH - NTH_WIDTH - list->number_width - SIGN_WIDTH - 2 * GAP;
	for (size_t i = 0; i < list->of->count; i++) {
		height = line_height(list, &list->of->line[i]);
		if (list->page == 0 || y + height > list->bottom) {
			if (list->page++ > 0)
				cairo_show_page(list->pen.cr);
			y = draw_head(list);
		}
		draw_line(list, i, y);
		y += height;
	}
}

enum err
handover_pdf(const struct handover *handover, struct sheet_fonts *fonts,
    struct bytes *out, struct errtext *err)
{
	const struct paper *paper = &sheet_papers[handover->paper];
	struct list *list = calloc(1, sizeof(*list));
	cairo_surface_t *surface;
	cairo_t *cr;
	enum err rc;

	if (list == NULL)
		return err_memory(err);
	surface = surface_new(handover->paper, out);
	cr = cairo_create(surface);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_TITLE, _("Hand-over list"));
	list->of = handover;
	list->left = (paper->width - WIDTH) / 2;
	list->top = paper->drop + MARGIN;
	list->bottom = paper->drop + COMMON_HEIGHT - MARGIN;
	pen_init(&list->pen, cr, fonts, i18n_language());
	draw(list);
	pen_clear(&list->pen);
	free(list);
	rc = surface_end(surface, cr, out);
	return rc == ERR_OK
	    ? ERR_OK
	    : err_set(err, rc, _("The PDF could not be drawn. Try again."));
}
