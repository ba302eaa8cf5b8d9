/*
 * backup.c - backup.h. Restoring is in restore.c.
 */
#include "issue/center/backup.h"

#include "issue/center/backup_files.h"
#include "issue/center/files.h"
#include "issue/register/kept.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const backup_files[] = { "root.crt", "request.csr", "trust.xml",
	NULL };

static enum err
add_file(struct registry *copy, const char *home, const char *name,
    struct errtext *err)
{
	struct bytes data = { 0 };
	char *path = NULL;
	enum err rc;

	if ((rc = center_path(home, name, &path, err)) != ERR_OK)
		return rc;
	rc = file_read(path, TRUST_XML_MAX, &data, err);
	if (rc == ERR_OK)
		rc = register_add_home_file(copy, name, &data, err);
	else if (rc == ERR_NOT_FOUND)
		rc = ERR_OK; /* no list taken yet */
	bytes_free(&data);
	free(path);
	return rc;
}

static enum err
add_files(const char *path, const char *home, struct errtext *err)
{
	struct registry *copy = NULL;
	enum err rc;

	if ((rc = register_open_file(path, &copy, err)) != ERR_OK ||
	    (rc = register_begin(copy, err)) != ERR_OK)
		goto out;
	for (size_t i = 0; backup_files[i] != NULL && rc == ERR_OK; i++)
		rc = add_file(copy, home, backup_files[i], err);
	if (rc == ERR_OK)
		rc = register_commit(copy, err);
	register_rollback(copy);
	if (rc == ERR_OK)
		rc = register_rest(copy, err);
out:
	register_close(&copy);
	return rc;
}

/* An empty file of our own first: SQLite would make one that all can read.
 *
 *   wanted  what it will be called, which is what was typed */
static enum err
make_empty(const char *path, const char *wanted, struct errtext *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return err_set(err, ERR_EXISTS,
		    _("%s: left by a backup that was cut short; delete it, "
		      "it holds people's data"),
		    path);
	if (fd < 0)
		return file_unwritten(wanted, errno, err);
	close(fd);
	return ERR_OK;
}

static enum err
sync_file(const char *path, struct errtext *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err rc = ERR_OK;

	if (fd < 0 || fsync(fd) != 0)
		rc = file_unwritten(path, errno, err);
	if (fd >= 0)
		close(fd);
	return rc;
}

void
backup_unlink(const char *path)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	char *name;

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (asprintf(&name, "%s%s", path, suffix[i]) >= 0) {
			unlink(name);
			free(name);
		}
}

enum err
backup_remember(
    struct registry *reg, const char *path, int64_t now, struct errtext *err)
{
	char *full = realpath(path, NULL);
	enum err rc =
	    register_add_backup(reg, now, full != NULL ? full : path, err);

	free(full);
	return rc;
}

enum err
backup_write(
    struct center *center, const char *path, int64_t now, struct errtext *err)
{
	char *made = NULL;
	enum err rc;

	if (file_exists(path))
		return err_set(err, ERR_EXISTS,
		    _("%s: there is such a file already and it was kept; give "
		      "each backup a name of its own"),
		    path);
	if (asprintf(&made, "%s.part", path) < 0)
		return err_memory(err);
	if ((rc = make_empty(made, path, err)) != ERR_OK)
		goto out;
	rc = register_copy(center->reg, made, err);
	if (rc != ERR_OK)
		err_prefix(err, "%s", path);
	if (rc == ERR_OK &&
	    (rc = add_files(made, center->home, err)) == ERR_OK &&
	    (rc = sync_file(made, err)) == ERR_OK && rename(made, path) != 0)
		rc = file_unwritten(path, errno, err);
	if (rc != ERR_OK)
		backup_unlink(made);
	else if ((rc = file_sync_name(path, err)) == ERR_OK)
		rc = backup_remember(center->reg, path, now, err);
out:
	free(made);
	return rc;
}
