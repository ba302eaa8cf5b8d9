/* test_private.c - who else may read or change a file: base/private.h. */
#include "base/private.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
assert_found(const char *path, enum privacy what, const char *want)
{
	struct private_found found;

	private_look(path, &found);
	ck_assert_int_eq(found.what, what);
	if (want == NULL)
		ck_assert_ptr_null(found.path);
	else
		ck_assert_str_eq(found.path, want);
	private_clear(&found);
}

static void
assert_good(const char *path)
{
	assert_found(path, PRIVATE_GOOD, NULL);
}

static void
make_home(void)
{
	ck_assert_int_eq(mkdir("home", 0700), 0);
	run_put("home/a.key", "", 0);
	run_put("home/register.db", "", 0);
	run_put("home/head.guard", "", 0);
	run_put("home/root.crt", "", 0);
	ck_assert_int_eq(chmod("home/a.key", 0600), 0);
	ck_assert_int_eq(chmod("home/register.db", 0600), 0);
	ck_assert_int_eq(chmod("home/head.guard", 0400), 0);
	ck_assert_int_eq(chmod("home/root.crt", 0644), 0);
}

START_TEST(what_all_may_read_is_not_secret)
{
	make_home();
	assert_good("home");
	assert_good("home/a.key");
	assert_good("nowhere");
}
END_TEST

static const struct {
	const char *name;
	mode_t mode;
} opened[] = {
	{ "home", 0701 },
	{ "home", 0750 },
	{ "home/a.key", 0640 },
	{ "home/a.key", 0602 },
	{ "home/register.db", 0604 },
	{ "home/head.guard", 0420 },
	{ "home/root.crt", 0646 },
};

START_TEST(each_open_thing_is_found)
{
	make_home();
	ck_assert_int_eq(chmod(opened[_i].name, opened[_i].mode), 0);
	assert_found("home", PRIVATE_OPEN, opened[_i].name);
}
END_TEST

START_TEST(a_folder_without_secrets_is_no_home)
{
	ck_assert_int_eq(mkdir("empty", 0777), 0);
	ck_assert_int_eq(chmod("empty", 0777), 0);
	run_put("empty/root.crt", "", 0);
	assert_good("empty");
	run_put("empty/a.key", "", 0);
	assert_found("empty", PRIVATE_OPEN, "empty");
}
END_TEST

/* Where all may go in and write, but where only the owner of a file may remove
 * it, or where nobody comes by. */
START_TEST(a_home_that_can_be_taken_away)
{
	char *here = realpath(".", NULL);
	char above[512];

	ck_assert_int_eq(mkdir("above", 0700), 0);
	ck_assert_int_eq(chdir("above"), 0);
	make_home();
	snprintf(above, sizeof(above), "%s/above", here);
	free(here);
	ck_assert_int_eq(chmod("../above", 0777), 0);
	assert_good("home"); /* the tests' own folder is private */
	ck_assert_int_eq(chmod("..", 0711), 0);
	assert_found("home", PRIVATE_MOVABLE, above);
	ck_assert_int_eq(chmod("../above", 01777), 0);
	assert_good("home");
	ck_assert_int_eq(chmod("..", 0700), 0);
	ck_assert_int_eq(chdir(".."), 0);
}
END_TEST

START_TEST(another_users_is_found)
{
	if (geteuid() != 0)
		return;
	make_home();
	ck_assert_int_eq(chown("home/root.crt", 65534, 65534), 0);
	assert_found("home", PRIVATE_FOREIGN, "home/root.crt");
	ck_assert_int_eq(chown("home/root.crt", 0, 0), 0);
	ck_assert_int_eq(chown("home", 65534, 65534), 0);
	assert_found("home", PRIVATE_FOREIGN, "home");
}
END_TEST

/* A counter that root set up, for whoever stands there. */
START_TEST(roots_may_be_shown)
{
	char here[512];

	if (geteuid() != 0)
		return;
	make_home();
	ck_assert_ptr_nonnull(getcwd(here, sizeof(here)));
	ck_assert_int_eq(chmod(here, 0755), 0);
	ck_assert_int_eq(chmod("home", 0755), 0);
	ck_assert_int_eq(seteuid(65534), 0);
	assert_found("home", PRIVATE_SHOWN, "home");
	ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(chmod("home", 0775), 0);
	ck_assert_int_eq(seteuid(65534), 0);
	assert_found("home", PRIVATE_OPEN, "home");
	ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(pipes_and_devices_are_not_its_affair)
{
	ck_assert_int_eq(mkfifo("pipe.key", 0666), 0);
	assert_good("pipe.key");
	assert_good("/dev/null");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("private");
	TCase *t = tcase_create("private");

	tcase_add_checked_fixture(t, run_folder, run_leave);
	tcase_add_test(t, what_all_may_read_is_not_secret);
	tcase_add_loop_test(t, each_open_thing_is_found, 0,
	    (int)(sizeof(opened) / sizeof(opened[0])));
	tcase_add_test(t, a_folder_without_secrets_is_no_home);
	tcase_add_test(t, a_home_that_can_be_taken_away);
	tcase_add_test(t, another_users_is_found);
	tcase_add_test(t, roots_may_be_shown);
	tcase_add_test(t, pipes_and_devices_are_not_its_affair);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
