/*
 * cmd.h - the subcommands of sello-verify, one file each; main.c has the
 * table.
 */
#ifndef VERIFY_CMD_H
#define VERIFY_CMD_H

#include "base/progress.h"
#include "cli/cli.h"
#include "verify/judge.h"
#include "verify/report.h"
#include "verify/summary.h"

struct sync_event;
struct sync_listener;
int cmd_init(struct cli *cli);
int cmd_sync(struct cli *cli);
int cmd_check(struct cli *cli);
int cmd_scan(struct cli *cli);
int cmd_number(struct cli *cli);
int cmd_status(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_recover(struct cli *cli);
int cmd_serve(struct cli *cli); /* verify/desk/cmd_serve.c */

/*
 * What sync and import share: cmd_sync.c. sync_open - the post, and the lock
 * that keeps others from learning at the same time; 0, or the exit status.
 * 74 where nothing can be written. sync_close - the end, and the exit status:
 * 74 too when something could not be written meanwhile. sync_print - one event,
 * for a listener whose ctx is the struct cli.
 */
int sync_open(struct cli *cli, struct post **post, int *lock);
int sync_close(struct cli *cli, struct post **post, int lock,
    const struct sync_listener *listener);
void sync_print(void *ctx, const struct sync_event *event);

/* What check, scan and number share: session.c. */
struct session {
	struct cli *cli;
	struct post *post;
	struct judge judge;
	struct report report;
	struct summary summary; /* of results since the last one was printed */
	char label[64];         /* report.label, of a scan */
	struct progress progress; /* leaves the line where results begin */
	const char *save;         /* folder; NULL: nothing is saved */
	int status;               /* highest verdict exit so far */
	int trouble; /* first exit for saving or recording, 0: none */
	size_t shown;
	unsigned warned; /* post->renewed when warnings were last given */
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

/* session_scan - the next input is a code: its number from 1, the time. */
void session_scan(struct session *session, size_t number);

/* session_summary - what stays on the screen of the results since the last
 * call; nothing with --json. */
void session_summary(struct session *session);

/* session_close - the exit status; releases everything. */
int session_close(struct session *session);

#endif
