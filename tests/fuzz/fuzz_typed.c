/*
 * Any bytes as what a scanner types: taken into lines, put together to codes. A code
 * that is told is whole, and no character of it comes from nowhere.
 */
#include "packed/join.h"
#include "packed/packed.h"
#include "tests/fuzz/mutate.h"
#include "verify/lines.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	return seed % 3 == 0 ? LLVMFuzzerMutate(data, len, max)
			     : mutate_packed(data, len, max, seed / 3);
}

static void
tell(const struct joined *joined, void *arg)
{
	struct bytes xml = { 0 };
	enum err rc;

	(void)arg;
	if (joined->line == 0 || joined->text.left == 0)
		abort();
	rc = packed_decode(
	    (const char *)joined->text.at, joined->text.left, &xml, NULL, NULL);
	if (joined->kind == JOIN_CODE && rc == ERR_GARBLED)
		abort();
	bytes_free(&xml);
}

/* As verify/scan_typed.c does of a pipe. */
static void
take_lines(struct lines *lines, struct join *join)
{
	const char *text;
	size_t len;

	for (;;) {
		switch (lines_next(lines, -1, &text, &len)) {
		case LINE_TEXT:
			if (strlen(text) > len || len > LINES_MAX)
				abort();
			join_line(join, lines->number,
			    (struct reader){ (const uint8_t *)text, len });
			continue;
		case LINE_TOO_LONG:
			join_rest(join);
			continue;
		case LINE_WAITING:
		case LINE_COMING:
			abort(); /* nobody asked for it */
		case LINE_STOPPED:
		case LINE_END:
			break;
		}
		break;
	}
	join_rest(join);
	if (join_waits(join))
		abort();
}

static void
type(const uint8_t *data, size_t len, bool keys)
{
	static struct lines lines;
	struct join join = { .tell = tell };
	int fd = memfd_create("typed", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, len) != (ssize_t)len ||
	    lseek(fd, 0, SEEK_SET) != 0)
		abort();
	lines_init(&lines, fd);
	lines.keys = keys;
	take_lines(&lines, &join);
	join_wipe(&join);
	lines_wipe(&lines);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	type(data, len, false);
	type(data, len, true);
	return 0;
}
