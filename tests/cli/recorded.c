/*
 * recorded.c - a library for LD_PRELOAD: what a program of ours does to the files
 * below SELLO_TEST_ROOT, and what it says on standard output, is appended to
 * SELLO_TEST_TRACE, in the order in which it was done. laidout.c reads it.
 *
 * A line each, FILE being device and inode; paths are relative to that folder:
 *
 *   open PATH FILE          it has this name already; a folder, too
 *   new PATH FILE MODE      open() made it; mkdir made this folder:
 *   folder PATH FILE MODE
 *   write FILE AT LEN       and a line feed, LEN bytes, a line feed
 *   size FILE LEN           cut, or made longer
 *   sync FILE WHO           of a folder: its names; WHO asked for it, a file of code
 *   rename, link FROM TO; unlink, rmdir PATH
 *   said LEN                as write
 *   exit STATUS
 *
 * The index of SQLite's log is shared memory, gone with the power: not here.
 * Standard output is taken line by line, as on a terminal: what the user has read.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS 1024

static int trace = -1;
static char root[PATH_MAX];
static size_t root_len;
static bool ours[FDS]; /* opened below the root */
/* one thing after the other: the trace has the order of the disk */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name)                       \
	static __typeof__(&(name)) real; \
	if (real == NULL)                \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

static void
put(const void *data, size_t len)
{
	REAL(write);
	for (size_t done = 0; done < len;) {
		ssize_t n = real(trace, (const char *)data + done, len - done);

		if (n <= 0)
			abort();
		done += (size_t)n;
	}
}

__attribute__((format(printf, 1, 2))) static void
line(const char *form, ...)
{
	char text[2 * PATH_MAX + 128];
	va_list list;
	int len;

	va_start(list, form);
	len = vsnprintf(text, sizeof(text), form, list);
	va_end(list);
	put(text, (size_t)len);
}

static void
put_data(const void *data, size_t len)
{
	put(data, len);
	put("\n", 1);
}

/* Its name below the root; NULL: elsewhere, or not what we record. The folder
 * must be there. */
static const char *
named(const char *path, char out[PATH_MAX])
{
	char dir[PATH_MAX], real[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t len = strlen(path);

	if (trace < 0 || len >= PATH_MAX ||
	    (len > 4 && strcmp(path + len - 4, "-shm") == 0))
		return NULL;
	/* "a/", "." and "/" are folders that are there */
	if (name[0] == '\0' || strcmp(name, ".") == 0) {
		if (realpath(path, real) == NULL)
			return NULL;
		snprintf(out, PATH_MAX, "%s", real);
	} else {
		snprintf(dir, sizeof(dir), "%.*s",
		    slash == NULL ? 1 : (int)(slash - path + 1),
		    slash == NULL ? "." : path);
		if (realpath(dir, real) == NULL ||
		    snprintf(out, PATH_MAX, "%s/%s", real, name) >= PATH_MAX)
			return NULL;
	}
	if (strncmp(out, root, root_len) != 0 ||
	    (out[root_len] != '/' && out[root_len] != '\0'))
		return NULL;
	return out[root_len] == '/' ? out + root_len + 1 : ".";
}

static void
key(const struct stat *st, char out[64])
{
	snprintf(out, 64, "%lx:%lx", (unsigned long)st->st_dev,
	    (unsigned long)st->st_ino);
}

static bool
is_ours(int fd, char file[64])
{
	struct stat st;

	if (trace < 0 || fd < 0 || fd >= FDS || !ours[fd] ||
	    fstat(fd, &st) != 0)
		return false;
	key(&st, file);
	return true;
}

/* --- files ------------------------------------------------------------------ */

static void
opened(int fd, const char *name, int flags, bool was, off_t had)
{
	struct stat st;
	char file[64];

	if (fd < 0)
		return;
	if (fd >= FDS)
		abort();
	ours[fd] = name != NULL && fstat(fd, &st) == 0;
	if (!ours[fd])
		return;
	key(&st, file);
	if (was)
		line("open %s %s\n", name, file);
	else
		line("new %s %s %o\n", name, file, st.st_mode & 07777);
	if (was && (flags & O_TRUNC) && had > 0)
		line("size %s 0\n", file);
}

#define OPEN(fn, parameters, arguments, where)              \
	int fn parameters                                   \
	{                                                   \
		char at[PATH_MAX];                          \
		struct stat st = { .st_size = 0 };          \
		const char *name;                           \
		mode_t mode = 0;                            \
		va_list list;                               \
		bool was;                                   \
		int fd, why;                                \
		REAL(fn);                                   \
                                                            \
		va_start(list, flags);                      \
		if (flags & (O_CREAT | O_TMPFILE))          \
			mode = va_arg(list, mode_t);        \
		va_end(list);                               \
		pthread_mutex_lock(&lock);                  \
		name = (where) ? named(path, at) : NULL;    \
		was = name != NULL && stat(path, &st) == 0; \
		fd = real arguments;                        \
		why = errno;                                \
		opened(fd, name, flags, was, st.st_size);   \
		pthread_mutex_unlock(&lock);                \
		errno = why;                                \
		return fd;                                  \
	}
OPEN(open, (const char *path, int flags, ...), (path, flags, mode), true)
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode), true)
OPEN(openat, (int dir, const char *path, int flags, ...),
    (dir, path, flags, mode), dir == AT_FDCWD || path[0] == '/')
OPEN(openat64, (int dir, const char *path, int flags, ...),
    (dir, path, flags, mode), dir == AT_FDCWD || path[0] == '/')

int
close(int fd)
{
	REAL(close);
	if (fd >= 0 && fd < FDS)
		ours[fd] = false;
	return real(fd);
}

static void
written(int fd, const void *data, ssize_t len, off_t at)
{
	char file[64];

	if (len > 0 && is_ours(fd, file)) {
		line("write %s %ld %ld\n", file, (long)at, (long)len);
		put_data(data, (size_t)len);
	}
}

ssize_t
write(int fd, const void *data, size_t len)
{
	ssize_t n;
	REAL(write);

	pthread_mutex_lock(&lock);
	n = real(fd, data, len);
	/* with O_APPEND, too, it stands behind what was written */
	if (n > 0 && fd < FDS && ours[fd])
		written(fd, data, n, lseek(fd, 0, SEEK_CUR) - n);
	pthread_mutex_unlock(&lock);
	return n;
}

#define PWRITE(fn, offset)                                          \
	ssize_t fn(int fd, const void *data, size_t len, offset at) \
	{                                                           \
		ssize_t n;                                          \
		REAL(fn);                                           \
                                                                    \
		pthread_mutex_lock(&lock);                          \
		n = real(fd, data, len, at);                        \
		written(fd, data, n, at);                           \
		pthread_mutex_unlock(&lock);                        \
		return n;                                           \
	}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* DONE(function, what it did) - a call that says 0 when it did it */
#define DONE(fn, parameters, arguments, record)              \
	int fn parameters                                    \
	{                                                    \
		char file[64], one[PATH_MAX], two[PATH_MAX]; \
		int got, why;                                \
		REAL(fn);                                    \
                                                             \
		(void)file, (void)one, (void)two;            \
		pthread_mutex_lock(&lock);                   \
		got = real arguments;                        \
		why = errno;                                 \
		if (got == 0 && trace >= 0)                  \
			record;                              \
		pthread_mutex_unlock(&lock);                 \
		errno = why;                                 \
		return got;                                  \
	}
#define OF_FILE(...)           \
	if (is_ours(fd, file)) \
	line(__VA_ARGS__)
DONE(ftruncate, (int fd, off_t len), (fd, len),
    OF_FILE("size %s %ld\n", file, (long)len))
DONE(ftruncate64, (int fd, off64_t len), (fd, len),
    OF_FILE("size %s %ld\n", file, (long)len))
/* fsync() is called by a program of ours or by SQLite: which, the address says */
static void
synced(int fd, void *caller)
{
	char file[64];
	const char *name;
	Dl_info who;

	if (!is_ours(fd, file))
		return;
	if (dladdr(caller, &who) == 0)
		abort();
	name = strrchr(who.dli_fname, '/');
	line("sync %s %s\n", file, name != NULL ? name + 1 : who.dli_fname);
}
DONE(fsync, (int fd), (fd), synced(fd, __builtin_return_address(0)))
DONE(fdatasync, (int fd), (fd), synced(fd, __builtin_return_address(0)))

/* --- names ------------------------------------------------------------------- */

static void
named_one(const char *what, const char *path)
{
	char at[PATH_MAX];
	const char *name = named(path, at);

	if (name != NULL)
		line("%s %s\n", what, name);
}

/* From or to elsewhere: nothing of ours does that. */
static void
named_two(const char *what, const char *from, const char *to)
{
	char at[PATH_MAX], other[PATH_MAX];
	const char *one = named(from, at), *two = named(to, other);

	if ((one == NULL) != (two == NULL))
		abort();
	if (one != NULL)
		line("%s %s %s\n", what, one, two);
}

static void
folder(const char *path)
{
	char at[PATH_MAX], file[64];
	const char *name = named(path, at);
	struct stat st;

	if (name == NULL || stat(path, &st) != 0)
		return;
	key(&st, file);
	line("folder %s %s %o\n", name, file, st.st_mode & 07777);
}

DONE(rename, (const char *from, const char *to), (from, to),
    named_two("rename", from, to))
DONE(renameat2,
    (int a, const char *from, int b, const char *to, unsigned flags),
    (a, from, b, to, flags), named_two("rename", from, to))
DONE(link, (const char *from, const char *to), (from, to),
    named_two("link", from, to))
DONE(unlink, (const char *path), (path), named_one("unlink", path))
DONE(rmdir, (const char *path), (path), named_one("rmdir", path))
DONE(mkdir, (const char *path, mode_t mode), (path, mode), folder(path))

int
unlinkat(int dir, const char *name, int flags)
{
	char path[PATH_MAX];
	int got;
	REAL(unlinkat);

	pthread_mutex_lock(&lock);
	got = real(dir, name, flags);
	if (got == 0 && trace >= 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", dir, name);
		named_one(flags & AT_REMOVEDIR ? "rmdir" : "unlink", path);
	}
	pthread_mutex_unlock(&lock);
	return got;
}

char *
mkdtemp(char *template)
{
	char *made;
	REAL(mkdtemp);

	pthread_mutex_lock(&lock);
	if ((made = real(template)) != NULL)
		folder(made);
	pthread_mutex_unlock(&lock);
	return made;
}

/* --- beginning and end ---------------------------------------------------------- */

static ssize_t
said(void *none, const char *text, size_t len)
{
	REAL(write);

	(void)none;
	pthread_mutex_lock(&lock);
	line("said %zu\n", len);
	put_data(text, len);
	pthread_mutex_unlock(&lock);
	return real(1, text, len);
}

static void
ended(int status, void *none)
{
	(void)none;
	fflush(stdout);
	line("exit %d\n", status);
	trace = -1;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *file = getenv("SELLO_TEST_TRACE");
	const char *top = getenv("SELLO_TEST_ROOT");
	const char *who = program_invocation_short_name;
	int fd;

	if (file == NULL || top == NULL || realpath(top, root) == NULL ||
	    strncmp(who, "sello-", 6) != 0 || strcmp(who, "sello-decode") == 0)
		return;
	root_len = strlen(root);
	fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if ((trace = fcntl(fd, F_DUPFD_CLOEXEC, 900)) < 0)
		abort();
	close(fd);
	stdout =
	    fopencookie(NULL, "w", (cookie_io_functions_t){ .write = said });
	if (stdout == NULL || setvbuf(stdout, NULL, _IOLBF, 0) != 0)
		abort();
	on_exit(ended, NULL);
}
