/* One cell of a file of people, read and put right: issue/intake/mend.h. */
#include "issue/intake/intake.h"
#include "issue/intake/mend.h"

#include "tests/check_main.h"

#include <string.h>

static struct bytes
file_of(const char *text)
{
	struct bytes file = { 0 };

	bytes_add(&file, text, strlen(text));
	return file;
}

static void
expect_value(const struct bytes *file, size_t line, int field, const char *want)
{
	struct bytes value = { 0 };
	struct errtext err = { 0 };

	ck_assert_msg(mend_value(file, line, field, &value, &err) == ERR_OK,
	    "%s", err.text);
	bytes_add_byte(&value, '\0');
	ck_assert_str_eq((const char *)value.at, want);
	bytes_free(&value);
}

/* Empty lines, values of several lines and another separator. */
static const char people[] = "row;surnames;givenNames\n"
			     "\n"
			     "1;\"Choc\nCaal\";Ana\n"
			     "2;Tzul;\n";

START_TEST(keys)
{
	ck_assert_int_eq(mend_field("surnames"), FIELD_SURNAMES);
	ck_assert_int_eq(
	    mend_field("documentNumber"), INTAKE_FIELD_DOCUMENT_NUMBER);
	ck_assert_int_eq(mend_field("letterNumber"), -1);
	ck_assert_int_eq(mend_field(""), -1);
}
END_TEST

START_TEST(values)
{
	struct bytes file = file_of(people), none = { 0 };

	expect_value(&file, 3, FIELD_SURNAMES, "Choc\nCaal");
	expect_value(&file, 5, FIELD_SURNAMES, "Tzul");
	ck_assert(
	    mend_value(&file, 4, FIELD_SURNAMES, &none, NULL) == ERR_NOT_FOUND);
	ck_assert(mend_value(&file, 5, FIELD_BIRTH_DATE, &none, NULL) ==
	    ERR_NOT_FOUND);
	bytes_free(&none);
	bytes_free(&file);
}
END_TEST

/* Onwards, on the same line, back, and after a line that is not there. */
START_TEST(many_values)
{
	static const struct {
		size_t line;
		int field;
		const char *want; /* NULL: nothing */
	} asked[] = {
		{ 3, FIELD_GIVEN_NAMES, "Ana" },
		{ 3, FIELD_SURNAMES, "Choc\nCaal" },
		{ 5, FIELD_SURNAMES, "Tzul" },
		{ 3, FIELD_BIRTH_DATE, NULL },
		{ 4, FIELD_SURNAMES, NULL },
		{ 5, FIELD_GIVEN_NAMES, "" },
		{ 9, FIELD_SURNAMES, NULL },
		{ 3, FIELD_GIVEN_NAMES, "Ana" },
	};
	struct bytes file = file_of(people);
	struct mend_cells *cells;

	ck_assert(mend_cells_new(&file, &cells, NULL) == ERR_OK);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct bytes value = { 0 };
		enum err rc = mend_cells_value(
		    cells, asked[i].line, asked[i].field, &value, NULL);

		bytes_add_byte(&value, '\0');
		ck_assert_int_eq(rc, asked[i].want ? ERR_OK : ERR_NOT_FOUND);
		ck_assert_str_eq(
		    (const char *)value.at, asked[i].want ? asked[i].want : "");
		bytes_free(&value);
	}
	mend_cells_free(&cells);
	ck_assert_ptr_null(cells);
	bytes_free(&file);
}
END_TEST

START_TEST(lines_keep_their_numbers)
{
	struct bytes file = file_of(people), mended = { 0 };
	struct errtext err = { 0 };

	ck_assert_msg(mend_set(&file, 5, FIELD_GIVEN_NAMES, "Eva, \"la\"",
			  &mended, &err) == ERR_OK,
	    "%s", err.text);
	expect_value(&mended, 5, FIELD_GIVEN_NAMES, "Eva, \"la\"");
	expect_value(&mended, 5, FIELD_SURNAMES, "Tzul");
	expect_value(&mended, 3, FIELD_SURNAMES, "Choc\nCaal");
	bytes_free(&mended);
	bytes_free(&file);
}
END_TEST

START_TEST(a_column_is_added)
{
	struct bytes file = file_of(people), mended = { 0 };

	ck_assert(mend_set(&file, 5, FIELD_BIRTH_DATE, "1990-05-02", &mended,
		      NULL) == ERR_OK);
	expect_value(&mended, 5, FIELD_BIRTH_DATE, "1990-05-02");
	expect_value(&mended, 3, FIELD_BIRTH_DATE, "");
	expect_value(&mended, 3, FIELD_GIVEN_NAMES, "Ana");
	bytes_free(&mended);
	bytes_free(&file);
}
END_TEST

START_TEST(a_row_that_breaks_off)
{
	struct bytes file = file_of("row,surnames,givenNames\n1,Choc\n"),
		     mended = { 0 };

	ck_assert(mend_set(&file, 2, FIELD_GIVEN_NAMES, "Ana", &mended, NULL) ==
	    ERR_OK);
	expect_value(&mended, 2, FIELD_GIVEN_NAMES, "Ana");
	bytes_free(&mended);
	bytes_free(&file);
}
END_TEST

START_TEST(no_such_line)
{
	struct bytes file = file_of(people), mended = { 0 };

	/* the line of names is nobody's */
	ck_assert(mend_set(&file, 1, FIELD_SURNAMES, "x", &mended, NULL) ==
	    ERR_NOT_FOUND);
	bytes_free(&mended);
	ck_assert(mend_set(&file, 9, FIELD_SURNAMES, "x", &mended, NULL) ==
	    ERR_NOT_FOUND);
	bytes_free(&mended);
	bytes_free(&file);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("mend");
	TCase *t = tcase_create("mend");

	tcase_add_test(t, keys);
	tcase_add_test(t, values);
	tcase_add_test(t, many_values);
	tcase_add_test(t, lines_keep_their_numbers);
	tcase_add_test(t, a_column_is_added);
	tcase_add_test(t, a_row_that_breaks_off);
	tcase_add_test(t, no_such_line);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
