#include "base/folder_names.h"

#include "base/file.h"
#include "tests/check_main.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[128];
static struct errtext err;

/* readdir() fails after so many; -1: never. It stands before the C library's. */
static int good_reads = -1;

struct dirent *
readdir(DIR *d)
{
	static struct dirent *(*real)(DIR *);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "readdir");
	if (good_reads == 0) {
		errno = EIO;
		return NULL;
	}
	good_reads -= good_reads > 0;
	return real(d);
}

static void
make(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	ck_assert_int_eq(file_write(path, 0600, "x", 1, &err), ERR_OK);
}

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-names-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	good_reads = -1;
	make("one");
	make("two");
	make(".hidden");
}

static void
teardown(void)
{
	char command[128];

	good_reads = -1;
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

struct seen {
	unsigned count, enough;
};

static bool
count(void *arg, const char *name)
{
	struct seen *seen = arg;

	ck_assert(strcmp(name, "one") == 0 || strcmp(name, "two") == 0);
	return ++seen->count != seen->enough;
}

START_TEST(all_and_enough)
{
	struct seen seen = { 0 };

	ck_assert_int_eq(folder_names(dir, count, &seen, &err), ERR_OK);
	ck_assert_uint_eq(seen.count, 2);
	seen = (struct seen){ .enough = 1 };
	ck_assert_int_eq(folder_names(dir, count, &seen, &err), ERR_OK);
	ck_assert_uint_eq(seen.count, 1);
}
END_TEST

START_TEST(none)
{
	struct seen seen = { 0 };

	make("one");
	ck_assert_int_eq(folder_names(path, count, &seen, &err), ERR_NOT_FOUND);
	ck_assert_int_eq(
	    folder_names("/nowhere", count, &seen, &err), ERR_NOT_FOUND);
	ck_assert_uint_eq(seen.count, 0);
}
END_TEST

/* A link in a circle is no folder that is not there. */
START_TEST(one_that_cannot_be_opened)
{
	struct seen seen = { 0 };

	snprintf(path, sizeof(path), "%s/circle", dir);
	ck_assert_int_eq(symlink("circle", path), 0);
	ck_assert_int_eq(folder_names(path, count, &seen, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "cannot be opened"));
}
END_TEST

/* Wherever it breaks off: five entries, with "." and "..". */
START_TEST(one_that_cannot_be_read)
{
	for (int n = 0; n < 5; n++) {
		struct seen seen = { 0 };

		good_reads = n;
		ck_assert_int_eq(folder_names(dir, count, &seen, &err), ERR_IO);
		ck_assert_ptr_nonnull(strstr(err.text, "cannot be read"));
	}
}
END_TEST

START_TEST(empty)
{
	ck_assert(!folder_is_empty(dir)); /* it has files */
	snprintf(path, sizeof(path), "%s/inner", dir);
	ck_assert(!folder_is_empty(path)); /* there is none */
	ck_assert_int_eq(mkdir(path, 0755), 0);
	ck_assert(folder_is_empty(path));
	for (int n = 0; n < 3; n++) {
		good_reads = n; /* nobody can look further */
		ck_assert(!folder_is_empty(path));
	}
	good_reads = -1;
	snprintf(path, sizeof(path), "%s/inner/.hidden", dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	snprintf(path, sizeof(path), "%s/inner", dir);
	ck_assert(!folder_is_empty(path));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("folder_names");
	TCase *t = tcase_create("folder_names");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_and_enough);
	tcase_add_test(t, none);
	tcase_add_test(t, one_that_cannot_be_opened);
	tcase_add_test(t, one_that_cannot_be_read);
	tcase_add_test(t, empty);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
