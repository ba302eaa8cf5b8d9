#include "base/memory.h"

#include "base/err.h"

#include "tests/check_main.h"
#include "tests/sanitized.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

START_TEST(nothing_lacks)
{
	struct errtext err = { 0 };

	ck_assert(!memory_ran_out());
	ck_assert_int_eq(err_set(&err, ERR_DATA, "wrong"), ERR_DATA);
	ck_assert_str_eq(err.text, "wrong");
}
END_TEST

#ifndef SANITIZED
/* More than an address space has, and not so much that it would be a fault. */
static bool
is_refused(void)
{
	size_t volatile much = SIZE_MAX / 8;
	void *at = malloc(much);
	bool refused = at == NULL;

	free(at);
	return refused;
}

START_TEST(a_size_that_is_a_fault_is_no_lack)
{
	size_t volatile much = SIZE_MAX / 2;

	ck_assert_ptr_null(malloc(much));
	ck_assert(!memory_ran_out());
}
END_TEST

START_TEST(what_was_judged_without_memory_is_no_judgement)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(err_set(&err, ERR_SIGNATURE, "wrong"), ERR_SIGNATURE);
	ck_assert(!memory_ran_out());
	ck_assert(is_refused());
	ck_assert(memory_ran_out());
	for (int code = ERR_CONFIG; code <= ERR_STALE; code++) {
		ck_assert_int_eq(
		    err_set(&err, (enum err)code, "wrong"), ERR_MEMORY);
		ck_assert_str_eq(err.text, "out of memory");
		ck_assert_int_eq(
		    err_set(NULL, (enum err)code, "wrong"), ERR_MEMORY);
	}
}
END_TEST

/* What a disk or another program did is no judgement. */
START_TEST(what_others_did_stays)
{
	static const enum err stay[] = { ERR_OK, ERR_MEMORY, ERR_IO, ERR_EXISTS,
		ERR_BUSY, ERR_USAGE };
	struct errtext err = { 0 };

	ck_assert(is_refused());
	for (size_t i = 0; i < sizeof(stay) / sizeof(stay[0]); i++) {
		ck_assert_int_eq(err_set(&err, stay[i], "so"), stay[i]);
		ck_assert_str_eq(err.text, "so");
	}
}
END_TEST

#endif

static Suite *
suite(void)
{
	Suite *s = suite_create("memory");
	TCase *t = tcase_create("memory");

	tcase_add_test(t, nothing_lacks);
#ifndef SANITIZED /* its malloc() is nobody's to stand before */
	tcase_add_test(t, a_size_that_is_a_fault_is_no_lack);
	tcase_add_test(t, what_was_judged_without_memory_is_no_judgement);
	tcase_add_test(t, what_others_did_stays);
#endif
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
