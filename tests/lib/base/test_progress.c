#include "base/progress.h"

#include "base/bytes.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ERASE "\r\033[K"

/* Half a second of work, a step each 10 ms. */
static void
work(size_t total)
{
	struct progress p;

	progress_start(&p, "Reading", total);
	for (size_t i = 1; i <= 50; i++) {
		usleep(10000);
		progress_step(&p, i);
	}
	progress_end(&p);
}

/* What the work shows on a terminal of that kind. */
static void
watch(const char *term, size_t total, bool short_work, struct bytes *seen)
{
	char chunk[4096];
	int master, status;
	ssize_t got;
	pid_t child = forkpty(&master, NULL, NULL, NULL);

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct progress p;

		setenv("TERM", term, 1);
		if (short_work) {
			progress_start(&p, "Reading", 2);
			progress_step(&p, 1);
			progress_end(&p);
		} else
			work(total);
		fputs("|", stderr);
		_exit(0);
	}
	/* the other end closing is an error on Linux, not an end */
	while ((got = read(master, chunk, sizeof(chunk))) > 0)
		bytes_add(seen, chunk, (size_t)got);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	close(master);
	bytes_add_text(seen, "");
}

static int
count(const char *text, const char *part)
{
	int n = 0;

	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		n++;
	}
	return n;
}

START_TEST(moves_on_a_terminal_and_clears_its_line)
{
	struct bytes seen = { 0 };
	const char *text, *tail = ERASE "|";
	struct timespec begin, end;
	int drawn;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	watch("xterm", 50, false, &seen);
	clock_gettime(CLOCK_MONOTONIC, &end);
	text = (char *)seen.at;
	drawn = count(text, "Reading ");
	/* ten a second, however long a busy machine took */
	ck_assert_int_ge(drawn, 2);
	ck_assert_int_le(drawn, 10 * (end.tv_sec - begin.tv_sec + 1));
	ck_assert_int_eq(count(text, ERASE), drawn + 1);
	ck_assert_int_eq(count(text, " of 50 ("), drawn);
	ck_assert_int_eq(count(text, " %)"), drawn);
	ck_assert_int_eq(count(text, "\n"), 0);
	ck_assert_uint_gt(seen.len, strlen(tail));
	ck_assert_str_eq(text + seen.len - strlen(tail), tail);
	bytes_free(&seen);
}
END_TEST

START_TEST(unknown_total_only_counts)
{
	struct bytes seen = { 0 };

	watch("xterm", 0, false, &seen);
	ck_assert_int_ge(count((char *)seen.at, ERASE "Reading "), 2);
	ck_assert_int_eq(count((char *)seen.at, "%"), 0);
	bytes_free(&seen);
}
END_TEST

START_TEST(short_work_shows_nothing)
{
	struct bytes seen = { 0 };

	watch("xterm", 0, true, &seen);
	ck_assert_str_eq((char *)seen.at, "|");
	bytes_free(&seen);
}
END_TEST

START_TEST(dumb_terminals_see_nothing)
{
	struct bytes seen = { 0 };

	watch("dumb", 50, false, &seen);
	ck_assert_str_eq((char *)seen.at, "|");
	bytes_free(&seen);
}
END_TEST

START_TEST(a_pipe_sees_nothing)
{
	struct bytes seen = { 0 };

	run_folder();
	setenv("TERM", "xterm", 1);
	ck_assert_ptr_nonnull(freopen("err", "w", stderr));
	work(50);
	fflush(stderr);
	run_get("err", &seen);
	ck_assert_uint_eq(seen.len, 0);
	run_leave();
	bytes_free(&seen);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("progress");
	TCase *t = tcase_create("progress");

	tcase_add_test(t, moves_on_a_terminal_and_clears_its_line);
	tcase_add_test(t, unknown_total_only_counts);
	tcase_add_test(t, short_work_shows_nothing);
	tcase_add_test(t, dumb_terminals_see_nothing);
	tcase_add_test(t, a_pipe_sees_nothing);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
