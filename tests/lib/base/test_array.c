#include "base/array.h"

#include "tests/check_main.h"

#include <stdint.h>
#include <stdlib.h>

struct item {
	size_t number;
	char word[13];
};

struct list {
	struct item *at;
	size_t count;
	size_t cap;
};

static void
add(struct list *list, size_t number)
{
	ck_assert(ARRAY_ROOM(list->at, list->count, list->cap));
	ck_assert_uint_lt(list->count, list->cap);
	list->at[list->count++] = (struct item){ .number = number };
}

START_TEST(keeps_all_that_was_added)
{
	struct list list = { 0 };
	size_t moved = 0, cap = 0;

	for (size_t i = 0; i < 10000; i++) {
		add(&list, i);
		moved += list.cap != cap;
		cap = list.cap;
	}
	for (size_t i = 0; i < list.count; i++)
		if (list.at[i].number != i)
			ck_abort_msg("%zu became %zu", i, list.at[i].number);
	ck_assert_uint_lt(moved, 20); /* it doubles */
	free(list.at);
}
END_TEST

/* One that was made in one piece has no capacity noted. */
START_TEST(grows_what_was_made_otherwise)
{
	struct list list = { .at = calloc(21, sizeof(struct item)),
		.count = 21 };

	ck_assert_ptr_nonnull(list.at);
	list.at[20].number = 20;
	add(&list, 21);
	ck_assert_uint_eq(list.at[20].number, 20);
	ck_assert_uint_eq(list.at[21].number, 21);
	free(list.at);
}
END_TEST

static const struct {
	size_t count, each;
} absurd[] = {
	{ SIZE_MAX / 2 + 1, 1 },
	{ SIZE_MAX, 1 },
	{ SIZE_MAX / 2, 3 },
	{ SIZE_MAX / 16 + 1, 8 },
	{ 1, SIZE_MAX },
};

START_TEST(an_absurd_size_changes_nothing)
{
	char kept[4] = "abc", *at = kept;
	size_t cap = 3;

	ck_assert(!array_grow(&at, absurd[_i].count, &cap, absurd[_i].each));
	ck_assert_ptr_eq(at, kept);
	ck_assert_uint_eq(cap, 3);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("array");
	TCase *t = tcase_create("array");

	tcase_add_test(t, keeps_all_that_was_added);
	tcase_add_test(t, grows_what_was_made_otherwise);
	tcase_add_loop_test(t, an_absurd_size_changes_nothing, 0,
	    (int)(sizeof(absurd) / sizeof(absurd[0])));
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
