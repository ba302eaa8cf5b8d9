/*
 * test_history.c - ledger/history.h and ledger/letters.h: honest lines break
 * no rule, each dishonest one breaks its own.
 */
#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/lib/ledger/script.h"

/* What the newest line said of a letter of before. */
static struct {
	unsigned count, sequence;
	struct history_letter word;
} said;

static enum err
put_said(void *ctx, int year, unsigned sequence,
    const struct history_letter *word, struct errtext *err)
{
	(void)ctx, (void)err;
	ck_assert_int_eq(year, 2026);
	said.count++;
	said.sequence = sequence;
	said.word = *word;
	return ERR_OK;
}

START_TEST(honest_lines_break_nothing)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	s.time--; /* two letters in one second */
	good(&s, line(&s, ENTRY_ISSUE, 2));
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "2");
	good(&s, e);
	e = line(&s, ENTRY_CORRECT, 3);
	number_of(1, e.ref);
	good(&s, e);
	good(&s, line(&s, ENTRY_WITHDRAW, 2));
	good(&s, fraud(&s, 2));
	good(&s, line(&s, ENTRY_CLOSE, 0));
	e = line(&s, ENTRY_RESTORE, 0);
	strcpy(e.ref, "5");
	good(&s, e);
	good(&s, staff(&s, "OF1007", "REMOVED"));
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_SUPERSEDED);
	ck_assert_uint_eq(letter(&s, 1)->copies, 2);
	ck_assert_int_eq(letter(&s, 2)->state, HISTORY_FRAUD);
	ck_assert_int_eq(letter(&s, 3)->state, HISTORY_LIVE);
	ck_assert_uint_eq(letters_count(s.letters), 3);
	script_end(&s);
}
END_TEST

static struct log_entry
clock_line(struct script *s, int64_t time, int64_t last)
{
	struct log_entry e;

	s->time = time;
	e = line(s, ENTRY_CLOCK, 0);
	strcpy(e.approver, "AD0001");
	ck_assert(clock_format(last, e.ref));
	return e;
}

/* A year ahead, put right, and ahead once more: numbers of each year go on
 * where that year ended, and time runs on from each clock line. */
START_TEST(a_wrong_clock_is_put_right)
{
	struct letter_number ahead = { "GTGUA01", 2027, 1 };
	struct log_entry e;
	struct script s;
	int64_t late, right;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	right = s.time;
	for (ahead.sequence = 1; ahead.sequence < 3; ahead.sequence++) {
		late = s.time = right + 365 * CLOCK_DAY;
		e = line(&s, ENTRY_ISSUE, 10 + ahead.sequence);
		ck_assert(number_format(&ahead, e.number));
		good(&s, e);
		good(&s, clock_line(&s, right, late));
		ck_assert_int_eq(s.history.last_time, right);
		good(&s, line(&s, ENTRY_ISSUE, 1 + ahead.sequence));
	}
	script_end(&s);
}
END_TEST

/* Its time may be what it will; only the time that it puts right is bound. */
START_TEST(a_clock_line_names_the_line_before)
{
	struct log_entry e;
	struct script s;
	int64_t last;

	script_begin(&s);
	script_found(&s);
	last = s.time - 1;
	good(&s, clock_line(&s, last + 60, last));
	e = clock_line(&s, NOON, last);
	bad(&s, e, RULE_CLOCK);
	e = clock_line(&s, NOON, NOON - 1);
	bad(&s, e, RULE_CLOCK);
	good(&s, clock_line(&s, NOON - 60, NOON));
	/* it excuses nobody else */
	e = line(&s, ENTRY_ISSUE, 1);
	e.time = NOON - 61;
	bad(&s, e, RULE_TIME);
	script_end(&s);
}
END_TEST

/* A new year begins with 1 again. */
START_TEST(numbers_begin_anew_each_year)
{
	struct letter_number n = { "GTGUA01", 2027, 1 };
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	ck_assert(clock_parse("2027-01-01T00:00:00Z", &s.time));
	e = line(&s, ENTRY_ISSUE, 2);
	ck_assert(number_format(&n, e.number));
	good(&s, e);
	script_end(&s);
}
END_TEST

static void
skip_number(struct script *s, struct log_entry *e)
{
	(void)s;
	number_of(4, e->number);
}

static void
repeat_number(struct script *s, struct log_entry *e)
{
	(void)s;
	number_of(2, e->number);
}

static void
wrong_check(struct script *s, struct log_entry *e)
{
	(void)s;
	e->number[20] = e->number[20] == 'A' ? 'B' : 'A';
}

static void
other_center(struct script *s, struct log_entry *e)
{
	struct letter_number n = { "GTGUA02", 2026, 3 };

	(void)s;
	ck_assert(number_format(&n, e->number));
}

static void
go_back(struct script *s, struct log_entry *e)
{
	(void)s;
	e->time -= 60;
}

static void
wrong_place(struct script *s, struct log_entry *e)
{
	(void)s;
	e->index++;
}

/* The same place in the log, another line. */
static void
instead(struct script *s, struct log_entry *e, struct log_entry other)
{
	s->index = e->index + 1;
	other.index = e->index;
	*e = other;
}

static void
withdraw(struct script *s, struct log_entry *e, unsigned sequence)
{
	instead(s, e, line(s, ENTRY_WITHDRAW, sequence));
}

static void
withdraw_unknown(struct script *s, struct log_entry *e)
{
	withdraw(s, e, 9);
}

static void
withdraw_digest(struct script *s, struct log_entry *e)
{
	withdraw(s, e, 2);
	memset(e->digest, 7, sizeof(e->digest));
}

static void
withdraw_again(struct script *s, struct log_entry *e)
{
	withdraw(s, e, 1);
}

static void
correct_dead(struct script *s, struct log_entry *e)
{
	(void)s;
	e->kind = ENTRY_CORRECT;
	number_of(1, e->ref);
}

static void
reprint_dead(struct script *s, struct log_entry *e)
{
	instead(s, e, line(s, ENTRY_REPRINT, 1));
	strcpy(e->ref, "2");
}

static void
third_copy_first(struct script *s, struct log_entry *e)
{
	instead(s, e, line(s, ENTRY_REPRINT, 2));
	strcpy(e->ref, "3");
}

static void
same_draft(struct script *s, struct log_entry *e)
{
	(void)s;
	memset(e->commitment, 0, sizeof(e->commitment));
	e->commitment[0] = 6; /* the first letter's line */
	e->commitment[31] = 1;
}

static const struct {
	const char *name;
	void (*spoil)(struct script *s, struct log_entry *e);
	unsigned want;
} spoilt[] = {
	{ "a number left out", skip_number, RULE_SEQUENCE },
	{ "a number twice", repeat_number, RULE_SEQUENCE },
	{ "check character", wrong_check, RULE_NUMBER },
	{ "another center's number", other_center, RULE_NUMBER },
	{ "time goes back", go_back, RULE_TIME },
	{ "another place", wrong_place, RULE_INDEX },
	{ "withdraws what is not there", withdraw_unknown, RULE_UNKNOWN },
	{ "withdraws other bytes", withdraw_digest, RULE_UNKNOWN },
	{ "withdraws twice", withdraw_again, RULE_STATE },
	{ "replaces a dead letter", correct_dead, RULE_STATE },
	{ "reprints a dead letter", reprint_dead, RULE_STATE },
	{ "copy 3 before 2", third_copy_first, RULE_COPY },
	{ "a draft becomes a second letter", same_draft, RULE_DRAFT },
};

START_TEST(dishonest_line_breaks_its_rule)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, staff(&s, "AP2009", "APPROVER"));
	good(&s, staff(&s, "AP2009", "REMOVED"));
	good(&s, line(&s, ENTRY_ISSUE, 1));
	good(&s, line(&s, ENTRY_ISSUE, 2));
	good(&s, line(&s, ENTRY_WITHDRAW, 1));
	e = line(&s, ENTRY_ISSUE, 3);
	spoilt[_i].spoil(&s, &e);
	ck_assert_msg(take(&s, e) == spoilt[_i].want, "%s: %x", spoilt[_i].name,
	    s.broken);
	script_end(&s);
}
END_TEST

START_TEST(a_dead_letter_never_comes_back)
{
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	good(&s, fraud(&s, 1));
	bad(&s, line(&s, ENTRY_WITHDRAW, 1), RULE_STATE);
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_FRAUD);
	script_end(&s);
}
END_TEST

START_TEST(later_generation_goes_on)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_next(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	script_next(&s);
	script_found(&s);
	/* what a center does that lost all: told, but no proof of anything */
	e = line(&s, ENTRY_ISSUE, 1);
	bad(&s, e, RULE_RENUMBERED);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	ck_assert_uint_eq(letters_count(s.letters), 4);
	ck_assert_uint_eq(letter(&s, 2)->generation, 3);
	script_end(&s);
}
END_TEST

/* What the lines behind the end of an earlier log did to its letters their
 * center may not know: told, and no proof. They stay as dead as they were. */
START_TEST(later_generation_does_again_what_was_lost)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	good(&s, line(&s, ENTRY_ISSUE, 2));
	e = line(&s, ENTRY_REPRINT, 2);
	strcpy(e.ref, "2");
	good(&s, e);
	e = line(&s, ENTRY_REPRINT, 2);
	strcpy(e.ref, "3");
	good(&s, e);
	good(&s, fraud(&s, 1));
	script_next(&s);
	script_found(&s);
	e = line(&s, ENTRY_REPRINT, 2);
	strcpy(e.ref, "2");
	bad(&s, e, RULE_RENUMBERED);
	ck_assert_uint_eq(letter(&s, 2)->copies, 3);
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "2");
	bad(&s, e, RULE_RENUMBERED);
	bad(&s, fraud(&s, 1), RULE_RENUMBERED);
	e = line(&s, ENTRY_CORRECT, 3);
	number_of(1, e.ref);
	bad(&s, e, RULE_RENUMBERED);
	bad(&s, line(&s, ENTRY_WITHDRAW, 1), RULE_RENUMBERED);
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_FRAUD);
	/* of its own letters it knows all */
	good(&s, line(&s, ENTRY_WITHDRAW, 3));
	bad(&s, line(&s, ENTRY_WITHDRAW, 3), RULE_STATE);
	e = line(&s, ENTRY_REPRINT, 3);
	strcpy(e.ref, "3");
	bad(&s, e, RULE_STATE | RULE_COPY);
	script_end(&s);
}
END_TEST

/* A center that lost a log of a wrong day does not know when it ended. */
START_TEST(later_generation_begins_before_a_wrong_day)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_next(&s);
	s.time = NOON - 6 * CLOCK_DAY;
	bad(&s, line(&s, ENTRY_OPEN, 0), RULE_RENUMBERED);
	script_enter(&s);
	e = line(&s, ENTRY_ISSUE, 2);
	e.time = NOON - 6 * CLOCK_DAY;
	bad(&s, e, RULE_TIME);
	script_end(&s);
}
END_TEST

static void
expect_said(
    const struct log_entry *e, unsigned sequence, enum history_state state)
{
	ck_assert_uint_eq(said.count, 1);
	ck_assert_uint_eq(said.sequence, sequence);
	ck_assert_int_eq(said.word.state, state);
	ck_assert_mem_eq(said.word.digest, e->digest, sizeof(e->digest));
	said.count = 0;
}

/* An earlier log may have lines behind the end that the root set: what a later
 * one says of their letters and copies proves nothing, and is handed on for
 * the day they come. What it says of its own letters, and of numbers that
 * nobody was given, proves that it lies. */
START_TEST(later_generation_speaks_of_what_is_not_here)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	s.calls.say = put_said;
	script_next(&s);
	script_found(&s);
	e = line(&s, ENTRY_WITHDRAW, 2);
	bad(&s, e, RULE_RENUMBERED);
	expect_said(&e, 2, HISTORY_WITHDRAWN);
	e = fraud(&s, 3);
	bad(&s, e, RULE_RENUMBERED);
	expect_said(&e, 3, HISTORY_FRAUD);
	e = line(&s, ENTRY_REPRINT, 3);
	strcpy(e.ref, "4");
	bad(&s, e, RULE_RENUMBERED);
	expect_said(&e, 3, HISTORY_LIVE);
	ck_assert_uint_eq(said.word.generation, 0); /* it is not here */
	ck_assert_uint_eq(said.word.copies, 4);
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "3");
	bad(&s, e, RULE_RENUMBERED);
	expect_said(&e, 1, HISTORY_LIVE);
	ck_assert_uint_eq(said.word.generation, 1);
	ck_assert_uint_eq(said.word.copies, 3);
	/* so is a copy that those lines counted, too */
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "2");
	bad(&s, e, RULE_RENUMBERED);
	said.count = 0;
	e = line(
	    &s, ENTRY_CORRECT, 5); /* in place of 3, which it cannot know */
	number_of(3, e.ref);
	memset(e.digest, 0, sizeof(e.digest));
	bad(&s, e, RULE_RENUMBERED);
	expect_said(&e, 3, HISTORY_SUPERSEDED);
	ck_assert(said.word.superseded);
	bad(&s, line(&s, ENTRY_WITHDRAW, 4), RULE_RENUMBERED);
	said.count = 0;
	bad(&s, line(&s, ENTRY_WITHDRAW, 6), RULE_UNKNOWN);
	e = line(&s, ENTRY_WITHDRAW, 5);
	e.digest[0] = 1;
	bad(&s, e, RULE_UNKNOWN);
	/* a void line says nothing */
	script_remove(&s, "AP2003", s.time, 0);
	bad(&s, line(&s, ENTRY_WITHDRAW, 2), RULE_RENUMBERED | RULE_VOID);
	ck_assert_uint_eq(said.count, 0);
	script_end(&s);
}
END_TEST

/* A clock that ran ahead may have been put right behind the end of the first
 * log: the second one begins earlier. Within a log time goes on as ever. */
START_TEST(later_generation_begins_earlier)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_next(&s);
	e = line(&s, ENTRY_OPEN, 0);
	e.time = s.history.last_time - 5 * CLOCK_DAY;
	bad(&s, e, RULE_RENUMBERED);
	ck_assert_int_eq(s.history.last_time, e.time);
	s.time = e.time;
	script_enter(&s);
	e = line(&s, ENTRY_CLOSE, 0);
	e.time = s.history.last_time - 1;
	bad(&s, e, RULE_TIME);
	script_end(&s);
}
END_TEST

START_TEST(survives_being_stored)
{
	struct history again = { 0 };
	struct bytes text = { 0 };
	struct script s;

	script_begin(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	history_save(&s.history, &text);
	ck_assert_int_eq(history_load((const char *)text.at, &again), ERR_OK);
	history_clear(&s.history);
	s.history = again;
	script_list(&s);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	bad(&s, line(&s, ENTRY_ISSUE, 4), RULE_SEQUENCE);
	bytes_free(&text);
	script_end(&s);
}
END_TEST

static const char *const nonsense[] = { "", "history", "year 2026 1 1\n",
	"history GTGUA01 1 1 1\nperson \n", "history GTGUA01 1 1 1\nyear x\n",
	"history GTGUA01 1 1 1\n\n", "history GTGUA01 01 1 1\n",
	"history GTGUA01 1 1 1\nsomething else\n" };

START_TEST(refuses_nonsense)
{
	struct history out = { 0 };

	ck_assert_int_eq(history_load(nonsense[_i], &out), ERR_DATA);
	ck_assert_ptr_null(out.roster.person);
}
END_TEST

/* The table grows and still finds each. */
START_TEST(finds_each_of_many)
{
	struct letters *letters = letters_new();
	struct history_letters calls = letters_of(letters);
	struct history_letter l = { .copies = 1 };
	const struct history_letter *found;
	bool before;
	unsigned i;

	for (i = 1; i <= 20000; i++) {
		l.index = i;
		l.generation = 1 + i % 2;
		memcpy(l.digest, &i, sizeof(i));
		memcpy(l.commitment, &i, sizeof(i));
		ck_assert_int_eq(
		    calls.drafted(calls.ctx, l.commitment, &before, NULL),
		    ERR_OK);
		ck_assert(!before);
		ck_assert_int_eq(
		    calls.put(calls.ctx, 2026, (i + 1) / 2, &l, NULL), ERR_OK);
	}
	ck_assert_uint_eq(letters_count(letters), 20000);
	for (i = 1; i <= 20000; i++) {
		uint8_t digest[32] = { 0 };

		memcpy(digest, &i, sizeof(i));
		found = letters_find(letters, 2026, (i + 1) / 2, digest);
		ck_assert_ptr_nonnull(found);
		ck_assert_uint_eq(found->index, i);
		ck_assert_int_eq(
		    calls.drafted(calls.ctx, digest, &before, NULL), ERR_OK);
		ck_assert(before);
	}
	ck_assert_ptr_null(letters_find(letters, 2025, 1, NULL));
	ck_assert_ptr_null(letters_find(letters, 2026, 10001, NULL));
	letters_free(&letters);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("history");
	TCase *t = tcase_create("history");

	tcase_add_test(t, honest_lines_break_nothing);
	tcase_add_test(t, a_wrong_clock_is_put_right);
	tcase_add_test(t, a_clock_line_names_the_line_before);
	tcase_add_test(t, numbers_begin_anew_each_year);
	tcase_add_loop_test(t, dishonest_line_breaks_its_rule, 0,
	    sizeof(spoilt) / sizeof(spoilt[0]));
	tcase_add_test(t, a_dead_letter_never_comes_back);
	tcase_add_test(t, later_generation_goes_on);
	tcase_add_test(t, later_generation_does_again_what_was_lost);
	tcase_add_test(t, later_generation_begins_before_a_wrong_day);
	tcase_add_test(t, later_generation_speaks_of_what_is_not_here);
	tcase_add_test(t, later_generation_begins_earlier);
	tcase_add_test(t, survives_being_stored);
	tcase_add_loop_test(
	    t, refuses_nonsense, 0, sizeof(nonsense) / sizeof(nonsense[0]));
	tcase_add_test(t, finds_each_of_many);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
