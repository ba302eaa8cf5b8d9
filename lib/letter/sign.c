/*
 * sign.c - making signatures: sign.h. Programs that only check do not link
 * this file.
 */
#include "letter/sign.h"

#include "base/i18n.h"
#include "base/sha256.h"
#include "letter/p256.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <string.h>

/* n - s for an s above n / 2: both verify, so one of them is chosen. */
static void
make_low(uint8_t s[32])
{
	unsigned borrow = 0;
	int i;

	if (memcmp(s, p256_half_order, 32) <= 0)
		return;
	for (i = 31; i >= 0; i--) {
		unsigned digit = 256u + p256_order[i] - s[i] - borrow;

		s[i] = (uint8_t)digit;
		borrow = digit < 256;
	}
}

static bool
raw_from_der(const uint8_t *der, size_t len, uint8_t out[DSIG_SIGNATURE_SIZE])
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
	bool done;

	done = sig != NULL &&
	    BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, 32) == 32 &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + 32, 32) == 32;
	if (done)
		make_low(out + 32);
	ECDSA_SIG_free(sig);
	return done;
}

/* A context a signature: one that is kept would keep the private key. */
enum err
sign_raw(EVP_PKEY *key, const void *message, size_t len,
    uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	uint8_t hash[DSIG_DIGEST_SIZE], der[80];
	size_t der_len = sizeof(der);
	enum err rc = ERR_OK;

	sha256(message, len, hash);
	if (ctx == NULL || EVP_PKEY_sign_init(ctx) != 1 ||
	    EVP_PKEY_sign(ctx, der, &der_len, hash, sizeof(hash)) != 1 ||
	    !raw_from_der(der, der_len, out))
		rc = err_openssl(err, ERR_INTERNAL, _("OpenSSL cannot sign"));
	EVP_PKEY_CTX_free(ctx);
	return rc;
}

static enum err
sign_info(const char *id, const uint8_t digest[DSIG_DIGEST_SIZE], EVP_PKEY *key,
    uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err)
{
	struct bytes info = { 0 };
	enum err rc;

	dsig_signed_info(id, digest, &info);
	rc = info.failed ? ERR_MEMORY
			 : sign_raw(key, info.at, info.len, out, err);
	bytes_free(&info);
	return rc;
}

enum err
sign_refused(struct errtext *err)
{
	return err_set(err, ERR_INTERNAL,
	    _("A signature made just now does not verify; nothing was "
	      "written. Test this computer's memory."));
}

enum err
sign_claim(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, struct dsig *sig, uint8_t hash[DSIG_DIGEST_SIZE],
    struct errtext *err)
{
	enum err rc;

	rc = dsig_scan(kind, xml, len, sig, err);
	if (rc == ERR_LIMIT || rc == ERR_PROFILE || rc == ERR_FOREIGN)
		return ERR_DATA;
	if (rc != ERR_OK)
		return rc;
	if (strcmp(sig->id, id) != 0)
		return err_set(err, ERR_DATA,
		    _("The document cannot be signed under this number."));
	return dsig_claim(sig, hash, err) == ERR_OK ? ERR_OK
						    : sign_refused(err);
}

enum err
sign_check(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, EVP_PKEY *key, struct errtext *err)
{
	uint8_t hash[DSIG_DIGEST_SIZE];
	struct dsig sig;
	enum err rc = sign_claim(kind, xml, len, id, &sig, hash, err);

	if (rc == ERR_OK &&
	    dsig_verify_hash(key, hash, sig.signature) != ERR_OK)
		rc = sign_refused(err);
	return rc;
}

enum err
sign_unchecked(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, EVP_PKEY *key, const char *key_name, struct bytes *out,
    struct errtext *err)
{
	uint8_t digest[DSIG_DIGEST_SIZE], signature[DSIG_SIGNATURE_SIZE];
	size_t before = out->len;
	enum err rc;

	sha256(xml, len, digest);
	if ((rc = sign_info(id, digest, key, signature, err)) != ERR_OK)
		return rc;
	rc = dsig_build(kind, xml, len, id, digest, signature, key_name, out);
	if (rc == ERR_OK)
		return ERR_OK;
	out->len = before;
	return err_set(err, err_is_inside(rc) ? rc : ERR_DATA,
	    _("The document to sign has not the form of a %s."), kind->root);
}

enum err
sign_document(const struct dsig_kind *kind, const void *xml, size_t len,
    const char *id, EVP_PKEY *key, struct bytes *out, struct errtext *err)
{
	char key_name[DSIG_KEY_NAME_SIZE];
	struct bytes made = { 0 };
	enum err rc;

	if (dsig_key_name(key, key_name) != ERR_OK)
		return err_openssl(err, ERR_INTERNAL, _("OpenSSL cannot hash"));
	rc = sign_unchecked(kind, xml, len, id, key, key_name, &made, err);
	if (rc == ERR_OK)
		rc = sign_check(kind, made.at, made.len, id, key, err);
	if (rc == ERR_OK) {
		bytes_add(out, made.at, made.len);
		rc = out->failed ? ERR_MEMORY : ERR_OK;
	}
	bytes_free(&made);
	return rc;
}
