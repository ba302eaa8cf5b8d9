/*
 * file.c - reading with a limit, paths and the one-writer lock: file.h.
 * Writing is in file_write.c.
 */
#include "base/file.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK 65536

/* How long a pipe may say nothing: before its writer came, and after. */
#define PIPE_WRITER_MS 5000
#define PIPE_SILENT_MS 20000

static enum err
too_long(const char *name, size_t max, struct errtext *err)
{
	return err_set(
	    err, ERR_LIMIT, _("%s: larger than %zu bytes"), name, max);
}

/* What can be known before the first byte; size: of a regular file, else 0 */
static enum err
look_first(
    int fd, const char *name, size_t max, size_t *size, struct errtext *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, _("%s: cannot be read: %s"), name,
		    strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(
		    err, ERR_IO, _("%s: is a folder, not a file"), name);
	*size = 0;
	if (!S_ISREG(st.st_mode) || st.st_size <= 0)
		return ERR_OK;
	if ((uintmax_t)st.st_size > max)
		return too_long(name, max, err);
	*size = (size_t)st.st_size;
	return ERR_OK;
}

/* Is there something to read, or an end, within so many milliseconds? */
static bool
has_something(int fd, int ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int got;

	do
		got = poll(&wait, 1, ms);
	while (got < 0 && errno == EINTR);
	return got != 0;
}

/* All up to the end; never asks for more than one byte past max. */
static enum err
read_all(int fd, const char *name, size_t max, struct bytes *out,
    struct errtext *err)
{
	size_t had = out->len;
	size_t want;
	uint8_t *room;
	ssize_t got;

	for (;;) {
		want =
		    out->cap > out->len + 1 ? out->cap - out->len - 1 : CHUNK;
		if (want > max - (out->len - had))
			want = max - (out->len - had) + 1;
		if ((room = bytes_reserve(out, want)) == NULL)
			return err_memory(err);
		got = read(fd, room, want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN) {
			if (has_something(fd, PIPE_SILENT_MS))
				continue;
			return err_set(err, ERR_IO,
			    _("%s: nothing comes out of this pipe; write to a "
			      "file first"),
			    name);
		}
		if (got < 0)
			return err_set(err, ERR_IO, _("%s: cannot be read: %s"),
			    name, strerror(errno));
		if (got == 0)
			return ERR_OK;
		out->len += (size_t)got;
		out->at[out->len] = '\0';
		if (out->len - had > max)
			return too_long(name, max, err);
	}
}

enum err
file_read_fd(int fd, const char *name, size_t max, struct bytes *out,
    struct errtext *err)
{
	size_t size = 0;
	enum err rc;

	if (max >= SIZE_MAX / 4)
		max = SIZE_MAX / 4;
	if ((rc = look_first(fd, name, max, &size, err)) != ERR_OK)
		goto out;
	/* room for all of it, and one byte more to see the end at once */
	if (bytes_reserve(out, size + 1) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	rc = read_all(fd, name, max, out, err);
out:
	if (rc != ERR_OK)
		bytes_wipe(out);
	return rc;
}

static enum err
not_opened(const char *path, struct bytes *out, struct errtext *err)
{
	enum err rc =
	    errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO;

	bytes_wipe(out);
	return err_set(
	    err, rc, _("%s: cannot be opened: %s"), path, strerror(errno));
}

/*
 * A pipe that nobody has opened for writing reads as if it had ended; only
 * that poll() saw no end tells the two apart.
 */
static enum err
read_pipe(int fd, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	bool silent = !has_something(fd, PIPE_WRITER_MS);
	size_t had = out->len;
	enum err rc = file_read_fd(fd, path, max, out, err);

	if (rc != ERR_OK || !silent || out->len > had)
		return rc;
	bytes_wipe(out);
	return err_set(err, ERR_IO,
	    _("%s: is a pipe that nobody writes to; name the file itself"),
	    path);
}

/* A device may never end, a socket or terminal never answer. */
static enum err
read_path(const char *path, size_t max, bool pipes, struct bytes *out,
    struct errtext *err)
{
	/* not blocking: opening a pipe would wait for its other end */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	enum err rc;

	if (fd < 0)
		return not_opened(path, out, err);
	if (fstat(fd, &st) != 0) {
		bytes_wipe(out);
		rc = err_set(err, ERR_IO, _("%s: cannot be read: %s"), path,
		    strerror(errno));
	} else if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		rc = file_read_fd(fd, path, max, out, err);
	else if (pipes && S_ISFIFO(st.st_mode))
		rc = read_pipe(fd, path, max, out, err);
	else {
		bytes_wipe(out);
		rc = err_set(err, ERR_IO, _("%s: is not a file"), path);
	}
	close(fd);
	return rc;
}

enum err
file_read(const char *path, size_t max, struct bytes *out, struct errtext *err)
{
	if (strcmp(path, "-") == 0)
		return file_read_fd(
		    STDIN_FILENO, _("standard input"), max, out, err);
	return read_path(path, max, true, out, err);
}

enum err
file_read_regular(
    const char *path, size_t max, struct bytes *out, struct errtext *err)
{
	return read_path(path, max, false, out, err);
}

/* The next folder above, in place. */
static void
go_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL)
		memcpy(path, ".", 2);
	else if (slash == path)
		path[1] = '\0';
	else
		*slash = '\0';
}

enum err
file_folder_ready(const char *path, struct errtext *err)
{
	char *part = strdup(path[0] != '\0' ? path : ".");
	struct stat st;
	enum err rc = ERR_OK;
	int failed = 0;

	if (part == NULL)
		return err_memory(err);
	while (stat(part, &st) != 0) {
		failed = errno;
		if (failed != ENOENT || strcmp(part, ".") == 0 ||
		    strcmp(part, "/") == 0)
			break;
		failed = 0;
		go_up(part);
	}
	if (failed == 0 && !S_ISDIR(st.st_mode))
		failed = ENOTDIR;
	if (failed == 0 && access(part, W_OK | X_OK) != 0)
		failed = errno;
	if (failed != 0)
		rc = file_unwritten(path, failed, err);
	free(part);
	return rc;
}

/* Also a link to what is gone. */
static bool
is_gone(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 && errno == ENOENT;
}

enum err
file_parent_there(const char *path, struct errtext *err)
{
	char *copy = strdup(path);
	const char *parent;
	enum err rc = ERR_OK;
	struct stat st;

	if (copy == NULL)
		return err_memory(err);
	parent = dirname(copy);
	/* in the place of a link no folder can be made */
	if (is_gone(parent) || (is_gone(path) && lstat(path, &st) == 0))
		rc = err_set(err, ERR_NOT_FOUND,
		    _("%s: there is no folder %s: is the stick in? Or is the "
		      "path misspelt?"),
		    path, is_gone(parent) ? parent : path);
	free(copy);
	return rc;
}

/* Does looking fail because there is nothing, and nothing can be, of that name?
 * Else nobody could look, and whoever opens it is told why. */
static bool
is_nothing(int why)
{
	return why == ENOENT || why == ENOTDIR || why == ENAMETOOLONG;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 || !is_nothing(errno);
}

enum err
file_refuse_there(const char *path, struct errtext *err)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return ERR_EXISTS;
	return is_nothing(errno)
	    ? ERR_OK
	    : err_set(err, ERR_IO, _("%s: cannot be read: %s"), path,
		  strerror(errno));
}

bool
file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? S_ISDIR(st.st_mode) : !is_nothing(errno);
}

bool
file_seen_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *
file_absolute(const char *path)
{
	char *out = realpath(path, NULL), *copy, *parent;

	if (out != NULL || errno != ENOENT || (copy = strdup(path)) == NULL)
		return out;
	parent = realpath(dirname(copy), NULL);
	free(copy);
	if (parent == NULL || (copy = strdup(path)) == NULL) {
		free(parent);
		return NULL;
	}
	if (asprintf(&out, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent,
		basename(copy)) < 0)
		out = NULL;
	free(copy);
	free(parent);
	return out;
}

char *
file_join(const char *dir, const char *name)
{
	size_t len = strlen(dir);
	char *path;

	if (asprintf(&path, "%s%s%s", dir,
		len > 0 && dir[len - 1] != '/' ? "/" : "", name) < 0)
		return NULL;
	return path;
}

/* The name of a folder whose path has no final slash. */
static bool
is_test_folder(const char *dir, size_t len)
{
	static const char *const names[] = { "/tests", "/fuzz", "/bench" };
	size_t i, n;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		n = strlen(names[i]);
		if (len >= n && memcmp(dir + len - n, names[i], n) == 0)
			return true;
	}
	return false;
}

/*
 * build/tests/ROOM/test_x, where a room may lie in another, and build/bench/x
 * use what lies in build/. Only those: a parent folder may be writable by
 * others, /tmp for example, and what is found is run.
 */
static const char *
build_folder(const char *dir)
{
	static const char *const up[] = { "..", "../..", "../../.." };
	size_t len = strlen(dir);

	for (size_t i = 0; i < sizeof(up) / sizeof(up[0]); i++) {
		if (is_test_folder(dir, len))
			return up[i];
		while (len > 0 && dir[len - 1] != '/')
			len--;
		len -= len > 0;
	}
	return "";
}

static bool
program_folder(char dir[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", dir, PATH_MAX - 1);
	char *slash;

	if (len <= 0)
		return false;
	dir[len] = '\0';
	if ((slash = strrchr(dir, '/')) == NULL)
		return false;
	*slash = '\0';
	return true;
}

char *
file_beside_program(const char *name)
{
	char dir[PATH_MAX];
	char *path;
	size_t i;

	if (!program_folder(dir))
		return NULL;

	const char *const places[] = { "", "../libexec/sello", "../lib/sello",
		"../share/sello", "../share", build_folder(dir) };

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (asprintf(&path, "%s/%s%s%s", dir, places[i],
			places[i][0] != '\0' ? "/" : "", name) < 0)
			return NULL;
		if (file_exists(path))
			return path;
		free(path);
	}
	return NULL;
}

/* Some network file systems have only one kind of lock. 0, or errno. */
static int
take_lock(int fd)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK || fcntl(fd, F_OFD_SETLK, &whole) != 0)
		return errno;
	return 0;
}

enum err
file_lock(const char *path, int *fd, struct errtext *err)
{
	int opened =
	    open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int why;

	if (opened < 0)
		return file_unwritten(path, errno, err);
	if ((why = take_lock(opened)) == 0) {
		*fd = opened;
		return ERR_OK;
	}
	close(opened);
	if (why == EWOULDBLOCK || why == EACCES)
		return err_set(err, ERR_BUSY,
		    _("%s: another program is writing now; wait until it has "
		      "finished and try again"),
		    path);
	return err_set(err, ERR_IO,
	    _("%s: this disk cannot keep two programs from writing at once "
	      "(%s); put the folder on another disk"),
	    path, strerror(why));
}
