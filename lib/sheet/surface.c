/*
 * surface.c - sheet/surface.h.
 */
#include "sheet/surface.h"

const struct paper sheet_papers[] = {
	[PAPER_LETTER] = { 612, 792, 0 },
	[PAPER_A4] = { MM(210), MM(297), MM(6) },
};

static cairo_status_t
collect(void *closure, const unsigned char *data, unsigned int len)
{
	struct bytes *pdf = closure;

	bytes_add(pdf, data, len);
	return pdf->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
surface_new(enum sheet_paper paper, struct bytes *pdf)
{
	return cairo_pdf_surface_create_for_stream(collect, pdf,
	    sheet_papers[paper].width, sheet_papers[paper].height);
}

enum err
surface_end(cairo_surface_t *surface, cairo_t *cr, const struct bytes *pdf)
{
	cairo_status_t status = cairo_status(cr);

	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (pdf->failed || status == CAIRO_STATUS_NO_MEMORY)
		return ERR_MEMORY;
	return status == CAIRO_STATUS_SUCCESS ? ERR_OK : ERR_INTERNAL;
}

/* One path for the whole symbol, a rectangle for each run of black modules:
 * filled at once it shows no seams between rows. */
void
surface_symbol(
    cairo_t *cr, const struct symbol *s, double x, double y, double module)
{
	int row, from, to;

	for (row = 0; row < s->width; row++)
		for (from = 0; from < s->width; from = to + 1) {
			const uint8_t *line = s->module + row * s->width;

			while (from < s->width && !line[from])
				from++;
			for (to = from; to < s->width && line[to]; to++)
				;
			if (to > from)
				cairo_rectangle(cr, x + from * module,
				    y + row * module, (to - from) * module,
				    module);
		}
	cairo_fill(cr);
}
