/*
 * cert.c - root certificates, files and chains: cert.h.
 */
#include "trust/cert.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/plain.h"
#include "base/sha256.h"
#include "trust/cert_parts.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROOT_DAYS (20 * 365 + 5) /* twenty years with their leap days */
#define TRAINING  "TRAINING"

static enum err
openssl_failed(struct errtext *err)
{
	return err_openssl(
	    err, ERR_INTERNAL, _("OpenSSL cannot make the certificate"));
}

/* --- making a root -------------------------------------------------------- */

static bool
fill_root(X509 *cert, EVP_PKEY *key, const char *program, const char *name,
    bool training)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	int64_t begin = clock_now() - CLOCK_DAY;

	return X509_set_version(cert, X509_VERSION_3) && parts_serial(cert) &&
	    parts_name_add(subject, NID_organizationName, name) &&
	    (!training ||
		parts_name_add(
		    subject, NID_organizationalUnitName, TRAINING)) &&
	    parts_name_add(subject, NID_commonName, program) &&
	    X509_set_issuer_name(cert, subject) &&
	    parts_period(cert, begin, begin + ROOT_DAYS * (int64_t)CLOCK_DAY) &&
	    X509_set_pubkey(cert, key) &&
	    parts_extension(
		cert, cert, NID_basic_constraints, "critical,CA:TRUE") &&
	    parts_extension(cert, cert, NID_key_usage,
		"critical,keyCertSign,digitalSignature") &&
	    parts_extension(cert, cert, NID_subject_key_identifier, "hash");
}

enum err
cert_make_root(EVP_PKEY *key, const char *program, const char *name,
    bool training, X509 **out, struct errtext *err)
{
	X509 *cert;

	if (!cert_is_program(program))
		return err_set(err, ERR_DATA,
		    _("a program code has 2 to 16 characters of A-Z, 0-9 and "
		      "hyphen, for example RRP-ES"));
	if (!cert_text_is_fit(name, CERT_NAME_MAX))
		return err_set(err, ERR_DATA,
		    _("the name must have 1 to %d characters, without control "
		      "characters or extra spaces"),
		    CERT_NAME_MAX);
	if ((cert = X509_new()) == NULL ||
	    !fill_root(cert, key, program, name, training) ||
	    X509_sign(cert, key, EVP_sha256()) <= 0) {
		X509_free(cert);
		return openssl_failed(err);
	}
	*out = cert;
	return ERR_OK;
}

/* --- reading a root ------------------------------------------------------- */

static bool
read_root_name(X509 *root, struct root_info *out)
{
	const X509_NAME *subject = X509_get_subject_name(root);
	char unit[sizeof(TRAINING)];

	out->training = X509_NAME_entry_count(subject) == 3;
	if (out->training &&
	    (!parts_name_get(
		 subject, NID_organizationalUnitName, unit, sizeof(unit)) ||
		strcmp(unit, TRAINING) != 0))
		return false;
	return (out->training || X509_NAME_entry_count(subject) == 2) &&
	    parts_name_get(
		subject, NID_commonName, out->program, sizeof(out->program)) &&
	    parts_name_get(
		subject, NID_organizationName, out->name, sizeof(out->name)) &&
	    cert_is_program(out->program) &&
	    cert_text_is_fit(out->name, CERT_NAME_MAX);
}

/* A certificate that may sign others, in our shape. */
static bool
is_root_shaped(X509 *root)
{
	uint32_t flags = X509_get_extension_flags(root);
	uint32_t usage = X509_get_key_usage(root);

	return X509_get_version(root) == X509_VERSION_3 &&
	    (flags & (EXFLAG_INVALID | EXFLAG_CRITICAL)) == 0 &&
	    (flags & EXFLAG_CA) != 0 && (flags & EXFLAG_KUSAGE) != 0 &&
	    (usage & KU_KEY_CERT_SIGN) != 0 &&
	    (usage & KU_DIGITAL_SIGNATURE) != 0 &&
	    parts_key(X509_get_X509_PUBKEY(root)) != NULL;
}

static bool
is_signed_by(X509 *cert, X509 *issuer)
{
	bool good = X509_get_signature_nid(cert) == NID_ecdsa_with_SHA256 &&
	    X509_NAME_cmp(X509_get_issuer_name(cert),
		X509_get_subject_name(issuer)) == 0 &&
	    X509_verify(cert, X509_get0_pubkey(issuer)) == 1;

	if (!good)
		err_openssl(NULL, ERR_SIGNATURE, ""); /* clears the queue */
	return good;
}

enum err
cert_read_root(X509 *root, struct root_info *out, struct errtext *err)
{
	struct root_info info = { 0 };
	enum err rc;

	if (!is_root_shaped(root) || !read_root_name(root, &info))
		return err_set(err, ERR_DATA,
		    _("not the certificate of a program root; ask for the "
		      "file root.crt that sello-keys init wrote"));
	if (!is_signed_by(root, root))
		return err_set(err, ERR_SIGNATURE,
		    _("the root certificate's own signature is wrong"));
	if ((rc = cert_fingerprint(root, info.fingerprint)) != ERR_OK ||
	    (rc = cert_key_name(root, info.key_name)) != ERR_OK ||
	    (rc = cert_period(root, &info.not_before, &info.not_after)) !=
		ERR_OK)
		return rc == ERR_MEMORY
		    ? err_memory(err)
		    : err_set(err, rc,
			  _("OpenSSL cannot read the root certificate"));
	*out = info;
	return ERR_OK;
}

bool
cert_issued_by(X509 *cert, X509 *root)
{
	uint32_t flags = X509_get_extension_flags(cert);

	return is_root_shaped(root) &&
	    (flags & (EXFLAG_INVALID | EXFLAG_CRITICAL | EXFLAG_CA)) == 0 &&
	    (X509_get_key_usage(cert) & KU_DIGITAL_SIGNATURE) != 0 &&
	    X509_check_issued(root, cert) == X509_V_OK &&
	    is_signed_by(cert, root);
}

/* --- files ---------------------------------------------------------------- */

static X509 *
parse_pem(const void *data, size_t len)
{
	struct reader text = plain_begin(data, len).rest;
	BIO *bio = BIO_new_mem_buf(text.at, (int)text.left);
	X509 *cert = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
	X509 *second = cert ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

	if (second != NULL) { /* which one would be meant? */
		X509_free(second);
		X509_free(cert);
		cert = NULL;
	}
	BIO_free(bio);
	return cert;
}

static X509 *
parse_der(const void *data, size_t len)
{
	const unsigned char *at = data;
	X509 *cert = d2i_X509(NULL, &at, (long)len);

	if (cert != NULL && at != (const unsigned char *)data + len) {
		X509_free(cert);
		cert = NULL;
	}
	return cert;
}

enum err
cert_parse(const void *data, size_t len, X509 **out, struct errtext *err)
{
	static const uint8_t sequence = 0x30;
	X509 *cert;

	if (len == 0)
		return err_set(err, ERR_DATA, _("the file is empty"));
	if (len > CERT_FILE_MAX)
		return err_set(err, ERR_LIMIT, _("too long for a certificate"));
	cert = memcmp(data, &sequence, 1) == 0 ? parse_der(data, len)
					       : parse_pem(data, len);
	err_openssl(NULL, ERR_DATA, ""); /* also after the end of a PEM file */
	if (cert == NULL)
		return err_set(
		    err, ERR_DATA, _("not one certificate, or a damaged one"));
	*out = cert;
	return ERR_OK;
}

enum err
cert_load(const char *path, X509 **out, struct errtext *err)
{
	struct bytes data = { 0 };
	enum err rc = file_read(path, CERT_FILE_MAX, &data, err);

	if (rc == ERR_OK &&
	    (rc = cert_parse(data.at, data.len, out, err)) != ERR_OK)
		err_prefix(err, "%s", path);
	bytes_free(&data);
	return rc;
}

enum err
cert_pem(X509 *cert, struct bytes *out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	enum err rc = ERR_OK;
	char *text;
	long len;

	if (bio == NULL || !PEM_write_bio_X509(bio, cert) ||
	    (len = BIO_get_mem_data(bio, &text)) <= 0)
		rc = err_openssl(NULL, ERR_INTERNAL, "");
	else
		bytes_add(out, text, (size_t)len);
	BIO_free(bio);
	return out->failed ? ERR_MEMORY : rc;
}

enum err
cert_der(X509 *cert, struct bytes *out)
{
	unsigned char *der = NULL;
	int len = i2d_X509(cert, &der);

	if (len <= 0)
		return err_openssl(NULL, ERR_INTERNAL, "");
	bytes_add(out, der, (size_t)len);
	OPENSSL_free(der);
	return out->failed ? ERR_MEMORY : ERR_OK;
}

enum err
cert_fingerprint(X509 *cert, uint8_t out[32])
{
	unsigned int len;

	if (X509_digest(cert, EVP_sha256(), out, &len) != 1)
		return err_openssl(NULL, ERR_INTERNAL, "");
	return ERR_OK;
}

enum err
cert_key_name(X509 *cert, char out[DSIG_KEY_NAME_SIZE])
{
	uint8_t hash[SHA256_SIZE];
	unsigned char *der = NULL;
	int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der);

	/* what was read can be written, but for want of memory */
	if (len <= 0)
		return err_openssl(NULL, ERR_MEMORY, "");
	sha256(der, (size_t)len, hash);
	OPENSSL_free(der);
	snprintf(out, DSIG_KEY_NAME_SIZE, "%02x%02x%02x%02x", hash[0], hash[1],
	    hash[2], hash[3]);
	return ERR_OK;
}

static bool
to_seconds(const ASN1_TIME *time, int64_t *out)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	*out = timegm(&tm);
	return true;
}

enum err
cert_period(X509 *cert, int64_t *not_before, int64_t *not_after)
{
	int64_t begin, end;

	if (!to_seconds(X509_get0_notBefore(cert), &begin) ||
	    !to_seconds(X509_get0_notAfter(cert), &end))
		return err_openssl(NULL, ERR_DATA, "");
	if (begin > end)
		return ERR_DATA;
	*not_before = begin;
	*not_after = end;
	return ERR_OK;
}

enum err
cert_root_rules(
    int64_t not_before, int64_t not_after, int64_t now, struct errtext *err)
{
	char from[LOCAL_SIZE] = "", to[LOCAL_SIZE] = "";
	char today[LOCAL_SIZE] = "";

	if (now >= not_before && now < not_after)
		return ERR_OK;
	local_format(not_before, from);
	local_format(not_after, to);
	local_format(now, today);
	return err_set(err, ERR_CONFIG,
	    _("this root signs from %s to %s, but this computer's clock says "
	      "%s. Look at a calendar and set the clock. If it is right, make "
	      "another root in a new folder (sello-keys init), and set up "
	      "every center and post again with its root.crt"),
	    from, to, today);
}
