/*
 * key_private.h - private keys as bytes, for key.c, credential.c and slot.c:
 * inside the trust room only. Bytes and keys lie in the secure heap; of what
 * OpenSSL needs besides nothing stays.
 */
#ifndef TRUST_KEY_PRIVATE_H
#define TRUST_KEY_PRIVATE_H

#include "trust/key.h"

#include <openssl/x509.h>

#define KEY_SCALAR_SIZE 32 /* of P-256, big-endian */
#define KEY_RAW_SIZE    32 /* of Ed25519 and X25519 (RFC 8032, RFC 7748) */

/* key_p256_scalar - the private scalar, to be sealed. */
enum err key_p256_scalar(EVP_PKEY *key, uint8_t out[KEY_SCALAR_SIZE]);
/* key_from_p256_scalar - the whole key; ERR_DATA for 0 or a value not below
 * the curve's order. */
enum err key_from_p256_scalar(
    const uint8_t scalar[KEY_SCALAR_SIZE], EVP_PKEY **out);

/*
 * key_agreeing - a key that OpenSSL read, whose P-256 point it took from the file
 * as it stood: the same made anew of its scalar, or NULL where the point is
 * another's. What such a key signs, nobody verifies. Takes key over; NULL gives
 * NULL.
 */
EVP_PKEY *key_agreeing(EVP_PKEY *key);

/* key_from_private_raw - type is "ED25519" or "X25519"; NULL where OpenSSL
 * fails. */
EVP_PKEY *key_from_private_raw(
    const char *type, const uint8_t raw[KEY_RAW_SIZE]);

/*
 * key_to_der - PKCS#8 of a key on P-256 or Ed25519, as OpenSSL writes it: 138
 * or 48 bytes. ERR_INTERNAL for another one.
 */
enum err key_to_der(EVP_PKEY *key, struct secret *out);
/* key_from_der - the other way; NULL where it is none. */
EVP_PKEY *key_from_der(const struct secret *der);

/* key_to_pkcs8, key_from_pkcs8 - the same as OpenSSL has it, which wipes it
 * when it is freed; NULL where it fails. */
PKCS8_PRIV_KEY_INFO *key_to_pkcs8(EVP_PKEY *key);
EVP_PKEY *key_from_pkcs8(const PKCS8_PRIV_KEY_INFO *info);

#endif
