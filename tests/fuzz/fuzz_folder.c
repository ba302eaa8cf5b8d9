/*
 * Any bytes as a folder that was dropped on the page, and as a film of a camera:
 * files by the grammar, written again the same; pictures that lie in the film, one
 * behind the other.
 */
#include "scan/film.h"
#include "tests/fuzz/mutate.h"
#include "verify/desk/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
fuzz_folder(const uint8_t *data, size_t len)
{
	struct reader body = { data, len };
	struct box box = { 0 };
	size_t i, all = 0;

	if (folder_read(body, &box, NULL) != ERR_OK && box.count > 0)
		abort();
	if (box.count > BOX_FILE_MAX)
		abort();
	for (i = 0; i < box.count; i++) {
		if (box.file[i].name == NULL)
			abort();
		all += box.file[i].data.len;
	}
	if (all > len)
		abort();
	box_clear(&box);
}

static void
check_picture(
    const struct bytes *picture, const uint8_t **from, const uint8_t *end)
{
	const uint8_t *at =
	    memmem(*from, (size_t)(end - *from), picture->at, picture->len);

	if (picture->len < 4 || at == NULL || picture->at[0] != 0xff ||
	    picture->at[1] != 0xd8)
		abort();
	*from = at + picture->len;
}

static void
fuzz_film(const uint8_t *data, size_t len)
{
	struct film *film = NULL;
	struct bytes picture = { 0 };
	const uint8_t *from = data;
	char path[40];
	int fd = memfd_create("film", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, len) != (ssize_t)len)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (film_open(path, &film, NULL) != ERR_OK)
		abort();
	while (film_next(film, &picture, NULL) == ERR_OK)
		check_picture(&picture, &from, data + len);
	film_free(&film);
	bytes_free(&picture);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	fuzz_folder(data, len);
	fuzz_film(data, len);
	return 0;
}
