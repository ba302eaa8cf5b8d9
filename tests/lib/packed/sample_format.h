/*
 * sample_format.h - the sample letter as format 0x01 can say it: without the
 * fields that came after it.
 */
#ifndef TESTS_LIB_PACKED_SAMPLE_FORMAT_H
#define TESTS_LIB_PACKED_SAMPLE_FORMAT_H

#include "packed/format.h"
#include "tests/lib/letter/sample.h"

static inline void
sample_format_letter(struct letter *letter)
{
	sample_letter(letter);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!packed_format_covers(&field_table[i], 1, letter))
			sample_put(letter, field_table[i].id, "");
}

#endif
