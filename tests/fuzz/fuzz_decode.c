/*
 * Any bytes as a picture, through everything that sello-decode does with it
 * after its locks. PDFs are left out: Poppler has its own fuzzers, and what
 * we add to it is little.
 */
#include "decode/image.h"
#include "decode/tiff.h"
#include "tests/fuzz/mutate.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PIXELS_MAX 250000  /* larger ones only slow the search down */
#define WORK_MAX   5000000 /* what looks like a symbol: fuzz_grid.c */

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return mutate_png(data, len, max, seed);
}

static void
look_at(enum magic type, const struct bytes *file, struct search *search)
{
	struct gray picture = { 0 };

	if (image_read(type, file, &picture) != ERR_OK)
		return;
	if (!gray_fits(picture.width, picture.height))
		abort();
	if (gray_size(&picture) <= PIXELS_MAX) {
		search_begin(search, WORK_MAX);
		search_picture(search, &picture);
	}
	gray_free(&picture);
}

static void
look_at_pages(
    const struct bytes *file, struct search *search, struct found *found)
{
	struct paged paged = { .search = search,
		.found = found,
		.fd = open("/dev/null", O_WRONLY) };

	tiff_search(file, &paged);
	close(paged.fd);
	paged_free(&paged);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct found found = { 0 };
	struct search *search = search_new(&found);
	struct bytes file = { 0 };
	enum magic type = magic_of(data, len);

	bytes_add(&file, data, len);
	if (search != NULL && type == MAGIC_TIFF)
		look_at_pages(&file, search, &found);
	else if (search != NULL && type != MAGIC_PDF)
		look_at(type, &file, search);
	search_free(&search);
	found_free(&found);
	bytes_free(&file);
	return 0;
}
