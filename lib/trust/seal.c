/*
 * seal.c - AES-256-GCM: seal.h.
 */
#include "trust/seal.h"

#include "base/i18n.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

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

static enum err
check_length(size_t len, struct errtext *err)
{
	return len >= SEAL_TAG_SIZE && len <= SEAL_TEXT_MAX + SEAL_TAG_SIZE
	    ? ERR_OK
	    : err_set(err, ERR_REFUSED, _("the sealed key is damaged"));
}

enum err
seal_open_to(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *sealed, size_t len, uint8_t *to, struct errtext *err)
{
	EVP_CIPHER_CTX *ctx = NULL;
	enum err rc = check_length(len, err);

	if (rc != ERR_OK)
		return rc;
	len -= SEAL_TAG_SIZE;
	if (bound->failed || (ctx = EVP_CIPHER_CTX_new()) == NULL)
		rc = err_memory(err);
	else if (!begin_decrypt(ctx, key, nonce, bound))
		rc = cipher_failed(err);
	else if (!decrypt(ctx, sealed, len, to))
		rc = err_openssl(err, ERR_REFUSED,
		    _("wrong passphrase or person, or the sealed key was "
		      "changed"));
	if (rc != ERR_OK)
		OPENSSL_cleanse(to, len);
	EVP_CIPHER_CTX_free(ctx);
	return rc;
}

enum err
seal_open(const uint8_t key[SEAL_KEY_SIZE],
    const uint8_t nonce[SEAL_NONCE_SIZE], const struct bytes *bound,
    const uint8_t *sealed, size_t len, struct secret *text, struct errtext *err)
{
	struct secret opened = { 0 };
	enum err rc = check_length(len, err);

	if (rc != ERR_OK)
		return rc;
	if (secret_new(&opened, len - SEAL_TAG_SIZE) != ERR_OK)
		return err_memory(err);
	rc = seal_open_to(key, nonce, bound, sealed, len, opened.at, err);
	if (rc == ERR_OK) {
		*text = opened;
		opened = (struct secret){ 0 };
	}
	secret_wipe(&opened);
	return rc;
}

enum err
seal_derive(const struct secret *from, const struct bytes *salt,
    const struct bytes *info, size_t len, struct secret *out,
    struct errtext *err)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
	char sha256[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_KDF_PARAM_DIGEST, sha256, 0),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_KEY, from->at, from->len),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_SALT, salt->at, salt->len),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_INFO, info->at, info->len),
		OSSL_PARAM_construct_end(),
	};
	struct secret made = { 0 };
	enum err rc = ERR_OK;

	if (ctx == NULL || salt->failed || info->failed ||
	    secret_new(&made, len) != ERR_OK)
		rc = err_memory(err);
	else if (EVP_KDF_derive(ctx, made.at, made.len, params) != 1)
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot use HKDF"));
	if (rc == ERR_OK) {
		*out = made;
		made = (struct secret){ 0 };
	}
	secret_wipe(&made);
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
	return rc;
}
