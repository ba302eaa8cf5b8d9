/*
 * credential.h - one person's own keys: P-256 to sign what the person does,
 * X25519 to open a slot; both sealed under the person's passphrase (scrypt
 * and AES-256-GCM). docs/four-eyes.md.
 *
 * Another passphrase is another credential: who knew the old one and has an
 * old copy of the register holds keys that count for nothing any more.
 *
 * Errors, where nothing else is said: ERR_INTERNAL where OpenSSL fails, and
 * ERR_MEMORY.
 */
#ifndef TRUST_CREDENTIAL_H
#define TRUST_CREDENTIAL_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"
#include "trust/person.h"

#include <openssl/evp.h>
#include <stdint.h>

#define CREDENTIAL_SIGNATURE_SIZE 64

/* Public half: what the register holds about a person. */
struct credential_public {
	uint8_t sign[PERSON_KEY_SIZE]; /* P-256, compressed point */
	uint8_t slot[32];              /* X25519 */
};

/* An opened credential: private, short-lived. */
struct credential;

/*
 * credential_new - make both keys and seal them.
 *
 *   code    the person's pseudonym; bound into the seal, so that a sealed
 *           credential moved to another person's row does not open
 *   sealed  out: appended, safe to store in the register
 *   out     the same, opened
 */
enum err credential_new(const char *code, const struct secret *passphrase,
    struct bytes *sealed, struct credential **out, struct errtext *err);

/* credential_open - ERR_REFUSED for a wrong passphrase or moved credential. */
enum err credential_open(const char *code, const uint8_t *sealed, size_t len,
    const struct secret *passphrase, struct credential **out,
    struct errtext *err);

/* credential_public_of - borrowed from it. */
const struct credential_public *credential_public_of(
    const struct credential *credential);

/*
 * credential_sign, credential_verify - ECDSA with SHA-256 over a message,
 * r | s with low s; the caller puts a context line ("sello-line/v1\n") in
 * front of it. credential_verify says false too of a key that is no point.
 */
enum err credential_sign(const struct credential *credential,
    const void *message, size_t len, uint8_t out[CREDENTIAL_SIGNATURE_SIZE],
    struct errtext *err);
bool credential_verify(const uint8_t sign_key[PERSON_KEY_SIZE],
    const void *message, size_t len,
    const uint8_t signature[CREDENTIAL_SIGNATURE_SIZE]);

/*
 * credential_agree - X25519 between the slot key and a peer's public key:
 * for trust/slot.c, which never sees the private half. ERR_REFUSED for a
 * public key of small order.
 */
enum err credential_agree(const struct credential *credential,
    const uint8_t peer[32], struct secret *shared, struct errtext *err);

/* credential_free - wipe both keys and free; and NULL. */
void credential_free(struct credential **credential);

#endif
