/*
 * sello-issue check: are register and log whole? Changes nothing, but for
 * remembering what posts have seen of the log (--cosigned), and that somebody
 * looked. Or what was refused and changed here (--events).
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "base/progress.h"
#include "issue/center/backup.h"
#include "issue/center/integrity.h"
#include "issue/center/seen.h"
#include "issue/commands.h"
#include "issue/events.h"
#include "issue/register/kept.h"
#include "issue/reminders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
	const struct cli *cli;
	struct progress progress;
};

static void
find(void *arg, const char *about, const char *text)
{
	struct run *run = arg;
	struct errtext draft = { 0 };
	json_t *object;

	progress_end(&run->progress); /* not on the line that moves */
	if (!run->cli->json) {
		/* what is said of a draft names it already */
		err_set(
		    &draft, ERR_OK, _("draft %lld"), strtoll(about, NULL, 10));
		if (strncmp(text, draft.text, strlen(draft.text)) != 0)
			print("%s: ", about);
		print("%s\n", text);
		return;
	}
	object = json_object();
	json_set_text(object, "about", about);
	json_set_text(object, "text", text);
	json_line(object);
}

static void
step(void *arg, size_t done)
{
	struct run *run = arg;

	progress_step(&run->progress, done);
}

static void
tell(const struct integrity *seen)
{
	print(_("Examined: letters %zu, waiting drafts %zu, persons "
		"%zu, lines of the log %zu."),
	    seen->letters, seen->drafts, seen->persons, seen->lines);
	print("\n");
	if (seen->findings == 0)
		print("%s\n", _("The register is in order."));
	else {
		print(_("Things that are wrong: %zu. Do what the lines above "
			"say; where they say nothing, sign nothing, keep a "
			"copy of the home as it is, and tell the auditor."),
		    seen->findings);
		print("\n");
	}
}

/* --- what waits to be done ----------------------------------------------- */

#define EVENTS_SHOWN 10 /* --json has all */

struct reminding {
	const struct cli *cli;
	size_t events;
};

static void
remind_json(const struct reminder *reminder)
{
	json_t *object = json_object();

	json_set_text(object, "reminder", reminder->word);
	json_set_text(object, "text", reminder->text);
	if (reminder->count != 0)
		json_object_set_new(
		    object, "count", json_integer(reminder->count));
	if (reminder->since != 0)
		json_set_time(object, "since", reminder->since);
	if (reminder->until != 0)
		json_set_time(object, "until", reminder->until);
	if (reminder->kind != NULL) {
		json_set_text(object, "kind", reminder->kind);
		json_set_text(object, "person", reminder->person);
	}
	json_line(object);
}

static void
remind(void *arg, const struct reminder *reminder)
{
	struct reminding *reminding = arg;

	if (reminding->cli->json) {
		remind_json(reminder);
		return;
	}
	if (reminder->kind != NULL && reminding->events++ == 0)
		print("%s\n", _("Since this was last looked at:"));
	if (reminding->events <= EVENTS_SHOWN)
		cli_print(reminding->cli, stdout, reminder->text);
}

static enum err
remind_all(const struct cli *cli, struct center *center, struct errtext *err)
{
	struct reminding reminding = { .cli = cli };
	int64_t now = clock_now();
	enum err rc = reminders_each(center, now, remind, &reminding, err);

	if (rc != ERR_OK)
		return rc;
	if (reminding.events > EVENTS_SHOWN) {
		print(_("More kinds of events: %zu (--json has all)."),
		    reminding.events - EVENTS_SHOWN);
		print("\n");
	}
	reminders_looked(center, now);
	return ERR_OK;
}

/* --- what posts have seen
 * ----------------------------------------------------- */

/* The option may be given again, or once with several files after it. */
static const char *
nth_file(const struct cli *cli, size_t i)
{
	size_t named = 0;

	while (cli_values(cli, "cosigned", named) != NULL)
		named++;
	return i < named ? cli_values(cli, "cosigned", i)
			 : cli->args[i - named];
}

static enum err
read_seen(const struct cli *cli, struct center *center, struct errtext *err)
{
	const char *file;
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && (file = nth_file(cli, i)) != NULL;
	     i++)
		rc = seen_read(center, file, err);
	return rc;
}

static bool
look_at_backup(void *arg, int64_t at, const char *path)
{
	(void)at;
	cli_warn_open(arg, path);
	return true;
}

/* The home was looked at already; a guard may lie elsewhere, backups do. */
static void
look_elsewhere(struct cli *cli, struct center *center)
{
	char *guard = NULL;

	if (center_guard_path(center, &guard, NULL) == ERR_OK &&
	    strncmp(guard, cli->home, strlen(cli->home)) != 0)
		cli_warn_open(cli, guard);
	free(guard);
	(void)register_backup_each(center->reg, look_at_backup, cli, NULL);
}

static int
show_events(struct cli *cli)
{
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc = center_open(cli->home, false, &center, &err);

	if (rc == ERR_OK)
		rc = events_show(cli, center, &err);
	center_close(&center);
	return rc == ERR_OK ? 0 : cli_fail(cli, rc, &err);
}

int
cmd_check(struct cli *cli)
{
	struct run run = { .cli = cli };
	struct integrity seen = { 0 };
	struct center *center = NULL;
	struct errtext err = { 0 };
	enum err rc;
	int status = 0;

	if (cli_has(cli, "events"))
		return show_events(cli);
	if ((rc = center_open(
		 cli->home, cli_has(cli, "cosigned"), &center, &err)) == ERR_OK)
		look_elsewhere(cli, center);
	progress_start(&run.progress, _("letters"), 0);
	if (rc != ERR_OK || (rc = read_seen(cli, center, &err)) != ERR_OK ||
	    (rc = integrity_check(center, find, step, &run, &seen, &err)) !=
		ERR_OK) {
		progress_end(&run.progress);
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	progress_end(&run.progress);
	if (!cli->json)
		tell(&seen);
	if ((rc = remind_all(cli, center, &err)) != ERR_OK)
		status = cli_fail(cli, rc, &err);
	command_warn_unknown(cli, center);
	/* what waits is no fault */
	if (seen.findings > seen.others)
		status = err_exit(ERR_DATA);
	else if (seen.others > 0)
		status = err_exit(ERR_CONFIG);
out:
	center_close(&center);
	return status;
}
