/*
 * testpage.c - packed/testpage.h.
 */
#include "packed/testpage.h"

#include "base/encode.h"
#include "packed/packed.h"

#include <zlib.h>

/* A code of version 13, 69 modules: most letters have 11 to 16. */
#define FILLED 190

/* Any bytes without a pattern will do (Numerical Recipes' generator). */
static void
fill(uint8_t index, struct bytes *body)
{
	uint32_t state = index;

	for (int i = 0; i < FILLED; i++) {
		state = state * 1664525u + 1013904223u;
		bytes_add_byte(body, (uint8_t)(state >> 24));
	}
}

void
testpage_text(uint8_t index, struct bytes *text)
{
	struct bytes body = { 0 };
	uint32_t crc;

	bytes_add_byte(&body, TESTPAGE_FORMAT);
	bytes_add_byte(&body, index);
	fill(index, &body);
	crc = (uint32_t)crc32(0, body.at, (uInt)body.len);
	for (int shift = 24; shift >= 0; shift -= 8)
		bytes_add_byte(&body, (uint8_t)(crc >> shift));
	bytes_add_text(text, PACKED_PREFIX);
	base32_encode(body.at, body.len, text);
	text->failed |= body.failed;
	bytes_free(&body);
}
