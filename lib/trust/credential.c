/*
 * credential.c - a person's keys under the person's passphrase: credential.h.
 *
 * A sealed credential, 112 bytes (docs/trust-list.md, four eyes):
 *
 *    0  1  format, 0x02
 *    1  1  log2 of scrypt's N
 *    2  1  scrypt's r
 *    3  1  scrypt's p
 *    4 16  salt
 *   20 12  nonce
 *   32 64  P-256 scalar | X25519 private key, encrypted
 *   96 16  tag
 *
 * Bound into the seal: "sello-credential/v2" LF, code LF, bytes 0 to 31.
 */
#include "trust/credential.h"

#include "base/i18n.h"
#include "letter/dsig.h"
#include "trust/credential_inner.h"
#include "trust/key_private.h"
#include "trust/seal.h"
#include "trust/stretch.h"

#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>

#define FORMAT       0x02
#define SCRYPT_LOG_N 15
#define SCRYPT_R     8
#define SCRYPT_P     1
/* of all that stretch.h allows, and OpenSSL's working space */
#define SCRYPT_MEMORY (256u << 20)

#define HEAD_SIZE   32
#define SALT_AT     4
#define SALT_SIZE   16
#define NONCE_AT    20
#define RAW_SIZE    32
#define SEALED_SIZE (HEAD_SIZE + 2 * RAW_SIZE + SEAL_TAG_SIZE)

/* --- one credential in memory --------------------------------------------- */

/* Keys from raw bytes; takes raw over on success. */
static enum err
from_raw(const char *code, struct secret *raw, struct credential **out,
    struct errtext *err)
{
	struct credential *c = calloc(1, sizeof(*c));
	enum err rc = ERR_OK;

	if (c == NULL || strlen(code) >= sizeof(c->code)) {
		free(c);
		return err_memory(err);
	}
	memcpy(c->code, code, strlen(code) + 1);
	c->slot = key_from_private_raw("X25519", raw->at + RAW_SIZE);
	rc = key_from_p256_scalar(raw->at, &c->sign);
	if (rc == ERR_DATA) {
		err_set(
		    err, rc, _("the stored keys of this person are damaged"));
		goto out;
	}
	if (rc != ERR_OK || c->slot == NULL ||
	    person_key_point(c->sign, c->public.sign) != ERR_OK ||
	    key_public_raw(c->slot, c->public.slot) != ERR_OK) {
		rc = err_openssl(err, ERR_INTERNAL,
		    _("OpenSSL cannot use the person's keys"));
		goto out;
	}
	c->raw = *raw;
	*raw = (struct secret){ 0 };
	*out = c;
	c = NULL;
out:
	credential_free(&c);
	return rc;
}

void
credential_free(struct credential **credential)
{
	struct credential *c = *credential;

	if (c == NULL)
		return;
	EVP_PKEY_free(c->sign);
	EVP_PKEY_free(c->slot);
	secret_wipe(&c->raw);
	free(c);
	*credential = NULL;
}

/* --- the seal ------------------------------------------------------------- */

static void
bind(const char *code, const uint8_t head[HEAD_SIZE], struct bytes *out)
{
	bytes_addf(out, "sello-credential/v2\n%s\n", code);
	bytes_add(out, head, HEAD_SIZE);
}

static enum err
stretch(const struct secret *passphrase, const uint8_t head[HEAD_SIZE],
    struct secret *key, struct errtext *err)
{
	if (secret_new(key, SEAL_KEY_SIZE) != ERR_OK)
		return err_memory(err);
	if (EVP_PBE_scrypt((const char *)passphrase->at, passphrase->len,
		head + SALT_AT, SALT_SIZE, (uint64_t)1 << head[1], head[2],
		head[3], SCRYPT_MEMORY, key->at, key->len) != 1)
		return err_openssl(err, ERR_INTERNAL,
		    _("OpenSSL cannot stretch the passphrase"));
	return ERR_OK;
}

static enum err
seal(const char *code, const struct secret *raw,
    const struct secret *passphrase, struct bytes *sealed, struct errtext *err)
{
	uint8_t head[HEAD_SIZE] = { FORMAT, SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P };
	struct secret key = { 0 };
	struct bytes bound = { 0 }, made = { 0 };
	enum err rc;

	if (RAND_bytes(head + SALT_AT, HEAD_SIZE - SALT_AT) != 1)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL has no random numbers"));
	if ((rc = stretch(passphrase, head, &key, err)) != ERR_OK)
		goto out;
	bind(code, head, &bound);
	bytes_add(&made, head, HEAD_SIZE);
	rc = seal_close(
	    key.at, head + NONCE_AT, &bound, raw->at, raw->len, &made, err);
	if (rc != ERR_OK)
		goto out;
	bytes_add(sealed, made.at, made.len);
	if (made.failed || sealed->failed)
		rc = err_memory(err);
out:
	secret_wipe(&key);
	bytes_free(&bound);
	bytes_free(&made);
	return rc;
}

static bool
head_is_ours(const uint8_t *sealed, size_t len)
{
	return len == SEALED_SIZE && sealed[0] == FORMAT && sealed[1] >= 1 &&
	    sealed[1] < 64 &&
	    stretch_scrypt_is_fit(
		(uint64_t)1 << sealed[1], sealed[2], sealed[3]);
}

/* Both private keys of a new person. */
static enum err
draw(struct secret *raw, struct errtext *err)
{
	EVP_PKEY *sign = NULL;
	enum err rc;

	if (secret_new(raw, 2 * RAW_SIZE) != ERR_OK)
		return err_memory(err);
	if ((rc = key_new_p256(&sign, err)) == ERR_OK &&
	    (key_p256_scalar(sign, raw->at) != ERR_OK ||
		RAND_priv_bytes(raw->at + RAW_SIZE, RAW_SIZE) != 1))
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL has no random numbers"));
	EVP_PKEY_free(sign);
	return rc;
}

enum err
credential_new(const char *code, const struct secret *passphrase,
    struct bytes *sealed, struct credential **out, struct errtext *err)
{
	struct secret raw = { 0 };
	struct credential *c = NULL;
	enum err rc;

	if ((rc = draw(&raw, err)) != ERR_OK ||
	    (rc = from_raw(code, &raw, &c, err)) != ERR_OK ||
	    (rc = seal(code, &c->raw, passphrase, sealed, err)) != ERR_OK)
		goto out;
	*out = c;
	c = NULL;
out:
	credential_free(&c);
	secret_wipe(&raw);
	return rc;
}

enum err
credential_open(const char *code, const uint8_t *sealed, size_t len,
    const struct secret *passphrase, struct credential **out,
    struct errtext *err)
{
	struct secret key = { 0 }, raw = { 0 };
	struct bytes bound = { 0 };
	enum err rc;

	if (!head_is_ours(sealed, len))
		return err_set(err, ERR_DATA,
		    _("the stored keys of this person are damaged"));
	if ((rc = stretch(passphrase, sealed, &key, err)) != ERR_OK)
		goto out;
	bind(code, sealed, &bound);
	rc = seal_open(key.at, sealed + NONCE_AT, &bound, sealed + HEAD_SIZE,
	    len - HEAD_SIZE, &raw, err);
	if (rc == ERR_REFUSED)
		err_set(err, rc, _("wrong passphrase for %s"), code);
	if (rc == ERR_OK)
		rc = from_raw(code, &raw, out, err);
out:
	secret_wipe(&raw);
	secret_wipe(&key);
	bytes_free(&bound);
	return rc;
}

const struct credential_public *
credential_public_of(const struct credential *credential)
{
	return &credential->public;
}

/* --- using it ------------------------------------------------------------- */

bool
credential_verify(const uint8_t sign_key[PERSON_KEY_SIZE], const void *message,
    size_t len, const uint8_t signature[CREDENTIAL_SIGNATURE_SIZE])
{
	EVP_PKEY *key = NULL;
	bool good;

	good = person_key_public(sign_key, &key) == ERR_OK &&
	    dsig_verify_message(key, message, len, signature, NULL) == ERR_OK;
	EVP_PKEY_free(key);
	return good;
}

enum err
credential_agree(const struct credential *credential, const uint8_t peer[32],
    struct secret *shared, struct errtext *err)
{
	EVP_PKEY_CTX *ctx = NULL;
	EVP_PKEY *other = NULL;
	struct secret made = { 0 };
	size_t len = RAW_SIZE;
	enum err rc = ERR_OK;

	if (secret_new(&made, RAW_SIZE) != ERR_OK)
		return err_memory(err);
	if (key_from_public_raw("X25519", peer, &other) != ERR_OK ||
	    (ctx = EVP_PKEY_CTX_new_from_pkey(NULL, credential->slot, NULL)) ==
		NULL ||
	    EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer(ctx, other) != 1 ||
	    EVP_PKEY_derive(ctx, made.at, &len) != 1) {
		rc = err_openssl(err, ERR_REFUSED,
		    _("the key slot does not fit this person"));
		goto out;
	}
	*shared = made;
	made = (struct secret){ 0 };
out:
	secret_wipe(&made);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(other);
	return rc;
}
