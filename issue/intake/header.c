/* The header line: which column holds which field. */
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX     40 /* bytes of a column's name in a message */
#define HEADER_LIKELY 3  /* known names that make a line a header */

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

json_t *
intake_problem_json(enum problem_code code, int field, const char *text)
{
	json_t *object = json_object();

	json_set_text(object, "code", problem_name(code));
	json_set_text(object, "field", intake_field_key(field));
	json_set_text(object, "text", text);
	return object;
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

const char *
intake_column_shown(int field, char out[INTAKE_COLUMN_SIZE])
{
	const char *key = intake_field_key(field);

	if (strcmp(i18n_language(), "en") == 0)
		text_copy(out, INTAKE_COLUMN_SIZE, key);
	else
		snprintf(out, INTAKE_COLUMN_SIZE, "%s (%s)",
		    _(intake_field_label(field)), key);
	return out;
}

/* The program is known from the trust list, and a case reference is made
 * where there is none, so their columns may be left out. */
bool
intake_column_is_required(int field)
{
	return field < FIELD_COUNT && intake_column_exists(field) &&
	    field_table[field].required && field != FIELD_PROGRAM &&
	    field != FIELD_CASE_REFERENCE;
}

/*
 * A name out of the file may hold anything: safe on a terminal, and short.
 * Where the header is missing, the first person stands there: what looks like
 * a document's number is not shown.
 */
static void
add_shown(struct bytes *out, const char *name)
{
	size_t len = strlen(name);

	if (intake_looks_like_number(name)) {
		bytes_add_byte(out, '?');
		return;
	}
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
refuse_twice(const char *name, const char *other, struct errtext *err)
{
	struct bytes shown = { 0 };

	bytes_add_text(&shown, "");
	add_shown(&shown, name);
	if (strcmp(name, other) != 0) {
		bytes_add_text(&shown, " = ");
		add_shown(&shown, other);
	}
	err_set(err, ERR_DATA,
	    _("the column %s stands twice in the first line; remove or rename "
	      "one of the two"),
	    shown.failed ? "" : (const char *)shown.at);
	bytes_free(&shown);
	return ERR_DATA;
}

static bool
is_left_out(const struct intake_context *context, const char *name)
{
	for (size_t i = 0; i < context->ignore_count; i++)
		if (intake_column_is_same(context->ignore[i], name))
			return true;
	return false;
}

static enum err
add_name(struct intake_header *header, const char *text,
    const struct intake_context *context, struct errtext *err)
{
	struct reader trimmed = intake_trim(text);
	size_t column = header->count;
	char *name = strndup((const char *)trimmed.at, trimmed.left);
	int field;

	if (name == NULL)
		return err_memory(err);
	header->name[header->count++] = name;
	header->field_of[column] = -1;
	header->is_stray_number[column] = intake_column_is_number(name);
	if ((header->is_left_out[column] = is_left_out(context, name)))
		return ERR_OK;
	for (size_t i = 0; i < column; i++)
		if (name[0] != '\0' && !header->is_left_out[i] &&
		    strcmp(header->name[i], name) == 0)
			return refuse_twice(name, name, err);
	if ((field = intake_column_field(name)) < 0)
		return ERR_OK;
	if (header->column_of[field] >= 0)
		return refuse_twice(
		    header->name[header->column_of[field]], name, err);
	header->field_of[column] = field;
	header->column_of[field] = (int)column;
	header->is_stray_number[column] = false;
	return ERR_OK;
}

/* "validFrom, surnames (called Surname here?)" */
static void
add_missing(const struct intake_header *header, int field, struct bytes *out)
{
	char shown[INTAKE_COLUMN_SIZE];

	if (out->len > 0)
		bytes_add_text(out, ", ");
	bytes_add_text(out, intake_column_shown(field, shown));
	for (size_t i = 0; i < header->count; i++) {
		if (header->field_of[i] >= 0 ||
		    intake_column_meant(header, header->name[i]) != field)
			continue;
		bytes_add_text(out, " (");
		add_shown(out, header->name[i]);
		bytes_add_text(out, "?)");
		return;
	}
}

/* Excel leaves hundreds of them at the end: those from `first` on that follow
 * each other, in a few words. Returns the last. */
static size_t
add_nameless(
    const struct intake_header *header, size_t first, struct bytes *out)
{
	size_t last = first;

	while (last + 1 < header->count && header->name[last + 1][0] == '\0')
		last++;
	if (last == first)
		bytes_addf(out, _("number %zu, without a name"), first + 1);
	else
		bytes_addf(out, _("numbers %zu to %zu, without a name"),
		    first + 1, last + 1);
	return last;
}

/* Cells that were merged leave columns without a name between others. */
static bool
add_merged(const struct intake_header *header, struct bytes *out)
{
	size_t i = 0, last;

	while (i < header->count && header->name[i][0] != '\0')
		i++;
	if (i == header->count)
		return false;
	last = add_nameless(header, i, out);
	return last + 1 < header->count;
}

static enum err
check_required(const struct intake_header *header, struct errtext *err)
{
	struct bytes missing = { 0 }, merged = { 0 };
	enum err rc = ERR_OK;

	for (int field = 0; field < FIELD_COUNT; field++)
		if (intake_column_is_required(field) &&
		    header->column_of[field] < 0)
			add_missing(header, field, &missing);
	if (missing.failed)
		rc = err_memory(err);
	else if (missing.len > 0 && add_merged(header, &merged) &&
	    !merged.failed)
		rc = err_set(err, ERR_DATA,
		    _("the first line lacks required columns: %s; add or "
		      "rename them, and unmerge cells (%s)"),
		    (const char *)missing.at, (const char *)merged.at);
	else if (missing.len > 0)
		rc = err_set(err, ERR_DATA,
		    _("the first line lacks required columns: %s; add or "
		      "rename them"),
		    (const char *)missing.at);
	bytes_free(&merged);
	bytes_free(&missing);
	return rc;
}

/* "dependents (dependants?), nombre (givenNames?)"; the first one's field */
static int
list_near(const struct intake_header *header, struct bytes *out)
{
	char shown[INTAKE_COLUMN_SIZE];
	int first = -1;

	for (size_t i = 0; i < header->count; i++) {
		int field = -1;

		if (header->field_of[i] < 0 && !header->is_left_out[i])
			field = intake_column_meant(header, header->name[i]);
		if (field < 0)
			continue;
		if (first < 0)
			first = field;
		else
			bytes_add_text(out, ", ");
		add_shown(out, header->name[i]);
		bytes_addf(out, " (%s?)", intake_column_shown(field, shown));
	}
	return first;
}

/* A column that is nearly known is never passed over in silence. */
static enum err
check_near(const struct intake_header *header, int *field, struct errtext *err)
{
	struct bytes near = { 0 };
	enum err rc = ERR_OK;

	*field = list_near(header, &near);
	if (near.failed)
		rc = err_memory(err);
	else if (*field >= 0)
		rc = err_set(err, ERR_DATA,
		    _("the first line has columns that look like known ones: "
		      "%s; rename them (or give --ignore-column NAME for each "
		      "that is to be passed over)"),
		    (const char *)near.at);
	bytes_free(&near);
	return rc;
}

static enum err
list_ignored(const struct intake_header *header, struct problem *file,
    size_t *file_count, struct errtext *err)
{
	struct bytes ignored = { 0 };

	for (size_t i = 0; i < header->count; i++) {
		if (header->field_of[i] >= 0)
			continue;
		if (ignored.len > 0)
			bytes_add_text(&ignored, ", ");
		if (header->name[i][0] == '\0')
			i = add_nameless(header, i, &ignored);
		else
			add_shown(&ignored, header->name[i]);
	}
	if (ignored.failed) {
		bytes_free(&ignored);
		return err_memory(err);
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

static bool
has_known(const struct csv_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (intake_column_field(record->value[i]) >= 0)
			return true;
	return false;
}

/* A person, a page, another separator: which columns it lacks is no help. */
static void
refuse_nameless(const struct csv_record *record, struct errtext *err)
{
	char surnames[INTAKE_COLUMN_SIZE], birth[INTAKE_COLUMN_SIZE];

	if (record->count == 1)
		err_set(err, ERR_DATA,
		    _("the first line has one value; it must name the "
		      "columns, with commas, semicolons or tabs between "
		      "them"));
	else
		err_set(err, ERR_DATA,
		    _("the first line names no column that is known here; "
		      "write names like %s and %s into it, or start from "
		      "sello-issue template"),
		    intake_column_shown(FIELD_SURNAMES, surnames),
		    intake_column_shown(FIELD_BIRTH_DATE, birth));
}

enum err
intake_header_read(const struct csv_record *record,
    const struct intake_context *context, struct intake_header *out,
    struct problem *file, size_t *file_count, struct errtext *err)
{
	int field = FIELD_NONE;
	enum err rc = ERR_OK;

	*file_count = 0;
	for (int i = 0; i < INTAKE_FIELD_END; i++)
		out->column_of[i] = -1;
	for (size_t i = 0; i < record->count && rc == ERR_OK; i++)
		rc = add_name(out, record->value[i], context, err);
	if (rc == ERR_OK)
		rc = check_required(out, err);
	if (rc == ERR_OK)
		rc = check_near(out, &field, err);
	if (rc == ERR_DATA && !has_known(record))
		refuse_nameless(record, err);
	if (rc == ERR_DATA) {
		problem_set(file, E_CSV, field, "%s", err->text);
		*file_count = 1;
	}
	return rc == ERR_OK ? list_ignored(out, file, file_count, err) : rc;
}

bool
intake_header_is(const struct csv_record *record)
{
	size_t known = 0;

	for (size_t i = 0; i < record->count; i++)
		known += intake_column_field(record->value[i]) >= 0;
	return known >= HEADER_LIKELY;
}

void
intake_header_free(struct intake_header *header)
{
	for (size_t i = 0; i < header->count; i++)
		free(header->name[i]);
	*header = (struct intake_header){ 0 };
}
