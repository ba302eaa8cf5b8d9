/*
 * A backup is whole or not there; a home has a whole register at any instant
 * of a restore.
 */
#include "issue/center/backup.h"
#include "issue/register/kept.h"

#include "issue/register/log.h"

#include "base/clock.h"
#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct world template, w;
static int64_t now;
static char path[128];   /* a backup of w with one letter */
static char target[128]; /* one to be made */

static void
letters(const struct world *world, unsigned n)
{
	struct errtext err = { 0 };
	struct desk d;

	desk_open(&d, world, "AP2003");
	world_draft(d.act.center, n, now);
	ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	desk_close(&d);
}

static enum err
backup(const char *to)
{
	struct errtext err = { 0 };
	struct center *center = world_open(&w, true);
	enum err rc = backup_write(center, to, now, &err);

	center_close(&center);
	return rc;
}

/* w has two letters, its backup one. */
static void
begin(void)
{
	now = clock_now();
	world_new(&template, now);
	letters(&template, 1);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
	snprintf(path, sizeof(path), "%s/backup", w.dir);
	snprintf(target, sizeof(target), "%s/target", w.dir);
	ck_assert_int_eq(backup(path), ERR_OK);
	letters(&w, 2);
}

static void
teardown(void)
{
	world_free(&w);
}

static enum err
passphrase(void *arg, struct secret *out, struct errtext *err)
{
	(void)err;
	world_secret(arg, out);
	return ERR_OK;
}

/* By the approver. */
static enum err
restore(const char *home, const char *from, struct restored *done,
    struct errtext *err)
{
	char code[] = "AP2003";
	const struct backup_key key = { code, passphrase, code };

	return backup_restore(home, from, &key, now, NULL, done, err);
}

static int64_t
letters_in(const char *home)
{
	return desk_number(home, "SELECT count(*) FROM letter");
}

/* --- making -------------------------------------------------------------- */

static bool
count(void *arg, int64_t at, const char *name)
{
	ck_assert_int_eq(at, now);
	ck_assert_str_eq(name, path);
	++*(int *)arg;
	return true;
}

START_TEST(a_backup)
{
	struct errtext err = { 0 };
	struct center *center;
	struct stat st;
	int seen = 0;

	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(backup(path), ERR_EXISTS);
	center = world_open(&w, false);
	ck_assert_int_eq(
	    register_backup_each(center->reg, count, &seen, &err), ERR_OK);
	ck_assert_int_eq(seen, 1);
	center_close(&center);
}
END_TEST

START_TEST(while_somebody_reads)
{
	struct errtext err = { 0 };
	struct center *reader = world_open(&w, false);
	bool any;

	ck_assert_int_eq(
	    store_begin_read(register_store(reader->reg), &err), ERR_OK);
	ck_assert_int_eq(register_letter_any(reader->reg, &any, &err), ERR_OK);
	ck_assert_int_eq(backup(target), ERR_OK);
	center_close(&reader);
}
END_TEST

START_TEST(nowhere_to_write)
{
	ck_assert_int_eq(backup("/proc/none"), ERR_IO);
	snprintf(target, sizeof(target), "%s/none/x", w.dir);
	ck_assert_int_eq(backup(target), ERR_IO);
}
END_TEST

/* --- restoring ----------------------------------------------------------- */

START_TEST(into_its_home)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	char old[192];

	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_OK);
	ck_assert(done.kept);
	ck_assert_int_eq(letters_in(w.home), 1);
	snprintf(old, sizeof(old), "%s/%s", w.home, done.old);
	ck_assert(file_exists(old));
	/* once more in the same second: both are kept */
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_OK);
	ck_assert_ptr_null(strstr(old, done.old));
	/* forget must name the backup and what is kept */
	ck_assert_int_eq(desk_number(w.home, "SELECT count(*) FROM backup"), 2);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM backup"
			     " WHERE path LIKE '/%/register.before-%.db'"),
	    1);
}
END_TEST

/* What the old register's write-ahead log holds must not be lost with it; who
 * reads keeps it from being folded in. */
START_TEST(not_under_a_reader)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	struct center *reader = world_open(&w, false);
	bool any;

	ck_assert_int_eq(
	    store_begin_read(register_store(reader->reg), &err), ERR_OK);
	ck_assert_int_eq(register_letter_any(reader->reg, &any, &err), ERR_OK);
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_BUSY);
	ck_assert_int_eq(letters_in(w.home), 2);
	center_close(&reader);
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_OK);
}
END_TEST

/* Another program has it for itself: that it cannot be opened now does not make
 * it damaged, nor this center's backup fit for another's home. */
START_TEST(not_over_a_register_in_use)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	char name[160];
	sqlite3 *other;

	snprintf(name, sizeof(name), "%s/register.db", w.home);
	ck_assert_int_eq(sqlite3_open(name, &other), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(other,
			     "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_BUSY);
	ck_assert(!done.kept);
	ck_assert_ptr_nonnull(strstr(err.text, "register.db"));
	ck_assert_int_eq(sqlite3_close(other), SQLITE_OK);
	ck_assert_int_eq(letters_in(w.home), 2);
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_OK);
}
END_TEST

/* A register beyond opening is kept with its logs; the new one is clean. */
START_TEST(over_a_damaged_register)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal" };
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	char name[160], old[192];

	for (size_t i = 0; i < 4; i++) {
		snprintf(
		    name, sizeof(name), "%s/register.db%s", w.home, suffix[i]);
		ck_assert_int_eq(
		    file_write(name, 0600, "damaged", 7, &err), ERR_OK);
	}
	ck_assert_msg(
	    restore(w.home, path, &done, &err) == ERR_OK, "%s", err.text);
	for (size_t i = 0; i < 4; i++) {
		snprintf(
		    name, sizeof(name), "%s/register.db%s", w.home, suffix[i]);
		ck_assert_int_eq(file_exists(name), i == 0);
	}
	snprintf(old, sizeof(old), "%s/%s", w.home, done.old);
	ck_assert(done.kept && file_exists(old));
	ck_assert_int_eq(letters_in(w.home), 1);
}
END_TEST

START_TEST(one_writer)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	struct center *writer = world_open(&w, true);

	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_BUSY);
	ck_assert(!done.kept);
	center_close(&writer);
}
END_TEST

/* The file cut to a part of it, or with a byte changed, into w.dir/bad. */
static void
spoil(size_t keep, size_t at, uint8_t flip, char bad[128])
{
	struct errtext err = { 0 };
	struct bytes file = { 0 };

	ck_assert_int_eq(file_read(path, 1 << 24, &file, &err), ERR_OK);
	if (at < file.len)
		file.at[at] ^= flip;
	snprintf(bad, 128, "%s/bad", w.dir);
	ck_assert_int_eq(file_write(bad, 0600, file.at,
			     keep < file.len ? keep : file.len, &err),
	    ERR_OK);
	bytes_free(&file);
}

static size_t
size_of(const char *name)
{
	struct stat st;

	ck_assert_int_eq(stat(name, &st), 0);
	return (size_t)st.st_size;
}

START_TEST(cut_short)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	size_t whole = size_of(path);
	char bad[128];

	for (size_t i = 0; i < 24; i++) {
		size_t keep = i < 4 ? i * 40 : whole * (i - 3) / 21;

		if (keep >= whole)
			continue;
		spoil(keep, whole, 0, bad);
		ck_assert_msg(restore(w.home, bad, &done, &err) == ERR_DATA,
		    "%zu of %zu bytes", keep, whole);
		ck_assert(!done.kept);
	}
	ck_assert_int_eq(letters_in(w.home), 2);
}
END_TEST

/* A changed byte is found, or what it changed is a register all the same:
 * whose log is then looked at. Never a crash, never half. */
START_TEST(a_byte_changed)
{
	struct errtext err = { 0 };
	size_t whole = size_of(path);
	char bad[128], home[128];

	srand(7);
	for (unsigned i = 0; i < 40; i++) {
		struct restored done = { .kept = false };
		size_t at = i < 10 ? i * 10 : (size_t)rand() % whole;
		enum err rc;

		spoil(whole, at, (uint8_t)(1 + rand() % 255), bad);
		snprintf(home, sizeof(home), "%s/home%u", w.dir, i);
		rc = restore(home, bad, &done, &err);
		ck_assert_msg(rc == ERR_OK || rc == ERR_DATA || rc == ERR_IO,
		    "byte %zu: %s: %s", at, err_name(rc), err.text);
		ck_assert_int_eq(file_exists(home), rc == ERR_OK);
	}
}
END_TEST

START_TEST(of_another_center)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	char home[128];

	snprintf(home, sizeof(home), "%s/other", w.dir);
	ck_assert_int_eq(restore(home, path, &done, &err), ERR_OK);
	ck_assert(!done.kept);
	desk_sql(home, "UPDATE center SET code = 'GTGUA02'");
	ck_assert_int_eq(restore(home, path, &done, &err), ERR_REFUSED);
}
END_TEST

/* --- killed -------------------------------------------------------------- */

static long
elapsed(const struct timespec *since)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (at.tv_sec - since->tv_sec) * 1000000 +
	    (at.tv_nsec - since->tv_nsec) / 1000;
}

/* A child that does it, killed after so many microseconds; 0: never. The time
 * it took. */
static long
killed(void (*act)(void), long after)
{
	struct timespec since;
	pid_t child;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &since);
	if ((child = fork()) == 0) {
		act();
		_exit(0);
	}
	if (after > 0) {
		usleep((useconds_t)after);
		kill(child, SIGKILL);
	}
	waitpid(child, &status, 0);
	return elapsed(&since);
}

static void
do_restore(void)
{
	struct restored done = { .kept = false };

	restore(w.home, path, &done, NULL);
}

START_TEST(restore_killed)
{
	struct errtext err = { 0 };
	struct restored done = { .kept = false };
	long whole = killed(do_restore, 0);

	for (long i = 1; i <= 40; i++) {
		int64_t have;
		struct center *center;

		killed(do_restore, whole * i / 35 + 1);
		have = letters_in(w.home);
		ck_assert(have == 1 || have == 2);
		ck_assert_int_eq(desk_number(w.home,
				     "SELECT count(*) FROM"
				     " pragma_integrity_check"
				     " WHERE integrity_check = 'ok'"),
		    1);
		center = world_open(&w, true);
		center_close(&center);
	}
	ck_assert_int_eq(restore(w.home, path, &done, &err), ERR_OK);
	ck_assert_int_eq(letters_in(w.home), 1);
}
END_TEST

static void
do_backup(void)
{
	struct center *center = NULL;

	if (center_open(w.home, true, &center, NULL) == ERR_OK)
		backup_write(center, target, now, NULL);
	center_close(&center);
}

START_TEST(backup_killed)
{
	struct errtext err = { 0 };
	char home[128], part[160];
	long whole = killed(do_backup, 0);

	snprintf(part, sizeof(part), "%s.part", target);
	for (long i = 0; i < 20; i++) {
		struct restored done = { .kept = false };

		unlink(target);
		killed(do_backup, whole * i / 18 + 1);
		if (file_exists(target)) {
			snprintf(home, sizeof(home), "%s/k%ld", w.dir, i);
			ck_assert_int_eq(
			    restore(home, target, &done, &err), ERR_OK);
		} else {
			/* what it left is written over */
			ck_assert_int_eq(backup(target), ERR_OK);
		}
		ck_assert(!file_exists(part));
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("backup");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_backup);
	tcase_add_test(tc, while_somebody_reads);
	tcase_add_test(tc, nowhere_to_write);
	tcase_add_test(tc, into_its_home);
	tcase_add_test(tc, not_under_a_reader);
	tcase_add_test(tc, not_over_a_register_in_use);
	tcase_add_test(tc, over_a_damaged_register);
	tcase_add_test(tc, one_writer);
	tcase_add_test(tc, cut_short);
	tcase_add_test(tc, a_byte_changed);
	tcase_add_test(tc, of_another_center);
	tcase_add_test(tc, restore_killed);
	tcase_add_test(tc, backup_killed);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
