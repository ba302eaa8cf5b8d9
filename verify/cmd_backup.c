/*
 * cmd_backup.c - sello-verify backup and restore: a post in one file, and back.
 */
#include "verify/commands.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "base/secret.h"
#include "cli/cli.h"
#include "cli/new_passphrase.h"
#include "cli/root.h"
#include "scan/wrong_file.h"
#include "verify/post/post_backup.h"

/* The first time, and when somebody wants another one; what is given beside one
 * that was chosen must be that. */
static enum err
agree(const struct cli *cli, const struct post *post, struct errtext *err)
{
	const char *file = cli_value(cli, "passphrase-file");
	struct secret passphrase = { 0 };
	bool set = false;
	enum err rc = post_backup_is_set(post, &set, err);

	if (rc != ERR_OK)
		return rc;
	if (!set || cli_has(cli, "new-passphrase")) {
		rc = passphrase_new(cli, file,
		    _("New passphrase of this post's backups: "), &passphrase,
		    err);
		if (rc == ERR_OK)
			rc = post_backup_set(post, &passphrase, err);
	} else if (file != NULL) {
		rc = secret_passphrase(file, "", 0, &passphrase, err);
		if (rc == ERR_OK)
			rc = post_backup_is_passphrase(post, &passphrase, err);
	}
	secret_wipe(&passphrase);
	return rc;
}

int
cmd_backup(struct cli *cli)
{
	const char *to = cli_value(cli, "to");
	struct errtext err = { 0 };
	struct post *post = NULL;
	json_t *line;
	enum err rc;

	if ((rc = post_open(cli->home, &post, &err)) == ERR_OK &&
	    (rc = agree(cli, post, &err)) == ERR_OK)
		rc = post_backup_write(post, to, clock_now(), &err);
	post_free(&post);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		line = json_object();
		json_set_text(line, "file", to);
		json_line(line);
		return 0;
	}
	print(_("%s holds all that this post knows, and its keys: sealed, and "
		"read back. It opens with the passphrase of this post's "
		"backups, and with nothing else. Keep the two apart, and both "
		"locked away."),
	    to);
	print("\n");
	return 0;
}

static enum err
ask(void *arg, struct secret *out, struct errtext *err)
{
	return secret_passphrase(cli_value(arg, "passphrase-file"),
	    _("Passphrase of the backup: "), 0, out, err);
}

/* Who knows the post's folder can make such a file, with another root in it. */
static void
say_restored(const struct cli *cli, const struct post_restored *done,
    const uint8_t root[32])
{
	char made[LOCAL_SIZE] = "";
	json_t *line;

	if (cli->json) {
		line = json_object();
		json_set_text(line, "home", cli->home);
		json_set_text(line, "post", done->name);
		json_set_time(line, "made", done->made);
		root_tell_json(line, root);
		json_line(line);
		return;
	}
	local_format(done->made, made);
	print(_("Post %s is in %s, as it was on %s.\n"), done->name, cli->home,
	    made);
	root_tell(root);
	print("%s\n",
	    _("Letters that were shown here since are not known: who shows one "
	      "again is not noticed. Look for them on paper, and import what "
	      "this post and other posts have told since (sello-verify "
	      "import)."));
	print("%s\n",
	    _("The computer that it was on must not go on as this post. If it "
	      "was stolen, tell the root custodian today."));
	cli_print(cli, stdout,
	    _("Next: take the newest list and logs with sello-verify sync, and "
	      "look at sello-verify status."));
}

int
cmd_restore(struct cli *cli)
{
	struct post_restored done = { .made = 0 };
	struct errtext err = { 0 };
	struct post *post = NULL;
	enum err rc;

	cli_warn_open(cli, cli->args[0]);
	rc = post_restore(
	    cli->home, cli->args[0], ask, cli, clock_now(), &done, &err);
	wrong_file_blame(cli->args[0], FILE_BACKUP, rc, &err);
	/* one that opens as a home is one */
	if (rc == ERR_OK)
		rc = post_open(cli->home, &post, &err);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	say_restored(cli, &done, post->info.fingerprint);
	post_free(&post);
	return 0;
}
