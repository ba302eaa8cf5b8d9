/* sello-issue backup and restore: the home in one file, and back. */
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "issue/center/backup.h"
#include "issue/commands.h"
#include "scan/wrong_file.h"

#include <stdio.h>

int
cmd_backup(struct cli *cli)
{
	const char *to = cli_value(cli, "to");
	struct center *center = NULL;
	struct errtext err = { 0 };
	json_t *object;
	enum err rc;

	if ((rc = center_open(cli->home, true, &center, &err)) == ERR_OK)
		rc = backup_write(center, to, clock_now(), &err);
	center_close(&center);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		object = json_object();
		json_set_text(object, "file", to);
		json_line(object);
		return 0;
	}
	print(_("%s holds the whole register, with people's data: keep it "
		"encrypted and locked away."),
	    to);
	print("\n");
	return 0;
}

static void
print_side(const struct backup_side *side, bool is_backup)
{
	char at[LOCAL_SIZE] = "-";

	if (!side->known)
		return;
	if (side->last != 0)
		local_format(side->last, at);
	print_to(stderr,
	    is_backup ? _("The backup has %s, its last line is of %s.")
		      : _("The register has %s, its last line is of %s."),
	    COUNTED(LETTERS, (size_t)side->letters), at);
	print_to(stderr, "\n");
}

/* Where a register is at work: what it has since the backup is not in it. */
static enum err
ask(void *arg, const struct backup_side *backup, const struct backup_side *own,
    struct errtext *err)
{
	const struct cli *cli = arg;
	struct errtext question = { 0 };

	if (confirm_is_asked(cli)) {
		print_to(stderr, "%s\n",
		    _("There is a register already. What was drafted and "
		      "signed since the backup is not in the backup; the "
		      "register is kept beside it, and nobody works with it "
		      "any more."));
		print_side(own, false);
		print_side(backup, true);
	}
	err_set(&question, ERR_USAGE,
	    _("Put the backup in place of the register in %s?"), cli->home);
	return confirm_person(cli, question.text, err);
}

int
cmd_restore(struct cli *cli)
{
	const struct backup_question question = { ask, cli };
	struct restored done = { .kept = false };
	struct center *center = NULL;
	struct errtext err = { 0 };
	json_t *object;
	enum err rc;

	cli_warn_open(cli, cli->args[0]);
	rc = backup_restore(
	    cli->home, cli->args[0], clock_now(), &question, &done, &err);
	wrong_file_blame(cli->args[0], FILE_DATABASE, rc, &err);
	/* a backup that opens as a home is one */
	if (rc == ERR_OK)
		rc = center_open(cli->home, false, &center, &err);
	center_close(&center);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		object = json_object();
		json_set_text(object, "home", cli->home);
		json_set_text(object, "kept", done.kept ? done.old : NULL);
		json_line(object);
		return 0;
	}
	print(_("The register in %s is the one of the backup.\n"), cli->home);
	if (done.kept)
		print(_("What was there is kept as %s: it holds people's "
			"data, too.\n"),
		    done.old);
	cli_print(cli, stdout,
	    _("Next: take the newest trust list, and run sello-issue check. It "
	      "says whether two persons must run recover before anything is "
	      "signed."));
	return 0;
}
