/*
 * request_center.c - centers' requests: cert.h.
 */
#include "base/i18n.h"
#include "base/plain.h"
#include "trust/cert_parts.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <stdlib.h>

/* The center's key is no person's: one signature would be two. */
static enum err
check_persons(
    const struct trust_roster *roster, EVP_PKEY *key, struct errtext *err)
{
	const struct trust_person *person;
	uint8_t point[PERSON_KEY_SIZE];
	enum err rc;

	if ((rc = trust_roster_check(roster, err)) != ERR_OK)
		return rc;
	if ((rc = person_key_point(key, point)) != ERR_OK)
		return err_set(err, rc, _("the key is not a P-256 key"));
	if ((person = trust_roster_find_key(roster, point)) != NULL)
		return err_set(err, ERR_DATA,
		    _("person %s has the center's own key"), person->code);
	return ERR_OK;
}

static bool
request_add_uris(X509_REQ *req, const struct center_info *info,
    const struct trust_roster *roster)
{
	GENERAL_NAMES *names = parts_center_names(info, roster);
	X509_EXTENSIONS *all = NULL;
	bool good;

	good = names != NULL &&
	    X509V3_add1_i2d(&all, NID_subject_alt_name, names, 0,
		X509V3_ADD_DEFAULT) == 1 &&
	    X509_REQ_add_extensions(req, all) == 1;
	sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
	GENERAL_NAMES_free(names);
	return good;
}

enum err
request_make_center(EVP_PKEY *key, const struct center_info *info,
    const struct trust_roster *roster, struct bytes *pem, struct errtext *err)
{
	X509_REQ *req = NULL;
	BIO *bio = NULL;
	char *text;
	long len;
	enum err rc;

	if ((rc = center_info_check(info, err)) != ERR_OK ||
	    (rc = check_persons(roster, key, err)) != ERR_OK)
		return rc;
	if ((req = X509_REQ_new()) == NULL ||
	    !X509_REQ_set_version(req, X509_REQ_VERSION_1) ||
	    !parts_center_subject(X509_REQ_get_subject_name(req), info) ||
	    !request_add_uris(req, info, roster) ||
	    !X509_REQ_set_pubkey(req, key) ||
	    X509_REQ_sign(req, key, EVP_sha256()) <= 0 ||
	    (bio = BIO_new(BIO_s_mem())) == NULL ||
	    !PEM_write_bio_X509_REQ(bio, req) ||
	    (len = BIO_get_mem_data(bio, &text)) <= 0)
		rc = err_openssl(
		    err, ERR_INTERNAL, _("OpenSSL cannot make the request"));
	else
		bytes_add(pem, text, (size_t)len);
	if (pem->failed)
		rc = err_memory(err);
	BIO_free(bio);
	X509_REQ_free(req);
	return rc;
}

static enum err
read_names(X509_REQ *req, struct center_info *out, struct trust_roster *roster,
    struct errtext *err)
{
	X509_EXTENSIONS *all = X509_REQ_get_extensions(req);
	GENERAL_NAMES *names =
	    X509V3_get_d2i(all, NID_subject_alt_name, NULL, NULL);
	int count = names != NULL ? sk_GENERAL_NAME_num(names) : 0;
	enum err rc;

	roster->persons = calloc((size_t)count + 1, sizeof(roster->persons[0]));
	if (roster->persons == NULL)
		rc = err_memory(err);
	else if ((rc = parts_center_read(X509_REQ_get_subject_name(req), names,
		      out, roster, err)) == ERR_OK)
		rc = check_persons(roster, X509_REQ_get0_pubkey(req), err);
	GENERAL_NAMES_free(names);
	sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
	return rc;
}

static enum err
check_request(X509_REQ *req, struct errtext *err)
{
	if (parts_key(X509_REQ_get_X509_PUBKEY(req)) == NULL)
		return err_set(err, ERR_DATA, _("the key is not a P-256 key"));
	if (X509_REQ_get_signature_nid(req) != NID_ecdsa_with_SHA256 ||
	    X509_REQ_verify(req, X509_REQ_get0_pubkey(req)) != 1) {
		err_openssl(NULL, ERR_SIGNATURE, "");
		return err_set(err, ERR_SIGNATURE,
		    _("the request is not signed by its own key, or was "
		      "changed; ask the center to send it again"));
	}
	return ERR_OK;
}

enum err
request_read_center(const void *pem, size_t len, struct center_info *out,
    struct trust_roster *roster, EVP_PKEY **key, struct errtext *err)
{
	struct trust_roster persons = { 0 };
	struct center_info info = { 0 };
	struct reader text = plain_begin(pem, len).rest;
	X509_REQ *req = NULL;
	BIO *bio;
	enum err rc;

	if (len > CERT_FILE_MAX)
		return err_set(err, ERR_LIMIT, _("too long for a request"));
	if ((bio = BIO_new_mem_buf(text.at, (int)text.left)) != NULL)
		req = PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL);
	BIO_free(bio);
	if (req == NULL) {
		err_openssl(NULL, ERR_DATA, "");
		return err_set(err, ERR_DATA,
		    _("not a certificate request, or a damaged one"));
	}
	if ((rc = check_request(req, err)) == ERR_OK &&
	    (rc = read_names(req, &info, &persons, err)) == ERR_OK) {
		*key = X509_REQ_get_pubkey(req);
		*out = info;
		*roster = persons;
		persons = (struct trust_roster){ 0 };
	}
	trust_roster_free(&persons);
	X509_REQ_free(req);
	return rc;
}
