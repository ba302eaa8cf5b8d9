/*
 * lines.c - lines.h.
 */
#include "verify/lines.h"

#include "base/clock.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define PEEK_MIN 16 /* the longest magic of a picture, and some */

/* STX and ETX, which some scanners type around a code. */
#define MARK_BEGIN 0x02
#define MARK_END   0x03

/* Of keys. A scanner types its marks at once behind the code, a hand later. */
#define ALONE_MS  100
#define CTRL_C    0x03
#define CTRL_D    0x04
#define BACKSPACE 0x08
#define DELETE    0x7f

void
lines_init(struct lines *lines, int fd)
{
	lines->fd = fd;
	lines->number = lines->used = 0;
	lines->start = lines->end = 0;
	lines->ended = lines->begun = lines->too_long = false;
	lines->ended_by = 0;
	lines->failed = lines->keys = lines->alone = false;
	lines->typed_ms = 0;
	lines->pause_ms = 0;
}

/* More into chunk's free room; false at the end. */
static bool
fill(struct lines *lines)
{
	ssize_t got;

	if (lines->start == lines->end)
		lines->start = lines->end = 0;
	if (lines->ended || lines->end == sizeof(lines->chunk))
		return false;
	do
		got = read(lines->fd, lines->chunk + lines->end,
		    sizeof(lines->chunk) - lines->end);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
		lines->ended = true;
		lines->failed = got < 0;
		return false;
	}
	lines->alone = got == 1 && clock_ms() - lines->typed_ms >= ALONE_MS;
	lines->typed_ms = clock_ms();
	lines->end += (size_t)got;
	return true;
}

void
lines_peek(struct lines *lines, const uint8_t **data, size_t *len)
{
	do {
		*data = lines->chunk + lines->start;
		*len = lines->end - lines->start;
		if (*len >= PEEK_MIN ||
		    (*len > 0 && memchr(*data, '\n', *len) != NULL))
			return;
	} while (fill(lines));
}

bool
lines_rest(struct lines *lines, size_t max, struct bytes *out)
{
	do {
		bytes_add(out, lines->chunk + lines->start,
		    lines->end - lines->start);
		lines->start = lines->end;
		if (out->failed || out->len > max)
			return false;
	} while (fill(lines));
	return true;
}

/* Within a line no longer than a pause. */
static bool
is_waiting(const struct lines *lines, int timeout_ms)
{
	struct pollfd wait = { .fd = lines->fd, .events = POLLIN };

	if (lines->begun && lines->pause_ms > 0)
		timeout_ms = lines->pause_ms;
	return lines->start == lines->end && timeout_ms >= 0 &&
	    poll(&wait, 1, timeout_ms) == 0;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == MARK_BEGIN;
}

/* The line without white space and marks around it, the first without the mark
 * that editors begin UTF-8 with. */
static void
view(const struct lines *lines, const char **text, size_t *len)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *at = lines->line;
	size_t used = lines->used;

	if (lines->number == 0 && used >= strlen(mark) &&
	    memcmp(at, mark, strlen(mark)) == 0) {
		at += strlen(mark);
		used -= strlen(mark);
	}
	while (used > 0 && is_space(at[0])) {
		at++;
		used--;
	}
	while (used > 0 && is_space(at[used - 1]))
		used--;
	*text = at;
	*len = used;
}

/* The line is whole; what was seen of it stays until the next one begins. */
static enum line_state
finish(struct lines *lines, const char **text, size_t *len)
{
	bool too_long = lines->too_long;

	view(lines, text, len);
	lines->line[(size_t)(*text - lines->line) + *len] = '\0';
	lines_take(lines);
	return too_long ? LINE_TOO_LONG : LINE_TEXT;
}

void
lines_take(struct lines *lines)
{
	lines->number++;
	lines->used = 0;
	lines->begun = lines->too_long = false;
}

/* CR LF is one end, and so are a scanner's mark and what it types behind it. */
static bool
is_rest_of_end(struct lines *lines, uint8_t byte)
{
	uint8_t before = lines->ended_by;

	lines->ended_by = 0;
	if (byte == '\r' && before == MARK_END)
		lines->ended_by = byte;
	return (byte == '\n' && before != 0) ||
	    (byte == '\r' && before == MARK_END);
}

static bool
ends_line(struct lines *lines, uint8_t byte)
{
	if (byte == '\r' || byte == MARK_END)
		lines->ended_by = byte;
	return byte == '\n' || byte == '\r' || byte == MARK_END;
}

static void
add(struct lines *lines, uint8_t byte)
{
	lines->begun = true;
	if (lines->used < LINES_MAX)
		lines->line[lines->used++] = (char)byte;
	else
		lines->too_long = true;
}

/* The last character, whose first byte is none of 80 to BF. */
static void
take_back(struct lines *lines)
{
	while (lines->used > 0 && (lines->line[--lines->used] & 0xc0) == 0x80)
		continue;
}

/* Of a key that is none of a line's: LINE_STOPPED, LINE_END or LINE_WAITING, when
 * all is done. */
static bool
is_key(struct lines *lines, uint8_t byte, enum line_state *state)
{
	*state = LINE_WAITING;
	if (!lines->keys)
		return false;
	if (byte == DELETE || byte == BACKSPACE) {
		take_back(lines);
		return true;
	}
	if (byte == CTRL_C)
		*state = LINE_STOPPED;
	else if (byte == CTRL_D)
		*state = LINE_END;
	if (*state == LINE_WAITING)
		return false;
	/* what was typed early, and its end at once behind it */
	return lines->alone ||
	    (byte == CTRL_D && !lines->begun && lines->start == lines->end);
}

enum line_state
lines_next(struct lines *lines, int timeout_ms, const char **text, size_t *len)
{
	enum line_state state;
	bool came = false;
	uint8_t byte;

	for (;;) {
		if (came && timeout_ms >= 0 && lines->start == lines->end)
			return LINE_COMING;
		if (is_waiting(lines, timeout_ms)) {
			view(lines, text, len);
			return LINE_WAITING;
		}
		if (lines->start == lines->end && !(came = fill(lines)))
			break;
		byte = lines->chunk[lines->start++];
		if (is_rest_of_end(lines, byte))
			continue;
		if (is_key(lines, byte, &state)) {
			if (state == LINE_WAITING)
				continue;
			return state;
		}
		if (ends_line(lines, byte))
			return finish(lines, text, len);
		add(lines, byte);
	}
	return lines->begun ? finish(lines, text, len) : LINE_END;
}

void
lines_wipe(struct lines *lines)
{
	OPENSSL_cleanse(lines, sizeof(*lines));
}
