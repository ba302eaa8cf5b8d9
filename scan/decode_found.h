/*
 * decode_found.h - what sello-decode found, and the lines in which it says
 * so (docs/reading.md, "What the helper answers").
 */
#ifndef SCAN_DECODE_FOUND_H
#define SCAN_DECODE_FOUND_H

#include "base/bytes.h"
#include "base/err.h"
#include "scan/protocol.h"

struct found_item {
	const char *kind; /* PROTOCOL_QR or PROTOCOL_XML */
	struct bytes data;
};

struct found {
	size_t count;
	struct found_item item[SCAN_CODE_MAX];
	bool letter;  /* one of the codes begins like a letter of ours */
	enum err bad; /* ERR_OK, or why a part could not be read */
};

/*
 * found_add - keep one thing; the same again is kept once, what is over
 * PROTOCOL_ITEM_MAX or after SCAN_CODE_MAX others is dropped.
 */
void found_add(
    struct found *found, const char *kind, const void *data, size_t len);

/* found_bad - remember the first thing that went wrong. */
void found_bad(struct found *found, enum err why);

/* found_write - the whole answer to fd; false when it cannot be written. */
bool found_write(const struct found *found, int fd);

void found_free(struct found *found);

#endif
