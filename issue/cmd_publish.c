/* sello-issue publish: the log as static files; with --as it closes the day. */
#include "base/clock.h"
#include "base/count.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/publication.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/deeds.h"
#include "issue/reminders.h"

#include <stdio.h>

static void
tell_json(const struct published *published)
{
	json_t *object = json_object();

	json_object_set_new(
	    object, "generation", json_integer(published->generation));
	json_object_set_new(
	    object, "size", json_integer((json_int_t)published->report.size));
	json_object_set_new(
	    object, "from", json_integer((json_int_t)published->report.from));
	json_object_set_new(
	    object, "files", json_integer(published->report.files));
	json_set_time(object, "asOf", published->as_of);
	json_line(object);
}

struct telling {
	const struct cli *cli;
	struct center *center;
	unsigned logs;
};

static void
told(void *arg, const struct published *published)
{
	struct telling *telling = arg;
	const struct cli *cli = telling->cli;
	uint64_t new = published->report.size - published->report.from;
	char at[LOCAL_SIZE] = "";

	telling->logs++;
	reminders_published(telling->center, clock_now(), published->generation,
	    published->report.size);
	if (cli->json) {
		tell_json(published);
		return;
	}
	local_format(published->as_of, at);
	if (new == 0 && published->report.files > 0)
		print(_("Log %u: nothing new, %s as of %s; files that were "
			"missing there: %u, now put back."),
		    published->generation,
		    COUNTED(LINES, published->report.size), at,
		    published->report.files);
	else if (new == 0)
		print(_("Log %u: nothing new, %s as of %s."),
		    published->generation,
		    COUNTED(LINES, published->report.size), at);
	else
		print(_("Log %u: %s, %llu in all, as of %s."),
		    published->generation, COUNTED(NEW_LINES, new),
		    (unsigned long long)published->report.size, at);
	print("\n");
}

/* Before anything is signed: a day that is closed is to be carried away. */
static enum err
check_place(const struct cli *cli, struct center *center, struct errtext *err)
{
	return cli_has(cli, "new")
	    ? ERR_OK
	    : publication_expect(center, cli_value(cli, "to"), err);
}

static enum err
close_day(const struct cli *cli, struct act *act, struct errtext *err)
{
	enum err rc;

	if ((rc = command_act_begin(cli, false, act, err)) != ERR_OK ||
	    (rc = check_place(cli, act->center, err)) != ERR_OK)
		return rc;
	return deed_close_day(act, err);
}

int
cmd_publish(struct cli *cli)
{
	struct act act = { .now = clock_now() };
	struct telling telling = { .cli = cli };
	struct errtext err = { 0 };
	bool closed;
	enum err rc;
	int status = 0;

	if ((rc = file_parent_there(cli_value(cli, "to"), &err)) != ERR_OK ||
	    (rc = file_folder_ready(cli_value(cli, "to"), &err)) != ERR_OK)
		return cli_fail(cli, rc, &err);
	if (cli_has(cli, "as"))
		rc = close_day(cli, &act, &err);
	/* two may publish at once: the folder itself is locked */
	else if ((rc = center_open(cli->home, false, &act.center, &err)) ==
	    ERR_OK)
		rc = check_place(cli, act.center, &err);
	telling.center = act.center;
	closed = rc == ERR_OK && cli_has(cli, "as");
	if (rc == ERR_OK)
		rc = publication_write(act.center, cli_value(cli, "to"),
		    act.now, told, &telling, &err);
	if (rc != ERR_OK && closed)
		deed_day_is_closed(rc, &err);
	if (rc != ERR_OK)
		status = cli_fail(cli, rc, &err);
	else if (!cli->json && telling.logs == 0)
		print("%s\n",
		    _("There is nothing to publish yet: the log begins with "
		      "the first letter."));
	else if (!cli->json)
		print("%s\n",
		    _("Bring this folder to the posts and to the auditor "
		      "(sello-verify sync)."));
	if (rc == ERR_OK)
		command_warn_ending(cli, act.center);
	act_close(&act);
	return status;
}
