/*
 * keys.h - fixed P-256 keys for tests (worth nothing: they are published
 * here), certificates over them, and the persons of a center.
 */
#ifndef TESTS_SUPPORT_KEYS_H
#define TESTS_SUPPORT_KEYS_H

#include "trust/person.h"

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

/*
 * support_person_key - the private key of a person at a center, always the
 * same; any code has one. The caller EVP_PKEY_free()s it.
 *
 * support_person - that person's public side.
 *
 * support_roster - AD0001 (ADMIN), AP2003 (APPROVER), OF1007 (DRAFTER) of a
 * center, as its first roster; trust_roster_free() it.
 */
EVP_PKEY *support_person_key(const char *center, const char *code);
struct trust_person support_person(
    const char *center, const char *code, char role);
struct trust_roster support_roster(const char *center, int64_t since);

#endif
