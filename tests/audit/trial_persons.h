/*
 * trial_persons.h - lines of persons, good and not, and audits of them: what
 * test_pass.c and test_persons.c share.
 */
#ifndef TESTS_AUDIT_TRIAL_PERSONS_H
#define TESTS_AUDIT_TRIAL_PERSONS_H

#include "base/policy.h"
#include "tests/audit/trial.h"
#include "trust/key.h"

static inline EVP_PKEY *
fresh_key(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	return key;
}

/* From now on somebody else signs for this person, whose key has not changed.
 */
static inline void
forge(struct trial *t, const char *code)
{
	EVP_PKEY *key = fresh_key();

	chronicle_set_person(t->log, code, key);
	EVP_PKEY_free(key);
}

static inline struct log_entry
act(const struct trial *t, enum entry_kind kind, const char *officer,
    const char *approver)
{
	struct log_entry e = { .time = t->now, .kind = kind };

	strcpy(e.officer, officer);
	strcpy(e.approver, approver);
	return e;
}

/* A staff line with the key that the person signs with. */
static inline struct log_entry
staff(const struct trial *t, const char *code, const char *reason,
    const char *officer, const char *approver)
{
	struct log_entry e = act(t, ENTRY_STAFF, officer, approver);

	strcpy(e.ref, code);
	strcpy(e.reason, reason);
	return e;
}

static inline void
add(struct trial *t, struct log_entry e)
{
	chronicle_add(t->log, &e);
}

static inline void
no_approver(struct trial *t)
{
	forge(t, CHRONICLE_APPROVER);
	chronicle_issue(t->log, t->now, 4);
}

static inline void
key_alone(struct trial *t)
{
	EVP_PKEY *key = fresh_key();

	chronicle_key(
	    t->log, t->now, CHRONICLE_APPROVER, key, CHRONICLE_APPROVER, "");
	EVP_PKEY_free(key);
}

/* A new passphrase with a witness. */
static inline void
new_passphrase(struct trial *t, int64_t time, const char *code)
{
	EVP_PKEY *key = fresh_key();

	chronicle_key(t->log, time, code, key, code,
	    strcmp(code, CHRONICLE_DRAFTER) == 0 ? CHRONICLE_APPROVER
						 : CHRONICLE_DRAFTER);
	EVP_PKEY_free(key);
}

/* The list is newer than the lines: no other can explain them. */
static inline void
audit_late(struct trial *t)
{
	t->realm.at = t->now + 2 * POLICY_SLACK;
	trial_publish(t, "pub");
	trial_audit(t, "pub", NULL);
}

static inline void
honest(struct trial *t)
{
	audit_late(t);
	only(t, FINDING_COUNT);
	ck_assert_int_eq(findings_exit(&t->audit.findings), 0);
}

#endif
