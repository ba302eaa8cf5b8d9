#include "base/csv.h"

#include "tests/check_main.h"

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* All records as "LINE:value|value", one after the other with "/". */
static enum err
dump(const char *text, size_t len, struct bytes *out, struct errtext *err)
{
	struct csv *csv = NULL;
	struct csv_record record;
	bool end = false;
	enum err rc = csv_new(text, len, &csv, err);

	bytes_add_text(out, "");
	while (rc == ERR_OK) {
		rc = csv_next(csv, &record, &end, err);
		if (rc != ERR_OK || end)
			break;
		bytes_addf(out, "%s%zu:", out->len > 0 ? "/" : "", record.line);
		for (size_t i = 0; i < record.count; i++)
			bytes_addf(
			    out, "%s%s", i > 0 ? "|" : "", record.value[i]);
	}
	csv_free(&csv);
	ck_assert_ptr_null(csv);
	return rc;
}

/* RFC 4180, section 2, rule by rule, and what spreadsheets add to it. */
static const struct {
	const char *name, *text, *want;
} good[] = {
	{ "rule 1: CRLF", "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n",
	    "1:aaa|bbb|ccc/2:zzz|yyy|xxx" },
	{ "rule 2: last line end missing", "aaa,bbb,ccc\r\nzzz,yyy,xxx",
	    "1:aaa|bbb|ccc/2:zzz|yyy|xxx" },
	{ "rule 4: spaces belong to the value", " a ,b \n", "1: a |b " },
	{ "rule 5: quoted", "\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx",
	    "1:aaa|bbb|ccc/2:zzz|yyy|xxx" },
	{ "rule 6: line end inside", "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,y,x",
	    "1:aaa|b\r\nbb|ccc/3:zzz|y|x" },
	{ "rule 6: comma inside", "\"a,b\",c", "1:a,b|c" },
	{ "rule 7: doubled quote", "\"aaa\",\"b\"\"bb\",\"ccc\"",
	    "1:aaa|b\"bb|ccc" },
	{ "nothing", "", "" },
	{ "a byte order mark alone", "\xef\xbb\xbf", "" },
	{ "byte order mark",
	    "\xef\xbb\xbf"
	    "a,b\n1,2\n",
	    "1:a|b/2:1|2" },
	{ "byte order mark before a quote", "\xef\xbb\xbf\"a\",b\n", "1:a|b" },
	{ "LF", "a,b\n1,2\n", "1:a|b/2:1|2" },
	{ "CR alone", "a,b\r1,\"2\r3\"\r", "1:a|b/2:1|2\n3" },
	{ "mixed line ends", "a,b\r\n1,2\n3,4\r\n", "1:a|b/2:1|2/3:3|4" },
	{ "semicolons", "a;b;c\n1,5;2;3\n", "1:a|b|c/2:1,5|2|3" },
	{ "a semicolon within commas", "a,b,c\n1;5,2,3\n",
	    "1:a|b|c/2:1;5|2|3" },
	{ "semicolons count outside quotes only", "\"a;;;;\",b\n1,2\n",
	    "1:a;;;;|b/2:1|2" },
	{ "one column", "a\n1;2\n", "1:a/2:1;2" },
	{ "empty values", ",,\n,x,\n", "1:||/2:|x|" },
	{ "separator at the end", "a,b,", "1:a|b|" },
	{ "empty lines", "\n\r\na,b\n\n\n1,2\n\n", "3:a|b/6:1|2" },
	{ "a quoted nothing is a value", "a\n\"\"\nb\n", "1:a/2:/3:b" },
	{ "a lone space is a value", "a\n \n", "1:a/2: " },
	{ "more values than the header", "a,b\n1,2,3\n", "1:a|b/2:1|2|3" },
	{ "only quotes", "\"\"\"\"", "1:\"" },
	{ "tabs", "a\tb\tc\n1,5\t2;\t3\n", "1:a|b|c/2:1,5|2;|3" },
	{ "sep=", "sep=;\na;b\n1,2;3\n", "2:a|b/3:1,2|3" },
	{ "sep= against the header", "SEP=;\r\na,b,c;d\r\n", "2:a,b,c|d" },
	{ "quoted sep=", "\"sep=\t\"\na\tb\n", "2:a|b" },
	{ "sep= after a byte order mark", "\xef\xbb\xbfsep=,\na,b\n", "2:a|b" },
	{ "sep= of something else is a line", "sep=x\na\n", "1:sep=x/2:a" },
	{ "digits as text", "='1',=\"0123\",'0123,'+1\n",
	    "1:='1'|0123|0123|+1" },
	{ "digits as text, quoted", "\"=\"\"0123\"\"\",\"'0123\"\n",
	    "1:0123|0123" },
	{ "no marks of text", "'Abd,=A1,'',='\n", "1:'Abd|=A1|''|='" },
	{ "UTF-8",
	    "n\nPe\xc3\xb1"
	    "a\n",
	    "1:n/2:Pe\xc3\xb1"
	    "a" },
};

START_TEST(reads)
{
	struct errtext err = { 0 };
	struct bytes out = { 0 };
	enum err rc = dump(good[_i].text, strlen(good[_i].text), &out, &err);

	ck_assert_msg(rc == ERR_OK, "%s: %s", good[_i].name, err.text);
	ck_assert_msg(strcmp((char *)out.at, good[_i].want) == 0, "%s: %s",
	    good[_i].name, (char *)out.at);
	bytes_free(&out);
}
END_TEST

static const struct {
	const char *name, *text;
	size_t len;
} wide[] = {
	{ "little",
	    "\xff\xfe"
	    "a\0\t\0P\0\xe9\0\n\0\x3d\xd8\x00\xde\t\0b\0",
	    20 },
	{ "big",
	    "\xfe\xff"
	    "\0a\0\t\0P\0\xe9\0\n\xd8\x3d\xde\x00\0\t\0b",
	    20 },
	{ "little, without its mark",
	    "a\0\t\0P\0\xe9\0\n\0\x3d\xd8\x00\xde\t\0b\0", 18 },
	{ "big, without its mark",
	    "\0a\0\t\0P\0\xe9\0\n\xd8\x3d\xde\x00\0\t\0b", 18 },
};

START_TEST(reads_utf16)
{
	struct errtext err = { 0 };
	struct bytes out = { 0 };
	enum err rc = dump(wide[_i].text, wide[_i].len, &out, &err);

	ck_assert_msg(rc == ERR_OK, "%s: %s", wide[_i].name, err.text);
	ck_assert_str_eq((char *)out.at, "1:a|P\xc3\xa9/2:\xf0\x9f\x98\x80|b");
	bytes_free(&out);
}
END_TEST

/* A header below a title: its own separator, its own line number. */
START_TEST(begins_again_below)
{
	static const char text[] = "Lista; de, hoy,\n\na;b\n1;2";
	struct csv *csv = NULL;
	struct csv_record record;
	struct errtext err = { 0 };
	bool end = false;

	ck_assert_int_eq(csv_new(text, strlen(text), &csv, &err), ERR_OK);
	ck_assert_int_eq(csv_separator(csv), ',');
	ck_assert(csv_restart(csv, 2));
	ck_assert_int_eq(csv_next(csv, &record, &end, &err), ERR_OK);
	ck_assert_uint_eq(record.line, 3);
	ck_assert_uint_eq(record.count, 2);
	ck_assert_str_eq(record.value[1], "b");
	ck_assert(!csv_restart(csv, 4));
	csv_free(&csv);
}
END_TEST

static const struct {
	const char *name;
	const char *text;
	size_t len; /* 0: up to its NUL */
	const char *in_error[2];
} bad[] = {
	{ "NUL", "a,b\n1,\0002\n", 9, { "line 2:", "NUL" } },
	{ "NUL at the end", "a,b\n1,2\n\0", 9, { "line 3:", "NUL" } },
	{ "UTF-32", "a\0\0\0,\0\0\0b\0\0\0", 12, { "line 1:", "UTF-8" } },
	{ "half a character, without its mark", "a\0\n\0b", 5,
	    { "line 2:", "damaged" } },
	{ "a page", "\xef\xbb\xbf\n<html>a,b", 0, { "page", "CSV UTF-8" } },
	{ "half a character of UTF-16",
	    "\xff\xfe"
	    "a\0\n\0b",
	    7, { "line 2:", "damaged" } },
	{ "half a pair of UTF-16",
	    "\xff\xfe"
	    "\x00\xd8"
	    "a\0",
	    6, { "line 1:", "damaged" } },
	{ "a spreadsheet", "PK\x03\x04 and so on", 0,
	    { "a spreadsheet", "CSV UTF-8" } },
	{ "an old spreadsheet", "\xd0\xcf\x11\xe0\xa1\xb1", 0,
	    { "a spreadsheet", "CSV UTF-8" } },
	{ "Latin-1",
	    "a,b\n1,2\nPe\xf1"
	    "a,3\n",
	    0, { "line 3:", "save the file as UTF-8" } },
	{ "Latin-1 in the last line", "a\n\xe9", 0, { "line 2:", "Latin-1" } },
	{ "unclosed quote", "a,b\n1,\"2\n3,4\n5,6\n", 0,
	    { "line 2:", "never closed" } },
	{ "unclosed quote in the header", "\"a,b\n1,2\n", 0,
	    { "line 1:", "never closed" } },
	{ "quote opened at the very end", "a\n\"", 0, { "line 2:", "quote" } },
	{ "text after a quote", "a,b\n\"1\"x,2\n", 0,
	    { "line 2:", "closing quote" } },
	{ "space after a quote", "a,b\n1,\"2\" \n", 0,
	    { "line 2:", "closing quote" } },
	{ "quote inside", "a,b\n1,2\n3,4\"5\n", 0, { "line 3:", "quote" } },
	{ "quote after a space", "a,b\n1, \"2\"\n", 0, { "line 2:", "quote" } },
	{ "CR alone, and a line feed", "a,b\r1,2\n", 0,
	    { "line 1:", "carriage return" } },
	{ "CR alone after a quote", "a,b\n1,\"2\"\r3,4", 0,
	    { "line 2:", "carriage return" } },
	{ "line after a value of two lines", "a\n\"1\n2\"\nx\"\n", 0,
	    { "line 4:", "quote" } },
};

START_TEST(refuses_and_names_the_line)
{
	size_t len = bad[_i].len ? bad[_i].len : strlen(bad[_i].text);
	struct errtext err = { 0 };
	struct bytes out = { 0 };

	ck_assert_msg(dump(bad[_i].text, len, &out, &err) == ERR_DATA, "%s",
	    bad[_i].name);
	for (size_t k = 0; k < 2; k++)
		ck_assert_msg(strstr(err.text, bad[_i].in_error[k]) != NULL,
		    "%s: %s", bad[_i].name, err.text);
	bytes_free(&out);
}
END_TEST

/* What csv_new() finds is found before any record could be used. */
START_TEST(broken_text_is_refused_at_once)
{
	struct csv *csv = NULL;
	struct errtext err = { 0 };

	ck_assert_int_eq(csv_new("a,b\n1,2\n\xe9", 9, &csv, &err), ERR_DATA);
	ck_assert_ptr_null(csv);
	ck_assert_int_eq(csv_new("a,b\n1,2\n\0", 9, &csv, &err), ERR_DATA);
	ck_assert_ptr_null(csv);
}
END_TEST

/* No text of the file in an error: it may be a name or a number. */
START_TEST(errors_repeat_no_value)
{
	const char *text = "name\nXochitl \"Tz\"\n";
	struct errtext err = { 0 };
	struct bytes out = { 0 };

	ck_assert_int_eq(dump(text, strlen(text), &out, &err), ERR_DATA);
	ck_assert_ptr_null(strstr(err.text, "Xochitl"));
	ck_assert_ptr_null(strstr(err.text, "Tz"));
	bytes_free(&out);
}
END_TEST

static enum err
read_value_of(size_t len, bool quoted)
{
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	struct bytes out = { 0 };
	enum err rc;

	bytes_add_text(&text, quoted ? "a,b\n1,\"" : "a,b\n1,");
	for (size_t i = 0; i < len; i++)
		bytes_add_byte(&text, 'x');
	bytes_add_text(&text, quoted ? "\"\n" : "\n");
	rc = dump((const char *)text.at, text.len, &out, &err);
	if (rc != ERR_OK)
		ck_assert_ptr_nonnull(strstr(err.text, "line 2:"));
	bytes_free(&text);
	bytes_free(&out);
	return rc;
}

START_TEST(value_limit)
{
	bool quoted = _i == 1;

	ck_assert_int_eq(read_value_of(CSV_VALUE_MAX - 1, quoted), ERR_OK);
	ck_assert_int_eq(read_value_of(CSV_VALUE_MAX, quoted), ERR_OK);
	ck_assert_int_eq(read_value_of(CSV_VALUE_MAX + 1, quoted), ERR_LIMIT);
}
END_TEST

static enum err
read_columns(size_t count)
{
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	struct bytes out = { 0 };
	enum err rc;

	bytes_add_text(&text, "a,b\n");
	for (size_t i = 0; i < count; i++)
		bytes_add_text(&text, i > 0 ? ",x" : "x");
	rc = dump((const char *)text.at, text.len, &out, &err);
	if (rc != ERR_OK)
		ck_assert_ptr_nonnull(strstr(err.text, "line 2:"));
	bytes_free(&text);
	bytes_free(&out);
	return rc;
}

START_TEST(column_limit)
{
	ck_assert_int_eq(read_columns(CSV_COLUMN_MAX - 1), ERR_OK);
	ck_assert_int_eq(read_columns(CSV_COLUMN_MAX), ERR_OK);
	ck_assert_int_eq(read_columns(CSV_COLUMN_MAX + 1), ERR_LIMIT);
}
END_TEST

START_TEST(file_limit)
{
	size_t len = CSV_FILE_MAX + 1;
	char *text = malloc(len);
	struct csv *csv = NULL;
	struct errtext err = { 0 };

	ck_assert_ptr_nonnull(text);
	memset(text, '\n', len);
	ck_assert_int_eq(csv_new(text, len, &csv, &err), ERR_LIMIT);
	ck_assert_ptr_nonnull(strstr(err.text, "64 MiB"));
	ck_assert_int_eq(csv_new(text, len - 1, &csv, &err), ERR_OK);
	csv_free(&csv);
	csv_free(&csv);
	free(text);
}
END_TEST

static const struct {
	const char *text;
	char separator;
} separators[] = { { "a,b\n", ',' }, { "a;b\n", ';' }, { "a\n", ',' },
	{ "", ',' }, { "\r\n\na;b\n1,2,3,4\n", ';' } };

START_TEST(tells_its_separator)
{
	const char *text = separators[_i].text;
	struct csv *csv = NULL;

	ck_assert_int_eq(csv_new(text, strlen(text), &csv, NULL), ERR_OK);
	ck_assert_int_eq(csv_separator(csv), separators[_i].separator);
	csv_free(&csv);
}
END_TEST

static const struct {
	const char *value, *want;
} written[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ " spaces ", " spaces " },
	{ "a,b", "\"a,b\"" },
	{ "VEN;ITA", "\"VEN;ITA\"" },
	{ "say \"no\"", "\"say \"\"no\"\"\"" },
	{ "two\nlines", "\"two\nlines\"" },
	{ "two\r\nlines", "\"two\r\nlines\"" },
};

START_TEST(writes_what_it_reads)
{
	struct errtext err = { 0 };
	struct bytes line = { 0 };
	struct bytes out = { 0 };
	struct bytes want = { 0 };

	csv_add(&line, written[_i].value, true);
	bytes_add_text(&line, "");
	ck_assert_str_eq((char *)line.at, written[_i].want);
	csv_add(&line, "last", false);
	bytes_add_text(&line, "\r\n");
	ck_assert_int_eq(
	    dump((const char *)line.at, line.len, &out, &err), ERR_OK);
	bytes_addf(&want, "1:%s|last", written[_i].value);
	ck_assert_str_eq((char *)out.at, (char *)want.at);
	bytes_free(&line);
	bytes_free(&out);
	bytes_free(&want);
}
END_TEST

static const struct {
	const char *value, *want;
} cells[] = {
	{ "plain", "plain" },
	{ "=1+1", "'=1+1" },
	{ "'=1+1", "''=1+1" },
	{ "'0123", "''0123" },
	{ "''-5", "'''-5" },
	{ "'Abd", "'Abd" },
	{ "''", "''" },
	{ "+502", "'+502" },
	{ "-Pop", "'-Pop" },
	{ "@SUM(A1)", "'@SUM(A1)" },
	{ "\t=1", "\"'\t=1\"" },
	{ "\r=1,2", "\"'\r=1,2\"" },
	{ "\uff1d1", "'\uff1d1" },
	{ "-", "-" }, /* somebody's name, and no formula */
	{ "A-1", "A-1" },
	{ "", "" },
};

START_TEST(writes_no_formula)
{
	struct errtext err = { 0 };
	struct bytes line = { 0 }, out = { 0 }, want = { 0 };

	csv_add_cell(&line, cells[_i].value, true);
	bytes_add_text(&line, "");
	ck_assert_str_eq((char *)line.at, cells[_i].want);
	csv_add_cell(&line, "last", false);
	bytes_add_text(&line, "\r\n");
	ck_assert_int_eq(
	    dump((const char *)line.at, line.len, &out, &err), ERR_OK);
	bytes_addf(&want, "1:%s|last", cells[_i].value);
	ck_assert_str_eq((char *)out.at, (char *)want.at);
	bytes_free(&line);
	bytes_free(&out);
	bytes_free(&want);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");

	tcase_add_loop_test(t, reads, 0, COUNT(good));
	tcase_add_loop_test(t, reads_utf16, 0, COUNT(wide));
	tcase_add_test(t, begins_again_below);
	tcase_add_loop_test(t, refuses_and_names_the_line, 0, COUNT(bad));
	tcase_add_test(t, broken_text_is_refused_at_once);
	tcase_add_test(t, errors_repeat_no_value);
	tcase_add_loop_test(t, value_limit, 0, 2);
	tcase_add_test(t, column_limit);
	tcase_add_test(t, file_limit);
	tcase_add_loop_test(t, tells_its_separator, 0, COUNT(separators));
	tcase_add_loop_test(t, writes_what_it_reads, 0, COUNT(written));
	tcase_add_loop_test(t, writes_no_formula, 0, COUNT(cells));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
