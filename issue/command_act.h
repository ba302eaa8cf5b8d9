/*
 * command_act.h - what the commands share that enter a line in the log: who
 * acts, who stands beside, and the opened keys.
 */
#ifndef ISSUE_COMMAND_ACT_H
#define ISSUE_COMMAND_ACT_H

#include "cli/cli.h"
#include "issue/center/keyring.h"
#include "issue/center/logbook.h"
#include "issue/register/people.h"

struct keyring;
/* Start as {0}; command_act_end(). */
struct command_act {
	struct center *center;
	struct person person, second; /* second.code is "" without one */
	struct keyring ring;
	struct logbook book;
	int64_t now;
	int64_t confirmed; /* when the date was typed; 0: it was not */
	bool any_clock;    /* set before command_act_begin(): logbook.h */
	bool recovering;
};

/*
 * command_act_begin - open the home as its writer, log in who is given by
 * --as and --second, open the keys.
 *
 *   two  both persons are required, one of them an approver
 *
 * One of those present must be able to open the keys: an approver, or, until
 * the first approved letter, the founding administrator. A date that jumps is
 * asked for here, but with any_clock. ERR_USAGE, ERR_REFUSED with an event, and
 * what the parts return.
 */
enum err command_act_begin(const struct cli *cli, bool two,
    struct command_act *act, struct errtext *err);

/*
 * command_confirm - the same question for those who begin otherwise:
 * confirm_jump() after the newest time that was signed at this center.
 *
 *   alone      one person may do it, whatever the date; else who gave no
 *              --second is refused by who signs
 *   confirmed  out: for logbook_act, center_signing
 */
enum err command_confirm(const struct cli *cli, struct center *center,
    bool alone, int64_t *confirmed, struct errtext *err);

/* command_act_log - logbook_begin() for them, within a transaction. */
enum err command_act_log(struct command_act *act, struct errtext *err);

/* command_act_commit - logbook_commit(). */
enum err command_act_commit(struct command_act *act, struct errtext *err);

/* command_act_end - roll back what was not committed; release everything. */
void command_act_end(struct command_act *act);

#endif
