/*
 * cut.c - cut.h. The test program's own fsync() and fdatasync() stand before
 * those of the C library, for SQLite's calls too.
 */
#include "tests/support/cut.h"

#include <check.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned left; /* flushes until the cut; 0: never */

static void
step(void)
{
	if (left > 0 && --left == 0)
		kill(getpid(), SIGKILL);
}

int
fsync(int fd)
{
	step();
	return (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	step();
	return (int)syscall(SYS_fdatasync, fd);
}

bool
cut_at(unsigned n, void (*act)(void))
{
	int status = 0;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		left = n;
		act();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL
				      : WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}
