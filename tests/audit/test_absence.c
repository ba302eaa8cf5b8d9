/*
 * test_absence.c - audit/absence.h: letters that are in no log, honestly and
 * not.
 */
#include "tests/audit/trial.h"

#include "tests/check_main.h"

/* The audit of pub and letter.xml finds this of the letter, and a proof only
 * if it is A-UNLOGGED. */
static void
found(struct trial *t, enum finding_code want)
{
	t->now += 400 * CLOCK_DAY;
	t->options.now = t->now;
	trial_give(t);
	must_find(t, want);
	ck_assert_uint_eq(findings_of(&t->audit.findings, SEVERITY_PROOF),
	    want == FINDING_UNLOGGED);
}

static void
file_of(struct trial *t, unsigned sequence, int64_t issued_at)
{
	struct bytes file = { 0 };

	trial_file(t, sequence, issued_at, &file);
	bytes_free(&file);
}

/* --- behind the end of a log ---------------------------------------------- */

/* A second log, begun at `time`. */
static void
second_log(struct trial *t, struct chronicle *more, int64_t time)
{
	chronicle_new(more, "GTGUA01", 2, t->center->key);
	t->center->more = more;
	chronicle_go_on(more, time);
}

/* A number that the first log gave may be another letter's. */
static void
issue_other(const struct trial *t, struct chronicle *log, int64_t time,
    unsigned sequence)
{
	struct log_entry e = trial_other(t, sequence);

	e.time = time;
	chronicle_add(log, &e);
}

/*
 * Letters 1 to 3, to T0 + 180, then the end or that of the copy at hand; 4 and
 * 5 stand behind it. The second log begins at T0 + 1000 with the first number
 * it gives, and ends a day later. What of a letter with this number and date?
 */
static const struct {
	const char *what;
	bool closed;    /* there the root closed it; else the copy is old */
	int64_t begins; /* the second log, after T0 */
	unsigned first; /* its first number; 0: it has none */
	unsigned sequence;
	int64_t after; /* the letter, after T0 */
	enum finding_code want;
} ends[] = {
	{ "behind the end", true, 1000, 6, 4, 240, FINDING_UNPROVEN },
	{ "no letters after it", true, 1000, 0, 5, 300, FINDING_UNPROVEN },
	{ "an older copy", false, 1000, 6, 5, 300, FINDING_UNPROVEN },
	{ "a clock put right there", true, 60, 6, 4, 50, FINDING_UNPROVEN },
	{ "given again", true, 1000, 1, 4, 240, FINDING_UNPROVEN },
	{ "before the end", true, 1000, 6, 4, 150, FINDING_UNLOGGED },
	{ "after it", true, 1000, 6, 4, 1100, FINDING_UNLOGGED },
	{ "a number that is taken", true, 1000, 6, 2, 240, FINDING_UNLOGGED },
	{ "one of the second log", true, 1000, 4, 5, 240, FINDING_UNLOGGED },
};

START_TEST(a_letter_between_two_logs)
{
	struct chronicle more;
	struct trial t;
	unsigned i;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	t.center->closed = ends[_i].closed;
	second_log(&t, &more, T0 + ends[_i].begins);
	for (i = 0; ends[_i].first > 0 && i < 6; i++)
		issue_other(&t, &more, T0 + ends[_i].begins + 60 + i,
		    ends[_i].first + i);
	chronicle_close(&more, T0 + CLOCK_DAY);
	trial_publish(&t, "pub");
	chronicle_publish(&more, "pub", more.size, T0 + CLOCK_DAY);
	file_of(&t, ends[_i].sequence, T0 + ends[_i].after);
	found(&t, ends[_i].want);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

#define NEW_YEAR INT64_C(1798761600) /* 2027-01-01T00:00:00Z */

/* Its year has ended, in another log: a post's word and a good signature. */
START_TEST(a_year_that_ended_in_another_log)
{
	struct gossip_shown seen = { .issued_at = T0 + 240,
		.day = T0 / CLOCK_DAY };
	struct realm_post *post;
	struct bytes text = { 0 }, file = { 0 };
	struct chronicle more;
	struct trial t;

	trial_begin(&t);
	post = realm_add_post(&t.realm, "ES-GTGUA/1");
	trial_issue(&t, 1, 3);
	t.center->closed = true;
	second_log(&t, &more, NEW_YEAR + _i * 2 * CLOCK_DAY - CLOCK_DAY);
	if (_i == 0) /* and this year gave the number to another */
		chronicle_issue(&more, NEW_YEAR - 3600, 4);
	chronicle_issue(&more, NEW_YEAR + 3 * CLOCK_DAY, 1);
	trial_publish(&t, "pub");
	chronicle_publish(&more, "pub", more.size, NEW_YEAR + 3 * CLOCK_DAY);
	chronicle_number(t.log, 2026, _i == 0 ? 4 : 5, seen.number);
	memset(seen.digest, 7, sizeof(seen.digest));
	trial_sign(&t, &seen);
	gossip_begin(post->row.report.name, T0 + CLOCK_DAY, &text);
	gossip_add_shown(&seen, &text);
	ck_assert_int_eq(
	    gossip_sign(&text, &post->row.report, post->report, &file, NULL),
	    ERR_OK);
	run_put("a", file.at, file.len);
	t.presentations[t.options.presentation_count++] = "a";
	t.options.now = NEW_YEAR * 2;
	trial_audit(&t, "pub", NULL);
	must_find(&t, _i == 0 ? FINDING_UNLOGGED : FINDING_UNPROVEN);
	ck_assert_uint_eq(
	    findings_of(&t.audit.findings, SEVERITY_PROOF), _i == 0);
	bytes_free(&text);
	bytes_free(&file);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

/* --- a clock that ran ahead ---------------------------------------------- */

/* The last letter at T0 + 600; then the log goes on as these say, in seconds
 * after T0. An old copy may end on the day of a wrong clock. */
static const struct {
	const char *what;
	int64_t lines[4]; /* 0: no more */
	int64_t clock;    /* put right to this after them; 0: not */
	int64_t after;    /* the letter, number 900 */
	enum finding_code want;
} clocks[] = {
	{ "the day of a wrong clock", { 6 * CLOCK_DAY }, 0, 7200,
	    FINDING_UNPROVEN },
	{ "more lines of it", { 6 * CLOCK_DAY, 6 * CLOCK_DAY + 900 }, 0,
	    CLOCK_DAY, FINDING_UNPROVEN },
	{ "before it was wrong", { 6 * CLOCK_DAY }, 0, 500, FINDING_UNLOGGED },
	{ "no clock is so wrong",
	    { 6 * CLOCK_DAY, 11 * CLOCK_DAY, 16 * CLOCK_DAY }, 0, CLOCK_DAY,
	    FINDING_UNLOGGED },
	{ "of minutes", { 1100 }, 0, 700, FINDING_UNLOGGED },
	{ "it was put right", { 6 * CLOCK_DAY }, 7200, 7000, FINDING_UNLOGGED },
};

START_TEST(a_copy_that_ends_on_a_wrong_day)
{
	struct trial t;
	int64_t last = T0 + 600;
	int i;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	for (i = 0; clocks[_i].lines[i] > 0; i++)
		chronicle_close(t.log, last = T0 + clocks[_i].lines[i]);
	if (clocks[_i].clock != 0) {
		chronicle_clock(t.log, T0 + clocks[_i].clock, last);
		last = T0 + clocks[_i].clock;
	}
	trial_publish_part(&t, "pub", t.log->size, last);
	file_of(&t, 900, T0 + clocks[_i].after);
	found(&t, clocks[_i].want);
	trial_end(&t);
}
END_TEST

/* No clock was ever so wrong: who begins the log alone dates its first line. */
START_TEST(no_line_is_older_than_the_center)
{
	struct trial t;

	trial_begin(&t);
	/* begun anew */
	t.log->size = t.log->text.len = 0;
	t.log->range = (struct tree_range){ .size = 0 };
	for (int i = 0; i < CHRONICLE_LEVELS; i++)
		t.log->level[i].len = 0;
	chronicle_open(t.log, T0 - 9000 * CLOCK_DAY);
	chronicle_found(t.log, T0 - 60);
	trial_issue(&t, 1, 10);
	for (int i = 1; i < 9; i++)
		chronicle_close(t.log, T0 + i * CLOCK_DAY);
	trial_publish_part(&t, "pub", t.log->size, T0 + 9 * CLOCK_DAY);
	file_of(&t, 900, T0 + CLOCK_DAY);
	found(&t, FINDING_UNLOGGED);
	trial_end(&t);
}
END_TEST

/* Somebody has a later head: the letter may be in its lines. Not when another
 * one has its number. */
START_TEST(a_later_head_is_known)
{
	struct bytes note = { 0 };
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	trial_publish(&t, "pub");
	trial_issue(&t, 11, 12);
	chronicle_head(t.log, t.log->size, t.now, &note);
	run_put("head", note.at, note.len);
	t.presentations[t.options.presentation_count++] = "head";
	file_of(&t, _i == 0 ? 11 : 4, T0 + 300);
	found(&t, _i == 0 ? FINDING_UNPROVEN : FINDING_UNLOGGED);
	must_find(&t, FINDING_BEHIND);
	bytes_free(&note);
	trial_end(&t);
}
END_TEST

/* --- lost lines ---------------------------------------------------------- */

/* Lost between T0 + 600 and two hours later: 11 was given again, 4 had been
 * given before; nobody's loss explains a second 4, whatever date it bears. */
START_TEST(a_date_of_the_lost_time)
{
	static const struct {
		unsigned sequence;
		enum finding_code want;
	} letters[] = { { 11, FINDING_LOST_LETTER },
		{ 13, FINDING_LOST_LETTER }, { 4, FINDING_UNLOGGED } };
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 10);
	chronicle_restore(t.log, T0 + 7200, t.log->size, true);
	t.now = T0 + 9000;
	trial_issue(&t, 11, 12);
	trial_publish(&t, "pub");
	file_of(&t, letters[_i].sequence, T0 + 3600);
	found(&t, letters[_i].want);
	trial_end(&t);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

static Suite *
suite(void)
{
	Suite *s = suite_create("absence");
	TCase *t = tcase_create("absence");

	tcase_add_loop_test(t, a_letter_between_two_logs, 0, ROWS(ends));
	tcase_add_loop_test(t, a_year_that_ended_in_another_log, 0, 2);
	tcase_add_loop_test(
	    t, a_copy_that_ends_on_a_wrong_day, 0, ROWS(clocks));
	tcase_add_test(t, no_line_is_older_than_the_center);
	tcase_add_loop_test(t, a_later_head_is_known, 0, 2);
	tcase_add_loop_test(t, a_date_of_the_lost_time, 0, 3);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
