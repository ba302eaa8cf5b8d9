/*
 * slot.h - the center's keys under one random wrapping key, and that
 * wrapping key once for each person who may use it (LUKS-like slots).
 *
 * Slot: ephemeral X25519, HKDF-SHA256 bound to center and person, then
 * AES-256-GCM over the wrapping key. Key: AES-256-GCM over its PKCS#8.
 *
 * Errors, where nothing else is said: ERR_INTERNAL where OpenSSL fails, and
 * ERR_MEMORY.
 */
#ifndef TRUST_SLOT_H
#define TRUST_SLOT_H

#include "trust/credential.h"

#define WRAPPING_KEY_SIZE 32

/* slot_new_wrapping_key - 32 random bytes in secure memory. */
enum err slot_new_wrapping_key(struct secret *out, struct errtext *err);

/* slot_close - append the wrapping key, sealed for one person. */
enum err slot_close(const struct secret *wrapping_key, const char *center,
    const char *code, const uint8_t slot_key[32], struct bytes *out,
    struct errtext *err);

/* slot_open - ERR_REFUSED when the slot is not this person's. */
enum err slot_open(const uint8_t *slot, size_t len, const char *center,
    const struct credential *credential, const char *code, struct secret *out,
    struct errtext *err);

/*
 * slot_seal_key, slot_unseal_key - a private key under the wrapping key.
 *
 *   name  bound in: "sign", "log", "cosigner" and the key id, so that one
 *         sealed key cannot stand in for another
 */
enum err slot_seal_key(const struct secret *wrapping_key, const char *name,
    EVP_PKEY *key, struct bytes *out, struct errtext *err);
enum err slot_unseal_key(const struct secret *wrapping_key, const char *name,
    const uint8_t *sealed, size_t len, EVP_PKEY **out, struct errtext *err);

#endif
