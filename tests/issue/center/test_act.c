/*
 * Who acts, and the transaction: no line without its guard, whatever is done.
 */
#include "issue/center/act.h"

#include "issue/center/publication.h"
#include "issue/center/staff.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/support/cut.h"
#include "tests/support/desk.h"
#include "tests/support/fresh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- every act ----------------------------------------------------------- */

static void
do_close(void)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_OK);
	desk_close(&d);
}

static void
do_approve(void)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	world_draft(d.act.center, 1, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	desk_close(&d);
}

/* Two acts: the administrator's, and the new person's own passphrase. */
static void
do_join(void)
{
	world_person(&w, "OF1008", ROLE_DRAFTER, "AP2003", clock_now());
}

static void
do_leave(void)
{
	struct act act = { .center = world_open(&w, true), .now = clock_now() };
	bool due;

	world_login(act.center, "AD0001", &act.actor);
	world_login(act.center, "AP2003", &act.second);
	ck_assert_int_eq(staff_open(&act, NULL), ERR_OK);
	ck_assert_int_eq(staff_remove(&act, "OF1007", &due, NULL), ERR_OK);
	act_close(&act);
}

static const struct {
	const char *name;
	void (*act)(void);
	uint64_t lines;
} acts[] = {
	{ "closing the day", do_close, 1 },
	{ "a letter", do_approve, 1 },
	{ "who joins", do_join, 2 },
	{ "who leaves", do_leave, 1 },
};

static void
copy(const char *from, const char *to)
{
	char command[512];

	snprintf(command, sizeof(command), "cp %s/register.db %s", from, to);
	ck_assert_int_eq(system(command), 0);
}

/* The guard has it, so that whoever puts back the register of before signs
 * nothing. */
START_TEST(an_act_leaves_its_guard)
{
	struct desk_log log;
	char before[256], now_there[256];
	struct desk d;

	snprintf(before, sizeof(before), "%s/before.db", w.dir);
	snprintf(now_there, sizeof(now_there), "%s/register.db", w.home);
	copy(w.home, before);
	acts[_i].act();
	desk_open(&d, &w, "AP2003");
	desk_check(d.act.center, 1, &log);
	ck_assert_msg(log.size == WORLD_LINES + acts[_i].lines, "%s: %llu",
	    acts[_i].name, (unsigned long long)log.size);
	ck_assert_msg(log.guarded == log.size, "%s", acts[_i].name);
	desk_close(&d);
	ck_assert_int_eq(rename(before, now_there), 0);
	desk_open(&d, &w, "AP2003");
	ck_assert_msg(desk_closes(&d, clock_now(), NULL) == ERR_CONFIG, "%s",
	    acts[_i].name);
	desk_close(&d);
}
END_TEST

/* --- its ends ------------------------------------------------------------ */

static void
begin_one(struct desk *d)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };

	desk_open(d, &w, "AP2003");
	ck_assert_int_eq(act_begin(&d->act, clock_now(), NULL), ERR_OK);
	ck_assert_int_eq(logbook_add(&d->act, &close, NULL), ERR_OK);
}

static void
expect(struct desk *d, uint64_t size, uint64_t guarded)
{
	struct desk_log log;

	desk_check(d->act.center, 1, &log);
	ck_assert_uint_eq(log.size, size);
	ck_assert_uint_eq(log.guarded, guarded);
}

START_TEST(commits_what_was_entered)
{
	struct desk d;

	begin_one(&d);
	ck_assert_int_eq(act_commit(&d.act, NULL), ERR_OK);
	ck_assert_int_eq(d.act.outcome, ACT_STANDS);
	expect(&d, WORLD_LINES + 1, WORLD_LINES + 1);
	desk_close(&d);
}
END_TEST

/* Neither who goes away nor who commits by the register alone. */
START_TEST(nothing_else_commits)
{
	struct desk d;

	begin_one(&d);
	if (_i == 1)
		ck_assert_int_eq(
		    register_commit(d.act.center->reg, NULL), ERR_INTERNAL);
	act_rollback(&d.act);
	ck_assert_int_eq(d.act.outcome, ACT_OPEN);
	expect(&d, WORLD_LINES, WORLD_LINES);
	/* the next one begins */
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_OK);
	expect(&d, WORLD_LINES + 1, WORLD_LINES + 1);
	desk_close(&d);
}
END_TEST

START_TEST(an_act_that_may_not_begin_is_over)
{
	struct desk d;

	desk_open(&d, &w, "AP2003");
	ck_assert_int_eq(act_begin(&d.act, now - CLOCK_DAY, NULL), ERR_CONFIG);
	ck_assert_int_eq(d.act.outcome, ACT_OPEN);
	ck_assert_int_eq(desk_closes(&d, clock_now(), NULL), ERR_OK);
	desk_close(&d);
}
END_TEST

static void
pass_over(void *arg, const struct published *published)
{
	(void)arg, (void)published;
}

/* By somebody who does not write to the register. */
static void
reads_and_publishes(enum err expected)
{
	struct center *center = world_open(&w, false);
	char pub[256], head[300];

	snprintf(pub, sizeof(pub), "%s/pub-%d", w.dir, expected);
	ck_assert_int_eq(
	    publication_write(center, pub, clock_now(), pass_over, NULL, NULL),
	    expected);
	snprintf(head, sizeof(head), "%s/log", pub);
	ck_assert_int_eq(access(head, F_OK) == 0, expected == ERR_OK);
	ck_assert_int_eq(center->lock, -1);
	center_close(&center);
}

/* It stands, and that is said; nothing is published before the guard has it,
 * which is once it can be written and nobody else does. */
START_TEST(a_guard_that_cannot_be_written)
{
	struct errtext err = { 0 };
	char aside[256], *path;
	struct desk d;

	begin_one(&d);
	path = desk_guard(d.act.center);
	snprintf(aside, sizeof(aside), "%s/aside", w.dir);
	ck_assert_int_eq(rename(path, aside), 0);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(act_commit(&d.act, &err), ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.text, "what was signed stands"));
	ck_assert_int_eq(d.act.outcome, ACT_STANDS);
	ck_assert_int_eq(rmdir(path), 0);
	ck_assert_int_eq(rename(aside, path), 0);
	expect(&d, WORLD_LINES + 1, WORLD_LINES);
	reads_and_publishes(ERR_BUSY);
	expect(&d, WORLD_LINES + 1, WORLD_LINES);
	desk_close(&d);
	reads_and_publishes(ERR_OK);
	desk_open(&d, &w, "AP2003");
	expect(&d, WORLD_LINES + 1, WORLD_LINES + 1);
	ck_assert_int_eq(act_settle(d.act.center, &err), ERR_OK);
	expect(&d, WORLD_LINES + 1, WORLD_LINES + 1);
	free(path);
	desk_close(&d);
}
END_TEST

/* All of it was written, but the disk does not say that it has it: who opens
 * the register next may find it, so that nobody says that nothing was signed. */
START_TEST(a_disk_that_fails_at_the_commit)
{
	struct errtext err = { 0 };
	struct desk d;

	begin_one(&d);
	cut_disk_fails(true);
	ck_assert_int_eq(act_commit(&d.act, &err), ERR_IO);
	cut_disk_fails(false);
	ck_assert_int_eq(d.act.outcome, ACT_UNKNOWN);
	desk_close(&d);
	/* whichever it is, the next one goes on */
	do_close();
}
END_TEST

/* --- who opens the keys --------------------------------------------------- */

static const struct {
	const char *actor, *second, *holder; /* NULL: nobody */
} tables[] = {
	{ "AP2003", NULL, "AP2003" },
	{ "AD0001", NULL, "AD0001" }, /* the founder, until the first letter */
	{ "AP2003", "AD0001", "AP2003" },
	{ "OF1007", "AP2003", "AP2003" },
	{ "OF1007", NULL, NULL },
};

START_TEST(who_opens_the_keys)
{
	struct act act = { .center = world_open(&w, true) };
	const struct person *holder;

	world_login(act.center, tables[_i].actor, &act.actor);
	if (tables[_i].second != NULL)
		world_login(act.center, tables[_i].second, &act.second);
	holder = act_holder(&act);
	if (tables[_i].holder == NULL) {
		ck_assert_ptr_null(holder);
		ck_assert_int_eq(act_open(&act, NULL), ERR_REFUSED);
	} else {
		ck_assert_str_eq(holder->code, tables[_i].holder);
		ck_assert_int_eq(act_open(&act, NULL), ERR_OK);
	}
	ck_assert((act.ring.sign != NULL) == (holder != NULL));
	act_close(&act);
	ck_assert_ptr_null(act.center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("act");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
	    tc, an_act_leaves_its_guard, 0, sizeof(acts) / sizeof(acts[0]));
	tcase_add_test(tc, commits_what_was_entered);
	tcase_add_loop_test(tc, nothing_else_commits, 0, 2);
	tcase_add_test(tc, an_act_that_may_not_begin_is_over);
	tcase_add_test(tc, a_guard_that_cannot_be_written);
	tcase_add_test(tc, a_disk_that_fails_at_the_commit);
	tcase_add_loop_test(
	    tc, who_opens_the_keys, 0, sizeof(tables) / sizeof(tables[0]));
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
