/*
 * ed25519.c - Ed25519 by OpenSSL: ed25519.h.
 */
#include "log/ed25519.h"

#include "base/i18n.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <stdbool.h>

static bool
is_key(EVP_PKEY *key, const uint8_t public[ED25519_KEY_SIZE])
{
	uint8_t raw[ED25519_KEY_SIZE];
	size_t len = sizeof(raw);

	return EVP_PKEY_is_a(key, "ED25519") &&
	    EVP_PKEY_get_raw_public_key(key, raw, &len) == 1 &&
	    len == sizeof(raw) && CRYPTO_memcmp(raw, public, sizeof(raw)) == 0;
}

enum err
ed25519_sign(EVP_PKEY *key, const uint8_t public[ED25519_KEY_SIZE],
    const void *message, size_t len, uint8_t out[ED25519_SIGNATURE_SIZE],
    struct errtext *err)
{
	size_t out_len = ED25519_SIGNATURE_SIZE;
	EVP_MD_CTX *ctx;
	enum err rc = ERR_OK;

	if (!is_key(key, public)) {
		ERR_clear_error();
		return err_set(err, ERR_CONFIG,
		    _("the key does not belong to the name it should sign "
		      "under"));
	}
	ctx = EVP_MD_CTX_new();
	if (ctx == NULL ||
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(ctx, out, &out_len, message, len) != 1 ||
	    out_len != ED25519_SIGNATURE_SIZE)
		rc = err_openssl(err, ERR_INTERNAL, _("signing failed"));
	EVP_MD_CTX_free(ctx);
	return rc;
}

enum err
ed25519_verify(const uint8_t public[ED25519_KEY_SIZE], const void *message,
    size_t len, const uint8_t signature[ED25519_SIGNATURE_SIZE],
    struct errtext *err)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, public, ED25519_KEY_SIZE);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	enum err rc = ERR_OK;

	if (key == NULL || ctx == NULL ||
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) != 1)
		rc = err_openssl(err, ERR_INTERNAL, _("verifying failed"));
	else if (EVP_DigestVerify(
		     ctx, signature, ED25519_SIGNATURE_SIZE, message, len) != 1)
		rc = err_set(err, ERR_SIGNATURE, _("the signature is wrong"));
	ERR_clear_error();
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return rc;
}
