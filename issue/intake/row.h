/*
 * row.h - the parts of intake among themselves: header line, one
 * row's fields, its document number. Nobody but issue/intake*.c includes it.
 *
 * What is wrong with a row is a problem of it and no error; where nothing else
 * is said, the only one is ERR_MEMORY.
 */
#ifndef ISSUE_INTAKE_ROW_H
#define ISSUE_INTAKE_ROW_H

#include "issue/intake/intake.h"

/* ---- the header line (issue/intake/header.c) ----------------------------- */

struct intake_header {
	size_t count;                    /* columns of the file */
	char *name[CSV_COLUMN_MAX];      /* trimmed, as typed */
	int column_of[INTAKE_FIELD_END]; /* by field; -1: not in the file */
	int field_of[CSV_COLUMN_MAX];    /* by column; -1: ignored */
	/* by column: ignored, but by its name it holds document numbers */
	bool is_stray_number[CSV_COLUMN_MAX];
	bool is_left_out[CSV_COLUMN_MAX]; /* by column: on demand */
};

/*
 * intake_header_read - ERR_DATA and E_CSV in file for a column twice, a
 * required one missing, or a name near a known one; otherwise W_COLUMN in
 * file when columns are ignored. out is to be freed in any case.
 */
enum err intake_header_read(const struct csv_record *record,
    const struct intake_context *context, struct intake_header *out,
    struct problem *file, size_t *file_count, struct errtext *err);
/* intake_header_free - frees the names; then {0}. */
void intake_header_free(struct intake_header *header);

/* intake_header_is - does this line name columns, rather than a person? */
bool intake_header_is(const struct csv_record *record);

/* ---- names of columns (issue/intake/columns.c) --------------------------- */

/* intake_column_field - the field that a column of this name holds: by key or
 * label, in any case and any language of the letters; -1. */
int intake_column_field(const char *name);

/* intake_column_meant - the field that an unknown name was probably meant
 * for; -1. */
int intake_column_meant(const struct intake_header *header, const char *name);

/* intake_column_by_words - the field of which a name of several words holds a
 * part: people who travel along, a second surname; -1. (issue/intake/words.c)
 */
int intake_column_by_words(
    const struct intake_header *header, const char *name);

/* intake_words_say_number - is it the column of a document's number: "No. de
 * documento"? (issue/intake/words.c) */
bool intake_words_say_number(const char *name);

/* intake_words_say_about - does it hold something about a document, as "Fecha de
 * emisión del pasaporte"? */
bool intake_words_say_about(const char *name);

/* intake_refuse_lost - refuse a row with a value that must not be passed over,
 * in a column that is. */
void intake_refuse_lost(const struct intake_header *header,
    const struct csv_record *record, struct intake_row *row);

/* intake_column_is_number - by its name a column of document numbers? */
bool intake_column_is_number(const char *name);

/* intake_column_is_same - one name, but for case, spaces and accents? */
bool intake_column_is_same(const char *a, const char *b);

/* intake_distance - slips between two short folded texts; where there are more
 * than two, perhaps not all of them. */
size_t intake_distance(const char *a, const char *b);

/* ---- numbers where none belong (issue/intake/hide.c) --------------------- */

/* intake_looks_like_number - digits enough for a document, and no date? */
bool intake_looks_like_number(const char *value);

/* intake_is_out_of_place - the same for what stands in a field's column;
 * field -1: a column that is not ours. */
bool intake_is_out_of_place(int field, const char *value);

/* intake_is_number_for_date - the same where a date belongs, to say it: no part
 * of a date is as long. */
bool intake_is_number_for_date(int field, const char *value);

/* intake_add_parts - append a list of dependants, with "?" for each part that
 * could be a number. */
void intake_add_parts(const char *value, struct bytes *out);

/* ---- dates of whole columns (issue/intake/dates.c) ----------------------- */

struct intake_seen {
	size_t count, line; /* line of the first */
	char first[48];     /* as typed */
	char read[CELL_DATE_SIZE];
};

struct intake_dates {
	struct intake_seen unread[INTAKE_DATE_COLUMNS];
	struct intake_seen read[INTAKE_DATE_COLUMNS][CELL_SHAPE_COUNT];
};

/* intake_dates_notes - what is said once of each column: dates that were not
 * read, and how the first of each form was read, in this order of day and
 * month. Returns how many notes. */
size_t intake_dates_notes(const struct intake_dates *dates,
    enum date_order order, struct intake_note out[INTAKE_NOTE_MAX]);

/* ---- guesses (issue/intake/guess.c) -------------------------------------- */

/* What was said of a wrong code. A column repeats the same few, and each takes
 * a walk through lists in all languages: a file of country names instead of
 * codes would take minutes. */
struct intake_guesses {
	struct intake_guessed {
		char text[48]; /* as typed; "" for none */
		int field;
		struct problem problem;
	} at[32];
};

/* ---- one row ------------------------------------------------------------- */

/* One row while it is judged. */
struct judging {
	const struct intake_context *context;
	const struct intake_header *header;
	const struct csv_record *record;
	struct intake_row *row;
	struct intake_dates *dates;
	struct intake_guesses *guesses;
	struct bytes scratch; /* a value in canonical form */
	char date[CELL_DATE_SIZE];
};

/*
 * intake_date - a date's text as the letter wants it: as it stands, or read
 * from a spreadsheet's form if that was asked for (then in j->date). NULL when
 * it cannot be: the problem is noted.
 */
const char *intake_date(
    struct judging *j, int field, int dependant, const char *text);

/* intake_value - the row's text for a field, "" when there is no column. */
const char *intake_value(const struct judging *j, int field);

/* intake_add, intake_addf - note a problem of the row, and its outcome. */
void intake_add(struct intake_row *row, const struct problem *problem);
void intake_addf(struct intake_row *row, enum problem_code code, int field,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* intake_has_problem - is one noted of this field? */
bool intake_has_problem(const struct intake_row *row, int field);

/* intake_trim - without white space at both ends (U+00A0 too). */
struct reader intake_trim(const char *text);

/*
 * intake_judge - the field's own rule, and that it is there; what is wrong is
 * said with what to write instead.
 */
void intake_judge(struct judging *j, const struct field *field, int dependant,
    const char *text);

/* intake_guess - put what a wrong code was probably meant to be, and what the
 * codes mean, into the problem's text; leaves it where nothing is known. */
void intake_guess(struct judging *j, const struct field *field,
    const char *text, struct problem *problem);

/* intake_code_is_called - do people write this (folded) for a list's code?
 * list: NULL of countries. (issue/intake/guess_words.c) */
bool intake_code_is_called(
    const struct code *list, const char *code, const char *typed);

/* intake_placeholders - warn of names and births that look like none. */
void intake_placeholders(struct judging *j);

/* intake_is_no_number - 0000, XXXX, NINGUNO: a folded number that is none;
 * intake_is_odd_number - 1111, 12345: perhaps none; intake_is_no_tail - 0000,
 * XXXX, NADA: a tail that is none. */
bool intake_is_no_number(const char *number);
bool intake_is_odd_number(const char *number);
bool intake_is_no_tail(const char *tail);

/* intake_fields - every column into the letter; what does not fit, a problem.
 * The document's number comes next, then the rules. */
enum err intake_fields(struct judging *j);

/* intake_rules - judge the letter: table, list, countries, dates of today. */
enum err intake_rules(struct judging *j);

/* intake_dependants - the dependants column, part by part. */
enum err intake_dependants(struct judging *j);

/* intake_prepare - the text in the form a field wants: trimmed, codes folded
 * to their case, names normalized. Does not judge. */
enum err intake_prepare(
    const struct field *field, struct reader text, struct bytes *out);

/* ---- the document's number (issue/intake/document.c) --------------------- */

/*
 * intake_document - documentNumber into the letter's tail; type and country
 * are in the letter already.
 *
 *   tail_sure  out: may the tail stand in a file of rejected rows?
 */
void intake_document(struct judging *j, bool *tail_sure);

/*
 * intake_document_hide - which values of a row must not be written again,
 * because they repeat the number or could be it.
 */
void intake_document_hide(const struct intake_header *header,
    const struct csv_record *record, bool hide[CSV_COLUMN_MAX]);

/* intake_document_is_in - does a value repeat the row's number? */
bool intake_document_is_in(const struct intake_header *header,
    const struct csv_record *record, size_t column);

/* intake_document_wipe - cleanse the number in the record itself. */
void intake_document_wipe(
    const struct intake_header *header, const struct csv_record *record);

#endif
