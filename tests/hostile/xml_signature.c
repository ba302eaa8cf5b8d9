/*
 * xml_signature.c - what stands in a Signature: algorithms, transforms,
 * references and keys of the file's choosing, and values of other lengths and
 * forms. Only (r, n - s) says the same as the original.
 */
#include "tests/hostile/hostile.h"

#include "base/encode.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <stdlib.h>
#include <string.h>

#define FORM   "U-PROFILE"
#define CHANGE "F-SIGNATURE"

#define W3   "http://www.w3.org/"
#define DS   W3 "2000/09/xmldsig#"
#define MORE W3 "2001/04/xmldsig-more#"
#define ENC  W3 "2001/04/xmlenc#"
#define EXC  W3 "2001/10/xml-exc-c14n#"

#define C14N_END  "\"></ds:CanonicalizationMethod>"
#define SIGN_END  "\"></ds:SignatureMethod>"
#define ENVELOPED "<ds:Transform Algorithm=\"" DS "enveloped-signature\">"
#define CANONICAL "<ds:Transform Algorithm=\"" EXC "\"></ds:Transform>"

static void
put_swap(struct hostile *h, const char *what, const char *find, const char *put,
    const char *want)
{
	struct bytes file = { 0 };

	hostile_swap(&h->one.file, find, put, &file);
	hostile_put(h, "xml-signature", what, "xml", file.at, file.len, want);
	bytes_free(&file);
}

/* --- algorithms ---------------------------------------------------------- */

static const char *const canonicals[] = { "", " " EXC, EXC " ",
	EXC "WithComments", W3 "TR/2001/REC-xml-c14n-20010315",
	W3 "TR/2001/REC-xml-c14n-20010315#WithComments",
	W3 "2006/12/xml-c14n11", W3 "2006/12/xml-c14n11#WithComments",
	W3 "2010/xml-c14n2", DS "minimal", "urn:x" };
static const char *const signatures[] = { "", MORE "ecdsa-sha1",
	MORE "ecdsa-sha224", MORE "ecdsa-sha384", MORE "ecdsa-sha512",
	MORE "ecdsa-ripemd160", MORE "rsa-md5", MORE "rsa-sha256",
	MORE "rsa-sha512", MORE "hmac-md5", MORE "hmac-sha256",
	MORE "hmac-sha512", MORE "ECDSA-SHA256", DS "hmac-sha1", DS "dsa-sha1",
	DS "rsa-sha1", W3 "2009/xmldsig11#dsa-sha256",
	W3 "2007/05/xmldsig-more#sha256-rsa-MGF1",
	W3 "2007/05/xmldsig-more#ecdsa-sha3-256",
	W3 "2021/04/xmldsig-more#eddsa-ed25519", DS "none", "none", "null" };
static const char *const digests[] = { "", DS "sha1", MORE "md5", MORE "sha224",
	MORE "sha384", ENC "sha512", ENC "ripemd160", ENC "SHA256",
	ENC "sha256 ", W3 "2007/05/xmldsig-more#sha3-256", "none", "urn:x" };
static const char *const transforms[] = { "", DS "enveloped-signature",
	DS "base64", EXC, EXC "WithComments",
	W3 "TR/2001/REC-xml-c14n-20010315", W3 "2006/12/xml-c14n11",
	W3 "TR/1999/REC-xslt-19991116", W3 "TR/1999/REC-xpath-19991116",
	W3 "2002/06/xmldsig-filter2", W3 "2002/07/decrypt#XML",
	W3 "2001/04/xmldsig-more/xptr", "urn:x" };

static void
put_transform(struct hostile *h, const char *uri)
{
	char what[160], put[400], one[200];

	snprintf(one, sizeof(one),
	    "<ds:Transform Algorithm=\"%s\"></ds:Transform>", uri);
	snprintf(what, sizeof(what), "transform first %s", uri);
	snprintf(put, sizeof(put), "%s" ENVELOPED, one);
	put_swap(h, what, ENVELOPED, put, FORM);
	snprintf(what, sizeof(what), "transform between %s", uri);
	snprintf(put, sizeof(put), "%s" CANONICAL, one);
	put_swap(h, what, CANONICAL, put, FORM);
	snprintf(what, sizeof(what), "transform last %s", uri);
	snprintf(put, sizeof(put), CANONICAL "%s", one);
	put_swap(h, what, CANONICAL, put, FORM);
	if (strcmp(uri, EXC) == 0)
		return;
	snprintf(what, sizeof(what), "transform for the last %s", uri);
	put_swap(h, what, CANONICAL, one, FORM);
}

static void
put_algorithms(struct hostile *h)
{
	char what[160], put[400];
	size_t i;

	for (i = 0; i < COUNT(canonicals); i++) {
		snprintf(what, sizeof(what), "canonical %s", canonicals[i]);
		snprintf(put, sizeof(put), "\"%s" C14N_END, canonicals[i]);
		put_swap(h, what, "\"" EXC C14N_END, put, FORM);
	}
	for (i = 0; i < COUNT(signatures); i++) {
		snprintf(what, sizeof(what), "method %s", signatures[i]);
		snprintf(put, sizeof(put), "\"%s" SIGN_END, signatures[i]);
		put_swap(h, what, "\"" MORE "ecdsa-sha256" SIGN_END, put, FORM);
	}
	for (i = 0; i < COUNT(digests); i++) {
		snprintf(what, sizeof(what), "digest %s", digests[i]);
		snprintf(put, sizeof(put), "\"%s\"", digests[i]);
		put_swap(h, what, "\"" ENC "sha256\"", put, FORM);
	}
	for (i = 0; i < COUNT(transforms); i++)
		put_transform(h, transforms[i]);
}

/* --- references and keys ------------------------------------------------- */

static const struct {
	const char *what, *find, *put, *want;
} swaps[] = {
	{ "URI of the Id", "URI=\"\"", "URI=\"#a\"", FORM },
	{ "URI of an xpointer", "URI=\"\"", "URI=\"#xpointer(id('a'))\"",
	    FORM },
	{ "URI of a file", "URI=\"\"", "URI=\"file:///etc/passwd\"", FORM },
	{ "URI of a page", "URI=\"\"", "URI=\"http://127.0.0.1:9/\"", FORM },
	{ "URI of ftp", "URI=\"\"", "URI=\"ftp://127.0.0.1/\"", FORM },
	{ "URI of a space", "URI=\"\"", "URI=\" \"", FORM },
	{ "URI in apostrophes", "URI=\"\"", "URI=''", FORM },
	{ "URI twice", "URI=\"\"", "URI=\"\" URI=\"\"", FORM },
	{ "URI in small letters", "URI=\"\"", "uri=\"\"", FORM },
	{ "Type of a Manifest", "URI=\"\"", "URI=\"\" Type=\"" DS "Manifest\"",
	    FORM },
	{ "Type of an Object", "URI=\"\"", "URI=\"\" Type=\"" DS "Object\"",
	    FORM },
	{ "xml:id beside", "URI=\"\"", "URI=\"\" xml:id=\"a\"", FORM },
	{ "Id of the Signature", "<ds:Signature ", "<ds:Signature Id=\"a\" ",
	    FORM },
	{ "Id of SignedInfo", "<ds:SignedInfo>", "<ds:SignedInfo Id=\"a\">",
	    FORM },
	{ "Id of KeyInfo", "<ds:KeyInfo>", "<ds:KeyInfo Id=\"a\">", FORM },
	{ "HMACOutputLength 0", SIGN_END,
	    "\"><ds:HMACOutputLength>0</ds:HMACOutputLength>"
	    "</ds:SignatureMethod>",
	    FORM },
	{ "HMACOutputLength 8", SIGN_END,
	    "\"><ds:HMACOutputLength>8</ds:HMACOutputLength>"
	    "</ds:SignatureMethod>",
	    FORM },
	{ "InclusiveNamespaces", C14N_END,
	    "\"><ec:InclusiveNamespaces xmlns:ec=\"" EXC
	    "\" PrefixList=\"#default\"></ec:InclusiveNamespaces>"
	    "</ds:CanonicalizationMethod>",
	    FORM },
	{ "XPath that drops all", ENVELOPED,
	    "<ds:Transform Algorithm=\"" W3 "TR/1999/REC-xpath-19991116\">"
	    "<ds:XPath>false()</ds:XPath></ds:Transform>" ENVELOPED,
	    FORM },
	{ "XPath that takes long", ENVELOPED,
	    "<ds:Transform Algorithm=\"" W3 "TR/1999/REC-xpath-19991116\">"
	    "<ds:XPath>count(//. | //@* | //namespace::*)</ds:XPath>"
	    "</ds:Transform>" ENVELOPED,
	    FORM },
	{ "XSLT that runs", ENVELOPED,
	    "<ds:Transform Algorithm=\"" W3 "TR/1999/REC-xslt-19991116\">"
	    "<xsl:stylesheet xmlns:xsl=\"" W3 "1999/XSL/Transform\" "
	    "version=\"1.0\"><xsl:template match=\"/\">"
	    "<xsl:value-of select=\"document('file:///etc/passwd')\"/>"
	    "</xsl:template></xsl:stylesheet></ds:Transform>" ENVELOPED,
	    FORM },
	{ "no Transforms", "<ds:Transforms>", "", FORM },
	{ "Transforms twice", "<ds:Transforms>",
	    "<ds:Transforms></ds:Transforms><ds:Transforms>", FORM },
	{ "Reference twice", "<ds:Reference ",
	    "<ds:Reference URI=\"\"></ds:Reference><ds:Reference ", FORM },
	{ "DigestMethod twice", "<ds:DigestMethod ",
	    "<ds:DigestMethod Algorithm=\"" DS
	    "sha1\"></ds:DigestMethod><ds:DigestMethod ",
	    FORM },
	{ "DigestValue twice", "<ds:DigestValue>",
	    "<ds:DigestValue></ds:DigestValue><ds:DigestValue>", FORM },
	{ "comment in DigestValue", "<ds:DigestValue>",
	    "<ds:DigestValue><!--x-->", FORM },
	{ "comment in SignatureValue", "<ds:SignatureValue>",
	    "<ds:SignatureValue><!--x-->", FORM },
	{ "CDATA in SignatureValue", "<ds:SignatureValue>",
	    "<ds:SignatureValue><![CDATA[]]>", FORM },
	{ "CR by number in SignatureValue", "</ds:SignatureValue>",
	    "&#13;</ds:SignatureValue>", FORM },
	{ "comment in KeyName", "<ds:KeyName>", "<ds:KeyName><!--x-->", FORM },
	{ "RSAKeyValue", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB"
	    "</ds:Modulus><ds:Exponent>AQ==</ds:Exponent></ds:RSAKeyValue>"
	    "</ds:KeyValue>",
	    FORM },
	{ "ECKeyValue", "</ds:KeyName>",
	    "</ds:KeyName><ds:KeyValue><dsig11:ECKeyValue "
	    "xmlns:dsig11=\"" W3 "2009/xmldsig11#\"></dsig11:ECKeyValue>"
	    "</ds:KeyValue>",
	    FORM },
	{ "DEREncodedKeyValue", "</ds:KeyName>",
	    "</ds:KeyName><d:DEREncodedKeyValue xmlns:d=\"" W3
	    "2009/xmldsig11#\">MFkw</d:DEREncodedKeyValue>",
	    FORM },
	{ "X509Certificate", "</ds:KeyName>",
	    "</ds:KeyName><ds:X509Data><ds:X509Certificate>MIIB"
	    "</ds:X509Certificate></ds:X509Data>",
	    FORM },
	{ "X509SubjectName", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:X509Data><ds:X509SubjectName>CN=GTGUA01"
	    "</ds:X509SubjectName></ds:X509Data>",
	    FORM },
	{ "PGPData", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:PGPData><ds:PGPKeyID>AAAA</ds:PGPKeyID>"
	    "</ds:PGPData>",
	    FORM },
	{ "MgmtData", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:MgmtData>x</ds:MgmtData>", FORM },
	{ "RetrievalMethod", "</ds:KeyName>",
	    "</ds:KeyName><ds:RetrievalMethod URI=\"http://127.0.0.1:9/\">"
	    "</ds:RetrievalMethod>",
	    FORM },
	{ "KeyInfoReference", "</ds:KeyName>",
	    "</ds:KeyName><d:KeyInfoReference xmlns:d=\"" W3
	    "2009/xmldsig11#\" URI=\"#a\"></d:KeyInfoReference>",
	    FORM },
	{ "EncryptedKey", "<ds:KeyInfo>",
	    "<ds:KeyInfo><e:EncryptedKey xmlns:e=\"" ENC "\"></e:EncryptedKey>",
	    FORM },
};

static void
put_keys(struct hostile *h)
{
	const char *mine = h->one.key_name;
	char upper[9], put[100];
	size_t i;

	for (i = 0; i < 8; i++)
		upper[i] = mine[i] >= 'a' ? (char)(mine[i] - 32) : mine[i];
	upper[8] = '\0';
	put_swap(
	    h, "name of another center's key", mine, h->far.key_name, CHANGE);
	put_swap(
	    h, "name of a stranger's key", mine, h->stranger_name, "U-ISSUER");
	put_swap(h, "name of no key", mine, "00000000", "U-ISSUER");
	put_swap(h, "name of ffffffff", mine, "ffffffff", "U-ISSUER");
	put_swap(h, "name in capitals", mine,
	    strcmp(upper, mine) == 0 ? "ABCDEF01" : upper, FORM);
	put_swap(h, "name is the center", mine, "GTGUA01", FORM);
	put_swap(h, "name of 7", mine, mine + 1, FORM);
	put_swap(h, "name of 0x", mine, "0x123456", FORM);
	put_swap(h, "name of a path", mine, "../../ab", FORM);
	put_swap(h, "name of SQL", mine, "' OR 1=1", FORM);
	put_swap(h, "name of a format", mine, "%n%n%n%n", FORM);
	snprintf(put, sizeof(put), "%s%s", mine, mine);
	put_swap(h, "name twice in one", mine, put, FORM);
	snprintf(put, sizeof(put), "%s ", mine);
	put_swap(h, "name with a space", mine, put, FORM);
	snprintf(put, sizeof(put), "&#%d;%s", mine[0], mine + 1);
	put_swap(h, "name by number", mine, put, FORM);
	snprintf(put, sizeof(put), "%s\xd0\xb0", mine);
	put_swap(h, "name with Cyrillic", mine, put, FORM);
}

/* Letters of a stranger: whole, and in the right form. */
static void
put_strangers(struct hostile *h)
{
	struct bytes before = { 0 }, file = { 0 };
	const char *id = h->one.letter.number, *close = "</ReferralLetter>";
	const struct {
		const char *what, *name, *id, *want;
		EVP_PKEY *key;
	} rows[] = {
		{ "stranger by the own name", h->stranger_name, id, "U-ISSUER",
		    h->stranger },
		{ "stranger by the center's name", h->one.key_name, id, CHANGE,
		    h->stranger },
		{ "other center by this one's name", h->one.key_name, id,
		    CHANGE, h->second->key },
		{ "other center by the own name", h->far.key_name, id, "F-KEY",
		    h->second->key },
		{ "root by the center's name", h->one.key_name, id, CHANGE,
		    h->realm.root_key },
		{ "center, Id of another letter", h->one.key_name,
		    h->two.letter.number, FORM, h->center->key },
		{ "center, Id of another center's", h->one.key_name,
		    h->far.letter.number, FORM, h->center->key },
		{ "center, Id of a list", h->one.key_name, "trust-1", FORM,
		    h->center->key },
		{ "center, Id in small letters", h->one.key_name,
		    "gtgua01-2026-000001-l", FORM, h->center->key },
	};
	size_t i;

	bytes_addf(&before, "<ReferralLetter xmlns=\"urn:sello:letter:1\">%s",
	    (char *)h->one.fields.at);
	for (i = 0; i < COUNT(rows); i++) {
		bytes_reset(&file);
		hostile_sign((char *)before.at, before.len, close, rows[i].id,
		    rows[i].key, rows[i].name, &file);
		hostile_put(h, "xml-signature", rows[i].what, "xml", file.at,
		    file.len, rows[i].want);
	}
	bytes_free(&before);
	bytes_free(&file);
}

/* --- values -------------------------------------------------------------- */

/* The text between two texts replaced by others. */
static void
put_value(struct hostile *h, const char *what, const char *open,
    const char *value, const char *want)
{
	const char *file = (const char *)h->one.file.at;
	const char *at = strstr(file, open) + strlen(open);
	struct bytes out = { 0 };

	bytes_add(&out, file, (size_t)(at - file));
	bytes_add_text(&out, value);
	bytes_add_text(&out, strchr(at, '<'));
	hostile_put(h, "xml-signature", what, "xml", out.at, out.len, want);
	bytes_free(&out);
}

static void
put_raw(struct hostile *h, const char *what, const void *raw, size_t len,
    const char *want)
{
	struct bytes text = { 0 };

	base64_encode(raw, len, &text);
	bytes_add_text(&text, "");
	put_value(h, what, "<ds:SignatureValue>",
	    text.at != NULL ? (char *)text.at : "", want);
	bytes_free(&text);
}

static void
get_value(const struct sheep *of, const char *open, char out[100])
{
	const char *at = strstr((char *)of->file.at, open) + strlen(open);

	snprintf(out, 100, "%.*s", (int)strcspn(at, "<"), at);
}

static const uint8_t order[32] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00,
	0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
	0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25,
	0x51 };

/* The half at `at` as a number put through f, in place. */
static void
negate(const uint8_t good[64], size_t at, uint8_t out[64])
{
	BIGNUM *n = BN_bin2bn(order, 32, NULL);
	BIGNUM *half = BN_bin2bn(good + at, 32, NULL);

	memcpy(out, good, 64);
	hostile_must(BN_sub(half, n, half) == 1 &&
		BN_bn2binpad(half, out + at, 32) == 32,
	    "n - x");
	BN_free(n);
	BN_free(half);
}

/* Each half replaced by each of some numbers. */
static void
put_halves(struct hostile *h, const uint8_t good[64])
{
	uint8_t edge[6][32] = { { 0 } }, raw[64];
	static const char *const names[] = { "0", "1", "n - 1", "n", "n + 1",
		"2^256 - 1" };
	char what[64];
	size_t i, half;

	edge[1][31] = 1;
	for (i = 2; i < 5; i++) {
		memcpy(edge[i], order, 32);
		edge[i][31] = (uint8_t)(edge[i][31] + i - 3);
	}
	memset(edge[5], 0xff, 32);
	for (i = 0; i < 6; i++) {
		for (half = 0; half < 2; half++) {
			memcpy(raw, good, 64);
			memcpy(raw + 32 * half, edge[i], 32);
			snprintf(what, sizeof(what), "%c is %s",
			    half == 0 ? 'r' : 's', names[i]);
			put_raw(h, what, raw, 64, CHANGE);
		}
		memcpy(raw, edge[i], 32);
		snprintf(what, sizeof(what), "both are %s", names[i]);
		put_raw(h, what, raw, 64, CHANGE);
	}
}

static void
put_der(struct hostile *h, const uint8_t good[64])
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	uint8_t *der = NULL;
	int len = 0;

	hostile_must(sig != NULL &&
		ECDSA_SIG_set0(sig, BN_bin2bn(good, 32, NULL),
		    BN_bin2bn(good + 32, 32, NULL)) == 1 &&
		(len = i2d_ECDSA_SIG(sig, &der)) > 0,
	    "DER");
	put_raw(h, "DER", der, (size_t)len, FORM);
	put_raw(h, "DER cut to 64", der, 64, CHANGE);
	OPENSSL_free(der);
	ECDSA_SIG_free(sig);
}

static void
put_lengths(struct hostile *h, const uint8_t good[64])
{
	static const size_t lengths[] = { 0, 1, 32, 62, 63, 65, 66, 96, 128,
		132, 1000, 8000 };
	uint8_t *long_one = calloc(1, 8192);
	uint8_t padded[66] = { 0 };
	char what[64];
	size_t i;

	hostile_must(long_one != NULL, "memory");
	memcpy(long_one, good, 64);
	for (i = 0; i < COUNT(lengths); i++) {
		snprintf(what, sizeof(what), "of %zu bytes", lengths[i]);
		put_raw(h, what, long_one, lengths[i], FORM);
	}
	memcpy(padded + 2, good, 64);
	put_raw(h, "zeros first", padded, 66, FORM);
	memcpy(padded + 1, good, 32);
	memcpy(padded + 34, good + 32, 32);
	padded[33] = 0;
	put_raw(h, "a zero before each", padded, 66, FORM);
	memcpy(padded, good, 64);
	padded[64] = padded[65] = 0;
	put_raw(h, "zeros last", padded, 66, FORM);
	free(long_one);
}

/* Other writings of the same bytes. */
static void
put_writings(struct hostile *h, const char *open, const char *which)
{
	char value[100], other[400], what[64];
	size_t len, i;

	get_value(&h->one, open, value);
	len = strlen(value);
#define PUT(name, ...)                                           \
	do {                                                     \
		snprintf(other, sizeof(other), __VA_ARGS__);     \
		snprintf(what, sizeof(what), "%s " name, which); \
		put_value(h, what, open, other, FORM);           \
	} while (0)
	PUT("without padding", "%.*s", (int)strcspn(value, "="), value);
	PUT("with more padding", "%s=", value);
	PUT("broken in two lines", "%.*s\n%s", 40, value, value + 40);
	PUT("with a space within", "%.*s %s", 40, value, value + 40);
	PUT("with a tab last", "%s\t", value);
	PUT("with a line feed first", "\n%s", value);
	PUT("with a NBSP", "%s\xc2\xa0", value);
	PUT("by number", "&#%d;%s", value[0], value + 1);
	PUT("with a comment", "%.*s<!---->%s", 40, value, value + 40);
	PUT("in CDATA", "<![CDATA[%s]]>", value);
	PUT("cut", "%.*s", (int)len - 4, value);
	PUT("twice", "%s%s", value, value);
	PUT("as nothing", "%s", "");
	PUT("in the alphabet of URLs", "-_%s", value + 2);
	PUT("with a star", "*%s", value + 1);
	PUT("with bytes above", "\xc3\xa1%s", value + 1);
	for (i = 0; i < 60 && i < len; i++)
		snprintf(other + 2 * i, 3, "%02x", (uint8_t)value[i]);
	snprintf(what, sizeof(what), "%s in hexadecimal", which);
	put_value(h, what, open, other, FORM);
#undef PUT
}

static void
put_values(struct hostile *h)
{
	uint8_t good[64], raw[64];
	char value[100], digest[100];

	get_value(&h->one, "<ds:SignatureValue>", value);
	hostile_must(
	    base64_decode_exact(value, strlen(value), good, 64), "base64");
	negate(good, 32, raw);
	put_raw(h, "n - s", raw, 64, ""); /* means the same */
	negate(good, 0, raw);
	put_raw(h, "n - r", raw, 64, CHANGE);
	memcpy(raw, good + 32, 32);
	memcpy(raw + 32, good, 32);
	put_raw(h, "r and s exchanged", raw, 64, CHANGE);
	put_halves(h, good);
	put_der(h, good);
	put_lengths(h, good);
	put_writings(h, "<ds:SignatureValue>", "signature");
	put_writings(h, "<ds:DigestValue>", "digest");
	get_value(&h->two, "<ds:SignatureValue>", value);
	put_value(
	    h, "signature of another", "<ds:SignatureValue>", value, CHANGE);
	get_value(&h->two, "<ds:DigestValue>", digest);
	put_value(h, "digest of another", "<ds:DigestValue>", digest, CHANGE);
	put_value(h, "digest of SHA-1", "<ds:DigestValue>",
	    "2jmj7l5rSw0yVb/vlWAYkK/YBwk=", FORM);
	put_value(h, "digest of zeros", "<ds:DigestValue>",
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", CHANGE);
	put_value(h, "digest of nothing", "<ds:DigestValue>",
	    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", CHANGE);
}

void
hostile_xml_signature(struct hostile *h)
{
	size_t i;

	put_algorithms(h);
	for (i = 0; i < COUNT(swaps); i++)
		put_swap(h, swaps[i].what, swaps[i].find, swaps[i].put,
		    swaps[i].want);
	put_keys(h);
	put_strangers(h);
	put_values(h);
}
