/* sello-issue reprint: the same letter on paper once more, and counted. */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/fate.h"
#include "issue/center/large.h"
#include "issue/center/release.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/handing.h"
#include "issue/whose.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define COPIES_USUAL 3 /* more is worth a question */

struct run {
	const struct cli *cli;
	const char *reason;
	struct act act;
	struct issued letter;
	struct release release;
	struct decoder *decoder;
	struct handing handing;
	bool relabel;  /* the first copy in large print */
	int64_t again; /* write this copy once more; 0: make the next one */
};

static enum err
count(struct run *run, struct errtext *err)
{
	enum err rc;

	if ((rc = act_begin(&run->act, clock_now(), err)) != ERR_OK ||
	    (run->relabel &&
		(rc = register_letter_relabel(
		     run->act.center->reg, &run->letter, err)) != ERR_OK) ||
	    (rc = deed_copy(&run->act, &run->letter, run->reason,
		 run->release.copy, err)) != ERR_OK)
		return rc;
	return act_commit(&run->act, err);
}

static enum err
load(struct run *run, const char *number, struct errtext *err)
{
	enum err rc = register_letter_load(
	    run->act.center->reg, number, &run->letter, err);

	return rc == ERR_OK ? fate_printable(run->act.center, &run->letter, err)
			    : rc;
}

static void
tell(const struct run *run)
{
	const struct release *release = &run->release;
	json_t *object;

	if (!run->cli->json) {
		print(_("Copy %d of letter %s: %s"), release->copy,
		    release->number, release->pdf_path);
		print("\n");
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

/* A copy that was counted, and whose files something kept back. */
static enum err
choose_copy(const struct run *run, int *copy, struct errtext *err)
{
	*copy = run->again != 0 ? (int)run->again : run->letter.copies + 1;
	if (*copy <= run->letter.copies || run->again == 0)
		return ERR_OK;
	return err_set(err, ERR_DATA,
	    _("%s: copy %d was never made; without --copy the next one is"),
	    run->letter.number, *copy);
}

static enum err
ask(const struct run *run, struct errtext *err)
{
	char question[128];
	int copy = 0;
	enum err rc = choose_copy(run, &copy, err);

	if (rc != ERR_OK)
		return rc;
	if (copy > COPIES_USUAL)
		cli_warn(run->cli,
		    _("%s: this is copy %d; find out why so many are needed"),
		    run->letter.number, copy);
	snprintf(question, sizeof(question), _("Make copy %d of this letter?"),
	    copy);
	return whose_ask(run->cli, &run->letter, 1, question, err);
}

/* From this copy on. */
static enum err
enlarge(struct run *run, int copy, struct errtext *err)
{
	return cli_has(run->cli, "large")
	    ? large_begin(&run->letter.labels, copy, &run->relabel, err)
	    : ERR_OK;
}

/* Made, and whole on its disk, before it is counted: a sheet that cannot be
 * made or written counts no copy. */
static enum err
make(struct run *run, struct errtext *err)
{
	int copy;
	enum err rc;

	if ((rc = choose_copy(run, &copy, err)) != ERR_OK ||
	    (rc = enlarge(run, copy, err)) != ERR_OK ||
	    (rc = release_ready(&run->decoder, err)) != ERR_OK)
		return rc;
	if ((rc = file_parent_there(cli_value(run->cli, "out"), err)) !=
		ERR_OK ||
	    (rc = handing_ready(&run->handing, err)) != ERR_OK) {
		err_prefix(err, "%s", _("no copy was made or counted"));
		return rc;
	}
	if ((rc = release_render(run->act.center, &run->letter, copy,
		 run->decoder, &run->release, err)) != ERR_OK)
		return rc;
	rc = release_stage(cli_value(run->cli, "out"), &run->release, err);
	if (rc == ERR_IO || rc == ERR_EXISTS)
		err_prefix(err, "%s",
		    _("no copy was made or counted; give another --out, or "
		      "mend this"));
	return rc;
}

static enum err
hand_out(struct run *run, struct errtext *err)
{
	enum err rc = release_place(&run->release, err);

	if (rc != ERR_OK)
		err_prefix(err,
		    _("copy %d is counted, but a file of it could not be "
		      "written; mend that and write the same copy with --copy "
		      "%d"),
		    run->release.copy, run->release.copy);
	return rc;
}

/* The paper's way, once the copy is counted, written and told. */
static enum err
hand_over(struct run *run, struct errtext *err)
{
	struct handing *handing = &run->handing;
	enum err rc;

	handing->paper = run->letter.paper;
	if ((rc = handing_add(handing, &run->letter, &run->release,
		 run->again == 0 ? EVENT_BEFORE_NEVER : EVENT_BEFORE_SURELY,
		 err)) != ERR_OK ||
	    (rc = handing_note(handing, run->act.center, run->act.now,
		 run->act.actor.code, err)) != ERR_OK ||
	    (rc = handing_join(handing, run->cli, run->act.center, clock_now(),
		 err)) != ERR_OK)
		return rc;
	/* others need not wait for a printer, nor does a key pressed now */
	release_clear(&run->release);
	center_unlock(run->act.center);
	return handing_print(handing, run->cli, err);
}

static enum err
reprint(struct run *run, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	enum err rc;

	if ((rc = command_letter(run->cli, run->cli->args[0], number, err)) !=
		ERR_OK ||
	    (rc = command_reason(run->cli, &run->reason, err)) != ERR_OK ||
	    /* one who can open the keys: a copy is worth as much as the first
	     * sheet */
	    (rc = command_act_begin(run->cli, false, &run->act, err)) !=
		ERR_OK ||
	    (rc = load(run, number, err)) != ERR_OK ||
	    (rc = ask(run, err)) != ERR_OK || (rc = make(run, err)) != ERR_OK)
		return rc;
	rc = run->again == 0 ? count(run, err)
			     : act_settle(run->act.center, err);
	if (rc != ERR_OK || (rc = hand_out(run, err)) != ERR_OK)
		return rc;
	tell(run);
	return hand_over(run, err);
}

int
cmd_reprint(struct cli *cli)
{
	struct run run = { .cli = cli };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if (!cli_int(cli, "copy", 2, INT_MAX, 0, &run.again))
		return err_exit(ERR_USAGE);
	if (handing_usage(cli) != NULL)
		return cli_usage(cli, "%s", handing_usage(cli));
	handing_begin(cli, &run.handing);
	if ((rc = reprint(&run, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	handing_clear(&run.handing);
	release_clear(&run.release);
	register_letter_clear(&run.letter);
	decoder_free(&run.decoder);
	act_close(&run.act);
	return status;
}
