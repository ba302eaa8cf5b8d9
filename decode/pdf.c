/*
 * pdf.c - pages are drawn as on a screen, annotations included: what
 * a reader of the PDF sees is what is searched.
 */
#include "decode/pdf.h"

#include "base/encode.h"
#include "decode/deadline.h"
#include "decode/gray.h"
#include "decode/hint.h"
#include "decode/pdf_time.h"
#include "scan/magic.h"

#include <math.h>
#include <poppler.h>
#include <stdio.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define PAGE_PIXEL_MAX  (16u << 20) /* of one page as drawn */

#define NUMBER_MAX 32 /* bytes of a letter's number */

#define TOO_MUCH PROTOCOL_BAD " " PROTOCOL_BAD_LIMIT "\n" PROTOCOL_END "\n"

struct pdf {
	PopplerDocument *document;
	long draw_ms;         /* there are for each page */
	int end;              /* pages from there on are not looked at */
	char words[64];       /* said when the time is over */
	struct paged *paged;  /* where its answer goes */
	struct bytes numbers; /* of attached letters, each with a NUL */
};

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
read_block(const gchar *block, gsize len, gpointer arg, GError **error)
{
	struct bytes *file = arg;

	(void)error;
	if (file->len + len > MAGIC_LETTER_MAX)
		return FALSE;
	bytes_add(file, block, len);
	return !file->failed;
}

/* A sheet of several pages names its letter on each. */
static void
keep_number(struct pdf *pdf, const struct bytes *file)
{
	static const char before[] = "<LetterNumber>";
	const uint8_t *at = memmem(file->at, file->len, before, strlen(before));
	struct reader r, number;

	if (at == NULL)
		return;
	r = (struct reader){ at, file->len - (size_t)(at - file->at) };
	if (reader_skip_text(&r, before) && reader_until(&r, '<', &number) &&
	    number.left > 0 && number.left <= NUMBER_MAX) {
		bytes_add(&pdf->numbers, number.at, number.left);
		bytes_add_byte(&pdf->numbers, '\0');
	}
}

/* Only a file that could be a letter of ours is handed on. */
static void
read_attachment(struct pdf *pdf, PopplerAttachment *attachment)
{
	struct bytes file = { 0 };

	if (poppler_attachment_save_to_callback(
		attachment, read_block, &file, NULL) &&
	    magic_has_letter(file.at, file.len)) {
		bytes_add_text(&pdf->paged->answer, PROTOCOL_XML " ");
		base64_encode(file.at, file.len, &pdf->paged->answer);
		bytes_add_byte(&pdf->paged->answer, '\n');
		keep_number(pdf, &file);
	}
	bytes_free(&file);
}

static void
read_attachments(struct pdf *pdf)
{
	GList *list, *at;
	int count = 0;

	if (!poppler_document_has_attachments(pdf->document))
		return;
	list = poppler_document_get_attachments(pdf->document);
	for (at = list; at != NULL; at = at->next) {
		if (count++ < PDF_FILE_MAX)
			read_attachment(pdf, at->data);
		else
			found_bad(pdf->paged->found, ERR_LIMIT);
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
	deadline_run();
	poppler_page_render(page, cairo);
	deadline_pause();
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
	for (int i = 0; i < 2; i++)
		picture.um[i] =
		    (uint32_t)lround((i == 0 ? picture.width : picture.height) /
			scale * 25400 / POINTS_PER_INCH);
	if (rc == ERR_OK)
		*out = picture;
	else
		gray_free(&picture);
	return rc;
}

/* For g_free(). */
static gchar *
text_of(PopplerPage *page)
{
	gchar *text;

	deadline_run();
	text = poppler_page_get_text(page);
	deadline_pause();
	return text;
}

/* Is one of the attached letters' numbers printed on it, as text? */
static bool
goes_on(const struct pdf *pdf, PopplerPage *page)
{
	struct reader numbers = { pdf->numbers.at, pdf->numbers.len };
	struct reader number;
	gchar *text = NULL;
	uint8_t end;
	bool found = false;

	if (numbers.left > 0)
		text = text_of(page);
	while (text != NULL && !found &&
	    reader_until(&numbers, '\0', &number) &&
	    reader_byte(&numbers, &end))
		found = strstr(text, (const char *)number.at) != NULL;
	g_free(text);
	return found;
}

static enum err
draw_for(struct pdf *pdf, PopplerPage *page, double dpi, struct gray *out)
{
	enum err rc = page_gray(page, dpi, out);

	if (rc == ERR_OK)
		search_drawn(pdf->paged->search, gray_size(out));
	return rc;
}

/* Words are there even when their font is not, which no page then shows. */
static bool
has_words(PopplerPage *page)
{
	gchar *text = text_of(page);
	bool has = text != NULL && text[strspn(text, " \t\r\n\f")] != '\0';

	g_free(text);
	return has;
}

/* At a glance, then, unless it is blank, closely. The word for it. */
static const char *
search_page(struct pdf *pdf, PopplerPage *page)
{
	struct search *search = pdf->paged->search;
	struct found *found = pdf->paged->found;
	struct gray picture = { 0 };
	bool blank, more;

	if (draw_for(pdf, page, 200, &picture) != ERR_OK)
		return PROTOCOL_PAGE_BAD;
	found_picture(found, &picture);
	search_quick(search, &picture);
	blank = found->count == 0 && gray_is_blank(&picture);
	more = found->letter && search_has_more(search, &picture);
	gray_free(&picture);
	if (blank && !has_words(page))
		return PROTOCOL_PAGE_BLANK;
	if (blank) { /* and nothing else, so it has no code */
		found->hint = HINT_NO_CODE;
		return PROTOCOL_PAGE_READ;
	}
	if (found->letter && !more)
		return PROTOCOL_PAGE_READ;
	if (found->count == 0 && goes_on(pdf, page))
		return PROTOCOL_PAGE_MORE;
	if (draw_for(pdf, page, 300, &picture) != ERR_OK)
		return PROTOCOL_PAGE_BAD;
	search_thorough(search, &picture);
	search_rest(search, &picture);
	if (found->count == 0)
		found->hint = hint_of(&picture);
	gray_free(&picture);
	return PROTOCOL_PAGE_READ;
}

/* This page cannot be drawn, number from 1, and only another process can draw the
 * next one. */
static void
limit_page(struct pdf *pdf, int number)
{
	snprintf(pdf->words, sizeof(pdf->words),
	    PROTOCOL_PAGE " %d " PROTOCOL_PAGE_BAD "\n%s\n", number,
	    number < pdf->end ? PROTOCOL_AGAIN : PROTOCOL_END);
	deadline_set(pdf->draw_ms, pdf->words);
}

static PopplerPage *
get_page(struct pdf *pdf, int number)
{
	PopplerPage *page;

	limit_page(pdf, number + 1);
	deadline_run();
	page = poppler_document_get_page(pdf->document, number);
	deadline_pause();
	return page;
}

static bool
read_page(struct pdf *pdf, int number)
{
	PopplerPage *page = get_page(pdf, number);
	const char *word = PROTOCOL_PAGE_BAD;
	enum err before = pdf->paged->found->bad;

	search_begin(pdf->paged->search, SEARCH_WORK_MAX);
	if (page != NULL) {
		word = search_page(pdf, page);
		g_object_unref(page);
	}
	return paged_end(pdf->paged, number + 1, word, before);
}

static int
count_pages(struct pdf *pdf)
{
	int count;

	deadline_run();
	count = poppler_document_get_n_pages(pdf->document);
	deadline_pause();
	pdf->end = count < PDF_PAGE_MAX ? count : PDF_PAGE_MAX;
	return count < SCAN_PAGE_MAX ? count : SCAN_PAGE_MAX;
}

/* What stands before the pages, once. */
static bool
say_begin(struct pdf *pdf, int count)
{
	struct paged *paged = pdf->paged;

	paged_begin(paged, count);
	deadline_run();
	read_attachments(pdf);
	deadline_pause();
	if (paged->first > 0)
		bytes_reset(&paged->answer);
	return paged_say(paged);
}

static bool
read_pages(struct pdf *pdf)
{
	int count = count_pages(pdf), i;
	bool said;

	if (count <= 0) {
		found_bad(pdf->paged->found, ERR_UNREADABLE);
		return true;
	}
	said = say_begin(pdf, count);
	for (i = pdf->paged->first; i < pdf->end && said; i++)
		said = read_page(pdf, i);
	return said;
}

/* Tables are read when the first document is opened and kept while one is. */
void
pdf_load(void)
{
	static const char empty[] =
	    "%PDF-1.4\n"
	    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
	    "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
	    "trailer<</Root 1 0 R>>\n";
	static PopplerDocument *kept;
	GBytes *bytes;

	if (kept != NULL)
		return;
	g_log_set_writer_func(say_nothing, NULL, NULL);
	bytes = g_bytes_new_static(empty, sizeof(empty) - 1);
	kept = poppler_document_new_from_bytes(bytes, NULL, NULL);
	g_bytes_unref(bytes);
}

bool
pdf_search(const struct bytes *file, struct paged *paged)
{
	struct pdf pdf = { .paged = paged };
	GError *why = NULL;
	GBytes *bytes;
	bool said = true;

	pdf_load();
	pdf.draw_ms = pdf_time_for(file);
	deadline_set(pdf.draw_ms, TOO_MUCH);
	bytes = g_bytes_new_static(file->at, file->len);
	deadline_run();
	pdf.document = poppler_document_new_from_bytes(bytes, NULL, &why);
	deadline_pause();
	g_bytes_unref(bytes);
	if (pdf.document == NULL)
		found_bad(paged->found,
		    g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
			? ERR_REFUSED
			: ERR_UNREADABLE);
	else {
		said = read_pages(&pdf);
		g_object_unref(pdf.document);
	}
	g_clear_error(&why);
	bytes_free(&pdf.numbers);
	return said;
}
