/*
 * Tests of trust/stretch.h: below, at and above what a sealed file may ask for.
 * Nothing is stretched here.
 */
#include "trust/stretch.h"

#include "tests/check_main.h"

#include <openssl/evp.h>

#define MOST STRETCH_SCRYPT_MAX

static const struct {
	uint64_t n, r, p;
	bool fit;
} scrypts[] = {
	{ 1 << 14, 8, 2, true }, /* key files */
	{ 1 << 15, 8, 1, true }, /* credentials */
	{ MOST / 8, 8, 1, true },
	{ MOST / 8 / 2, 8, 2, true },
	{ MOST, 1, 1, true },
	{ 1, MOST, 1, true },
	{ 1, 1, MOST, true },
	{ MOST / 8 + 1, 8, 1, false },
	{ MOST / 8, 8, 2, false },
	{ MOST / 8, 9, 1, false },
	{ MOST + 1, 1, 1, false },
	{ 1, MOST + 1, 1, false },
	{ 1, 1, MOST + 1, false },
	/* whose product is small again */
	{ (uint64_t)1 << 63, 2, 1, false },
	{ (uint64_t)1 << 32, (uint64_t)1 << 32, 1, false },
	{ 2, (uint64_t)1 << 63, 1, false },
	{ 2, 1, (uint64_t)1 << 63, false },
	{ UINT64_MAX, UINT64_MAX, UINT64_MAX, false },
	{ 0, 8, 1, false },
	{ 1 << 14, 0, 1, false },
	{ 1 << 14, 8, 0, false },
};

START_TEST(scrypt_has_a_limit)
{
	ck_assert_int_eq(
	    stretch_scrypt_is_fit(scrypts[_i].n, scrypts[_i].r, scrypts[_i].p),
	    scrypts[_i].fit);
}
END_TEST

/* A sealed key of this kind, with nothing in it; takes the algorithm over. */
static bool
fits(X509_ALGOR *how)
{
	X509_SIG *sealed = X509_SIG_new();
	ASN1_OCTET_STRING *data;
	X509_ALGOR *to;
	bool fit;

	ck_assert_ptr_nonnull(sealed);
	ck_assert_ptr_nonnull(how);
	X509_SIG_getm(sealed, &to, &data);
	ck_assert_int_eq(X509_ALGOR_copy(to, how), 1);
	fit = stretch_is_fit(sealed);
	X509_SIG_free(sealed);
	X509_ALGOR_free(how);
	return fit;
}

static X509_ALGOR *
with_pbkdf2(int iterations)
{
	return PKCS5_pbe2_set_iv(
	    EVP_aes_256_cbc(), iterations, NULL, 0, NULL, NID_hmacWithSHA256);
}

static X509_ALGOR *
with_scrypt(uint64_t p)
{
	return PKCS5_pbe2_set_scrypt(
	    EVP_aes_256_cbc(), NULL, 16, NULL, 1 << 14, 8, p);
}

START_TEST(so_have_key_files)
{
	const uint64_t most = MOST >> 14 >> 3;

	ck_assert(fits(with_scrypt(2)));
	ck_assert(fits(with_scrypt(most)));
	ck_assert(!fits(with_scrypt(most + 1)));
	ck_assert(fits(with_pbkdf2(2048))); /* openssl's own */
	ck_assert(fits(with_pbkdf2(STRETCH_PBKDF2_MAX)));
	ck_assert(!fits(with_pbkdf2(STRETCH_PBKDF2_MAX + 1)));
	ck_assert(!fits(with_pbkdf2(INT32_MAX)));
	ck_assert(fits(PKCS5_pbe_set(NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
	    STRETCH_PBKDF2_MAX, NULL, 0)));
	ck_assert(!fits(PKCS5_pbe_set(NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
	    STRETCH_PBKDF2_MAX + 1, NULL, 0)));
}
END_TEST

/* A number that no machine holds, none, and what is no such sequence. */
START_TEST(what_says_nothing_is_not_tried)
{
	X509_ALGOR *how = X509_ALGOR_new();
	PBEPARAM *asks = PBEPARAM_new();
	ASN1_STRING *packed = NULL;

	ck_assert(!fits(X509_ALGOR_new()));
	X509_ALGOR_set0(how, OBJ_nid2obj(NID_pbes2), V_ASN1_NULL, NULL);
	ck_assert(!fits(how));
	ck_assert_int_eq(ASN1_INTEGER_set_uint64(asks->iter, UINT64_MAX), 1);
	ck_assert_int_eq(
	    ASN1_OCTET_STRING_set(asks->salt, (const unsigned char *)"salt", 4),
	    1);
	packed = ASN1_item_pack(asks, ASN1_ITEM_rptr(PBEPARAM), NULL);
	how = X509_ALGOR_new();
	X509_ALGOR_set0(how,
	    OBJ_nid2obj(NID_pbe_WithSHA1And3_Key_TripleDES_CBC),
	    V_ASN1_SEQUENCE, packed);
	ck_assert(!fits(how));
	PBEPARAM_free(asks);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("stretch");
	TCase *t = tcase_create("stretch");

	tcase_add_loop_test(t, scrypt_has_a_limit, 0,
	    (int)(sizeof(scrypts) / sizeof(scrypts[0])));
	tcase_add_test(t, so_have_key_files);
	tcase_add_test(t, what_says_nothing_is_not_tried);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
