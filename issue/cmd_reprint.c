/* sello-issue reprint: the same letter on paper once more, and counted. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "issue/commands.h"
#include "issue/release.h"

#include <stdio.h>

#define COPIES_USUAL 3 /* more is worth a question */

struct run {
	const struct cli *cli;
	const char *reason;
	struct center *center;
	struct person person, second;
	struct issued letter;
	struct release release;
	struct sheet_fonts *fonts;
};

/* An approver must be one of those present: a copy is worth as much as the
 * first sheet. */
static enum err
log_in(struct run *run, struct errtext *err)
{
	bool second = cli_has(run->cli, "second");
	enum err rc = command_login(run->cli, run->center, "as",
	    second ? ROLE_ANY : ROLE_BIT(ROLE_APPROVER), &run->person, err);

	if (rc != ERR_OK || !second)
		return rc;
	return command_second(run->cli, run->center, &run->person,
	    run->person.role == ROLE_APPROVER ? ROLE_ANY
					      : ROLE_BIT(ROLE_APPROVER),
	    &run->second, err);
}

static enum err
count(struct run *run, struct errtext *err)
{
	const struct copy_note note = { clock_now(), run->person.code,
		run->second.code, run->reason };
	struct registry *reg = run->center->reg;
	int copy = 0;
	enum err rc;

	if ((rc = register_begin(reg, err)) != ERR_OK)
		return rc;
	rc = register_letter_copy(reg, run->letter.number, &note, &copy, err);
	/* the sheet that was made says its number: it must be this one */
	if (rc == ERR_OK && copy != run->release.copy)
		rc = err_set(err, ERR_BUSY,
		    _("another copy was made just now; try again"));
	if (rc == ERR_OK)
		rc = register_commit(reg, err);
	register_rollback(reg);
	return rc;
}

static void
tell(const struct run *run)
{
	const struct release *release = &run->release;
	json_t *object;

	if (release->copy > COPIES_USUAL)
		cli_warn(run->cli,
		    _("%s: this is copy %d; find out why so many are needed"),
		    release->number, release->copy);
	if (!run->cli->json) {
		printf(_("Copy %d of letter %s: %s"), release->copy,
		    release->number, release->pdf_path);
		printf("\n");
		return;
	}
	object = json_object();
	json_set_text(object, "letterNumber", release->number);
	json_object_set_new(object, "copy", json_integer(release->copy));
	json_set_text(object, "xml", release->xml_path);
	json_set_text(object, "pdf", release->pdf_path);
	json_set_text(object, "png", release->png_path);
	json_line(object);
}

static enum err
reprint(struct run *run, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if ((rc = command_number(run->cli->args[0], number, err)) != ERR_OK ||
	    (rc = command_reason(run->cli, &run->reason, err)) != ERR_OK ||
	    (rc = center_open(run->cli->home, true, &run->center, err)) !=
		ERR_OK ||
	    (rc = log_in(run, err)) != ERR_OK ||
	    (rc = register_letter_load(
		 run->center->reg, number, &run->letter, err)) != ERR_OK ||
	    (rc = release_ready(&run->fonts, err)) != ERR_OK ||
	    /* made before it is counted, so that a sheet that cannot be made
	     * counts no copy */
	    (rc = release_render(run->center, &run->letter,
		 run->letter.copies + 1, run->fonts, &run->release, err)) !=
		ERR_OK ||
	    (rc = count(run, err)) != ERR_OK)
		return rc;
	return release_write(cli_value(run->cli, "out"), &run->release, err);
}

int
cmd_reprint(struct cli *cli)
{
	struct run run = { .cli = cli };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if (cli_value(cli, "out") == NULL)
		return cli_usage(cli, _("--out is missing"));
	if ((rc = reprint(&run, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(&run);
	release_clear(&run.release);
	register_letter_clear(&run.letter);
	sheet_fonts_free(&run.fonts);
	people_clear(&run.person);
	people_clear(&run.second);
	center_close(&run.center);
	return status;
}
