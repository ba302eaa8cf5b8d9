/*
 * test_audit.c - audit/audit.h: each rule that is broken gives its finding,
 * and an honest log gives none.
 */
#include "tests/audit/trial.h"

#include "base/policy.h"
#include "tests/check_main.h"
#include "tests/support/line_persons.h"
#include "trust/key.h"

START_TEST(an_honest_log_gives_nothing)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 30);
	chronicle_reprint(t.log, t.now, 2026, 3, 2);
	chronicle_correct(t.log, t.now, 31, 2026, 4);
	chronicle_withdraw(t.log, t.now, 2026, 5, "WITHDRAWN");
	chronicle_withdraw(t.log, t.now, 2026, 5, "FRAUD");
	chronicle_close(t.log, t.now);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 0);
	ck_assert_uint_eq(t.audit.center_count, 1);
	ck_assert(t.audit.centers[0].whole);
	ck_assert_uint_eq(t.audit.centers[0].stats.letters, 31);
	ck_assert_uint_eq(t.audit.centers[0].logs[0].read, t.log->size);
	ck_assert_int_eq(t.audit.centers[0].logs[0].as_of, t.now);
	trial_end(&t);
}
END_TEST

/* --- one line that breaks one rule --------------------------------------- */

static void
wrong_signature(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	memset(e.signature, 1, sizeof(e.signature));
	chronicle_add_signed(t->log, &e);
}

static void
changed_line(struct trial *t)
{
	struct log_entry e = { .time = t->now,
		.kind = ENTRY_CLOSE,
		.officer = CHRONICLE_APPROVER,
		.index = t->log->size };

	chronicle_sign(t->log, &e);
	/* after the center had signed it, by the approver alone */
	e.time--;
	ck_assert_int_eq(
	    line_sign_person(&e, 0, chronicle_person(t->log, e.officer), NULL),
	    ERR_OK);
	chronicle_add_signed(t->log, &e);
}

static void
not_a_line(struct trial *t)
{
	chronicle_add_raw(t->log, "s1 nonsense", 11);
}

/* An officer who approves their own draft is no line that can be read. */
static void
self_approved(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);
	struct bytes line = { 0 };
	char *at;

	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	ck_assert_int_eq(entry_format(&e, &line, NULL), ERR_OK);
	at = strstr((char *)line.at, CHRONICLE_APPROVER);
	ck_assert_ptr_nonnull(at);
	memcpy(at, CHRONICLE_DRAFTER, strlen(CHRONICLE_DRAFTER));
	chronicle_add_raw(t->log, line.at, line.len);
	bytes_free(&line);
}

static void
other_place(struct trial *t)
{
	struct log_entry e = { .time = t->now,
		.kind = ENTRY_CLOSE,
		.officer = CHRONICLE_APPROVER,
		.index = t->log->size + 1 };

	chronicle_sign(t->log, &e);
	chronicle_add_signed(t->log, &e);
}

static void
earlier(struct trial *t)
{
	chronicle_issue(t->log, t->now - 3600, 4);
}

static void
number_left_out(struct trial *t)
{
	chronicle_issue(t->log, t->now, 5);
}

static void
number_twice(struct trial *t)
{
	struct log_entry e = trial_other(t, 3);

	chronicle_add(t->log, &e);
}

static void
other_center(struct trial *t)
{
	struct letter_number n = { "GTGUA02", 2026, 4 };
	struct log_entry e = trial_letter(t, 4);

	ck_assert(number_format(&n, e.number));
	e.has_commitment = true;
	chronicle_commit(e.digest, e.commitment);
	e.index = t->log->size;
	chronicle_sign(t->log, &e);
	/* what its drafter signs names the number's center */
	ck_assert_int_eq(line_sign_draft("RRP-ES", "GTGUA02", e.commitment,
			     chronicle_person(t->log, e.officer),
			     e.person_signature[0], NULL),
	    ERR_OK);
	chronicle_add_signed(t->log, &e);
}

static void
withdraw_nothing(struct trial *t)
{
	chronicle_withdraw(t->log, t->now, 2026, 9, "WITHDRAWN");
}

static void
withdraw_twice(struct trial *t)
{
	chronicle_withdraw(t->log, t->now, 2026, 1, "WITHDRAWN");
	chronicle_withdraw(t->log, t->now, 2026, 1, "WITHDRAWN");
}

static void
hidden_copy(struct trial *t)
{
	chronicle_reprint(t->log, t->now, 2026, 1, 3);
}

static void
removed_person(struct trial *t)
{
	chronicle_staff(t->log, t->now, CHRONICLE_DRAFTER, "REMOVED");
	chronicle_issue(t->log, t->now, 4);
}

static void
wrong_role(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	strcpy(e.officer, CHRONICLE_ADMIN);
	chronicle_add(t->log, &e);
}

static void
stranger(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	strcpy(e.officer, "ZZ9999");
	chronicle_add(t->log, &e);
}

static void
added_twice(struct trial *t)
{
	chronicle_staff(t->log, t->now, CHRONICLE_DRAFTER, "DRAFTER");
}

static void
lost_lines(struct trial *t)
{
	chronicle_restore(t->log, t->now, 3, true);
}

static void
fast(struct trial *t)
{
	struct log_entry e = trial_letter(t, 4);

	strcpy(e.reason, "V29");
	chronicle_add(t->log, &e);
}

static void
many_copies(struct trial *t)
{
	unsigned copy;

	for (copy = 2; copy <= 6; copy++)
		chronicle_reprint(t->log, t->now, 2026, 1, copy);
}

static void
before_certificate(struct trial *t)
{
	t->center->row.status = KEY_RETIRED;
	t->center->row.since = t->now - 90; /* the last letters are later */
}

static void
stolen(struct trial *t)
{
	t->center->row.status = KEY_REVOKED;
	t->center->row.since = T0 + 120;
}

static void
closed_before(struct trial *t)
{
	t->center->closed = true;
}

static const struct {
	const char *name;
	void (*spoil)(struct trial *t);
	enum finding_code want;
	int exit;
} spoilt[] = {
	{ "signature", wrong_signature, FINDING_SIGNATURE, 3 },
	{ "changed after signing", changed_line, FINDING_SIGNATURE, 3 },
	{ "not a line", not_a_line, FINDING_LINE, 3 },
	{ "officer is approver", self_approved, FINDING_LINE, 3 },
	{ "place", other_place, FINDING_INDEX, 3 },
	{ "time", earlier, FINDING_TIME, 3 },
	{ "gap", number_left_out, FINDING_SEQUENCE, 3 },
	{ "repeat", number_twice, FINDING_SEQUENCE, 3 },
	{ "other center's number", other_center, FINDING_NUMBER, 3 },
	{ "unknown letter", withdraw_nothing, FINDING_UNKNOWN, 3 },
	{ "dead letter", withdraw_twice, FINDING_STATE, 3 },
	{ "hidden copy", hidden_copy, FINDING_COPY, 3 },
	{ "removed person", removed_person, FINDING_REMOVED, 3 },
	{ "role", wrong_role, FINDING_ROLE, 3 },
	{ "stranger", stranger, FINDING_STRANGER, 3 },
	{ "added twice", added_twice, FINDING_PERSON, 3 },
	{ "lost lines", lost_lines, FINDING_LOST, 1 },
	{ "fast", fast, FINDING_FAST, 1 },
	{ "many copies", many_copies, FINDING_REPRINTS, 1 },
	{ "retired key", before_certificate, FINDING_KEY_RETIRED, 1 },
	{ "stolen key", stolen, FINDING_KEY_REVOKED, 1 },
};

START_TEST(a_broken_rule_gives_its_finding)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	spoilt[_i].spoil(&t);
	t.realm.at = t.now + POLICY_SLACK + 1; /* no newer list explains it */
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, spoilt[_i].want);
	ck_assert_int_eq(findings_exit(&t.audit.findings), spoilt[_i].exit);
	trial_end(&t);
}
END_TEST

START_TEST(a_finding_names_its_line)
{
	const struct finding *f;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 300);
	chronicle_withdraw(t.log, t.now, 2026, 999, "WITHDRAWN");
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	f = must_find(&t, FINDING_UNKNOWN);
	ck_assert_str_eq(f->center, "GTGUA01");
	ck_assert_uint_eq(f->generation, 1);
	ck_assert_int_eq(f->index, 304);
	ck_assert_str_eq(f->number, "GTGUA01-2026-000999-8");
	trial_end(&t);
}
END_TEST

/* --- keys ---------------------------------------------------------------- */

START_TEST(another_centers_key_is_a_proof)
{
	struct realm_center *other;
	struct trial t;

	trial_begin(&t);
	other = realm_add_center(&t.realm, "GTGUA02", "GTM");
	trial_issue(&t, 1, 3);
	chronicle_use_key(t.log, other->key);
	trial_issue(&t, 4, 5);
	trial_publish(&t, "pub");
	chronicle_open(&other->log, T0);
	chronicle_publish(&other->log, "pub", 1, T0);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_KEY_CENTER);
	ck_assert_uint_eq(
	    findings_of_code(&t.audit.findings, FINDING_KEY_CENTER), 1);
	ck_assert_int_eq(must_find(&t, FINDING_KEY_CENTER)->index, 7);
	trial_end(&t);
}
END_TEST

START_TEST(a_key_that_is_not_listed_accuses_nobody)
{
	EVP_PKEY *key = NULL;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	chronicle_use_key(t.log, key);
	trial_issue(&t, 4, 5);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 2);
	EVP_PKEY_free(key);
	trial_end(&t);
}
END_TEST

/* What the root's evidence has was there before the theft. */
START_TEST(evidence_holds_honest_letters)
{
	struct tree_hash root;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	stolen(&t);
	t.center->row.has_evidence = true;
	t.center->row.evidence_size = t.log->size;
	chronicle_root(t.log, t.log->size, &root);
	memcpy(t.center->row.evidence_root, root.at, 32);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	/* another log than the evidence is of */
	t.center->row.evidence_root[0] ^= 1;
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_FORK);
	trial_end(&t);
}
END_TEST

START_TEST(lines_behind_the_logs_end_are_a_question)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	closed_before(&t);
	trial_publish(&t, "pub"); /* the list says 7 lines */
	trial_issue(&t, 4, 5);
	chronicle_publish(t.log, "pub", t.log->size, t.now);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_CLOSED);
	trial_end(&t);
}
END_TEST

/* They are not believed, so what they do is not told of either. */
START_TEST(what_stands_behind_the_end_is_not_judged)
{
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	closed_before(&t);
	trial_publish(&t, "pub");
	chronicle_withdraw(t.log, t.now, 2026, 9, "WITHDRAWN");
	chronicle_issue(t.log, t.now, 7);
	chronicle_publish(t.log, "pub", t.log->size, t.now);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_CLOSED);
	ck_assert_uint_eq(t.audit.centers[0].logs[0].read, 7);
	ck_assert(t.audit.centers[0].whole);
	trial_end(&t);
}
END_TEST

/* --- generations --------------------------------------------------------- */

static void
second_log(struct trial *t, struct chronicle *more)
{
	chronicle_new(more, "GTGUA01", 2, t->center->key);
	t->center->more = more;
	t->center->closed = true;
	chronicle_go_on(more, t->now);
}

START_TEST(numbers_go_on_through_generations)
{
	struct chronicle more;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	second_log(&t, &more);
	chronicle_issue(&more, t.now, 4);
	chronicle_withdraw(&more, t.now, 2026, 2, "WITHDRAWN");
	trial_publish(&t, "pub");
	chronicle_publish(&more, "pub", more.size, t.now);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	ck_assert_uint_eq(t.audit.centers[0].log_count, 2);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

/* The root closed the first log before its center had heard; the second one
 * speaks of what stands behind that end. */
START_TEST(a_closing_that_came_early_is_a_question)
{
	struct chronicle more;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	second_log(&t, &more);
	trial_publish(&t, "pub");
	trial_issue(&t, 4, 5);
	chronicle_publish(t.log, "pub", t.log->size, t.now);
	chronicle_withdraw(&more, t.now, 2026, 4, "WITHDRAWN");
	chronicle_issue(&more, t.now, 6);
	chronicle_publish(&more, "pub", more.size, t.now);
	trial_audit(&t, "pub", NULL);
	must_find(&t, FINDING_CLOSED);
	must_find(&t, FINDING_RENUMBERED);
	ck_assert_int_eq(findings_exit(&t.audit.findings), 1);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

START_TEST(numbers_that_begin_anew_are_a_question)
{
	struct chronicle more;
	struct log_entry e;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	second_log(&t, &more);
	e = trial_other(&t, 1);
	chronicle_add(&more, &e);
	trial_publish(&t, "pub");
	chronicle_publish(&more, "pub", more.size, t.now);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_RENUMBERED);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

/* Without the first log nothing can be said of what it would have explained.
 */
START_TEST(a_missing_log_accuses_nobody)
{
	struct chronicle more;
	struct trial t;

	trial_begin(&t);
	trial_issue(&t, 1, 3);
	second_log(&t, &more);
	chronicle_issue(&more, t.now, 4);
	chronicle_withdraw(&more, t.now, 2026, 2, "WITHDRAWN");
	realm_write_root(&t.realm, "root.crt");
	realm_write_list(&t.realm, "pub");
	chronicle_publish(&more, "pub", more.size, t.now);
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	ck_assert(!t.audit.centers[0].whole);
	chronicle_free(&more);
	trial_end(&t);
}
END_TEST

/* --- what was asked for -------------------------------------------------- */

START_TEST(one_center_of_several)
{
	static const char *const codes[] = { "GTGUA01" };
	static const char *const nobody[] = { "GTGUA09" };
	struct trial t;

	trial_begin(&t);
	realm_add_center(&t.realm, "GTGUA02", "GTM");
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL); /* GTGUA02 has published nothing */
	only(&t, FINDING_UNCHECKED);
	t.options.centers = codes;
	t.options.center_count = 1;
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_COUNT);
	t.options.centers = nobody;
	trial_audit(&t, "pub", NULL);
	only(&t, FINDING_UNCHECKED);
	trial_end(&t);
}
END_TEST

START_TEST(any_number_of_threads_finds_the_same)
{
	unsigned threads[] = { 1, 2, 7 };
	struct trial t;
	size_t i;

	trial_begin(&t);
	for (i = 0; i < 40; i++) {
		trial_issue(&t, (unsigned)i * 10 + 1, (unsigned)i * 10 + 10);
		changed_line(&t);
	}
	trial_publish(&t, "pub");
	for (i = 0; i < 3; i++) {
		t.options.threads = threads[i];
		trial_audit(&t, "pub", NULL);
		only(&t, FINDING_SIGNATURE);
		ck_assert_uint_eq(
		    findings_of_code(&t.audit.findings, FINDING_SIGNATURE), 40);
	}
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("audit");
	TCase *t = tcase_create("audit");

	tcase_add_test(t, an_honest_log_gives_nothing);
	tcase_add_loop_test(t, a_broken_rule_gives_its_finding, 0,
	    sizeof(spoilt) / sizeof(spoilt[0]));
	tcase_add_test(t, a_finding_names_its_line);
	tcase_add_test(t, another_centers_key_is_a_proof);
	tcase_add_test(t, a_key_that_is_not_listed_accuses_nobody);
	tcase_add_test(t, evidence_holds_honest_letters);
	tcase_add_test(t, lines_behind_the_logs_end_are_a_question);
	tcase_add_test(t, what_stands_behind_the_end_is_not_judged);
	tcase_add_test(t, numbers_go_on_through_generations);
	tcase_add_test(t, numbers_that_begin_anew_are_a_question);
	tcase_add_test(t, a_closing_that_came_early_is_a_question);
	tcase_add_test(t, a_missing_log_accuses_nobody);
	tcase_add_test(t, one_center_of_several);
	tcase_add_test(t, any_number_of_threads_finds_the_same);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
