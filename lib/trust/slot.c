/*
 * slot.c - the wrapping key once for each person, and keys under it: slot.h.
 *
 * Slot, 81 bytes:                      Sealed key:
 *    0  1  format, 0x01                   0  1  format, 0x01
 *    1 32  ephemeral X25519 public key    1 12  nonce
 *   33 32  wrapping key, encrypted       13  n  PKCS#8 DER, encrypted
 *   65 16  tag                              16  tag
 *
 * The slot's cipher key and nonce come out of HKDF-SHA256 (RFC 5869):
 * secret = X25519(ephemeral, person), salt = ephemeral | person's public key,
 * info = "sello-slot/v1" LF, center LF, code LF; 32 bytes of key, 12 of
 * nonce. Bound into the seal: bytes 0 to 32. A sealed key binds
 * "sello-key/v1" LF, name LF, and its format byte.
 */
#include "trust/slot.h"

#include "base/i18n.h"
#include "trust/key_private.h"
#include "trust/seal.h"

#include <openssl/rand.h>

#include <string.h>

#define FORMAT    0x01
#define HEAD_SIZE 33 /* format and ephemeral public key */
#define SLOT_SIZE (HEAD_SIZE + WRAPPING_KEY_SIZE + SEAL_TAG_SIZE)

enum err
slot_new_wrapping_key(struct secret *out, struct errtext *err)
{
	struct secret made = { 0 };

	if (secret_new(&made, WRAPPING_KEY_SIZE) != ERR_OK)
		return err_memory(err);
	if (RAND_priv_bytes(made.at, (int)made.len) != 1) {
		secret_wipe(&made);
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL has no random numbers"));
	}
	*out = made;
	return ERR_OK;
}

/* --- slots ---------------------------------------------------------------- */

/* HKDF to cipher key | nonce. */
static enum err
derive(const struct secret *shared, const uint8_t head[HEAD_SIZE],
    const uint8_t person[32], const char *center, const char *code,
    struct secret *out, struct errtext *err)
{
	struct bytes salt = { 0 }, info = { 0 };
	enum err rc;

	bytes_add(&salt, head + 1, 32);
	bytes_add(&salt, person, 32);
	bytes_addf(&info, "sello-slot/v1\n%s\n%s\n", center, code);
	rc = seal_derive(
	    shared, &salt, &info, SEAL_KEY_SIZE + SEAL_NONCE_SIZE, out, err);
	bytes_free(&salt);
	bytes_free(&info);
	return rc;
}

/* X25519 of a fresh key with the person's; the fresh public key to head. */
static enum err
ephemeral(const uint8_t person[32], uint8_t head[HEAD_SIZE],
    struct secret *shared, struct errtext *err)
{
	EVP_PKEY *mine = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
	EVP_PKEY *other = NULL;
	EVP_PKEY_CTX *ctx = NULL;
	size_t len = 32;
	enum err rc = ERR_OK;

	head[0] = FORMAT;
	if (mine == NULL || key_public_raw(mine, head + 1) != ERR_OK ||
	    key_from_public_raw("X25519", person, &other) != ERR_OK ||
	    secret_new(shared, len) != ERR_OK ||
	    (ctx = EVP_PKEY_CTX_new_from_pkey(NULL, mine, NULL)) == NULL ||
	    EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer(ctx, other) != 1 ||
	    EVP_PKEY_derive(ctx, shared->at, &len) != 1)
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make a key slot"));
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(other);
	EVP_PKEY_free(mine);
	return rc;
}

enum err
slot_close(const struct secret *wrapping_key, const char *center,
    const char *code, const uint8_t slot_key[32], struct bytes *out,
    struct errtext *err)
{
	uint8_t head[HEAD_SIZE];
	struct secret shared = { 0 }, key = { 0 };
	struct bytes bound = { 0 }, made = { 0 };
	enum err rc;

	if ((rc = ephemeral(slot_key, head, &shared, err)) != ERR_OK ||
	    (rc = derive(&shared, head, slot_key, center, code, &key, err)) !=
		ERR_OK)
		goto out;
	bytes_add(&bound, head, HEAD_SIZE);
	bytes_add(&made, head, HEAD_SIZE);
	rc = seal_close(key.at, key.at + SEAL_KEY_SIZE, &bound,
	    wrapping_key->at, wrapping_key->len, &made, err);
	if (rc != ERR_OK)
		goto out;
	bytes_add(out, made.at, made.len);
	if (made.failed || out->failed)
		rc = err_memory(err);
out:
	secret_wipe(&shared);
	secret_wipe(&key);
	bytes_free(&bound);
	bytes_free(&made);
	return rc;
}

enum err
slot_open(const uint8_t *slot, size_t len, const char *center,
    const struct credential *credential, const char *code, struct secret *out,
    struct errtext *err)
{
	struct secret shared = { 0 }, key = { 0 };
	struct bytes bound = { 0 };
	enum err rc;

	if (len != SLOT_SIZE || slot[0] != FORMAT)
		return err_set(
		    err, ERR_DATA, _("the stored key slot is damaged"));
	if ((rc = credential_agree(credential, slot + 1, &shared, err)) !=
		ERR_OK ||
	    (rc = derive(&shared, slot, credential_public_of(credential)->slot,
		 center, code, &key, err)) != ERR_OK)
		goto out;
	bytes_add(&bound, slot, HEAD_SIZE);
	rc = seal_open(key.at, key.at + SEAL_KEY_SIZE, &bound, slot + HEAD_SIZE,
	    len - HEAD_SIZE, out, err);
	if (rc == ERR_REFUSED)
		err_set(err, rc, _("the key slot does not belong to %s"), code);
out:
	secret_wipe(&shared);
	secret_wipe(&key);
	bytes_free(&bound);
	return rc;
}

/* --- keys under the wrapping key ------------------------------------------ */

static void
bind_name(const char *name, struct bytes *out)
{
	bytes_addf(out, "sello-key/v1\n%s\n", name);
	bytes_add_byte(out, FORMAT);
}

enum err
slot_seal_key(const struct secret *wrapping_key, const char *name,
    EVP_PKEY *key, struct bytes *out, struct errtext *err)
{
	uint8_t nonce[SEAL_NONCE_SIZE];
	struct secret der = { 0 };
	struct bytes bound = { 0 }, made = { 0 };
	enum err rc;

	/* 2^32 keys under one wrapping key would be too many, not these few */
	if (RAND_bytes(nonce, sizeof(nonce)) != 1)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL has no random numbers"));
	if ((rc = key_to_der(key, &der)) != ERR_OK) {
		rc = err_openssl(err, rc, _("OpenSSL cannot write the key"));
		goto out;
	}
	bind_name(name, &bound);
	bytes_add_byte(&made, FORMAT);
	bytes_add(&made, nonce, sizeof(nonce));
	rc = seal_close(
	    wrapping_key->at, nonce, &bound, der.at, der.len, &made, err);
	if (rc != ERR_OK)
		goto out;
	bytes_add(out, made.at, made.len);
	if (made.failed || out->failed)
		rc = err_memory(err);
out:
	secret_wipe(&der);
	bytes_free(&bound);
	bytes_free(&made);
	return rc;
}

enum err
slot_unseal_key(const struct secret *wrapping_key, const char *name,
    const uint8_t *sealed, size_t len, EVP_PKEY **out, struct errtext *err)
{
	const size_t head = 1 + SEAL_NONCE_SIZE;
	struct secret der = { 0 };
	struct bytes bound = { 0 };
	EVP_PKEY *key = NULL;
	enum err rc;

	if (len < head + SEAL_TAG_SIZE || sealed[0] != FORMAT)
		return err_set(err, ERR_DATA, _("the stored key is damaged"));
	bind_name(name, &bound);
	rc = seal_open(wrapping_key->at, sealed + 1, &bound, sealed + head,
	    len - head, &der, err);
	if (rc == ERR_REFUSED)
		err_set(err, rc,
		    _("the center's key does not open: another wrapping key, "
		      "or it was changed"));
	if (rc == ERR_OK && (key = key_from_der(&der)) == NULL)
		rc = err_openssl(err, ERR_DATA, _("the stored key is damaged"));
	if (rc == ERR_OK)
		*out = key;
	secret_wipe(&der);
	bytes_free(&bound);
	return rc;
}
