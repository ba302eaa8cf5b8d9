/*
 * test_records.c - what a post had taken of one log is not made up for by
 * lines of another: two centers, two logs of the first. An older copy, or one
 * of which a part came back, makes no withdrawal forgotten.
 */
#include "verify/post/records.h"

#include "tests/check_main.h"
#include "tests/support/cut.h"
#include "tests/verify/post/sample_log.h"
#include "verify/post/copy_schema.h"
#include "verify/post/evidence.h"

static struct sample_log s;      /* GTGUA01, 1 */
static struct chronicle later;   /* GTGUA01, 2 */
static struct chronicle other;   /* GTQUE01, 1 */
static struct sample_second que; /* GTQUE01 */
static struct trust_log que_log;
static struct bytes before; /* logs.db of before the withdrawals */
static int year;

static void
publish(struct chronicle *log, const char *pub, int64_t at)
{
	char command[64];

	snprintf(command, sizeof(command), "mkdir -p %s && cp pub/trust.xml %s",
	    pub, pub);
	(void)run(command, NULL);
	chronicle_publish(log, pub, log->size, at);
}

static int
settle(void)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	sync_settle(s.sample.post, &listener);
	return listener.status;
}

/* As the command does it. */
static int
sync_all(const char *pub)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };
	int status;

	sample_log_reopen(&s);
	sync_mend(s.sample.post, s.sample.now, &listener);
	status = sample_log_sync(&s, pub);
	ck_assert_msg(status <= 1, "%s: %s", pub, s.text);
	return settle();
}

static void
begin_logs(void)
{
	chronicle_new(&later, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(&later, false, &s.row[1]);
	s.list.log_count = 2;
	que.center = sample_center(&s.sample.root, "GTQUE01", "GTM");
	que.key = sample_p256();
	que.cert = sample_cert(&s.sample.root, &que.center, que.key);
	chronicle_new(&other, "GTQUE01", 1, que.key);
	chronicle_trust_log(&other, false, &que_log);
	que.logs = &que_log;
	que.log_count = 1;
	s.list.second = &que;
	sample_log_list(&s, PUB);
}

/* The post has all three logs; then each center withdraws letter 1, and the
 * second log letter 2 of the first one. */
static void
setup(void)
{
	sample_log_new(&s);
	year = clock_year(s.begin);
	begin_logs();
	chronicle_grow(&s.log, s.begin, 1, SIZE(5));
	chronicle_grow(&later, s.begin + 200, 6, SIZE(3));
	chronicle_grow(&other, s.begin, 1, SIZE(5));
	publish(&s.log, PUB, s.sample.now - 3600);
	publish(&later, PUB, s.sample.now - 3600);
	publish(&other, PUB, s.sample.now - 3600);
	ck_assert_int_eq(sync_all(PUB), 0);
	post_free(&s.sample.post);
	ck_assert_int_eq(
	    file_read("post/logs.db", 1u << 30, &before, NULL), ERR_OK);
	chronicle_withdraw(&s.log, s.begin + 300, year, 1, "FRAUD");
	chronicle_withdraw(&later, s.begin + 301, year, 2, "FRAUD");
	chronicle_withdraw(&other, s.begin + 302, year, 1, "FRAUD");
	publish(&s.log, "first", s.sample.now - 1800);
	publish(&later, "second", s.sample.now - 1800);
	publish(&other, "third", s.sample.now - 1800);
	ck_assert_int_eq(sync_all("first"), 0);
	ck_assert_int_eq(sync_all("second"), 0);
	ck_assert_int_eq(sync_all("third"), 0);
}

static void
teardown(void)
{
	bytes_free(&before);
	chronicle_free(&later);
	chronicle_free(&other);
	X509_free(que.cert);
	EVP_PKEY_free(que.key);
	sample_log_free(&s);
}

static void
put_older(void)
{
	post_free(&s.sample.post);
	(void)run("rm -f post/logs.db*", NULL);
	run_put("post/logs.db", before.at, before.len);
	sample_log_reopen(&s);
}

static struct log_evidence
ask(const struct chronicle *log, unsigned sequence)
{
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, log->center);
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	struct evidence_letter letter = { .number = number,
		.digest = digest,
		.issued_at = s.begin,
		.key = &center->keys[0] };
	struct log_evidence got;

	chronicle_number(log, year, sequence, number);
	chronicle_digest(number, digest);
	evidence_find(s.sample.post, center, &letter, s.sample.now, &got);
	return got;
}

/* Known to be a fraud, or known to be not known. */
static void
expect(const struct chronicle *log, unsigned sequence, bool known)
{
	struct log_evidence got = ask(log, sequence);

	ck_assert(!got.failed);
	ck_assert_int_eq(got.letter == HISTORY_FRAUD, known);
	ck_assert_msg(
	    known || got.behind, "%s %u is green", log->center, sequence);
}

/* An older copy; the other center's new lines, however many, change nothing. */
START_TEST(an_older_copy)
{
	put_older();
	ck_assert(s.sample.post->logs.lost);
	ck_assert(ask(&s.log, 1).failed);
	chronicle_grow(&other, s.begin + 400, 6, other.size + 20);
	publish(&other, "third", s.sample.now - 900);
	ck_assert_int_eq(sync_all("third"), 1);
	ck_assert_ptr_nonnull(
	    strstr(s.text, "GTGUA01, log 1: 10 lines, now 9"));
	ck_assert_ptr_nonnull(strstr(s.text, "GTGUA01, log 2: 8 lines, now 7"));
	ck_assert_ptr_null(strstr(s.text, "GTQUE01"));
	expect(&other, 1, true);
	ck_assert(!ask(&other, 2).behind);
	expect(&s.log, 1, false);
	expect(&s.log, 2, false);
	/* the next day, in the other order: the second log, then the first */
	sample_log_reopen(&s);
	ck_assert_int_eq(sync_all("second"), 1);
	expect(&s.log, 1, false);
	expect(&s.log, 2, true);
	ck_assert(ask(&s.log, 3).behind);
	ck_assert_int_eq(sync_all("first"), 0);
	expect(&s.log, 1, true);
	ck_assert(!ask(&s.log, 3).behind);
}
END_TEST

/* One log of this copy is damaged. */
static void
lose_log(void)
{
	sqlite3 *db;
	char sql[128];

	snprintf(sql, sizeof(sql),
	    "DELETE FROM letter WHERE key >> 36 = %lld AND line = 4",
	    (long long)sample_log_row(&s, 1)->id);
	post_free(&s.sample.post);
	ck_assert_int_eq(sqlite3_open("post/logs.db", &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What was said is kept until its lines come again, and the lines before them
 * are not judged by it. */
START_TEST(what_is_to_come_judges_no_line)
{
	chronicle_withdraw(&s.log, s.begin + 310, year, 3, "WITHDRAWN");
	publish(&s.log, "shorter", s.sample.now - 900);
	chronicle_withdraw(&s.log, s.begin + 320, year, 3, "FRAUD");
	publish(&s.log, "first", s.sample.now - 600);
	ck_assert_int_eq(sync_all("first"), 0);
	lose_log();
	ck_assert_int_eq(sync_all("shorter"), 1);
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, s.log.size - 1);
	expect(&s.log, 3, true);
	/* the second log begins with the persons of the first: read anew, too
	 */
	ck_assert_int_eq(sync_all("first"), 1);
	ck_assert_int_eq(sync_all("second"), 0);
	expect(&s.log, 3, true);
}
END_TEST

/* One log is lost of a damaged copy, the others come over whole: what it lacks
 * comes back in parts, while the others grow. */
START_TEST(a_partial_comeback)
{
	lose_log();
	chronicle_grow(&other, s.begin + 400, 6, other.size + 20);
	publish(&other, "third", s.sample.now - 900);
	ck_assert_int_eq(sync_all("third"), 1);
	expect(&s.log, 1, true); /* what was said comes over, until then */
	ck_assert(ask(&s.log, 1).behind);
	expect(&s.log, 2, true);
	/* an old stick; the second log, which begins with the persons of the
	 * first, is to be read anew, too */
	ck_assert_int_eq(sync_all(PUB), 1);
	expect(&s.log, 1, true);
	ck_assert(ask(&s.log, 1).behind);
	ck_assert(sample_log_row(&s, 2)->stale);
	chronicle_grow(&later, s.begin + 500, 9, later.size + 9);
	publish(&later, "second", s.sample.now - 900);
	ck_assert_int_eq(sync_all("second"), 1);
	ck_assert(!sample_log_row(&s, 2)->stale);
	expect(&s.log, 1, true);
	ck_assert_int_eq(sync_all("first"), 0);
	expect(&s.log, 1, true);
	ck_assert(!ask(&s.log, 1).behind);
}
END_TEST

/* That a log contradicts itself is more than any lines, and no later head of
 * it takes it back. */
START_TEST(a_contradiction_is_not_forgotten)
{
	struct chronicle *log = &s.log;

	chronicle_cut(log, SIZE(5));
	chronicle_withdraw(log, s.begin + 310, year, 4, "WITHDRAWN");
	chronicle_close(log, s.begin + 311);
	chronicle_publish(log, "fork", log->size, s.sample.now - 900);
	(void)run("cp pub/trust.xml fork", NULL);
	ck_assert_int_eq(sample_log_sync(&s, "fork"), 3);
	ck_assert_int_eq(settle(), 0);
	ck_assert(ask(log, 3).conflict);
	put_older();
	ck_assert(s.sample.post->logs.lost);
	ck_assert_int_eq(sync_all("second"), 1);
	ck_assert_ptr_nonnull(
	    strstr(s.text, "GTGUA01, log 1: found manipulated"));
	ck_assert_int_eq(
	    sample_log_sync_at(&s, "fork", s.sample.now + 7200), 0);
	ck_assert(ask(log, 3).behind);
	ck_assert_int_eq(settle(), 1);
}
END_TEST

/* Ended between what is counted and what is written (0), or before the loss is
 * settled (1): both err on the side of what is lost. */
START_TEST(ended_in_between)
{
	const struct post_log *log = sample_log_row(&s, 1);

	ck_assert_int_eq(
	    records_fewer(s.sample.post, log, 3, s.sample.now, NULL), ERR_OK);
	if (_i == 1)
		put_older();
	else
		sample_log_reopen(&s);
	ck_assert_int_eq(s.sample.post->logs.lost, _i == 1);
	if (_i == 0) {
		ck_assert(!ask(&s.log, 3).behind); /* nothing is lost */
		put_older();
	}
	ck_assert_int_eq(sync_all("second"), 1);
	expect(&s.log, 1, false);
	ck_assert_int_eq(sync_all("first"), 1); /* the third has not come */
	expect(&s.log, 1, true);
	expect(&other, 1, false);
	ck_assert_int_eq(sync_all("third"), 0);
	expect(&other, 1, true);
}
END_TEST

/* One line more of each of the three logs, as the command takes it. */
static void
take_news(void)
{
	(void)sync_all("news");
	post_free(&s.sample.post);
}

static void
grow_all(void)
{
	chronicle_grow(&s.log, s.begin + 400, 6, s.log.size + 1);
	chronicle_grow(&later, s.begin + 400, 9, later.size + 1);
	chronicle_grow(&other, s.begin + 400, 6, other.size + 1);
	publish(&s.log, "news", s.sample.now - 900);
	publish(&later, "news", s.sample.now - 900);
	publish(&other, "news", s.sample.now - 900);
}

/* What is counted in a post.db, whatever stands beside it. */
static int64_t
counted(const char *path)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int64_t sum;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT sum(taken) FROM record",
			     -1, &stmt, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	sum = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return sum;
}

/* The power fails at any step of a sync: the copy is whole, no more is counted
 * than it has, and the next sync counts all. And each log costs two steps, one
 * in each database, whose write-ahead logs take two each to begin and two to be
 * written back. */
START_TEST(cut_at_any_step)
{
	unsigned step = 1;

	grow_all();
	post_free(&s.sample.post);
	(void)run("cp -a post kept", NULL);
	for (; cut_at(step, take_news); step++) {
		sample_log_reopen(&s);
		ck_assert(!s.sample.post->store_lost);
		ck_assert(!s.sample.post->logs.lost);
		ck_assert(!ask(&s.log, 3).behind && !ask(&other, 3).behind);
		ck_assert_int_eq(sync_all("news"), 0);
		put_older();
		ck_assert(s.sample.post->logs.lost);
		post_free(&s.sample.post);
		(void)run("rm -rf post && cp -a kept post", NULL);
	}
	ck_assert_uint_ge(step - 1, 3 * 2);
	ck_assert_uint_le(step - 1, 3 * 2 + 2 * 4);
}
END_TEST

/* When a sync has ended it is counted in the file itself, also while another
 * program has it open. */
START_TEST(counted_in_the_file)
{
	grow_all();
	ck_assert_int_eq(sync_all("news"), 0);
	(void)run("cp post/post.db alone.db", NULL);
	ck_assert_int_eq(counted("alone.db"),
	    (int64_t)(s.log.size + later.size + other.size));
}
END_TEST

/* A row that a bad disk changed is no word on anything. */
START_TEST(a_changed_row)
{
	sqlite3 *db;

	post_free(&s.sample.post);
	ck_assert_int_eq(sqlite3_open("post/post.db", &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "UPDATE record SET taken = taken - 1",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	sample_log_reopen(&s);
	ck_assert(s.sample.post->store_lost);
	ck_assert_int_eq(s.sample.post->store_why, ERR_DATA);
}
END_TEST

/* A home of a version that kept one sum over all logs. */
START_TEST(a_home_of_before)
{
	sqlite3 *db;

	post_free(&s.sample.post);
	ck_assert_int_eq(sqlite3_open("post/post.db", &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(db,
		"DROP TABLE record; INSERT INTO setting (name, value) VALUES"
		" ('records', 99), ('records-lost', 99); PRAGMA user_version=2",
		NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	sample_log_reopen(&s);
	ck_assert(!s.sample.post->logs.lost && !s.sample.post->store_lost);
	ck_assert_int_eq(sync_all("first"), 0);
	ck_assert_uint_eq(s.sample.post->record_count, 3);
	put_older();
	ck_assert(s.sample.post->logs.lost);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("records");
	TCase *t = tcase_create("lost");

	tcase_add_test(t, an_older_copy);
	tcase_add_test(t, what_is_to_come_judges_no_line);
	tcase_add_test(t, a_partial_comeback);
	tcase_add_test(t, a_contradiction_is_not_forgotten);
	tcase_add_loop_test(t, ended_in_between, 0, 2);
	tcase_add_test(t, cut_at_any_step);
	tcase_add_test(t, counted_in_the_file);
	tcase_add_test(t, a_changed_row);
	tcase_add_test(t, a_home_of_before);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 300);
	suite_add_tcase(su, t);
	return su;
}

CHECK_MAIN(suite);
