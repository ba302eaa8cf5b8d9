/*
 * copy.c - a copy of a database in a file without a name: store.h.
 *
 * Page by page (sqlite3_backup), so it is of one instant whoever reads; what
 * was deleted is in it as it is in the database. SQLite knows files by their
 * names alone, so this one has a name until SQLite has opened it, empty.
 */
#include "store/store.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/leftover.h"
#include "store/disk.h"
#include "store/store_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Its own file goes with its last descriptor: nothing to keep it safe for. */
static const char settings[] =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8192";

static enum err
copy_pages(
    struct store *store, sqlite3 *to, const char *folder, struct errtext *err)
{
	sqlite3_backup *backup =
	    sqlite3_backup_init(to, "main", store_handle(store), "main");
	unsigned long before = disk_refusals();
	int step, end;

	if (backup == NULL)
		return err_set(err, ERR_INTERNAL, "%s", sqlite3_errmsg(to));
	errno = 0;
	step = sqlite3_backup_step(backup, -1);
	end = sqlite3_backup_finish(backup);
	if (step == SQLITE_DONE && end == SQLITE_OK)
		return ERR_OK;
	if (end == SQLITE_BUSY || end == SQLITE_LOCKED)
		return err_set(
		    err, ERR_BUSY, _("the database is in use; try again"));
	if (end == SQLITE_NOMEM || end == SQLITE_IOERR_NOMEM)
		return err_memory(err);
	if (disk_refusals() != before)
		return store_unread(err);
	if ((end & 0xff) == SQLITE_CORRUPT || (end & 0xff) == SQLITE_NOTADB)
		return err_set(err, ERR_DATA, _("the database is damaged"));
	return file_unwritten(
	    folder, (end & 0xff) == SQLITE_FULL ? ENOSPC : errno, err);
}

/* *gone: its file was taken for what somebody dead had left. */
static enum err
copy_to(struct store *store, const char *path, const char *folder, bool *gone,
    struct errtext *err)
{
	sqlite3 *to = NULL;
	enum err rc = ERR_OK;

	*gone = false;
	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK) {
		*gone = sqlite3_system_errno(to) == ENOENT;
		rc = file_unwritten(folder, errno, err);
	}
	if (unlink(path) != 0 && errno != ENOENT && rc == ERR_OK)
		rc = file_unwritten(folder, errno, err);
	if (rc == ERR_OK &&
	    sqlite3_exec(to, settings, NULL, NULL, NULL) != SQLITE_OK)
		rc = err_set(err, ERR_INTERNAL, "%s", sqlite3_errmsg(to));
	if (rc == ERR_OK)
		rc = copy_pages(store, to, folder, err);
	sqlite3_close(to);
	return rc;
}

/* Where its name cannot be taken away, the next one takes the file away. It is not
 * held (base/leftover.h): on disks of a network that lock would be in the way of
 * SQLite's. */
static enum err
try_copy(struct store *store, const char *folder, bool *gone, int *fd,
    struct errtext *err)
{
	char *path = NULL;
	int made = -1;
	enum err rc = leftover_name(folder, &path, err);

	*gone = false;
	if (rc == ERR_OK &&
	    (made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) <
		0)
		rc = file_unwritten(folder, errno, err);
	if (rc == ERR_OK)
		rc = copy_to(store, path, folder, gone, err);
	free(path);
	if (rc == ERR_OK)
		*fd = made;
	else if (made >= 0)
		close(made);
	return rc;
}

enum err
store_copy(
    struct store *store, const char *folder, int *fd, struct errtext *err)
{
	bool gone = true;
	enum err rc;

	/* Of a damaged one a backup would take the place of the last good one.
	 * Asked of the database, since in the copy SQLite would look for its
	 * other files. */
	rc = store_pragma_check(store, "PRAGMA quick_check(1)", err);
	if (rc != ERR_OK)
		return rc;
	leftover_sweep(folder);
	for (int tries = 0; gone && tries < 3; tries++)
		rc = try_copy(store, folder, &gone, fd, err);
	return rc;
}
