/*
 * cmd_revoke.c - sello-keys revoke: say that a key or post is no longer good.
 */
#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "keys/commands.h"
#include "log/checkpoint.h"

#include <stdio.h>
#include <string.h>

/* A row a reason: what it makes of a key. */
static const struct {
	const char *name;
	enum key_status status;
} reasons[] = {
	{ "compromise", KEY_REVOKED },
	{ "superseded", KEY_RETIRED },
	{ "closed", KEY_RETIRED },
};
#define REASON_TOTAL (sizeof(reasons) / sizeof(reasons[0]))

/* Of one of the words that the command line knows. */
static enum key_status
status_of(const char *reason)
{
	size_t i;

	for (i = 0; i + 1 < REASON_TOTAL; i++)
		if (strcmp(reasons[i].name, reason) == 0)
			break;
	return reasons[i].status;
}

static bool
is_key_name(const char *text)
{
	return strlen(text) == DSIG_KEY_NAME_SIZE - 1 &&
	    strspn(text, "0123456789abcdef") == strlen(text);
}

/* --- what it means -------------------------------------------------------- */

static void
print_json(const struct revoked *r)
{
	json_t *o = json_object();

	json_set_text(o, "name", r->name);
	json_set_text(o, "center", r->is_post ? NULL : r->center);
	json_set_text(o, "before", trust_status_name(r->before));
	json_set_text(o, "status", trust_status_name(r->status));
	if (r->since == TRUST_WHOLE_LIFE)
		json_set_text(o, "since", NULL);
	else
		json_set_time(o, "since", r->since);
	json_object_set_new(o, "evidence",
	    r->evidence.size > 0 ? command_head_json(&r->evidence)
				 : json_null());
	json_line(o);
}

static void
print_evidence(FILE *out, const struct revoked *r)
{
	if (r->evidence.size > 0)
		print_to(out,
		    _("Evidence: the log %s up to %s. Letters in that part "
		      "stay believed.\n"),
		    r->evidence.origin, COUNTED(LINES, r->evidence.size));
	if (r->evidence_dropped)
		print_to(out, "%s\n",
		    _("The evidence given before was for a later time and is "
		      "gone: give a head from before this one."));
}

/*
 * The center's own time proves nothing against a thief who has the center's
 * keys: that the head is old is the custodian's word, who must know it.
 */
static void
warn_of_evidence(const struct cli *cli, const struct revoked *r)
{
	char at[LOCAL_SIZE] = "", from[LOCAL_SIZE] = "";

	if (r->evidence.size == 0)
		return;
	local_format(r->since, from);
	local_format(r->evidence.at, at);
	if (r->evidence.dated)
		cli_warn(cli,
		    _("the head is of %s by the center's own word, which a "
		      "thief may have given; it is evidence only if you know "
		      "that it is from before %s"),
		    at, from);
	else
		cli_warn(cli,
		    _("the head does not say when it was made; it is evidence "
		      "only if you know that it is from before %s"),
		    from);
}

/* True before the question as well as behind the answer. */
static void
print_effect(FILE *out, const struct revoked *r)
{
	char at[LOCAL_SIZE] = "";

	if (r->since != TRUST_WHOLE_LIFE)
		local_format(r->since, at);
	if (r->is_post)
		print_to(out,
		    _("Post %s: its reports and cosignatures do not count. "
		      "It still judges letters.\n"),
		    r->name);
	else if (r->status == KEY_RETIRED)
		print_to(out,
		    _("Key %s of %s, retired: letters issued after %s need "
		      "attention (R-KEY-RETIRED), for the center may not have "
		      "heard yet. Earlier ones stay good.\n"),
		    r->name, r->center, at);
	else if (r->since == TRUST_WHOLE_LIFE)
		print_to(out,
		    _("Key %s of %s, revoked: all its letters are not "
		      "authentic (F-REVOKED).\n"),
		    r->name, r->center);
	else
		print_to(out,
		    _("Key %s of %s, revoked: letters dated %s or later are "
		      "not authentic (F-REVOKED); earlier ones are believed "
		      "only where the log proves that they were issued "
		      "before.\n"),
		    r->name, r->center, at);
	print_evidence(out, r);
}

static void
print_done(const struct cli *cli, const struct revoked *r)
{
	if (!confirm_is_asked(cli))
		print_effect(stdout, r);
	print("%s\n",
	    _("Posts learn it from the next list: publish now and send it "
	      "out."));
}

/* --- doing it ------------------------------------------------------------- */

static enum err
ask(const struct cli *cli, const struct revoked *plan, struct errtext *err)
{
	struct errtext question = { 0 };

	warn_of_evidence(cli, plan);
	if (confirm_is_asked(cli)) {
		print_effect(stderr, plan);
		command_say_for_good();
	}
	err_set(&question, ERR_USAGE,
	    plan->is_post ? _("Revoke post %s?") : _("Say this of key %s?"),
	    plan->name);
	return confirm_person(cli, question.text, err);
}

static enum err
revoke(const struct cli *cli, enum key_status status, int64_t since,
    struct revoked *done, struct errtext *err)
{
	const char *path = cli_value(cli, "checkpoint");
	struct bytes head = { 0 };
	struct home *home = NULL;
	enum err rc = ERR_OK;

	if (path != NULL)
		rc = command_read_head(path, &head, err);
	if (rc != ERR_OK || (rc = home_open(cli->home, &home, err)) != ERR_OK ||
	    (rc = command_confirm(cli, home, clock_now(), err)) != ERR_OK)
		goto out;
	if (since != TRUST_WHOLE_LIFE && !cli_has(cli, "from") &&
	    (rc = home_check_since(home, since, err)) != ERR_OK)
		goto out;
	rc = home_plan_revoking(home, cli->args[0], status, since,
	    path != NULL ? &head : NULL, done, err);
	if (rc == ERR_OK && (rc = ask(cli, done, err)) == ERR_OK)
		rc = home_revoke(home, cli->args[0], status, since,
		    path != NULL ? &head : NULL, done, err);
	if (path != NULL)
		command_blame(path, rc, err);
	if (rc == ERR_OK)
		rc = home_said(home, clock_now(), err);
out:
	home_close(&home);
	bytes_free(&head);
	return rc;
}

int
cmd_revoke(struct cli *cli)
{
	const char *name = cli->args[0];
	enum key_status status = status_of(cli_value(cli, "reason"));
	struct errtext err = { 0 };
	struct revoked done;
	int64_t now = clock_now(), since;
	enum err rc;

	if (!is_key_name(name) && !post_is_name(name))
		return cli_usage(cli,
		    _("name a key by its 8 hexadecimal digits or a post as "
		      "CONSULATE/N"));
	if (cli_has(cli, "checkpoint") && !is_key_name(name))
		return cli_usage(cli, "%s", _(CHECKPOINT_GOES_WITH));
	if (!cli_time(cli, "from",
		status == KEY_REVOKED ? TRUST_WHOLE_LIFE : now, &since))
		return err_exit(ERR_USAGE);
	if (status == KEY_REVOKED && since > now)
		return cli_usage(
		    cli, _("--from: a compromise lies in the past"));
	if ((rc = revoke(cli, status, since, &done, &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json)
		print_json(&done);
	else
		print_done(cli, &done);
	return 0;
}
