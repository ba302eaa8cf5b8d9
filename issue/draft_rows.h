/*
 * draft_rows.h - the rows of one file on their way into drafts: each is judged
 * (issue/intake/intake.h), compared with who is in the register or further up
 * in the file, signed and stored, and remembered for the report. The file
 * itself, its transaction and what is said at the end are cmd_draft.c's.
 */
#ifndef ISSUE_DRAFT_ROWS_H
#define ISSUE_DRAFT_ROWS_H

#include "cli/cli.h"
#include "issue/center/center.h"
#include "issue/draft_report.h"
#include "issue/intake/intake.h"
#include "issue/register/people.h"

/* All that one run holds; released at one place. */
struct drafting {
	const struct cli *cli;
	const char *path;
	char supersedes[LETTER_NUMBER_SIZE]; /* "" unless it corrects */
	char case_reference[11];             /* of the letter it replaces */
	const char *set_aside_path;
	bool dry_run;
	enum date_order dates;
	const char *ignore[CSV_COLUMN_MAX]; /* columns to pass over */
	int64_t now;
	struct bytes text; /* the file: names and document numbers */
	struct bytes aside;
	struct center *center;
	struct person drafter;
	struct intake_context context;
	struct intake *intake;
	struct intake_row row;
	size_t reread; /* times that an earlier line was looked up */
	struct draft_report report;
};

/* draft_rows_supersede - what becomes of d->supersedes, if it names a letter:
 * one that is dead already gets no successor (ERR_DATA); the case reference
 * stays the same. */
enum err draft_rows_supersede(struct drafting *d, struct errtext *err);

/* draft_rows_open - begin to read d->text, with what was set in d; columns that
 * are passed over are noted in d->report. ERR_CONFIG without a trust list;
 * errors as intake_new(). */
enum err draft_rows_open(struct drafting *d, struct errtext *err);

/*
 * draft_rows_read - read one row of the file apart from the others, as a
 * letter-to-be; nobody is looked up for it.
 *
 *   line  of the file; 0: the first row
 *   out   as it was where there is no such row
 *   good  out: is there one, and is it not rejected?
 *
 * Errors as intake_next().
 */
enum err draft_rows_read(struct drafting *d, size_t line, struct letter *out,
    bool *good, struct errtext *err);

/* draft_rows_single - ERR_DATA where the file has a second row: one replaces a
 * letter. Errors as intake_next(). */
enum err draft_rows_single(struct drafting *d, struct errtext *err);

/*
 * draft_rows_insert - all rows of d->intake into d->report and, but in a dry
 * run, into the register, whose transaction is the caller's.
 *
 * ERR_DATA where the file has no rows; else what intake_next() and the
 * register return.
 */
enum err draft_rows_insert(struct drafting *d, struct errtext *err);

/* draft_rows_end - after that: what becomes of the file? */
enum draft_report_end draft_rows_end(const struct drafting *d);

#endif
