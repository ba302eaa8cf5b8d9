/*
 * cmd_number.c - sello-verify number: a number typed by hand proves nothing,
 * and is never more than grey.
 */
#include "verify/commands.h"

#include "base/i18n.h"
#include "cli/cli.h"
#include "letter/number.h"
#include "verify/session.h"

int
cmd_number(struct cli *cli)
{
	char number[LETTER_NUMBER_SIZE];
	struct letter_number typed;
	struct errtext err = { 0 };
	struct session session;
	int status;

	if ((status = session_open(&session, cli, PRESENTED_EVER)) != 0)
		return status;
	if (number_parse_loose(cli->args[0], &typed) &&
	    number_format(&typed, number)) {
		judge_number(&session.judge, cli->args[0], number);
		return session_close(&session);
	}
	session_close(&session);
	err_set(&err, ERR_DATA,
	    _("this is not a letter number: a character is wrong or missing; "
	      "read it again from the paper"));
	return cli_fail(cli, ERR_DATA, &err);
}
