/*
 * cert_center.c - what a center says about itself, and its certificate: cert.h;
 * its request: request_center.c.
 *
 * What a center says about itself stands in the subject (C, O, CN) and in
 * subjectAltName URIs of our own (urn:sello:...), in the request and, copied,
 * in the certificate, so that openssl shows all of it. The persons stand in
 * the request alone: the list says who they are.
 */
#include "base/clock.h"
#include "base/encode.h"
#include "base/i18n.h"
#include "base/plain.h"
#include "letter/code.h"
#include "letter/number.h"
#include "trust/cert_parts.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define URI_MAX       128                 /* bytes of one URI */
#define PERSON_PREFIX "urn:sello:person:" /* CODE:ROLE:HEX */

enum uri_kind { URI_HEX32, URI_TEXT };

/* One row a URI, in the order written. */
static const struct uri {
	const char *prefix;
	enum uri_kind kind;
	size_t offset, size;
	bool required;
} uris[] = {
	{ "urn:sello:root:", URI_HEX32, offsetof(struct center_info, root), 32,
	    true },
	{ "urn:sello:log:", URI_HEX32, offsetof(struct center_info, log_key),
	    32, true },
	{ "urn:sello:cosigner:", URI_HEX32,
	    offsetof(struct center_info, cosigner_key), 32, true },
	{ "urn:sello:tz:", URI_TEXT, offsetof(struct center_info, timezone),
	    sizeof(((struct center_info *)0)->timezone), true },
	{ "urn:sello:hotline:", URI_TEXT, offsetof(struct center_info, hotline),
	    sizeof(((struct center_info *)0)->hotline), false },
};
#define URI_COUNT (sizeof(uris) / sizeof(uris[0]))

/* --- what a center may say ------------------------------------------------ */

static bool
hotline_is_form(const char *hotline)
{
	const char *digits = hotline + (hotline[0] == '+');
	size_t len = strspn(digits, "0123456789-");

	return len >= 3 && len <= 24 && digits[0] != '-' &&
	    digits[len - 1] != '-' &&
	    (digits[len] == '\0' || strcmp(digits + len, HOTLINE_FREE) == 0);
}

enum err
center_info_check(const struct center_info *info, struct errtext *err)
{
	const struct country *country = country_find(info->country);

	if (!center_is_code(info->center))
		return err_set(err, ERR_DATA,
		    _("a center's code is its UN/LOCODE and two digits, for "
		      "example GTGUA01"));
	if (country == NULL || strncmp(country->alpha2, info->center, 2) != 0)
		return err_set(err, ERR_DATA,
		    _("the country does not fit the center's code: its first "
		      "two letters are the country's"));
	if (!cert_text_is_fit(info->name, CERT_NAME_MAX))
		return err_set(err, ERR_DATA,
		    _("the center's name must have 1 to %d characters, without "
		      "control characters or extra spaces"),
		    CERT_NAME_MAX);
	if (!parts_zone_is_form(info->timezone))
		return err_set(err, ERR_DATA,
		    _("the time zone must be an IANA name, for example "
		      "America/Guatemala"));
	if (info->hotline[0] != '\0' && !hotline_is_form(info->hotline))
		return err_set(err, ERR_DATA,
		    _("the hotline must be 3 to 24 digits or hyphens, with + "
		      "in front of a country code"));
	if (memcmp(info->log_key, info->cosigner_key, 32) == 0)
		return err_set(err, ERR_DATA,
		    _("log and cosigner need two different keys"));
	return ERR_OK;
}

/* --- subject and URIs ----------------------------------------------------- */

bool
parts_center_subject(X509_NAME *name, const struct center_info *info)
{
	const struct country *country = country_find(info->country);

	return country != NULL &&
	    parts_name_add(name, NID_countryName, country->alpha2) &&
	    parts_name_add(name, NID_organizationName, info->name) &&
	    parts_name_add(name, NID_commonName, info->center);
}

static bool
read_subject(const X509_NAME *name, struct center_info *out)
{
	char alpha2[3];
	const struct country *country;

	if (X509_NAME_entry_count(name) != 3 ||
	    !parts_name_get(
		name, NID_commonName, out->center, sizeof(out->center)) ||
	    !parts_name_get(
		name, NID_organizationName, out->name, sizeof(out->name)) ||
	    !parts_name_get(name, NID_countryName, alpha2, sizeof(alpha2)) ||
	    (country = country_by_alpha2(alpha2)) == NULL)
		return false;
	memcpy(out->country, country->alpha3, sizeof(out->country));
	return true;
}

static void
uri_text(
    const struct uri *row, const struct center_info *info, struct bytes *out)
{
	const char *at = (const char *)info + row->offset;

	bytes_add_text(out, row->prefix);
	if (row->kind == URI_HEX32)
		hex_encode((const uint8_t *)at, row->size, out);
	else
		bytes_add_text(out, at);
}

static bool
add_uri(GENERAL_NAMES *names, const struct bytes *text)
{
	GENERAL_NAME *name = GENERAL_NAME_new();
	ASN1_IA5STRING *string = ASN1_IA5STRING_new();

	if (name == NULL || string == NULL || text->failed ||
	    !ASN1_STRING_set(string, text->at, (int)text->len)) {
		ASN1_IA5STRING_free(string);
		GENERAL_NAME_free(name);
		return false;
	}
	GENERAL_NAME_set0_value(name, GEN_URI, string);
	if (sk_GENERAL_NAME_push(names, name) > 0)
		return true;
	GENERAL_NAME_free(name);
	return false;
}

static void
person_text(const struct trust_person *person, struct bytes *out)
{
	bytes_addf(out, PERSON_PREFIX "%s:%s:", person->code,
	    person_role_word(person->role));
	hex_encode(person->key, sizeof(person->key), out);
}

GENERAL_NAMES *
parts_center_names(
    const struct center_info *info, const struct trust_roster *roster)
{
	GENERAL_NAMES *names = GENERAL_NAMES_new();
	struct bytes text = { 0 };
	bool good = names != NULL;
	size_t i;

	for (i = 0; i < URI_COUNT && good; i++) {
		if (!uris[i].required &&
		    *((const char *)info + uris[i].offset) == '\0')
			continue;
		bytes_reset(&text);
		uri_text(&uris[i], info, &text);
		good = add_uri(names, &text);
	}
	for (i = 0; i < roster->person_count && good; i++) {
		bytes_reset(&text);
		person_text(&roster->persons[i], &text);
		good = add_uri(names, &text);
	}
	bytes_free(&text);
	if (!good) {
		GENERAL_NAMES_free(names);
		return NULL;
	}
	return names;
}

static bool
read_value(const struct uri *row, const char *text, size_t len,
    struct center_info *out)
{
	char *to = (char *)out + row->offset;

	if (row->kind == URI_HEX32)
		return hex_decode_exact(text, len, (uint8_t *)to, row->size);
	if (len == 0 || len >= row->size || memchr(text, '\0', len) != NULL)
		return false;
	memcpy(to, text, len);
	to[len] = '\0';
	return true;
}

/* A part of CODE:ROLE:HEX that a colon ends, as text. */
static bool
parse_part(struct reader *r, char *out, size_t size)
{
	struct reader part;
	uint8_t colon;

	if (!reader_until(r, ':', &part) || part.left >= size ||
	    memchr(part.at, '\0', part.left) != NULL || !reader_byte(r, &colon))
		return false;
	memcpy(out, part.at, part.left);
	out[part.left] = '\0';
	return true;
}

static bool
read_person(struct reader *r, struct trust_person *out)
{
	char role[16];

	return parse_part(r, out->code, sizeof(out->code)) &&
	    parse_part(r, role, sizeof(role)) && person_is_code(out->code) &&
	    (out->role = person_role_letter(role)) != '\0' &&
	    hex_decode_exact(
		(const char *)r->at, r->left, out->key, sizeof(out->key));
}

/* What subjectAltName is read into. */
struct said {
	struct center_info *info;
	struct trust_roster
	    *roster;   /* room for every entry; NULL: no persons */
	unsigned seen; /* one bit a row, so that nothing is said twice */
};

static bool
read_uri(const GENERAL_NAME *name, struct said *said)
{
	int type;
	const ASN1_STRING *string = GENERAL_NAME_get0_value(name, &type);
	struct trust_roster *roster = said->roster;
	struct reader r;
	size_t i;

	if (type != GEN_URI || ASN1_STRING_length(string) > URI_MAX)
		return false;
	r.at = ASN1_STRING_get0_data(string);
	r.left = (size_t)ASN1_STRING_length(string);
	if (roster != NULL && reader_skip_text(&r, PERSON_PREFIX))
		return read_person(
		    &r, &roster->persons[roster->person_count++]);
	for (i = 0; i < URI_COUNT; i++)
		if (reader_skip_text(&r, uris[i].prefix))
			break;
	if (i == URI_COUNT || (said->seen & 1u << i) != 0)
		return false;
	said->seen |= 1u << i;
	return read_value(&uris[i], (const char *)r.at, r.left, said->info);
}

static enum err
read_uris(const GENERAL_NAMES *names, struct said *said, struct errtext *err)
{
	size_t i;
	int at;

	for (at = 0; at < sk_GENERAL_NAME_num(names); at++)
		if (!read_uri(sk_GENERAL_NAME_value(names, at), said))
			return err_set(err, ERR_DATA,
			    _("subjectAltName entry %d is unknown, repeated or "
			      "malformed; is this Sello too old?"),
			    at + 1);
	for (i = 0; i < URI_COUNT; i++)
		if (uris[i].required && (said->seen & 1u << i) == 0)
			return err_set(err, ERR_DATA,
			    _("subjectAltName lacks %s"), uris[i].prefix);
	return ERR_OK;
}

enum err
parts_center_read(const X509_NAME *subject, const GENERAL_NAMES *names,
    struct center_info *out, struct trust_roster *roster, struct errtext *err)
{
	struct center_info info = { 0 };
	struct said said = { .info = &info, .roster = roster };
	enum err rc;

	if (!read_subject(subject, &info))
		return err_set(err, ERR_DATA,
		    _("the subject must be C (country), O (name) and CN "
		      "(center code), each once"));
	if (names == NULL)
		return err_set(err, ERR_DATA, _("subjectAltName is missing"));
	if ((rc = read_uris(names, &said, err)) != ERR_OK ||
	    (rc = center_info_check(&info, err)) != ERR_OK)
		return rc;
	*out = info;
	return ERR_OK;
}

/* --- certificates --------------------------------------------------------- */

static bool
fill_center(X509 *cert, X509 *root, const struct center_info *info,
    EVP_PKEY *key, int64_t begin, int64_t end)
{
	static const struct trust_roster nobody;
	GENERAL_NAMES *names = parts_center_names(info, &nobody);
	bool good;

	good = names != NULL && X509_set_version(cert, X509_VERSION_3) &&
	    parts_serial(cert) &&
	    parts_center_subject(X509_get_subject_name(cert), info) &&
	    X509_set_issuer_name(cert, X509_get_subject_name(root)) &&
	    parts_period(cert, begin, end) && X509_set_pubkey(cert, key) &&
	    parts_extension(
		cert, root, NID_basic_constraints, "critical,CA:FALSE") &&
	    parts_extension(
		cert, root, NID_key_usage, "critical,digitalSignature") &&
	    parts_extension(cert, root, NID_subject_key_identifier, "hash") &&
	    parts_extension(
		cert, root, NID_authority_key_identifier, "keyid:always") &&
	    X509_add1_ext_i2d(
		cert, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
	GENERAL_NAMES_free(names);
	return good;
}

/* begin: the certificate's notBefore */
static enum err
make_center(X509 *root, EVP_PKEY *root_key, const struct center_info *info,
    EVP_PKEY *key, int64_t begin, int days, int64_t now, X509 **out,
    struct errtext *err)
{
	int64_t root_begin, root_end, end;
	X509 *cert;
	enum err rc;

	if ((rc = center_info_check(info, err)) != ERR_OK)
		return rc;
	if ((rc = cert_period(root, &root_begin, &root_end)) != ERR_OK)
		return err_set(err, rc, _("the root certificate is damaged"));
	if ((rc = cert_root_rules(root_begin, root_end, now, err)) != ERR_OK)
		return rc;
	end = now + (int64_t)days * CLOCK_DAY;
	if (end > root_end)
		end = root_end;
	if ((cert = X509_new()) == NULL ||
	    !fill_center(cert, root, info, key, begin, end) ||
	    X509_sign(cert, root_key, EVP_sha256()) <= 0) {
		X509_free(cert);
		return err_openssl(err, ERR_INTERNAL,
		    _("OpenSSL cannot make the certificate"));
	}
	*out = cert;
	return ERR_OK;
}

enum err
cert_make_center(X509 *root, EVP_PKEY *root_key, const struct center_info *info,
    EVP_PKEY *key, int days, int64_t now, X509 **out, struct errtext *err)
{
	return make_center(
	    root, root_key, info, key, now - CLOCK_DAY, days, now, out, err);
}

enum err
cert_renew_center(X509 *root, EVP_PKEY *root_key,
    const struct center_info *info, X509 *old, int days, int64_t now,
    X509 **out, struct errtext *err)
{
	int64_t begin, end;

	if (cert_period(old, &begin, &end) != ERR_OK)
		return err_set(
		    err, ERR_DATA, _("the certificate's period is damaged"));
	if (begin > now) /* the clock ran ahead when it was made */
		begin = now - CLOCK_DAY;
	return make_center(root, root_key, info, X509_get0_pubkey(old), begin,
	    days, now, out, err);
}

enum err
cert_read_center(X509 *cert, struct center_info *out, struct errtext *err)
{
	GENERAL_NAMES *names;
	enum err rc;

	if (X509_get_version(cert) != X509_VERSION_3 ||
	    parts_key(X509_get_X509_PUBKEY(cert)) == NULL)
		return err_set(err, ERR_DATA,
		    _("not a certificate of a center: its key is not P-256"));
	names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
	rc = parts_center_read(
	    X509_get_subject_name(cert), names, out, NULL, err);
	GENERAL_NAMES_free(names);
	return rc;
}
