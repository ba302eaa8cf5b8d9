/*
 * Whole example files come out as their expect column says: the project's
 * own, and people.csv of a neighbouring shared folder where there is one.
 */
#include "tests/issue/sample_intake.h"

#include "base/file.h"
#include "tests/check_main.h"

#include <stdlib.h>

static const struct {
	const char *path;
	const char *now;
	bool optional;
	size_t at_least; /* rows */
} files[] = {
	{ "examples/people.csv", SAMPLE_NOW, false, 12 },
	{ "examples/people-with-mistakes.csv", SAMPLE_NOW, false, 14 },
	{ "../shared/people.csv", SAMPLE_NOW, true, 1 },
};
#define FILE_COUNT (sizeof(files) / sizeof(files[0]))

/* What the file itself says of a row, read by the plain CSV reader. */
struct expected {
	char row[INTAKE_ROW_SIZE], center[16], expect[40], tail[8], number[40];
};

static void
copy_column(char *out, size_t size, const struct csv_record *header,
    const struct csv_record *record, const char *column)
{
	out[0] = '\0';
	for (size_t i = 0; i < header->count && i < record->count; i++)
		if (strcmp(header->value[i], column) == 0)
			snprintf(out, size, "%s", record->value[i]);
}

static size_t
read_expected(const struct bytes *text, struct expected *out, size_t max)
{
	struct csv *names = NULL, *rows = NULL;
	struct csv_record header, record;
	struct errtext err = { 0 };
	size_t count = 0;
	bool end = false;

	/* two readers, since a record lives only until the next one */
	ck_assert_int_eq(csv_new(text->at, text->len, &names, &err), ERR_OK);
	ck_assert_int_eq(csv_new(text->at, text->len, &rows, &err), ERR_OK);
	ck_assert_int_eq(csv_next(names, &header, &end, &err), ERR_OK);
	ck_assert_int_eq(csv_next(rows, &record, &end, &err), ERR_OK);
	while (csv_next(rows, &record, &end, &err) == ERR_OK && !end) {
		struct expected *e = &out[count++];

		ck_assert_uint_lt(count, max);
		copy_column(e->row, sizeof(e->row), &header, &record, "row");
		copy_column(
		    e->center, sizeof(e->center), &header, &record, "center");
		copy_column(
		    e->expect, sizeof(e->expect), &header, &record, "expect");
		copy_column(e->tail, sizeof(e->tail), &header, &record,
		    "documentNumberTail");
		copy_column(e->number, sizeof(e->number), &header, &record,
		    "documentNumber");
	}
	csv_free(&names);
	csv_free(&rows);
	return count;
}

static bool
has_code(const struct intake_row *row, char kind, const char *rest)
{
	for (size_t i = 0; i < row->problem_count; i++) {
		const char *name = problem_name(row->problem[i].code);

		if (name[0] == kind && strcmp(name + 2, rest) == 0)
			return true;
	}
	return false;
}

static void
compare(const struct intake_row *row, const struct expected *e)
{
	struct bytes got = { 0 };
	const char *problems = sample_problems(row, &got);
	enum intake_outcome want = INTAKE_ACCEPTED;

	if (strncmp(e->expect, "WARN-", 5) == 0) {
		want = INTAKE_WARNING;
		ck_assert_msg(has_code(row, 'W', e->expect + 5), "%s: %s",
		    e->row, problems);
	} else if (strncmp(e->expect, "REJECT-", 7) == 0) {
		want = INTAKE_REJECTED;
		ck_assert_msg(has_code(row, 'E', e->expect + 7), "%s: %s",
		    e->row, problems);
	}
	ck_assert_msg(row->outcome == want, "%s: %s", e->row, problems);
	if (want != INTAKE_REJECTED && e->tail[0] != '\0')
		ck_assert_str_eq(row->letter.document_number_tail, e->tail);
	if (strlen(e->number) > 4)
		ck_assert_ptr_null(
		    memmem(row, sizeof(*row), e->number, strlen(e->number)));
	bytes_free(&got);
}

/* Rows of other centers are rejected for that; so once for each center. */
static void
judge_for(const struct bytes *text, const struct intake_context *context,
    const struct expected *expected, size_t count)
{
	struct bytes aside = { 0 };
	struct intake_row row;
	struct intake *intake = sample_open(text, context);
	size_t i;

	for (i = 0; sample_next(intake, &row); i++) {
		const char *center = expected[i].center;

		ck_assert_uint_lt(i, count);
		ck_assert_str_eq(row.row, expected[i].row);
		if (row.outcome == INTAKE_REJECTED)
			intake_set_aside(intake, &aside);
		if (strcmp(center, context->center) == 0)
			compare(&row, &expected[i]);
		else
			ck_assert_msg(has_code(&row, 'E', "CENTER"), "%s",
			    expected[i].row);
	}
	ck_assert_uint_eq(i, count);
	for (i = 0; i < count && aside.len > 0; i++)
		if (strlen(expected[i].number) > 4)
			ck_assert_ptr_null(memmem(aside.at, aside.len,
			    expected[i].number, strlen(expected[i].number)));
	intake_free(&intake);
	bytes_free(&aside);
}

START_TEST(comes_out_as_expected)
{
	static struct expected expected[200];
	struct intake_context context = sample_context();
	struct trust_list list = *context.list;
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	size_t count;

	if (files[_i].optional && !file_exists(files[_i].path))
		return;
	ck_assert_msg(
	    file_read(files[_i].path, CSV_FILE_MAX, &text, &err) == ERR_OK,
	    "%s", err.text);
	list.consulate_count = 0; /* all are taken */
	context.list = &list;
	ck_assert(clock_parse(files[_i].now, &context.now));
	count = read_expected(&text, expected, 200);
	ck_assert_uint_ge(count, files[_i].at_least);
	for (size_t i = 0; i < count; i++) {
		context.center = expected[i].center;
		if (expected[i].expect[0] != 'R' ||
		    strcmp(expected[i].expect, "REJECT-CENTER") != 0)
			judge_for(&text, &context, expected, count);
	}
	bytes_free(&text);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("intake_examples");
	TCase *t = tcase_create("files");

	tcase_add_loop_test(t, comes_out_as_expected, 0, FILE_COUNT);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
