/*
 * keys.h - one fixed P-256 key for tests (worth nothing: it is published
 * here), another one, and certificates over them.
 */
#ifndef TESTS_SUPPORT_KEYS_H
#define TESTS_SUPPORT_KEYS_H

#include <openssl/evp.h>

/* support_key - the fixed key; the caller EVP_PKEY_free()s it. */
EVP_PKEY *support_key(void);

/* support_other_key - a second one. */
EVP_PKEY *support_other_key(void);

/* support_write_key, support_write_public, support_write_certificate - PEM
 * files; the certificate is self-signed and good for a day. */
void support_write_key(const char *path, EVP_PKEY *key);
void support_write_public(const char *path, EVP_PKEY *key);
void support_write_certificate(const char *path, EVP_PKEY *key);

#endif
