/*
 * staff.h - changing the staff: the rules of four eyes for `officer` and
 * `passphrase`, below the command line.
 *
 * Until a trust list names the center the founding administrator acts alone,
 * and each person changes the own passphrase alone: what counts then is the
 * request that these write anew, with the keys that the root reads aloud. From
 * then on a change is a line of the log with the signatures of two persons
 * (docs/four-eyes.md), in one transaction with the row; what cannot be signed
 * is not done.
 */
#ifndef ISSUE_CENTER_STAFF_H
#define ISSUE_CENTER_STAFF_H

#include "issue/center/act.h"

enum staff_change { STAFF_ADD, STAFF_RESET, STAFF_REMOVE };

/*
 * staff_check - all of staff_open() and of the change that can be known
 * before anybody types a passphrase; `actor` and `second` need not be logged
 * in. What these return.
 */
enum err staff_check(struct act *act, enum staff_change change,
    const char *code, struct errtext *err);

/* staff_check_own - the same before staff_open_own(). */
enum err staff_check_own(struct act *act, struct errtext *err);

/*
 * staff_open - may they change the staff? The actor is an administrator, the
 * second person an approver. Opens the center's keys. ERR_REFUSED, with an
 * event, when somebody else must act or stand beside.
 */
enum err staff_open(struct act *act, struct errtext *err);

/*
 * staff_open_own - may the actor take a new passphrase? Whoever stands
 * beside, one of the two must be able to open the center's keys: ERR_REFUSED
 * names who can. Nor may it be who typed the passphrase that is changed.
 */
enum err staff_open_own(struct act *act, struct errtext *err);

/*
 * staff_add - a new person, who must change the passphrase before anything
 * else.
 *
 *   made  out: the new row, with its keys
 *
 * ERR_EXISTS for a code that is somebody's, ERR_USAGE for what is no code.
 */
enum err staff_add(struct act *act, const char *code, enum role role,
    const struct secret *passphrase, struct person *made, struct errtext *err);

/* staff_role - of who is to get new keys. Errors as staff_reset(). */
enum err staff_role(
    struct act *act, const char *code, enum role *role, struct errtext *err);

/*
 * staff_reset - new keys for a person whose passphrase is lost, who must
 * change it before anything else. ERR_NOT_FOUND; ERR_REFUSED for those who
 * act.
 */
enum err staff_reset(struct act *act, const char *code,
    const struct secret *passphrase, struct person *made, struct errtext *err);

/*
 * staff_remove - end a person's part; a new wrapping key for those who stay.
 *
 *   rekey_due  out: the person could open the center's keys and may have
 *              copied them
 *
 * ERR_NOT_FOUND; ERR_DATA when removed before; ERR_REFUSED for those who act:
 * so the last administrator and the last approver always stay.
 */
enum err staff_remove(
    struct act *act, const char *code, bool *rekey_due, struct errtext *err);

/* staff_look_new - ERR_REFUSED: the actor's new passphrase is the old one, which
 * whoever typed it knows. Takes the time of one scrypt. */
enum err staff_look_new(const struct act *act, const struct secret *passphrase,
    struct errtext *err);

/* staff_own - the actor's new passphrase and keys; after staff_open_own(). */
enum err staff_own(struct act *act, const struct secret *passphrase,
    struct person *made, struct errtext *err);

#endif
