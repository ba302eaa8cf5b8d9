/* A CSV file of people, row by row. */
#include "issue/intake/row.h"

#include "base/count.h"
#include "base/i18n.h"
#include "issue/intake/duplicate_set.h"
#include "issue/intake/references.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BOM             "\xef\xbb\xbf"
#define TITLE_LINES_MAX 20

struct intake {
	struct intake_context context;
	struct csv *csv;
	struct intake_header header;
	struct duplicate_set *duplicates;
	struct intake_dates dates;
	struct intake_guesses guesses;
	struct references *references; /* of cases */
	size_t rows;
	/* of the row just read, for intake_set_aside() */
	struct csv_record record;
	bool hide[CSV_COLUMN_MAX];
	char tail[5];
};

/* A sheet's title stands above the header: the header's line, 0 if none. */
static size_t
header_below(struct intake *intake)
{
	struct csv_record record;
	struct errtext ignored;
	bool end = false;

	for (size_t i = 1; i <= TITLE_LINES_MAX; i++)
		if (csv_restart(intake->csv, i) &&
		    csv_next(intake->csv, &record, &end, &ignored) == ERR_OK &&
		    !end && intake_header_is(&record))
			return record.line;
	return 0;
}

static enum err
refuse_title(
    size_t line, struct problem *file, size_t *file_count, struct errtext *err)
{
	err_set(err, ERR_DATA,
	    _("line %zu names the columns; delete what stands above it, so "
	      "that it is the first line"),
	    line);
	problem_set(file, E_CSV, FIELD_NONE, "%s", err->text);
	*file_count = 1;
	return ERR_DATA;
}

static enum err
read_header(struct intake *intake, struct problem *file, size_t *file_count,
    struct errtext *err)
{
	struct csv_record record;
	bool end, likely;
	size_t line;
	enum err rc;

	if ((rc = csv_next(intake->csv, &record, &end, err)) != ERR_OK)
		return rc;
	if (end)
		return err_set(err, ERR_DATA,
		    _("the file is empty; its first line must name the "
		      "columns"));
	likely = intake_header_is(&record);
	rc = intake_header_read(
	    &record, &intake->context, &intake->header, file, file_count, err);
	if (rc == ERR_DATA && !likely && (line = header_below(intake)) != 0)
		return refuse_title(line, file, file_count, err);
	return rc;
}

enum err
intake_new(const void *text, size_t len, const struct intake_context *context,
    struct intake **out, struct problem *file, size_t *file_count,
    struct errtext *err)
{
	struct intake *intake = calloc(1, sizeof(*intake));
	enum err rc;

	*file_count = 0;
	if (intake == NULL ||
	    (intake->duplicates = duplicate_set_new()) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	intake->context = *context;
	if ((rc = csv_new(text, len, &intake->csv, err)) != ERR_OK)
		goto out;
	if ((rc = read_header(intake, file, file_count, err)) != ERR_OK)
		goto out;
	*out = intake;
	intake = NULL;
out:
	intake_free(&intake);
	return rc;
}

void
intake_free(struct intake **intake)
{
	if (*intake == NULL)
		return;
	csv_free(&(*intake)->csv);
	intake_header_free(&(*intake)->header);
	duplicate_set_free(&(*intake)->duplicates);
	references_free(&(*intake)->references);
	OPENSSL_cleanse(*intake, sizeof(**intake));
	free(*intake);
	*intake = NULL;
}

/* No value at all, or the notes that a template brings. */
static bool
is_nobody(const struct intake *intake, const struct csv_record *record)
{
	int row = intake->header.column_of[INTAKE_FIELD_ROW];

	if (row >= 0 && (size_t)row < record->count &&
	    strcasecmp(record->value[row], INTAKE_NOTE_MARK) == 0)
		return true;
	for (size_t i = 0; i < record->count; i++)
		if (intake_trim(record->value[i]).left > 0)
			return false;
	return true;
}

/*
 * row is only echoed: as given, and no longer than a label ever is. Centers
 * that number their rows by document get "?": the number is never written.
 */
static void
read_row_label(struct intake *intake, struct intake_row *out)
{
	int column = intake->header.column_of[INTAKE_FIELD_ROW];
	const char *text;

	out->has_row = column >= 0;
	if (column < 0 || (size_t)column >= intake->record.count)
		return;
	text = intake->hide[column] ? "?" : intake->record.value[column];
	if (strlen(text) < sizeof(out->row))
		memcpy(out->row, text, strlen(text) + 1);
	else
		intake_addf(out, E_LENGTH, INTAKE_FIELD_ROW,
		    _("This has more than %d bytes; choose a shorter name for "
		      "the row"),
		    INTAKE_ROW_SIZE - 1);
}

/* Free text of a letter that holds the document's number would be signed,
 * printed and scanned. Dates may share its digits by chance. */
static void
refuse_repeated_number(struct intake *intake, struct intake_row *out)
{
	for (size_t i = 0; i < intake->header.count; i++) {
		int id = intake->header.field_of[i];

		if (intake->hide[i] && id >= 0 && id < FIELD_COUNT &&
		    id != FIELD_DOCUMENT_NUMBER_TAIL &&
		    field_table[id].kind == KIND_TEXT &&
		    intake_document_is_in(&intake->header, &intake->record, i))
			intake_addf(out, E_CODE, id,
			    _("This repeats the document's number, which must "
			      "not stand in a letter; write something else"));
	}
}

/* Fields that must be right before anybody is called a duplicate. */
static bool
person_is_sound(const struct intake_row *row)
{
	static const int fields[] = { FIELD_SURNAMES, FIELD_GIVEN_NAMES,
		FIELD_BIRTH_DATE, FIELD_DOCUMENT_TYPE, FIELD_DOCUMENT_COUNTRY,
		FIELD_DOCUMENT_NUMBER_TAIL, INTAKE_FIELD_DOCUMENT_NUMBER };

	for (size_t i = 0; i < row->problem_count; i++)
		for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++)
			if (row->problem[i].field == fields[k] &&
			    problem_is_error(row->problem[i].code))
				return false;
	return true;
}

static enum err
ask_elsewhere(
    struct intake *intake, struct intake_row *row, struct errtext *err)
{
	const struct intake_context *context = &intake->context;
	struct problem problem;
	bool duplicate = false;
	enum err rc;

	if (context->is_duplicate == NULL)
		return ERR_OK;
	rc = context->is_duplicate(
	    context->arg, &row->letter, &duplicate, &problem, err);
	if (rc == ERR_OK && duplicate)
		intake_add(row, &problem);
	return rc;
}

/* The later one has the warning. */
static enum err
look_for_duplicate(
    struct intake *intake, struct intake_row *row, struct errtext *err)
{
	enum duplicate_match match;
	struct duplicate_keys person;
	enum err rc = ERR_OK;

	if (!person_is_sound(row))
		return ERR_OK;
	if (!duplicate_keys_of(&row->letter, &person))
		return err_memory(err);
	if ((row->duplicate_of = duplicate_set_find(
		 intake->duplicates, &person, &match)) != 0)
		intake_addf(row, W_DUPLICATE, FIELD_NONE,
		    _("This looks like the same person as in line %zu of the "
		      "file: %s; compare the two, and leave one out if it is"),
		    row->duplicate_of, duplicate_words(match));
	else
		rc = ask_elsewhere(intake, row, err);
	if (rc == ERR_OK &&
	    !(row->outcome == INTAKE_REJECTED &&
		intake->context.skip_rejected) &&
	    duplicate_set_add(intake->duplicates, &person, row->line) != ERR_OK)
		rc = err_memory(err);
	OPENSSL_cleanse(&person, sizeof(person));
	return rc;
}

/* Two letters of one case may be meant; a value filled down is not. */
static enum err
look_for_references(struct intake *intake, struct intake_row *row)
{
	size_t first;
	enum err rc;

	if (row->letter.case_reference[0] == '\0' ||
	    intake_has_problem(row, FIELD_CASE_REFERENCE) ||
	    (row->outcome == INTAKE_REJECTED && intake->context.skip_rejected))
		return ERR_OK;
	rc = references_add(
	    &intake->references, row->letter.case_reference, row->line, &first);
	if (rc == ERR_OK && first != row->line)
		intake_addf(row, W_REFERENCE, FIELD_CASE_REFERENCE,
		    _("Line %zu of the file has the same case reference; leave "
		      "it empty where each person has a case of their own"),
		    first);
	return rc;
}

static enum err
judge(struct intake *intake, struct intake_row *row, struct errtext *err)
{
	struct judging j = { .context = &intake->context,
		.header = &intake->header,
		.record = &intake->record,
		.row = row,
		.dates = &intake->dates,
		.guesses = &intake->guesses };
	bool tail_sure = false;
	enum err rc = intake_fields(&j);

	if (rc == ERR_OK)
		intake_document(&j, &tail_sure);
	if (rc == ERR_OK)
		rc = intake_rules(&j);
	if (rc == ERR_OK && tail_sure)
		memcpy(intake->tail, row->letter.document_number_tail,
		    sizeof(intake->tail));
	if (rc == ERR_OK)
		rc = look_for_references(intake, row);
	bytes_wipe(&j.scratch);
	OPENSSL_cleanse(j.date, sizeof(j.date));
	if (rc != ERR_OK)
		return err_set(err, rc, _("out of memory"));
	return look_for_duplicate(intake, row, err);
}

static enum err
next_record(struct intake *intake, bool *end, struct errtext *err)
{
	enum err rc;

	do {
		rc = csv_next(intake->csv, &intake->record, end, err);
		if (rc != ERR_OK)
			return rc;
	} while (!*end && is_nobody(intake, &intake->record));
	if (!*end && intake->rows++ == INTAKE_ROW_MAX)
		return err_set(err, ERR_LIMIT,
		    _("the file has more than %d rows; split it"),
		    INTAKE_ROW_MAX);
	return ERR_OK;
}

/* A second line of names, or the first line of a file that was added below. */
static bool
names_columns(const struct intake *intake)
{
	int column = intake->header.column_of[FIELD_SURNAMES];

	return intake_column_field(intake->record.value[column]) ==
	    FIELD_SURNAMES &&
	    intake_header_is(&intake->record);
}

enum err
intake_next(struct intake *intake, struct intake_row *out, bool *end,
    struct errtext *err)
{
	enum err rc;

	if ((rc = next_record(intake, end, err)) != ERR_OK || *end)
		return rc;
	memset(out, 0, sizeof(*out));
	memset(intake->tail, 0, sizeof(intake->tail));
	out->line = intake->record.line;
	intake_document_hide(&intake->header, &intake->record, intake->hide);
	read_row_label(intake, out);
	if (intake->record.count == intake->header.count &&
	    names_columns(intake))
		intake_addf(out, E_CSV, FIELD_NONE,
		    _("This line names the columns once more and is nobody; "
		      "delete it"));
	else if (intake->record.count == intake->header.count) {
		refuse_repeated_number(intake, out);
		intake_refuse_lost(&intake->header, &intake->record, out);
		rc = judge(intake, out, err);
	} else
		intake_addf(out, E_CSV, FIELD_NONE,
		    _("This row has %s, the first line has %zu; quote "
		      "values that hold commas or semicolons, and keep the "
		      "empty ones"),
		    COUNTED(COLUMNS, intake->record.count),
		    intake->header.count);
	intake_document_wipe(&intake->header, &intake->record);
	return rc;
}

size_t
intake_notes(
    const struct intake *intake, struct intake_note out[INTAKE_NOTE_MAX])
{
	return intake_dates_notes(&intake->dates, intake->context.dates, out);
}

static void
add_value(const struct intake *intake, struct bytes *out, const char *value,
    bool first)
{
	if (!first)
		bytes_add_byte(out, (uint8_t)csv_separator(intake->csv));
	/* people open it in a spreadsheet to mend it */
	csv_add_cell(out, value, true);
}

/* A file with a number and no tail column gets one more column. */
static bool
needs_tail_column(const struct intake *intake)
{
	const int *column_of = intake->header.column_of;

	return column_of[INTAKE_FIELD_DOCUMENT_NUMBER] >= 0 &&
	    column_of[FIELD_DOCUMENT_NUMBER_TAIL] < 0 &&
	    intake->header.count < CSV_COLUMN_MAX;
}

static void
set_aside_header(const struct intake *intake, struct bytes *out)
{
	if (csv_has_mark(intake->csv))
		bytes_add_text(out, BOM);
	for (size_t i = 0; i < intake->header.count; i++)
		add_value(intake, out, intake->header.name[i], i == 0);
	if (needs_tail_column(intake))
		add_value(intake, out,
		    intake_field_key(FIELD_DOCUMENT_NUMBER_TAIL), false);
	bytes_add_byte(out, '\n');
}

static void
set_aside_value(const struct intake *intake, size_t column, struct bytes *out)
{
	const char *value = intake->record.value[column];
	struct bytes parts = { 0 };
	int field = -1;

	/* in a row with other columns, places mean nothing */
	if (intake->record.count == intake->header.count)
		field = intake->header.field_of[column];
	if (field == INTAKE_FIELD_DOCUMENT_NUMBER)
		value = "";
	else if (field == FIELD_DOCUMENT_NUMBER_TAIL)
		value = intake->tail;
	else if (intake->hide[column])
		value = "?";
	else if (field == FIELD_DEPENDANTS) {
		intake_add_parts(value, &parts);
		out->failed |= parts.failed;
		value = parts.failed ? "" : (const char *)parts.at;
	}
	add_value(intake, out, value, column == 0);
	bytes_wipe(&parts);
}

void
intake_set_aside(const struct intake *intake, struct bytes *out)
{
	if (out->len == 0)
		set_aside_header(intake, out);
	for (size_t i = 0; i < intake->record.count; i++)
		set_aside_value(intake, i, out);
	if (needs_tail_column(intake))
		add_value(intake, out, intake->tail, false);
	bytes_add_byte(out, '\n');
}
