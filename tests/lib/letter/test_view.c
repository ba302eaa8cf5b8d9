#include "letter/view.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"

#include <stdlib.h>

/* What view_print() prints, in memory; free(). */
static char *
printed(const struct letter *letter, const struct letter_labels *labels)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	ck_assert_ptr_nonnull(out);
	view_print(out, letter, labels);
	fclose(out);
	return text;
}

static const char whole[] =
    "Letter number:                  GTGUA01-2026-000002-J\n"
    "Replaces letter:                GTGUA01-2025-000417-P\n"
    "Program:                        RRP-ES (Regular Routes)\n"
    "Language:                       es (Spanish)\n"
    "Issued at:                      23 November 2026, 18:00 UTC"
    " (2026-11-23T18:00:00Z)\n"
    "Valid from:                     13 December 2026 (2026-12-13)\n"
    "Valid until:                    11 June 2027 (2027-06-11)\n"
    "Drafter:                        OF1007\n"
    "Approver:                       AP2003\n"
    "Consulate:                      ES-GTGUA\n"
    "Destination:                    ESP (Spain)\n"
    "Surnames:                       Q'anil Batz\n"
    "Given names:                    Rigoberta María\n"
    "Date of birth:                  1990 (estimated)\n"
    "Sex:                            F (Female)\n"
    "Nationality:                    GTM (Guatemala), ITA (Italy)\n"
    "Proof of identity:              DOC (Original document seen)\n"
    "Document type:                  I (National identity card)\n"
    "Document's country:             GTM (Guatemala)\n"
    "Part of the document's number:  4580\n"
    "Dependants:                     1. Óscar Ical Pop;"
    " 9 April 2011 (2011-04-09); CHILD (Child)\n"
    "                                2. Xul; unknown;"
    " GRANDPARENT (Grandparent)\n"
    "Program line:                   LCI (Labor migration, circular)\n"
    "Offer reference:                GECCO-2026-00433\n"
    "Requested action:               APPOINTMENT (Give an appointment)\n"
    "Case reference:                 Z4VWDDXS3J\n"
    "Appointment date:               4 February 2027 (2027-02-04)\n"
    "Machine-readable name:          QANIL<BATZ<<RIGOBERTA<MARIA\n";

START_TEST(prints_every_field_in_order)
{
	const struct letter_labels labels = { .program_name =
						  "Regular Routes" };
	struct letter letter;
	char *got;

	sample_letter(&letter);
	got = printed(&letter, &labels);
	ck_assert_str_eq(got, whole);
	free(got);
}
END_TEST

START_TEST(prints_no_line_for_what_is_absent)
{
	struct letter letter;
	char *got;

	sample_letter(&letter);
	letter.supersedes[0] = letter.given_names[0] = letter.sex[0] = '\0';
	letter.dependant_count = 0;
	got = printed(&letter, NULL);
	ck_assert_ptr_null(strstr(got, "Replaces"));
	ck_assert_ptr_null(strstr(got, "Given names"));
	ck_assert_ptr_null(strstr(got, "Sex"));
	ck_assert_ptr_null(strstr(got, "Dependants"));
	ck_assert_ptr_nonnull(
	    strstr(got, "Machine-readable name:          QANIL<BATZ\n"));
	free(got);
}
END_TEST

START_TEST(input_cannot_paint_the_terminal)
{
	const struct letter_labels labels = {
		.consulate_name = "\x1b[2J\nVALID \xe2\x80\xae gnorw",
	};
	struct letter letter;
	char *got;

	sample_letter(&letter);
	got = printed(&letter, &labels);
	ck_assert_ptr_null(strchr(got, '\x1b'));
	ck_assert_ptr_null(strstr(got, "\nVALID"));
	ck_assert_ptr_null(strstr(got, "\xe2\x80\xae"));
	free(got);
}
END_TEST

START_TEST(json_has_the_contract_s_keys)
{
	static const char want[] =
	    "{\"letterNumber\":\"GTGUA01-2026-000002-J\","
	    "\"supersedes\":\"GTGUA01-2025-000417-P\","
	    "\"program\":\"RRP-ES\",\"language\":\"es\","
	    "\"issuedAt\":\"2026-11-23T18:00:00Z\","
	    "\"validFrom\":\"2026-12-13\",\"validUntil\":\"2027-06-11\","
	    "\"officer\":\"OF1007\",\"approver\":\"AP2003\","
	    "\"consulate\":\"ES-GTGUA\",\"destination\":\"ESP\","
	    "\"surnames\":\"Q'anil Batz\",\"givenNames\":\"Rigoberta María\","
	    "\"birthDate\":\"1990\",\"birthDateEstimated\":true,"
	    "\"sex\":\"F\",\"nationality\":[\"GTM\",\"ITA\"],"
	    "\"identityBasis\":\"DOC\",\"documentType\":\"I\","
	    "\"documentCountry\":\"GTM\",\"documentNumberTail\":\"4580\","
	    "\"dependants\":[{\"name\":\"Óscar Ical Pop\","
	    "\"birthDate\":\"2011-04-09\",\"relationship\":\"CHILD\"},"
	    "{\"name\":\"Xul\",\"birthDate\":\"unknown\","
	    "\"relationship\":\"GRANDPARENT\"}],"
	    "\"pathway\":\"LCI\",\"offerReference\":\"GECCO-2026-00433\","
	    "\"requestedAction\":\"APPOINTMENT\","
	    "\"caseReference\":\"Z4VWDDXS3J\","
	    "\"appointmentDate\":\"2027-02-04\",\"center\":\"GTGUA01\","
	    "\"mrzPrimary\":\"QANIL<BATZ\","
	    "\"mrzSecondary\":\"RIGOBERTA<MARIA\"}";
	struct letter letter;
	json_t *object;
	char *got;

	sample_letter(&letter);
	object = view_json(&letter);
	ck_assert_ptr_nonnull(object);
	got = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
	ck_assert_str_eq(got, want);
	free(got);
	json_decref(object);
}
END_TEST

START_TEST(json_leaves_out_what_is_absent)
{
	static const char *const absent[] = { "supersedes", "givenNames", "sex",
		"documentType", "documentCountry", "documentNumberTail",
		"dependants", "offerReference", "appointmentDate",
		"mrzSecondary", "salt", "Salt" };
	struct letter letter;
	json_t *object;
	size_t i;

	sample_letter(&letter);
	letter.supersedes[0] = letter.given_names[0] = letter.sex[0] = '\0';
	letter.document_type[0] = letter.document_country[0] = '\0';
	letter.document_number_tail[0] = letter.offer_reference[0] = '\0';
	letter.appointment_date[0] = letter.birth_date_estimated[0] = '\0';
	letter.dependant_count = 0;
	object = view_json(&letter);
	for (i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		ck_assert_msg(json_object_get(object, absent[i]) == NULL, "%s",
		    absent[i]);
	ck_assert(json_is_false(json_object_get(object, "birthDateEstimated")));
	ck_assert_uint_eq(
	    json_array_size(json_object_get(object, "nationality")), 2);
	json_decref(object);
}
END_TEST

/* Text that is not UTF-8 cannot become JSON: no half object comes out. */
START_TEST(json_is_whole_or_nothing)
{
	struct letter letter;

	sample_letter(&letter);
	strcpy(letter.dependant[1].name, "\xff");
	ck_assert_ptr_null(view_json(&letter));
	sample_letter(&letter);
	strcpy(letter.nationality, "GTM;\xff");
	ck_assert_ptr_null(view_json(&letter));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("view");
	TCase *tc = tcase_create("view");

	tcase_add_test(tc, prints_every_field_in_order);
	tcase_add_test(tc, prints_no_line_for_what_is_absent);
	tcase_add_test(tc, input_cannot_paint_the_terminal);
	tcase_add_test(tc, json_has_the_contract_s_keys);
	tcase_add_test(tc, json_leaves_out_what_is_absent);
	tcase_add_test(tc, json_is_whole_or_nothing);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
