/*
 * test_log_stale.c - what the root says later reaches back into a copy:
 * verify/post/log_stale.h.
 */
#include "tests/verify/post/sample_log.h"

#include "store/row.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "verify/log_status.h"
#include "verify/post/copy_kept.h"
#include "verify/post/copy_log.h"
#include "verify/post/copy_schema.h"
#include "verify/post/evidence.h"
#include "verify/post/log_head.h"
#include "verify/post/log_stale.h"
#include "verify/post/logs_mend.h"

static struct sample_log s;
static struct chronicle second;
static struct trust_removed removed;
static struct log_evidence got;

static void
setup(void)
{
	sample_log_new(&s);
	chronicle_new(&second, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(&second, false, &s.row[1]);
}

static void
teardown(void)
{
	chronicle_free(&second);
	sample_log_free(&s);
}

/* Letter `sequence`, made so many seconds after the log began. */
static enum history_state
fate_of(const struct chronicle *log, unsigned sequence, int64_t after)
{
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	struct evidence_letter letter = { .number = number,
		.digest = digest,
		.issued_at = s.begin + after,
		.key = &center->keys[0] };

	chronicle_number(log, clock_year(s.begin), sequence, number);
	chronicle_digest(number, digest);
	evidence_find(s.sample.post, center, &letter, s.sample.now, &got);
	ck_assert(!got.failed && got.state == LOG_INCLUDED);
	return got.letter;
}

static enum history_state
fate(unsigned sequence)
{
	return fate_of(&s.log, sequence, 10 * sequence);
}

/* Letters 1 to `count`, every ten seconds. */
static void
letters(unsigned count)
{
	unsigned i;

	chronicle_found(&s.log, s.begin);
	for (i = s.log.size == SIZE(0) ? 1 : LETTER(s.log.size); i <= count;
	     i++)
		chronicle_issue(&s.log, s.begin + 10 * i, i);
}

static void
publish(struct chronicle *log, const char *pub)
{
	chronicle_publish(log, pub, log->size, s.sample.now - 60);
}

/* The root removes the drafter from so many seconds after the log began. */
static void
remove_drafter(int64_t after, const char *pub)
{
	removed = (struct trust_removed){ .code = CHRONICLE_DRAFTER,
		.since = s.begin + after };
	s.list.removed = &removed;
	s.list.removed_count = 1;
	sample_log_list(&s, pub);
}

static bool
is_stale(unsigned generation)
{
	const struct trust_center *center =
	    trust_find_center(s.sample.post->list, "GTGUA01");
	struct log_status status;
	struct errtext sentence = { 0 };
	bool stale;

	sample_log_reopen(&s);
	center = trust_find_center(s.sample.post->list, "GTGUA01");
	stale = sample_log_row(&s, generation)->stale;
	log_status_of(s.sample.post, center, &center->logs[generation - 1],
	    s.sample.now, &status);
	ck_assert_int_eq(status.has[R_LOG_PENDING], stale);
	ck_assert(!stale || log_stale_say(s.sample.post, &sentence));
	ck_assert_int_eq(post_logs_test(s.sample.post, NULL), ERR_OK);
	return stale;
}

/* The row as an earlier version of Sello wrote it. */
static void
other_version(unsigned generation)
{
	struct post_logs *logs = &s.sample.post->logs;
	int64_t id = sample_log_row(&s, generation)->id;
	sqlite3_stmt *stmt = store_prepare(logs->store,
	    "UPDATE log SET history = 'sello' WHERE id = ?1", NULL);

	store_bind_int(stmt, 1, id);
	ck_assert_int_eq(store_run(logs->store, stmt, NULL), ERR_OK);
	ck_assert_int_eq(copy_log_seal(logs, id, NULL), ERR_OK);
}

/* --- removed ------------------------------------------------------------- */

START_TEST(a_removal_where_nobody_can_say)
{
	letters(4);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	other_version(1);
	remove_drafter(30, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_msg(strstr(s.text, "read anew"), "%s", s.text);
	ck_assert(!is_stale(1));
	ck_assert_int_eq(fate(2), HISTORY_LIVE);
	ck_assert_int_eq(fate(3), HISTORY_VOID);
}
END_TEST

START_TEST(a_removal_that_reaches_back)
{
	letters(4);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate(3), HISTORY_LIVE);
	remove_drafter(30, "list");
	SYNC(&s, "list", 0); /* the list alone */
	ck_assert(is_stale(1));
	ck_assert_int_eq(fate(1), HISTORY_LIVE);
	ck_assert(got.behind);
	letters(5);
	publish(&s.log, PUB);
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_msg(strstr(s.text, "read anew") &&
		strstr(s.text, "do not count") && strstr(s.text, ": 3"),
	    "%s", s.text);
	ck_assert(!is_stale(1));
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, SIZE(5));
	ck_assert_int_eq(fate(2), HISTORY_LIVE);
	ck_assert_int_eq(fate(3), HISTORY_VOID);
	ck_assert_int_eq(fate(5), HISTORY_VOID);
	ck_assert(!got.behind);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(s.outcome, OUTCOME_SAME);
}
END_TEST

/* The same lines, and nothing new, do as well; what the post had before is
 * still evidence. */
START_TEST(the_same_lines_again)
{
	struct tree_hash root;
	bool known = false;

	letters(2);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	letters(4);
	publish(&s.log, PUB);
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, s.sample.now + 7200), 0);
	remove_drafter(30, PUB);
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, s.sample.now + 7300), 0);
	ck_assert(!is_stale(1));
	ck_assert_int_eq(fate(4), HISTORY_VOID);
	ck_assert_int_eq(
	    copy_kept_root(&s.sample.post->logs, sample_log_row(&s, 1), SIZE(2),
		&known, &root, NULL),
	    ERR_OK);
	ck_assert(known);
}
END_TEST

/* One that begins behind the copy changes nothing in it. */
START_TEST(a_removal_from_now_on)
{
	letters(4);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	remove_drafter(41, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(s.outcome, OUTCOME_SAME);
	ck_assert(!is_stale(1));
	letters(5);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.added, 1);
	ck_assert_int_eq(fate(4), HISTORY_LIVE);
	ck_assert_int_eq(fate(5), HISTORY_VOID);
}
END_TEST

/* A stick with fewer lines, and one with others: nothing is lost. */
START_TEST(not_by_other_lines)
{
	letters(3);
	publish(&s.log, "old");
	letters(4);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	remove_drafter(30, "old");
	SYNC(&s, "old", 1);
	ck_assert(is_stale(1));
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, SIZE(4));
	chronicle_cut(&s.log, SIZE(3));
	chronicle_issue(&s.log, s.begin + 41, 4);
	chronicle_issue(&s.log, s.begin + 50, 5);
	publish(&s.log, "fork");
	SYNC(&s, "fork", 3);
	ck_assert_ptr_nonnull(strstr(s.text, "it was rewritten"));
	ck_assert(is_stale(1));
	ck_assert_int_ne(sample_log_row(&s, 1)->conflict, 0);
	ck_assert_int_eq(fate(3), HISTORY_LIVE);
	ck_assert(got.conflict && got.behind);
}
END_TEST

/* --- one log after the other --------------------------------------------- */

/* The list closes the first log at a size, and names the second. */
static void
close_at(uint64_t size, const char *pub)
{
	struct tree_hash root;

	chronicle_root(&s.log, size, &root);
	s.row[0].closed = true;
	s.row[0].final_size = size;
	memcpy(s.row[0].final_root, root.at, sizeof(root.at));
	s.list.log_count = 2;
	sample_log_list(&s, pub);
}

static void
begin_second(void)
{
	chronicle_go_on(&second, s.begin + 100);
	chronicle_issue(&second, s.begin + 110, 3);
	publish(&second, PUB);
}

/* A removal in the first log: the second is read anew too, but not before. */
START_TEST(both_logs)
{
	letters(2);
	publish(&s.log, PUB);
	close_at(s.log.size, PUB);
	begin_second();
	SYNC(&s, PUB, 0);
	remove_drafter(15, "second");
	publish(&second, "second");
	SYNC(&s, "second", 2); /* the first one is not here */
	ck_assert_ptr_nonnull(strstr(s.text, "needed first"));
	ck_assert_ptr_nonnull(
	    strstr(s.text, "sello-keys log close GTGUA01 --unused 1"));
	ck_assert(is_stale(1) && is_stale(2));
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_LIVE);
	ck_assert(got.behind);
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ck_assert(!is_stale(1) && !is_stale(2));
	ck_assert_int_eq(fate(1), HISTORY_LIVE);
	ck_assert_int_eq(fate(2), HISTORY_VOID);
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_VOID);
}
END_TEST

/* The root raises the end: behind it the approver was sent away, by whom the
 * second log begins. */
START_TEST(the_end_is_raised)
{
	letters(2);
	close_at(s.log.size, PUB);
	chronicle_join(&s.log, s.begin + 60, "AP2004", "APPROVER");
	chronicle_enter(
	    &s.log, s.begin + 60, CHRONICLE_APPROVER, "REMOVED", "AP2004");
	publish(&s.log, PUB);
	begin_second();
	SYNC(&s, PUB, 0);
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_LIVE);
	close_at(s.log.size, "first");
	publish(&s.log, "first");
	SYNC(&s, "first", 0);
	ck_assert_uint_eq(s.added, 3);
	ck_assert(!is_stale(1) && is_stale(2));
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_LIVE);
	ck_assert(got.behind);
	SYNC(&s, PUB, 1); /* an older list is in it */
	ck_assert(!is_stale(2));
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_VOID);
}
END_TEST

/* This post had more of the first log than where the root ended it, and the
 * second begins with the persons of that end. */
START_TEST(the_copy_goes_beyond_the_end)
{
	EVP_PKEY *own = support_person_key("GTGUA01", CHRONICLE_DRAFTER);
	EVP_PKEY *other = support_other_key();

	letters(2);
	publish(&s.log, "end");
	chronicle_key(&s.log, s.begin + 60, CHRONICLE_DRAFTER, other,
	    CHRONICLE_DRAFTER, CHRONICLE_APPROVER);
	publish(&s.log, PUB);
	SYNC(&s, PUB, 0);
	close_at(SIZE(2), "list");
	SYNC(&s, "list", 0);
	ck_assert(is_stale(1));
	begin_second();
	close_at(SIZE(2), PUB);
	if (_i == 0) /* files that do not go so far */
		SYNC(&s, "end", 0);
	SYNC(&s, PUB, 0);
	ck_assert(!is_stale(1) && !is_stale(2));
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, SIZE(2));
	ck_assert_int_eq(fate_of(&second, 3, 110), HISTORY_LIVE);
	ck_assert(!got.behind);
	EVP_PKEY_free(own);
	EVP_PKEY_free(other);
}
END_TEST

/* The second log begins with somebody whom a newer list may have. */
START_TEST(the_list_comes_later)
{
	struct trust_person person = support_person("GTGUA01", "OF2002", 'D');
	struct trust_roster rosters[2] = { support_roster("GTGUA01",
					       s.sample.now - 10 * CLOCK_DAY),
		{ .since = s.sample.now - 50,
		    .person_count = 1,
		    .persons = &person } };
	struct log_entry staff = { .time = s.sample.now,
		.kind = ENTRY_STAFF,
		.ref = "OF2002",
		.reason = "DRAFTER",
		.officer = "OF2002" };

	letters(2);
	publish(&s.log, PUB);
	close_at(s.log.size, PUB);
	chronicle_go_on(&second, s.begin + 100);
	chronicle_add(&second, &staff);
	publish(&second, PUB);
	SYNC(&s, PUB, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "get a newer list"));
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, 0);
	s.list.rosters = rosters;
	s.list.roster_count = 2;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ck_assert_ptr_null(strstr(s.text, "do not count"));
	ck_assert_uint_eq(sample_log_row(&s, 2)->size, second.size);
	trust_roster_free(&rosters[0]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("log_stale");
	TCase *t = tcase_create("log_stale");

	tcase_add_test(t, a_removal_where_nobody_can_say);
	tcase_add_test(t, a_removal_that_reaches_back);
	tcase_add_test(t, the_same_lines_again);
	tcase_add_test(t, a_removal_from_now_on);
	tcase_add_test(t, not_by_other_lines);
	tcase_add_test(t, both_logs);
	tcase_add_test(t, the_end_is_raised);
	tcase_add_loop_test(t, the_copy_goes_beyond_the_end, 0, 2);
	tcase_add_test(t, the_list_comes_later);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	suite_add_tcase(su, t);
	return su;
}

CHECK_MAIN(suite);
