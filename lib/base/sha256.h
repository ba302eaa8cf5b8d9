/*
 * sha256.h - SHA-256 (FIPS 180-4) that cannot fail.
 *
 * OpenSSL's SHA256() and EVP_Digest() need memory, and leave the result as it
 * was where there is none: a comparison then says "changed", and a key that is
 * derived of it opens nothing. These need none.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32

/* sha256 - of len bytes; data may be NULL where len is 0. */
void sha256(const void *data, size_t len, uint8_t out[SHA256_SIZE]);

/* sha256_of_two - of one behind the other. */
void sha256_of_two(const void *a, size_t a_len, const void *b, size_t b_len,
    uint8_t out[SHA256_SIZE]);

#endif
