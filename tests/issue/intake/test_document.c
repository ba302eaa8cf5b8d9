/* The document's number: its tail, and that nothing else of it remains. */
#include "tests/issue/sample_intake.h"

#include "tests/check_main.h"

static const struct {
	struct cell cells[SAMPLE_CELLS];
	const char *tail;
	const char *want; /* problems */
} cases[] = {
	/* Guatemala's card: digits 6 to 9, as the shared examples have it */
	{ { { "documentNumber", "3775945809908" } }, "4580", "" },
	{ { { "documentNumber", "4760475879903" } }, "7587", "" },
	{ { { "documentNumber", "0382768619908" } }, "6861", "" },
	{ { { "documentNumber", "6968960649901" } }, "6064", "" },
	{ { { "documentNumber", " 3775 94580-9908 " } }, "4580", "" },
	{ { { "documentNumber",
	      "3775\xc2\xa0"
	      "94580\xe2\x80\x91"
	      "9908" } },
	    "4580", "" },
	/* all others: the last four */
	{ { { "documentCountry", "HND" },
	      { "documentNumber", "9904199521509" } },
	    "1509", "" },
	{ { { "documentType", "P" }, { "documentNumber", "3775945809908" } },
	    "9908", "" },
	{ { { "documentType", "U" }, { "documentCountry", "CRI" },
	      { "documentNumber", "999-76C90945" } },
	    "0945", "" },
	{ { { "documentType", "p" }, { "documentCountry", "ven" },
	      { "documentNumber", "zz79644k2" } },
	    "44K2", "" },
	{ { { "documentType", "P" }, { "documentNumber", "AB-1 2" } }, "AB12",
	    "" },
	/* lengths */
	{ { { "documentNumber", "377594580990" } }, "",
	    "E-LENGTH(documentNumber)" },
	{ { { "documentNumber", "37759458099081" } }, "",
	    "E-LENGTH(documentNumber)" },
	{ { { "documentNumber", "3.77595E+12" } }, "",
	    "E-LENGTH(documentNumber)" },
	{ { { "documentType", "P" }, { "documentNumber", "AB1" } }, "",
	    "E-LENGTH(documentNumber)" },
	{ { { "documentType", "P" },
	      { "documentNumber", "12345678901234567890123456789012" } },
	    "9012", "" },
	{ { { "documentType", "P" },
	      { "documentNumber", "123456789012345678901234567890123" } },
	    "", "E-LENGTH(documentNumber)" },
	/* characters */
	{ { { "documentType", "P" }, { "documentNumber", "ZZ.79644" } }, "",
	    "E-CHARACTER(documentNumber)" },
	{ { { "documentType", "P" },
	      { "documentNumber",
		  "ZZ\xd0\x90"
		  "796" } },
	    "", "E-CHARACTER(documentNumber)" },
	/* number and tail */
	{ { { "documentNumberTail", SAMPLE_TAIL } }, SAMPLE_TAIL, "" },
	{ { { "documentNumberTail", "9921" } }, "9921",
	    "E-CODE(documentNumberTail)" },
	{ { { "documentNumberTail", "86" } }, "86",
	    "E-CODE(documentNumberTail)" },
	{ { { "documentNumberTail", "9722818669921" } }, "",
	    "E-LENGTH(documentNumberTail)" },
	{ { { "documentNumber", "" }, { "documentNumberTail", "7c41" } },
	    "7C41", "" },
	{ { { "documentNumber", NULL }, { "documentNumberTail", "7C41" } },
	    "7C41", "" },
	{ { { "documentNumber", "" }, { "documentNumberTail", "7C4" } }, "7C4",
	    "E-LENGTH(documentNumberTail)" },
	/* all three of the document, or none */
	{ { { "documentNumber", "" } }, "", "E-MISSING(documentNumberTail)" },
	{ { { "documentType", "" } }, "", "E-MISSING(documentType)" },
	{ { { "documentCountry", "" } }, "", "E-MISSING(documentCountry)" },
	{ { { "documentType", "" }, { "documentCountry", "" } }, "",
	    "E-MISSING(documentType) E-MISSING(documentCountry)" },
	{ { { "documentType", "" }, { "documentCountry", "" },
	      { "documentNumber", "" } },
	    "", "" },
	{ { { "documentType", "DPI" } }, "", "E-CODE(documentType)" },
	{ { { "documentCountry", "GTX" } }, "", "E-CODE(documentCountry)" },
};
#define CASE_COUNT (sizeof(cases) / sizeof(cases[0]))

START_TEST(computes_the_tail)
{
	struct bytes got = { 0 };
	struct intake_row row;

	sample_judge(cases[_i].cells, &row);
	ck_assert_msg(strcmp(sample_problems(&row, &got), cases[_i].want) == 0,
	    "case %d: %s instead of %s", _i, (const char *)got.at,
	    cases[_i].want);
	ck_assert_str_eq(row.letter.document_number_tail, cases[_i].tail);
	bytes_free(&got);
}
END_TEST

static bool
holds(const void *data, size_t len, const char *text)
{
	return memmem(data, len, text, strlen(text)) != NULL;
}

/* No part of five digits of the number is in what comes out. */
START_TEST(forgets_the_number)
{
	const struct cell *cell =
	    sample_cell(cases[_i].cells, "documentNumber");
	const char *number = cell == NULL ? "9722818669921" : cell->value;
	struct intake_row row;

	if (number == NULL || strlen(number) < 5)
		return;
	sample_judge(cases[_i].cells, &row);
	for (size_t at = 0; at + 5 <= strlen(number); at++) {
		char part[6] = "";

		memcpy(part, number + at, 5);
		ck_assert_msg(!holds(&row, sizeof(row), part),
		    "case %d: %s is still there", _i, part);
	}
}
END_TEST

/* The rejected row, written aside. */
static void
aside(const struct cell *cells, struct bytes *out)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct intake_row row;
	struct intake *intake;

	sample_header(&text, cells);
	sample_line(&text, cells);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	intake_set_aside(intake, out);
	intake_free(&intake);
	bytes_free(&text);
}

static const struct {
	struct cell cells[SAMPLE_CELLS];
	const char *want; /* documentNumber,documentNumberTail,documentExpiry */
} set_aside[] = {
	{ { { 0 } }, ",1866,2031-05-02" },
	{ { { "sex", "W" } }, ",1866,2031-05-02" },
	{ { { "documentNumberTail", "1866" } }, ",1866,2031-05-02" },
	/* no tail is sure: the person must be asked again */
	{ { { "documentNumberTail", "9921" } }, ",,2031-05-02" },
	{ { { "documentNumber", "97228186" },
	      { "documentNumberTail", "9921" } },
	    ",,2031-05-02" },
	{ { { "documentType", "" } }, ",,2031-05-02" },
	{ { { "documentNumber", "" }, { "documentNumberTail", "7c41" } },
	    ",7C41,2031-05-02" },
	/* a full number in the tail's place is not written either */
	{ { { "documentNumber", "" },
	      { "documentNumberTail", "9722818669921" } },
	    ",,2031-05-02" },
};
#define SET_ASIDE_COUNT (sizeof(set_aside) / sizeof(set_aside[0]))

START_TEST(sets_aside_without_the_number)
{
	struct bytes out = { 0 };

	aside(set_aside[_i].cells, &out);
	ck_assert_msg(holds(out.at, out.len, set_aside[_i].want), "case %d: %s",
	    _i, (const char *)out.at);
	ck_assert(!holds(out.at, out.len, "97228"));
	bytes_free(&out);
}
END_TEST

START_TEST(hides_the_number_in_other_columns)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "offerReference", "X9722818669921" },
		{ "givenNames", "Marta 97228 1866-9921" },
	};
	struct bytes out = { 0 };

	aside(cells, &out);
	ck_assert(holds(out.at, out.len, ",?,APPOINTMENT"));
	ck_assert(holds(out.at, out.len, "Xiloj Pérez,?,1991-03-14"));
	ck_assert(!holds(out.at, out.len, "97228"));
	bytes_free(&out);
}
END_TEST

START_TEST(hides_somebody_elses_number)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "program", "3775909595809" },
		{ "offerReference", "3775909595809" },
		{ "surnames", "Xiloj \uff13\uff17\uff17\uff15" },
	};
	struct bytes out = { 0 };

	aside(cells, &out);
	ck_assert(holds(out.at, out.len, "GTGUA01,?,es,LCI,?,"));
	ck_assert(holds(out.at, out.len, ",?,Marta"));
	bytes_free(&out);
}
END_TEST

/* Whose number it is nobody knows; an offer is told by its word or year. */
static const struct {
	const char *offer;
	bool hidden;
} offers[] = {
	{ "A12345678", true },
	{ "AB 123456", true },
	{ "2874-55103-9904", true },
	{ "0801-2001-12345", true },
	{ "1.023.456.789", true },
	{ "DPI 2874551039904", true },
	{ "X1234567L", true },
	{ "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", true },
	{ "GECCO-2026-00871", false },
	{ "OF-2026-0087", false },
	{ "2026/00871", false },
	{ "004512", false },
	{ "gecco 12", false },
};

START_TEST(hides_what_is_no_offer)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "offerReference", offers[_i].offer },
	};
	struct bytes out = { 0 };

	aside(cells, &out);
	ck_assert_msg(holds(out.at, out.len, ",LCI,?,") == offers[_i].hidden,
	    "%s: %s", offers[_i].offer, (char *)out.at);
	bytes_free(&out);
}
END_TEST

START_TEST(number_is_not_signed_elsewhere)
{
	struct cell cells[SAMPLE_CELLS] = {
		{ "row", "9722818669921" },
		{ "offerReference", "X9722818669921" },
	};
	struct intake_row row;

	sample_judge(cells, &row);
	ck_assert_int_eq(row.outcome, INTAKE_REJECTED);
	ck_assert_uint_eq(row.problem_count, 1);
	ck_assert_int_eq(row.problem[0].code, E_CODE);
	ck_assert_int_eq(row.problem[0].field, FIELD_OFFER_REFERENCE);
	ck_assert(
	    !holds(row.problem[0].text, sizeof(row.problem[0].text), "97228"));
	ck_assert_str_eq(row.row, "?");
}
END_TEST

START_TEST(adds_the_tail_column_that_lacks)
{
	struct cell cells[SAMPLE_CELLS] = { { "documentNumberTail", NULL } };
	struct bytes out = { 0 };

	aside(cells, &out);
	ck_assert(holds(out.at, out.len, "validUntil,documentNumberTail\n"));
	ck_assert(holds(out.at, out.len, "2027-04-30,1866\n"));
	bytes_free(&out);
}
END_TEST

static const char *const shifted[] = {
	/* one value too many: the number stands under documentNumberTail */
	"A1,GTGUA01,RRP-ES,es,LCI,,APPOINTMENT,ES-GTGUA,ESP,2ZDQTTIDVZ,Xiloj, "
	"Pérez,Marta,1991-03-14,,F,GTM,DOC,I,GTM,9722818669921,,2031-05-02,"
	"Ana|2010-01-01|CHILD,2027-01-18,2026-11-02,2027-04-30\n",
	/* one too few */
	"A1,GTGUA01,RRP-ES,es,LCI,,APPOINTMENT,ES-GTGUA,ESP,2ZDQTTIDVZ,Xiloj,"
	"Marta,1991-03-14,,F,GTM,DOC,I,GTM,97228 1866 9921,2031-05-02,"
	"Ana|2010-01-01|CHILD,2027-01-18,2026-11-02,2027-04-30\n",
};

START_TEST(hides_the_number_in_a_row_with_other_columns)
{
	struct intake_context context = sample_context();
	struct cell none[SAMPLE_CELLS] = { { 0 } };
	struct bytes text = { 0 }, out = { 0 };
	struct intake_row row;
	struct intake *intake;

	sample_header(&text, none);
	bytes_add_text(&text, shifted[_i]);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	ck_assert_uint_eq(row.problem_count, 1);
	ck_assert_int_eq(row.problem[0].code, E_CSV);
	ck_assert_str_eq(row.row, "A1");
	intake_set_aside(intake, &out);
	ck_assert(!holds(out.at, out.len, "97228"));
	ck_assert(!holds(out.at, out.len, "669921"));
	/* what is no number is kept: nobody loses a dependant */
	ck_assert(holds(out.at, out.len, "Ana|2010-01-01|CHILD"));
	ck_assert(holds(out.at, out.len, ",1991-03-14,"));
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("intake_document");
	TCase *t = tcase_create("number");

	tcase_add_loop_test(t, computes_the_tail, 0, CASE_COUNT);
	tcase_add_loop_test(t, forgets_the_number, 0, CASE_COUNT);
	tcase_add_loop_test(
	    t, sets_aside_without_the_number, 0, SET_ASIDE_COUNT);
	tcase_add_test(t, hides_the_number_in_other_columns);
	tcase_add_test(t, hides_somebody_elses_number);
	tcase_add_loop_test(
	    t, hides_what_is_no_offer, 0, sizeof(offers) / sizeof(offers[0]));
	tcase_add_test(t, number_is_not_signed_elsewhere);
	tcase_add_test(t, adds_the_tail_column_that_lacks);
	tcase_add_loop_test(
	    t, hides_the_number_in_a_row_with_other_columns, 0, 2);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
