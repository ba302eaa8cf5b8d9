/* the older interface of OpenSSL, on purpose: another path than dsig.c's */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "tests/support/oracle.h"

#include <ctype.h>
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <string.h>

#define DS_NS   "http://www.w3.org/2000/09/xmldsig#"
#define EXC     "http://www.w3.org/2001/10/xml-exc-c14n#"
#define XML_MAX (4 << 20)

static const char declaration[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static void
be_quiet(void *ctx, const char *fmt, ...)
{
	(void)ctx, (void)fmt;
}

/* --- the tree ------------------------------------------------------------ */

static bool
is_element(const xmlNode *node, const char *ns, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	    node->ns != NULL && strcmp((const char *)node->ns->href, ns) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

/* Only elements, text and plain attributes may be anywhere. */
static bool
is_plain(const xmlNode *node)
{
	for (; node != NULL; node = node->next) {
		if (node->type == XML_TEXT_NODE)
			continue;
		if (node->type != XML_ELEMENT_NODE || !is_plain(node->children))
			return false;
	}
	return true;
}

static size_t
count_ds(const xmlNode *node)
{
	size_t count = 0;

	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (node->ns != NULL &&
		    strcmp((const char *)node->ns->href, DS_NS) == 0)
			count++;
		count += count_ds(node->children);
	}
	return count;
}

/* Exactly these attributes, without namespace: name, value, ..., NULL. A
 * NULL value is any. */
static bool
has_attributes(const xmlNode *node, const char *const *want)
{
	const xmlAttr *a = node->properties;

	for (; *want != NULL; want += 2, a = a->next) {
		xmlChar *value;
		bool same;

		if (a == NULL || a->ns != NULL ||
		    strcmp((const char *)a->name, want[0]) != 0)
			return false;
		value = xmlNodeListGetString(node->doc, a->children, 1);
		same = want[1] == NULL ||
		    strcmp(value == NULL ? "" : (const char *)value, want[1]) ==
			0;
		xmlFree(value);
		if (!same)
			return false;
	}
	return a == NULL;
}

#define ATTRIBUTES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_ATTRIBUTES   ((const char *const[]){ NULL })

/* Takes the next child of the ds: namespace; it must have these attributes. */
static xmlNode *
step(xmlNode **at, const char *name, const char *const *attributes)
{
	xmlNode *node = *at;

	if (!is_element(node, DS_NS, name) || !has_attributes(node, attributes))
		return NULL;
	*at = node->next;
	return node;
}

static bool
step_algorithm(xmlNode **at, const char *name, const char *algorithm)
{
	const xmlNode *node =
	    step(at, name, ATTRIBUTES("Algorithm", algorithm));

	return node != NULL && node->children == NULL;
}

static const char *
text_of(const xmlNode *node)
{
	if (node == NULL || node->children == NULL ||
	    node->children->type != XML_TEXT_NODE ||
	    node->children->next != NULL)
		return "";
	return (const char *)node->children->content;
}

struct parts {
	xmlNode *signature, *info, *reference, *digest, *value, *key_name;
};

static bool
walk_reference(struct parts *p)
{
	xmlNode *at = p->reference->children, *transforms, *in;

	if ((transforms = step(&at, "Transforms", NO_ATTRIBUTES)) == NULL)
		return false;
	in = transforms->children;
	return step_algorithm(&in, "Transform", DS_NS "enveloped-signature") &&
	    step_algorithm(&in, "Transform", EXC) && in == NULL &&
	    step_algorithm(&at, "DigestMethod",
		"http://www.w3.org/2001/04/xmlenc#sha256") &&
	    (p->digest = step(&at, "DigestValue", NO_ATTRIBUTES)) != NULL &&
	    at == NULL;
}

static bool
walk_info(struct parts *p)
{
	xmlNode *at = p->info->children;

	return step_algorithm(&at, "CanonicalizationMethod", EXC) &&
	    step_algorithm(&at, "SignatureMethod",
		"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256") &&
	    (p->reference = step(&at, "Reference",
		 ATTRIBUTES("Id", NULL, "URI", ""))) != NULL &&
	    at == NULL && walk_reference(p);
}

static bool
walk_signature(struct parts *p)
{
	xmlNode *at = p->signature->children, *key_info, *in;

	if ((p->info = step(&at, "SignedInfo", NO_ATTRIBUTES)) == NULL ||
	    !walk_info(p) ||
	    (p->value = step(&at, "SignatureValue", NO_ATTRIBUTES)) == NULL ||
	    (key_info = step(&at, "KeyInfo", NO_ATTRIBUTES)) == NULL ||
	    at != NULL)
		return false;
	in = key_info->children;
	p->key_name = step(&in, "KeyName", NO_ATTRIBUTES);
	return p->key_name != NULL && in == NULL;
}

/* --- values -------------------------------------------------------------- */

static bool
is_made_of(const char *text, size_t min, size_t max, const char *characters)
{
	size_t len = strlen(text);

	return len >= min && len <= max && text[strspn(text, characters)] == 0;
}

/* Base64 that encodes back to itself. */
static bool
decode(const char *text, unsigned char *out, size_t out_len)
{
	unsigned char raw[96];
	char again[132];
	size_t len = (out_len + 2) / 3 * 4;

	if (strlen(text) != len ||
	    EVP_DecodeBlock(raw, (const unsigned char *)text, (int)len) < 0)
		return false;
	EVP_EncodeBlock((unsigned char *)again, raw, (int)out_len);
	memcpy(out, raw, out_len);
	return strcmp(again, text) == 0;
}

static bool
values_are_strict(const struct parts *p)
{
	static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	xmlChar *id = xmlGetNoNsProp(p->reference, (const xmlChar *)"Id");
	char characters[80];
	bool good;

	snprintf(characters, sizeof(characters), "%s%s0123456789-", upper,
	    "abcdefghijklmnopqrstuvwxyz");
	good = id != NULL && isalpha(id[0]) &&
	    is_made_of((const char *)id, 1, 64, characters) &&
	    is_made_of(text_of(p->key_name), 8, 8, "0123456789abcdef");
	xmlFree(id);
	return good;
}

/* --- bytes and cryptography ---------------------------------------------- */

static int
visible_below(void *data, xmlNodePtr node, xmlNodePtr parent)
{
	if (node == data)
		return 1;
	for (; parent != NULL; parent = parent->parent)
		if (parent == data)
			return 1;
	return 0;
}

/* Exclusive C14N of the document, or of what is below one node. */
static bool
canonical(xmlDoc *doc, xmlNode *below, xmlBuffer *out)
{
	xmlOutputBuffer *buffer = xmlOutputBufferCreateBuffer(out, NULL);
	int got = xmlC14NExecute(doc, below == NULL ? NULL : visible_below,
	    below, XML_C14N_EXCLUSIVE_1_0, NULL, 0, buffer);

	return xmlOutputBufferClose(buffer) >= 0 && got >= 0;
}

static bool
verify(const xmlBuffer *info, const unsigned char raw[64], EVP_PKEY *key)
{
	const EC_KEY *ec = EVP_PKEY_get0_EC_KEY(key);
	ECDSA_SIG *sig = ECDSA_SIG_new();
	unsigned char hash[32];
	int got;

	SHA256(xmlBufferContent(info), (size_t)xmlBufferLength(info), hash);
	ECDSA_SIG_set0(
	    sig, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL));
	got = ECDSA_do_verify(hash, 32, sig, (EC_KEY *)(uintptr_t)ec);
	ECDSA_SIG_free(sig);
	ERR_clear_error();
	return got == 1;
}

static bool
signature_is_good(xmlDoc *doc, const struct parts *p, EVP_PKEY *key)
{
	unsigned char digest[32], raw[64], computed[32];
	xmlBuffer *info = xmlBufferCreate(), *rest = xmlBufferCreate();
	bool good;

	good = decode(text_of(p->digest), digest, sizeof(digest)) &&
	    decode(text_of(p->value), raw, sizeof(raw)) &&
	    canonical(doc, p->info, info) && verify(info, raw, key);
	xmlUnlinkNode(p->signature);
	good = good && canonical(doc, NULL, rest);
	SHA256(xmlBufferContent(rest), (size_t)xmlBufferLength(rest), computed);
	xmlFreeNode(p->signature);
	xmlBufferFree(info);
	xmlBufferFree(rest);
	return good && memcmp(computed, digest, sizeof(digest)) == 0;
}

static bool
is_its_own_form(xmlDoc *doc, const char *xml, size_t len)
{
	xmlBuffer *again = xmlBufferCreate();
	bool same;

	same = canonical(doc, NULL, again) &&
	    (size_t)xmlBufferLength(again) == len &&
	    memcmp(xmlBufferContent(again), xml, len) == 0;
	xmlBufferFree(again);
	return same;
}

static xmlDoc *
parse(const void *xml, size_t len)
{
	if (len == 0 || len > XML_MAX || memchr(xml, 0, len) != NULL)
		return NULL;
	xmlSetGenericErrorFunc(NULL, be_quiet);
	return xmlReadMemory(xml, (int)len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

bool
oracle_is_canonical(const void *xml, size_t len)
{
	xmlDoc *doc = parse(xml, len);
	bool same = doc != NULL && is_its_own_form(doc, xml, len);

	xmlFreeDoc(doc);
	return same;
}

static bool
judge(xmlDoc *doc, const char *root, const char *namespace, EVP_PKEY *key)
{
	xmlNode *top = xmlDocGetRootElement(doc);
	struct parts p = { .signature = top->last };

	/* Signature has 13 elements of its namespace, and no others exist */
	return is_plain(doc->children) && doc->intSubset == NULL &&
	    is_element(top, namespace, root) && top->properties == NULL &&
	    top->ns->prefix == NULL && top->nsDef->next == NULL &&
	    is_element(p.signature, DS_NS, "Signature") &&
	    p.signature->properties == NULL && count_ds(top) == 13 &&
	    walk_signature(&p) && values_are_strict(&p) &&
	    signature_is_good(doc, &p, key);
}

bool
oracle_accepts(const void *xml, size_t len, const char *root,
    const char *namespace, EVP_PKEY *key)
{
	const char *at = xml;
	size_t skip = strlen(declaration);
	xmlDoc *doc;
	bool good;

	if (len > skip && memcmp(at, declaration, skip) == 0) {
		at += skip;
		len -= skip;
	}
	if (len > 0 && at[len - 1] == '\n')
		len--;
	if ((doc = parse(at, len)) == NULL)
		return false;
	good =
	    is_its_own_form(doc, at, len) && judge(doc, root, namespace, key);
	xmlFreeDoc(doc);
	return good;
}
