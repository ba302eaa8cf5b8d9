/*
 * process.c - signals and standard descriptors: process.h.
 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* Opened the wrong way round, so that using it is an error, as it was. */
static void
hold_standard(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null",
			fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
}

void
process_init(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	hold_standard();
}

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

#define ENDING_COUNT (sizeof(ending) / sizeof(ending[0]))

void
process_hold(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		sigaddset(&held, ending[i]);
	pthread_sigmask(SIG_BLOCK, &held, before);
}

void
process_let(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

bool
process_is_ending(void)
{
	sigset_t waiting;

	if (sigpending(&waiting) != 0)
		return false;
	for (size_t i = 0; i < ENDING_COUNT; i++)
		if (sigismember(&waiting, ending[i]) == 1)
			return true;
	return false;
}

bool
process_reader_gone(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLOUT };

	return poll(&wait, 1, 0) > 0 &&
	    (wait.revents & (POLLERR | POLLHUP)) != 0;
}
