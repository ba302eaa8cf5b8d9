/*
 * test_roster_again.c - ledger/roster.h: what persons signed for one log of the
 * center begins no other. Their signatures name no log, but the center's key.
 */
#include "tests/check_main.h"
#include "tests/lib/ledger/script.h"

/* A log of the center, with a new key of its own in the list. */
struct keys {
	struct trust_key key[3];
	EVP_PKEY *made[3];
	size_t count;
};

static void
use_center_key(struct script *s, const struct keys *keys, size_t which)
{
	EVP_PKEY_free(s->key);
	s->key = keys->made[which];
	EVP_PKEY_up_ref(s->key);
	chronicle_use_key(&s->signer, s->key);
}

/* One for each log, and the list with all of them. */
static void
begin(struct script *s, struct keys *keys)
{
	static const char *const name[] = { "", "KEY2", "KEY3" };

	script_begin(s);
	*keys = (struct keys){ .count = 3 };
	for (size_t i = 0; i < keys->count; i++) {
		keys->made[i] = i == 0 ? support_key()
				       : support_person_key("GTGUA01", name[i]);
		keys->key[i].key = keys->made[i];
		ck_assert_int_eq(
		    dsig_key_name(keys->made[i], keys->key[i].key_name),
		    ERR_OK);
	}
	s->list.keys = keys->key;
	s->list.key_count = keys->count;
	script_list(s);
}

static void
end(struct script *s, struct keys *keys)
{
	script_end(s);
	for (size_t i = 0; i < keys->count; i++)
		EVP_PKEY_free(keys->made[i]);
}

static void
next_log(struct script *s, const struct keys *keys)
{
	script_next(s);
	use_center_key(s, keys, s->history.generation - 1);
}

/* As it was signed once. */
static void
take_again(struct script *s, const struct log_entry *e, unsigned want)
{
	ck_assert_int_eq(history_add(&s->history, e, &s->calls, &s->broken,
			     &s->persons, NULL),
	    ERR_OK);
	ck_assert_msg(s->broken == want, "line %u: %x, not %x",
	    (unsigned)e->index, s->broken, want);
	s->index = e->index + 1;
}

static struct log_entry
signed_line(struct script *s, struct log_entry e)
{
	chronicle_sign(&s->signer, &e);
	return e;
}

/* A line of nobody's, where one is wanted: nobody signed it. */
static struct log_entry
nobodys(struct script *s, unsigned which)
{
	char code[16];
	struct log_entry e;

	snprintf(code, sizeof(code), "OF999%u", which);
	e = staff(s, code, "DRAFTER");
	chronicle_sign(&s->signer, &e);
	memset(e.person_signature, 1, sizeof(e.person_signature));
	return e;
}

#define TOLD (RULE_RENUMBERED | RULE_VOID)

/* Whoever has the center's keys leaves out whom they do not want. */
START_TEST(the_beginning_of_the_log_before)
{
	struct log_entry beginning[4];
	struct keys keys;
	struct script s;

	begin(&s, &keys);
	script_found(&s);
	next_log(&s, &keys);
	beginning[0] = signed_line(&s, line(&s, ENTRY_OPEN, 0));
	beginning[1] = signed_line(&s, staff(&s, "AD0001", "ADMIN"));
	beginning[2] = signed_line(&s, staff(&s, "AP2003", "APPROVER"));
	beginning[3] = signed_line(&s, staff(&s, "OF1007", "DRAFTER"));
	for (size_t i = 0; i < 4; i++)
		take_again(&s, &beginning[i], 0);
	good(&s, line(&s, ENTRY_ISSUE, 1));
	next_log(&s, &keys);
	if (_i == 1)
		reload(&s);
	take_again(&s, &beginning[0], TOLD);
	for (size_t i = 1; i < 3; i++)
		take_again(&s, &beginning[i], TOLD);
	s.time = s.history.last_time;
	/* they have entered nobody */
	ck_assert_uint_eq(
	    take(&s, line(&s, ENTRY_CLOSE, 0)) & RULE_VOID, RULE_VOID);
	end(&s, &keys);
}
END_TEST

/*
 * The administrator who typed the first passphrases of two, and has the
 * center's keys. The root ended the first log before these two joined, so no
 * reader knows who gave their keys. Their lines, at the same place in the
 * next log, with lines of nobody's before them: they would stand, with keys
 * that one person knows.
 */
START_TEST(who_joined_behind_the_end)
{
	struct log_entry drafter, approver, e;
	struct keys keys;
	struct script s;

	begin(&s, &keys);
	script_found(&s);
	s.time += 10;
	drafter = staff(&s, "OF1010", "DRAFTER");
	new_key(&drafter, "OF1010 FIRST");
	drafter = signed_line(&s, drafter);
	approver = staff(&s, "AP2010", "APPROVER");
	new_key(&approver, "AP2010 FIRST");
	approver = signed_line(&s, approver);
	next_log(&s, &keys);
	if (_i == 1)
		reload(&s);
	/* the administrator opens it; lines are dated at will */
	s.time = drafter.time - 4;
	good(&s, line(&s, ENTRY_OPEN, 0));
	for (unsigned i = 1; i < 4; i++) {
		e = nobodys(&s, i);
		take_again(&s, &e, TOLD);
	}
	take_again(&s, &drafter, TOLD);
	take_again(&s, &approver, TOLD);
	s.time = s.history.last_time;
	use_key(&s, "OF1010", "OF1010 FIRST");
	use_key(&s, "AP2010", "AP2010 FIRST");
	e = line(&s, ENTRY_ISSUE, 1);
	strcpy(e.officer, "OF1010");
	strcpy(e.approver, "AP2010");
	ck_assert_uint_eq(take(&s, e) & RULE_VOID, RULE_VOID);
	ck_assert_int_eq(letter(&s, 1)->state, HISTORY_VOID);
	end(&s, &keys);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("roster_again");
	TCase *t = tcase_create("again");

	tcase_add_loop_test(t, the_beginning_of_the_log_before, 0, 2);
	tcase_add_loop_test(t, who_joined_behind_the_end, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
CHECK_MAIN(suite);
