/*
 * check_main.h - the few lines every Check program shares.
 *
 * A test file defines `static Suite *suite(void)` and ends with
 * CHECK_MAIN(suite): all cases run in this one process, which is watched for
 * leaks when it ends. A process for each costs a sixth of the time, and a third
 * under AddressSanitizer. CHECK_MAIN_APART(suite) takes it where a case ends
 * its process, gives its rights away, or leaves something to the next.
 * CK_FORK=yes and CK_FORK=no in the environment say it for all.
 */
#ifndef TESTS_CHECK_MAIN_H
#define TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

#define CHECK_MAIN_AS(make_suite, fork)                         \
	int main(void)                                          \
	{                                                       \
		SRunner *runner = srunner_create(make_suite()); \
		int failed;                                     \
                                                                \
		if (getenv("CK_FORK") == NULL)                  \
			srunner_set_fork_status(runner, fork);  \
		srunner_run_all(runner, CK_ENV);                \
		failed = srunner_ntests_failed(runner);         \
		srunner_free(runner);                           \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS;    \
	}                                                       \
	struct check_main_end
#define CHECK_MAIN(make_suite)       CHECK_MAIN_AS(make_suite, CK_NOFORK)
#define CHECK_MAIN_APART(make_suite) CHECK_MAIN_AS(make_suite, CK_FORK)

#endif
