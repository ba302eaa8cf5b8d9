/*
 * template.c - template.h.
 */
#include "issue/intake/template.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "issue/intake/intake.h"
#include "letter/code.h"
#include "letter/field.h"

#include <string.h>

/* In the order in which a person is asked. */
const struct template_column template_columns[] = {
	{ INTAKE_FIELD_ROW,
	    N_("any name for the line; comes back in reports") },
	{ INTAKE_FIELD_CENTER, N_("this center's code, or nothing") },
	{ FIELD_PROGRAM, N_("the program's code, or nothing") },
	{ FIELD_LANGUAGE, N_("language of the letter") },
	{ FIELD_PATHWAY, N_("the program line's three letters") },
	{ FIELD_OFFER_REFERENCE,
	    N_("reference of the offer: capitals, digits, / and -") },
	{ FIELD_REQUESTED_ACTION, N_("what the consulate is asked for") },
	{ FIELD_CONSULATE, N_("the consulate's code, like ES-GTGUA") },
	{ FIELD_DESTINATION, N_("a country's three letters, like ESP") },
	{ FIELD_CASE_REFERENCE, N_("leave it empty: it is made for you") },
	{ FIELD_SURNAMES,
	    N_("all surnames as on the document; a person with one name has "
	       "it here") },
	{ FIELD_GIVEN_NAMES, N_("given names as on the document, or nothing") },
	{ FIELD_BIRTH_DATE, N_("1990-05-02, 1990-05, 1990 or unknown") },
	{ FIELD_BIRTH_DATE_ESTIMATED, N_("true when it was estimated") },
	{ FIELD_SEX, N_("one of these, or nothing") },
	{ FIELD_NATIONALITY,
	    N_("a country's three letters, up to three countries: VEN;ITA") },
	{ FIELD_IDENTITY_BASIS, N_("how the person showed who they are") },
	{ FIELD_DOCUMENT_TYPE, N_("one of these, or nothing") },
	{ FIELD_DOCUMENT_COUNTRY,
	    N_("three letters of the country or organization that issued "
	       "it") },
	{ INTAKE_FIELD_DOCUMENT_NUMBER,
	    N_("the whole number; Sello keeps four characters of it") },
	{ FIELD_DOCUMENT_NUMBER_TAIL,
	    N_("only where the number is not at hand: the four characters") },
	{ INTAKE_FIELD_DOCUMENT_EXPIRY,
	    N_("the document's last day, 2031-05-02, or nothing") },
	{ FIELD_DEPENDANTS,
	    N_("Name|birth date|RELATIONSHIP, with ; before the next one") },
	{ FIELD_APPOINTMENT_DATE, N_("2027-01-18, or nothing") },
	{ FIELD_VALID_FROM, N_("first day, like 2026-11-02") },
	{ FIELD_VALID_UNTIL, N_("last day, at most 366 days after the first") },
};
const size_t template_column_count =
    sizeof(template_columns) / sizeof(template_columns[0]);

/* What may be typed there, NULL: no such list, or a long one. */
static const struct code *
codes_of(int field)
{
	const struct field *row =
	    field < FIELD_COUNT ? field_row((enum field_id)field) : NULL;

	if (row == NULL)
		return NULL;
	if (row->kind == KIND_PATHWAY)
		return code_pathway;
	if (row->kind == KIND_DEPENDANTS)
		return field_row(FIELD_DEPENDANT_RELATIONSHIP)->codes;
	return row->kind == KIND_CODE ? row->codes : NULL;
}

/* ": F Female, M Male" */
static void
add_codes(const struct code *codes, struct bytes *out)
{
	const char *before = ": ";

	for (; codes != NULL && codes->code != NULL; codes++) {
		bytes_addf(
		    out, "%s%s %s", before, codes->code, _(codes->label));
		before = ", ";
	}
}

void
template_note(const struct template_column *column, struct bytes *out)
{
	const char *label = _(intake_field_label(column->field));

	if (intake_column_is_required(column->field))
		bytes_addf(out, _("%s (required): %s"), label, _(column->note));
	else
		bytes_addf(out, _("%s: %s"), label, _(column->note));
	add_codes(codes_of(column->field), out);
}

enum err
template_csv(struct bytes *out, struct errtext *err)
{
	char shown[INTAKE_COLUMN_SIZE];
	struct bytes note = { 0 };

	bytes_add_text(out, "\xef\xbb\xbf"); /* spreadsheets need it */
	for (size_t i = 0; i < template_column_count; i++)
		csv_add(out,
		    intake_column_shown(template_columns[i].field, shown),
		    i == 0);
	bytes_add_text(out, "\r\n" INTAKE_NOTE_MARK);
	for (size_t i = 1; i < template_column_count; i++) {
		bytes_reset(&note);
		template_note(&template_columns[i], &note);
		csv_add(out, note.failed ? "" : (const char *)note.at, false);
	}
	bytes_add_text(out, "\r\n");
	out->failed |= note.failed;
	bytes_free(&note);
	return out->failed ? err_memory(err) : ERR_OK;
}
