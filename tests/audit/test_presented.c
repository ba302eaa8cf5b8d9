/*
 * test_presented.c - audit/presented.h: what posts saw, against the log.
 */
#include "tests/audit/trial.h"

#include "tests/check_main.h"

#include <sys/mman.h>

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
	struct gossip_shown seen = { .issued_at = issued_at,
		.day = issued_at / CLOCK_DAY + 1,
		.elsewhere = elsewhere,
		.mismatch = mismatch };

	chronicle_number(t->log, 2026, sequence, seen.number);
	chronicle_digest(seen.number, seen.digest);
	trial_sign(t, &seen);
	gossip_add_shown(&seen, &r->text);
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

/* Rows that nobody touches take addresses alone. */
START_TEST(letters_shown_have_a_limit)
{
	const size_t room = PRESENTED_MAX * sizeof(struct presented_row);
	struct presented many = { .count = PRESENTED_MAX - 2,
		.cap = PRESENTED_MAX };
	struct findings findings = { 0 };
	struct seen seen = { 0 };
	struct errtext err = { 0 };
	struct bytes file = { 0 };
	struct trial t;

	many.row = mmap(NULL, room, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	ck_assert_ptr_ne(many.row, MAP_FAILED);
	trial_begin(&t);
	realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, &t.realm.post[0], "a", 4, T0 + 240);
	trial_audit(&t, "pub", NULL);
	run_get("a", &file);
	for (int i = 0; i < 2; i++) /* below it, at it */
		ck_assert_int_eq(presented_read(&many, &seen, "a", file.at,
				     file.len, t.audit.list, &findings, &err),
		    ERR_OK);
	ck_assert_uint_eq(many.count, PRESENTED_MAX);
	ck_assert_uint_eq(findings.count, 0);
	ck_assert_int_eq(presented_read(&many, &seen, "a", file.at, file.len,
			     t.audit.list, &findings, &err),
	    ERR_OK);
	ck_assert_uint_eq(many.count, PRESENTED_MAX);
	ck_assert_uint_eq(findings.count, 1); /* and that file is told */
	ck_assert_int_eq(findings.at[0].code, FINDING_UNCHECKED);
	munmap(many.row, room);
	seen_clear(&seen);
	findings_clear(&findings);
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

/*
 * The log has not reached the number: a post can report an honest letter that
 * is not published yet with any date it likes.
 */
START_TEST(a_number_that_the_log_has_not_reached)
{
	static const int64_t dates[] = { 0, 240, CLOCK_DAY * -400 };
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	report_one(&t, post, "a", 11, T0 + dates[_i]);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNPROVEN);
	ck_assert_str_eq(must_find(&t, FINDING_UNPROVEN)->number,
	    t.audit.presented.row[0].number);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 1);
	trial_end(&t);
}
END_TEST

/* What of a signature is needed before it proves anything. */
static void
signed_well(struct trial *t, struct gossip_shown *seen)
{
	trial_sign(t, seen);
}

static void
not_signed(struct trial *t, struct gossip_shown *seen)
{
	(void)t;
	(void)seen;
}

static void
one_bit_of_signature(struct trial *t, struct gossip_shown *seen)
{
	trial_sign(t, seen);
	seen->signature[40] ^= 1;
}

static void
one_bit_of_digest(struct trial *t, struct gossip_shown *seen)
{
	trial_sign(t, seen);
	seen->digest[31] ^= 1;
}

static void
of_another_number(struct trial *t, struct gossip_shown *seen)
{
	char number[LETTER_NUMBER_SIZE];

	memcpy(number, seen->number, sizeof(number));
	chronicle_number(t->log, 2026, 5, seen->number);
	trial_sign(t, seen);
	memcpy(seen->number, number, sizeof(number));
}

static void
unknown_key(struct trial *t, struct gossip_shown *seen)
{
	trial_sign(t, seen);
	strcpy(seen->key_name, "00000000");
}

static void
key_of_another_center(struct trial *t, struct gossip_shown *seen)
{
	struct realm_center *ours = t->center;

	t->center = &t->realm.center[1];
	trial_sign(t, seen);
	t->center = ours;
}

static const struct {
	const char *what;
	void (*sign)(struct trial *t, struct gossip_shown *seen);
	enum finding_code want;
} signings[] = {
	{ "signed well", signed_well, FINDING_UNLOGGED },
	{ "not signed", not_signed, FINDING_UNPROVEN },
	{ "one bit of r", one_bit_of_signature, FINDING_UNPROVEN },
	{ "one bit of the digest", one_bit_of_digest, FINDING_UNPROVEN },
	{ "signed for another number", of_another_number, FINDING_UNPROVEN },
	{ "unknown key", unknown_key, FINDING_UNPROVEN },
	{ "another center's key", key_of_another_center, FINDING_UNPROVEN },
};

START_TEST(another_letter_under_a_number)
{
	struct realm_post *post;
	struct report_of r;
	struct gossip_shown seen = { .issued_at = T0 + 240,
		.day = T0 / CLOCK_DAY };
	struct trial t;

	trial_begin(&t);
	chronicle_open(&realm_add_center(&t.realm, "HNTGU01", "HND")->log, T0);
	t.center = &t.realm.center[0];
	t.log = &t.center->log;
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	chronicle_publish(&t.realm.center[1].log, "pub", 1, t.now);
	report_begin(&r, post);
	chronicle_number(t.log, 2026, 4, seen.number);
	memset(seen.digest, 7, sizeof(seen.digest));
	signings[_i].sign(&t, &seen);
	gossip_add_shown(&seen, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, signings[_i].want);
	trial_end(&t);
}
END_TEST

#define NEW_YEAR INT64_C(1798761600) /* 2027-01-01T00:00:00Z */

/* A number past the last of its year. */
static const struct {
	const char *what;
	bool more;          /* letters of the next year follow: */
	bool leap;          /* at once, or after a line a month and a year on */
	int64_t clock_at;   /* a clock is put right then; 0: none */
	bool clock_between; /* after the year's last letter */
	int64_t now;        /* the auditor's */
	enum finding_code want;
} years[] = {
	{ "the year is over", true, false, 0, false, NEW_YEAR * 2,
	    FINDING_UNLOGGED },
	{ "it is not", false, false, 0, false, NEW_YEAR * 2, FINDING_UNPROVEN },
	{ "a clock before", true, false, T0 + 300, false, NEW_YEAR * 2,
	    FINDING_UNLOGGED },
	{ "a clock between", true, false, NEW_YEAR - 60, true, NEW_YEAR * 2,
	    FINDING_UNPROVEN },
	{ "a log from the future", true, false, 0, false, NEW_YEAR - CLOCK_DAY,
	    FINDING_UNPROVEN },
	{ "a clock that was set into the next year", true, true, 0, false,
	    NEW_YEAR * 2, FINDING_UNPROVEN },
};

START_TEST(a_number_whose_year_has_ended)
{
	struct realm_post *post;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 3);
	if (years[_i].clock_at != 0 && !years[_i].clock_between) {
		chronicle_clock(t.log, years[_i].clock_at, t.now - 60);
		t.now = years[_i].clock_at + 60;
	}
	trial_issue(&t, 4, 10);
	if (years[_i].clock_between)
		chronicle_clock(t.log, years[_i].clock_at, t.now - 60);
	while (years[_i].more && !years[_i].leap && !years[_i].clock_between &&
	    t.now < NEW_YEAR + 40 * CLOCK_DAY)
		chronicle_close(t.log, t.now += 30 * CLOCK_DAY);
	if (years[_i].more) {
		t.now += t.now < NEW_YEAR ? NEW_YEAR + 3600 - t.now : 60;
		trial_issue(&t, 1, 2);
	}
	trial_publish(&t, "pub");
	t.options.now = years[_i].now;
	report_one(&t, post, "a", 11, T0 + 100);
	trial_audit(&t, "pub", NULL);
	ck_assert_ptr_nonnull(trial_find(&t, years[_i].want));
	ck_assert_uint_eq(findings_of(&t.audit.findings, SEVERITY_PROOF),
	    years[_i].want == FINDING_UNLOGGED);
	trial_end(&t);
}
END_TEST

/* --- a letter's own file -------------------------------------------------- */

/* The log ends at T0 + 600, in line 10; the letter is dated so many seconds
 * after T0. */
static const struct {
	unsigned sequence;
	int64_t after;
	int64_t now; /* the auditor's, after T0 */
	enum finding_code want;
} files[] = {
	{ 4, 240, CLOCK_DAY, FINDING_UNLOGGED },  /* another has its number */
	{ 4, 9000, CLOCK_DAY, FINDING_UNLOGGED }, /* whenever it was made */
	{ 11, 240, CLOCK_DAY, FINDING_UNLOGGED },
	{ 900, 599, CLOCK_DAY, FINDING_UNLOGGED },
	{ 11, 600, CLOCK_DAY, FINDING_PENDING },
	{ 11, 9000, CLOCK_DAY, FINDING_PENDING },
	{ 11, 240, -CLOCK_DAY, FINDING_UNPROVEN }, /* whose clock is wrong? */
};

START_TEST(a_letters_own_file)
{
	struct bytes file = { 0 };
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	t.options.now = T0 + files[_i].now;
	trial_file(&t, files[_i].sequence, T0 + files[_i].after, &file);
	trial_give(&t);
	must_find(&t, files[_i].want);
	ck_assert_uint_eq(findings_of(&t.audit.findings, SEVERITY_PROOF),
	    files[_i].want == FINDING_UNLOGGED);
	/* damaged, it says nothing */
	file.at[file.len / 2] ^= 1;
	run_put("letter.xml", file.at, file.len);
	trial_give(&t);
	ck_assert_uint_eq(findings_of(&t.audit.findings, SEVERITY_PROOF), 0);
	must_find(&t, FINDING_UNCHECKED);
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

START_TEST(a_letters_own_file_in_the_log)
{
	struct bytes file = { 0 };
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	trial_file(&t, 11, t.now, &file);
	chronicle_add_letter(t.log, file.at, file.len);
	t.now += 60;
	trial_issue(&t, 12, 13);
	trial_publish(&t, "pub");
	trial_give(&t);
	only(&t, FINDING_COUNT);
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

/* The file says when it was issued, whatever the post says. */
START_TEST(a_file_outweighs_the_post)
{
	struct gossip_shown seen = { .day = T0 / CLOCK_DAY };
	struct realm_post *post;
	struct bytes file = { 0 };
	struct report_of r;
	struct trial t;
	struct dsig sig;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	trial_file(&t, 11, t.now + 60, &file);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL), ERR_OK);
	memcpy(seen.number, sig.id, sizeof(seen.number));
	memcpy(seen.digest, sig.digest, sizeof(seen.digest));
	memcpy(seen.key_name, sig.key_name, sizeof(seen.key_name));
	memcpy(seen.signature, sig.signature, sizeof(seen.signature));
	seen.issued_at = T0 + 240; /* an honest letter, reported as older */
	report_begin(&r, post);
	gossip_add_shown(&seen, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNPROVEN);
	trial_give(&t);
	only(&t, FINDING_COUNT);
	must_find(&t, FINDING_PENDING);
	bytes_free(&file);
	trial_end(&t);
}
END_TEST

/* --- letters, newer and lost ---------------------------------------------- */

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
	/* before that time nothing was lost, by the post's word */
	report_one(&t, post, "b", 14, T0 + 300);
	trial_audit(&t, "pub", NULL);
	must_find(&t, FINDING_UNPROVEN);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 1);
	trial_end(&t);
}
END_TEST

/* A number of the lost time was given again: the first one is honest, whatever
 * date a post reports. One from before the loss cannot be lost. */
START_TEST(a_number_given_again_after_a_loss)
{
	struct gossip_shown seen = { .issued_at = T0 + 240,
		.day = T0 / CLOCK_DAY };
	struct realm_post *post;
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	chronicle_restore(t.log, t.now + 3600, t.log->size, true);
	t.now += 7200;
	trial_issue(&t, 11, 12);
	trial_publish(&t, "pub");
	report_begin(&r, post);
	chronicle_number(t.log, 2026, _i == 0 ? 11 : 4, seen.number);
	memset(seen.digest, 7, sizeof(seen.digest));
	trial_sign(&t, &seen);
	gossip_add_shown(&seen, &r.text);
	report_end(&r, &t, "a");
	trial_audit(&t, "pub", NULL);
	must_find(&t, _i == 0 ? FINDING_UNPROVEN : FINDING_UNLOGGED);
	ck_assert_int_eq(findings_exit(&t.audit.findings), _i == 0 ? 1 : 3);
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

static bool
says(const struct trial *t, const char *text)
{
	size_t i;

	for (i = 0; i < t->audit.findings.count; i++)
		if (strstr(t->audit.findings.at[i].text, text) != NULL)
			return true;
	return false;
}

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
	ck_assert(says(&t, "does not name this post") == (_i == 0));
	ck_assert(says(&t, "revokes this post's key") == (_i == 1));
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
	struct gossip_shown seen = { .issued_at = T0, .day = T0 / CLOCK_DAY };
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_publish(&t, "pub");
	chronicle_new(&stranger, "HNTGU01", 1, t.center->key);
	report_begin(&r, post);
	chronicle_number(&stranger, 2026, 1, seen.number);
	gossip_add_shown(&seen, &r.text);
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

/* A clock a week ahead, put right: heads of that week are shorter and later
 * than those that follow. Nobody is accused, whichever of them is at hand. */
START_TEST(a_clock_that_was_put_right_is_no_rollback)
{
	const int64_t ahead = 7 * CLOCK_DAY;
	struct realm_post *post;
	struct bytes wrong = { 0 };
	struct report_of r;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 10);
	chronicle_issue(t.log, t.now + ahead, 11);
	chronicle_head(t.log, t.log->size, t.now + ahead, &wrong);
	trial_publish_part(&t, "wrong", t.log->size, t.now + ahead);
	chronicle_clock(t.log, t.now, t.now + ahead);
	trial_issue(&t, 12, 20);
	trial_publish(&t, "right");
	report_begin(&r, post);
	if (_i == 0) /* the newest lines at hand, a report of the wrong day */
		gossip_add_head(wrong.at, wrong.len, &r.text);
	else { /* and the other way round */
		bytes_reset(&wrong);
		chronicle_head(t.log, t.log->size, t.now, &wrong);
		gossip_add_head(wrong.at, wrong.len, &r.text);
	}
	report_end(&r, &t, "a");
	trial_audit(&t, _i == 0 ? "right" : "wrong", NULL);
	ck_assert_uint_eq(findings_of(&t.audit.findings, SEVERITY_PROOF), 0);
	if (_i == 0) {
		must_find(&t, FINDING_CLOCK_RIGHT);
		must_find(&t, FINDING_CLOCK_LETTERS);
		ck_assert_uint_eq(
		    findings_of_code(&t.audit.findings, FINDING_BACKDATED), 0);
	} else
		must_find(&t, FINDING_BEHIND);
	bytes_free(&wrong);
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
	tcase_add_test(t, letters_shown_have_a_limit);
	tcase_add_loop_test(t, a_number_that_the_log_has_not_reached, 0, 3);
	tcase_add_loop_test(t, another_letter_under_a_number, 0,
	    (int)(sizeof(signings) / sizeof(signings[0])));
	tcase_add_loop_test(t, a_number_whose_year_has_ended, 0,
	    (int)(sizeof(years) / sizeof(years[0])));
	tcase_add_loop_test(
	    t, a_letters_own_file, 0, (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_test(t, a_letters_own_file_in_the_log);
	tcase_add_test(t, a_file_outweighs_the_post);
	tcase_add_loop_test(t, a_number_given_again_after_a_loss, 0, 2);
	tcase_add_loop_test(t, a_letter_newer_than_the_log_is_pending, 0, 2);
	tcase_add_test(t, a_letter_of_the_lost_time);
	tcase_add_loop_test(t, shown_at_one_two_and_three_posts, 0, 3);
	tcase_add_test(t, flags_of_a_visit);
	tcase_add_loop_test(t, an_unlisted_post_accuses_nobody, 0, 2);
	tcase_add_test(t, a_damaged_report_accuses_nobody);
	tcase_add_test(t, a_letter_of_an_unknown_center_is_unchecked);
	tcase_add_test(t, a_bare_head_of_another_log_is_a_fork);
	tcase_add_test(t, a_posts_report_brings_heads);
	tcase_add_loop_test(t, a_clock_that_was_put_right_is_no_rollback, 0, 2);
	tcase_add_loop_test(t, a_witness_clock_that_is_off, 0, 4);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
