/*
 * sample.c - reservoir sampling: sample.h.
 */
#include "audit/sample.h"

#include <stdlib.h>
#include <string.h>

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t
next(struct sample *s)
{
	uint64_t z = (s->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0 to n - 1, each as likely as the other. */
static uint64_t
below(struct sample *s, uint64_t n)
{
	uint64_t limit = UINT64_MAX - UINT64_MAX % n, r;

	do
		r = next(s);
	while (r >= limit);
	return r % n;
}

bool
sample_init(struct sample *sample, uint64_t seed, size_t want)
{
	size_t cap = want != 0 ? want : SAMPLE_TABLE;

	*sample = (struct sample){
		.seed = seed, .state = seed, .want = want, .cap = cap
	};
	sample->number = calloc(cap, sizeof(*sample->number));
	return sample->number != NULL;
}

static void
put(struct sample *s, size_t at, const char *number)
{
	size_t len = strnlen(number, LETTER_NUMBER_SIZE - 1);

	memcpy(s->number[at], number, len);
	s->number[at][len] = '\0';
}

void
sample_offer(struct sample *sample, const char *number)
{
	uint64_t at;

	if (sample->seen++ < sample->cap) {
		put(sample, sample->count++, number);
		return;
	}
	if ((at = below(sample, sample->seen)) < sample->cap)
		put(sample, (size_t)at, number);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The first `want` of a random order are a sample of the sample. */
void
sample_finish(struct sample *sample)
{
	size_t want =
	    sample->want != 0 ? sample->want : sample_size(sample->seen);
	char hold[LETTER_NUMBER_SIZE];
	size_t i, j;

	for (i = 0; i < want && i < sample->count; i++) {
		j = i + (size_t)below(sample, sample->count - i);
		memcpy(hold, sample->number[i], sizeof(hold));
		memcpy(sample->number[i], sample->number[j], sizeof(hold));
		memcpy(sample->number[j], hold, sizeof(hold));
	}
	sample->count = i;
	if (sample->count > 1)
		qsort(sample->number, sample->count, sizeof(*sample->number),
		    compare);
}

/* Of n letters bad ones: the chance that `size` of them meet none. */
static double
chance_of_none(double letters, double bad, size_t size)
{
	double chance = 1;
	size_t i;

	for (i = 0; i < size && chance > 0; i++)
		chance *= letters - bad - (double)i > 0
		    ? (letters - bad - (double)i) / (letters - (double)i)
		    : 0;
	return chance;
}

size_t
sample_size(uint64_t letters)
{
	uint64_t bad = (letters + 19) / 20;
	size_t size = 0;

	while (size < SAMPLE_TABLE && size < letters &&
	    chance_of_none((double)letters, (double)bad, size) > 0.05)
		size += 5;
	return size < letters ? size : (size_t)letters;
}

void
sample_free(struct sample *sample)
{
	free(sample->number);
	*sample = (struct sample){ .seed = 0 };
}
