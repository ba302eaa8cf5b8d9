/*
 * test_evidence.c - what the copy of the logs says about one letter, and what
 * judging makes of it.
 */
#include "tests/verify/post/sample_log.h"

#include "tests/check_main.h"
#include "verify/judge.h"
#include "verify/post/evidence.h"

static struct sample_log s;
static struct log_evidence got;

static void
setup(void)
{
	sample_log_new(&s);
}

static void
teardown(void)
{
	sample_log_free(&s);
}

static const struct trust_center *
center(void)
{
	return trust_find_center(s.sample.post->list, "GTGUA01");
}

/* Letter `sequence` of the log's year; digest NULL: the log's own. */
static void
ask(unsigned sequence, int64_t issued, const char *digest)
{
	char number[LETTER_NUMBER_SIZE];
	uint8_t bytes[32];
	struct evidence_letter letter = { .number = number,
		.digest = bytes,
		.issued_at = issued,
		.key = &center()->keys[0] };

	chronicle_number(&s.log, clock_year(s.begin), sequence, number);
	chronicle_digest(digest != NULL ? digest : number, bytes);
	evidence_find(s.sample.post, center(), &letter, s.sample.now, &got);
}

/* Letters 1 to 4 at begin + 10, 20, 30, 40; the log ends there. */
static void
four_letters(void)
{
	unsigned i;

	chronicle_found(&s.log, s.begin);
	for (i = 1; i <= 4; i++)
		chronicle_issue(&s.log, s.begin + 10 * i, i);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 60);
}

START_TEST(no_log_is_named)
{
	s.list.log_count = 0;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ask(1, s.begin, NULL);
	ck_assert(!got.consulted);
	ck_assert_int_eq(got.state, LOG_UNKNOWN);
}
END_TEST

START_TEST(no_copy_yet)
{
	SYNC(&s, PUB, 0);
	ask(1, s.begin, NULL);
	ck_assert(got.consulted && !got.none_long);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ck_assert_int_eq(got.as_of, 0);
	s.sample.now += 30 * CLOCK_DAY + 1;
	ask(1, s.begin, NULL);
	ck_assert(got.none_long);
}
END_TEST

START_TEST(in_the_log)
{
	four_letters();
	SYNC(&s, PUB, 0);
	ask(2, s.begin + 20, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
	ck_assert_int_eq(got.letter, HISTORY_LIVE);
	ck_assert_uint_eq(got.size, SIZE(4));
	ck_assert_int_eq(got.as_of, s.sample.now - 60);
	ck_assert_int_eq(got.last_line, s.begin + 40);
	ck_assert(!got.other_digest && !got.in_gap && !got.conflict);
	ck_assert(!got.complete && !got.none_long);
}
END_TEST

/* Strictly before the last line; its own second may still grow. */
START_TEST(not_in_the_log)
{
	four_letters();
	SYNC(&s, PUB, 0);
	ask(9, s.begin + 39, NULL);
	ck_assert_int_eq(got.state, LOG_ABSENT);
	ask(9, s.begin + 40, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(9, s.begin + 41, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(4, s.begin + 40, "another letter");
	ck_assert_int_eq(got.state, LOG_ABSENT);
	ck_assert(got.other_digest);
}
END_TEST

START_TEST(what_became_of_it)
{
	four_letters();
	chronicle_withdraw(
	    &s.log, s.begin + 50, clock_year(s.begin), 3, "FRAUD");
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	ask(3, s.begin + 30, NULL);
	ck_assert_int_eq(got.letter, HISTORY_FRAUD);
}
END_TEST

START_TEST(in_a_gap)
{
	four_letters();
	chronicle_restore(&s.log, s.begin + 100, s.log.size, true);
	chronicle_issue(&s.log, s.begin + 110, 5);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	ask(5, s.begin + 60, "the lost one");
	ck_assert(got.in_gap && got.other_digest);
	ask(5, s.begin + 105, "after it");
	ck_assert(!got.in_gap);
	ask(4, s.begin + 40, NULL); /* the last line before the loss */
	ck_assert_int_eq(got.state, LOG_INCLUDED);
}
END_TEST

START_TEST(a_contradicted_log)
{
	four_letters();
	SYNC(&s, PUB, 0);
	chronicle_cut(&s.log, SIZE(3));
	chronicle_issue(&s.log, s.begin + 50, 4);
	chronicle_publish(&s.log, "fork", s.log.size, s.sample.now);
	SYNC(&s, "fork", 3);
	ask(3, s.begin + 30, NULL);
	ck_assert(got.conflict);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
}
END_TEST

/* --- a clock that ran ahead ---------------------------------------------- */

#define HOUR 3600

/*
 * Letters 1 to 4 in the first minute; then the log goes on as these say, in
 * hours after its begin, every so often or at once. The copy came after all of
 * these dates. What is absent of a letter with this number, of this hour?
 */
static const struct {
	const char *what;
	struct {
		int64_t to, every; /* 0: at once */
	} lines[4];
	int64_t clock; /* put right to this before the last of them; 0: not */
	unsigned sequence;
	int64_t after;
	enum log_state want;
} leaps[] = {
	{ "a month ahead", { { 720, 0 } }, 0, 5, 24, LOG_PENDING },
	{ "it went on so", { { 720, 0 }, { 768, 12 } }, 0, 5, 72, LOG_PENDING },
	{ "half a day ahead", { { 12, 0 } }, 0, 5, 1, LOG_PENDING },
	{ "after daily lines", { { 240, 24 }, { 960, 0 } }, 0, 5, 264,
	    LOG_PENDING },
	{ "put right, and wrong again", { { 720, 0 }, { 48, 0 }, { 768, 0 } },
	    24, 5, 72, LOG_PENDING },
	{ "before it was ahead", { { 240, 24 }, { 960, 0 } }, 0, 5, 230,
	    LOG_ABSENT },
	{ "a number that was given", { { 720, 0 } }, 0, 3, 24, LOG_ABSENT },
	{ "no clock is so wrong", { { 240, 0 }, { 960, 24 } }, 0, 5, 24,
	    LOG_ABSENT },
	{ "it was put right", { { 720, 0 }, { 168, 24 } }, 24, 5, 72,
	    LOG_ABSENT },
	{ "days, weekends and a holiday",
	    { { 360, 12 }, { 600, 0 }, { 960, 12 } }, 0, 5, 480, LOG_ABSENT },
	{ "a day in a daily log", { { 960, 12 } }, 0, 5, 900, LOG_ABSENT },
};

#define LEAP_COUNT (int)(sizeof(leaps) / sizeof(leaps[0]))

static int64_t
grow_by_row(int64_t to, int64_t every, int64_t at)
{
	do {
		at = every == 0 || at + every > to ? to : at + every;
		chronicle_close(&s.log, s.begin + at * HOUR);
	} while (at < to);
	return at;
}

static void
leap_log(int row)
{
	int64_t at = 0;
	int i;

	s.begin -= 60 * CLOCK_DAY;
	s.list.founded = s.begin;
	sample_log_list(&s, PUB);
	chronicle_found(&s.log, s.begin);
	for (i = 1; i <= 4; i++)
		chronicle_issue(&s.log, s.begin + 10 * i, (unsigned)i);
	for (i = 0; i < 4 && leaps[row].lines[i].to > 0; i++) {
		if (leaps[row].clock != 0 && i == 1) {
			chronicle_clock(&s.log,
			    s.begin + leaps[row].clock * HOUR,
			    s.begin + at * HOUR);
			at = leaps[row].clock;
		}
		at = grow_by_row(
		    leaps[row].lines[i].to, leaps[row].lines[i].every, at);
	}
	chronicle_publish(&s.log, PUB, s.log.size, s.begin + at * HOUR);
}

START_TEST(a_log_of_a_wrong_day)
{
	leap_log(_i);
	ck_assert_int_le(sample_log_sync(&s, PUB), 1);
	ask(leaps[_i].sequence, s.begin + leaps[_i].after * HOUR, "absent");
	ck_assert_msg(
	    got.state == leaps[_i].want, "%s: %d", leaps[_i].what, got.state);
	sample_log_reopen(&s);
	ask(leaps[_i].sequence, s.begin + leaps[_i].after * HOUR, "absent");
	ck_assert_int_eq(got.state, leaps[_i].want);
	ask(2, s.begin + 20, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
}
END_TEST

/* The founder alone dates the first line, and would have letters in no log that
 * wait for theirs as long again. */
START_TEST(no_line_is_older_than_the_center)
{
	s.begin -= 60 * CLOCK_DAY;
	s.list.founded = s.begin;
	sample_log_list(&s, PUB);
	chronicle_open(&s.log, s.begin - 9000 * CLOCK_DAY);
	chronicle_found(&s.log, s.begin);
	chronicle_issue(&s.log, s.begin + 10, 1);
	grow_by_row(24 * 50, 24, 0);
	chronicle_publish(&s.log, PUB, s.log.size, s.begin + 50 * CLOCK_DAY);
	SYNC(&s, PUB, 0);
	ask(5, s.begin + CLOCK_DAY, "absent");
	ck_assert_int_eq(got.state, LOG_ABSENT);
}
END_TEST

/* Nor does it tell what was there before a key was revoked. */
START_TEST(evidence_of_a_wrong_day)
{
	leap_log(_i);
	SYNC(&s, PUB, 0);
	s.list.status = KEY_REVOKED;
	s.list.since = s.sample.now + 100;
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ask(leaps[_i].sequence, s.begin + leaps[_i].after * HOUR, "absent");
	ck_assert_int_eq(got.evidence_covers, leaps[_i].want == LOG_ABSENT);
	ask(2, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && got.evidence_holds);
}
END_TEST

/* --- two generations ----------------------------------------------------- */

static void
two_logs(struct chronicle *second, int64_t at, bool publish)
{
	four_letters();
	chronicle_trust_log(&s.log, true, &s.row[0]);
	chronicle_new(second, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(second, false, &s.row[1]);
	s.list.log_count = 2;
	sample_log_list(&s, PUB);
	chronicle_go_on(second, at);
	chronicle_issue(second, at + 10, 5);
	chronicle_issue(second, at + 20, 6);
	if (publish)
		chronicle_publish(
		    second, PUB, second->size, s.sample.now - 3600);
	SYNC(&s, PUB, 0);
}

START_TEST(two_generations)
{
	struct chronicle second;

	two_logs(&second, s.begin + 1000, true);
	ask(2, s.begin + 20, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
	ck_assert_int_eq(got.as_of, s.sample.now - 3600);
	ask(6, s.begin + 1020, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
	ask(9, s.begin + 30, NULL);
	ck_assert_int_eq(got.state, LOG_ABSENT);
	/* between the two: it may stand behind the end that the root set */
	ask(9, s.begin + 500, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(9, s.begin + 1000, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(9, s.begin + 1001, NULL);
	ck_assert_int_eq(got.state, LOG_ABSENT);
	ask(9, s.begin + 1019, NULL);
	ck_assert_int_eq(got.state, LOG_ABSENT);
	ask(9, s.begin + 1020, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	chronicle_free(&second);
}
END_TEST

START_TEST(a_second_generation_that_is_not_here)
{
	struct chronicle second;

	two_logs(&second, s.begin + 1000, false);
	ask(2, s.begin + 20, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
	ask(9, s.begin + 30, NULL); /* it might begin earlier */
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(4, s.begin + 500, "given again there"); /* nobody is accused */
	ck_assert_int_eq(got.state, LOG_PENDING);
	ck_assert(!got.other_digest);
	chronicle_free(&second);
}
END_TEST

START_TEST(a_closed_log_does_not_age)
{
	four_letters();
	chronicle_trust_log(&s.log, true, &s.row[0]);
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ask(2, s.begin + 20, NULL);
	ck_assert(got.complete);
	ask(9, s.begin + 500, NULL); /* where would it be? */
	ck_assert_int_eq(got.state, LOG_PENDING);
}
END_TEST

/* What a copy has behind the end that the root set later is not believed, nor
 * held against anybody. */
START_TEST(behind_the_end)
{
	four_letters();
	SYNC(&s, PUB, 0);
	chronicle_trust_log(&s.log, true, &s.row[0]);
	chronicle_root(
	    &s.log, SIZE(3), (struct tree_hash *)&s.row[0].final_root);
	s.row[0].final_size = SIZE(3); /* letters 1 to 3 */
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ask(3, s.begin + 30, NULL);
	ck_assert_int_eq(got.state, LOG_INCLUDED);
	ask(4, s.begin + 40, NULL);
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(4, s.begin + 40, "another one");
	ck_assert_int_eq(got.state, LOG_PENDING);
	ask(9, s.begin + 25, NULL);
	ck_assert_int_eq(got.state, LOG_ABSENT);
}
END_TEST

/* The root named another version than the copy may be: until the two are
 * compared nothing that the copy lacks is held against a letter, whether the
 * copy is longer (0) or has another root at the end (1). */
START_TEST(of_another_version)
{
	four_letters();
	SYNC(&s, PUB, 0);
	chronicle_trust_log(&s.log, true, &s.row[0]);
	s.row[0].final_size = _i == 0 ? SIZE(3) : SIZE(4);
	s.row[0].final_root[0] ^= 1;
	s.list.status = KEY_REVOKED;
	s.list.since = s.sample.now + 100;
	sample_log_list(&s, "list");
	SYNC(&s, "list", 0);
	ask(2, s.begin + 20, "another one");
	ck_assert(got.state == LOG_PENDING && !got.other_digest);
	ask(9, s.begin + 25, NULL);
	ck_assert(got.state == LOG_PENDING && !got.evidence_covers);
	ask(3, s.begin + 30, NULL); /* no proof that it is not there, either */
	ck_assert(got.state == LOG_INCLUDED && got.behind && !got.complete);
}
END_TEST

/* --- before a revocation ------------------------------------------------- */

static void
revoke_key(int64_t since, uint64_t size, bool right_root)
{
	struct tree_hash root;

	s.list.status = KEY_REVOKED;
	s.list.since = since;
	s.list.has_evidence = size > 0;
	s.list.evidence_size = size;
	chronicle_root(&s.log, size, &root);
	memcpy(s.list.evidence_root, root.at, sizeof(root.at));
	s.list.evidence_root[0] ^= !right_root;
	sample_log_list(&s, PUB);
}

/* What this post had synced by its own clock. */
START_TEST(own_evidence)
{
	four_letters();
	SYNC(&s, PUB, 0);
	revoke_key(s.sample.now + 100, 0, true);
	chronicle_issue(&s.log, s.begin + 50, 5);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	/* in another hour, and in the same one */
	ck_assert_int_eq(
	    sample_log_sync_at(&s, PUB, s.sample.now + (_i == 0 ? 7200 : 200)),
	    0);
	ask(2, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && got.evidence_holds);
	ask(9, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && !got.evidence_holds);
	ask(9, s.begin + 40, NULL); /* later than what was known then */
	ck_assert(!got.evidence_covers && !got.evidence_holds);
	ask(4, s.begin + 40, NULL); /* but this one was there */
	ck_assert(got.evidence_covers && got.evidence_holds);
	ask(5, s.begin + 50, NULL); /* entered too late to be believed */
	ck_assert(!got.evidence_covers && !got.evidence_holds);
}
END_TEST

/* Old marks are thinned out, but not the one that a revocation rests on. */
START_TEST(own_evidence_stays)
{
	int64_t now = (s.sample.now / 3600 + 1) * 3600;
	int i;

	four_letters();
	ck_assert_int_eq(sample_log_sync_at(&s, PUB, now), 0);
	revoke_key(now + 100, 0, true);
	for (i = 0; i < 5; i++) {
		static const int64_t later[] = { 200, 300, 8 * CLOCK_DAY,
			62 * CLOCK_DAY, 64 * CLOCK_DAY };

		chronicle_issue(&s.log, s.begin + 50 + i, (unsigned)(5 + i));
		chronicle_publish(&s.log, PUB, s.log.size, now);
		ck_assert_int_eq(
		    sample_log_sync_at(&s, PUB, now + later[i]), 0);
	}
	ask(2, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && got.evidence_holds);
	ask(5, s.begin + 50, NULL);
	ck_assert(!got.evidence_holds);
}
END_TEST

START_TEST(synced_too_late)
{
	four_letters();
	revoke_key(s.sample.now - 100, 0, true);
	SYNC(&s, PUB, 0);
	ask(2, s.begin + 20, NULL);
	ck_assert(!got.evidence_covers && !got.evidence_holds);
}
END_TEST

/* What the revocation names, whether the copy was there before or not. */
START_TEST(named_evidence)
{
	four_letters();
	if (_i == 1)
		SYNC(&s, PUB, 0);
	s.sample.now += _i == 1 ? 7200 : 0;
	revoke_key(s.begin + 3600, SIZE(3), _i != 2);
	SYNC(&s, PUB, 0);
	ask(2, s.begin + 20, NULL);
	ck_assert_int_eq(got.evidence_covers, _i != 2);
	ck_assert_int_eq(got.evidence_holds, _i != 2);
	ask(9, s.begin + 20, NULL);
	ck_assert_int_eq(got.evidence_covers, _i != 2);
	ck_assert(!got.evidence_holds);
	ask(4, s.begin + 40, NULL); /* beyond that size */
	ck_assert(!got.evidence_covers && !got.evidence_holds);
}
END_TEST

/* Evidence of the second log holds for all of the first. */
START_TEST(named_evidence_of_a_later_log)
{
	struct chronicle second;
	struct tree_hash root;

	two_logs(&second, s.begin + 1000, true);
	s.list.status = KEY_REVOKED;
	s.list.since = s.begin + 3600;
	s.list.has_evidence = true;
	s.list.evidence_size = SIZE(1);
	chronicle_root(&second, SIZE(1), &root);
	memcpy(s.list.evidence_root, root.at, sizeof(root.at));
	sample_log_list(&s, PUB);
	SYNC(&s, PUB, 0);
	ask(2, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && got.evidence_holds);
	ask(9, s.begin + 20, NULL);
	ck_assert(got.evidence_covers && !got.evidence_holds);
	ask(5, s.begin + 1010, NULL);
	ck_assert(got.evidence_holds);
	ask(6, s.begin + 1020, NULL);
	ck_assert(!got.evidence_covers && !got.evidence_holds);
	chronicle_free(&second);
}
END_TEST

/* --- judged -------------------------------------------------------------- */

struct seen {
	struct verdict_result result;
	struct judged judged;
};

static void
tell(const struct judged *judged, void *arg)
{
	struct seen *seen = arg;

	seen->result = judged->result;
	seen->judged = *judged;
}

static bool
has(const struct seen *seen, enum reason reason)
{
	size_t i;

	for (i = 0; i < seen->result.count; i++)
		if (seen->result.reason[i] == reason)
			return true;
	return false;
}

static void
judge(const struct bytes *file, struct seen *seen)
{
	const struct judge judge = { .post = s.sample.post,
		.now = s.sample.now,
		.presented = PRESENTED_EVER,
		.tell = tell,
		.arg = seen };

	judge_bytes(&judge, "letter.xml", file->at, file->len);
}

START_TEST(a_real_letter)
{
	struct bytes file = { 0 };
	struct seen seen;

	chronicle_found(&s.log, s.sample.now - 10);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now - 5);
	SYNC(&s, PUB, 0);
	sample_post_files(&s.sample, 1, &file, NULL);
	judge(&file, &seen);
	ck_assert(has(&seen, R_LOG_PENDING));
	ck_assert_int_eq(seen.result.verdict, VERDICT_ATTENTION);
	chronicle_add_letter(&s.log, file.at, file.len);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	judge(&file, &seen);
	ck_assert_int_eq(seen.result.verdict, VERDICT_VALID);
	bytes_free(&file);
}
END_TEST

/* --- a letter and its line ----------------------------------------------- */

static void
other_commitment(struct log_entry *e)
{
	e->commitment[0] ^= 1;
}

static void
other_end_of_commitment(struct log_entry *e)
{
	e->commitment[POST_LOG_COMMITMENT - 1] ^= 1;
}

static void
other_time(struct log_entry *e)
{
	e->time++;
}

static void
replaces_nothing(struct log_entry *e)
{
	e->kind = ENTRY_ISSUE;
	e->ref[0] = '\0';
}

static void
replaces_another(struct log_entry *e)
{
	chronicle_number(&s.log, clock_year(e->time), 2, e->ref);
}

static void
replaces_one(struct log_entry *e)
{
	e->kind = ENTRY_CORRECT;
	replaces_another(e);
}

static void
nothing_else(struct log_entry *e)
{
	(void)e;
}

/* What a line with the letter's own digest may say otherwise; the letter
 * replaces the first one, or none. */
static const struct {
	const char *what;
	void (*change)(struct log_entry *e);
	bool replaces, good;
} lines[] = {
	{ "its own", nothing_else, false, true },
	{ "a letter that nobody drafted", other_commitment, false, false },
	{ "nor this one", other_end_of_commitment, false, false },
	{ "another time", other_time, false, false },
	{ "its own, which replaces", nothing_else, true, true },
	{ "both stay letters", replaces_nothing, true, false },
	{ "another one dies", replaces_another, true, false },
	{ "one dies", replaces_one, false, false },
};

/* The letter of this sequence, and its line. */
static void
make_letter(
    int row, unsigned sequence, struct bytes *file, struct log_entry *line)
{
	struct letter letter;
	struct chronicle *c = &s.log;
	size_t from;

	sample_post_letter(&s.sample, sequence, &letter);
	if (lines[row].replaces)
		chronicle_number(
		    c, clock_year(s.sample.now), 1, letter.supersedes);
	sample_post_sign(&s.sample, &letter, letter.number, file);
	chronicle_add_letter(c, file->at, file->len);
	from = c->start[c->size - 1] + 2;
	ck_assert_int_eq(
	    entry_parse(c->text.at + from, c->text.len - from, line, NULL),
	    ERR_OK);
	chronicle_cut(c, c->size - 1);
	if (lines[row].replaces) {
		line->kind = ENTRY_CORRECT;
		memcpy(line->ref, letter.supersedes, sizeof(line->ref));
	}
	lines[row].change(line);
}

START_TEST(a_letter_and_its_line)
{
	struct bytes file = { 0 };
	struct log_entry line;
	struct seen seen;

	chronicle_found(&s.log, s.sample.now);
	chronicle_issue(&s.log, s.sample.now, 1);
	chronicle_issue(&s.log, s.sample.now, 2);
	make_letter(_i, 3, &file, &line);
	chronicle_sign(&s.log, &line);
	chronicle_add_signed(&s.log, &line);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	judge(&file, &seen);
	ck_assert_msg(seen.result.verdict ==
		(lines[_i].good ? VERDICT_VALID : VERDICT_NOT_AUTHENTIC),
	    "%s: %d", lines[_i].what, seen.result.verdict);
	ck_assert_int_eq(has(&seen, F_UNLOGGED), !lines[_i].good);
	ck_assert(!has(&seen, R_LOG_PENDING));
	bytes_free(&file);
}
END_TEST

/* Dated where lines behind the end of the log before may have been: no such
 * line makes good what this one says. */
START_TEST(a_letter_that_nobody_drafted)
{
	struct bytes file = { 0 };
	struct chronicle second;
	struct log_entry line;
	struct seen seen;

	s.begin = s.sample.now - 100;
	chronicle_found(&s.log, s.begin);
	chronicle_trust_log(&s.log, true, &s.row[0]);
	chronicle_new(&second, "GTGUA01", 2, s.sample.key);
	chronicle_trust_log(&second, false, &s.row[1]);
	s.list.log_count = 2;
	sample_log_list(&s, PUB);
	chronicle_publish(&s.log, PUB, s.log.size, s.begin);
	make_letter(_i, 1, &file, &line);
	chronicle_go_on(&second, s.sample.now + 1);
	line.index = second.size;
	line.time = s.sample.now + 1;
	chronicle_sign(&second, &line);
	chronicle_add_signed(&second, &line);
	chronicle_publish(&second, PUB, second.size, s.sample.now);
	SYNC(&s, PUB, 0);
	judge(&file, &seen);
	ck_assert_int_eq(seen.result.verdict, VERDICT_NOT_AUTHENTIC);
	ck_assert(has(&seen, F_UNLOGGED) && !has(&seen, R_LOG_PENDING));
	chronicle_free(&second);
	bytes_free(&file);
}
END_TEST

/* The root has removed who drafted it: the paper, and its number. */
START_TEST(a_letter_of_a_removed_person)
{
	struct trust_removed removed = { .code = "OF1007",
		.since = s.sample.now - 5 };
	struct bytes file = { 0 };
	struct seen seen;
	const struct judge asked = { .post = s.sample.post,
		.now = s.sample.now,
		.tell = tell,
		.arg = &seen };
	char number[LETTER_NUMBER_SIZE];

	s.list.removed = &removed;
	s.list.removed_count = 1;
	s.sample.now += 60; /* of the list */
	sample_log_list(&s, PUB);
	s.sample.now -= 60;
	chronicle_found(&s.log, s.sample.now - 10);
	sample_post_files(&s.sample, 1, &file, NULL);
	chronicle_add_letter(&s.log, file.at, file.len);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	judge(&file, &seen);
	ck_assert_int_eq(seen.result.verdict, VERDICT_NOT_AUTHENTIC);
	ck_assert(has(&seen, F_REVOKED) && !has(&seen, F_UNLOGGED));
	memcpy(number, seen.judged.number, sizeof(number));
	judge_number(&asked, number, number);
	ck_assert(seen.judged.entered);
	ck_assert_int_eq(seen.judged.entry.state, HISTORY_VOID);
	bytes_free(&file);
}
END_TEST

/* Made with a copied key: the log goes on without it. */
START_TEST(an_unlogged_letter)
{
	struct presentation p = { .time = s.sample.now,
		.issued_at = s.sample.now };
	struct presented found;
	struct bytes file = { 0 };
	struct seen seen;

	four_letters();
	SYNC(&s, PUB, 0);
	sample_post_files(&s.sample, 5, &file, NULL);
	judge(&file, &seen);
	ck_assert(has(&seen, R_LOG_PENDING)); /* nobody can know yet */
	memcpy(p.number, seen.judged.number, sizeof(p.number));
	memcpy(p.digest, seen.judged.letter.digest, sizeof(p.digest));
	memcpy(p.key_name, seen.judged.letter.key_name, sizeof(p.key_name));
	memcpy(p.signature, seen.judged.letter.signature, sizeof(p.signature));
	ck_assert_int_eq(presentation_record(
			     s.sample.post, &p, PRESENTED_EVER, &found, NULL),
	    ERR_OK);
	SYNC(&s, PUB, 0);
	chronicle_close(&s.log, s.sample.now + 1);
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now + 1);
	SYNC(&s, PUB, 3);
	ck_assert_uint_eq(s.letters, 1);
	ck_assert_ptr_nonnull(strstr(s.text, p.number));
	judge(&file, &seen);
	ck_assert(has(&seen, F_UNLOGGED));
	ck_assert_int_eq(seen.result.verdict, VERDICT_NOT_AUTHENTIC);
	bytes_free(&file);
}
END_TEST

/* Shown and in the log: nobody is accused at any sync. */
START_TEST(a_logged_letter_that_was_shown)
{
	struct presentation p = { .time = s.sample.now };
	struct presented found;

	four_letters();
	SYNC(&s, PUB, 0);
	chronicle_number(&s.log, clock_year(s.begin), 2, p.number);
	chronicle_digest(p.number, p.digest);
	p.issued_at = s.begin + 20;
	ck_assert_int_eq(presentation_record(
			     s.sample.post, &p, PRESENTED_EVER, &found, NULL),
	    ERR_OK);
	SYNC(&s, PUB, 0);
	ck_assert_uint_eq(s.letters, 0);
}
END_TEST

START_TEST(a_number_by_hand)
{
	char number[LETTER_NUMBER_SIZE];
	const struct judge judge = {
		.post = s.sample.post, .now = s.sample.now, .tell = tell
	};
	struct judge asked = judge;
	struct seen seen;

	asked.arg = &seen;
	four_letters();
	chronicle_withdraw(
	    &s.log, s.begin + 50, clock_year(s.begin), 3, "WITHDRAWN");
	chronicle_publish(&s.log, PUB, s.log.size, s.sample.now);
	SYNC(&s, PUB, 0);
	chronicle_number(&s.log, clock_year(s.begin), 3, number);
	judge_number(&asked, number, number);
	ck_assert_int_eq(seen.result.verdict, VERDICT_UNCHECKED);
	ck_assert(has(&seen, U_REGISTER));
	ck_assert(seen.judged.entered);
	ck_assert_int_eq(seen.judged.entry.state, HISTORY_WITHDRAWN);
	ck_assert_int_eq(seen.judged.entry.issued_at, s.begin + 30);
	chronicle_number(&s.log, clock_year(s.begin), 9, number);
	judge_number(&asked, number, number);
	ck_assert(!seen.judged.entered);
	ck_assert_int_eq(seen.judged.judgement.log.state, LOG_PENDING);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("evidence");
	TCase *tc = tcase_create("evidence");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, no_log_is_named);
	tcase_add_test(tc, no_copy_yet);
	tcase_add_test(tc, in_the_log);
	tcase_add_test(tc, not_in_the_log);
	tcase_add_test(tc, what_became_of_it);
	tcase_add_test(tc, in_a_gap);
	tcase_add_test(tc, a_contradicted_log);
	tcase_add_test(tc, two_generations);
	tcase_add_test(tc, a_second_generation_that_is_not_here);
	tcase_add_test(tc, a_closed_log_does_not_age);
	tcase_add_test(tc, behind_the_end);
	tcase_add_loop_test(tc, of_another_version, 0, 2);
	tcase_add_loop_test(tc, a_log_of_a_wrong_day, 0, LEAP_COUNT);
	tcase_add_test(tc, no_line_is_older_than_the_center);
	tcase_add_loop_test(tc, evidence_of_a_wrong_day, 0, LEAP_COUNT);
	tcase_add_loop_test(tc, own_evidence, 0, 2);
	tcase_add_test(tc, own_evidence_stays);
	tcase_add_test(tc, synced_too_late);
	tcase_add_loop_test(tc, named_evidence, 0, 3);
	tcase_add_test(tc, named_evidence_of_a_later_log);
	tcase_add_test(tc, a_real_letter);
	tcase_add_loop_test(tc, a_letter_and_its_line, 0,
	    (int)(sizeof(lines) / sizeof(lines[0])));
	tcase_add_loop_test(tc, a_letter_that_nobody_drafted, 1, 3);
	tcase_add_test(tc, a_letter_of_a_removed_person);
	tcase_add_test(tc, an_unlogged_letter);
	tcase_add_test(tc, a_logged_letter_that_was_shown);
	tcase_add_test(tc, a_number_by_hand);
	suite_add_tcase(su, tc);
	return su;
}

CHECK_MAIN(suite);
