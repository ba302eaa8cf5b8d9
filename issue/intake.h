/*
 * intake.h - a CSV file of people into letters-to-be, row by row, with every
 * problem of every row found in one pass. Stores nothing.
 *
 * Columns are the CSV keys of the field table with source FROM_ROW, plus the
 * input-only columns row, center, documentNumber and documentExpiry (DESIGN
 * section 2). The full document number is turned into its tail and wiped at
 * once; it appears in no problem text, no output, no file.
 */
#ifndef ISSUE_INTAKE_H
#define ISSUE_INTAKE_H

#include "base/csv.h"
#include "letter/field.h"
#include "trust/list.h"

#define INTAKE_ROW_SIZE    65 /* bytes of the row column, with NUL */
#define INTAKE_PROBLEM_MAX 32 /* problems kept of one row */
#define INTAKE_ROW_MAX     100000

enum intake_outcome { INTAKE_ACCEPTED, INTAKE_WARNING, INTAKE_REJECTED };

/* What rows are judged against. Borrowed. */
struct intake_context {
	const struct trust_list *list;
	const char *center; /* this center's code */
	int64_t now;
	/*
	 * Does somebody who looks like the same person already have a draft
	 * or a letter? Fills problem with W_DUPLICATE. NULL: not asked.
	 */
	bool (*is_duplicate)(
	    void *arg, const struct letter *letter, struct problem *problem);
	void *arg;
};

struct intake_row {
	char row[INTAKE_ROW_SIZE]; /* as given, "" when no such column */
	size_t line;               /* of the file, from 1 */
	struct letter letter;      /* number, issuedAt, officer, approver and
				      salt still empty; problems' fields too */
	enum intake_outcome outcome;
	size_t problem_count;
	struct problem problem[INTAKE_PROBLEM_MAX];
};

struct intake; /* opaque */

/*
 * intake_new - check the file and its header line.
 *
 *   text, len  borrowed until intake_free()
 *   file       out: problems of the file as a whole (W_COLUMN: one for all
 *              ignored columns); count in file_count, at most 1
 *
 * ERR_OK; ERR_DATA or ERR_LIMIT when the file cannot be used at all (not
 * UTF-8, NUL, no header, a column twice).
 */
enum err intake_new(const void *text, size_t len,
    const struct intake_context *context, struct intake **out,
    struct problem *file, size_t *file_count, struct errtext *err);

/*
 * intake_next - the next row; end is set after the last. Bad rows come back
 * as INTAKE_REJECTED, not as an error. ERR_DATA when the file breaks off
 * (unclosed quote): then nothing of it may be stored.
 */
enum err intake_next(struct intake *intake, struct intake_row *out, bool *end,
    struct errtext *err);

/* intake_set_aside - append the row just read to a CSV of rejected rows (the
 * header first when out is empty): as typed, but documentNumber empty and
 * documentNumberTail filled in. */
void intake_set_aside(const struct intake *intake, struct bytes *out);

double intake_progress(const struct intake *intake);
void intake_free(struct intake **intake);

#endif
