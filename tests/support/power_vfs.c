/*
 * power_vfs.c - power_vfs.h.
 */
#include "tests/support/power_vfs.h"

#include "tests/support/power_files.h"

#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_MAX    16
#define REGIONS_MAX 32

struct file {
	sqlite3_file base;
	unsigned node;
	const char *path;       /* SQLite's, as long as it is open */
	bool fresh;             /* its name is flushed with its first flush */
	bool remove;            /* when closed */
	int level;              /* of the lock on the database */
	unsigned shared, alone; /* locks of the log's index, by bits */
	bool mapped;
};

/* The index of a database's log. */
struct region {
	unsigned node;
	void *at[REGIONS_MAX];
};

static struct file *opened[OPEN_MAX];
static struct region indexes[OPEN_MAX];
static sqlite3_vfs *unix_vfs, power;

/* --- open files ------------------------------------------------------------ */

static void
keep(struct file *file, struct file *in_place_of)
{
	size_t i = 0;

	while (i < OPEN_MAX && opened[i] != in_place_of)
		i++;
	ck_assert_uint_lt(i, OPEN_MAX);
	opened[i] = file;
}

/* The next file on the same database, behind `at`; NULL: there is none. */
static struct file *
other(const struct file *file, size_t *at)
{
	while (*at < OPEN_MAX) {
		struct file *next = opened[(*at)++];

		if (next != NULL && next != file && next->node == file->node)
			return next;
	}
	return NULL;
}

static int
file_close(sqlite3_file *base)
{
	struct file *file = (struct file *)base;

	if (file->remove)
		power_name(power_path(file->path), POWER_NONE);
	keep(NULL, file);
	return SQLITE_OK;
}

static int
file_read(sqlite3_file *base, void *out, int want, sqlite3_int64 from)
{
	const struct file *file = (const struct file *)base;
	size_t len, at = (size_t)from, n = (size_t)want;
	const uint8_t *data = power_data(file->node, &len);

	if (at + n <= len) {
		memcpy(out, data + at, n);
		return SQLITE_OK;
	}
	memset(out, 0, n);
	if (at < len)
		memcpy(out, data + at, len - at);
	return SQLITE_IOERR_SHORT_READ;
}

static int
file_write(sqlite3_file *base, const void *data, int len, sqlite3_int64 at)
{
	const struct file *file = (const struct file *)base;

	power_write(file->node, (uint64_t)at, data, (size_t)len);
	return SQLITE_OK;
}

static int
file_truncate(sqlite3_file *base, sqlite3_int64 len)
{
	const struct file *file = (const struct file *)base;

	power_resize(file->node, (uint64_t)len);
	return SQLITE_OK;
}

static bool
flush_names(const char *path)
{
	char folder[1024];
	const char *below = power_path(path);
	const char *slash = strrchr(below, '/');

	memcpy(folder, below, strlen(below) + 1);
	folder[slash != NULL ? slash - below : 0] = '\0';
	return power_flush(power_find(folder));
}

static int
file_sync(sqlite3_file *base, int flags)
{
	struct file *file = (struct file *)base;

	(void)flags;
	if (!power_flush(file->node))
		return SQLITE_IOERR_FSYNC;
	if (file->fresh) /* whether it fails or not, as SQLite's own */
		(void)flush_names(file->path);
	file->fresh = false;
	return SQLITE_OK;
}

static int
file_size(sqlite3_file *base, sqlite3_int64 *out)
{
	size_t len;

	power_data(((struct file *)base)->node, &len);
	*out = (sqlite3_int64)len;
	return SQLITE_OK;
}

/* --- locks ------------------------------------------------------------------ */

static int
file_lock(sqlite3_file *base, int level)
{
	struct file *file = (struct file *)base;
	const struct file *next;
	int highest = SQLITE_LOCK_NONE;
	size_t at = 0;

	while ((next = other(file, &at)) != NULL)
		if (next->level > highest)
			highest = next->level;
	if (file->level >= level)
		return SQLITE_OK;
	if (highest >= SQLITE_LOCK_PENDING ||
	    (level >= SQLITE_LOCK_RESERVED && highest >= SQLITE_LOCK_RESERVED))
		return SQLITE_BUSY;
	if (level == SQLITE_LOCK_EXCLUSIVE && highest >= SQLITE_LOCK_SHARED) {
		file->level = SQLITE_LOCK_PENDING;
		return SQLITE_BUSY;
	}
	file->level = level;
	return SQLITE_OK;
}

static int
file_unlock(sqlite3_file *base, int level)
{
	struct file *file = (struct file *)base;

	if (file->level > level)
		file->level = level;
	return SQLITE_OK;
}

static int
file_reserved(sqlite3_file *base, int *out)
{
	const struct file *file = (struct file *)base, *next;
	size_t at = 0;

	*out = file->level >= SQLITE_LOCK_RESERVED;
	while ((next = other(file, &at)) != NULL)
		*out |= next->level >= SQLITE_LOCK_RESERVED;
	return SQLITE_OK;
}

/* --- the log's index -------------------------------------------------------- */

static struct region *
index_of(unsigned node)
{
	struct region *empty = NULL;

	for (size_t i = 0; i < OPEN_MAX; i++) {
		if (indexes[i].at[0] != NULL && indexes[i].node == node)
			return &indexes[i];
		if (indexes[i].at[0] == NULL)
			empty = &indexes[i];
	}
	ck_assert_ptr_nonnull(empty);
	empty->node = node;
	return empty;
}

static int
shm_map(
    sqlite3_file *base, int number, int size, int extend, void volatile **out)
{
	struct file *file = (struct file *)base;
	struct region *region = index_of(file->node);

	ck_assert_int_lt(number, REGIONS_MAX);
	file->mapped = true;
	if (region->at[number] == NULL && extend != 0) {
		region->at[number] = calloc(1, (size_t)size);
		if (region->at[number] == NULL)
			return SQLITE_NOMEM;
	}
	*out = region->at[number];
	return SQLITE_OK;
}

static int
shm_lock(sqlite3_file *base, int from, int n, int flags)
{
	struct file *file = (struct file *)base;
	unsigned mask = ((1u << n) - 1) << from;
	const struct file *next;
	size_t at = 0;

	if ((flags & SQLITE_SHM_UNLOCK) != 0) {
		file->shared &= ~mask;
		file->alone &= ~mask;
		return SQLITE_OK;
	}
	while ((next = other(file, &at)) != NULL)
		if ((next->alone & mask) != 0 ||
		    ((flags & SQLITE_SHM_EXCLUSIVE) != 0 &&
			(next->shared & mask) != 0))
			return SQLITE_BUSY;
	if ((flags & SQLITE_SHM_SHARED) != 0)
		file->shared |= mask;
	else
		file->alone |= mask;
	return SQLITE_OK;
}

static void
shm_barrier(sqlite3_file *base)
{
	(void)base; /* one thread */
}

/* With its last user it is gone. */
static int
shm_unmap(sqlite3_file *base, int remove)
{
	struct file *file = (struct file *)base;
	struct region *region = index_of(file->node);
	const struct file *next;
	size_t at = 0;

	(void)remove;
	file->mapped = false;
	file->shared = file->alone = 0;
	while ((next = other(file, &at)) != NULL)
		if (next->mapped)
			return SQLITE_OK;
	for (size_t i = 0; i < REGIONS_MAX; i++)
		free(region->at[i]);
	*region = (struct region){ 0 };
	return SQLITE_OK;
}

/* --- the rest ---------------------------------------------------------------- */

static int
file_control(sqlite3_file *base, int what, void *arg)
{
	(void)base, (void)what, (void)arg;
	return SQLITE_NOTFOUND;
}

static int
file_sector(sqlite3_file *base)
{
	(void)base;
	return 4096;
}

static int
file_device(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = { 2, file_close, file_read,
	file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
	file_reserved, file_control, file_sector, file_device, shm_map,
	shm_lock, shm_barrier, shm_unmap, NULL, NULL };

static int
vfs_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out)
{
	const int journals = SQLITE_OPEN_MAIN_JOURNAL |
	    SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
	const char *below = path != NULL ? power_path(path) : NULL;
	struct file *file = (struct file *)base;

	if (below == NULL)
		return unix_vfs->xOpen(vfs, path, base, flags, out);
	*file = (struct file){ .node = power_find(below), .path = path };
	if (file->node == POWER_NONE) {
		if ((flags & SQLITE_OPEN_CREATE) == 0)
			return SQLITE_CANTOPEN;
		file->node = power_add(false);
		power_name(below, file->node);
		file->fresh = (flags & journals) != 0;
	}
	power_inside(file->node);
	file->remove = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
	file->base.pMethods = &methods;
	keep(file, NULL);
	if (out != NULL)
		*out = flags;
	return SQLITE_OK;
}

static int
vfs_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	const char *below = power_path(path);

	if (below == NULL)
		return unix_vfs->xDelete(vfs, path, sync);
	if (power_find(below) == POWER_NONE)
		return SQLITE_IOERR_DELETE_NOENT;
	power_name(below, POWER_NONE);
	return sync == 0 || flush_names(path) ? SQLITE_OK
					      : SQLITE_IOERR_DIR_FSYNC;
}

static int
vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	const char *below = power_path(path);
	unsigned node;
	size_t len = 0;

	if (below == NULL)
		return unix_vfs->xAccess(vfs, path, flags, out);
	if ((node = power_find(below)) != POWER_NONE)
		power_data(node, &len);
	*out = flags == SQLITE_ACCESS_EXISTS ? len > 0 : node != POWER_NONE;
	return SQLITE_OK;
}

void
power_vfs_on(void)
{
	unix_vfs = sqlite3_vfs_find("unix");
	ck_assert_ptr_nonnull(unix_vfs);
	power = *unix_vfs;
	power.pNext = NULL;
	power.zName = "power";
	power.xOpen = vfs_open;
	power.xDelete = vfs_delete;
	power.xAccess = vfs_access;
	if (power.szOsFile < (int)sizeof(struct file))
		power.szOsFile = (int)sizeof(struct file);
	ck_assert_int_eq(sqlite3_vfs_register(&power, 1), SQLITE_OK);
}

void
power_vfs_off(void)
{
	sqlite3_vfs_unregister(&power);
	sqlite3_vfs_register(unix_vfs, 1);
	memset(opened, 0, sizeof(opened)); /* of a test that failed */
	memset(indexes, 0, sizeof(indexes));
}

void
power_vfs_closed(void)
{
	for (size_t i = 0; i < OPEN_MAX; i++)
		ck_assert_msg(opened[i] == NULL, "a database is still open");
}
