/*
 * Any bytes as a mail and as a zip, through what sello-decode does to take the
 * files out of them. What it says is by the grammar, and within the limits.
 */
#include "decode/crate.h"
#include "scan/format.h"
#include "scan/protocol.h"
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* What was said, read back as the parent does. */
static void
check(int fd, struct crate *crate)
{
	struct bytes answer = { 0 };
	struct box box = { 0 };
	struct errtext err = { 0 };
	off_t len = lseek(fd, 0, SEEK_CUR);
	uint8_t *at = bytes_reserve(&answer, (size_t)len + 1);

	if (crate->broken || at == NULL || pread(fd, at, (size_t)len, 0) != len)
		abort();
	answer.len = (size_t)len;
	bytes_add_text(&answer, PROTOCOL_END "\n");
	if (answer.len > PROTOCOL_BOX_MAX)
		abort();
	if (box_parse(&answer, &box, &err) == ERR_OK &&
	    box.count != crate->count)
		abort();
	if (strstr(err.text, "no sensible answer") != NULL)
		abort();
	box_clear(&box);
	bytes_free(&answer);
}

static void
unpack(void (*with)(const struct bytes *file, struct crate *crate),
    const struct bytes *file)
{
	struct crate crate = { .fd = memfd_create("answer", 0) };

	with(file, &crate);
	check(crate.fd, &crate);
	close(crate.fd);
	crate_free(&crate);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bytes file = { 0 };

	bytes_add(&file, data, len);
	(void)format_of(data, len);
	unpack(mail_unpack, &file);
	unpack(zip_unpack, &file);
	bytes_free(&file);
	return 0;
}
