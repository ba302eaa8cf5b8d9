/*
 * The template as a spreadsheet, OpenDocument 1.2 (ISO/IEC 26300). Drop-down
 * lists are content validations (part 1, 9.4.5); what a cell wants is shown
 * when it is chosen.
 */
#include "base/i18n.h"
#include "issue/intake/intake.h"
#include "issue/intake/template.h"
#include "issue/intake/template_zip.h"
#include "letter/code.h"
#include "letter/xml.h"

#include <string.h>

#define ROWS      1000 /* that are prepared; more may be added */
#define FIRST_ROW 2    /* of codes, below the header */

/* Rows of the sheet of codes where countries stand: [first, last]. */
struct places {
	size_t countries_end, issuers_end;
};

static void
add_element(struct bytes *out, const char *text)
{
	bytes_add_text(out, "<text:p>");
	xml_escape(out, text);
	bytes_add_text(out, "</text:p>");
}

static void
add_cell(struct bytes *out, const char *text)
{
	bytes_add_text(out, "<table:table-cell office:value-type=\"string\">");
	add_element(out, text);
	bytes_add_text(out, "</table:table-cell>");
}

/* ---- what may stand in a column ----------------------------------------- */

static void
add_item(struct bytes *out, bool *first, const char *code)
{
	bytes_addf(out, "%s&quot;%s&quot;", *first ? "" : ";", code);
	*first = false;
}

static void
add_codes(struct bytes *out, bool *first, const struct code *codes)
{
	for (const struct code *c = codes; c->code != NULL; c++)
		add_item(out, first, c->code);
}

static bool
has_list(int field, const struct trust_list *list)
{
	if (field >= FIELD_COUNT)
		return false;
	switch (field_table[field].kind) {
	case KIND_CODE:
	case KIND_COUNTRY:
	case KIND_PATHWAY:
	case KIND_TRUE:
		return true;
	case KIND_CONSULATE:
		return list != NULL && list->consulate_count > 0;
	case KIND_COUNTRIES: /* one to three: no list can say that */
	case KIND_LETTER_NUMBER:
	case KIND_TEXT:
	case KIND_NAME:
	case KIND_INSTANT:
	case KIND_DATE:
	case KIND_BIRTH_DATE:
	case KIND_SALT:
	case KIND_DEPENDANTS:
		return false;
	}
	return false;
}

static void
add_list(struct bytes *out, int field, const struct trust_list *list,
    const struct places *places)
{
	const struct field *f = &field_table[field];
	bool first = true;

	if (f->kind == KIND_COUNTRY) {
		bytes_add_text(out, "[$'");
		xml_escape(out, _("Codes"));
		bytes_addf(out, "'.$B$%d:.$B$%zu]", FIRST_ROW,
		    field == FIELD_DESTINATION ? places->countries_end
					       : places->issuers_end);
	} else if (f->kind == KIND_CODE)
		add_codes(out, &first, f->codes);
	else if (f->kind == KIND_TRUE) {
		add_item(out, &first, "true");
		add_item(out, &first, "false");
	} else if (f->kind == KIND_PATHWAY) {
		add_codes(out, &first, code_pathway);
		for (size_t i = 0; list != NULL && i < list->pathway_count; i++)
			add_item(out, &first, list->pathways[i].code);
	} else if (f->kind == KIND_CONSULATE)
		for (size_t i = 0; i < list->consulate_count; i++)
			add_item(out, &first, list->consulates[i].code);
}

static void
add_validation(struct bytes *out, size_t column, const struct trust_list *list,
    const struct places *places)
{
	int field = template_columns[column].field;
	struct bytes note = { 0 };

	bytes_addf(
	    out, "<table:content-validation table:name=\"v%zu\"", column);
	if (has_list(field, list)) {
		bytes_add_text(
		    out, " table:condition=\"of:cell-content-is-in-list(");
		add_list(out, field, list, places);
		bytes_add_text(out, ")\" table:display-list=\"unsorted\"");
	}
	bytes_add_text(out, " table:allow-empty-cell=\"true\">");
	template_note(&template_columns[column], &note);
	bytes_addf(out,
	    "<table:help-message table:title=\"%s\" table:display=\"true\">",
	    intake_field_key(field));
	add_element(out, note.failed ? "" : (const char *)note.at);
	bytes_add_text(out, "</table:help-message>");
	bytes_add_text(out,
	    "<table:error-message table:message-type=\"stop\" "
	    "table:display=\"true\">");
	add_element(out, note.failed ? "" : (const char *)note.at);
	bytes_add_text(
	    out, "</table:error-message></table:content-validation>");
	out->failed |= note.failed;
	bytes_free(&note);
}

/* ---- the sheet of codes ------------------------------------------------- */

static size_t
add_code_row(
    struct bytes *out, const char *column, const char *code, const char *label)
{
	bytes_add_text(out, "<table:table-row>");
	add_cell(out, column);
	add_cell(out, code);
	add_cell(out, label);
	bytes_add_text(out, "</table:table-row>");
	return 1;
}

static size_t
add_code_rows(struct bytes *out, const char *column, const struct code *codes)
{
	size_t rows = 0;

	for (const struct code *c = codes; c->code != NULL; c++)
		rows += add_code_row(out, column, c->code, _(c->label));
	return rows;
}

/* Countries stand first, so that ranges can name them. */
static void
add_country_rows(struct bytes *out, struct places *places)
{
	char key[INTAKE_COLUMN_SIZE];
	const struct country *country;
	size_t row = FIRST_ROW - 1;

	intake_column_shown(FIELD_NATIONALITY, key);
	for (size_t i = 0; (country = country_at(i)) != NULL; i++)
		row +=
		    add_code_row(out, key, country->alpha3, _(country->label));
	places->countries_end = row;
	row += add_code_rows(out, key, code_authority);
	places->issuers_end = row;
	add_code_rows(out, key, code_no_country);
}

static void
add_list_rows(struct bytes *out, const struct trust_list *list)
{
	char column[INTAKE_COLUMN_SIZE];

	intake_column_shown(FIELD_CONSULATE, column);
	for (size_t i = 0; list != NULL && i < list->consulate_count; i++)
		add_code_row(out, column, list->consulates[i].code,
		    list->consulates[i].name);
	intake_column_shown(FIELD_PATHWAY, column);
	add_code_rows(out, column, code_pathway);
	for (size_t i = 0; list != NULL && i < list->pathway_count; i++) {
		const struct trust_pathway *p = &list->pathways[i];
		const char *label = trust_pathway_label(p, i18n_language());

		add_code_row(out, column, p->code, label == NULL ? "" : label);
	}
	for (int f = 0; f < FIELD_COUNT; f++)
		if (field_table[f].kind == KIND_CODE &&
		    field_table[f].source == FROM_ROW)
			add_code_rows(out, intake_column_shown(f, column),
			    field_table[f].codes);
	add_code_rows(out, intake_column_shown(FIELD_DEPENDANTS, column),
	    field_row(FIELD_DEPENDANT_RELATIONSHIP)->codes);
}

static void
add_codes_sheet(
    struct bytes *out, const struct trust_list *list, struct places *places)
{
	bytes_add_text(out, "<table:table table:name=\"");
	xml_escape(out, _("Codes"));
	bytes_add_text(out,
	    "\"><table:table-column table:style-name=\"wide\" "
	    "table:number-columns-repeated=\"3\" "
	    "table:default-cell-style-name=\"text\"/>"
	    "<table:table-row>");
	add_cell(out, _("Column"));
	add_cell(out, _("Code"));
	add_cell(out, _("Meaning"));
	bytes_add_text(out, "</table:table-row>");
	add_country_rows(out, places);
	add_list_rows(out, list);
	bytes_add_text(out, "</table:table>");
}

/* ---- the sheet of people ------------------------------------------------ */

static void
add_header_cell(struct bytes *out, const struct template_column *column)
{
	char shown[INTAKE_COLUMN_SIZE];
	struct bytes note = { 0 };

	template_note(column, &note);
	bytes_add_text(out,
	    "<table:table-cell table:style-name=\"head\" "
	    "office:value-type=\"string\"><office:annotation>");
	add_element(out, note.failed ? "" : (const char *)note.at);
	bytes_add_text(out, "</office:annotation>");
	add_element(out, intake_column_shown(column->field, shown));
	bytes_add_text(out, "</table:table-cell>");
	out->failed |= note.failed;
	bytes_free(&note);
}

static void
add_people_sheet(struct bytes *out)
{
	bytes_add_text(out, "<table:table table:name=\"");
	xml_escape(out, _("People"));
	bytes_addf(out,
	    "\"><table:table-column table:style-name=\"wide\" "
	    "table:number-columns-repeated=\"%zu\" "
	    "table:default-cell-style-name=\"text\"/><table:table-row>",
	    template_column_count);
	for (size_t i = 0; i < template_column_count; i++)
		add_header_cell(out, &template_columns[i]);
	bytes_addf(out,
	    "</table:table-row>"
	    "<table:table-row table:number-rows-repeated=\"%d\">",
	    ROWS);
	for (size_t i = 0; i < template_column_count; i++)
		bytes_addf(out,
		    "<table:table-cell table:style-name=\"text\" "
		    "table:content-validation-name=\"v%zu\"/>",
		    i);
	bytes_add_text(out, "</table:table-row></table:table>");
}

#define NAMESPACES                                                           \
	" xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"" \
	" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""   \
	" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""     \
	" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""   \
	" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:"             \
	"datastyle:1.0\""                                                    \
	" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:"                 \
	"xsl-fo-compatible:1.0\""                                            \
	" xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\""
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const char styles[] =
    "<office:automatic-styles>"
    "<number:text-style style:name=\"as-text\"><number:text-content/>"
    "</number:text-style>"
    "<style:style style:name=\"text\" style:family=\"table-cell\" "
    "style:data-style-name=\"as-text\"/>"
    "<style:style style:name=\"head\" style:family=\"table-cell\" "
    "style:data-style-name=\"as-text\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"wide\" style:family=\"table-column\">"
    "<style:table-column-properties style:column-width=\"4cm\"/>"
    "</style:style></office:automatic-styles>";

static void
add_content(struct bytes *out, const struct trust_list *list)
{
	struct places places = { 0 };
	struct bytes codes = { 0 };

	add_codes_sheet(&codes, list, &places);
	bytes_add_text(out,
	    XML "<office:document-content" NAMESPACES
		" office:version=\"1.2\">");
	bytes_add_text(out, styles);
	bytes_add_text(out,
	    "<office:body><office:spreadsheet>"
	    "<table:content-validations>");
	for (size_t i = 0; i < template_column_count; i++)
		add_validation(out, i, list, &places);
	bytes_add_text(out, "</table:content-validations>");
	add_people_sheet(out);
	bytes_add(out, codes.at, codes.len);
	bytes_add_text(out,
	    "</office:spreadsheet></office:body>"
	    "</office:document-content>\n");
	out->failed |= codes.failed;
	bytes_free(&codes);
}

enum err
template_ods(
    const struct trust_list *list, struct bytes *out, struct errtext *err)
{
	struct bytes content = { 0 };
	enum err rc = ERR_OK;

	add_content(&content, list);
	if (content.failed || !template_zip(&content, out))
		rc = err_memory(err);
	bytes_free(&content);
	return rc;
}
