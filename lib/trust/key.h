/*
 * key.h - private keys at rest. Only key*.c, credential*.c and slot.c of this
 * room ever see private bytes; everybody else holds an EVP_PKEY.
 *
 * Errors, where nothing else is said: ERR_INTERNAL where OpenSSL fails, and
 * ERR_MEMORY.
 */
#ifndef TRUST_KEY_H
#define TRUST_KEY_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

#include <openssl/evp.h>

#define KEY_FILE_MAX 16384 /* bytes of a key file */

/* key_new_p256, key_new_ed25519 - a fresh key; the caller EVP_PKEY_free()s */
enum err key_new_p256(EVP_PKEY **out, struct errtext *err);
enum err key_new_ed25519(EVP_PKEY **out, struct errtext *err);

/* key_is_p256 - an EC key on exactly P-256 (secp256r1)? */
bool key_is_p256(EVP_PKEY *key);

/* The public point in the compressed form (SEC 1, 2.3.3). */
#define KEY_POINT_SIZE 33

/*
 * key_store - write a private key to path, 0600, PKCS#8 PEM encrypted with
 * scrypt (N 2^14, r 8, p 2) and AES-256-CBC under the passphrase, so that
 * `openssl pkey` opens it too. ERR_EXISTS when the file is already there.
 */
enum err key_store(const char *path, EVP_PKEY *key,
    const struct secret *passphrase, struct errtext *err);

/* key_load - ERR_REFUSED for a wrong passphrase, ERR_DATA for another file. */
enum err key_load(const char *path, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err);

/* key_load_plain - a PEM key, encrypted (passphrase) or not: `init --key`. */
enum err key_load_plain(const char *path, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err);

/* key_public_raw - the 32 raw bytes of an Ed25519 or X25519 public key. */
enum err key_public_raw(EVP_PKEY *key, uint8_t out[32]);
/* key_from_public_raw - the other way; type is "ED25519" or "X25519", the
 * caller EVP_PKEY_free()s *out. */
enum err key_from_public_raw(
    const char *type, const uint8_t raw[32], EVP_PKEY **out);

#endif
