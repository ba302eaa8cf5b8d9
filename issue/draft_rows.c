/*
 * draft_rows.c - draft_rows.h.
 */
#include "issue/draft_rows.h"

#include "base/i18n.h"
#include "base/progress.h"
#include "base/table.h"
#include "issue/duplicate_view.h"
#include "issue/intake/duplicate.h"
#include "issue/register/draft.h"
#include "issue/register/letter.h"
#include "letter/xml.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REREAD_MAX 10

/* ---- duplicates in the register ----------------------------------------- */

struct search {
	const struct duplicate_keys *person;
	const char *except; /* the letter to be replaced */
	struct problem *problem;
	bool found;
};

static bool
compare_candidate(void *arg, const struct draft *candidate)
{
	struct search *search = arg;
	struct duplicate_keys other;
	enum duplicate_match match;

	if (strcmp(candidate->number, search->except) == 0 &&
	    search->except[0] != '\0')
		return true;
	if (!duplicate_keys_of(&candidate->letter, &other))
		return true;
	match = duplicate_match(search->person, &other);
	search->found = match != DUPLICATE_NOT;
	OPENSSL_cleanse(&other, sizeof(other));
	if (!search->found)
		return true;
	if (candidate->number[0] != '\0')
		problem_set(search->problem, W_DUPLICATE, FIELD_NONE,
		    _("This looks like the same person as in letter %s: "
		      "%s; compare the two before anybody approves this"),
		    candidate->number, duplicate_words(match));
	else
		problem_set(search->problem, W_DUPLICATE, FIELD_NONE,
		    _("This looks like the same person as in draft %lld: "
		      "%s; compare the two before anybody approves this"),
		    (long long)candidate->id, duplicate_words(match));
	return false;
}

/* For struct intake_context: is there somebody in the register who looks the
 * same? */
static enum err
is_duplicate(void *arg, const struct letter *letter, bool *duplicate,
    struct problem *problem, struct errtext *err)
{
	const struct drafting *d = arg;
	struct duplicate_keys person;
	struct person_keys keys = { person.document, person.name };
	struct search search = { &person, d->supersedes, problem, false };
	enum err rc;

	if (!duplicate_keys_of(letter, &person))
		return err_memory(err);
	rc = register_draft_duplicates(d->center->reg, d->center->info.center,
	    &keys, compare_candidate, &search, err);
	*duplicate = search.found;
	OPENSSL_cleanse(&person, sizeof(person));
	return rc;
}

/* ---- what is read ------------------------------------------------------- */

/* The case stays the same when its letter is replaced. */
static enum err
keep_reference(struct drafting *d, const struct bytes *xml, struct errtext *err)
{
	struct letter letter = { 0 };
	enum err rc = xml_read(xml->at, xml->len, &letter, err);

	if (rc == ERR_OK)
		memcpy(d->case_reference, letter.case_reference,
		    sizeof(d->case_reference));
	letter_wipe(&letter);
	return rc;
}

enum err
draft_rows_supersede(struct drafting *d, struct errtext *err)
{
	struct issued letter = { 0 };
	enum err rc;

	if (d->supersedes[0] == '\0')
		return ERR_OK;
	rc = register_letter_load(d->center->reg, d->supersedes, &letter, err);
	if (rc == ERR_OK && letter.state != ISSUED_ISSUED)
		rc = err_set(err, ERR_DATA,
		    _("%s: this letter was replaced, withdrawn or forgotten; "
		      "issue a new one with draft"),
		    d->supersedes);
	if (rc == ERR_OK)
		rc = keep_reference(d, &letter.xml, err);
	register_letter_clear(&letter);
	return rc;
}

enum err
draft_rows_open(struct drafting *d, struct errtext *err)
{
	struct intake_note note = { .line = 1 };
	size_t count = 0;
	enum err rc;

	d->context = (struct intake_context){
		.list = d->center->list,
		.center = d->center->info.center,
		.now = d->now,
		.skip_rejected = d->set_aside_path != NULL,
		.dates = d->dates,
		.case_reference =
		    d->case_reference[0] == '\0' ? NULL : d->case_reference,
		.ignore = d->ignore,
		.is_duplicate = is_duplicate,
		.arg = d,
	};
	while (d->context.ignore_count < CSV_COLUMN_MAX &&
	    d->ignore[d->context.ignore_count] != NULL)
		d->context.ignore_count++;
	if (d->center->list_unread)
		return err_set(err, ERR_IO, "%s", d->center->list_problem.text);
	if (d->center->list == NULL)
		return err_set(err, ERR_CONFIG,
		    _("this center has no trust list yet; take one with "
		      "sello-issue trust"));
	rc = intake_new(d->text.at, d->text.len, &d->context, &d->intake,
	    &note.problem, &count, err);
	if (count > 0)
		draft_report_note(&d->report, &note);
	return rc;
}

/* ---- rows --------------------------------------------------------------- */

static json_t *
problems_of(const struct intake_row *row)
{
	json_t *all = json_array();

	for (size_t i = 0; i < row->problem_count; i++)
		json_array_append_new(all,
		    intake_problem_json(row->problem[i].code,
			row->problem[i].field, row->problem[i].text));
	return all;
}

static enum err
store_draft(struct drafting *d, int64_t *id, struct errtext *err)
{
	struct duplicate_keys person;
	struct draft_input input = {
		.letter = &d->row.letter,
		.row = d->row.row,
		.keys = { person.document, person.name },
	};
	json_t *problems;
	enum err rc;

	if (!duplicate_keys_of(&d->row.letter, &person))
		return err_memory(err);
	problems = problems_of(&d->row);
	input.problems = problems;
	memcpy(d->row.letter.officer, d->drafter.code, PERSON_CODE_SIZE);
	memcpy(d->row.letter.supersedes, d->supersedes, sizeof(d->supersedes));
	rc = register_draft_insert(d->center->reg, d->center->info.center,
	    &d->drafter, &input, d->now, id, err);
	json_decref(problems);
	OPENSSL_cleanse(&person, sizeof(person));
	return rc;
}

/* Few are ever asked for, so it costs less to read the file again than to keep
 * everybody in it. */
enum err
draft_rows_read(struct drafting *d, size_t line, struct letter *out, bool *good,
    struct errtext *err)
{
	struct intake_context context = d->context;
	struct intake_row *row = calloc(1, sizeof(*row));
	struct intake *again = NULL;
	struct problem problem;
	size_t count;
	bool end = false;
	enum err rc;

	if (row == NULL)
		return err_memory(err);
	context.is_duplicate = NULL;
	rc = intake_new(
	    d->text.at, d->text.len, &context, &again, &problem, &count, err);
	if (rc == ERR_OK)
		do
			rc = intake_next(again, row, &end, err);
		while (rc == ERR_OK && !end && line != 0 && row->line != line);
	*good = rc == ERR_OK && !end && row->outcome != INTAKE_REJECTED;
	if (rc == ERR_OK && !end)
		*out = row->letter;
	intake_free(&again);
	OPENSSL_cleanse(row, sizeof(*row));
	free(row);
	return rc;
}

enum err
draft_rows_single(struct drafting *d, struct errtext *err)
{
	struct intake_context context = d->context;
	struct intake_row *row = calloc(1, sizeof(*row));
	struct intake *again = NULL;
	struct problem problem;
	size_t count, rows = 0;
	bool end = false;
	enum err rc;

	if (row == NULL)
		return err_memory(err);
	context.is_duplicate = NULL;
	rc = intake_new(
	    d->text.at, d->text.len, &context, &again, &problem, &count, err);
	for (; rc == ERR_OK && !end && rows < 2; rows += !end)
		rc = intake_next(again, row, &end, err);
	if (rc == ERR_OK && !end)
		rc = err_set(err, ERR_DATA,
		    _("one letter is replaced by one row; the file has more"));
	intake_free(&again);
	OPENSSL_cleanse(row, sizeof(*row));
	free(row);
	return rc;
}

/* In a dry run an earlier line of the file is no draft that could be found. */
static enum err
compare_lines(struct drafting *d, const struct duplicate_person *person,
    FILE *out, struct errtext *err)
{
	struct letter other = { 0 };
	bool good;
	enum err rc;

	if (!d->dry_run || d->row.duplicate_of == 0 ||
	    d->reread++ >= REREAD_MAX)
		return ERR_OK;
	rc = draft_rows_read(d, d->row.duplicate_of, &other, &good, err);
	if (rc == ERR_OK)
		duplicate_view_print_line(d->center, person, &other,
		    d->row.duplicate_of, out, table_width());
	letter_wipe(&other);
	return rc;
}

/* It has names. */
static void
forget(char **text)
{
	if (*text != NULL)
		OPENSSL_cleanse(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

/* For people: who may be the same, to be told below the row's warnings. */
static enum err
compare_row(struct drafting *d, char **text, struct errtext *err)
{
	struct duplicate_person person = { &d->row.letter, 0, d->now };
	size_t len = 0;
	FILE *out;
	enum err rc;

	*text = NULL;
	if (d->cli->json || d->row.outcome == INTAKE_REJECTED)
		return ERR_OK;
	if ((out = open_memstream(text, &len)) == NULL)
		return err_memory(err);
	memcpy(d->row.letter.supersedes, d->supersedes, sizeof(d->supersedes));
	rc = compare_lines(d, &person, out, err);
	if (rc == ERR_OK)
		rc = duplicate_view_print(
		    d->center, &person, out, table_width(), err);
	if (fclose(out) != 0 && rc == ERR_OK)
		rc = err_memory(err);
	if (rc != ERR_OK || len == 0)
		forget(text);
	return rc;
}

static enum err
insert_row(struct drafting *d, struct errtext *err)
{
	char *alike = NULL;
	int64_t draft = 0;
	enum err rc = compare_row(d, &alike, err);

	if (rc != ERR_OK)
		return rc;
	if (d->row.outcome == INTAKE_REJECTED) {
		if (d->set_aside_path != NULL)
			intake_set_aside(d->intake, &d->aside);
	} else if (!d->dry_run)
		rc = store_draft(d, &draft, err);
	if (rc == ERR_OK)
		rc = draft_report_add(&d->report, &d->row, draft, err);
	if (rc == ERR_OK)
		draft_report_alike(&d->report, alike);
	else
		forget(&alike);
	return rc;
}

static size_t
count_lines(const struct bytes *text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text->len; i++)
		lines += text->at[i] == '\n';
	return lines;
}

static void
keep_notes(struct drafting *d)
{
	struct intake_note note[INTAKE_NOTE_MAX];
	size_t count = intake_notes(d->intake, note);

	for (size_t i = 0; i < count; i++)
		draft_report_note(&d->report, &note[i]);
}

enum err
draft_rows_insert(struct drafting *d, struct errtext *err)
{
	struct progress progress;
	bool end = false;
	enum err rc;

	progress_start(&progress, _("Reading line"), count_lines(&d->text));
	do {
		rc = intake_next(d->intake, &d->row, &end, err);
		if (rc != ERR_OK || end)
			break;
		progress_step(&progress, d->row.line);
	} while ((rc = insert_row(d, err)) == ERR_OK);
	progress_end(&progress);
	keep_notes(d);
	if (rc == ERR_OK && d->report.count == 0)
		rc = err_set(err, ERR_DATA,
		    _("the file has a first line and no rows; add a row for "
		      "each person"));
	return rc;
}

enum draft_report_end
draft_rows_end(const struct drafting *d)
{
	bool rejected = d->report.outcomes[INTAKE_REJECTED] > 0;

	if (d->dry_run)
		return DRAFT_REPORT_DRY_RUN;
	if (!rejected)
		return DRAFT_REPORT_STORED;
	return d->set_aside_path != NULL ? DRAFT_REPORT_SET_ASIDE
					 : DRAFT_REPORT_REFUSED;
}
