/*
 * dsig_verify.c - is the signature good, and which key would have made it:
 * dsig.h.
 */
#include "letter/dsig.h"

#include "base/encode.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "letter/p256.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

/*
 * OpenSSL 3 takes 3 % of a verification to make its context. So each thread
 * keeps one, which holds no state from one call to the next. The context counts
 * as a user of its key, so an equal address is the same key. key NULL: give it
 * up.
 */
static EVP_PKEY_CTX *
verify_context(EVP_PKEY *key)
{
	static _Thread_local EVP_PKEY_CTX *kept;

	if (kept != NULL && EVP_PKEY_CTX_get0_pkey(kept) == key)
		return kept;
	EVP_PKEY_CTX_free(kept);
	kept = NULL;
	if (key == NULL)
		return NULL;
	kept = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	if (kept != NULL && EVP_PKEY_verify_init(kept) == 1)
		return kept;
	EVP_PKEY_CTX_free(kept);
	kept = NULL;
	return NULL;
}

void
dsig_thread_end(void)
{
	(void)verify_context(NULL);
}

void
dsig_digest(const struct dsig *sig, uint8_t out[DSIG_DIGEST_SIZE])
{
	sha256_of_two(sig->xml, sig->start, sig->xml + sig->end,
	    sig->len - sig->end, out);
}

/* One INTEGER of DER, as short as it can be; returns its length. */
static size_t
der_integer(const uint8_t value[32], uint8_t *out)
{
	size_t skip = 0, len, pad;

	while (skip < 31 && value[skip] == 0)
		skip++;
	len = 32 - skip;
	pad = value[skip] >> 7; /* else it would be negative */
	out[0] = 0x02;
	out[1] = (uint8_t)(len + pad);
	out[2] = 0;
	memcpy(out + 2 + pad, value + skip, len);
	return 2 + pad + len;
}

/* ECDSA-Sig-Value (RFC 3279, 2.2.3), which OpenSSL wants, from r | s. */
static size_t
der_signature(const uint8_t raw[DSIG_SIGNATURE_SIZE], uint8_t out[72])
{
	size_t len = 2;

	len += der_integer(raw, out + len);
	len += der_integer(raw + 32, out + len);
	out[0] = 0x30;
	out[1] = (uint8_t)(len - 2);
	return len;
}

/* r or s: 1 to n - 1 */
static bool
is_scalar(const uint8_t value[32])
{
	static const uint8_t zero[32];

	return memcmp(value, zero, sizeof(zero)) != 0 &&
	    memcmp(value, p256_order, sizeof(p256_order)) < 0;
}

/* 1 good, 0 wrong, -1 OpenSSL failed inside */
static int
verify_raw(EVP_PKEY *key, const uint8_t raw[DSIG_SIGNATURE_SIZE],
    const uint8_t hash[DSIG_DIGEST_SIZE])
{
	EVP_PKEY_CTX *ctx = verify_context(key);
	uint8_t der[72];
	size_t len = der_signature(raw, der);
	int got = -1;

	if (ctx != NULL)
		got = EVP_PKEY_verify(ctx, der, len, hash, DSIG_DIGEST_SIZE);
	ERR_clear_error();
	return got;
}

enum err
dsig_verify_hash(EVP_PKEY *key, const uint8_t hash[DSIG_DIGEST_SIZE],
    const uint8_t signature[DSIG_SIGNATURE_SIZE])
{
	int got = 0;

	/* no key makes others, and OpenSSL might call them its own failure */
	if (is_scalar(signature) && is_scalar(signature + 32))
		got = verify_raw(key, signature, hash);
	return got == 1 ? ERR_OK : got == 0 ? ERR_SIGNATURE : ERR_INTERNAL;
}

/* What came of it, in words. */
static enum err
told(enum err rc, struct errtext *err)
{
	if (rc == ERR_SIGNATURE)
		return err_set(err, rc,
		    _("The signature was not made by the key that it names."));
	if (rc != ERR_OK)
		return err_set(err, rc,
		    _("OpenSSL cannot check the signature; this says nothing "
		      "about the file. Try again."));
	return ERR_OK;
}

enum err
dsig_verify_message(EVP_PKEY *key, const void *message, size_t len,
    const uint8_t signature[DSIG_SIGNATURE_SIZE], struct errtext *err)
{
	uint8_t hash[DSIG_DIGEST_SIZE];

	sha256(message, len, hash);
	return told(dsig_verify_hash(key, hash, signature), err);
}

enum err
dsig_claim(
    const struct dsig *sig, uint8_t hash[DSIG_DIGEST_SIZE], struct errtext *err)
{
	uint8_t digest[DSIG_DIGEST_SIZE];
	struct bytes info = { 0 };
	enum err rc = ERR_OK;

	dsig_digest(sig, digest);
	if (memcmp(digest, sig->digest, sizeof(digest)) != 0)
		return err_set(err, ERR_SIGNATURE,
		    _("The text was changed after it was signed."));
	dsig_signed_info(sig->id, digest, &info);
	if (info.failed)
		rc = err_memory(err);
	else
		sha256(info.at, info.len, hash);
	bytes_free(&info);
	return rc;
}

enum err
dsig_verify(const struct dsig *sig, EVP_PKEY *key, struct errtext *err)
{
	uint8_t hash[DSIG_DIGEST_SIZE];
	enum err rc = dsig_claim(sig, hash, err);

	return rc == ERR_OK
	    ? told(dsig_verify_hash(key, hash, sig->signature), err)
	    : rc;
}

/*
 * The SubjectPublicKeyInfo of a P-256 key by hand. Every signature needs the
 * key's name, and OpenSSL's encoder takes longer than the signature itself.
 * Only for a named curve and an uncompressed point, where there is no choice
 * in the encoding; false sends all others to the encoder.
 */
#define SPKI_SIZE 91
static bool
spki_of_p256(EVP_PKEY *key, uint8_t out[SPKI_SIZE])
{
	static const uint8_t head[26] = { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
		0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00 };
	char group[32], encoding[32];
	size_t len = 0;

	memcpy(out, head, sizeof(head));
	return EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME,
		   group, sizeof(group), NULL) == 1 &&
	    strcmp(group, "prime256v1") == 0 &&
	    EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING,
		encoding, sizeof(encoding), NULL) == 1 &&
	    strcmp(encoding, OSSL_PKEY_EC_ENCODING_GROUP) == 0 &&
	    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY,
		out + sizeof(head), SPKI_SIZE - sizeof(head), &len) == 1 &&
	    len == SPKI_SIZE - sizeof(head) && out[sizeof(head)] == 0x04;
}

enum err
dsig_key_name(EVP_PKEY *key, char out[DSIG_KEY_NAME_SIZE])
{
	uint8_t *spki = NULL, digest[DSIG_DIGEST_SIZE];
	uint8_t usual[SPKI_SIZE];
	struct bytes name = { 0 };
	enum err rc = ERR_INTERNAL;
	int len = SPKI_SIZE;

	if (!spki_of_p256(key, usual) && (len = i2d_PUBKEY(key, &spki)) <= 0)
		goto out;
	sha256(spki ? spki : usual, (size_t)len, digest);
	hex_encode(digest, (DSIG_KEY_NAME_SIZE - 1) / 2, &name);
	if (name.failed)
		goto out;
	memcpy(out, name.at, DSIG_KEY_NAME_SIZE);
	rc = ERR_OK;
out:
	bytes_free(&name);
	OPENSSL_free(spki);
	ERR_clear_error();
	return rc;
}
