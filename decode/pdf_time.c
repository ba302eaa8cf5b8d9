/*
 * pdf_time.c - pdf_time.h.
 */
#include "decode/pdf_time.h"

#include <ctype.h>
#include <stdint.h>

#define DRAW_MS         700
#define DRAW_MS_PER_MIB 300
#define DRAW_MS_PER_MPX 30
#define DRAW_MPX_MAX    36 /* what a file says of itself is believed so far */

/* The largest number behind a name, at most 65535: what a picture says of itself
 * is never compressed. */
static uint32_t
largest(const struct bytes *file, const char *name)
{
	struct reader r = { file->at, file->len }, skipped;
	uint32_t most = 0, value;
	uint8_t byte;

	while (reader_until(&r, '/', &skipped)) {
		if (!reader_skip_text(&r, name)) {
			(void)reader_byte(&r, &byte);
			continue;
		}
		while (r.left > 0 && r.at[0] == ' ')
			(void)reader_byte(&r, &byte);
		for (value = 0; r.left > 0 && isdigit(r.at[0]) && value < 6553;
		     (void)reader_byte(&r, &byte))
			value = 10 * value + (uint32_t)(r.at[0] - '0');
		most = value > most ? value : most;
	}
	return most;
}

long
pdf_time_for(const struct bytes *file)
{
	uint64_t megapixels = (uint64_t)largest(file, "/Width") *
	    largest(file, "/Height") / 1000000;

	if (megapixels > DRAW_MPX_MAX)
		megapixels = DRAW_MPX_MAX;
	return DRAW_MS + DRAW_MS_PER_MIB * (long)(file->len >> 20) +
	    DRAW_MS_PER_MPX * (long)megapixels;
}
