/*
 * helper.c - one file, one sello-decode: helper.h.
 */
#include "scan/helper.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "scan/child.h"
#include "scan/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DECODER "sello-decode"

enum err
helper_program(char **program, struct errtext *err)
{
	if ((*program = file_beside_program(DECODER)) == NULL)
		return err_set(err, ERR_CONFIG,
		    _("the program %s is missing; install Sello again"),
		    DECODER);
	return ERR_OK;
}

enum err
helper_broke(struct errtext *err)
{
	return err_set(err, ERR_IO, _("the picture reader cannot run: %s"),
	    strerror(errno));
}

enum err
helper_not_started(const char *program, struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("%s: cannot be started: %s; install Sello again"), program,
	    strerror(errno));
}

static enum err
helper_gave_up(struct errtext *err)
{
	return err_set(err, ERR_UNREADABLE,
	    _("the picture reader gave up on this file; try another photo or "
	      "scan"));
}

enum err
helper_ended(int failed, struct errtext *err)
{
	if (failed == 0 || failed == ETIME || failed == EMSGSIZE)
		return helper_gave_up(err);
	errno = failed;
	return failed == ENOMEM ? err_memory(err) : helper_broke(err);
}

enum err
helper_nonsense(struct errtext *err)
{
	return err_set(err, ERR_UNREADABLE,
	    _("the picture reader gave no sensible answer; try another photo "
	      "or scan"));
}

enum err
helper_unlocked(struct errtext *err)
{
	return err_set(err, ERR_CONFIG,
	    _("the picture reader could not lock itself in, so it opened "
	      "nothing; the manual says more at SELLO_UNLOCKED"));
}

/* A process that is about to end closes its output first. */
static bool
has_ended(pid_t child, int *status)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	for (int i = 0; i < SCAN_END_MS; i++) {
		if (waitpid(child, status, WNOHANG) == child)
			return true;
		nanosleep(&ms, NULL);
	}
	return false;
}

/* Who says no more is near its end, or is made to be: one that was taken over may
 * close its output and stay. */
static bool
finish(pid_t child, bool in_time)
{
	int status;

	if (!in_time || !has_ended(child, &status)) {
		kill(child, SIGKILL);
		while (waitpid(child, &status, 0) < 0)
			if (errno != EINTR)
				return false;
	}
	return in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

struct run {
	const char *program;
	const char *option;
	int input;
	size_t max;
	struct progress progress;
};

/* One process. */
static enum err
run_once(struct run *run, struct bytes *answer, struct errtext *err)
{
	static const struct child_limits limits = { SCAN_CPU_SECONDS,
		SCAN_IDLE_SECONDS, SCAN_WALL_SECONDS };
	int ends[2], failed;
	pid_t child;
	bool well;

	if (lseek(run->input, 0, SEEK_SET) != 0 || pipe2(ends, O_CLOEXEC) != 0)
		return helper_broke(err);
	failed =
	    child_spawn(run->program, run->option, run->input, ends[1], &child);
	close(ends[1]);
	if (failed != 0) {
		close(ends[0]);
		errno = failed;
		return helper_not_started(run->program, err);
	}
	failed = child_listen(
	    ends[0], child, &limits, &run->progress, run->max, answer);
	close(ends[0]);
	well = finish(child, failed == 0);
	return well ? ERR_OK : helper_ended(failed, err);
}

/*
 * Does it end with the wish to begin again behind a page? Then the number of the
 * next page, after that wish is cut off; else 0.
 */
static size_t
next_page(struct bytes *answer)
{
	static const char wish[] = "\n" PROTOCOL_AGAIN "\n";
	size_t len = sizeof(wish) - 1, page = 0;
	const uint8_t *feed;
	struct reader line;

	if (answer->len < len ||
	    memcmp(answer->at + answer->len - len, wish, len) != 0)
		return 0;
	line = (struct reader){ answer->at, answer->len - len };
	answer->len -= len - 1;
	feed = memrchr(line.at, '\n', line.left);
	if (feed != NULL) {
		line.left -= (size_t)(feed + 1 - line.at);
		line.at = feed + 1;
	}
	return reader_skip_text(&line, PROTOCOL_PAGE " ") &&
		helper_number(&line, &page)
	    ? page + 1
	    : 0;
}

enum err
helper_run(const char *program, const char *option, const uint8_t *data,
    size_t len, size_t max, struct bytes *answer, struct errtext *err)
{
	struct run run = { program, option, child_file(data, len), max, { 0 } };
	char from[32];
	size_t page = 1, before = 0;
	enum err rc = ERR_OK;
	int times;

	if (run.input < 0)
		return helper_broke(err);
	progress_start(&run.progress, _("Things found and pages read:"), 0);
	for (times = 0;
	     rc == ERR_OK && page > before && times <= HELPER_AGAIN_MAX;
	     times++) {
		before = page;
		rc = run_once(&run, answer, err);
		page = rc == ERR_OK ? next_page(answer) : 0;
		snprintf(from, sizeof(from), "%s%zu",
		    option != NULL ? PROTOCOL_PLACES "=" : PROTOCOL_FROM, page);
		run.option = from;
	}
	if (rc == ERR_OK && page > 0) /* often enough */
		bytes_add_text(answer, PROTOCOL_END "\n");
	progress_end(&run.progress);
	close(run.input);
	return rc;
}
