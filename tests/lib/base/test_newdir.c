#include "base/file.h"
#include "base/newdir.h"

#include "tests/check_main.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[32];

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void
teardown(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void
put(const struct newdir *newdir, const char *name)
{
	char *path = file_join(newdir->dir, name);

	ck_assert_int_eq(file_write_new(path, 0600, "x", 1, NULL), ERR_OK);
	free(path);
}

/* How many names are in the folder? */
static int
names(void)
{
	DIR *d = opendir(dir);
	int n = -2; /* "." and ".." */

	ck_assert_ptr_nonnull(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static const char *const places[] = { "new", "new/", "a/b/new" };

START_TEST(is_there_when_it_is_finished)
{
	struct newdir newdir = { 0 };
	char *path = file_join(dir, places[_i]);
	char *file = file_join(path, "file");

	ck_assert(newdir_is_free(path));
	ck_assert_int_eq(newdir_begin(path, &newdir, NULL), ERR_OK);
	put(&newdir, "file");
	ck_assert(newdir_is_free(path));
	ck_assert_int_eq(newdir_finish(&newdir, NULL), ERR_OK);
	newdir_free(&newdir);
	ck_assert(file_exists(file));
	ck_assert_int_eq(names(), 1);
	free(file);
	free(path);
}
END_TEST

START_TEST(of_one_that_is_not_finished_nothing_stays)
{
	struct newdir newdir = { 0 };
	char *path = file_join(dir, "new");

	ck_assert_int_eq(newdir_begin(path, &newdir, NULL), ERR_OK);
	put(&newdir, "file");
	newdir_free(&newdir);
	ck_assert_int_eq(names(), 0);
	free(path);
}
END_TEST

/* An empty folder is no hindrance; one that somebody filled is, at any time. */
START_TEST(nothing_is_replaced)
{
	struct newdir newdir = { 0 }, late = { 0 };
	struct newdir there = { .dir = file_join(dir, "new") };

	ck_assert_int_eq(file_mkdir(there.dir, 0700, NULL), ERR_OK);
	ck_assert_int_eq(newdir_begin(there.dir, &newdir, NULL), ERR_OK);
	put(&newdir, "mine");
	put(&there, "other");
	ck_assert(!newdir_is_free(there.dir));
	ck_assert_int_eq(newdir_finish(&newdir, NULL), ERR_EXISTS);
	newdir_free(&newdir);
	ck_assert_int_eq(newdir_begin(there.dir, &late, NULL), ERR_EXISTS);
	newdir_free(&late);
	ck_assert_int_eq(names(), 1);
	free(there.dir);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("newdir");
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, is_there_when_it_is_finished, 0,
	    sizeof(places) / sizeof(places[0]));
	tcase_add_test(tc, of_one_that_is_not_finished_nothing_stays);
	tcase_add_test(tc, nothing_is_replaced);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
