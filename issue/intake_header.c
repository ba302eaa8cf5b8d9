/* The header line: which column holds which field. */
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake_row.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX   40 /* bytes of a column's name in a message */
#define FOLDED_SIZE 64
#define NEAR        2 /* letters of difference that are taken for a slip */

static const struct {
	const char *key;
	const char *label;
} input_only[] = {
	{ "row", N_("Row") },
	{ "center", N_("Center") },
	{ "documentNumber", N_("Document number") },
	{ "documentExpiry", N_("Document's last day") },
};
#define FIRST_INPUT_ONLY INTAKE_FIELD_ROW
_Static_assert(sizeof(input_only) / sizeof(input_only[0]) ==
	INTAKE_FIELD_END - FIRST_INPUT_ONLY,
    "every input-only column has its name");

const char *
intake_field_key(int field)
{
	if (field >= FIRST_INPUT_ONLY && field < INTAKE_FIELD_END)
		return input_only[field - FIRST_INPUT_ONLY].key;
	if (field >= FIELD_COUNT && field < FIELD_NONE)
		return field_table[FIELD_DEPENDANTS].key;
	if (field < 0 || field >= FIELD_COUNT)
		return NULL;
	return field_table[field].key;
}

const char *
intake_field_label(int field)
{
	if (field >= FIRST_INPUT_ONLY && field < INTAKE_FIELD_END)
		return input_only[field - FIRST_INPUT_ONLY].label;
	if (field >= FIELD_COUNT && field < FIELD_NONE)
		return field_table[FIELD_DEPENDANTS].label;
	if (field < 0 || field >= FIELD_COUNT)
		return NULL;
	return field_table[field].label;
}

/* Is there a column for this field in a file? */
static bool
is_column(int field)
{
	if (field < FIELD_COUNT)
		return field_table[field].source == FROM_ROW &&
		    field_table[field].key != NULL;
	return field >= FIRST_INPUT_ONLY;
}

static int
field_of_name(const char *name)
{
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (is_column(field) &&
		    strcmp(name, intake_field_key(field)) == 0)
			return field;
	return -1;
}

/* The program is known from the trust list, so its column may be left out. */
static bool
must_be_there(int field)
{
	return field < FIELD_COUNT && is_column(field) &&
	    field_table[field].required && field != FIELD_PROGRAM;
}

static void
fold(const char *name, char out[FOLDED_SIZE])
{
	size_t len = 0;

	for (; *name != '\0' && len < FOLDED_SIZE - 1; name++)
		if (isalnum((unsigned char)*name))
			out[len++] = (char)tolower((unsigned char)*name);
	out[len] = '\0';
}

/* Levenshtein distance of two short texts. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[FOLDED_SIZE], la = strlen(a), lb = strlen(b);

	for (size_t k = 0; k <= lb; k++)
		row[k] = k;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= lb; k++) {
			size_t best = diagonal + (a[i - 1] != b[k - 1]);

			if (row[k] + 1 < best)
				best = row[k] + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			diagonal = row[k];
			row[k] = best;
		}
	}
	return row[lb];
}

static bool
is_near(const char *name, int field)
{
	char a[FOLDED_SIZE], b[FOLDED_SIZE];

	fold(name, a);
	fold(intake_field_key(field), b);
	return strlen(a) > NEAR && distance(a, b) <= NEAR;
}

/* The field an unknown column was probably meant for; -1. */
static int
meant(const struct intake_header *header, const char *name)
{
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		if (is_column(field) && header->column_of[field] < 0 &&
		    is_near(name, field))
			return field;
	return -1;
}

/* A name out of the file may hold anything: safe on a terminal, and short. */
static void
add_shown(struct bytes *out, const char *name)
{
	size_t len = strlen(name);

	if (len > SHOWN_MAX) {
		len = SHOWN_MAX;
		while (len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80)
			len--;
		utf8_print_safe(name, len, out);
		bytes_add_text(out, "...");
		return;
	}
	utf8_print_safe(name, len, out);
}

static enum err
take_name(struct intake_header *header, const char *text, struct errtext *err)
{
	struct reader trimmed = intake_trim(text);
	size_t column = header->count;
	char *name = strndup((const char *)trimmed.at, trimmed.left);
	struct bytes shown = { 0 };
	int field;

	if (name == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	header->name[header->count++] = name;
	for (size_t i = 0; i < column; i++) {
		if (name[0] == '\0' || strcmp(header->name[i], name) != 0)
			continue;
		add_shown(&shown, name);
		err_set(err, ERR_DATA,
		    _("the column %s stands twice in the first line; remove "
		      "or rename one of the two"),
		    shown.at == NULL ? "" : (const char *)shown.at);
		bytes_free(&shown);
		return ERR_DATA;
	}
	header->field_of[column] = field = field_of_name(name);
	if (field >= 0)
		header->column_of[field] = (int)column;
	else
		header->is_stray_number[column] =
		    is_near(name, INTAKE_FIELD_DOCUMENT_NUMBER);
	return ERR_OK;
}

/* "validFrom, surnames (called Surname here?)" */
static void
add_missing(const struct intake_header *header, int field, struct bytes *out)
{
	if (out->len > 0)
		bytes_add_text(out, ", ");
	bytes_add_text(out, intake_field_key(field));
	for (size_t i = 0; i < header->count; i++) {
		if (header->field_of[i] >= 0 ||
		    !is_near(header->name[i], field))
			continue;
		bytes_add_text(out, " (");
		add_shown(out, header->name[i]);
		bytes_add_text(out, "?)");
		return;
	}
}

static enum err
check_required(const struct intake_header *header, struct errtext *err)
{
	struct bytes missing = { 0 };
	enum err rc = ERR_OK;

	for (int field = 0; field < FIELD_COUNT; field++)
		if (must_be_there(field) && header->column_of[field] < 0)
			add_missing(header, field, &missing);
	if (missing.failed)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	else if (missing.len > 0)
		rc = err_set(err, ERR_DATA,
		    _("the first line lacks required columns: %s; add or "
		      "rename them, written exactly so"),
		    (const char *)missing.at);
	bytes_free(&missing);
	return rc;
}

static void
add_ignored(
    const struct intake_header *header, size_t column, struct bytes *out)
{
	const char *name = header->name[column];
	int field = meant(header, name);

	if (out->len > 0)
		bytes_add_text(out, ", ");
	if (name[0] == '\0')
		bytes_addf(out, _("number %zu, without a name"), column + 1);
	else
		add_shown(out, name);
	if (field >= 0)
		bytes_addf(out, " (%s?)", intake_field_key(field));
}

static enum err
list_ignored(const struct intake_header *header, struct problem *file,
    size_t *file_count, struct errtext *err)
{
	struct bytes ignored = { 0 };

	for (size_t i = 0; i < header->count; i++)
		if (header->field_of[i] < 0)
			add_ignored(header, i, &ignored);
	if (ignored.failed) {
		bytes_free(&ignored);
		return err_set(err, ERR_MEMORY, _("out of memory"));
	}
	if (ignored.len > 0) {
		problem_set(file, W_COLUMN, FIELD_NONE,
		    _("Columns that are not used here: %s"),
		    (const char *)ignored.at);
		*file_count = 1;
	}
	bytes_free(&ignored);
	return ERR_OK;
}

enum err
intake_header_read(const struct csv_record *record, struct intake_header *out,
    struct problem *file, size_t *file_count, struct errtext *err)
{
	enum err rc;

	*file_count = 0;
	for (int field = 0; field < INTAKE_FIELD_END; field++)
		out->column_of[field] = -1;
	for (size_t i = 0; i < record->count; i++)
		if ((rc = take_name(out, record->value[i], err)) != ERR_OK)
			return rc;
	if ((rc = check_required(out, err)) != ERR_OK)
		return rc;
	return list_ignored(out, file, file_count, err);
}

void
intake_header_free(struct intake_header *header)
{
	for (size_t i = 0; i < header->count; i++)
		free(header->name[i]);
	*header = (struct intake_header){ 0 };
}
