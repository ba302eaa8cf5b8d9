/* A file as a whole: its header, its form, twins in it, and the examples. */
#include "tests/issue/sample_intake.h"

#include "base/file.h"
#include "tests/check_main.h"

#include <stdlib.h>

static const struct cell none[SAMPLE_CELLS] = { { 0 } };

/* ---- files that cannot be used ------------------------------------------- */

#define HEADER                                                        \
	"row,language,pathway,requestedAction,consulate,destination," \
	"caseReference,surnames,birthDate,nationality,identityBasis," \
	"validFrom,validUntil"
#define ROW                                                           \
	"A1,es,HUM,APPOINTMENT,ES-GTGUA,ESP,2ZDQTTIDVZ,Paz,1990,GTM," \
	"DECLARED,2026-11-02,2027-04-30"

static const struct {
	const char *name, *text;
	size_t len; /* 0: of text */
	const char *says;
} refused[] = {
	{ "empty", "", 0, "empty" },
	{ "blank lines", "\n\r\n\n", 0, "empty" },
	{ "a NUL", HEADER "\n" ROW "\0" ROW "\n",
	    sizeof(HEADER "\n" ROW "\0" ROW "\n") - 1, "line 2" },
	{ "Latin-1", HEADER "\n" ROW "\nP\xe9rez\n", 0, "line 3" },
	{ "UTF-16 without its mark, cut", "r\0o\0w\0s", 7, "line 1" },
	{ "a title above the header", "Semana 48\n\n" HEADER "\n" ROW "\n", 0,
	    "line 3 names the columns; delete what stands above it" },
	{ "a title with other separators",
	    "Semana; 48;;\n" HEADER "\n" ROW "\n", 0,
	    "line 2 names the columns" },
	{ "one column by two names", "Surnames," HEADER "\n", 0,
	    "Surnames = surnames" },
	{ "no header but a number twice", "3775945809908,3775945809908\n", 0,
	    "names no column that is known" },
	{ "a column nobody knows twice",
	    HEADER ",3775945809908,3775945809908\n", 0,
	    "the column ? stands twice" },
	{ "a column twice", HEADER ",surnames\n", 0, "surnames" },
	{ "required columns missing", "row,surnames,birthDate\n", 0,
	    "language, validFrom, validUntil, consulate" },
	{ "a slip in a column's name", "surname," HEADER "x\n", 0,
	    "validUntil (validUntilx?)" },
	{ "no header but a row", ROW "\n", 0, "names no column that is known" },
	{ "another separator", "surnames|birthDate\n", 0, "has one value" },
	{ "unclosed quote in the header", "\"" HEADER "\n" ROW "\n", 0,
	    "line 1" },
};
#define REFUSED_COUNT (sizeof(refused) / sizeof(refused[0]))

START_TEST(refuses_a_file_that_cannot_be_used)
{
	struct intake_context context = sample_context();
	struct intake *intake = NULL;
	struct errtext err = { 0 };
	struct problem file;
	size_t count;
	size_t len = refused[_i].len;
	enum err rc;

	if (len == 0)
		len = strlen(refused[_i].text);
	rc = intake_new(
	    refused[_i].text, len, &context, &intake, &file, &count, &err);
	ck_assert_msg(rc == ERR_DATA, "%s: %s", refused[_i].name, err_name(rc));
	ck_assert_msg(strstr(err.text, refused[_i].says) != NULL, "%s: %s",
	    refused[_i].name, err.text);
	ck_assert_ptr_null(intake);
}
END_TEST

START_TEST(refuses_a_file_over_the_limit)
{
	struct intake_context context = sample_context();
	struct intake *intake = NULL;
	struct errtext err = { 0 };
	struct problem file;
	size_t count, len = (size_t)CSV_FILE_MAX + 1;
	char *text = malloc(len);

	ck_assert_ptr_nonnull(text);
	memset(text, 'a', len);
	ck_assert_int_eq(
	    intake_new(text, len, &context, &intake, &file, &count, &err),
	    ERR_LIMIT);
	free(text);
}
END_TEST

/* Rows before the break come out, then the file is refused as a whole. */
START_TEST(stops_where_a_file_breaks_off)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct errtext err = { 0 };
	struct intake_row row;
	struct intake *intake;
	bool end = false;

	bytes_add_text(&text, HEADER "\n" ROW "\nA2,\"es," ROW "\n" ROW "\n");
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	ck_assert_int_eq(intake_next(intake, &row, &end, &err), ERR_DATA);
	ck_assert_ptr_nonnull(strstr(err.text, "line 3"));
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

START_TEST(takes_no_more_rows_than_the_limit)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct errtext err = { 0 };
	struct intake_row *row = malloc(sizeof(*row));
	struct intake *intake;
	bool end = false;
	enum err rc = ERR_OK;
	size_t rows = 0;

	bytes_add_text(&text, HEADER "\n");
	for (size_t i = 0; i <= INTAKE_ROW_MAX; i++)
		bytes_add_text(&text, "x\n"); /* rejected, which is quick */
	intake = sample_open(&text, &context);
	while ((rc = intake_next(intake, row, &end, &err)) == ERR_OK && !end)
		rows++;
	ck_assert_int_eq(rc, ERR_LIMIT);
	ck_assert_uint_eq(rows, INTAKE_ROW_MAX);
	intake_free(&intake);
	bytes_free(&text);
	free(row);
}
END_TEST

/* ---- files as spreadsheets write them ------------------------------------ */

static const struct {
	const char *name, *text;
	size_t rows;
} forms[] = {
	{ "plain", HEADER "\n" ROW "\n", 1 },
	{ "no line feed at the end", HEADER "\n" ROW, 1 },
	{ "CRLF and byte order mark", "\xef\xbb\xbf" HEADER "\r\n" ROW "\r\n",
	    1 },
	{ "header only", HEADER "\n", 0 },
	{ "empty lines", "\n" HEADER "\n\n" ROW "\n\n\n", 1 },
	{ "rows of separators only",
	    HEADER "\n" ROW "\n,,,,,,,,,,,,\n, ,,,,,,,,,,,\n,\n", 1 },
	{ "spaces around names of columns",
	    " row, language ,pathway,requestedAction,consulate,destination,"
	    "caseReference,surnames,birthDate,nationality,identityBasis,"
	    "validFrom,validUntil \n" ROW "\n",
	    1 },
	{ "semicolons",
	    "row;language;pathway;requestedAction;consulate;destination;"
	    "caseReference;surnames;birthDate;nationality;identityBasis;"
	    "validFrom;validUntil\nA1;es;HUM;APPOINTMENT;ES-GTGUA;ESP;"
	    "2ZDQTTIDVZ;Paz;1990;\"VEN;ITA\";DECLARED;2026-11-02;"
	    "2027-04-30\n",
	    1 },
};
#define FORM_COUNT (sizeof(forms) / sizeof(forms[0]))

START_TEST(reads_what_spreadsheets_write)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 }, got = { 0 };
	struct intake_row row;
	struct intake *intake;

	bytes_add_text(&text, forms[_i].text);
	intake = sample_open(&text, &context);
	for (size_t i = 0; i < forms[_i].rows; i++) {
		ck_assert_msg(sample_next(intake, &row), "%s", forms[_i].name);
		ck_assert_msg(row.outcome == INTAKE_ACCEPTED, "%s: %s",
		    forms[_i].name, sample_problems(&row, &got));
		ck_assert_str_eq(row.row, "A1");
	}
	ck_assert_msg(!sample_next(intake, &row), "%s", forms[_i].name);
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&got);
}
END_TEST

START_TEST(keeps_the_form_of_the_file_that_is_set_aside)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 }, out = { 0 };
	struct intake_row row;
	struct intake *intake;
	static const char semicolons[] =
	    "\xef\xbb\xbf"
	    "row;language;pathway;requestedAction;consulate;"
	    "destination;caseReference;surnames;birthDate;nationality;"
	    "identityBasis;validFrom;validUntil;note\n"
	    "A1;es;HUM;APPOINTMENT;ES-GTGUA;ESP;2ZDQTTIDVZ;Paz;1990;"
	    "\"VEN;ITA\";DECLARED;2026-11-02;2027-04-30;\"a \"\"b\"\"\"\n";

	bytes_add_text(&text, semicolons);
	intake = sample_open(&text, &context);
	ck_assert(sample_next(intake, &row));
	intake_set_aside(intake, &out);
	ck_assert_str_eq((const char *)out.at, semicolons);
	intake_free(&intake);
	bytes_free(&text);
	bytes_free(&out);
}
END_TEST

START_TEST(names_ignored_columns_once)
{
	struct intake_context context = sample_context();
	struct errtext err = { 0 };
	struct intake *intake = NULL;
	struct bytes aside = { 0 };
	struct intake_row row;
	struct problem file;
	size_t count = 0;
	static const char text[] =
	    HEADER ",supersedes,officer,3775945809908,\x1b[31m,\n" ROW
		   ",GTGUA01-2026-000002-J,OF1,3775945809908,x,\n";

	ck_assert_int_eq(intake_new(text, strlen(text), &context, &intake,
			     &file, &count, &err),
	    ERR_OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(file.code, W_COLUMN);
	ck_assert_int_eq(file.field, FIELD_NONE);
	ck_assert_ptr_nonnull(strstr(file.text,
	    ": supersedes, officer, ?, ?[31m, number 18, without a name"));
	/* no row is told again, and nothing of the columns is used */
	ck_assert(sample_next(intake, &row));
	ck_assert_int_eq(row.outcome, INTAKE_ACCEPTED);
	ck_assert_str_eq(row.letter.supersedes, "");
	ck_assert_str_eq(row.letter.officer, "");
	/* what looks like a number in a column that is not ours */
	intake_set_aside(intake, &aside);
	ck_assert_ptr_nonnull(strstr((const char *)aside.at, ",OF1,?,x,"));
	intake_free(&intake);
	bytes_free(&aside);
}
END_TEST

START_TEST(says_nothing_of_columns_that_are_known)
{
	struct intake_context context = sample_context();
	struct errtext err = { 0 };
	struct intake *intake = NULL;
	struct bytes text = { 0 };
	struct problem file;
	size_t count = 7;

	sample_header(&text, none);
	ck_assert_int_eq(intake_new(text.at, text.len, &context, &intake, &file,
			     &count, &err),
	    ERR_OK);
	ck_assert_uint_eq(count, 0);
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

START_TEST(echoes_the_row_as_given)
{
	struct cell cells[SAMPLE_CELLS] = { { "row", " 7, \"x\" " } };
	struct intake_row row;
	char longest[INTAKE_ROW_SIZE + 1];

	sample_judge(cells, &row);
	ck_assert(row.has_row);
	ck_assert_str_eq(row.row, " 7, \"x\" ");
	ck_assert_uint_eq(row.line, 2);
	cells[0].value = NULL;
	sample_judge(cells, &row);
	ck_assert(!row.has_row);
	memset(longest, 'r', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	cells[0].value = longest;
	sample_judge(cells, &row);
	ck_assert_int_eq(row.problem[0].code, E_LENGTH);
	ck_assert_int_eq(row.problem[0].field, INTAKE_FIELD_ROW);
	longest[sizeof(longest) - 2] = '\0';
	sample_judge(cells, &row);
	ck_assert_int_eq(row.outcome, INTAKE_ACCEPTED);
	ck_assert_str_eq(row.row, longest);
}
END_TEST

/* ---- twins -------------------------------------------------------------- */

/* Outcomes of several rows: one letter each, A W R; twins' lines behind. */
static void
outcomes(const struct cell (*rows)[SAMPLE_CELLS], size_t count,
    const struct intake_context *context, struct bytes *out)
{
	struct bytes text = { 0 };
	struct intake_row row;
	struct intake *intake;

	sample_header(&text, none);
	for (size_t i = 0; i < count; i++)
		sample_line(&text, rows[i]);
	intake = sample_open(&text, context);
	while (sample_next(intake, &row)) {
		/* the rows of the sample share their case, of course */
		if (row.outcome == INTAKE_WARNING && row.problem_count == 1 &&
		    row.problem[0].code == W_REFERENCE)
			row.outcome = INTAKE_ACCEPTED;
		bytes_add_byte(out, (uint8_t) "AWR"[row.outcome]);
		for (size_t i = 0; i < row.problem_count; i++)
			if (row.problem[i].code == W_DUPLICATE)
				bytes_add_byte(out, 'd');
	}
	intake_free(&intake);
	bytes_free(&text);
}

static const struct cell family[][SAMPLE_CELLS] = {
	{ { 0 } },
	/* her homonym, with a card of her own */
	{ { "documentNumber", "9722811119921" } },
	/* herself: surnames exchanged, accents off, no document */
	{ { "surnames", "PEREZ XILOJ" }, { "documentNumber", "" },
	    { "documentType", "" }, { "documentCountry", "" } },
	/* somebody else with the same tail */
	{ { "surnames", "Bac" }, { "birthDate", "1970-01-01" } },
	/* herself in a row that is rejected */
	{ { "sex", "W" } },
	/* nobody is called a look-alike on a name that is wrong */
	{ { "surnames", "Xiloj P3rez" } },
};

START_TEST(warns_of_the_later_twin)
{
	struct intake_context context = sample_context();
	struct bytes got = { 0 };

	outcomes(family, 6, &context, &got);
	ck_assert_str_eq((const char *)got.at, "AAWdARdR");
	bytes_free(&got);
}
END_TEST

static const struct cell rejected_first[][SAMPLE_CELLS] = {
	{ { "sex", "W" } },
	{ { 0 } },
};

START_TEST(counts_rejected_twins_unless_they_are_set_aside)
{
	struct intake_context context = sample_context();
	struct bytes got = { 0 };

	outcomes(rejected_first, 2, &context, &got);
	ck_assert_str_eq((const char *)got.at, "RWd");
	context.skip_rejected = true;
	bytes_reset(&got);
	outcomes(rejected_first, 2, &context, &got);
	ck_assert_str_eq((const char *)got.at, "RA");
	bytes_free(&got);
}
END_TEST

static enum err
found_elsewhere(void *arg, const struct letter *letter, bool *duplicate,
    struct problem *problem, struct errtext *err)
{
	size_t *asked = arg;

	(void)err;
	(*asked)++;
	*duplicate = strcmp(letter->surnames, "Bac") == 0;
	if (*duplicate)
		problem_set(problem, W_DUPLICATE, FIELD_NONE, "draft 4");
	return ERR_OK;
}

START_TEST(asks_elsewhere_when_the_file_has_no_twin)
{
	size_t asked = 0;
	struct intake_context context = sample_context();
	struct bytes got = { 0 };

	context.is_duplicate = found_elsewhere;
	context.arg = &asked;
	outcomes(family, 6, &context, &got);
	ck_assert_str_eq((const char *)got.at, "AAWdWdRdR");
	ck_assert_uint_eq(asked, 3);
	bytes_free(&got);
}
END_TEST

static enum err
fails_elsewhere(void *arg, const struct letter *letter, bool *duplicate,
    struct problem *problem, struct errtext *err)
{
	(void)arg;
	(void)letter;
	(void)duplicate;
	(void)problem;
	return err_set(err, ERR_BUSY, "busy");
}

START_TEST(hands_on_a_failed_question)
{
	struct intake_context context = sample_context();
	struct bytes text = { 0 };
	struct errtext err = { 0 };
	struct intake_row row;
	struct intake *intake;
	bool end = false;

	context.is_duplicate = fails_elsewhere;
	sample_header(&text, none);
	sample_line(&text, none);
	intake = sample_open(&text, &context);
	ck_assert_int_eq(intake_next(intake, &row, &end, &err), ERR_BUSY);
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("intake_file");
	TCase *t = tcase_create("file");

	tcase_add_loop_test(
	    t, refuses_a_file_that_cannot_be_used, 0, REFUSED_COUNT);
	tcase_add_test(t, refuses_a_file_over_the_limit);
	tcase_add_test(t, stops_where_a_file_breaks_off);
	tcase_add_test(t, takes_no_more_rows_than_the_limit);
	tcase_add_loop_test(t, reads_what_spreadsheets_write, 0, FORM_COUNT);
	tcase_add_test(t, keeps_the_form_of_the_file_that_is_set_aside);
	tcase_add_test(t, names_ignored_columns_once);
	tcase_add_test(t, says_nothing_of_columns_that_are_known);
	tcase_add_test(t, echoes_the_row_as_given);
	tcase_add_test(t, warns_of_the_later_twin);
	tcase_add_test(t, counts_rejected_twins_unless_they_are_set_aside);
	tcase_add_test(t, asks_elsewhere_when_the_file_has_no_twin);
	tcase_add_test(t, hands_on_a_failed_question);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
