/*
 * test_report.c - audit/report.h: everything stands in it, nothing gets out
 * of its place, and the public sees no person, number or small count.
 */
#include "tests/audit/trial.h"

#include "audit/report.h"
#include "base/file.h"
#include "base/i18n.h"
#include "tests/check_main.h"

static char *
report(struct trial *t, bool public)
{
	struct bytes html = { 0 };

	ck_assert_int_eq(report_html(&t->audit, public, &html, NULL), ERR_OK);
	return (char *)html.at;
}

static void
has(const char *html, const char *text)
{
	ck_assert_msg(strstr(html, text) != NULL, "no %s", text);
}

static void
hasnt(const char *html, const char *text)
{
	ck_assert_msg(strstr(html, text) == NULL, "%s is in it", text);
}

/* 40 letters in March, 3 in April; one proof, one question. */
static void
some_months(struct trial *t)
{
	struct log_entry e;

	trial_begin(t);
	t->options.seed = 7;
	trial_issue(t, 1, 40);
	t->now += 31 * CLOCK_DAY;
	trial_issue(t, 41, 42);
	e = trial_letter(t, 43);
	strcpy(e.reason, "V3");
	chronicle_add(t->log, &e);
	chronicle_withdraw(t->log, t->now, 2026, 7, "WITHDRAWN");
	chronicle_withdraw(t->log, t->now, 2026, 99, "WITHDRAWN");
	trial_publish(t, "pub");
	trial_audit(t, "pub", NULL);
}

START_TEST(an_oversight_report_has_it_all)
{
	char fingerprint[PERSON_FINGERPRINT_SIZE];
	struct trial t;
	char *html;

	some_months(&t);
	html = report(&t, false);
	has(html, "<!DOCTYPE html>");
	has(html, "PROOF OF MANIPULATION: 1. Questions: 1.");
	has(html, "<b>1</b>\nproof of manipulation<");
	has(html, "<b>1</b>\nquestion to ask<");
	has(html, "<b>0</b>\nthings that could not be checked<");
	has(html, "A-UNKNOWN");
	has(html, "A-FAST");
	has(html, "OF1007");
	has(html, "AP2003");
	has(html, "2026-03");
	has(html, "2026-04");
	has(html, "<svg");
	has(html, "seed 7");
	has(html, t.audit.sample.number[0]);
	has(html, "opening hours and holidays: no calendar was given");
	has(html, "Whose key signed what");
	person_fingerprint(
	    t.audit.centers[0].persons.key[0].is.key, fingerprint);
	has(html, fingerprint);
	free(html);
	trial_end(&t);
}
END_TEST

START_TEST(nothing_runs_and_nothing_is_fetched)
{
	struct trial t;
	char *html;

	some_months(&t);
	html = report(&t, _i == 1);
	hasnt(html, "<script");
	hasnt(html, "http:");
	hasnt(html, "https:");
	hasnt(html, "src=");
	hasnt(html, "url(");
	has(html, "default-src 'none'");
	free(html);
	trial_end(&t);
}
END_TEST

START_TEST(the_public_sees_no_person_and_no_small_count)
{
	struct trial t;
	char *html;

	some_months(&t);
	html = report(&t, true);
	hasnt(html, "OF1007");
	hasnt(html, "AP2003");
	hasnt(html, "AD0001");
	hasnt(html, "Whose key signed what");
	hasnt(html, "GTGUA01-2026");
	hasnt(html, "seed");
	has(html, "<td class=\"n\">40</td>");
	hasnt(html, "<td class=\"n\">3</td>");
	has(html, "<td class=\"n\">&lt;5</td>");
	/* nor what 43 - 40 would tell */
	hasnt(html, ">43<");
	has(html, "at least 40");
	has(html, "Manipulation is proven.");
	free(html);
	trial_end(&t);
}
END_TEST

/* The page of a center with so many letters, all in one month and hour. */
static char *
public_bars(unsigned letters)
{
	struct trial t;
	char *html, *bars;

	trial_begin(&t);
	trial_issue(&t, 1, letters);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", NULL);
	html = report(&t, true);
	bars = strstr(html, "<svg");
	ck_assert_ptr_nonnull(bars);
	bars = strdup(bars);
	*strstr(bars, "</svg>") = '\0';
	free(html);
	trial_end(&t);
	return bars;
}

START_TEST(the_public_sees_one_and_four_alike)
{
	char *one = public_bars(1), *four = public_bars(4);

	ck_assert_str_eq(one, four);
	has(one, "height=\"110.0\"");
	free(one);
	free(four);
}
END_TEST

/* A folder of any name is no way into the page. */
START_TEST(names_of_files_are_text)
{
	struct trial t;
	char *html;

	trial_begin(&t);
	trial_publish(&t, "pub");
	trial_audit(&t, "pub", "<script>alert('x')</script>&\"\x01", NULL);
	html = report(&t, false);
	hasnt(html, "<script");
	has(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;");
	free(html);
	trial_end(&t);
}
END_TEST

START_TEST(nothing_at_all_is_a_report_too)
{
	struct trial t;
	char *html;

	trial_begin(&t);
	realm_write_root(&t.realm, "root.crt");
	trial_audit(&t, "nowhere", NULL);
	html = report(&t, _i == 1);
	has(html, "ould not be checked");
	free(html);
	trial_end(&t);
}
END_TEST

/* Every tag that opens closes. */
START_TEST(tags_are_balanced)
{
	static const char *const tags[] = { "div", "table", "tr", "td", "th",
		"ul", "li", "svg", "section", "p", "h2", "h3", "thead",
		"tbody" };
	struct trial t;
	char *html, open[16], close[16], *at;
	int opened = 0, closed = 0;

	some_months(&t);
	html = report(&t, false);
	snprintf(open, sizeof(open), "<%s", tags[_i]);
	snprintf(close, sizeof(close), "</%s>", tags[_i]);
	for (at = html; (at = strstr(at, open)) != NULL; at++)
		opened += strchr(" >", at[strlen(open)]) != NULL;
	for (at = html; (at = strstr(at, close)) != NULL; at++)
		closed++;
	ck_assert_int_gt(opened, 0);
	ck_assert_int_eq(opened, closed);
	free(html);
	trial_end(&t);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("report");
	TCase *t = tcase_create("report");

	tcase_add_test(t, an_oversight_report_has_it_all);
	tcase_add_loop_test(t, nothing_runs_and_nothing_is_fetched, 0, 2);
	tcase_add_test(t, the_public_sees_no_person_and_no_small_count);
	tcase_add_test(t, the_public_sees_one_and_four_alike);
	tcase_add_test(t, names_of_files_are_text);
	tcase_add_loop_test(t, nothing_at_all_is_a_report_too, 0, 2);
	tcase_add_loop_test(t, tags_are_balanced, 0, 14);
	tcase_set_timeout(t, 60);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
