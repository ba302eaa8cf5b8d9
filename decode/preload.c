/*
 * preload.c - preload.h.
 */
#include "decode/preload.h"

#include "decode/image.h"
#include "decode/pdf.h"

#include <iconv.h>
#include <time.h>

/* zbar asks for each of these whenever it has found a code; an encoding stays
 * loaded while somebody has it open, and nobody closes these. */
static void
preload_encodings(void)
{
	static const char *const from[] = { "ISO8859-1", "SJIS", "UTF-8",
		"BIG5" };
	static iconv_t kept[sizeof(from) / sizeof(from[0])];
	size_t i;

	for (i = 0; i < sizeof(from) / sizeof(from[0]); i++)
		if (kept[i] == NULL)
			kept[i] = iconv_open("UTF-8", from[i]);
}

void
preload(enum magic type)
{
	tzset(); /* once: a zone may be a file */
	preload_encodings();
	if (type == MAGIC_PDF)
		pdf_load();
	if (type == MAGIC_HEIF)
		(void)image_heif_load();
}

void
preload_all(void)
{
	preload(MAGIC_PDF);
	preload(MAGIC_HEIF);
}
