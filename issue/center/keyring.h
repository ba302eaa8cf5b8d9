/*
 * keyring.h - the center's private keys: one random wrapping key seals them
 * all, and each person who may sign has that wrapping key in a slot of their
 * own (trust/slot.h). This file decides who has a slot and when it goes.
 */
#ifndef ISSUE_CENTER_KEYRING_H
#define ISSUE_CENTER_KEYRING_H

#include "base/secret.h"

#include <openssl/evp.h>

struct center;
struct person;
struct registry;
/* What an opened slot gives. Short-lived; keyring_close() wipes. */
struct keyring {
	struct secret wrapping;
	EVP_PKEY *sign;           /* P-256, signs letters and lines */
	EVP_PKEY *log, *cosigner; /* Ed25519, sign the heads of the log */
};

/* The center's three keys as init makes them. */
struct center_keys {
	EVP_PKEY *sign, *log, *cosigner;
};

/*
 * keyring_make - seal new keys under a new wrapping key and store them,
 * within a transaction.
 */
enum err keyring_make(struct registry *reg, const struct center_keys *keys,
    struct keyring *out, struct errtext *err);

/*
 * keyring_open - with the slot of a person who is logged in.
 *
 * ERR_REFUSED when they have none, when it is not theirs, or when the sealed
 * key is not the one the center was set up with.
 */
enum err keyring_open(struct center *center, const struct person *person,
    struct keyring *out, struct errtext *err);

/* keyring_add - seal further keys under the wrapping key, within a
 * transaction. */
enum err keyring_add(struct registry *reg, const struct keyring *ring,
    const struct center_keys *keys, struct errtext *err);

/* keyring_fetch - other keys of the center under the same wrapping key, by
 * their name and public halves; out is a whole keyring. */
enum err keyring_fetch(struct registry *reg, const struct keyring *ring,
    const char *key_name, const uint8_t log[32], const uint8_t cosigner[32],
    struct keyring *out, struct errtext *err);

/* keyring_drop_others - erase all sealed keys but these, within a
 * transaction. */
enum err keyring_drop_others(struct registry *reg, const char *key_name,
    const uint8_t log[32], const uint8_t cosigner[32], struct errtext *err);

/* keyring_give - a slot for a person of the roster, within a transaction. */
enum err keyring_give(struct registry *reg, const char *center,
    const struct keyring *ring, const struct person *person,
    struct errtext *err);

/*
 * keyring_renew - a new wrapping key, all keys sealed anew, a new slot for
 * everybody who has one and may have one; all other slots are erased, those of
 * rows without standing too. Within a transaction.
 *
 * While the center is founded each person may have one, since each writes the
 * request with their own new key; from when the log has begun, approvers and
 * until the first letter the founder. So called when somebody leaves or takes
 * new keys (theirs is erased by then), and when the log begins.
 */
enum err keyring_renew(
    struct center *center, struct keyring *ring, struct errtext *err);

/*
 * keyring_end_founding - erase the founding administrator's slot, within the
 * transaction of the first letter. Harmless when it is gone already. It stays
 * while nobody else has one (a register restored from before there were
 * approvers), or nobody could ever open the keys again.
 */
enum err keyring_end_founding(struct registry *reg, struct errtext *err);

void keyring_close(struct keyring *ring);

#endif
