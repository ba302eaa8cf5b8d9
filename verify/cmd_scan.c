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
#include "verify/scan_camera.h"
#include "verify/screen.h"
#include "verify/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define FILM_FPS 10

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
	bool screen;
	size_t len;

	lines_init(&lines, STDIN_FILENO);
	screen = screen_begin(session, terminal);
	prompt(session, terminal);
	while ((state = lines_next(&lines, terminal ? SCREEN_SHOWN_MS : -1,
		    &text, &len)) != LINE_END) {
		if (state == LINE_TEXT && len == 0)
			continue;
		screen_clear(session, screen);
		if (state != LINE_WAITING)
			judge_one(session, &lines, state, text, len);
		prompt(session, terminal);
	}
	lines_wipe(&lines);
	screen_clear(session, screen);
}

int
cmd_scan(struct cli *cli)
{
	const char *camera = cli_value(cli, "camera");
	bool terminal = isatty(STDIN_FILENO);
	struct session session;
	int64_t fps;
	int status, ended;

	if (!cli_int(cli, "fps", 1, 60, FILM_FPS, &fps))
		return EX_USAGE;
	if (camera != NULL && strcmp(camera, "list") == 0)
		return scan_cameras(cli);
	if ((status = session_open(&session, cli, PRESENTED_OTHER_VISIT)) != 0)
		return status;
	if (camera != NULL)
		status = scan_camera(&session, camera, (int)fps);
	else
		scan(&session, terminal);
	/* the end of input is the end of work, not a verdict */
	session.status = EXIT_SUCCESS;
	ended = session_close(&session);
	return status != 0 ? status : ended;
}
