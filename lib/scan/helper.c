/*
 * helper.c - one file, one sello-decode: helper.h.
 */
#include "scan/helper.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "scan/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
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

enum err
helper_gave_up(struct errtext *err)
{
	return err_set(err, ERR_UNREADABLE,
	    _("the picture reader gave up on this file; try another photo or "
	      "scan"));
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

/* Waits for the child, which is ended first when it did not end in time. */
static bool
finish(pid_t child, bool in_time)
{
	int status;

	if (!in_time)
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

enum err
helper_run(const char *program, const char *option, const uint8_t *data,
    size_t len, size_t max, struct bytes *answer, struct errtext *err)
{
	static const struct child_limits limits = { SCAN_CPU_SECONDS,
		SCAN_IDLE_SECONDS };
	int input = -1, ends[2] = { -1, -1 };
	enum err rc = ERR_OK;
	pid_t child;
	struct progress progress;
	bool in_time;

	if ((input = child_file(data, len)) < 0 ||
	    pipe2(ends, O_CLOEXEC) != 0) {
		rc = helper_broke(err);
		goto out;
	}
	if (child_spawn(program, option, input, ends[1], &child) != 0) {
		rc = helper_not_started(program, err);
		goto out;
	}
	close(ends[1]);
	ends[1] = -1;
	progress_start(&progress, _("Things found and pages read:"), 0);
	in_time = child_listen(ends[0], child, &limits, &progress, max, answer);
	progress_end(&progress);
	if (!finish(child, in_time))
		rc = helper_gave_up(err);
out:
	if (input >= 0)
		close(input);
	if (ends[0] >= 0)
		close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	return rc;
}
