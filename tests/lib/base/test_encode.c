#include "base/bytes.h"
#include "base/encode.h"

#include "tests/check_main.h"
#include "tests/support/decoded.h"

#include <openssl/evp.h>

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

typedef void encoder(const uint8_t *in, size_t len, struct bytes *out);
typedef bool decoder(const char *in, size_t len, struct bytes *out);

/*
 * RFC 4648, section 10; Base16 in the lower case and Base32 without the
 * padding that Sello writes.
 */
static const struct {
	encoder *encode;
	decoder *decode;
	const char *plain, *text;
} vectors[] = {
	{ hex_encode, hex_decode, "", "" },
	{ hex_encode, hex_decode, "f", "66" },
	{ hex_encode, hex_decode, "fo", "666f" },
	{ hex_encode, hex_decode, "foo", "666f6f" },
	{ hex_encode, hex_decode, "foob", "666f6f62" },
	{ hex_encode, hex_decode, "fooba", "666f6f6261" },
	{ hex_encode, hex_decode, "foobar", "666f6f626172" },
	{ base32_encode, base32_decode, "", "" },
	{ base32_encode, base32_decode, "f", "MY" },
	{ base32_encode, base32_decode, "fo", "MZXQ" },
	{ base32_encode, base32_decode, "foo", "MZXW6" },
	{ base32_encode, base32_decode, "foob", "MZXW6YQ" },
	{ base32_encode, base32_decode, "fooba", "MZXW6YTB" },
	{ base32_encode, base32_decode, "foobar", "MZXW6YTBOI" },
	{ base64_encode, base64_decode, "", "" },
	{ base64_encode, base64_decode, "f", "Zg==" },
	{ base64_encode, base64_decode, "fo", "Zm8=" },
	{ base64_encode, base64_decode, "foo", "Zm9v" },
	{ base64_encode, base64_decode, "foob", "Zm9vYg==" },
	{ base64_encode, base64_decode, "fooba", "Zm9vYmE=" },
	{ base64_encode, base64_decode, "foobar", "Zm9vYmFy" },
	{ base64url_encode, base64url_decode, "", "" },
	{ base64url_encode, base64url_decode, "f", "Zg" },
	{ base64url_encode, base64url_decode, "fo", "Zm8" },
	{ base64url_encode, base64url_decode, "foo", "Zm9v" },
	{ base64url_encode, base64url_decode, "foob", "Zm9vYg" },
	{ base64url_encode, base64url_decode, "fooba", "Zm9vYmE" },
	{ base64url_encode, base64url_decode, "foobar", "Zm9vYmFy" },
	{ base64_encode, base64_decode, "\xfb\xff\xfe", "+//+" },
	{ base64url_encode, base64url_decode, "\xfb\xff\xfe", "-__-" },
};

START_TEST(published_vectors)
{
	const char *plain = vectors[_i].plain;
	const char *text = vectors[_i].text;
	struct bytes out = { 0 };

	bytes_add_text(&out, "<");
	vectors[_i].encode((const uint8_t *)plain, strlen(plain), &out);
	ck_assert_str_eq((char *)out.at + 1, text);
	bytes_reset(&out);
	ck_assert(vectors[_i].decode(text, strlen(text), &out));
	ck_assert_str_eq((char *)out.at, plain);
	bytes_free(&out);
}
END_TEST

static const struct {
	const char *name;
	decoder *decode;
	const char *text;
} refused[] = {
	{ "odd length", hex_decode, "666" },
	{ "odd length, a zero", hex_decode, "660" },
	{ "upper case", hex_decode, "6F" },
	{ "beyond f", hex_decode, "6g" },
	{ "white space", hex_decode, "66 6f" },
	{ "prefix", hex_decode, "0x66" },
	{ "lower case", base32_decode, "my" },
	{ "padding", base32_decode, "MY======" },
	{ "digit one", base32_decode, "M1" },
	{ "digit eight", base32_decode, "M8" },
	{ "one character", base32_decode, "M" },
	{ "three characters", base32_decode, "MZX" },
	{ "a zero too many", base32_decode, "A" },
	{ "a zero too many after one", base32_decode, "MYA" },
	{ "a zero too many after three", base32_decode, "MZXW6A" },
	{ "six characters", base32_decode, "MZXW6Y" },
	{ "unused bit set", base32_decode, "MZ" },
	{ "line feed", base32_decode, "MZXQ\n" },
	{ "no padding", base64_decode, "Zg" },
	{ "half of the padding", base64_decode, "Zg=" },
	{ "too much padding", base64_decode, "Zm9v====" },
	{ "three of padding", base64_decode, "Z===" },
	{ "padding alone", base64_decode, "====" },
	{ "two of padding alone", base64_decode, "==" },
	{ "padding inside", base64_decode, "Zg==Zg==" },
	{ "unused bits set", base64_decode, "Zh==" },
	{ "unused bits set of two", base64_decode, "Zm9=" },
	{ "url alphabet", base64_decode, "-__-" },
	{ "white space", base64_decode, "Zm9v Zm9" },
	{ "line feed at the end", base64_decode, "Zm9v\n" },
	{ "padding", base64url_decode, "Zg==" },
	{ "plain alphabet", base64url_decode, "+//+" },
	{ "one character", base64url_decode, "Z" },
	{ "five characters", base64url_decode, "Zm9vY" },
	{ "a zero too many", base64url_decode, "Zm9vA" },
	{ "a zero too many with padding", base64_decode, "A===" },
	{ "unused bits set", base64url_decode, "Zh" },
};

START_TEST(refuses_other_forms_and_leaves_out_alone)
{
	const char *text = refused[_i].text;
	struct bytes out = { 0 };

	bytes_add_text(&out, "before");
	ck_assert_msg(!refused[_i].decode(text, strlen(text), &out), "%s: %s",
	    refused[_i].name, text);
	ck_assert_str_eq((char *)out.at, "before");
	ck_assert_uint_eq(out.len, 6);
	ck_assert(!out.failed);
	bytes_free(&out);
}
END_TEST

static const struct {
	encoder *encode;
	decoder *decode;
} codecs[] = {
	{ hex_encode, hex_decode },
	{ base32_encode, base32_decode },
	{ base64_encode, base64_decode },
	{ base64url_encode, base64url_decode },
};

/* Of all texts of two bytes just 256 are one byte: one for each. */
START_TEST(one_text_for_one_run_of_bytes)
{
	int accepted = 0;

	for (unsigned i = 0; i < 65536; i++) {
		char text[2] = { (char)(i >> 8), (char)i };
		struct bytes out = { 0 };
		struct bytes again = { 0 };

		if (codecs[_i].decode(text, 2, &out)) {
			ck_assert_uint_eq(out.len, 1);
			codecs[_i].encode(out.at, out.len, &again);
			ck_assert_uint_eq(again.len, 2);
			ck_assert_mem_eq(again.at, text, 2);
			accepted++;
		}
		bytes_free(&out);
		bytes_free(&again);
	}
	/* padded Base64 has no text of two characters */
	ck_assert_int_eq(
	    accepted, codecs[_i].decode == base64_decode ? 0 : 256);
}
END_TEST

START_TEST(all_lengths_round_trip)
{
	uint8_t data[300];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 73 + 11);
	for (size_t len = 0; len <= sizeof(data); len++) {
		struct bytes text = { 0 };
		struct bytes back = { 0 };

		codecs[_i].encode(data, len, &text);
		ck_assert(
		    codecs[_i].decode((const char *)text.at, text.len, &back));
		ck_assert_uint_eq(back.len, len);
		ck_assert_mem_eq(back.at, data, len);
		bytes_free(&text);
		bytes_free(&back);
	}
}
END_TEST

START_TEST(base64_agrees_with_openssl)
{
	uint8_t data[300];
	unsigned char want[500];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * i + 3);
	for (int len = 1; len <= 300; len++) {
		struct bytes text = { 0 };

		EVP_EncodeBlock(want, data, len);
		base64_encode(data, (size_t)len, &text);
		ck_assert_str_eq((char *)text.at, (char *)want);
		bytes_free(&text);
	}
}
END_TEST

/* What people read aloud: each byte once, in groups of four. */
START_TEST(fingerprints_are_in_groups_of_four)
{
	char text[FINGERPRINT_SIZE];
	uint8_t hash[32];
	uint8_t i;

	for (i = 0; i < 32; i++)
		hash[i] = (uint8_t)(0xf0 - i);
	fingerprint_text(hash, text);
	ck_assert_str_eq(text,
	    "f0ef eeed eceb eae9 e8e7 e6e5 e4e3 e2e1 "
	    "e0df dedd dcdb dad9 d8d7 d6d5 d4d3 d2d1");
}
END_TEST

START_TEST(exact_asks_for_its_length)
{
	uint8_t out[4] = "abc";

	ck_assert(!hex_decode_exact("010203", 6, out, 4));
	ck_assert(!hex_decode_exact("0102030405", 10, out, 4));
	ck_assert(!base64_decode_exact("AQID", 4, out, 4));
	ck_assert(!base64_decode_exact("AQIDBAU=", 8, out, 4));
	ck_assert(!base64_decode_exact("AQIDBB==", 8, out, 4));
	ck_assert(!base64url_decode_exact("AQID", 4, out, 4));
	ck_assert(!base64url_decode_exact("AQIDBA==", 8, out, 4));
	ck_assert(!base64url_decode_exact("AQIDBB", 6, out, 4));
	ck_assert_mem_eq(out, "abc", 4);
	ck_assert(hex_decode_exact("0a0b0c0d", 8, out, 4));
	ck_assert_mem_eq(out, "\x0a\x0b\x0c\x0d", 4);
	ck_assert(base64_decode_exact("AQIDBA==", 8, out, 4));
	ck_assert_mem_eq(out, "\x01\x02\x03\x04", 4);
	ck_assert(base64url_decode_exact("_-8DBA", 6, out, 4));
	ck_assert_mem_eq(out, "\xff\xef\x03\x04", 4);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("encode");
	TCase *t = tcase_create("encode");

	tcase_add_loop_test(t, published_vectors, 0, COUNT(vectors));
	tcase_add_loop_test(
	    t, refuses_other_forms_and_leaves_out_alone, 0, COUNT(refused));
	tcase_add_loop_test(t, one_text_for_one_run_of_bytes, 0, COUNT(codecs));
	tcase_add_loop_test(t, all_lengths_round_trip, 0, COUNT(codecs));
	tcase_add_test(t, base64_agrees_with_openssl);
	tcase_add_test(t, exact_asks_for_its_length);
	tcase_add_test(t, fingerprints_are_in_groups_of_four);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
