/*
 * Tests of trust/authenticate.h: the order of the questions, and what is
 * known after each answer.
 */
#include "trust/authenticate.h"

#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"
#include "tests/lib/trust/sample_list.h"

#include <libxml/xmlmemory.h>
#include <stdlib.h>

#define NUMBER       "GTGUA01-2026-000002-J"
#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static struct errtext err;
static struct sample_list s;
static struct trust_list *list;
static struct authentic got;

static void
setup(void)
{
	struct bytes xml;

	err = (struct errtext){ 0 };
	sample_list_new(&s);
	xml = sample_list_sign(&s);
	ck_assert_int_eq(
	    trust_read(xml.at, xml.len, s.root.cert, &list, &err), ERR_OK);
	bytes_free(&xml);
}

static void
teardown(void)
{
	trust_free(&list);
	sample_list_free(&s);
}

static struct bytes
sign_text(const char *text, const char *id, EVP_PKEY *key)
{
	struct bytes xml = { 0 };
	enum err rc = sign_document(
	    &dsig_letter, text, strlen(text), id, key, &xml, &err);

	ck_assert_msg(rc == ERR_OK, "%s %s", err_name(rc), err.text);
	return xml;
}

static struct bytes
a_letter(EVP_PKEY *key)
{
	return sign_text(sample_unsigned, NUMBER, key);
}

static enum err
authenticate(const struct bytes *xml)
{
	return authenticate_letter(xml->at, xml->len, list, &got, &err);
}

START_TEST(a_good_letter_comes_with_all_that_is_known)
{
	struct bytes xml = a_letter(s.key);
	struct letter want;
	struct dsig sig;

	sample_letter(&want);
	ck_assert_msg(authenticate(&xml) == ERR_OK, "%s", err.text);
	ck_assert_mem_eq(&got.letter, &want, sizeof(want));
	ck_assert_str_eq(got.center->code, "GTGUA01");
	ck_assert_int_eq(EVP_PKEY_eq(got.key->key, s.key), 1);
	ck_assert_str_eq(got.key_name, got.key->key_name);
	ck_assert_int_eq(
	    dsig_scan(&dsig_letter, xml.at, xml.len, &sig, &err), ERR_OK);
	ck_assert_mem_eq(got.digest, sig.digest, sizeof(got.digest));
	ck_assert_mem_eq(got.signature, sig.signature, sizeof(got.signature));
	bytes_free(&xml);
}
END_TEST

START_TEST(key_state_is_not_asked_here)
{
	struct bytes xml = a_letter(s.old_key);

	/* revoked: authentic all the same, the verdict judges it */
	ck_assert_int_eq(authenticate(&xml), ERR_OK);
	ck_assert_int_eq(got.key->status, KEY_REVOKED);
	bytes_free(&xml);
}
END_TEST

START_TEST(unknown_key_and_no_list_are_unknown_issuers)
{
	EVP_PKEY *stranger = sample_p256();
	struct bytes xml = a_letter(stranger);
	char name[DSIG_KEY_NAME_SIZE];

	ck_assert_int_eq(dsig_key_name(stranger, name), ERR_OK);
	ck_assert_int_eq(authenticate(&xml), ERR_ISSUER);
	ck_assert_str_eq(got.key_name, name);
	ck_assert_ptr_null(got.key);
	ck_assert_str_eq(got.letter.number, "");
	bytes_free(&xml);
	xml = a_letter(s.key);
	ck_assert_int_eq(
	    authenticate_letter(xml.at, xml.len, NULL, &got, &err), ERR_ISSUER);
	ck_assert_str_ne(got.key_name, "");
	bytes_free(&xml);
	EVP_PKEY_free(stranger);
}
END_TEST

START_TEST(another_key_under_a_known_name_is_proven_wrong)
{
	EVP_PKEY *stranger = sample_p256();
	struct bytes xml = a_letter(stranger), good = a_letter(s.key);
	char *theirs = strstr((char *)xml.at, "<ds:KeyName>");
	char *ours = strstr((char *)good.at, "<ds:KeyName>");

	memcpy(theirs, ours, strlen("<ds:KeyName>") + 8);
	ck_assert_int_eq(authenticate(&xml), ERR_SIGNATURE);
	ck_assert_ptr_null(got.key);
	ck_assert_str_eq(got.letter.surnames, "");
	bytes_free(&good);
	bytes_free(&xml);
	EVP_PKEY_free(stranger);
}
END_TEST

START_TEST(every_changed_byte_is_refused_without_data)
{
	struct bytes xml = a_letter(s.key);
	size_t at;

	for (at = 0; at < xml.len; at++) {
		enum err rc;

		xml.at[at] ^= 1;
		rc = authenticate(&xml);
		ck_assert_msg(rc == ERR_PROFILE || rc == ERR_ISSUER ||
			rc == ERR_SIGNATURE || rc == ERR_FOREIGN,
		    "byte %zu: %s", at, err_name(rc));
		ck_assert_str_eq(got.letter.surnames, "");
		xml.at[at] ^= 1;
	}
	bytes_free(&xml);
}
END_TEST

/* Before the key is looked for, and whatever the signature says. */
/* libxml2 takes memory for whatever it reads. */
static unsigned parser_allocations;

static void *
count_allocation(size_t len)
{
	parser_allocations++;
	return malloc(len);
}

static bool
parser_saw(const char *at, size_t len)
{
	unsigned before = parser_allocations;

	(void)authenticate_letter((const uint8_t *)at, len, list, &got, &err);
	return parser_allocations != before;
}

START_TEST(no_parser_sees_what_is_not_signed)
{
	static const char *const hostile[] = {
		"<!DOCTYPE a SYSTEM \"urn:sello:letter:1\"><a>&b;</a>",
		"<ReferralLetter xmlns=\"urn:sello:letter:1\">",
		"urn:sello:letter:1",
		"",
	};
	EVP_PKEY *stranger = sample_p256();
	struct bytes xml = a_letter(s.key), theirs = a_letter(stranger);
	size_t i;

	ck_assert_int_eq(
	    xmlMemSetup(free, count_allocation, realloc, strdup), 0);
	ck_assert(parser_saw((char *)xml.at, xml.len)); /* it counts */
	for (i = 0; i < xml.len; i++) {
		xml.at[i] ^= 1;
		ck_assert_msg(
		    !parser_saw((char *)xml.at, xml.len), "byte %zu", i);
		xml.at[i] ^= 1;
		ck_assert_msg(!parser_saw((char *)xml.at, i), "cut %zu", i);
	}
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		ck_assert(!parser_saw(hostile[i], strlen(hostile[i])));
	ck_assert(!parser_saw((char *)theirs.at, theirs.len));
	bytes_free(&theirs);
	bytes_free(&xml);
	EVP_PKEY_free(stranger);
}
END_TEST

START_TEST(damage_comes_before_key_and_hash)
{
	EVP_PKEY *keys[2] = { s.key, sample_p256() };
	struct bytes xml;
	int i;

	for (i = 0; i < 2; i++) {
		xml = a_letter(keys[i]);
		*(strstr((char *)xml.at, "<Sex>F") + 5) = ' ';
		ck_assert_int_eq(authenticate(&xml), ERR_PROFILE);
		ck_assert_ptr_null(got.key);
		ck_assert_str_eq(got.key_name, "");
		bytes_free(&xml);
	}
	EVP_PKEY_free(keys[1]);
}
END_TEST

/* Signed by a true key, but not what our issuer would sign. */
static const struct {
	const char *name, *from, *to, *id, *number;
	enum err want;
} faults[] = {
	{ "a rule broken", "<Sex>F<", "<Sex>Q<", NUMBER, NUMBER, ERR_PROFILE },
	{ "a space in a code", "<Sex>F<", "<Sex>F F<", NUMBER, NUMBER,
	    ERR_PROFILE },
	{ "unknown element", "<Sex>", "<New></New><Sex>", NUMBER, NUMBER,
	    ERR_VERSION },
	{ "unknown element before the number", "<LetterNumber>",
	    "<New>1</New><LetterNumber>", NUMBER, "", ERR_VERSION },
	{ "unknown element and a broken rule", "<Sex>F<", "<New></New><Sex>Q<",
	    NUMBER, NUMBER, ERR_PROFILE },
	{ "unknown element in another letter", "<Sex>", "<New></New><Sex>",
	    "GTGUA01-2026-000003-H", "", ERR_PROFILE },
	{ "same approver", "AP2003", "OF1007", NUMBER, NUMBER, ERR_PROFILE },
	{ "Id of another letter", "", "", "GTGUA01-2026-000003-H", "",
	    ERR_PROFILE },
	{ "Id that is no number", "", "", "trust-7", "", ERR_PROFILE },
	{ "number with a bad check character", "000002-J</LetterNumber>",
	    "000002-K</LetterNumber>", "GTGUA01-2026-000002-K", "",
	    ERR_PROFILE },
};

START_TEST(authentic_but_wrong_is_a_profile_error)
{
	const char *at = strstr(sample_unsigned, faults[_i].from);
	struct bytes text = { 0 }, xml;
	enum err rc;

	bytes_add(&text, sample_unsigned, (size_t)(at - sample_unsigned));
	bytes_add_text(&text, faults[_i].to);
	bytes_add_text(&text, at + strlen(faults[_i].from));
	xml = sign_text((const char *)text.at, faults[_i].id, s.key);
	rc = authenticate(&xml);
	ck_assert_msg(
	    rc == faults[_i].want, "%s: %s", faults[_i].name, err_name(rc));
	ck_assert_ptr_nonnull(got.key);
	ck_assert_ptr_nonnull(got.center);
	ck_assert_msg(strcmp(got.letter.number, faults[_i].number) == 0,
	    "%s: %s", faults[_i].name, got.letter.number);
	ck_assert_str_eq(got.letter.surnames, "");
	bytes_free(&xml);
	bytes_free(&text);
}
END_TEST

/* --- letters of a later version ------------------------------------------ */

static struct bytes
sign_version(const char *version, EVP_PKEY *key)
{
	char namespace[40];
	const struct dsig_kind kind = { "ReferralLetter", namespace,
		LETTER_XML_MAX };
	struct bytes text = { 0 }, xml = { 0 };

	snprintf(namespace, sizeof(namespace), "urn:sello:letter:%s", version);
	bytes_addf(&text,
	    "<ReferralLetter xmlns=\"%s\"><LetterNumber>" NUMBER
	    "</LetterNumber><Anything a=\"b\">else</Anything>"
	    "</ReferralLetter>",
	    namespace);
	ck_assert_int_eq(
	    sign_document(&kind, text.at, text.len, NUMBER, key, &xml, &err),
	    ERR_OK);
	bytes_free(&text);
	return xml;
}

static const struct {
	const char *version;
	enum err want;
} versions[] = { { "2", ERR_VERSION }, { "10", ERR_VERSION },
	{ "9999", ERR_VERSION }, { "0", ERR_FOREIGN }, { "02", ERR_FOREIGN },
	{ "10000", ERR_PROFILE }, { "x", ERR_FOREIGN }, { "", ERR_FOREIGN } };

/* Who signed it is proven; what it says is not looked at. */
START_TEST(a_later_version_is_told_with_its_number)
{
	struct bytes xml = sign_version(versions[_i].version, s.key);
	enum err rc = authenticate(&xml);

	ck_assert_msg(rc == versions[_i].want, "%s: %s", versions[_i].version,
	    err_name(rc));
	ck_assert_int_eq(got.key != NULL, rc == ERR_VERSION);
	ck_assert_str_eq(got.letter.number, rc == ERR_VERSION ? NUMBER : "");
	bytes_free(&xml);
}
END_TEST

/* Nothing is proven, so nothing is known; and nobody is accused. */
START_TEST(a_later_version_that_is_not_proven)
{
	EVP_PKEY *stranger = sample_p256();
	struct bytes xml = sign_version("2", _i == 0 ? stranger : s.key);

	switch (_i) {
	case 1: /* changed */
		memcpy(strstr((char *)xml.at, "else"), "elze", 4);
		break;
	case 2: /* signed in another way */
		memcpy(strstr((char *)xml.at, "sha256"), "sha512", 6);
		break;
	case 3: /* cut */
		xml.len /= 3;
		break;
	case 4: /* damaged on its way */
		*(strstr((char *)xml.at, "else") - 1) = '\n';
		break;
	}
	ck_assert_int_eq(authenticate(&xml), ERR_VERSION);
	ck_assert_ptr_null(got.key);
	ck_assert_str_eq(got.letter.number, "");
	ck_assert_ptr_nonnull(strstr(err.text, "version 2"));
	ck_assert_int_eq(authenticate_letter(xml.at, xml.len, NULL, &got, NULL),
	    ERR_VERSION);
	bytes_free(&xml);
	EVP_PKEY_free(stranger);
}
END_TEST

/* A letter of this version cannot hide behind the name of a later one. */
START_TEST(this_version_goes_first)
{
	struct bytes xml = a_letter(s.key);

	*(strstr((char *)xml.at, "<Sex>F") + 5) = 'M';
	bytes_add_text(&xml, "<!-- urn:sello:letter:2 -->");
	ck_assert_int_eq(authenticate(&xml), ERR_PROFILE);
	bytes_free(&xml);
}
END_TEST

START_TEST(other_files_are_foreign_or_too_long)
{
	struct bytes xml = sample_list_sign(&s), big = a_letter(s.key);

	ck_assert_int_eq(authenticate(&xml), ERR_FOREIGN);
	while (big.len <= LETTER_XML_MAX)
		bytes_add_text(&big, "\n");
	ck_assert_int_eq(authenticate(&big), ERR_LIMIT);
	bytes_free(&big);
	bytes_free(&xml);
}
END_TEST

/* --- labels --------------------------------------------------------------- */

START_TEST(labels_come_from_the_list)
{
	struct letter_labels labels;
	struct letter letter;

	sample_letter(&letter);
	authenticate_labels(list, &letter, "es", &labels);
	ck_assert_str_eq(labels.program_name, s.list->name);
	ck_assert_str_eq(labels.center_name, s.list->centers[0].name);
	ck_assert_str_eq(labels.hotline, "+50212345678;free");
	ck_assert_str_eq(labels.timezone, "America/Guatemala");
	ck_assert_str_eq(labels.emblem, s.list->emblem);
	ck_assert_str_eq(
	    labels.consulate_name, "Consulado General en Guatemala");
	ck_assert_ptr_nonnull(labels.pathway); /* LCI is built in */
	strcpy(letter.pathway, "UCR");
	authenticate_labels(list, &letter, "fr", &labels);
	ck_assert_str_eq(labels.pathway, "Couloir universitaire");
	authenticate_labels(list, &letter, "ht", &labels);
	ck_assert_str_eq(labels.pathway, "Corredor universitario");
}
END_TEST

START_TEST(what_the_list_does_not_know_stays_null)
{
	struct letter_labels labels;
	struct letter letter;

	sample_letter(&letter);
	strcpy(letter.pathway, "ZZZ");
	strcpy(letter.consulate, "IT-GTGUA");
	strcpy(letter.program, "RRP-IT");
	strcpy(letter.number, "HNTGU01-2026-000002-A"); /* bad check */
	authenticate_labels(list, &letter, "es", &labels);
	ck_assert_ptr_null(labels.pathway);
	ck_assert_ptr_null(labels.consulate_name);
	ck_assert_ptr_null(labels.program_name);
	ck_assert_ptr_null(labels.center_name);
	ck_assert_ptr_null(labels.hotline);
	authenticate_labels(NULL, &letter, "es", &labels);
	ck_assert_ptr_null(labels.pathway);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("authenticate");
	TCase *t = tcase_create("authenticate");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_good_letter_comes_with_all_that_is_known);
	tcase_add_test(t, key_state_is_not_asked_here);
	tcase_add_test(t, unknown_key_and_no_list_are_unknown_issuers);
	tcase_add_test(t, another_key_under_a_known_name_is_proven_wrong);
	tcase_add_test(t, every_changed_byte_is_refused_without_data);
	tcase_add_test(t, no_parser_sees_what_is_not_signed);
	tcase_add_test(t, damage_comes_before_key_and_hash);
	tcase_add_loop_test(
	    t, a_later_version_is_told_with_its_number, 0, COUNT(versions));
	tcase_add_loop_test(t, a_later_version_that_is_not_proven, 0, 5);
	tcase_add_test(t, this_version_goes_first);
	tcase_add_loop_test(
	    t, authentic_but_wrong_is_a_profile_error, 0, COUNT(faults));
	tcase_add_test(t, other_files_are_foreign_or_too_long);
	tcase_add_test(t, labels_come_from_the_list);
	tcase_add_test(t, what_the_list_does_not_know_stays_null);
	suite_add_tcase(suite, t);
	return suite;
}

CHECK_MAIN(suite);
