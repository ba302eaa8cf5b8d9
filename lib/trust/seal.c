/*
 * seal.c - AES-256-GCM: seal.h.
 */
#include "trust/seal.h"

#include "base/i18n.h"

#include <openssl/evp.h>

#include <limits.h>

/* Nothing sealed is longer than a private key; it keeps int casts honest. */
#define SEAL_TEXT_MAX 65536

static enum err
cipher_failed(struct errtext *err)
{
	return err_openssl(
	    err, ERR_INTERNAL, _("OpenSSL cannot use AES-256-GCM"));
}

static bool
encrypt(EVP_CIPHER_CTX *ctx, const uint8_t *key, const uint8_t *nonce,
    const struct bytes *bound, const uint8_t *text, size_t len, uint8_t *to)
{
	int got;

	return EVP_EncryptInit_ex2(ctx, EVP_aes_256_gcm(), key, nonce, NULL) &&
	    EVP_EncryptUpdate(ctx, NULL, &got, bound->at, (int)bound->len) &&
	    EVP_EncryptUpdate(ctx, to, &got, text, (int)len) &&
	    EVP_EncryptFinal_ex(ctx, to + len, &got) &&
	    EVP_CIPHER_CTX_ctrl(
		ctx, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG_SIZE, to + len) == 1;
}

enum err
seal_close(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *text, size_t len, struct bytes *out, struct errtext *err)
{
	EVP_CIPHER_CTX *ctx = NULL;
	struct bytes sealed = { 0 };
	uint8_t *to;
	enum err rc = ERR_OK;

	if (len > SEAL_TEXT_MAX || bound->failed ||
	    (to = bytes_reserve(&sealed, len + SEAL_TAG_SIZE)) == NULL ||
	    (ctx = EVP_CIPHER_CTX_new()) == NULL) {
		rc = err_memory(err);
		goto out;
	}
	if (!encrypt(ctx, key, nonce, bound, text, len, to)) {
		rc = cipher_failed(err);
		goto out;
	}
	bytes_add(out, to, len + SEAL_TAG_SIZE);
	if (out->failed)
		rc = err_memory(err);
out:
	EVP_CIPHER_CTX_free(ctx);
	bytes_free(&sealed);
	return rc;
}

static bool
begin_decrypt(EVP_CIPHER_CTX *ctx, const uint8_t *key, const uint8_t *nonce,
    const struct bytes *bound)
{
	int got;

	return EVP_DecryptInit_ex2(ctx, EVP_aes_256_gcm(), key, nonce, NULL) &&
	    EVP_DecryptUpdate(ctx, NULL, &got, bound->at, (int)bound->len);
}

static bool
decrypt(EVP_CIPHER_CTX *ctx, const uint8_t *sealed, size_t len, uint8_t *to)
{
	uint8_t tag[SEAL_TAG_SIZE];
	size_t i;
	int got;

	for (i = 0; i < SEAL_TAG_SIZE; i++)
		tag[i] = sealed[len + i];
	return EVP_DecryptUpdate(ctx, to, &got, sealed, (int)len) &&
	    EVP_CIPHER_CTX_ctrl(
		ctx, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG_SIZE, tag) == 1 &&
	    EVP_DecryptFinal_ex(ctx, to + len, &got) == 1;
}

enum err
seal_open(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *sealed, size_t len, struct secret *text, struct errtext *err)
{
	EVP_CIPHER_CTX *ctx = NULL;
	struct secret opened = { 0 };
	enum err rc;

	if (len < SEAL_TAG_SIZE || len > SEAL_TEXT_MAX + SEAL_TAG_SIZE)
		return err_set(
		    err, ERR_REFUSED, _("the sealed key is damaged"));
	len -= SEAL_TAG_SIZE;
	if (bound->failed || (ctx = EVP_CIPHER_CTX_new()) == NULL ||
	    secret_new(&opened, len) != ERR_OK) {
		rc = err_memory(err);
		goto out;
	}
	if (!begin_decrypt(ctx, key, nonce, bound)) {
		rc = cipher_failed(err);
		goto out;
	}
	if (!decrypt(ctx, sealed, len, opened.at)) {
		rc = err_openssl(err, ERR_REFUSED,
		    _("wrong passphrase or person, or the sealed key was "
		      "changed"));
		goto out;
	}
	*text = opened;
	opened = (struct secret){ 0 };
	rc = ERR_OK;
out:
	secret_wipe(&opened);
	EVP_CIPHER_CTX_free(ctx);
	return rc;
}
