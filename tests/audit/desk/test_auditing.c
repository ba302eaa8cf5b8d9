/*
 * test_auditing.c - audit/desk/auditing.h: an audit for each language, kept
 * until "check again"; what cannot begin says so; and an end at any moment.
 */
#include "audit/desk/auditing.h"
#include "tests/audit/trial.h"
#include "tests/check_main.h"

#include <unistd.h>

static void
publish(struct trial *t)
{
	trial_begin(t);
	trial_issue(t, 1, 10);
	trial_publish(t, "pub");
	t->sources[0] = "pub";
	t->options.source_count = 1;
	t->options.now = t->now;
}

static void
open_it(struct trial *t, struct auditing *a)
{
	*a = (struct auditing){ .running = false };
	i18n_set("en");
	ck_assert_int_eq(auditing_open(&t->options, a, &t->err), ERR_OK);
}

static const struct audited *
wait_for(struct auditing *a)
{
	const struct audited *audited;

	while ((audited = auditing_look(a)) == NULL)
		continue;
	return audited;
}

START_TEST(an_audit_is_kept_until_again)
{
	struct trial t;
	struct auditing a;
	const struct audited *first;

	publish(&t);
	open_it(&t, &a);
	first = wait_for(&a);
	ck_assert_int_eq(first->rc, ERR_OK);
	ck_assert_uint_eq(first->audit.centers[0].stats.letters, 10);
	/* what happens to the folder meanwhile is for the next one */
	ck_assert_int_eq(run("mv pub away", NULL), 0);
	ck_assert_ptr_eq(wait_for(&a), first);
	ck_assert_uint_eq(first->audit.centers[0].stats.letters, 10);
	ck_assert(auditing_again(&a));
	ck_assert_uint_eq(findings_of_code(&wait_for(&a)->audit.findings,
			      FINDING_UNCHECKED) > 0,
	    true);
	auditing_close(&a);
	trial_end(&t);
}
END_TEST

START_TEST(another_language_is_another_audit)
{
	struct trial t;
	struct auditing a;
	const struct audited *english, *french;

	publish(&t);
	open_it(&t, &a);
	english = wait_for(&a);
	auditing_language(&a, "fr");
	ck_assert_str_eq(i18n_language(), "fr");
	french = wait_for(&a);
	ck_assert_ptr_ne(english, french);
	ck_assert_uint_eq(
	    english->audit.findings.count, french->audit.findings.count);
	auditing_language(&a, "en");
	ck_assert_ptr_eq(wait_for(&a), english);
	/* no language of ours: the one in force */
	auditing_language(&a, "xx");
	ck_assert_ptr_eq(wait_for(&a), english);
	auditing_close(&a);
	trial_end(&t);
}
END_TEST

START_TEST(what_cannot_begin_says_so)
{
	struct trial t;
	struct auditing a = { .running = false };
	const struct audited *audited;

	publish(&t);
	t.options.root = "nowhere.crt";
	ck_assert_int_eq(auditing_open(&t.options, &a, &t.err), ERR_NOT_FOUND);
	auditing_close(&a);
	t.options.root = "root.crt";
	open_it(&t, &a);
	ck_assert_int_eq(unlink("root.crt"), 0);
	audited = wait_for(&a);
	ck_assert_int_eq(audited->rc, ERR_NOT_FOUND);
	ck_assert(audited->err.text[0] != '\0');
	auditing_close(&a);
	trial_end(&t);
}
END_TEST

static bool
give_up(void *ctx, const struct audit_step *step)
{
	unsigned *asked = ctx;

	ck_assert_str_eq(step->center, "GTGUA01");
	ck_assert_uint_eq(step->total, 14);
	(*asked)++;
	return false;
}

START_TEST(a_run_can_be_given_up)
{
	struct trial t;
	struct auditing a;
	unsigned asked = 0;

	publish(&t);
	/* at any moment of it: nothing leaks, nothing hangs */
	open_it(&t, &a);
	auditing_look(&a);
	auditing_close(&a);
	t.options.step = give_up;
	t.options.step_ctx = &asked;
	ck_assert_int_eq(trial_try(&t), ERR_INTERNAL);
	ck_assert_uint_eq(asked, 1);
	trial_end(&t);
}
END_TEST

START_TEST(the_state_is_kept_by_the_first_run)
{
	struct trial t;
	struct auditing a;

	publish(&t);
	t.options.state = "state";
	open_it(&t, &a);
	ck_assert_str_eq(wait_for(&a)->unkept.text, "");
	ck_assert_int_eq(access("state/trust.xml", F_OK), 0);
	ck_assert_int_eq(run("rm -r state", NULL), 0);
	auditing_language(&a, "es");
	wait_for(&a);
	ck_assert_int_ne(access("state/trust.xml", F_OK), 0);
	auditing_again(&a);
	wait_for(&a);
	ck_assert_int_eq(access("state/trust.xml", F_OK), 0);
	auditing_close(&a);
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("auditing");
	TCase *t = tcase_create("auditing");

	tcase_add_test(t, an_audit_is_kept_until_again);
	tcase_add_test(t, another_language_is_another_audit);
	tcase_add_test(t, what_cannot_begin_says_so);
	tcase_add_test(t, a_run_can_be_given_up);
	tcase_add_test(t, the_state_is_kept_by_the_first_run);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
