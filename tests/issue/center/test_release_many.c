/*
 * Tests of issue/center/release_many.h: side by side is as one by one.
 */
#include "issue/center/release_many.h"

#include "tests/sanitized.h"
#include "tests/support/world.h"

#include "base/clock.h"
#include "issue/center/act.h"
#include "issue/review.h"
#include "tests/check_main.h"

#include <string.h>

#define LETTERS 55 /* two windows and a part */

static struct world w;
static struct decoder *decoder;
static struct picks picks;
static int64_t now;

static void
refuse(void *arg, int64_t draft, const char *why)
{
	(void)arg;
	ck_abort_msg("draft %lld: %s", (long long)draft, why);
}

static void
begin(void)
{
	struct act act = { 0 };
	struct center *center;

	now = clock_now();
	world_new(&w, now);
	center = act.center = world_open(&w, true);
	world_drafts(center, LETTERS, now);
	world_login(center, "AP2003", &act.actor);
	ck_assert_int_eq(act_open(&act, NULL), ERR_OK);
	const struct approval approval = { &act, PAPER_LETTER, refuse, NULL,
		false };
	ck_assert_int_eq(
	    approve_add_all(&picks, center, "AP2003", NULL), ERR_OK);
	review_skip(&picks);
	ck_assert_int_eq(
	    approve_sign(&approval, picks.at, picks.count, NULL), ERR_OK);
	act_close(&act);
	ck_assert_int_eq(release_ready(&decoder, NULL), ERR_OK);
}

static void
end(void)
{
	decoder_free(&decoder);
	approve_clear(&picks);
	world_free(&w);
}

/* What was taken: in turn, and what it is alone. */
struct taken {
	struct center *center;
	size_t count, bad;
	size_t want_bad; /* which one, from 0 */
};

static void
take(void *arg, enum err rc, const struct errtext *err, struct issued *letter,
    struct release *release)
{
	struct taken *t = arg;
	struct release alone = { 0 };
	size_t at = t->count++;

	if (at == t->want_bad) {
		ck_assert_int_ne(rc, ERR_OK);
		ck_assert_int_ne(err->text[0], '\0');
		ck_assert_ptr_null(release->pdf.at);
		t->bad++;
		return;
	}
	ck_assert_msg(rc == ERR_OK, "%s", err->text);
	ck_assert_str_eq(letter->number, picks.at[at].number);
	ck_assert_str_eq(release->number, picks.at[at].number);
	if (at % 9 != 0)
		return;
	ck_assert_int_eq(
	    release_render(t->center, letter, 1, decoder, &alone, NULL),
	    ERR_OK);
	ck_assert(bytes_equal(&alone.xml, &release->xml));
	ck_assert(bytes_equal(&alone.png, &release->png));
	ck_assert(bytes_equal(&alone.pdf, &release->pdf));
	release_clear(&alone);
}

static const size_t counts[] = { 25, 0, 1, 24, 48, LETTERS };

START_TEST(each_in_turn_and_as_it_is_alone)
{
	struct taken t = { .center = world_open(&w, false),
		.want_bad = LETTERS };

	ck_assert_int_eq(release_many(t.center, decoder, picks.at, counts[_i],
			     false, take, &t, NULL),
	    ERR_OK);
	ck_assert_uint_eq(t.count, counts[_i]);
	center_close(&t.center);
}
END_TEST

START_TEST(trouble_with_one_does_not_keep_back_the_others)
{
	struct taken t = { .center = world_open(&w, false), .want_bad = 30 };
	char number[sizeof(picks.at->number)];

	memcpy(number, picks.at[30].number, sizeof(number));
	strcpy(picks.at[30].number, "GTGUA01-2026-999999-9");
	ck_assert_int_eq(release_many(t.center, decoder, picks.at, picks.count,
			     false, take, &t, NULL),
	    ERR_OK);
	ck_assert_uint_eq(t.count, LETTERS);
	ck_assert_uint_eq(t.bad, 1);
	memcpy(picks.at[30].number, number, sizeof(number));
	center_close(&t.center);
}
END_TEST

static size_t taken_count;

static void
count_them(void *arg, enum err rc, const struct errtext *err,
    struct issued *letter, struct release *release)
{
	(void)arg, (void)rc, (void)err, (void)letter, (void)release;
	taken_count++;
}

START_TEST(picks_without_a_number_are_left_out)
{
	struct center *center = world_open(&w, false);
	struct pick none[30] = { 0 };

	memcpy(none[27].number, picks.at[0].number, sizeof(none[0].number));
	ck_assert_int_eq(release_many(center, decoder, none, 30, false,
			     count_them, NULL, NULL),
	    ERR_OK);
	ck_assert_uint_eq(taken_count, 1);
	center_close(&center);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("release_many");
	TCase *c = tcase_create("side by side");

	tcase_add_unchecked_fixture(c, begin, end);
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, each_in_turn_and_as_it_is_alone, 0,
	    OF_MANY(sizeof(counts) / sizeof(counts[0])));
	tcase_add_test(c, trouble_with_one_does_not_keep_back_the_others);
	tcase_add_test(c, picks_without_a_number_are_left_out);
	suite_add_tcase(s, c);
	return s;
}

CHECK_MAIN(suite);
