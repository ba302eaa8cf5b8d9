/*
 * What forget erases, and what it must leave.
 */
#include "issue/center/forget.h"

#include "issue/center/integrity.h"
#include "issue/register/draft.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world template, w;
static int64_t now, today;

/* The n-th person with such a last day; its draft. */
static int64_t
draft_until(struct center *center, unsigned n, int64_t last)
{
	struct person drafter = { 0 };
	struct errtext err = { 0 };
	struct letter letter;
	char row[32];
	int64_t id = 0;

	world_letter(n, now, &letter);
	ck_assert(clock_format_date(last, letter.valid_until));
	snprintf(row, sizeof(row), "row of person %u", n);
	const struct draft_input input = { .letter = &letter,
		.row = row,
		.keys = { "GTM-KEYOFDOC", "KEYOFNAME" } };
	world_login(center, "OF1007", &drafter);
	ck_assert_int_eq(register_begin(center->reg, &err), ERR_OK);
	ck_assert_int_eq(register_draft_insert(center->reg, "GTGUA01", &drafter,
			     &input, now, &id, &err),
	    ERR_OK);
	ck_assert_int_eq(register_commit(center->reg, &err), ERR_OK);
	people_clear(&drafter);
	return id;
}

static enum err
forget(struct center *center, int64_t day, struct forgotten *out)
{
	struct errtext err = { 0 };
	enum err rc;

	ck_assert_int_eq(register_begin(center->reg, &err), ERR_OK);
	rc = forget_before(center, day, "AP2003", now, out, &err);
	ck_assert_msg(rc == ERR_OK, "%s", err.text);
	ck_assert_int_eq(register_commit(center->reg, &err), ERR_OK);
	return forget_purge(center->reg, &err);
}

/* Letters 1 to 3 end in 10, 20, 30 days; drafts 4 and 5 wait with 10 and 30;
 * 6 was discarded. */
static void
begin(void)
{
	static const int64_t ends[] = { 10, 20, 30, 10, 30, 10 };
	struct errtext err = { 0 };
	struct desk d;

	now = clock_now();
	today = now / CLOCK_DAY;
	world_new(&template, now);
	desk_open(&d, &template, "AP2003");
	for (unsigned i = 0; i < 6; i++) {
		int64_t id = draft_until(d.act.center, i + 1, today + ends[i]);

		ck_assert_int_eq(id, (int64_t)i + 1);
		if (i == 2)
			ck_assert_int_eq(desk_approve(&d, &err), ERR_OK);
	}
	ck_assert_int_eq(register_begin(d.act.center->reg, &err), ERR_OK);
	ck_assert_int_eq(register_draft_discard(d.act.center->reg, 6, "OF1007",
			     "namesake of Batz Xg", now, &err),
	    ERR_OK);
	ck_assert_int_eq(register_commit(d.act.center->reg, &err), ERR_OK);
	desk_close(&d);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
}

static void
teardown(void)
{
	world_free(&w);
}

/* Is the text in any file of the home? */
static bool
is_there(const char *text)
{
	char command[256];

	snprintf(
	    command, sizeof(command), "grep -rqaF '%s' '%s'", text, w.home);
	return system(command) == 0;
}

static const struct {
	int64_t day;
	size_t letters, drafts;
} days[] = {
	{ 0, 0, 0 },
	{ 10, 0, 0 }, /* their last day is not before it */
	{ 11, 1, 1 },
	{ 20, 1, 1 },
	{ 21, 2, 1 },
	{ 31, 3, 2 },
};

START_TEST(before_a_day)
{
	struct center *center = world_open(&w, true);
	struct forgotten done = { 0 };
	struct desk_log before, after;

	desk_check(center, 1, &before);
	ck_assert_int_eq(forget(center, today + days[_i].day, &done), ERR_OK);
	ck_assert_uint_eq(done.letters, days[_i].letters);
	ck_assert_uint_eq(done.drafts, days[_i].drafts);
	desk_check(center, 1, &after);
	ck_assert_uint_eq(after.size, before.size);
	ck_assert(tree_hash_equal(&after.root, &before.root));
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM letter WHERE state ="
			     " 'forgotten' AND xml IS NULL"),
	    (int64_t)days[_i].letters);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM draft WHERE letter IS"
			     " NOT NULL"),
	    (int64_t)(5 - days[_i].letters - days[_i].drafts));
	/* a second time there is nothing left */
	ck_assert_int_eq(forget(center, today + days[_i].day, &done), ERR_OK);
	ck_assert_uint_eq(done.letters + done.drafts, 0);
	center_close(&center);
}
END_TEST

START_TEST(gone_from_every_file)
{
	static const char *const gone[] = { "Batz Xb", "Batz Xe", "ABCDEFAAAB",
		"row of person 1", "row of person 4" };
	struct center *center = world_open(&w, true);
	struct forgotten done = { 0 };

	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
		ck_assert_msg(is_there(gone[i]), "%s", gone[i]);
	ck_assert(is_there("row of person 6") && is_there("namesake"));
	/* the last day of persons 1 and 4, who are Xb and Xe */
	ck_assert_int_eq(forget(center, today + 11, &done), ERR_OK);
	for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
		ck_assert_msg(!is_there(gone[i]), "%s", gone[i]);
	ck_assert(is_there("Batz Xc"));
	/* of discarded drafts nobody knows the last day: those before it */
	ck_assert(!is_there("row of person 6") && !is_there("namesake"));
	center_close(&center);
}
END_TEST

struct found {
	size_t count;
};

static void
note(void *arg, const char *about, const char *text)
{
	ck_assert_msg(false, "%s: %s", about, text);
	++((struct found *)arg)->count;
}

START_TEST(register_and_log_agree)
{
	struct errtext err = { 0 };
	struct center *center = world_open(&w, true);
	struct forgotten done = { 0 };
	struct integrity seen = { 0 };
	struct found found = { 0 };

	ck_assert_int_eq(forget(center, today + 21, &done), ERR_OK);
	ck_assert_int_eq(
	    integrity_check(center, note, NULL, &found, &seen, &err), ERR_OK);
	ck_assert_uint_eq(seen.letters, 3);
	ck_assert_uint_eq(seen.drafts, 1);
	/* number and digest stay */
	center_close(&center);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM letter WHERE"
			     " length(digest) = 32 AND issued_at > 0"),
	    3);
}
END_TEST

/* The last day ends at noon UTC of the next, at UTC-12; a letter that is dead
 * is none that may be shown. */
START_TEST(counts_what_is_still_good)
{
	static const struct {
		int64_t day, at; /* days from today, seconds from that day */
		const char *dead;
		size_t live;
	} row[] = {
		{ 0, 0, "", 3 },
		{ 11, CLOCK_DAY / 2 - 1, "", 3 },
		{ 11, CLOCK_DAY / 2, "", 2 },
		{ 31, CLOCK_DAY / 2 - 1, "", 1 },
		{ 31, CLOCK_DAY / 2, "", 0 },
		{ 0, 0, "withdrawn", 2 },
		{ 0, 0, "superseded", 2 },
	};
	struct errtext err = { 0 };
	struct forgotten done = { 0 };
	struct center *center;
	char sql[128];

	snprintf(sql, sizeof(sql),
	    "UPDATE letter SET state = '%s' WHERE sequence = 1 AND '%s' <> ''",
	    row[_i].dead, row[_i].dead);
	desk_sql(w.home, sql);
	center = world_open(&w, true);
	ck_assert_int_eq(register_begin(center->reg, &err), ERR_OK);
	ck_assert_int_eq(
	    forget_before(center, today + 31, "AP2003",
		(today + row[_i].day) * CLOCK_DAY + row[_i].at, &done, &err),
	    ERR_OK);
	ck_assert_uint_eq(done.letters, 3);
	ck_assert_uint_eq(done.live, row[_i].live);
	register_rollback(center->reg);
	center_close(&center);
}
END_TEST

/* What cannot be read is not taken for ended. */
START_TEST(a_damaged_letter_stops_it)
{
	struct errtext err = { 0 };
	struct center *center;
	struct forgotten done = { 0 };

	desk_sql(w.home, "UPDATE letter SET xml = x'00' WHERE sequence = 2");
	center = world_open(&w, true);
	ck_assert_int_eq(register_begin(center->reg, &err), ERR_OK);
	ck_assert_int_ne(
	    forget_before(center, today + 31, "AP2003", now, &done, &err),
	    ERR_OK);
	register_rollback(center->reg);
	center_close(&center);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM letter WHERE state ="
			     " 'issued'"),
	    3);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("forget");
	TCase *tc = tcase_create("all");

	tcase_add_unchecked_fixture(tc, begin, end);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
	    tc, before_a_day, 0, (int)(sizeof(days) / sizeof(days[0])));
	tcase_add_loop_test(tc, counts_what_is_still_good, 0, 7);
	tcase_add_test(tc, gone_from_every_file);
	tcase_add_test(tc, register_and_log_agree);
	tcase_add_test(tc, a_damaged_letter_stops_it);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
