/*
 * Tests of verify/post/commitment_row.h.
 */
#include "verify/post/commitment_row.h"

#include "tests/check_main.h"

#include <string.h>

#define FIRST (UINT64_C(5) << 40)
#define BITS  40

static struct commitment_row row;
static struct bytes kept;

static void
setup(void)
{
	row = (struct commitment_row){ .first = FIRST, .bits = BITS };
	kept = (struct bytes){ 0 };
}

static void
teardown(void)
{
	commitment_row_free(&row);
	bytes_free(&kept);
}

/* Spread over all that the row covers, out of order. */
static uint64_t
number_at(uint64_t i)
{
	return FIRST | (i * UINT64_C(0x9e3779b97f4a7c15) >> (64 - BITS));
}

static void
fill(uint64_t count)
{
	uint64_t i;

	for (i = 1; i <= count; i++)
		ck_assert(commitment_row_add(&row, number_at(i)));
}

/* As it was kept, into a row that says the same of itself. */
static enum err
read_again(struct commitment_row *out)
{
	*out = (struct commitment_row){
		.first = row.first, .bits = row.bits, .count = row.count
	};
	return commitment_row_read(out, &kept, NULL);
}

static void
expect_same(void)
{
	struct commitment_row got;
	size_t i;

	bytes_reset(&kept);
	commitment_row_write(&row, &kept);
	ck_assert_int_eq(read_again(&got), ERR_OK);
	for (i = 0; i < row.count; i++)
		ck_assert_uint_eq(got.number[i], row.number[i]);
	commitment_row_free(&got);
}

START_TEST(what_was_added_is_there)
{
	uint64_t i;

	fill(300);
	for (i = 1; i <= 300; i++) {
		ck_assert(commitment_row_has(&row, number_at(i)));
		ck_assert(!commitment_row_has(&row, number_at(i) ^ 1));
	}
	ck_assert(!commitment_row_has(&row, number_at(301)));
}
END_TEST

START_TEST(it_covers_what_begins_alike)
{
	ck_assert(commitment_row_covers(&row, FIRST));
	ck_assert(
	    commitment_row_covers(&row, FIRST + (UINT64_C(1) << BITS) - 1));
	ck_assert(!commitment_row_covers(&row, FIRST - 1));
	ck_assert(!commitment_row_covers(&row, FIRST + (UINT64_C(1) << BITS)));
}
END_TEST

/* None, one, many; at both ends, side by side, twice the same, and badly
 * spread. */
START_TEST(it_is_kept_as_it_is)
{
	static const uint64_t odd[] = { 0, 0, 1, 2, (UINT64_C(1) << BITS) - 2,
		(UINT64_C(1) << BITS) - 1, (UINT64_C(1) << BITS) - 1 };
	size_t i;

	expect_same();
	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		ck_assert(commitment_row_add(&row, FIRST + odd[i]));
		expect_same();
	}
	fill(500);
	expect_same();
	ck_assert_uint_lt(kept.len, 500 * 5);
}
END_TEST

/* A few numbers side by side, in rows that cover next to nothing. */
START_TEST(small_rows)
{
	row.bits = (unsigned)_i;
	ck_assert(commitment_row_add(&row, FIRST));
	ck_assert(commitment_row_add(&row, FIRST));
	expect_same();
	ck_assert(commitment_row_add(&row, FIRST + (1u << _i) - 1));
	expect_same();
}
END_TEST

START_TEST(halves)
{
	struct commitment_row upper;
	uint64_t i;
	size_t before;

	fill(300);
	before = row.count;
	row.changed = false;
	ck_assert(commitment_row_split(&row, &upper));
	ck_assert(row.changed && upper.changed);
	ck_assert_uint_eq(row.count + upper.count, before);
	ck_assert(row.count > 100 && upper.count > 100);
	for (i = 1; i <= 300; i++) {
		const bool low = commitment_row_covers(&row, number_at(i));

		ck_assert(low != commitment_row_covers(&upper, number_at(i)));
		ck_assert(
		    commitment_row_has(low ? &row : &upper, number_at(i)));
	}
	expect_same();
	commitment_row_free(&row);
	row = upper;
	expect_same();
}
END_TEST

/* Cut, longer, or of another count: nothing is read beyond the end. */
START_TEST(damaged)
{
	struct commitment_row got;
	size_t count, len;

	fill(40);
	commitment_row_write(&row, &kept);
	len = kept.len;
	while (kept.len-- > 0) {
		ck_assert_int_eq(read_again(&got), ERR_DATA);
		commitment_row_free(&got);
	}
	kept.len = len;
	bytes_add_byte(&kept, 0);
	ck_assert_int_eq(read_again(&got), ERR_DATA);
	commitment_row_free(&got);
	kept.len = len;
	count = row.count;
	row.count = SIZE_MAX;
	ck_assert_int_eq(read_again(&got), ERR_DATA);
	commitment_row_free(&got);
	row.count = count;
	memset(kept.at, 0xff, kept.len);
	ck_assert_int_eq(read_again(&got), ERR_DATA);
	commitment_row_free(&got);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("commitment_row");
	TCase *t = tcase_create("draft_row");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_added_is_there);
	tcase_add_test(t, it_covers_what_begins_alike);
	tcase_add_test(t, it_is_kept_as_it_is);
	tcase_add_loop_test(t, small_rows, 0, 9);
	tcase_add_test(t, halves);
	tcase_add_test(t, damaged);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
