/*
 * intake.h - a CSV file of people into letters-to-be, row by row, with every
 * problem of every row found in one pass. Stores nothing.
 *
 * Columns are the CSV keys of the field table with source FROM_ROW, plus the
 * input-only columns row, center, documentNumber and documentExpiry
 * (docs/intake.md). The full document number is turned into its tail and wiped
 * at once; it appears in no problem text, no output, no file. The page is for
 * staff.
 */
#ifndef ISSUE_INTAKE_INTAKE_H
#define ISSUE_INTAKE_INTAKE_H

#include "base/csv.h"
#include "base/json.h"
#include "issue/intake/cell_date.h"
#include "letter/field.h"
#include "trust/list.h"

#define INTAKE_ROW_SIZE    65 /* bytes of the row column, with NUL */
#define INTAKE_PROBLEM_MAX 32 /* problems kept of one row */
#define INTAKE_ROW_MAX     100000
#define INTAKE_NOTE_MARK   "#note" /* in row: a template's notes, nobody */

/* Input-only columns, going on where enum field_id ends. */
enum intake_field {
	INTAKE_FIELD_ROW = FIELD_NONE + 1,
	INTAKE_FIELD_CENTER,
	INTAKE_FIELD_DOCUMENT_NUMBER,
	INTAKE_FIELD_DOCUMENT_EXPIRY,
	INTAKE_FIELD_END
};

enum intake_outcome { INTAKE_ACCEPTED, INTAKE_WARNING, INTAKE_REJECTED };

/* What rows are judged against. Borrowed. */
struct intake_context {
	const struct trust_list *list;
	const char *center; /* this center's code */
	int64_t now;
	/* Rejected rows are set aside, so nobody is their duplicate. */
	bool skip_rejected;
	/* Columns to pass over, though their names are near known ones. */
	const char *const *ignore;
	size_t ignore_count;
	/* For a row without a case reference; NULL: a new one is made. */
	const char *case_reference;
	/* How to read dates as spreadsheets show them. */
	enum date_order dates;
	/*
	 * Does somebody who looks like the same person already have a draft
	 * or a letter? Fills problem with W_DUPLICATE. NULL: not asked. Those
	 * within the file are intake's own business. An error stops.
	 */
	enum err (*is_duplicate)(void *arg, const struct letter *letter,
	    bool *duplicate, struct problem *problem, struct errtext *err);
	void *arg;
};

struct intake_row {
	bool has_row;              /* the file has a row column */
	char row[INTAKE_ROW_SIZE]; /* as given, "" when no such column */
	size_t line;               /* of the file, from 1 */
	struct letter letter;      /* number, issuedAt, officer, approver and
				      salt still empty; fields with a problem may
				      be empty or wrong */
	enum intake_outcome outcome;
	size_t duplicate_of; /* line of the file before, the same person;
				0: none */
	size_t problem_count;
	struct problem problem[INTAKE_PROBLEM_MAX];
	/* by problem: told once for the whole column as well */
	bool of_column[INTAKE_PROBLEM_MAX];
};

/* What is said once for the file: a column's dates. */
struct intake_note {
	size_t line; /* where it was seen first */
	struct problem problem;
	char brief[160]; /* without the cure, once that was told; or "" */
};
#define INTAKE_DATE_COLUMNS 6
#define INTAKE_NOTE_MAX     (INTAKE_DATE_COLUMNS * (1 + CELL_SHAPE_COUNT))

struct intake; /* opaque */

/*
 * intake_new - check the file and its header line.
 *
 *   text, len  borrowed until intake_free()
 *   context    copied; what it points to is borrowed
 *   file       out: problems of the file as a whole (W_COLUMN: one for all
 *              ignored columns); count in file_count, at most 1
 *
 * ERR_OK; ERR_DATA or ERR_LIMIT when the file cannot be used at all (not
 * UTF-8, NUL, no header); so too, with E_CSV in file, for a column twice, a
 * required one missing, or a name that is near a known one.
 */
enum err intake_new(const void *text, size_t len,
    const struct intake_context *context, struct intake **out,
    struct problem *file, size_t *file_count, struct errtext *err);

/*
 * intake_next - the next row; end is set after the last. Bad rows come back
 * as INTAKE_REJECTED, not as an error. Rows without any value, as
 * spreadsheets leave them at the end, are passed over.
 *
 * ERR_DATA or ERR_LIMIT when the file breaks off (unclosed quote, more than
 * INTAKE_ROW_MAX rows): then nothing of it may be stored. What is_duplicate
 * returned.
 */
enum err intake_next(struct intake *intake, struct intake_row *out, bool *end,
    struct errtext *err);

/*
 * intake_notes - what the rows read so far say about whole columns: E_DATE
 * where dates are as a spreadsheet shows them (the rows have it too, marked
 * of_column), W_COLUMN for how the first of a kind was read. Returns how many.
 */
size_t intake_notes(
    const struct intake *intake, struct intake_note out[INTAKE_NOTE_MAX]);

/*
 * intake_set_aside - append the row just read to a CSV of rejected rows (the
 * header first when out is empty): as typed, with the file's own separator,
 * but documentNumber empty and documentNumberTail filled in, or empty where
 * no tail is sure. A value elsewhere in the row that repeats the number
 * becomes "?"; in a row with the wrong number of columns, where any value
 * could be the number, so does every value that looks like one.
 */
void intake_set_aside(const struct intake *intake, struct bytes *out);

void intake_free(struct intake **intake); /* wipes */

/* intake_column_exists - may a file have a column for this field (enum field_id
 * or intake_field)? intake_column_is_required - must it? Program and case
 * reference need not, though letters have them: they have defaults. */
bool intake_column_exists(int field);
bool intake_column_is_required(int field);

/* intake_field_key - CSV name of a problem's field ("documentExpiry";
 * "dependants" for their parts); NULL for FIELD_NONE. */
const char *intake_field_key(int field);

/*
 * intake_column_shown - a column's name for people, which is also one that a
 * first line may have: "Apellidos (surnames)"; in English the key alone.
 */
#define INTAKE_COLUMN_SIZE 128
const char *intake_column_shown(int field, char out[INTAKE_COLUMN_SIZE]);

/* intake_problem_json - {code, field, text}, as docs/intake.md; a new
 * reference. */
json_t *intake_problem_json(
    enum problem_code code, int field, const char *text);

/* intake_field_label - message id of the label; NULL for FIELD_NONE. */
const char *intake_field_label(int field);

/* intake_problem_text - append the sentence, with "Dependant 2, Name: " in
 * front where it is about a part of a dependant. */
void intake_problem_text(const struct problem *problem, struct bytes *out);

#endif
