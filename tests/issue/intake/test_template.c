/* The empty table: read by intake, by a zip library and by an XML parser. */
#include "issue/intake/template.h"

#include "tests/issue/sample_intake.h"

#include "tests/check_main.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <zip.h>

#include <stdio.h>
#include <stdlib.h>

START_TEST(csv_is_read_by_intake)
{
	struct intake_context context = sample_context();
	struct errtext err = { 0 };
	struct bytes text = { 0 };
	struct intake *intake = NULL;
	struct intake_row row;
	struct problem file;
	size_t count = 0;

	ck_assert_int_eq(template_csv(&text, &err), ERR_OK);
	ck_assert_int_eq(intake_new(text.at, text.len, &context, &intake, &file,
			     &count, &err),
	    ERR_OK);
	ck_assert_uint_eq(count, 0);           /* every column is known */
	ck_assert(!sample_next(intake, &row)); /* and the notes are nobody */
	intake_free(&intake);
	bytes_free(&text);
}
END_TEST

START_TEST(has_every_column_once)
{
	for (int field = 0; field < INTAKE_FIELD_END; field++) {
		size_t seen = 0;

		for (size_t i = 0; i < template_column_count; i++)
			seen += template_columns[i].field == field;
		ck_assert_msg(seen == intake_column_exists(field), "%d", field);
	}
}
END_TEST

/* One file of the zip, as text. */
static void
unpacked(const struct bytes *ods, const char *name, struct bytes *out)
{
	zip_source_t *source =
	    zip_source_buffer_create(ods->at, ods->len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_CHECKCONS, NULL);
	zip_stat_t stat;
	zip_file_t *in;

	ck_assert_ptr_nonnull(zip);
	ck_assert_int_eq(zip_stat(zip, name, 0, &stat), 0);
	ck_assert_ptr_nonnull(in = zip_fopen(zip, name, 0));
	ck_assert_int_eq(
	    zip_fread(in, bytes_reserve(out, stat.size), stat.size),
	    (zip_int64_t)stat.size);
	out->len += stat.size;
	zip_fclose(in);
	zip_close(zip);
}

static const char *const prefixes[][2] = {
	{ "table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0" },
	{ "office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0" },
	{ "text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0" },
	{ "style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0" },
};

static char *
ask(xmlDocPtr doc, const char *path)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr found;
	xmlChar *text;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		xmlXPathRegisterNs(
		    context, BAD_CAST prefixes[i][0], BAD_CAST prefixes[i][1]);
	ck_assert_ptr_nonnull(
	    found = xmlXPathEvalExpression(BAD_CAST path, context));
	text = xmlXPathCastToString(found);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return (char *)text;
}

#define SHEET(n) "//office:spreadsheet/table:table[" #n "]"
#define LIST(n) \
	"//table:content-validation[@table:name='v" #n "']/@table:condition"

#define PER_COLUMN NULL /* as many as there are columns */

static const struct {
	const char *path, *want;
} content[] = {
	{ "count(//office:spreadsheet/table:table)", "2" },
	{ "count(" SHEET(1) "/table:table-row[1]/table:table-cell)",
	    PER_COLUMN },
	{ "string(" SHEET(1) "/table:table-row[1]/table:table-cell[11]/text:p)",
	    "surnames" },
	{ "count(" SHEET(1) "/table:table-row[1]//office:annotation)",
	    PER_COLUMN },
	{ "count(" SHEET(1) "/table:table-row[2]/table:table-cell"
			    "[@table:style-name='text'])",
	    PER_COLUMN },
	/* each cell has the validation of its column, which exists */
	{ "count(" SHEET(1) "/table:table-row[2]/table:table-cell"
			    "[@table:content-validation-name = "
			    "//table:content-validation/@table:name])",
	    PER_COLUMN },
	{ "count(//table:content-validation/table:help-message)", PER_COLUMN },
	{ "string(" LIST(14) ")",
	    "of:cell-content-is-in-list(\"F\";\"M\";\"X\")" },
	{ "string(" LIST(16) ")",
	    "of:cell-content-is-in-list(\"DOC\";\"COPY\";\"DECLARED\")" },
	{ "string(" LIST(7) ")",
	    "of:cell-content-is-in-list(\"ES-GTGUA\";\"ES-COBOG\")" },
	{ "contains(" LIST(4) ", '\"OTH\";\"SEA\")')", "true" },
	{ "string(" LIST(8) ")",
	    "of:cell-content-is-in-list([$'Codes'.$B$2:.$B$250])" },
	{ "string(" LIST(18) ")",
	    "of:cell-content-is-in-list([$'Codes'.$B$2:.$B$266])" },
	{ "string(" LIST(15) ")", "" }, /* nationality: up to three */
	{ "string(" SHEET(2) "/table:table-row[2]/table:table-cell[2]/text:p)",
	    "ABW" },
	{ "string(" SHEET(
	      2) "/table:table-row[250]/table:table-cell[2]/text:p)",
	    "ZWE" },
	{ "string(" SHEET(
	      2) "/table:table-row[266]/table:table-cell[2]/text:p)",
	    "XPO" },
};

START_TEST(ods_has_notes_and_lists)
{
	struct intake_context context = sample_context();
	struct errtext err = { 0 };
	struct bytes ods = { 0 }, xml = { 0 };
	char columns[8];
	xmlDocPtr doc;

	snprintf(columns, sizeof(columns), "%zu", template_column_count);
	ck_assert_int_eq(template_ods(context.list, &ods, &err), ERR_OK);
	unpacked(&ods, "content.xml", &xml);
	doc = xmlReadMemory(
	    (const char *)xml.at, (int)xml.len, NULL, NULL, XML_PARSE_NONET);
	ck_assert_ptr_nonnull(doc);
	for (size_t i = 0; i < sizeof(content) / sizeof(content[0]); i++) {
		char *got = ask(doc, content[i].path);
		const char *want = content[i].want;

		if (want == PER_COLUMN)
			want = columns;
		ck_assert_msg(
		    strcmp(got, want) == 0, "%s: %s", content[i].path, got);
		xmlFree(got);
	}
	xmlFreeDoc(doc);
	bytes_free(&ods);
	bytes_free(&xml);
}
END_TEST

/* ODF 1.2, part 3, 3.3: what it is can be read at byte 38. */
START_TEST(ods_says_what_it_is)
{
	static const char type[] =
	    "application/vnd.oasis.opendocument.spreadsheet";
	struct errtext err = { 0 };
	struct bytes ods = { 0 }, again = { 0 }, xml = { 0 };

	ck_assert_int_eq(template_ods(NULL, &ods, &err), ERR_OK);
	ck_assert_int_eq(memcmp(ods.at, "PK\x03\x04", 4), 0);
	ck_assert_int_eq(memcmp(ods.at + 30, "mimetype", 8), 0);
	ck_assert_int_eq(memcmp(ods.at + 38, type, strlen(type)), 0);
	unpacked(&ods, "META-INF/manifest.xml", &xml);
	ck_assert_ptr_nonnull(strstr((char *)xml.at, "content.xml"));
	ck_assert_int_eq(template_ods(NULL, &again, &err), ERR_OK);
	ck_assert(bytes_equal(&ods, &again)); /* on every day */
	bytes_free(&ods);
	bytes_free(&again);
	bytes_free(&xml);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("template");
	TCase *t = tcase_create("files");

	tcase_add_test(t, csv_is_read_by_intake);
	tcase_add_test(t, has_every_column_once);
	tcase_add_test(t, ods_has_notes_and_lists);
	tcase_add_test(t, ods_says_what_it_is);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
