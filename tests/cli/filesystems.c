/*
 * filesystems.c - a library for LD_PRELOAD that makes one folder of this
 * machine's disk behave as another file system does: filesystems.sh. The
 * folder and what it cannot are in SELLO_TEST_DISK, "FOLDER fault fault...":
 *
 *   noreplace  renameat2() with flags: EINVAL (exFAT, FUSE)
 *   nolink     link(): EPERM (FAT, exFAT)
 *   nodirsync  fsync() of a folder: EINVAL
 *   nolock     flock() and OFD locks: ENOLCK (old NFS)
 *   noflock    flock() alone: ENOTSUP
 *   nocolon    names with ":" or "\": EINVAL (FAT)
 *   nochmod    chmod(): EPERM
 *   full quota readonly broken toolarge
 *              write() to new files: ENOSPC, EDQUOT, EROFS (at open), EIO,
 *              EFBIG
 *   ended      somebody ends the program (SIGTERM) in each of these writes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int
has(const char *fault)
{
	const char *disk = getenv("SELLO_TEST_DISK");
	const char *at = disk != NULL ? strchr(disk, ' ') : NULL;
	size_t len = strlen(fault);

	for (; at != NULL; at = strchr(at + 1, ' '))
		if (strncmp(at + 1, fault, len) == 0 &&
		    (at[1 + len] == ' ' || at[1 + len] == '\0'))
			return 1;
	return 0;
}

/* Is this path, or the folder it would be made in, in the folder? */
static int
is_there(const char *path)
{
	const char *disk = getenv("SELLO_TEST_DISK");
	char full[PATH_MAX], parent[PATH_MAX];
	char *slash;
	size_t len;

	if (disk == NULL || path == NULL)
		return 0;
	len = strcspn(disk, " ");
	snprintf(parent, sizeof(parent), "%s", path);
	while (realpath(parent, full) == NULL) {
		if ((slash = strrchr(parent, '/')) == NULL) {
			if (getcwd(full, sizeof(full)) == NULL)
				return 0;
			break;
		}
		*slash = '\0';
	}
	return strncmp(full, disk, len) == 0 &&
	    (full[len] == '/' || full[len] == '\0');
}

static int
is_fd_there(int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if ((len = readlink(link, path, sizeof(path) - 1)) < 0)
		return 0;
	path[len] = '\0';
	return is_there(path);
}

static int
fails(int why)
{
	errno = why;
	return -1;
}

static int
is_bad_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return has("nocolon") &&
	    strpbrk(slash != NULL ? slash + 1 : path, ":\\?*\"<>|") != NULL;
}

int
renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	int (*real)(int, const char *, int, const char *, unsigned) =
	    (int (*)(int, const char *, int, const char *, unsigned))dlsym(
		RTLD_NEXT, "renameat2");

	if (is_there(to) &&
	    ((flags != 0 && has("noreplace")) || is_bad_name(to)))
		return fails(EINVAL);
	return real(a, from, b, to, flags);
}

int
rename(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
	    (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");

	if (is_there(to) && is_bad_name(to))
		return fails(EINVAL);
	return real(from, to);
}

int
link(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
	    (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");

	if (is_there(to) && has("nolink"))
		return fails(EPERM);
	return real(from, to);
}

int
chmod(const char *path, mode_t mode)
{
	int (*real)(const char *, mode_t) =
	    (int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "chmod");

	return is_there(path) && has("nochmod") ? fails(EPERM)
						: real(path, mode);
}

int
fchmod(int fd, mode_t mode)
{
	int (*real)(int, mode_t) =
	    (int (*)(int, mode_t))dlsym(RTLD_NEXT, "fchmod");

	return is_fd_there(fd) && has("nochmod") ? fails(EPERM)
						 : real(fd, mode);
}

int
fsync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	struct stat st;

	if (has("nodirsync") && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) &&
	    is_fd_there(fd))
		return fails(EINVAL);
	return real(fd);
}

int
flock(int fd, int how)
{
	int (*real)(int, int) = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");

	if (is_fd_there(fd) && (has("nolock") || has("noflock")))
		return fails(has("nolock") ? ENOLCK : ENOTSUP);
	return real(fd, how);
}

static int
control(const char *name, int fd, int command, void *arg)
{
	int (*real)(int, int, ...) =
	    (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);

	if (command == F_OFD_SETLK && has("nolock") && is_fd_there(fd))
		return fails(ENOLCK);
	return real(fd, command, arg);
}

#define CONTROL(name)                                    \
	int name(int fd, int command, ...)               \
	{                                                \
		va_list list;                            \
		void *arg;                               \
                                                         \
		va_start(list, command);                 \
		arg = va_arg(list, void *);              \
		va_end(list);                            \
		return control(#name, fd, command, arg); \
	}
CONTROL(fcntl)
CONTROL(fcntl64)

static int
open_as(const char *name, const char *path, int flags, mode_t mode)
{
	int (*real)(const char *, int, ...) =
	    (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);

	if ((flags & O_CREAT) != 0 && is_there(path)) {
		if (has("readonly"))
			return fails(EROFS);
		if (is_bad_name(path))
			return fails(EINVAL);
	}
	return real(path, flags, mode);
}

#define OPEN(name)                                        \
	int name(const char *path, int flags, ...)        \
	{                                                 \
		va_list list;                             \
		mode_t mode;                              \
                                                          \
		va_start(list, flags);                    \
		mode = va_arg(list, mode_t);              \
		va_end(list);                             \
		return open_as(#name, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

int
mkdir(const char *path, mode_t mode)
{
	int (*real)(const char *, mode_t) =
	    (int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "mkdir");

	if (is_there(path) && has("readonly") && access(path, F_OK) != 0)
		return fails(EROFS);
	return real(path, mode);
}

ssize_t
write(int fd, const void *data, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) =
	    (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	static const struct {
		const char *fault;
		int why;
	} faults[] = { { "full", ENOSPC }, { "quota", EDQUOT },
		{ "broken", EIO }, { "toolarge", EFBIG } };

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (has(faults[i].fault) && is_fd_there(fd))
			return fails(faults[i].why);
	if (has("ended") && is_fd_there(fd))
		raise(SIGTERM);
	return real(fd, data, len);
}
