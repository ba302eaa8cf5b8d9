/*
 * Tests of trust/credential.h. Oracle for the sealed bytes: the layout of
 * docs/trust-list.md, opened here with OpenSSL's own scrypt and GCM.
 */
#include "trust/credential.h"

#include "tests/check_main.h"
#include "tests/support/vectors.h"
#include "trust/key.h"
#include "trust/seal.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <string.h>

#define SEALED_SIZE 112

static struct errtext err;
static uint8_t pass_text[] = "una frase de paso larga", other_text[] = "otra";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };
static const struct secret other = { other_text, sizeof(other_text) - 1 };

static struct bytes sealed;
static struct credential_public public;

static void
make(struct bytes *to, struct credential_public *keys)
{
	struct credential *c = NULL;

	*to = (struct bytes){ 0 };
	ck_assert_int_eq(credential_new("OF1007", &pass, to, &c, &err), ERR_OK);
	*keys = *credential_public_of(c);
	credential_free(&c);
}

static void
setup(void)
{
	make(&sealed, &public);
}

static void
teardown(void)
{
	bytes_free(&sealed);
}

static enum err
open_as(const char *code, const struct secret *with, struct credential **out)
{
	*out = NULL;
	return credential_open(code, sealed.at, sealed.len, with, out, &err);
}

START_TEST(opens_with_its_passphrase_and_signs)
{
	struct credential *c;
	uint8_t signature[CREDENTIAL_SIGNATURE_SIZE];
	static const char text[] = "sello-draft/v1\n...";

	ck_assert_uint_eq(sealed.len, SEALED_SIZE);
	ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_OK);
	ck_assert_mem_eq(credential_public_of(c), &public, sizeof(public));
	ck_assert_int_eq(
	    credential_sign(c, text, sizeof(text), signature, &err), ERR_OK);
	ck_assert(
	    credential_verify(public.sign, text, sizeof(text), signature));
	ck_assert(
	    !credential_verify(public.sign, text, sizeof(text) - 1, signature));
	/* low s: below half of the order, which begins 7fff... */
	ck_assert_uint_lt(signature[32], 0x80);
	signature[5] ^= 1;
	ck_assert(
	    !credential_verify(public.sign, text, sizeof(text), signature));
	credential_free(&c);
	ck_assert_ptr_null(c);
	credential_free(&c);
}
END_TEST

START_TEST(wrong_passphrase_and_moved_row_are_refused)
{
	struct credential *c;

	ck_assert_int_eq(open_as("OF1007", &other, &c), ERR_REFUSED);
	ck_assert_ptr_null(c);
	ck_assert_int_eq(open_as("AP2003", &pass, &c), ERR_REFUSED);
	ck_assert_ptr_null(c);
}
END_TEST

START_TEST(every_changed_byte_is_refused)
{
	struct credential *c;
	size_t at;

	/* one byte of each part; each trial costs a
	 * scrypt */
	static const size_t places[] = { 0, 1, 2, 3, 4, 19, 20, 31, 32, 63, 64,
		95, 96, 111 };

	for (at = 0; at < sizeof(places) / sizeof(places[0]); at++) {
		enum err rc;

		sealed.at[places[at]] ^= 1;
		rc = open_as("OF1007", &pass, &c);
		ck_assert_msg(rc == ERR_REFUSED || rc == ERR_DATA,
		    "byte %zu: %s", places[at], err_name(rc));
		ck_assert_ptr_null(c);
		sealed.at[places[at]] ^= 1;
	}
	ck_assert_int_eq(
	    credential_open("OF1007", sealed.at, 111, &pass, &c, &err),
	    ERR_DATA);
	ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_OK);
	credential_free(&c);
}
END_TEST

START_TEST(absurd_work_factors_are_refused_at_once)
{
	struct credential *c;

	/* N, r, p: the next above what stretch.h allows, and far above */
	static const uint8_t asks[][3] = { { 18, 8, 1 }, { 17, 8, 2 },
		{ 15, 8, 5 }, { 15, 33, 1 }, { 20, 2, 1 }, { 21, 1, 1 },
		{ 40, 8, 1 }, { 64, 1, 1 }, { 255, 255, 255 }, { 15, 0, 1 },
		{ 15, 8, 0 } };

	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		memcpy(sealed.at + 1, asks[i], sizeof(asks[i]));
		ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_DATA);
	}
	sealed.at[1] = 0;
	ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_DATA);
}
END_TEST

START_TEST(what_is_no_key_verifies_nothing)
{
	uint8_t signature[CREDENTIAL_SIGNATURE_SIZE];
	uint8_t key[PERSON_KEY_SIZE];
	struct credential *c;

	ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_OK);
	ck_assert_int_eq(credential_sign(c, "x", 1, signature, &err), ERR_OK);
	credential_free(&c);
	ck_assert(credential_verify(public.sign, "x", 1, signature));
	memcpy(key, public.sign, sizeof(key));
	key[0] ^= 1; /* the other point with this X */
	ck_assert(!credential_verify(key, "x", 1, signature));
	key[0] = 0x05;
	ck_assert(!credential_verify(key, "x", 1, signature));
	memset(key, 0xff, sizeof(key)); /* no number of the field */
	key[0] = 0x02;
	ck_assert(!credential_verify(key, "x", 1, signature));
}
END_TEST

/* Not only sealed anew: other keys, so that the old ones end. */
START_TEST(each_passphrase_has_keys_of_its_own)
{
	struct credential_public second;
	struct bytes more = { 0 };

	make(&more, &second);
	ck_assert_mem_ne(second.sign, public.sign, sizeof(public.sign));
	ck_assert_mem_ne(second.slot, public.slot, sizeof(public.slot));
	ck_assert_mem_ne(more.at + 4, sealed.at + 4, 28);
	bytes_free(&more);
}
END_TEST

/* The documented layout, read
 * by hand. */
START_TEST(layout_is_the_documented_one)
{
	static const char label[] = "sello-credential/v2\nOF1007\n";
	uint8_t key[32], raw[64], tag[16], got[33];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *point = EC_POINT_new(group);
	BIGNUM *scalar;
	const uint8_t *s = sealed.at;
	int len;

	ck_assert_mem_eq(s, "\x02\x0f\x08\x01", 4);
	ck_assert_int_eq(EVP_PBE_scrypt((const char *)pass.at, pass.len, s + 4,
			     16, 32768, 8, 1, 64u << 20, key, 32),
	    1);
	memcpy(tag, s + 96, 16);
	ck_assert_int_eq(
	    EVP_DecryptInit_ex2(ctx, EVP_aes_256_gcm(), key, s + 20, NULL), 1);
	ck_assert(EVP_DecryptUpdate(
	    ctx, NULL, &len, (const uint8_t *)label, (int)strlen(label)));
	ck_assert(EVP_DecryptUpdate(ctx, NULL, &len, s, 32));
	ck_assert(EVP_DecryptUpdate(ctx, raw, &len, s + 32, 64));
	ck_assert(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, 16, tag));
	ck_assert_int_eq(EVP_DecryptFinal_ex(ctx, raw + len, &len), 1);
	scalar = BN_bin2bn(raw, 32, NULL);
	ck_assert_int_eq(
	    EC_POINT_mul(group, point, scalar, NULL, NULL, NULL), 1);
	ck_assert_uint_eq(EC_POINT_point2oct(group, point,
			      POINT_CONVERSION_COMPRESSED, got, 33, NULL),
	    33);
	ck_assert_mem_eq(got, public.sign, 33);
	BN_free(scalar);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	EVP_CIPHER_CTX_free(ctx);
}
END_TEST

START_TEST(agreement_refuses_points_of_small_order)
{
	static const uint8_t zero[32] = { 0 };
	struct secret shared = { 0 };
	struct credential *c;

	ck_assert_int_eq(open_as("OF1007", &pass, &c), ERR_OK);
	ck_assert_int_eq(credential_agree(c, zero, &shared, &err), ERR_REFUSED);
	ck_assert_ptr_null(shared.at);
	credential_free(&c);
}
END_TEST

/* A credential with this X25519 key, sealed as the layout above says, with the
 * least work. */
static void
open_with(const struct bytes *slot_key, struct credential **out)
{
	uint8_t head[32] = { 0x02, 1, 1, 1 }, key[32], raw[64] = { 0 };
	struct bytes bound = { 0 }, made = { 0 };

	raw[31] = 1; /* the P-256 key */
	memcpy(raw + 32, slot_key->at, 32);
	ck_assert_int_eq(EVP_PBE_scrypt((const char *)pass.at, pass.len,
			     head + 4, 16, 2, 1, 1, 1 << 20, key, 32),
	    1);
	bytes_add_text(&bound, "sello-credential/v2\nOF1007\n");
	bytes_add(&bound, head, sizeof(head));
	bytes_add(&made, head, sizeof(head));
	ck_assert_int_eq(
	    seal_close(key, head + 20, &bound, raw, 64, &made, &err), ERR_OK);
	ck_assert_int_eq(
	    credential_open("OF1007", made.at, made.len, &pass, out, &err),
	    ERR_OK);
	bytes_free(&bound);
	bytes_free(&made);
}

static void
agree_with(char *word[VECTOR_WORDS], void *ctx)
{
	static const uint8_t zero[32] = { 0 };
	struct bytes public_key = vector_bytes(word[1]),
		     private_key = vector_bytes(word[2]),
		     want = vector_bytes(word[3]);
	struct credential *c = NULL;
	struct secret got = { 0 };
	unsigned *refused = ctx;
	enum err rc;

	open_with(&private_key, &c);
	rc = credential_agree(c, public_key.at, &got, &err);
	if (memcmp(want.at, zero, 32) == 0) {
		ck_assert_msg(rc == ERR_REFUSED, "%s", word[0]);
		ck_assert_ptr_null(got.at);
		++*refused;
	} else {
		ck_assert_msg(rc == ERR_OK, "%s: %s", word[0], err_name(rc));
		ck_assert_uint_eq(got.len, 32);
		ck_assert_msg(memcmp(got.at, want.at, 32) == 0, "%s", word[0]);
	}
	secret_wipe(&got);
	credential_free(&c);
	bytes_free(&public_key);
	bytes_free(&private_key);
	bytes_free(&want);
}

/* RFC 7748's own two are among them (tests 513 and on: Ktv). */
START_TEST(agrees_with_wycheproof)
{
	unsigned refused = 0;

	ck_assert_uint_eq(
	    vectors_each("x25519.txt", agree_with, &refused), 518);
	ck_assert_uint_eq(refused, 31);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("credential");
	TCase *t = tcase_create("credential");

	tcase_set_timeout(t, 120); /* many scrypts, slow under sanitizers */
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, opens_with_its_passphrase_and_signs);
	tcase_add_test(t, wrong_passphrase_and_moved_row_are_refused);
	tcase_add_test(t, every_changed_byte_is_refused);
	tcase_add_test(t, absurd_work_factors_are_refused_at_once);
	tcase_add_test(t, what_is_no_key_verifies_nothing);
	tcase_add_test(t, each_passphrase_has_keys_of_its_own);
	tcase_add_test(t, layout_is_the_documented_one);
	tcase_add_test(t, agreement_refuses_points_of_small_order);
	tcase_add_test(t, agrees_with_wycheproof);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
