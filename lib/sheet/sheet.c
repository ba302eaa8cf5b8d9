#include "sheet/sheet.h"

#include "base/i18n.h"
#include "sheet/finish.h"
#include "sheet/page.h"

#include <stdio.h>
#include <stdlib.h>

#define LARGE 1.56 /* the smallest type of 9 points becomes one of 14 */

/* Everything that would else come from the clock or from Cairo. */
static void
set_metadata(cairo_surface_t *surface, const struct sheet_meta *meta)
{
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_TITLE, meta->title);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATOR, "Sello");
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATE_DATE, meta->date);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_MOD_DATE, meta->date);
}

static void
lay_out(struct sheet *sheet)
{
	const struct paper *paper = &sheet_papers[sheet->options->paper];
	double scale = sheet->scale;

	sheet->paper_width = paper->width / scale;
	sheet->paper_height = paper->height / scale;
	sheet->left = ((paper->width - COMMON_WIDTH) / 2 + MARGIN) / scale;
	sheet->width = (COMMON_WIDTH - 2 * MARGIN) / scale;
	sheet->top = (paper->drop + MARGIN) / scale;
	sheet->bottom = (paper->drop + COMMON_HEIGHT - MARGIN) / scale;
	sheet_panel_place(sheet);
	sheet_rows_list(sheet);
}

static double
first_head(struct sheet *sheet)
{
	double y = sheet->top;

	y = sheet_letterhead(sheet, y);
	y = sheet_title(sheet, y);
	return sheet_notice(sheet, y);
}

static void
draw_marks(struct sheet *sheet)
{
	if (sheet->options->draft)
		sheet_watermark(sheet);
	if (sheet->options->training)
		sheet_training(sheet);
}

static void
draw_pages(struct sheet *sheet)
{
	cairo_t *cr = sheet->pen.cr;
	double next_y = sheet_running_head(sheet, sheet->top, false);
	double y;
	int page;

	pen_begin(&sheet->pen, "Document");
	draw_marks(sheet);
	y = first_head(sheet);
	if (sheet_request(sheet, y, false) >
	    sheet->bottom - sheet_foot(sheet, 0, PAGES_MANY)) {
		sheet->first_page = 1;
		y = next_y;
	}
	sheet_rows_place(sheet, sheet_request(sheet, y, false), next_y);
	for (page = 0; page < sheet->page_count; page++) {
		if (page > 0) {
			draw_marks(sheet);
			sheet_running_head(sheet, sheet->top, true);
		}
		if (page == sheet->first_page)
			sheet_request(sheet, y, true);
		sheet_rows_draw(sheet, page);
		if (page == sheet->panel.page)
			sheet_panel_draw(sheet);
		sheet_footer(sheet, page);
		if (page + 1 < sheet->page_count)
			cairo_show_page(cr);
	}
	pen_end(&sheet->pen, "Document");
}

/* Cairo's part: all pages, without attachment. */
static enum err
draw(struct sheet *sheet, struct sheet_fonts *fonts,
    const struct sheet_meta *meta, struct bytes *pdf)
{
	cairo_surface_t *surface = surface_new(sheet->options->paper, pdf);
	cairo_t *cr = cairo_create(surface);

	set_metadata(surface, meta);
	cairo_scale(cr, sheet->scale, sheet->scale);
	pen_init(&sheet->pen, cr, fonts, sheet->lang);
	lay_out(sheet);
	draw_pages(sheet);
	pen_clear(&sheet->pen);
	return surface_end(surface, cr, pdf);
}

enum err
sheet_pdf(const struct letter *letter, const struct symbol *symbol,
    const struct bytes *xml, const struct sheet_options *options,
    struct bytes *out, struct errtext *err)
{
	char title[128], date[32], name[LETTER_NUMBER_SIZE + 4];
	struct sheet_meta meta = { title, letter->language, date, name, NULL };
	struct sheet_fonts *own = NULL, *fonts = options->fonts;
	struct sheet *sheet = calloc(1, sizeof(*sheet));
	struct bytes pdf = { 0 };
	enum err rc = ERR_MEMORY;

	if (sheet == NULL)
		goto out;
	if (fonts == NULL) {
		if ((rc = sheet_fonts_new(&own, err)) != ERR_OK)
			goto out;
		fonts = own;
	}
	sheet->letter = letter;
	sheet->symbol = options->draft ? NULL : symbol;
	sheet->options = options;
	sheet->scale = options->large ? LARGE : 1;
	sheet->lang = letter->language;
	snprintf(title, sizeof(title), "%s %s",
	    i18n_in(letter->language, N_("Referral letter")), letter->number);
	snprintf(name, sizeof(name), "%s.xml", letter->number);
	/* a draft is not issued yet, but has a first day */
	snprintf(date, sizeof(date), "%s%s",
	    letter->issued_at[0] != '\0' ? letter->issued_at
					 : letter->valid_from,
	    letter->issued_at[0] != '\0' ? "" : "T00:00:00Z");
	if ((rc = draw(sheet, fonts, &meta, &pdf)) != ERR_OK) {
		err_set(err, rc, _("The PDF could not be drawn. Try again."));
		goto out;
	}
	meta.marks = &sheet->pen.marks;
	rc = sheet_finish(&pdf, options->draft ? NULL : xml, &meta, out, err);
out:
	sheet_fonts_free(&own);
	bytes_wipe(&pdf);
	free(sheet);
	return rc;
}
