/*
 * decode_found.c - collecting and answering: decode_found.h.
 */
#include "scan/decode_found.h"

#include "base/encode.h"
#include "base/file.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool
is_known(
    const struct found *found, const char *kind, const void *data, size_t len)
{
	size_t i;

	for (i = 0; i < found->count; i++) {
		const struct found_item *item = &found->item[i];

		if (strcmp(item->kind, kind) == 0 && item->data.len == len &&
		    memcmp(item->data.at, data, len) == 0)
			return true;
	}
	return false;
}

void
found_add(struct found *found, const char *kind, const void *data, size_t len)
{
	struct found_item *item;

	if (len == 0 || len > PROTOCOL_ITEM_MAX ||
	    found->count == SCAN_CODE_MAX || is_known(found, kind, data, len))
		return;
	item = &found->item[found->count];
	bytes_add(&item->data, data, len);
	if (item->data.failed) {
		found_bad(found, ERR_MEMORY);
		return;
	}
	item->kind = kind;
	found->count++;
	if (len >= strlen(SCAN_PREFIX) &&
	    strncasecmp((const char *)item->data.at, SCAN_PREFIX,
		strlen(SCAN_PREFIX)) == 0)
		found->letter = true;
}

void
found_bad(struct found *found, enum err why)
{
	if (found->bad == ERR_OK)
		found->bad = why;
}

static const char *
bad_word(enum err why)
{
	if (why == ERR_LIMIT)
		return PROTOCOL_BAD_LIMIT;
	return why == ERR_MEMORY ? PROTOCOL_BAD_MEMORY : PROTOCOL_BAD_DAMAGED;
}

bool
found_write(const struct found *found, int fd)
{
	struct bytes text = { 0 };
	size_t i;
	bool done;

	for (i = 0; i < found->count; i++) {
		const struct found_item *item = &found->item[i];

		bytes_addf(&text, "%s ", item->kind);
		base64_encode(item->data.at, item->data.len, &text);
		bytes_add_byte(&text, '\n');
	}
	if (found->bad != ERR_OK)
		bytes_addf(&text, PROTOCOL_BAD " %s\n", bad_word(found->bad));
	bytes_add_text(&text, PROTOCOL_END "\n");
	done = !text.failed && file_write_all(fd, text.at, text.len);
	bytes_free(&text);
	return done;
}

void
found_free(struct found *found)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		bytes_free(&found->item[i].data);
	*found = (struct found){ 0 };
}
