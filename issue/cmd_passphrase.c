/* sello-issue passphrase: the same person, another passphrase. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/commands.h"

#include <stdio.h>

static enum err
reseal(struct center *center, const struct person *person,
    const struct secret *passphrase, struct errtext *err)
{
	enum err rc = register_begin(center->reg, err);

	if (rc != ERR_OK)
		return rc;
	if ((rc = people_reseal(center->reg, person, passphrase, err)) ==
	    ERR_OK)
		rc = register_commit(center->reg, err);
	register_rollback(center->reg);
	if (rc != ERR_OK)
		return rc;
	/* the old passphrase must open nothing that is left in the file */
	register_purge(center->reg);
	register_event(
	    center->reg, clock_now(), "passphrase-changed", person->code, "");
	return ERR_OK;
}

static void
tell(const struct cli *cli, const struct person *person)
{
	json_t *object;

	if (!cli->json) {
		print(_("%s has a new passphrase. It does not open backups "
			"made before; the old one does."),
		    person->code);
		print("\n");
		return;
	}
	object = json_object();
	json_set_text(object, "code", person->code);
	json_line(object);
}

int
cmd_passphrase(struct cli *cli)
{
	struct secret passphrase = { 0 };
	struct center *center = NULL;
	struct person person = { 0 };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if ((rc = center_open(cli->home, true, &center, &err)) != ERR_OK ||
	    (rc = command_login(cli, center, "as", ROLE_ANY, &person, &err)) !=
		ERR_OK ||
	    (rc = secret_passphrase(cli_value(cli, "new-passphrase-file"),
		 _("New passphrase: "), 1, &passphrase, &err)) != ERR_OK ||
	    (rc = reseal(center, &person, &passphrase, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(cli, &person);
	secret_wipe(&passphrase);
	people_clear(&person);
	center_close(&center);
	return status;
}
