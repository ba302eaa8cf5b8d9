/* test_private.c - who else may read or change a file: base/private.h. */
#include "base/private.h"

#include "tests/check_main.h"
#include "tests/support/run.h"

#include <sys/stat.h>
#include <unistd.h>

static void
assert_open(const char *path, const char *want)
{
	char *which = NULL;

	ck_assert_int_eq(private_look(path, &which), PRIVATE_OPEN);
	ck_assert_str_eq(which, want);
	free(which);
}

static void
assert_good(const char *path)
{
	char *which = NULL;

	ck_assert_int_eq(private_look(path, &which), PRIVATE_GOOD);
	ck_assert_ptr_null(which);
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
};

START_TEST(each_open_thing_is_found)
{
	make_home();
	ck_assert_int_eq(chmod(opened[_i].name, opened[_i].mode), 0);
	assert_open("home", opened[_i].name);
}
END_TEST

START_TEST(another_users_is_found)
{
	char *which = NULL;

	if (geteuid() != 0)
		return;
	make_home();
	ck_assert_int_eq(chown("home/a.key", 65534, 65534), 0);
	ck_assert_int_eq(private_look("home", &which), PRIVATE_FOREIGN);
	ck_assert_str_eq(which, "home/a.key");
	free(which);
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
	tcase_add_test(t, another_users_is_found);
	tcase_add_test(t, pipes_and_devices_are_not_its_affair);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
