/*
 * command_act.c - command_act.h.
 */
#include "issue/command_act.h"

#include "issue/center/rekey.h"
#include "issue/commands.h"
#include "issue/register/event.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "cli/confirm.h"

static enum err
refuse(const struct command_act *act, const char *kind, const char *why,
    struct errtext *err)
{
	register_event(act->center->reg, act->now, kind, act->person.code,
	    act->second.code);
	return err_set(err, ERR_REFUSED, "%s", why);
}

static const struct person *
holder(const struct command_act *act)
{
	if (act->person.has_slot)
		return &act->person;
	return act->second.has_slot ? &act->second : NULL;
}

/* What takes two persons is not for two who only draft or only manage. */
static enum err
check_roles(bool two, const struct command_act *act, struct errtext *err)
{
	struct errtext why = { 0 };

	if (two && act->second.code[0] == '\0')
		return refuse(act, "refused-alone",
		    _("two persons must do this: give --second CODE"), err);
	if (two && act->person.role != ROLE_APPROVER &&
	    act->second.role != ROLE_APPROVER)
		return refuse(act, "refused-role",
		    _("one of the two must be an approver"), err);
	if (holder(act) != NULL)
		return ERR_OK;
	err_set(&why, ERR_REFUSED,
	    _("%s cannot open the center's keys; an approver is needed "
	      "(--second)"),
	    act->person.code);
	return refuse(act, "refused-alone", why.text, err);
}

/* Who would be refused types no passphrase. */
static enum err
log_in(const struct cli *cli, bool two, struct command_act *act,
    struct errtext *err)
{
	enum err rc = command_expect_two(cli, act->center, ROLE_ANY, ROLE_ANY,
	    &act->person, &act->second, err);

	if (rc == ERR_OK)
		rc = check_roles(two, act, err);
	if (rc == ERR_OK)
		rc = command_login_two(cli, act->center, ROLE_ANY, ROLE_ANY,
		    &act->person, &act->second, err);
	return rc;
}

enum err
command_confirm(const struct cli *cli, struct center *center, bool alone,
    int64_t *confirmed, struct errtext *err)
{
	int64_t now = clock_now(), line, newest;
	enum err rc = center_newest(center, &line, &newest, err);

	if (rc != ERR_OK)
		return rc;
	/* who would be refused all the same is told everything at once */
	if (now - newest > POLICY_ALONE && !alone && !cli_has(cli, "second"))
		return ERR_OK;
	rc = confirm_jump(cli, now, newest,
	    newest == line ? _("the log's last line") : _("the trust list"),
	    err);
	if (rc == ERR_OK)
		*confirmed = now;
	return rc;
}

enum err
command_act_begin(const struct cli *cli, bool two, struct command_act *act,
    struct errtext *err)
{
	enum err rc;

	act->now = clock_now();
	if ((rc = center_open(cli->home, true, &act->center, err)) != ERR_OK ||
	    (rc = log_in(cli, two, act, err)) != ERR_OK ||
	    (!act->any_clock &&
		(rc = command_confirm(
		     cli, act->center, false, &act->confirmed, err)) != ERR_OK))
		return rc;
	return rekey_open(act->center, holder(act), &act->ring, NULL, err);
}

/* The passphrase may have been waited for; the line's time is that of the
 * transaction. */
enum err
command_act_log(struct command_act *act, struct errtext *err)
{
	const struct logbook_act who = { .center = act->center,
		.ring = &act->ring,
		.actor = &act->person,
		.second = act->second.code[0] != '\0' ? &act->second : NULL,
		.now = clock_now(),
		.confirmed = act->confirmed,
		.any_clock = act->any_clock,
		.recovering = act->recovering };
	enum err rc = logbook_begin(&who, &act->book, err);

	act->now = rc == ERR_OK ? act->book.now : who.now;
	return rc;
}

enum err
command_act_commit(struct command_act *act, struct errtext *err)
{
	return logbook_commit(&act->book, err);
}

void
command_act_end(struct command_act *act)
{
	if (act->center != NULL)
		register_rollback(act->center->reg);
	logbook_clear(&act->book);
	keyring_close(&act->ring);
	people_clear(&act->person);
	people_clear(&act->second);
	center_close(&act->center);
}
