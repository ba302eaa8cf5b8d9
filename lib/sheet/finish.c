#include "sheet/finish.h"

#include "base/i18n.h"
#include "letter/xml.h"
#include "sheet/structure.h"

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

/* The C interface of libqpdf notes errors in the document handle; one look
 * at the end, before anything is written, finds them all. */

static qpdf_oh
parse(qpdf_data pdf, const struct bytes *text)
{
	return qpdf_oh_parse(pdf, text->failed ? "null" : (char *)text->at);
}

/* A new stream object of these bytes; compressed when written. */
static qpdf_oh
stream(qpdf_data pdf, const struct bytes *data)
{
	qpdf_oh made = qpdf_oh_new_stream(pdf);

	qpdf_oh_replace_stream_data(pdf, made, data->at, data->len,
	    qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
	return made;
}

/* "2026-11-23T18:00:00Z" as a PDF date, without the parentheses */
static void
add_date(struct bytes *out, const char *iso)
{
	bytes_addf(out, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", iso, iso + 5, iso + 8,
	    iso + 11, iso + 14, iso + 17);
}

/*
 * The attachment, findable in both ways: /Names/EmbeddedFiles for every
 * reader, /AF with /AFRelationship /Source (ISO 32000-2, 14.13) for those
 * that ask what the page was made from.
 */
static void
attach(qpdf_data pdf, qpdf_oh root, const struct bytes *xml,
    const struct sheet_meta *meta)
{
	struct bytes text = { 0 };
	qpdf_oh file = stream(pdf, xml), dict = qpdf_oh_get_dict(pdf, file);
	qpdf_oh spec, names, tree, files;

	bytes_addf(&text, "<< /Size %zu /ModDate (", xml->len);
	add_date(&text, meta->date);
	bytes_add_text(&text, ") >>");
	qpdf_oh_replace_key(
	    pdf, dict, "/Type", qpdf_oh_new_name(pdf, "/EmbeddedFile"));
	qpdf_oh_replace_key(
	    pdf, dict, "/Subtype", qpdf_oh_new_name(pdf, "/application/xml"));
	qpdf_oh_replace_key(pdf, dict, "/Params", parse(pdf, &text));

	bytes_reset(&text);
	bytes_addf(&text,
	    "<< /Type /Filespec /F (%s) /UF (%s) /AFRelationship /Source"
	    " /EF << >> >>",
	    meta->attachment, meta->attachment);
	spec = qpdf_make_indirect_object(pdf, parse(pdf, &text));
	qpdf_oh_replace_key(pdf, qpdf_oh_get_key(pdf, spec, "/EF"), "/F", file);

	names = qpdf_oh_new_array(pdf);
	qpdf_oh_append_item(
	    pdf, names, qpdf_oh_new_unicode_string(pdf, meta->attachment));
	qpdf_oh_append_item(pdf, names, spec);
	tree = qpdf_oh_parse(pdf, "<< /EmbeddedFiles << >> >>");
	qpdf_oh_replace_key(
	    pdf, qpdf_oh_get_key(pdf, tree, "/EmbeddedFiles"), "/Names", names);
	qpdf_oh_replace_key(pdf, root, "/Names", tree);
	files = qpdf_oh_new_array(pdf);
	qpdf_oh_append_item(pdf, files, spec);
	qpdf_oh_replace_key(pdf, root, "/AF", files);
	bytes_free(&text);
}

/* XMP (ISO 16684-1): the title is the letter's number, never a name. */
static void
write_xmp(const struct sheet_meta *meta, struct bytes *xmp)
{
	bytes_add_text(xmp,
	    "<?xpacket begin=\"\xEF\xBB\xBF\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf=\""
	    "http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\"\n"
	    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
	    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
	xml_escape(xmp, meta->title);
	bytes_addf(xmp,
	    "</rdf:li></rdf:Alt></dc:title>\n"
	    "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag>"
	    "</dc:language>\n"
	    "<xmp:CreateDate>%s</xmp:CreateDate>\n"
	    "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
	    "<pdf:Producer>Sello</pdf:Producer>\n"
	    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
	    "<?xpacket end=\"r\"?>",
	    meta->lang, meta->date, meta->date);
}

static void
describe(qpdf_data pdf, qpdf_oh root, const struct sheet_meta *meta)
{
	struct bytes xmp = { 0 };
	qpdf_oh metadata, dict;

	write_xmp(meta, &xmp);
	metadata = stream(pdf, &xmp);
	bytes_free(&xmp);
	dict = qpdf_oh_get_dict(pdf, metadata);
	qpdf_oh_replace_key(
	    pdf, dict, "/Type", qpdf_oh_new_name(pdf, "/Metadata"));
	qpdf_oh_replace_key(
	    pdf, dict, "/Subtype", qpdf_oh_new_name(pdf, "/XML"));
	qpdf_oh_replace_key(pdf, root, "/Metadata", metadata);
	qpdf_oh_replace_key(
	    pdf, root, "/Lang", qpdf_oh_new_unicode_string(pdf, meta->lang));
	qpdf_oh_replace_key(pdf, root, "/ViewerPreferences",
	    qpdf_oh_parse(
		pdf, "<< /PrintScaling /None /DisplayDocTitle true >>"));
	/* Cairo writes its version: a reprint after an update of the machine
	 * should differ in as little as possible */
	qpdf_set_info_key(pdf, "/Producer", "Sello");
}

/* Written to memory; false when anything since opening went wrong. */
static bool
write_out(qpdf_data pdf, struct bytes *out)
{
	if (qpdf_has_error(pdf) || qpdf_init_write_memory(pdf) != 0)
		return false;
	qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
	/* 1.7 knows attachments, PrintScaling and tags; /AF is of 2.0, and
	 * ignored by older readers */
	qpdf_set_minimum_pdf_version(pdf, "1.7");
	qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
	if (qpdf_write(pdf) != 0)
		return false;
	bytes_add(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
	return !out->failed;
}

enum err
sheet_finish(const struct bytes *pdf, const struct bytes *xml,
    const struct sheet_meta *meta, struct bytes *out, struct errtext *err)
{
	qpdf_data q = qpdf_init();
	enum err rc = ERR_INTERNAL;
	qpdf_oh root;

	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	if (qpdf_read_memory(
		q, "sheet", (const char *)pdf->at, pdf->len, NULL) != 0)
		goto out;
	root = qpdf_get_root(q);
	if (xml != NULL)
		attach(q, root, xml, meta);
	describe(q, root, meta);
	structure_mark(q, root, meta->marks);
	structure_fonts(q);
	if (structure_artifacts(q) && write_out(q, out))
		rc = ERR_OK;
out:
	if (rc != ERR_OK)
		err_set(err, rc, _("The PDF could not be made. Try again."));
	qpdf_cleanup(&q);
	return rc;
}
