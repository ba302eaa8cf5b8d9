/*
 * test_xml_plain.c - letter/xml_plain.h: it tells of a letter what libxml2
 * tells, and takes nothing that libxml2 refuses.
 */
#include "letter/xml_plain.h"

#include "letter/xml.h"
#include "tests/check_main.h"
#include "tests/lib/letter/sample.h"

#include <libxml/parser.h>

static bool stop;

static void
on_start(void *ctx, const char *name, const char *attribute,
    const struct reader *value)
{
	bytes_addf(ctx, "<%s", name);
	if (attribute != NULL)
		bytes_addf(ctx, " %s=%.*s", attribute, (int)value->left,
		    (const char *)value->at);
	bytes_add_text(ctx, ">");
}

static void
on_text(void *ctx, const void *text, size_t len)
{
	bytes_add(ctx, text, len);
}

static void
on_end(void *ctx)
{
	bytes_add_text(ctx, "</>");
}

static bool
tell(const void *xml, size_t len, struct bytes *out)
{
	const struct xml_plain_events events = { on_start, on_text, on_end,
		&stop, out };

	bytes_reset(out);
	return xml_plain((struct reader){ xml, len }, LETTER_ROOT,
	    LETTER_NAMESPACE, &events);
}

/* libxml2's word, in the same form. */
static void
dump(const xmlNode *node, struct bytes *out)
{
	for (; node != NULL; node = node->next) {
		if (node->type == XML_TEXT_NODE) {
			bytes_add_text(out, (const char *)node->content);
			continue;
		}
		bytes_addf(out, "<%s", (const char *)node->name);
		for (xmlAttr *a = node->properties; a != NULL; a = a->next)
			bytes_addf(out, " %s=%s", (const char *)a->name,
			    a->children == NULL
				? ""
				: (const char *)a->children->content);
		bytes_add_text(out, ">");
		dump(node->children, out);
		bytes_add_text(out, "</>");
	}
}

static bool
ask_libxml2(const void *xml, size_t len, struct bytes *out)
{
	xmlDoc *doc = xmlReadMemory(xml, (int)len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	bytes_reset(out);
	if (doc == NULL)
		return false;
	dump(xmlDocGetRootElement(doc), out);
	xmlFreeDoc(doc);
	return true;
}

static unsigned taken;

/* What is taken is what libxml2 says. */
static void
compare(const void *xml, size_t len)
{
	static struct bytes own, theirs;

	if (!tell(xml, len, &own))
		return;
	taken++;
	if (!ask_libxml2(xml, len, &theirs) || !bytes_equal(&own, &theirs))
		ck_abort_msg("%.*s", (int)len, (const char *)xml);
}

START_TEST(tells_of_the_sample)
{
	taken = 0;
	compare(sample_unsigned, strlen(sample_unsigned));
	ck_assert_uint_eq(taken, 1);
}
END_TEST

/* Each byte replaced, left out, and put in. */
START_TEST(takes_nothing_that_is_no_xml)
{
	static const char with[] = "<>&;/\"' =!?:]\t\n\r\x01\x7f\x80\xc3\xff"
				   "aZ0";
	size_t len = strlen(sample_unsigned);
	char *copy = malloc(len + 2);

	ck_assert_ptr_nonnull(copy);
	taken = 0;
	for (size_t i = 0; i < len; i++) {
		memcpy(copy, sample_unsigned, i);
		memcpy(copy + i, sample_unsigned + i + 1, len - i - 1);
		compare(copy, len - 1);
		for (size_t k = 0; k < sizeof(with); k++) { /* NUL as well */
			copy[i] = with[k];
			memcpy(
			    copy + i + 1, sample_unsigned + i + 1, len - i - 1);
			compare(copy, len);
			memcpy(copy + i + 1, sample_unsigned + i, len - i);
			compare(copy, len + 1);
		}
	}
	ck_assert_uint_gt(taken, 1000); /* a letter for a letter */
	free(copy);
}
END_TEST

#define OPEN  "<" LETTER_ROOT " xmlns=\"" LETTER_NAMESPACE "\">"
#define CLOSE "</" LETTER_ROOT ">"

static const struct {
	const char *xml, *told; /* NULL: not taken */
} some[] = {
	{ OPEN CLOSE, "<" LETTER_ROOT "></>" },
	{ OPEN "a&amp;&lt;&gt;b" CLOSE, "<" LETTER_ROOT ">a&<>b</>" },
	{ OPEN "<A b=\"c\">d</A>" CLOSE, "<" LETTER_ROOT "><A b=c>d</></>" },
	{ OPEN "<A b=\"\"></A>" CLOSE, "<" LETTER_ROOT "><A b=></></>" },
	{ OPEN "<A xmlns=\"\"></A>" CLOSE, NULL },
	{ OPEN "<A b=\"c\" d=\"e\"></A>" CLOSE, NULL },
	{ OPEN "<A b=\"&lt;\"></A>" CLOSE, NULL },
	{ OPEN "<A b=\"<\"></A>" CLOSE, NULL },
	{ OPEN "<A></B>" CLOSE, NULL },
	{ OPEN "<A></AB>" CLOSE, NULL },
	{ OPEN "<A/>" CLOSE, NULL },
	{ OPEN "<A >" CLOSE, NULL },
	{ OPEN "<a:A></a:A>" CLOSE, NULL },
	{ OPEN "&#x41;" CLOSE, NULL },
	{ OPEN "&quot;" CLOSE, NULL },
	{ OPEN "<!-- -->" CLOSE, NULL },
	{ OPEN "<![CDATA[a]]>" CLOSE, NULL },
	{ OPEN "]]>" CLOSE, NULL },
	{ OPEN CLOSE "a", NULL },
	{ OPEN CLOSE "\n", NULL },
	{ OPEN CLOSE CLOSE, NULL },
	{ OPEN "<A>", NULL },
	{ OPEN "\xef\xbf", NULL },
	{ " " OPEN CLOSE, NULL },
	{ "<" LETTER_ROOT ">" CLOSE, NULL },
	{ "<Other xmlns=\"" LETTER_NAMESPACE "\"></Other>", NULL },
	{ OPEN "<A><B><C><D><E></E></D></C></B></A>" CLOSE,
	    "<" LETTER_ROOT "><A><B><C><D><E></></></></></></>" },
	{ OPEN "<A><B><C><D><E><F></F></E></D></C></B></A>" CLOSE, NULL },
	{ OPEN "<Abcdefghijklmnopqrstuvwxyzabcdefgh>", NULL },
	{ "", NULL },
};

START_TEST(takes_what_letters_have)
{
	struct bytes told = { 0 };
	bool good = tell(some[_i].xml, strlen(some[_i].xml), &told);

	ck_assert_msg(good == (some[_i].told != NULL), "%s", some[_i].xml);
	if (good)
		ck_assert_str_eq((const char *)told.at, some[_i].told);
	compare(some[_i].xml, strlen(some[_i].xml));
	bytes_free(&told);
}
END_TEST

START_TEST(stops_when_told)
{
	struct bytes told = { 0 };

	stop = true;
	ck_assert(!tell(OPEN CLOSE, strlen(OPEN CLOSE), &told));
	stop = false;
	bytes_free(&told);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("letter/xml_plain");
	TCase *t = tcase_create("xml_plain");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, tells_of_the_sample);
	tcase_add_test(t, takes_nothing_that_is_no_xml);
	tcase_add_loop_test(
	    t, takes_what_letters_have, 0, sizeof(some) / sizeof(some[0]));
	tcase_add_test(t, stops_when_told);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
