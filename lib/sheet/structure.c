/*
 * structure.c - sheet/structure.h.
 */
#include "sheet/structure.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* --- marks --------------------------------------------------------------- */

/* The tree, walked in the order in which its elements were begun. */
struct walk {
	qpdf_data pdf;
	const struct mark *next, *end;
	size_t element;
};

static void
say(struct walk *w, qpdf_oh element)
{
	const struct mark *mark = w->next++;
	qpdf_data pdf = w->pdf;

	if (mark->lang != NULL)
		qpdf_oh_replace_key(pdf, element, "/Lang",
		    qpdf_oh_new_unicode_string(pdf, mark->lang));
	if (mark->alt[0] != '\0')
		qpdf_oh_replace_key(pdf, element, "/Alt",
		    qpdf_oh_new_unicode_string(pdf, mark->alt));
	if (mark->attributes[0] != '\0')
		qpdf_oh_replace_key(
		    pdf, element, "/A", qpdf_oh_parse(pdf, mark->attributes));
}

static void
walk_element(struct walk *w, qpdf_oh element)
{
	qpdf_oh kids;
	int i, count;

	/* else marked content */
	if (!qpdf_oh_is_dictionary(w->pdf, element) ||
	    !qpdf_oh_has_key(w->pdf, element, "/S"))
		return;
	if (w->next < w->end && w->next->element == w->element)
		say(w, element);
	w->element++;
	kids = qpdf_oh_get_key(w->pdf, element, "/K");
	if (!qpdf_oh_is_array(w->pdf, kids)) {
		walk_element(w, kids);
		return;
	}
	count = qpdf_oh_get_array_n_items(w->pdf, kids);
	for (i = 0; i < count; i++)
		walk_element(w, qpdf_oh_get_array_item(w->pdf, kids, i));
}

void
structure_mark(qpdf_data pdf, qpdf_oh root, const struct marks *marks)
{
	struct walk w = { pdf, marks->mark, marks->mark + marks->count + 1, 0 };
	qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
	qpdf_oh top = qpdf_oh_get_key(pdf, tree, "/K");

	if (qpdf_oh_is_array(pdf, top))
		top = qpdf_oh_get_array_item(pdf, top, 0);
	walk_element(&w, top); /* the Document, which is all there is */
}

/* --- artifacts ----------------------------------------------------------- */

static bool
ends_in(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && memcmp(line + len - n, word, n) == 0;
}

/*
 * Whatever stands outside the marked content of an element becomes marked
 * content of its own. Cairo gives BDC and EMC lines of their own, outside of
 * text objects; a string that is folded over lines has a backslash or ")Tj"
 * at each end of a line, so no line of it looks like these.
 */
static void
mark_artifacts(const char *text, size_t len, struct bytes *out)
{
	const char *end = text + len, *next;
	bool element = false, artifact = false;

	for (; text < end; text = next) {
		next = memchr(text, '\n', (size_t)(end - text));
		next = next != NULL ? next + 1 : end;
		len = (size_t)(next - text);
		if (ends_in(text, len, " BDC\n")) {
			if (artifact)
				bytes_add_text(out, "EMC\n");
			artifact = false;
			element = true;
		} else if (!element && !artifact) {
			bytes_add_text(out, "/Artifact BMC\n");
			artifact = true;
		}
		bytes_add(out, text, len);
		if (len == 4 && memcmp(text, "EMC\n", 4) == 0)
			element = false;
	}
	if (artifact)
		bytes_add_text(out, "\nEMC\n");
}

/*
 * Packed here: Cairo did it already, qpdf would do it again, and a page with
 * its code has 80 kB. Level 4 takes a third of the usual 6's time for 2 % more
 * bytes.
 */
static bool
pack(const struct bytes *text, struct bytes *out)
{
	uLongf len = compressBound(text->len);
	Bytef *packed = malloc(len);
	bool good = packed != NULL &&
	    compress2(packed, &len, text->at, text->len, 4) == Z_OK;

	if (good)
		bytes_add(out, packed, len);
	free(packed);
	return good && !out->failed;
}

/* Half a page is none: false without memory. */
static bool
mark_page(qpdf_data pdf, qpdf_oh page)
{
	qpdf_oh contents = qpdf_oh_get_key(pdf, page, "/Contents");
	struct bytes marked = { 0 }, packed = { 0 };
	unsigned char *text = NULL;
	size_t len = 0;
	bool good;

	if (qpdf_oh_get_page_content_data(pdf, page, &text, &len) != 0)
		return false;
	mark_artifacts((const char *)text, len, &marked);
	good = !marked.failed && pack(&marked, &packed);
	qpdf_oh_replace_stream_data(pdf, contents, packed.at, packed.len,
	    qpdf_oh_new_name(pdf, "/FlateDecode"), qpdf_oh_new_null(pdf));
	/* tabulator through what could be filled in: as it is read */
	qpdf_oh_replace_key(pdf, page, "/Tabs", qpdf_oh_new_name(pdf, "/S"));
	bytes_wipe(&marked); /* it is a letter's */
	bytes_wipe(&packed);
	free(text);
	return good;
}

bool
structure_artifacts(qpdf_data pdf)
{
	int i, count = qpdf_get_num_pages(pdf);
	bool good = true;

	for (i = 0; i < count && good; i++)
		good = mark_page(pdf, qpdf_get_page_n(pdf, (size_t)i));
	return good;
}

/* --- fonts --------------------------------------------------------------- */

/* Of one page's fonts, those of two bytes a character. */
static void
map_fonts(qpdf_data pdf, qpdf_oh fonts)
{
	qpdf_oh font, kind;

	qpdf_oh_begin_dict_key_iter(pdf, fonts);
	while (qpdf_oh_dict_more_keys(pdf)) {
		font = qpdf_oh_get_key(pdf, fonts, qpdf_oh_dict_next_key(pdf));
		font = qpdf_oh_get_key(pdf, font, "/DescendantFonts");
		if (!qpdf_oh_is_array(pdf, font))
			continue;
		font = qpdf_oh_get_array_item(pdf, font, 0);
		kind = qpdf_oh_get_key(pdf, font, "/Subtype");
		if (qpdf_oh_is_name_and_equals(pdf, kind, "/CIDFontType2"))
			qpdf_oh_replace_key(pdf, font, "/CIDToGIDMap",
			    qpdf_oh_new_name(pdf, "/Identity"));
	}
}

void
structure_fonts(qpdf_data pdf)
{
	int i, count = qpdf_get_num_pages(pdf);
	qpdf_oh page;

	for (i = 0; i < count; i++) {
		page = qpdf_get_page_n(pdf, (size_t)i);
		page = qpdf_oh_get_key(pdf, page, "/Resources");
		map_fonts(pdf, qpdf_oh_get_key(pdf, page, "/Font"));
	}
}
