/*
 * Any bytes as what stands within a backup, behind the seal: sealed here, then read
 * as a restore does. What is taken out has a name that stays below a home, and its
 * size; a text is taken apart to its last byte or not at all.
 */
#include "backup/archive_inner.h"
#include "tests/fuzz/mutate.h"
#include "trust/seal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
seal(int fd, const struct secret *key, const uint8_t *data, size_t len)
{
	struct chunks chunks = { .fd = fd, .name = "x", .key = key };

	if (chunks_write(&chunks, data, len, NULL) != ERR_OK ||
	    chunks_end(&chunks, NULL) != ERR_OK)
		abort();
	chunks_clear(&chunks);
}

static void
check_name(const char *name)
{
	if (!archive_is_name(name) || strlen(name) >= ARCHIVE_NAME_SIZE ||
	    name[0] == '/' || strstr(name, "..") == name ||
	    strstr(name, "/..") != NULL)
		abort();
}

/* Each file is taken, or passed over, or too large, in turn. */
static enum err
take_all(struct archive *a, size_t *used)
{
	char name[ARCHIVE_NAME_SIZE];
	struct bytes out = { 0 };
	bool more = true;
	uint64_t size = 0;
	size_t count = 0;
	enum err rc;

	while ((rc = archive_next(a, name, &size, &more, NULL)) == ERR_OK &&
	    more) {
		check_name(name);
		*used += 1 + strlen(name) + 8 + size;
		bytes_reset(&out);
		if (count++ % 3 == 2)
			continue;
		rc = archive_take_bytes(a, (size_t)size, &out, NULL);
		if (rc == ERR_OK && out.len != size)
			abort();
		if (rc != ERR_OK)
			break;
	}
	bytes_free(&out);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static char name[] = "x";
	uint8_t raw[SEAL_KEY_SIZE] = { 7 };
	struct archive a = { .path = name, .content = { raw, sizeof(raw) } };
	size_t used = 1; /* the end's zero */

	if ((a.fd = memfd_create("archive", MFD_CLOEXEC)) < 0)
		abort();
	seal(a.fd, &a.content, data, len);
	a.size = lseek(a.fd, 0, SEEK_CUR);
	archive_start(&a);
	a.chunks.left = a.size;
	if (lseek(a.fd, 0, SEEK_SET) != 0)
		abort();
	if (take_all(&a, &used) == ERR_OK && used != len)
		abort();
	close(a.fd);
	chunks_clear(&a.chunks);
	return 0;
}
