/*
 * draft_report.h - what became of each row of a file, kept until it is known
 * whether the file was stored, then told: to people or as JSON lines.
 */
#ifndef ISSUE_DRAFT_REPORT_H
#define ISSUE_DRAFT_REPORT_H

#include "cli/cli.h"
#include "issue/intake/intake.h"

/* One problem, without the room that struct problem leaves for its text. */
struct draft_report_problem {
	enum problem_code code;
	int field;
	bool of_column; /* told once for all its rows, not again for each */
	char *text;
};

struct draft_report_row {
	char *row; /* NULL: the file has no row column */
	size_t line;
	enum intake_outcome outcome;
	int64_t draft; /* 0: not stored */
	size_t problem_count;
	struct draft_report_problem *problem;
	char *alike; /* for people: those who may be the same; or NULL */
};

/* Start as {0}. */
struct draft_report {
	struct draft_report_row *row;
	size_t count, cap;
	size_t outcomes[INTAKE_REJECTED + 1];         /* rows of each */
	struct intake_note note[1 + INTAKE_NOTE_MAX]; /* of the whole file */
	size_t note_count;
};

/* What happened to the file in the end; chooses the closing words. */
enum draft_report_end {
	DRAFT_REPORT_STORED,    /* all that was not rejected is a draft now */
	DRAFT_REPORT_SET_ASIDE, /* the same, the rejected rows in a file */
	DRAFT_REPORT_REFUSED,   /* nothing stored, because of a rejected row */
	DRAFT_REPORT_DRY_RUN,   /* nothing stored, as was asked */
};

/* draft_report_add - keep one row's result; draft 0 when none was made. */
enum err draft_report_add(struct draft_report *report,
    const struct intake_row *row, int64_t draft, struct errtext *err);

/* draft_report_alike - keep what duplicate_view_print() wrote of the row added
 * last; takes it over, malloc'ed. */
void draft_report_alike(struct draft_report *report, char *text);

/* draft_report_note - keep what is said once for the file. */
void draft_report_note(
    struct draft_report *report, const struct intake_note *note);

/* draft_report_json - docs/intake.md: a line a row; what is said of the whole
 * file first, with row null. */
void draft_report_json(
    const struct draft_report *report, enum draft_report_end end);

/* draft_report_print - what many rows have, the other rows with problems, then
 * the sum and what to do next. */
void draft_report_print(const struct cli *cli, struct draft_report *report,
    enum draft_report_end end, const char *set_aside_path);

/* draft_report_free - free all, wiping each `alike`; then {0}. */
void draft_report_free(struct draft_report *report);

#endif
