/*
 * found.h - what sello-decode found on a page, and the lines in which
 * it says so (docs/reading.md, "What the helper answers"). Each page is said
 * as soon as it is done, so that nothing of it is lost with a later one.
 */
#ifndef DECODE_FOUND_H
#define DECODE_FOUND_H

#include "base/bytes.h"
#include "base/err.h"
#include "decode/gray.h"
#include "scan/protocol.h"

/* Where a code is, in 65536ths of the picture's sides. */
struct found_place {
	uint32_t top, bottom, left, right;
	/* across and down: of the code as it stands, upper left, upper right, lower
	 * right, lower left */
	uint32_t corner[4][2];
};

struct found_item {
	struct found_place place;
	struct bytes data;
};

/* One page, or a whole picture. Start as {0}. */
struct found {
	size_t count;
	struct found_item item[SCAN_CODE_MAX];
	bool letter;         /* one of the codes begins like a letter of ours */
	enum err bad;        /* ERR_OK, or why a part could not be looked at */
	enum scan_hint hint; /* why there is no code; HINT_NONE: not said */
	struct bytes held;   /* of a frame of a camera: for the next one */
	bool places;         /* where codes are is asked for */
	uint32_t side[2], um[2]; /* of the picture: found_picture() */
};

/*
 * found_add - keep one code; the same again is kept once. Over
 * PROTOCOL_ITEM_MAX it is dropped, after SCAN_CODE_MAX others too, and
 * ERR_LIMIT is remembered.
 */
void found_add(struct found *found, const struct found_place *place,
    const void *data, size_t len);

/* found_is_over - was a code dropped because there are too many? Then no other is
 * kept, and who searches may stop. */
bool found_is_over(const struct found *found);

/* found_picture - the picture, whose codes come now: its sides are said with
 * their places. */
void found_picture(struct found *found, const struct gray *picture);

/* found_bad - remember the first thing that went wrong. */
void found_bad(struct found *found, enum err why);

/*
 * found_say_codes - a line a code, from top to bottom, those beside each
 * other from left to right; then it is empty again but for `bad`.
 */
void found_say_codes(struct found *found, struct bytes *text);

/* found_say_hint - why there is no code in the picture, if that is known. */
void found_say_hint(const struct found *found, struct bytes *text);

/* found_say_held - what is held of a letter for the next frame, if so. */
void found_say_held(const struct found *found, struct bytes *text);

/* found_say_bad - why a part could not be looked at, if so. */
void found_say_bad(const struct found *found, struct bytes *text);

/* found_free - frees the codes; then {0}, ready for the next page. */
void found_free(struct found *found);

#endif
