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

static enum err
copy_to(struct store *store, const char *path, const char *folder,
    struct errtext *err)
{
	sqlite3 *to = NULL;
	enum err rc = ERR_OK;

	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		rc = file_unwritten(folder, errno, err);
	if (unlink(path) != 0 && rc == ERR_OK)
		rc = file_unwritten(folder, errno, err);
	if (rc == ERR_OK &&
	    sqlite3_exec(to, settings, NULL, NULL, NULL) != SQLITE_OK)
		rc = err_set(err, ERR_INTERNAL, "%s", sqlite3_errmsg(to));
	if (rc == ERR_OK)
		rc = copy_pages(store, to, folder, err);
	sqlite3_close(to);
	return rc;
}

/* Where it cannot be taken away again, the next one takes it away. */
static enum err
make_file(const char *folder, char **path, int *fd, struct errtext *err)
{
	enum err rc = leftover_name(folder, path, err);

	if (rc != ERR_OK)
		return rc;
	*fd = open(*path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (*fd < 0)
		return file_unwritten(folder, errno, err);
	return leftover_hold(*fd)
	    ? ERR_OK
	    : err_set(err, ERR_BUSY, _("the database is in use; try again"));
}

enum err
store_copy(
    struct store *store, const char *folder, int *fd, struct errtext *err)
{
	char *path = NULL;
	int made = -1;
	enum err rc;

	/* Of a damaged one a backup would take the place of the last good one.
	 * Asked of the database, since in the copy SQLite would look for its
	 * other files. */
	rc = store_pragma_check(store, "PRAGMA quick_check(1)", err);
	if (rc != ERR_OK)
		return rc;
	leftover_sweep(folder);
	rc = make_file(folder, &path, &made, err);
	if (rc == ERR_OK)
		rc = copy_to(store, path, folder, err);
	if (rc == ERR_OK) {
		*fd = made;
		made = -1;
	}
	if (made >= 0)
		close(made);
	free(path);
	return rc;
}
