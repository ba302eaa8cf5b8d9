/*
 * next_keys.h - the row of the center's next keys, their public halves, from
 * when they are made until the center changes over to them
 * (issue/center/rekey.h).
 *
 * Errors, where nothing else is said, as in issue/register/register.h.
 */
#ifndef ISSUE_REGISTER_NEXT_KEYS_H
#define ISSUE_REGISTER_NEXT_KEYS_H

#include "issue/register/register.h"
#include "letter/dsig.h"

#include <openssl/evp.h>

/* Start as {0}; register_next_keys_clear(). */
struct next_keys {
	bool found; /* false: no keys wait, and nothing else says anything */
	EVP_PKEY *sign;
	char key_name[DSIG_KEY_NAME_SIZE]; /* of sign */
	uint8_t log[32], cosigner[32];
};

/* register_next_keys - the keys that wait. Damaged ones can never be used: as
 * if there were none, so that others can be made. */
enum err register_next_keys(
    struct registry *reg, struct next_keys *out, struct errtext *err);
/* register_next_keys_clear - frees the key; then {0}. */
void register_next_keys_clear(struct next_keys *next);

/* register_set_next_keys - in place of those that waited; within a transaction.
 * Their name is not looked at. */
enum err register_set_next_keys(struct registry *reg,
    const struct next_keys *next, int64_t now, struct errtext *err);
/* register_use_next_keys - the center's row has them from now on, and none
 * wait; within a transaction. */
enum err register_use_next_keys(struct registry *reg, struct errtext *err);

#endif
