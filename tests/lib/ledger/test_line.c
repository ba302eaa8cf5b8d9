/*
 * test_line.c - ledger/line.h, ledger/line_sign.h: whose signatures a line
 * carries, and that each covers what it says.
 */
#include "ledger/line.h"
#include "ledger/line_sign.h"

#include "letter/sign.h"
#include "tests/check_main.h"
#include "tests/support/keys.h"
#include "tests/support/line_persons.h"

#include <string.h>

#define PROGRAM "RRP-ES"
#define NOON    1795348800 /* 2026-11-22T12:00:00Z */

static EVP_PKEY *center, *other;
static EVP_PKEY *person[ENTRY_SIGNER_MAX]; /* officer, approver */
static struct line_persons persons;

static void
setup(void)
{
	center = support_key();
	other = support_other_key();
	person[0] = support_person_key("GTGUA01", "OF1007");
	person[1] = support_person_key("GTGUA01", "AP2003");
	persons = (struct line_persons){ 2, { person[0], person[1] }, NULL };
}

static void
teardown(void)
{
	EVP_PKEY_free(center);
	EVP_PKEY_free(other);
	EVP_PKEY_free(person[0]);
	EVP_PKEY_free(person[1]);
}

/* A letter and an act by two: the two ways in which lines are signed. */
static struct log_entry
entry_of(enum entry_kind kind)
{
	struct log_entry e = { .index = 7,
		.time = NOON,
		.kind = kind,
		.number = "GTGUA01-2026-000001-L",
		.has_digest = true,
		.digest = { 1 },
		.key_name = "e31e4481",
		.officer = "OF1007",
		.approver = "AP2003",
		.reason = "V45" };

	e.has_commitment = entry_is_letter(&e);
	if (e.has_commitment)
		e.commitment[0] = 2;
	else
		strcpy(e.reason, "FRAUD");
	return e;
}

static void
sign_letter(struct log_entry *e)
{
	struct bytes info = { 0 };

	dsig_signed_info(e->number, e->digest, &info);
	ck_assert_int_eq(
	    sign_raw(center, info.at, info.len, e->signature, NULL), ERR_OK);
	bytes_free(&info);
}

static struct log_entry
line_of(enum entry_kind kind)
{
	struct log_entry e = entry_of(kind);

	if (entry_is_letter(&e))
		ck_assert_int_eq(
		    line_sign_draft(PROGRAM, "GTGUA01", e.commitment, person[0],
			e.person_signature[0], NULL),
		    ERR_OK);
	else
		ck_assert_int_eq(
		    line_sign_person(&e, 0, person[0], NULL), ERR_OK);
	ck_assert_int_eq(line_sign_person(&e, 1, person[1], NULL), ERR_OK);
	if (entry_is_letter(&e))
		sign_letter(&e);
	else
		ck_assert_int_eq(line_sign(&e, center, NULL), ERR_OK);
	return e;
}

static enum err
by_persons(const struct log_entry *e)
{
	return line_verify_persons(e, PROGRAM, &persons, NULL);
}

static const enum entry_kind kinds[] = { ENTRY_ISSUE, ENTRY_WITHDRAW };

START_TEST(takes_what_was_signed)
{
	struct log_entry e = line_of(kinds[_i]);

	ck_assert_int_eq(line_verify(&e, center, NULL), ERR_OK);
	ck_assert_int_eq(by_persons(&e), ERR_OK);
	persons.count = 0; /* nobody was asked for */
	ck_assert_int_eq(by_persons(&e), ERR_OK);
}
END_TEST

START_TEST(each_signature_is_of_its_own_key)
{
	struct log_entry e = line_of(kinds[_i]);
	size_t i;

	ck_assert_int_eq(line_verify(&e, other, NULL), ERR_SIGNATURE);
	ck_assert_int_eq(line_verify(&e, person[0], NULL), ERR_SIGNATURE);
	for (i = 0; i < 2; i++) {
		persons.key[i] = other;
		ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
		persons.key[i] = center;
		ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
		persons.key[i] = person[1 - i];
		ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
		persons.key[i] = person[i];
	}
}
END_TEST

/* What is changed in a line, and whose signatures it breaks. */
#define OFFICER  1u
#define APPROVER 2u
#define CENTER   4u

static void
other_index(struct log_entry *e)
{
	e->index++;
}

static void
other_time(struct log_entry *e)
{
	e->time++;
}

static void
other_number(struct log_entry *e)
{
	e->number[18] = '2';
}

static void
other_center(struct log_entry *e)
{
	e->number[6] = '2';
}

static void
other_digest(struct log_entry *e)
{
	e->digest[31] ^= 1;
}

static void
other_key_name(struct log_entry *e)
{
	e->key_name[7] = '2';
}

static void
other_commitment(struct log_entry *e)
{
	if (e->has_commitment)
		e->commitment[31] ^= 1;
	else
		e->digest[0] ^= 1;
}

static void
other_officer(struct log_entry *e)
{
	e->officer[5] = '8';
}

static void
other_approver(struct log_entry *e)
{
	e->approver[5] = '4';
}

static void
other_reason(struct log_entry *e)
{
	strcpy(e->reason, entry_is_letter(e) ? "V46" : "WITHDRAWN");
}

static const struct {
	const char *name;
	void (*spoil)(struct log_entry *e);
	unsigned letter, act;
} spoilt[] = {
	{ "index", other_index, APPROVER, OFFICER | APPROVER | CENTER },
	{ "time", other_time, APPROVER, OFFICER | APPROVER | CENTER },
	{ "number", other_number, APPROVER | CENTER,
	    OFFICER | APPROVER | CENTER },
	{ "center", other_center, OFFICER | APPROVER | CENTER,
	    OFFICER | APPROVER | CENTER },
	{ "digest", other_digest, APPROVER | CENTER,
	    OFFICER | APPROVER | CENTER },
	{ "key name", other_key_name, APPROVER, OFFICER | APPROVER | CENTER },
	{ "draft", other_commitment, OFFICER | APPROVER,
	    OFFICER | APPROVER | CENTER },
	{ "officer", other_officer, APPROVER, OFFICER | APPROVER | CENTER },
	{ "approver", other_approver, APPROVER, OFFICER | APPROVER | CENTER },
	{ "reason", other_reason, APPROVER, OFFICER | APPROVER | CENTER },
};
#define SPOILT (sizeof(spoilt) / sizeof(spoilt[0]))

/* Which of the three signatures are wrong now. */
static unsigned
broken(const struct log_entry *e)
{
	unsigned is = 0, i;

	if (line_verify(e, center, NULL) != ERR_OK)
		is |= CENTER;
	for (i = 0; i < 2; i++) {
		struct log_entry one = *e;
		struct line_persons by = persons;

		if (i == 0)
			by.count = 1;
		else /* the officer's is not asked about */
			ck_assert_int_eq(entry_is_letter(e)
				? line_sign_draft(PROGRAM,
				      e->number[6] == '1' ? "GTGUA01"
							  : "GTGUA02",
				      e->commitment, person[0],
				      one.person_signature[0], NULL)
				: line_sign_person(&one, 0, person[0], NULL),
			    ERR_OK);
		if (line_verify_persons(&one, PROGRAM, &by, NULL) != ERR_OK)
			is |= i == 0 ? OFFICER : APPROVER;
	}
	return is;
}

START_TEST(each_signature_covers_what_it_says)
{
	size_t i = (size_t)_i % SPOILT;
	bool letter = (size_t)_i < SPOILT;
	struct log_entry e = line_of(letter ? ENTRY_ISSUE : ENTRY_WITHDRAW);

	ck_assert_uint_eq(broken(&e), 0);
	spoilt[i].spoil(&e);
	ck_assert_msg(broken(&e) == (letter ? spoilt[i].letter : spoilt[i].act),
	    "%s: %u", spoilt[i].name, broken(&e));
}
END_TEST

/* The center signs after the persons, and that they did; they do not sign that
 * it did. */
START_TEST(the_center_signs_that_the_persons_signed)
{
	struct log_entry e = line_of(ENTRY_WITHDRAW);

	/* good ones too, made anew: whoever has all keys changes nothing */
	ck_assert_int_eq(line_sign_person(&e, 1, person[1], NULL), ERR_OK);
	ck_assert_int_eq(by_persons(&e), ERR_OK);
	ck_assert_int_eq(line_verify(&e, center, NULL), ERR_SIGNATURE);
	ck_assert_int_eq(line_sign(&e, other, NULL), ERR_OK);
	ck_assert_int_eq(by_persons(&e), ERR_OK);
}
END_TEST

/* A draft of one program, center or kind of signature is none of another's. */
START_TEST(what_a_drafter_signs_is_for_one_center)
{
	struct log_entry e = line_of(ENTRY_ISSUE);

	ck_assert_int_eq(
	    line_verify_persons(&e, "RRP-XX", &persons, NULL), ERR_SIGNATURE);
	ck_assert_int_eq(line_sign_draft(PROGRAM, "GTGUA02", e.commitment,
			     person[0], e.person_signature[0], NULL),
	    ERR_OK);
	ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
	/* as if an approver had drafted: signed as lines are */
	ck_assert_int_eq(line_sign_person(&e, 0, person[0], NULL), ERR_OK);
	ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
}
END_TEST

/* One person in the places of two. */
START_TEST(one_signature_is_not_two)
{
	struct log_entry e = line_of(kinds[_i]);

	memcpy(e.person_signature[1], e.person_signature[0],
	    sizeof(e.person_signature[0]));
	ck_assert_int_eq(by_persons(&e), ERR_SIGNATURE);
}
END_TEST

START_TEST(signs_no_line_that_nobody_may_read)
{
	struct log_entry e = entry_of(ENTRY_WITHDRAW), before;

	e.officer[0] = '\0';
	before = e;
	ck_assert_int_eq(line_sign_person(&e, 1, person[1], NULL), ERR_DATA);
	ck_assert_int_eq(line_sign(&e, center, NULL), ERR_DATA);
	ck_assert_mem_eq(e.person_signature, before.person_signature,
	    sizeof(e.person_signature));
	ck_assert_mem_eq(e.signature, before.signature, sizeof(e.signature));
	e = line_of(ENTRY_ISSUE);
	ck_assert_int_eq(line_sign(&e, center, NULL), ERR_USAGE);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("line");
	TCase *t = tcase_create("line");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, takes_what_was_signed, 0, 2);
	tcase_add_loop_test(t, each_signature_is_of_its_own_key, 0, 2);
	tcase_add_loop_test(
	    t, each_signature_covers_what_it_says, 0, 2 * SPOILT);
	tcase_add_test(t, the_center_signs_that_the_persons_signed);
	tcase_add_test(t, what_a_drafter_signs_is_for_one_center);
	tcase_add_loop_test(t, one_signature_is_not_two, 0, 2);
	tcase_add_test(t, signs_no_line_that_nobody_may_read);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
