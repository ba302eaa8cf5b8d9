/*
 * Sums of rows: what goes through the store fits, whatever it was; what does
 * not is found and stays found.
 */
#include "store/sums.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define APP_ID 0x53454c31u

static const char *const schema[] = {
	"CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, data BLOB) STRICT;"
	"CREATE TABLE b (x INTEGER, y TEXT, PRIMARY KEY (x, y)) STRICT,"
	" WITHOUT ROWID;"
	"INSERT INTO a VALUES (1, 'one', x'01'), (2, NULL, NULL);",
	SUMS_TABLE SUMS_BEGIN,
	NULL,
};

static char dir[64], path[80], found[256];
static struct store *store;

static void
reopen(bool create)
{
	struct errtext err = { 0 };

	store_close(&store);
	ck_assert_msg(
	    store_open(path, create, APP_ID, schema, &store, &err) == ERR_OK,
	    "%s", err.text);
	ck_assert_int_eq(sums_watch(store, &err), ERR_OK);
}

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-sums-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.db", dir);
	reopen(true);
}

static void
teardown(void)
{
	char command[128];

	store_close(&store);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void
note(void *arg, const char *table)
{
	(void)arg;
	strcat(found, table);
	strcat(found, " ");
}

static const char *
look(void)
{
	struct errtext err = { 0 };

	found[0] = '\0';
	ck_assert_msg(
	    sums_check(store, note, NULL, &err) == ERR_OK, "%s", err.text);
	return found;
}

static void
sql(const char *text)
{
	struct errtext err = { 0 };

	ck_assert_msg(
	    store_exec(store, text, &err) == ERR_OK, "%s: %s", text, err.text);
}

/* As any other program would. */
static void
by_hand(const char *text)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

START_TEST(what_the_store_does_fits)
{
	static const char *const done[] = {
		"SELECT 1",
		"INSERT INTO a VALUES (3, 'x', zeroblob(5000)), (4, '', x'')",
		"UPDATE a SET name = 'two' WHERE id = 2",
		"UPDATE a SET id = id + 10",
		"DELETE FROM a WHERE id = 1",
		"DELETE FROM a",
		"INSERT OR REPLACE INTO a VALUES (1, 'again', NULL)",
		"INSERT INTO a VALUES (1, 'z', NULL) ON CONFLICT (id)"
		" DO UPDATE SET name = 'z'",
		"INSERT OR IGNORE INTO a VALUES (1, 'z', NULL)",
		"BEGIN; DELETE FROM a; INSERT INTO b VALUES (1, 'y'); ROLLBACK",
		"BEGIN; SAVEPOINT s; DELETE FROM a; ROLLBACK TO s; COMMIT",
		"INSERT INTO b VALUES (1, 'y'), (2, 'y'); DELETE FROM b"
		" WHERE x = 1; UPDATE b SET y = 'yy'",
		"VACUUM",
	};

	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++) {
		sql(done[i]);
		ck_assert_msg(look()[0] == '\0', "%s: %s", done[i], found);
		if (i % 3 == 0)
			reopen(false);
	}
}
END_TEST

static const struct {
	const char *sql, *tables;
} bent[] = {
	{ "UPDATE a SET name = 'ome' WHERE id = 1", "a " },
	{ "UPDATE a SET name = '' WHERE id = 2", "a " }, /* it was NULL */
	{ "UPDATE a SET data = NULL WHERE id = 1", "a " },
	{ "UPDATE a SET id = 7 WHERE id = 1", "a " },
	{ "DELETE FROM a WHERE id = 2", "a " },
	{ "INSERT INTO a VALUES (3, NULL, NULL)", "a " },
	{ "INSERT INTO b VALUES (3, '')", "b " },
	{ "UPDATE row_sum SET sum = zeroblob(32) WHERE name = 'a'", "a " },
	{ "UPDATE row_sum SET sum = x'' WHERE name = 'a'", "a " },
	{ "DELETE FROM row_sum WHERE name = 'b'", "b " },
	{ "UPDATE row_sum SET name = 'c' WHERE name = 'b'", "b c " },
	{ "ALTER TABLE a ADD COLUMN more TEXT", "a " },
	{ "CREATE TABLE c (x)", "c " },
};

/* And what the store does afterwards does not mend it. */
START_TEST(what_others_do_is_found)
{
	by_hand(bent[_i].sql);
	reopen(false);
	ck_assert_str_eq(look(), bent[_i].tables);
	sql("UPDATE a SET name = 'new'; DELETE FROM a WHERE id = 1;"
	    "INSERT INTO b VALUES (9, 'b')");
	ck_assert_str_eq(look(), bent[_i].tables);
}
END_TEST

/* What a file brings cannot take its rows for good. */
START_TEST(only_a_migration_begins)
{
	by_hand("CREATE TABLE c (x);"
		"CREATE VIEW v AS SELECT sums_begin() AS x");
	reopen(false);
	ck_assert_int_ne(store_exec(store, "SELECT x FROM v", NULL), ERR_OK);
	ck_assert_str_eq(look(), "c ");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sums");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_the_store_does_fits);
	tcase_add_loop_test(t, what_others_do_is_found, 0,
	    (int)(sizeof(bent) / sizeof(bent[0])));
	tcase_add_test(t, only_a_migration_begins);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
