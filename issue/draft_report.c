#include "issue/draft_report.h"

#include "issue/draft_repeated.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/table.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const outcome_name[] = { "accepted", "warning", "rejected" };
_Static_assert(
    sizeof(outcome_name) / sizeof(outcome_name[0]) == INTAKE_REJECTED + 1,
    "every outcome has its word");

static char *
full_text(const struct problem *problem)
{
	struct bytes text = { 0 };
	char *copy = NULL;

	intake_problem_text(problem, &text);
	if (!text.failed && text.at != NULL)
		copy = strdup((const char *)text.at);
	bytes_free(&text);
	return copy;
}

static bool
copy_row(struct draft_report_row *out, const struct intake_row *row)
{
	if (row->has_row && (out->row = strdup(row->row)) == NULL)
		return false;
	if (row->problem_count == 0)
		return true;
	out->problem = calloc(row->problem_count, sizeof(*out->problem));
	if (out->problem == NULL)
		return false;
	for (size_t i = 0; i < row->problem_count; i++) {
		struct draft_report_problem *p = &out->problem[i];

		p->code = row->problem[i].code;
		p->field = row->problem[i].field;
		p->of_column = row->of_column[i];
		if ((p->text = full_text(&row->problem[i])) == NULL)
			return false;
		out->problem_count++;
	}
	return true;
}

enum err
draft_report_add(struct draft_report *report, const struct intake_row *row,
    int64_t draft, struct errtext *err)
{
	struct draft_report_row *out;

	if (!ARRAY_ROOM(report->row, report->count, report->cap))
		return err_memory(err);
	out = &report->row[report->count++];
	*out = (struct draft_report_row){
		.line = row->line, .outcome = row->outcome, .draft = draft
	};
	report->outcomes[row->outcome]++;
	if (!copy_row(out, row))
		return err_memory(err);
	return ERR_OK;
}

void
draft_report_alike(struct draft_report *report, char *text)
{
	report->row[report->count - 1].alike = text;
}

void
draft_report_note(struct draft_report *report, const struct intake_note *note)
{
	if (report->note_count < sizeof(report->note) / sizeof(report->note[0]))
		report->note[report->note_count++] = *note;
}

void
draft_report_free(struct draft_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		for (size_t k = 0; k < report->row[i].problem_count; k++)
			free(report->row[i].problem[k].text);
		if (report->row[i].alike != NULL)
			OPENSSL_cleanse(
			    report->row[i].alike, strlen(report->row[i].alike));
		free(report->row[i].alike);
		free(report->row[i].problem);
		free(report->row[i].row);
	}
	free(report->row);
	*report = (struct draft_report){ 0 };
}

static json_t *
row_json(const char *row, size_t line, enum intake_outcome outcome,
    int64_t draft, json_t *problems)
{
	json_t *object = json_object();

	json_set_text(object, "row", row);
	json_object_set_new(object, "line", json_integer((json_int_t)line));
	json_set_text(object, "outcome", outcome_name[outcome]);
	json_object_set_new(
	    object, "draft", draft == 0 ? json_null() : json_integer(draft));
	json_object_set_new(object, "problems", problems);
	return object;
}

static bool
is_stored(enum draft_report_end end)
{
	return end == DRAFT_REPORT_STORED || end == DRAFT_REPORT_SET_ASIDE;
}

/* Of the file as a whole: a row that is none. */
static void
note_json(const struct intake_note *note)
{
	const struct problem *p = &note->problem;
	json_t *problems = json_array();

	json_array_append_new(
	    problems, intake_problem_json(p->code, p->field, p->text));
	json_line(row_json(NULL, note->line,
	    problem_is_error(p->code) ? INTAKE_REJECTED : INTAKE_WARNING, 0,
	    problems));
}

void
draft_report_json(const struct draft_report *report, enum draft_report_end end)
{
	json_t *problems;

	for (size_t i = 0; i < report->note_count; i++)
		note_json(&report->note[i]);
	for (size_t i = 0; i < report->count; i++) {
		const struct draft_report_row *r = &report->row[i];

		problems = json_array();
		for (size_t k = 0; k < r->problem_count; k++)
			json_array_append_new(problems,
			    intake_problem_json(r->problem[k].code,
				r->problem[k].field, r->problem[k].text));
		json_line(row_json(r->row, r->line, r->outcome,
		    is_stored(end) ? r->draft : 0, problems));
	}
}

static void
print_lines(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		print("%.*s\n", (int)len, text);
		text += len + (text[len] != '\0');
	}
}

#define TEXT_COLUMN 24 /* where a problem's text begins */

/* Folded also for a pipe whose width is known. */
static void
print_words(const char *text)
{
	const struct fold how = { .width = (size_t)table_width(),
		.column = TEXT_COLUMN,
		.hang = TEXT_COLUMN };

	print_folded(stdout, text, &how);
}

/* The label to understand, the column to find it; nothing for a whole row. */
static void
add_field(struct bytes *out, int field)
{
	const char *label = intake_field_label(field);

	if (label != NULL)
		bytes_addf(out, "%s%s (%s)", out->len > 0 ? ", " : "", _(label),
		    intake_field_key(field));
}

/* Takes fields over. */
static void
print_of_fields(enum problem_code code, struct bytes *fields, const char *text)
{
	print("  %-22s", problem_name(code));
	if (fields->len > 0)
		bytes_addf(fields, ": %s", text);
	print_words(
	    fields->len > 0 && !fields->failed ? (char *)fields->at : text);
	bytes_free(fields);
}

static void
print_problem(enum problem_code code, int field, const char *text)
{
	struct bytes fields = { 0 };

	add_field(&fields, field);
	print_of_fields(code, &fields, text);
}

static void
print_repeated_problem(
    const char *lines, const struct draft_report_problem *problem)
{
	const struct fold how = { .width = (size_t)table_width(), .hang = 2 };

	print_folded(stdout, lines, &how);
	print_problem(problem->code, problem->field, problem->text);
}

/* What is told once for all its rows is not told again. */
static bool
is_told(const struct draft_report_row *row)
{
	if (row->alike != NULL)
		return false;
	for (size_t i = 0; i < row->problem_count; i++)
		if (!row->problem[i].of_column)
			return false;
	return true;
}

/* A file that was drafted twice is not to bury its sum under comparisons. */
#define ALIKE_ROWS_MAX 10

static void
print_alike(const struct draft_report_row *row, size_t *compared)
{
	if (row->alike == NULL)
		return;
	if (++*compared <= ALIKE_ROWS_MAX)
		print_lines(row->alike);
	else if (*compared == ALIKE_ROWS_MAX + 1)
		print("%s\n",
		    _("From here on they are not shown side by side; see "
		      "each draft with sello-issue show."));
}

static bool
says_the_same(
    const struct draft_report_problem *a, const struct draft_report_problem *b)
{
	return !b->of_column && a->code == b->code &&
	    strcmp(a->text, b->text) == 0;
}

/* What several fields of a row have in the same words ("Total" in an empty row)
 * is said once, with the fields. */
static void
print_problems(const struct draft_report_row *row)
{
	for (size_t i = 0; i < row->problem_count; i++) {
		const struct draft_report_problem *p = &row->problem[i];
		struct bytes fields = { 0 };
		size_t k = 0;

		while (k < i && !says_the_same(p, &row->problem[k]))
			k++;
		if (p->of_column || k < i)
			continue;
		for (; k < row->problem_count; k++)
			if (says_the_same(p, &row->problem[k]))
				add_field(&fields, row->problem[k].field);
		print_of_fields(p->code, &fields, p->text);
	}
}

static void
print_row(const struct draft_report_row *row, bool stored, size_t *compared)
{
	print(_("Line %zu"), row->line);
	if (row->row != NULL && row->row[0] != '\0')
		print(_(", row %s"), row->row);
	if (stored && row->draft != 0)
		print(_(", draft %lld"), (long long)row->draft);
	print("\n");
	print_problems(row);
	print_alike(row, compared);
}

static bool
is_duplicate(const struct draft_report_row *row)
{
	for (size_t i = 0; i < row->problem_count; i++)
		if (row->problem[i].code == W_DUPLICATE)
			return true;
	return false;
}

/* Numbers are given out in order, so the first and the last say it all. */
static void
print_drafts(const struct cli *cli, const struct draft_report *report)
{
	long long first = 0, last = 0;
	bool duplicates = false;

	for (size_t i = 0; i < report->count; i++) {
		const struct draft_report_row *row = &report->row[i];

		if (row->draft == 0)
			continue;
		first = first == 0 ? row->draft : first;
		last = row->draft;
		duplicates = duplicates || is_duplicate(row);
	}
	if (first == 0) {
		print("%s\n", _("No row was good, so nothing was stored."));
		return;
	}
	if (first == last)
		print(_("Stored: draft %lld."), first);
	else
		print(_("Stored: drafts %lld to %lld."), first, last);
	print("\n");
	cli_print(cli, stdout,
	    _("Next: another person approves them: sello-issue approve --all "
	      "--as CODE --out FOLDER"));
	if (duplicates)
		print("%s\n",
		    _("Drafts with W-DUPLICATE are left out by --all: compare "
		      "the persons, then approve or discard them by number."));
}

static void
print_end(const struct cli *cli, const struct draft_report *report,
    enum draft_report_end end, const char *set_aside_path)
{
	switch (end) {
	case DRAFT_REPORT_STORED:
		print_drafts(cli, report);
		return;
	case DRAFT_REPORT_SET_ASIDE:
		print_drafts(cli, report);
		print(_("The rejected rows are in %s; mend them and draft "
			"that file."),
		    set_aside_path);
		print("\n");
		return;
	case DRAFT_REPORT_REFUSED:
		print("%s\n",
		    _("Nothing was stored. Mend the rejected rows and run "
		      "this again, or store the others with --set-aside "
		      "FILE."));
		return;
	case DRAFT_REPORT_DRY_RUN:
		print("%s\n", _("This was a dry run: nothing was stored."));
		return;
	}
}

/* One cure mends all columns of dates, so the first has it. */
static void
print_notes(const struct draft_report *report)
{
	bool cured = false;

	for (size_t i = 0; i < report->note_count; i++) {
		const struct intake_note *note = &report->note[i];
		const struct problem *p = &note->problem;
		bool brief = cured && note->brief[0] != '\0';

		print(_("Line %zu"), note->line);
		print("\n");
		print_problem(p->code, p->field, brief ? note->brief : p->text);
		cured = cured || note->brief[0] != '\0';
	}
}

/* The same file once more is the commonest of mistakes with files; of one row
 * its warning says enough, and a correction is of somebody who is there. */
static void
print_repeated(const struct draft_report *report)
{
	size_t good = report->count - report->outcomes[INTAKE_REJECTED];
	size_t there = 0;

	for (size_t i = 0; i < report->count; i++)
		there += report->row[i].outcome != INTAKE_REJECTED &&
		    is_duplicate(&report->row[i]);
	if (report->count < 2 || there == 0 || there < good)
		return;
	print(ngettext("%zu of %zu row is of somebody who was there already: "
		       "was this file read before?",
		  "%zu of %zu rows are of people who were there already: was "
		  "this file read before?",
		  good),
	    there, good);
	print("\n");
}

void
draft_report_print(const struct cli *cli, struct draft_report *report,
    enum draft_report_end end, const char *set_aside_path)
{
	size_t compared = 0;

	print_notes(report);
	draft_repeated_tell(report, print_repeated_problem);
	for (size_t i = 0; i < report->count; i++)
		if (!is_told(&report->row[i]))
			print_row(&report->row[i], is_stored(end), &compared);
	print(_("Rows: %zu. Accepted: %zu. With a warning: %zu. "
		"Rejected: %zu."),
	    report->count, report->outcomes[INTAKE_ACCEPTED],
	    report->outcomes[INTAKE_WARNING],
	    report->outcomes[INTAKE_REJECTED]);
	print("\n");
	print_end(cli, report, end, set_aside_path);
	print_repeated(report);
}
