/* test_process.c - signals and standard descriptors: base/process.h. */
#include "base/process.h"

#include "tests/check_main.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child of its own ends with; a signal is 255. */
static int
in_child(int (*body)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(body());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int
write_unread(void)
{
	int ends[2];

	process_init();
	if (pipe(ends) != 0 || process_reader_gone(ends[1]))
		return 1;
	close(ends[0]);
	if (write(ends[1], "x", 1) >= 0 || errno != EPIPE)
		return 2;
	return process_reader_gone(ends[1]) ? 0 : 3;
}

START_TEST(a_closed_pipe_is_an_error)
{
	ck_assert_int_eq(in_child(write_unread), 0);
}
END_TEST

static int
write_too_much(void)
{
	const struct rlimit none = { 0, 0 };
	FILE *file = tmpfile();

	process_init();
	if (file == NULL || setrlimit(RLIMIT_FSIZE, &none) != 0)
		return 1;
	return write(fileno(file), "x", 1) < 0 && errno == EFBIG ? 0 : 2;
}

START_TEST(a_limit_on_files_is_an_error)
{
	ck_assert_int_eq(in_child(write_too_much), 0);
}
END_TEST

static int
open_with_all_closed(void)
{
	char byte;
	int fd;

	for (fd = 0; fd <= 2; fd++)
		close(fd);
	process_init();
	if (write(1, "x", 1) >= 0 || write(2, "x", 1) >= 0 ||
	    read(0, &byte, 1) >= 0)
		return 1;
	return open("/dev/null", O_RDWR) > 2 ? 0 : 2;
}

START_TEST(no_file_becomes_standard_output)
{
	ck_assert_int_eq(in_child(open_with_all_closed), 0);
}
END_TEST

START_TEST(a_file_or_full_device_has_no_reader_to_go)
{
	int full = open("/dev/full", O_WRONLY);

	ck_assert(!process_reader_gone(full));
	ck_assert(!process_reader_gone(-1));
	close(full);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("process");
	TCase *t = tcase_create("process");

	tcase_add_test(t, a_closed_pipe_is_an_error);
	tcase_add_test(t, a_limit_on_files_is_an_error);
	tcase_add_test(t, no_file_becomes_standard_output);
	tcase_add_test(t, a_file_or_full_device_has_no_reader_to_go);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
