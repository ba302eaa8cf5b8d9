/*
 * How many codes of a picture are kept, and how long they may be.
 */
#include "decode/found.h"

#include "tests/check_main.h"

#include <stdio.h>
#include <string.h>

static void
add(struct found *found, size_t number)
{
	const struct found_place place = { 0 };
	char text[16];

	snprintf(text, sizeof(text), "code %zu", number);
	found_add(found, &place, text, strlen(text));
}

/* Below, at and above: the first ones are kept, and that there are more is told. */
START_TEST(codes_have_a_limit)
{
	const size_t count = SCAN_CODE_MAX - 1 + (size_t)_i;
	struct found found = { 0 };
	struct bytes text = { 0 };
	size_t i;

	for (i = 0; i < count; i++)
		add(&found, i);
	add(&found, 0); /* known, so it is no more */
	ck_assert_uint_eq(
	    found.count, count < SCAN_CODE_MAX ? count : SCAN_CODE_MAX);
	ck_assert(found_is_over(&found) == (count > SCAN_CODE_MAX));
	found_say_bad(&found, &text);
	bytes_add_byte(&text, '\0');
	ck_assert_str_eq(
	    (char *)text.at, count > SCAN_CODE_MAX ? "bad limit\n" : "");
	bytes_free(&text);
	found_free(&found);
}
END_TEST

START_TEST(codes_have_a_size)
{
	static const char data[PROTOCOL_ITEM_MAX + 1];
	const struct found_place place = { 0 };
	struct found found = { 0 };

	found_add(&found, &place, data, PROTOCOL_ITEM_MAX - 1);
	found_add(&found, &place, data, PROTOCOL_ITEM_MAX);
	ck_assert_uint_eq(found.count, 2);
	found_add(&found, &place, data, PROTOCOL_ITEM_MAX + 1);
	ck_assert_uint_eq(found.count, 2);
	found_free(&found);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("found");
	TCase *t = tcase_create("limits");

	tcase_add_loop_test(t, codes_have_a_limit, 0, 3);
	tcase_add_test(t, codes_have_a_size);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
