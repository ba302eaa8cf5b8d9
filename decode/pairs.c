/*
 * pairs.c - pairs.h. The weight of a value is the product of what its bits have:
 * of its six high ones and its five low ones, each looked up.
 */
#include "decode/pairs.h"

#include <math.h>
#include <string.h>

#define HIGH  6
#define LOW   5
#define HIGHS (1 << HIGH)
#define LOWS  (1 << LOW)
#define SURE  1e-4f /* all bits: nothing to be learned */

/* The weight of each value of some bits, the first one highest. */
static void
weigh(const float *one, int bits, float *weight)
{
	int value, i;

	for (value = 0; value < 1 << bits; value++) {
		weight[value] = 1;
		for (i = 0; i < bits; i++)
			weight[value] *=
			    value >> (bits - 1 - i) & 1 ? one[i] : 1 - one[i];
	}
}

/* What bits are by the weights of their values. */
static void
share(const float *weight, int bits, float all, float *one)
{
	int value, i;

	for (i = 0; i < bits; i++) {
		float sum = 0;

		for (value = 0; value < 1 << bits; value++)
			if (value >> (bits - 1 - i) & 1)
				sum += weight[value];
		one[i] = sum / all;
	}
}

static bool
is_sure(const float *one, const uint8_t *bit)
{
	int i, value = 0;

	for (i = 0; i < KNOWN_PAIR_BITS; i++) {
		if (one[i] > SURE && one[i] < 1 - SURE)
			return false;
		value = value << 1 | bit[i];
	}
	return known_is_pair(value);
}

static void
judge(float *one, uint8_t *bit)
{
	float high[HIGHS], low[LOWS], of_high[HIGHS] = { 0 };
	float of_low[LOWS] = { 0 }, all = 0, most = 0;
	int value, best = -1, i;

	weigh(one, HIGH, high);
	weigh(one + HIGH, LOW, low);
	for (value = 0; value < HIGHS * LOWS; value++) {
		float weight = high[value >> LOW] * low[value & (LOWS - 1)];

		if (!known_is_pair(value))
			continue;
		of_high[value >> LOW] += weight;
		of_low[value & (LOWS - 1)] += weight;
		all += weight;
		if (weight > most) {
			most = weight;
			best = value;
		}
	}
	if (best < 0 || !(all > 0))
		return;
	share(of_high, HIGH, all, one);
	share(of_low, LOW, all, one + HIGH);
	for (i = 0; i < KNOWN_PAIR_BITS; i++)
		bit[i] = best >> (KNOWN_PAIR_BITS - 1 - i) & 1;
}

void
pairs_judge(
    const struct known *known, int from, int to, float *one, uint8_t *bit)
{
	int at, i;

	for (i = 0; i < to - from; i++)
		bit[i] = one[i] > .5f;
	for (i = 0; (at = known_pair(known, i)) >= 0; i++)
		if (at >= from && at + KNOWN_PAIR_BITS <= to &&
		    !is_sure(one + at - from, bit + at - from))
			judge(one + at - from, bit + at - from);
}
