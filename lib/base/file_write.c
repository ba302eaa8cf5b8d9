/*
 * file_write.c - replacing and making files and folders so that a power cut
 * leaves the old or the new, never half: file.h.
 */
#include "base/file.h"

#include "base/folder_names.h"
#include "base/i18n.h"
#include "base/leftover.h"
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Why the system refused, as something to do about it; NULL: in its words. */
static const char *
remedy(int why)
{
	switch (why) {
	case ENOSPC:
		return _("the disk is full; make room there and try again");
	case EDQUOT:
		return _("this user has used up the room allowed there; make "
			 "room and try again");
	case EROFS:
		return _("the disk is read-only; write to another one");
	case EFBIG:
		return _("the file is larger than this disk or session takes "
			 "(FAT: 4 GiB; ulimit -f); write to another disk");
	case EIO:
	case ENXIO:
	case ENODEV:
	case ESTALE:
		return _("the disk fails, or was pulled out; take another one");
	case EACCES:
	case EPERM:
		return _("this user may not write there; ask who looks after "
			 "this computer, or write elsewhere");
	case EINVAL:
	case EILSEQ:
	case ENAMETOOLONG:
		return _("this disk does not take such a name; choose a short "
			 "one of letters, digits and \"-\"");
	case ENOENT:
		return _("there is no such folder; if it is on a stick, the "
			 "stick is perhaps not plugged in, else make the "
			 "folder first");
	case ENOTDIR:
		return _("a part of this path is a file, not a folder");
	default:
		return NULL;
	}
}

enum err
file_unwritten(const char *path, int why, struct errtext *err)
{
	const char *text = remedy(why);

	return err_set(err, ERR_IO, _("%s: cannot be written: %s"), path,
	    text != NULL ? text : strerror(why));
}

static enum err
failed(const char *path, struct errtext *err)
{
	(void)file_unwritten(path, errno, err);
	return ERR_IO;
}

char *
file_parent(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	if (slash == path)
		return strdup("/");
	return strndup(path, (size_t)(slash - path));
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

/* The descriptor's lock outlives it: see leftover.h. -1 and no lock where there
 * are no more descriptors. */
static enum err
draft_write(struct file_draft *draft, int fd, const void *data, size_t len,
    struct errtext *err)
{
	enum err rc = ERR_OK;

	draft->lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (!file_write_all(fd, data, len) || fsync(fd) != 0)
		rc = failed(draft->path, err);
	if (close(fd) != 0 && rc == ERR_OK)
		rc = failed(draft->path, err);
	return rc;
}

/*
 * Names of its own choosing instead of mkstemp(), which gives 0600 whatever
 * the mode: open() with the final mode leaves the umask to the system.
 */
static enum err
draft_open(struct file_draft *draft, mode_t mode, int *fd, struct errtext *err)
{
	enum err rc = leftover_name(draft->dir, &draft->temporary, err);

	if (rc != ERR_OK)
		return rc;
	draft->lock = -1;
	*fd = open(draft->temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	return *fd < 0 ? failed(draft->path, err) : ERR_OK;
}

/* What a file system answers to what it was not made for. */
static bool
is_unsupported(int why)
{
	return why == EINVAL || why == ENOSYS || why == ENOTSUP ||
	    why == EOPNOTSUPP || why == EPERM;
}

static enum err
sync_folder(const char *dir, const char *path, struct errtext *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err rc = ERR_OK;

	/* a folder that may be written to and not be looked into */
	if (fd < 0)
		return errno == EACCES ? ERR_OK : failed(path, err);
	/* network and FAT file systems cannot, and say so in many ways */
	if (fsync(fd) != 0 && !is_unsupported(errno))
		rc = failed(path, err);
	close(fd);
	return rc;
}

enum err
file_sync_name(const char *path, struct errtext *err)
{
	char *dir = file_parent(path);
	enum err rc;

	if (dir == NULL)
		return err_memory(err);
	rc = sync_folder(dir, path, err);
	free(dir);
	return rc;
}

enum err
file_sync(const char *path, struct errtext *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum err rc = ERR_OK;

	if (fd < 0)
		return errno == EACCES ? ERR_OK : failed(path, err);
	if (fsync(fd) != 0 && !is_unsupported(errno))
		rc = failed(path, err);
	close(fd);
	return rc == ERR_OK ? file_sync_name(path, err) : rc;
}

/*
 * Names the file if nothing has the name. Most file systems can in one step;
 * NFS cannot, but a link never replaces; exFAT, some NTFS and many of FUSE
 * have neither. There it is looked first and then renamed: should another
 * program make the same name in between, its file is lost. (Taking the name
 * with an empty file first would leave that behind when a stick is pulled
 * out, and an empty tile could never be replaced.) A register has one writer,
 * and two centers write into folders of their own.
 */
static int
rename_new(const char *from, const char *to)
{
	struct stat st;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (!is_unsupported(errno))
		return -1;
	if (link(from, to) == 0)
		return unlink(from);
	if (!is_unsupported(errno) && errno != EMLINK)
		return -1;
	if (lstat(to, &st) == 0)
		errno = EEXIST;
	return errno == ENOENT ? rename(from, to) : -1;
}

/* Gives the temporary file away, if that returns OK. */
static enum err
give_name(const struct file_draft *draft, struct errtext *err)
{
	int done = draft->replace ? rename(draft->temporary, draft->path)
				  : rename_new(draft->temporary, draft->path);

	if (done == 0)
		return ERR_OK;
	if (!draft->replace && errno == EEXIST)
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

/* It has its name, or is gone: nobody can take it for a dead one's any more. */
static void
let_go(struct file_draft *draft)
{
	if (draft->temporary != NULL && draft->lock >= 0)
		close(draft->lock);
	free(draft->temporary);
	draft->temporary = NULL;
}

void
file_draft_clear(struct file_draft *draft)
{
	if (draft->temporary != NULL)
		unlink(draft->temporary);
	let_go(draft);
	free(draft->path);
	free(draft->dir);
	*draft = (struct file_draft){ 0 };
}

static enum err
begin_draft(const char *path, mode_t mode, struct file_draft *out, int *fd,
    struct errtext *err)
{
	enum err rc;

	out->path = strdup(path);
	out->dir = file_parent(path);
	if (out->path == NULL || out->dir == NULL)
		return err_memory(err);
	leftover_sweep(out->dir);
	while ((rc = draft_open(out, mode, fd, err)) == ERR_OK &&
	    !leftover_hold(*fd)) {
		close(*fd);
		let_go(out);
	}
	return rc;
}

static enum err
make_draft(const char *path, mode_t mode, const void *data, size_t len,
    struct file_draft *out, struct errtext *err)
{
	enum err rc = only_files(path, err);
	int fd = -1;

	if (rc == ERR_OK)
		rc = begin_draft(path, mode, out, &fd, err);
	if (rc == ERR_OK)
		rc = draft_write(out, fd, data, len, err);
	if (rc != ERR_OK)
		file_draft_clear(out);
	return rc;
}

/* Names that were given, to stay: one fsync does for all in a folder. */
static enum err
sync_names(const struct file_draft *draft, size_t count, struct errtext *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < count && rc == ERR_OK; i++)
		if (draft[i].dir != NULL &&
		    (i + 1 == count || draft[i + 1].dir == NULL ||
			strcmp(draft[i].dir, draft[i + 1].dir) != 0))
			rc = sync_folder(draft[i].dir, draft[i].path, err);
	/* what is not sure to stay is not there: it can be made again */
	for (size_t i = 0; i < count && rc != ERR_OK; i++)
		if (draft[i].path != NULL && !draft[i].replace)
			unlink(draft[i].path);
	return rc;
}

enum err
file_draft_name(struct file_draft *draft, size_t count, struct errtext *err)
{
	enum err rc = ERR_OK, kept;
	size_t named;

	for (named = 0; named < count; named++) {
		if (draft[named].temporary == NULL)
			continue; /* it is there already */
		if ((rc = give_name(&draft[named], err)) != ERR_OK)
			break;
		let_go(&draft[named]);
	}
	kept = sync_names(draft, named, rc == ERR_OK ? err : NULL);
	for (size_t i = 0; i < count; i++)
		file_draft_clear(&draft[i]);
	return rc == ERR_OK ? kept : rc;
}

/* Who ends the program now waits until the file has its name or is gone: a
 * temporary one would hold a person's data for ever. */
static enum err
write_file(const char *path, mode_t mode, const void *data, size_t len,
    bool replace, struct errtext *err)
{
	struct file_draft draft = { .replace = replace };
	sigset_t before;
	enum err rc;

	process_hold(&before);
	rc = make_draft(path, mode, data, len, &draft, err);
	if (rc == ERR_OK)
		rc = file_draft_name(&draft, 1, err);
	process_let(&before);
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
	bool there = stat(path, &st) == 0;

	new.at = (uint8_t *)(uintptr_t)data; /* only compared */
	new.len = len;
	/* a pipe on a strange disk would hang, a link may lead nowhere */
	if (!there && errno != ENOENT)
		return err_set(err, ERR_IO, _("%s: cannot be read: %s"), path,
		    strerror(errno));
	if (there && S_ISREG(st.st_mode))
		rc = file_read(path, len, &old, err);
	if (rc == ERR_LIMIT || (rc == ERR_OK && !bytes_equal(&old, &new)))
		rc = err_set(err, ERR_EXISTS,
		    _("%s: exists already with other content; it was left as "
		      "it is"),
		    path);
	bytes_wipe(&old);
	return rc == ERR_OK ? file_sync(path, err) : rc;
}

enum err
file_write_new(const char *path, mode_t mode, const void *data, size_t len,
    struct errtext *err)
{
	enum err rc = file_refuse_there(path, err);

	if (rc == ERR_OK)
		rc = write_file(path, mode, data, len, false, err);
	/* perhaps somebody made it in between */
	return rc == ERR_EXISTS ? compare(path, data, len, err) : rc;
}

enum err
file_draft_new(const char *path, mode_t mode, const void *data, size_t len,
    struct file_draft *out, struct errtext *err)
{
	enum err rc = file_refuse_there(path, err);

	*out = (struct file_draft){ 0 };
	if (rc == ERR_EXISTS)
		return compare(path, data, len, err);
	return rc == ERR_OK ? make_draft(path, mode, data, len, out, err) : rc;
}

enum err
file_draft_over(const char *path, mode_t mode, const void *data, size_t len,
    struct file_draft *out, struct errtext *err)
{
	*out = (struct file_draft){ .replace = true };
	return make_draft(path, mode, data, len, out, err);
}

/* Does a regular file begin with these characters? */
static bool
begins_with(const char *path, const char *mark)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	size_t len = strlen(mark);
	char found[256];
	bool same = false;
	struct stat st;

	if (fd < 0)
		return false;
	if (len <= sizeof(found) && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		same = read(fd, found, len) == (ssize_t)len &&
		    memcmp(found, mark, len) == 0;
	close(fd);
	return same;
}

enum err
file_write_over(const char *path, mode_t mode, const void *data, size_t len,
    const char *mark, struct errtext *err)
{
	enum err rc = only_files(path, err);

	if (rc != ERR_OK)
		return rc;
	if (begins_with(path, mark))
		return file_write(path, mode, data, len, err);
	rc = file_write_new(path, mode, data, len, err);
	if (rc == ERR_EXISTS)
		return err_set(err, rc,
		    _("%s: there is a file of that name already, which this "
		      "command did not write; choose another name"),
		    path);
	return rc;
}

/* A folder that a power cut takes back takes its files with it. */
static enum err
make_folder(const char *path, mode_t mode, struct errtext *err)
{
	struct stat st;
	int why;

	if (mkdir(path, mode) == 0)
		return file_sync_name(path, err);
	why = errno;
	/* There, perhaps on a disk that is read-only. Nothing is put into a
	 * folder before its own name is flushed, so only an empty one may be of
	 * a program that was ended in between. */
	if (stat(path, &st) != 0)
		return file_unwritten(path, why == EEXIST ? errno : why, err);
	if (S_ISDIR(st.st_mode))
		return folder_is_empty(path) ? file_sync_name(path, err)
					     : ERR_OK;
	return why == EEXIST
	    ? err_set(err, ERR_IO, _("%s: this is not a folder"), path)
	    : file_unwritten(path, why, err);
}

enum err
file_mkdir(const char *path, mode_t mode, struct errtext *err)
{
	char *part = strdup(path);
	char *slash;
	enum err rc = ERR_OK;

	if (part == NULL)
		return err_memory(err);
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
