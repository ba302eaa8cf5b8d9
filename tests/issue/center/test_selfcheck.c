/*
 * test_selfcheck.c - issue/center/selfcheck.h: a letter that does not read back
 * and a person's signature that is another's are found, alone and among many,
 * before their batch can be committed.
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

/* A line of a letter that a person signed, as the first of the two. */
static void
person_signs(unsigned n, EVP_PKEY *signer, struct log_entry *entry)
{
	struct bytes text = { 0 };

	*entry = (struct log_entry){ .kind = ENTRY_ISSUE, .index = n };
	strcpy(entry->number, "GTGUA01-2026-000002-J");
	memset(entry->commitment, (int)n, sizeof(entry->commitment));
	entry_drafted_text("RRP-ES", "GTGUA01", entry->commitment, &text);
	ck_assert_int_eq(sign_raw(signer, text.at, text.len,
			     entry->person_signature[0], NULL),
	    ERR_OK);
	bytes_free(&text);
}

static enum err
add_person(struct selfcheck *check, unsigned n, EVP_PKEY *signer)
{
	struct log_entry entry;
	const struct selfcheck_person person = { &entry, "RRP-ES", 0, key };
	enum err rc;

	person_signs(n, signer, &entry);
	rc = selfcheck_add_person(check, &person, NULL);
	memset(&entry, 0, sizeof(entry)); /* nothing of it is kept */
	return rc;
}

/* bad: which one another key signed, of the letters, and MANY + which one of
 * the persons; 2 * MANY: none */
static enum err
run_many(struct selfcheck *check, unsigned bad)
{
	struct errtext err = { 0 };
	char number[22];
	enum err rc;

	for (unsigned i = 0; i < MANY; i++) {
		struct bytes xml = { 0 };

		make(i + 1, i == bad ? other : key, &xml, number);
		ck_assert_int_eq(
		    selfcheck_add(check, xml.at, xml.len, number, key, &err),
		    ERR_OK);
		bytes_wipe(&xml); /* its own copy counts */
		ck_assert_int_eq(
		    add_person(check, i, MANY + i == bad ? other : key),
		    ERR_OK);
	}
	rc = selfcheck_end(check, &err);
	ck_assert(rc == ERR_OK || err.text[0] != '\0');
	return rc;
}

/* tables: enough for the key to have one (letter/dsig_many.h) */
static void
find_one(bool tables)
{
	struct beside *beside = beside_new(dsig_thread_end);
	struct selfcheck *check = selfcheck_new(beside);
	static const unsigned bad[] = { 0, 1, MANY / 2, MANY - 1, MANY,
		MANY + 1, 2 * MANY - 1 };

	ck_assert_ptr_nonnull(check);
	if (tables)
		selfcheck_expect(check, 100 * MANY);
	ck_assert_int_eq(run_many(check, 2 * MANY), ERR_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_int_eq(run_many(check, bad[i]),
		    bad[i] < MANY ? ERR_INTERNAL : ERR_CONFIG);
	/* what was wrong is not the next batch's fault */
	ck_assert_int_eq(run_many(check, 2 * MANY), ERR_OK);
	selfcheck_free(&check);
	ck_assert_ptr_null(check);
	beside_free(&beside);
}

START_TEST(finds_one_of_many)
{
	find_one(false);
}
END_TEST

START_TEST(finds_one_by_tables)
{
	find_one(true);
}
END_TEST

START_TEST(forgets_what_nobody_awaits)
{
	struct beside *beside = beside_new(dsig_thread_end);
	struct selfcheck *check = selfcheck_new(beside);

	for (unsigned i = 0; i < 5; i++)
		ck_assert_int_eq(add_person(check, i, other), ERR_OK);
	selfcheck_free(&check);
	ck_assert_int_eq(beside_wait(beside, NULL), ERR_OK);
	beside_free(&beside);
	selfcheck_free(&check);
}
END_TEST

START_TEST(asks_for_a_person_at_once)
{
	struct log_entry entry;
	const struct selfcheck_person person = { &entry, "RRP-ES", 0, key };

	person_signs(7, key, &entry);
	ck_assert_int_eq(selfcheck_person(&person, NULL), ERR_OK);
	person_signs(7, other, &entry);
	ck_assert_int_eq(selfcheck_person(&person, NULL), ERR_CONFIG);
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
	tcase_add_test(t, finds_one_by_tables);
	tcase_add_test(t, forgets_what_nobody_awaits);
	tcase_add_test(t, asks_for_a_person_at_once);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
