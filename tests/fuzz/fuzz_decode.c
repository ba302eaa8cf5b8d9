/*
 * Any bytes as a picture, through everything that sello-decode does with it
 * after its locks. PDFs are left out: Poppler has its own fuzzers, and what
 * we add to it is little.
 */
#include "decode/cut.h"
#include "decode/image.h"
#include "decode/search.h"
#include "scan/magic.h"

#include <stdlib.h>

#define PIXELS_MAX 250000 /* larger ones only slow the search down */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static enum err
decode(const struct bytes *file, struct gray *picture)
{
	switch (magic_of(file->at, file->len)) {
	case MAGIC_PNG:
		return image_png(file, picture);
	case MAGIC_JPEG:
		return image_jpeg(file, picture);
	case MAGIC_WEBP:
		return image_webp(file, picture);
	case MAGIC_XML:
	case MAGIC_TEXT:
	case MAGIC_OTHER:
	case MAGIC_BINARY:
		return image_raw(file, picture);
	case MAGIC_PDF:
		break;
	}
	return ERR_UNREADABLE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct found found = { 0 };
	struct search *search = search_new(&found);
	struct gray picture = { 0 };
	struct bytes file = { 0 };

	bytes_add(&file, data, len);
	if (search != NULL && decode(&file, &picture) == ERR_OK) {
		if (!gray_fits(picture.width, picture.height))
			abort();
		if (gray_size(&picture) <= PIXELS_MAX) {
			search_quick(search, &picture);
			search_thorough(search, &picture);
			cut_off(&picture);
		}
		gray_free(&picture);
	}
	search_free(&search);
	found_free(&found);
	bytes_free(&file);
	return 0;
}
