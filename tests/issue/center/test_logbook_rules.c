/*
 * What a reader would refuse is never signed, whatever stands in the register
 * beside the log.
 */
#include "issue/center/logbook_rules.h"

#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world template, w;
static int64_t now;

/* The letter that has this sequence, as an act names it. */
static struct log_entry
about(struct center *center, unsigned sequence, enum entry_kind kind)
{
	struct log_entry letter, entry = { .kind = kind, .has_digest = true };

	for (uint64_t i = 0;; i++) {
		desk_entry(center, i, &letter);
		if (entry_is_letter(&letter) &&
		    strtoul(letter.number + 13, NULL, 10) == sequence)
			break;
	}
	strcpy(entry.number, letter.number);
	memcpy(entry.digest, letter.digest, sizeof(entry.digest));
	return entry;
}

/* Four letters; the second was withdrawn, the third has a second copy. One
 * draft waits. */
static void
begin(void)
{
	struct log_entry entry;
	struct desk d;

	now = clock_now();
	world_new(&template, now);
	desk_open(&d, &template, "AP2003");
	world_drafts(d.act.center, 4, now);
	ck_assert_int_eq(desk_approve(&d, NULL), ERR_OK);
	now = clock_now();
	entry = about(d.act.center, 2, ENTRY_WITHDRAW);
	strcpy(entry.reason, "WITHDRAWN");
	ck_assert_int_eq(desk_act(&d, &entry, now, NULL), ERR_OK);
	desk_sql(template.home,
	    "UPDATE letter SET state = 'withdrawn' WHERE sequence = 2");
	entry = about(d.act.center, 3, ENTRY_REPRINT);
	strcpy(entry.ref, "2");
	ck_assert_int_eq(desk_act(&d, &entry, now, NULL), ERR_OK);
	desk_sql(
	    template.home, "UPDATE letter SET copies = 2 WHERE sequence = 3");
	world_draft(d.act.center, 5, now);
	desk_close(&d);
}

static void
end(void)
{
	world_free(&template);
}

static void
setup(void)
{
	world_copy(&template, &w);
}

static void
teardown(void)
{
	world_free(&w);
}

static int64_t
lines(void)
{
	return desk_number(w.home, "SELECT count(*) FROM log_line");
}

/* --- letters ------------------------------------------------------------- */

#define LAST "(SELECT max(id) FROM letter)"

static const struct {
	const char *name, *sql;
} bent[] = {
	{ "the last number moved on",
	    "UPDATE letter SET sequence = sequence + 5 WHERE id = " LAST },
	{ "the last number of another year",
	    "UPDATE letter SET year = year - 1 WHERE id = " LAST },
	{ "a number between moved on",
	    "UPDATE letter SET sequence = 77 WHERE sequence = 2" },
	{ "the last letter gone", "DELETE FROM letter WHERE id = " LAST },
	{ "all letters gone", "DELETE FROM copy; DELETE FROM letter" },
	{ "a line gone, the state with it",
	    "DELETE FROM log_state; DELETE FROM log_line"
	    " WHERE line LIKE '% withdraw %'" },
	{ "a line changed, the state gone",
	    "DELETE FROM log_state; UPDATE log_line"
	    " SET line = replace(line, 'B4', 'B5')" },
	{ "the nodes changed, the state gone",
	    "DELETE FROM log_state;"
	    "UPDATE log_head SET nodes = zeroblob(length(nodes))" },
	{ "another time of the last line",
	    "UPDATE log_head SET last_time = last_time - 3600" },
	{ "the last line gone",
	    "DELETE FROM log_line WHERE id = (SELECT max(id) FROM log_line)" },
	{ "the last line changed",
	    "UPDATE log_line SET line = replace(line, 'AP2003', 'AP2004')"
	    " WHERE id = (SELECT max(id) FROM log_line)" },
	{ "a line behind the last one",
	    "INSERT INTO log_line SELECT max(id) + 1, line FROM log_line" },
};

/* own: after a line that this very process entered. */
static void
try_bent(int row, bool own)
{
	struct log_entry close = { .kind = ENTRY_CLOSE };
	struct errtext err = { 0 };
	struct desk d;
	int64_t before;
	enum err rc;

	desk_open(&d, &w, "AP2003");
	if (own)
		ck_assert_int_eq(desk_act(&d, &close, now, NULL), ERR_OK);
	desk_sql(w.home, bent[row].sql);
	before = lines();
	rc = desk_approve(&d, &err);
	ck_assert_msg(rc == ERR_CONFIG, "%s: %s: %s", bent[row].name,
	    err_name(rc), err.text);
	ck_assert_int_eq(lines(), before);
	ck_assert_int_eq(desk_number(w.home,
			     "SELECT count(*) FROM draft"
			     " WHERE state = 'pending'"),
	    1);
	desk_close(&d);
}

START_TEST(refused)
{
	try_bent(_i, false);
}
END_TEST

START_TEST(refused_in_the_same_run)
{
	try_bent(_i, true);
}
END_TEST

/* What is only kept is not believed: the lines are read again. */
static const struct {
	const char *name, *sql;
} kept[] = {
	{ "as it is", "SELECT 1" },
	{ "no state", "DELETE FROM log_state" },
	{ "another last number",
	    "UPDATE log_state SET history = replace(history, ' 4 1', ' 9 1')" },
	{ "nobody on the roster",
	    "UPDATE log_state SET history ="
	    " substr(history, 1, instr(history, 'person') - 1)" },
	{ "another seal", "UPDATE log_state SET seal = zeroblob(32)" },
	{ "no seal", "UPDATE log_state SET seal = x''" },
	{ "nonsense", "UPDATE log_state SET history = 'x'" },
};

START_TEST(read_again)
{
	struct errtext err = { 0 };
	struct desk_log log;
	struct desk d;

	desk_open(&d, &w, "AP2003");
	desk_sql(w.home, kept[_i].sql);
	ck_assert_msg(desk_approve(&d, &err) == ERR_OK, "%s: %s", kept[_i].name,
	    err.text);
	desk_check(d.act.center, 1, &log);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_int_eq(
	    desk_number(w.home, "SELECT max(sequence) FROM letter"), 5);
	desk_close(&d);
}
END_TEST

/* Every column that has a time set back, and the clock with them. */
START_TEST(time_does_not_go_back)
{
	struct desk d;
	int64_t before = lines();

	desk_open(&d, &w, "AP2003");
	for (unsigned i = 0; i < 2; i++) {
		desk_sql(w.home,
		    i == 0 ? "UPDATE log_head SET last_time = last_time - 3600;"
			     "UPDATE letter SET issued_at = issued_at - 3600"
			   : "DELETE FROM log_state");
		ck_assert_int_eq(desk_closes(&d, now - 600, NULL), ERR_CONFIG);
		ck_assert_int_eq(lines(), before);
	}
	desk_close(&d);
}
END_TEST

/* --- what becomes of letters --------------------------------------------- */

static const struct {
	const char *name;
	unsigned sequence;
	enum entry_kind kind;
	const char *ref, *reason;
	enum err want;
} acts[] = {
	{ "withdrawn", 1, ENTRY_WITHDRAW, "", "WITHDRAWN", ERR_OK },
	{ "withdrawn twice", 2, ENTRY_WITHDRAW, "", "WITHDRAWN", ERR_CONFIG },
	{ "a copy of a dead letter", 2, ENTRY_REPRINT, "2", "", ERR_CONFIG },
	{ "the third copy", 3, ENTRY_REPRINT, "3", "", ERR_OK },
	{ "the second copy twice", 3, ENTRY_REPRINT, "2", "", ERR_CONFIG },
	{ "a copy left out", 3, ENTRY_REPRINT, "4", "", ERR_CONFIG },
	{ "the first copy", 1, ENTRY_REPRINT, "3", "", ERR_CONFIG },
};

/* With the seal whole and without: the columns of the letters say whatever
 * would let it pass. */
START_TEST(of_letters)
{
	struct errtext err = { 0 };
	struct log_entry entry;
	struct desk d;
	int64_t before;

	desk_open(&d, &w, "AP2003");
	for (int sealed = 1; sealed >= 0; sealed--) {
		if (!sealed)
			desk_sql(w.home, "DELETE FROM log_state");
		else
			desk_sql(w.home,
			    "UPDATE letter SET state = 'issued', copies = 1");
		before = lines();
		entry = about(d.act.center, acts[_i].sequence, acts[_i].kind);
		strcpy(entry.ref, acts[_i].ref);
		strcpy(entry.reason, acts[_i].reason);
		enum err rc = desk_act(&d, &entry, now, &err);
		ck_assert_msg(rc == acts[_i].want, "%s: %s: %s", acts[_i].name,
		    err_name(rc), err.text);
		ck_assert_int_eq(
		    lines(), before + (acts[_i].want == ERR_OK ? 1 : 0));
		if (rc == ERR_OK)
			break;
	}
	desk_close(&d);
}
END_TEST

/* A letter that is nobody's, and one of which the log has another digest. */
START_TEST(of_other_letters)
{
	struct log_entry entry;
	struct desk d;
	int64_t before = lines();

	desk_open(&d, &w, "AP2003");
	entry = about(d.act.center, 1, ENTRY_WITHDRAW);
	strcpy(entry.reason, "WITHDRAWN");
	entry.digest[0] ^= 1;
	ck_assert_int_eq(desk_act(&d, &entry, now, NULL), ERR_CONFIG);
	entry.digest[0] ^= 1;
	strcpy(entry.number, "GTGUA01-2026-000009-K");
	ck_assert_int_ne(desk_act(&d, &entry, now, NULL), ERR_OK);
	ck_assert_int_eq(lines(), before);
	desk_close(&d);
}
END_TEST

/* The drafter signed one letter, and would not have to be asked for another
 * under the same commitment; nor does their word for one serve for another. */
START_TEST(of_drafts)
{
	struct letter_number number = { .center = "GTGUA01", .sequence = 5 };
	struct errtext err = { 0 };
	struct log_entry entry;
	int64_t before = lines();
	struct desk d;

	desk_open(&d, &w, "AP2003");
	desk_entry(d.act.center, 4, &entry);
	ck_assert_int_eq(entry.kind, ENTRY_ISSUE);
	number.year = clock_year(now);
	ck_assert(number_format(&number, entry.number));
	entry.time = now;
	ck_assert_int_eq(desk_act(&d, &entry, now, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, history_rule_text(RULE_DRAFT)));
	entry.commitment[0] ^= 1;
	ck_assert_int_eq(desk_act(&d, &entry, now, &err), ERR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, "signatures of the persons"));
	ck_assert_int_eq(lines(), before);
	desk_close(&d);
}
END_TEST

/* The line that made it dead was bent into another one. */
START_TEST(by_lines_that_were_signed)
{
	struct log_entry entry;
	struct desk d;
	int64_t before = lines();

	desk_open(&d, &w, "AP2003");
	desk_sql(w.home,
	    "UPDATE log_line SET line = replace(line, ' WITHDRAWN', ' FRAUD')"
	    " WHERE line LIKE '% withdraw %'");
	entry = about(d.act.center, 2, ENTRY_REPRINT);
	strcpy(entry.ref, "2");
	ck_assert_int_eq(desk_act(&d, &entry, now, NULL), ERR_CONFIG);
	ck_assert_int_eq(lines(), before);
	desk_close(&d);
}
END_TEST

/* The line that made it dead was taken away, far from the lines that are read
 * whatever is signed. */
START_TEST(by_all_lines_that_were_signed)
{
	struct errtext err = { 0 };
	struct log_entry entry;
	struct desk d;
	int64_t before;

	desk_open(&d, &w, "AP2003");
	for (unsigned i = 0; i < TILE_WIDTH; i++)
		ck_assert_int_eq(desk_closes(&d, now, NULL), ERR_OK);
	entry = about(d.act.center, 3, ENTRY_REPRINT);
	strcpy(entry.ref, "3");
	ck_assert_int_eq(desk_act(&d, &entry, now, NULL), ERR_OK);
	desk_sql(w.home,
	    "DELETE FROM log_line WHERE line LIKE '% withdraw %';"
	    "UPDATE letter SET state = 'issued'");
	before = lines();
	entry = about(d.act.center, 2, ENTRY_REPRINT);
	strcpy(entry.ref, "2");
	ck_assert_int_eq(desk_act(&d, &entry, now, &err), ERR_CONFIG);
	ck_assert_msg(
	    strstr(err.text, "restore a backup") != NULL, "%s", err.text);
	ck_assert_int_eq(lines(), before);
	desk_close(&d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("logbook_rules");
	TCase *t = tcase_create("all");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, refused, 0, (int)(sizeof(bent) / sizeof(bent[0])));
	tcase_add_loop_test(t, refused_in_the_same_run, 0,
	    (int)(sizeof(bent) / sizeof(bent[0])));
	tcase_add_loop_test(
	    t, read_again, 0, (int)(sizeof(kept) / sizeof(kept[0])));
	tcase_add_loop_test(
	    t, of_letters, 0, (int)(sizeof(acts) / sizeof(acts[0])));
	tcase_add_test(t, time_does_not_go_back);
	tcase_add_test(t, of_other_letters);
	tcase_add_test(t, of_drafts);
	tcase_add_test(t, by_lines_that_were_signed);
	tcase_add_test(t, by_all_lines_that_were_signed);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
