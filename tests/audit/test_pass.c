/*
 * test_pass.c - audit/pass.h: each thing about persons that a center's keys may
 * not do without them is found, at the line where it was done; and the root's
 * word, and a list that is not here, are no proof.
 */
#include "tests/audit/trial_persons.h"

#include "base/policy.h"
#include "ledger/line_sign.h"
#include "tests/check_main.h"
#include "tests/support/line_persons.h"

#define SPOILT 7 /* the founding, three letters, then this line */

static void
give_key(struct log_entry *e, const uint8_t point[PERSON_KEY_SIZE])
{
	memcpy(e->person_key, point, sizeof(e->person_key));
	person_key_digest(point, e->digest);
	e->has_digest = e->has_person_key = true;
}

/* --- what is a proof ------------------------------------------------------ */

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
	chronicle_join(t->log, t->now, "AP2004", "APPROVER");
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

/* Whoever typed the first passphrase drafts with it. */
static void
given_key(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	chronicle_staff(t->log, t->now, "OF1010", "DRAFTER");
	strcpy(e.officer, "OF1010");
	add(t, e);
}

static void
before_the_giver(struct trial *t)
{
	EVP_PKEY *key = fresh_key();

	chronicle_staff(t->log, t->now, "OF1010", "DRAFTER");
	chronicle_key(t->log, t->now, "OF1010", key, "OF1010", CHRONICLE_ADMIN);
	EVP_PKEY_free(key);
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
	{ "removed approver", removed_approves, FINDING_REMOVED, SPOILT + 3,
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
	{ "a key that was given", given_key, FINDING_ROLE, SPOILT + 1, NULL },
	{ "before who gave it", before_the_giver, FINDING_ALONE, SPOILT + 1,
	    NULL },
	{ "added twice", added_twice, FINDING_PERSON, SPOILT, NULL },
	{ "removed nobody", removed_nobody, FINDING_PERSON, SPOILT, NULL },
	{ "removed another key", removed_other_key, FINDING_PERSON, SPOILT,
	    NULL },
	{ "key of nobody", key_of_nobody, FINDING_PERSON, SPOILT, NULL },
};

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
		{ stranger_closes, FINDING_UNCHECKED, POLICY_SLACK },
		{ stranger_closes, FINDING_STRANGER, POLICY_SLACK + 1 },
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

#define ROWS(table) (int)(sizeof(table) / sizeof((table)[0]))

static Suite *
suite(void)
{
	Suite *s = suite_create("pass");
	TCase *t = tcase_create("pass");

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
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
