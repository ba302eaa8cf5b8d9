#include "base/bytes.h"

#include "tests/check_main.h"

#include <string.h>

START_TEST(appends_keep_all_and_end_with_nul)
{
	struct bytes b = { 0 };

	for (size_t i = 0; i < 5000; i++) {
		bytes_add_byte(&b, (uint8_t)(i * 7));
		ck_assert_uint_eq(b.len, i + 1);
		ck_assert_uint_lt(b.len, b.cap);
		ck_assert_uint_eq(b.at[b.len], 0);
	}
	for (size_t i = 0; i < 5000; i++)
		ck_assert_uint_eq(b.at[i], (uint8_t)(i * 7));
	bytes_free(&b);
	ck_assert_ptr_null(b.at);
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

START_TEST(text_and_format_join)
{
	struct bytes b = { 0 };

	bytes_add_text(&b, "");
	ck_assert_str_eq((char *)b.at, "");
	bytes_add_text(&b, "SELLO");
	bytes_addf(&b, " %d/%s", 12, "xyz");
	bytes_addf(&b, "%200s", "end");
	ck_assert_uint_eq(b.len, 5 + 7 + 200);
	ck_assert_uint_eq(strlen((char *)b.at), b.len);
	ck_assert_int_eq(strncmp((char *)b.at, "SELLO 12/xyz ", 13), 0);
	ck_assert_str_eq((char *)b.at + b.len - 4, " end");
	bytes_wipe(&b);
	ck_assert_ptr_null(b.at);
}
END_TEST

START_TEST(reserve_gives_room_of_that_length)
{
	struct bytes b = { 0 };
	uint8_t *room;

	bytes_add_text(&b, "ab");
	room = bytes_reserve(&b, 1000);
	ck_assert_ptr_eq(room, b.at + 2);
	ck_assert_uint_eq(b.len, 2);
	memset(room, 'x', 1000);
	b.len += 1000;
	ck_assert_uint_eq(b.at[1002], 0);
	ck_assert_uint_eq(strlen((char *)b.at), 1002);
	bytes_free(&b);
}
END_TEST

static const size_t impossible[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 2,
	SIZE_MAX / 2 };

START_TEST(failure_is_sticky)
{
	struct bytes b = { 0 };

	bytes_add_text(&b, "kept");
	ck_assert_ptr_null(bytes_reserve(&b, impossible[_i]));
	ck_assert(b.failed);
	bytes_add_text(&b, "lost");
	bytes_add_byte(&b, 'x');
	bytes_addf(&b, "%d", 1);
	ck_assert_ptr_null(bytes_reserve(&b, 1));
	ck_assert_str_eq((char *)b.at, "kept");
	ck_assert_uint_eq(b.len, 4);
	bytes_reset(&b);
	bytes_add_text(&b, "new");
	ck_assert(!b.failed);
	ck_assert_str_eq((char *)b.at, "new");
	bytes_free(&b);
}
END_TEST

START_TEST(reset_keeps_the_room)
{
	struct bytes b = { 0 };
	uint8_t *at;

	bytes_reset(&b);
	bytes_add_text(&b, "some text");
	at = b.at;
	bytes_reset(&b);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_str_eq((char *)b.at, "");
	bytes_add_text(&b, "other");
	ck_assert_ptr_eq(b.at, at);
	bytes_free(&b);
	bytes_free(&b);
	bytes_wipe(&b);
}
END_TEST

START_TEST(equal_means_the_same_bytes)
{
	struct bytes a = { 0 };
	struct bytes b = { 0 };

	ck_assert(bytes_equal(&a, &b));
	bytes_add(&a, "x\0y", 3);
	ck_assert(!bytes_equal(&a, &b));
	bytes_add(&b, "x\0z", 3);
	ck_assert(!bytes_equal(&a, &b));
	b.at[2] = 'y';
	ck_assert(bytes_equal(&a, &b));
	bytes_add_byte(&b, 0);
	ck_assert(!bytes_equal(&a, &b));
	bytes_free(&a);
	bytes_free(&b);
}
END_TEST

START_TEST(reader_takes_from_the_front)
{
	const uint8_t data[] = { 1, 'S', 'E', 'x' };
	struct reader r = { data, sizeof(data) };
	struct reader part;
	uint8_t byte;

	ck_assert(reader_byte(&r, &byte));
	ck_assert_uint_eq(byte, 1);
	ck_assert(!reader_skip_text(&r, "SEL"));
	ck_assert(!reader_skip_text(&r, "SExx"));
	ck_assert(reader_skip_text(&r, "SE"));
	ck_assert(reader_skip_text(&r, ""));
	ck_assert_uint_eq(r.left, 1);
	ck_assert(reader_take(&r, 1, &part));
	ck_assert_ptr_eq(part.at, data + 3);
	ck_assert_uint_eq(part.left, 1);
	ck_assert_uint_eq(r.left, 0);
	ck_assert(reader_take(&r, 0, &part));
}
END_TEST

START_TEST(reader_does_not_move_past_the_end)
{
	const uint8_t data[] = { 1, 2, 3 };

	for (size_t len = 0; len <= 3; len++) {
		struct reader r = { data, len };
		struct reader part = { NULL, 99 };
		uint8_t byte = 7;

		ck_assert(!reader_take(&r, len + 1, &part));
		ck_assert(!reader_take(&r, SIZE_MAX, &part));
		ck_assert(!reader_until(&r, 9, &part));
		ck_assert_uint_eq(part.left, 99);
		if (len == 0)
			ck_assert(!reader_byte(&r, &byte));
		ck_assert_ptr_eq(r.at, data);
		ck_assert_uint_eq(r.left, len);
	}
}
END_TEST

START_TEST(reader_until_stops_before)
{
	struct reader r = { (const uint8_t *)"ab+c+", 5 };
	struct reader part;

	ck_assert(reader_until(&r, '+', &part));
	ck_assert_uint_eq(part.left, 2);
	ck_assert_mem_eq(part.at, "ab", 2);
	ck_assert_uint_eq(r.left, 3);
	ck_assert_uint_eq(r.at[0], '+');
	/* there already: nothing before it */
	ck_assert(reader_until(&r, '+', &part));
	ck_assert_uint_eq(part.left, 0);
	ck_assert_uint_eq(r.left, 3);
}
END_TEST

START_TEST(text_copy_takes_what_fits)
{
	char out[4] = "xyz";

	ck_assert(!text_copy(out, sizeof(out), "abcd"));
	ck_assert_str_eq(out, "xyz"); /* untouched */
	ck_assert(text_copy(out, sizeof(out), "abc"));
	ck_assert_str_eq(out, "abc");
	ck_assert(text_copy(out, sizeof(out), NULL));
	ck_assert_str_eq(out, "");
	ck_assert(!text_copy(out, 0, ""));
}
END_TEST

static const struct {
	const char *name, *data;
	size_t len;
	bool want;
} wide[] = {
#define ROW(name, data, want)                      \
	{                                          \
		name, data, sizeof(data) - 1, want \
	}
	ROW("nothing", "", false),
	ROW("plain", "xabcx", false),
	ROW("UTF-16, small end first",
	    "\xff\xfe"
	    "a\0b\0c\0",
	    true),
	ROW("UTF-16, big end first", "\xfe\xff\0a\0b\0c", true),
	ROW("UTF-32, small end first", "a\0\0\0b\0\0\0c\0\0\0", true),
	ROW("UTF-32, big end first", "\0\0\0a\0\0\0b\0\0\0c", true),
	ROW("after a false start", "a\0a\0b\0a\0b\0c", true),
	ROW("cut off", "a\0b\0", false),
	ROW("cut off in a gap", "a\0\0\0b\0\0\0\0", false),
	ROW("two NULs", "a\0\0b\0\0c", false),
	ROW("mixed gaps", "a\0b\0\0\0c", false),
	ROW("no NUL between", "a\0bxc", false),
#undef ROW
};

START_TEST(finds_text_of_wide_characters)
{
	ck_assert_msg(bytes_has_wide((const uint8_t *)wide[_i].data,
			  wide[_i].len, "abc") == wide[_i].want,
	    "%s", wide[_i].name);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("bytes");
	TCase *t = tcase_create("bytes");

	tcase_add_test(t, appends_keep_all_and_end_with_nul);
	tcase_add_test(t, text_and_format_join);
	tcase_add_test(t, reserve_gives_room_of_that_length);
	tcase_add_loop_test(t, failure_is_sticky, 0,
	    (int)(sizeof(impossible) / sizeof(impossible[0])));
	tcase_add_test(t, reset_keeps_the_room);
	tcase_add_test(t, equal_means_the_same_bytes);
	suite_add_tcase(s, t);
	t = tcase_create("text");
	tcase_add_test(t, text_copy_takes_what_fits);
	suite_add_tcase(s, t);
	t = tcase_create("reader");
	tcase_add_test(t, reader_takes_from_the_front);
	tcase_add_test(t, reader_does_not_move_past_the_end);
	tcase_add_test(t, reader_until_stops_before);
	tcase_add_loop_test(t, finds_text_of_wide_characters, 0,
	    (int)(sizeof(wide) / sizeof(wide[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
