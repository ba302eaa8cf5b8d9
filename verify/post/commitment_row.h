/*
 * commitment_row.h - commitments as numbers, in order: one row of the table drafted
 * (verify/post/commitments.h). In memory 8 bytes a number, at most 16 with what was
 * made room for; as kept, of a million of 40 bits each some 22 bits.
 */
#ifndef VERIFY_POST_COMMITMENT_ROW_H
#define VERIFY_POST_COMMITMENT_ROW_H

#include "base/bytes.h"
#include "base/err.h"

#define COMMITMENT_ROW_MAX 128 /* a row with more is split */

/* It covers the numbers that begin with the bits of `first` above `bits`, and
 * has `count` of them. */
struct commitment_row {
	uint64_t first;
	unsigned bits;
	size_t count, cap;
	uint64_t *number;
	bool changed; /* since it was read */
};

/* commitment_row_free - its numbers; the row itself is the caller's. */
void commitment_row_free(struct commitment_row *row);

/* commitment_row_covers - does this number belong here? commitment_row_has - is
 * it there? Only of one that it covers. */
bool commitment_row_covers(const struct commitment_row *row, uint64_t number);
bool commitment_row_has(const struct commitment_row *row, uint64_t number);

/* commitment_row_add - one more that it covers, also the same again. False without
 * memory. */
bool commitment_row_add(struct commitment_row *row, uint64_t number);

/* commitment_row_split - the upper half of what it covers becomes a row of its own;
 * bits > 0. False without memory. */
bool commitment_row_split(
    struct commitment_row *row, struct commitment_row *upper);

/* commitment_row_write, commitment_row_read - the numbers as they are kept. Read: into a row that
 * says what it covers and how many they are; ERR_DATA, ERR_MEMORY. */
void commitment_row_write(const struct commitment_row *row, struct bytes *out);
enum err commitment_row_read(
    struct commitment_row *row, const struct bytes *kept, struct errtext *err);

#endif
