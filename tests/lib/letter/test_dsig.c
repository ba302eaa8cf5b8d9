#include "base/encode.h"
#include "base/file.h"
#include "letter/dsig_template.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/keys.h"
#include "tests/support/oracle.h"
#include "tests/support/vectors.h"

#include <openssl/bn.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#define NUMBER      "GTGUA01-2026-000002-J"
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define COUNT(a)    (sizeof(a) / sizeof((a)[0]))

static EVP_PKEY *key, *other;
static char name[DSIG_KEY_NAME_SIZE];
static struct bytes letter;

static void
sign(EVP_PKEY *with, struct bytes *out)
{
	ck_assert_int_eq(sign_document(&dsig_letter, sample_unsigned,
			     strlen(sample_unsigned), NUMBER, with, out, NULL),
	    ERR_OK);
}

static void
setup(void)
{
	key = support_key();
	other = support_other_key();
	ck_assert_int_eq(dsig_key_name(key, name), ERR_OK);
	sign(key, &letter);
}

static void
teardown(void)
{
	bytes_free(&letter);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

/* What the program says of a file, up to and with the signature. */
static enum err
judge(const void *xml, size_t len)
{
	struct errtext err = { 0 };
	struct dsig sig;
	enum err got = dsig_scan(&dsig_letter, xml, len, &sig, &err);

	if (got == ERR_OK)
		got = dsig_verify(&sig, key, &err);
	ck_assert(got == ERR_OK || err.text[0] != '\0');
	return got;
}

static bool
oracle(const void *xml, size_t len)
{
	return oracle_accepts(xml, len, LETTER_ROOT, LETTER_NAMESPACE, key);
}

/* --- good files ---------------------------------------------------------- */

static const struct {
	const char *what, *before, *after;
	enum err want;
} around[] = {
	{ "nothing", "", "", ERR_OK },
	{ "line feed", "", "\n", ERR_OK },
	{ "declaration", DECLARATION, "", ERR_OK },
	{ "both", DECLARATION, "\n", ERR_OK },
	{ "two line feeds", "", "\n\n", ERR_PROFILE },
	{ "CRLF", "", "\r\n", ERR_PROFILE },
	{ "space", "", " ", ERR_PROFILE },
	{ "comment behind", "", "<!--x-->", ERR_PROFILE },
	{ "garbage behind", "", "x", ERR_PROFILE },
	{ "second root", "",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>",
	    ERR_PROFILE },
	{ "byte order mark", "\xef\xbb\xbf", "", ERR_PROFILE },
	{ "BOM and declaration", "\xef\xbb\xbf" DECLARATION, "", ERR_PROFILE },
	{ "space before", " ", "", ERR_PROFILE },
	{ "line feed before", "\n", "", ERR_PROFILE },
	{ "single quotes", "<?xml version='1.0' encoding='UTF-8'?>\n", "",
	    ERR_PROFILE },
	{ "no encoding", "<?xml version=\"1.0\"?>\n", "", ERR_PROFILE },
	{ "small utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "",
	    ERR_PROFILE },
	{ "no line feed", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "",
	    ERR_PROFILE },
	{ "CRLF after it", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n", "",
	    ERR_PROFILE },
	{ "standalone",
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
	    "", ERR_PROFILE },
	{ "Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n", "",
	    ERR_PROFILE },
	{ "declaration twice", DECLARATION DECLARATION, "", ERR_PROFILE },
	{ "comment before", "<!--x-->", "", ERR_PROFILE },
	{ "style sheet", "<?xml-stylesheet href=\"x\"?>", "", ERR_PROFILE },
	{ "DOCTYPE", "<!DOCTYPE ReferralLetter>", "", ERR_PROFILE },
	{ "DOCTYPE with default attribute",
	    "<!DOCTYPE ReferralLetter [<!ATTLIST Sex x CDATA \"y\">]>", "",
	    ERR_PROFILE },
	{ "external DOCTYPE",
	    "<!DOCTYPE ReferralLetter SYSTEM \"http://example.org/x\">", "",
	    ERR_PROFILE },
	{ "entities", "<!DOCTYPE a [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;\">]>",
	    "", ERR_PROFILE },
};

START_TEST(only_one_declaration_and_line_feed_around)
{
	struct bytes file = { 0 };

	bytes_add_text(&file, around[_i].before);
	bytes_add(&file, letter.at, letter.len);
	bytes_add_text(&file, around[_i].after);
	ck_assert_msg(
	    judge(file.at, file.len) == around[_i].want, "%s", around[_i].what);
	ck_assert_msg(oracle(file.at, file.len) == (around[_i].want == ERR_OK),
	    "oracle: %s", around[_i].what);
	bytes_free(&file);
}
END_TEST

/* --- edited files -------------------------------------------------------- */

#define EMPTY_EXC      "Algorithm=\"" DSIG_EXC_C14N "\"></ds:"
#define TRANSFORM(uri) "<ds:Transform Algorithm=\"" uri "\"></ds:Transform>"
#define ENVELOPED      TRANSFORM(DSIG_NAMESPACE "enveloped-signature")
#define EXC            TRANSFORM(DSIG_EXC_C14N)
#define SHA256_URI     "http://www.w3.org/2001/04/xmlenc#sha256"

/* The first `find` becomes `put`. */
static const struct edit {
	const char *what, *find, *put;
	enum err want;
} edits[] = {
	/* the root */
	{ "other quotes", "xmlns=\"urn:sello:letter:1\"",
	    "xmlns='urn:sello:letter:1'", ERR_PROFILE },
	{ "space in the root", "letter:1\">", "letter:1\" >", ERR_PROFILE },
	{ "attribute on the root", "letter:1\">", "letter:1\" Id=\"a\">",
	    ERR_PROFILE },
	{ "ds: declared on the root", "letter:1\">",
	    "letter:1\" xmlns:ds=\"" DSIG_NAMESPACE "\">", ERR_PROFILE },
	{ "other namespace", "urn:sello:letter:1", "urn:sello:letter:2",
	    ERR_FOREIGN },
	{ "other root", "<ReferralLetter ", "<ReferralLetteR ", ERR_PROFILE },
	{ "space in the closing tag", "</ReferralLetter>", "</ReferralLetter >",
	    ERR_PROFILE },
	{ "wrapped in another root", "<ReferralLetter ", "<X><ReferralLetter ",
	    ERR_PROFILE },
	/* the content: signed, so the signature shows it */
	{ "one letter changed", "Batz", "Bats", ERR_SIGNATURE },
	{ "case changed", "Batz", "batz", ERR_SIGNATURE },
	{ "digit changed", "2027-06-11", "2028-06-11", ERR_SIGNATURE },
	{ "number changed", "000002-J</L", "000003-J</L", ERR_SIGNATURE },
	{ "element removed", "<Sex>F</Sex>", "", ERR_SIGNATURE },
	{ "element doubled", "<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex>",
	    ERR_SIGNATURE },
	{ "elements exchanged", "<Type>I</Type><Country>GTM</Country>",
	    "<Country>GTM</Country><Type>I</Type>", ERR_SIGNATURE },
	{ "attribute removed", " estimated=\"true\"", "", ERR_SIGNATURE },
	{ "attribute added", "<Sex>", "<Sex x=\"1\">", ERR_SIGNATURE },
	{ "comment in a name", "Batz", "Ba<!--x-->tz", ERR_SIGNATURE },
	{ "comment that cuts a name", "Batz", "Batz<!-- -->", ERR_SIGNATURE },
	{ "CDATA", "Batz", "<![CDATA[Batz]]>", ERR_SIGNATURE },
	{ "character reference", "Batz", "Ba&#116;z", ERR_SIGNATURE },
	{ "entity reference", "Batz", "Ba&t;z", ERR_SIGNATURE },
	{ "processing instruction", "Batz", "Batz<?x?>", ERR_SIGNATURE },
	{ "white space between elements", "<Holder>", "\n  <Holder>",
	    ERR_SIGNATURE },
	{ "white space at an end", "Batz<", "Batz <", ERR_SIGNATURE },
	{ "tag in short form", "<Sex>F</Sex>", "<Sex/>", ERR_SIGNATURE },
	{ "decomposed accent",
	    "Mar\xc3\xad"
	    "a",
	    "Mari\xcc\x81"
	    "a",
	    ERR_SIGNATURE },
	{ "Latin-1 byte", "Mar\xc3\xad", "Mar\xed", ERR_SIGNATURE },
	{ "script element", "<Holder>", "<Holder><script></script>",
	    ERR_SIGNATURE },
	{ "XInclude", "<Sex>F</Sex>",
	    "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
	    "href=\"/etc/passwd\"></xi:include>",
	    ERR_SIGNATURE },
	/* a second signature */
	{ "ds: element in the content", "<Holder>",
	    "<Holder><ds:Object></ds:Object>", ERR_PROFILE },
	{ "namespace under another prefix", "<Holder>",
	    "<Holder xmlns:x=\"" DSIG_NAMESPACE "\">", ERR_PROFILE },
	{ "second Signature before it", "<ds:Signature xmlns",
	    "<ds:Signature xmlns:ds=\"" DSIG_NAMESPACE
	    "\"></ds:Signature><ds:Signature xmlns",
	    ERR_PROFILE },
	{ "second Signature behind it", "</ds:Signature>",
	    "</ds:Signature><ds:Signature></ds:Signature>", ERR_PROFILE },
	{ "element behind it", "</ds:Signature>", "</ds:Signature><X></X>",
	    ERR_PROFILE },
	{ "text behind it", "</ds:Signature>", "</ds:Signature>x",
	    ERR_PROFILE },
	/* the block's form */
	{ "other prefix", "</ds:Signature>", "</dsig:Signature>", ERR_PROFILE },
	{ "space before it", "<ds:Signature xmlns", " <ds:Signature xmlns",
	    ERR_SIGNATURE },
	{ "space in it", "<ds:SignedInfo>", "<ds:SignedInfo> ", ERR_PROFILE },
	{ "line feed in it", "<ds:KeyInfo>", "\n<ds:KeyInfo>", ERR_PROFILE },
	{ "short empty element", "></ds:CanonicalizationMethod>", "/>",
	    ERR_PROFILE },
	{ "Id on Signature", "<ds:Signature ", "<ds:Signature Id=\"x\" ",
	    ERR_PROFILE },
	{ "Id on SignedInfo", "<ds:SignedInfo>", "<ds:SignedInfo Id=\"x\">",
	    ERR_PROFILE },
	{ "Id on SignatureValue", "<ds:SignatureValue>",
	    "<ds:SignatureValue Id=\"x\">", ERR_PROFILE },
	{ "comment in SignedInfo", "<ds:Transforms>", "<ds:Transforms><!--x-->",
	    ERR_PROFILE },
	/* algorithms of the file's choosing */
	{ "inclusive C14N", "\"" DSIG_EXC_C14N "\"></ds:Canon",
	    "\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></ds:Canon",
	    ERR_PROFILE },
	{ "C14N 1.1", "\"" DSIG_EXC_C14N "\"></ds:Canon",
	    "\"http://www.w3.org/2006/12/xml-c14n11\"></ds:Canon",
	    ERR_PROFILE },
	{ "C14N with comments", "\"" DSIG_EXC_C14N "\"></ds:Canon",
	    "\"" DSIG_EXC_C14N "WithComments\"></ds:Canon", ERR_PROFILE },
	{ "ecdsa-sha1", "ecdsa-sha256", "ecdsa-sha1", ERR_PROFILE },
	{ "ecdsa-sha512", "ecdsa-sha256", "ecdsa-sha512", ERR_PROFILE },
	{ "rsa-sha256", "ecdsa-sha256", "rsa-sha256", ERR_PROFILE },
	{ "hmac-sha256", "ecdsa-sha256", "hmac-sha256", ERR_PROFILE },
	{ "HMACOutputLength", "></ds:SignatureMethod>",
	    "><ds:HMACOutputLength>1</ds:HMACOutputLength>"
	    "</ds:SignatureMethod>",
	    ERR_PROFILE },
	{ "digest sha1", SHA256_URI, DSIG_NAMESPACE "sha1", ERR_PROFILE },
	{ "digest md5", SHA256_URI,
	    "http://www.w3.org/2001/04/xmldsig-more#md5", ERR_PROFILE },
	{ "digest sha512", SHA256_URI,
	    "http://www.w3.org/2001/04/xmlenc#sha512", ERR_PROFILE },
	/* references */
	{ "URI of an element", "URI=\"\"", "URI=\"#a\"", ERR_PROFILE },
	{ "URI of the root", "URI=\"\"", "URI=\"#xpointer(/)\"", ERR_PROFILE },
	{ "URI of a file", "URI=\"\"", "URI=\"file:///etc/passwd\"",
	    ERR_PROFILE },
	{ "URI of a page", "URI=\"\"", "URI=\"http://example.org/\"",
	    ERR_PROFILE },
	{ "no URI", " URI=\"\"", "", ERR_PROFILE },
	{ "no Id", " Id=\"" NUMBER "\"", "", ERR_PROFILE },
	{ "attributes exchanged", "Id=\"" NUMBER "\" URI=\"\"",
	    "URI=\"\" Id=\"" NUMBER "\"", ERR_PROFILE },
	{ "Type", "URI=\"\"", "Type=\"x\" URI=\"\"", ERR_PROFILE },
	{ "second Reference", "<ds:Reference ",
	    "<ds:Reference URI=\"\"></ds:Reference><ds:Reference ",
	    ERR_PROFILE },
	{ "no Reference at all", "<ds:Reference ", "<ds:Referenc ",
	    ERR_PROFILE },
	{ "Manifest", "</ds:Signature>",
	    "<ds:Object><ds:Manifest></ds:Manifest></ds:Object>"
	    "</ds:Signature>",
	    ERR_PROFILE },
	{ "Object with a letter", "</ds:Signature>",
	    "<ds:Object><ReferralLetter></ReferralLetter></ds:Object>"
	    "</ds:Signature>",
	    ERR_PROFILE },
	/* transforms */
	{ "no transforms", ENVELOPED EXC, "", ERR_PROFILE },
	{ "no enveloped-signature", ENVELOPED, "", ERR_PROFILE },
	{ "no canonical form", EXC, "", ERR_PROFILE },
	{ "transforms exchanged", ENVELOPED EXC, EXC ENVELOPED, ERR_PROFILE },
	{ "enveloped-signature twice", ENVELOPED, ENVELOPED ENVELOPED,
	    ERR_PROFILE },
	{ "XSLT", EXC,
	    TRANSFORM("http://www.w3.org/TR/1999/REC-xslt-19991116") EXC,
	    ERR_PROFILE },
	{ "XPath", EXC,
	    TRANSFORM("http://www.w3.org/TR/1999/REC-xpath-19991116") EXC,
	    ERR_PROFILE },
	{ "XPath filter 2", EXC,
	    TRANSFORM("http://www.w3.org/2002/06/xmldsig-filter2") EXC,
	    ERR_PROFILE },
	{ "base64", EXC, TRANSFORM(DSIG_NAMESPACE "base64") EXC, ERR_PROFILE },
	{ "InclusiveNamespaces", EMPTY_EXC "Transform>",
	    "Algorithm=\"" DSIG_EXC_C14N "\"><InclusiveNamespaces "
	    "PrefixList=\"ds\"></InclusiveNamespaces></ds:Transform>",
	    ERR_PROFILE },
	/* keys of the file's choosing */
	{ "KeyValue", "<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyValue></ds:KeyValue>",
	    ERR_PROFILE },
	{ "KeyValue behind", "</ds:KeyName>",
	    "</ds:KeyName><ds:KeyValue></ds:KeyValue>", ERR_PROFILE },
	{ "X509Data", "<ds:KeyInfo>", "<ds:KeyInfo><ds:X509Data></ds:X509Data>",
	    ERR_PROFILE },
	{ "RetrievalMethod", "<ds:KeyInfo>",
	    "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://example.org/\">"
	    "</ds:RetrievalMethod>",
	    ERR_PROFILE },
	{ "second KeyName", "</ds:KeyName>",
	    "</ds:KeyName><ds:KeyName>00000000</ds:KeyName>", ERR_PROFILE },
	{ "KeyName with a space", "<ds:KeyName>", "<ds:KeyName> ",
	    ERR_PROFILE },
	{ "KeyName of 9", "</ds:KeyName>", "0</ds:KeyName>", ERR_PROFILE },
	{ "KeyName of capitals", "<ds:KeyName>",
	    "<ds:KeyName>0123ABCD</ds:KeyName><ds:KeyName>", ERR_PROFILE },
	{ "no KeyInfo", "<ds:KeyInfo><ds:KeyName>", "", ERR_PROFILE },
	/* the Id */
	{ "other Id", "Id=\"" NUMBER, "Id=\"GTGUA01-2026-000003-H",
	    ERR_SIGNATURE },
	{ "empty Id", "Id=\"" NUMBER, "Id=\"", ERR_PROFILE },
	{ "Id with a dot", "Id=\"" NUMBER, "Id=\"a.b", ERR_PROFILE },
	{ "Id with a digit first", "Id=\"G", "Id=\"1G", ERR_PROFILE },
	{ "Id with an entity", "Id=\"G", "Id=\"&#71;", ERR_PROFILE },
	{ "Id of 64", "Id=\"" NUMBER,
	    "Id=\"a234567890123456789012345678901234567890123456789"
	    "012345678901234",
	    ERR_SIGNATURE },
	{ "Id of 65", "Id=\"" NUMBER,
	    "Id=\"a234567890123456789012345678901234567890123456789"
	    "0123456789012345",
	    ERR_PROFILE },
	/* encodings of the values */
	{ "space in DigestValue", "<ds:DigestValue>", "<ds:DigestValue> ",
	    ERR_PROFILE },
	{ "line feed in DigestValue", "</ds:DigestValue>",
	    "\n</ds:DigestValue>", ERR_PROFILE },
	{ "line feed in SignatureValue", "</ds:SignatureValue>",
	    "\n</ds:SignatureValue>", ERR_PROFILE },
	{ "no padding", "=</ds:DigestValue>", "</ds:DigestValue>",
	    ERR_PROFILE },
	{ "more padding", "==</ds:SignatureValue>", "===</ds:SignatureValue>",
	    ERR_PROFILE },
	{ "empty SignatureValue", "</ds:SignatureValue>",
	    "</ds:SignatureValue><ds:SignatureValue></ds:SignatureValue>",
	    ERR_PROFILE },
};

static void
edit(const struct edit *e, struct bytes *out)
{
	const char *at = strstr((char *)letter.at, e->find);

	ck_assert_msg(at != NULL, "%s: nothing to edit", e->what);
	bytes_add(out, letter.at, (size_t)(at - (char *)letter.at));
	bytes_add_text(out, e->put);
	bytes_add_text(out, at + strlen(e->find));
}

START_TEST(refuses_edited_files)
{
	struct bytes file = { 0 };
	enum err got;

	edit(&edits[_i], &file);
	got = judge(file.at, file.len);
	ck_assert_msg(
	    got == edits[_i].want, "%s: %s", edits[_i].what, err_name(got));
	ck_assert_msg(!oracle(file.at, file.len), "oracle: %s", edits[_i].what);
	bytes_free(&file);
}
END_TEST

/* --- files put together -------------------------------------------------- */

/* Where the value between two texts stands. */
static char *
value(struct bytes *file, const char *open, size_t *len)
{
	char *at = strstr((char *)file->at, open) + strlen(open);

	*len = strcspn(at, "<\"");
	return at;
}

static void
put_signature(struct bytes *file, const uint8_t raw[DSIG_SIGNATURE_SIZE])
{
	struct bytes text = { 0 };
	size_t len;
	char *at = value(file, "<ds:SignatureValue>", &len);

	base64_encode(raw, DSIG_SIGNATURE_SIZE, &text);
	ck_assert_uint_eq(text.len, len);
	memcpy(at, text.at, len);
	bytes_free(&text);
}

static void
get_signature(struct bytes *file, uint8_t raw[DSIG_SIGNATURE_SIZE])
{
	size_t len;
	char *at = value(file, "<ds:SignatureValue>", &len);

	ck_assert(base64_decode_exact(at, len, raw, DSIG_SIGNATURE_SIZE));
}

static const uint8_t n[32] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad,
	0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25,
	0x51 };

START_TEST(refuses_scalars_out_of_range)
{
	uint8_t good[64], raw[64], edge[5][32] = { { 0 } };

	edge[1][31] = 1;
	memcpy(edge[2], n, 32);
	edge[2][31]--;
	memcpy(edge[3], n, 32);
	memset(edge[4], 0xff, 32);
	get_signature(&letter, good);
	for (int half = 0; half < 2; half++) {
		memcpy(raw, good, sizeof(raw));
		memcpy(raw + 32 * half, edge[_i], 32);
		put_signature(&letter, raw);
		ck_assert_int_eq(judge(letter.at, letter.len), ERR_SIGNATURE);
		ck_assert(!oracle(letter.at, letter.len));
	}
}
END_TEST

/* (r, n - s) is as good: that is why bytes of a signature name no letter. */
START_TEST(accepts_high_s)
{
	uint8_t raw[64];
	BIGNUM *order = BN_bin2bn(n, 32, NULL), *s;

	get_signature(&letter, raw);
	s = BN_bin2bn(raw + 32, 32, NULL);
	BN_sub(s, order, s);
	BN_bn2binpad(s, raw + 32, 32);
	put_signature(&letter, raw);
	ck_assert_int_eq(judge(letter.at, letter.len), ERR_OK);
	ck_assert(oracle(letter.at, letter.len));
	BN_free(s);
	BN_free(order);
}
END_TEST

START_TEST(refuses_unused_bits_in_base64)
{
	size_t len;
	char *at = value(&letter,
	    _i == 0 ? "<ds:DigestValue>" : "<ds:SignatureValue>", &len);
	char *last = at + len - (_i == 0 ? 2 : 3);

	/* 2 or 4 bits behind the value's end: the next character has one set */
	*last = *last == 'Z' ? 'a' : *last == 'z' ? '0' : (char)(*last + 1);
	ck_assert_int_eq(judge(letter.at, letter.len), ERR_PROFILE);
	ck_assert(!oracle(letter.at, letter.len));
}
END_TEST

static void
put_in_place(char *word[VECTOR_WORDS], void *ctx)
{
	struct bytes raw = vector_bytes(word[1]), file = { 0 };
	size_t len;
	char *at = value(&letter, "<ds:SignatureValue>", &len);

	(void)ctx;
	bytes_add(&file, letter.at, (size_t)(at - (char *)letter.at));
	base64_encode(raw.at, raw.len, &file);
	bytes_add_text(&file, at + len);
	ck_assert_msg(judge(file.at, file.len) == ERR_PROFILE, "%s", word[0]);
	bytes_free(&file);
	bytes_free(&raw);
}

START_TEST(refuses_wycheproofs_other_sizes)
{
	ck_assert_uint_eq(
	    vectors_each("ecdsa_p256_sizes.txt", put_in_place, NULL), 21);
}
END_TEST

START_TEST(refuses_another_key)
{
	struct bytes file = { 0 };
	struct dsig sig;

	sign(other, &file);
	ck_assert_int_eq(judge(file.at, file.len), ERR_SIGNATURE);
	ck_assert(!oracle(file.at, file.len));
	/* with the trusted key's name on it */
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL), ERR_OK);
	memcpy(strstr((char *)file.at, sig.key_name), name, 8);
	ck_assert_int_eq(judge(file.at, file.len), ERR_SIGNATURE);
	ck_assert(!oracle(file.at, file.len));
	bytes_free(&file);
}
END_TEST

/* A changed text with the digest to match, but the old signature. */
START_TEST(refuses_recomputed_digest)
{
	struct bytes file = { 0 };
	uint8_t raw[64];
	char *changed = strdup(sample_unsigned);

	get_signature(&letter, raw);
	memcpy(strstr(changed, "Batz"), "Bats", 4);
	ck_assert_int_eq(dsig_build(&dsig_letter, changed, strlen(changed),
			     NUMBER, NULL, raw, name, &file),
	    ERR_OK);
	ck_assert_int_eq(judge(file.at, file.len), ERR_SIGNATURE);
	ck_assert(!oracle(file.at, file.len));
	free(changed);
	bytes_free(&file);
}
END_TEST

/* The signed letter kept whole somewhere inside another one. */
static const struct {
	const char *what, *before, *after;
} wraps[] = {
	{ "as a child", "<ReferralLetter xmlns=\"urn:sello:letter:1\">",
	    "</ReferralLetter>" },
	{ "in the Holder",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><Holder>",
	    "</Holder></ReferralLetter>" },
	{ "behind a false letter",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><Holder><Surnames>"
	    "Eva</Surnames></Holder></ReferralLetter>",
	    "" },
	{ "in a root of another kind",
	    "<TrustList xmlns=\"urn:sello:trust:1\">", "</TrustList>" },
	{ "in a comment", "<ReferralLetter xmlns=\"urn:sello:letter:1\"><!--",
	    "--></ReferralLetter>" },
	{ "in CDATA", "<ReferralLetter xmlns=\"urn:sello:letter:1\"><![CDATA[",
	    "]]></ReferralLetter>" },
};

START_TEST(refuses_wrapped_letters)
{
	struct bytes file = { 0 };
	enum err got;

	bytes_add_text(&file, wraps[_i].before);
	bytes_add(&file, letter.at, letter.len);
	bytes_add_text(&file, wraps[_i].after);
	got = judge(file.at, file.len);
	ck_assert_msg(got == ERR_PROFILE || got == ERR_SIGNATURE, "%s: %s",
	    wraps[_i].what, err_name(got));
	ck_assert(!oracle(file.at, file.len));
	bytes_free(&file);
}
END_TEST

/* The false letter first, the signed one's Signature moved to its end, the
 * signed text hidden in the content: no place of it may be read as signed. */
START_TEST(refuses_moved_signature)
{
	struct bytes file = { 0 };
	const char *block = strstr((char *)letter.at, "<ds:Signature");

	bytes_add_text(&file,
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><Holder><Surnames>"
	    "Eva</Surnames></Holder>");
	if (_i == 1)
		bytes_add_text(&file, sample_unsigned);
	bytes_add_text(&file, block);
	ck_assert_int_eq(judge(file.at, file.len), ERR_SIGNATURE);
	ck_assert(!oracle(file.at, file.len));
	bytes_free(&file);
}
END_TEST

/* --- every byte, every length -------------------------------------------- */

START_TEST(refuses_every_flipped_byte)
{
	static const uint8_t mask[] = { 0x01, 0x20, 0x80, 0xff };
	size_t in_signature =
	    (size_t)(strstr((char *)letter.at, "<ds:KeyName>") -
		(char *)letter.at);

	for (size_t i = 0; i < letter.len; i++) {
		uint8_t old = letter.at[i];

		letter.at[i] ^= mask[_i];
		/* the name of the key is not signed: it only finds the key */
		if (i < in_signature + 12 || i >= in_signature + 20) {
			ck_assert_msg(judge(letter.at, letter.len) != ERR_OK,
			    "byte %zu", i);
			ck_assert_msg(!oracle(letter.at, letter.len),
			    "oracle: byte %zu", i);
		}
		ck_assert_int_eq(judge(letter.at, letter.len) == ERR_OK,
		    oracle(letter.at, letter.len));
		letter.at[i] = old;
	}
	ck_assert_int_eq(judge(letter.at, letter.len), ERR_OK);
}
END_TEST

START_TEST(refuses_every_cut)
{
	for (size_t len = 0; len < letter.len; len++) {
		/* a heap block of just that size: ASan sees a read past it */
		uint8_t *cut = malloc(len == 0 ? 1 : len);

		memcpy(cut, letter.at, len);
		ck_assert_int_ne(judge(cut, len), ERR_OK);
		memcpy(cut, letter.at + letter.len - len, len);
		ck_assert_int_ne(judge(cut, len), ERR_OK);
		free(cut);
	}
}
END_TEST

START_TEST(refuses_every_removed_or_doubled_byte)
{
	struct bytes file = { 0 };

	for (size_t i = 0; i < letter.len; i++) {
		bytes_reset(&file);
		bytes_add(&file, letter.at, i);
		if (_i == 1)
			bytes_add(&file, letter.at + i, 1);
		bytes_add(&file, letter.at + i + (_i == 0),
		    letter.len - i - (_i == 0));
		ck_assert_msg(
		    judge(file.at, file.len) != ERR_OK, "byte %zu", i);
		ck_assert_msg(
		    !oracle(file.at, file.len), "oracle: byte %zu", i);
	}
	bytes_free(&file);
}
END_TEST

START_TEST(refuses_nul_everywhere)
{
	struct bytes file = { 0 };
	enum err got;

	for (size_t i = 0; i <= letter.len; i++) {
		bytes_reset(&file);
		bytes_add(&file, letter.at, i);
		bytes_add_byte(&file, 0);
		bytes_add(&file, letter.at + i, letter.len - i);
		got = judge(file.at, file.len);
		/* not a wrong signature: no signed file has one */
		ck_assert_msg(got == ERR_PROFILE ||
			(got == ERR_FOREIGN &&
			    i < strlen("<ReferralLetter "
				       "xmlns=\"urn:sello:"
				       "letter:1")),
		    "byte %zu: %s", i, err_name(got));
	}
	bytes_free(&file);
}
END_TEST

/* --- limits and the rest ------------------------------------------------- */

START_TEST(limit_is_the_kinds)
{
	uint8_t *big = malloc(LETTER_XML_MAX + 1);
	struct dsig sig;

	memset(big, 'a', LETTER_XML_MAX + 1);
	memcpy(big, letter.at, letter.len);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, big, LETTER_XML_MAX, &sig, NULL),
	    ERR_PROFILE);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, big, LETTER_XML_MAX + 1, &sig, NULL),
	    ERR_LIMIT);
	ck_assert_int_eq(
	    dsig_scan(&dsig_trust, big, LETTER_XML_MAX + 1, &sig, NULL),
	    ERR_FOREIGN);
	free(big);
}
END_TEST

static const char *const strangers[] = { "", "x", "<html></html>", "%PDF-1.7",
	"SELLOAEBAG", "<ReferralLetter></ReferralLetter>",
	"urn:sello:letter:" };

START_TEST(foreign_files_are_foreign)
{
	ck_assert_int_eq(
	    judge(strangers[_i], strlen(strangers[_i])), ERR_FOREIGN);
}
END_TEST

START_TEST(scan_says_what_stands_there)
{
	struct bytes file = { 0 };
	uint8_t digest[32], want[32];
	struct dsig sig;

	bytes_add_text(&file, DECLARATION);
	bytes_add(&file, letter.at, letter.len);
	bytes_add_byte(&file, '\n');
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL), ERR_OK);
	ck_assert_ptr_eq(sig.xml, file.at + strlen(DECLARATION));
	ck_assert_uint_eq(sig.len, letter.len);
	ck_assert_mem_eq(sig.xml + sig.start, "<ds:Signature ", 14);
	ck_assert_str_eq(
	    "</ReferralLetter>\n", (const char *)sig.xml + sig.end);
	SHA256((const uint8_t *)sample_unsigned, strlen(sample_unsigned), want);
	ck_assert_mem_eq(sig.digest, want, 32);
	dsig_digest(&sig, digest);
	ck_assert_mem_eq(digest, want, 32);
	bytes_free(&file);
}
END_TEST

/* What is signed is constant for ever: its hash with empty values. */
START_TEST(template_never_changes)
{
	static const char constant[] =
	    DSIG_START DSIG_INFO_START DSIG_INFO_BEFORE_ID DSIG_INFO_AFTER_ID
		DSIG_INFO_END DSIG_BEFORE_VALUE DSIG_AFTER_VALUE DSIG_END;
	uint8_t hash[32];
	struct bytes hex = { 0 };

	SHA256((const uint8_t *)constant, strlen(constant), hash);
	hex_encode(hash, sizeof(hash), &hex);
	ck_assert_str_eq((char *)hex.at,
	    "499140d29f28cc15e7d7e63dda69d968"
	    "44300e259a635a8d551c6bfd3c9d9778");
	bytes_free(&hex);
}
END_TEST

/* Fills value with the rest of the page's line that starts with word. */
static void
line_of(const struct bytes *page, const char *word, struct bytes *value)
{
	struct reader r = { page->at, page->len }, line;

	while (reader_until(&r, '\n', &line) && reader_skip_text(&r, "\n"))
		if (reader_skip_text(&line, word) &&
		    reader_skip_text(&line, " ")) {
			bytes_add(value, line.at, line.left);
			return;
		}
	ck_abort_msg("no line %s", word);
}

START_TEST(documented_example_holds)
{
	struct bytes page = { 0 }, file = { 0 }, spki = { 0 }, raw = { 0 };
	struct bytes hex = { 0 }, digest = { 0 }, want = { 0 }, info = { 0 };
	struct dsig sig;
	const uint8_t *at;
	char key_name[DSIG_KEY_NAME_SIZE];
	EVP_PKEY *signer;

	ck_assert_int_eq(
	    file_read("docs/signature.md", 1 << 20, &page, NULL), ERR_OK);
	line_of(&page, "letter", &file);
	line_of(&page, "spki", &spki);
	line_of(&page, "digest", &digest);
	line_of(&page, "info", &want);
	ck_assert(base64_decode((char *)spki.at, spki.len, &raw));
	at = raw.at;
	signer = d2i_PUBKEY(NULL, &at, (long)raw.len);
	ck_assert_ptr_nonnull(signer);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL), ERR_OK);
	ck_assert_int_eq(dsig_verify(&sig, signer, NULL), ERR_OK);
	ck_assert(oracle_accepts(
	    file.at, file.len, LETTER_ROOT, LETTER_NAMESPACE, signer));
	ck_assert_int_eq(dsig_key_name(signer, key_name), ERR_OK);
	ck_assert_str_eq(key_name, sig.key_name);
	hex_encode(sig.digest, sizeof(sig.digest), &hex);
	ck_assert(bytes_equal(&hex, &digest));
	dsig_signed_info(sig.id, sig.digest, &info);
	ck_assert(bytes_equal(&info, &want));
	EVP_PKEY_free(signer);
	bytes_free(&page);
	bytes_free(&file);
	bytes_free(&spki);
	bytes_free(&raw);
	bytes_free(&hex);
	bytes_free(&digest);
	bytes_free(&want);
	bytes_free(&info);
}
END_TEST

START_TEST(build_refuses_what_is_no_document)
{
	static const char *const bad[] = { "", "<ReferralLetter>",
		"<ReferralLetter xmlns=\"urn:sello:letter:1\">",
		"</ReferralLetter>" };
	static const uint8_t raw[64] = { 1 };
	struct bytes out = { 0 };

	ck_assert_int_eq(dsig_build(&dsig_letter, bad[_i], strlen(bad[_i]),
			     NUMBER, NULL, raw, name, &out),
	    ERR_DATA);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/dsig");
	TCase *t = tcase_create("dsig");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, only_one_declaration_and_line_feed_around, 0, COUNT(around));
	tcase_add_loop_test(t, refuses_edited_files, 0, COUNT(edits));
	tcase_add_loop_test(t, refuses_scalars_out_of_range, 0, 5);
	tcase_add_test(t, accepts_high_s);
	tcase_add_loop_test(t, refuses_unused_bits_in_base64, 0, 2);
	tcase_add_test(t, refuses_wycheproofs_other_sizes);
	tcase_add_test(t, refuses_another_key);
	tcase_add_test(t, refuses_recomputed_digest);
	tcase_add_loop_test(t, refuses_wrapped_letters, 0, COUNT(wraps));
	tcase_add_loop_test(t, refuses_moved_signature, 0, 2);
	tcase_add_loop_test(t, refuses_every_flipped_byte, 0, 4);
	tcase_add_test(t, refuses_every_cut);
	tcase_add_loop_test(t, refuses_every_removed_or_doubled_byte, 0, 2);
	tcase_add_test(t, refuses_nul_everywhere);
	tcase_add_test(t, limit_is_the_kinds);
	tcase_add_loop_test(t, foreign_files_are_foreign, 0, COUNT(strangers));
	tcase_add_test(t, scan_says_what_stands_there);
	tcase_add_test(t, template_never_changes);
	tcase_add_test(t, documented_example_holds);
	tcase_add_loop_test(t, build_refuses_what_is_no_document, 0, 4);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
