/*
 * people.h - the center's staff by pseudonym: who they are to the register,
 * what they may do, and the one way to prove it (a passphrase).
 *
 * Each row of the roster is attested: signed with the center's own P-256 key
 * over code, role, both public keys and the times, because whoever adds or
 * removes a person has a key slot present. A row put in by SQL therefore has
 * no standing: every use checks the attestation first. docs/register.md has
 * the protocol. No names: pseudonyms only.
 */
#ifndef ISSUE_PEOPLE_H
#define ISSUE_PEOPLE_H

#include "letter/dsig.h"
#include "trust/credential.h"
#include "trust/slot.h"

#include <stdbool.h>
#include <stdint.h>

#define PERSON_CODE_SIZE 13 /* [A-Z0-9]{4,12} and NUL */

struct center;   /* issue/center.h */
struct registry; /* issue/register.h */

enum role { ROLE_DRAFTER, ROLE_APPROVER, ROLE_ADMINISTRATOR, ROLE_COUNT };

/* Sets of roles, for who may do something. */
#define ROLE_BIT(role) (1u << (role))
#define ROLE_ANY       ((1u << ROLE_COUNT) - 1)

/* One row of the roster; credential only after people_login(). */
struct person {
	char code[PERSON_CODE_SIZE];
	enum role role;
	bool founding; /* the administrator that init made */
	bool has_slot; /* can open the center's keys */
	struct credential_public keys;
	int64_t added_at;
	char added_by[PERSON_CODE_SIZE];
	int64_t removed_at;                /* 0: still with us */
	char removed_by[PERSON_CODE_SIZE]; /* "" */
	int logged; /* in the log: 0 not yet, 1 joined, 2 left */
	struct credential *credential; /* opened, or NULL */
};

/* people_is_code - [A-Z0-9]{4,12} */
bool people_is_code(const char *text);

/* people_role_name - "drafter"; people_role_find - false for another word. */
const char *people_role_name(enum role role);
bool people_role_find(const char *name, enum role *out);

/*
 * people_find - one row, with its attestation checked.
 *
 *   key  the center's public key: center->key, or better the unsealed one
 *
 * ERR_OK (also for a removed person: see removed_at), ERR_NOT_FOUND,
 * ERR_REFUSED when the row is not attested.
 */
enum err people_find(struct registry *reg, const char *center, EVP_PKEY *key,
    const char *code, struct person *out, struct errtext *err);

/*
 * people_login - prove to be a person with one of these roles.
 *
 *   roles       ROLE_BIT(...) | ...
 *   passphrase  as read by secret_passphrase()
 *   out         people_clear() it when done
 *
 * ERR_REFUSED, with a row in the event table, for an unknown or removed
 * person, a wrong passphrase, a role outside the set, a row that is not
 * attested. Takes the time of one scrypt.
 */
enum err people_login(struct center *center, const char *code,
    const struct secret *passphrase, unsigned roles, struct person *out,
    struct errtext *err);

void people_clear(struct person *person);

/* people_each - all rows by code; false stops. */
enum err people_each(struct registry *reg, const char *center, EVP_PKEY *key,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err);

/*
 * people_add - make a person's credential, attest and store the row, within a
 * transaction.
 *
 *   person  code, role, founding, added_at, added_by; the rest is filled in
 *   key     the center's private signing key, from a keyring
 *
 * ERR_EXISTS when the code was ever used: it never names another person.
 */
enum err people_add(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct secret *passphrase, struct person *person,
    struct errtext *err);

/* people_reserve - a code that the log gave to somebody of whom the register
 * knows nothing more: nobody else gets it. Within a transaction. */
enum err people_reserve(
    struct registry *reg, const char *code, struct errtext *err);

/*
 * people_remove - end a person's part, within a transaction: credential and
 * slot are erased, the row stays, attested anew.
 *
 *   person  from people_find(); removed_at and removed_by set by the caller
 */
enum err people_remove(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct person *person, struct errtext *err);

/* people_attest - attest a row anew with another key of the center, within a
 * transaction; the caller has checked the attestation it had. */
enum err people_attest(struct registry *reg, const char *center, EVP_PKEY *key,
    const struct person *person, struct errtext *err);

/* people_owed - is there anybody whose joining or leaving is not in the log?
 * Asks for no attestation, so that it costs nothing when there is not. */
enum err people_owed(struct registry *reg, bool *out, struct errtext *err);

/* people_set_logged - what of a person is in the log now; within a
 * transaction. */
enum err people_set_logged(
    struct registry *reg, const char *code, int logged, struct errtext *err);

/* people_reseal - another passphrase for a person who is logged in; within a
 * transaction. */
enum err people_reseal(struct registry *reg, const struct person *person,
    const struct secret *passphrase, struct errtext *err);

#endif
