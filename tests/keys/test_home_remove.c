/*
 * Tests of what keys/home.h says about persons whose signatures count no more:
 * from when or from which line on, and that it is never taken back.
 */
#include "keys/home.h"

#include "tests/check_main.h"
#include "tests/keys/sample_office.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))
#define T            1000

static struct person_removed done;

/* From a time on (head without bytes), or after a head, which goes. */
static enum err
take_away(const char *code, int64_t since, struct bytes head)
{
	enum err rc = home_remove_person(home, "GTGUA01", code, since,
	    head.len > 0 ? &head : NULL, NOW, &done, &err);

	bytes_free(&head);
	return rc;
}

#define NO_HEAD ((struct bytes){ 0 })

/* What the next list says of a person. */
static struct trust_removed
published(const char *code)
{
	struct trust_list *list = publish();
	const struct trust_removed *found =
	    trust_find_removed(&list->centers[0], code);
	struct trust_removed out = { 0 };

	if (found != NULL)
		out = *found;
	trust_free(&list);
	return out;
}

START_TEST(from_a_time_on)
{
	ck_assert_int_eq(take_away("OF1007", T, NO_HEAD), ERR_OK);
	ck_assert(done.known && !done.has_size);
	ck_assert_int_eq(published("OF1007").since, T);
	ck_assert(!published("OF1007").has_size);
	ck_assert_str_eq(published("AP2003").code, "");
}
END_TEST

START_TEST(from_the_line_after_a_head_on)
{
	ck_assert_int_eq(
	    take_away("OF1007", NOW, dated_head(&ours, FIRST, 17, T)), ERR_OK);
	ck_assert_int_eq(done.since, T);
	ck_assert_uint_eq(done.size, 17);
	ck_assert_int_eq(published("OF1007").since, T);
	ck_assert(published("OF1007").has_size);
	ck_assert_uint_eq(published("OF1007").size, 17);
}
END_TEST

/* The center's log takes persons up whom the root never heard. */
START_TEST(who_is_on_no_roster_is_taken_on_the_centers_word)
{
	ck_assert_int_eq(take_away("OF1010", T, NO_HEAD), ERR_OK);
	ck_assert(!done.known);
	ck_assert_int_eq(published("OF1010").since, T);
}
END_TEST

static const struct {
	const char *center, *code;
	enum err want;
} names[] = {
	{ "GTGUA02", "OF1007", ERR_NOT_FOUND },
	{ "GTGUA0100", "OF1007", ERR_USAGE },
	{ "GTGUA01", "of1007", ERR_USAGE },
	{ "GTGUA01", "OF", ERR_USAGE },
	{ "GTGUA01", "OF10071007100", ERR_USAGE },
};

START_TEST(names_have_their_form)
{
	ck_assert_int_eq(home_remove_person(home, names[_i].center,
			     names[_i].code, T, NULL, NOW, &done, &err),
	    names[_i].want);
}
END_TEST

/* --- said again ----------------------------------------------------------- */

/* Two statements about one person; size 0: by a time. What holds then. */
static const struct {
	const char *name;
	int64_t since;
	uint64_t size;
	int64_t then;
	uint64_t then_size;
	enum err want;
	int64_t holds;
	uint64_t holds_size;
} twice[] = {
	{ "an earlier time", T, 0, T - 1, 0, ERR_OK, T - 1, 0 },
	{ "the same time", T, 0, T, 0, ERR_REFUSED, T, 0 },
	{ "a later time", T, 0, T + 1, 0, ERR_REFUSED, T, 0 },
	{ "an earlier head", T, 0, T - 1, 9, ERR_OK, T - 1, 9 },
	{ "a head of that time", T, 0, T, 9, ERR_REFUSED, T, 0 },
	{ "a later head", T, 0, T + 1, 9, ERR_REFUSED, T, 0 },
	{ "a shorter head", T, 9, T - 1, 8, ERR_OK, T - 1, 8 },
	{ "a shorter head of that time", T, 9, T, 8, ERR_OK, T, 8 },
	{ "a shorter, later head", T, 9, T + 1, 8, ERR_REFUSED, T, 9 },
	{ "the same head", T, 9, T, 9, ERR_REFUSED, T, 9 },
	{ "the same lines, earlier", T, 9, T - 1, 9, ERR_OK, T - 1, 9 },
	{ "a longer head", T, 9, T + 1, 10, ERR_REFUSED, T, 9 },
	{ "a longer head, earlier", T, 9, T - 1, 10, ERR_REFUSED, T, 9 },
	/* the size stays; lines of that very second do not count */
	{ "a head, an earlier time", T, 9, T - 5, 0, ERR_OK, T - 6, 9 },
	{ "a head, its time", T, 9, T, 0, ERR_OK, T - 1, 9 },
	{ "a head, a later time", T, 9, T + 1, 0, ERR_REFUSED, T, 9 },
};

static struct bytes
head_of(uint64_t size, int64_t at)
{
	return size > 0 ? dated_head(&ours, FIRST, size, at) : NO_HEAD;
}

START_TEST(it_only_takes_more_away)
{
	struct trust_removed r;
	enum err rc;

	ck_assert_int_eq(take_away("OF1007", twice[_i].since,
			     head_of(twice[_i].size, twice[_i].since)),
	    ERR_OK);
	rc = take_away("OF1007", twice[_i].then,
	    head_of(twice[_i].then_size, twice[_i].then));
	ck_assert_msg(
	    rc == twice[_i].want, "%s: %s", twice[_i].name, err_name(rc));
	r = published("OF1007");
	ck_assert_int_eq(r.since, twice[_i].holds);
	ck_assert(r.has_size == (twice[_i].holds_size > 0));
	ck_assert_uint_eq(r.size, twice[_i].holds_size);
}
END_TEST

/* --- heads that are not taken --------------------------------------------- */

START_TEST(a_head_must_be_dated_and_of_the_past)
{
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, FIRST, 5, NO_TIME)),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, FIRST, 5, NOW + 86400)),
	    ERR_CONFIG);
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, FIRST, 0, T)), ERR_DATA);
	ck_assert_str_eq(published("OF1007").code, "");
}
END_TEST

START_TEST(a_head_of_another_center_is_refused)
{
	struct office other = { 0 };

	office_open(&other, "GTGUA02"); /* its persons are its own */
	ck_assert_int_eq(take_away("OF1007", T,
			     dated_head(&other, "RRP-ES/log/GTGUA02/1", 5, T)),
	    ERR_REFUSED);
	ck_assert_str_eq(published("OF1007").code, "");
	office_clear(&other);
}
END_TEST

START_TEST(a_head_has_one_root)
{
	struct bytes end = signed_head(&ours, FIRST, 5, 1); /* another root */
	struct log_closed closed;

	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, FIRST, 5, T)), ERR_OK);
	ck_assert_int_eq(
	    home_close_log(home, "GTGUA01", &end, &closed, &err), ERR_REFUSED);
	bytes_free(&end);
	end = signed_head(&ours, FIRST, 4, 0);
	ck_assert_int_eq(
	    home_close_log(home, "GTGUA01", &end, &closed, &err), ERR_OK);
	bytes_free(&end);
	/* nothing behind the end of a log */
	ck_assert_int_eq(take_away("OF1008", T, dated_head(&ours, FIRST, 5, T)),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    take_away("OF1008", T, dated_head(&ours, FIRST, 4, T)), ERR_OK);
}
END_TEST

/* The list names no generation with a size: it must mean one log only. */
START_TEST(an_earlier_log_is_closed_and_no_longer)
{
	struct bytes end = signed_head(&ours, FIRST, 10, 0);
	struct log_closed closed;

	office_open(&ours, "GTGUA01");
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, SECOND, 50, T)),
	    ERR_REFUSED);
	ck_assert_int_eq(
	    home_close_log(home, "GTGUA01", &end, &closed, &err), ERR_OK);
	bytes_free(&end);
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, SECOND, 9, T)),
	    ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(err.text, "--from"));
	ck_assert_int_eq(
	    take_away("OF1007", T, dated_head(&ours, SECOND, 10, T)), ERR_OK);
	ck_assert_uint_eq(published("OF1007").size, 10);
}
END_TEST

/* --- a wrong clock -------------------------------------------------------- */

START_TEST(what_a_wrong_clock_said_holds_from_now_on)
{
	int64_t ahead = NOW + 90 * (int64_t)CLOCK_DAY, now = NOW;
	struct clock_righted righted;

	ck_assert_int_eq(take_away("OF1007", ahead, NO_HEAD), ERR_OK);
	ck_assert_int_eq(take_away("OF1008", T, NO_HEAD), ERR_OK);
	/* by a center's clock: the lines count, and stay */
	ck_assert_int_eq(
	    take_away("OF1009", 0, dated_head(&ours, FIRST, 5, now + 60)),
	    ERR_OK);
	ck_assert_int_eq(
	    home_put_clock_right(home, now, &righted, &err), ERR_OK);
	ck_assert_uint_eq(righted.persons, 1);
	ck_assert_int_eq(published("OF1007").since, now);
	ck_assert_int_eq(published("OF1008").since, T);
	ck_assert_int_eq(published("OF1009").since, now + 60);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("home_remove");
	TCase *t = tcase_create("home_remove");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, from_a_time_on);
	tcase_add_test(t, from_the_line_after_a_head_on);
	tcase_add_test(t, who_is_on_no_roster_is_taken_on_the_centers_word);
	tcase_add_loop_test(t, names_have_their_form, 0, COUNT(names));
	tcase_add_loop_test(t, it_only_takes_more_away, 0, COUNT(twice));
	tcase_add_test(t, a_head_must_be_dated_and_of_the_past);
	tcase_add_test(t, a_head_of_another_center_is_refused);
	tcase_add_test(t, a_head_has_one_root);
	tcase_add_test(t, an_earlier_log_is_closed_and_no_longer);
	tcase_add_test(t, what_a_wrong_clock_said_holds_from_now_on);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
