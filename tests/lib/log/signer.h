/*
 * signer.h - Ed25519 keys out of one byte (worth nothing: everybody can make
 * them), with their verifier keys.
 */
#ifndef TESTS_LIB_LOG_SIGNER_H
#define TESTS_LIB_LOG_SIGNER_H

#include "base/vkey.h"

#include <check.h>
#include <openssl/evp.h>
#include <string.h>

#define SIGNER_ORIGIN "RRP-ES/log/GTGUA01/1"

struct signer {
	struct vkey key;
	EVP_PKEY *private;
};

static inline void
signer_make(struct signer *s, const char *name, uint8_t type, uint8_t seed_byte)
{
	uint8_t seed[32], public[32];
	size_t len = sizeof(public);

	memset(seed, seed_byte, sizeof(seed));
	s->private = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, seed, sizeof(seed));
	ck_assert_ptr_nonnull(s->private);
	ck_assert_int_eq(
	    EVP_PKEY_get_raw_public_key(s->private, public, &len), 1);
	ck_assert_int_eq(vkey_make(name, type, public, &s->key), ERR_OK);
}

static inline void
signer_clear(struct signer *s)
{
	EVP_PKEY_free(s->private);
}

#endif
