/*
 * scarce.h - OpenSSL's memory, of which a test lets one allocation fail: the
 * machine's lack of it, under AddressSanitizer, too. Included by one file of a
 * program, once; its allocator stands from before main() on.
 */
#ifndef TESTS_SUPPORT_SCARCE_H
#define TESTS_SUPPORT_SCARCE_H

#include <check.h>
#include <openssl/crypto.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* how many were asked for since scarce_begin(), and which of them fails */
static struct {
	unsigned long asked, fails;
} scarce;

static bool
scarce_lacks(void)
{
	return ++scarce.asked == scarce.fails;
}

static void *
scarce_malloc(size_t len, const char *file, int line)
{
	(void)file, (void)line;
	return scarce_lacks() ? NULL : malloc(len);
}

static void *
scarce_realloc(void *old, size_t len, const char *file, int line)
{
	(void)file, (void)line;
	if (len == 0) {
		free(old);
		return NULL;
	}
	return scarce_lacks() ? NULL : realloc(old, len);
}

static void
scarce_free(void *at, const char *file, int line)
{
	(void)file, (void)line;
	free(at);
}

__attribute__((constructor)) static void
scarce_install(void)
{
	if (CRYPTO_set_mem_functions(
		scarce_malloc, scarce_realloc, scarce_free) != 1)
		abort();
}

/* scarce_begin - from now on the n-th fails; 0: none does. */
static void
scarce_begin(unsigned long n)
{
	scarce.asked = 0;
	scarce.fails = n;
}

/* scarce_end - none fails any more. Did one, since it began? */
static bool
scarce_end(void)
{
	bool did = scarce.fails > 0 && scarce.asked >= scarce.fails;

	scarce.fails = 0;
	return did;
}

#endif
