/*
 * intake_row.h - the parts of intake among themselves: header line, one
 * row's fields, its document number. Nobody but issue/intake*.c includes it.
 */
#ifndef ISSUE_INTAKE_ROW_H
#define ISSUE_INTAKE_ROW_H

#include "issue/intake.h"

/* ---- the header line (intake_header.c) ---------------------------------- */

struct intake_header {
	size_t count;                    /* columns of the file */
	char *name[CSV_COLUMN_MAX];      /* trimmed, as typed */
	int column_of[INTAKE_FIELD_END]; /* by field; -1: not in the file */
	int field_of[CSV_COLUMN_MAX];    /* by column; -1: ignored */
	/* by column: ignored, but its name is a slip of documentNumber */
	bool is_stray_number[CSV_COLUMN_MAX];
};

/* intake_header_read - ERR_DATA for a column twice or a required one
 * missing; otherwise W_COLUMN in file when columns are ignored. */
enum err intake_header_read(const struct csv_record *record,
    struct intake_header *out, struct problem *file, size_t *file_count,
    struct errtext *err);
void intake_header_free(struct intake_header *header);

/* ---- one row ------------------------------------------------------------- */

/* One row while it is judged. */
struct judging {
	const struct intake_context *context;
	const struct intake_header *header;
	const struct csv_record *record;
	struct intake_row *row;
	struct bytes scratch; /* a value in canonical form */
};

/* intake_value - the row's text for a field, "" when there is no column. */
const char *intake_value(const struct judging *j, int field);

/* intake_add, intake_addf - note a problem of the row, and its outcome. */
void intake_add(struct intake_row *row, const struct problem *problem);
void intake_addf(struct intake_row *row, enum problem_code code, int field,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
bool intake_has_problem(const struct intake_row *row, int field);

/* intake_trim - without white space at both ends (U+00A0 too). */
struct reader intake_trim(const char *text);

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

/* ---- the document's number (intake_document.c) --------------------------- */

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

/* intake_document_wipe - cleanse the number in the record itself. */
void intake_document_wipe(
    const struct intake_header *header, const struct csv_record *record);

#endif
