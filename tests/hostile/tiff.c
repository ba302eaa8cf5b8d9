/*
 * tiff.c - TIFF of few bytes that unpack to much, in one strip or in many.
 */
#include "tests/hostile/hostile.h"
#include "tests/hostile/picture.h"

#define SIZE "U-SIZE"
#define NO   "U-UNREADABLE|U-SIZE"

static const struct {
	const char *what;
	uint32_t side, bits, samples, strip;
	const char *want;
} tiffs[] = {
	{ "64 million of 1 bit, one strip", 8000, 1, 1, 8000, NO },
	{ "64 million of 1 byte, one strip", 8000, 8, 1, 8000, NO },
	{ "64 million of 2 bytes, one strip", 8000, 16, 1, 8000, SIZE },
	{ "64 million of 3 bytes, one strip", 8000, 8, 3, 8000, SIZE },
	{ "64 million of 3 bytes", 8000, 8, 3, 500, NO },
	{ "64 Mi and more", 8193, 1, 1, 8193, SIZE },
};

static void
little(struct bytes *out, uint32_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		bytes_add_byte(out, (uint8_t)n);
}

/* All its strips are the same one. */
static void
put_tiff(struct hostile *h, size_t i)
{
	const uint32_t side = tiffs[i].side;
	const uint32_t count = (side + tiffs[i].strip - 1) / tiffs[i].strip;
	struct bytes file = { 0 }, strip = { 0 };
	uint32_t lists, k;

	squeeze_same(0x55,
	    ((size_t)side * tiffs[i].bits * tiffs[i].samples + 7) / 8 *
		tiffs[i].strip,
	    15, &strip);
	lists = 8 + (uint32_t)strip.len;
	bytes_add(&file, "II*\0", 4);
	little(&file, lists + 8 * count + 6, 4);
	bytes_add(&file, strip.at, strip.len);
	for (k = 0; k < count; k++)
		little(&file, 8, 4);
	for (k = 0; k < count; k++)
		little(&file, (uint32_t)strip.len, 4);
	for (k = 0; k < 3; k++)
		little(&file, tiffs[i].bits, 2);

	const uint32_t tags[][4] = { { 256, 4, 1, side }, { 257, 4, 1, side },
		{ 258, 3, tiffs[i].samples,
		    tiffs[i].samples > 1 ? lists + 8 * count : tiffs[i].bits },
		{ 259, 3, 1, 8 }, { 262, 3, 1, tiffs[i].samples > 1 ? 2 : 1 },
		{ 273, 4, count, count > 1 ? lists : 8 },
		{ 277, 3, 1, tiffs[i].samples }, { 278, 4, 1, tiffs[i].strip },
		{ 279, 4, count,
		    count > 1 ? lists + 4 * count : (uint32_t)strip.len } };

	little(&file, COUNT(tags), 2);
	for (k = 0; k < COUNT(tags); k++) {
		little(&file, tags[k][0], 2);
		little(&file, tags[k][1], 2);
		little(&file, tags[k][2], 4);
		little(&file, tags[k][3], 4);
	}
	little(&file, 0, 4);
	hostile_put(h, "pictures", tiffs[i].what, "tif", file.at, file.len,
	    tiffs[i].want);
	bytes_free(&file);
	bytes_free(&strip);
}

void
hostile_tiffs(struct hostile *h)
{
	size_t i;

	for (i = 0; i < COUNT(tiffs); i++)
		put_tiff(h, i);
}
