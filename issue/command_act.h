/*
 * command_act.h - how a command begins an act (issue/center/act.h): who is
 * given by --as and --second, with which passphrases, and whether the date may
 * be believed.
 */
#ifndef ISSUE_COMMAND_ACT_H
#define ISSUE_COMMAND_ACT_H

#include "cli/cli.h"
#include "issue/center/act.h"

/* Who may do it. */
struct command_rule {
	unsigned first, second; /* of --as, of --second: ROLE_BIT(...) | ... */
	/* what else is asked before anybody types a passphrase: the act has
	 * both persons, not logged in. NULL: nothing */
	enum err (*check)(struct act *act, void *arg, struct errtext *err);
	void *arg;
};

/*
 * command_log_in - both persons of a command, into an act whose home is open;
 * --second may be left out. All that can be refused is, before the first
 * passphrase.
 */
enum err command_log_in(const struct cli *cli, const struct command_rule *rule,
    struct act *act, struct errtext *err);

/* command_expect_both - as far as that goes without passphrases; without the
 * rule's check. */
enum err command_expect_both(const struct cli *cli,
    const struct command_rule *rule, struct act *act, struct errtext *err);

/*
 * command_act_begin - open the home as its writer, log in, open the keys.
 *
 *   two  both persons are required, one of them an approver
 *   act  any_clock and recovering are set before
 *
 * One of those present must be able to open the keys: an approver, or, until
 * the first approved letter, the founding administrator. A date that jumps is
 * asked for here, but with any_clock. ERR_USAGE, ERR_REFUSED with an event, and
 * what the parts return.
 */
enum err command_act_begin(
    const struct cli *cli, bool two, struct act *act, struct errtext *err);

/* command_act_check - may these persons do it together, who need not be logged
 * in? ERR_REFUSED with an event. */
enum err command_act_check(struct act *act, bool two, struct errtext *err);

/*
 * command_check_change - before a person gets another key, or leaves, and before
 * anybody types a passphrase for it: can the log go on? Says how many of their
 * drafts that wait would be lost by it. What act_check_log() returns.
 */
enum err command_check_change(const struct cli *cli, struct act *act,
    const char *code, struct errtext *err);

/*
 * command_confirm - the same question for those who begin otherwise:
 * confirm_jump() after the newest time that was signed at this center. What was
 * typed is act->confirmed.
 *
 *   alone  one person may do it, whatever the date; else who gave no --second
 *          is refused by who signs
 */
enum err command_confirm(
    const struct cli *cli, bool alone, struct act *act, struct errtext *err);

#endif
