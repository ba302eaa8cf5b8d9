/*
 * login.h - who of the staff has standing, what they may do, and the one way
 * to prove who one is (a passphrase).
 *
 * Role and key of a person are what issue/center/standing.h says: the log's
 * lines once it has begun, before that the rows, whose keys the root has read
 * aloud. A row that disagrees, or whose slot key its own person did not sign,
 * has no standing: every use looks first. docs/register.md has the protocol.
 */
#ifndef ISSUE_CENTER_LOGIN_H
#define ISSUE_CENTER_LOGIN_H

#include "issue/center/center.h"
#include "issue/center/standing.h"
#include "issue/register/people.h"

/*
 * people_find - one row that has standing.
 *
 * ERR_OK (also for a removed person: see removed_at), ERR_NOT_FOUND,
 * ERR_REFUSED when the row has none; what standing_now() returns.
 */
enum err people_find(struct center *center, const char *code,
    struct person *out, struct errtext *err);

/* people_mismatch - what is wrong with a row that has no standing, and the way
 * out, in a sentence; by the last standing_now(). */
const char *people_mismatch(
    const struct center *center, const struct person *row);

/* people_change_first - ERR_REFUSED: the passphrase of `person` must be changed
 * first, and how, beside whom the center's standing asks for. */
enum err people_change_first(
    struct center *center, const struct person *person, struct errtext *err);

/* people_other_role - they have none of these roles: ERR_REFUSED, in words who
 * has. Records nothing. */
enum err people_other_role(
    const struct person *person, unsigned roles, struct errtext *err);

/*
 * people_expect - all of people_login() that can be known before anybody
 * types a passphrase.
 *
 *   out  the row; its keys are not opened
 */
enum err people_expect(struct center *center, const char *code, unsigned roles,
    struct person *out, struct errtext *err);

/*
 * people_login - prove to be a person with one of these roles.
 *
 *   roles       ROLE_BIT(...) | ...
 *   passphrase  as read by secret_passphrase()
 *   out         people_clear() it when done
 *
 * ERR_REFUSED, with a row in the event table, for an unknown or removed
 * person, a wrong passphrase, a role outside the set, a passphrase that must
 * be changed first, a row without standing. Takes the time of one scrypt.
 */
enum err people_login(struct center *center, const char *code,
    const struct secret *passphrase, unsigned roles, struct person *out,
    struct errtext *err);

/* people_each - all rows by code; false stops. attested: it has standing. */
enum err people_each(struct center *center,
    bool (*each)(void *arg, const struct person *person, bool attested),
    void *arg, struct errtext *err);

#endif
