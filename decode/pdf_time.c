/*
 * pdf_time.c - pdf_time.h.
 */
#include "decode/pdf_time.h"

#include "decode/pace.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define DICTIONARY_MAX 4096 /* bytes of a picture's */

/* Bytes and pixels go together: a sheet at 600 dots an inch, black and white, has 35
 * million in 70,000 bytes or more; and no format has more than so many bytes a pixel. */
#define PIXELS_A_BYTE 512
#define BYTES_A_PIXEL 4

/* From these words on, and past them. False, and r as it was, where there are none. */
static bool
find(struct reader *r, const char *words, struct reader *before)
{
	const uint8_t *at =
	    r->left > 0 ? memmem(r->at, r->left, words, strlen(words)) : NULL;
	struct reader part;

	if (at == NULL)
		return false;
	return reader_take(r, (size_t)(at - r->at), before) &&
	    reader_take(r, strlen(words), &part);
}

/* The number behind a name, at most 65535; 0 where there is none. */
static uint64_t
number_of(struct reader dictionary, const char *name)
{
	struct reader skipped;
	uint64_t value = 0;
	uint8_t byte;

	if (!find(&dictionary, name, &skipped))
		return 0;
	while (dictionary.left > 0 && isspace(dictionary.at[0]))
		(void)reader_byte(&dictionary, &byte);
	while (dictionary.left > 0 && isdigit(dictionary.at[0]) &&
	    value < 6553 && reader_byte(&dictionary, &byte))
		value = 10 * value + (uint64_t)(byte - '0');
	return value;
}

struct scans {
	uint64_t bytes, pixels;
};

/* A picture is a stream, so what it says of itself is never compressed. */
static void
add_picture(
    struct scans *scans, struct reader dictionary, const struct reader *data)
{
	struct reader skipped, copy = dictionary;
	uint64_t bytes = data->left, pixels;

	if (!find(&copy, "/Image", &skipped))
		return;
	pixels =
	    number_of(dictionary, "/Width") * number_of(dictionary, "/Height");
	if (bytes > pixels * BYTES_A_PIXEL)
		bytes = pixels * BYTES_A_PIXEL;
	if (pixels > bytes * PIXELS_A_BYTE)
		pixels = bytes * PIXELS_A_BYTE;
	scans->bytes += bytes;
	scans->pixels += pixels;
}

/* What stands behind the last of these words, within as many bytes before the end.
 * False where there are none. */
static bool
keep_last(struct reader *r, const char *words, size_t most)
{
	size_t len = strlen(words), at;

	for (at = r->left; at >= len && r->left - at <= most; at--)
		if (memcmp(r->at + at - len, words, len) == 0) {
			*r = (struct reader){ r->at + at, r->left - at };
			return true;
		}
	return false;
}

/*
 * From stream to stream, and from each back to its object, no further than the
 * stream before: so every byte is looked at a few times, and a file that is made of
 * nothing but objects, or of streams, takes no longer than another.
 */
static struct scans
look_for_scans(const struct bytes *file)
{
	struct reader r = { file->at, file->len }, dictionary, data;
	struct scans scans = { 0 };

	while (find(&r, "stream", &dictionary)) {
		/* an object that is no stream ends before */
		if (!keep_last(&dictionary, " obj", DICTIONARY_MAX) ||
		    memmem(dictionary.at, dictionary.left, "endobj", 6) != NULL)
			continue;
		if (!find(&r, "endstream", &data)) {
			add_picture(&scans, dictionary, &r);
			break;
		}
		add_picture(&scans, dictionary, &data);
	}
	return scans;
}

long
pdf_time_at(const struct bytes *file, double times)
{
	struct scans scans = look_for_scans(file);
	uint64_t megapixels = scans.pixels / 1000000;
	uint64_t mebibytes = scans.bytes >> 20;
	long ms = PDF_MS;

	if (megapixels > PDF_MPX_MAX)
		megapixels = PDF_MPX_MAX;
	if (mebibytes > PDF_MIB_MAX)
		mebibytes = PDF_MIB_MAX;
	ms += PDF_MS_PER_MIB * (long)mebibytes;
	ms += PDF_MS_PER_MPX * (long)megapixels;
	return (long)((double)ms * times);
}

long
pdf_time_for(const struct bytes *file)
{
	return pdf_time_at(file, pace());
}
