/*
 * test_finding.c - audit/finding.h: one table, and proof, question and note
 * never mixed up.
 */
#include "audit/finding.h"
#include "audit/groups.h"

#include "base/file.h"
#include "tests/check_main.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PAGE "docs/audit.md"

static const struct place nowhere = { .index = -1 };

START_TEST(each_row_is_whole)
{
	const struct finding_row *row = &finding_table[_i];
	const char *c;
	int i;

	ck_assert_int_eq(row->code, _i);
	ck_assert_int_eq(strncmp(row->name, "A-", 2), 0);
	for (c = row->name; *c != '\0'; c++)
		ck_assert(isupper((unsigned char)*c) || *c == '-');
	ck_assert_uint_gt(strlen(row->meaning), 10);
	ck_assert_uint_gt(strlen(row->honest), 4);
	ck_assert_uint_gt(strlen(row->todo), 4);
	for (i = 0; i < _i; i++)
		ck_assert_str_ne(finding_table[i].name, row->name);
	/* proofs first, notes last: the order they are shown in */
	if (_i > 0)
		ck_assert_int_le(finding_table[_i - 1].severity, row->severity);
}
END_TEST

START_TEST(the_highest_counts)
{
	struct findings f = { 0 };

	ck_assert_int_eq(findings_exit(&f), 0);
	findings_add(&f, FINDING_TWO_POSTS, &nowhere, "note");
	findings_add(&f, FINDING_SCOPE, &nowhere, "not asked for");
	ck_assert_int_eq(findings_exit(&f), 0);
	findings_add(&f, FINDING_PAIR, &nowhere, "question");
	ck_assert_int_eq(findings_exit(&f), 1);
	findings_add(&f, FINDING_UNCHECKED, &nowhere, "unread");
	ck_assert_int_eq(findings_exit(&f), 2);
	findings_add(&f, FINDING_FORK, &nowhere, "proof");
	ck_assert_int_eq(findings_exit(&f), 3);
	ck_assert_uint_eq(findings_of(&f, SEVERITY_PROOF), 1);
	ck_assert_uint_eq(findings_of(&f, SEVERITY_QUESTION), 1);
	ck_assert_uint_eq(findings_of(&f, SEVERITY_NOTE), 3);
	findings_clear(&f);
}
END_TEST

START_TEST(in_order_of_code_center_log_and_line)
{
	const struct place places[] = { { "GTGUA02", 1, 3, NULL },
		{ "GTGUA01", 2, 1, NULL }, { "GTGUA01", 1, 9, NULL },
		{ "GTGUA01", 1, 2, NULL } };
	struct findings f = { 0 };
	int i;

	for (i = 0; i < 4; i++)
		findings_add(&f, FINDING_TIME, &places[i], "%d", i);
	findings_add(&f, FINDING_FORK, &nowhere, "4");
	findings_finish(&f);
	ck_assert_str_eq(f.at[0].text, "4");
	ck_assert_str_eq(f.at[1].text, "3");
	ck_assert_str_eq(f.at[2].text, "2");
	ck_assert_str_eq(f.at[3].text, "1");
	ck_assert_str_eq(f.at[4].text, "0");
	findings_clear(&f);
}
END_TEST

START_TEST(a_flood_is_counted_and_not_kept)
{
	struct findings f = { 0 };
	int i;

	for (i = 0; i < 100000; i++) {
		struct place place = { "GTGUA01", 1, i, NULL };

		findings_add(&f, FINDING_SIGNATURE, &place, "line %d", i);
	}
	findings_finish(&f);
	ck_assert_uint_eq(f.count, FINDINGS_EACH_MAX + 1);
	ck_assert_uint_eq(findings_of(&f, SEVERITY_PROOF), 100000);
	ck_assert_str_eq(f.at[FINDINGS_EACH_MAX].text, "99800 more like these");
	ck_assert_int_eq(f.at[FINDINGS_EACH_MAX].index, -1);
	findings_clear(&f);
}
END_TEST

/* Center, log and words count; the line does not, and the rest is told. */
START_TEST(what_says_the_same_is_one_group)
{
	const char *const centers[] = { "GTGUA01", "GTGUA01", "GTGUA02" };
	struct findings f = { 0 };
	struct groups groups;
	char times[GROUPS_TEXT_SIZE];
	int i;

	for (i = 0; i < 600; i++) {
		struct place place = { centers[i % 3], 1, i, NULL };

		findings_add(&f, FINDING_SAME_MINUTE, &place, "%s",
		    i == 300 ? "another" : "the same");
	}
	findings_finish(&f);
	ck_assert_uint_eq(groups_end(&f, 0), f.count);
	ck_assert(groups_make(&f, 0, f.count, &groups));
	ck_assert_uint_eq(groups.count, 2);
	ck_assert_uint_eq(groups.at[0].count, FINDINGS_EACH_MAX);
	groups_text(&groups.at[0], times);
	ck_assert_str_eq(times, " (200 times)");
	ck_assert_uint_eq(groups_rest(&f, &groups, 0), 600);
	ck_assert_uint_eq(groups_rest(&f, &groups, 2), 200);
	groups_clear(&groups);
	findings_clear(&f);
}
END_TEST

/* The page for auditors lists each, with its severity, in this order. */
START_TEST(the_page_has_them_all)
{
	struct bytes page = { 0 };
	const char *at, *last = NULL;
	char row[64];
	int i;

	ck_assert_int_eq(file_read(PAGE, 1 << 20, &page, NULL), ERR_OK);
	for (i = 0; i < FINDING_COUNT; i++) {
		snprintf(row, sizeof(row), "\n| %s | %s | ",
		    finding_table[i].name,
		    severity_name(finding_table[i].severity));
		at = strstr((const char *)page.at, row);
		ck_assert_msg(at != NULL, "not in %s: %s", PAGE, row);
		ck_assert_msg(at > last || last == NULL, "order: %s", row);
		last = at;
	}
	bytes_free(&page);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("finding");
	TCase *t = tcase_create("finding");

	tcase_add_loop_test(t, each_row_is_whole, 0, FINDING_COUNT);
	tcase_add_test(t, the_highest_counts);
	tcase_add_test(t, the_page_has_them_all);
	tcase_add_test(t, in_order_of_code_center_log_and_line);
	tcase_add_test(t, a_flood_is_counted_and_not_kept);
	tcase_add_test(t, what_says_the_same_is_one_group);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
