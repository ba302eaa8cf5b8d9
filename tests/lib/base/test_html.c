/*
 * test_html.c - what strangers wrote is text on a page: base/html.h.
 */
#include "base/html.h"

#include "tests/check_main.h"

#include <stdio.h>

static const struct {
	const char *text, *as_text, *as_value;
} strange[] = {
	{ "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;",
	    "&lt;script&gt;x&lt;/script&gt;" },
	{ "\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;",
	    "&quot; onload=&#39;x&#39; &amp;amp;" },
	{ "Ana\xE2\x80\xAEgpj.exe", "Ana?gpj.exe", "Ana\xE2\x80\xAEgpj.exe" },
	{ "one\r\ntwo\tthree", "one??two?three", "one&#13;&#10;two&#9;three" },
	{ "\xFF<\xC3", "?&lt;?", "?&lt;?" },
	{ "\xD7\x90\xD7\x91", "\xD7\x90\xD7\x91", "\xD7\x90\xD7\x91" },
	{ "", "", "" },
};

static void
is(struct bytes *out, const char *before, const char *want, const char *after)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s%s%s", before, want, after);
	ck_assert(!out->failed);
	ck_assert_str_eq((const char *)out->at, whole);
	bytes_reset(out);
}

START_TEST(escapes)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	html_text(&out, strange[_i].text);
	is(&out, "", strange[_i].as_text, "");
	html_stranger(&out, strange[_i].text);
	is(&out, "<bdi>", strange[_i].as_text, "</bdi>");
	html_element(&out, "td class=\"n\"", strange[_i].text);
	is(&out, "<td class=\"n\">", strange[_i].as_text, "</td>\n");
	html_attribute(&out, "data-value", strange[_i].text);
	is(&out, " data-value=\"", strange[_i].as_value, "\"");
	bytes_free(&out);
}
END_TEST

START_TEST(formats_before_it_escapes)
{
	struct bytes out = { 0 };

	html_elementf(&out, "p", "%s of %d", "<b>", 3);
	is(&out, "<p>", "&lt;b&gt; of 3", "</p>\n");
	bytes_free(&out);
}
END_TEST

START_TEST(keeps_the_last_word_in_parentheses_whole)
{
	struct bytes out = { 0 };

	html_value(&out, "2 May 1990 (1990-05-02)");
	is(&out, "<bdi>", "2 May 1990 <span class=\"one\">(1990-05-02)</span>",
	    "</bdi>");
	html_value(&out, "<b> (<i>)");
	is(&out, "<bdi>", "&lt;b&gt; <span class=\"one\">(&lt;i&gt;)</span>",
	    "</bdi>");
	html_value(&out, "ES-GTGUA (of Guatemala)");
	is(&out, "<bdi>", "ES-GTGUA (of Guatemala)", "</bdi>");
	html_value(&out, "(");
	is(&out, "<bdi>", "(", "</bdi>");
	html_value(&out, "");
	is(&out, "<bdi>", "", "</bdi>");
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("html");
	TCase *t = tcase_create("html");

	tcase_add_loop_test(
	    t, escapes, 0, sizeof(strange) / sizeof(strange[0]));
	tcase_add_test(t, keeps_the_last_word_in_parentheses_whole);
	tcase_add_test(t, formats_before_it_escapes);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
