/*
 * test_pairs.c - what two characters say of their bits; and that work which is not there is not
 * begun.
 */
#include "tests/check_main.h"
#include "tests/sanitized.h"

#include "decode/pairs.h"
#include "decode/work.h"

#include <math.h>

#define VERSION 12
#define BITS    400

/* Pair 4 of a letter's code says what value has, its bits as sure as `one`. */
static int
set_pair(const struct known *known, int value, float sure, float one[BITS])
{
	int at = known_pair(known, 4), i;

	for (i = 0; i < BITS; i++)
		one[i] = .5f;
	for (i = 0; i < KNOWN_PAIR_BITS; i++)
		one[at + i] =
		    value >> (KNOWN_PAIR_BITS - 1 - i) & 1 ? sure : 1 - sure;
	return at;
}

static int
value_of(const uint8_t *bit)
{
	int value = 0, i;

	for (i = 0; i < KNOWN_PAIR_BITS; i++)
		value = value << 1 | bit[i];
	return value;
}

/* Each value in turn: ours stays, and another becomes ours. */
START_TEST(the_likeliest_pair_is_ours)
{
	struct known known;
	uint8_t bit[BITS];
	float one[BITS];
	int value, at, i;

	known_init(&known, VERSION, QR_Q);
	for (value = 0; value < 1 << KNOWN_PAIR_BITS; value++) {
		at = set_pair(&known, value, .99f, one);
		pairs_judge(&known, 0, BITS, one, bit);
		ck_assert(known_is_pair(value_of(bit + at)));
		if (known_is_pair(value))
			ck_assert_int_eq(value_of(bit + at), value);
		for (i = 0; i < BITS; i++)
			ck_assert(one[i] >= 0 && one[i] <= 1);
	}
}
END_TEST

/* Where the pair with that bit turned over is none of ours. */
START_TEST(a_doubtful_bit_is_told_by_the_others)
{
	struct known known;
	uint8_t bit[BITS];
	float one[BITS];
	int value, at, i, told = 0, of = 0;

	known_init(&known, VERSION, QR_Q);
	for (value = 0; value < 1 << KNOWN_PAIR_BITS; value += EACH)
		for (i = 0; i < KNOWN_PAIR_BITS; i++) {
			if (!known_is_pair(value))
				continue;
			at = set_pair(&known, value, .999f, one);
			one[at + i] = .5f;
			pairs_judge(&known, 0, BITS, one, bit);
			of++;
			told += value_of(bit + at) == value &&
			    fabsf(one[at + i] - .5f) > .4f;
		}
	/* half of all neighbours are none of ours, nearly */
	ck_assert_int_gt(told, of / 3);
}
END_TEST

/* Bits before and behind, and of pairs that lie only partly between. */
START_TEST(bits_of_no_pair_stay)
{
	struct known known;
	uint8_t bit[BITS];
	float one[BITS];
	int at, i;

	known_init(&known, VERSION, QR_Q);
	at = set_pair(&known, 2047, .9f, one);
	pairs_judge(&known, at + 1, at + KNOWN_PAIR_BITS, one + at + 1, bit);
	for (i = 1; i < KNOWN_PAIR_BITS; i++)
		ck_assert(fabsf(one[at + i] - .9f) < 1e-6f && bit[i - 1] == 1);
}
END_TEST

START_TEST(work_that_is_not_there_is_not_begun)
{
	struct work work = { 0, 100, 30 };

	ck_assert(work_begin(&work, 60));
	ck_assert(!work_begin(&work, 41));
	ck_assert_int_eq(work.done, 60);
	ck_assert(!work_doubt(&work, 31));
	ck_assert(work_doubt(&work, 30));
	ck_assert(!work_doubt(&work, 1));
	ck_assert(work_begin(&work, 10));
	ck_assert(!work_begin(&work, 1));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("pairs");
	TCase *t = tcase_create("pairs");

	tcase_add_test(t, the_likeliest_pair_is_ours);
	tcase_add_test(t, a_doubtful_bit_is_told_by_the_others);
	tcase_add_test(t, bits_of_no_pair_stay);
	tcase_add_test(t, work_that_is_not_there_is_not_begun);
	suite_add_tcase(s, t);
	return s;
}

CHECK_MAIN(suite);
