/*
 * cmd_lines.c - sello-audit lines: whose key signed each line.
 */
#include "audit/cmd.h"
#include "audit/lines.h"
#include "audit/show.h"
#include "base/print.h"

int
cmd_lines(struct cli *cli)
{
	struct errtext err = { 0 }, verdict = { 0 };
	struct audit audit = { .options = NULL };
	struct cmd cmd = { .presentations = { 0 } };
	int status;
	enum err rc;

	if ((status = cmd_options(cli, &cmd)) != 0)
		goto out;
	cmd.options.line = cli->json ? lines_json : lines_text;
	if ((rc = audit_run(&cmd.options, &audit, &err)) != ERR_OK) {
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	if (!cli->json) {
		show_verdict(&audit, &verdict);
		print("\n%s\n", verdict.text);
		if (findings_exit(&audit.findings) != 0)
			print("%s\n", _("sello-audit check tells what."));
		show_missing(&audit);
	}
	status = cmd_finish(cli, &audit);
out:
	audit_clear(&audit);
	cmd_clear(&cmd);
	return status;
}
