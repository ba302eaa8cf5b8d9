/*
 * lines.c - lines.h.
 */
#include "verify/lines.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define PEEK_MIN 16 /* the longest magic of a picture, and some */

void
lines_init(struct lines *lines, int fd)
{
	lines->fd = fd;
	lines->number = 0;
	lines->start = lines->end = 0;
	lines->ended = false;
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
		return false;
	}
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

static bool
is_waiting(const struct lines *lines, int timeout_ms)
{
	struct pollfd wait = { .fd = lines->fd, .events = POLLIN };

	return lines->start == lines->end && timeout_ms >= 0 &&
	    poll(&wait, 1, timeout_ms) == 0;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The line without white space around it, the first without the mark that
 * editors begin UTF-8 with. */
static void
trim(struct lines *lines, size_t used, const char **text, size_t *len)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *at = lines->line;

	if (lines->number == 1 && used >= strlen(mark) &&
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
	lines->line[(size_t)(at - lines->line) + used] = '\0';
	*text = at;
	*len = used;
}

enum line_state
lines_next(struct lines *lines, int timeout_ms, const char **text, size_t *len)
{
	size_t used = 0;
	bool any = false, too_long = false;
	uint8_t byte;

	if (is_waiting(lines, timeout_ms))
		return LINE_WAITING;
	while (lines->start < lines->end || fill(lines)) {
		byte = lines->chunk[lines->start++];
		any = true;
		if (byte == '\n')
			break;
		if (used < LINES_MAX)
			lines->line[used++] = (char)byte;
		else
			too_long = true;
	}
	if (!any)
		return LINE_END;
	lines->number++;
	trim(lines, used, text, len);
	return too_long ? LINE_TOO_LONG : LINE_TEXT;
}

void
lines_wipe(struct lines *lines)
{
	OPENSSL_cleanse(lines, sizeof(*lines));
}
