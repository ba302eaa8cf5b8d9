/*
 * cut.c - cut.h. The test program's own fsync() and fdatasync() stand before
 * those of the C library, for SQLite's calls too.
 */
#include "tests/support/cut.h"

#include <check.h>
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned left; /* flushes until the cut; 0: never */
static bool failing;

/* false: this one does not succeed */
static bool
step(void)
{
	if (left > 0 && --left == 0)
		kill(getpid(), SIGKILL);
	if (failing)
		errno = EIO;
	return !failing;
}

int
fsync(int fd)
{
	return step() ? (int)syscall(SYS_fsync, fd) : -1;
}

int
fdatasync(int fd)
{
	return step() ? (int)syscall(SYS_fdatasync, fd) : -1;
}

void
cut_disk_fails(bool fails)
{
	failing = fails;
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
