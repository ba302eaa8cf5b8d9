/*
 * sample.h - a random sample of letter numbers, drawn while the log goes by
 * (reservoir sampling), that anybody can draw again from its seed: the letters
 * in the order of centers, logs and lines, and splitmix64 (docs/audit.md,
 * section 7).
 */
#ifndef AUDIT_SAMPLE_H
#define AUDIT_SAMPLE_H

#include "letter/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SAMPLE_MAX   10000
#define SAMPLE_TABLE 60 /* the most that sample_size() asks for */

/* sample_free() it. */
struct sample {
	uint64_t seed, state;
	size_t want; /* 0: as sample_size() says */
	size_t cap;
	uint64_t seen; /* letters */
	size_t count;  /* of the sample */
	char (*number)[LETTER_NUMBER_SIZE];
};

/* sample_init - false without memory. */
bool sample_init(struct sample *sample, uint64_t seed, size_t want);

/* sample_offer - the next letter. */
void sample_offer(struct sample *sample, const char *number);

/* sample_finish - after the last: cut to size, in ascending order. */
void sample_finish(struct sample *sample);

/*
 * sample_size - how many letters of so many must be looked at to meet at
 * least one bad one with a probability of 95 % if 5 % of them are bad; rounded
 * up to fives. 60 of 1,000; small numbers: all.
 */
size_t sample_size(uint64_t letters);

void sample_free(struct sample *sample);

#endif
