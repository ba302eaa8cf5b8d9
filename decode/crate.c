/*
 * crate.c - crate.h.
 */
#include "decode/crate.h"

#include "base/encode.h"
#include "base/file.h"
#include "scan/protocol.h"

static void
say(struct crate *crate)
{
	crate->broken |= crate->answer.failed ||
	    !file_write_all(crate->fd, crate->answer.at, crate->answer.len);
	bytes_wipe(&crate->answer);
}

bool
crate_room(const struct crate *crate, uint64_t len)
{
	return !crate->broken && crate->count < BOX_FILE_MAX &&
	    len <= SCAN_FILE_MAX && len <= BOX_BYTES_MAX - crate->bytes;
}

void
crate_waste(struct crate *crate, size_t len)
{
	crate->bytes += len;
}

bool
crate_add(
    struct crate *crate, const struct bytes *name, const struct bytes *data)
{
	size_t len = name->len;

	if (!crate_room(crate, data->len)) {
		crate_bad(crate, ERR_LIMIT);
		return false;
	}
	bytes_add_text(&crate->answer, PROTOCOL_FILE " ");
	base64_encode(len > 0 ? name->at : (const uint8_t *)"?",
	    len > PROTOCOL_NAME_MAX ? PROTOCOL_NAME_MAX
		: len > 0           ? len
				    : 1,
	    &crate->answer);
	bytes_add_byte(&crate->answer, ' ');
	base64_encode(data->at, data->len, &crate->answer);
	bytes_add_byte(&crate->answer, '\n');
	crate->count++;
	crate->bytes += data->len;
	say(crate);
	return !crate->broken;
}

void
crate_kind(struct crate *crate, const char *word)
{
	bytes_addf(&crate->answer, PROTOCOL_KIND " %s\n", word);
	say(crate);
}

void
crate_bad(struct crate *crate, enum err why)
{
	if (crate->bad == ERR_OK)
		crate->bad = why;
}

void
crate_free(struct crate *crate)
{
	bytes_free(&crate->answer);
}
