/*
 * killed.c - a library for LD_PRELOAD: the program dies (SIGKILL) in place of
 * its n-th call that changes a file, SELLO_TEST_KILL=n from 1; of a write half
 * is written first. In a process that it starts, counting begins anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long left = -1; /* calls until it dies; 0: never */

static int
is_last(void)
{
	const char *n = getenv("SELLO_TEST_KILL");

	if (left < 0)
		left = n != NULL ? atol(n) : 0;
	return left > 0 && --left == 0;
}

static void
die(void)
{
	kill(getpid(), SIGKILL);
}

#define REAL(name)                \
	__typeof__(&(name)) real; \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

/* Standard output and error are no files of anybody's. */
ssize_t
write(int fd, const void *data, size_t len)
{
	REAL(write);
	if (fd > 2 && is_last()) {
		real(fd, data, len / 2);
		die();
	}
	return real(fd, data, len);
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t at)
{
	REAL(pwrite);
	if (is_last()) {
		real(fd, data, len / 2, at);
		die();
	}
	return real(fd, data, len, at);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	REAL(pwrite64);
	if (is_last()) {
		real(fd, data, len / 2, at);
		die();
	}
	return real(fd, data, len, at);
}

#define ONE(type, name, params, args) \
	type name params              \
	{                             \
		REAL(name);           \
		if (is_last())        \
			die();        \
		return real args;     \
	}
ONE(int, rename, (const char *from, const char *to), (from, to))
ONE(int, renameat2,
    (int a, const char *from, int b, const char *to, unsigned flags),
    (a, from, b, to, flags))
ONE(int, link, (const char *from, const char *to), (from, to))
ONE(int, unlink, (const char *path), (path))
ONE(int, ftruncate, (int fd, off_t len), (fd, len))
ONE(int, ftruncate64, (int fd, off64_t len), (fd, len))
ONE(int, mkdir, (const char *path, mode_t mode), (path, mode))
ONE(int, fsync, (int fd), (fd))
ONE(int, fdatasync, (int fd), (fd))

int
open(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode = 0;

	REAL(open);
	va_start(list, flags);
	if (flags & O_CREAT)
		mode = va_arg(list, mode_t);
	va_end(list);
	if ((flags & O_CREAT) && is_last())
		die();
	return real(path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode = 0;

	REAL(open64);
	va_start(list, flags);
	if (flags & O_CREAT)
		mode = va_arg(list, mode_t);
	va_end(list);
	if ((flags & O_CREAT) && is_last())
		die();
	return real(path, flags, mode);
}
