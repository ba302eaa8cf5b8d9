/*
 * What the disk does not give is told as such, wherever in the database it lies,
 * in its write-ahead log and by whatever it is read: never as damage, never as
 * "no such row". SQLite's own way for tests lets each of its reads fail.
 */
#include "store/disk.h"

#include "base/file.h"
#include "store/row.h"
#include "store/sums.h"
#include "tests/check_main.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define APP_ID 0x53454c31u
#define ROWS   400

static const char *const plain[] = {
	"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
	NULL,
};
static const char *const schema[] = {
	"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
	" data BLOB NOT NULL, UNIQUE (name)) STRICT;" SUMS_TABLE SUMS_BEGIN,
	NULL,
};

static char dir[64], path[80], plain_path[80];
static struct errtext err;

/* which of SQLite's reads fails, from 1; 0: none */
static struct {
	unsigned long asked, fails;
	int why;
} reads;

static ssize_t
pread_or_not(int fd, void *to, size_t len, off_t at)
{
	if (++reads.asked == reads.fails) {
		errno = reads.why;
		return -1;
	}
	return syscall(SYS_pread64, fd, to, len, at);
}

static void
watch_reads(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find("unix");

	ck_assert_int_eq(vfs->xSetSystemCall(
			     vfs, "pread", (sqlite3_syscall_ptr)pread_or_not),
	    SQLITE_OK);
	(void)vfs->xSetSystemCall(
	    vfs, "pread64", (sqlite3_syscall_ptr)pread_or_not);
}

static void
fill(struct store *store)
{
	sqlite3_stmt *stmt;
	char name[16];

	ck_assert_int_eq(sums_watch(store, &err), ERR_OK);
	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	for (int i = 0; i < ROWS; i++) {
		stmt = store_prepare(store,
		    "INSERT INTO t (name, data) VALUES (?1, zeroblob(100))",
		    &err);
		snprintf(name, sizeof(name), "name %d", i * 7 % ROWS);
		store_bind_text(stmt, 1, name);
		ck_assert_int_eq(store_run(store, stmt, &err), ERR_OK);
	}
	ck_assert_int_eq(store_commit(store, &err), ERR_OK);
}

static void
setup(void)
{
	struct store *store = NULL;

	snprintf(dir, sizeof(dir), "/tmp/sello-disk-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.db", dir);
	ck_assert_int_eq(
	    store_open(path, true, APP_ID, schema, &store, &err), ERR_OK);
	fill(store);
	store_close(&store);
	snprintf(plain_path, sizeof(plain_path), "%s/plain.db", dir);
	ck_assert_int_eq(
	    store_open(plain_path, true, APP_ID, plain, &store, &err), ERR_OK);
	store_close(&store);
	watch_reads();
}

static void
teardown(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

/* --- ways to read --------------------------------------------------------- */

static enum err
all_rows(struct store *store)
{
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT id, name, data FROM t", &err);
	unsigned rows = 0;
	bool found;
	enum err rc;

	while ((rc = row_next(store, stmt, "itb", &found, &err)) == ERR_OK &&
	    found)
		rows++;
	if (rc == ERR_OK)
		ck_assert_uint_eq(rows, ROWS);
	return rc;
}

static enum err
one_row(struct store *store)
{
	sqlite3_stmt *stmt =
	    store_prepare(store, "SELECT id FROM t WHERE name = ?1", &err);
	bool found;
	enum err rc;

	store_bind_text(stmt, 1, "name 123");
	rc = row_next(store, stmt, "i", &found, &err);
	row_done(stmt);
	ck_assert(found == (rc == ERR_OK));
	return rc;
}

static enum err
check(struct store *store)
{
	return store_check(store, &err);
}

/* Of the other database: in this one stand functions of sums.h. */
static enum err
check_schema(struct store *store)
{
	struct store *other = NULL;
	enum err rc =
	    store_open(plain_path, false, APP_ID, plain, &other, &err);

	(void)store;
	if (rc == ERR_OK)
		rc = store_check_schema(other, &err);
	store_close(&other);
	return rc;
}

static void
no_misfit(void *arg, const char *table)
{
	(void)arg;
	ck_abort_msg("%s was changed", table);
}

static enum err
check_sums(struct store *store)
{
	return sums_check(store, no_misfit, NULL, &err);
}

static enum err
copy(struct store *store)
{
	int fd = -1;
	enum err rc = store_copy(store, dir, &fd, &err);

	ck_assert((fd >= 0) == (rc == ERR_OK));
	if (fd >= 0)
		close(fd);
	return rc;
}

static const struct {
	const char *name;
	enum err (*read)(struct store *store);
} ways[] = {
	{ "all rows", all_rows },
	{ "one row", one_row },
	{ "check", check },
	{ "check of the schema", check_schema },
	{ "sums", check_sums },
	{ "copy", copy },
};

static enum err
read_anew(size_t way)
{
	struct store *store = NULL;
	enum err rc = store_open(path, false, APP_ID, schema, &store, &err);

	if (rc == ERR_OK)
		rc = ways[way].read(store);
	store_close(&store);
	return rc;
}

static void
each_read_fails(size_t way, int why)
{
	unsigned long n, refused = 0;
	bool failed = true;

	for (n = 1; failed; n++) {
		unsigned long before = disk_refusals();
		enum err rc;

		reads.asked = 0;
		reads.fails = n;
		reads.why = why;
		rc = read_anew(way);
		failed = reads.asked >= n;
		reads.fails = 0;
		refused += rc != ERR_OK;
		ck_assert_msg(rc == ERR_OK || rc == ERR_IO,
		    "%s, read %lu: %s: %s", ways[way].name, n, err_name(rc),
		    err.text);
		ck_assert_msg(failed || rc == ERR_OK, "%s", err.text);
		if (rc == ERR_IO && why == EIO)
			ck_assert_msg(strstr(err.text, "the disk ") != NULL,
			    "%s, read %lu: %s", ways[way].name, n, err.text);
		ck_assert_uint_eq(disk_refusals() - before, failed);
	}
	ck_assert_uint_gt(refused, 0);
	ck_assert_msg(read_anew(way) == ERR_OK, "%s", err.text);
}

START_TEST(a_sector_of_the_file)
{
	each_read_fails((size_t)_i, EIO);
	each_read_fails((size_t)_i, EBADF);
}
END_TEST

/* What was written last lies in the write-ahead log, which another one holds. */
START_TEST(a_sector_of_the_log)
{
	struct store *other = NULL;
	char wal[96];

	ck_assert_int_eq(
	    store_open(path, false, APP_ID, schema, &other, &err), ERR_OK);
	ck_assert_int_eq(sums_watch(other, &err), ERR_OK);
	ck_assert_int_eq(store_begin(other, &err), ERR_OK);
	ck_assert_int_eq(
	    store_exec(other, "UPDATE t SET data = zeroblob(99)", &err),
	    ERR_OK);
	ck_assert_int_eq(store_commit(other, &err), ERR_OK);
	snprintf(wal, sizeof(wal), "%s-wal", path);
	ck_assert(file_exists(wal));
	each_read_fails((size_t)_i, EIO);
	store_close(&other);
}
END_TEST

/* Damage stays damage: a page of other bytes. */
START_TEST(what_is_damaged_is_told_so)
{
	char junk[4096];
	FILE *file = fopen(path, "r+b");

	memset(junk, 0xa5, sizeof(junk));
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fseek(file, 3 * 4096, SEEK_SET), 0);
	ck_assert_uint_eq(fwrite(junk, sizeof(junk), 1, file), 1);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(read_anew(2), ERR_DATA);
	ck_assert_int_eq(read_anew(5), ERR_DATA);
	ck_assert_uint_eq(disk_refusals(), 0);
}
END_TEST

static Suite *
suite(void)
{
	const int count = sizeof(ways) / sizeof(ways[0]);
	Suite *s = suite_create("disk");
	TCase *t = tcase_create("disk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_damaged_is_told_so);
	tcase_add_loop_test(t, a_sector_of_the_file, 0, count);
	tcase_add_loop_test(t, a_sector_of_the_log, 0, count);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
