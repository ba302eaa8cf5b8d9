/*
 * cheap.h - in a test program that includes it, scrypt costs nothing and no
 * disk is waited for: for tests of what keys and files say, many thousand
 * times. These take the place of OpenSSL's and libc's own.
 */
#ifndef TESTS_SUPPORT_CHEAP_H
#define TESTS_SUPPORT_CHEAP_H

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>
#include <unistd.h>

int
EVP_PBE_scrypt(const char *pass, size_t passlen, const unsigned char *salt,
    size_t saltlen, uint64_t N, uint64_t r, uint64_t p, uint64_t maxmem,
    unsigned char *key, size_t keylen)
{
	unsigned char text[512], digest[SHA256_DIGEST_LENGTH];

	(void)N, (void)r, (void)p, (void)maxmem;
	if (passlen + saltlen > sizeof(text) || keylen > sizeof(digest))
		return 0;
	memcpy(text, pass, passlen);
	memcpy(text + passlen, salt, saltlen);
	SHA256(text, passlen + saltlen, digest);
	memcpy(key, digest, keylen);
	return 1;
}

int
fsync(int fd)
{
	(void)fd;
	return 0;
}

int
fdatasync(int fd)
{
	(void)fd;
	return 0;
}

#endif
