/*
 * pace.c - a yardstick: steps that need the one before them, of what decoders are
 * made of, which are multiplications, sums and places in a table.
 */
#include "decode/pace.h"

#include <stdint.h>
#include <time.h>

#define STEPS     120000
#define REFERENCE 0.33e6 /* nanoseconds that they took on a machine of 2023 */
#define ROUNDS    3 /* the quickest counts: the others wait for the memory */

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double
measure(void)
{
	/* what comes of it is kept, or a compiler leaves the steps out */
	static volatile uint32_t kept;
	static uint32_t table[4096];
	uint32_t x = kept + 1;
	double start = now();
	int i;

	for (i = 0; i < STEPS; i++) {
		x = x * 1664525 + table[x >> 20] + 1013904223;
		table[(x >> 8) % 4096] = x;
	}
	kept = x;
	return now() - start;
}

double
pace(void)
{
	double best = measure(), again, times;
	int i;

	for (i = 1; i < ROUNDS; i++) {
		again = measure();
		best = again < best ? again : best;
	}
	times = best / REFERENCE;
	return times < 1 ? 1 : times > PACE_MOST ? PACE_MOST : times;
}
