/*
 * test_beside.c - base/beside.h: all work is done when the wait is over, its
 * first fault comes back, and nothing of it is left for the next wait.
 */
#include "base/beside.h"

#include "base/process.h"
#include "tests/check_main.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define MANY 200

static atomic_uint ran, freed;

struct number {
	struct beside_work work;
	unsigned value;
	unsigned bad; /* the value that fails */
};

static enum err
run(struct beside_work *work, struct errtext *err)
{
	const struct number *number = (const struct number *)work;

	atomic_fetch_add(&ran, 1);
	return number->value == number->bad
	    ? err_set(err, ERR_DATA, "number %u", number->value)
	    : ERR_OK;
}

static void
release(struct beside_work *work)
{
	atomic_fetch_add(&freed, 1);
	free(work);
}

static void
add(struct beside *beside, unsigned value, unsigned bad)
{
	struct number *number = malloc(sizeof(*number));

	ck_assert_ptr_nonnull(number);
	*number = (struct number){ { run, release, NULL }, value, bad };
	beside_add(beside, &number->work);
}

static void
add_many(struct beside *beside, unsigned bad)
{
	ran = freed = 0;
	for (unsigned i = 0; i < MANY; i++)
		add(beside, i, bad);
}

START_TEST(does_all)
{
	struct beside *beside = beside_new(NULL);

	ck_assert_ptr_nonnull(beside);
	for (int round = 0; round < 20; round++) {
		add_many(beside, MANY);
		ck_assert_int_eq(beside_wait(beside, NULL), ERR_OK);
		ck_assert_uint_eq(ran, MANY);
		ck_assert_uint_eq(freed, MANY);
	}
	ck_assert_int_eq(beside_wait(beside, NULL), ERR_OK);
	beside_free(&beside);
	ck_assert_ptr_null(beside);
	beside_free(&beside);
}
END_TEST

/* A signal that is held is held for the whole program: no thread takes it. */
START_TEST(takes_no_signal)
{
	struct beside *beside = beside_new(NULL);
	sigset_t before, waiting;

	ck_assert_ptr_nonnull(beside);
	signal(SIGTERM, SIG_DFL);
	process_hold(&before);
	kill(getpid(), SIGTERM);
	add_many(beside, MANY);
	ck_assert_int_eq(beside_wait(beside, NULL), ERR_OK);
	sigpending(&waiting);
	ck_assert_int_eq(sigismember(&waiting, SIGTERM), 1);
	beside_free(&beside);
	signal(SIGTERM, SIG_IGN); /* which drops it */
	process_let(&before);
	signal(SIGTERM, SIG_DFL);
}
END_TEST

START_TEST(tells_a_fault_once)
{
	struct beside *beside = beside_new(NULL);
	struct errtext err = { 0 };

	add_many(beside, MANY / 2);
	ck_assert_int_eq(beside_wait(beside, &err), ERR_DATA);
	ck_assert_str_eq(err.text, "number 100");
	ck_assert_uint_eq(freed, MANY);
	add_many(beside, MANY);
	ck_assert_int_eq(beside_wait(beside, &err), ERR_OK);
	ck_assert_uint_eq(ran, MANY);
	beside_free(&beside);
}
END_TEST

START_TEST(waits_before_it_ends)
{
	struct beside *beside = beside_new(NULL);

	add_many(beside, 0);
	beside_free(&beside);
	ck_assert_uint_eq(freed, MANY);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("beside");
	TCase *t = tcase_create("beside");

	tcase_add_test(t, does_all);
	tcase_add_test(t, takes_no_signal);
	tcase_add_test(t, tells_a_fault_once);
	tcase_add_test(t, waits_before_it_ends);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
