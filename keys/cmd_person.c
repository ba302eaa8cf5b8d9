/*
 * cmd_person.c - sello-keys person remove: a person's signatures count no
 * more.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/print.h"
#include "keys/commands.h"
#include "log/checkpoint.h"

#include <string.h>

/* --- what it means -------------------------------------------------------- */

static void
print_json(const struct person_removed *r)
{
	json_t *o = json_object();

	json_set_text(o, "center", r->center);
	json_set_text(o, "code", r->code);
	json_object_set_new(o, "onRoster", json_boolean(r->known));
	json_set_time(o, "since", r->since);
	json_object_set_new(o, "size",
	    r->has_size ? json_integer((json_int_t)r->size) : json_null());
	json_line(o);
}

static void
print_effect(const struct person_removed *r)
{
	char at[CLOCK_INSTANT_SIZE] = "?";

	clock_format(r->since, at);
	if (r->has_size)
		print(_("What %s signed at %s counts no more: in the lines of "
			"the log after the first %llu, and in all that are "
			"later than %s.\n"),
		    r->code, r->center, (unsigned long long)r->size, at);
	else
		print(_("What %s signed at %s counts no more from %s on.\n"),
		    r->code, r->center, at);
	print("%s\n",
	    _("Letters among those lines are not authentic (F-REVOKED); what "
	      "else they say does nothing. Posts learn it from the next list: "
	      "publish now and send it out."));
	print("%s\n",
	    _("Where too few persons are left, the center sends a new request, "
	      "and you hear them again (sello-keys certify)."));
	if (!r->has_size)
		print("%s\n",
		    _("A thief dates lines as they like, also before that. "
		      "Name the last signed head that was in other hands "
		      "before the theft: person remove with --checkpoint "
		      "FILE."));
}

static void
warn_of_unknown(const struct cli *cli, const struct person_removed *r)
{
	if (!r->known)
		cli_warn(cli,
		    _("%s is on no roster of %s that you heard; is the code "
		      "right? Who joined by the center's own log is on none"),
		    r->code, r->center);
}

/* --- doing it ------------------------------------------------------------- */

static enum err
remove_person(const struct cli *cli, int64_t since, int64_t now,
    struct person_removed *done, struct errtext *err)
{
	const char *path = cli_value(cli, "checkpoint");
	struct bytes head = { 0 };
	struct home *home = NULL;
	enum err rc = ERR_OK;

	if (path != NULL)
		rc = file_read(path, CHECKPOINT_MAX, &head, err);
	if (rc != ERR_OK || (rc = home_open(cli->home, &home, err)) != ERR_OK ||
	    (rc = command_confirm(cli, home, now, err)) != ERR_OK)
		goto out;
	if (path == NULL && !cli_has(cli, "from") &&
	    (rc = home_check_since(home, since, err)) != ERR_OK)
		goto out;
	rc = home_remove_person(home, cli->args[1], cli->args[2], since,
	    path != NULL ? &head : NULL, now, done, err);
	if (path != NULL)
		command_blame(path, rc, err);
	if (rc == ERR_OK)
		rc = home_said(home, now, err);
out:
	home_close(&home);
	bytes_free(&head);
	return rc;
}

int
cmd_person(struct cli *cli)
{
	struct errtext err = { 0 };
	struct person_removed done;
	int64_t now = clock_now(), since;
	enum err rc;

	if (strcmp(cli->args[0], "remove") != 0)
		return cli_usage(cli, _("person: remove is all it can do"));
	if (cli_has(cli, "from") && cli_has(cli, "checkpoint"))
		return cli_usage(
		    cli, _("give --from or --checkpoint, not both"));
	if (!cli_time(cli, "from", now, &since))
		return err_exit(ERR_USAGE);
	if (since > now)
		return cli_usage(cli,
		    _("--from: a person is removed from now on, or from an "
		      "earlier time"));
	if ((rc = remove_person(cli, since, now, &done, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	warn_of_unknown(cli, &done);
	if (cli->json)
		print_json(&done);
	else
		print_effect(&done);
	return 0;
}
