/*
 * draft_row.h - drafts as numbers, in order: one row of the table drafted
 * (verify/post/drafts.h). In memory 8 bytes a number, at most 16 with what was
 * made room for; as kept, of a million of 40 bits each some 22 bits.
 */
#ifndef VERIFY_POST_DRAFT_ROW_H
#define VERIFY_POST_DRAFT_ROW_H

#include "base/bytes.h"
#include "base/err.h"

#define DRAFT_ROW_MAX 128 /* a row with more is split */

/* It covers the numbers that begin with the bits of `first` above `bits`, and
 * has `count` of them. */
struct draft_row {
	uint64_t first;
	unsigned bits;
	size_t count, cap;
	uint64_t *number;
	bool changed; /* since it was read */
};

void draft_row_free(struct draft_row *row);

bool draft_row_covers(const struct draft_row *row, uint64_t number);
bool draft_row_has(const struct draft_row *row, uint64_t number);

/* draft_row_add - one more that it covers, also the same again. False without
 * memory. */
bool draft_row_add(struct draft_row *row, uint64_t number);

/* draft_row_split - the upper half of what it covers becomes a row of its own;
 * bits > 0. False without memory. */
bool draft_row_split(struct draft_row *row, struct draft_row *upper);

/* draft_row_write, _read - the numbers as they are kept. Read: into a row that
 * says what it covers and how many they are; ERR_DATA, ERR_MEMORY. */
void draft_row_write(const struct draft_row *row, struct bytes *out);
enum err draft_row_read(
    struct draft_row *row, const struct bytes *kept, struct errtext *err);

#endif
