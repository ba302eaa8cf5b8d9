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
	int64_t removed_at;            /* 0: still with us */
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

/* people_each - all rows by code; each returns false to stop. */
enum err people_each(struct registry *reg, const char *center, EVP_PKEY *key,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err);

#endif
