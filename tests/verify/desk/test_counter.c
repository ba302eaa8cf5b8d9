/*
 * Tests of verify/desk: what a page gets of a result, and that red and grey say
 * nothing of a person.
 */
#include "verify/desk/counter.h"

#include "tests/check_main.h"
#include "tests/verify/post/sample_post.h"
#include "verify/post/post_list.h"

static struct sample_post s;
static struct counter counter;
static struct bytes letter, code, out;

static void
setup(void)
{
	struct errtext err = { 0 };
	uint64_t sequence;

	sample_post_new(&s, false);
	sample_publish(&s, "pub",
	    (struct sample_list){
		.sequence = 7, .issued_at = s.now - 3 * CLOCK_DAY });
	ck_assert_int_eq(
	    post_list_accept(s.post, "pub", s.now, &err, &sequence),
	    OUTCOME_NEW);
	sample_post_files(&s, 1, &letter, &code);
	ck_assert_int_eq(counter_open("post", &counter, &err), ERR_OK);
}

static void
teardown(void)
{
	counter_close(&counter);
	bytes_free(&letter);
	bytes_free(&code);
	bytes_free(&out);
	sample_post_free(&s);
}

static const char *
page_of(const char *name, const struct bytes *file)
{
	bytes_reset(&out);
	counter_file(&counter, name, file->at, file->len, COUNTER_PAGE, &out);
	ck_assert(!out.failed);
	return (const char *)out.at;
}

static void
says(const char *page, const char *text)
{
	ck_assert_msg(
	    strstr(page, text) != NULL, "no \"%s\" in %.900s", text, page);
}

static void
says_not(const char *page, const char *text)
{
	ck_assert_msg(
	    strstr(page, text) == NULL, "\"%s\" in %.900s", text, page);
}

START_TEST(a_good_letter)
{
	const char *page = page_of("a.xml", &letter);

	says(page, "data-verdict=\"");
	says(page, "data-visit=\"1\"");
	says(page, "data-field=\"surnames\" data-value=\"");
	says(page, "data-field=\"birthDateEstimated\" data-value=\"");
	says(page, "data-field=\"nationality\" data-value=\"[&quot;");
	says(page, "data-field=\"center\" data-value=\"GTGUA01\"");
	says(page, "data-field=\"mrzPrimary\"");
}
END_TEST

/* The report that is copied for support has nothing of the person. */
START_TEST(the_report_names_nobody)
{
	const char *report =
	    strstr(page_of("Maria.xml", &letter), "<pre class=\"report\"");

	ck_assert_ptr_nonnull(report);
	says(report, "&quot;version&quot;");
	says(report, "&quot;reasons&quot;");
	says_not(report, "Maria");
	says_not(report, "letterNumber");
	says_not(report, "surnames");
}
END_TEST

START_TEST(red_names_nobody)
{
	const char *page;
	uint8_t *at = (uint8_t *)memmem(
	    letter.at, letter.len, "<Surnames>", strlen("<Surnames>"));

	ck_assert_ptr_nonnull(at);
	at[strlen("<Surnames>")] ^= 1;
	page = page_of("a.xml", &letter);
	says(page, "data-verdict=\"not-authentic\"");
	says(page, "data-reason=\"F-SIGNATURE\"");
	says_not(page, "data-field");
	says_not(page, "data-visit");
}
END_TEST

START_TEST(what_is_hostile_is_text)
{
	struct bytes file = { 0 };
	const char *page;

	bytes_add_text(&file, "<script>alert(1)</script>");
	page = page_of("\"><img src=x onerror=a()>\xe2\x80\xae.txt", &file);
	says(page, "&quot;&gt;&lt;img");
	says_not(page, "<img");
	says_not(page, "<script");
	says_not(page, "\xe2\x80\xae");
	bytes_free(&file);
}
END_TEST

/* Several results: the worst first. */
START_TEST(the_worst_first)
{
	struct bytes file = { 0 };
	const char *page, *good, *bad;

	bytes_addf(&file, "%.*s\nSELLOAAAA\n", (int)code.len, code.at);
	page = page_of("codes.txt", &file);
	bad = strstr(page, "data-verdict=\"unchecked\"");
	good = strstr(page, "data-visit=");
	ck_assert_ptr_nonnull(bad);
	ck_assert_ptr_nonnull(good);
	ck_assert(bad < good);
	says(page, "class=\"counts\"");
	bytes_free(&file);
}
END_TEST

/* As the command says it of a file on the disk. */
START_TEST(a_file_that_did_not_come)
{
	bytes_reset(&out);
	counter_unread(&counter, "a.jpg", ERR_LIMIT, COUNTER_JSON, &out);
	says((const char *)out.at, "\"source\":\"a.jpg\"");
	says((const char *)out.at, "\"reasons\":[\"U-SIZE\"]");
	bytes_reset(&out);
	counter_unread(&counter, "a.jpg", ERR_NOT_FOUND, COUNTER_PAGE, &out);
	says((const char *)out.at, "data-reason=\"U-INPUT\"");
	says_not((const char *)out.at, "data-field");
}
END_TEST

START_TEST(typed_so_far)
{
	const char *text = (const char *)code.at;
	struct bytes around = { 0 };

	bytes_reset(&out);
	ck_assert(
	    !counter_typed(&counter, text, code.len - 1, COUNTER_JSON, &out));
	ck_assert_uint_eq(out.len, 0);
	ck_assert(counter_typed(&counter, text, code.len, COUNTER_JSON, &out));
	says((const char *)out.at, "{\"results\":[{\"source\":\"-:1\"");
	ck_assert(!counter_typed(&counter, "GTGUA01", 7, COUNTER_JSON, &out));
	/* as a scanner types it, twice, and in a sentence */
	bytes_addf(&around, "\x02]Q1%s\x03 and\n> %.40s\n> %s.", text, text,
	    text + 40);
	bytes_reset(&out);
	ck_assert(counter_typed(
	    &counter, (const char *)around.at, around.len, COUNTER_JSON, &out));
	says((const char *)out.at, "]}");
	says(strstr((const char *)out.at + 20, "\"verdict\"") + 1,
	    "\"verdict\"");
	says_not((const char *)out.at, "U-");
	bytes_wipe(&around);
}
END_TEST

/* A scanner that misread again and again, and then not. */
START_TEST(typed_behind_what_is_broken)
{
	struct bytes all = { 0 };
	int i;

	for (i = 0; i < 8; i++)
		bytes_addf(&all, "%.60s\n", (const char *)code.at);
	ck_assert(!counter_typed(
	    &counter, (const char *)all.at, all.len, COUNTER_JSON, &out));
	bytes_add(&all, code.at, code.len);
	bytes_reset(&out);
	ck_assert(counter_typed(
	    &counter, (const char *)all.at, all.len, COUNTER_JSON, &out));
	says((const char *)out.at, "\"verdict\":\"valid\"");
	bytes_wipe(&all);
}
END_TEST

/* As scan tells them: what is whole, and what begins like a code and is not. */
START_TEST(several_lines)
{
	const char *text = (const char *)code.at;
	struct bytes lines = { 0 };

	bytes_addf(
	    &lines, "> %.40s\n> %s\nSELLOAAAA\nand words", text, text + 40);
	bytes_reset(&out);
	counter_line(
	    &counter, (const char *)lines.at, lines.len, COUNTER_PAGE, &out);
	says((const char *)out.at,
	    "data-counted=\"unchecked\" data-count=\"1\"");
	says((const char *)out.at, "data-reasons=\"U-GARBLED\"");
	says((const char *)out.at, "data-visit=\"1\"");
	says_not((const char *)out.at, "U-FOREIGN");
	bytes_wipe(&lines);
}
END_TEST

START_TEST(a_folder)
{
	struct box box = { 0 };

	box_add(&box, "a.xml", 5, letter.at, letter.len);
	box_add(&box, "b.txt", 5, "words", 5);
	box.is_cut = true;
	bytes_reset(&out);
	counter_folder(&counter, "today", &box, COUNTER_JSON, &out);
	says((const char *)out.at, "\"source\":\"today/a.xml\"");
	says((const char *)out.at, "\"ignoredFiles\":1");
	says((const char *)out.at, "\"reasons\":[\"U-SIZE\"]");
	box_clear(&box);
	bytes_reset(&out);
	counter_folder(&counter, "today", &box, COUNTER_JSON, &out);
	says((const char *)out.at, "\"hint\":\"format\"");
}
END_TEST

START_TEST(an_answer_is_one_of_three)
{
	struct errtext err = { 0 };

	page_of("a.xml", &letter);
	ck_assert_int_eq(counter_answer(&counter, 1, "match", &err), ERR_OK);
	ck_assert_int_eq(counter_answer(&counter, 1, "yes", &err), ERR_DATA);
	ck_assert_int_eq(
	    counter_answer(&counter, 2, "match", &err), ERR_NOT_FOUND);
}
END_TEST

static Suite *
suite(void)
{
	Suite *su = suite_create("counter");
	TCase *tc = tcase_create("desk");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_good_letter);
	tcase_add_test(tc, the_report_names_nobody);
	tcase_add_test(tc, red_names_nobody);
	tcase_add_test(tc, what_is_hostile_is_text);
	tcase_add_test(tc, the_worst_first);
	tcase_add_test(tc, a_file_that_did_not_come);
	tcase_add_test(tc, typed_so_far);
	tcase_add_test(tc, typed_behind_what_is_broken);
	tcase_add_test(tc, several_lines);
	tcase_add_test(tc, a_folder);
	tcase_add_test(tc, an_answer_is_one_of_three);
	tcase_set_timeout(tc, 60);
	suite_add_tcase(su, tc);
	return su;
}

CHECK_MAIN(suite);
