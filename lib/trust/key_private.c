/*
 * key_private.c - private keys as bytes: key_private.h.
 *
 * OpenSSL 3.0 reads and writes PKCS#8 through buffers that it frees as they are:
 * EVP_PKCS82PKEY(), EVP_PKEY2PKCS8() and EVP_PKEY_get_bn_param() leave the key
 * behind, in the heap or on the stack. So these bytes are written and read here;
 * what OpenSSL is given and gives lies in the secure heap. Where a program forgot
 * to look: tests/cli/remembered.sh does.
 */
#include "trust/key_private.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include <string.h>

#define POINT_SIZE 65 /* of P-256, uncompressed */

/* --- P-256 ------------------------------------------------------------------ */

enum err
key_p256_scalar(EVP_PKEY *key, uint8_t out[KEY_SCALAR_SIZE])
{
	BIGNUM *scalar = BN_secure_new();
	struct secret native = { 0 };
	OSSL_PARAM params[2] = { OSSL_PARAM_END, OSSL_PARAM_END };
	bool good = false;

	if (scalar != NULL && secret_new(&native, KEY_SCALAR_SIZE) == ERR_OK) {
		params[0] = OSSL_PARAM_construct_BN(
		    OSSL_PKEY_PARAM_PRIV_KEY, native.at, native.len);
		good = EVP_PKEY_get_params(key, params) == 1 &&
		    OSSL_PARAM_modified(&params[0]) &&
		    OSSL_PARAM_get_BN(&params[0], &scalar) == 1 &&
		    BN_bn2binpad(scalar, out, KEY_SCALAR_SIZE) ==
			KEY_SCALAR_SIZE;
	}
	secret_wipe(&native);
	BN_clear_free(scalar);
	return good ? ERR_OK : err_openssl(NULL, ERR_INTERNAL, "");
}

/* The public point that goes with a scalar, uncompressed. */
static enum err
multiply(const BIGNUM *scalar, uint8_t out[POINT_SIZE])
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *point = group != NULL ? EC_POINT_new(group) : NULL;
	BN_CTX *ctx = BN_CTX_secure_new();
	enum err rc = ERR_INTERNAL;

	if (point == NULL || ctx == NULL)
		goto out;
	if (BN_is_zero(scalar) ||
	    BN_cmp(scalar, EC_GROUP_get0_order(group)) >= 0) {
		rc = ERR_DATA;
		goto out;
	}
	if (EC_POINT_mul(group, point, scalar, NULL, NULL, ctx) == 1 &&
	    EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out,
		POINT_SIZE, ctx) == POINT_SIZE)
		rc = ERR_OK;
out:
	BN_CTX_free(ctx);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	return rc;
}

static enum err
assemble(const BIGNUM *scalar, const uint8_t point[POINT_SIZE], EVP_PKEY **out)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;
	bool good;

	good = build != NULL && ctx != NULL &&
	    OSSL_PARAM_BLD_push_utf8_string(
		build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) &&
	    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, scalar) &&
	    OSSL_PARAM_BLD_push_octet_string(
		build, OSSL_PKEY_PARAM_PUB_KEY, point, POINT_SIZE) &&
	    (params = OSSL_PARAM_BLD_to_param(build)) != NULL &&
	    EVP_PKEY_fromdata_init(ctx) == 1 &&
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params) == 1;
	OSSL_PARAM_free(params); /* wipes what is in secure memory */
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	if (!good)
		return err_openssl(NULL, ERR_INTERNAL, "");
	*out = key;
	return ERR_OK;
}

enum err
key_from_p256_scalar(const uint8_t scalar[KEY_SCALAR_SIZE], EVP_PKEY **out)
{
	BIGNUM *number = BN_secure_new();
	uint8_t point[POINT_SIZE];
	enum err rc = ERR_INTERNAL;

	if (number != NULL &&
	    BN_bin2bn(scalar, KEY_SCALAR_SIZE, number) != NULL) {
		BN_set_flags(number, BN_FLG_CONSTTIME);
		if ((rc = multiply(number, point)) == ERR_OK)
			rc = assemble(number, point, out);
	}
	BN_clear_free(number);
	if (rc != ERR_OK)
		err_openssl(NULL, rc, ""); /* clears the queue */
	return rc;
}

EVP_PKEY *
key_agreeing(EVP_PKEY *key)
{
	struct secret scalar = { 0 };
	EVP_PKEY *own = NULL;
	bool same;

	if (key == NULL || !key_is_p256(key))
		return key;
	same = secret_new(&scalar, KEY_SCALAR_SIZE) == ERR_OK &&
	    key_p256_scalar(key, scalar.at) == ERR_OK &&
	    key_from_p256_scalar(scalar.at, &own) == ERR_OK &&
	    EVP_PKEY_eq(key, own) == 1;
	secret_wipe(&scalar);
	EVP_PKEY_free(same ? key : own);
	if (!same)
		EVP_PKEY_free(key);
	return same ? own : NULL;
}

/* --- Ed25519, X25519 ---------------------------------------------------------- */

EVP_PKEY *
key_from_private_raw(const char *type, const uint8_t raw[KEY_RAW_SIZE])
{
	EVP_PKEY *made = EVP_PKEY_new_raw_private_key_ex(
	    NULL, type, NULL, raw, KEY_RAW_SIZE);
	/* the first has the key in the ordinary heap, its copy in the secure
	 * one; freed it is wiped */
	EVP_PKEY *kept = made != NULL ? EVP_PKEY_dup(made) : NULL;

	EVP_PKEY_free(made);
	return kept;
}

/* --- PKCS#8 (RFC 5208) ---------------------------------------------------------- */

/* ... up to the scalar in the ECPrivateKey (RFC 5915); then the public point */
static const uint8_t p256_head[] = { 0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30,
	0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
	0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b,
	0x02, 0x01, 0x01, 0x04, 0x20 };
static const uint8_t p256_point[] = { 0xa1, 0x44, 0x03, 0x42, 0x00 };
/* ... up to the key (RFC 8410) */
static const uint8_t ed25519_head[] = { 0x30, 0x2e, 0x02, 0x01, 0x00, 0x30,
	0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20 };

static enum err
write_p256(EVP_PKEY *key, struct secret *out)
{
	uint8_t *at;
	size_t len = 0;

	if (secret_new(out,
		sizeof(p256_head) + KEY_SCALAR_SIZE + sizeof(p256_point) +
		    POINT_SIZE) != ERR_OK)
		return ERR_MEMORY;
	at = out->at;
	memcpy(at, p256_head, sizeof(p256_head));
	at += sizeof(p256_head);
	if (key_p256_scalar(key, at) != ERR_OK)
		return ERR_INTERNAL;
	at += KEY_SCALAR_SIZE;
	memcpy(at, p256_point, sizeof(p256_point));
	at += sizeof(p256_point);
	if (EVP_PKEY_get_octet_string_param(
		key, OSSL_PKEY_PARAM_PUB_KEY, at, POINT_SIZE, &len) != 1 ||
	    len != POINT_SIZE)
		return ERR_INTERNAL;
	return ERR_OK;
}

static enum err
write_ed25519(EVP_PKEY *key, struct secret *out)
{
	size_t len = KEY_RAW_SIZE;

	if (secret_new(out, sizeof(ed25519_head) + KEY_RAW_SIZE) != ERR_OK)
		return ERR_MEMORY;
	memcpy(out->at, ed25519_head, sizeof(ed25519_head));
	if (EVP_PKEY_get_raw_private_key(
		key, out->at + sizeof(ed25519_head), &len) != 1 ||
	    len != KEY_RAW_SIZE)
		return ERR_INTERNAL;
	return ERR_OK;
}

enum err
key_to_der(EVP_PKEY *key, struct secret *out)
{
	struct secret made = { 0 };
	enum err rc = ERR_INTERNAL;

	if (key_is_p256(key))
		rc = write_p256(key, &made);
	else if (EVP_PKEY_is_a(key, "ED25519"))
		rc = write_ed25519(key, &made);
	if (rc == ERR_OK) {
		*out = made;
		made = (struct secret){ 0 };
	}
	secret_wipe(&made);
	return rc;
}

PKCS8_PRIV_KEY_INFO *
key_to_pkcs8(EVP_PKEY *key)
{
	PKCS8_PRIV_KEY_INFO *info = NULL;
	struct secret der = { 0 };
	const unsigned char *at;

	if (key_to_der(key, &der) == ERR_OK) {
		at = der.at;
		info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &at, (long)der.len);
	}
	secret_wipe(&der);
	return info;
}

static bool
is_named(const void *object, int nid)
{
	return OBJ_obj2nid(object) == nid;
}

/* What is neither of ours OpenSSL reads, however it does. */
EVP_PKEY *
key_from_pkcs8(const PKCS8_PRIV_KEY_INFO *info)
{
	static const uint8_t scalar_head[] = { 0x02, 0x01, 0x01, 0x04, 0x20 };
	const ASN1_OBJECT *type;
	const X509_ALGOR *how;
	const uint8_t *at;
	const void *curve;
	EVP_PKEY *key = NULL;
	int len, kind;

	if (!PKCS8_pkey_get0(&type, &at, &len, &how, info))
		return NULL;
	X509_ALGOR_get0(NULL, &kind, &curve, how);
	if (is_named(type, NID_ED25519) && len == 2 + KEY_RAW_SIZE &&
	    at[0] == 0x04 && at[1] == KEY_RAW_SIZE)
		return key_from_private_raw("ED25519", at + 2);
	if (is_named(type, NID_X9_62_id_ecPublicKey) && kind == V_ASN1_OBJECT &&
	    is_named(curve, NID_X9_62_prime256v1) &&
	    len >= 2 + (int)sizeof(scalar_head) + KEY_SCALAR_SIZE &&
	    at[0] == 0x30 && at[1] == len - 2 &&
	    memcmp(at + 2, scalar_head, sizeof(scalar_head)) == 0)
		return key_from_p256_scalar(
			   at + 2 + sizeof(scalar_head), &key) == ERR_OK
		    ? key
		    : NULL;
	return key_agreeing(EVP_PKCS82PKEY(info));
}

EVP_PKEY *
key_from_der(const struct secret *der)
{
	const unsigned char *at = der->at;
	PKCS8_PRIV_KEY_INFO *info =
	    d2i_PKCS8_PRIV_KEY_INFO(NULL, &at, (long)der->len);
	EVP_PKEY *key = NULL;

	if (info != NULL && at == der->at + der->len)
		key = key_from_pkcs8(info);
	PKCS8_PRIV_KEY_INFO_free(info);
	return key;
}
