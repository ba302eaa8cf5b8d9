/*
 * mutate_png.c - mutate.h: a PNG whose chunks have the right checksums, or libpng
 * looks no further than the first one that was changed.
 */
#include "tests/fuzz/mutate.h"

#include <string.h>
#include <zlib.h>

#define MARK     "\x89PNG\r\n\x1a\n"
#define MARK_LEN 8
#define AROUND   12 /* of a chunk: length, type, checksum */

static uint32_t
big_endian(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

/* As far as the lengths lead. */
static void
mend_chunks(uint8_t *at, size_t left)
{
	while (left >= AROUND && big_endian(at) <= left - AROUND) {
		size_t len = big_endian(at);
		uint32_t crc = (uint32_t)crc32(0, at + 4, (unsigned)len + 4);

		for (int i = 0; i < 4; i++)
			at[8 + len + (size_t)i] =
			    (uint8_t)(crc >> (24 - 8 * i));
		at += AROUND + len;
		left -= AROUND + len;
	}
}

size_t
mutate_png(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	len = LLVMFuzzerMutate(data, len, max);
	if (seed % 8 != 0 && len > MARK_LEN &&
	    memcmp(data, MARK, MARK_LEN) == 0)
		mend_chunks(data + MARK_LEN, len - MARK_LEN);
	return len;
}
