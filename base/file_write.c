/*
 * file_write.c - replacing and making files and folders so that a power cut
 * leaves the old or the new, never half: file.h.
 */
#include "base/file.h"

#include "base/encode.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file being made: its folder, its final path and the one it has now. */
struct draft {
	char *dir;
	char *temporary;
	const char *path;
};

static enum err
failed(const char *path, struct errtext *err)
{
	return err_set(
	    err, ERR_IO, _("%s: cannot be written: %s"), path, strerror(errno));
}

static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	if (slash == path)
		return strdup("/");
	return strndup(path, (size_t)(slash - path));
}

/*
 * Names of its own choosing instead of mkstemp(), which gives 0600 whatever
 * the mode: open() with the final mode leaves the umask to the system.
 */
static enum err
draft_name(const char *path, struct draft *draft, struct errtext *err)
{
	struct bytes hex = { 0 };
	uint8_t random[8];

	draft->path = path;
	draft->dir = folder_of(path);
	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return failed(path, err);
	hex_encode(random, sizeof(random), &hex);
	if (draft->dir == NULL || hex.failed ||
	    asprintf(&draft->temporary, "%s/.%s.tmp", draft->dir, hex.at) < 0) {
		draft->temporary = NULL;
		bytes_free(&hex);
		return err_set(err, ERR_MEMORY, _("out of memory"));
	}
	bytes_free(&hex);
	return ERR_OK;
}

bool
file_write_all(int fd, const void *data, size_t len)
{
	struct reader r = { data, len };
	struct reader part;
	ssize_t put;

	while (r.left > 0) {
		put = write(fd, r.at, r.left);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 || !reader_take(&r, (size_t)put, &part))
			return false;
	}
	return true;
}

static enum err
draft_write(const struct draft *draft, mode_t mode, const void *data,
    size_t len, struct errtext *err)
{
	int fd = open(draft->temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	enum err rc = ERR_OK;

	if (fd < 0)
		return failed(draft->path, err);
	if (!file_write_all(fd, data, len) || fsync(fd) != 0)
		rc = failed(draft->path, err);
	if (close(fd) != 0 && rc == ERR_OK)
		rc = failed(draft->path, err);
	return rc;
}

/* The rename itself must outlive a power cut, too. */
static enum err
sync_folder(const char *dir, const char *path, struct errtext *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err rc = ERR_OK;

	if (fd < 0)
		return failed(path, err);
	/* some network and FAT file systems cannot, and say EINVAL */
	if (fsync(fd) != 0 && errno != EINVAL)
		rc = failed(path, err);
	close(fd);
	return rc;
}

/* Gives the temporary file away: it is gone or named when this returns OK. */
static enum err
publish(const struct draft *draft, bool replace, struct errtext *err)
{
	int done;

	if (replace)
		done = rename(draft->temporary, draft->path);
	else {
		done = renameat2(AT_FDCWD, draft->temporary, AT_FDCWD,
		    draft->path, RENAME_NOREPLACE);
		/* a file system without it (NFS): a link never replaces */
		if (done != 0 && (errno == EINVAL || errno == ENOSYS)) {
			done = link(draft->temporary, draft->path);
			if (done == 0)
				unlink(draft->temporary);
		}
	}
	if (done == 0)
		return sync_folder(draft->dir, draft->path, err);
	if (!replace && errno == EEXIST)
		return err_set(err, ERR_EXISTS,
		    _("%s: exists already; it was left as it is"), draft->path);
	return failed(draft->path, err);
}

/* A rename would put a file in the place of a device or a pipe: as root even
 * in that of /dev/full. */
static enum err
only_files(const char *path, struct errtext *err)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
		return ERR_OK;
	return err_set(err, ERR_IO, _("%s: this is not a file"), path);
}

static enum err
write_file(const char *path, mode_t mode, const void *data, size_t len,
    bool replace, struct errtext *err)
{
	struct draft draft = { 0 };
	enum err rc;

	if ((rc = only_files(path, err)) != ERR_OK)
		return rc;
	if ((rc = draft_name(path, &draft, err)) != ERR_OK)
		goto out;
	if ((rc = draft_write(&draft, mode, data, len, err)) == ERR_OK)
		rc = publish(&draft, replace, err);
	if (rc != ERR_OK)
		unlink(draft.temporary);
out:
	free(draft.dir);
	free(draft.temporary);
	return rc;
}

enum err
file_write(const char *path, mode_t mode, const void *data, size_t len,
    struct errtext *err)
{
	return write_file(path, mode, data, len, true, err);
}

/* Does path hold just these bytes? ERR_EXISTS when it holds others. */
static enum err
compare(const char *path, const void *data, size_t len, struct errtext *err)
{
	struct bytes old = { 0 };
	struct bytes new = { 0 };
	struct stat st;
	enum err rc = ERR_LIMIT;

	new.at = (uint8_t *)(uintptr_t)data; /* only compared */
	new.len = len;
	/* a pipe on a strange disk would hang */
	if (stat(path, &st) != 0 || S_ISREG(st.st_mode))
		rc = file_read(path, len, &old, err);
	if (rc == ERR_LIMIT || (rc == ERR_OK && !bytes_equal(&old, &new)))
		rc = err_set(err, ERR_EXISTS,
		    _("%s: exists already with other content; it was left as "
		      "it is"),
		    path);
	bytes_wipe(&old);
	return rc;
}

enum err
file_write_new(const char *path, mode_t mode, const void *data, size_t len,
    struct errtext *err)
{
	enum err rc;

	if (file_exists(path))
		return compare(path, data, len, err);
	rc = write_file(path, mode, data, len, false, err);
	/* somebody made it in between */
	if (rc == ERR_EXISTS)
		return compare(path, data, len, err);
	return rc;
}

/* A folder that a power cut takes back takes its files with it. */
static enum err
make_folder(const char *path, mode_t mode, struct errtext *err)
{
	char *parent;
	enum err rc;

	if (mkdir(path, mode) != 0) {
		if (errno == EEXIST && file_is_dir(path))
			return ERR_OK;
		return err_set(err, ERR_IO,
		    _("%s: the folder cannot be made: %s"), path,
		    strerror(errno));
	}
	if ((parent = folder_of(path)) == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	rc = sync_folder(parent, path, err);
	free(parent);
	return rc;
}

enum err
file_mkdir(const char *path, mode_t mode, struct errtext *err)
{
	char *part = strdup(path);
	char *slash;
	enum err rc = ERR_OK;

	if (part == NULL)
		return err_set(err, ERR_MEMORY, _("out of memory"));
	for (slash = part; rc == ERR_OK && slash != NULL;) {
		slash = strchr(slash + 1, '/');
		if (slash != NULL)
			*slash = '\0';
		rc = make_folder(part, mode, err);
		if (slash != NULL)
			*slash = '/';
	}
	free(part);
	return rc;
}
