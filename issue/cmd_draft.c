/*
 * sello-issue draft: a CSV file into signed drafts, all of it or nothing; and
 * sello-issue correct: one row into the draft that is to replace a letter.
 *
 * One transaction holds the whole file. Results are told only after its
 * commit, so that nobody reads of a draft that a power cut took back.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/progress.h"
#include "base/table.h"
#include "issue/alike.h"
#include "issue/commands.h"
#include "issue/draft_report.h"
#include "issue/lookalike.h"
#include "issue/register_letter.h"
#include "issue/whose.h"
#include "letter/xml.h"

#include <openssl/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REREAD_MAX 10

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
	struct report report;
};

/* ---- look-alikes in the register ----------------------------------------- */

struct search {
	const struct lookalike *person;
	const char *except; /* the letter to be replaced */
	struct problem *problem;
	bool found;
};

static bool
compare_candidate(void *arg, const struct draft *candidate)
{
	struct search *search = arg;
	struct lookalike other;

	if (strcmp(candidate->number, search->except) == 0 &&
	    search->except[0] != '\0')
		return true;
	if (!lookalike_of(&candidate->letter, &other))
		return true;
	search->found = lookalike_is_same(search->person, &other);
	OPENSSL_cleanse(&other, sizeof(other));
	if (!search->found)
		return true;
	if (candidate->number[0] != '\0')
		problem_set(search->problem, W_DUPLICATE, FIELD_NONE,
		    _("This looks like the same person as in letter %s; "
		      "compare the two before anybody approves this"),
		    candidate->number);
	else
		problem_set(search->problem, W_DUPLICATE, FIELD_NONE,
		    _("This looks like the same person as in draft %lld; "
		      "compare the two before anybody approves this"),
		    (long long)candidate->id);
	return false;
}

static enum err
is_duplicate(void *arg, const struct letter *letter, bool *duplicate,
    struct problem *problem, struct errtext *err)
{
	const struct drafting *d = arg;
	struct lookalike person;
	struct person_keys keys = { person.document, person.name };
	struct search search = { &person, d->supersedes, problem, false };
	enum err rc;

	if (!lookalike_of(letter, &person))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	rc = register_draft_alike(d->center->reg, d->center->info.center, &keys,
	    compare_candidate, &search, err);
	*duplicate = search.found;
	OPENSSL_cleanse(&person, sizeof(person));
	return rc;
}

/* ---- rows -----------------------------------------------------------------
 */

static enum err
store_draft(struct drafting *d, int64_t *id, struct errtext *err)
{
	struct lookalike person;
	struct draft_input input = {
		.letter = &d->row.letter,
		.row = d->row.row,
		.problem = d->row.problem,
		.problem_count = d->row.problem_count,
		.keys = { person.document, person.name },
	};
	enum err rc;

	if (!lookalike_of(&d->row.letter, &person))
		return err_set(err, ERR_MEMORY, _("out of memory"));
	memcpy(d->row.letter.officer, d->drafter.code, PERSON_CODE_SIZE);
	memcpy(d->row.letter.supersedes, d->supersedes, sizeof(d->supersedes));
	rc = register_draft_insert(d->center->reg, d->center->info.center,
	    &d->drafter, &input, d->now, id, err);
	OPENSSL_cleanse(&person, sizeof(person));
	return rc;
}

/* An earlier line once more. Few are ever asked for, so it costs less to read
 * the file again than to keep everybody in it. */
static enum err
earlier_line(
    struct drafting *d, size_t line, struct letter *out, struct errtext *err)
{
	struct intake_context context = d->context;
	struct intake_row *row = calloc(1, sizeof(*row));
	struct intake *again = NULL;
	struct problem problem;
	size_t count;
	bool end = false;
	enum err rc;

	if (row == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	context.is_duplicate = NULL;
	rc = intake_new(
	    d->text.at, d->text.len, &context, &again, &problem, &count, err);
	while (rc == ERR_OK && !end && row->line != line)
		rc = intake_next(again, row, &end, err);
	if (rc == ERR_OK)
		*out = row->letter;
	intake_free(&again);
	OPENSSL_cleanse(row, sizeof(*row));
	free(row);
	return rc;
}

/* In a dry run an earlier line of the file is no draft that could be found. */
static enum err
compare_lines(struct drafting *d, const struct alike_person *person, FILE *out,
    struct errtext *err)
{
	struct letter other = { 0 };
	enum err rc;

	if (!d->dry_run || d->row.twin == 0 || d->reread++ >= REREAD_MAX)
		return ERR_OK;
	if ((rc = earlier_line(d, d->row.twin, &other, err)) == ERR_OK)
		alike_print_line(
		    d->center, person, &other, d->row.twin, out, table_width());
	letter_wipe(&other);
	return rc;
}

/* For people: who may be the same, to be told below the row's warnings. */
static enum err
compare_row(struct drafting *d, char **text, struct errtext *err)
{
	struct alike_person person = { &d->row.letter, 0, d->now };
	size_t len = 0;
	FILE *out;
	enum err rc;

	*text = NULL;
	if (d->cli->json || d->row.outcome == INTAKE_REJECTED)
		return ERR_OK;
	if ((out = open_memstream(text, &len)) == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	memcpy(d->row.letter.supersedes, d->supersedes, sizeof(d->supersedes));
	rc = compare_lines(d, &person, out, err);
	if (rc == ERR_OK)
		rc = alike_print(d->center, &person, out, table_width(), err);
	fclose(out);
	if (rc != ERR_OK || len == 0) {
		free(*text);
		*text = NULL;
	}
	return rc;
}

static enum err
take_row(struct drafting *d, struct errtext *err)
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
		rc = report_add(&d->report, &d->row, draft, err);
	if (rc == ERR_OK)
		report_alike(&d->report, alike);
	else
		free(alike);
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

/* What is wrong with the file is told with its name in front. */
static enum err
in_file(const struct drafting *d, enum err rc, struct errtext *err)
{
	if (rc == ERR_DATA || rc == ERR_LIMIT)
		err_prefix(err, "%s", d->path);
	return rc;
}

static void
keep_notes(struct drafting *d)
{
	struct intake_note note[INTAKE_NOTE_MAX];
	size_t count = intake_notes(d->intake, note);

	for (size_t i = 0; i < count; i++)
		report_note(&d->report, &note[i]);
}

static enum err
take_rows(struct drafting *d, struct errtext *err)
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
	} while ((rc = take_row(d, err)) == ERR_OK);
	progress_end(&progress);
	keep_notes(d);
	if (rc == ERR_OK && d->supersedes[0] != '\0' && d->report.count > 1)
		rc = err_set(err, ERR_DATA,
		    _("one letter is replaced by one row; the file has more"));
	if (rc == ERR_OK && d->report.count == 0)
		rc = err_set(err, ERR_DATA,
		    _("the file has a first line and no rows; add a row for "
		      "each person"));
	return in_file(d, rc, err);
}

/* ---- the file -------------------------------------------------------------
 */

/* A file of rejected rows must not take the place of what it came from. */
static enum err
check_set_aside(const struct drafting *d, struct errtext *err)
{
	struct stat in, out;

	if (d->set_aside_path == NULL || stat(d->path, &in) != 0 ||
	    stat(d->set_aside_path, &out) != 0 || in.st_dev != out.st_dev ||
	    in.st_ino != out.st_ino)
		return ERR_OK;
	return err_set(err, ERR_USAGE,
	    _("--set-aside names the file that is read; name another one"));
}

static enum err
open_file(struct drafting *d, struct errtext *err)
{
	enum err rc;

	if ((rc = check_set_aside(d, err)) != ERR_OK)
		return rc;
	return file_read(d->path, CSV_FILE_MAX, &d->text, err);
}

static enum err
open_intake(struct drafting *d, struct errtext *err)
{
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
	struct intake_note note = { .line = 1 };
	size_t count = 0;
	enum err rc;

	while (d->context.ignore_count < CSV_COLUMN_MAX &&
	    d->ignore[d->context.ignore_count] != NULL)
		d->context.ignore_count++;

	if (d->center->list == NULL)
		return err_set(err, ERR_CONFIG,
		    _("this center has no trust list yet; take one with "
		      "sello-issue trust"));
	rc = intake_new(d->text.at, d->text.len, &d->context, &d->intake,
	    &note.problem, &count, err);
	if (count > 0)
		report_note(&d->report, &note);
	return in_file(d, rc, err);
}

static enum report_end
how_it_ends(const struct drafting *d)
{
	bool rejected = d->report.outcomes[INTAKE_REJECTED] > 0;

	if (d->dry_run)
		return REPORT_DRY_RUN;
	if (!rejected)
		return REPORT_STORED;
	return d->set_aside_path != NULL ? REPORT_SET_ASIDE : REPORT_REFUSED;
}

/* An earlier file's rows may not have been mended and drafted yet. */
static enum err
write_set_aside(const struct drafting *d, struct errtext *err)
{
	enum err rc = file_write_new(
	    d->set_aside_path, 0600, d->aside.at, d->aside.len, err);

	if (rc != ERR_EXISTS)
		return rc;
	return err_set(err, rc,
	    _("%s: there is such a file already and it was kept; nothing was "
	      "stored; give the rejected rows a file of their own"),
	    d->set_aside_path);
}

/* The rejected rows first: a commit without their file would lose them. */
static enum err
finish(struct drafting *d, enum report_end end, struct errtext *err)
{
	enum err rc = ERR_OK;

	if (end == REPORT_REFUSED) {
		register_rollback(d->center->reg);
		return ERR_OK;
	}
	if (d->aside.failed)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	if (end == REPORT_SET_ASIDE)
		rc = write_set_aside(d, err);
	if (rc == ERR_OK)
		rc = register_commit(d->center->reg, err);
	return rc;
}

/* Whose letter it is that is to be replaced. */
static enum err
ask_superseded(const struct drafting *d, struct errtext *err)
{
	struct issued letter = { 0 };
	enum err rc;

	if (d->supersedes[0] == '\0')
		return ERR_OK;
	rc = register_letter_load(d->center->reg, d->supersedes, &letter, err);
	if (rc == ERR_OK)
		rc = whose_ask(d->cli, &letter, 1,
		    _("Draft a letter in place of this one?"), err);
	register_letter_clear(&letter);
	return rc;
}

static enum err
store_file(struct drafting *d, enum report_end *end, struct errtext *err)
{
	enum err rc;

	rc = command_login(
	    d->cli, d->center, "as", ROLE_BIT(ROLE_DRAFTER), &d->drafter, err);
	if (rc != ERR_OK || (rc = ask_superseded(d, err)) != ERR_OK ||
	    (rc = register_begin(d->center->reg, err)) != ERR_OK)
		return rc;
	rc = take_rows(d, err);
	*end = how_it_ends(d);
	if (rc == ERR_OK)
		rc = finish(d, *end, err);
	if (rc != ERR_OK)
		register_rollback(d->center->reg);
	return rc;
}

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

/* A letter that is dead already gets no successor. */
static enum err
check_superseded(struct drafting *d, struct errtext *err)
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

/* A dry run needs nobody; but who is named with a passphrase is checked. */
static enum err
try_file(struct drafting *d, enum report_end *end, struct errtext *err)
{
	enum err rc = ERR_OK;

	*end = REPORT_DRY_RUN;
	if (cli_has(d->cli, "as") && cli_has(d->cli, "passphrase-file"))
		rc = command_login(d->cli, d->center, "as",
		    ROLE_BIT(ROLE_DRAFTER), &d->drafter, err);
	return rc == ERR_OK ? take_rows(d, err) : rc;
}

static enum err
run(struct drafting *d, enum report_end *end, struct errtext *err)
{
	enum err rc;

	if ((rc = open_file(d, err)) != ERR_OK ||
	    (rc = center_open(d->cli->home, !d->dry_run, &d->center, err)) !=
		ERR_OK)
		return rc;
	/* a broken file is told before anybody types a passphrase */
	if ((rc = check_superseded(d, err)) != ERR_OK ||
	    (rc = open_intake(d, err)) != ERR_OK)
		return rc;
	return d->dry_run ? try_file(d, end, err) : store_file(d, end, err);
}

static void
release(struct drafting *d)
{
	intake_free(&d->intake);
	people_clear(&d->drafter);
	center_close(&d->center);
	report_free(&d->report);
	OPENSSL_cleanse(&d->row, sizeof(d->row));
	bytes_wipe(&d->text);
	bytes_wipe(&d->aside);
}

static int
draft(struct drafting *d)
{
	const struct cli *cli = d->cli;
	enum report_end end = REPORT_DRY_RUN;
	struct errtext err = { 0 };
	enum err rc = run(d, &end, &err);
	int status = 0;

	if (rc != ERR_OK) {
		/* an unusable header, for programs; people read the error */
		if (cli->json && d->report.count == 0)
			report_json(&d->report, REPORT_REFUSED);
		status = cli_fail(cli, rc, &err);
	} else {
		if (cli->json)
			report_json(&d->report, end);
		else
			report_print(&d->report, end, d->set_aside_path);
		if (d->report.outcomes[INTAKE_REJECTED] > 0 &&
		    d->set_aside_path == NULL)
			status = err_exit(ERR_DATA);
	}
	return status;
}

/* The options that say how the file is read; 0, or the status to end with. */
static int
take_reading(struct drafting *d)
{
	const char *dates = cli_value(d->cli, "dates");

	if (dates != NULL && strcmp(dates, "dmy") == 0)
		d->dates = DATE_ORDER_DMY;
	else if (dates != NULL && strcmp(dates, "mdy") == 0)
		d->dates = DATE_ORDER_MDY;
	else if (dates != NULL)
		return cli_usage(d->cli,
		    _("--dates is dmy (day, month, year) or mdy (month, day, "
		      "year)"));
	for (size_t i = 0; i < CSV_COLUMN_MAX; i++)
		d->ignore[i] = cli_values(d->cli, "ignore-column", i);
	return 0;
}

int
cmd_draft(struct cli *cli)
{
	struct drafting d = { .cli = cli,
		.set_aside_path = cli_value(cli, "set-aside"),
		.dry_run = cli_has(cli, "dry-run"),
		.now = clock_now() };
	int status;

	if (cli_has(cli, "again"))
		return cmd_draft_again(cli);
	if (cli->arg_count == 0)
		return cli_usage(cli, _("the file of people is missing"));
	d.path = cli->args[0];
	status = take_reading(&d);
	if (status == 0)
		status = draft(&d);
	release(&d);
	return status;
}

int
cmd_correct(struct cli *cli)
{
	struct drafting d = { .cli = cli,
		.path = cli->args[1],
		.dry_run = cli_has(cli, "dry-run"),
		.now = clock_now() };
	struct errtext err = { 0 };
	enum err rc = command_number(cli->args[0], d.supersedes, &err);
	int status;

	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if ((status = take_reading(&d)) != 0)
		return status;
	status = draft(&d);
	if (status == 0 && !cli->json && !d.dry_run)
		print(_("Draft %lld replaces letter %s as soon as it is "
			"approved. Ask for the old paper back.\n"),
		    (long long)d.report.row[0].draft, d.supersedes);
	release(&d);
	return status;
}
