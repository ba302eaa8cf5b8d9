#include "tests/support/keys.h"

#include "base/bytes.h"
#include "trust/key_private.h"

#include <check.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtodDi3h4ZE6kGsIL\n"
    "S8oAnONdTJPgCtxpuNagv1ztmM+hRANCAATW0iCA9T5YqVM20/GbVtypvdSGBW6w\n"
    "b9+xBIDvtycPe3SoABAj5KL0dvSUZPR9agfgzbWFEChZ6cO0cFEgeaIF\n"
    "-----END PRIVATE KEY-----\n";
static const char second[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgofO8/ySliZJ8sn1G\n"
    "5hmhwDTFYIhIiIy0+RYr9MItf7ihRANCAAQdfSwlHp7rP1RCQrXIxtitwxgAXmC3\n"
    "RpBwOY/AuiBn0z9h84pUzitFDl8bW4KacOJcXLwSD107CFWjIxihi6jU\n"
    "-----END PRIVATE KEY-----\n";

static EVP_PKEY *
read_pem(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);

	ck_assert_ptr_nonnull(key);
	BIO_free(bio);
	return key;
}

EVP_PKEY *
support_key(void)
{
	return read_pem(first);
}

EVP_PKEY *
support_other_key(void)
{
	return read_pem(second);
}

void
support_write_key(const char *path, EVP_PKEY *key)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert(PEM_write_PKCS8PrivateKey(f, key, NULL, NULL, 0, NULL, NULL));
	ck_assert_int_eq(fclose(f), 0);
}

void
support_write_public(const char *path, EVP_PKEY *key)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert(PEM_write_PUBKEY(f, key));
	ck_assert_int_eq(fclose(f), 0);
}

void
support_write_certificate(const char *path, EVP_PKEY *key)
{
	X509 *x = X509_new();
	X509_NAME *name = X509_get_subject_name(x);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -3600);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_NAME_add_entry_by_txt(
	    name, "CN", MBSTRING_ASC, (const unsigned char *)"TEST", -1, -1, 0);
	X509_set_issuer_name(x, name);
	X509_set_pubkey(x, key);
	ck_assert(X509_sign(x, key, EVP_sha256()) > 0);
	ck_assert(PEM_write_X509(f, x));
	ck_assert_int_eq(fclose(f), 0);
	X509_free(x);
}

/* --- persons ------------------------------------------------------------- */

/* ck_assert() wants a test around it, and make-log is none */
#define MUST(condition)                                 \
	do {                                            \
		if (!(condition))                       \
			ck_abort_msg("%s", #condition); \
	} while (0)

EVP_PKEY *
support_person_key(const char *center, const char *code)
{
	uint8_t scalar[32];
	EVP_PKEY *key = NULL;
	char text[64];
	int len = snprintf(text, sizeof(text), "%s %s of a test", code, center);

	MUST(EVP_Digest(text, (size_t)len, scalar, NULL, EVP_sha256(), NULL) ==
	    1);
	MUST(key_from_p256_scalar(scalar, &key) == ERR_OK);
	return key;
}

struct trust_person
support_person(const char *center, const char *code, char role)
{
	EVP_PKEY *key = support_person_key(center, code);
	struct trust_person person = { .role = role };

	MUST(text_copy(person.code, sizeof(person.code), code));
	MUST(person_key_point(key, person.key) == ERR_OK);
	EVP_PKEY_free(key);
	return person;
}

struct trust_roster
support_roster(const char *center, int64_t since)
{
	struct trust_roster roster = { .since = since, .person_count = 3 };

	roster.persons = calloc(3, sizeof(roster.persons[0]));
	MUST(roster.persons != NULL);
	roster.persons[0] = support_person(center, "AD0001", 'M');
	roster.persons[1] = support_person(center, "AP2003", 'A');
	roster.persons[2] = support_person(center, "OF1007", 'D');
	return roster;
}
