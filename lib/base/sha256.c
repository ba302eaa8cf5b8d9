/*
 * sha256.c - sha256.h. OpenSSL's older interface, for the reason that
 * sha256.h gives: its state lies on the stack.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.h"

#include <openssl/sha.h>

void
sha256(const void *data, size_t len, uint8_t out[SHA256_SIZE])
{
	sha256_of_two(data, len, NULL, 0, out);
}

void
sha256_of_two(const void *a, size_t a_len, const void *b, size_t b_len,
    uint8_t out[SHA256_SIZE])
{
	SHA256_CTX sha;

	SHA256_Init(&sha);
	if (a_len > 0)
		SHA256_Update(&sha, a, a_len);
	if (b_len > 0)
		SHA256_Update(&sha, b, b_len);
	SHA256_Final(out, &sha);
}
