/*
 * test_persons.c - audit/persons.h: whose key signed what, what is noted of
 * keys, and that what honest people do is no finding.
 */
#include "tests/audit/trial_persons.h"

#include "audit/lines.h"
#include "tests/check_main.h"

#define SPOILT 7 /* the founding, three letters, then this line */

static uint64_t
notes(const struct trial *t, enum finding_code code)
{
	return findings_of_code(&t->audit.findings, code);
}

/* --- what is a note ------------------------------------------------------- */

START_TEST(a_key_that_the_root_never_heard_is_a_note)
{
	const struct finding *f;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 0);
	chronicle_staff(t.log, t.now, "OF1010", "DRAFTER");
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 1);
	f = must_find(&t, FINDING_UNREAD);
	ck_assert_int_eq(f->index, SPOILT);
	ck_assert(strstr(f->text, "OF1010") != NULL);
	/* who has left, or changed it, signs with it no more */
	chronicle_staff(t.log, t.now, "OF1010", "REMOVED");
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 0);
	new_passphrase(&t, t.now, CHRONICLE_APPROVER);
	new_passphrase(&t, t.now, CHRONICLE_APPROVER);
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 1);
	ck_assert_int_eq(
	    must_find(&t, FINDING_UNREAD)->index, (int64_t)t.log->size - 1);
	trial_end(&t);
}
END_TEST

/* Its fingerprint was read aloud, and the person took it into use alone. */
START_TEST(a_key_that_the_root_heard_later_is_none)
{
	struct trust_roster *roster;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	roster = realm_roster(t.center, t.now);
	realm_add_person(t.center, roster, "OF1010", 'D');
	add(&t, staff(&t, "OF1010", "DRAFTER", "OF1010", ""));
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 0);
	trial_end(&t);
}
END_TEST

/* When the drafter's and the approver's passphrases were changed, in seconds;
 * -1: no more. */
static const struct {
	const char *what;
	int64_t drafter[4], approver[4];
	bool note;
} sittings[] = {
	{ "always together", { 0, 9000, -1 }, { 60, 9030, -1 }, true },
	{ "three times", { 0, 5000, 9000, -1 }, { 9, 5060, 9060, -1 }, true },
	{ "a second more", { 0, 9000, -1 }, { 60, 9061, -1 }, false },
	{ "once only", { 0, -1 }, { 5, -1 }, false },
	{ "once alone", { 0, 9000, -1 }, { 5, 5000, 9005, -1 }, false },
	{ "one never did", { 0, 9000, -1 }, { -1 }, false },
};

START_TEST(keys_changed_in_the_same_minute_are_a_note)
{
	const int64_t *d = sittings[_i].drafter, *a = sittings[_i].approver;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	while (*d >= 0 || *a >= 0)
		if (*a < 0 || (*d >= 0 && *d <= *a))
			new_passphrase(&t, t.now + *d++, CHRONICLE_DRAFTER);
		else
			new_passphrase(&t, t.now + *a++, CHRONICLE_APPROVER);
	t.now += 10000;
	honest(&t);
	ck_assert_msg(
	    notes(&t, FINDING_SAME_MINUTE) == (sittings[_i].note ? 1 : 0), "%s",
	    sittings[_i].what);
	trial_end(&t);
}
END_TEST

/* --- honest people -------------------------------------------------------- */

START_TEST(many_key_changes_are_nothing)
{
	static const char *const who[] = { CHRONICLE_ADMIN, CHRONICLE_APPROVER,
		CHRONICLE_DRAFTER };
	struct trial t;
	unsigned i;

	trial_begin(&t);
	for (i = 0; i < 30; i++) {
		new_passphrase(&t, t.now, who[i % 3]);
		t.now += CLOCK_DAY / 100;
		trial_issue(&t, i + 1, i + 1);
	}
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 3);
	ck_assert_uint_eq(notes(&t, FINDING_SAME_MINUTE), 0);
	trial_end(&t);
}
END_TEST

START_TEST(a_lost_passphrase_is_nothing)
{
	EVP_PKEY *key = fresh_key();
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	chronicle_key(t.log, t.now, CHRONICLE_DRAFTER, key, CHRONICLE_ADMIN,
	    CHRONICLE_APPROVER);
	new_passphrase(&t, t.now, CHRONICLE_DRAFTER); /* their own again */
	trial_issue(&t, 4, 6);
	honest(&t);
	EVP_PKEY_free(key);
	trial_end(&t);
}
END_TEST

START_TEST(leaving_and_coming_again_is_nothing)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	chronicle_staff(t.log, t.now, CHRONICLE_DRAFTER, "REMOVED");
	chronicle_staff(t.log, t.now, "OF1010", "DRAFTER");
	t.now += CLOCK_DAY;
	forge(&t, CHRONICLE_DRAFTER); /* a new key, of their own */
	chronicle_join(t.log, t.now, CHRONICLE_DRAFTER, "DRAFTER");
	trial_issue(&t, 4, 6);
	honest(&t);
	trial_end(&t);
}
END_TEST

/* A stolen computer: the root removes the person at once, whom two let in again
 * with a new key. */
START_TEST(a_stolen_computer_is_nothing)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	realm_remove(t.center, CHRONICLE_DRAFTER, t.now, 0);
	forge(&t, CHRONICLE_DRAFTER);
	chronicle_join(t.log, t.now + 60, CHRONICLE_DRAFTER, "DRAFTER");
	t.now += 120;
	trial_issue(&t, 4, 6);
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 1);
	trial_end(&t);
}
END_TEST

/* All but one lost their passphrases: the root hears new keys. */
START_TEST(where_the_root_helped_there_is_nothing)
{
	static const char *const lost[] = { CHRONICLE_ADMIN,
		CHRONICLE_APPROVER };
	struct trust_roster *roster;
	struct trial t;
	size_t i, k;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	roster = realm_roster(t.center, t.now);
	for (i = 0; i < 2; i++) {
		struct log_entry e;

		forge(&t, lost[i]);
		for (k = 0; k < roster->person_count; k++)
			if (strcmp(roster->persons[k].code, lost[i]) == 0)
				ck_assert_int_eq(
				    person_key_point(
					chronicle_person(t.log, lost[i]),
					roster->persons[k].key),
				    ERR_OK);
		e = staff(&t, lost[i], "KEY", lost[i], "");
		add(&t, e);
	}
	trial_issue(&t, 4, 6);
	chronicle_staff(t.log, t.now, "OF1010", "DRAFTER");
	honest(&t);
	ck_assert_uint_eq(notes(&t, FINDING_UNREAD), 1); /* OF1010 */
	trial_end(&t);
}
END_TEST

/* A later log begins with those who stand, and the keys they have. */
START_TEST(a_later_log_goes_on_with_its_persons)
{
	struct chronicle more;
	struct trial t;
	size_t i;

	trial_begin(&t);
	new_passphrase(&t, t.now, CHRONICLE_APPROVER);
	trial_issue(&t, 1, 3);
	t.center->more = &more;
	t.center->closed = true;
	chronicle_new(&more, "GTGUA01", 2, t.center->key);
	for (i = 0; i < t.log->person_count; i++)
		chronicle_set_person(
		    &more, t.log->person[i].code, t.log->person[i].key);
	chronicle_go_on(&more, t.now);
	chronicle_issue(&more, t.now, 4);
	chronicle_publish(&more, "pub", more.size, t.now);
	honest(&t);
	ck_assert_uint_eq(t.audit.centers[0].persons.count, 4);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

/* --- whose key signed what ------------------------------------------------ */

static const struct persons_key *
key_of(const struct trial *t, const char *code, size_t n)
{
	const struct persons *persons = &t->audit.centers[0].persons;
	size_t i;

	for (i = 0; i < persons->count; i++)
		if (strcmp(persons->key[i].is.code, code) == 0 && n-- == 0)
			return &persons->key[i];
	ck_abort_msg("no such key of %s", code);
	return NULL;
}

START_TEST(each_key_has_the_lines_that_it_signed)
{
	const struct persons_key *key;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	new_passphrase(&t, t.now, CHRONICLE_APPROVER);
	trial_issue(&t, 4, 5);
	honest(&t);
	key = key_of(&t, CHRONICLE_ADMIN, 0);
	ck_assert_uint_eq(key->lines, CHRONICLE_FOUND);
	ck_assert_int_eq(key->is.role, 'M');
	ck_assert_uint_eq(key->from, 1);
	ck_assert(!key->over);
	key = key_of(&t, CHRONICLE_APPROVER, 0);
	ck_assert_uint_eq(key->lines, 4); /* and its own end */
	ck_assert(key->over && !key->changed);
	key = key_of(&t, CHRONICLE_APPROVER, 1);
	ck_assert_uint_eq(key->lines, 2);
	ck_assert_int_eq(key->is.role, 'A');
	ck_assert_uint_eq(key->from, SPOILT);
	ck_assert(!key->over && key->changed);
	key = key_of(&t, CHRONICLE_DRAFTER, 0);
	ck_assert_uint_eq(key->lines, 6);
	ck_assert_uint_eq(t.audit.centers[0].persons.count, 4);
	trial_end(&t);
}
END_TEST

/* What a key did not sign is not counted as its own, and a line that breaks a
 * rule gives nobody a key. */
START_TEST(a_key_has_nothing_that_it_did_not_sign)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	key_alone(&t);
	no_approver(&t);
	audit_late(&t);
	must_find(&t, FINDING_ALONE);
	must_find(&t, FINDING_PSIG);
	ck_assert_uint_eq(t.audit.centers[0].persons.count, 3);
	ck_assert_uint_eq(key_of(&t, CHRONICLE_APPROVER, 0)->lines, 3);
	ck_assert_uint_eq(key_of(&t, CHRONICLE_DRAFTER, 0)->lines, 4);
	ck_assert(!key_of(&t, CHRONICLE_APPROVER, 0)->over);
	trial_end(&t);
}
END_TEST

/* What sello-audit lines prints. */
struct told {
	uint64_t count;
	bool in_order;
	enum err drafter, approver; /* of the newest letter */
};

static void
tell(void *ctx, const struct lines_line *line)
{
	const struct pool_line *checked = line->checked;
	const struct log_entry *e = &checked->entry;
	struct told *told = ctx;

	told->in_order &= e->index == told->count++ && line->generation == 1 &&
	    strcmp(line->center, "GTGUA01") == 0;
	if (!entry_is_letter(e))
		return;
	ck_assert_uint_eq(checked->persons.count, 2);
	told->drafter = checked->person[0];
	told->approver = checked->person[1];
	if (told->drafter == ERR_OK)
		ck_assert_str_eq(
		    persons_of(line->persons, checked->persons.key[0])->is.code,
		    CHRONICLE_DRAFTER);
}

/* Once each, in their order, whatever thread checked them. */
START_TEST(every_line_is_told_with_who_signed_it)
{
	struct told told = { .in_order = true };
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	no_approver(&t);
	t.now += 60;
	t.options.line = tell;
	t.options.line_ctx = &told;
	t.options.threads = 1 + (unsigned)_i * 6;
	audit_late(&t);
	ck_assert_uint_eq(told.count, t.log->size);
	ck_assert(told.in_order);
	ck_assert_int_eq(told.drafter, ERR_OK);
	ck_assert_int_eq(told.approver, ERR_SIGNATURE);
	trial_end(&t);
}
END_TEST

START_TEST(who_was_removed_signs_no_more)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	if (_i == 0)
		chronicle_staff(t.log, t.now, CHRONICLE_DRAFTER, "REMOVED");
	else /* after the newest line, or before it */
		realm_remove(t.center, CHRONICLE_DRAFTER,
		    _i == 1 ? t.now + 9 : t.now, 0);
	chronicle_close(t.log, t.now);
	honest(&t);
	ck_assert(key_of(&t, CHRONICLE_DRAFTER, 0)->over);
	ck_assert(!key_of(&t, CHRONICLE_APPROVER, 0)->over);
	trial_end(&t);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

static Suite *
suite(void)
{
	Suite *s = suite_create("persons");
	TCase *t = tcase_create("persons");

	tcase_add_test(t, a_key_that_the_root_never_heard_is_a_note);
	tcase_add_test(t, a_key_that_the_root_heard_later_is_none);
	tcase_add_loop_test(
	    t, keys_changed_in_the_same_minute_are_a_note, 0, ROWS(sittings));
	tcase_add_test(t, many_key_changes_are_nothing);
	tcase_add_test(t, a_lost_passphrase_is_nothing);
	tcase_add_test(t, leaving_and_coming_again_is_nothing);
	tcase_add_test(t, a_stolen_computer_is_nothing);
	tcase_add_test(t, where_the_root_helped_there_is_nothing);
	tcase_add_test(t, a_later_log_goes_on_with_its_persons);
	tcase_add_test(t, each_key_has_the_lines_that_it_signed);
	tcase_add_test(t, a_key_has_nothing_that_it_did_not_sign);
	tcase_add_loop_test(t, every_line_is_told_with_who_signed_it, 0, 2);
	tcase_add_loop_test(t, who_was_removed_signs_no_more, 0, 3);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
