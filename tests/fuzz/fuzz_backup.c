/*
 * Any bytes as the beginning of a backup: what is read is in order, within its
 * limits and uses every byte, and nobody opens it with a key it was not made for.
 */
#include "backup/chunks.h"
#include "backup/header.h"
#include "tests/fuzz/mutate.h"
#include "trust/seal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
fuzz_header(const uint8_t *data, size_t len)
{
	struct header header = { 0 };
	size_t want = 0, used = HEADER_PREFIX_SIZE + 11;

	if (len < HEADER_PREFIX_SIZE ||
	    header_length(data, &want, NULL) != ERR_OK)
		return;
	if (want > HEADER_SIZE_MAX)
		abort();
	if (want > len || header_read(data, want, &header, NULL) != ERR_OK)
		return;
	if (header.made < 0 || header.opener_count == 0 ||
	    header.opener_count > HEADER_OPENER_MAX)
		abort();
	used += strlen(header.owner);
	for (size_t i = 0; i < header.opener_count; i++) {
		const struct header_opener *o = &header.opener[i];

		if (!person_is_code(o->code) ||
		    header_find(&header, o->code) != o ||
		    (i > 0 && strcmp(o[-1].code, o->code) >= 0))
			abort();
		used += 3 + strlen(o->code) + o->sealed.len + o->slot.len;
	}
	if (used != want)
		abort();
	header_clear(&header);
}

static void
fuzz_chunks(const uint8_t *data, size_t len)
{
	static uint8_t raw[SEAL_KEY_SIZE] = { 7 };
	static const struct secret key = { raw, sizeof(raw) };
	struct chunks in = { .name = "x", .key = &key, .left = (off_t)len };
	uint8_t got;

	in.fd = memfd_create("backup", MFD_CLOEXEC);
	if (in.fd < 0 || write(in.fd, data, len) != (ssize_t)len ||
	    lseek(in.fd, 0, SEEK_SET) != 0)
		abort();
	if (chunks_read(&in, &got, 1, NULL) == ERR_OK)
		abort();
	close(in.fd);
	chunks_clear(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	fuzz_header(data, len);
	fuzz_chunks(data, len);
	return 0;
}
