/*
 * cmd_person.c - sello-keys person remove: a person's signatures do not count
 * any more.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/print.h"
#include "cli/confirm.h"
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

/* Before the question: what a yes does. */
static void
print_effect(const struct person_removed *r)
{
	char at[LOCAL_SIZE] = "?";

	local_format(r->since, at);
	if (r->has_size)
		print_to(stderr,
		    _("%s at %s: nothing that this person signs counts in "
		      "the lines of the log after the first %llu, nor in any "
		      "that is later than %s.\n"),
		    r->code, r->center, (unsigned long long)r->size, at);
	else
		print_to(stderr,
		    _("%s at %s: nothing that this person signs from %s on "
		      "counts.\n"),
		    r->code, r->center, at);
	print_to(stderr, "%s\n",
	    _("Letters among those lines are not authentic (F-REVOKED); what "
	      "else they say does nothing: a letter withdrawn there is good "
	      "again until the center withdraws it anew. It cannot be taken "
	      "back."));
	if (!r->has_size)
		print_to(stderr, "%s\n",
		    _("A thief dates lines as they like, also before that. "
		      "Name the last signed head that was in other hands "
		      "before the theft: person remove with --checkpoint "
		      "FILE."));
}

static void
print_done(const struct person_removed *r)
{
	print(_("%s at %s is removed. Posts learn it from the next list: "
		"publish now and send it out.\n"),
	    r->code, r->center);
	print("%s\n",
	    _("Where too few persons are left, the center sends a new request, "
	      "and you hear them again (sello-keys certify)."));
}

/* --- doing it ------------------------------------------------------------- */

/* What is to be said of whom. */
struct task {
	const struct cli *cli;
	struct home *home;
	struct bytes head; /* --checkpoint */
	int64_t since, now;
	struct person_removed done;
};

static const struct bytes *
head_of(const struct task *task)
{
	return cli_has(task->cli, "checkpoint") ? &task->head : NULL;
}

/* The code of another person is soon typed, and their letters are lost. */
static enum err
ask(struct task *task, struct errtext *err)
{
	const struct cli *cli = task->cli;
	struct person_removed *plan = &task->done;
	struct errtext question = { 0 };
	enum err rc = home_plan_removal(task->home, cli->args[1], cli->args[2],
	    task->since, head_of(task), task->now, plan, err);

	if (rc != ERR_OK)
		return rc;
	if (!plan->known)
		cli_warn(cli,
		    _("%s is on no roster of %s that you heard; is the code "
		      "right? Who joined by the center's own log is on none"),
		    plan->code, plan->center);
	if (!cli->json || !cli_has(cli, "yes"))
		print_effect(plan);
	err_set(&question, ERR_USAGE, _("Remove %s of center %s?"), plan->code,
	    plan->center);
	return confirm_yes(cli, question.text, err);
}

static enum err
remove_person(struct task *task, struct errtext *err)
{
	const struct cli *cli = task->cli;
	const char *path = cli_value(cli, "checkpoint");
	enum err rc = ERR_OK;

	if (path != NULL)
		rc = command_read_head(path, &task->head, err);
	if (rc != ERR_OK ||
	    (rc = home_open(cli->home, &task->home, err)) != ERR_OK ||
	    (rc = command_confirm(cli, task->home, task->now, err)) != ERR_OK)
		return rc;
	if (path == NULL && !cli_has(cli, "from") &&
	    (rc = home_check_since(task->home, task->since, err)) != ERR_OK)
		return rc;
	if ((rc = ask(task, err)) == ERR_OK)
		rc = home_remove_person(task->home, cli->args[1], cli->args[2],
		    task->since, head_of(task), task->now, &task->done, err);
	if (path != NULL)
		command_blame(path, rc, err);
	return rc == ERR_OK ? home_said(task->home, task->now, err) : rc;
}

int
cmd_person(struct cli *cli)
{
	struct task task = { .cli = cli, .now = clock_now() };
	struct errtext err = { 0 };
	int64_t since;
	enum err rc;

	if (!cli_time(cli, "from", task.now, &since))
		return err_exit(ERR_USAGE);
	if (since > task.now)
		return cli_usage(cli,
		    _("--from: a person is removed from now on, or from an "
		      "earlier time"));
	task.since = since;
	rc = remove_person(&task, &err);
	if (rc == ERR_OK)
		(cli->json ? print_json : print_done)(&task.done);
	home_close(&task.home);
	bytes_free(&task.head);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}
