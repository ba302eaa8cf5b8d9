/* Dates as spreadsheets show them. */
#include "issue/intake/cell_date.h"

#include "tests/check_main.h"

#include <string.h>

static int64_t
today(void)
{
	int64_t days;

	ck_assert(clock_parse_date("2026-11-23", &days));
	return days;
}

static const struct {
	const char *text, *dmy, *mdy; /* "": what is there is no such date */
} births[] = {
	{ "14/03/1991", "1991-03-14", "" },
	{ "03/14/1991", "", "1991-03-14" },
	{ "3/4/1991", "1991-04-03", "1991-03-04" },
	{ "14-mar-91", "1991-03-14", "1991-03-14" },
	{ "14.03.1991", "1991-03-14", "" },
	{ "14. 3. 1991", "1991-03-14", "" },
	{ "14 03 1991", "1991-03-14", "" },
	{ "14-03-91", "1991-03-14", "" },
	{ "33311", "1991-03-14", "1991-03-14" },
	{ "33311.0", "1991-03-14", "1991-03-14" },
	{ "33311,00", "1991-03-14", "1991-03-14" },
	{ "1991/3/14", "1991-03-14", "1991-03-14" },
	{ "1991-3-14", "1991-03-14", "1991-03-14" },
	{ "1991-03-14 00:00:00", "1991-03-14", "1991-03-14" },
	{ "1991-03-14T00:00:00", "1991-03-14", "1991-03-14" },
	{ "14/03/1991 0:00", "1991-03-14", "" },
	{ "jueves, 14 de marzo de 1991", "1991-03-14", "1991-03-14" },
	{ "Thursday, March 14, 1991", "1991-03-14", "1991-03-14" },
	{ "14 mars 1991", "1991-03-14", "1991-03-14" },
	{ "1er août 1991", "1991-08-01", "1991-08-01" },
	{ "jeudi 14 mars 1991", "1991-03-14", "1991-03-14" },
	{ "14\u201303\u20131991", "1991-03-14", "" },
	{ "14\u00a0mar.\u00a01991", "1991-03-14", "1991-03-14" },
	{ "1991-03-14t00:00:00", "1991-03-14", "1991-03-14" },
	{ "14 setiembre 1991", "1991-09-14", "1991-09-14" },
	{ "14 dawou 1991", "1991-08-14", "1991-08-14" },
	{ "1 août 1991", "1991-08-01", "1991-08-01" },
	{ "14 MAR. 1991", "1991-03-14", "1991-03-14" },
	{ "2 dez 1991", "1991-12-02", "1991-12-02" },
	{ "14 mas 1991", "1991-03-14", "1991-03-14" },
	/* 1991-03, as a spreadsheet shows it */
	{ "mar-91", "1991-03", "1991-03" },
	{ "marzo de 1991", "1991-03", "1991-03" },
	{ "03/1991", "1991-03", "1991-03" },
	/* two years, two months, no year, no such day */
	{ "14-mar-25", "", "" },
	{ "14-mar", "", "" },
	{ "2 out 1991", "", "" },
	{ "2 jui 1991", "", "" },
	{ "31/04/1991", "", "" },
	{ "29/02/1991", "", "" },
	{ "31-abr-91", "", "" },
};

START_TEST(reads_when_asked)
{
	char out[CELL_DATE_SIZE] = "";
	enum cell_shape shape;
	const char *text = births[_i].text;

	if (cell_date_read(text, DATE_ORDER_DMY, true, today(), &shape, out) !=
		CELL_READ ||
	    shape == CELL_NO_DATE)
		out[0] = '\0';
	ck_assert_msg(strcmp(out, births[_i].dmy) == 0, "%s: %s", text, out);
	out[0] = '\0';
	if (cell_date_read(text, DATE_ORDER_MDY, true, today(), &shape, out) !=
		CELL_READ ||
	    shape == CELL_NO_DATE)
		out[0] = '\0';
	ck_assert_msg(strcmp(out, births[_i].mdy) == 0, "%s: %s", text, out);
}
END_TEST

START_TEST(never_guesses)
{
	char out[CELL_DATE_SIZE] = "";
	enum cell_shape shape;
	enum cell_result got = cell_date_read(
	    births[_i].text, DATE_ORDER_NONE, true, today(), &shape, out);

	ck_assert_msg(shape == CELL_NO_DATE || got == CELL_NOT_ASKED, "%s",
	    births[_i].text);
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(other_dates_are_of_this_century)
{
	char out[CELL_DATE_SIZE] = "";
	enum cell_shape shape;

	ck_assert_int_eq(cell_date_read("2-nov-26", DATE_ORDER_DMY, false,
			     today(), &shape, out),
	    CELL_READ);
	ck_assert_str_eq(out, "2026-11-02");
	ck_assert_int_eq(cell_date_read("nov-26", DATE_ORDER_DMY, false,
			     today(), &shape, out),
	    CELL_PARTIAL);
	ck_assert_int_eq(
	    cell_date_read("46", DATE_ORDER_DMY, false, today(), &shape, out),
	    CELL_READ);
	ck_assert_int_eq(shape, CELL_NO_DATE);
}
END_TEST

/* What is canonical, or only looks like a date, is left alone. */
static const struct {
	const char *text;
	bool is_date;
} others[] = {
	{ "1991-03-14", true },
	{ "1991", true },
	{ "1991-03", true },
	{ "unknown", true },
	{ "1991-02-30", true },
	{ "14/03/1991", true },
	{ "33311", true },
	{ "33311.5", false },
	{ "33311.000", false },
	{ "9722818669921", false },
	{ "97228 1866 9921", false },
	{ "0801-1990-12345", false },
	{ "12-34-5678", false },
	{ "123-45-6789", false },
	{ "12.345.678", false },
	{ "14031991", false },
	{ "1234-56-78", false },
	{ "99999", false },
	{ "A1234567", false },
	{ "A 12 1991", false },
	{ "", false },
	{ "mar", false },
	{ "12:30:15", false },
};

START_TEST(knows_what_is_no_date)
{
	char out[CELL_DATE_SIZE] = "";
	enum cell_shape shape;

	ck_assert_msg(cell_date_is(others[_i].text) == others[_i].is_date, "%s",
	    others[_i].text);
	if (!others[_i].is_date) {
		cell_date_read(others[_i].text, DATE_ORDER_DMY, true, today(),
		    &shape, out);
		ck_assert_msg(shape == CELL_NO_DATE, "%s", others[_i].text);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cell_date");
	TCase *t = tcase_create("dates");
	const int births_count = sizeof(births) / sizeof(births[0]);

	tcase_add_loop_test(t, reads_when_asked, 0, births_count);
	tcase_add_loop_test(t, never_guesses, 0, births_count);
	tcase_add_test(t, other_dates_are_of_this_century);
	tcase_add_loop_test(
	    t, knows_what_is_no_date, 0, sizeof(others) / sizeof(others[0]));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
