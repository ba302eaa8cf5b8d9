/* sello-issue forget: the personal data of old letters is erased. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/local.h"
#include "base/print.h"
#include "issue/center/backup.h"
#include "issue/center/files.h"
#include "issue/center/forget.h"
#include "issue/command_act.h"
#include "issue/commands.h"
#include "issue/register/event.h"
#include "issue/register/kept.h"

#include <stdio.h>
#include <stdlib.h>

static bool
print_backup(void *arg, int64_t at, const char *path)
{
	char time[LOCAL_SIZE] = "";

	(void)arg;
	local_format(at, time);
	print("  %s  %s\n", time, path);
	return true;
}

static bool
json_backup(void *arg, int64_t at, const char *path)
{
	json_t *one = json_object();

	json_set_time(one, "at", at);
	json_set_text(one, "file", path);
	json_array_append_new(arg, one);
	return true;
}

static bool
count_backup(void *arg, int64_t at, const char *path)
{
	(void)at, (void)path;
	++*(size_t *)arg;
	return true;
}

static enum err
tell_json(
    struct center *center, const struct forgotten *done, struct errtext *err)
{
	json_t *backups = json_array();
	json_t *object = json_object();
	enum err rc =
	    register_backup_each(center->reg, json_backup, backups, err);

	json_object_set_new(
	    object, "letters", json_integer((json_int_t)done->letters));
	json_object_set_new(
	    object, "drafts", json_integer((json_int_t)done->drafts));
	json_object_set_new(object, "backups", backups);
	json_line(object);
	return rc;
}

static enum err
tell(struct center *center, const struct forgotten *done, struct errtext *err)
{
	size_t backups = 0;
	enum err rc =
	    register_backup_each(center->reg, count_backup, &backups, err);

	print(_("Data erased: of letters %zu, of waiting drafts %zu. "
		"Their numbers stay, and the log is whole."),
	    done->letters, done->drafts);
	print("\n");
	if (rc != ERR_OK || backups == 0)
		return rc;
	print("%s\n",
	    _("These backups still hold it; destroy those that you do not "
	      "need:"));
	return register_backup_each(center->reg, print_backup, NULL, err);
}

/* Two persons asked for it, and the law may: the letters stay good. */
static void
warn_of_live(const struct cli *cli, const struct forgotten *done)
{
	if (done->live > 0)
		cli_warn(cli, "%s",
		    _("letters that may still be shown are among those to "
		      "be forgotten; they cannot be printed again or "
		      "replaced any more"));
}

/* By a clock that ran ahead nobody sees that letters are still good, and what
 * is erased does not come back. A center that works has a list that is not
 * over. */
static enum err
confirm(const struct cli *cli, struct act *act, struct errtext *err)
{
	const struct trust_list *list = act->center->list;

	if (!cli_has(cli, "confirm-date") &&
	    (list == NULL || act->now <= list->not_after))
		return ERR_OK;
	return command_confirm(cli, false, act, err);
}

static enum err
forget(const struct cli *cli, struct act *act, int64_t day,
    struct forgotten *done, struct errtext *err)
{
	enum err rc;

	if ((rc = command_act_begin(cli, true, act, err)) != ERR_OK ||
	    (rc = confirm(cli, act, err)) != ERR_OK ||
	    (rc = register_begin(act->center->reg, err)) != ERR_OK ||
	    (rc = forget_before(act->center, day, act->actor.code, act->now,
		 done, err)) != ERR_OK)
		return rc;
	warn_of_live(cli, done);
	if ((rc = register_commit(act->center->reg, err)) != ERR_OK)
		return rc;
	register_event(act->center->reg, act->now, "forgotten", act->actor.code,
	    act->second.code);
	return forget_purge(act->center->reg, err);
}

int
cmd_forget(struct cli *cli)
{
	const char *before = cli_value(cli, "before");
	/* signs nothing that bears a date */
	struct act act = { .any_clock = true };
	struct forgotten done = { 0 };
	struct errtext err = { 0 };
	int64_t day;
	enum err rc;
	int status = 0;

	if (!clock_parse_date(before, &day))
		return cli_usage(cli, _("give --before DATE, as YYYY-MM-DD"));
	if ((rc = forget(cli, &act, day, &done, &err)) == ERR_OK)
		rc = cli->json ? tell_json(act.center, &done, &err)
			       : tell(act.center, &done, &err);
	if (rc != ERR_OK)
		status = cli_fail(cli, rc, &err);
	act_close(&act);
	return status;
}
