/*
 * Tests of trust/key.h. Oracle for the files: the openssl program, which
 * must open what we wrote and whose files we must open.
 */
#include "trust/key_private.h"

#include "base/encode.h"
#include "base/file.h"
#include "tests/check_main.h"
#include "tests/support/decoded.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[96], pass_path[96];
static struct errtext err;
static uint8_t pass_text[] = "una frase de paso larga", other_text[] = "otra";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };
static const struct secret other = { other_text, sizeof(other_text) - 1 };

static void
setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/sello-key-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.key", dir);
	snprintf(pass_path, sizeof(pass_path), "%s/pass", dir);
	ck_assert_int_eq(
	    file_write(pass_path, 0600, pass.at, pass.len, &err), ERR_OK);
	err = (struct errtext){ 0 };
}

static void
teardown(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static int
run(const char *fmt)
{
	char command[512];

	/* every %s of these commands is the test's folder */
	snprintf(command, sizeof(command), fmt, dir, dir, dir, dir);
	return system(command);
}

static EVP_PKEY *
new_p256(void)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_new_p256(&key, &err), ERR_OK);
	return key;
}

START_TEST(makes_exactly_p256_and_ed25519)
{
	EVP_PKEY *p256 = new_p256(), *ed = NULL;
	EVP_PKEY *p384 = EVP_EC_gen("P-384");

	ck_assert_int_eq(key_new_ed25519(&ed, &err), ERR_OK);
	ck_assert(key_is_p256(p256));
	ck_assert(!key_is_p256(ed));
	ck_assert(!key_is_p256(p384));
	ck_assert(!key_is_p256(NULL));
	ck_assert(EVP_PKEY_is_a(ed, "ED25519"));
	EVP_PKEY_free(p256);
	EVP_PKEY_free(p384);
	EVP_PKEY_free(ed);
}
END_TEST

START_TEST(stored_key_comes_back_and_is_private)
{
	EVP_PKEY *key = new_p256(), *back = NULL;
	struct stat st;

	ck_assert_int_eq(key_store(path, key, &pass, &err), ERR_OK);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(key_load(path, &pass, &back, &err), ERR_OK);
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	EVP_PKEY_free(back);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(wrong_passphrase_is_refused)
{
	EVP_PKEY *key = new_p256(), *back = NULL;

	ck_assert_int_eq(key_store(path, key, &pass, &err), ERR_OK);
	ck_assert_int_eq(key_load(path, &other, &back, &err), ERR_REFUSED);
	ck_assert_ptr_null(back);
	ck_assert_int_eq(
	    key_load_plain(path, &other, &back, &err), ERR_REFUSED);
	ck_assert_int_eq(key_load_plain(path, NULL, &back, &err), ERR_REFUSED);
	ck_assert_int_eq(key_load_plain(path, &pass, &back, &err), ERR_OK);
	EVP_PKEY_free(back);
	EVP_PKEY_free(key);
}
END_TEST

/* What it asks for stands beside the key, for whoever may write the file. */
START_TEST(too_much_work_is_refused_at_once)
{
	X509_ALGOR *how = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), INT32_MAX, NULL,
		       0, NULL, NID_hmacWithSHA256),
		   *to;
	X509_SIG *sealed = X509_SIG_new();
	ASN1_OCTET_STRING *data;
	EVP_PKEY *key = NULL;
	BIO *out = BIO_new_file(path, "w");

	X509_SIG_getm(sealed, &to, &data);
	ck_assert_int_eq(X509_ALGOR_copy(to, how), 1);
	ck_assert_int_eq(ASN1_OCTET_STRING_set(data, pass_text, 16), 1);
	ck_assert_int_eq(PEM_write_bio_PKCS8(out, sealed), 1);
	BIO_free(out);
	ck_assert_int_eq(key_load(path, &pass, &key, &err), ERR_DATA);
	ck_assert_int_eq(key_load_plain(path, &pass, &key, &err), ERR_DATA);
	ck_assert_ptr_null(key);
	X509_SIG_free(sealed);
	X509_ALGOR_free(how);
}
END_TEST

/* OpenSSL takes the point as it stands; a center would be founded on it, and its
 * request refused. */
START_TEST(a_point_of_another_key_is_refused)
{
	enum { POINT = 65 };
	EVP_PKEY *key = new_p256(), *second = new_p256(), *back = NULL;
	struct secret der = { 0 }, point = { 0 };
	BIO *out = BIO_new_file(path, "w");

	ck_assert_int_eq(key_to_der(key, &der), ERR_OK);
	ck_assert_int_eq(key_to_der(second, &point), ERR_OK);
	memcpy(der.at + der.len - POINT, point.at + point.len - POINT, POINT);
	ck_assert_int_gt(
	    PEM_write_bio(out, "PRIVATE KEY", "", der.at, (long)der.len), 0);
	BIO_free(out);
	ck_assert_int_eq(key_load_plain(path, NULL, &back, &err), ERR_DATA);
	ck_assert_ptr_null(back);
	secret_wipe(&der);
	secret_wipe(&point);
	EVP_PKEY_free(key);
	EVP_PKEY_free(second);
}
END_TEST

START_TEST(a_stored_key_is_never_replaced)
{
	EVP_PKEY *key = new_p256();

	ck_assert_int_eq(key_store(path, key, &pass, &err), ERR_OK);
	ck_assert_int_eq(key_store(path, key, &pass, &err), ERR_EXISTS);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(openssl_opens_what_we_store)
{
	EVP_PKEY *key = new_p256(), *back = NULL;
	char plain[96];

	ck_assert_int_eq(key_store(path, key, &pass, &err), ERR_OK);
	ck_assert_int_eq(run("openssl pkey -in %s/x.key -passin file:%s/pass "
			     "-out %s/plain.pem"),
	    0);
	ck_assert_int_eq(
	    run("openssl asn1parse -in %s/x.key -i | grep -q scrypt"), 0);
	snprintf(plain, sizeof(plain), "%s/plain.pem", dir);
	ck_assert_int_eq(key_load_plain(plain, NULL, &back, &err), ERR_OK);
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	/* an unprotected key is not
	 * what key_load() is for */
	EVP_PKEY_free(back);
	back = NULL;
	ck_assert_int_eq(key_load(plain, &pass, &back, &err), ERR_DATA);
	ck_assert_ptr_null(back);
	EVP_PKEY_free(key);
}
END_TEST

static const struct {
	const char *name, *command;
} made_by_openssl[] = {
	{ "PKCS#8 plain",
	    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 "
	    "-out %s/x.key 2>/dev/null" },
	{ "PKCS#8 AES-256",
	    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 "
	    "-aes256 -pass file:%s/pass -out %s/x.key 2>/dev/null" },
	{ "SEC 1",
	    "openssl ecparam -name prime256v1 -genkey -noout -out %s/x.key" },
};

START_TEST(loads_keys_made_by_openssl)
{
	EVP_PKEY *key = NULL;
	enum err rc;

	ck_assert_int_eq(run(made_by_openssl[_i].command), 0);
	rc = key_load_plain(path, &pass, &key, &err);
	ck_assert_msg(
	    rc == ERR_OK, "%s: %s", made_by_openssl[_i].name, err.text);
	ck_assert(key_is_p256(key));
	EVP_PKEY_free(key);
}
END_TEST

static const struct {
	const char *name, *text;
} not_keys[] = {
	{ "empty", "" },
	{ "text", "no key at all\n" },
	{ "public",
	    "-----BEGIN PUBLIC KEY-----\nAAAA\n"
	    "-----END PUBLIC KEY-----\n" },
	{ "hollow",
	    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
	    "-----END ENCRYPTED PRIVATE KEY-----\n" },
};

START_TEST(other_files_are_not_keys)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(file_write(path, 0600, not_keys[_i].text,
			     strlen(not_keys[_i].text), &err),
	    ERR_OK);
	ck_assert_int_eq(key_load(path, &pass, &key, &err), ERR_DATA);
	ck_assert_int_eq(key_load_plain(path, &pass, &key, &err), ERR_DATA);
	ck_assert_ptr_null(key);
}
END_TEST

/* At the limit it is looked at, and is none. */
START_TEST(key_files_have_a_limit)
{
	static const char text[KEY_FILE_MAX + 1];
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(
	    file_write(path, 0600, text, KEY_FILE_MAX, &err), ERR_OK);
	ck_assert_int_eq(key_load(path, &pass, &key, &err), ERR_DATA);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(
	    file_write(path, 0600, text, KEY_FILE_MAX + 1, &err), ERR_OK);
	ck_assert_int_eq(key_load(path, &pass, &key, &err), ERR_LIMIT);
	ck_assert_int_eq(key_load_plain(path, &pass, &key, &err), ERR_LIMIT);
	ck_assert_ptr_null(key);
}
END_TEST

START_TEST(missing_file_is_not_found)
{
	EVP_PKEY
	*key = NULL;

	ck_assert_int_eq(key_load(path, &pass, &key, &err), ERR_NOT_FOUND);
}
END_TEST

START_TEST(raw_public_keys_round_trip)
{
	/* RFC 8032, section 7.1, test 1: seed and public key */
	static const uint8_t seed[32] = { 0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd,
		0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
		0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b,
		0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60 };
	static const uint8_t want[32] = { 0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1,
		0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
		0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02,
		0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a };
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(
	    NULL, "ED25519", NULL, seed, sizeof(seed));
	EVP_PKEY
	*public = NULL, *p256 = new_p256();
	uint8_t raw[32];

	ck_assert_int_eq(key_public_raw(key, raw), ERR_OK);
	ck_assert_mem_eq(raw, want, sizeof(want));
	ck_assert_int_eq(key_from_public_raw("ED25519", raw, &public), ERR_OK);
	ck_assert_int_eq(EVP_PKEY_eq(key, public), 1);
	ck_assert_int_ne(key_public_raw(p256, raw), ERR_OK);
	EVP_PKEY_free(public);
	EVP_PKEY_free(key);
	EVP_PKEY_free(p256);
}
END_TEST

/* RFC 6979, A.2.5: a private scalar and its public point. */
START_TEST(a_scalar_makes_its_whole_key)
{
	static const char scalar_hex[] = "c9afa9d845ba75166b5c215767b1d693"
					 "4e50c3db36e89b127b8a622b120f6721";
	static const char point_hex[] = "04"
					"60fed4ba255a9d31c961eb74c6356d68"
					"c049b8923b61fa6ce669622e60f29fb6"
					"7903fe1008b8bc99a41ae9e95628bc64"
					"f2f1b20c2d7e9f5177a3c294d4462299";
	struct bytes scalar = { 0 }, point = { 0 };
	uint8_t back[KEY_SCALAR_SIZE], got[65];
	EVP_PKEY *key = NULL;
	size_t len;

	ck_assert(hex_decode(scalar_hex, strlen(scalar_hex), &scalar));
	ck_assert(hex_decode(point_hex, strlen(point_hex), &point));
	ck_assert_int_eq(key_from_p256_scalar(scalar.at, &key), ERR_OK);
	ck_assert(key_is_p256(key));
	ck_assert_int_eq(
	    EVP_PKEY_get_octet_string_param(key, "pub", got, sizeof(got), &len),
	    1);
	ck_assert_uint_eq(len, point.len);
	ck_assert_mem_eq(got, point.at, len);
	ck_assert_int_eq(key_p256_scalar(key, back), ERR_OK);
	ck_assert_mem_eq(back, scalar.at, sizeof(back));
	EVP_PKEY_free(key);
	bytes_free(&scalar);
	bytes_free(&point);
}
END_TEST

START_TEST(a_scalar_outside_the_order_is_no_key)
{
	uint8_t scalar[KEY_SCALAR_SIZE] = { 0 };
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(key_from_p256_scalar(scalar, &key), ERR_DATA);
	memset(scalar, 0xff, sizeof(scalar));
	ck_assert_int_eq(key_from_p256_scalar(scalar, &key), ERR_DATA);
	ck_assert_ptr_null(key);
}
END_TEST

/* What is sealed of a key is what OpenSSL writes, and comes back, in memory that
 * is locked; a byte less or another one is none. */
START_TEST(pkcs8_is_as_openssl_has_it)
{
	EVP_PKEY *key =
	    _i == 0 ? new_p256() : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	EVP_PKEY *back;
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
	struct secret der = { 0 };
	unsigned char *theirs = NULL;
	int len = i2d_PKCS8_PRIV_KEY_INFO(info, &theirs);

	secret_init();
	ck_assert_int_eq(key_to_der(key, &der), ERR_OK);
	ck_assert(CRYPTO_secure_allocated(der.at));
	ck_assert_uint_eq(der.len, (size_t)len);
	ck_assert_mem_eq(der.at, theirs, der.len);
	ck_assert_ptr_nonnull(back = key_from_der(&der));
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	EVP_PKEY_free(back);
	der.len--;
	ck_assert_ptr_null(key_from_der(&der));
	der.len++;
	der.at[0] ^= 1;
	ck_assert_ptr_null(key_from_der(&der));
	secret_wipe(&der);
	OPENSSL_free(theirs);
	PKCS8_PRIV_KEY_INFO_free(info);
	EVP_PKEY_free(key);
}
END_TEST

/* RFC 7748, 6.1: Alice's */
START_TEST(a_raw_private_key_makes_its_public_one)
{
	static const char private_hex[] = "77076d0a7318a57d3c16c17251b26645"
					  "df4c2f87ebc0992ab177fba51db92c2a";
	static const char public_hex[] = "8520f0098930a754748b7ddcb43ef75a"
					 "0dbf3a0d26381af4eba4a98eaa9b4e6a";
	struct bytes private = { 0 }, public = { 0 };
	uint8_t got[KEY_RAW_SIZE];
	EVP_PKEY *key;

	ck_assert(hex_decode(private_hex, strlen(private_hex), &private));
	ck_assert(hex_decode(public_hex, strlen(public_hex), &public));
	ck_assert_ptr_nonnull(key = key_from_private_raw("X25519", private.at));
	ck_assert_int_eq(key_public_raw(key, got), ERR_OK);
	ck_assert_mem_eq(got, public.at, sizeof(got));
	EVP_PKEY_free(key);
	bytes_free(&private);
	bytes_free(&public);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("key");
	TCase *t = tcase_create("key");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, makes_exactly_p256_and_ed25519);
	tcase_add_test(t, stored_key_comes_back_and_is_private);
	tcase_add_test(t, wrong_passphrase_is_refused);
	tcase_add_test(t, too_much_work_is_refused_at_once);
	tcase_add_test(t, a_point_of_another_key_is_refused);
	tcase_add_test(t, a_stored_key_is_never_replaced);
	tcase_add_test(t, openssl_opens_what_we_store);
	tcase_add_loop_test(t, loads_keys_made_by_openssl, 0,
	    sizeof(made_by_openssl) / sizeof(made_by_openssl[0]));
	tcase_add_loop_test(t, other_files_are_not_keys, 0,
	    sizeof(not_keys) / sizeof(not_keys[0]));
	tcase_add_test(t, key_files_have_a_limit);
	tcase_add_test(t, missing_file_is_not_found);
	tcase_add_test(t, raw_public_keys_round_trip);
	tcase_add_test(t, a_scalar_makes_its_whole_key);
	tcase_add_loop_test(t, pkcs8_is_as_openssl_has_it, 0, 2);
	tcase_add_test(t, a_raw_private_key_makes_its_public_one);
	tcase_add_test(t, a_scalar_outside_the_order_is_no_key);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
