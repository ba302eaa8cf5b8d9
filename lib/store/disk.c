/*
 * disk.c - disk.h. SQLite's own files, with another way to read: behind what
 * it keeps of each stand the methods that it is to call.
 */
#include "store/disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

#define THEIRS "unix" /* SQLite's default on this system */

struct watched {
	sqlite3_io_methods methods; /* the file's pMethods: first */
	const sqlite3_io_methods *real;
};

static unsigned long *
refusals(void)
{
	static _Thread_local unsigned long count;

	return &count;
}

unsigned long
disk_refusals(void)
{
	return *refusals();
}

/* A read beyond the end is none that failed. */
static int
read_watched(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
	const struct watched *w = (const struct watched *)file->pMethods;
	int got = w->real->xRead(file, to, len, at);

	if ((got & 0xff) != SQLITE_IOERR || got == SQLITE_IOERR_SHORT_READ ||
	    got == SQLITE_IOERR_NOMEM)
		return got;
	++*refusals();
	return SQLITE_IOERR_READ;
}

/* Where their file ends and ours begins. */
static size_t
place(const sqlite3_vfs *theirs)
{
	const size_t align = _Alignof(max_align_t);

	return ((size_t)theirs->szOsFile + align - 1) / align * align;
}

static int
open_watched(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
    int *got_flags)
{
	const sqlite3_vfs *theirs = sqlite3_vfs_find(THEIRS);
	struct watched *w = (void *)((char *)file + place(theirs));
	int rc = theirs->xOpen(vfs, name, file, flags, got_flags);

	if (rc != SQLITE_OK || file->pMethods == NULL)
		return rc;
	w->real = file->pMethods;
	memcpy(&w->methods, w->real, sizeof(w->methods));
	if (w->methods.iVersion > 3) /* what this header does not know */
		w->methods.iVersion = 3;
	w->methods.xRead = read_watched;
	file->pMethods = &w->methods;
	return rc;
}

/* One that stays, for SQLite to keep. */
static sqlite3_vfs *
ours(void)
{
	static sqlite3_vfs vfs;

	return &vfs;
}

static void
take_place(void)
{
	const sqlite3_vfs *theirs = sqlite3_vfs_find(NULL);

	if (theirs == NULL || strcmp(theirs->zName, THEIRS) != 0)
		return;
	*ours() = *theirs;
	ours()->zName = "sello";
	ours()->szOsFile = (int)(place(theirs) + sizeof(struct watched));
	ours()->xOpen = open_watched;
	(void)sqlite3_vfs_register(ours(), 1);
}

int
disk_watch(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int rc = sqlite3_initialize();

	if (rc == SQLITE_OK)
		(void)pthread_once(&once, take_place);
	return rc;
}
