/*
 * Any bytes as a key file, and the right passphrase: what is read is a key, and of
 * the kinds that we keep the same again from its own bytes; what is not leaves
 * nothing behind.
 */
#include "tests/fuzz/mutate.h"
#include "trust/key_private.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_key_file(data, len, max, seed);
}

static void
check_key(enum err rc, EVP_PKEY *key)
{
	struct secret der = { 0 };
	EVP_PKEY *again = NULL;

	if ((rc == ERR_OK) != (key != NULL))
		abort();
	if (key != NULL &&
	    (key_is_p256(key) || EVP_PKEY_is_a(key, "ED25519")) &&
	    (key_to_der(key, &der) != ERR_OK ||
		(again = key_from_der(&der)) == NULL ||
		EVP_PKEY_eq(key, again) != 1))
		abort();
	secret_wipe(&der);
	EVP_PKEY_free(again);
	EVP_PKEY_free(key);
}

/* Any key in PEM. To ask for one is dear in OpenSSL before it sees a byte, so one
 * question an input, by its length with the passphrase or without; and only some of
 * those that were known to be sealed, which are the same ones again. */
static bool
is_asked_plain(enum err rc, size_t len)
{
	return (rc != ERR_OK && rc != ERR_REFUSED) || len % 8 < 2;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct secret *pass = mutate_passphrase();
	int fd = memfd_create("key", MFD_CLOEXEC);
	EVP_PKEY *key = NULL;
	char path[32];
	enum err rc;

	if (fd < 0 || write(fd, data, len) != (ssize_t)len)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rc = key_load(path, pass, &key, NULL);
	check_key(rc, key);
	key = NULL;
	if (is_asked_plain(rc, len)) {
		rc = key_load_plain(
		    path, len % 2 == 0 ? pass : NULL, &key, NULL);
		check_key(rc, key);
	}
	close(fd);
	return 0;
}
