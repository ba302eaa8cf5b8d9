/*
 * cert_parts.c - pieces of certificates: cert_parts.h.
 */
#include "trust/cert_parts.h"

#include "base/file.h"
#include "base/utf8.h"
#include "trust/key.h"

#include <openssl/rand.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unictype.h>

#define ZONEINFO "/usr/share/zoneinfo"

/* --- texts ---------------------------------------------------------------- */

static bool
is_printable(uint32_t c)
{
	if (c == ' ')
		return true;
	return !uc_is_general_category_withtable(
	    c, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

bool
cert_text_is_fit(const char *text, size_t max)
{
	struct reader r = { (const uint8_t *)text, strlen(text) };
	size_t len = r.left, count = 0;
	uint32_t c, before = ' ';

	for (; r.left > 0; count++) {
		if (!utf8_next(&r, &c) || !is_printable(c) ||
		    (c == ' ' && before == ' '))
			return false;
		before = c;
	}
	return count >= 1 && count <= max && before != ' ' &&
	    utf8_is_nfc(text, len);
}

bool
cert_is_program(const char *text)
{
	size_t len = strlen(text);

	return len >= 2 && len <= 16 &&
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len;
}

/* America/Argentina/Buenos_Aires, Etc/GMT+6: never a path out of zoneinfo. */
bool
parts_zone_is_form(const char *zone)
{
	static const char allowed[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_+-/";
	size_t len = strlen(zone);

	return len >= 1 && len <= 64 && strspn(zone, allowed) == len &&
	    zone[0] != '/' && zone[len - 1] != '/' &&
	    strstr(zone, "//") == NULL;
}

bool
timezone_is_name(const char *zone)
{
	struct stat st;
	char *path;
	bool found;

	if (!parts_zone_is_form(zone))
		return false;
	/* where nobody can look it may be one */
	if (!file_is_dir(ZONEINFO) ||
	    (path = file_join(ZONEINFO, zone)) == NULL)
		return true;
	found =
	    file_exists(path) && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode));
	free(path);
	return found;
}

/* --- distinguished names -------------------------------------------------- */

bool
parts_name_add(X509_NAME *name, int nid, const char *text)
{
	return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8,
		   (const unsigned char *)text, -1, -1, 0) == 1;
}

bool
parts_name_get(const X509_NAME *name, int nid, char *out, size_t size)
{
	int at = X509_NAME_get_index_by_NID(name, nid, -1);
	unsigned char *text = NULL;
	int len;
	bool good;

	if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0)
		return false;
	len = ASN1_STRING_to_UTF8(
	    &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	good = len >= 0 && (size_t)len < size &&
	    memchr(text, '\0', (size_t)len) == NULL;
	if (good) {
		memcpy(out, text, (size_t)len);
		out[len] = '\0';
	}
	OPENSSL_free(text);
	return good;
}

/* --- keys, extensions, serial, period ------------------------------------- */

EVP_PKEY *
parts_key(X509_PUBKEY *pubkey)
{
	/* RFC 5480: id-ecPublicKey, prime256v1, uncompressed point */
	static const uint8_t plain[] = { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
		0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
		0x04 };
	EVP_PKEY *key = X509_PUBKEY_get0(pubkey);
	unsigned char *der = NULL;
	int len = i2d_X509_PUBKEY(pubkey, &der);
	bool good;

	good = len == sizeof(plain) + 64 &&
	    memcmp(der, plain, sizeof(plain)) == 0 && key_is_p256(key);
	OPENSSL_free(der);
	return good ? key : NULL;
}

bool
parts_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *ext;
	bool good;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	if ((ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value)) == NULL)
		return false;
	good = X509_add_ext(cert, ext, -1) == 1;
	X509_EXTENSION_free(ext);
	return good;
}

bool
parts_serial(X509 *cert)
{
	uint8_t random[16];
	BIGNUM *number = NULL;
	bool good;

	if (RAND_bytes(random, sizeof(random)) != 1)
		return false;
	random[0] = (random[0] & 0x7f) | 0x40; /* positive, always 16 bytes */
	number = BN_bin2bn(random, sizeof(random), NULL);
	good = number != NULL &&
	    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert)) != NULL;
	BN_free(number);
	return good;
}

bool
parts_period(X509 *cert, int64_t not_before, int64_t not_after)
{
	return ASN1_TIME_set(X509_getm_notBefore(cert), not_before) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(cert), not_after) != NULL;
}
