/* One row: which values are good, what each fault is called. */
#include "tests/issue/sample_intake.h"

#include "tests/check_main.h"

#define D12                                                            \
	"A B|2010|CHILD;A C|2010|CHILD;A D|2010|CHILD;A E|2010|CHILD;" \
	"A F|2010|CHILD;A G|2010|CHILD;A H|2010|CHILD;A I|2010|CHILD;" \
	"A J|2010|CHILD;A K|2010|CHILD;A L|2010|CHILD;A M|2010|CHILD"
#define NAME80                                                         \
	"Abcdefghi Abcdefghi Abcdefghi Abcdefghi Abcdefghi Abcdefghi " \
	"Abcdefghi Abcdefghij"

static const struct {
	struct cell cells[SAMPLE_CELLS];
	const char *want; /* all problems, in order */
} cases[] = {
	{ { { 0 } }, "" },
	/* names and text */
	{ { { "surnames", "" } }, "E-MISSING(surnames)" },
	{ { { "surnames", "Riv\xd0\xb5ra" } }, "E-CHARACTER(surnames)" },
	{ { { "surnames", "P3rez" } }, "E-CHARACTER(surnames)" },
	{ { { "givenNames", "" } }, "" },
	{ { { "givenNames", "\xe2\x80\xaeMarta" } },
	    "E-CHARACTER(givenNames)" },
	{ { { "surnames", NAME80 } }, "" },
	{ { { "surnames", NAME80 "k" } }, "E-LENGTH(surnames)" },
	{ { { "surnames", NAME80 NAME80 NAME80 NAME80 } },
	    "E-LENGTH(surnames)" },
	{ { { "caseReference", "2ZDQTTIDV" } }, "E-LENGTH(caseReference)" },
	{ { { "caseReference", "2ZDQTTIDV1" } }, "E-CHARACTER(caseReference)" },
	{ { { "caseReference", "" } }, "" },
	{ { { "offerReference", "A B" } }, "E-CHARACTER(offerReference)" },
	/* codes */
	{ { { "language", "de" } }, "E-CODE(language)" },
	{ { { "language", "" } }, "E-MISSING(language)" },
	{ { { "language", " ES " } }, "" },
	{ { { "sex", "W" } }, "E-CODE(sex)" },
	{ { { "sex", "f" } }, "" },
	{ { { "sex", "" } }, "" },
	{ { { "pathway", "XYZ" } }, "E-CODE(pathway)" },
	{ { { "pathway", "SEA" } }, "" }, /* the list's own */
	{ { { "pathway", "lci" } }, "" },
	{ { { "requestedAction", "VISA" } }, "E-CODE(requestedAction)" },
	{ { { "identityBasis", "SEEN" } }, "E-CODE(identityBasis)" },
	{ { { "consulate", "ES-ECUIO" } }, "E-CODE(consulate)" },
	{ { { "consulate", "Guatemala" } }, "E-CODE(consulate)" },
	{ { { "destination", "XYZ" } }, "E-CODE(destination)" },
	{ { { "destination", "Spain" } }, "E-CODE(destination)" },
	{ { { "destination", "esp" } }, "" },
	{ { { "nationality", "VEN;ITA" } }, "" },
	{ { { "nationality", "ven ; xxa" } }, "" },
	{ { { "nationality", "XXX" } }, "" },
	{ { { "nationality", "GTX" } }, "E-CODE(nationality)" },
	{ { { "nationality", "GTM;" } }, "E-CODE(nationality)" },
	{ { { "nationality", "GTM;HND;SLV;NIC" } }, "E-CODE(nationality)" },
	{ { { "nationality", "" } }, "E-MISSING(nationality)" },
	{ { { "birthDateEstimated", "false" } }, "" },
	{ { { "birthDateEstimated", "TRUE" } }, "" },
	{ { { "birthDateEstimated", "yes" } }, "E-CODE(birthDateEstimated)" },
	/* dates */
	{ { { "birthDate", "02/05/1990" } }, "E-DATE(birthDate)" },
	{ { { "birthDate", "1990-02-30" } }, "E-DATE(birthDate)" },
	{ { { "birthDate", "1990-13" } }, "E-DATE(birthDate)" },
	{ { { "birthDate", "2 de mayo de 1990" } }, "E-DATE(birthDate)" },
	{ { { "birthDate", "1990" } }, "" },
	{ { { "birthDate", "1990-02" } }, "" },
	{ { { "birthDate", "Unknown" } }, "" },
	{ { { "birthDate", "" } }, "E-MISSING(birthDate)" },
	{ { { "birthDate", "2026-11-24" } },
	    "E-DATE(birthDate) W-MINOR(birthDate)" },
	{ { { "validFrom", "2.11.2026" } }, "E-DATE(validFrom)" },
	{ { { "validFrom", "" } }, "E-MISSING(validFrom)" },
	{ { { "documentExpiry", "2026-02-29" } }, "E-DATE(documentExpiry)" },
	{ { { "documentExpiry", "" } }, "" },
	/* validity */
	{ { { "validFrom", "2027-04-30" }, { "validUntil", "2027-04-30" },
	      { "appointmentDate", "2027-04-30" } },
	    "" },
	{ { { "validFrom", "2027-05-01" }, { "appointmentDate", "" } },
	    "E-VALIDITY(validUntil)" },
	{ { { "validUntil", "2027-11-03" } }, "" }, /* 366 days */
	{ { { "validUntil", "2027-11-04" } }, "E-VALIDITY(validUntil)" },
	{ { { "appointmentDate", "2026-11-01" } },
	    "E-VALIDITY(appointmentDate)" },
	{ { { "appointmentDate", "2027-05-01" } },
	    "E-VALIDITY(appointmentDate)" },
	/* 2026-11-22 has ended everywhere at 2026-11-23T12:00Z, now is 18:00 */
	{ { { "validUntil", "2026-11-22" }, { "appointmentDate", "" } },
	    "E-VALIDITY(validUntil)" },
	{ { { "validUntil", "2026-11-23" }, { "appointmentDate", "" } }, "" },
	/* center and program */
	{ { { "center", "GTGUA02" } }, "E-CENTER(center)" },
	{ { { "center", "" } }, "" },
	{ { { "center", NULL } }, "" },
	{ { { "center", "gtgua01" } }, "" },
	{ { { "program", "RRP-XX" } }, "E-PROGRAM(program)" },
	{ { { "program", "a program with a name that is far too long" } },
	    "E-PROGRAM(program)" },
	{ { { "program", "" } }, "" },
	{ { { "program", NULL } }, "" },
	/* dependants */
	{ { { "dependants", D12 } }, "" },
	{ { { "dependants", D12 ";" } }, "" },
	{ { { "dependants", D12 ";A N|2010|CHILD" } },
	    "E-TOO-MANY-DEPENDANTS(dependants)" },
	{ { { "dependants", "Ana Xiloj|2010" } }, "E-MISSING(dependants)" },
	{ { { "dependants", "Ana Xiloj||CHILD" } }, "E-MISSING(dependants)" },
	{ { { "dependants", "Ana Xiloj|2010|CHILD|F" } }, "E-CSV(dependants)" },
	{ { { "dependants", "Ana 2|1/1/2010|KID" } },
	    "E-CHARACTER(dependants) E-DATE(dependants) "
	    "E-CODE(dependants)" },
	{ { { "dependants", "Ana Xiloj|2026-12-01|CHILD" } },
	    "E-DATE(dependants)" },
	{ { { "dependants", "Ana Xiloj| 2 de mayo de 2010 |child" } },
	    "E-DATE(dependants)" },
	/* warnings */
	{ { { "birthDate", "2008-11-02" } }, "" },
	{ { { "birthDate", "2008-11-03" } }, "W-MINOR(birthDate)" },
	{ { { "birthDate", "2008" } }, "" }, /* not certainly under 18 */
	{ { { "birthDate", "2009" } }, "W-MINOR(birthDate)" },
	{ { { "documentExpiry", "2026-11-02" } }, "" },
	{ { { "documentExpiry", "2026-11-01" } },
	    "W-DOC-EXPIRED(documentExpiry)" },
	/* all of a row's problems at once */
	{ { { "language", "de" }, { "surnames", "" }, { "sex", "W" },
	      { "validFrom", "x" }, { "pathway", "?" } },
	    "E-CODE(language) E-DATE(validFrom) E-MISSING(surnames) "
	    "E-CODE(sex) E-CODE(pathway)" },
};
#define CASE_COUNT (sizeof(cases) / sizeof(cases[0]))

START_TEST(names_every_problem)
{
	struct bytes got = { 0 };
	struct intake_row row;
	enum intake_outcome want = INTAKE_ACCEPTED;

	sample_judge(cases[_i].cells, &row);
	ck_assert_msg(strcmp(sample_problems(&row, &got), cases[_i].want) == 0,
	    "case %d: %s instead of %s", _i, (const char *)got.at,
	    cases[_i].want);
	if (strstr(cases[_i].want, "E-") != NULL)
		want = INTAKE_REJECTED;
	else if (cases[_i].want[0] != '\0')
		want = INTAKE_WARNING;
	ck_assert_int_eq(row.outcome, want);
	for (size_t i = 0; i < row.problem_count; i++)
		ck_assert_uint_gt(strlen(row.problem[i].text), 20);
	bytes_free(&got);
}
END_TEST

START_TEST(names_the_character_and_its_place)
{
	struct cell cells[SAMPLE_CELLS] = { { "surnames", "S\xd0\xb0nchez" } };
	struct intake_row row;

	sample_judge(cells, &row);
	ck_assert_ptr_nonnull(strstr(row.problem[0].text,
	    "U+0430 CYRILLIC SMALL LETTER A at position 2"));
}
END_TEST

START_TEST(brings_values_into_canonical_form)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "surnames",
		    " \xc2\xa0"
		    "Ch\xe2\x80\x99oc   Maquín " },
		{ "givenNames",
		    "Ana Luci\xcc\x81"
		    "a" }, /* not NFC */
		{ "language", "ES" },
		{ "nationality", " ven; ita " },
		{ "birthDateEstimated", "False" },
		{ "offerReference", "gecco-2026-00871" },
		{ "dependants",
		    " Mateo Ch\xca\xbcoc | 2019-11-05 | child ;"
		    "Íngrid|unknown|Parent" },
		{ "program", "" },
	};
	struct intake_row row;
	const struct letter *l = &row.letter;

	sample_judge(cells, &row);
	ck_assert_int_eq(row.outcome, INTAKE_ACCEPTED);
	ck_assert_str_eq(l->surnames, "Ch'oc Maquín");
	ck_assert_str_eq(l->given_names, "Ana Lucía");
	ck_assert_str_eq(l->language, "es");
	ck_assert_str_eq(l->nationality, "VEN;ITA");
	ck_assert_str_eq(l->birth_date_estimated, "");
	ck_assert_str_eq(l->offer_reference, "GECCO-2026-00871");
	ck_assert_str_eq(l->program, "RRP-ES");
	ck_assert_uint_eq(l->dependant_count, 2);
	ck_assert_str_eq(l->dependant[0].name, "Mateo Ch'oc");
	ck_assert_str_eq(l->dependant[0].birth_date, "2019-11-05");
	ck_assert_str_eq(l->dependant[0].relationship, "CHILD");
	ck_assert_str_eq(l->dependant[1].birth_date, "unknown");
	ck_assert_str_eq(l->dependant[1].relationship, "PARENT");
	/* the program's own part is not the row's to give */
	ck_assert_str_eq(l->number, "");
	ck_assert_str_eq(l->issued_at, "");
	ck_assert_str_eq(l->officer, "");
	ck_assert_str_eq(l->salt, "");
}
END_TEST

/* 22 November has ended everywhere when it ends at UTC-12. */
START_TEST(is_past_from_the_very_second)
{
	static const struct {
		const char *now;
		enum intake_outcome want;
	} at[] = {
		{ "2026-11-23T11:59:59Z", INTAKE_ACCEPTED },
		{ "2026-11-23T12:00:00Z", INTAKE_REJECTED },
	};
	struct cell cells[SAMPLE_CELLS] = { { "validUntil", "2026-11-22" },
		{ "appointmentDate", "" } };
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct intake_row row;
	struct intake *intake;

	ck_assert(clock_parse(at[_i].now, &context.now));
	sample_header(&text, cells);
	sample_line(&text, cells);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	ck_assert_int_eq(row.outcome, at[_i].want);
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

START_TEST(says_which_dependant)
{
	struct cell cells[SAMPLE_CELLS] = { { "dependants",
	    "Ana Xiloj|2010|CHILD;Juan X1loj|2011|CHILD" } };
	struct bytes text = { 0 };
	struct intake_row row;

	sample_judge(cells, &row);
	ck_assert_uint_eq(row.problem_count, 1);
	ck_assert_int_eq(row.problem[0].dependant, 1);
	intake_problem_text(&row.problem[0], &text);
	ck_assert_ptr_nonnull(
	    strstr((const char *)text.at, "Dependant 2, Name: "));
	bytes_free(&text);
}
END_TEST

START_TEST(counts_rejection_beyond_the_room_for_problems)
{
	/* each of 12 dependants has three faults: more than are kept */
	struct bytes many = { 0 };
	struct intake_row row;

	for (int i = 0; i < 12; i++)
		bytes_add_text(&many, "4|x|y;");
	{
		struct cell cells[SAMPLE_CELLS] = { { "dependants",
		    (const char *)many.at } };

		sample_judge(cells, &row);
	}
	ck_assert_uint_eq(row.problem_count, INTAKE_PROBLEM_MAX);
	ck_assert_int_eq(row.outcome, INTAKE_REJECTED);
	bytes_free(&many);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("intake");
	TCase *t = tcase_create("rows");

	tcase_add_loop_test(t, names_every_problem, 0, CASE_COUNT);
	tcase_add_test(t, names_the_character_and_its_place);
	tcase_add_test(t, brings_values_into_canonical_form);
	tcase_add_loop_test(t, is_past_from_the_very_second, 0, 2);
	tcase_add_test(t, says_which_dependant);
	tcase_add_test(t, counts_rejection_beyond_the_room_for_problems);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
