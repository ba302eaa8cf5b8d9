/* sello-issue passphrase: the same person, another passphrase and new keys. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/staff.h"
#include "issue/center/standing.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register/draft.h"

struct run {
	struct act act;
	struct person made;
};

static void
tell_json(const struct person *made, const char *fingerprint)
{
	json_t *object = json_object();

	json_set_text(object, "code", made->code);
	json_set_text(object, "fingerprint", fingerprint);
	json_line(object);
}

static void
tell_drafts(const struct run *run)
{
	bool any = false;

	register_draft_any(run->act.center->reg, run->made.code, &any, NULL);
	if (any)
		print("%s\n",
		    _("Drafts that still wait were signed with the old key: "
		      "discard them and enter them again."));
}

static void
tell(const struct cli *cli, const struct run *run)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];

	person_fingerprint(run->made.keys.sign, fingerprint);
	if (cli->json) {
		tell_json(&run->made, fingerprint);
		return;
	}
	print(_("%s has a new passphrase and new keys. Write the fingerprint "
		"down:"),
	    run->made.code);
	print("\n %s\n", fingerprint);
	if (standing_is_founding(run->act.center))
		print("%s\n",
		    _("Read it aloud yourself to the root custodian, who asks "
		      "for it. request.csr was written anew."));
	tell_drafts(run);
	print("%s\n",
	    _("Backups made before still open with the old "
	      "passphrase; what is signed with it does not count."));
}

static enum err
check(struct act *act, void *cli, struct errtext *err)
{
	enum err rc = staff_check_own(act, err);

	return rc == ERR_OK
	    ? command_check_change(cli, act, act->actor.code, err)
	    : rc;
}

/*
 * Whoever typed the old one would know this one as well, and so have the key. A
 * person is asked for another; of a file, which scripts and trials give to
 * several persons, it is said.
 */
static enum err
look_new(struct cli *cli, const struct run *run,
    const struct secret *passphrase, struct errtext *err)
{
	enum err rc = staff_look_new(&run->act, passphrase, err);

	if (rc != ERR_REFUSED)
		return rc;
	if (!cli_has(cli, "new-passphrase-file"))
		return ERR_REFUSED;
	cli_warn(cli, "%s", err->text);
	return ERR_OK;
}

static enum err
change(struct cli *cli, struct run *run, struct errtext *err)
{
	struct secret passphrase = { 0 };
	const struct command_rule rule = { ROLE_ANY | ROLE_UNCHANGED, ROLE_ANY,
		check, cli };
	struct act *act = &run->act;
	enum err rc;

	act->now = clock_now();
	if ((rc = center_open(cli->home, true, &act->center, err)) != ERR_OK ||
	    (rc = command_log_in(cli, &rule, act, err)) != ERR_OK ||
	    (rc = staff_open_own(act, err)) != ERR_OK ||
	    (rc = command_confirm(cli, true, act, err)) != ERR_OK)
		return rc;
	rc = command_new_passphrase(cli, "new-passphrase-file",
	    _("New passphrase: "), run->act.actor.role, &passphrase, err);
	if (rc == ERR_OK)
		rc = look_new(cli, run, &passphrase, err);
	act->now = clock_now(); /* however long that was waited for */
	if (rc == ERR_OK)
		rc = staff_own(act, &passphrase, &run->made, err);
	secret_wipe(&passphrase);
	return rc;
}

int
cmd_passphrase(struct cli *cli)
{
	struct run run = { .act = { .now = 0 } };
	struct errtext err = { 0 };
	enum err rc = change(cli, &run, &err);
	int status = 0;

	if (rc != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(cli, &run);
	act_close(&run.act);
	return status;
}
