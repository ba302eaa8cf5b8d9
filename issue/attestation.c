/*
 * attestation.c - signed rows of the roster: attestation.h.
 */
#include "issue/attestation.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "letter/sign.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>

static void
add_when(struct bytes *out, const char *what, int64_t at, const char *by)
{
	char text[CLOCK_INSTANT_SIZE];

	if (at != 0 && clock_format(at, text))
		bytes_addf(out, "%s %s %s\n", what, text, by);
	else
		bytes_addf(out, "%s -\n", what);
}

static void
write_row(const char *center, const struct person *person, struct bytes *out)
{
	bytes_addf(out,
	    "sello-person/v1\ncenter %s\nperson %s\nrole %s\nfounding %d\n",
	    center, person->code, people_role_name(person->role),
	    person->founding);
	bytes_add_text(out, "sign ");
	hex_encode(person->keys.sign, sizeof(person->keys.sign), out);
	bytes_add_text(out, "\nslot ");
	hex_encode(person->keys.slot, sizeof(person->keys.slot), out);
	bytes_add_text(out, "\n");
	add_when(out, "added", person->added_at, person->added_by);
	add_when(out, "removed", person->removed_at, person->removed_by);
}

enum err
attestation_make(const char *center, const struct person *person, EVP_PKEY *key,
    uint8_t out[DSIG_SIGNATURE_SIZE], struct errtext *err)
{
	struct bytes row = { 0 };
	enum err rc;

	write_row(center, person, &row);
	if (row.failed)
		rc = err_set(err, ERR_MEMORY, _("out of memory"));
	else
		rc = sign_raw(key, row.at, row.len, out, err);
	bytes_free(&row);
	return rc;
}

/* r|s as the DER that OpenSSL verifies. */
static int
to_der(const uint8_t signature[DSIG_SIGNATURE_SIZE], uint8_t **der)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(signature, DSIG_SIGNATURE_SIZE / 2, NULL);
	BIGNUM *s = BN_bin2bn(
	    signature + DSIG_SIGNATURE_SIZE / 2, DSIG_SIGNATURE_SIZE / 2, NULL);
	int len = -1;

	if (sig != NULL && r != NULL && s != NULL &&
	    ECDSA_SIG_set0(sig, r, s) == 1) {
		r = s = NULL; /* now sig's */
		len = i2d_ECDSA_SIG(sig, der);
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(sig);
	return len;
}

bool
attestation_is_good(const char *center, const struct person *person,
    EVP_PKEY *key, const uint8_t signature[DSIG_SIGNATURE_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct bytes row = { 0 };
	uint8_t *der = NULL;
	bool good;
	int len = to_der(signature, &der);

	write_row(center, person, &row);
	good = ctx != NULL && !row.failed && len > 0 &&
	    EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
	    EVP_DigestVerify(ctx, der, (size_t)len, row.at, row.len) == 1;
	EVP_MD_CTX_free(ctx);
	OPENSSL_free(der);
	bytes_free(&row);
	ERR_clear_error();
	return good;
}
