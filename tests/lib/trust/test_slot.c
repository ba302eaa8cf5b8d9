/*
 * Tests of trust/slot.h: who can open what. The four-eyes promise rests on
 * every wrong combination being refused.
 */
#include "trust/slot.h"

#include "tests/check_main.h"
#include "tests/support/vectors.h"
#include "trust/key.h"
#include "trust/seal.h"

#include <openssl/hmac.h>

#include <string.h>

#define SLOT_SIZE 81

static struct errtext err;
static uint8_t pass_text[] = "una frase de paso larga";
static const struct secret pass = { pass_text, sizeof(pass_text) - 1 };

struct person {
	const char *code;
	struct credential_public public;
	struct credential *credential;
};
static struct person anna, berta;
static struct secret wrapping;
static struct bytes slot;

static void
person_new(struct person *p, const char *code)
{
	struct bytes sealed = { 0 };

	p->code = code;
	ck_assert_int_eq(
	    credential_new(code, &pass, &sealed, &p->credential, &err), ERR_OK);
	p->public = *credential_public_of(p->credential);
	bytes_free(&sealed);
}

static void
setup(void)
{
	person_new(&anna, "AP2003");
	person_new(&berta, "AP2004");
	ck_assert_int_eq(slot_new_wrapping_key(&wrapping, &err), ERR_OK);
	slot = (struct bytes){ 0 };
	ck_assert_int_eq(slot_close(&wrapping, "GTGUA01", anna.code,
			     anna.public.slot, &slot, &err),
	    ERR_OK);
}

static void
teardown(void)
{
	credential_free(&anna.credential);
	credential_free(&berta.credential);
	secret_wipe(&wrapping);
	bytes_free(&slot);
}

static enum err
open_slot(const char *center, const struct person *who, const char *code)
{
	struct secret got = { 0 };
	enum err rc = slot_open(
	    slot.at, slot.len, center, who->credential, code, &got, &err);

	if (rc == ERR_OK) {
		ck_assert_uint_eq(got.len, WRAPPING_KEY_SIZE);
		ck_assert_mem_eq(got.at, wrapping.at, WRAPPING_KEY_SIZE);
	} else {
		ck_assert_ptr_null(got.at);
	}
	secret_wipe(&got);
	return rc;
}

START_TEST(only_the_person_opens_the_slot)
{
	ck_assert_uint_eq(slot.len, SLOT_SIZE);
	ck_assert_int_eq(open_slot("GTGUA01", &anna, "AP2003"), ERR_OK);
	ck_assert_int_eq(open_slot("GTGUA01", &berta, "AP2003"), ERR_REFUSED);
	ck_assert_int_eq(open_slot("GTGUA01", &berta, "AP2004"), ERR_REFUSED);
	ck_assert_int_eq(open_slot("GTGUA01", &anna, "AP2004"), ERR_REFUSED);
	ck_assert_int_eq(open_slot("GTGUA02", &anna, "AP2003"), ERR_REFUSED);
}
END_TEST

START_TEST(each_changed_byte_is_refused)
{
	size_t at;

	for (at = 0; at < slot.len; at++) {
		enum err rc;

		slot.at[at] ^= 0x40;
		rc = open_slot("GTGUA01", &anna, "AP2003");
		ck_assert_msg(rc == ERR_REFUSED || rc == ERR_DATA,
		    "byte %zu: %s", at, err_name(rc));
		slot.at[at] ^= 0x40;
	}
	slot.len--;
	ck_assert_int_eq(open_slot("GTGUA01", &anna, "AP2003"), ERR_DATA);
	slot.len++;
}
END_TEST

START_TEST(two_slots_of_one_person_differ)
{
	struct bytes second = { 0 };

	ck_assert_int_eq(slot_close(&wrapping, "GTGUA01", anna.code,
			     anna.public.slot, &second, &err),
	    ERR_OK);
	ck_assert_mem_ne(second.at + 1, slot.at + 1, 32);
	ck_assert_mem_ne(second.at + 33, slot.at + 33, 48);
	bytes_free(&second);
}
END_TEST

START_TEST(wrapping_keys_are_never_the_same)
{
	struct secret second = { 0 };

	ck_assert_int_eq(slot_new_wrapping_key(&second, &err), ERR_OK);
	ck_assert_mem_ne(second.at, wrapping.at, WRAPPING_KEY_SIZE);
	secret_wipe(&second);
}
END_TEST

static EVP_PKEY *
a_key(int which)
{
	EVP_PKEY *key = NULL;

	ck_assert_int_eq(
	    which ? key_new_ed25519(&key, &err) : key_new_p256(&key, &err),
	    ERR_OK);
	return key;
}

START_TEST(sealed_key_comes_back_under_its_name_only)
{
	EVP_PKEY *key = a_key(_i), *back = NULL;
	struct bytes sealed = { 0 };
	size_t at;

	ck_assert_int_eq(
	    slot_seal_key(&wrapping, "sign ab12cd34", key, &sealed, &err),
	    ERR_OK);
	ck_assert_int_eq(slot_unseal_key(&wrapping, "sign ab12cd34", sealed.at,
			     sealed.len, &back, &err),
	    ERR_OK);
	ck_assert_int_eq(EVP_PKEY_eq(key, back), 1);
	EVP_PKEY_free(back);
	back = NULL;
	ck_assert_int_eq(slot_unseal_key(&wrapping, "log ab12cd34", sealed.at,
			     sealed.len, &back, &err),
	    ERR_REFUSED);
	for (at = 0; at < sealed.len; at++) {
		sealed.at[at] ^= 1;
		ck_assert_int_ne(slot_unseal_key(&wrapping, "sign ab12cd34",
				     sealed.at, sealed.len, &back, &err),
		    ERR_OK);
		sealed.at[at] ^= 1;
	}
	ck_assert_int_ne(slot_unseal_key(&wrapping, "sign ab12cd34", sealed.at,
			     20, &back, &err),
	    ERR_OK);
	ck_assert_ptr_null(back);
	bytes_free(&sealed);
	EVP_PKEY_free(key);
}
END_TEST

START_TEST(another_wrapping_key_opens_nothing)
{
	EVP_PKEY *key = a_key(0), *back = NULL;
	struct bytes sealed = { 0 };
	struct secret second = { 0 };

	ck_assert_int_eq(slot_new_wrapping_key(&second, &err), ERR_OK);
	ck_assert_int_eq(
	    slot_seal_key(&wrapping, "sign", key, &sealed, &err), ERR_OK);
	ck_assert_int_eq(slot_unseal_key(&second, "sign", sealed.at, sealed.len,
			     &back, &err),
	    ERR_REFUSED);
	ck_assert_ptr_null(back);
	secret_wipe(&second);
	bytes_free(&sealed);
	EVP_PKEY_free(key);
}
END_TEST

/* --- HKDF ------------------------------------------------------------------ */

/* RFC 5869, 2.2 and 2.3, word for word, for at most two blocks and more. */
static void
hkdf(const struct bytes *ikm, const struct bytes *salt,
    const struct bytes *info, uint8_t *out, size_t len)
{
	uint8_t prk[32], block[32];
	size_t done = 0;

	HMAC(EVP_sha256(), salt->at, (int)salt->len, ikm->at, ikm->len, prk,
	    NULL);
	for (uint8_t i = 1; done < len; i++) {
		struct bytes text = { 0 };
		size_t part = len - done < 32 ? len - done : 32;

		if (i > 1)
			bytes_add(&text, block, 32);
		bytes_add(&text, info->at, info->len);
		bytes_add_byte(&text, i);
		HMAC(EVP_sha256(), prk, 32, text.at, text.len, block, NULL);
		memcpy(out + done, block, part);
		done += part;
		bytes_free(&text);
	}
}

/* RFC 5869, appendix A, tests 1 to 3. A.2's inputs count up from 0x00, 0x60
 * and 0xb0, 80 bytes each. */
static const struct {
	const char *ikm, *salt, *info, *okm;
} published[] = {
	{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
	    "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
	    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
	    "34007208d5b887185865" },
	{ "", "", "",
	    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
	    "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
	    "cc30c58179ec3e87c14c01d5c1f3434f1d87" },
	{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "-", "-",
	    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
	    "9d201395faa4b61a96c8" },
};

static struct bytes
input(const char *hex, uint8_t first)
{
	struct bytes out;

	if (hex[0] != '\0')
		return vector_bytes(hex);
	out = (struct bytes){ 0 };
	for (int i = 0; i < 80; i++)
		bytes_add_byte(&out, (uint8_t)(first + i));
	return out;
}

START_TEST(the_oracle_is_rfc_5869s)
{
	struct bytes ikm = input(published[_i].ikm, 0),
		     salt = input(published[_i].salt, 0x60),
		     info = input(published[_i].info, 0xb0),
		     want = vector_bytes(published[_i].okm);
	uint8_t got[96];

	hkdf(&ikm, &salt, &info, got, want.len);
	ck_assert_mem_eq(got, want.at, want.len);
	bytes_free(&ikm);
	bytes_free(&salt);
	bytes_free(&info);
	bytes_free(&want);
}
END_TEST

/* The layout in trust/slot.c, opened by hand with that HKDF. */
START_TEST(slots_are_opened_by_rfc_5869)
{
	struct secret shared = { 0 }, got = { 0 };
	struct bytes ikm = { 0 }, salt = { 0 }, info = { 0 }, bound = { 0 };
	uint8_t key[44];

	ck_assert_int_eq(
	    credential_agree(anna.credential, slot.at + 1, &shared, &err),
	    ERR_OK);
	bytes_add(&ikm, shared.at, shared.len);
	bytes_add(&salt, slot.at + 1, 32);
	bytes_add(&salt, anna.public.slot, 32);
	bytes_add_text(&info, "sello-slot/v1\nGTGUA01\nAP2003\n");
	hkdf(&ikm, &salt, &info, key, sizeof(key));
	bytes_add(&bound, slot.at, 33);
	ck_assert_int_eq(seal_open(key, key + 32, &bound, slot.at + 33,
			     slot.len - 33, &got, &err),
	    ERR_OK);
	ck_assert_uint_eq(got.len, WRAPPING_KEY_SIZE);
	ck_assert_mem_eq(got.at, wrapping.at, WRAPPING_KEY_SIZE);
	secret_wipe(&shared);
	secret_wipe(&got);
	bytes_free(&ikm);
	bytes_free(&salt);
	bytes_free(&info);
	bytes_free(&bound);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("slot");
	TCase *t = tcase_create("slot");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, only_the_person_opens_the_slot);
	tcase_add_test(t, each_changed_byte_is_refused);
	tcase_add_test(t, two_slots_of_one_person_differ);
	tcase_add_test(t, wrapping_keys_are_never_the_same);
	tcase_add_loop_test(t, sealed_key_comes_back_under_its_name_only, 0, 2);
	tcase_add_test(t, another_wrapping_key_opens_nothing);
	tcase_add_loop_test(t, the_oracle_is_rfc_5869s, 0, 3);
	tcase_add_test(t, slots_are_opened_by_rfc_5869);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
