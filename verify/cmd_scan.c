/*
 * cmd_scan.c - sello-verify scan: what a USB scanner types, a code a line, a
 * verdict at once, and the visit is recorded. On a terminal the last letter
 * leaves the screen with the next scan, or after a minute.
 */
#include "verify/commands.h"

#include "base/i18n.h"
#include "base/print.h"
#include "cli/cli.h"
#include "verify/lines.h"
#include "verify/session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SHOWN_MS     60000 /* nobody reads over a shoulder */
#define CLEAR_SCREEN "\033[H\033[2J\033[3J"

static void
prompt(const struct session *session, bool terminal)
{
	if (!terminal)
		return;
	if (!session->cli->json)
		print_to(stderr,
		    _("\nScan the code of a letter (end with Ctrl-D): "));
	print_flush(stderr);
}

static bool
is_screen(const struct session *session, bool terminal)
{
	return terminal && !session->cli->json && isatty(STDOUT_FILENO);
}

static void
clear(struct session *session, bool terminal)
{
	if (!is_screen(session, terminal))
		return;
	print_own(stdout, CLEAR_SCREEN);
	print_flush(stdout);
	session->shown = 0;
}

/* Also who leaves by Ctrl-C leaves nobody's letter on the screen. */
static void
clear_and_end(int number)
{
	if (write(STDOUT_FILENO, CLEAR_SCREEN, sizeof(CLEAR_SCREEN) - 1) >= 0)
		raise(number); /* by now its default: the end */
	_exit(128 + number);
}

static void
clear_when_ended(const struct session *session, bool terminal)
{
	static const int ends[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };
	const struct sigaction action = { .sa_handler = clear_and_end,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (is_screen(session, terminal))
			sigaction(ends[i], &action, NULL);
}

static void
judge_one(struct session *session, const struct lines *lines,
    enum line_state state, const char *text, size_t len)
{
	char source[32];

	snprintf(source, sizeof(source), "-:%zu", lines->number);
	session_scan(session, lines->number);
	judge_begin(&session->judge);
	if (state == LINE_TEXT)
		judge_typed(&session->judge, source, text, len);
	else
		judge_too_long(&session->judge, source);
	session_summary(session);
	post_mark(session->post, session->judge.now);
}

static void
scan(struct session *session, bool terminal)
{
	enum line_state state;
	struct lines lines;
	const char *text;
	size_t len;

	lines_init(&lines, STDIN_FILENO);
	clear_when_ended(session, terminal);
	prompt(session, terminal);
	while ((state = lines_next(&lines, terminal ? SHOWN_MS : -1, &text,
		    &len)) != LINE_END) {
		if (state == LINE_TEXT && len == 0)
			continue;
		clear(session, terminal);
		if (state != LINE_WAITING)
			judge_one(session, &lines, state, text, len);
		prompt(session, terminal);
	}
	lines_wipe(&lines);
	clear(session, terminal);
}

int
cmd_scan(struct cli *cli)
{
	bool terminal = isatty(STDIN_FILENO);
	struct session session;
	int status;

	if ((status = session_open(&session, cli, PRESENTED_OTHER_VISIT)) != 0)
		return status;
	scan(&session, terminal);
	/* the end of input is the end of work, not a verdict */
	session.status = EXIT_SUCCESS;
	return session_close(&session);
}
