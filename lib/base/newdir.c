/*
 * newdir.c - a folder that is made whole or not at all: newdir.h.
 */
#include "base/newdir.h"

#include "base/file.h"
#include "base/folder_names.h"
#include "base/i18n.h"
#include "base/leftover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
remove_folder(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	char *path;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if ((path = file_join(dir, entry->d_name)) != NULL)
			unlink(path);
		free(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}

/* An empty folder is as good as none: rename() takes its place. */
bool
newdir_is_free(const char *path)
{
	struct stat st;

	return lstat(path, &st) != 0 || folder_is_empty(path);
}

static enum err
refuse_taken(const char *target, struct errtext *err)
{
	return err_set(err, ERR_EXISTS,
	    _("%s: there is something already; nothing was changed, "
	      "give another --home"),
	    target);
}

enum err
newdir_refuse_taken(const char *path, struct errtext *err)
{
	return newdir_is_free(path) ? ERR_OK : refuse_taken(path, err);
}

/* "/a/b/" and "b" have their parents in "/a" and ".". */
static enum err
make_parent(char *target, struct errtext *err)
{
	char *slash = strrchr(target, '/');
	enum err rc;

	if (slash == NULL || slash == target)
		return ERR_OK;
	*slash = '\0';
	rc = file_mkdir(target, 0755, err);
	*slash = '/';
	return rc;
}

static enum err
make_one(const char *parent, struct newdir *out, struct errtext *err)
{
	enum err rc = leftover_name(parent, &out->dir, err);

	if (rc != ERR_OK)
		return rc;
	if (mkdir(out->dir, 0700) != 0) {
		rc = file_unwritten(out->target, errno, err);
		free(out->dir);
		out->dir = NULL;
		return rc;
	}
	/* without a lock another program may take it away: rename() says so */
	out->lock = open(out->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return ERR_OK;
}

static void
let_go(struct newdir *newdir)
{
	if (newdir->dir != NULL && newdir->lock >= 0)
		close(newdir->lock);
	free(newdir->dir);
	newdir->dir = NULL;
}

enum err
newdir_begin(const char *path, struct newdir *out, struct errtext *err)
{
	size_t len = strlen(path);
	char *parent = NULL;
	enum err rc;

	while (len > 1 && path[len - 1] == '/')
		len--;
	if ((out->target = strndup(path, len)) == NULL ||
	    (parent = file_parent(out->target)) == NULL)
		return err_memory(err);
	if ((rc = make_parent(out->target, err)) != ERR_OK)
		goto out;
	if ((rc = newdir_refuse_taken(out->target, err)) != ERR_OK)
		goto out;
	leftover_sweep(parent);
	while ((rc = make_one(parent, out, err)) == ERR_OK && out->lock >= 0 &&
	    !leftover_hold(out->lock))
		let_go(out);
out:
	free(parent);
	return rc;
}

enum err
newdir_finish(struct newdir *newdir, struct errtext *err)
{
	if (rename(newdir->dir, newdir->target) != 0) {
		if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
			return refuse_taken(newdir->target, err);
		return file_unwritten(newdir->target, errno, err);
	}
	let_go(newdir);
	return file_sync_name(newdir->target, err);
}

void
newdir_free(struct newdir *newdir)
{
	if (newdir->dir != NULL)
		remove_folder(newdir->dir);
	let_go(newdir);
	free(newdir->target);
	*newdir = (struct newdir){ 0 };
}
