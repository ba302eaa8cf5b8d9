/*
 * Tests of scan/magic.h: types by content, never by name.
 */
#include "scan/magic.h"

#include "letter/xml.h"
#include "tests/check_main.h"

#include <string.h>

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *name, *data;
	size_t len;
	enum magic want;
} files[] = {
	{ "nothing", BYTES(""), MAGIC_TEXT },
	{ "a code", BYTES("SELLOABC"), MAGIC_TEXT },
	{ "XML", BYTES("<a/>"), MAGIC_XML },
	{ "XML after white space", BYTES(" \r\n\t<a/>"), MAGIC_XML },
	{ "XML after a BOM", BYTES("\xef\xbb\xbf<a/>"), MAGIC_XML },
	{ "UTF-16, small end first", BYTES("\xff\xfe<\0a\0"), MAGIC_XML },
	{ "UTF-16, big end first", BYTES("\xfe\xff\0<\0a"), MAGIC_XML },
	{ "a BOM alone", BYTES("\xef\xbb\xbf"), MAGIC_TEXT },
	{ "PNG", BYTES("\x89PNG\r\n\x1a\n...."), MAGIC_PNG },
	{ "most of PNG", BYTES("\x89PNG\r\n\x1a"), MAGIC_TEXT },
	{ "JPEG", BYTES("\xff\xd8\xff\xe0"), MAGIC_JPEG },
	{ "WebP", BYTES("RIFF....WEBPVP8 "), MAGIC_WEBP },
	{ "another RIFF", BYTES("RIFF....WAVEfmt "), MAGIC_TEXT },
	{ "PDF", BYTES("%PDF-1.7\n"), MAGIC_PDF },
	{ "PDF after rubbish", BYTES("\r\n\0rubbish %PDF-1.4\n"), MAGIC_PDF },
	{ "GIF", BYTES("GIF89a\1\0\1\0"), MAGIC_GIF },
	{ "TIFF, small end first", BYTES("II*\0\10\0\0\0"), MAGIC_TIFF },
	{ "TIFF, big end first", BYTES("MM\0*\0\0\0\10"), MAGIC_TIFF },
	{ "BMP", BYTES("BM\x36\1\0\0\0\0\0\0\x36"), MAGIC_BMP },
	{ "HEIC",
	    BYTES("\0\0\0\x18"
		  "ftypheic\0\0\0\0"),
	    MAGIC_HEIF },
	{ "AVIF",
	    BYTES("\0\0\0\x18"
		  "ftypavif\0\0\0\0"),
	    MAGIC_HEIF },
	{ "a mailbox",
	    BYTES("From - Sun Nov 29\nX-Mozilla-Status: 0001\nFrom: a\n"),
	    MAGIC_MAIL },
	{ "a mail that begins with a field of one program",
	    BYTES("X-GM-THRID: 1\nDelivered-To: a\nSubject: b\n"), MAGIC_MAIL },
	{ "... and has one other", BYTES("X-GM-THRID: 1\nSubject: b\n\n"),
	    MAGIC_TEXT },
	{ "words before a mail", BYTES("Good day:\nFrom: a\nTo: b\n"),
	    MAGIC_TEXT },
	{ "words that begin so", BYTES("From Ana to the consul: good day\n"),
	    MAGIC_TEXT },
	{ "JPEG 2000", BYTES("\0\0\0\x0cjP  \r\n\x87\n"), MAGIC_OTHER },
	{ "a film",
	    BYTES("\0\0\0\x18"
		  "ftypisom\0\0\0\0"),
	    MAGIC_BINARY },
	{ "text", BYTES("BM 1234567890"), MAGIC_TEXT },
	{ "NUL", BYTES("abc\0def"), MAGIC_BINARY },
	{ "packed bytes without NUL",
	    BYTES("\x78\xda\x95\x01\x6f\x9b\x11\xe8\x07\xd2\x16\x8c"),
	    MAGIC_BINARY },
	{ "two bad characters in a text", BYTES("abc\1def\1"), MAGIC_TEXT },
	{ "what scanners send",
	    BYTES("\2]Q1SELLO\x1d\x1e\x04\3\r\n\2\2\3\3\t\f\x1a\x1b$B"),
	    MAGIC_TEXT },
	{ "XML with NUL", BYTES("<a>\0</a>"), MAGIC_XML },
	{ "NUL before XML", BYTES("\0<a/>"), MAGIC_BINARY },
};

START_TEST(types)
{
	ck_assert_msg(magic_of((const uint8_t *)files[_i].data,
			  files[_i].len) == files[_i].want,
	    "%s", files[_i].name);
}
END_TEST

START_TEST(formats_have_names)
{
	ck_assert_str_eq(magic_name(MAGIC_PDF), "PDF");
	ck_assert_str_eq(magic_name(MAGIC_PNG), "PNG");
	ck_assert_str_eq(magic_name(MAGIC_JPEG), "JPEG");
	ck_assert_str_eq(magic_name(MAGIC_WEBP), "WebP");
	ck_assert_str_eq(magic_name(MAGIC_GIF), "GIF");
	ck_assert_str_eq(magic_name(MAGIC_BMP), "BMP");
	ck_assert_str_eq(magic_name(MAGIC_TIFF), "TIFF");
	ck_assert_str_eq(magic_name(MAGIC_HEIF), "HEIC");
	ck_assert_ptr_null(magic_name(MAGIC_XML));
	ck_assert_ptr_null(magic_name(MAGIC_TEXT));
	ck_assert_ptr_null(magic_name(MAGIC_OTHER));
	ck_assert_ptr_null(magic_name(MAGIC_BINARY));
}
END_TEST

/* Readers of PDF look for its header in the first 1024 bytes. */
START_TEST(pdf_header_at_its_limit)
{
	uint8_t file[1100];

	memset(file, 'x', sizeof(file));
	memcpy(file + 1019, "%PDF-", 5);
	ck_assert_int_eq(magic_of(file, sizeof(file)), MAGIC_PDF);
	memset(file, 'x', sizeof(file));
	memcpy(file + 1020, "%PDF-", 5);
	ck_assert_int_eq(magic_of(file, sizeof(file)), MAGIC_TEXT);
}
END_TEST

START_TEST(letters_by_their_namespace)
{
	static const char text[] = "xx<a xmlns='urn:sello:letter:1'/>";

	ck_assert_str_eq(MAGIC_LETTER, LETTER_NAMESPACES);
	ck_assert_uint_eq(MAGIC_LETTER_MAX, LETTER_XML_MAX);
	ck_assert(magic_has_letter((const uint8_t *)text, sizeof(text) - 1));
	ck_assert(!magic_has_letter((const uint8_t *)text, 20));
	ck_assert(!magic_has_letter(NULL, 0));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("magic");
	TCase *t = tcase_create("magic");

	tcase_add_loop_test(
	    t, types, 0, (int)(sizeof(files) / sizeof(files[0])));
	tcase_add_test(t, pdf_header_at_its_limit);
	tcase_add_test(t, formats_have_names);
	tcase_add_test(t, letters_by_their_namespace);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
