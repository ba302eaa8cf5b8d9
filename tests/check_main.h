/*
 * check_main.h - the few lines every Check program shares.
 *
 * A test file defines `static Suite *suite(void)` and ends with
 * CHECK_MAIN(suite).
 */
#ifndef TESTS_CHECK_MAIN_H
#define TESTS_CHECK_MAIN_H

#include <check.h>
#include <stdlib.h>

#define CHECK_MAIN(make_suite)                                  \
	int main(void)                                          \
	{                                                       \
		SRunner *runner = srunner_create(make_suite()); \
		int failed;                                     \
                                                                \
		srunner_run_all(runner, CK_ENV);                \
		failed = srunner_ntests_failed(runner);         \
		srunner_free(runner);                           \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS;    \
	}                                                       \
	struct check_main_end

#endif
