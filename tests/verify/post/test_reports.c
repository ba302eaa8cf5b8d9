/*
 * test_reports.c - what posts tell each other, and that they find a center
 * that shows them different records.
 */
#include "tests/verify/post/sample_log.h"

#include "log/note.h"
#include "tests/check_main.h"
#include "verify/judge.h"
#include "verify/post/copy_shown.h"
#include "verify/post/log_head.h"
#include "verify/post/post_keys.h"
#include "verify/post/reports.h"

static struct sample_log s;
static struct trust_post row;
static struct post *other; /* home "other", ES-GTQUE/1 */

static void
setup(void)
{
	const struct post_setup there = {
		.root_path = "root.crt", .consulate = "ES-GTQUE", .number = 1
	};

	sample_log_new(&s);
	ck_assert_int_eq(post_init("other", &there, NULL), ERR_OK);
	ck_assert_int_eq(post_open("other", &other, NULL), ERR_OK);
}

static void
teardown(void)
{
	post_free(&other);
	sample_log_free(&s);
}

/* The list names the other post, and both have it. */
static void
list_other(enum post_status status)
{
	struct sync_listener none = { NULL, NULL, 0 };
	EVP_PKEY *key = NULL;

	row = (struct trust_post){ .name = "ES-GTQUE/1",
		.status = status,
		.since = status == POST_REVOKED ? s.begin : 0 };
	ck_assert_int_eq(post_key_load(other, "cosigner.key", VKEY_COSIGNATURE,
			     &row.cosigner, &key, NULL),
	    ERR_OK);
	EVP_PKEY_free(key);
	ck_assert_int_eq(post_key_load(other, "report.key", VKEY_ED25519,
			     &row.report, &key, NULL),
	    ERR_OK);
	EVP_PKEY_free(key);
	s.list.posts = &row;
	s.list.post_count = 1;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	sync_source(other, PUB, s.sample.now, &none);
	ck_assert_int_eq(none.status, 0);
}

static void
show(struct post *post, unsigned sequence, int64_t time)
{
	struct presentation p = { .time = time,
		.issued_at = s.begin,
		.answer = sequence % 2 != 0 ? "mismatch" : "match",
		.elsewhere = true };
	struct presented found;

	chronicle_number(&s.log, clock_year(s.begin), sequence, p.number);
	chronicle_digest(p.number, p.digest);
	ck_assert_int_eq(
	    presentation_record(post, &p, PRESENTED_EVER, &found, NULL),
	    ERR_OK);
}

static bool
find(unsigned sequence, struct copy_shown *out)
{
	char number[LETTER_NUMBER_SIZE];
	uint8_t digest[32];
	bool found;

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	chronicle_digest(number, digest);
	ck_assert_int_eq(
	    reports_find(s.sample.post, number, digest, &found, out, NULL),
	    ERR_OK);
	return found;
}

static void
make(struct post *post, struct bytes *file)
{
	struct report_made made;

	bytes_reset(file);
	ck_assert_int_eq(
	    reports_make(post, s.sample.now, file, &made, NULL), ERR_OK);
}

static int
tell(struct post *post, const struct bytes *file)
{
	struct sync_listener listener = { sample_log_event, &s, 0 };

	s.events = s.logs = 0;
	reports_import(post, "report.txt", file, s.sample.now, &listener);
	return listener.status;
}

#define TAKE(post, file, want)                                                \
	do {                                                                  \
		int take_got = tell(post, file);                              \
		ck_assert_msg(take_got == (want), "%d, not %d: %s", take_got, \
		    want, s.text);                                            \
	} while (0)

START_TEST(letters_shown_elsewhere)
{
	struct bytes file = { 0 };
	struct copy_shown seen;

	list_other(POST_ACTIVE);
	show(other, 1, s.sample.now - CLOCK_DAY);
	show(other, 1, s.sample.now);
	show(other, 2, s.sample.now);
	make(other, &file);
	ck_assert(!find(1, &seen));
	TAKE(s.sample.post, &file, 0);
	ck_assert_ptr_nonnull(strstr(s.text, "ES-GTQUE/1"));
	ck_assert_ptr_nonnull(strstr(s.text, "new 3"));
	ck_assert(find(1, &seen));
	ck_assert_str_eq(seen.post, "ES-GTQUE/1");
	ck_assert_int_eq(seen.day, s.sample.now / CLOCK_DAY - 1);
	ck_assert(find(2, &seen));
	ck_assert(!find(3, &seen));
	TAKE(s.sample.post, &file, 0); /* again: nothing new */
	ck_assert_ptr_nonnull(strstr(s.text, "new 0"));
	sample_log_reopen(&s);
	ck_assert(find(2, &seen));
	bytes_free(&file);
}
END_TEST

START_TEST(the_report_is_a_signed_note_without_names)
{
	struct bytes file = { 0 };
	struct note note;

	list_other(POST_ACTIVE);
	show(other, 1, s.sample.now);
	make(other, &file);
	ck_assert_int_eq(note_parse(file.at, file.len, &note, NULL), ERR_OK);
	ck_assert_int_eq(note_verify(&note, &row.report, NULL), ERR_OK);
	ck_assert_ptr_nonnull(strstr(note.text, " em - -\n"));
	bytes_free(&file);
}
END_TEST

/* Their word counts for nothing, and that is said. */
START_TEST(posts_that_are_not_listed)
{
	struct bytes file = { 0 };
	struct copy_shown seen;

	if (_i == 0)
		SYNC(&s, PUB, 0);
	else
		list_other(POST_REVOKED);
	show(other, 1, s.sample.now);
	make(other, &file);
	TAKE(s.sample.post, &file, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "does not count"));
	ck_assert_int_eq(strstr(s.text, "request.txt") != NULL, _i == 0);
	ck_assert(!find(1, &seen));
	bytes_free(&file);
}
END_TEST

/* Whatever somebody calls it: nobody has signed that name. */
START_TEST(a_post_of_another_form_is_named)
{
	struct bytes file = { 0 };
	char *at;

	SYNC(&s, PUB, 0);
	make(other, &file);
	bytes_add_byte(&file, '\0');
	file.len--;
	while ((at = strstr((char *)file.at, "/post/")) != NULL)
		memcpy(at, "/stop/", 6);
	TAKE(s.sample.post, &file, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "/stop/ES-"));
	bytes_free(&file);
}
END_TEST

START_TEST(its_own_report)
{
	struct bytes file = { 0 };
	struct copy_shown seen;

	SYNC(&s, PUB, 0);
	show(s.sample.post, 1, s.sample.now);
	make(s.sample.post, &file);
	TAKE(s.sample.post, &file, 0);
	ck_assert(!find(1, &seen));
	bytes_free(&file);
}
END_TEST

START_TEST(reports_that_are_none)
{
	struct bytes file = { 0 };

	make(other, &file);
	TAKE(s.sample.post, &file, 2);
	ck_assert_ptr_nonnull(strstr(s.text, "no trust list yet"));
	strcpy(s.sample.post->list_problem.text, "out of memory");
	TAKE(s.sample.post, &file, 2); /* there is one */
	ck_assert_ptr_nonnull(strstr(s.text, "cannot be used: out of memory"));
	list_other(POST_ACTIVE);
	show(other, 1, s.sample.now);
	make(other, &file);
	file.at[100] ^= 1;
	TAKE(s.sample.post, &file, 2); /* changed after it was signed */
	file.at[100] ^= 1;
	file.len -= 10;
	TAKE(s.sample.post, &file, 2);
	bytes_reset(&file);
	bytes_add_text(&file, "hello\n");
	TAKE(s.sample.post, &file, 2);
	bytes_reset(&file);
	TAKE(s.sample.post, &file, 2);
	s.sample.now += 700;
	make(other, &file);
	s.sample.now -= 700;
	TAKE(s.sample.post, &file, 2); /* from the future */
	bytes_free(&file);
}
END_TEST

/* The center shows each post another log of the same size. */
START_TEST(two_versions_of_a_log)
{
	struct sync_listener none = { NULL, NULL, 0 };
	struct bytes file = { 0 };

	sample_log_publish(&s, PUB, 9);
	sample_log_publish(&s, "more", 12);
	if (_i == 1) /* an unlisted post may bring proof too */
		SYNC(&s, PUB, 0);
	else
		list_other(POST_ACTIVE);
	chronicle_cut(&s.log, 8);
	chronicle_issue(&s.log, s.begin + 1, LETTER(8));
	if (_i == 2) /* a longer one */
		chronicle_issue(&s.log, s.begin + 1, LETTER(9));
	chronicle_publish(&s.log, "fork", s.log.size, s.sample.now);
	/* the other post was never shown anything else */
	post_free(&other);
	ck_assert_int_eq(run("rm -f other/logs.db*; cp pub/trust.xml fork &&"
			     " sqlite3 other/post.db 'DELETE FROM record'",
			     NULL),
	    0);
	ck_assert_int_eq(post_open("other", &other, NULL), ERR_OK);
	sync_source(other, "fork", s.sample.now, &none);
	ck_assert_int_eq(none.status, 0);
	make(other, &file);
	if (_i == 2) {
		/* longer: known only when the files are there */
		TAKE(s.sample.post, &file, 0);
		SYNC(&s, PUB, 0);
		SYNC(&s, "more", 3);
		ck_assert_ptr_nonnull(strstr(s.text, "ES-GTQUE/1"));
	} else
		TAKE(s.sample.post, &file, 3);
	ck_assert_ptr_nonnull(strstr(s.proof, "PROOF OF MANIPULATION"));
	sample_log_reopen(&s);
	ck_assert_int_ne(sample_log_row(&s, 1)->conflict, 0);
	bytes_free(&file);
}
END_TEST

/* Its branch wins at this post: then the head heard before contradicts. */
START_TEST(a_head_heard_before_the_records)
{
	struct sync_listener none = { NULL, NULL, 0 };
	struct bytes file = { 0 };

	list_other(POST_ACTIVE);
	sample_log_publish(&s, PUB, 9);
	chronicle_cut(&s.log, 8);
	chronicle_issue(&s.log, s.begin + 1, LETTER(8));
	chronicle_publish(&s.log, "fork", 9, s.sample.now);
	sync_source(other, "fork", s.sample.now, &none);
	make(other, &file);
	TAKE(s.sample.post, &file, 0); /* nothing to compare it with yet */
	SYNC(&s, PUB, 3);
	ck_assert_ptr_nonnull(strstr(s.text, "ES-GTQUE/1"));
	ck_assert_uint_eq(sample_log_row(&s, 1)->size, 0);
	bytes_free(&file);
}
END_TEST

START_TEST(honest_heads_of_any_size)
{
	static const unsigned here[] = { 5, 9, 9, 300 },
			      there[] = { 9, 9, 5, 270 };
	struct sync_listener none = { NULL, NULL, 0 };
	struct bytes file = { 0 };

	list_other(POST_ACTIVE);
	sample_log_publish(&s, "there", there[_i]);
	if (here[_i] < there[_i])
		chronicle_publish(&s.log, PUB, here[_i], s.sample.now - 60);
	else
		sample_log_publish(&s, PUB, here[_i]);
	sync_source(other, "there", s.sample.now, &none);
	ck_assert_int_eq(none.status, 0);
	SYNC(&s, PUB, 0);
	make(other, &file);
	TAKE(s.sample.post, &file, 0);
	sample_log_publish(&s, PUB, 310);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.size, 310);
	bytes_free(&file);
}
END_TEST

/* A head alone, as a center or an auditor may send it. */
START_TEST(a_bare_head)
{
	struct bytes note = { 0 };

	sample_log_publish(&s, PUB, 9);
	SYNC(&s, PUB, 0);
	chronicle_head(&s.log, 9, 0, &note);
	TAKE(s.sample.post, &note, 0);
	chronicle_cut(&s.log, 8);
	chronicle_issue(&s.log, s.begin + 1, LETTER(8));
	bytes_reset(&note);
	chronicle_head(&s.log, 9, 0, &note);
	note.at[note.len - 3] ^= 1; /* not the log's word */
	TAKE(s.sample.post, &note, 2);
	note.at[note.len - 3] ^= 1;
	TAKE(s.sample.post, &note, 3);
	bytes_free(&note);
}
END_TEST

/* At most a megabyte, the oldest letters are left out. */
/* A head of `size` lines that nobody can have files for. */
static void
absurd(const struct vkey *key, EVP_PKEY *signer, uint64_t size, uint8_t byte,
    struct bytes *note)
{
	struct checkpoint head = { .size = size };

	snprintf(head.origin, sizeof(head.origin), "%s", key->name);
	memset(head.root.at, byte, sizeof(head.root.at));
	bytes_reset(note);
	ck_assert_int_eq(
	    checkpoint_sign(&head, key, signer, note, NULL), ERR_OK);
}

static void
hear(const struct bytes *note, struct log_outcome *outcome)
{
	log_accept_seen(s.sample.post, note->at, note->len, "an unlisted post",
	    s.sample.now, outcome);
}

/* A center that wants to hide its fork fills the list with heads that will
 * never be compared: the longest go first, and that is said. */
START_TEST(absurd_heads_push_out_no_other)
{
	struct bytes note = { 0 };
	struct log_outcome outcome;
	uint64_t i;

	sample_log_publish(&s, PUB, 20);
	SYNC(&s, PUB, 0);
	for (i = 0; i < LOG_SEEN_MAX; i++) {
		absurd(&s.log.log, s.log.log_key, 1000000 + i, 1, &note);
		hear(&note, &outcome);
		ck_assert_msg(
		    outcome.outcome == OUTCOME_SAME && !outcome.not_compared,
		    "%s", outcome.text);
	}
	/* longer than all of them: not kept, and not said to be */
	absurd(&s.log.log, s.log.log_key, 2000000, 1, &note);
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_UNREADABLE);
	ck_assert(outcome.not_compared);
	ck_assert_ptr_nonnull(strstr(outcome.text, "NOT kept"));
	/* the fork's own head, of 33 lines */
	absurd(&s.log.log, s.log.log_key, 33, 7, &note);
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_SAME);
	ck_assert(outcome.not_compared);
	ck_assert_ptr_nonnull(
	    strstr(outcome.text, "1000063 lines, was dropped"));
	/* heard again, the shortest and the longest: no other goes for it, and
	 * it is there */
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_SAME);
	ck_assert_msg(!outcome.not_compared, "%s", outcome.text);
	absurd(&s.log.log, s.log.log_key, 1000062, 1, &note);
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_SAME);
	ck_assert_msg(!outcome.not_compared, "%s", outcome.text);
	sample_log_publish(&s, PUB, 40);
	SYNC(&s, PUB, 3);
	bytes_free(&note);
}
END_TEST

/* Two signed heads of one size, heard one after the other, are proof without
 * any file; the same one twice is nothing. */
START_TEST(two_heads_heard_that_contradict_each_other)
{
	struct bytes note = { 0 };
	struct log_outcome outcome;

	sample_log_publish(&s, PUB, 5);
	SYNC(&s, PUB, 0);
	absurd(&s.log.log, s.log.log_key, 50, 1, &note);
	hear(&note, &outcome);
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_SAME);
	absurd(&s.log.log, s.log.log_key, 51, 1, &note);
	hear(&note, &outcome);
	ck_assert_int_eq(outcome.outcome, OUTCOME_SAME);
	absurd(&s.log.log, s.log.log_key, 50, 2, &note);
	hear(&note, &outcome);
	ck_assert_msg(
	    outcome.outcome == OUTCOME_MANIPULATED, "%s", outcome.text);
	ck_assert_int_ne(sample_log_row(&s, 1)->conflict, 0);
	bytes_free(&note);
}
END_TEST

START_TEST(too_many_letters)
{
	struct report_made made;
	struct bytes file = { 0 };
	struct errtext err = { 0 };
	unsigned i;

	/* nothing here is to survive a power cut */
	ck_assert_int_eq(
	    store_run(other->store,
		store_prepare(other->store, "PRAGMA synchronous=OFF", &err),
		&err),
	    ERR_OK);
	for (i = 1; i <= 12000; i++)
		show(other, i, s.sample.now - CLOCK_DAY * (i / 100));
	ck_assert_int_eq(
	    reports_make(other, s.sample.now, &file, &made, &err), ERR_OK);
	ck_assert_uint_le(file.len, NOTE_MAX);
	ck_assert_uint_ge(file.len, NOTE_MAX - 2048);
	ck_assert_uint_eq(made.seen + made.seen_left, 12000);
	ck_assert_uint_ge(made.seen_left, 1);
	list_other(POST_ACTIVE);
	TAKE(s.sample.post, &file, 0);
	{
		struct copy_shown seen;

		ck_assert(find(1, &seen));
		ck_assert(!find(12000, &seen));
	}
	bytes_free(&file);
}
END_TEST

/* --- in a verdict -------------------------------------------------------- */

static void
keep(const struct judged *judged, void *arg)
{
	*(struct judged *)arg = *judged;
}

START_TEST(presented_elsewhere)
{
	struct presentation p = { .time = s.sample.now };
	struct bytes file = { 0 }, report = { 0 };
	struct presented found;
	struct judged judged;
	struct judge judge = { .post = s.sample.post,
		.now = s.sample.now,
		.presented = PRESENTED_EVER,
		.tell = keep,
		.arg = &judged };

	list_other(POST_ACTIVE);
	sample_post_files(&s.sample, 1, &file, NULL);
	judge_bytes(&judge, "letter", file.at, file.len);
	ck_assert(!judged.judgement.presented);
	memcpy(p.number, judged.number, sizeof(p.number));
	memcpy(p.digest, judged.letter.digest, sizeof(p.digest));
	p.issued_at = s.sample.now;
	ck_assert_int_eq(
	    presentation_record(other, &p, PRESENTED_EVER, &found, NULL),
	    ERR_OK);
	make(other, &report);
	TAKE(s.sample.post, &report, 0);
	judge_bytes(&judge, "letter", file.at, file.len);
	ck_assert(judged.judgement.presented && judged.shown_elsewhere);
	ck_assert(!judged.shown_here);
	ck_assert_str_eq(judged.elsewhere.post, "ES-GTQUE/1");
	bytes_free(&file);
	bytes_free(&report);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("reports");
	TCase *tc = tcase_create("reports");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, letters_shown_elsewhere);
	tcase_add_test(tc, the_report_is_a_signed_note_without_names);
	tcase_add_loop_test(tc, posts_that_are_not_listed, 0, 2);
	tcase_add_test(tc, a_post_of_another_form_is_named);
	tcase_add_test(tc, its_own_report);
	tcase_add_test(tc, reports_that_are_none);
	tcase_add_loop_test(tc, two_versions_of_a_log, 0, 3);
	tcase_add_test(tc, a_head_heard_before_the_records);
	tcase_add_loop_test(tc, honest_heads_of_any_size, 0, 4);
	tcase_add_test(tc, a_bare_head);
	tcase_add_test(tc, absurd_heads_push_out_no_other);
	tcase_add_test(tc, two_heads_heard_that_contradict_each_other);
	tcase_add_test(tc, too_many_letters);
	tcase_add_test(tc, presented_elsewhere);
	suite_add_tcase(su, tc);
	return su;
}

CHECK_MAIN(suite);
