/*
 * cheap.c - keys are stretched with the least work that scrypt knows, and no
 * disk is waited for. Linked into the test programs and preloaded by
 * tests/cli/lib.sh, these take the place of OpenSSL's and libc's own: no
 * program of ours has a setting that makes its keys weak. What it sealed opens
 * only where it is again; the Makefile and the scripts say which tests go
 * without.
 */
#include <dlfcn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <unistd.h>

#define N_LEAST 2

int
EVP_PBE_scrypt(const char *pass, size_t passlen, const unsigned char *salt,
    size_t saltlen, uint64_t N, uint64_t r, uint64_t p, uint64_t maxmem,
    unsigned char *key, size_t keylen)
{
	__typeof__(&EVP_PBE_scrypt) real;

	(void)N, (void)r, (void)p;
	*(void **)&real = dlsym(RTLD_NEXT, "EVP_PBE_scrypt");
	return real(
	    pass, passlen, salt, saltlen, N_LEAST, 1, 1, maxmem, key, keylen);
}

X509_ALGOR *
PKCS5_pbe2_set_scrypt(const EVP_CIPHER *cipher, const unsigned char *salt,
    int saltlen, unsigned char *iv, uint64_t N, uint64_t r, uint64_t p)
{
	__typeof__(&PKCS5_pbe2_set_scrypt) real;

	(void)N, (void)r, (void)p;
	*(void **)&real = dlsym(RTLD_NEXT, "PKCS5_pbe2_set_scrypt");
	return real(cipher, salt, saltlen, iv, N_LEAST, 1, 1);
}

/* Weak: a test that is killed in place of one has its own. */
__attribute__((weak)) int
fsync(int fd)
{
	(void)fd;
	return 0;
}

__attribute__((weak)) int
fdatasync(int fd)
{
	(void)fd;
	return 0;
}
