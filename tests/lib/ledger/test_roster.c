/*
 * test_roster.c - ledger/roster.h: who may write which line.
 */
#include "base/clock.h"
#include "tests/check_main.h"
#include "tests/lib/ledger/script.h"

/* --- how a log begins ---------------------------------------------------- */

START_TEST(begins_with_its_persons_in_any_order)
{
	static const char *const order[][3] = { { "AD0001", "AP2003",
						    "OF1007" },
		{ "OF1007", "AP2003", "AD0001" },
		{ "AP2003", "AD0001", "OF1007" } };
	struct script s;
	size_t i;

	script_begin(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	for (i = 0; i < 3; i++) {
		const char *code = order[_i][i];

		good(&s,
		    staff_by(&s, code,
			code[0] == 'O'       ? "DRAFTER"
			    : code[1] == 'P' ? "APPROVER"
					     : "ADMIN",
			"AD0001", ""));
	}
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_end(&s);
}
END_TEST

static void
left_out(struct script *s)
{
	good(s, staff_by(s, "AD0001", "ADMIN", "AD0001", ""));
	good(s, staff_by(s, "AP2003", "APPROVER", "AD0001", ""));
	bad(s, line(s, ENTRY_CLOSE, 0), RULE_FOUNDING | RULE_VOID);
}

static void
founder_left_out(struct script *s)
{
	good(s, staff_by(s, "OF1007", "DRAFTER", "AD0001", ""));
	good(s, staff_by(s, "AP2003", "APPROVER", "AD0001", ""));
	bad(s, staff(s, "OF1008", "DRAFTER"),
	    RULE_FOUNDING | RULE_STRANGER | RULE_VOID);
}

static void
other_role(struct script *s)
{
	bad(s, staff_by(s, "OF1007", "APPROVER", "AD0001", ""), RULE_FOUNDING);
}

static void
other_key(struct script *s)
{
	struct log_entry e = staff_by(s, "OF1007", "DRAFTER", "AD0001", "");

	new_key(&e, "OF1007b");
	bad(s, e, RULE_FOUNDING);
}

static void
one_more(struct script *s)
{
	script_enter(s);
	bad(s, staff_by(s, "OF1008", "DRAFTER", "AD0001", ""), RULE_FOUNDING);
}

static void
twice(struct script *s)
{
	script_enter(s);
	bad(s, staff_by(s, "OF1007", "DRAFTER", "AD0001", ""),
	    RULE_ALONE | RULE_PERSON);
}

static void
by_another(struct script *s)
{
	good(s, staff_by(s, "AD0001", "ADMIN", "AD0001", ""));
	good(s, staff_by(s, "AP2003", "APPROVER", "AD0001", ""));
	bad(s, staff_by(s, "OF1007", "DRAFTER", "AP2003", ""),
	    RULE_FOUNDING | RULE_ALONE);
}

static void
by_two(struct script *s)
{
	good(s, staff_by(s, "AD0001", "ADMIN", "AD0001", ""));
	good(s, staff_by(s, "AP2003", "APPROVER", "AD0001", ""));
	bad(s, staff(s, "OF1007", "DRAFTER"), RULE_FOUNDING | RULE_VOID);
}

static void (*const wrong_beginnings[])(struct script *s) = { left_out,
	founder_left_out, other_role, other_key, one_more, twice, by_another,
	by_two };

START_TEST(refuses_another_beginning)
{
	struct script s;

	script_begin(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	wrong_beginnings[_i](&s);
	ck_assert_uint_eq(s.persons.count, 0);
	script_end(&s);
}
END_TEST

START_TEST(an_administrator_of_the_list_opens)
{
	static const char *const others[] = { "AP2003", "OF1007", "AD0009" };
	struct log_entry e;
	struct script s;

	script_begin(&s);
	e = line(&s, ENTRY_OPEN, 0);
	strcpy(e.officer, others[_i]);
	bad(&s, e, RULE_FOUNDING);
	script_end(&s);
}
END_TEST

START_TEST(no_roster_no_log)
{
	struct script s;

	script_begin_empty(&s);
	bad(&s, line(&s, ENTRY_OPEN, 0), RULE_FOUNDING);
	bad(&s, staff_by(&s, "AD0001", "ADMIN", "AD0001", ""),
	    RULE_FOUNDING | RULE_ALONE);
	script_end(&s);
}
END_TEST

/* The founding request was certified twice: once more after the founder and the
 * drafter had other passphrases. Either roster may be the one. */
START_TEST(any_roster_of_the_list_may_be_the_one)
{
	struct trust_roster *second;
	struct script s;
	bool newer = _i == 1;

	script_begin(&s);
	second = script_roster(&s, NOON - 30);
	second->persons[0] = support_person("GTGUA01", "AD0001b", 'M');
	second->persons[2] = support_person("GTGUA01", "OF1007b", 'D');
	strcpy(second->persons[0].code, "AD0001");
	strcpy(second->persons[2].code, "OF1007");
	if (newer) {
		use_key(&s, "AD0001", "AD0001b");
		use_key(&s, "OF1007", "OF1007b");
	}
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	ck_assert_uint_eq(s.history.roster.rosters, newer ? 2 : 1);
	/* what was read aloud later may help, what was before may not */
	bad(&s, helped(&s, "OF1007", "KEY", newer ? "OF1007" : "OF1007b"),
	    newer ? RULE_ALONE : 0);
	script_end(&s);
}
END_TEST

/* One roster is part of the other: the lines say which it is. */
START_TEST(the_larger_roster_may_be_the_one)
{
	struct trust_roster *second;
	struct script s;

	script_begin(&s);
	second = script_roster(&s, NOON - 30);
	second->persons =
	    reallocarray(second->persons, 4, sizeof(second->persons[0]));
	second->persons[second->person_count++] =
	    support_person("GTGUA01", "OF1008", 'D');
	script_found(&s);
	if (_i == 1)
		good(&s, staff_by(&s, "OF1008", "DRAFTER", "AD0001", ""));
	good(&s, line(&s, ENTRY_CLOSE, 0));
	ck_assert_uint_eq(s.history.roster.rosters, _i == 1 ? 2 : 1);
	script_end(&s);
}
END_TEST

/* --- who may do what ----------------------------------------------------- */

/* X: any. Persons of the log that is made below. */
static const struct {
	const char *name;
	enum entry_kind kind;
	const char *officer, *approver, *reason;
	unsigned before, after; /* the first letter */
} acts[] = {
	{ "closes alone", ENTRY_CLOSE, "AP2003", "", "", 0, 0 },
	{ "the founder", ENTRY_CLOSE, "AD0001", "", "", 0, RULE_ROLE },
	{ "another administrator", ENTRY_CLOSE, "AD0002", "", "", RULE_ROLE,
	    RULE_ROLE },
	{ "a drafter", ENTRY_CLOSE, "OF1007", "", "", RULE_ROLE, RULE_ROLE },
	{ "two, approver second", ENTRY_CLOSE, "OF1007", "AP2003", "", 0, 0 },
	{ "two, approver first", ENTRY_CLOSE, "AP2003", "OF1007", "", 0, 0 },
	{ "two, none an approver", ENTRY_CLOSE, "OF1007", "AD0002", "",
	    RULE_ROLE, RULE_ROLE },
	{ "two, with the founder", ENTRY_CLOSE, "OF1007", "AD0001", "", 0,
	    RULE_ROLE },
	{ "a stranger", ENTRY_CLOSE, "AP9999", "", "", RULE_STRANGER,
	    RULE_STRANGER },
	{ "with a stranger", ENTRY_CLOSE, "AP2003", "AP9999", "", RULE_STRANGER,
	    RULE_STRANGER },
	{ "who left", ENTRY_CLOSE, "AP2009", "", "", RULE_STRANGER,
	    RULE_STRANGER },
	{ "with who left", ENTRY_RESTORE, "AP2003", "AP2009", "", RULE_STRANGER,
	    RULE_STRANGER },
	{ "restores", ENTRY_RESTORE, "AP2003", "OF1007", "", 0, 0 },
	{ "restores with the founder", ENTRY_RESTORE, "OF1007", "AD0001", "", 0,
	    RULE_ROLE },
	{ "restores, none an approver", ENTRY_RESTORE, "OF1007", "AD0002", "",
	    RULE_ROLE, RULE_ROLE },
	{ "puts the clock right", ENTRY_CLOCK, "AD0002", "AP2003", "", 0, 0 },
	{ "clock, none an approver", ENTRY_CLOCK, "OF1007", "OF1008", "",
	    RULE_ROLE, RULE_ROLE },
	{ "a letter", ENTRY_ISSUE, "OF1007", "AP2003", "V45", 0, 0 },
	{ "two approvers", ENTRY_ISSUE, "AP2004", "AP2003", "V45", RULE_ROLE,
	    RULE_ROLE },
	{ "two drafters", ENTRY_ISSUE, "OF1007", "OF1008", "V45", RULE_ROLE,
	    RULE_ROLE },
	{ "the other way round", ENTRY_ISSUE, "AP2003", "OF1007", "V45",
	    RULE_ROLE, RULE_ROLE },
	{ "the founder approves", ENTRY_ISSUE, "OF1007", "AD0001", "V45",
	    RULE_ROLE, RULE_ROLE },
	{ "the founder drafts", ENTRY_ISSUE, "AD0001", "AP2003", "V45",
	    RULE_ROLE, RULE_ROLE },
	{ "a stranger drafts", ENTRY_ISSUE, "OF9999", "AP2003", "V45",
	    RULE_STRANGER, RULE_STRANGER },
	{ "who left approves", ENTRY_ISSUE, "OF1007", "AP2009", "V45",
	    RULE_STRANGER, RULE_STRANGER },
};
#define ACTS (sizeof(acts) / sizeof(acts[0]))

/* Two of each role, and an approver who left. */
static void
found_six(struct script *s)
{
	script_begin(s);
	script_found(s);
	joins(s, "AD0002", "ADMIN");
	joins(s, "AP2004", "APPROVER");
	joins(s, "OF1008", "DRAFTER");
	joins(s, "AP2009", "APPROVER");
	good(s, staff(s, "AP2009", "REMOVED"));
}

static void
act(struct script *s, size_t i, unsigned sequence, unsigned want)
{
	struct log_entry e;

	e = line(s, acts[i].kind, acts[i].kind == ENTRY_ISSUE ? sequence : 0);
	strcpy(e.officer, acts[i].officer);
	strcpy(e.approver, acts[i].approver);
	strcpy(e.reason, acts[i].reason);
	if (e.kind == ENTRY_CLOCK)
		ck_assert(clock_format(s->history.last_time, e.ref));
	ck_assert_msg(take(s, e) == want, "%s: %x", acts[i].name, s->broken);
	ck_assert_uint_eq(s->persons.count, want == 0 ? entry_signers(&e) : 0);
}

START_TEST(each_acts_in_their_role)
{
	size_t i = (size_t)_i % ACTS;
	bool after = (size_t)_i >= ACTS;
	struct script s;

	found_six(&s);
	if (after)
		good(&s, line(&s, ENTRY_ISSUE, 1));
	act(&s, i, after ? 2 : 1, after ? acts[i].after : acts[i].before);
	script_end(&s);
}
END_TEST

/* A founder who is an administrator no more is none who acts alone. */
START_TEST(a_founder_is_an_administrator)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	e = staff_by(&s, "AD0001", "REMOVED", "AD0002", "AP2003");
	good(&s, e);
	e = change(&s, "AD0001", "DRAFTER", "AD0002", "AP2003", "new");
	good(&s, e);
	use_key(&s, "AD0001", "new");
	changed(&s, "AD0001", "AP2003", "own");
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_ROLE);
	script_end(&s);
}
END_TEST

/* What is done to letters, which there are then. */
START_TEST(an_approver_changes_letters)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "2");
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_ROLE);
	strcpy(e.officer, "AP2003");
	strcpy(e.ref, "3");
	e.index++;
	s.index++;
	good(&s, e);
	e = line(&s, ENTRY_CORRECT, 2);
	number_of(1, e.ref);
	strcpy(e.approver, "OF1008");
	bad(&s, e, RULE_ROLE);
	e = line(&s, ENTRY_WITHDRAW, 2);
	strcpy(e.officer, "OF1007");
	bad(&s, e, RULE_ROLE);
	e = fraud(&s, 2);
	strcpy(e.officer, "OF1007");
	bad(&s, e, RULE_ROLE);
	good(&s, fraud(&s, 1));
	script_end(&s);
}
END_TEST

/* No line that can be read is so; whoever makes one by hand is refused. */
START_TEST(two_must_act_in_some)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	e = line(&s, ENTRY_ISSUE, 1);
	e.approver[0] = '\0';
	ck_assert_int_eq(
	    history_add(&s.history, &e, &s.calls, &s.broken, &s.persons, NULL),
	    ERR_OK);
	ck_assert_uint_eq(s.broken, RULE_ALONE);
	script_end(&s);
}
END_TEST

/* --- staff --------------------------------------------------------------- */

static const struct {
	const char *name, *code, *reason, *officer, *approver, *key;
	unsigned want;
} changes[] = {
	{ "joins", "OF1009", "DRAFTER", "AD0001", "AP2003", "OF1009", 0 },
	{ "joins as another code of old", "AP2009", "DRAFTER", "AD0001",
	    "AP2003", "new", 0 },
	{ "founder alone", "OF1009", "DRAFTER", "AD0001", "", "OF1009",
	    RULE_ALONE },
	{ "adds themselves", "OF1009", "DRAFTER", "OF1009", "", "OF1009",
	    RULE_ALONE },
	{ "with an approver", "AP2010", "APPROVER", "AP2010", "AP2003", "new",
	    RULE_ALONE },
	{ "approves themselves", "AP2010", "APPROVER", "AD0001", "AP2010",
	    "new", RULE_ALONE },
	{ "two administrators", "OF1009", "DRAFTER", "AD0001", "AD0002", "new",
	    RULE_ROLE },
	{ "two approvers", "OF1009", "DRAFTER", "AP2003", "AP2004", "new",
	    RULE_ROLE },
	{ "the other way round", "OF1009", "DRAFTER", "AP2003", "AD0001", "new",
	    RULE_ROLE },
	{ "a drafter", "OF1009", "DRAFTER", "OF1007", "AP2003", "new",
	    RULE_ROLE },
	{ "a stranger", "OF1009", "DRAFTER", "AD0009", "AP2003", "new",
	    RULE_STRANGER },
	{ "who left", "OF1009", "DRAFTER", "AD0001", "AP2009", "new",
	    RULE_STRANGER },
	{ "is there", "OF1007", "DRAFTER", "AD0001", "AP2003", "new",
	    RULE_PERSON },
	{ "is there, another role", "OF1007", "APPROVER", "AD0001", "AP2003",
	    "new", RULE_PERSON },
	{ "key of another", "OF1009", "DRAFTER", "AD0001", "AP2003", "OF1007",
	    RULE_KEY },
	{ "key of who left", "OF1009", "DRAFTER", "AD0001", "AP2003", "AP2009",
	    RULE_KEY },
	{ "own key of old", "AP2009", "APPROVER", "AD0001", "AP2003", "AP2009",
	    RULE_KEY },
	{ "leaves", "OF1007", "REMOVED", "AD0001", "AP2003", "OF1007", 0 },
	{ "administrator leaves", "AD0001", "REMOVED", "AD0002", "AP2003",
	    "AD0001", 0 },
	{ "removes themselves", "AD0001", "REMOVED", "AD0001", "AP2003",
	    "AD0001", RULE_ALONE },
	{ "approves own removal", "AP2003", "REMOVED", "AD0001", "AP2003",
	    "AP2003", RULE_ALONE },
	{ "removal alone", "OF1007", "REMOVED", "AD0001", "", "OF1007",
	    RULE_ALONE },
	{ "own removal alone", "OF1007", "REMOVED", "OF1007", "", "OF1007",
	    RULE_ALONE },
	{ "removal by a drafter", "OF1007", "REMOVED", "OF1008", "AP2003",
	    "OF1007", RULE_ROLE },
	{ "left already", "AP2009", "REMOVED", "AD0001", "AP2003", "AP2009",
	    RULE_PERSON },
	{ "never there", "OF1009", "REMOVED", "AD0001", "AP2003", "OF1009",
	    RULE_PERSON },
	{ "digest of another key", "OF1007", "REMOVED", "AD0001", "AP2003",
	    "OF1008", RULE_PERSON },
	{ "own new key", "OF1007", "KEY", "OF1007", "AP2003", "new", 0 },
	{ "a drafter is witness", "AP2003", "KEY", "AP2003", "OF1007", "new",
	    0 },
	{ "no witness", "OF1007", "KEY", "OF1007", "", "new", RULE_ALONE },
	{ "a stranger is witness", "OF1007", "KEY", "OF1007", "OF9999", "new",
	    RULE_STRANGER },
	{ "who left is witness", "OF1007", "KEY", "OF1007", "AP2009", "new",
	    RULE_STRANGER },
	{ "lost passphrase", "OF1007", "KEY", "AD0001", "AP2003", "new", 0 },
	{ "lost, two approvers", "OF1007", "KEY", "AP2003", "AP2004", "new",
	    RULE_ROLE },
	{ "lost, two administrators", "OF1007", "KEY", "AD0001", "AD0002",
	    "new", RULE_ROLE },
	{ "lost, the subject approves", "AP2003", "KEY", "AD0001", "AP2003",
	    "new", RULE_ALONE },
	{ "lost, one alone", "OF1007", "KEY", "AD0001", "", "new", RULE_ALONE },
	{ "key of nobody", "OF1009", "KEY", "AD0001", "AP2003", "new",
	    RULE_PERSON },
	{ "key of who left", "AP2009", "KEY", "AD0001", "AP2003", "new",
	    RULE_PERSON },
	{ "the same key", "OF1007", "KEY", "OF1007", "AP2003", "OF1007",
	    RULE_KEY },
	{ "the witness's key", "OF1007", "KEY", "OF1007", "AP2003", "AP2003",
	    RULE_KEY },
	{ "own key of before", "OF1008", "KEY", "OF1008", "AP2003", "OF1008",
	    RULE_KEY },
};

START_TEST(two_change_the_staff)
{
	struct script s;
	struct log_entry e;

	found_six(&s);
	good(&s, change(&s, "OF1008", "KEY", "OF1008", "AP2003", "OF1008b"));
	use_key(&s, "OF1008", "OF1008b");
	e = change(&s, changes[_i].code, changes[_i].reason,
	    changes[_i].officer, changes[_i].approver, changes[_i].key);
	ck_assert_msg(take(&s, e) == changes[_i].want, "%s: %x",
	    changes[_i].name, s.broken);
	ck_assert_uint_eq(s.persons.count, changes[_i].want == 0 ? 2 : 0);
	script_end(&s);
}
END_TEST

/* A line that breaks a rule changes nobody. */
START_TEST(who_joined_by_a_broken_line_did_not)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	bad(&s, staff_by(&s, "OF1009", "DRAFTER", "AD0001", "AD0002"),
	    RULE_ROLE);
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1009");
	bad(&s, e, RULE_STRANGER);
	bad(&s, staff_by(&s, "AP2003", "REMOVED", "AD0001", "AD0002"),
	    RULE_ROLE);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	bad(&s, change(&s, "AP2003", "KEY", "AP2003", "", "new"), RULE_ALONE);
	good(&s, line(&s, ENTRY_ISSUE, 3));
	script_end(&s);
}
END_TEST

/* Whose signature counts: the old key for the line that ends it. */
START_TEST(a_new_key_signs_from_the_next_line_on)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	good(&s, change(&s, "AP2003", "KEY", "AP2003", "OF1007", "new"));
	e = line(&s, ENTRY_CLOSE, 0);
	chronicle_sign(&s.signer, &e); /* with the old one */
	ck_assert_int_eq(
	    history_add(&s.history, &e, &s.calls, &s.broken, &s.persons, NULL),
	    ERR_OK);
	ck_assert_uint_eq(s.broken, 0);
	ck_assert_int_eq(
	    line_verify_persons(&e, "RRP-ES", &s.persons, NULL), ERR_SIGNATURE);
	use_key(&s, "AP2003", "new");
	good(&s, line(&s, ENTRY_CLOSE, 0));
	script_end(&s);
}
END_TEST

START_TEST(who_left_comes_again_with_a_new_key)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	good(&s, change(&s, "AP2009", "ADMIN", "AD0001", "AP2003", "new"));
	use_key(&s, "AP2009", "new");
	changed(&s, "AP2009", "AP2003", "own");
	good(&s, staff_by(&s, "OF1009", "DRAFTER", "AP2009", "AP2003"));
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AP2009"); /* an administrator now */
	bad(&s, e, RULE_ROLE);
	script_end(&s);
}
END_TEST

/* The center's key, the negative of a person's, and what is no point: all that
 * looks like a key and is none of one's own. */
START_TEST(a_key_of_ones_own)
{
	struct log_entry e;
	struct script s;
	EVP_PKEY *key;

	found_six(&s);
	e = staff(&s, "OF1009", "DRAFTER");
	set_key(&e, s.key);
	bad(&s, e, RULE_KEY);
	e = staff(&s, "OF1009", "DRAFTER");
	key = support_person_key("GTGUA01", "OF1007");
	set_key(&e, key);
	EVP_PKEY_free(key);
	e.person_key[0] ^= 1;
	person_key_digest(e.person_key, e.digest);
	bad(&s, e, RULE_KEY);
	e = staff(&s, "OF1009", "DRAFTER");
	set_key(&e, s.key);
	e.person_key[0] ^= 1;
	person_key_digest(e.person_key, e.digest);
	bad(&s, e, RULE_KEY);
	e = staff(&s, "OF1009", "DRAFTER");
	memset(e.person_key, 0xff, sizeof(e.person_key));
	e.person_key[0] = 2; /* x is not below p */
	person_key_digest(e.person_key, e.digest);
	e.has_person_key = e.has_digest = true;
	bad(&s, e, RULE_KEY);
	script_end(&s);
}
END_TEST

/* A person's key is certified as the center's afterwards: the lines stay what
 * they were, also for who reads them then. One that has signed for the center
 * is nobody's from then on. */
START_TEST(a_key_that_the_center_has_later)
{
	struct trust_key keys[3];
	struct script s;
	EVP_PKEY *own = support_person_key("GTGUA01", "new");
	EVP_PKEY *next = support_other_key();
	struct log_entry e;

	script_begin(&s);
	keys[0] = s.center_key;
	keys[1] = (struct trust_key){ .key = own, .key_name = "0badc0de" };
	keys[2] = (struct trust_key){ .key = next };
	ck_assert_int_eq(dsig_key_name(next, keys[2].key_name), ERR_OK);
	s.list.keys = keys;
	s.list.key_count = 3;
	script_found(&s);
	good(&s, change(&s, "OF1007", "KEY", "OF1007", "AP2003", "new"));
	use_key(&s, "OF1007", "new");
	good(&s, line(&s, ENTRY_ISSUE, 1));
	chronicle_use_key(&s.signer, next);
	good(&s, line(&s, ENTRY_CLOSE, 0));
	chronicle_use_key(&s.signer, s.key);
	reload(&s);
	e = staff(&s, "OF1008", "DRAFTER");
	set_key(&e, next);
	bad(&s, e, RULE_KEY);
	script_end(&s);
	EVP_PKEY_free(next);
	EVP_PKEY_free(own);
}
END_TEST

/* --- where the root helps ------------------------------------------------ */

/* Nobody is left who could approve: one line for each new entry. */
START_TEST(the_root_helps_once)
{
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "AP2003", 'A', "new");
	s.time++;
	good(&s, helped(&s, "AP2003", "KEY", "new"));
	good(&s, line(&s, ENTRY_CLOSE, 0));
	/* the key is in use now, and another one is not read aloud */
	bad(&s, helped(&s, "AP2003", "KEY", "new"), RULE_ALONE);
	bad(&s, helped(&s, "AP2003", "KEY", "newer"), RULE_ALONE);
	use_key(&s, "AP2003", "new");
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_end(&s);
}
END_TEST

/* A line about them was dated by a clock that ran a year ahead: what the root
 * reads aloud when it is right again is newer. Not for who was sent away. */
START_TEST(the_root_helps_after_a_wrong_clock)
{
	const int64_t year = 365 * CLOCK_DAY;
	struct log_entry e;
	struct script s;

	found_six(&s);
	s.time += year;
	changed(&s, "AP2003", "OF1007", "of the wrong day");
	e = staff_by(&s, "AP2004", "REMOVED", "AD0001", "AP2003");
	good(&s, e);
	s.time -= year;
	e = line(&s, ENTRY_CLOCK, 0);
	ck_assert(clock_format(s.history.last_time, e.ref));
	good(&s, e);
	reload(&s);
	read_aloud(&s, s.time, "AP2003", 'A', "new");
	s.time++;
	good(&s, helped(&s, "AP2003", "KEY", "new"));
	read_aloud(&s, s.time, "AP2004", 'A', "again");
	s.time++;
	bad(&s, helped(&s, "AP2004", "APPROVER", "again"), RULE_ALONE);
	script_end(&s);
}
END_TEST

/* ... nor is an entry of before the line good again. */
START_TEST(a_clock_put_right_revives_nothing)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "AP2003", 'A', "old");
	s.time += CLOCK_DAY;
	changed(&s, "AP2003", "OF1007", "own");
	s.time -= CLOCK_DAY / 2;
	e = line(&s, ENTRY_CLOCK, 0);
	ck_assert(clock_format(s.history.last_time, e.ref));
	good(&s, e);
	bad(&s, helped(&s, "AP2003", "KEY", "old"), RULE_ALONE);
	script_end(&s);
}
END_TEST

START_TEST(the_root_helps_somebody_to_join)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "OF1009", 'D', "new");
	s.time++;
	bad(&s, helped(&s, "OF1009", "KEY", "new"), RULE_ALONE | RULE_PERSON);
	bad(&s, helped(&s, "OF1009", "APPROVER", "new"), RULE_ALONE);
	read_aloud(&s, s.time, "AP2009", 'A', "b"); /* who left */
	s.time++;
	bad(&s, helped(&s, "AP2009", "KEY", "b"), RULE_ALONE | RULE_PERSON);
	bad(&s, helped(&s, "OF1008", "DRAFTER", "new"),
	    RULE_ALONE | RULE_PERSON);
	good(&s, helped(&s, "OF1009", "DRAFTER", "new"));
	/* whom it omits stays */
	good(&s, line(&s, ENTRY_ISSUE, 1));
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1009");
	good(&s, e);
	script_end(&s);
}
END_TEST

/* As their role is, neither another one nor a second time. */
/* The word of a person's own line; "" for none. */
static const char *
word_for(struct script *s, const char *code, char role, const char *key)
{
	struct trust_person person = support_person("GTGUA01", key, role);
	const char *word;

	strcpy(person.code, code);
	word = roster_help(&s->history.roster, &person);
	return word != NULL ? word : "";
}

START_TEST(says_with_which_word_the_root_helps)
{
	struct script s;

	found_six(&s);
	ck_assert_str_eq(word_for(&s, "AP2003", 'A', "AP2003"), "");
	read_aloud(&s, s.time, "AP2003", 'A', "new");
	read_aloud(&s, s.time, "OF1009", 'D', "ninth");
	s.time++;
	good(&s, line(&s, ENTRY_CLOSE, 0)); /* which takes the list */
	ck_assert_str_eq(word_for(&s, "AP2003", 'A', "new"), "KEY");
	ck_assert_str_eq(word_for(&s, "AP2003", 'A', "newer"), "");
	ck_assert_str_eq(word_for(&s, "AP2003", 'M', "new"), "");
	ck_assert_str_eq(word_for(&s, "OF1009", 'D', "ninth"), "DRAFTER");
	ck_assert_str_eq(word_for(&s, "OF1007", 'D', "ninth"), "");
	good(&s, helped(&s, "AP2003", "KEY", "new"));
	ck_assert_str_eq(word_for(&s, "AP2003", 'A', "new"), "");
	script_end(&s);
}
END_TEST

START_TEST(the_root_does_not_change_a_role_by_a_line)
{
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "OF1007", 'A', "new");
	s.time++;
	bad(&s, helped(&s, "OF1007", "KEY", "new"), RULE_ALONE);
	bad(&s, helped(&s, "OF1007", "APPROVER", "new"), RULE_PERSON);
	bad(&s, helped(&s, "OF1007", "REMOVED", "new"),
	    RULE_ALONE | RULE_PERSON);
	use_key(&s, "OF1007", "OF1007");
	good(&s, staff(&s, "OF1007", "REMOVED"));
	s.roster[1].since = s.time;
	s.time++;
	good(&s, helped(&s, "OF1007", "APPROVER", "new"));
	script_end(&s);
}
END_TEST

/* Who was sent away does not come back by what the root read aloud before. */
START_TEST(an_entry_of_before_is_of_no_use)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	read_aloud(&s, NOON - 60, "AP2004", 'A', "new"); /* as the first one */
	s.time++;
	bad(&s, helped(&s, "AP2004", "KEY", "new"), RULE_ALONE);
	s.roster[1].since = s.time;
	use_key(&s, "AP2004", "AP2004");
	e = staff(&s, "AP2004", "REMOVED");
	good(&s, e);
	bad(&s, helped(&s, "AP2004", "APPROVER", "new"), RULE_ALONE);
	s.roster[1].since = e.time + 1;
	good(&s, helped(&s, "AP2004", "APPROVER", "new"));
	script_end(&s);
}
END_TEST

/* Nor by what it read aloud before the newest, though the center's clock is
 * behind the root's. */
START_TEST(a_newer_entry_takes_the_place_of_older_ones)
{
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time + 60, "AP2004", 'A', "b");
	read_aloud(&s, s.time + 120, "AP2004", 'A', "c");
	good(&s, helped(&s, "AP2004", "KEY", "c"));
	bad(&s, helped(&s, "AP2004", "KEY", "b"), RULE_ALONE);
	script_end(&s);
}
END_TEST

/* --- whom the root removes ------------------------------------------------ */

static const struct {
	int64_t since; /* after the line that is judged */
	uint64_t size; /* likewise; 0: none */
	bool is_void;
} removals[] = {
	{ 1, 0, false },
	{ 0, 0, true },
	{ -1, 0, true },
	{ 0, 1, false }, /* that very second, with the head it was in */
	{ 1, 1, false },
	{ -1, 1, true },
	{ 1, 100, true }, /* 100: after the head before it */
	{ 100, 100, true },
};

START_TEST(the_root_removes_from_a_line_on)
{
	struct script s;
	uint64_t size = removals[_i].size;

	found_six(&s);
	if (size > 0)
		size = size == 100 ? s.index : s.index + size;
	script_remove(&s, "AP2003", s.time + removals[_i].since, size);
	bad(&s, line(&s, ENTRY_ISSUE, 1), removals[_i].is_void ? RULE_VOID : 0);
	ck_assert_int_eq(letter(&s, 1)->state,
	    removals[_i].is_void ? HISTORY_VOID : HISTORY_LIVE);
	script_end(&s);
}
END_TEST

/* What a void line does to letters: nothing, and whoever wrote on without
 * knowing of it is not refused. */
START_TEST(a_void_line_does_nothing)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_remove(&s, "AP2003", s.time, 0);
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "2");
	bad(&s, e, RULE_VOID);
	e = line(&s, ENTRY_REPRINT, 1);
	strcpy(e.ref, "3");
	strcpy(e.officer, "AP2004");
	good(&s, e);
	e = line(&s, ENTRY_CORRECT, 2);
	number_of(1, e.ref);
	bad(&s, e, RULE_VOID);
	bad(&s, fraud(&s, 1), RULE_VOID);
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_LIVE);
	ck_assert(!letter(&s, 1)->superseded);
	/* the void letter 2 goes on, as the center thinks it is one */
	e = line(&s, ENTRY_REPRINT, 2);
	strcpy(e.ref, "2");
	strcpy(e.officer, "AP2004");
	good(&s, e);
	e = line(&s, ENTRY_CORRECT, 3);
	number_of(2, e.ref);
	strcpy(e.approver, "AP2004");
	good(&s, e);
	e = line(&s, ENTRY_WITHDRAW, 2);
	strcpy(e.officer, "AP2004");
	good(&s, e);
	ck_assert_int_eq(letter(&s, 2)->state, HISTORY_VOID);
	ck_assert_int_eq(letter(&s, 3)->state, HISTORY_LIVE);
	/* a void clock line sets the time back for those after it */
	e = line(&s, ENTRY_CLOCK, 0);
	ck_assert(clock_format(s.history.last_time, e.ref));
	s.time = e.time -= 3600;
	strcpy(e.officer, "AP2004");
	strcpy(e.approver, "AP2003");
	bad(&s, e, RULE_VOID);
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AP2004");
	good(&s, e);
	/* a draft of a void letter is spent */
	e = line(&s, ENTRY_ISSUE, 4);
	strcpy(e.approver, "AP2004");
	memcpy(e.commitment, letter(&s, 2)->commitment, sizeof(e.commitment));
	bad(&s, e, RULE_DRAFT);
	script_end(&s);
}
END_TEST

/* What the removed one did to the staff is void, and so is what follows from
 * it; and the log goes on. */
START_TEST(what_follows_from_a_void_line_is_void)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_remove(&s, "AD0001", s.time, 0);
	bad(&s, staff(&s, "OF1009", "DRAFTER"), RULE_VOID);
	bad(&s, change(&s, "OF1009", "KEY", "OF1009", "AP2003", "a"),
	    RULE_VOID);
	use_key(&s, "OF1009", "a");
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1009");
	bad(&s, e, RULE_VOID);
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_VOID);
	/* a key that they gave, and the own one that came of it */
	bad(&s, change(&s, "OF1007", "KEY", "AD0001", "AP2003", "OF1007b"),
	    RULE_VOID);
	use_key(&s, "OF1007", "OF1007b");
	bad(&s, change(&s, "OF1007", "KEY", "OF1007", "AP2003", "OF1007c"),
	    RULE_VOID);
	use_key(&s, "OF1007", "OF1007c");
	bad(&s, line(&s, ENTRY_ISSUE, 2), RULE_VOID);
	/* until two who count give one */
	good(&s, change(&s, "OF1007", "KEY", "AD0002", "AP2003", "OF1007d"));
	use_key(&s, "OF1007", "OF1007d");
	changed(&s, "OF1007", "AP2003", "OF1007e");
	good(&s, line(&s, ENTRY_ISSUE, 3));
	/* whom they removed is there, and may be added, changed, removed */
	bad(&s, staff(&s, "OF1008", "REMOVED"), RULE_VOID);
	e = line(&s, ENTRY_ISSUE, 4);
	strcpy(e.officer, "OF1008");
	good(&s, e);
	good(&s, change(&s, "OF1008", "DRAFTER", "AD0002", "AP2003", "b"));
	use_key(&s, "OF1008", "b");
	changed(&s, "OF1008", "AP2003", "OF1008b");
	e = line(&s, ENTRY_ISSUE, 5);
	strcpy(e.officer, "OF1008");
	good(&s, e);
	/* whom they added may be added, by two who count */
	good(&s, change(&s, "OF1009", "DRAFTER", "AD0002", "AP2003", "c"));
	use_key(&s, "OF1009", "c");
	changed(&s, "OF1009", "AP2003", "OF1009c");
	e = line(&s, ENTRY_ISSUE, 6);
	strcpy(e.officer, "OF1009");
	good(&s, e);
	script_end(&s);
}
END_TEST

/* A key alone makes nobody of whom a void line added. */
START_TEST(a_new_key_does_not_make_a_person)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_remove(&s, "AD0001", s.time, 0);
	bad(&s, staff(&s, "AP2010", "APPROVER"), RULE_VOID);
	good(&s, change(&s, "AP2010", "KEY", "AD0002", "AP2003", "b"));
	use_key(&s, "AP2010", "b");
	bad(&s, change(&s, "AP2010", "KEY", "AP2010", "AP2003", "c"),
	    RULE_VOID);
	use_key(&s, "AP2010", "c");
	reload(&s);
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.approver, "AP2010");
	bad(&s, e, RULE_VOID);
	good(&s, change(&s, "AP2010", "REMOVED", "AD0002", "AP2003", "c"));
	bad(&s, e,
	    RULE_STRANGER | RULE_INDEX | RULE_TIME | RULE_SEQUENCE |
		RULE_DRAFT);
	script_end(&s);
}
END_TEST

/* Once: with a new key they may come again. */
START_TEST(the_removed_come_again_with_a_new_key)
{
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "OF1007", 'D', "b"); /* before the removal */
	script_remove(&s, "OF1007", s.time, 0);
	bad(&s, line(&s, ENTRY_ISSUE, 1), RULE_VOID);
	bad(&s, helped(&s, "OF1007", "DRAFTER", "b"), RULE_ALONE);
	bad(&s, change(&s, "OF1007", "DRAFTER", "AD0001", "AP2003", "OF1007"),
	    RULE_KEY);
	good(&s, change(&s, "OF1007", "DRAFTER", "AD0001", "AP2003", "c"));
	use_key(&s, "OF1007", "c");
	changed(&s, "OF1007", "AP2003", "own");
	script_list(&s);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	script_end(&s);
}
END_TEST

/* A removal of somebody who comes only after it holds as well. */
START_TEST(a_removal_waits_for_its_person)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_remove(&s, "OF1009", s.time - 1, 0);
	added(&s, "OF1009", "DRAFTER");
	bad(&s, change(&s, "OF1009", "KEY", "OF1009", "AP2003", "own"),
	    RULE_VOID);
	use_key(&s, "OF1009", "own");
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1009");
	bad(&s, e, RULE_VOID);
	script_end(&s);
}
END_TEST

/* The founder too, from the first line on: then nobody stands but by the root's
 * help. */
START_TEST(a_removed_founder_founds_nothing)
{
	struct script s;

	script_begin(&s);
	script_remove(&s, "AD0001", NOON, 0);
	good(&s, line(&s, ENTRY_OPEN, 0));
	bad(&s, staff_by(&s, "AD0001", "ADMIN", "AD0001", ""), RULE_VOID);
	bad(&s, staff_by(&s, "OF1007", "DRAFTER", "AD0001", ""), RULE_VOID);
	bad(&s, staff_by(&s, "AP2003", "APPROVER", "AD0001", ""), RULE_VOID);
	bad(&s, line(&s, ENTRY_ISSUE, 1), RULE_VOID);
	read_aloud(&s, NOON + 1, "OF1007", 'D', "b");
	read_aloud(&s, NOON + 2, "AP2003", 'A', "c");
	good(&s, helped(&s, "OF1007", "DRAFTER", "b"));
	good(&s, helped(&s, "AP2003", "APPROVER", "c"));
	good(&s, line(&s, ENTRY_ISSUE, 2));
	script_end(&s);
}
END_TEST

/* A list that removes from a line on that was taken: to be taken anew. */
START_TEST(says_whether_a_list_reaches_back)
{
	struct script s;
	struct trust_center list;
	struct trust_removed gone = { .code = "AP2003" };

	found_six(&s);
	list = s.list;
	list.removed_count = 1;
	list.removed = &gone;
	gone.since = s.history.last_time + 1;
	ck_assert(!history_reaches_back(&s.history, &list));
	gone.since = s.history.last_time;
	ck_assert(history_reaches_back(&s.history, &list));
	gone.has_size = true;
	gone.size = s.index;
	ck_assert(!history_reaches_back(&s.history, &list));
	gone.size = s.index - 1;
	ck_assert(history_reaches_back(&s.history, &list));
	gone.since--;
	gone.size = s.index;
	ck_assert(history_reaches_back(&s.history, &list));
	/* given before: the lines were judged with it */
	ck_assert_int_eq(history_list(&s.history, &list, NULL), ERR_OK);
	ck_assert(!history_reaches_back(&s.history, &list));
	gone.since--;
	ck_assert(history_reaches_back(&s.history, &list));
	history_clear(&s.history);
	gone.size = 0;
	ck_assert(!history_reaches_back(&s.history, &list));
	script_end(&s);
}
END_TEST

/* The clock ran ahead, and was put right: what was removed at the time that it
 * showed then is removed. */
START_TEST(a_removal_counts_by_the_time_of_lines)
{
	struct log_entry e;
	struct script s;
	struct trust_center list;
	struct trust_removed gone = { .code = "AP2003" };

	found_six(&s);
	s.time += CLOCK_DAY;
	e = line(&s, ENTRY_CLOSE, 0);
	good(&s, e);
	s.time -= CLOCK_DAY;
	e = line(&s, ENTRY_CLOCK, 0);
	ck_assert(clock_format(s.history.last_time, e.ref));
	good(&s, e);
	list = s.list;
	list.removed_count = 1;
	list.removed = &gone;
	gone.since = s.time + 60;
	ck_assert(history_reaches_back(&s.history, &list));
	script_end(&s);
}
END_TEST

/* --- later logs ---------------------------------------------------------- */

START_TEST(a_later_log_begins_with_who_stood)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	script_enter(&s);
	good(&s, staff_by(&s, "AD0002", "ADMIN", "AD0002", "AP2004"));
	/* a new one, by two who stood: as any other day */
	good(&s, staff_by(&s, "OF1010", "DRAFTER", "AD0002", "AP2004"));
	good(&s, line(&s, ENTRY_ISSUE, 1));
	changed(&s, "OF1010", "AP2003", "own");
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	good(&s, e);
	/* who was not entered before that does not stand */
	e = line(&s, ENTRY_ISSUE, 3);
	strcpy(e.officer, "OF1008");
	bad(&s, e, RULE_STRANGER);
	bad(&s, staff(&s, "AP2004", "APPROVER"), RULE_KEY);
	good(&s, change(&s, "AP2004", "APPROVER", "AD0001", "AP2003", "b"));
	script_end(&s);
}
END_TEST

static struct log_entry
stranger_opens(struct script *s)
{
	struct log_entry e = line(s, ENTRY_OPEN, 0);

	s->index = 0;
	s->time--;
	strcpy(e.officer, "AD0009");
	return e;
}

/* What does not fit may stand behind the end that the root set: it accuses
 * nobody, and nobody stands by it. */
START_TEST(a_later_log_begins_with_strangers)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_next(&s);
	bad(&s, stranger_opens(&s), RULE_RENUMBERED | RULE_VOID);
	s.index = 1;
	/* by strangers, in wrong roles, alone, with keys we do not know */
	bad(&s, staff_by(&s, "OF1010", "DRAFTER", "AD0009", "AP2003"),
	    RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "OF1011", "DRAFTER", "AP2003", "AP2004"),
	    RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "OF1012", "DRAFTER", "AD0001", ""),
	    RULE_RENUMBERED | RULE_VOID);
	use_key(&s, "AP2004", "b");
	bad(&s, staff_by(&s, "AD0002", "ADMIN", "AD0001", "AP2004"),
	    RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "AP2004", "APPROVER", "AD0001", "AP2004"),
	    RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff_by(&s, "AD0009", "ADMIN", "AD0009", "AP2003"),
	    RULE_RENUMBERED | RULE_VOID);
	script_enter(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	bad(&s, e, RULE_VOID);
	e = line(&s, ENTRY_ISSUE, 3);
	strcpy(e.approver, "AP2004");
	bad(&s, e, RULE_VOID);
	/* the root helps */
	read_aloud(&s, s.time, "AP2004", 'A', "c");
	s.time++;
	good(&s, helped(&s, "AP2004", "APPROVER", "c"));
	e = line(&s, ENTRY_ISSUE, 4);
	strcpy(e.approver, "AP2004");
	good(&s, e);
	script_end(&s);
}
END_TEST

/* A new key lies behind the end of the earlier log, and the root has read it
 * aloud since. */
START_TEST(the_root_helps_a_later_log_to_begin)
{
	struct script s;

	found_six(&s);
	read_aloud(&s, s.time, "AD0001", 'M', "b");
	s.time++;
	script_next(&s);
	use_key(&s, "AD0001", "b");
	ck_assert_uint_eq(take(&s, line(&s, ENTRY_OPEN, 0)), 0);
	good(&s, helped(&s, "AD0001", "ADMIN", "b"));
	good(&s, staff(&s, "AP2003", "APPROVER"));
	good(&s, staff(&s, "OF1007", "DRAFTER"));
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_end(&s);
}
END_TEST

/* What an honest center does not know of the log before: the lines that it
 * lost, and that came to light when the root raised that log's end. */
static void
lose_lines(struct script *s)
{
	found_six(s);
	good(s, change(s, "OF1007", "KEY", "OF1007", "AP2003", "OF1007b"));
	good(s, staff(s, "OF1008", "REMOVED"));
	good(s, staff(s, "AP2004", "REMOVED"));
	good(s, change(s, "AP2004", "DRAFTER", "AD0001", "AP2003", "AP2004b"));
	joins(s, "OF1010", "DRAFTER");
	good(s, staff(s, "OF1011", "DRAFTER"));
	script_next(s);
}

/* It begins with the persons of before them: nobody is accused, and nobody has
 * a key by that which is over. */
START_TEST(a_later_log_may_begin_without_lost_lines)
{
	static const char *const old[][2] = { { "OF1007", "AP2003" },
		{ "OF1008", "AP2003" }, { "OF1009", "AP2004" } };
	struct log_entry e;
	struct script s;
	unsigned i;

	lose_lines(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	good(&s, staff(&s, "AD0001", "ADMIN"));
	good(&s, staff(&s, "AP2003", "APPROVER"));
	bad(&s, staff(&s, "OF1007", "DRAFTER"), RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff(&s, "OF1008", "DRAFTER"), RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff(&s, "AP2004", "APPROVER"), RULE_RENUMBERED | RULE_VOID);
	good(&s, staff(&s, "OF1009", "DRAFTER"));
	/* whom those lines added: with their key, or another one */
	good(&s, staff(&s, "OF1010", "DRAFTER"));
	good(&s, change(&s, "OF1011", "DRAFTER", "AD0001", "AP2003", "c"));
	use_key(&s, "OF1011", "c");
	for (i = 0; i < 3; i++) {
		e = line(&s, ENTRY_ISSUE, 1 + i);
		strcpy(e.officer, old[i][0]);
		strcpy(e.approver, old[i][1]);
		bad(&s, e, RULE_VOID);
		ck_assert_int_eq(letter(&s, 1 + i)->state, HISTORY_VOID);
	}
	/* nor does a staff line of theirs count */
	bad(&s, staff_by(&s, "OF1012", "DRAFTER", "AD0001", "AP2004"),
	    RULE_VOID);
	bad(&s, change(&s, "OF1012", "KEY", "OF1012", "AP2003", "own"),
	    RULE_VOID);
	use_key(&s, "OF1012", "own");
	e = line(&s, ENTRY_ISSUE, 4);
	strcpy(e.officer, "OF1012");
	bad(&s, e, RULE_VOID);
	e = line(&s, ENTRY_ISSUE, 5);
	strcpy(e.officer, "OF1010");
	good(&s, e);
	e = line(&s, ENTRY_ISSUE, 6);
	strcpy(e.officer, "OF1011");
	good(&s, e);
	/* they come again as anybody does: two, and a key that is new */
	bad(&s, staff(&s, "OF1007", "DRAFTER"), RULE_KEY);
	good(&s, change(&s, "OF1007", "DRAFTER", "AD0001", "AP2003", "d"));
	use_key(&s, "OF1007", "d");
	changed(&s, "OF1007", "AP2003", "e");
	good(&s, line(&s, ENTRY_ISSUE, 7));
	script_end(&s);
}
END_TEST

/* Those lines gave the two who begin it other keys. */
START_TEST(a_later_log_may_be_begun_by_keys_of_before)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	if (_i == 0)
		good(&s, change(&s, "AD0001", "KEY", "AD0001", "AP2003", "b"));
	else
		good(&s, change(&s, "AP2003", "KEY", "AP2003", "AD0001", "b"));
	script_next(&s);
	bad(&s, line(&s, ENTRY_OPEN, 0),
	    _i == 0 ? RULE_RENUMBERED | RULE_VOID : 0);
	bad(&s, staff(&s, "AD0001", "ADMIN"), RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff(&s, "AP2003", "APPROVER"), RULE_RENUMBERED | RULE_VOID);
	bad(&s, staff(&s, "OF1007", "DRAFTER"), RULE_RENUMBERED | RULE_VOID);
	bad(&s, line(&s, ENTRY_ISSUE, 1), RULE_VOID);
	bad(&s, change(&s, "OF1007", "KEY", "OF1007", "AP2003", "c"),
	    RULE_VOID);
	use_key(&s, "OF1007", "c");
	bad(&s, staff(&s, "OF1010", "DRAFTER"), RULE_VOID);
	bad(&s, change(&s, "OF1010", "KEY", "OF1010", "AP2003", "own"),
	    RULE_VOID);
	use_key(&s, "OF1010", "own");
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	bad(&s, e, RULE_VOID);
	/* until the root has read new keys aloud */
	read_aloud(&s, s.time, "AP2003", 'A', "d");
	read_aloud(&s, s.time, "OF1007", 'D', "e");
	s.time++;
	good(&s, helped(&s, "AP2003", "KEY", "d"));
	good(&s, helped(&s, "OF1007", "KEY", "e"));
	bad(&s, line(&s, ENTRY_ISSUE, 3), RULE_VOID);
	script_end(&s);
}
END_TEST

/* A person does not vouch for their own joining; a key of another is nobody's.
 */
START_TEST(a_later_log_is_no_way_in)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	/* a new role for oneself */
	bad(&s, staff_by(&s, "AD0001", "DRAFTER", "AD0001", "AP2003"),
	    RULE_RENUMBERED | RULE_VOID);
	e = staff(&s, "OF1010", "DRAFTER");
	new_key(&e, "OF1008");
	bad(&s, e, RULE_KEY);
	/* nor the center's, nor the other half of one's own */
	e = staff(&s, "OF1008", "DRAFTER");
	set_key(&e, s.key);
	bad(&s, e, RULE_KEY);
	e = staff(&s, "OF1008", "DRAFTER");
	new_key(&e, "OF1008");
	e.person_key[0] ^= 1;
	person_key_digest(e.person_key, e.digest);
	bad(&s, e, RULE_KEY);
	bad(&s, staff(&s, "AP2009", "APPROVER"), RULE_RENUMBERED | RULE_VOID);
	script_enter(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_ROLE);
	/* it is a beginning alone that does not accuse */
	bad(&s, staff(&s, "AD0002", "ADMIN"), RULE_KEY);
	script_end(&s);
}
END_TEST

/* Whom the root removed from the earlier log does not come back with a later
 * one. */
START_TEST(a_later_log_brings_nobody_back)
{
	struct script s;

	found_six(&s);
	script_remove(&s, "OF1007", s.time, 0);
	bad(&s, line(&s, ENTRY_ISSUE, 1), RULE_VOID);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	good(&s, staff(&s, "AD0001", "ADMIN"));
	bad(&s, staff(&s, "OF1007", "DRAFTER"), RULE_VOID);
	good(&s, staff(&s, "AP2003", "APPROVER"));
	bad(&s, line(&s, ENTRY_ISSUE, 2), RULE_VOID);
	script_end(&s);
}
END_TEST

/* Nor does whom the removed one enters stand by that. */
START_TEST(a_removed_person_begins_no_later_log)
{
	struct log_entry e;
	struct script s;

	found_six(&s);
	script_remove(&s, "AD0001", s.time, 0);
	script_next(&s);
	bad(&s, line(&s, ENTRY_OPEN, 0), RULE_VOID);
	bad(&s, staff(&s, "OF1007", "DRAFTER"), RULE_VOID);
	bad(&s, staff(&s, "OF1010", "DRAFTER"), RULE_VOID);
	good(&s, staff_by(&s, "AP2003", "APPROVER", "AD0002", "AP2003"));
	good(&s, staff_by(&s, "OF1008", "DRAFTER", "AD0002", "AP2003"));
	bad(&s, line(&s, ENTRY_ISSUE, 1), RULE_VOID);
	bad(&s, change(&s, "OF1010", "KEY", "OF1010", "AP2003", "own"),
	    RULE_VOID);
	use_key(&s, "OF1010", "own");
	e = line(&s, ENTRY_ISSUE, 2);
	strcpy(e.officer, "OF1010");
	bad(&s, e, RULE_VOID);
	e = line(&s, ENTRY_ISSUE, 3);
	strcpy(e.officer, "OF1008");
	good(&s, e);
	script_end(&s);
}
END_TEST

/* The first log ended before all were entered: the second one is the first. */
START_TEST(a_later_log_may_be_the_first)
{
	struct script s;

	script_begin(&s);
	if (_i == 1) {
		good(&s, line(&s, ENTRY_OPEN, 0));
		good(&s, staff_by(&s, "OF1007", "DRAFTER", "AD0001", ""));
	}
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	good(&s, staff_by(&s, "AD0001", "ADMIN", "AD0001", ""));
	good(&s, staff_by(&s, "OF1007", "DRAFTER", "AD0001", ""));
	good(&s, staff_by(&s, "AP2003", "APPROVER", "AD0001", ""));
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_end(&s);
}
END_TEST

/* It ended with the last person entered: that is a beginning. */
START_TEST(a_log_may_be_its_beginning)
{
	struct script s;

	script_begin(&s);
	script_found(&s);
	script_next(&s);
	script_found(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	script_end(&s);
}
END_TEST

START_TEST(a_log_begins_with_its_first_line)
{
	struct script s;
	struct log_entry e;

	script_begin(&s);
	e = line(&s, ENTRY_CLOSE, 0);
	e.index = 1;
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_INDEX | RULE_FOUNDING);
	script_end(&s);
}
END_TEST

/* Who looks at the staff alone leaves lines out: a place that is missing ends a
 * beginning as its line does. */
START_TEST(staff_lines_alone_say_who_stands)
{
	struct script s;

	found_six(&s);
	script_next(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	script_enter(&s);
	s.history.next = s.index = 7;
	bad(&s, staff(&s, "AP2004", "APPROVER"), RULE_KEY);
	good(&s, staff(&s, "OF1010", "DRAFTER"));
	ck_assert(!roster_view_of(roster_find(&s.history.roster, "AP2004"))
		       ->standing);
	script_end(&s);
}
END_TEST

/* --- kept ---------------------------------------------------------------- */

/* Stored and read again after each line of a log in which all that there is to
 * keep is there. */
START_TEST(survives_being_stored_at_any_line)
{
	struct log_entry e;
	struct script s;

	script_begin(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	reload(&s);
	good(&s, staff_by(&s, "OF1007", "DRAFTER", "AD0001", ""));
	reload(&s);
	good(&s, staff_by(&s, "AD0001", "ADMIN", "AD0001", ""));
	reload(&s);
	good(&s, staff_by(&s, "AP2003", "APPROVER", "AD0001", ""));
	reload(&s);
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AD0001"); /* the founder */
	good(&s, e);
	reload(&s);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	reload(&s);
	e = line(&s, ENTRY_CLOSE, 0);
	strcpy(e.officer, "AD0001");
	bad(&s, e, RULE_ROLE);
	good(&s, staff(&s, "OF1008", "DRAFTER"));
	good(&s, staff(&s, "OF1008", "REMOVED"));
	read_aloud(&s, NOON, "OF1008", 'D', "b");
	reload(&s);
	bad(&s, staff(&s, "OF1009", "KEY"), RULE_PERSON);
	bad(&s, change(&s, "OF1009", "DRAFTER", "AD0001", "AP2003", "OF1008"),
	    RULE_KEY);
	bad(&s, helped(&s, "OF1008", "DRAFTER", "b"), RULE_ALONE);
	script_remove(&s, "OF1007", s.time, s.index + 1);
	reload(&s);
	good(&s, line(&s, ENTRY_ISSUE, 2));
	reload(&s);
	bad(&s, line(&s, ENTRY_ISSUE, 3), RULE_VOID);
	reload(&s);
	good(&s, change(&s, "OF1007", "DRAFTER", "AD0001", "AP2003", "c"));
	use_key(&s, "OF1007", "c");
	reload(&s);
	changed(&s, "OF1007", "AP2003", "own");
	reload(&s);
	good(&s, line(&s, ENTRY_ISSUE, 4));
	ck_assert(!history_reaches_back(&s.history, &s.list));
	script_next(&s);
	reload(&s);
	good(&s, line(&s, ENTRY_OPEN, 0));
	reload(&s);
	good(&s, staff(&s, "OF1007", "DRAFTER"));
	reload(&s);
	good(&s, staff(&s, "AP2003", "APPROVER"));
	good(&s, line(&s, ENTRY_ISSUE, 5));
	reload(&s);
	bad(&s, staff(&s, "OF1009", "DRAFTER"), RULE_STRANGER);
	script_end(&s);
}
END_TEST

#define HEAD "history GTGUA01 1 1 1\nroster 2 4 1 1 0 1 AD0001\n"
#define KEY  "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
#define VIEW " 1 D 0 1 D 0\n"

static const char *const nonsense[] = {
	"history GTGUA01 1 1 1\nroster\n",
	"history GTGUA01 1 1 1\nroster 3 4 1 1 0 1 AD0001\n",
	"history GTGUA01 1 1 1\nroster 2 4 1 1 0 1\n",
	HEAD "key 03\n",
	HEAD "key " KEY "00 OF1007 -\n",
	HEAD "key " KEY " OF1007\n",
	HEAD "key " KEY " OF1007 -\nperson OF1007 0 0 0 1 D 1 1 D 0\n",
	HEAD "key " KEY " OF1007 -\nperson OF1007 0 0 0 1 X 0 1 D 0\n",
	HEAD "key " KEY " OF1007 -\nperson OF1007 0 0 0 1 - 0 1 D 0\n",
	HEAD "person OF1007 0 0 0" VIEW,
	HEAD "key " KEY " OF1007 -\nperson OF1007 0 0 0" VIEW
	     "person OF1007 0 0 0" VIEW,
	HEAD "key " KEY " OF1007 -\nperson OF1007 0 0 0" VIEW
	     "removed OF1007 1 x 0\n",
	HEAD "removed OF1007 1 -\n",
	HEAD "removed OF1007 1 - 2\n",
	HEAD HEAD,
};

START_TEST(refuses_nonsense)
{
	struct history out = { 0 };

	ck_assert_int_eq(history_load(nonsense[_i], &out), ERR_DATA);
	ck_assert_ptr_null(out.roster.person);
	ck_assert_ptr_null(out.roster.key);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("roster");
	TCase *t = tcase_create("roster");

	tcase_add_loop_test(t, begins_with_its_persons_in_any_order, 0, 3);
	tcase_add_loop_test(t, refuses_another_beginning, 0,
	    sizeof(wrong_beginnings) / sizeof(wrong_beginnings[0]));
	tcase_add_loop_test(t, an_administrator_of_the_list_opens, 0, 3);
	tcase_add_test(t, no_roster_no_log);
	tcase_add_loop_test(t, any_roster_of_the_list_may_be_the_one, 0, 2);
	tcase_add_loop_test(t, the_larger_roster_may_be_the_one, 0, 2);
	tcase_add_loop_test(t, each_acts_in_their_role, 0, 2 * ACTS);
	tcase_add_test(t, a_founder_is_an_administrator);
	tcase_add_test(t, an_approver_changes_letters);
	tcase_add_test(t, two_must_act_in_some);
	tcase_add_loop_test(
	    t, two_change_the_staff, 0, sizeof(changes) / sizeof(changes[0]));
	tcase_add_test(t, who_joined_by_a_broken_line_did_not);
	tcase_add_test(t, a_new_key_signs_from_the_next_line_on);
	tcase_add_test(t, who_left_comes_again_with_a_new_key);
	tcase_add_test(t, a_key_of_ones_own);
	tcase_add_test(t, a_key_that_the_center_has_later);
	tcase_add_test(t, the_root_helps_once);
	tcase_add_test(t, the_root_helps_after_a_wrong_clock);
	tcase_add_test(t, a_clock_put_right_revives_nothing);
	tcase_add_test(t, the_root_helps_somebody_to_join);
	tcase_add_test(t, says_with_which_word_the_root_helps);
	tcase_add_test(t, the_root_does_not_change_a_role_by_a_line);
	tcase_add_test(t, an_entry_of_before_is_of_no_use);
	tcase_add_test(t, a_newer_entry_takes_the_place_of_older_ones);
	tcase_add_loop_test(t, the_root_removes_from_a_line_on, 0,
	    sizeof(removals) / sizeof(removals[0]));
	tcase_add_test(t, a_void_line_does_nothing);
	tcase_add_test(t, what_follows_from_a_void_line_is_void);
	tcase_add_test(t, a_new_key_does_not_make_a_person);
	tcase_add_test(t, the_removed_come_again_with_a_new_key);
	tcase_add_test(t, a_removal_waits_for_its_person);
	tcase_add_test(t, a_removed_founder_founds_nothing);
	tcase_add_test(t, says_whether_a_list_reaches_back);
	tcase_add_test(t, a_removal_counts_by_the_time_of_lines);
	tcase_add_test(t, a_later_log_begins_with_who_stood);
	tcase_add_test(t, a_later_log_begins_with_strangers);
	tcase_add_test(t, the_root_helps_a_later_log_to_begin);
	tcase_add_test(t, a_later_log_may_begin_without_lost_lines);
	tcase_add_loop_test(
	    t, a_later_log_may_be_begun_by_keys_of_before, 0, 2);
	tcase_add_test(t, a_later_log_is_no_way_in);
	tcase_add_test(t, a_later_log_brings_nobody_back);
	tcase_add_test(t, a_removed_person_begins_no_later_log);
	tcase_add_loop_test(t, a_later_log_may_be_the_first, 0, 2);
	tcase_add_test(t, a_log_may_be_its_beginning);
	tcase_add_test(t, a_log_begins_with_its_first_line);
	tcase_add_test(t, staff_lines_alone_say_who_stands);
	tcase_add_test(t, survives_being_stored_at_any_line);
	tcase_add_loop_test(
	    t, refuses_nonsense, 0, sizeof(nonsense) / sizeof(nonsense[0]));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
