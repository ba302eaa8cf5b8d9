#include "letter/code.h"

#include "letter/field.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *name;
	const struct code *list;
	const char *codes; /* in order */
} lists[] = {
	{ "language", code_language, "es en fr pt ht " },
	{ "sex", code_sex, "F M X " },
	{ "identityBasis", code_identity_basis, "DOC COPY DECLARED " },
	{ "documentType", code_document_type, "P I R T U B C " },
	{ "relationship", code_relationship,
	    "SPOUSE PARTNER CHILD PARENT SIBLING GRANDPARENT GRANDCHILD WARD "
	    "OTHER " },
	{ "requestedAction", code_requested_action,
	    "APPOINTMENT RECEIVE_APPLICATION DOCUMENT_INTAKE INFORMATION " },
	{ "pathway", code_pathway, "RST HUM COM LCI LST LSK JSV FAM STU OTH " },
};

START_TEST(lists_hold_the_codes_in_order)
{
	char all[256] = "";

	for (const struct code *c = lists[_i].list; c->code != NULL; c++) {
		strcat(all, c->code);
		strcat(all, " ");
		ck_assert_ptr_eq(code_find(lists[_i].list, c->code), c);
		ck_assert_int_eq(
		    code_index(lists[_i].list, c->code), c - lists[_i].list);
		ck_assert(c->label[0] != '\0');
	}
	ck_assert_str_eq(all, lists[_i].codes);
	ck_assert_ptr_null(code_find(lists[_i].list, ""));
	ck_assert_ptr_null(code_find(lists[_i].list, "doc"));
	ck_assert_int_eq(code_index(lists[_i].list, "NO"), -1);
}
END_TEST

/* Printed on paper that others may read: no word may say why one travels. */
static const char *const unsafe[] = { "asylum", "refug", "stateless",
	"persecut", "victim", "UNHCR" };

START_TEST(labels_do_not_endanger)
{
	for (const struct code *c = lists[_i].list; c->code != NULL; c++)
		for (int k = 0; k < COUNT(unsafe); k++)
			ck_assert_msg(strcasestr(c->label, unsafe[k]) == NULL,
			    "%s: %s", c->code, c->label);
}
END_TEST

START_TEST(nationality_labels_do_not_endanger)
{
	for (int k = 0; k < COUNT(unsafe); k++) {
		for (const struct code *c = code_no_country; c->code; c++)
			ck_assert_ptr_null(strcasestr(c->label, unsafe[k]));
		for (const struct code *c = code_authority; c->code; c++)
			ck_assert_ptr_null(strcasestr(c->label, unsafe[k]));
	}
}
END_TEST

START_TEST(codes_fit_their_fields)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct code *c = field_table[i].codes;

		for (; c != NULL && c->code != NULL; c++)
			ck_assert(strlen(c->code) < field_table[i].size);
	}
}
END_TEST

/* Debian's tzdata names every assigned alpha-2 code: an independent list. */
START_TEST(countries_agree_with_tzdata)
{
	FILE *in = fopen("/usr/share/zoneinfo/iso3166.tab", "r");
	char line[256];
	int count = 0;

	if (in == NULL) /* a machine without tzdata */
		return;
	while (fgets(line, sizeof(line), in) != NULL) {
		char alpha2[3] = { line[0], line[1], '\0' };

		if (line[0] == '#')
			continue;
		ck_assert_msg(country_by_alpha2(alpha2) != NULL, "%s", alpha2);
		count++;
	}
	fclose(in);
	ck_assert_int_eq(count, 249);
}
END_TEST

/* All 26^3 codes: 249 countries, and each found under both its codes. */
START_TEST(finds_each_country_both_ways)
{
	int count = 0;

	for (int i = 0; i < 26 * 26 * 26; i++) {
		char code[4] = { (char)('A' + i / 676),
			(char)('A' + i / 26 % 26), (char)('A' + i % 26), '\0' };
		const struct country *c = country_find(code);

		ck_assert(issuer_is_known(code) ==
		    (c != NULL || code_find(code_authority, code) != NULL));
		ck_assert(nationality_is_known(code) ==
		    (issuer_is_known(code) ||
			code_find(code_no_country, code) != NULL));
		if (c == NULL)
			continue;
		count++;
		ck_assert_str_eq(c->alpha3, code);
		ck_assert_uint_eq(strlen(c->alpha2), 2);
		ck_assert_ptr_eq(country_by_alpha2(c->alpha2), c);
		ck_assert_str_eq(nationality_label(code), c->label);
	}
	ck_assert_int_eq(count, 249);
}
END_TEST

static const struct {
	const char *alpha3, *alpha2, *label;
} known[] = {
	{ "GTM", "GT", "Guatemala" },
	{ "HND", "HN", "Honduras" },
	{ "COL", "CO", "Colombia" },
	{ "CRI", "CR", "Costa Rica" },
	{ "ECU", "EC", "Ecuador" },
	{ "DOM", "DO", "Dominican Republic" },
	{ "HTI", "HT", "Haiti" },
	{ "VEN", "VE", "Venezuela" },
	{ "ESP", "ES", "Spain" },
	{ "DEU", "DE", "Germany" },
	{ "ABW", "AW", "Aruba" },
	{ "ZWE", "ZW", "Zimbabwe" },
	{ "SSD", "SS", "South Sudan" },
};

START_TEST(knows_countries)
{
	const struct country *c = country_find(known[_i].alpha3);

	ck_assert_ptr_nonnull(c);
	ck_assert_str_eq(c->alpha2, known[_i].alpha2);
	ck_assert_str_eq(c->label, known[_i].label);
}
END_TEST

/* ICAO Doc 9303-3, section 5: papers that people hold. */
START_TEST(knows_codes_of_real_papers)
{
	static const char *const both[] = { "RKS", "UNO", "UNA", "UNK", "EUE",
		"XOM", "XPO", "XCE", "XCC", "XES", "XBA", "XIM", "XCO", "XEC",
		"XMP", "XDC" };
	static const char *const nationalities[] = { "XXA", "XXB", "XXC", "XXX",
		"GBD", "GBN", "GBO", "GBP", "GBS" };

	for (int i = 0; i < COUNT(both); i++)
		ck_assert_msg(
		    issuer_is_known(both[i]) && nationality_is_known(both[i]),
		    "%s", both[i]);
	for (int i = 0; i < COUNT(nationalities); i++)
		ck_assert_msg(!issuer_is_known(nationalities[i]) &&
			nationality_is_known(nationalities[i]),
		    "%s", nationalities[i]);
}
END_TEST

START_TEST(refuses_what_is_no_country)
{
	static const char *const none[] = { "", "GT", "gtm", "GTMX", "XXA",
		"XXX", "ZZZ", "UTO", "YUG", "ROM", "EUE" };

	for (int i = 0; i < COUNT(none); i++)
		ck_assert_msg(country_find(none[i]) == NULL, "%s", none[i]);
	ck_assert_ptr_null(country_by_alpha2("XX"));
	ck_assert_ptr_null(country_by_alpha2("g"));
	ck_assert_ptr_null(nationality_label("ZZZ"));
	ck_assert_ptr_nonnull(nationality_label("XXA"));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("code");
	TCase *t = tcase_create("code");

	tcase_add_loop_test(t, lists_hold_the_codes_in_order, 0, COUNT(lists));
	tcase_add_loop_test(t, labels_do_not_endanger, 0, COUNT(lists));
	tcase_add_test(t, nationality_labels_do_not_endanger);
	tcase_add_test(t, knows_codes_of_real_papers);
	tcase_add_test(t, codes_fit_their_fields);
	tcase_add_test(t, countries_agree_with_tzdata);
	tcase_add_test(t, finds_each_country_both_ways);
	tcase_add_loop_test(t, knows_countries, 0, COUNT(known));
	tcase_add_test(t, refuses_what_is_no_country);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
