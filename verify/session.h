/*
 * session.h - one run that judges letters: what check, scan and number share.
 * Each result is printed, then saved if so asked; recorded it was while it was
 * judged.
 */
#ifndef VERIFY_SESSION_H
#define VERIFY_SESSION_H

#include "base/progress.h"
#include "verify/display.h"
#include "verify/judge.h"
#include "verify/summary.h"

struct cli;
struct post;

struct session {
	struct cli *cli;
	struct post *post;
	struct judge judge;
	struct display display;
	struct summary summary; /* of results since the last one was printed */
	char label[64];         /* display.label, of a scan */
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
