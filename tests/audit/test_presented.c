/*
 * test_presented.c - audit/presented.h: what posts saw, against the log.
 */
#include "tests/audit/trial.h"

#include "ledger/gossip.h"
#include "tests/check_main.h"

/* --- writing reports
 * ---------------------------------------------------------- */

struct report_of {
	struct bytes text;
	const struct realm_post *post;
};

static void
report_begin(struct report_of *r, const struct realm_post *post)
{
	*r = (struct report_of){ .post = post };
	gossip_begin(post->row.report.name, T0 + CLOCK_DAY, &r->text);
}

static void
report_seen(struct report_of *r, const struct trial *t, unsigned sequence,
    int64_t issued_at, bool elsewhere, bool mismatch)
{
	struct gossip_seen seen = { .issued_at = issued_at,
		.day = issued_at / CLOCK_DAY + 1,
		.elsewhere = elsewhere,
		.mismatch = mismatch };

	chronicle_number(t->log, 2026, sequence, seen.number);
	chronicle_digest(seen.number, seen.digest);
	gossip_add_seen(&seen, &r->text);
}

/* The report as a file that the audit is given. */
static void
report_end(struct report_of *r, struct trial *t, const char *path)
{
	struct bytes file = { 0 };

	ck_assert_int_eq(gossip_sign(&r->text, &r->post->row.report,
			     r->post->report, &file, NULL),
	    ERR_OK);
	run_put(path, file.at, file.len);
	t->presentations[t->options.presentation_count++] = path;
	bytes_free(&file);
	bytes_free(&r->text);
}

static void
report_one(struct trial *t, const struct realm_post *post, const char *path,
    unsigned sequence, int64_t issued_at)
{
	struct report_of r;

	report_begin(&r, post);
	report_seen(&r, t, sequence, issued_at, false, false);
	report_end(&r, t, path);
}

/* --- letters
 * -------------------------------------------------------------------
 */

START_TEST(a_logged_letter_is_nothing)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 4, T0 + 240);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	trial_end(&t);
}
END_TEST

START_TEST(a_letter_that_is_not_in_the_log)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 11, T0 + 240);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNLOGGED);
	ck_assert_str_eq(must_find(&t, FINDING_UNLOGGED)->number,
	    t.audit.presented.row[0].number);
	trial_end(&t);
}
END_TEST

START_TEST(another_letter_under_a_number)
{
	struct realm_post *post;
	struct report_of r;
	struct gossip_seen seen = { .issued_at = T0 + 240,
		.day = T0 / CLOCK_DAY };
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_begin(&r, post);
	chronicle_number(t.log, 2026, 4, seen.number);
	memset(seen.digest, 7, sizeof(seen.digest));
	gossip_add_seen(&seen, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNLOGGED);
	trial_end(&t);
}
END_TEST

/* In the second of the last line, and after it, the log may go on. */
START_TEST(a_letter_newer_than_the_log_is_pending)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 11, t.now - 60 + _i);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	must_find(&t, FINDING_PENDING);
	trial_end(&t);
}
END_TEST

START_TEST(a_letter_of_the_lost_time)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	chronicle_restore(t.log, t.now + 3600, t.log->size, true);
	t.now += 7200;
	trial_issue(&t, 11, 12);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 13, T0 + 1200);
	trial_audit(&t, "pub", NULL);
	must_find(&t, FINDING_LOST);
	must_find(&t, FINDING_LOST_LETTER);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 1);
	/* before that time nothing was lost */
	report_one(&t, post, "b", 14, T0 + 300);
	trial_audit(&t, "pub", NULL);
	must_find(&t, FINDING_UNLOGGED);
	trial_end(&t);
}
END_TEST

START_TEST(shown_at_one_two_and_three_posts)
{
	static const enum finding_code want[] = { FINDING_COUNT,
		FINDING_TWO_POSTS, FINDING_MANY_POSTS };
	static const char *const names[] = { "ES-GTGUA/1", "ES-GTGUA/2",
		"ES-HNTGU/1" };
	static const char *const paths[] = { "a", "b", "c" };
	struct realm_post *post[3];
	struct trial t;
	int i;

	trial_begin(&t);
	for (i = 0; i < 3; i++)
		post[i] = realm_add_post(&t.realm, names[i]);
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	for (i = 0; i <= _i; i++)
		report_one(&t, post[i], paths[i], 4, T0 + 240);
	/* a second visit to the first is no further post */
	t.presentations[t.options.presentation_count++] = "a";
	trial_audit(&t, "pub", NULL);
	only(&t, _i == 2 ? FINDING_MANY_POSTS : FINDING_COUNT);
	if (want[_i] != FINDING_COUNT)
		must_find(&t, want[_i]);
	ck_assert_int_eq(findings_exit(&t.audit.findings), _i == 2 ? 1 : 0);
	trial_end(&t);
}
END_TEST

START_TEST(flags_of_a_visit)
{
	struct realm_post *post;
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_begin(&r, post);
	report_seen(&r, &t, 4, T0 + 240, true, false);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	must_find(&t, FINDING_ELSEWHERE);
	report_begin(&r, post);
	report_seen(&r, &t, 5, T0 + 300, false, true);
	report_end(&r, &t, "b");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_MISMATCH);
	trial_end(&t);
}
END_TEST

/* --- whose word counts
 * -------------------------------------------------------- */

START_TEST(an_unlisted_post_accuses_nobody)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	post->unlisted = _i == 0;
	post->row.status = _i == 0 ? POST_ACTIVE : POST_REVOKED;
	post->row.since = T0;
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 11, T0 + 240);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	trial_end(&t);
}
END_TEST

START_TEST(a_damaged_report_accuses_nobody)
{
	struct realm_post *post;
	struct bytes file = { 0 };
	struct trial t;
	size_t at;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 11, T0 + 240);
	run_get("a", &file);
	for (at = 0; at < file.len; at += 17) {
		file.at[at] ^= 1;
		run_put("a", file.at, file.len);
		file.at[at] ^= 1;
		trial_audit(&t, "pub", NULL);
		ck_assert_uint_eq(
		    findings_of(&t.audit.findings, SEVERITY_PROOF), 0);
	}
	run_put("a", "nonsense", 8);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	t.presentations[0] = "nowhere";
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

START_TEST(a_letter_of_an_unknown_center_is_unchecked)
{
	struct realm_post *post;
	struct chronicle stranger;
	struct gossip_seen seen = { .issued_at = T0, .day = T0 / CLOCK_DAY };
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_publish(&t, "pub");
	chronicle_new(&stranger, "HNTGU01", 1, t.center->key);
	report_begin(&r, post);
	chronicle_number(&stranger, 2026, 1, seen.number);
	gossip_add_seen(&seen, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	chronicle_free(&stranger);
	trial_end(&t);
}
END_TEST

/* --- heads
 * ---------------------------------------------------------------------
 */

static void
give_head(struct trial *t, const char *path, uint64_t size, int64_t at)
{
	struct bytes note = { 0 };

	chronicle_head(t->log, size, at, &note);
	run_put(path, note.at, note.len);
	t->presentations[t->options.presentation_count++] = path;
	bytes_free(&note);
}

START_TEST(a_bare_head_of_another_log_is_a_fork)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	give_head(&t, "head", 12, t.now);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	chronicle_cut(t.log, 9);
	t.now += 60;
	trial_issue(&t, 6, 20);
	trial_publish(&t, "new");
	trial_audit(&t, "new", NULL);
	only(&t, FINDING_FORK);
	trial_end(&t);
}
END_TEST

START_TEST(a_posts_report_brings_heads)
{
	struct realm_post *post;
	struct bytes note = { 0 };
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	trial_issue(&t, 11, 20);
	chronicle_head(t.log, t.log->size, t.now, &note);
	realm_cosign(post, t.log, t.log->size, t.now + 60, &note);
	report_begin(&r, post);
	gossip_add_head(note.at, note.len, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_BEHIND); /* the copy at hand is an old one */
	/* signed again, shorter, at a later time: no old copy */
	trial_publish_part(&t, "later", 14, t.now + 3600);
	trial_audit(&t, "later", NULL);
	must_find(&t, FINDING_ROLLBACK);
	bytes_free(&note);
	trial_end(&t);
}
END_TEST

/* One wrong clock is no evidence; two posts that agree are a note. */
START_TEST(a_witness_clock_that_is_off)
{
	static const char *const names[] = { "ES-GTGUA/1", "ES-GTGUA/2" };
	static const char *const paths[] = { "a", "b" };
	struct realm_post *post[2];
	struct trial t;
	int i;

	trial_begin(&t);
	for (i = 0; i < 2; i++)
		post[i] = realm_add_post(&t.realm, names[i]);
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	for (i = 0; i <= _i % 2; i++) {
		struct bytes note = { 0 };

		chronicle_head(t.log, 10, t.now, &note);
		/* a day ahead, or a day behind */
		realm_cosign(post[i], t.log, 10,
		    t.now + (_i < 2 ? -CLOCK_DAY : CLOCK_DAY), &note);
		run_put(paths[i], note.at, note.len);
		t.presentations[t.options.presentation_count++] = paths[i];
		bytes_free(&note);
	}
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	if (_i == 1)
		must_find(&t, FINDING_CLOCK);
	else
		ck_assert_ptr_null(trial_find(&t, FINDING_CLOCK));
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("presented");
	TCase *t = tcase_create("presented");

	tcase_add_test(t, a_logged_letter_is_nothing);
	tcase_add_test(t, a_letter_that_is_not_in_the_log);
	tcase_add_test(t, another_letter_under_a_number);
	tcase_add_loop_test(t, a_letter_newer_than_the_log_is_pending, 0, 2);
	tcase_add_test(t, a_letter_of_the_lost_time);
	tcase_add_loop_test(t, shown_at_one_two_and_three_posts, 0, 3);
	tcase_add_test(t, flags_of_a_visit);
	tcase_add_loop_test(t, an_unlisted_post_accuses_nobody, 0, 2);
	tcase_add_test(t, a_damaged_report_accuses_nobody);
	tcase_add_test(t, a_letter_of_an_unknown_center_is_unchecked);
	tcase_add_test(t, a_bare_head_of_another_log_is_a_fork);
	tcase_add_test(t, a_posts_report_brings_heads);
	tcase_add_loop_test(t, a_witness_clock_that_is_off, 0, 4);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
