/*
 * test_mime.c - decode/mime.h: what mails write in other characters. Base64 here
 * is RFC 2045's, which passes over what does not belong.
 */
#include "decode/mime.h"

#include "tests/check_main.h"

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

static const struct {
	const char *text, *plain;
} vectors[] = {
	/* RFC 4648, section 10 */
	{ "", "" },
	{ "Zg==", "f" },
	{ "Zm8=", "fo" },
	{ "Zm9v", "foo" },
	{ "Zm9vYg==", "foob" },
	{ "Zm9vYmE=", "fooba" },
	{ "Zm9vYmFy", "foobar" },
	{ "+//+", "\xfb\xff\xfe" },
	/* RFC 2045, 6.8 */
	{ "Zm9v\r\nYmFy\r\n", "foobar" },
	{ "Zm9v YmFy\t", "foobar" },
	{ "Zm9v*Ym-_Fy", "foobar" },
	{ "Zg", "f" },
	{ "Zg=", "f" },
	{ "Z", "" },
	{ "====", "" },
};

START_TEST(published_base64)
{
	const char *text = vectors[_i].text, *plain = vectors[_i].plain;
	struct bytes out = { 0 };

	bytes_add_text(&out, "<");
	mime_base64(
	    (struct reader){ (const uint8_t *)text, strlen(text) }, &out);
	ck_assert_str_eq((char *)out.at + 1, plain);
	ck_assert_uint_eq(out.len, strlen(plain) + 1);
	bytes_free(&out);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("mime");
	TCase *t = tcase_create("mime");

	tcase_add_loop_test(t, published_base64, 0, COUNT(vectors));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
