/*
 * cmd_init.c - sello-keys init: make a program's root.
 */
#include "base/encode.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/newdir.h"
#include "base/print.h"
#include "cli/new_passphrase.h"
#include "keys/commands.h"

#include <stdio.h>

static enum err
make(const struct cli *cli, struct errtext *err)
{
	struct secret passphrase = { 0 };
	enum err rc;

	/* before anybody types a passphrase twice for nothing */
	if ((rc = home_refuse_there(cli->home, err)) != ERR_OK ||
	    (rc = newdir_refuse_taken(cli->home, err)) != ERR_OK)
		return rc;
	rc = passphrase_new(cli, cli_value(cli, "passphrase-file"),
	    _("New passphrase for the root key: "), &passphrase, err);
	if (rc == ERR_OK)
		rc = home_init(cli->home, cli_value(cli, "program"),
		    cli_value(cli, "name"), cli_has(cli, "training"),
		    &passphrase, err);
	secret_wipe(&passphrase);
	return rc;
}

static void
print_json(const struct home *home)
{
	struct bytes hex = { 0 };
	json_t *o = json_object();

	hex_encode(home->info.fingerprint, 32, &hex);
	json_set_text(o, "program", home->info.program);
	json_set_text(o, "name", home->info.name);
	json_set_text(
	    o, "fingerprint", hex.failed ? NULL : (const char *)hex.at);
	json_object_set_new(o, "training", json_boolean(home->info.training));
	json_line(o);
	bytes_free(&hex);
}

static void
print_text(const struct home *home)
{
	char fingerprint[FINGERPRINT_SIZE];

	fingerprint_text(home->info.fingerprint, fingerprint);
	print(_("Root of program %s made in %s\n"), home->info.program,
	    home->dir);
	if (home->info.training)
		print("%s\n",
		    _("It is a TRAINING root: its letters never turn green."));
	command_print(_("Fingerprint of root.crt (SHA-256)"), fingerprint);
	print("%s\n",
	    _("Give root.crt to every center and post. Tell them the "
	      "fingerprint by another way."));
}

int
cmd_init(struct cli *cli)
{
	struct errtext err = { 0 };
	struct home *home = NULL;
	enum err rc;

	if ((rc = make(cli, &err)) != ERR_OK ||
	    (rc = home_open(cli->home, &home, &err)) != ERR_OK)
		goto out;
	if (cli->json)
		print_json(home);
	else
		print_text(home);
out:
	home_close(&home);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
