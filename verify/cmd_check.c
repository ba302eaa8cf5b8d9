/*
 * cmd_check.c - sello-verify check: files, and standard input as one file or
 * as a code a line.
 */
#include "verify/commands.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "letter/number.h"
#include "packed/join.h"
#include "scan/magic.h"
#include "scan/scan.h"
#include "verify/judge_box.h"
#include "verify/lines.h"
#include "verify/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A number is easily taken for the name of what it names. */
static bool
is_number(const char *path, enum err rc, struct errtext *err)
{
	char number[LETTER_NUMBER_SIZE];
	struct letter_number typed;

	if (rc != ERR_NOT_FOUND || !number_parse_loose(path, &typed) ||
	    !number_format(&typed, number))
		return false;
	err_set(err, rc,
	    _("This is the number of a letter, and no file. What is known "
	      "under it: sello-verify number %s"),
	    number);
	return true;
}

static void
check_file(struct session *session, const char *path)
{
	struct bytes file = { 0 };
	struct errtext err = { 0 };
	enum err rc;

	if (file_seen_dir(path)) {
		judge_folder(&session->judge, path);
		return;
	}
	rc = file_read(path, SCAN_FILE_MAX, &file, &err);
	if (rc == ERR_OK)
		judge_bytes(&session->judge, path, file.at, file.len);
	else if (is_number(path, rc, &err))
		judge_told(&session->judge, path, rc, &err);
	else
		judge_failure(&session->judge, path, rc, &err);
	bytes_wipe(&file);
}

/* Standard input as one file. */
static void
check_rest(struct session *session, struct lines *lines)
{
	struct errtext err = { 0 };
	struct bytes file = { 0 };

	if (lines_rest(lines, SCAN_FILE_MAX, &file))
		judge_bytes(&session->judge, "-", file.at, file.len);
	else
		judge_failure(&session->judge, "-",
		    err_set(&err, ERR_LIMIT, _("larger than %u MB"),
			SCAN_FILE_MAX >> 20),
		    &err);
	bytes_wipe(&file);
}

/* Lines of standard input as they come. */
struct typed {
	struct session *session;
	size_t count;
};

static void
check_joined(const struct joined *joined, void *arg)
{
	struct typed *typed = arg;
	struct session *session = typed->session;
	char source[32];

	typed->count++;
	snprintf(source, sizeof(source), "-:%zu", joined->line);
	session_scan(session, joined->line);
	judge_line(&session->judge, source, (const char *)joined->text.at,
	    joined->text.left);
	if (session->cli->arg_count == 1)
		progress_step(&session->progress, typed->count);
}

static void
check_too_long(struct typed *typed, size_t line)
{
	char source[32];

	typed->count++;
	snprintf(source, sizeof(source), "-:%zu", line);
	session_scan(typed->session, line);
	judge_too_long(&typed->session->judge, source);
}

static size_t
check_lines(struct session *session, struct lines *lines)
{
	struct typed typed = { .session = session };
	struct join join = { .tell = check_joined, .arg = &typed };
	enum line_state state;
	const char *text;
	size_t len;

	while ((state = lines_next(lines, -1, &text, &len)) != LINE_END) {
		if (state == LINE_TEXT)
			join_line(&join, lines->number,
			    (struct reader){ (const uint8_t *)text, len });
		else
			check_too_long(&typed, lines->number);
	}
	join_rest(&join);
	if (join.failed)
		judge_failure(&session->judge, "-", ERR_MEMORY, NULL);
	join_wipe(&join);
	session->display.label = NULL;
	return typed.count;
}

static void
check_stdin(struct session *session)
{
	struct errtext err = { 0 };
	const uint8_t *data = NULL;
	struct lines lines;
	size_t len = 0;

	lines_init(&lines, STDIN_FILENO);
	lines_peek(&lines, &data, &len);
	if (len > 0 && magic_of(data, len) != MAGIC_TEXT)
		check_rest(session, &lines);
	else {
		/* each line is a person at the counter: all count */
		session->judge.presented = PRESENTED_EVER;
		if (check_lines(session, &lines) == 0)
			judge_failure(&session->judge, "-",
			    err_set(&err, ERR_UNREADABLE,
				_("standard input is empty")),
			    &err);
		session->judge.presented = PRESENTED_OTHER_RUN;
	}
	lines_wipe(&lines);
}

int
cmd_check(struct cli *cli)
{
	struct session session;
	bool several;
	int i, status;

	if ((status = session_open(&session, cli, PRESENTED_OTHER_RUN)) != 0)
		return status;
	several = cli->arg_count > 1;
	progress_start(&session.progress, _("Checked:"),
	    several ? (size_t)cli->arg_count : 0);
	for (i = 0; i < cli->arg_count; i++) {
		if (strcmp(cli->args[i], "-") == 0)
			check_stdin(&session);
		else
			check_file(&session, cli->args[i]);
		if (several)
			progress_step(&session.progress, (size_t)i + 1);
	}
	progress_end(&session.progress);
	session_summary(&session);
	return session_close(&session);
}
