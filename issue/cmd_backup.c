/* sello-issue backup and restore: the home in one file, and back. */
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "base/secret.h"
#include "cli/confirm.h"
#include "cli/root.h"
#include "issue/center/backup.h"
#include "issue/center/rollback.h"
#include "issue/commands.h"
#include "issue/register/people.h"
#include "scan/wrong_file.h"

#include <stdio.h>

/* Who can open it, in both forms. */
struct openers {
	struct bytes text; /* "AD0001, AP2003" */
	json_t *list;
};

static void
add_opener(void *arg, const char *code)
{
	struct openers *openers = arg;

	bytes_addf(
	    &openers->text, "%s%s", openers->text.len > 0 ? ", " : "", code);
	json_array_append_new(openers->list, json_string(code));
}

static void
say_backup(const struct cli *cli, const char *to, const struct openers *openers)
{
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_set_text(object, "file", to);
		json_object_set(object, "persons", openers->list);
		json_line(object);
		return;
	}
	print(_("%s holds the whole register, sealed, and was read back. It "
		"opens with today's passphrase of one of these persons, and "
		"with nothing else: %s. Keep it locked away: it holds people's "
		"data."),
	    to, (const char *)openers->text.at);
	print("\n");
}

int
cmd_backup(struct cli *cli)
{
	const char *to = cli_value(cli, "to");
	struct openers openers = { .list = json_array() };
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;

	if ((rc = center_open(cli->home, true, &center, &err)) == ERR_OK &&
	    (rc = backup_openers(center, add_opener, &openers, &err)) ==
		ERR_OK &&
	    (rc = backup_write(center, to, clock_now(), &err)) == ERR_OK &&
	    openers.text.failed)
		rc = err_memory(&err);
	center_close(&center);
	if (rc == ERR_OK)
		say_backup(cli, to, &openers);
	bytes_free(&openers.text);
	json_decref(openers.list);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}

static void
print_side(FILE *to, const struct backup_side *side, bool is_backup)
{
	char at[LOCAL_SIZE] = "-";

	if (!side->known)
		return;
	if (side->last != 0)
		local_format(side->last, at);
	print_to(to,
	    is_backup ? _("The backup has %s, its last line is of %s.")
		      : _("The register has %s, its last line is of %s."),
	    COUNTED(LETTERS, (size_t)side->letters), at);
	print_to(to, "\n");
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
		print_side(stderr, own, false);
		print_side(stderr, backup, true);
	}
	err_set(&question, ERR_USAGE,
	    _("Put the backup in place of the register in %s?"), cli->home);
	return confirm_person(cli, question.text, err);
}

static enum err
passphrase(void *arg, struct secret *out, struct errtext *err)
{
	const struct cli *cli = arg;
	char prompt[96];

	snprintf(prompt, sizeof(prompt), _("Passphrase of %s: "),
	    cli_value(cli, "as"));
	return secret_passphrase(
	    cli_value(cli, "passphrase-file"), prompt, 0, out, err);
}

/* Why nothing can be signed: what others have seen of the log is more than is in
 * the backup, or nobody knows. "": it can. */
static void
look(struct center *center, struct errtext *why)
{
	if (rollback_check(center, NULL, why) == ERR_OK)
		why->text[0] = '\0';
}

/* Who knows the register can make such a file, with another root in it. */
static void
say_restored(const struct cli *cli, const struct restored *done,
    const struct errtext *why, const struct root_info *root)
{
	char made[LOCAL_SIZE] = "-";
	json_t *object;

	if (cli->json) {
		object = json_object();
		json_set_text(object, "home", cli->home);
		json_set_text(object, "kept", done->kept ? done->old : NULL);
		json_set_time(object, "made", done->made);
		json_set_text(
		    object, "locked", why->text[0] != '\0' ? why->text : NULL);
		json_object_set_new(
		    object, "letters", json_integer(done->backup.letters));
		root_tell_json(object, root->fingerprint);
		json_line(object);
		return;
	}
	local_format(done->made, made);
	print(_("The register in %s is the one of the backup, made on %s. What "
		"was drafted and signed since is not in it.\n"),
	    cli->home, made);
	print_side(stdout, &done->backup, true);
	if (done->kept)
		print(_("What was there is kept as %s: it holds people's "
			"data, too.\n"),
		    done->old);
	root_tell(root->fingerprint);
	if (why->text[0] != '\0')
		cli_print(cli, stdout, why->text);
	cli_print(cli, stdout,
	    _("Next: take the newest trust list, and run sello-issue check. It "
	      "says whether two persons must run recover before anything is "
	      "signed."));
}

int
cmd_restore(struct cli *cli)
{
	const struct backup_question question = { ask, cli };
	const struct backup_key key = { cli_value(cli, "as"), passphrase, cli };
	struct restored done = { .kept = false };
	struct center *center = NULL;
	struct errtext err = { 0 }, why = { 0 };
	struct root_info root = { 0 };
	enum err rc;

	if (!person_is_code(key.code))
		return cli_usage(cli, "--as: %s", people_code_rule());
	cli_warn_open(cli, cli->args[0]);
	rc = backup_restore(
	    cli->home, cli->args[0], &key, clock_now(), &question, &done, &err);
	wrong_file_blame(cli->args[0], FILE_BACKUP, rc, &err);
	/* a backup that opens as a home is one */
	if (rc == ERR_OK &&
	    (rc = center_open(cli->home, false, &center, &err)) == ERR_OK) {
		look(center, &why);
		root = center->root_info;
	}
	center_close(&center);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	say_restored(cli, &done, &why, &root);
	return 0;
}
