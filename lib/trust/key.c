/*
 * key.c - private keys at rest: key.h.
 *
 * PKCS#8 with PBES2, so that `openssl pkey` opens the file without Sello.
 */
#include "trust/key.h"

#include "base/file.h"
#include "base/i18n.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <string.h>

#define KEY_FILE_MAX 16384

/*
 * scrypt at N 2^14, r 8, p 2: the time of N 2^15, p 1. OpenSSL's PKCS#8 code
 * caps scrypt at 32 MiB, which N 2^15 exceeds by its working space; a key
 * that only Sello could open would be no backup.
 */
#define SCRYPT_N 16384
#define SCRYPT_R 8
#define SCRYPT_P 2

enum err
key_new_p256(EVP_PKEY **out, struct errtext *err)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");

	if (key == NULL)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make a P-256 key"));
	*out = key;
	return ERR_OK;
}

enum err
key_new_ed25519(EVP_PKEY **out, struct errtext *err)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

	if (key == NULL)
		return err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make an Ed25519 key"));
	*out = key;
	return ERR_OK;
}

bool
key_is_p256(EVP_PKEY *key)
{
	char group[64];

	return key != NULL && EVP_PKEY_is_a(key, "EC") &&
	    EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
	    strcmp(group, "prime256v1") == 0;
}

/* --- writing -------------------------------------------------------------- */

static X509_SIG *
encrypt(EVP_PKEY *key, const struct secret *passphrase)
{
	PKCS8_PRIV_KEY_INFO *plain = NULL;
	X509_ALGOR *how = NULL;
	X509_SIG *sealed = NULL;

	plain = EVP_PKEY2PKCS8(key);
	how = PKCS5_pbe2_set_scrypt(
	    EVP_aes_256_cbc(), NULL, 16, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
	if (plain == NULL || how == NULL)
		goto out;
	sealed = PKCS8_set0_pbe(
	    (const char *)passphrase->at, (int)passphrase->len, plain, how);
	if (sealed != NULL)
		how = NULL; /* now part of it */
out:
	X509_ALGOR_free(how);
	PKCS8_PRIV_KEY_INFO_free(plain);
	return sealed;
}

enum err
key_store(const char *path, EVP_PKEY *key, const struct secret *passphrase,
    struct errtext *err)
{
	X509_SIG *sealed = NULL;
	BIO *pem = NULL;
	char *text;
	long len;
	enum err rc;

	if (file_exists(path))
		return err_set(err, ERR_EXISTS,
		    _("%s: there is a key already; it is never replaced"),
		    path);
	if ((sealed = encrypt(key, passphrase)) == NULL ||
	    (pem = BIO_new(BIO_s_mem())) == NULL ||
	    !PEM_write_bio_PKCS8(pem, sealed) ||
	    (len = BIO_get_mem_data(pem, &text)) <= 0) {
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot encrypt the key"));
		goto out;
	}
	rc = file_write_new(path, 0600, text, (size_t)len, err);
out:
	BIO_free(pem);
	X509_SIG_free(sealed);
	return rc;
}

/* --- reading -------------------------------------------------------------- */

static enum err
read_pem(const char *path, struct bytes *text, BIO **bio, struct errtext *err)
{
	enum err rc;

	if ((rc = file_read(path, KEY_FILE_MAX, text, err)) != ERR_OK)
		return rc;
	*bio = BIO_new_mem_buf(text->at, (int)text->len);
	if (*bio == NULL)
		return err_memory(err);
	return ERR_OK;
}

static enum err
wrong_passphrase(const char *path, struct errtext *err)
{
	err_set(err, ERR_REFUSED, _("%s: wrong passphrase"), path);
	return err_openssl(NULL, ERR_REFUSED, ""); /* clears the queue */
}

enum err
key_load(const char *path, const struct secret *passphrase, EVP_PKEY **out,
    struct errtext *err)
{
	struct bytes text = { 0 };
	BIO *bio = NULL;
	X509_SIG *sealed = NULL;
	PKCS8_PRIV_KEY_INFO *plain = NULL;
	EVP_PKEY *key = NULL;
	enum err rc;

	if ((rc = read_pem(path, &text, &bio, err)) != ERR_OK)
		goto out;
	sealed = PEM_read_bio_PKCS8(bio, NULL, NULL, NULL);
	if (sealed == NULL) {
		err_openssl(NULL, ERR_DATA, "");
		rc = err_set(err, ERR_DATA,
		    _("%s: not an encrypted private key (PKCS#8 PEM)"), path);
		goto out;
	}
	plain = PKCS8_decrypt(
	    sealed, (const char *)passphrase->at, (int)passphrase->len);
	if (plain == NULL || (key = EVP_PKCS82PKEY(plain)) == NULL) {
		rc = wrong_passphrase(path, err);
		goto out;
	}
	*out = key;
out:
	PKCS8_PRIV_KEY_INFO_free(plain);
	X509_SIG_free(sealed);
	BIO_free(bio);
	bytes_wipe(&text);
	return rc;
}

/* What OpenSSL asks for a passphrase; it must never ask the terminal. */
struct asked {
	const struct secret *passphrase;
	bool was_asked;
};

static int
give_passphrase(char *to, int size, int writing, void *arg)
{
	struct asked *asked = arg;

	(void)writing;
	asked->was_asked = true;
	if (asked->passphrase == NULL || asked->passphrase->len > (size_t)size)
		return -1;
	memcpy(to, asked->passphrase->at, asked->passphrase->len);
	return (int)asked->passphrase->len;
}

enum err
key_load_plain(const char *path, const struct secret *passphrase,
    EVP_PKEY **out, struct errtext *err)
{
	struct bytes text = { 0 };
	struct asked asked = { passphrase, false };
	BIO *bio = NULL;
	EVP_PKEY *key;
	enum err rc;

	if ((rc = read_pem(path, &text, &bio, err)) != ERR_OK)
		goto out;
	key = PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, &asked);
	if (key != NULL) {
		*out = key;
	} else if (asked.was_asked) {
		rc = wrong_passphrase(path, err);
	} else {
		err_openssl(NULL, ERR_DATA, "");
		rc = err_set(
		    err, ERR_DATA, _("%s: not a private key in PEM"), path);
	}
out:
	BIO_free(bio);
	bytes_wipe(&text);
	return rc;
}

/* --- private scalars of P-256 --------------------------------------------- */

enum err
key_p256_scalar(EVP_PKEY *key, uint8_t out[KEY_SCALAR_SIZE])
{
	BIGNUM *scalar = NULL;
	bool good;

	good = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &scalar) ==
		1 &&
	    BN_bn2binpad(scalar, out, KEY_SCALAR_SIZE) == KEY_SCALAR_SIZE;
	BN_clear_free(scalar);
	return good ? ERR_OK : err_openssl(NULL, ERR_INTERNAL, "");
}

/* The public point that goes with a scalar, uncompressed. */
static enum err
multiply(const BIGNUM *scalar, uint8_t out[65])
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
		65, ctx) == 65)
		rc = ERR_OK;
out:
	BN_CTX_free(ctx);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	return rc;
}

static enum err
assemble(const BIGNUM *scalar, const uint8_t point[65], EVP_PKEY **out)
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
		build, OSSL_PKEY_PARAM_PUB_KEY, point, 65) &&
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
	uint8_t point[65];
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

/* --- raw public keys ------------------------------------------------------ */

enum err
key_public_raw(EVP_PKEY *key, uint8_t out[32])
{
	uint8_t raw[32];
	size_t len = sizeof(raw);

	if (EVP_PKEY_get_raw_public_key(key, raw, &len) != 1 ||
	    len != sizeof(raw))
		return err_openssl(NULL, ERR_INTERNAL, "");
	memcpy(out, raw, sizeof(raw));
	return ERR_OK;
}

enum err
key_from_public_raw(const char *type, const uint8_t raw[32], EVP_PKEY **out)
{
	EVP_PKEY *key =
	    EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, raw, 32);

	if (key == NULL)
		return err_openssl(NULL, ERR_INTERNAL, "");
	*out = key;
	return ERR_OK;
}
