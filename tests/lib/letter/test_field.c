#include "letter/field.h"

#include "base/file.h"
#include "letter/code.h"

#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* --- the table ------------------------------------------------------------ */

/* docs/letter.md, written out a second time. */
static const struct {
	enum field_id id;
	const char *element, *key;
	bool required;
	enum field_source source;
} rows[] = {
	{ FIELD_LETTER_NUMBER, "LetterNumber", "letterNumber", true,
	    FROM_PROGRAM },
	{ FIELD_SUPERSEDES, "Supersedes", "supersedes", false, FROM_PROGRAM },
	{ FIELD_PROGRAM, "Program", "program", true, FROM_ROW },
	{ FIELD_LANGUAGE, "Language", "language", true, FROM_ROW },
	{ FIELD_ISSUED_AT, "IssuedAt", "issuedAt", true, FROM_PROGRAM },
	{ FIELD_VALID_FROM, "ValidFrom", "validFrom", true, FROM_ROW },
	{ FIELD_VALID_UNTIL, "ValidUntil", "validUntil", true, FROM_ROW },
	{ FIELD_OFFICER, "Officer", "officer", true, FROM_PROGRAM },
	{ FIELD_APPROVER, "Approver", "approver", true, FROM_PROGRAM },
	{ FIELD_CONSULATE, "Consulate", "consulate", true, FROM_ROW },
	{ FIELD_DESTINATION, "Destination", "destination", true, FROM_ROW },
	{ FIELD_SURNAMES, "Surnames", "surnames", true, FROM_ROW },
	{ FIELD_GIVEN_NAMES, "GivenNames", "givenNames", false, FROM_ROW },
	{ FIELD_BIRTH_DATE, "BirthDate", "birthDate", true, FROM_ROW },
	{ FIELD_BIRTH_DATE_ESTIMATED, "estimated", "birthDateEstimated", false,
	    FROM_ROW },
	{ FIELD_SEX, "Sex", "sex", false, FROM_ROW },
	{ FIELD_NATIONALITY, "Nationality", "nationality", true, FROM_ROW },
	{ FIELD_IDENTITY_BASIS, "IdentityBasis", "identityBasis", true,
	    FROM_ROW },
	{ FIELD_DOCUMENT_TYPE, "Type", "documentType", false, FROM_ROW },
	{ FIELD_DOCUMENT_COUNTRY, "Country", "documentCountry", false,
	    FROM_ROW },
	{ FIELD_DOCUMENT_NUMBER_TAIL, "NumberTail", "documentNumberTail", false,
	    FROM_ROW },
	{ FIELD_DEPENDANTS, "Dependants", "dependants", false, FROM_ROW },
	{ FIELD_PATHWAY, "Pathway", "pathway", true, FROM_ROW },
	{ FIELD_OFFER_REFERENCE, "OfferReference", "offerReference", false,
	    FROM_ROW },
	{ FIELD_REQUESTED_ACTION, "RequestedAction", "requestedAction", true,
	    FROM_ROW },
	{ FIELD_CASE_REFERENCE, "CaseReference", "caseReference", true,
	    FROM_ROW },
	{ FIELD_APPOINTMENT_DATE, "AppointmentDate", "appointmentDate", false,
	    FROM_ROW },
	{ FIELD_SALT, "Salt", NULL, true, FROM_PROGRAM },
};
_Static_assert(COUNT(rows) == FIELD_COUNT, "a test row for every field");

START_TEST(table_is_the_contract)
{
	const struct field *field = &field_table[_i];

	ck_assert_int_eq(rows[_i].id, _i);
	ck_assert_int_eq(field->id, _i);
	ck_assert_str_eq(field->element, rows[_i].element);
	ck_assert_pstr_eq(field->key, rows[_i].key);
	ck_assert(field->required == rows[_i].required);
	ck_assert(field->source == rows[_i].source);
	ck_assert(field->label != NULL && field->label[0] != '\0');
	ck_assert_ptr_eq(field_row((enum field_id)_i), field);
	if (field->key != NULL)
		ck_assert_ptr_eq(field_by_key(field->key), field);
}
END_TEST

static bool
is_word_of(const char *page, const char *word)
{
	const char *at = page;
	size_t len = strlen(word);

	while ((at = strstr(at, word)) != NULL) {
		if (!isalpha((unsigned char)at[len]) &&
		    (at == page || !isalpha((unsigned char)at[-1])))
			return true;
		at += len;
	}
	return false;
}

/* The format's table of fields, and the columns of a file of people. */
START_TEST(pages_list_every_field)
{
	static const char *const intake[] = { "docs/intake.md",
		"docs/es/intake.md" };
	const struct field *field = &field_table[_i];
	struct bytes page = { 0 };
	char row[128];

	if (field->key == NULL)
		snprintf(row, sizeof(row), "%s` | ", field->element);
	else
		snprintf(
		    row, sizeof(row), "%s` | `%s`", field->element, field->key);
	ck_assert_int_eq(
	    file_read("docs/letter.md", 1 << 20, &page, NULL), ERR_OK);
	ck_assert_msg(strstr((char *)page.at, row) != NULL, "%s", row);
	for (int i = 0; i < COUNT(intake) && field->source == FROM_ROW; i++) {
		bytes_free(&page);
		ck_assert_int_eq(
		    file_read(intake[i], 1 << 20, &page, NULL), ERR_OK);
		ck_assert_msg(is_word_of((char *)page.at, field->key), "%s: %s",
		    intake[i], field->key);
	}
	bytes_free(&page);
}
END_TEST

START_TEST(dependants_have_three_parts)
{
	static const char *const elements[] = { "Name", "BirthDate",
		"Relationship" };

	for (int i = 0; i < FIELD_DEPENDANT_COUNT; i++) {
		const struct field *part = &field_dependant[i];

		ck_assert_int_eq((int)part->id, FIELD_COUNT + i);
		ck_assert_str_eq(part->element, elements[i]);
		ck_assert(part->required);
		ck_assert_ptr_eq(field_row(part->id), part);
	}
	ck_assert_ptr_null(field_row(FIELD_NONE));
	ck_assert_ptr_null(field_by_key("name"));
	ck_assert_ptr_null(field_by_key("documentNumber"));
	ck_assert_ptr_null(field_by_key(""));
}
END_TEST

/* No two fields share memory: fill each with its own letter. */
START_TEST(fields_do_not_overlap)
{
	struct letter letter = { 0 };

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		char text[LETTER_NAME_SIZE];
		size_t size = field_table[i].size;

		if (size == 0)
			continue;
		memset(text, 'a' + (int)i % 26, sizeof(text));
		ck_assert(field_set(&field_table[i], &letter, text, size - 1));
		ck_assert(!field_set(&field_table[i], &letter, text, size));
	}
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *text = field_get(&field_table[i], &letter);

		if (field_table[i].size == 0)
			continue;
		ck_assert_uint_eq(strlen(text), field_table[i].size - 1);
		for (size_t k = 0; text[k] != '\0'; k++)
			ck_assert_int_eq(text[k], 'a' + (int)i % 26);
	}
	ck_assert_uint_eq(letter.dependant_count, 0);
}
END_TEST

START_TEST(list_of_dependants_has_no_text)
{
	struct letter letter;
	const struct field *list = field_row(FIELD_DEPENDANTS);

	sample_letter(&letter);
	ck_assert_str_eq(field_get(list, &letter), "");
	ck_assert(!field_set(list, &letter, "", 0));
	ck_assert_str_eq(
	    field_get(field_row(FIELD_DEPENDANT_NAME), &letter.dependant[1]),
	    "Xul");
}
END_TEST

START_TEST(wipe_leaves_an_empty_letter)
{
	static const struct letter empty;
	struct letter letter;

	sample_letter(&letter);
	letter_wipe(&letter);
	ck_assert_mem_eq(&letter, &empty, sizeof(letter));
}
END_TEST

/* --- the rules ------------------------------------------------------------ */

static const struct {
	enum field_id id;
	const char *text;
} good[] = {
	{ FIELD_LETTER_NUMBER, "GTGUA01-2026-000002-J" },
	{ FIELD_PROGRAM, "AB" },
	{ FIELD_PROGRAM, "ABCDEFGHIJKLM-09" },
	{ FIELD_LANGUAGE, "ht" },
	{ FIELD_ISSUED_AT, "2000-01-01T00:00:00Z" },
	{ FIELD_ISSUED_AT, "2024-02-29T23:59:59Z" },
	{ FIELD_VALID_FROM, "2000-01-01" },
	{ FIELD_VALID_UNTIL, "9999-12-31" },
	{ FIELD_OFFICER, "A1B2" },
	{ FIELD_APPROVER, "ABCDEFGHIJ09" },
	{ FIELD_CONSULATE, "ES-GT29Z" },
	{ FIELD_DESTINATION, "ESP" },
	{ FIELD_DESTINATION, "ZZZ" }, /* form only: intake asks ISO 3166 */
	{ FIELD_SURNAMES, "Q'anil Batz" },
	{ FIELD_BIRTH_DATE, "unknown" },
	{ FIELD_BIRTH_DATE, "1984-02" },
	{ FIELD_BIRTH_DATE_ESTIMATED, "true" },
	{ FIELD_SEX, "X" },
	{ FIELD_NATIONALITY, "VEN" },
	{ FIELD_NATIONALITY, "VEN;ITA" },
	{ FIELD_NATIONALITY, "VEN;ITA;XXA" },
	{ FIELD_IDENTITY_BASIS, "DECLARED" },
	{ FIELD_DOCUMENT_TYPE, "C" },
	{ FIELD_DOCUMENT_NUMBER_TAIL, "0A9Z" },
	{ FIELD_PATHWAY, "ABC" },
	{ FIELD_OFFER_REFERENCE, "/" },
	{ FIELD_OFFER_REFERENCE, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0-9/AB" },
	{ FIELD_REQUESTED_ACTION, "RECEIVE_APPLICATION" },
	{ FIELD_CASE_REFERENCE, "ABCXYZ2345" },
	{ FIELD_APPOINTMENT_DATE, "2028-02-29" },
	{ FIELD_SALT, "AAECAwQFBgcICQoL" },
	{ FIELD_SALT, "++++++++////////" },
	{ FIELD_DEPENDANT_NAME, "Xul" },
	{ FIELD_DEPENDANT_BIRTH_DATE, "2019" },
	{ FIELD_DEPENDANT_RELATIONSHIP, "GRANDPARENT" },
	{ FIELD_DEPENDANTS, "" },
};

START_TEST(accepts)
{
	struct problem p = { 0 };

	ck_assert_msg(field_check(field_row(good[_i].id), good[_i].text, &p),
	    "%s: %s", good[_i].text, p.text);
}
END_TEST

static const struct {
	enum field_id id;
	const char *text;
	enum problem_code code;
} bad[] = {
	{ FIELD_LETTER_NUMBER, "GTGUA01-2026-000002-K", E_CODE },
	{ FIELD_SUPERSEDES, "GTGUA02", E_CODE },
	{ FIELD_PROGRAM, "A", E_LENGTH },
	{ FIELD_PROGRAM, "ABCDEFGHIJKLM-09X", E_LENGTH },
	{ FIELD_PROGRAM, "rrp-es", E_CHARACTER },
	{ FIELD_PROGRAM, "RRP ES", E_CHARACTER },
	{ FIELD_PROGRAM, "RRP_ES", E_CHARACTER },
	{ FIELD_LANGUAGE, "de", E_CODE },
	{ FIELD_LANGUAGE, "ES", E_CODE },
	{ FIELD_LANGUAGE, "es ", E_CODE },
	{ FIELD_ISSUED_AT, "2026-11-24T18:00:00", E_DATE },
	{ FIELD_ISSUED_AT, "2026-11-23T18:00:00+00:00", E_DATE },
	{ FIELD_ISSUED_AT, "2026-11-23T18:00:00.0Z", E_DATE },
	{ FIELD_ISSUED_AT, "2026-11-23T24:00:00Z", E_DATE },
	{ FIELD_ISSUED_AT, "2026-11-23T23:59:60Z", E_DATE },
	{ FIELD_ISSUED_AT, "2026-02-29T18:00:00Z", E_DATE },
	{ FIELD_ISSUED_AT, "1999-12-31T23:59:59Z", E_DATE },
	{ FIELD_VALID_FROM, "2026-02-30", E_DATE },
	{ FIELD_VALID_FROM, "1999-12-31", E_DATE },
	{ FIELD_VALID_FROM, "2026-13-01", E_DATE },
	{ FIELD_VALID_FROM, "2026-12", E_DATE },
	{ FIELD_VALID_FROM, " 2026-11-24", E_DATE },
	{ FIELD_VALID_UNTIL, "2026-11-23Z", E_DATE },
	{ FIELD_OFFICER, "OF1", E_LENGTH },
	{ FIELD_OFFICER, "ABCDEFGHIJ090", E_LENGTH },
	{ FIELD_OFFICER, "OF-1007", E_CHARACTER },
	{ FIELD_CONSULATE, "ESGTGUA", E_CODE },
	{ FIELD_CONSULATE, "ES-GTGU0", E_CODE },
	{ FIELD_CONSULATE, "ES-GTGUA1", E_CODE },
	{ FIELD_DESTINATION, "ES", E_CODE },
	{ FIELD_DESTINATION, "esp", E_CODE },
	{ FIELD_DESTINATION, "ESPA", E_CODE },
	{ FIELD_SURNAMES, "An4", E_CHARACTER },
	{ FIELD_BIRTH_DATE, "1990-02-30", E_DATE },
	{ FIELD_BIRTH_DATE, "Unknown", E_DATE },
	{ FIELD_BIRTH_DATE_ESTIMATED, "false", E_CODE },
	{ FIELD_BIRTH_DATE_ESTIMATED, "1", E_CODE },
	{ FIELD_SEX, "f", E_CODE },
	{ FIELD_NATIONALITY, "VEN,ITA", E_CODE },
	{ FIELD_NATIONALITY, "HTI;", E_CODE },
	{ FIELD_NATIONALITY, ";VEN", E_CODE },
	{ FIELD_NATIONALITY, "VEN; ITA", E_CODE },
	{ FIELD_NATIONALITY, "VEN;VEN", E_CODE },
	{ FIELD_NATIONALITY, "VEN;ITA;VEN", E_CODE },
	{ FIELD_NATIONALITY, "VEN;ITA;ESP;FRA", E_CODE },
	{ FIELD_IDENTITY_BASIS, "ORIGINAL", E_CODE },
	{ FIELD_DOCUMENT_TYPE, "Z", E_CODE },
	{ FIELD_DOCUMENT_NUMBER_TAIL, "123", E_LENGTH },
	{ FIELD_DOCUMENT_NUMBER_TAIL, "12345", E_LENGTH },
	{ FIELD_DOCUMENT_NUMBER_TAIL, "12a4", E_CHARACTER },
	{ FIELD_PATHWAY, "LC1", E_CODE },
	{ FIELD_OFFER_REFERENCE, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0-9/ABC",
	    E_LENGTH },
	{ FIELD_OFFER_REFERENCE, "A_B", E_CHARACTER },
	{ FIELD_REQUESTED_ACTION, "VISA", E_CODE },
	{ FIELD_CASE_REFERENCE, "ABCXYZ234", E_LENGTH },
	{ FIELD_CASE_REFERENCE, "ABCXYZ23456", E_LENGTH },
	{ FIELD_CASE_REFERENCE, "ABCXYZ2348", E_CHARACTER },
	{ FIELD_CASE_REFERENCE, "ABCXYZ234\u00C1", E_CHARACTER },
	{ FIELD_SALT, "AAECAwQFBgcICQo=", E_CODE },
	{ FIELD_SALT, "AAECAwQFBgcICQoLAAAA", E_CODE },
	{ FIELD_SALT, "AAECAwQFBgcICQo-", E_CODE },
	{ FIELD_DEPENDANT_RELATIONSHIP, "COUSIN", E_CODE },
	{ FIELD_SURNAMES, "", E_MISSING },
	{ FIELD_SEX, "", E_MISSING },
};

START_TEST(refuses)
{
	const struct field *field = field_row(bad[_i].id);
	struct problem p = { 0 };

	ck_assert_msg(!field_check(field, bad[_i].text, &p), "%s %s",
	    field->element, bad[_i].text);
	ck_assert_msg(p.code == bad[_i].code, "%s %s: %s", field->element,
	    bad[_i].text, problem_name(p.code));
	ck_assert_int_eq(p.field, (int)bad[_i].id);
	ck_assert_int_eq(p.dependant, -1);
	ck_assert_uint_gt(strlen(p.text), 20);
	/* the sentence tells the rule, never what stands there */
	if (strlen(bad[_i].text) > 3)
		ck_assert_msg(
		    strstr(p.text, bad[_i].text) == NULL, "%s", p.text);
	ck_assert(!field_check(field, bad[_i].text, NULL));
}
END_TEST

START_TEST(names_the_character)
{
	struct problem p;

	ck_assert(!field_check(
	    field_row(FIELD_CASE_REFERENCE), "ABCXYZ234\u0410", &p));
	ck_assert_ptr_nonnull(
	    strstr(p.text, "U+0410 CYRILLIC CAPITAL LETTER A at position 10"));
	ck_assert(!field_check(field_row(FIELD_PROGRAM), "AB\xFF", &p));
	ck_assert_ptr_nonnull(strstr(p.text, "UTF-8 at position 3"));
}
END_TEST

/* Every code of every list, and nothing near it. */
START_TEST(codes_of_the_table_are_accepted)
{
	for (int id = 0; id < FIELD_NONE; id++) {
		const struct field *field = field_row((enum field_id)id);

		if (field->kind != KIND_CODE)
			continue;
		for (const struct code *c = field->codes; c->code; c++) {
			char longer[32];
			struct problem p;

			ck_assert(field_check(field, c->code, &p));
			snprintf(longer, sizeof(longer), "%s ", c->code);
			ck_assert(!field_check(field, longer, &p));
			longer[strlen(c->code)] = 'Q';
			ck_assert(!field_check(field, longer, &p));
		}
	}
}
END_TEST

/* --- problems ------------------------------------------------------------- */

static const char *const names[PROBLEM_CODE_COUNT] = { "E-CHARACTER", "E-DATE",
	"E-VALIDITY", "E-TOO-MANY-DEPENDANTS", "E-MISSING", "E-CODE",
	"E-LENGTH", "E-CENTER", "E-PROGRAM", "E-CSV", "W-MINOR",
	"W-DOC-EXPIRED", "W-DUPLICATE", "W-COLUMN", "W-PLACEHOLDER",
	"W-REFERENCE" };

START_TEST(problem_codes_are_the_contract)
{
	ck_assert_str_eq(problem_name((enum problem_code)_i), names[_i]);
	ck_assert(
	    problem_is_error((enum problem_code)_i) == (names[_i][0] == 'E'));
}
END_TEST

START_TEST(long_sentences_end_between_characters)
{
	struct problem p;
	char text[2 * PROBLEM_TEXT_SIZE] = "";

	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		strcat(text, "\u00E9");
	ck_assert(!problem_set(&p, E_CODE, FIELD_SEX, "%s", text));
	ck_assert_uint_eq(strlen(p.text), PROBLEM_TEXT_SIZE - 2);
	ck_assert(!problem_set(&p, E_CODE, FIELD_SEX, "x%s", text));
	ck_assert_uint_eq(strlen(p.text), PROBLEM_TEXT_SIZE - 1);
	ck_assert(!problem_set(NULL, E_CODE, FIELD_SEX, "%s", text));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("field");
	TCase *t = tcase_create("field");

	tcase_add_loop_test(t, table_is_the_contract, 0, FIELD_COUNT);
	tcase_add_loop_test(t, pages_list_every_field, 0, FIELD_COUNT);
	tcase_add_test(t, dependants_have_three_parts);
	tcase_add_test(t, fields_do_not_overlap);
	tcase_add_test(t, list_of_dependants_has_no_text);
	tcase_add_test(t, wipe_leaves_an_empty_letter);
	tcase_add_loop_test(t, accepts, 0, COUNT(good));
	tcase_add_loop_test(t, refuses, 0, COUNT(bad));
	tcase_add_test(t, names_the_character);
	tcase_add_test(t, codes_of_the_table_are_accepted);
	tcase_add_loop_test(
	    t, problem_codes_are_the_contract, 0, PROBLEM_CODE_COUNT);
	tcase_add_test(t, long_sentences_end_between_characters);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
