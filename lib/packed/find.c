/*
 * find.c - find.h. The checksum of what was read so far is kept four bytes behind,
 * so that each character asks once whether the code ends with it.
 */
#include "packed/find.h"

#include "base/utf8.h"
#include "packed/keyboard.h"
#include "packed/packed.h"

#include <string.h>
#include <zlib.h>

#define TRIES 4 /* prefixes in a row that begin no code */

/* bytes of a code with all that is between its parts: a keyboard types some
 * characters as two */
#define SPREAD_MAX (4 * PACKED_TEXT_MAX)

#define PREFIX_SIZE (sizeof(PACKED_PREFIX) - 1)

/* A body as it comes, five bits at a time. */
struct body {
	uint32_t buffer;
	int bits; /* of buffer, not used yet */
	uint32_t crc;
	uint8_t tail[4]; /* the last bytes, not in crc yet */
	size_t len;
};

static char
upper(uint32_t c)
{
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	return c < 0x80 ? (char)c : '\0';
}

bool
packed_find_prefix(struct reader text, struct reader *from)
{
	size_t i, at;

	for (at = 0; at + PREFIX_SIZE <= text.left; at++) {
		for (i = 0; i < PREFIX_SIZE; i++)
			if (upper(text.at[at + i]) != PACKED_PREFIX[i])
				break;
		if (i < PREFIX_SIZE)
			continue;
		*from = (struct reader){ text.at + at, text.left - at };
		return true;
	}
	return false;
}

/* What stands between the parts of a code that was broken into lines: white
 * space, marks of quotations and of soft ends of lines, marks of scanners. */
static bool
is_between(uint32_t c)
{
	return c <= ' ' || c == '>' || c == '|' || c == '=' || c == 0x7f ||
	    c == 0xa0 || c == 0x200b || c == 0xfeff;
}

static int
value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

static void
add_byte(struct body *b, uint8_t byte)
{
	if (b->len++ >= sizeof(b->tail))
		b->crc = (uint32_t)crc32(b->crc, b->tail, 1);
	memmove(b->tail, b->tail + 1, sizeof(b->tail) - 1);
	b->tail[sizeof(b->tail) - 1] = byte;
}

/* One character more; true: it makes the body whole. */
static bool
add_value(struct body *b, int value)
{
	const uint8_t *t = b->tail;

	b->buffer = (b->buffer << 5 | (uint32_t)value) & 0xfff;
	b->bits += 5;
	if (b->bits < 8)
		return false;
	b->bits -= 8;
	add_byte(b, (uint8_t)(b->buffer >> b->bits));
	return b->len > sizeof(b->tail) &&
	    (b->buffer & ((1u << b->bits) - 1)) == 0 &&
	    b->crc ==
	    ((uint32_t)t[0] << 24 | (uint32_t)t[1] << 16 | (uint32_t)t[2] << 8 |
		t[3]);
}

static char
meant(uint32_t typed, bool keyboard)
{
	return keyboard ? packed_keyboard_meant(typed) : upper(typed);
}

/* *text begins with the prefix; what is left of it when nothing more is read. */
static bool
read_code(struct reader *text, bool keyboard, struct bytes *code)
{
	struct body body = { .crc = (uint32_t)crc32(0, NULL, 0) };
	const uint8_t *begin = text->at;
	struct reader prefix;
	uint32_t typed;

	bytes_reset(code);
	bytes_add_text(code, PACKED_PREFIX);
	reader_take(text, PREFIX_SIZE, &prefix);
	while (code->len < PACKED_TEXT_MAX && text->at - begin < SPREAD_MAX &&
	    utf8_next(text, &typed)) {
		char c = is_between(typed) ? '\0' : meant(typed, keyboard);

		if (is_between(typed))
			continue;
		if (value_of(c) < 0)
			return false;
		bytes_add_byte(code, (uint8_t)c);
		if (add_value(&body, value_of(c)))
			return !code->failed;
	}
	return false;
}

bool
packed_read(
    struct reader text, struct bytes *code, struct reader *rest, size_t *work)
{
	int keyboard;

	for (keyboard = 0; keyboard < 2; keyboard++) {
		struct reader left = text;

		if (read_code(&left, keyboard != 0, code)) {
			*rest = left;
			return true;
		}
		if (work != NULL)
			*work += text.left - left.left;
	}
	return false;
}

bool
packed_find(
    struct reader text, struct bytes *code, struct reader *rest, size_t *work)
{
	struct reader skipped;
	int tries;

	for (tries = 0; tries < TRIES && packed_find_prefix(text, &text);
	     tries++) {
		if (packed_read(text, code, rest, work))
			return true;
		reader_take(&text, PREFIX_SIZE, &skipped);
	}
	return false;
}

bool
packed_may_go_on(struct reader text)
{
	uint32_t typed;

	while (utf8_next(&text, &typed))
		if (!is_between(typed) && value_of(meant(typed, true)) < 0 &&
		    value_of(meant(typed, false)) < 0)
			return false;
	return text.left == 0;
}
