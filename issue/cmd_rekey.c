/* sello-issue rekey: new keys, and the request that makes them count. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center_files.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/rekey.h"

#include <stdio.h>
#include <stdlib.h>

struct run {
	const struct cli *cli;
	struct command_act act;
	struct bytes request;
	char key_name[DSIG_KEY_NAME_SIZE];
	char *path;
};

/* One that was sent may be certified any day; without its key here that list
 * would be of no use to the center. */
static enum err
check_waiting(const struct cli *cli, struct center *center, struct errtext *err)
{
	char waiting[DSIG_KEY_NAME_SIZE];
	enum err rc = rekey_waiting(center, waiting, err);

	if (rc != ERR_OK || waiting[0] == '\0' || cli_has(cli, "again"))
		return rc;
	return err_set(err, ERR_REFUSED,
	    _("new keys wait already (key %s): give request.csr to the root's "
	      "keeper, and take the list that carries them. To give them up "
	      "and make others, say --again, and tell the keeper that the "
	      "first request is void"),
	    waiting);
}

/* The file after the commit: a request for keys that are not sealed anywhere
 * would be worth nothing. */
static enum err
rekey(struct run *run, struct errtext *err)
{
	struct center *center;
	enum err rc;

	rc = command_act_begin(run->cli, false, &run->act, err);
	center = run->act.center;
	if (rc != ERR_OK ||
	    (rc = check_waiting(run->cli, center, err)) != ERR_OK ||
	    (rc = register_begin(center->reg, err)) != ERR_OK ||
	    (rc = rekey_make(center, &run->act.ring, cli_has(run->cli, "log"),
		 run->act.now, &run->request, run->key_name, err)) != ERR_OK ||
	    (rc = register_commit(center->reg, err)) != ERR_OK)
		return rc;
	register_event(center->reg, run->act.now, "keys-made",
	    run->act.person.code, run->key_name);
	rc = center_path(center->home, "request.csr", &run->path, err);
	return rc == ERR_OK ? file_write(run->path, 0644, run->request.at,
				  run->request.len, err)
			    : rc;
}

static void
tell(const struct run *run)
{
	bool log = cli_has(run->cli, "log");
	json_t *object;

	if (run->cli->json) {
		object = json_object();
		json_set_text(object, "keyId", run->key_name);
		json_set_text(object, "request", run->path);
		json_object_set_new(object, "log", json_boolean(log));
		json_line(object);
		return;
	}
	print(_("New keys are made; the new key is %s."), run->key_name);
	print("\n");
	print(_("Next: give %s to the keeper of the program's root key, and "
		"take the list that carries it (sello-issue trust). The "
		"center goes on with its old keys until then."),
	    run->path);
	print("\n");
	if (log)
		print("%s\n",
		    _("Publish the old log once more; the root closes it with "
		      "sello-keys log close."));
}

int
cmd_rekey(struct cli *cli)
{
	/* a request bears no date */
	struct run run = { .cli = cli, .act.any_clock = true };
	struct errtext err = { 0 };
	enum err rc = rekey(&run, &err);
	int status = 0;

	if (rc != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(&run);
	bytes_free(&run.request);
	free(run.path);
	command_act_end(&run.act);
	return status;
}
