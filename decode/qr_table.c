/*
 * qr_table.c - ISO/IEC 18004, table 9: check bytes of a block, and how many
 * blocks, by version and level. What is left follows from the number of modules.
 */
#include "decode/qr.h"

struct row {
	uint8_t check, count;
};

static const struct row rows[QR_VERSION_MAX][4] = {
	/*     L          M           Q           H    */
	{ { 7, 1 }, { 10, 1 }, { 13, 1 }, { 17, 1 } },
	{ { 10, 1 }, { 16, 1 }, { 22, 1 }, { 28, 1 } },
	{ { 15, 1 }, { 26, 1 }, { 18, 2 }, { 22, 2 } },
	{ { 20, 1 }, { 18, 2 }, { 26, 2 }, { 16, 4 } },
	{ { 26, 1 }, { 24, 2 }, { 18, 4 }, { 22, 4 } },
	{ { 18, 2 }, { 16, 4 }, { 24, 4 }, { 28, 4 } },
	{ { 20, 2 }, { 18, 4 }, { 18, 6 }, { 26, 5 } },
	{ { 24, 2 }, { 22, 4 }, { 22, 6 }, { 26, 6 } },
	{ { 30, 2 }, { 22, 5 }, { 20, 8 }, { 24, 8 } },
	{ { 18, 4 }, { 26, 5 }, { 24, 8 }, { 28, 8 } },
	{ { 20, 4 }, { 30, 5 }, { 28, 8 }, { 24, 11 } },
	{ { 24, 4 }, { 22, 8 }, { 26, 10 }, { 28, 11 } },
	{ { 26, 4 }, { 22, 9 }, { 24, 12 }, { 22, 16 } },
	{ { 30, 4 }, { 24, 9 }, { 20, 16 }, { 24, 16 } },
	{ { 22, 6 }, { 24, 10 }, { 30, 12 }, { 24, 18 } },
	{ { 24, 6 }, { 28, 10 }, { 24, 17 }, { 30, 16 } },
	{ { 28, 6 }, { 28, 11 }, { 28, 16 }, { 28, 19 } },
	{ { 30, 6 }, { 26, 13 }, { 28, 18 }, { 28, 21 } },
	{ { 28, 7 }, { 26, 14 }, { 26, 21 }, { 26, 25 } },
	{ { 28, 8 }, { 26, 16 }, { 30, 20 }, { 28, 25 } },
	{ { 28, 8 }, { 26, 17 }, { 28, 23 }, { 30, 25 } },
	{ { 28, 9 }, { 28, 17 }, { 30, 23 }, { 24, 34 } },
	{ { 30, 9 }, { 28, 18 }, { 30, 25 }, { 30, 30 } },
	{ { 30, 10 }, { 28, 20 }, { 30, 27 }, { 30, 32 } },
	{ { 26, 12 }, { 28, 21 }, { 30, 29 }, { 30, 35 } },
	{ { 28, 12 }, { 28, 23 }, { 28, 34 }, { 30, 37 } },
	{ { 30, 12 }, { 28, 25 }, { 30, 34 }, { 30, 40 } },
	{ { 30, 13 }, { 28, 26 }, { 30, 35 }, { 30, 42 } },
	{ { 30, 14 }, { 28, 28 }, { 30, 38 }, { 30, 45 } },
	{ { 30, 15 }, { 28, 29 }, { 30, 40 }, { 30, 48 } },
	{ { 30, 16 }, { 28, 31 }, { 30, 43 }, { 30, 51 } },
	{ { 30, 17 }, { 28, 33 }, { 30, 45 }, { 30, 54 } },
	{ { 30, 18 }, { 28, 35 }, { 30, 48 }, { 30, 57 } },
	{ { 30, 19 }, { 28, 37 }, { 30, 51 }, { 30, 60 } },
	{ { 30, 19 }, { 28, 38 }, { 30, 53 }, { 30, 63 } },
	{ { 30, 20 }, { 28, 40 }, { 30, 56 }, { 30, 66 } },
	{ { 30, 21 }, { 28, 43 }, { 30, 59 }, { 30, 70 } },
	{ { 30, 22 }, { 28, 45 }, { 30, 62 }, { 30, 74 } },
	{ { 30, 24 }, { 28, 47 }, { 30, 65 }, { 30, 77 } },
	{ { 30, 25 }, { 28, 49 }, { 30, 68 }, { 30, 81 } },
};

/* Modules that hold data, without walking over a symbol. */
static int
data_modules(int version)
{
	int side = qr_side(version), at[QR_MARK_MAX];
	int marks = qr_marks(version, at);
	int all = side * side - 3 * 64 - 2 * (side - 16) - 31;

	if (version >= 7)
		all -= 2 * 18;
	if (marks > 0) /* those on the timing patterns share five modules */
		all -= 25 * (marks * marks - 3) - 2 * 5 * (marks - 2);
	return all;
}

void
qr_blocks(int version, enum qr_level level, struct qr_blocks *out)
{
	static const int column[] = {
		[QR_L] = 0, [QR_M] = 1, [QR_Q] = 2, [QR_H] = 3
	};
	const struct row *row = &rows[version - 1][column[level]];
	int bytes = data_modules(version) / 8;

	out->count = row->count;
	out->check = row->check;
	out->short_count = row->count - bytes % row->count;
	out->data = bytes / row->count - row->check;
}

int
qr_block_data(const struct qr_blocks *blocks, int i)
{
	return blocks->data + (i >= blocks->short_count);
}

int
qr_stream_place(const struct qr_blocks *blocks, int i, int at)
{
	int data =
	    blocks->count * blocks->data + blocks->count - blocks->short_count;

	if (at < blocks->data)
		return at * blocks->count + i;
	if (at < qr_block_data(blocks, i)) /* only long ones have it */
		return at * blocks->count + i - blocks->short_count;
	return data + (at - qr_block_data(blocks, i)) * blocks->count + i;
}
