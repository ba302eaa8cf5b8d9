/*
 * cert_parts.h - the pieces that certificates and requests are made of, shared
 * by the files of this room that make and read these. A part is accepted only in
 * the one form that we write ourselves.
 */
#ifndef TRUST_CERT_PARTS_H
#define TRUST_CERT_PARTS_H

#include "trust/cert.h"

#include <openssl/x509v3.h>

/* parts_name_add - one attribute of a distinguished name, UTF-8. */
bool parts_name_add(X509_NAME *name, int nid, const char *text);

/*
 * parts_name_get - the attribute's text when it stands there exactly once
 * and fits; false otherwise.
 */
bool parts_name_get(const X509_NAME *name, int nid, char *out, size_t size);

/* parts_key - is this SubjectPublicKeyInfo a P-256 key in the plain form
 * (named curve, uncompressed), whose hash is the key's name? Borrowed. */
EVP_PKEY *parts_key(X509_PUBKEY *pubkey);

/* parts_extension - add one extension by OpenSSL's text form. */
bool parts_extension(X509 *cert, X509 *issuer, int nid, const char *value);

/* parts_serial - 16 random bytes: nobody needs to count certificates. */
bool parts_serial(X509 *cert);

/* parts_period - notBefore and notAfter from UTC seconds. */
bool parts_period(X509 *cert, int64_t not_before, int64_t not_after);

/* parts_zone_is_form - looks like an IANA zone, at most 64 characters */
bool parts_zone_is_form(const char *zone);

/* parts_center_subject - country, name and code; false without memory, or for
 * a country that is none. */
bool parts_center_subject(X509_NAME *name, const struct center_info *info);

/* parts_center_names - the subjectAltName of a center, the caller's; NULL
 * without memory. */
GENERAL_NAMES *parts_center_names(
    const struct center_info *info, const struct trust_roster *roster);

/*
 * parts_center_read - what subject and subjectAltName say of a center, checked.
 *
 *   roster  empty, with room for a person an entry; NULL: none may stand here
 *
 * ERR_DATA; out is untouched then.
 */
enum err parts_center_read(const X509_NAME *subject, const GENERAL_NAMES *names,
    struct center_info *out, struct trust_roster *roster, struct errtext *err);

#endif
