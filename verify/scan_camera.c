/*
 * scan_camera.c - scan_camera.h: a picture after the other, each read by a process
 * of its own in the jail; a letter that is held on is judged once.
 */
#include "verify/scan_camera.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/print.h"
#include "cli/cli.h"
#include "scan/webcam.h"
#include "verify/camera.h"
#include "verify/frames.h"
#include "verify/hint_line.h"
#include "verify/screen.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One run. */
struct watch {
	struct session *session;
	const char *name;
	struct frames frames;
	struct camera camera;
	struct hint_line line;
	bool screen;
	size_t pictures, letters;
	int64_t shown_ms; /* when a letter came on the screen */
};

/* --- which there are ------------------------------------------------------ */

struct list {
	const struct cli *cli;
	size_t count;
};

static void
show_one(const char *path, const char *name, void *arg)
{
	struct list *list = arg;
	json_t *object;

	list->count++;
	if (!list->cli->json) {
		print("%s  %s\n", path, name);
		return;
	}
	object = json_object();
	json_set_text(object, "camera", path);
	json_set_text(object, "name", name);
	json_line(object);
}

int
scan_cameras(const struct cli *cli)
{
	struct list list = { .cli = cli };

	webcam_list(show_one, &list);
	if (list.count == 0)
		cli_warn(cli, "%s",
		    _("no camera is there; connect one, or close the program "
		      "that uses it"));
	return EXIT_SUCCESS;
}

/* --- watching ------------------------------------------------------------- */

/* Ctrl-D, or the terminal is gone. */
static bool
is_ended(void)
{
	struct pollfd typed = { .fd = STDIN_FILENO, .events = POLLIN };
	char ignored[64];

	return isatty(STDIN_FILENO) && poll(&typed, 1, 0) > 0 &&
	    read(STDIN_FILENO, ignored, sizeof(ignored)) <= 0;
}

static void
judge_held(struct watch *w, const struct scan_result *found)
{
	struct session *session = w->session;
	char source[128];

	hint_line_say(&w->line, NULL, w->frames.at_ms);
	screen_clear(session, w->screen);
	snprintf(source, sizeof(source), "%s:%zu", w->name, ++w->letters);
	session_scan(session, w->letters);
	judge_begin(&session->judge);
	judge_scanned(&session->judge, source, found);
	session_summary(session);
	post_mark(session->post, session->judge.now);
	if (isatty(STDERR_FILENO))
		print_own(stderr, "\a");
	print_flush(stdout);
	w->shown_ms = clock_ms();
}

static void
look(struct watch *w, const struct bytes *frame)
{
	struct scan_result found = { 0 };
	const struct camera_hint *hint = NULL;

	w->pictures++;
	if (camera_look(&w->camera, frame->at, frame->len, w->frames.at_ms,
		&found, &hint) == CAMERA_NEW) {
		judge_held(w, &found);
		scan_clear(&found);
	} else
		hint_line_say(&w->line, hint != NULL ? _(hint->text) : NULL,
		    w->frames.at_ms);
}

static void
clear_in_time(struct watch *w)
{
	if (w->shown_ms > 0 && clock_ms() - w->shown_ms > SCREEN_SHOWN_MS) {
		hint_line_clear(&w->line);
		screen_clear(w->session, w->screen);
		w->shown_ms = 0;
	}
}

/* ERR_NOT_FOUND: the end. */
static enum err
watch(struct watch *w, struct errtext *err)
{
	struct bytes frame = { 0 };
	enum err rc = ERR_OK;

	while ((rc == ERR_OK || rc == ERR_BUSY || rc == ERR_LIMIT) &&
	    !is_ended()) {
		rc = frames_next(&w->frames, &frame, err);
		if (rc == ERR_OK)
			look(w, &frame);
		clear_in_time(w);
	}
	bytes_wipe(&frame);
	hint_line_clear(&w->line);
	/* a film that is over leaves its last verdict */
	if (rc != ERR_NOT_FOUND)
		screen_clear(w->session, w->screen);
	return rc;
}

int
scan_camera(struct session *session, const char *name, int fps)
{
	struct watch w = { .session = session, .name = name };
	struct errtext err = { 0 };
	enum err rc = frames_open(name, fps, &w.frames, &err);

	if (rc != ERR_OK) {
		frames_close(&w.frames);
		return cli_fail(session->cli, rc, &err);
	}
	w.screen = screen_begin(session, isatty(STDIN_FILENO));
	rc = watch(&w, &err);
	camera_close(&w.camera);
	frames_close(&w.frames);
	if (rc == ERR_IO || rc == ERR_MEMORY) {
		err_prefix(&err, "%s", name);
		return cli_fail(session->cli, rc, &err);
	}
	if (rc == ERR_NOT_FOUND && w.pictures == 0) {
		err_set(&err, ERR_DATA,
		    _("%s: no film: JPEGs one after the other are wanted"),
		    name);
		return cli_fail(session->cli, ERR_DATA, &err);
	}
	return EXIT_SUCCESS;
}
