/*
 * Tests of verify/post/commitments.h.
 */
#include "verify/post/commitments.h"

#include "tests/sanitized.h"
#include "tests/verify/post/sample_log.h"

#include "store/row.h"
#include "tests/check_main.h"
#include "verify/post/logs_mend.h"

#include <sqlite3.h>

#define LETTERS (EACH > 1 ? 450 : 700) /* in many rows */

static struct sample_log s;
static struct commitments *drafts;

static struct post_logs *
logs(void)
{
	return &s.sample.post->logs;
}

static const struct post_log *
own(void)
{
	return sample_log_row(&s, 1);
}

static void
open_drafts(void)
{
	commitments_free(&drafts);
	ck_assert_ptr_nonnull(drafts = commitments_new(logs()));
}

static void
setup(void)
{
	sample_log_new(&s);
	sample_log_publish(&s, PUB, SIZE(LETTERS));
	SYNC(&s, PUB, 0);
	sample_log_reopen(&s);
	open_drafts();
}

static void
teardown(void)
{
	commitments_free(&drafts);
	sample_log_free(&s);
}

/* Of the letter with this sequence: in the log up to LETTERS. */
static void
commitment_of(unsigned sequence, uint8_t out[32])
{
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	chronicle_digest(number, digest);
	chronicle_commit(digest, out);
}

static enum err
find(unsigned sequence, bool *before)
{
	uint8_t commitment[32];

	commitment_of(sequence, commitment);
	return commitments_find(drafts, own(), commitment, before, NULL);
}

static bool
is_there(unsigned sequence)
{
	bool before = false;

	ck_assert_int_eq(find(sequence, &before), ERR_OK);
	return before;
}

static void
change(const char *sql)
{
	sqlite3 *db;

	commitments_free(&drafts);
	post_free(&s.sample.post);
	ck_assert_int_eq(sqlite3_open("post/logs.db", &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_gt(sqlite3_changes(db), 0);
	sqlite3_close(db);
	sample_log_reopen(&s);
	open_drafts();
}

static int64_t
number(const char *sql)
{
	int64_t out = -1;

	ck_assert_int_eq(
	    row_number(logs()->store, store_prepare(logs()->store, sql, NULL),
		&out, NULL),
	    ERR_OK);
	return out;
}

/* Every letter of a reopened copy, and none that is not in it. */
START_TEST(each_of_many)
{
	unsigned i;

	for (i = 1; i <= LETTERS; i += 7)
		ck_assert(is_there(i));
	for (i = LETTERS + 1; i < LETTERS + 200; i++)
		ck_assert(!is_there(i));
	ck_assert_int_gt(number("SELECT count(*) FROM drafted"), LETTERS / 140);
	ck_assert_int_eq(number("SELECT sum(count) FROM drafted"), LETTERS);
}
END_TEST

/* A number that is there says only "perhaps". */
START_TEST(a_number_is_no_draft)
{
	uint8_t commitment[32];
	bool before;

	commitment_of(LETTERS + 1, commitment);
	ck_assert_int_eq(
	    commitments_add(drafts, own(), commitment, NULL), ERR_OK);
	ck_assert_int_eq(
	    commitments_find(drafts, own(), commitment, &before, NULL), ERR_OK);
	ck_assert(!before); /* no letter came of it */
}
END_TEST

/* Taken by few and by many, the copy opened anew between. */
START_TEST(they_are_kept)
{
	unsigned i, more = LETTERS;

	for (i = 1; i < 600; i *= 5) {
		more += i;
		sample_log_publish(&s, PUB, SIZE(more));
		commitments_free(&drafts);
		SYNC(&s, PUB, 0);
		sample_log_reopen(&s);
		open_drafts();
		ck_assert(is_there(1) && is_there(more - i + 1));
		ck_assert(is_there(more) && !is_there(more + 1));
		ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	}
}
END_TEST

/* A row that is missing, changed, or of another place is never "no". */
static const char *const damages[] = {
	"DELETE FROM drafted",
	"UPDATE drafted SET key = key + (1 << 40)",
	"UPDATE drafted SET key = key - 1",
	"UPDATE drafted SET key = key + 4096",
	"UPDATE drafted SET bits = bits + 1",
	"UPDATE drafted SET count = count - 1",
	"UPDATE drafted SET numbers = zeroblob(length(numbers))",
	"UPDATE drafted SET numbers = x''",
	"UPDATE drafted SET sum = sum + 1",
	"UPDATE log SET seed = zeroblob(16)",
};

START_TEST(damage_is_no_answer)
{
	bool before;
	unsigned i;

	change(damages[_i]);
	if (logs()->lost) /* nothing is looked up in it at all */
		return;
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_DATA);
	for (i = 1; i < 200; i++)
		if (find(i, &before) == ERR_OK)
			ck_assert(before);
	ck_assert_int_eq(find(LETTERS + 1, &before), ERR_DATA);
}
END_TEST

/* One row that is gone is not taken for the end of the one before it. */
START_TEST(each_row_is_missed)
{
	unsigned i, failed = 0;
	bool before;

	change("DELETE FROM drafted WHERE key = (SELECT key FROM drafted"
	       " ORDER BY key LIMIT 1 OFFSET 3)");
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_DATA);
	for (i = 1; i <= LETTERS; i += 3)
		if (find(i, &before) == ERR_OK)
			ck_assert(before);
		else
			failed++;
	ck_assert(failed > 0 && failed < LETTERS / 6);
}
END_TEST

/* What was damaged is made anew of the letters; until then no line is judged
 * by it. */
START_TEST(damage_is_made_good)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	change(damages[_i]);
	sample_log_publish(&s, PUB, SIZE(LETTERS + 1));
	SYNC(&s, PUB, 2);
	ck_assert(own() == NULL || own()->size == SIZE(LETTERS));
	sync_mend(s.sample.post, s.sample.now, &listener);
	open_drafts();
	if (own()->size > 0) /* its letters were whole */
		ck_assert(is_there(LETTERS) && !is_there(LETTERS + 1));
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	open_drafts();
	ck_assert(is_there(1) && is_there(LETTERS + 1));
}
END_TEST

/* Two copies of one log do not agree on where its drafts fall. */
START_TEST(nobody_knows_where_they_fall)
{
	uint8_t other[POST_LOG_SEED];

	memcpy(other, own()->seed, sizeof(other));
	run("rm post/logs.db*", NULL);
	commitments_free(&drafts);
	sample_log_reopen(&s);
	sync_mend(s.sample.post, s.sample.now,
	    &(struct sync_listener){ sample_log_event, &s, 0 });
	ck_assert_ptr_nonnull(own());
	ck_assert_int_ne(memcmp(own()->seed, other, sizeof(other)), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("commitments");
	TCase *t = tcase_create("drafts");
	const int count = (int)(sizeof(damages) / sizeof(damages[0]));

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_of_many);
	tcase_add_test(t, a_number_is_no_draft);
	tcase_add_test(t, they_are_kept);
	tcase_add_loop_test(t, damage_is_no_answer, 0, count);
	tcase_add_test(t, each_row_is_missed);
	tcase_add_loop_test(t, damage_is_made_good, 0, count);
	tcase_add_test(t, nobody_knows_where_they_fall);
	tcase_set_timeout(t, 60);
	suite_add_tcase(su, t);
	return su;
}

CHECK_MAIN(suite);
