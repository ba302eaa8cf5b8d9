/*
 * test_seal.c - trust/seal.h: Wycheproof's AES-GCM with our sizes.
 */
#include "trust/seal.h"

#include "tests/check_main.h"
#include "tests/support/vectors.h"

#include <string.h>

/* key, nonce, bound, text, sealed: words 2 to 6 */
static void
seal_vector(char *word[VECTOR_WORDS], void *ctx)
{
	bool good = vector_is_good(word[1]);
	struct bytes v[5], made = { 0 };
	struct secret text = { 0 };
	enum err got;

	(void)ctx;
	for (int i = 0; i < 5; i++)
		v[i] = vector_bytes(word[i + 2]);
	got =
	    seal_open(v[0].at, v[1].at, &v[2], v[4].at, v[4].len, &text, NULL);
	ck_assert_msg(got == (good ? ERR_OK : ERR_REFUSED), "%s: %s", word[0],
	    err_name(got));
	if (good) {
		ck_assert_uint_eq(text.len, v[3].len);
		ck_assert(
		    v[3].len == 0 || memcmp(text.at, v[3].at, v[3].len) == 0);
	} else {
		ck_assert_ptr_null(text.at);
	}
	ck_assert_int_eq(
	    seal_close(v[0].at, v[1].at, &v[2], v[3].at, v[3].len, &made, NULL),
	    ERR_OK);
	ck_assert_msg(made.len == v[4].len &&
		(memcmp(made.at, v[4].at, made.len) == 0) == good,
	    "%s", word[0]);
	secret_wipe(&text);
	bytes_free(&made);
	for (int i = 0; i < 5; i++)
		bytes_free(&v[i]);
}

START_TEST(agrees_with_wycheproof)
{
	ck_assert_uint_eq(vectors_each("aes_gcm.txt", seal_vector, NULL), 66);
}
END_TEST

/* One byte below the most, the most, one more. */
START_TEST(sizes)
{
	static const uint8_t key[SEAL_KEY_SIZE], nonce[SEAL_NONCE_SIZE];
	static uint8_t text[SEAL_TEXT_MAX + 1];
	const size_t len = SEAL_TEXT_MAX - 1 + (size_t)_i;
	const bool fits = len <= SEAL_TEXT_MAX;
	struct bytes bound = { 0 }, sealed = { 0 };
	struct secret out = { 0 };

	ck_assert_int_eq(
	    seal_close(key, nonce, &bound, text, len, &sealed, NULL),
	    fits ? ERR_OK : ERR_MEMORY);
	ck_assert_uint_eq(sealed.len, fits ? len + SEAL_TAG_SIZE : 0);
	if (!fits)
		bytes_reserve(&sealed, len + SEAL_TAG_SIZE);
	ck_assert_int_eq(
	    seal_open(key, nonce, &bound, sealed.at, sealed.len, &out, NULL),
	    fits ? ERR_OK : ERR_REFUSED);
	ck_assert_uint_eq(out.len, fits ? len : 0);
	secret_wipe(&out);
	bytes_free(&sealed);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("seal");
	TCase *t = tcase_create("seal");

	tcase_add_test(t, agrees_with_wycheproof);
	tcase_add_loop_test(t, sizes, 0, 3);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
