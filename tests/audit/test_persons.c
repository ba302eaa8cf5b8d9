/*
 * test_persons.c - audit/persons.h, and what audit/pass.h finds about persons:
 * each thing that a center's key may not do without them, the line where it was
 * done, and that what honest people do is never called so.
 */
#include "tests/audit/trial.h"

#include "audit/lines.h"
#include "ledger/line_sign.h"
#include "tests/check_main.h"
#include "trust/key.h"

#define SPOILT 7 /* the founding, three letters, then this line */

static EVP_PKEY *
fresh_key(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	return key;
}

/* From now on somebody else signs for this person, whose key has not changed.
 */
static void
forge(struct trial *t, const char *code)
{
	EVP_PKEY *key = fresh_key();

	chronicle_set_person(t->log, code, key);
	EVP_PKEY_free(key);
}

static struct log_entry
act(const struct trial *t, enum entry_kind kind, const char *officer,
    const char *approver)
{
	struct log_entry e = { .time = t->now, .kind = kind };

	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	return e;
}

/* A staff line with the key that the person signs with. */
static struct log_entry
staff(const struct trial *t, const char *code, const char *reason,
    const char *officer, const char *approver)
{
	struct log_entry e = act(t, ENTRY_STAFF, officer, approver);

	strcpy(e.ref, code);
	strcpy(e.reason, reason);
	return e;
}

static void
give_key(struct log_entry *e, const uint8_t point[PERSON_KEY_SIZE])
{
	memcpy(e->person_key, point, sizeof(e->person_key));
	ck_assert_int_eq(person_key_digest(point, e->digest), ERR_OK);
	e->has_digest = e->has_person_key = true;
}

static void
add(struct trial *t, struct log_entry e)
{
	chronicle_add(t->log, &e);
}

/* --- what is a proof ------------------------------------------------------ */

static void
no_approver(struct trial *t)
{
	forge(t, CHRONICLE_APPROVER);
	chronicle_issue(t->log, t->now, 4);
}

static void
no_drafter(struct trial *t)
{
	forge(t, CHRONICLE_DRAFTER);
	chronicle_issue(t->log, t->now, 4);
}

/* Whoever has the center's key alone signs with it for a person. */
static void
center_for_person(struct trial *t)
{
	chronicle_set_person(t->log, CHRONICLE_APPROVER, t->center->key);
	chronicle_close(t->log, t->now);
}

/* What was drafted for one center is a letter of another. */
static void
drafted_elsewhere(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	ck_assert_int_eq(line_sign_draft("RRP-ES", "GTGUA02", e.commitment,
			     chronicle_person(t->log, e.officer),
			     e.person_signature[0], NULL),
	    ERR_OK);
	chronicle_add_signed(t->log, &e);
}

/* The line was changed after the approver had signed it. */
static void
other_reason(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	strcpy(e.reason, "V460");
	chronicle_add_signed(t->log, &e);
}

static void
swapped(struct trial *t)
{
	struct log_entry e =
	    act(t, ENTRY_RESTORE, CHRONICLE_APPROVER, CHRONICLE_ADMIN);
	uint8_t first[ENTRY_SIGNATURE_SIZE];

	strcpy(e.ref, "7");
	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	memcpy(first, e.person_signature[0], sizeof(first));
	memcpy(e.person_signature[0], e.person_signature[1], sizeof(first));
	memcpy(e.person_signature[1], first, sizeof(first));
	ck_assert_int_eq(line_sign(&e, t->log->key, NULL), ERR_OK);
	chronicle_add_signed(t->log, &e);
}

/* A new passphrase; what is signed with the key before is not theirs. */
static void
old_key(struct trial *t)
{
	EVP_PKEY *old = chronicle_person(t->log, CHRONICLE_APPROVER);
	EVP_PKEY *key = fresh_key();

	EVP_PKEY_up_ref(old);
	chronicle_key(t->log, t->now, CHRONICLE_APPROVER, key,
	    CHRONICLE_APPROVER, CHRONICLE_DRAFTER);
	chronicle_set_person(t->log, CHRONICLE_APPROVER, old);
	chronicle_issue(t->log, t->now, 4);
	EVP_PKEY_free(key);
	EVP_PKEY_free(old);
}

/* A key change that the center's key alone made: no witness signed it. */
static void
no_witness(struct trial *t)
{
	EVP_PKEY *key = fresh_key();

	forge(t, CHRONICLE_DRAFTER);
	chronicle_key(t->log, t->now, CHRONICLE_APPROVER, key,
	    CHRONICLE_APPROVER, CHRONICLE_DRAFTER);
	EVP_PKEY_free(key);
}

static void
same_draft(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4), first = trial_letter(t, 2);

	e.has_commitment = true;
	chronicle_commit(first.digest, e.commitment);
	add(t, e);
}

static void
removed_drafts(struct trial *t)
{
	chronicle_staff(t->log, t->now, CHRONICLE_DRAFTER, "REMOVED");
	chronicle_issue(t->log, t->now, 4);
}

static void
removed_approves(struct trial *t)
{
	chronicle_staff(t->log, t->now, "AP2004", "APPROVER");
	add(t,
	    staff(t, CHRONICLE_APPROVER, "REMOVED", CHRONICLE_ADMIN, "AP2004"));
	chronicle_issue(t->log, t->now, 4);
}

static void
stranger_closes(struct trial *t)
{
	add(t, act(t, ENTRY_CLOSE, "ZZ9999", ""));
}

static void
stranger_adds(struct trial *t)
{
	add(t, staff(t, "OF1010", "DRAFTER", CHRONICLE_ADMIN, "ZZ9999"));
}

static void
approver_drafts(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	strcpy(e.officer, CHRONICLE_APPROVER);
	strcpy(e.approver, CHRONICLE_DRAFTER);
	add(t, e);
}

static void
founder_approves(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	strcpy(e.approver, CHRONICLE_ADMIN);
	add(t, e);
}

static void
drafter_closes(struct trial *t)
{
	add(t, act(t, ENTRY_CLOSE, CHRONICLE_DRAFTER, ""));
}

/* The founder counts as an approver until the first letter only. */
static void
founder_withdraws(struct trial *t)
{
	struct log_entry e = trial_letter(t, 1);

	e.kind = ENTRY_WITHDRAW;
	strcpy(e.officer, CHRONICLE_ADMIN);
	e.approver[0] = '\0';
	strcpy(e.reason, "WITHDRAWN");
	add(t, e);
}

static void
drafter_adds(struct trial *t)
{
	add(t,
	    staff(
		t, "OF1010", "DRAFTER", CHRONICLE_DRAFTER, CHRONICLE_APPROVER));
}

static void
adds_alone(struct trial *t)
{
	add(t, staff(t, "AP2004", "APPROVER", CHRONICLE_ADMIN, ""));
}

static void
key_alone(struct trial *t)
{
	EVP_PKEY *key = fresh_key();

	chronicle_key(
	    t->log, t->now, CHRONICLE_APPROVER, key, CHRONICLE_APPROVER, "");
	EVP_PKEY_free(key);
}

/* Nobody lets themselves in, or removes themselves. */
static void
for_themselves(struct trial *t)
{
	add(t,
	    staff(t, CHRONICLE_APPROVER, "REMOVED", CHRONICLE_ADMIN,
		CHRONICLE_APPROVER));
}

static void
shared_key(struct trial *t)
{
	chronicle_set_person(
	    t->log, "AP2004", chronicle_person(t->log, CHRONICLE_DRAFTER));
	chronicle_staff(t->log, t->now, "AP2004", "APPROVER");
}

static void
key_of_before(struct trial *t)
{
	EVP_PKEY *old = chronicle_person(t->log, CHRONICLE_APPROVER);
	EVP_PKEY *key = fresh_key();

	EVP_PKEY_up_ref(old);
	chronicle_key(t->log, t->now, CHRONICLE_APPROVER, key,
	    CHRONICLE_APPROVER, CHRONICLE_DRAFTER);
	chronicle_key(t->log, t->now, CHRONICLE_APPROVER, old,
	    CHRONICLE_APPROVER, CHRONICLE_DRAFTER);
	EVP_PKEY_free(key);
	EVP_PKEY_free(old);
}

/* Its private half is the other's, so whoever has one has both. */
static void
negative_key(struct trial *t)
{
	struct log_entry e =
	    staff(t, "AP2004", "APPROVER", CHRONICLE_ADMIN, CHRONICLE_APPROVER);
	uint8_t point[PERSON_KEY_SIZE];

	ck_assert_int_eq(
	    person_key_point(
		chronicle_person(t->log, CHRONICLE_DRAFTER), point),
	    ERR_OK);
	point[0] ^= 1;
	give_key(&e, point);
	add(t, e);
}

static void
centers_key(struct trial *t)
{
	chronicle_set_person(t->log, "AP2004", t->center->key);
	chronicle_staff(t->log, t->now, "AP2004", "APPROVER");
}

static void
added_twice(struct trial *t)
{
	forge(t, CHRONICLE_DRAFTER); /* with a new key, which is not a KEY */
	chronicle_staff(t->log, t->now, CHRONICLE_DRAFTER, "DRAFTER");
}

static void
removed_nobody(struct trial *t)
{
	chronicle_staff(t->log, t->now, "OF1010", "REMOVED");
}

static void
removed_other_key(struct trial *t)
{
	forge(t, CHRONICLE_DRAFTER);
	chronicle_staff(t->log, t->now, CHRONICLE_DRAFTER, "REMOVED");
}

static void
key_of_nobody(struct trial *t)
{
	EVP_PKEY *key = fresh_key();

	chronicle_key(
	    t->log, t->now, "OF1010", key, CHRONICLE_ADMIN, CHRONICLE_APPROVER);
	EVP_PKEY_free(key);
}

static const struct {
	const char *name;
	void (*spoil)(struct trial *t);
	enum finding_code want;
	int64_t index;
	const char *who; /* NULL: nobody is named */
} proofs[] = {
	{ "approver", no_approver, FINDING_PSIG, SPOILT, CHRONICLE_APPROVER },
	{ "drafter", no_drafter, FINDING_PSIG, SPOILT, CHRONICLE_DRAFTER },
	{ "the center's key for a person", center_for_person, FINDING_PSIG,
	    SPOILT, CHRONICLE_APPROVER },
	{ "drafted elsewhere", drafted_elsewhere, FINDING_PSIG, SPOILT,
	    CHRONICLE_DRAFTER },
	{ "changed behind the approver", other_reason, FINDING_PSIG, SPOILT,
	    CHRONICLE_APPROVER },
	{ "each other's signature", swapped, FINDING_PSIG, SPOILT, NULL },
	{ "the key before", old_key, FINDING_PSIG, SPOILT + 1,
	    CHRONICLE_APPROVER },
	{ "no witness", no_witness, FINDING_PSIG, SPOILT, CHRONICLE_DRAFTER },
	{ "one draft, two letters", same_draft, FINDING_DRAFT, SPOILT, NULL },
	{ "removed drafter", removed_drafts, FINDING_REMOVED, SPOILT + 1,
	    NULL },
	{ "removed approver", removed_approves, FINDING_REMOVED, SPOILT + 2,
	    NULL },
	{ "stranger closes", stranger_closes, FINDING_STRANGER, SPOILT, NULL },
	{ "stranger adds", stranger_adds, FINDING_STRANGER, SPOILT, NULL },
	{ "approver drafts", approver_drafts, FINDING_ROLE, SPOILT, NULL },
	{ "founder approves", founder_approves, FINDING_ROLE, SPOILT, NULL },
	{ "drafter closes", drafter_closes, FINDING_ROLE, SPOILT, NULL },
	{ "founder withdraws", founder_withdraws, FINDING_ROLE, SPOILT, NULL },
	{ "drafter adds", drafter_adds, FINDING_ROLE, SPOILT, NULL },
	{ "adds alone", adds_alone, FINDING_ALONE, SPOILT, NULL },
	{ "key alone", key_alone, FINDING_ALONE, SPOILT, NULL },
	{ "for themselves", for_themselves, FINDING_ALONE, SPOILT, NULL },
	{ "one key, two persons", shared_key, FINDING_PERSON_KEY, SPOILT,
	    NULL },
	{ "a key of before", key_of_before, FINDING_PERSON_KEY, SPOILT + 1,
	    NULL },
	{ "negative of a key", negative_key, FINDING_PERSON_KEY, SPOILT, NULL },
	{ "the center's key", centers_key, FINDING_PERSON_KEY, SPOILT, NULL },
	{ "added twice", added_twice, FINDING_PERSON, SPOILT, NULL },
	{ "removed nobody", removed_nobody, FINDING_PERSON, SPOILT, NULL },
	{ "removed another key", removed_other_key, FINDING_PERSON, SPOILT,
	    NULL },
	{ "key of nobody", key_of_nobody, FINDING_PERSON, SPOILT, NULL },
};

/* The list is newer than the lines: no other can explain them. */
static void
audit_late(struct trial *t)
{
	t->realm.at = t->now + 2 * CLOCK_SLACK;
	trial_publish(t, "pub");
	trial_audit(t, "pub", NULL);
}

START_TEST(what_persons_did_not_sign_is_a_proof)
{
	const struct finding *f;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	proofs[_i].spoil(&t);
	audit_late(&t);
	only(&t, proofs[_i].want);
	f = must_find(&t, proofs[_i].want);
	ck_assert_int_eq(f->index, proofs[_i].index);
	ck_assert_uint_eq(f->generation, 1);
	if (proofs[_i].who != NULL) {
		ck_assert(strstr(f->text, proofs[_i].who) != NULL);
		ck_assert_uint_eq(
		    findings_of_code(&t.audit.findings, FINDING_PSIG), 1);
	}
	ck_assert_int_eq(findings_exit(&t.audit.findings), 3);
	trial_end(&t);
}
END_TEST

/* --- how a log begins ----------------------------------------------------- */

static void
no_person(struct trial *t)
{
	chronicle_open(t->log, T0);
	chronicle_close(t->log, T0);
}

static void
one_left_out(struct trial *t)
{
	chronicle_open(t->log, T0);
	chronicle_enter(t->log, T0, CHRONICLE_ADMIN, "ADMIN", "");
	chronicle_enter(t->log, T0, CHRONICLE_DRAFTER, "DRAFTER", "");
	chronicle_issue(t->log, T0, 1);
}

static void
one_with_another_key(struct trial *t)
{
	forge(t, CHRONICLE_APPROVER);
	chronicle_found(t->log, T0);
}

static void
one_in_another_role(struct trial *t)
{
	chronicle_open(t->log, T0);
	chronicle_enter(t->log, T0, CHRONICLE_DRAFTER, "APPROVER", "");
}

static void
one_too_many(struct trial *t)
{
	chronicle_open(t->log, T0);
	chronicle_enter(t->log, T0, "AP2004", "APPROVER", "");
}

static void
opened_by_another(struct trial *t)
{
	add(t, act(t, ENTRY_OPEN, CHRONICLE_APPROVER, ""));
}

static const struct {
	void (*begin)(struct trial *t);
	int64_t index;
} beginnings[] = { { no_person, 1 }, { one_left_out, 3 },
	{ one_with_another_key, 2 }, { one_in_another_role, 1 },
	{ one_too_many, 1 }, { opened_by_another, 0 } };

START_TEST(a_log_that_does_not_begin_with_its_persons_is_a_proof)
{
	struct trial t;

	trial_begin(&t);
	chronicle_cut(t.log, 0);
	beginnings[_i].begin(&t);
	audit_late(&t);
	ck_assert_int_eq(
	    must_find(&t, FINDING_FOUNDING)->index, beginnings[_i].index);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 3);
	trial_end(&t);
}
END_TEST

/* What was published while they were entered. */
START_TEST(a_log_that_is_beginning_is_nothing)
{
	struct trial t;

	trial_begin(&t);
	chronicle_cut(t.log, (uint64_t)_i);
	audit_late(&t);
	only(&t, FINDING_COUNT);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 0);
	trial_end(&t);
}
END_TEST

/* What a list that is not here may explain is no proof; what concerns keys and
 * signatures is. */
START_TEST(an_older_list_proves_nothing_about_who_may_act)
{
	static const struct {
		void (*spoil)(struct trial *t);
		enum finding_code want;
		int64_t list; /* after the line */
	} cases[] = {
		{ stranger_closes, FINDING_UNCHECKED, 0 },
		{ stranger_closes, FINDING_UNCHECKED, CLOCK_SLACK },
		{ stranger_closes, FINDING_STRANGER, CLOCK_SLACK + 1 },
		{ adds_alone, FINDING_UNCHECKED, 0 },
		{ drafter_closes, FINDING_UNCHECKED, 0 },
		{ added_twice, FINDING_UNCHECKED, 0 },
		{ shared_key, FINDING_PERSON_KEY, 0 },
		{ same_draft, FINDING_DRAFT, 0 },
		{ no_approver, FINDING_PSIG, 0 },
	};
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	cases[_i].spoil(&t);
	t.realm.at = t.now + cases[_i].list;
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, cases[_i].want);
	trial_end(&t);
}
END_TEST
#define OLDER_LISTS 9

/* The root heard a new key read aloud, in a list that the auditor lacks. What
 * is signed with it is not held against anybody. */
START_TEST(a_key_that_only_a_newer_list_has_proves_nothing)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	forge(&t, CHRONICLE_APPROVER);
	add(&t, staff(&t, CHRONICLE_APPROVER, "KEY", CHRONICLE_APPROVER, ""));
	trial_issue(&t, 4, 6);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_int_eq(must_find(&t, FINDING_UNCHECKED)->index, SPOILT);
	trial_end(&t);
}
END_TEST

/* --- what the root removed ------------------------------------------------ */

/* From a moment on, or from the line behind a head on: the letters are void,
 * and those who did not know are not accused. */
START_TEST(whom_the_root_removed_is_a_question)
{
	struct trial t;
	const struct finding *f;
	bool by_size = _i == 1;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	realm_remove(
	    t.center, CHRONICLE_DRAFTER, t.now, by_size ? t.log->size + 1 : 0);
	trial_issue(&t, 4, 6);
	audit_late(&t);
	only(&t, FINDING_VOID);
	f = must_find(&t, FINDING_VOID);
	ck_assert_int_eq(f->index, by_size ? SPOILT + 1 : SPOILT);
	ck_assert_uint_eq(
	    findings_of_code(&t.audit.findings, FINDING_VOID), by_size ? 2 : 3);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 1);
	trial_end(&t);
}
END_TEST

/* --- what is a note ------------------------------------------------------- */

static void
honest(struct trial *t)
{
	audit_late(t);
	only(t, FINDING_COUNT);
	ck_assert_int_eq(findings_exit(&t->audit.findings), 0);
}

static uint64_t
notes(const struct trial *t, enum finding_code code)
{
	return findings_of_code(&t->audit.findings, code);
}

/* A new passphrase with a witness. */
static void
new_passphrase(struct trial *t, int64_t time, const char *code)
{
	EVP_PKEY *key = fresh_key();

	chronicle_key(t->log, time, code, key, code,
	    strcmp(code, CHRONICLE_DRAFTER) == 0 ? CHRONICLE_APPROVER
						 : CHRONICLE_DRAFTER);
	EVP_PKEY_free(key);
}

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
	chronicle_staff(t.log, t.now, CHRONICLE_DRAFTER, "DRAFTER");
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
	chronicle_staff(t.log, t.now + 60, CHRONICLE_DRAFTER, "DRAFTER");
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

	tcase_add_loop_test(
	    t, what_persons_did_not_sign_is_a_proof, 0, ROWS(proofs));
	tcase_add_loop_test(t,
	    a_log_that_does_not_begin_with_its_persons_is_a_proof, 0,
	    ROWS(beginnings));
	tcase_add_loop_test(
	    t, a_log_that_is_beginning_is_nothing, 1, CHRONICLE_FOUND + 1);
	tcase_add_loop_test(
	    t, an_older_list_proves_nothing_about_who_may_act, 0, OLDER_LISTS);
	tcase_add_test(t, a_key_that_only_a_newer_list_has_proves_nothing);
	tcase_add_loop_test(t, whom_the_root_removed_is_a_question, 0, 2);
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
