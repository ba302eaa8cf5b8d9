#include "base/err.h"

#include "base/utf8.h"
#include "tests/check_main.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <string.h>

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* The numbers of sysexits.h, written out: the contract names numbers. */
static const struct {
	enum err code;
	const char *name;
	int exit;
} codes[] = {
	{ ERR_OK, "ERR_OK", 0 },
	{ ERR_MEMORY, "ERR_MEMORY", 70 },
	{ ERR_INTERNAL, "ERR_INTERNAL", 70 },
	{ ERR_IO, "ERR_IO", 74 },
	{ ERR_NOT_FOUND, "ERR_NOT_FOUND", 66 },
	{ ERR_EXISTS, "ERR_EXISTS", 73 },
	{ ERR_BUSY, "ERR_BUSY", 75 },
	{ ERR_USAGE, "ERR_USAGE", 64 },
	{ ERR_CONFIG, "ERR_CONFIG", 78 },
	{ ERR_REFUSED, "ERR_REFUSED", 77 },
	{ ERR_DATA, "ERR_DATA", 65 },
	{ ERR_LIMIT, "ERR_LIMIT", 65 },
	{ ERR_UNREADABLE, "ERR_UNREADABLE", 65 },
	{ ERR_FOREIGN, "ERR_FOREIGN", 65 },
	{ ERR_GARBLED, "ERR_GARBLED", 65 },
	{ ERR_VERSION, "ERR_VERSION", 65 },
	{ ERR_PROFILE, "ERR_PROFILE", 65 },
	{ ERR_ISSUER, "ERR_ISSUER", 65 },
	{ ERR_SIGNATURE, "ERR_SIGNATURE", 65 },
	{ ERR_STALE, "ERR_STALE", 65 },
};

START_TEST(each_code_has_its_name_and_exit)
{
	ck_assert_int_eq(codes[_i].code, _i);
	ck_assert_str_eq(err_name(codes[_i].code), codes[_i].name);
	ck_assert_int_eq(err_exit(codes[_i].code), codes[_i].exit);
}
END_TEST

START_TEST(set_hands_the_code_back)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(
	    err_set(&err, ERR_DATA, "%s: line %d", "a.csv", 7), ERR_DATA);
	ck_assert_str_eq(err.text, "a.csv: line 7");
	ck_assert_int_eq(err_set(NULL, ERR_IO, "nobody asks"), ERR_IO);
}
END_TEST

START_TEST(memory_has_one_text)
{
	struct errtext err = { 0 };

	ck_assert_int_eq(err_memory(&err), ERR_MEMORY);
	ck_assert_str_eq(err.text, "out of memory");
	ck_assert_int_eq(err_memory(NULL), ERR_MEMORY);
}
END_TEST

START_TEST(words_are_there_where_nobody_had_any)
{
	struct errtext err = { 0 };

	ck_assert_str_eq(err_words(&err), "out of memory");
	err_set(&err, ERR_IO, "no");
	ck_assert_str_eq(err_words(&err), "no");
}
END_TEST

START_TEST(only_two_are_inside)
{
	bool inside = _i == ERR_MEMORY || _i == ERR_INTERNAL;

	ck_assert_int_eq(err_is_inside((enum err)_i), inside);
}
END_TEST

START_TEST(prefix_goes_in_front)
{
	struct errtext err = { 0 };

	err_set(&err, ERR_DATA, "line 7");
	err_prefix(&err, "%s", "a.csv");
	ck_assert_str_eq(err.text, "a.csv: line 7");
	/* a text may also be made from itself */
	err_set(&err, ERR_DATA, "<%s>", err.text);
	ck_assert_str_eq(err.text, "<a.csv: line 7>");
	err_prefix(NULL, "nobody asks");
}
END_TEST

static const char *const characters[] = { "a", "\xc3\xb1", "\xe2\x80\x99",
	"\xf0\x9f\x98\x80" };

/* Whatever the width and wherever the cut falls, what is left is UTF-8. */
START_TEST(cuts_between_characters)
{
	const char *c = characters[_i];
	size_t width = strlen(c);
	char text[ERRTEXT_SIZE + 40];
	struct errtext err;

	for (size_t shift = 0; shift < 4; shift++) {
		size_t len = shift;

		memset(text, '.', shift);
		while (len + width < sizeof(text)) {
			memcpy(text + len, c, width);
			len += width;
		}
		text[len] = '\0';
		err_set(&err, ERR_DATA, "%s", text);
		len = strlen(err.text);
		ck_assert(utf8_is_valid(err.text, len));
		ck_assert_mem_eq(err.text, text, len);
		ck_assert_uint_le(len, ERRTEXT_SIZE - 1);
		ck_assert_uint_gt(len, ERRTEXT_SIZE - 1 - width);
		err_prefix(&err, "x");
		ck_assert(utf8_is_valid(err.text, strlen(err.text)));
	}
}
END_TEST

START_TEST(openssl_says_why_and_is_emptied)
{
	const unsigned char nonsense[] = { 0x30, 0x03, 0x01, 0x02, 0x03 };
	const unsigned char *at = nonsense;
	struct errtext err = { 0 };

	ck_assert_ptr_null(d2i_X509(NULL, &at, sizeof(nonsense)));
	ck_assert_uint_ne(ERR_peek_error(), 0);
	ck_assert_int_eq(err_openssl(&err, ERR_DATA, "a.crt"), ERR_DATA);
	ck_assert_int_eq(strncmp(err.text, "a.crt: ", 7), 0);
	ck_assert_uint_gt(strlen(err.text), 7);
	ck_assert_uint_eq(ERR_peek_error(), 0);
	err_openssl(&err, ERR_DATA, "a.crt");
	ck_assert_str_eq(err.text, "a.crt");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("err");
	TCase *t = tcase_create("err");

	tcase_add_loop_test(
	    t, each_code_has_its_name_and_exit, 0, COUNT(codes));
	tcase_add_test(t, set_hands_the_code_back);
	tcase_add_test(t, memory_has_one_text);
	tcase_add_test(t, words_are_there_where_nobody_had_any);
	tcase_add_loop_test(t, only_two_are_inside, 0, COUNT(codes));
	tcase_add_test(t, prefix_goes_in_front);
	tcase_add_loop_test(t, cuts_between_characters, 0, COUNT(characters));
	tcase_add_test(t, openssl_says_why_and_is_emptied);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
