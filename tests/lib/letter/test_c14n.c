/*
 * test_c14n.c - we canonicalise nothing: a signed file is its own canonical form
 * (letter/dsig.h). What the examples of the W3C's Canonical XML 1.0 (section 3) and
 * Exclusive XML Canonicalization 1.0 (section 2) do to a document is done to a
 * letter here. To xmlsec1, libxml2 and others it is the same letter, signed well: so
 * we must not take it, or there would be two files of one letter, and must not call
 * it a forgery, for nobody forged it (letter/form.h, U-PROFILE).
 */
#include "letter/dsig.h"

#include "letter/form.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/keys.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define NUMBER       "GTGUA01-2026-000002-J"

static EVP_PKEY *key;
static struct bytes letter;

static void
setup(void)
{
	key = support_key();
	letter = (struct bytes){ 0 };
	ck_assert_int_eq(
	    sign_document(&dsig_letter, sample_unsigned,
		strlen(sample_unsigned), NUMBER, key, &letter, NULL),
	    ERR_OK);
}

static void
teardown(void)
{
	bytes_free(&letter);
	EVP_PKEY_free(key);
}

static const struct {
	const char *example, *find, *put;
} edits[] = {
	/* Canonical XML, 3.1: what stands around the document, comments */
	{ "3.1 declaration of another form", "<ReferralLetter xmlns",
	    "<?xml version=\"1.0\"?>\n\n<ReferralLetter xmlns" },
	{ "3.1 document type", "<ReferralLetter xmlns",
	    "<!DOCTYPE ReferralLetter SYSTEM \"doc.dtd\">\n"
	    "<ReferralLetter xmlns" },
	{ "3.1 comment within", "<Sex>F", "<Sex><!-- Comment 1 -->F" },
	{ "3.1 comment behind", "</ReferralLetter>",
	    "</ReferralLetter>\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->" },
	{ "3.1 line feeds behind", "</ReferralLetter>",
	    "</ReferralLetter>\n\n" },
	/* 3.3: start and end tags */
	{ "3.3 space behind a name", "<Sex>", "<Sex   >" },
	{ "3.3 space in an end tag", "</Sex>", "</Sex  >" },
	{ "3.3 line feed in a tag", "</Sex>", "</Sex\n>" },
	{ "3.3 space between attributes", "<ReferralLetter xmlns",
	    "<ReferralLetter   xmlns" },
	{ "3.3 space around =", "xmlns=\"urn:sello", "xmlns  =  \"urn:sello" },
	{ "3.3 empty element", "></ds:CanonicalizationMethod>", "/>" },
	{ "3.3 empty element with a space", "></ds:SignatureMethod>", "  />" },
	{ "3.3 order of attributes", "Id=\"" NUMBER "\" URI=\"\"",
	    "URI=\"\" Id=\"" NUMBER "\"" },
	{ "3.3 default namespace said twice", "<Sex>",
	    "<Sex xmlns=\"urn:sello:letter:1\">" },
	{ "3.3 prefix said twice", "<ds:SignedInfo>",
	    "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">" },
	/* 3.4: characters and references */
	{ "3.4 other quotes", "xmlns=\"urn:sello:letter:1\"",
	    "xmlns='urn:sello:letter:1'" },
	{ "3.4 decimal reference", "<Sex>F", "<Sex>&#70;" },
	{ "3.4 hexadecimal reference", "<Sex>F", "<Sex>&#x46;" },
	{ "3.4 CDATA", "<Sex>F", "<Sex><![CDATA[F]]>" },
	{ "3.4 empty CDATA", "<Sex>F", "<Sex><![CDATA[]]>F" },
	{ "3.4 reference in an attribute", "\"urn:sello", "\"&#117;rn:sello" },
	/* 3.5: entities */
	{ "3.5 entity of the document", "<ReferralLetter xmlns",
	    "<!DOCTYPE ReferralLetter [\n<!ENTITY ent1 \"F\">\n]>\n"
	    "<ReferralLetter xmlns" },
	/* 3.6: another encoding; the letter's bytes beyond ASCII go with it */
	{ "3.6 encoding that is UTF-8 by another name", "<ReferralLetter xmlns",
	    "<?xml version=\"1.0\" encoding=\"utf8\"?><ReferralLetter xmlns" },
	/* Exclusive XML Canonicalization, 2.1 and 2.2: namespaces not used */
	{ "2.2 a prefix that nobody uses", "<Sex>",
	    "<Sex xmlns:n1=\"http://b.example\">" },
	{ "2.2 on the root", "<ReferralLetter xmlns",
	    "<ReferralLetter xmlns:n0=\"http://a.example\" xmlns" },
	{ "2.2 the signature's, moved to the root", "<ReferralLetter xmlns",
	    "<ReferralLetter xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
	    "xmlns" },
};

/* What libxml2's Exclusive C14N makes of it, as others' tools hash it. */
static struct bytes
canonical(const struct bytes *xml)
{
	xmlDocPtr doc = xmlReadMemory((const char *)xml->at, (int)xml->len,
	    NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA);
	struct bytes out = { 0 };
	xmlChar *text = NULL;
	int len;

	ck_assert_ptr_nonnull(doc);
	len = xmlC14NDocDumpMemory(
	    doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &text);
	ck_assert_int_gt(len, 0);
	bytes_add(&out, text, (size_t)len);
	xmlFree(text);
	xmlFreeDoc(doc);
	return out;
}

static struct bytes
edited(int i)
{
	const char *at = strstr((char *)letter.at, edits[i].find);
	struct bytes out = { 0 };

	ck_assert_msg(at != NULL, "%s", edits[i].example);
	bytes_add(&out, letter.at, (size_t)(at - (char *)letter.at));
	bytes_add_text(&out, edits[i].put);
	bytes_add_text(&out, at + strlen(edits[i].find));
	return out;
}

START_TEST(same_canonical_form_is_not_the_same_file)
{
	struct bytes file = edited(_i), form = canonical(&file);
	struct dsig sig;
	enum err rc;

	ck_assert_msg(form.len == letter.len &&
		memcmp(form.at, letter.at, letter.len) == 0,
	    "%s: another canonical form", edits[_i].example);
	rc = dsig_scan(&dsig_letter, file.at, file.len, &sig, NULL);
	if (rc == ERR_OK) {
		ck_assert_msg(dsig_verify(&sig, key, NULL) == ERR_SIGNATURE,
		    "%s: taken", edits[_i].example);
		rc = form_check(sig.xml, sig.start, NULL);
	}
	/* a file without the bytes of our namespace is not ours at all */
	ck_assert_msg(rc == ERR_PROFILE ||
		(rc == ERR_FOREIGN &&
		    strstr((char *)file.at, "\"urn:sello") == NULL),
	    "%s: %s", edits[_i].example, err_name(rc));
	bytes_free(&form);
	bytes_free(&file);
}
END_TEST

/* 3.4: what the text of its example becomes; \r alone is a reference. */
static const struct {
	const char *text, *canonical;
} texts[] = {
	{ "First line\r\nSecond line", "First line&#xD;\nSecond line" },
	{ "value>\"0\" && value<\"10\" ?\"valid\":\"error\"",
	    "value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"" },
	{ "2", "2" }, { "'", "'" }, { "\xc2\xa9", "\xc2\xa9" }, /* 3.6 */
};

START_TEST(writes_text_as_the_examples)
{
	struct bytes out = { 0 };

	xml_escape(&out, texts[_i].text);
	ck_assert_str_eq((char *)out.at, texts[_i].canonical);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("c14n");
	TCase *t = tcase_create("c14n");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, same_canonical_form_is_not_the_same_file, 0, COUNT(edits));
	tcase_add_loop_test(t, writes_text_as_the_examples, 0, COUNT(texts));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
