/*
 * cmd.h - the subcommands of sello-audit, one file each; main.c has the
 * table.
 */
#ifndef AUDIT_CMD_H
#define AUDIT_CMD_H

#include "audit/audit.h"
#include "cli/cli.h"

int cmd_check(struct cli *cli);
int cmd_report(struct cli *cli);
int cmd_lines(struct cli *cli);

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
void cmd_clear(struct cmd *cmd);

/* cmd_finish - keep the state, say on standard error what went wrong; the
 * exit status. */
int cmd_finish(const struct cli *cli, const struct audit *audit);

#endif
