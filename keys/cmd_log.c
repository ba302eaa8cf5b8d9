/*
 * cmd_log.c - sello-keys log close: where a center's log ends.
 */
#include "base/clock.h"
#include "base/count.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/confirm.h"
#include "keys/commands.h"
#include "log/checkpoint.h"

#include <stdio.h>
#include <string.h>

static void
print_json(const struct log_closed *done)
{
	json_t *o = command_head_json(&done->end);

	json_set_text(o, "state", "closed");
	json_object_set_new(o, "changed", json_boolean(!done->was_closed));
	json_line(o);
}

/* True before the question as well as behind the answer. */
static void
print_effect(FILE *out, const struct log_closed *what)
{
	unsigned long long size = what->end.size;
	char at[LOCAL_SIZE] = "?";

	if (what->raised > 0)
		print_to(out, _("%s ended after %s; now it ends after %llu.\n"),
		    what->end.origin, COUNTED(LINES, what->raised), size);
	else
		print_to(out, _("%s ends after %s.\n"), what->end.origin,
		    COUNTED(LINES, size));
	local_format(what->end.at, at);
	if (what->end.dated)
		print_to(out, _("The center dated this end %s.\n"), at);
	print_to(out, "%s\n",
	    _("Later lines are not believed. If the center signed some before "
	      "it heard of this, close the log again with its last head."));
}

static void
print_done(const struct cli *cli, const struct log_closed *done)
{
	if (done->was_closed) {
		print(_("%s is closed already with this head, %s; nothing "
			"was changed.\n"),
		    done->end.origin, COUNTED(LINES, done->end.size));
		return;
	}
	if (!confirm_is_asked(cli))
		print_effect(stdout, done);
	print("%s\n",
	    _("It takes effect with the next publish. To go on, the center "
	      "sends a request with new log keys: sello-issue rekey --log."));
}

static enum err
ask(const struct cli *cli, const struct log_closed *plan, struct errtext *err)
{
	struct errtext question = { 0 };

	if (plan->was_closed)
		return ERR_OK; /* nothing to do */
	if (confirm_is_asked(cli)) {
		print_effect(stderr, plan);
		command_say_for_good();
	}
	err_set(
	    &question, ERR_USAGE, _("End the log %s there?"), plan->end.origin);
	return confirm_person(cli, question.text, err);
}

static enum err
close_log(const struct cli *cli, struct home *home, const struct bytes *head,
    struct log_closed *done, struct errtext *err)
{
	const char *center = cli->args[1];
	enum err rc = home_plan_closing(home, center, head, done, err);

	if (rc == ERR_OK && (rc = ask(cli, done, err)) == ERR_OK)
		rc = home_close_log(home, center, head, done, err);
	return rc;
}

/* --- a log that never began, which has no head that could close it ------- */

static void
print_unused(FILE *out, const char *center, unsigned generation)
{
	print_to(out,
	    _("Log %u of %s never had a line; the next list leaves it out. "
	      "If a head of it turns up, close it with that: --checkpoint "
	      "FILE\n"),
	    generation, center);
}

static void
print_unused_json(const char *center, unsigned generation)
{
	json_t *o = json_object();

	json_set_text(o, "center", center);
	json_object_set_new(
	    o, "generation", json_integer((json_int_t)generation));
	json_set_text(o, "state", "unused");
	json_line(o);
}

static enum err
leave_out(const struct cli *cli, struct home *home, unsigned generation,
    struct errtext *err)
{
	const char *center = cli->args[1];
	struct errtext question = { 0 };
	enum err rc = home_check_unused(home, center, generation, err);

	if (rc != ERR_OK)
		return rc;
	if (confirm_is_asked(cli))
		print_unused(stderr, center, generation);
	err_set(&question, ERR_USAGE, _("Leave log %u of %s out?"), generation,
	    center);
	rc = confirm_person(cli, question.text, err);
	return rc == ERR_OK ? home_unused_log(home, center, generation, err)
			    : rc;
}

static int
unused(struct cli *cli)
{
	const char *center = cli->args[1];
	struct errtext err = { 0 };
	struct home *home = NULL;
	int64_t generation;
	enum err rc;

	if (!cli_int(cli, "unused", 1, INT32_MAX, 1, &generation))
		return err_exit(ERR_USAGE);
	if ((rc = home_open(cli->home, &home, &err)) == ERR_OK &&
	    (rc = command_confirm(cli, home, clock_now(), &err)) == ERR_OK)
		rc = leave_out(cli, home, (unsigned)generation, &err);
	home_close(&home);
	if (rc != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli->json) {
		print_unused_json(center, (unsigned)generation);
		return 0;
	}
	if (!confirm_is_asked(cli))
		print_unused(stdout, center, (unsigned)generation);
	print("%s\n", _("It takes effect with the next publish."));
	return 0;
}

int
cmd_log(struct cli *cli)
{
	const char *path = cli_value(cli, "checkpoint");
	struct errtext err = { 0 };
	struct bytes head = { 0 };
	struct home *home = NULL;
	struct log_closed done;
	enum err rc;

	if (path == NULL)
		return unused(cli);
	rc = command_read_head(path, &head, &err);
	if (rc != ERR_OK ||
	    (rc = home_open(cli->home, &home, &err)) != ERR_OK ||
	    (rc = command_confirm(cli, home, clock_now(), &err)) != ERR_OK)
		goto out;
	rc = close_log(cli, home, &head, &done, &err);
	command_blame(path, rc, &err);
	if (rc == ERR_OK && cli->json)
		print_json(&done);
	else if (rc == ERR_OK)
		print_done(cli, &done);
out:
	home_close(&home);
	bytes_free(&head);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
