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
#include "cli/confirm.h"
#include "issue/changes.h"
#include "issue/commands.h"
#include "issue/draft_rows.h"
#include "issue/register/letter.h"
#include "issue/whose.h"
#include "letter/xml.h"
#include "scan/wrong_file.h"

#include <openssl/crypto.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the file ----------------------------------------------------------- */

/* What is wrong with the file is told with its name in front. */
static enum err
in_file(const struct drafting *d, enum err rc, struct errtext *err)
{
	if (rc == ERR_DATA || rc == ERR_LIMIT)
		err_prefix(err, "%s", d->path);
	return rc;
}

/* An earlier file's rows may not have been mended and drafted yet. */
static enum err
is_there(const struct drafting *d, struct errtext *err)
{
	return err_set(err, ERR_EXISTS,
	    _("%s: there is such a file already and it was kept; nothing was "
	      "stored; give the rejected rows a file of their own"),
	    d->set_aside_path);
}

/* A file of rejected rows must not take the place of what it came from. */
static enum err
check_set_aside(const struct drafting *d, struct errtext *err)
{
	struct stat in, out;
	enum err rc;

	if (d->set_aside_path == NULL)
		return ERR_OK;
	if (stat(d->path, &in) == 0 && stat(d->set_aside_path, &out) == 0 &&
	    in.st_dev == out.st_dev && in.st_ino == out.st_ino)
		return err_set(err, ERR_USAGE,
		    _("--set-aside names the file that is read; name another "
		      "one"));
	/* also one with the very same rows: then all of this was done before */
	if (d->dry_run)
		return ERR_OK;
	rc = file_refuse_there(d->set_aside_path, err);
	return rc == ERR_EXISTS ? is_there(d, err) : rc;
}

static enum err
open_file(struct drafting *d, struct errtext *err)
{
	enum err rc;

	if ((rc = check_set_aside(d, err)) != ERR_OK)
		return rc;
	rc = file_read(d->path, CSV_FILE_MAX, &d->text, err);
	wrong_file_blame(d->path, FILE_PEOPLE, rc, err);
	return rc;
}

static enum err
open_intake(struct drafting *d, struct errtext *err)
{
	enum err rc = in_file(d, draft_rows_open(d, err), err);

	wrong_file_blame(d->path, FILE_PEOPLE, rc, err);
	return rc;
}

static enum err
write_set_aside(const struct drafting *d, struct errtext *err)
{
	enum err rc = file_write_new(
	    d->set_aside_path, 0600, d->aside.at, d->aside.len, err);

	return rc == ERR_EXISTS ? is_there(d, err) : rc;
}

/* The rejected rows first: a commit without their file would lose them. */
static enum err
finish(struct drafting *d, enum draft_report_end end, struct errtext *err)
{
	enum err rc = ERR_OK;

	if (end == DRAFT_REPORT_REFUSED) {
		register_rollback(d->center->reg);
		return ERR_OK;
	}
	if (d->aside.failed)
		return err_memory(err);
	if (end == DRAFT_REPORT_SET_ASIDE)
		rc = write_set_aside(d, err);
	if (rc == ERR_OK)
		rc = register_commit(d->center->reg, err);
	return rc;
}

/* Old beside new, for people: who is asked, who said yes beforehand, who
 * tries. */
static enum err
show_changes(struct drafting *d, const struct issued *issued,
    const struct letter *new, struct errtext *err)
{
	struct letter old = { 0 };
	enum err rc = xml_read(issued->xml.at, issued->xml.len, &old, err);

	if (rc == ERR_OK)
		changes_print(stderr, d->center->list, &old, new);
	letter_wipe(&old);
	return rc;
}

/* What becomes of the letter that is to be replaced, and whose it is. A row
 * that is rejected is told as such, and nothing is asked. */
static enum err
ask_superseded(struct drafting *d, struct errtext *err)
{
	struct issued issued = { 0 };
	struct letter new = { 0 };
	bool asked = !d->dry_run && confirm_is_asked(d->cli);
	bool shown =
	    asked || (!d->cli->json && (d->dry_run || cli_has(d->cli, "yes")));
	bool good = false;
	enum err rc;

	if (d->supersedes[0] == '\0' || !shown)
		return ERR_OK;
	rc = in_file(d, draft_rows_read(d, 0, &new, &good, err), err);
	if (rc == ERR_OK && good &&
	    (rc = register_letter_load(
		 d->center->reg, d->supersedes, &issued, err)) == ERR_OK &&
	    (rc = show_changes(d, &issued, &new, err)) == ERR_OK && asked)
		rc = whose_ask(d->cli, &issued, 1,
		    _("Draft a letter in place of this one?"), err);
	letter_wipe(&new);
	register_letter_clear(&issued);
	return rc;
}

static enum err
store_file(struct drafting *d, enum draft_report_end *end, struct errtext *err)
{
	enum err rc;

	rc = command_login(
	    d->cli, d->center, "as", ROLE_BIT(ROLE_DRAFTER), &d->drafter, err);
	if (rc != ERR_OK || (rc = ask_superseded(d, err)) != ERR_OK ||
	    (rc = register_begin(d->center->reg, err)) != ERR_OK)
		return rc;
	rc = in_file(d, draft_rows_insert(d, err), err);
	*end = draft_rows_end(d);
	if (rc == ERR_OK)
		rc = finish(d, *end, err);
	if (rc != ERR_OK)
		register_rollback(d->center->reg);
	return rc;
}

/* Is the row meant for this letter? Where the same letter is wanted once more,
 * as after a wrong clock, --yes says so. */
static enum err
check_changes(const struct drafting *d, const struct letter *old,
    const struct letter *new, struct errtext *err)
{
	if (!changes_any(old, new) && !cli_has(d->cli, "yes"))
		return err_set(err, ERR_DATA,
		    _("nothing changes: the row says what letter %s says. "
		      "Nothing was drafted; if the same letter is wanted once "
		      "more, add --yes"),
		    d->supersedes);
	if (changes_person(old, new))
		cli_warn(d->cli,
		    _("this seems to be another person than in letter %s: "
		      "name, birth date and document are all different"),
		    d->supersedes);
	return ERR_OK;
}

/* Of a row that is rejected only that is told, with the others. */
static enum err
check_row(struct drafting *d, struct errtext *err)
{
	struct issued issued = { 0 };
	struct letter old = { 0 }, new = { 0 };
	bool good = false;
	enum err rc;

	if (d->supersedes[0] == '\0')
		return ERR_OK;
	if ((rc = draft_rows_single(d, err)) == ERR_OK)
		rc = draft_rows_read(d, 0, &new, &good, err);
	rc = in_file(d, rc, err);
	if (rc == ERR_OK && good &&
	    (rc = register_letter_load(
		 d->center->reg, d->supersedes, &issued, err)) == ERR_OK &&
	    (rc = xml_read(issued.xml.at, issued.xml.len, &old, err)) == ERR_OK)
		rc = check_changes(d, &old, &new, err);
	letter_wipe(&old);
	letter_wipe(&new);
	register_letter_clear(&issued);
	return rc;
}

/* A dry run needs nobody; but who is named with a passphrase is checked. */
static enum err
try_file(struct drafting *d, enum draft_report_end *end, struct errtext *err)
{
	enum err rc = ERR_OK;

	*end = DRAFT_REPORT_DRY_RUN;
	if (cli_has(d->cli, "as") && cli_has(d->cli, "passphrase-file"))
		rc = command_login(d->cli, d->center, "as",
		    ROLE_BIT(ROLE_DRAFTER), &d->drafter, err);
	if (rc == ERR_OK)
		rc = ask_superseded(d, err);
	return rc == ERR_OK ? in_file(d, draft_rows_insert(d, err), err) : rc;
}

static enum err
run(struct drafting *d, enum draft_report_end *end, struct errtext *err)
{
	enum err rc;

	if ((rc = open_file(d, err)) != ERR_OK ||
	    (rc = center_open(d->cli->home, !d->dry_run, &d->center, err)) !=
		ERR_OK)
		return rc;
	/* a broken file is told before anybody types a passphrase */
	if ((rc = draft_rows_supersede(d, err)) != ERR_OK ||
	    (rc = open_intake(d, err)) != ERR_OK ||
	    (rc = check_row(d, err)) != ERR_OK)
		return rc;
	return d->dry_run ? try_file(d, end, err) : store_file(d, end, err);
}

static void
release(struct drafting *d)
{
	intake_free(&d->intake);
	people_clear(&d->drafter);
	center_close(&d->center);
	draft_report_free(&d->report);
	OPENSSL_cleanse(&d->row, sizeof(d->row));
	bytes_wipe(&d->text);
	bytes_wipe(&d->aside);
}

static int
draft(struct drafting *d)
{
	const struct cli *cli = d->cli;
	enum draft_report_end end = DRAFT_REPORT_DRY_RUN;
	struct errtext err = { 0 };
	enum err rc = run(d, &end, &err);
	int status = 0;

	if (rc != ERR_OK) {
		/* an unusable header, for programs; people read the error */
		if (cli->json && d->report.count == 0)
			draft_report_json(&d->report, DRAFT_REPORT_REFUSED);
		status = cli_fail(cli, rc, &err);
	} else {
		if (cli->json)
			draft_report_json(&d->report, end);
		else
			draft_report_print(
			    d->cli, &d->report, end, d->set_aside_path);
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

	if (dates != NULL)
		d->dates =
		    strcmp(dates, "dmy") == 0 ? DATE_ORDER_DMY : DATE_ORDER_MDY;
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
	enum err rc = command_letter(cli, cli->args[0], d.supersedes, &err);
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
