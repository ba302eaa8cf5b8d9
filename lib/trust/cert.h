/*
 * cert.h - the program's X.509 certificates (RFC 5280) and the centers'
 * certificate requests (PKCS#10, RFC 2986), as docs/trust-list.md shapes them.
 *
 * Errors, where nothing else is said: ERR_INTERNAL where OpenSSL fails, and
 * ERR_MEMORY.
 */
#ifndef TRUST_CERT_H
#define TRUST_CERT_H

#include "base/bytes.h"
#include "base/clock.h"
#include "base/err.h"
#include "letter/dsig.h"
#include "letter/hotline.h"
#include "letter/letter.h"
#include "trust/person.h"

#include <openssl/x509.h>
#include <stdint.h>

#define CERT_FILE_MAX 65536 /* bytes of a certificate or request file */
#define CERT_TEXT_MAX 128   /* characters of a name in a list */
#define CERT_NAME_MAX 64    /* of O in a certificate (RFC 5280, A.1) */

/*
 * cert_text_is_fit - may this stand as a name or label in a certificate or
 * list: 1..max characters of UTF-8 in NFC, no control, format or private
 * character, no space but U+0020, none doubled or at the ends.
 */
bool cert_text_is_fit(const char *text, size_t max);
/* cert_is_program - [A-Z0-9-]{2,16} */
bool cert_is_program(const char *text);

/* What a root certificate says. */
struct root_info {
	char program[17];                 /* CN */
	char name[CERT_TEXT_MAX * 4 + 1]; /* O */
	bool training;                    /* OU "TRAINING" */
	uint8_t fingerprint[32];          /* SHA-256 of the DER */
	char key_name[DSIG_KEY_NAME_SIZE];
	int64_t not_before, not_after;
};

/*
 * cert_make_root - self-signed: CN program, O name, OU TRAINING if so;
 * basicConstraints CA, keyUsage keyCertSign, digitalSignature; 20 years.
 * ERR_DATA for a program or name that a certificate may not have. The caller
 * X509_free()s *out.
 */
enum err cert_make_root(EVP_PKEY *key, const char *program, const char *name,
    bool training, X509 **out, struct errtext *err);

/* cert_read_root - check a root's shape and self-signature. ERR_DATA,
 * ERR_SIGNATURE. */
enum err cert_read_root(X509 *root, struct root_info *out, struct errtext *err);

/* cert_load - one PEM (or DER) certificate from a file; errors as file_read()
 * and cert_parse(). */
enum err cert_load(const char *path, X509 **out, struct errtext *err);
/* cert_parse - the same from bytes; the caller X509_free()s *out. ERR_DATA for
 * anything but one certificate, ERR_LIMIT over CERT_FILE_MAX. */
enum err cert_parse(
    const void *data, size_t len, X509 **out, struct errtext *err);
/* cert_pem, cert_der - append. */
enum err cert_pem(X509 *cert, struct bytes *out);
enum err cert_der(X509 *cert, struct bytes *out);
/* cert_fingerprint - SHA-256 of the DER. */
enum err cert_fingerprint(X509 *cert, uint8_t out[32]);
/*
 * cert_key_name - dsig_key_name() of the certificate's key, from the bytes
 * that stand in it: ten times faster, and a list has thousands.
 */
enum err cert_key_name(X509 *cert, char out[DSIG_KEY_NAME_SIZE]);
/* cert_period - notBefore and notAfter as UTC seconds (RFC 5280, 4.1.2.5). ERR_DATA,
 * also where the end is before the beginning. */
enum err cert_period(X509 *cert, int64_t *not_before, int64_t *not_after);
/* cert_root_rules - may a root of this period sign now? Else ERR_CONFIG, both
 * times, and the way on: a root that was made on a wrong day is made anew. */
enum err cert_root_rules(
    int64_t not_before, int64_t not_after, int64_t now, struct errtext *err);

/* What a center's request and its certificate say about the center. */
struct center_info {
	char center[LETTER_CENTER_SIZE];  /* CN */
	char name[CERT_TEXT_MAX * 4 + 1]; /* O */
	char country[4];                  /* alpha-3, from C and ISO 3166-1 */
	char timezone[65];                /* urn:sello:tz: */
	char hotline[HOTLINE_SIZE];       /* urn:sello:hotline:, or "" */
	uint8_t root[32];                 /* urn:sello:root: */
	uint8_t log_key[32];              /* urn:sello:log: */
	uint8_t cosigner_key[32];         /* urn:sello:cosigner: */
};

/*
 * request_make_center - PEM PKCS#10 with proof of possession.
 *
 *   roster  the persons, urn:sello:person: in the request; since is not in
 *           it. May be empty: a center begins with its founder alone, and it
 *           is the root that asks for more.
 *
 * ERR_DATA for what info or roster may not say (center_info_check(),
 * trust_roster_check()), or a person whose key is the center's own; ERR_LIMIT.
 */
enum err request_make_center(EVP_PKEY *key, const struct center_info *info,
    const struct trust_roster *roster, struct bytes *pem, struct errtext *err);

/*
 * request_read_center - check signature and every field.
 *
 *   roster  out: the persons by code; the caller trust_roster_free()s it
 *   key     out: the caller's
 *
 * ERR_DATA with the field named; ERR_SIGNATURE without possession.
 */
enum err request_read_center(const void *pem, size_t len,
    struct center_info *out, struct trust_roster *roster, EVP_PKEY **key,
    struct errtext *err);

/*
 * cert_make_center - certify a read request: notBefore one day before now,
 * `days` long, never past the root's end; the request's names copied.
 */
enum err cert_make_center(X509 *root, EVP_PKEY *root_key,
    const struct center_info *info, EVP_PKEY *key, int days, int64_t now,
    X509 **out, struct errtext *err);
/* Seconds before its end from which on a certificate is warned about. */
#define CERT_WARN (60 * CLOCK_DAY)

/*
 * cert_renew_center - the same for a key that has a certificate: it begins
 * when the old one did, so that letters issued under that one stay good.
 */
enum err cert_renew_center(X509 *root, EVP_PKEY *root_key,
    const struct center_info *info, X509 *old, int days, int64_t now,
    X509 **out, struct errtext *err);

/* cert_read_center - the names back out of a certificate of ours. */
enum err cert_read_center(
    X509 *cert, struct center_info *out, struct errtext *err);

/*
 * center_info_check - can a request say this? Code, country of the code, name,
 * zone's form, hotline. ERR_DATA with the field named.
 */
enum err center_info_check(const struct center_info *info, struct errtext *err);

/* cert_issued_by - is cert signed by this root (name, signature, usage)? */
bool cert_issued_by(X509 *cert, X509 *root);

/*
 * Post request: three lines of text, signed by both keys as proof of
 * possession; format in docs/trust-list.md.
 */
struct post_info {
	char name[32]; /* "ES-GTGUA/1" */
	uint8_t root[32];
	uint8_t cosigner_key[32];
	uint8_t report_key[32];
};
/* request_make_post - append the request; info gives name and root, the public
 * keys come from the keys. ERR_DATA for another name or other keys than
 * Ed25519. */
enum err request_make_post(const struct post_info *info, EVP_PKEY *cosigner,
    EVP_PKEY *report, struct bytes *out, struct errtext *err);
/* request_read_post - check its form and both signatures; out is written on
 * ERR_OK. ERR_DATA, ERR_SIGNATURE; that its root is ours is for the caller. */
enum err request_read_post(
    const void *text, size_t len, struct post_info *out, struct errtext *err);
/* post_is_name - "ES-GTGUA/1": a consulate and a number from 1 to 999 */
bool post_is_name(const char *name);

/* timezone_is_name - the form of an IANA zone ("America/Guatemala") that
 * exists on this machine's zoneinfo, when that is installed. */
bool timezone_is_name(const char *zone);

#endif
