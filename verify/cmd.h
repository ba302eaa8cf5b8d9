/*
 * cmd.h - the subcommands of sello-verify, one file each; main.c has the
 * table.
 */
#ifndef VERIFY_CMD_H
#define VERIFY_CMD_H

#include "base/cli.h"
#include "verify/judge.h"
#include "verify/report.h"

int cmd_init(struct cli *cli);
int cmd_sync(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_scan(struct cli *cli);
int cmd_number(struct cli *cli);
int cmd_status(struct cli *cli);

/* What check, scan and number share: session.c. */
struct session {
	struct cli *cli;
	struct post *post;
	struct judge judge;
	struct report report;
	bool record;
	const char *answer; /* NULL: not asked */
	const char *save;   /* folder; NULL: nothing is saved */
	int status;         /* highest verdict exit so far */
	int trouble;        /* first exit for saving or recording, 0: none */
	size_t shown;
};

/*
 * session_open - options, post, self-test, clock mark.
 *
 *   presented  which earlier presentations count
 *
 * 0, or the exit status, with the message already printed.
 */
int session_open(
    struct session *session, struct cli *cli, enum presented_when presented);

/* session_close - the exit status; releases everything. */
int session_close(struct session *session);

#endif
