/*
 * Tests of verify/drafts.h.
 */
#include "verify/drafts.h"

#include "tests/check_main.h"

#include <string.h>

static struct drafts *drafts;

static void
setup(void)
{
	ck_assert_ptr_nonnull(drafts = drafts_new());
}

static void
teardown(void)
{
	drafts_free(&drafts);
}

/* Was this one there? It is from now on. */
static bool
was_there(uint32_t n, size_t at)
{
	uint8_t commitment[POST_LOG_HALF] = { 0 };
	bool before = false;

	memcpy(commitment + at, &n, sizeof(n));
	ck_assert_int_eq(drafts_add(drafts, commitment, &before, NULL), ERR_OK);
	return before;
}

START_TEST(each_is_new_once)
{
	uint32_t i;

	for (i = 1; i <= 5000; i++)
		ck_assert(!was_there(i, 0) && !was_there(i, 12));
	for (i = 1; i <= 5000; i++)
		ck_assert(was_there(i, 0) && was_there(i, 12));
	ck_assert(!was_there(5001, 0));
}
END_TEST

/* Whoever writes a log may choose it. */
START_TEST(one_of_zeros)
{
	ck_assert(!was_there(0, 0));
	ck_assert(was_there(0, 0));
	ck_assert(!was_there(1, 0));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("drafts");
	TCase *t = tcase_create("drafts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_is_new_once);
	tcase_add_test(t, one_of_zeros);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
