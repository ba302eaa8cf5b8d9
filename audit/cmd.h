/*
 * cmd.h - the subcommands of sello-audit, one file each; main.c has the
 * table.
 */
#ifndef AUDIT_CMD_H
#define AUDIT_CMD_H

#include "audit/audit.h"
#include "cli/cli.h"

/* Each runs its subcommand and returns the exit status, with messages printed:
 * cmd_check - audit and say what was found; cmd_report - the same as a page,
 * HTML (audit/report.h); cmd_lines - whose key signed each line; cmd_serve -
 * the same as pages in the browser (audit/desk/). */
int cmd_check(struct cli *cli);
int cmd_report(struct cli *cli);
int cmd_lines(struct cli *cli);
int cmd_serve(struct cli *cli);

/* What they share: options.c. Start as {0}; cmd_clear(). */
struct cmd_lists {
	size_t count;
	const char **at;
};
struct cmd {
	struct audit_options options;
	struct cmd_lists presentations, letters, centers;
};

/* cmd_options - read the common options. 0, or the exit status, with the
 * message already printed. */
int cmd_options(struct cli *cli, struct cmd *out);
/* cmd_clear - frees the arrays; what stands in them is the command line's. */
void cmd_clear(struct cmd *cmd);

/* cmd_finish - keep the state, say on standard error what went wrong; the
 * exit status. */
int cmd_finish(const struct cli *cli, const struct audit *audit);

#endif
