/*
 * handover_join.c - many PDFs in one: handover.h. By libqpdf's C interface,
 * which notes errors in the handles.
 */
#include "sheet/handover.h"

#include "base/i18n.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

static qpdf_data
quiet(void)
{
	qpdf_data made = qpdf_init();

	qpdf_silence_errors(made);
	qpdf_set_suppress_warnings(made, QPDF_TRUE);
	return made;
}

/* The source stays open: pages are copied when all is written. */
static bool
add_pages(qpdf_data all, qpdf_data one, const struct bytes *pdf)
{
	int count;

	if (qpdf_read_memory(
		one, "letter", (const char *)pdf->at, pdf->len, NULL) != 0 ||
	    (count = qpdf_get_num_pages(one)) < 1)
		return false;
	for (int i = 0; i < count; i++)
		if (qpdf_add_page(all, one, qpdf_get_page_n(one, (size_t)i),
			QPDF_FALSE) != 0)
			return false;
	return !qpdf_has_error(one);
}

/* Measures of the code are real ones. */
static void
describe(qpdf_data all)
{
	qpdf_oh_replace_key(all, qpdf_get_root(all), "/ViewerPreferences",
	    qpdf_oh_parse(all, "<< /PrintScaling /None >>"));
	qpdf_set_info_key(all, "/Producer", "Sello");
}

static bool
write_out(qpdf_data all, struct bytes *out)
{
	if (qpdf_has_error(all) || qpdf_init_write_memory(all) != 0)
		return false;
	qpdf_set_deterministic_ID(all, QPDF_TRUE);
	qpdf_set_minimum_pdf_version(all, "1.7");
	qpdf_set_object_stream_mode(all, qpdf_o_generate);
	if (qpdf_write(all) != 0)
		return false;
	bytes_add(out, qpdf_get_buffer(all), qpdf_get_buffer_length(all));
	return !out->failed;
}

enum err
handover_join(const struct bytes *pdf, size_t count, struct bytes *out,
    struct errtext *err)
{
	qpdf_data all = quiet();
	qpdf_data *one = calloc(count, sizeof(qpdf_data));
	enum err rc = one == NULL      ? ERR_MEMORY
	    : qpdf_empty_pdf(all) != 0 ? ERR_INTERNAL
				       : ERR_OK;

	for (size_t i = 0; i < count && rc == ERR_OK; i++) {
		one[i] = quiet();
		if (!add_pages(all, one[i], &pdf[i]))
			rc = ERR_DATA;
	}
	if (rc == ERR_OK) {
		describe(all);
		rc = write_out(all, out) ? ERR_OK : ERR_INTERNAL;
	}
	for (size_t i = 0; one != NULL && i < count; i++)
		if (one[i] != NULL)
			qpdf_cleanup(&one[i]);
	free(one);
	qpdf_cleanup(&all);
	if (rc != ERR_OK)
		err_set(err, rc, _("The PDF could not be made. Try again."));
	return rc;
}
