/*
 * leftover.c - leftover.h.
 */
#include "base/leftover.h"

#include "base/encode.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIGITS 16
#define SUFFIX ".tmp"

enum err
leftover_name(const char *dir, char **out, struct errtext *err)
{
	struct bytes hex = { 0 };
	uint8_t random[DIGITS / 2];
	enum err rc = ERR_OK;

	*out = NULL;
	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return file_unwritten(dir, errno, err);
	hex_encode(random, sizeof(random), &hex);
	if (hex.failed || asprintf(out, "%s/.%s" SUFFIX, dir, hex.at) < 0) {
		*out = NULL;
		rc = err_memory(err);
	}
	bytes_free(&hex);
	return rc;
}

static bool
is_name(const char *name)
{
	return name[0] == '.' &&
	    strspn(name + 1, "0123456789abcdef") == DIGITS &&
	    strcmp(name + 1 + DIGITS, SUFFIX) == 0;
}

bool
leftover_hold(int fd)
{
	struct stat st;

	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return errno != EWOULDBLOCK;
	/* the sweeper may have been quicker, and gone */
	return fstat(fd, &st) != 0 || st.st_nlink > 0;
}

/* What was opened may have got its own name by now: its maker was not dead. */
static bool
is_still(int fd, int dir, const char *name)
{
	struct stat opened, named;

	return fstat(fd, &opened) == 0 &&
	    fstatat(dir, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* Of this user, and of nobody who lives. The descriptor of a folder is left open
 * for who empties it. */
static int
open_dead(int dir, const char *name)
{
	struct stat st;
	int fd = -1;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    st.st_uid != geteuid())
		return -1;
	if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		fd = openat(
		    dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 &&
	    (flock(fd, LOCK_EX | LOCK_NB) != 0 || !is_still(fd, dir, name))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void
remove_one(int dir, const char *name)
{
	int fd = open_dead(dir, name);
	const struct dirent *entry;
	DIR *inner;

	if (fd < 0)
		return;
	if (unlinkat(dir, name, 0) == 0 || (inner = fdopendir(fd)) == NULL) {
		close(fd);
		return;
	}
	while ((entry = readdir(inner)) != NULL)
		(void)unlinkat(fd, entry->d_name, 0);
	(void)unlinkat(dir, name, AT_REMOVEDIR);
	closedir(inner);
}

/* --- once a folder ------------------------------------------------------- */

/* A week's letters are some thousand files in one folder. */
static bool
was_here(const struct stat *dir)
{
	static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
	static struct {
		dev_t dev;
		ino_t ino;
	} seen[8];
	static size_t next;
	bool found = false;
	size_t i;

	pthread_mutex_lock(&guard);
	for (i = 0; i < sizeof(seen) / sizeof(*seen) && !found; i++)
		found =
		    seen[i].ino == dir->st_ino && seen[i].dev == dir->st_dev;
	if (!found) {
		seen[next].dev = dir->st_dev;
		seen[next].ino = dir->st_ino;
		next = (next + 1) % (sizeof(seen) / sizeof(*seen));
	}
	pthread_mutex_unlock(&guard);
	return found;
}

void
leftover_sweep(const char *dir)
{
	const struct dirent *entry;
	DIR *files = opendir(dir);
	struct stat st;

	if (files == NULL)
		return;
	if (fstat(dirfd(files), &st) == 0 && !was_here(&st))
		while ((entry = readdir(files)) != NULL)
			if (is_name(entry->d_name))
				remove_one(dirfd(files), entry->d_name);
	closedir(files);
}
