/*
 * people.h - the center's staff by pseudonym, as rows of the register. A row
 * says nothing by itself: who has standing, and who may act, says
 * issue/center/login.h. No names: pseudonyms only.
 *
 * Errors, where nothing else is said, as in issue/register/register.h; of what
 * makes or opens keys also those of trust/credential.h.
 */
#ifndef ISSUE_REGISTER_PEOPLE_H
#define ISSUE_REGISTER_PEOPLE_H

#include "base/secret.h"
#include "trust/credential.h"
#include "trust/person.h"

#include <stdbool.h>
#include <stdint.h>

struct registry;  /* issue/register/register.h */
struct log_entry; /* log/entry.h */

enum role { ROLE_DRAFTER, ROLE_APPROVER, ROLE_ADMINISTRATOR, ROLE_COUNT };

/* Sets of roles, for who may do something. */
#define ROLE_BIT(role) (1u << (role))
#define ROLE_ANY       ((1u << ROLE_COUNT) - 1)
/* With these: also who has not yet changed a passphrase that somebody else
 * typed; for changing it, and for nothing else. */
#define ROLE_UNCHANGED (1u << ROLE_COUNT)

/* One row of the roster; credential only after people_login()
 * (issue/center/login.h).
 */
struct person {
	char code[PERSON_CODE_SIZE];
	enum role role;
	bool founding;    /* the administrator that init made */
	bool has_slot;    /* can open the center's keys */
	bool must_change; /* somebody else typed the passphrase */
	/* who, as the log says; "": nobody, or not by a line of it */
	char giver[PERSON_CODE_SIZE];
	bool has_keys; /* false: known from the log alone */
	struct credential_public keys;
	int64_t added_at; /* these four are for people to read */
	char added_by[PERSON_CODE_SIZE];
	int64_t removed_at;                /* 0: still with us */
	char removed_by[PERSON_CODE_SIZE]; /* "" */
	struct credential *credential;     /* opened, or NULL */
};

/* people_role_name - "drafter"; people_role_find - false for another word. */
const char *people_role_name(enum role role);
bool people_role_find(const char *name, enum role *out);
/* people_role_letter - 'D', as trust/person.h has it; people_role_of - the
 * other way, false for another letter. */
char people_role_letter(enum role role);
bool people_role_of(char letter, enum role *out);

/* people_code_rule - what person_is_code() wants, in the user's language, for
 * who typed a name. */
const char *people_code_rule(void);

/* people_clear - frees (and wipes) the credential; then all 0. */
void people_clear(struct person *person);

/*
 * people_rows - rows by code; false stops.
 *
 *   center  the center's code
 *   code    that row alone, or NULL: all
 *   own     the row is whole, and its slot key is its own person's: signed by
 *           them, or nothing is sealed for it. Whether the row has standing is
 *           another matter (issue/center/login.h); person is all 0 where it is
 * not even a row of ours
 */
enum err people_rows(struct registry *reg, const char *center, const char *code,
    bool (*each)(void *arg, const struct person *person, bool own), void *arg,
    struct errtext *err);

/*
 * people_present - who has not left, by code, with the key of their row; what
 * each() returns stops. Whether the row is whole is not looked at.
 */
enum err people_present(struct registry *reg,
    enum err (*each)(
	void *arg, const struct trust_person *person, struct errtext *err),
    void *arg, struct errtext *err);
/* people_is_present - is there a row of this person with this key, and have
 * they not left? */
enum err people_is_present(struct registry *reg,
    const struct trust_person *person, bool *is, struct errtext *err);

/*
 * people_add - make a person's keys and store the row, within a transaction;
 * in place of one of somebody who left.
 *
 *   center  the center's code
 *   person  code, which nobody has now, role, founding, must_change,
 *           added_at, added_by; keys are filled in
 */
enum err people_add(struct registry *reg, const char *center,
    const struct secret *passphrase, struct person *person,
    struct errtext *err);

/*
 * people_new_keys - another passphrase, and so other keys, for a person who
 * has a row; within a transaction. The slot goes: keyring_give().
 *
 *   person  code and must_change; keys are filled in
 */
enum err people_new_keys(struct registry *reg, const char *center,
    const struct secret *passphrase, struct person *person,
    struct errtext *err);

/* people_sealed - what is sealed for them now, for credential_open(); nothing
 * is added where there is no such row. */
enum err people_sealed(struct registry *reg, const char *code,
    struct bytes *sealed, struct errtext *err);

/* people_opens - does this passphrase open what is sealed for them now? Then
 * it is no new one. Takes the time of one scrypt; errors of the register. */
enum err people_opens(struct registry *reg, const char *code,
    const struct secret *passphrase, bool *out, struct errtext *err);

/*
 * people_remove - end a person's part, within a transaction: sealed keys and
 * slot are erased, the row stays.
 *
 *   person  code; removed_at and removed_by set by the caller
 */
enum err people_remove(
    struct registry *reg, const struct person *person, struct errtext *err);

/*
 * people_follow - make the row fit a staff line that another copy of the log
 * had, within a transaction: who left is removed, who came gets a row without
 * sealed keys, and keys that are not the line's are erased (officer reset
 * gives new ones).
 *
 *   keep  a row with this key stays as it is: the root has read it aloud since.
 *         NULL: none does
 */
enum err people_follow(struct registry *reg, const struct log_entry *line,
    const uint8_t *keep, struct errtext *err);

#endif
