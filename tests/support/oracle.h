/*
 * oracle.h - a second, independent checker of the signature profile: libxml2
 * builds a tree, a walk enforces the policy, xmlC14NExecute gives the bytes,
 * OpenSSL's older interface verifies. Slow and trusting where letter/dsig.c
 * is fast and not; both must agree.
 */
#ifndef TESTS_SUPPORT_ORACLE_H
#define TESTS_SUPPORT_ORACLE_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>

/* oracle_accepts - is it a canonical document with this root and namespace,
 * signed by key in the one allowed way? */
bool oracle_accepts(const void *xml, size_t len, const char *root,
    const char *namespace, EVP_PKEY *key);

/* oracle_canonical - is it its own exclusive canonical form? */
bool oracle_is_canonical(const void *xml, size_t len);

#endif
