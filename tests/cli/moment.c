/*
 * moment.c - a library for LD_PRELOAD: something happens at the N-th call of a
 * program that changes a file. SELLO_TEST_MOMENT="WHAT N [REST]" says what:
 *
 *   before, after       the program dies (SIGKILL) before it, after it
 *   half                ... when half of it is written; else before
 *   full, quota         from it on nothing has room: ENOSPC, EDQUOT; of the
 *                       first write half is done
 *   readonly, broken    from it on nothing is changed: EROFS, EIO
 *   later, earlier      from it on the clock is a year ahead, a year behind
 *   beside              the shell runs REST; the program goes on when that has
 *                       ended, or waits for what this program holds (PATIENCE)
 *   list                nothing; each call's name goes to the file REST
 *
 * Calls count from 1; at 0 it is so from the start. Standard output and error
 * are no files of anybody's, nor are pipes. fsync() changes nothing that is
 * seen while the machine runs: no call of its own, but it fails where writing
 * does. What the program starts is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 150
#define YEAR        (365 * 86400)

static char what[16], rest[8192];
static long wanted = -1;        /* the call; -1: none */
static atomic_long made;        /* calls until now */
static atomic_bool is_past;     /* the moment was */
static int report = -1;         /* of "list" */
static _Thread_local bool last; /* "after": the one under way */

static bool
is_to(const char *word)
{
	return strcmp(what, word) == 0;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *moment = getenv("SELLO_TEST_MOMENT");

	if (moment == NULL ||
	    sscanf(moment, "%15s %ld %8191[^\n]", what, &wanted, rest) < 2)
		return;
	is_past = wanted == 0;
	if (is_to("list"))
		report = fcntl(open(rest, O_WRONLY | O_CREAT | O_APPEND, 0600),
		    F_DUPFD_CLOEXEC, 900);
	unsetenv("SELLO_TEST_MOMENT");
}

static void
die(void)
{
	kill(getpid(), SIGKILL);
}

static void
run_beside(void)
{
	char *const argv[] = { "sh", "-c", rest, NULL };
	const struct timespec ms = { .tv_nsec = 1000000 };
	pid_t pid;

	if (posix_spawnp(&pid, "sh", NULL, NULL, argv, environ) != 0)
		die();
	for (int i = 0; i < PATIENCE_MS && waitpid(pid, NULL, WNOHANG) == 0;
	     i++)
		nanosleep(&ms, NULL);
}

enum kind {
	ROOM,   /* needs some on the disk */
	CHANGE, /* needs none */
	SYNC,   /* changes nothing */
};

/* Why it fails, or 0. */
static int
refusal(enum kind kind)
{
	if (!is_past)
		return 0;
	if (is_to("broken"))
		return EIO;
	if (is_to("readonly") && kind != SYNC)
		return EROFS;
	if (kind != ROOM)
		return 0;
	return is_to("full") ? ENOSPC : is_to("quota") ? EDQUOT : 0;
}

/* A call comes; is it the one at which the moment is? */
static bool
comes(const char *name, bool is_write)
{
	long n;

	if (wanted < 0)
		return false;
	n = atomic_fetch_add(&made, 1) + 1;
	if (report >= 0)
		dprintf(report, "%s\n", name);
	if (n != wanted)
		return false;
	if (is_to("before") || (is_to("half") && !is_write))
		die();
	if (is_to("beside"))
		run_beside();
	last = is_to("after");
	is_past = true;
	return true;
}

/* ... and is over. */
static void
ends(void)
{
	if (last)
		die();
}

static bool
is_there(int at, const char *path)
{
	return faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

#define REAL(name)                       \
	static __typeof__(&(name)) real; \
	if (real == NULL)                \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

/* CHANGES(kind, when it is one, ...) - a call that may change a file. */
#define CHANGES(kind, when, type, name, params, args) \
	type name params                              \
	{                                             \
		type did;                             \
		int why;                              \
		REAL(name);                           \
		if (wanted < 0 || !(when))            \
			return real args;             \
		comes(#name, false);                  \
		if ((why = refusal(kind)) != 0) {     \
			errno = why;                  \
			return -1;                    \
		}                                     \
		did = real args;                      \
		ends();                               \
		return did;                           \
	}
CHANGES(
    CHANGE, true, int, rename, (const char *from, const char *to), (from, to))
CHANGES(CHANGE, true, int, renameat,
    (int a, const char *from, int b, const char *to), (a, from, b, to))
CHANGES(CHANGE, true, int, renameat2,
    (int a, const char *from, int b, const char *to, unsigned flags),
    (a, from, b, to, flags))
CHANGES(ROOM, true, int, link, (const char *from, const char *to), (from, to))
CHANGES(ROOM, true, int, linkat,
    (int a, const char *from, int b, const char *to, int flags),
    (a, from, b, to, flags))
CHANGES(
    ROOM, true, int, symlink, (const char *from, const char *to), (from, to))
CHANGES(
    CHANGE, is_there(AT_FDCWD, path), int, unlink, (const char *path), (path))
CHANGES(CHANGE, is_there(fd, path), int, unlinkat,
    (int fd, const char *path, int flags), (fd, path, flags))
CHANGES(
    CHANGE, is_there(AT_FDCWD, path), int, rmdir, (const char *path), (path))
CHANGES(ROOM, !is_there(AT_FDCWD, path), int, mkdir,
    (const char *path, mode_t mode), (path, mode))
CHANGES(ROOM, !is_there(fd, path), int, mkdirat,
    (int fd, const char *path, mode_t mode), (fd, path, mode))
CHANGES(CHANGE, true, int, chmod, (const char *path, mode_t mode), (path, mode))
CHANGES(CHANGE, true, int, fchmod, (int fd, mode_t mode), (fd, mode))
CHANGES(CHANGE, true, int, truncate, (const char *path, off_t len), (path, len))

/* Of some disk: what a program keeps in memory by a descriptor looks alike. */
static bool
is_file(int fd, off_t *len)
{
	static const char memory[] = "/memfd:";
	char link[32], path[sizeof(memory) - 1];
	struct stat st;

	if (fd <= STDERR_FILENO || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*len = st.st_size;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return readlink(link, path, sizeof(path)) != sizeof(path) ||
	    memcmp(path, memory, sizeof(path)) != 0;
}

#define TRUNCATE(name, off)                                              \
	CHANGES(len > old ? ROOM : CHANGE, is_file(fd, &old), int, name, \
	    (int fd, off len), (fd, len))
static _Thread_local off_t old;
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* No call of its own; the disk is not waited for. */
#define SYNCS(name)                      \
	int name(int fd)                 \
	{                                \
		int why = refusal(SYNC); \
		(void)fd;                \
		if (why == 0)            \
			return 0;        \
		errno = why;             \
		return -1;               \
	}
SYNCS(fsync)
SYNCS(fdatasync)

int
posix_fallocate(int fd, off_t at, off_t len)
{
	int why;

	REAL(posix_fallocate);
	comes("posix_fallocate", false);
	if ((why = refusal(ROOM)) != 0)
		return why;
	why = real(fd, at, len);
	ends();
	return why;
}

/* Half of what is written is, where the program dies in its midst or room ends;
 * of one byte nothing. */
#define WRITES(name, params, args, half)                       \
	ssize_t name params                                    \
	{                                                      \
		ssize_t did;                                   \
		bool is_moment;                                \
		int why;                                       \
		REAL(name);                                    \
		if (wanted < 0 || !is_file(fd, &old))          \
			return real args;                      \
		is_moment = comes(#name, true);                \
		if (is_moment && is_to("half")) {              \
			real half;                             \
			die();                                 \
		}                                              \
		if ((why = refusal(ROOM)) != 0) {              \
			if (is_moment && len > 1 &&            \
			    (is_to("full") || is_to("quota"))) \
				return real half;              \
			errno = why;                           \
			return -1;                             \
		}                                              \
		did = real args;                               \
		ends();                                        \
		return did;                                    \
	}
WRITES(write, (int fd, const void *data, size_t len), (fd, data, len),
    (fd, data, len / 2))
WRITES(pwrite, (int fd, const void *data, size_t len, off_t at),
    (fd, data, len, at), (fd, data, len / 2, at))
WRITES(pwrite64, (int fd, const void *data, size_t len, off64_t at),
    (fd, data, len, at), (fd, data, len / 2, at))

/* one whose last argument is not always there */
#define OPENS(name, at, params, args)                                 \
	int name params                                               \
	{                                                             \
		va_list list;                                         \
		mode_t mode;                                          \
		int why, fd;                                          \
		REAL(name);                                           \
		va_start(list, flags);                                \
		mode = va_arg(list, mode_t);                          \
		va_end(list);                                         \
		if (wanted < 0 || (flags & (O_CREAT | O_TRUNC)) == 0) \
			return real args;                             \
		if ((flags & O_TRUNC) == 0 && is_there(at, path))     \
			return real args;                             \
		comes(#name, false);                                  \
		if ((why = refusal(ROOM)) != 0) {                     \
			errno = why;                                  \
			return -1;                                    \
		}                                                     \
		fd = real args;                                       \
		ends();                                               \
		return fd;                                            \
	}
OPENS(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENS(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENS(openat, at, (int at, const char *path, int flags, ...),
    (at, path, flags, mode))

/* --- the clock ------------------------------------------------------------ */
static time_t
jump(void)
{
	if (!is_past)
		return 0;
	return is_to("later") ? YEAR : is_to("earlier") ? -YEAR : 0;
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int rc;

	REAL(clock_gettime);
	rc = real(clock, now);
	if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
		now->tv_sec += jump();
	return rc;
}

time_t
time(time_t *to)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (to != NULL)
		*to = now.tv_sec;
	return now.tv_sec;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	int rc;

	REAL(gettimeofday);
	rc = real(now, zone);
	now->tv_sec += jump();
	return rc;
}
