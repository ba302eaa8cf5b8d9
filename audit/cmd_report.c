/*
 * cmd_report.c - sello-audit report: one HTML file for people who were not
 * there, and the verdict on standard output.
 */
#include "audit/cmd.h"
#include "audit/report.h"
#include "audit/show.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/print.h"

#include <stdio.h>

static enum err
write_report(const struct cli *cli, const struct audit *audit, const char *path,
    struct errtext *err)
{
	struct bytes html = { 0 };
	enum err rc;

	rc = report_html(audit, cli_has(cli, "public"), &html, err);
	if (rc == ERR_OK)
		rc = file_write_over(
		    path, 0644, html.at, html.len, REPORT_MARK, err);
	bytes_free(&html);
	return rc;
}

int
cmd_report(struct cli *cli)
{
	const char *path = cli_value(cli, "out");
	struct errtext err = { 0 }, verdict = { 0 };
	struct audit audit = { .options = NULL };
	struct cmd cmd = { .presentations = { 0 } };
	int status;
	enum err rc;

	if ((status = cmd_options(cli, &cmd)) != 0)
		goto out;
	rc = audit_run(&cmd.options, &audit, &err);
	if (rc == ERR_OK)
		rc = write_report(cli, &audit, path, &err);
	if (rc != ERR_OK) {
		status = cli_fail(cli, rc, &err);
		goto out;
	}
	show_verdict(&audit, &verdict);
	if (cli->json) {
		show_json(&audit);
	} else {
		print("%s\n", verdict.text);
		show_missing(&audit);
		print(_("The report is in %s\n"), path);
	}
	status = cmd_finish(cli, &audit);
out:
	audit_clear(&audit);
	cmd_clear(&cmd);
	return status;
}
