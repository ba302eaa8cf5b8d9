/*
 * test_roster_given.c - ledger/roster.h: a key that somebody else gave is good
 * for being changed, for nothing else, and not beside who gave it.
 */
#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/lib/ledger/script.h"

/* --- what it is good for ------------------------------------------------- */

/* With the keys that they were given: OF1010, AP2010, AD0010. */
static void
three_join(struct script *s)
{
	script_begin(s);
	script_found(s);
	joins(s, "AD0002", "ADMIN");
	added(s, "OF1010", "DRAFTER");
	added(s, "AP2010", "APPROVER");
	added(s, "AD0010", "ADMIN");
	good(s, line(s, ENTRY_ISSUE, 1));
}

static const struct {
	const char *name;
	enum entry_kind kind;
	const char *officer, *approver, *reason, *code;
} acts[] = {
	{ "drafts", ENTRY_ISSUE, "OF1010", "AP2003", "V45", "" },
	{ "approves", ENTRY_ISSUE, "OF1007", "AP2010", "V45", "" },
	{ "two of them", ENTRY_ISSUE, "OF1010", "AP2010", "V45", "" },
	{ "closes", ENTRY_CLOSE, "AP2010", "", "", "" },
	{ "is there when a day is closed", ENTRY_CLOSE, "AP2003", "OF1010", "",
	    "" },
	{ "withdraws", ENTRY_WITHDRAW, "AP2010", "", "WITHDRAWN", "" },
	{ "tells of a fraud", ENTRY_WITHDRAW, "AP2003", "AD0010", "FRAUD", "" },
	{ "prints again", ENTRY_REPRINT, "AP2010", "", "", "" },
	{ "restores", ENTRY_RESTORE, "AP2010", "AD0001", "", "" },
	{ "restores, second", ENTRY_RESTORE, "AP2003", "OF1010", "", "" },
	{ "puts the clock right", ENTRY_CLOCK, "AP2003", "AD0010", "", "" },
	{ "adds", ENTRY_STAFF, "AD0010", "AP2003", "DRAFTER", "OF1011" },
	{ "adds, second", ENTRY_STAFF, "AD0001", "AP2010", "DRAFTER",
	    "OF1011" },
	{ "resets", ENTRY_STAFF, "AD0010", "AP2003", "KEY", "OF1007" },
	{ "resets, second", ENTRY_STAFF, "AD0001", "AP2010", "KEY", "OF1007" },
	{ "removes", ENTRY_STAFF, "AD0010", "AP2003", "REMOVED", "OF1007" },
	{ "removes, second", ENTRY_STAFF, "AD0001", "AP2010", "REMOVED",
	    "OF1007" },
	{ "is witness", ENTRY_STAFF, "OF1007", "OF1010", "KEY", "OF1007" },
};
#define ACTS (sizeof(acts) / sizeof(acts[0]))

static struct log_entry
act(struct script *s, size_t i)
{
	struct log_entry e = line(s, acts[i].kind, 0);
	unsigned sequence = entry_is_letter(&e) ? 2 : 1;

	if (entry_is_letter(&e) || e.kind == ENTRY_WITHDRAW ||
	    e.kind == ENTRY_REPRINT) {
		number_of(sequence, e.number);
		memset(e.digest, (int)sequence, sizeof(e.digest));
		e.has_digest = true;
	}
	strcpy(e.officer, acts[i].officer);
	strcpy(e.approver, acts[i].approver);
	strcpy(e.reason, acts[i].reason);
	strcpy(e.ref, e.kind == ENTRY_REPRINT ? "2" : acts[i].code);
	if (e.kind == ENTRY_RESTORE)
		strcpy(e.ref, "0");
	if (e.kind == ENTRY_CLOCK)
		ck_assert(clock_format(s->history.last_time, e.ref));
	if (e.kind == ENTRY_STAFF && strcmp(e.reason, "REMOVED") != 0)
		new_key(&e, "new");
	return e;
}

/* Whoever gave it may know it, and would be two persons. */
START_TEST(it_signs_no_act)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	e = act(&s, (size_t)_i);
	ck_assert_msg(
	    take(&s, e) == RULE_ROLE, "%s: %x", acts[_i].name, s.broken);
	ck_assert_uint_eq(s.persons.count, 0);
	script_end(&s);
}
END_TEST

START_TEST(the_own_one_does)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	changed(&s, "OF1010", "AP2003", "OF1010");
	changed(&s, "AP2010", "OF1007", "AP2010");
	changed(&s, "AD0010", "AD0002", "AD0010");
	e = act(&s, (size_t)_i);
	ck_assert_msg(take(&s, e) == 0, "%s: %x", acts[_i].name, s.broken);
	script_end(&s);
}
END_TEST

/* What others do with who has it. */
START_TEST(others_may_end_it)
{
	struct script s;

	three_join(&s);
	good(&s, staff(&s, "OF1010", "REMOVED"));
	good(&s, change(&s, "AP2010", "KEY", "AD0001", "AP2003", "new"));
	good(&s, staff(&s, "AD0010", "REMOVED"));
	script_end(&s);
}
END_TEST

/* --- who sees it changed ------------------------------------------------- */

static const struct {
	const char *witness;
	unsigned want;
} witnesses[] = {
	{ "AD0001", RULE_ALONE },                 /* who typed it */
	{ "AD0002", 0 }, { "AP2003", 0 },         /* who stood beside */
	{ "OF1007", 0 }, { "AP2010", RULE_ROLE }, /* given, too */
};
#define WITNESSES (sizeof(witnesses) / sizeof(witnesses[0]))

START_TEST(another_than_the_giver_sees_it_changed)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	e = change(&s, "OF1010", "KEY", "OF1010", witnesses[_i].witness, "own");
	bad(&s, e, witnesses[_i].want);
	use_key(&s, "OF1010", "own");
	e = line(&s, ENTRY_ISSUE, 2);
	if (witnesses[_i].want != 0) {
		ck_assert_uint_eq(s.persons.count, 0);
		use_key(&s, "OF1010", "OF1010 FIRST");
	}
	strcpy(e.officer, "OF1010");
	bad(&s, e, witnesses[_i].want == 0 ? 0 : RULE_ROLE);
	script_end(&s);
}
END_TEST

/* The newest giver: who gave one before is a witness like others. */
START_TEST(a_lost_passphrase_likewise)
{
	struct script s;

	three_join(&s);
	good(&s, change(&s, "OF1010", "KEY", "AD0002", "AP2003", "second"));
	use_key(&s, "OF1010", "second");
	bad(&s, change(&s, "OF1010", "KEY", "OF1010", "AD0002", "own"),
	    RULE_ALONE);
	changed(&s, "OF1010", "AD0001", "own");
	/* of their own making: so anybody may see the next change */
	changed(&s, "OF1010", "AD0002", "next");
	good(&s, change(&s, "OF1007", "KEY", "AD0001", "AP2003", "b"));
	use_key(&s, "OF1007", "b");
	bad(&s, line(&s, ENTRY_ISSUE, 2), RULE_ROLE);
	bad(&s, change(&s, "OF1007", "KEY", "OF1007", "AD0001", "c"),
	    RULE_ALONE);
	script_end(&s);
}
END_TEST

/* --- whose key nobody gave ----------------------------------------------- */

START_TEST(what_the_root_heard_nobody_gave)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	changed(&s, "OF1007", "AD0001", "b"); /* of the first roster */
	read_aloud(&s, s.time, "OF1010", 'D', "own");
	read_aloud(&s, s.time + 1, "AP2011", 'A', "other");
	s.time += 2;
	good(&s, helped(&s, "OF1010", "KEY", "own"));
	good(&s, helped(&s, "AP2011", "APPROVER", "other"));
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	strcpy(e.approver, "AP2011");
	good(&s, e);
	changed(&s, "OF1010", "AD0001", "next");
	script_end(&s);
}
END_TEST

/* --- later logs ---------------------------------------------------------- */

/* As they stood: with the giver, too. */
START_TEST(it_stays_given_in_a_later_log)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	good(&s, staff(&s, "AD0001", "ADMIN"));
	good(&s, staff(&s, "AP2003", "APPROVER"));
	good(&s, staff_by(&s, "AD0002", "ADMIN", "AD0001", "AP2003"));
	good(&s, staff_by(&s, "OF1010", "DRAFTER", "AD0002", "AP2003"));
	reload(&s);
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	bad(&s, e, RULE_ROLE);
	bad(&s, change(&s, "OF1010", "KEY", "OF1010", "AD0001", "own"),
	    RULE_ALONE);
	/* who entered them anew gave nothing */
	changed(&s, "OF1010", "AD0002", "own");
	e = line(&s, ENTRY_ISSUE, 3);
	strcpy(e.officer, "OF1010");
	good(&s, e);
	script_end(&s);
}
END_TEST

/* What two who stood bring into its beginning the person may have made behind
 * the end of the log before: nobody knows of a giver. */
START_TEST(nobody_gave_what_comes_with_a_later_log)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	script_enter(&s);
	good(&s, staff(&s, "OF1011", "DRAFTER"));
	use_key(&s, "OF1010", "own");
	good(&s, staff(&s, "OF1010", "DRAFTER"));
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1011");
	good(&s, e);
	e = line(&s, ENTRY_ISSUE, 3);
	strcpy(e.officer, "OF1010");
	good(&s, e);
	changed(&s, "OF1010", "AD0001", "next");
	script_end(&s);
}
END_TEST

/* It begins no log. What does not fit there accuses nobody: the person may have
 * changed it behind the end of the log before. */
START_TEST(it_begins_no_later_log)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	script_next(&s);
	e = line(&s, ENTRY_OPEN, 0);
	strcpy(e.officer, "AD0010");
	bad(&s, e, RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "AP2003", "APPROVER", "AD0010", "AP2003"),
	    RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "OF1007", "DRAFTER", "AD0001", "AP2010"),
	    RULE_RENUMBERED | RULE_VOID);
	script_end(&s);
}
END_TEST

/* --- kept ---------------------------------------------------------------- */

START_TEST(who_gave_it_is_stored)
{
	struct log_entry e;
	struct script s;

	three_join(&s);
	reload(&s);
	ck_assert_str_eq(
	    roster_giver(&s.history.roster,
		roster_view_of(roster_find(&s.history.roster, "OF1010"))),
	    "AD0001");
	ck_assert_str_eq(
	    roster_giver(&s.history.roster,
		roster_view_of(roster_find(&s.history.roster, "AD0002"))),
	    "");
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AP2010");
	bad(&s, e, RULE_ROLE);
	bad(&s, change(&s, "OF1010", "KEY", "OF1010", "AD0001", "own"),
	    RULE_ALONE);
	changed(&s, "OF1010", "AP2003", "own");
	reload(&s);
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	good(&s, e);
	script_end(&s);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("given keys");
	TCase *t = tcase_create("all");

	tcase_add_loop_test(t, it_signs_no_act, 0, ACTS);
	tcase_add_loop_test(t, the_own_one_does, 0, ACTS);
	tcase_add_test(t, others_may_end_it);
	tcase_add_loop_test(
	    t, another_than_the_giver_sees_it_changed, 0, WITNESSES);
	tcase_add_test(t, a_lost_passphrase_likewise);
	tcase_add_test(t, what_the_root_heard_nobody_gave);
	tcase_add_test(t, it_stays_given_in_a_later_log);
	tcase_add_test(t, nobody_gave_what_comes_with_a_later_log);
	tcase_add_test(t, it_begins_no_later_log);
	tcase_add_test(t, who_gave_it_is_stored);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
