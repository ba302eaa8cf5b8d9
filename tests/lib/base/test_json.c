#include "base/json.h"

#include "base/bytes.h"
#include "tests/check_main.h"
#include "tests/support/run.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Standard output goes to a file; Check speaks through its own pipe. */
static void
set_up(void)
{
	run_folder();
	ck_assert_ptr_nonnull(freopen("out", "w", stdout));
}

static void
assert_printed(const char *want)
{
	struct bytes got = { 0 };

	run_get("out", &got);
	bytes_add_text(&got, "");
	ck_assert_str_eq((char *)got.at, want);
	bytes_free(&got);
}

START_TEST(one_object_a_line_in_the_order_set)
{
	json_t *o = json_object();

	json_set_text(o, "zeta", "1 & \"2\"\n");
	json_object_set_new(o, "alpha", json_integer(7));
	json_set_text(o, "mid", NULL);
	json_set_time(o, "at", 0);
	json_set_text(o, "zeta", "again");
	json_line(o);
	/* flushed, so already there */
	assert_printed("{\"zeta\":\"again\",\"alpha\":7,\"mid\":null,"
		       "\"at\":\"1970-01-01T00:00:00Z\"}\n");
	json_line(json_pack("{s:b}", "two", 1));
	assert_printed("{\"zeta\":\"again\",\"alpha\":7,\"mid\":null,"
		       "\"at\":\"1970-01-01T00:00:00Z\"}\n{\"two\":true}\n");
}
END_TEST

START_TEST(nothing_prints_nothing)
{
	json_line(NULL);
	assert_printed("");
}
END_TEST

static const struct {
	const char *name, *text, *want;
} texts[] = {
	{ "UTF-8 unescaped", "Xoch\xc3\xadl", "\"Xoch\xc3\xadl\"" },
	{ "control characters", "a\x01\tb", "\"a\\u0001\\tb\"" },
	{ "quotes", "\"\\", "\"\\\"\\\\\"" },
	{ "empty", "", "\"\"" },
	{ "not UTF-8",
	    "f\xf1"
	    "x.xml",
	    "\"f?x.xml\"" },
	{ "not UTF-8, and what paints", "a\n\xe2\x80\xae\xff",
	    "\"a\\n\\u202e?\"" },
};

START_TEST(texts_are_json_whatever_they_hold)
{
	json_t *o = json_object();
	struct bytes want = { 0 };
	json_t *back;

	json_set_text(o, "t", texts[_i].text);
	json_line(o);
	bytes_addf(&want, "{\"t\":%s}\n", texts[_i].want);
	assert_printed((char *)want.at);
	back = json_loadb((char *)want.at, want.len, 0, NULL);
	ck_assert_ptr_nonnull(back);
	json_decref(back);
	bytes_free(&want);
}
END_TEST

START_TEST(time_outside_the_calendar_is_null)
{
	json_t *o = json_object();

	json_set_time(o, "t", INT64_MAX);
	json_line(o);
	assert_printed("{\"t\":null}\n");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("json");
	TCase *t = tcase_create("json");

	tcase_add_checked_fixture(t, set_up, run_leave);
	tcase_add_test(t, one_object_a_line_in_the_order_set);
	tcase_add_test(t, nothing_prints_nothing);
	tcase_add_loop_test(t, texts_are_json_whatever_they_hold, 0,
	    (int)(sizeof(texts) / sizeof(texts[0])));
	tcase_add_test(t, time_outside_the_calendar_is_null);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN_APART(suite);
