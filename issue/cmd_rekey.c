/* sello-issue rekey: new keys, and the request that makes them count. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "issue/center/files.h"
#include "issue/center/rekey.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register/event.h"
#include "letter/dsig.h"
#include "trust/cert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
	const struct cli *cli;
	struct act act;
	struct bytes request;
	char key_name[DSIG_KEY_NAME_SIZE];
	char *path;
	bool again; /* the request of keys that wait was written once more */
};

/* Is the request that is there the one for this key? Whatever cannot be read
 * is not. */
static bool
is_out(const char *path, const char *key_name)
{
	char name[DSIG_KEY_NAME_SIZE] = "";
	struct center_info info;
	struct trust_roster roster = { .person_count = 0 };
	struct bytes pem = { 0 };
	EVP_PKEY *key = NULL;
	bool same;

	same = file_read_regular(path, CERT_FILE_MAX, &pem, NULL) == ERR_OK &&
	    request_read_center(pem.at, pem.len, &info, &roster, &key, NULL) ==
		ERR_OK &&
	    dsig_key_name(key, name) == ERR_OK && strcmp(name, key_name) == 0;
	EVP_PKEY_free(key);
	trust_roster_free(&roster);
	bytes_free(&pem);
	return same;
}

/* One that was sent may be certified any day; without its key here that list
 * would be of no use to the center. */
static enum err
refuse(const struct run *run, bool new_log, struct errtext *err)
{
	const struct center *center = run->act.center;

	if (!new_log && center->log != NULL && center->log->closed)
		return err_set(err, ERR_REFUSED,
		    _("new keys wait already (key %s), but for the log that "
		      "the program root closed: no root takes their request. "
		      "Give them up and make others with: sello-issue rekey "
		      "--log --again"),
		    run->key_name);
	return err_set(err, ERR_REFUSED,
	    _("new keys wait already (key %s): give request.csr to the root "
	      "custodian, and take the list that carries them. To give them up "
	      "and make others, say --again, and tell the root custodian that "
	      "the first request is void"),
	    run->key_name);
}

/* The power can go between the commit and the file: then the keys wait for a
 * request that nobody has. */
static enum err
ask_again(struct run *run, struct errtext *err)
{
	bool new_log;
	enum err rc;

	if ((rc = rekey_request(run->act.center, &run->act.ring, &new_log,
		 &run->request, err)) != ERR_OK)
		return rc;
	if (is_out(run->path, run->key_name))
		return refuse(run, new_log, err);
	if ((rc = file_write(run->path, 0644, run->request.at, run->request.len,
		 err)) != ERR_OK)
		return rc;
	run->again = true;
	return new_log == cli_has(run->cli, "log") ? ERR_OK
						   : refuse(run, new_log, err);
}

/* The file after the commit: a request for keys that are not sealed anywhere
 * would be worth nothing. */
static enum err
make(struct run *run, struct errtext *err)
{
	struct center *center = run->act.center;
	enum err rc;

	if ((rc = register_begin(center->reg, err)) != ERR_OK ||
	    (rc = rekey_make(center, &run->act.ring, cli_has(run->cli, "log"),
		 run->act.now, &run->request, run->key_name, err)) != ERR_OK ||
	    (rc = register_commit(center->reg, err)) != ERR_OK)
		return rc;
	register_event(center->reg, run->act.now, "keys-made",
	    run->act.actor.code, run->key_name);
	return file_write(
	    run->path, 0644, run->request.at, run->request.len, err);
}

static enum err
rekey(struct run *run, struct errtext *err)
{
	enum err rc;

	if ((rc = command_act_begin(run->cli, false, &run->act, err)) !=
		ERR_OK ||
	    (rc = center_path(run->act.center->home, "request.csr", &run->path,
		 err)) != ERR_OK ||
	    (rc = rekey_waiting(run->act.center, run->key_name, err)) != ERR_OK)
		return rc;
	if (run->key_name[0] != '\0' && !cli_has(run->cli, "again"))
		return ask_again(run, err);
	return make(run, err);
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
	if (run->again)
		print(_("Keys that were made before wait (key %s); their "
			"request is written again."),
		    run->key_name);
	else
		print(
		    _("New keys are made; the new key is %s."), run->key_name);
	print("\n");
	print(_("Next: give %s to the root custodian, and take the list that "
		"carries it (sello-issue trust). The center goes on with its "
		"old keys until then."),
	    run->path);
	print("\n");
	if (log)
		print("%s\n",
		    _("Publish the old log once more; the root custodian "
		      "closes it with sello-keys log close."));
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
	act_close(&run.act);
	return status;
}
