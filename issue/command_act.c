/*
 * command_act.c - command_act.h.
 */
#include "issue/command_act.h"

#include "issue/center/draft_verify.h"
#include "issue/center/standing.h"
#include "issue/commands.h"
#include "issue/register/event.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/policy.h"
#include "cli/confirm.h"

static enum err
refuse(const struct act *act, const char *kind, const char *why,
    struct errtext *err)
{
	register_event(act->center->reg, act->now, kind, act->actor.code,
	    act->second.code);
	return err_set(err, ERR_REFUSED, "%s", why);
}

/* What takes two persons is not for two who only draft or only manage. */
static enum err
check_two(struct act *act, struct errtext *err)
{
	if (act_second(act) == NULL)
		return refuse(act, "refused-alone",
		    _("two persons must do this; name the second one (--second CODE)"),
		    err);
	if (act->actor.role != ROLE_APPROVER &&
	    act->second.role != ROLE_APPROVER)
		return refuse(act, "refused-role",
		    _("one of the two must be an approver"), err);
	return ERR_OK;
}

enum err
command_act_check(struct act *act, bool two, struct errtext *err)
{
	struct errtext why = { 0 };
	enum err rc = two ? check_two(act, err) : ERR_OK;

	if (rc != ERR_OK || act_holder(act) != NULL)
		return rc;
	err_set(&why, ERR_REFUSED,
	    _("%s cannot open the center's keys; an approver is needed "
	      "(--second)"),
	    act->actor.code);
	return refuse(act, "refused-alone", why.text, err);
}

static enum err
check_persons(struct act *act, void *two, struct errtext *err)
{
	return command_act_check(act, *(const bool *)two, err);
}

enum err
command_expect_both(const struct cli *cli, const struct command_rule *rule,
    struct act *act, struct errtext *err)
{
	enum err rc = command_expect(
	    cli, act->center, "as", rule->first, &act->actor, err);

	if (rc == ERR_OK && cli_has(cli, "second"))
		rc = command_expect(cli, act->center, "second", rule->second,
		    &act->second, err);
	return rc;
}

enum err
command_log_in(const struct cli *cli, const struct command_rule *rule,
    struct act *act, struct errtext *err)
{
	enum err rc = command_expect_both(cli, rule, act, err);

	if (rc == ERR_OK && rule->check != NULL)
		rc = rule->check(act, rule->arg, err);
	if (rc == ERR_OK)
		rc = command_login(
		    cli, act->center, "as", rule->first, &act->actor, err);
	if (rc == ERR_OK && cli_has(cli, "second"))
		rc = command_login(cli, act->center, "second", rule->second,
		    &act->second, err);
	return rc;
}

enum err
command_check_change(const struct cli *cli, struct act *act, const char *code,
    struct errtext *err)
{
	size_t count = 0;
	enum err rc = standing_is_founding(act->center)
	    ? ERR_OK /* no log, no line */
	    : act_check_log(act, err);

	if (rc == ERR_OK)
		rc = draft_ending(act->center, code, &count, err);
	if (rc == ERR_OK && count > 0)
		cli_warn(cli,
		    ngettext("%zu draft of %s waits. After this it can only be "
			     "discarded and entered again: let an approver "
			     "sign it first, unless somebody may know the old "
			     "passphrase.",
			"%zu drafts of %s wait. After this they can only be "
			"discarded and entered again: let an approver sign "
			"them first, unless somebody may know the old "
			"passphrase.",
			count),
		    count, code);
	return rc;
}

enum err
command_confirm(
    const struct cli *cli, bool alone, struct act *act, struct errtext *err)
{
	int64_t now = clock_now(), line, newest;
	enum err rc = center_newest(act->center, &line, &newest, err);

	if (rc != ERR_OK)
		return rc;
	/* who would be refused all the same is told everything at once */
	if (now - newest > POLICY_ALONE && !alone && !cli_has(cli, "second"))
		return ERR_OK;
	rc = confirm_jump(cli, now, newest,
	    newest == line ? _("the log's last line") : _("the trust list"),
	    err);
	if (rc == ERR_OK)
		act->confirmed = now;
	return rc;
}

enum err
command_act_begin(
    const struct cli *cli, bool two, struct act *act, struct errtext *err)
{
	const struct command_rule rule = { ROLE_ANY, ROLE_ANY, check_persons,
		&two };
	enum err rc;

	act->now = clock_now();
	if ((rc = center_open(cli->home, true, &act->center, err)) != ERR_OK ||
	    (rc = command_log_in(cli, &rule, act, err)) != ERR_OK ||
	    (!act->any_clock &&
		(rc = command_confirm(cli, false, act, err)) != ERR_OK))
		return rc;
	return act_open(act, err);
}
