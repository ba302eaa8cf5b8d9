/*
 * folder.c - reading and writing a published log's files: folder.h.
 */
#include "log/folder.h"

#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODE_DIR  0755
#define MODE_FILE 0644

char *
folder_of_log(const char *pub, const char *center, unsigned generation)
{
	char *path = NULL;

	if (asprintf(&path, "%s/log/%s/%u", pub, center, generation) < 0)
		return NULL;
	return path;
}

enum err
folder_fetch(void *dir, const char *path, size_t max, struct bytes *out,
    struct errtext *err)
{
	char *full = file_join(dir, path);
	enum err rc;

	bytes_reset(out);
	if (full == NULL)
		return err_memory(err);
	rc = file_read_regular(full, max, out, err);
	if (rc != ERR_OK)
		bytes_reset(out);
	free(full);
	return rc;
}

enum err
folder_lock(const char *dir, int *fd, struct errtext *err)
{
	int opened;
	enum err rc;

	if ((rc = file_mkdir(dir, MODE_DIR, err)) != ERR_OK)
		return rc;
	if ((opened = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return err_set(err, ERR_IO, _("%s: cannot be opened: %s"), dir,
		    strerror(errno));
	if (flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		close(opened);
		return err_set(err, ERR_BUSY,
		    _("%s: another program is publishing there now; wait "
		      "until it has finished and try again"),
		    dir);
	}
	*fd = opened;
	return ERR_OK;
}

static enum err
make_parent(const char *full, struct errtext *err)
{
	const char *slash = strrchr(full, '/');
	char *parent;
	enum err rc;

	if (slash == NULL || slash == full)
		return ERR_OK;
	if ((parent = strndup(full, (size_t)(slash - full))) == NULL)
		return err_memory(err);
	rc = file_mkdir(parent, MODE_DIR, err);
	free(parent);
	return rc;
}

enum err
folder_put_new(const char *dir, const char *path, const struct bytes *data,
    bool *made, struct errtext *err)
{
	char *full = file_join(dir, path);
	bool had;
	enum err rc;

	if (full == NULL)
		return err_memory(err);
	had = file_exists(full);
	if ((rc = make_parent(full, err)) == ERR_OK)
		rc = file_write_new(full, MODE_FILE, data->at, data->len, err);
	if (rc == ERR_OK && !had)
		*made = true;
	free(full);
	return rc;
}

enum err
folder_put(const char *dir, const char *path, const struct bytes *data,
    bool *made, struct errtext *err)
{
	char *full = file_join(dir, path);
	struct bytes old = { 0 };
	enum err rc = ERR_OK;

	if (full == NULL)
		return err_memory(err);
	/* unreadable or longer: replaced like any other bytes */
	if (file_read_regular(full, data->len, &old, NULL) == ERR_OK &&
	    bytes_equal(&old, data)) {
		rc = file_sync(full, err);
		goto out;
	}
	if ((rc = make_parent(full, err)) == ERR_OK)
		rc = file_write(full, MODE_FILE, data->at, data->len, err);
	if (rc == ERR_OK)
		*made = true;
out:
	bytes_free(&old);
	free(full);
	return rc;
}

/* What publishing left there: a width, or a file that was being made. The
 * folder may be on a stranger's stick and lead elsewhere; nothing of another
 * name is touched. */
static bool
is_ours(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	size_t len = strlen(name);

	if (digits > 0)
		return digits == len && digits <= 3;
	return name[0] == '.' && len > strlen(".tmp") &&
	    strcmp(name + len - strlen(".tmp"), ".tmp") == 0;
}

void
folder_remove_partial(const char *dir, const char *path)
{
	char *full = file_join(dir, path);
	const struct dirent *entry;
	DIR *files = NULL;
	int fd = -1;

	if (full != NULL)
		fd = open(full,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC |
			O_NONBLOCK);
	if (fd >= 0 && (files = fdopendir(fd)) == NULL)
		close(fd);
	if (files != NULL) {
		while ((entry = readdir(files)) != NULL)
			if (is_ours(entry->d_name))
				unlinkat(dirfd(files), entry->d_name, 0);
		closedir(files);
		rmdir(full);
	}
	free(full);
}
