/*
 * Tests of store/store.h and store/row.h. The oracle for what is on disk is a
 * second, plain SQLite connection.
 */
#include "store/row.h"

#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/cut.h"
#include "tests/support/run.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define APP_ID 0x53454c31u

static const char *const schema1[] = {
	"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, data BLOB,"
	" UNIQUE (name)) STRICT",
	NULL,
};
static const char *const schema2[] = {
	"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, data BLOB,"
	" UNIQUE (name)) STRICT",
	"CREATE TABLE u (id INTEGER PRIMARY KEY, t INTEGER NOT NULL"
	" REFERENCES t(id)) STRICT",
	NULL,
};
static const char *const schema_broken[] = {
	"CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT",
	"CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; CREATE NONSENSE",
	NULL,
};

/* begins anew: what came before is not read any more */
static const char *const schema_anew[] = { STORE_DROPPED, STORE_DROPPED,
	"CREATE TABLE anew (id INTEGER PRIMARY KEY) STRICT", NULL };

static char dir[64], path[80];
static struct errtext err;

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-store-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.db", dir);
	err = (struct errtext){ 0 };
}

static void
teardown(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static struct store *
opened(bool create, const char *const *schema)
{
	struct store *store = NULL;
	enum err rc = store_open(path, create, APP_ID, schema, &store, &err);

	ck_assert_msg(rc == ERR_OK, "%s: %s", err_name(rc), err.text);
	return store;
}

static enum err
open_fails(bool create, uint32_t app_id, const char *const *schema)
{
	struct store *store = NULL;
	enum err rc = store_open(path, create, app_id, schema, &store, &err);

	ck_assert_ptr_null(store);
	ck_assert_msg(
	    strncmp(err.text, path, strlen(path)) == 0, "%s", err.text);
	return rc;
}

static enum err
insert(struct store *store, const char *name)
{
	sqlite3_stmt *s =
	    store_prepare(store, "INSERT INTO t (name) VALUES (?1)", &err);

	store_bind_text(s, 1, name);
	return store_run(store, s, &err);
}

/* One number by a connection that knows nothing of store.c. */
static int64_t
plain(const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int64_t value = -1;

	ck_assert_int_eq(
	    sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
	if (sqlite3_step(s) == SQLITE_ROW)
		value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return value;
}

START_TEST(creates_private_database_with_settings)
{
	struct store *store = opened(true, schema1);
	sqlite3_stmt *s;
	struct stat st;
	enum err rc;

	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(plain("PRAGMA application_id"), APP_ID);
	ck_assert_int_eq(plain("PRAGMA user_version"), 1);
	s = store_prepare(store, "PRAGMA journal_mode", &err);
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_str_eq(store_text(s, 0), "wal");
	s = store_prepare(store, "PRAGMA synchronous", &err);
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_int_eq(store_int(s, 0), 2); /* FULL */
	s = store_prepare(store, "PRAGMA trusted_schema", &err);
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_int_eq(store_int(s, 0), 0);
	s = store_prepare(store, "PRAGMA foreign_keys", &err);
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_int_eq(store_int(s, 0), 1);
	store_close(&store);
	ck_assert_ptr_null(store);
}
END_TEST

START_TEST(never_takes_a_missing_database_for_a_new_one)
{
	ck_assert_int_eq(open_fails(false, APP_ID, schema1), ERR_NOT_FOUND);
	ck_assert(!file_exists(path));
}
END_TEST

START_TEST(never_creates_over_an_existing_one)
{
	struct store *store = opened(true, schema1);

	ck_assert_int_eq(insert(store, "kept"), ERR_OK);
	store_close(&store);
	ck_assert_int_eq(open_fails(true, APP_ID, schema1), ERR_EXISTS);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 1);
}
END_TEST

/* a power cut leaves a file of no bytes, or a database of no tables */
START_TEST(goes_on_with_a_creation_that_was_cut_short)
{
	struct store *store;

	run_put(path, "", 0);
	store = opened(true, schema1);
	store_close(&store);
	ck_assert_int_eq(unlink(path), 0);
	run_put(path, "", 0);
	ck_assert_int_eq(plain("PRAGMA journal_mode=WAL"), 0);
	store = opened(true, schema1);
	ck_assert_int_eq(insert(store, "kept"), ERR_OK);
	store_close(&store);
	ck_assert_int_eq(unlink(path), 0);
	/* with a table it is somebody's */
	run_put(path, "", 0);
	ck_assert_int_eq(plain("CREATE TABLE theirs (a TEXT) STRICT"), -1);
	ck_assert_int_eq(open_fails(true, APP_ID, schema1), ERR_EXISTS);
}
END_TEST

START_TEST(refuses_a_database_of_another_program)
{
	struct store *store = opened(true, schema1);

	store_close(&store);
	ck_assert_int_eq(open_fails(false, APP_ID + 1, schema1), ERR_DATA);
}
END_TEST

START_TEST(refuses_a_file_that_is_no_database)
{
	static const char text[] = "not a database, but long enough to try: "
				   "0123456789012345678901234567890123456789"
				   "0123456789012345678901234567890123456789";

	ck_assert_int_eq(
	    file_write(path, 0600, text, sizeof(text), &err), ERR_OK);
	ck_assert_int_eq(open_fails(false, APP_ID, schema1), ERR_DATA);
	ck_assert_int_eq(file_write(path, 0600, "", 0, &err), ERR_OK);
	ck_assert_int_eq(open_fails(false, APP_ID, schema1), ERR_DATA);
}
END_TEST

START_TEST(migrates_and_refuses_a_newer_one)
{
	struct store *store = opened(true, schema1);

	ck_assert_int_eq(insert(store, "kept"), ERR_OK);
	store_close(&store);
	store = opened(false, schema2);
	store_close(&store);
	ck_assert_int_eq(plain("PRAGMA user_version"), 2);
	ck_assert_int_eq(plain("SELECT count(*) FROM u"), 0);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 1);
	ck_assert_int_eq(open_fails(false, APP_ID, schema1), ERR_VERSION);
}
END_TEST

START_TEST(refuses_versions_that_are_dropped)
{
	struct store *store = opened(true, schema1);

	store_close(&store);
	ck_assert_int_eq(open_fails(false, APP_ID, schema_anew), ERR_VERSION);
	ck_assert_ptr_nonnull(strstr(err.text, "earlier trial"));
	ck_assert_int_eq(
	    store_open_readonly(path, APP_ID, schema_anew, &store, &err),
	    ERR_VERSION);
	ck_assert_ptr_nonnull(strstr(err.text, "earlier trial"));
	ck_assert_int_eq(plain("PRAGMA user_version"), 1);
	store = opened(false, NULL); /* as it stands */
	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	store_rollback(store);
	store_close(&store);
	ck_assert_int_eq(plain("PRAGMA user_version"), 1);
	ck_assert_int_eq(open_fails(false, APP_ID + 1, NULL), ERR_DATA);
	ck_assert_int_eq(unlink(path), 0);
	store = opened(true, schema_anew);
	ck_assert_int_eq(plain("PRAGMA user_version"), 3);
	ck_assert_int_eq(plain("SELECT count(*) FROM anew"), 0);
	store_close(&store);
	store = opened(false, schema_anew);
	store_close(&store);
}
END_TEST

/* Else it would write rows that are not what the newer one expects. */
START_TEST(who_was_open_while_another_migrated_writes_nothing)
{
	struct store *old = opened(true, schema1);
	struct store *new;
	struct errtext why = { 0 };

	ck_assert_int_eq(store_begin(old, &err), ERR_OK);
	store_rollback(old);
	new = opened(false, schema2);
	ck_assert_int_eq(store_begin(old, &why), ERR_VERSION);
	ck_assert_ptr_nonnull(strstr(why.text, "newer Sello"));
	ck_assert_int_eq(store_begin_read(old, &err), ERR_VERSION);
	/* and is in nobody's way */
	ck_assert_int_eq(store_begin(new, &err), ERR_OK);
	ck_assert_int_eq(insert(new, "a"), ERR_OK);
	ck_assert_int_eq(store_commit(new, &err), ERR_OK);
	store_close(&old);
	store_close(&new);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 1);
}
END_TEST

START_TEST(failed_migration_leaves_the_version_before)
{
	struct store *store = opened(true, schema1);

	store_close(&store);
	ck_assert_int_ne(open_fails(false, APP_ID, schema_broken), ERR_OK);
	ck_assert_int_eq(plain("PRAGMA user_version"), 1);
	ck_assert_int_eq(
	    plain("SELECT count(*) FROM sqlite_schema WHERE name='half'"), 0);
}
END_TEST

START_TEST(failed_creation_leaves_no_file)
{
	ck_assert_int_ne(open_fails(true, APP_ID, schema_broken), ERR_OK);
	ck_assert(!file_exists(path));
}
END_TEST

START_TEST(second_writer_is_told_at_once)
{
	struct store *one = opened(true, schema1);
	struct store *two = opened(false, schema1);

	ck_assert_int_eq(store_begin(one, &err), ERR_OK);
	ck_assert_int_eq(insert(one, "a"), ERR_OK);
	ck_assert_int_eq(store_begin(two, &err), ERR_BUSY);
	ck_assert_int_eq(store_commit(one, &err), ERR_OK);
	ck_assert_int_eq(store_begin(two, &err), ERR_OK);
	store_rollback(two);
	store_rollback(two); /* harmless */
	store_close(&one);
	store_close(&two);
}
END_TEST

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *
end_soon(void *one)
{
	usleep(30000);
	store_rollback(one);
	return NULL;
}

START_TEST(who_has_time_waits_for_the_other_writer)
{
	struct store *one = opened(true, schema1);
	struct store *two = opened(false, schema1);
	int64_t begun = now_ms();
	pthread_t thread;

	ck_assert_int_eq(store_begin(one, &err), ERR_OK);
	ck_assert_int_eq(store_begin_within(two, 60, &err), ERR_BUSY);
	ck_assert_int_ge(now_ms() - begun, 55);
	ck_assert_int_eq(pthread_create(&thread, NULL, end_soon, one), 0);
	ck_assert_int_eq(store_begin_within(two, 10000, &err), ERR_OK);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	/* the next one is told at once again */
	ck_assert_int_eq(store_begin(one, &err), ERR_BUSY);
	store_rollback(two);
	store_close(&one);
	store_close(&two);
}
END_TEST

START_TEST(rollback_undoes_and_commit_keeps)
{
	struct store *store = opened(true, schema1);

	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	ck_assert_int_eq(insert(store, "gone"), ERR_OK);
	store_rollback(store);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 0);
	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	ck_assert_int_eq(insert(store, "kept"), ERR_OK);
	ck_assert_int_eq(store_last_id(store), 1);
	ck_assert_int_eq(store_changes(store), 1);
	ck_assert_int_eq(store_commit(store, &err), ERR_OK);
	store_close(&store);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 1);
}
END_TEST

static struct store_stamp
stamp_of(struct store *store)
{
	struct store_stamp stamp;

	ck_assert_int_eq(store_stamp(store, &stamp, &err), ERR_OK);
	return stamp;
}

START_TEST(a_stamp_tells_of_every_write_but_its_own_commit)
{
	struct store *store = opened(true, schema1), *other;
	struct store_stamp before, after;

	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	before = stamp_of(store);
	ck_assert_int_eq(insert(store, "one"), ERR_OK);
	after = stamp_of(store);
	ck_assert(!store_stamp_same(&before, &after));
	ck_assert_int_eq(store_commit(store, &err), ERR_OK);
	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	before = stamp_of(store);
	ck_assert(store_stamp_same(&before, &after));
	store_rollback(store);

	other = opened(false, schema1);
	ck_assert_int_eq(insert(other, "two"), ERR_OK);
	ck_assert_int_eq(store_begin(store, &err), ERR_OK);
	after = stamp_of(store);
	ck_assert(!store_stamp_same(&before, &after));
	store_rollback(store);
	store_close(&other);
	store_close(&store);
}
END_TEST

START_TEST(death_inside_a_transaction_leaves_nothing)
{
	struct store *store = opened(true, schema1);
	pid_t child;
	int status;

	store_close(&store);
	if ((child = fork()) == 0) {
		store = opened(false, schema1);
		if (store_begin(store, &err) != ERR_OK ||
		    insert(store, "half") != ERR_OK)
			_exit(1);
		_exit(0); /* neither commit nor close */
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	store = opened(false, schema1);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 0);
	store_close(&store);
}
END_TEST

START_TEST(values_come_back_and_absent_is_empty)
{
	static const uint8_t blob[] = { 0, 1, 0, 0xff };
	struct store *store = opened(true, schema1);
	struct bytes got = { 0 };
	sqlite3_stmt *s = store_prepare(store,
	    "INSERT INTO t (name, data) VALUES (?2, ?1), (NULL, ?3)", &err);
	enum err rc;

	store_bind_blob(s, 1, blob, sizeof(blob));
	store_bind_text(s, 2, "o'Ña");
	store_bind_blob(s, 3, NULL, 0);
	ck_assert_int_eq(store_run(store, s, &err), ERR_OK);
	s = store_prepare(store,
	    "SELECT id, name, data, data IS NULL FROM t ORDER BY id", &err);
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_int_eq(store_int(s, 0), 1);
	ck_assert_str_eq(store_text(s, 1), "o'Ña");
	store_blob(s, 2, &got);
	ck_assert_mem_eq(got.at, blob, sizeof(blob));
	ck_assert(store_step(store, s, &rc, &err));
	ck_assert_str_eq(store_text(s, 1), "");
	ck_assert_int_eq(store_int(s, 3), 0);
	ck_assert(!store_step(store, s, &rc, &err));
	ck_assert_int_eq(rc, ERR_OK);
	bytes_free(&got);
	store_close(&store);
}
END_TEST

START_TEST(cached_statement_forgets_its_bindings)
{
	struct store *store = opened(true, schema1);
	static const char sql[] = "INSERT INTO t (name) VALUES (?1)";
	sqlite3_stmt *first = store_prepare(store, sql, &err);
	sqlite3_stmt *again;
	int i;

	store_bind_text(first, 1, "a");
	ck_assert_int_eq(store_run(store, first, &err), ERR_OK);
	again = store_prepare(store, sql, &err);
	ck_assert_ptr_eq(again, first);
	ck_assert_int_eq(store_run(store, again, &err), ERR_OK);
	ck_assert_int_eq(plain("SELECT count(*) FROM t WHERE name IS NULL"), 1);
	for (i = 0; i < 40; i++) { /* more than the first room of the cache */
		char other[64];

		snprintf(other, sizeof(other), "SELECT %d FROM t", i);
		ck_assert_ptr_nonnull(store_prepare(store, other, &err));
	}
	ck_assert_ptr_eq(store_prepare(store, sql, &err), first);
	store_close(&store);
}
END_TEST

START_TEST(constraint_is_its_own_code_and_tells_no_value)
{
	struct store *store = opened(true, schema2);

	ck_assert_int_eq(insert(store, "Inventada"), ERR_OK);
	ck_assert_int_eq(insert(store, "Inventada"), ERR_EXISTS);
	ck_assert_ptr_null(strstr(err.text, "Inventada"));
	ck_assert_int_eq(
	    store_run(store,
		store_prepare(store, "INSERT INTO u (t) VALUES (99)", &err),
		&err),
	    ERR_EXISTS);
	store_close(&store);
}
END_TEST

START_TEST(failed_bind_never_stores_null)
{
	struct store *store = opened(true, schema1);
	sqlite3_stmt *s =
	    store_prepare(store, "INSERT INTO t (name) VALUES (?1)", &err);

	store_bind_text(s, 7, "no such place");
	ck_assert_int_eq(store_run(store, s, &err), ERR_LIMIT);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 0);
	store_close(&store);
}
END_TEST

START_TEST(bad_sql_is_an_error_not_a_crash)
{
	struct store *store = opened(true, schema1);
	sqlite3_stmt *s = store_prepare(store, "SELECT nothing FROM t", &err);
	enum err rc = ERR_OK;

	ck_assert_ptr_null(s);
	store_bind_int(s, 1, 5);
	ck_assert(!store_step(store, s, &rc, &err));
	ck_assert_int_ne(rc, ERR_OK);
	ck_assert_ptr_nonnull(strstr(err.text, "not those that Sello made"));
	store_close(&store);
	store_close(&store);
}
END_TEST

/* A connection that must read the tables' names again before it can prepare
 * anything, while another has the file for itself. */
static sqlite3 *
lock_out(struct store *store)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_exec(store_handle(store),
			     "PRAGMA journal_mode=DELETE;"
			     "BEGIN; CREATE TABLE forget (me); ROLLBACK",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(store_handle(store), 0);
	ck_assert_int_eq(
	    sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	return db;
}

START_TEST(a_prepare_that_fails_says_how)
{
	struct store *store = opened(true, schema1);
	sqlite3 *other = lock_out(store);
	bool found = true;
	sqlite3_stmt *s;

	s = store_prepare(store, "SELECT name FROM t WHERE id = ?1", &err);
	ck_assert_ptr_null(s);
	store_bind_int(s, 1, 1);
	ck_assert_int_eq(row_next(store, s, "t", &found, &err), ERR_BUSY);
	ck_assert(!found && store_is_passing(ERR_BUSY));
	ck_assert_ptr_nonnull(strstr(err.text, "try again"));
	ck_assert_int_eq(insert(store, "a"), ERR_BUSY);
	sqlite3_close(other);
	ck_assert_int_eq(insert(store, "a"), ERR_OK);
	/* what came of another call in between is not it */
	s = store_prepare(store, "SELECT nothing FROM t", &err);
	sqlite3_exec(store_handle(store), "SELECT 1", NULL, NULL, NULL);
	ck_assert_int_eq(store_run(store, s, &err), ERR_DATA);
	ck_assert(!store_is_passing(ERR_DATA));
	store_close(&store);
}
END_TEST

/* A backup or a copy that somebody else prepared. */
START_TEST(triggers_and_views_of_a_file_do_nothing)
{
	struct store *store = opened(true, schema1);

	store_close(&store);
	plain("CREATE TRIGGER evil AFTER INSERT ON t BEGIN DELETE FROM t; END");
	plain("CREATE VIEW v AS SELECT 1 AS one");
	store = opened(false, schema1);
	ck_assert_int_eq(insert(store, "stays"), ERR_OK);
	ck_assert_int_eq(plain("SELECT count(*) FROM t"), 1);
	ck_assert_ptr_null(store_prepare(store, "SELECT one FROM v", &err));
	store_close(&store);
}
END_TEST

START_TEST(no_row_is_told_from_a_failed_look)
{
	struct store *store = opened(true, schema1);
	sqlite3_stmt *s;
	bool found = true;
	int64_t number = 7;

	s = store_prepare(store, "SELECT name FROM t", &err);
	ck_assert_int_eq(row_next(store, s, "t", &found, &err), ERR_OK);
	ck_assert(!found);
	s = store_prepare(store, "SELECT name FROM gone", &err);
	ck_assert_int_ne(row_next(store, s, "t", &found, &err), ERR_OK);
	ck_assert(!found);
	s = store_prepare(store, "SELECT max(id) FROM t", &err);
	ck_assert_int_eq(row_number(store, s, &number, &err), ERR_DATA);
	ck_assert_int_eq(number, 7);
	store_close(&store);
}
END_TEST

START_TEST(a_value_of_another_type_is_damage)
{
	struct store *store = opened(true, schema1);
	sqlite3_stmt *s;
	bool found = true;
	uint8_t blob[3];
	char text[3];

	s = store_prepare(store, "SELECT 1, 'ab', x'010203', NULL", &err);
	ck_assert_int_eq(row_next(store, s, "itbT", &found, &err), ERR_OK);
	ck_assert(found);
	ck_assert(row_blob(s, 2, blob, 3) && !row_blob(s, 2, blob, 2));
	ck_assert(row_text(s, 1, text, 3) && !row_text(s, 1, text, 2));
	row_done(s);
	ck_assert_int_eq(row_next(store, s, "itbt", &found, &err), ERR_DATA);
	ck_assert(!found);
	ck_assert_int_eq(row_next(store, s, "ttbI", &found, &err), ERR_DATA);
	ck_assert_int_eq(row_next(store, s, "itb", &found, &err), ERR_DATA);
	store_close(&store);
}
END_TEST

/* What stands beside a database on a disk that cannot be written. */
static const struct {
	const char *suffix, *bytes;
	size_t len;
	enum err want;
} beside[] = {
	{ "-wal", "", 0, ERR_OK },
	{ "-wal", "\x37\x7f\x06\x82", 4, ERR_CONFIG },
	{ "-wal", "\x37", 1, ERR_CONFIG },
	{ "-journal", "\xd9\xd5\x05\xf9", 4, ERR_CONFIG },
	{ "-journal", "", 0, ERR_OK },
	{ "-journal", "\0\0\0\0", 4, ERR_OK },
};

START_TEST(reads_no_file_without_what_stands_beside_it)
{
	struct store *store = opened(true, schema1);
	char name[128];

	store_close(&store);
	snprintf(name, sizeof(name), "%s%s", path, beside[_i].suffix);
	ck_assert_int_eq(
	    file_write(name, 0600, beside[_i].bytes, beside[_i].len, &err),
	    ERR_OK);
	ck_assert_int_eq(
	    store_open_readonly(path, APP_ID, schema1, &store, &err),
	    beside[_i].want);
	ck_assert_msg(beside[_i].want == ERR_OK || strstr(err.text, name), "%s",
	    err.text);
	store_close(&store);
}
END_TEST

START_TEST(finds_a_damaged_page)
{
	struct store *store = opened(true, schema1);
	FILE *file;

	ck_assert_int_eq(insert(store, "one"), ERR_OK);
	ck_assert_int_eq(store_check(store, &err), ERR_OK);
	store_close(&store);
	file = fopen(path, "r+");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fseek(file, 4096, SEEK_SET), 0);
	ck_assert_uint_eq(fwrite("\0\0\0\0\0\0\0\0", 1, 8, file), 8);
	fclose(file);
	store = opened(false, schema1);
	ck_assert_int_eq(store_check(store, &err), ERR_DATA);
	store_close(&store);
}
END_TEST

START_TEST(says_why_it_could_not_write)
{
	struct store *store = opened(true, schema1);
	enum err rc = ERR_OK;
	char name[64];
	int i;

	ck_assert_str_eq(store_unwritten(store), "");
	store_run(
	    store, store_prepare(store, "PRAGMA max_page_count=4", &err), &err);
	for (i = 0; i < 10000 && rc == ERR_OK; i++) {
		snprintf(name, sizeof(name), "name %d takes some room", i);
		rc = insert(store, name);
	}
	ck_assert_int_eq(rc, ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "disk is full"));
	ck_assert_ptr_nonnull(strstr(store_unwritten(store), "is full"));
	store_close(&store);
}
END_TEST

/* Of a program that has it open, or was ended before it had flushed. */
START_TEST(a_log_that_is_found_is_flushed)
{
	struct store *first = opened(true, schema1), *second = NULL;

	ck_assert_int_eq(store_begin(first, &err), ERR_OK);
	ck_assert_int_eq(insert(first, "one"), ERR_OK);
	ck_assert_int_eq(store_commit(first, &err), ERR_OK);
	cut_disk_fails(true);
	ck_assert_int_eq(
	    store_open(path, false, APP_ID, schema1, &second, &err), ERR_IO);
	ck_assert_int_eq(store_flush(first, &err), ERR_IO);
	cut_disk_fails(false);
	ck_assert_int_eq(store_flush(first, &err), ERR_OK);
	second = opened(false, schema1);
	store_close(&second);
	store_close(&first);
	/* where none is left nothing is to be flushed */
	cut_disk_fails(true);
	second = opened(false, schema1);
	cut_disk_fails(false);
	store_close(&second);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("store");
	TCase *t = tcase_create("store");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, creates_private_database_with_settings);
	tcase_add_test(t, never_takes_a_missing_database_for_a_new_one);
	tcase_add_test(t, never_creates_over_an_existing_one);
	tcase_add_test(t, goes_on_with_a_creation_that_was_cut_short);
	tcase_add_test(t, refuses_a_database_of_another_program);
	tcase_add_test(t, refuses_a_file_that_is_no_database);
	tcase_add_test(t, migrates_and_refuses_a_newer_one);
	tcase_add_test(t, refuses_versions_that_are_dropped);
	tcase_add_test(t, who_was_open_while_another_migrated_writes_nothing);
	tcase_add_test(t, failed_migration_leaves_the_version_before);
	tcase_add_test(t, failed_creation_leaves_no_file);
	tcase_add_test(t, second_writer_is_told_at_once);
	tcase_add_test(t, who_has_time_waits_for_the_other_writer);
	tcase_add_test(t, rollback_undoes_and_commit_keeps);
	tcase_add_test(t, a_stamp_tells_of_every_write_but_its_own_commit);
	tcase_add_test(t, death_inside_a_transaction_leaves_nothing);
	tcase_add_test(t, values_come_back_and_absent_is_empty);
	tcase_add_test(t, cached_statement_forgets_its_bindings);
	tcase_add_test(t, constraint_is_its_own_code_and_tells_no_value);
	tcase_add_test(t, failed_bind_never_stores_null);
	tcase_add_test(t, bad_sql_is_an_error_not_a_crash);
	tcase_add_test(t, a_prepare_that_fails_says_how);
	tcase_add_test(t, triggers_and_views_of_a_file_do_nothing);
	tcase_add_test(t, no_row_is_told_from_a_failed_look);
	tcase_add_test(t, a_value_of_another_type_is_damage);
	tcase_add_loop_test(t, reads_no_file_without_what_stands_beside_it, 0,
	    (int)(sizeof(beside) / sizeof(beside[0])));
	tcase_add_test(t, a_log_that_is_found_is_flushed);
	tcase_add_test(t, finds_a_damaged_page);
	tcase_add_test(t, says_why_it_could_not_write);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
