/* sello-issue init: a center's home, its keys and the request to the root. */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/root.h"
#include "issue/center/login.h"
#include "issue/commands.h"
#include "scan/wrong_file.h"
#include "trust/key.h"

#include <stdio.h>
#include <string.h>

static void
take_hotline(const struct cli *cli, char out[HOTLINE_SIZE])
{
	const char *number = cli_value(cli, "hotline");
	const char *free = cli_has(cli, "hotline-free") ? HOTLINE_FREE : "";
	int len = snprintf(
	    out, HOTLINE_SIZE, "%s%s", number != NULL ? number : "", free);

	if (len < 0 || len >= HOTLINE_SIZE)
		memcpy(out, "?", 2);
}

/* What does not fit is told by center_check_facts(), as a bad value is. */
static void
take_facts(const struct cli *cli, struct center_facts *facts)
{
	struct center_info *info = &facts->info;

	if (!text_copy(
		info->center, sizeof(info->center), cli_value(cli, "center")))
		info->center[0] = '\0';
	if (!text_copy(info->name, sizeof(info->name), cli_value(cli, "name")))
		info->name[0] = '\0';
	if (!text_copy(info->country, sizeof(info->country),
		cli_value(cli, "country")))
		info->country[0] = '\0';
	if (!text_copy(info->timezone, sizeof(info->timezone),
		cli_value(cli, "timezone")))
		info->timezone[0] = '\0';
	take_hotline(cli, info->hotline);
	facts->founder = cli_value(cli, "as");
	facts->guard = cli_value(cli, "guard");
}

static enum err
load_key(const struct cli *cli, struct center_facts *facts, struct errtext *err)
{
	const char *file = cli_value(cli, "key-passphrase-file");
	struct secret passphrase = { 0 };
	enum err rc = ERR_OK;

	if (cli_value(cli, "key") == NULL)
		return ERR_OK;
	if (file != NULL)
		rc = secret_passphrase(file, "", 0, &passphrase, err);
	if (rc == ERR_OK)
		rc = key_load_plain(cli_value(cli, "key"),
		    file ? &passphrase : NULL, &facts->key, err);
	secret_wipe(&passphrase);
	return rc;
}

static enum err
load_root(const struct cli *cli, struct center_facts *facts,
    struct root_info *info, struct errtext *err)
{
	enum err rc = cert_load(cli_value(cli, "root"), &facts->root, err);

	if (rc == ERR_OK)
		rc = cert_read_root(facts->root, info, err);
	wrong_file_blame(cli_value(cli, "root"), FILE_CERTIFICATE, rc, err);
	return rc;
}

/* Of the founder, who reads it aloud to the root like everybody else. */
static enum err
founders_fingerprint(struct center *center, const char *founder,
    char out[PERSON_FINGERPRINT_SIZE], struct errtext *err)
{
	struct person person = { 0 };
	enum err rc = people_find(center, founder, &person, err);

	if (rc == ERR_OK)
		person_fingerprint(person.keys.sign, out);
	return rc;
}

static void
tell(const struct cli *cli, const struct center *center, const char *founder,
    const char *fingerprint)
{
	json_t *object;

	if (!cli->json) {
		print(_("Center %s is set up for the program %s; its key is "
			"%s."),
		    center->info.center, center->root_info.program,
		    center->key_name);
		print("\n");
		if (center->root_info.training)
			print("%s\n",
			    _("This is a training root: its letters never "
			      "count."));
		/* whoever changed it on its way would be this center's */
		root_tell(center->root_info.fingerprint);
		print(_("Fingerprint of the key of %s, to be read aloud to the "
			"root custodian:"),
		    founder);
		print("\n %s\n", fingerprint);
		print(_("Next: add a drafter and an approver at least, with "
			"sello-issue officer add; each changes the passphrase. "
			"Then give %s/request.csr to the root custodian."),
		    center->home);
		print("\n");
		return;
	}
	object = json_object();
	json_set_text(object, "center", center->info.center);
	json_set_text(object, "program", center->root_info.program);
	json_set_text(object, "keyId", center->key_name);
	json_set_text(object, "home", center->home);
	json_set_text(object, "fingerprint", fingerprint);
	json_line(object);
}

int
cmd_init(struct cli *cli)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];
	struct center_facts facts = { 0 };
	struct secret passphrase = { 0 };
	struct center *center = NULL;
	struct root_info root = { 0 };
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	take_facts(cli, &facts);
	facts.passphrase = &passphrase;
	if ((rc = load_root(cli, &facts, &root, &err)) != ERR_OK ||
	    (rc = load_key(cli, &facts, &err)) != ERR_OK ||
	    (rc = center_check_facts(&facts, &err)) != ERR_OK ||
	    (rc = command_new_passphrase(cli, "passphrase-file",
		 _("New passphrase of the founder: "), ROLE_ADMINISTRATOR,
		 &passphrase, &err)) != ERR_OK ||
	    (rc = center_make(cli->home, &facts, clock_now(), &err)) !=
		ERR_OK ||
	    (rc = center_open(cli->home, false, &center, &err)) != ERR_OK ||
	    (rc = founders_fingerprint(
		 center, facts.founder, fingerprint, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else
		tell(cli, center, facts.founder, fingerprint);
	center_close(&center);
	secret_wipe(&passphrase);
	EVP_PKEY_free(facts.key);
	X509_free(facts.root);
	return status;
}
