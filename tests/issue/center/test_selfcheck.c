/*
 * test_selfcheck.c - issue/center/selfcheck.h: a letter that does not read back
 * is found, alone and among many, before its batch can be committed.
 */
#include "issue/center/selfcheck.h"

#include "letter/number.h"
#include "letter/sign.h"
#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/support/world.h"
#include "trust/key.h"

#include <string.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */
#define MANY 100

static EVP_PKEY *key, *other;

static void
begin(void)
{
	ck_assert_int_eq(key_new_p256(&key, NULL), ERR_OK);
	ck_assert_int_eq(key_new_p256(&other, NULL), ERR_OK);
}

static void
end(void)
{
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

/* The n-th letter, signed; its number. */
static void
make(unsigned n, EVP_PKEY *signer, struct bytes *out, char number[22])
{
	struct letter_number parts = { "GTGUA01", 2026, n };
	struct bytes plain = { 0 };
	struct letter letter;

	world_letter(n, NOON, &letter);
	ck_assert(number_format(&parts, letter.number));
	strcpy(letter.issued_at, "2026-11-22T12:00:00Z");
	strcpy(letter.approver, "AP2003");
	strcpy(letter.salt, "AAECAwQFBgcICQoL");
	strcpy(number, letter.number);
	ck_assert_int_eq(xml_write(&letter, &plain), ERR_OK);
	ck_assert_int_eq(sign_document(&dsig_letter, plain.at, plain.len,
			     number, signer, out, NULL),
	    ERR_OK);
	bytes_free(&plain);
}

START_TEST(takes_a_good_letter)
{
	struct bytes xml = { 0 };
	char number[22];

	make(1, key, &xml, number);
	ck_assert_int_eq(
	    selfcheck_letter(xml.at, xml.len, number, key, NULL), ERR_OK);
	bytes_free(&xml);
}
END_TEST

START_TEST(refuses_what_is_wrong)
{
	struct errtext err = { 0 };
	struct bytes xml = { 0 };
	char number[22];

	make(1, key, &xml, number);
	ck_assert_int_ne(
	    selfcheck_letter(xml.at, xml.len, number, other, &err), ERR_OK);
	ck_assert(err.text[0] != '\0');
	ck_assert_int_ne(selfcheck_letter(xml.at, xml.len,
			     "GTGUA01-2026-000002-J", key, &err),
	    ERR_OK);
	ck_assert_int_ne(
	    selfcheck_letter(xml.at, xml.len - 1, number, key, &err), ERR_OK);
	xml.at[xml.len / 3] ^= 1;
	ck_assert_int_ne(
	    selfcheck_letter(xml.at, xml.len, number, key, &err), ERR_OK);
	bytes_free(&xml);
}
END_TEST

/* bad: which one another key signed; MANY: none */
static enum err
run_many(struct beside *beside, unsigned bad)
{
	struct errtext err = { 0 };
	char number[22];
	enum err rc;

	for (unsigned i = 0; i < MANY; i++) {
		struct bytes xml = { 0 };

		make(i + 1, i == bad ? other : key, &xml, number);
		ck_assert_int_eq(
		    selfcheck_add(beside, xml.at, xml.len, number, key, &err),
		    ERR_OK);
		bytes_wipe(&xml); /* its own copy counts */
	}
	rc = beside_wait(beside, &err);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	return rc;
}

START_TEST(finds_one_of_many)
{
	struct beside *beside = beside_new(dsig_thread_end);

	ck_assert_ptr_nonnull(beside);
	ck_assert_int_ne(run_many(beside, 0), ERR_OK);
	ck_assert_int_ne(run_many(beside, MANY - 1), ERR_OK);
	ck_assert_int_eq(run_many(beside, MANY), ERR_OK);
	beside_free(&beside);
	ck_assert_ptr_null(beside);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("selfcheck");
	TCase *t = tcase_create("selfcheck");

	tcase_add_unchecked_fixture(t, begin, end);
	tcase_add_test(t, takes_a_good_letter);
	tcase_add_test(t, refuses_what_is_wrong);
	tcase_add_test(t, finds_one_of_many);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
