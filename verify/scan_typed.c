/*
 * scan_typed.c - scan_typed.h. A code is judged as soon as it is whole; what is not
 * is judged when nothing came for a moment.
 */
#include "verify/scan_typed.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/print.h"
#include "base/process.h"
#include "cli/cli.h"
#include "letter/number.h"
#include "packed/find.h"
#include "packed/join.h"
#include "verify/keys.h"
#include "verify/lines.h"
#include "verify/screen.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SILENCE_MS 300
#define LOOK_MS    250 /* for signals that are held */
#define STOPPED    (128 + SIGINT)

struct typing {
	struct session *session;
	struct lines lines;
	struct join join;
	bool keys;    /* a terminal: a hand may type, too */
	bool serial;  /* a line on which no hand types */
	size_t quiet; /* characters without an end, when nothing came last */
	bool held;    /* signals wait */
	bool screen;
	bool fresh;   /* the next verdict clears the screen */
	bool told;    /* a prompt is due */
	bool advised; /* of the missing end */
	size_t scans;
	int64_t shown_ms;
};

static void
prompt(const struct typing *t)
{
	if (!t->keys)
		return;
	if (!t->session->cli->json)
		print_to(stderr,
		    _("\nScan the code of a letter (end with Ctrl-D): "));
	print_flush(stderr);
}

static void
begin(struct typing *t, size_t line, char source[32])
{
	if (t->fresh)
		screen_clear(t->session, t->screen);
	t->fresh = false;
	snprintf(source, 32, "-:%zu", line);
	session_scan(t->session, ++t->scans);
	judge_begin(&t->session->judge);
}

static void
end(struct typing *t)
{
	session_summary(t->session);
	post_mark(t->session->post, t->session->judge.now);
	print_flush(stdout);
	t->told = true;
	t->shown_ms = clock_ms();
}

static void
judge_text(struct typing *t, size_t line, const char *text, size_t len)
{
	char source[32];

	begin(t, line, source);
	judge_typed(&t->session->judge, source, text, len);
	end(t);
}

static void
judge_joined(const struct joined *joined, void *arg)
{
	struct bytes text = { 0 };

	/* a number is looked for in a text with an end */
	bytes_add(&text, joined->text.at, joined->text.left);
	if (!text.failed)
		judge_text(arg, joined->line, (const char *)text.at, text.len);
	bytes_wipe(&text);
}

static void
judge_long(struct typing *t)
{
	char source[32];

	begin(t, t->lines.number, source);
	judge_too_long(&t->session->judge, source);
	end(t);
}

/* A number that somebody types is no word around a code. */
static void
take_line(struct typing *t, const char *text, size_t len)
{
	struct letter_number number;

	if (t->keys)
		print_own(stderr, "\n");
	if (len > 0 && number_parse_loose(text, &number)) {
		join_rest(&t->join);
		judge_text(t, t->lines.number, text, len);
	} else
		join_line(&t->join, t->lines.number,
		    (struct reader){ (const uint8_t *)text, len });
}

static void
advise(struct typing *t)
{
	const struct lines *lines = &t->lines;

	if (t->advised || lines->line[lines->used - 1] == '\t')
		return;
	cli_warn(t->session->cli, "%s",
	    _("this scanner sends nothing behind a code; set it to send Enter, "
	      "and verdicts come at once"));
	t->advised = true;
}

/* Over a serial line something else than a code ends, too, when nothing came for
 * two moments: who scans a wrong one would never be told. */
static bool
is_ended(struct typing *t, size_t len)
{
	bool ended = t->serial && len > 0 && len == t->quiet;

	t->quiet = ended ? 0 : len;
	return ended;
}

/* Nothing came for a moment. */
static void
take_silence(struct typing *t, const char *text, size_t len)
{
	const struct reader part = { (const uint8_t *)text, len };
	struct bytes code = { 0 };
	struct reader rest;

	if (is_ended(t, len) ||
	    (len > 0 && packed_find(part, &code, &rest, NULL))) {
		advise(t);
		join_line(&t->join, t->lines.number + 1, part);
		lines_take(&t->lines);
		t->lines.ended_by = '\r'; /* if one comes yet, it is no line */
	}
	bytes_wipe(&code);
	join_rest(&t->join);
	if (t->shown_ms > 0 && clock_ms() - t->shown_ms >= SCREEN_SHOWN_MS) {
		screen_clear(t->session, t->screen);
		t->shown_ms = 0;
		t->told = true;
	}
}

static int
patience(const struct typing *t)
{
	if (join_waits(&t->join) || t->join.any)
		return SILENCE_MS;
	return t->held ? LOOK_MS : -1;
}

/* How it ended. */
static enum line_state
listen(struct typing *t)
{
	enum line_state state;
	const char *text;
	size_t len;

	prompt(t);
	while (!t->held || !process_is_ending()) {
		state = lines_next(&t->lines, patience(t), &text, &len);
		if (state == LINE_END || state == LINE_STOPPED)
			return state;
		if (state == LINE_COMING) {
			t->quiet = 0;
			continue;
		}
		t->fresh = true;
		t->quiet = state == LINE_WAITING ? t->quiet : 0;
		if (state == LINE_TEXT)
			take_line(t, text, len);
		else if (state == LINE_TOO_LONG) {
			join_rest(&t->join);
			judge_long(t);
		} else
			take_silence(t, text, len);
		if (t->told)
			prompt(t);
		t->told = false;
	}
	return LINE_END;
}

static enum line_state
run(struct typing *t, int fd)
{
	enum line_state ended;

	lines_init(&t->lines, fd);
	t->lines.keys = t->keys;
	t->lines.pause_ms = SILENCE_MS;
	t->join.tell = judge_joined;
	t->join.arg = t;
	ended = listen(t);
	if (ended == LINE_END)
		join_rest(&t->join);
	if (t->join.failed)
		judge_failure(&t->session->judge, "-", ERR_MEMORY, NULL);
	join_wipe(&t->join);
	screen_clear(t->session, t->screen);
	return ended;
}

int
scan_typed(struct session *session)
{
	struct typing t = { .session = session };
	struct keys keys;
	enum line_state ended;

	t.screen = screen_begin(session, isatty(STDIN_FILENO));
	t.keys = t.held = keys_begin(STDIN_FILENO, &keys);
	ended = run(&t, STDIN_FILENO);
	lines_wipe(&t.lines);
	if (t.keys)
		keys_end(&keys);
	return ended == LINE_STOPPED ? STOPPED : EXIT_SUCCESS;
}

/* Asked to end: that is no failure of a service. */
static bool
was_asked_to_end(void)
{
	const struct timespec now = { 0 };
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	return sigtimedwait(&term, NULL, &now) == SIGTERM;
}

int
scan_serial(struct session *session, const char *path, int64_t baud)
{
	struct typing t = { .session = session, .held = true, .serial = true };
	struct errtext err = { 0 };
	sigset_t before;
	enum err rc;
	int fd = -1;

	if ((rc = keys_serial(path, baud, &fd, &err)) != ERR_OK)
		return cli_fail(session->cli, rc, &err);
	process_hold(&before);
	t.screen = screen_begin(session, isatty(STDOUT_FILENO));
	run(&t, fd);
	lines_wipe(&t.lines);
	close(fd);
	if (!was_asked_to_end() && !process_is_ending())
		rc = err_set(&err, ERR_IO,
		    _("%s: the scanner is gone; plug it in and start again"),
		    path);
	process_let(&before);
	return rc == ERR_OK ? EXIT_SUCCESS : cli_fail(session->cli, rc, &err);
}
