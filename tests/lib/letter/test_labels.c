#include "base/utf8.h"
#include "letter/labels.h"
#include "tests/check_main.h"

#include "tests/lib/letter/sample.h"
#include <stdlib.h>

/* No catalogue is opened here, so that labels of code lists are English. */
static const struct letter_labels labels = {
	.program_name = "Regular Routes",
	.consulate_name = "Consulado General en Guatemala",
};

static const struct {
	const char *lang;
	enum field_id id;
	const char *value, *want;
} values[] = {
	{ "en", FIELD_LETTER_NUMBER, "GTGUA01-2026-000002-J",
	    "GTGUA01-2026-000002-J" },
	{ "en", FIELD_PROGRAM, "RRP-ES", "RRP-ES (Regular Routes)" },
	{ "en", FIELD_LANGUAGE, "ht", "ht (Haitian Creole)" },
	{ "en", FIELD_ISSUED_AT, "2026-11-23T18:00:00Z",
	    "23 November 2026, 18:00 UTC (2026-11-23T18:00:00Z)" },
	{ "fr", FIELD_ISSUED_AT, "2026-12-01T00:05:59Z",
	    "1er décembre 2026, 00:05 UTC (2026-12-01T00:05:59Z)" },
	{ "es", FIELD_VALID_FROM, "2026-12-13",
	    "13 de diciembre de 2026 (2026-12-13)" },
	{ "en", FIELD_OFFICER, "OF1007", "OF1007" },
	{ "en", FIELD_CONSULATE, "ES-GTGUA",
	    "ES-GTGUA (Consulado General en Guatemala)" },
	{ "en", FIELD_DESTINATION, "ESP", "ESP (Spain)" },
	{ "en", FIELD_SURNAMES, "Q'anil Batz", "Q'anil Batz" },
	{ "pt", FIELD_BIRTH_DATE, "1990-05-02",
	    "2 de maio de 1990 (1990-05-02)" },
	{ "en", FIELD_BIRTH_DATE, "1990-05", "May 1990 (1990-05)" },
	{ "en", FIELD_BIRTH_DATE, "1990", "1990" },
	{ "es", FIELD_BIRTH_DATE, "unknown", "desconocida" },
	{ "en", FIELD_SEX, "F", "F (Female)" },
	{ "en", FIELD_NATIONALITY, "VEN;ITA", "VEN (Venezuela), ITA (Italy)" },
	{ "en", FIELD_NATIONALITY, "XXA", "XXA (Without nationality)" },
	{ "en", FIELD_DOCUMENT_TYPE, "I", "I (National identity card)" },
	{ "en", FIELD_PATHWAY, "LCI", "LCI (Labor migration, circular)" },
	{ "en", FIELD_REQUESTED_ACTION, "APPOINTMENT",
	    "APPOINTMENT (Give an appointment)" },
	{ "en", FIELD_OFFER_REFERENCE, "GECCO-2026-00433", "GECCO-2026-00433" },
	/* codes that no list has stand alone */
	{ "en", FIELD_PATHWAY, "QQQ", "QQQ" },
	{ "en", FIELD_DESTINATION, "QQQ", "QQQ" },
	/* absent */
	{ "en", FIELD_SEX, "", "" },
	{ "en", FIELD_APPOINTMENT_DATE, "", "" },
};

START_TEST(shows_values)
{
	char got[LABELS_VALUE_SIZE];
	struct letter letter = { 0 };

	sample_put(&letter, values[_i].id, values[_i].value);
	labels_value(values[_i].lang, field_row(values[_i].id), &letter,
	    &labels, got, sizeof(got));
	ck_assert_str_eq(got, values[_i].want);
}
END_TEST

START_TEST(marks_an_estimated_date)
{
	char got[LABELS_VALUE_SIZE];
	struct letter letter;

	sample_letter(&letter);
	labels_value(
	    "en", field_row(FIELD_BIRTH_DATE), &letter, NULL, got, sizeof(got));
	ck_assert_str_eq(got, "1990 (estimated)");
	/* a dependant's date has no mark, whatever stands in the letter */
	labels_value("en", field_row(FIELD_DEPENDANT_BIRTH_DATE),
	    &letter.dependant[0], NULL, got, sizeof(got));
	ck_assert_str_eq(got, "9 April 2011 (2011-04-09)");
}
END_TEST

START_TEST(codes_stand_alone_without_labels)
{
	static const enum field_id ids[] = { FIELD_PROGRAM, FIELD_CONSULATE };
	static const struct letter_labels none;
	char got[LABELS_VALUE_SIZE];
	struct letter letter;
	size_t i;

	sample_letter(&letter);
	for (i = 0; i < 2; i++) {
		labels_value(
		    "en", field_row(ids[i]), &letter, NULL, got, sizeof(got));
		ck_assert_str_eq(got, field_get(field_row(ids[i]), &letter));
		labels_value(
		    "en", field_row(ids[i]), &letter, &none, got, sizeof(got));
		ck_assert_str_eq(got, field_get(field_row(ids[i]), &letter));
	}
}
END_TEST

static const struct {
	const char *zone, *want;
} clocks[] = {
	{ "America/Guatemala",
	    "31 December 2025, 18:30 UTC-6 (2026-01-01T00:30:00Z)" },
	{ "Europe/Madrid",
	    "1 January 2026, 01:30 UTC+1 (2026-01-01T00:30:00Z)" },
	{ "Asia/Kolkata",
	    "1 January 2026, 06:00 UTC+5:30 (2026-01-01T00:30:00Z)" },
	{ "UTC", "1 January 2026, 00:30 UTC (2026-01-01T00:30:00Z)" },
	{ "Mars/Olympus", "1 January 2026, 00:30 UTC (2026-01-01T00:30:00Z)" },
};

START_TEST(instants_are_by_the_center_s_clock)
{
	const struct letter_labels own = { .timezone = clocks[_i].zone };
	struct letter letter = { .issued_at = "2026-01-01T00:30:00Z" };
	char got[LABELS_VALUE_SIZE];

	setenv("TZ", "Asia/Tokyo", 1);
	labels_value(
	    "en", field_row(FIELD_ISSUED_AT), &letter, &own, got, sizeof(got));
	ck_assert_str_eq(got, clocks[_i].want);
}
END_TEST

START_TEST(the_trust_list_names_pathways)
{
	const struct letter_labels own = { .pathway = "Music schools" };
	const struct letter_labels own_es = { .pathway = "Escuelas de música" };
	char got[LABELS_VALUE_SIZE];
	struct letter letter = { .pathway = "MUS" };

	labels_value(
	    "en", field_row(FIELD_PATHWAY), &letter, &own, got, sizeof(got));
	ck_assert_str_eq(got, "MUS (Music schools)");
	labels_value_bilingual("en", field_row(FIELD_PATHWAY), &letter, &own,
	    &own_es, got, sizeof(got));
	ck_assert_str_eq(got,
	    "MUS (Music schools / " SPANISH_SIGN
	    "Escuelas de música" SPANISH_SIGN ")");
	/* in a Spanish letter, or where both say the same: once */
	labels_value_bilingual("es", field_row(FIELD_PATHWAY), &letter, &own_es,
	    &own_es, got, sizeof(got));
	ck_assert_str_eq(got, "MUS (Escuelas de música)");
	labels_value_bilingual("pt", field_row(FIELD_PATHWAY), &letter, &own,
	    &own, got, sizeof(got));
	ck_assert_str_eq(got, "MUS (Music schools)");
	/* only Spanish has a label */
	labels_value_bilingual("pt", field_row(FIELD_PATHWAY), &letter, NULL,
	    &own_es, got, sizeof(got));
	ck_assert_str_eq(got, "MUS (Escuelas de música)");
}
END_TEST

/* Every size from 1 up: valid UTF-8, a beginning of the whole, in bounds. */
START_TEST(never_cuts_inside_a_character)
{
	const struct letter_labels wide = { .consulate_name =
						"Ñandú ɓẅ é ẞ ü" };
	char whole[LABELS_VALUE_SIZE], got[LABELS_VALUE_SIZE];
	struct letter letter = { .consulate = "ES-GTGUA" };
	const struct field *field = field_row(FIELD_CONSULATE);
	size_t size;

	labels_value("en", field, &letter, &wide, whole, sizeof(whole));
	for (size = 1; size <= strlen(whole) + 1; size++) {
		memset(got, 'X', sizeof(got));
		labels_value("en", field, &letter, &wide, got, size);
		ck_assert_uint_lt(strlen(got), size);
		ck_assert_int_eq(got[size], 'X');
		ck_assert(utf8_is_valid(got, strlen(got)));
		ck_assert(strncmp(got, whole, strlen(got)) == 0);
		ck_assert_uint_ge(strlen(got) + 4, size);
	}
	ck_assert_str_eq(got, whole);
}
END_TEST

START_TEST(every_field_has_a_label)
{
	int i;

	for (i = 0; i < FIELD_NONE; i++)
		ck_assert_uint_gt(
		    strlen(labels_field("en", field_row((enum field_id)i))), 2);
	ck_assert_str_eq(
	    labels_field("en", field_row(FIELD_SURNAMES)), "Surnames");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("labels");
	TCase *tc = tcase_create("values");

	tcase_add_loop_test(
	    tc, shows_values, 0, (int)(sizeof(values) / sizeof(values[0])));
	tcase_add_test(tc, marks_an_estimated_date);
	tcase_add_test(tc, codes_stand_alone_without_labels);
	tcase_add_loop_test(tc, instants_are_by_the_center_s_clock, 0, 5);
	tcase_add_test(tc, the_trust_list_names_pathways);
	tcase_add_test(tc, never_cuts_inside_a_character);
	tcase_add_test(tc, every_field_has_a_label);
	suite_add_tcase(s, tc);
	return s;
}

CHECK_MAIN(suite);
