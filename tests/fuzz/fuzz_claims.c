/*
 * What a file says of itself, which is read before anything is decoded: of what
 * kind it is, of a PDF how large its pictures are, of a photo how it was held.
 * Whatever it says gives time within the limits, and a turn that there is.
 */
#include "decode/exif.h"
#include "decode/pdf_time.h"
#include "scan/format.h"
#include "scan/magic.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>

#define PIXELS_MS (PDF_MS_PER_MPX * PDF_MPX_MAX) /* at most for pixels */

/* No more for bytes than there are. A picture of a million pixels before all else is
 * worth as much, whatever follows: one is over before the next one begins. */
static void
check_time(const uint8_t *data, size_t len)
{
	static const uint8_t pixels[2048]; /* as few as are believed */
	struct bytes file = { 0 }, more = { 0 };
	long ms, with;

	bytes_add(&file, data, len);
	ms = pdf_time_at(&file, 1);
	if (ms < PDF_MS ||
	    ms > PDF_MS + PIXELS_MS + PDF_MS_PER_MIB * (long)(len >> 20) ||
	    pdf_time_at(&file, 10) != 10 * ms)
		abort();
	bytes_add_text(
	    &more, "1 0 obj<</Subtype/Image/Width 1000/Height 1000>>stream\n");
	bytes_add(&more, pixels, sizeof(pixels));
	bytes_add_text(&more, "endstream endobj\n");
	bytes_add(&more, data, len);
	with = pdf_time_at(&more, 1);
	if (with != ms + PDF_MS_PER_MPX &&
	    !(with == ms && ms - PDF_MS >= PIXELS_MS))
		abort();
	bytes_free(&file);
	bytes_free(&more);
}

/* Read as each kind of file, whatever its first bytes are. */
static void
check_turn(const uint8_t *data, size_t len)
{
	static const enum magic types[] = { MAGIC_JPEG, MAGIC_PNG, MAGIC_WEBP,
		MAGIC_GIF };
	struct bytes file = { 0 };

	bytes_add(&file, data, len);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		unsigned turn = exif_orientation(types[i], &file);

		if (turn < 1 || turn > 8 || (types[i] == MAGIC_GIF && turn > 1))
			abort();
	}
	bytes_free(&file);
}

/* More of it than MAGIC_PEEK bytes changes nothing. */
static void
check_kind(const uint8_t *data, size_t len)
{
	enum magic type = magic_of(data, len);

	if (len > MAGIC_PEEK && magic_of(data, MAGIC_PEEK) != type)
		abort();
	if (magic_is_decoded(type) && magic_name(type) == NULL)
		abort();
	if (magic_is_box(type) && magic_is_decoded(type))
		abort();
	(void)format_of(data, len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	check_kind(data, len);
	check_time(data, len);
	check_turn(data, len);
	return 0;
}
