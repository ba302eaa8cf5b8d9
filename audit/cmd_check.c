/*
 * cmd_check.c - sello-audit check: findings on standard output.
 */
#include "audit/cmd.h"
#include "audit/show.h"

int
cmd_check(struct cli *cli)
{
	struct errtext err = { 0 };
	struct audit audit = { .options = NULL };
	struct cmd cmd = { .presentations = { 0 } };
	int status;
	enum err rc;

	if ((status = cmd_options(cli, &cmd)) != 0)
		goto out;
	if ((rc = audit_run(&cmd.options, &audit, &err)) != ERR_OK) {
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	if (cli->json)
		show_json(&audit);
	else
		show_text(&audit, cli_has(cli, "all"));
	status = cmd_finish(cli, &audit);
out:
	audit_clear(&audit);
	cmd_clear(&cmd);
	return status;
}
