#include "base/encode.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/support/keys.h"
#include "tests/support/oracle.h"
#include "tests/support/run.h"

#include <openssl/ec.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#define NUMBER "GTGUA01-2026-000002-J"

static EVP_PKEY *key;
static char name[DSIG_KEY_NAME_SIZE];
static struct bytes letter;

static void
setup(void)
{
	struct errtext err = { 0 };

	key = support_key();
	ck_assert_int_eq(dsig_key_name(key, name), ERR_OK);
	ck_assert_msg(
	    sign_document(&dsig_letter, sample_unsigned,
		strlen(sample_unsigned), NUMBER, key, &letter, &err) == ERR_OK,
	    "%s", err.text);
}

static void
teardown(void)
{
	bytes_free(&letter);
	EVP_PKEY_free(key);
}

START_TEST(key_name_is_first_bytes_of_spki_hash)
{
	uint8_t *spki = NULL, hash[32];
	struct bytes hex = { 0 };
	int len = i2d_PUBKEY(key, &spki);

	SHA256(spki, (size_t)len, hash);
	hex_encode(hash, 4, &hex);
	ck_assert_str_eq(name, (char *)hex.at);
	OPENSSL_free(spki);
	bytes_free(&hex);
}
END_TEST

START_TEST(own_checker_and_oracle_accept)
{
	struct dsig sig;
	struct letter fields;

	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, letter.at, letter.len, &sig, NULL), ERR_OK);
	ck_assert_int_eq(dsig_verify(&sig, key, NULL), ERR_OK);
	ck_assert_str_eq(sig.id, NUMBER);
	ck_assert_str_eq(sig.key_name, name);
	ck_assert(oracle_accepts(
	    letter.at, letter.len, LETTER_ROOT, LETTER_NAMESPACE, key));
	ck_assert_int_eq(
	    xml_read(letter.at, letter.len, &fields, NULL), ERR_OK);
}
END_TEST

START_TEST(xmlsec1_accepts)
{
	struct bytes command = { 0 };
	char crt[32];

	if (!run_has("xmlsec1"))
		return;
	run_folder();
	snprintf(crt, sizeof(crt), "%s.crt", name);
	support_write_certificate(crt, key);
	run_put("letter.xml", letter.at, letter.len);
	bytes_addf(&command,
	    "xmlsec1 --verify --enabled-key-data key-name "
	    "--enabled-reference-uris empty --pubkey-cert-pem:%s %s letter.xml",
	    name, crt);
	ck_assert_int_eq(run((char *)command.at, NULL), 0);
	/* and would notice */
	letter.at[letter.len / 4] ^= 1;
	run_put("letter.xml", letter.at, letter.len);
	ck_assert_int_ne(run((char *)command.at, NULL), 0);
	bytes_free(&command);
	run_leave();
}
END_TEST

/* The template with its two values empty, as xmlsec1 fills it in. */
static void
write_template(const char *path)
{
	static const uint8_t nothing[64] = { 1 };
	struct bytes with = { 0 }, out = { 0 };
	const char *at, *end;

	ck_assert_int_eq(
	    dsig_build(&dsig_letter, sample_unsigned, strlen(sample_unsigned),
		NUMBER, NULL, nothing, name, &with),
	    ERR_OK);
	at = strstr((char *)with.at, "<ds:DigestValue>") + 16;
	bytes_add(&out, with.at, (size_t)(at - (char *)with.at));
	at = strstr(at, "</ds:DigestValue>");
	end = strstr(at, "<ds:SignatureValue>") + 19;
	bytes_add(&out, at, (size_t)(end - at));
	bytes_add_text(&out, strstr(end, "</ds:SignatureValue>"));
	run_put(path, out.at, out.len);
	bytes_free(&with);
	bytes_free(&out);
}

START_TEST(accepts_what_xmlsec1_signed)
{
	struct bytes command = { 0 }, made = { 0 };
	struct dsig sig;

	if (!run_has("xmlsec1") || !run_has("xmllint"))
		return;
	run_folder();
	support_write_key("key.pem", key);
	write_template("template.xml");
	bytes_addf(&command,
	    "xmlsec1 --sign --privkey-pem:%s key.pem "
	    "--output signed.xml template.xml",
	    name);
	ck_assert_int_eq(run((char *)command.at, NULL), 0);
	/* libxml2 writes empty elements in short and xmlsec1 breaks the line
	 * of the value: not our one form */
	run_get("signed.xml", &made);
	ck_assert_int_eq(dsig_scan(&dsig_letter, made.at, made.len, &sig, NULL),
	    ERR_PROFILE);
	bytes_reset(&made);
	ck_assert_int_eq(
	    run("xmllint --nonet --exc-c14n signed.xml | tr -d '\\n'", &made),
	    0);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, made.at, made.len, &sig, NULL), ERR_OK);
	ck_assert_int_eq(dsig_verify(&sig, key, NULL), ERR_OK);
	bytes_free(&made);
	bytes_free(&command);
	run_leave();
}
END_TEST

START_TEST(openssl_verifies_signed_info)
{
	struct bytes info = { 0 };
	ECDSA_SIG *der = ECDSA_SIG_new();
	uint8_t *at = NULL;
	struct dsig sig;
	int len;

	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, letter.at, letter.len, &sig, NULL), ERR_OK);
	dsig_signed_info(sig.id, sig.digest, &info);
	ECDSA_SIG_set0(der, BN_bin2bn(sig.signature, 32, NULL),
	    BN_bin2bn(sig.signature + 32, 32, NULL));
	len = i2d_ECDSA_SIG(der, &at);
	run_folder();
	run_put("info", info.at, info.len);
	run_put("sig", at, (size_t)len);
	support_write_public("pub.pem", key);
	ck_assert_int_eq(
	    run("openssl dgst -sha256 -verify pub.pem -signature sig info",
		NULL),
	    0);
	run_leave();
	OPENSSL_free(at);
	ECDSA_SIG_free(der);
	bytes_free(&info);
}
END_TEST

/* Half the signatures of a library that does not care would be high. */
START_TEST(always_writes_low_s)
{
	static const uint8_t half[32] = { 0x7f, 0xff, 0xff, 0xff, 0x80, 0x00,
		0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc,
		0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8 };
	uint8_t raw[DSIG_SIGNATURE_SIZE];

	for (int i = 0; i < 64; i++) {
		ck_assert_int_eq(
		    sign_raw(key, &i, sizeof(i), raw, NULL), ERR_OK);
		ck_assert_int_le(memcmp(raw + 32, half, 32), 0);
	}
}
END_TEST

START_TEST(signs_a_trust_list_too)
{
	static const char list[] =
	    "<TrustList xmlns=\"urn:sello:trust:1\"><Program>RRP-ES</Program>"
	    "</TrustList>";
	struct bytes out = { 0 };
	struct dsig sig;

	ck_assert_int_eq(sign_document(&dsig_trust, list, strlen(list),
			     "trust-12", key, &out, NULL),
	    ERR_OK);
	ck_assert_int_eq(
	    dsig_scan(&dsig_trust, out.at, out.len, &sig, NULL), ERR_OK);
	ck_assert_int_eq(dsig_verify(&sig, key, NULL), ERR_OK);
	ck_assert(oracle_accepts(
	    out.at, out.len, "TrustList", "urn:sello:trust:1", key));
	/* a file of one purpose is nothing for another */
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, out.at, out.len, &sig, NULL), ERR_FOREIGN);
	bytes_free(&out);
}
END_TEST

static const struct {
	const char *what, *xml, *id;
} unfit[] = {
	{ "nothing", "", NUMBER },
	{ "other root", "<Letter xmlns=\"urn:sello:letter:1\"></Letter>",
	    NUMBER },
	{ "other namespace",
	    "<ReferralLetter xmlns=\"urn:sello:trust:1\"></ReferralLetter>",
	    NUMBER },
	{ "signed already",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
	    "<ds:Signature></ds:Signature></ReferralLetter>",
	    NUMBER },
	{ "line feed behind it",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>\n",
	    NUMBER },
	{ "empty id",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>",
	    "" },
	{ "id that is no XML name",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>",
	    "1A" },
	{ "id that ends the attribute",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>",
	    "A\" URI=\"x" },
	{ "id of 65 characters",
	    "<ReferralLetter xmlns=\"urn:sello:letter:1\"></ReferralLetter>",
	    "A1234567890123456789012345678901234567890123456789012345678901234" },
};

START_TEST(refuses_what_cannot_be_signed)
{
	struct bytes out = { 0 };
	struct errtext err = { 0 };

	ck_assert_msg(
	    sign_document(&dsig_letter, unfit[_i].xml, strlen(unfit[_i].xml),
		unfit[_i].id, key, &out, &err) == ERR_DATA,
	    "%s", unfit[_i].what);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_str_ne(err.text, "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/sign");
	TCase *t = tcase_create("sign");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, key_name_is_first_bytes_of_spki_hash);
	tcase_add_test(t, own_checker_and_oracle_accept);
	tcase_add_test(t, xmlsec1_accepts);
	tcase_add_test(t, accepts_what_xmlsec1_signed);
	tcase_add_test(t, openssl_verifies_signed_info);
	tcase_add_test(t, always_writes_low_s);
	tcase_add_test(t, signs_a_trust_list_too);
	tcase_add_loop_test(t, refuses_what_cannot_be_signed, 0,
	    sizeof(unfit) / sizeof(unfit[0]));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
