/*
 * decode_pdf.c - pages are drawn as on a screen, annotations included: what
 * a reader of the PDF sees is what is searched.
 */
#include "scan/decode_pdf.h"

#include "scan/decode_gray.h"
#include "scan/magic.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define PAGE_PIXEL_MAX  (16u << 20) /* of one page as drawn */

/* Poppler and its fonts talk to whoever listens; nobody does. */
static GLogWriterOutput
say_nothing(
    GLogLevelFlags level, const GLogField *fields, gsize count, gpointer arg)
{
	(void)level;
	(void)fields;
	(void)count;
	(void)arg;
	return G_LOG_WRITER_HANDLED;
}

static gboolean
take_block(const gchar *block, gsize len, gpointer arg, GError **error)
{
	struct bytes *file = arg;

	(void)error;
	if (file->len + len > MAGIC_LETTER_MAX)
		return FALSE;
	bytes_add(file, block, len);
	return !file->failed;
}

/* Only a file that could be a letter of ours is handed on. */
static void
take_attachment(PopplerAttachment *attachment, struct found *found)
{
	struct bytes file = { 0 };

	if (poppler_attachment_save_to_callback(
		attachment, take_block, &file, NULL) &&
	    magic_has_letter(file.at, file.len))
		found_add(found, PROTOCOL_XML, file.at, file.len);
	bytes_free(&file);
}

static void
take_attachments(PopplerDocument *document, struct found *found)
{
	GList *list, *at;
	int count = 0;

	if (!poppler_document_has_attachments(document))
		return;
	list = poppler_document_get_attachments(document);
	for (at = list; at != NULL; at = at->next) {
		if (count++ < PDF_FILE_MAX)
			take_attachment(at->data, found);
		g_object_unref(at->data);
	}
	g_list_free(list);
}

static void
to_gray(cairo_surface_t *surface, struct gray *out)
{
	const unsigned char *from = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	uint32_t x, y, pixel;

	for (y = 0; y < out->height; y++) {
		uint8_t *to = gray_row(out, y);

		for (x = 0; x < out->width; x++) {
			memcpy(&pixel, from + (size_t)stride * y + 4 * x, 4);
			to[x] = (uint8_t)(((pixel >> 16 & 255) * 77 +
					      (pixel >> 8 & 255) * 150 +
					      (pixel & 255) * 29) >>
			    8);
		}
	}
}

static enum err
draw(
    PopplerPage *page, double scale, cairo_surface_t *surface, struct gray *out)
{
	cairo_t *cairo = cairo_create(surface);
	cairo_status_t status;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	status = cairo_status(cairo);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return ERR_UNREADABLE;
	to_gray(surface, out);
	return ERR_OK;
}

/* A page in pixels; huge pages at fewer dots per inch. */
static enum err
page_gray(PopplerPage *page, double dpi, struct gray *out)
{
	struct gray picture = { 0 };
	cairo_surface_t *surface;
	double width, height, scale = dpi / POINTS_PER_INCH;
	enum err rc;

	poppler_page_get_size(page, &width, &height);
	if (!(width >= 1 && height >= 1 && width < 1e6 && height < 1e6))
		return ERR_LIMIT;
	if (width * height * scale * scale > PAGE_PIXEL_MAX)
		scale = sqrt(PAGE_PIXEL_MAX / (width * height));
	if (!gray_fits((uint64_t)(width * scale), (uint64_t)(height * scale)))
		return ERR_LIMIT;
	if (!gray_new(&picture, (uint64_t)(width * scale),
		(uint64_t)(height * scale)))
		return ERR_MEMORY;
	surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)picture.width, (int)picture.height);
	rc = draw(page, scale, surface, &picture);
	cairo_surface_destroy(surface);
	if (rc == ERR_OK)
		*out = picture;
	else
		gray_free(&picture);
	return rc;
}

static void
search_page(PopplerDocument *document, int number, double dpi, bool quick,
    struct search *search, struct found *found)
{
	PopplerPage *page = poppler_document_get_page(document, number);
	struct gray picture = { 0 };
	enum err rc;

	if (page == NULL) {
		found_bad(found, ERR_UNREADABLE);
		return;
	}
	if ((rc = page_gray(page, dpi, &picture)) != ERR_OK)
		found_bad(found, rc);
	else if (quick)
		search_quick(search, &picture);
	else
		search_thorough(search, &picture);
	gray_free(&picture);
	g_object_unref(page);
}

/* Every page at a glance, then each more closely while nothing was found. */
static void
search_pages(
    PopplerDocument *document, struct search *search, struct found *found)
{
	int count = poppler_document_get_n_pages(document);
	int i;

	if (count > PDF_PAGE_MAX) {
		found_bad(found, ERR_LIMIT);
		count = PDF_PAGE_MAX;
	}
	for (i = 0; i < count && search_has_time(search); i++)
		search_page(document, i, 200, true, search, found);
	for (i = 0; i < count && search_has_time(search) && !found->letter; i++)
		search_page(document, i, 300, false, search, found);
}

void
pdf_search(const struct bytes *file, struct search *search, struct found *found)
{
	PopplerDocument *document;
	GBytes *bytes;

	g_log_set_writer_func(say_nothing, NULL, NULL);
	bytes = g_bytes_new_static(file->at, file->len);
	document = poppler_document_new_from_bytes(bytes, NULL, NULL);
	g_bytes_unref(bytes);
	if (document == NULL) {
		found_bad(found, ERR_UNREADABLE);
		return;
	}
	take_attachments(document, found);
	search_pages(document, search, found);
	g_object_unref(document);
}
