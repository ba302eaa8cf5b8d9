/*
 * test_presentation.c - verify/post/presentation.h: what was shown is found
 * again whatever one bad bit does, and of two counters one is the first.
 */
#include "verify/post/presentation.h"

#include "tests/check_main.h"
#include "tests/verify/post/sample_post.h"
#include "trust/authenticate.h"
#include "verify/post/post_store.h"

static struct sample_post s;
static struct presentation one, two;
static struct errtext err;

/* A letter of the center, as `check` would keep it. */
static struct presentation
make(unsigned sequence)
{
	struct presentation p = { .time = s.now, .answer = "match" };
	struct bytes file = { 0 };
	struct authentic a;

	sample_post_files(&s, sequence, &file, NULL);
	ck_assert_int_eq(
	    authenticate_letter(file.at, file.len, s.post->list, &a, &err),
	    ERR_OK);
	memcpy(p.number, a.letter.number, sizeof(p.number));
	memcpy(p.digest, a.digest, sizeof(p.digest));
	memcpy(p.key_name, a.key_name, sizeof(p.key_name));
	memcpy(p.signature, a.signature, sizeof(p.signature));
	ck_assert(clock_parse(a.letter.issued_at, &p.issued_at));
	bytes_free(&file);
	return p;
}

static void
setup(void)
{
	sample_post_new(&s, false);
	sample_publish(&s, "post",
	    (struct sample_list){ .sequence = 1, .issued_at = s.now - 100 });
	post_refresh(s.post);
	ck_assert_ptr_nonnull(s.post->list);
	one = make(1);
	two = make(2);
}

static void
teardown(void)
{
	sample_post_free(&s);
}

static bool
record(
    struct post *post, const struct presentation *p, enum presented_when which)
{
	struct presented found;

	ck_assert_msg(
	    presentation_record(post, p, which, &found, &err) == ERR_OK, "%s",
	    err.text);
	return found.before;
}

static enum err
find(const struct presentation *p, bool *before)
{
	struct presented found = { .before = false };
	enum err rc =
	    presentation_find(s.post, p, PRESENTED_EVER, &found, &err);

	*before = found.before;
	return rc;
}

static struct presentation_counts
count(void)
{
	struct presentation_counts counts = { 0 };

	ck_assert_int_eq(presentation_test(s.post, &counts, &err), ERR_OK);
	return counts;
}

static void
sql(const char *text)
{
	ck_assert_msg(
	    store_run(s.post->store, store_prepare(s.post->store, text, &err),
		&err) == ERR_OK,
	    "%s", err.text);
}

/* The other began later, or earlier: its rows are another's all the same. */
START_TEST(two_counters)
{
	struct post *other;

	if (_i == 0)
		ck_assert(!record(s.post, &two, PRESENTED_OTHER_RUN));
	ck_assert_int_eq(post_open("post", &other, &err), ERR_OK);
	ck_assert(!record(other, &one, PRESENTED_OTHER_RUN));
	ck_assert(!record(other, &one, PRESENTED_OTHER_RUN)); /* one visit */
	ck_assert(record(s.post, &one, PRESENTED_OTHER_RUN));
	ck_assert(record(other, &one, PRESENTED_OTHER_RUN));
	ck_assert_uint_eq(count().all, _i == 0 ? 3 : 2);
	post_free(&other);
}
END_TEST

START_TEST(rows_prove_themselves)
{
	record(s.post, &one, PRESENTED_EVER);
	ck_assert_uint_eq(count().all, 1);
	ck_assert_uint_eq(count().unproven + count().damaged, 0);
	/* without the list nothing can be proven, and nothing is damaged */
	trust_free(&s.post->list);
	ck_assert_uint_eq(count().unproven, 1);
	ck_assert_uint_eq(count().damaged, 0);
}
END_TEST

/* Each bit of each column that is bytes. */
static const struct {
	const char *column;
	unsigned size;
} blobs[] = {
	{ "digest", 32 },
	{ "signature", 64 },
	{ "sum", 32 },
};

START_TEST(every_flipped_bit)
{
	const char *column = blobs[_i].column;
	char text[256];
	unsigned at;
	bool before;

	for (at = 0; at < blobs[_i].size; at++) {
		sql("DELETE FROM presentation");
		record(s.post, &one, PRESENTED_EVER);
		snprintf(text, sizeof(text),
		    "UPDATE presentation SET %s = CAST(substr(%s, 1, %u)"
		    " || CASE WHEN hex(substr(%s, %u, 1)) = '00' THEN x'01'"
		    " ELSE x'00' END || substr(%s, %u) AS BLOB)",
		    column, column, at, column, at + 1, column, at + 2);
		sql(text);
		ck_assert_int_eq(find(&one, &before), ERR_OK);
		ck_assert(before);
		ck_assert_uint_eq(count().damaged, 1);
		/* no other letter is touched */
		ck_assert_int_eq(find(&two, &before), ERR_OK);
		ck_assert(!before);
	}
}
END_TEST

static const struct {
	const char *change;
	bool lost; /* not known any more: an error, never "not shown" */
} changes[] = {
	{ "number = 'GTGUA01-2026-000002-J'", false },
	{ "number = ''", false },
	{ "number = replace(number, 'GT', 'HN')", false },
	{ "issued_at = issued_at + 1", false },
	{ "time = time - 1", false },
	{ "post = ''", false },
	{ "answer = NULL", false },
	{ "answer = 'none'", false },
	{ "elsewhere = 1", false },
	{ "elsewhere = 7", false },
	{ "key_name = '0000000'", false },
	{ "key_name = NULL", false },
	{ "signature = x'00'", false },
	{ "sum = x'00'", false },
	{ "digest = zeroblob(32), signature = zeroblob(64)", true },
	{ "number = 'X', signature = NULL", true },
	{ "digest = x'', sum = x'', key_name = NULL", false },
};

START_TEST(every_changed_column)
{
	char text[160];
	bool before;
	enum err rc;

	record(s.post, &one, PRESENTED_EVER);
	snprintf(text, sizeof(text), "UPDATE presentation SET %s",
	    changes[_i].change);
	sql(text);
	ck_assert_uint_eq(count().damaged, 1);
	rc = find(&one, &before);
	ck_assert_int_eq(rc, changes[_i].lost ? ERR_DATA : ERR_OK);
	ck_assert_int_eq(before, !changes[_i].lost);
}
END_TEST

/* An earlier version kept no signature: it counts, and proves nothing. */
START_TEST(rows_of_an_earlier_version)
{
	bool before;

	record(s.post, &one, PRESENTED_EVER);
	sql("UPDATE presentation SET key_name = NULL, signature = NULL,"
	    " sum = NULL");
	ck_assert_uint_eq(count().unproven, 1);
	ck_assert_uint_eq(count().damaged, 0);
	ck_assert_int_eq(find(&one, &before), ERR_OK);
	ck_assert(before);
	sql("UPDATE presentation SET digest = zeroblob(32)");
	ck_assert_int_eq(find(&one, &before), ERR_OK);
	ck_assert(before);
}
END_TEST

/* A thief's letter and the honest one under its number are two letters. */
START_TEST(another_letter_under_a_number)
{
	struct presentation other = one;
	struct bytes info = { 0 };
	bool before;

	memset(other.digest, 7, sizeof(other.digest));
	dsig_signed_info(other.number, other.digest, &info);
	ck_assert_int_eq(
	    sign_raw(s.key, info.at, info.len, other.signature, &err), ERR_OK);
	bytes_free(&info);
	record(s.post, &other, PRESENTED_EVER);
	ck_assert_int_eq(find(&one, &before), ERR_OK);
	ck_assert(!before);
	ck_assert_int_eq(find(&other, &before), ERR_OK);
	ck_assert(before);
}
END_TEST

/* Neither a bit that was cleared nor a row that is gone lowers the mark. */
START_TEST(the_clock_mark)
{
	static const char *const marks[] = {
		"UPDATE setting SET value = 1048576 WHERE name = 'clock'",
		"UPDATE setting SET value = 0 WHERE name = 'clock-again'",
		"UPDATE setting SET name = 'clocl' WHERE name = 'clock'",
		"DELETE FROM setting WHERE name = 'clock-again'",
	};

	post_mark(s.post, s.now);
	sql(marks[_i]);
	post_refresh(s.post);
	ck_assert_int_eq(post_newest_seen(s.post), s.now);
	post_free(&s.post);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_OK);
	ck_assert_int_eq(post_newest_seen(s.post), s.now);
}
END_TEST

START_TEST(without_its_database)
{
	struct presented found = { .before = true };

	post_free(&s.post);
	run_put("post/post.db", "no database", 11);
	ck_assert_int_eq(post_open("post", &s.post, &err), ERR_OK);
	ck_assert_int_ne(
	    presentation_find(s.post, &one, PRESENTED_EVER, &found, &err),
	    ERR_OK);
	ck_assert_int_ne(
	    presentation_record(s.post, &one, PRESENTED_EVER, &found, &err),
	    ERR_OK);
}
END_TEST

static enum err
take_answer(void *ctx, const struct presentation_row *row, struct errtext *why)
{
	const char **answer = ctx;

	(void)why;
	ck_assert(row->sound);
	*answer = row->p.answer != NULL ? row->p.answer : "";
	return ERR_OK;
}

static const char *
answer_of_today(void)
{
	const char *answer = NULL;

	ck_assert_int_eq(
	    presentation_since(s.post, s.now - 60, take_answer, &answer, &err),
	    ERR_OK);
	return answer;
}

/* Asked after the letter was judged: of a visit that this run keeps, and the
 * last answer counts. */
START_TEST(answered_later)
{
	struct presented first, again;
	const char *answer = NULL;

	one.answer = NULL;
	ck_assert_int_eq(presentation_record(
			     s.post, &one, PRESENTED_OTHER_VISIT, &first, &err),
	    ERR_OK);
	ck_assert_int_ne(first.visit, 0);
	ck_assert_str_eq(answer_of_today(), "");
	ck_assert_int_eq(presentation_record(
			     s.post, &one, PRESENTED_OTHER_VISIT, &again, &err),
	    ERR_OK);
	ck_assert_int_eq(again.visit, first.visit);
	ck_assert_int_eq(
	    presentation_answer(s.post, first.visit, "match", &err), ERR_OK);
	ck_assert_int_eq(
	    presentation_answer(s.post, first.visit, "mismatch", &err), ERR_OK);
	ck_assert_str_eq(answer_of_today(), "mismatch");
	ck_assert_int_eq(
	    presentation_answer(s.post, first.visit + 1, "match", &err),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(presentation_since(
			     s.post, s.now + 3600, take_answer, &answer, &err),
	    ERR_OK);
	ck_assert_ptr_null(answer);
	ck_assert(count().damaged == 0);
}
END_TEST

/* Another run's visits are another officer's. */
START_TEST(others_visits)
{
	struct presented mine;
	struct post *other = NULL;

	ck_assert_int_eq(presentation_record(
			     s.post, &one, PRESENTED_OTHER_VISIT, &mine, &err),
	    ERR_OK);
	ck_assert_int_eq(post_open("post", &other, &err), ERR_OK);
	ck_assert_int_eq(presentation_answer(other, mine.visit, "match", &err),
	    ERR_NOT_FOUND);
	post_free(&other);
}
END_TEST

/* Another program has the database for itself: nothing was lost, nothing is
 * "not there", and it is known again when that one is done. */
START_TEST(while_another_holds_its_database)
{
	struct presented found = { .before = false };
	struct store *store = s.post->store;
	sqlite3 *other;

	record(s.post, &one, PRESENTED_EVER);
	ck_assert_int_eq(sqlite3_exec(store_handle(store),
			     "PRAGMA journal_mode=DELETE;"
			     "BEGIN; CREATE TABLE forget (me); ROLLBACK",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(store_handle(store), 0);
	ck_assert_int_eq(sqlite3_open("post/post.db", &other), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(
	    presentation_find(s.post, &two, PRESENTED_EVER, &found, &err),
	    ERR_BUSY);
	ck_assert_ptr_nonnull(strstr(err.text, "try again"));
	post_store_refresh(s.post);
	ck_assert(!s.post->store_lost);
	ck_assert_int_eq(
	    presentation_find(s.post, &one, PRESENTED_EVER, &found, &err),
	    ERR_BUSY);
	ck_assert_int_eq(
	    presentation_each(s.post, BY_DAY, NULL, NULL, &err), ERR_BUSY);
	sqlite3_close(other);
	post_refresh(s.post);
	ck_assert_int_eq(
	    presentation_find(s.post, &one, PRESENTED_EVER, &found, &err),
	    ERR_OK);
	ck_assert(found.before);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("presentation");
	TCase *tc = tcase_create("presentation");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, two_counters, 0, 2);
	tcase_add_test(tc, rows_prove_themselves);
	tcase_add_loop_test(
	    tc, every_flipped_bit, 0, (int)(sizeof(blobs) / sizeof(blobs[0])));
	tcase_add_loop_test(tc, every_changed_column, 0,
	    (int)(sizeof(changes) / sizeof(changes[0])));
	tcase_add_test(tc, rows_of_an_earlier_version);
	tcase_add_test(tc, another_letter_under_a_number);
	tcase_add_loop_test(tc, the_clock_mark, 0, 4);
	tcase_add_test(tc, without_its_database);
	tcase_add_test(tc, answered_later);
	tcase_add_test(tc, others_visits);
	tcase_add_test(tc, while_another_holds_its_database);
	tcase_set_timeout(tc, 120);
	suite_add_tcase(su, tc);
	return su;
}

CHECK_MAIN(suite);
