/*
 * lines.h - lines from a descriptor as they arrive, in bounded memory: what
 * a scanner types, or a pipe of codes. A line ends with LF, CR, CR LF, or a
 * scanner's ETX. An overlong line is one line that says so.
 */
#ifndef VERIFY_LINES_H
#define VERIFY_LINES_H

#include "base/bytes.h"
#include "packed/packed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINES_MAX (2 * PACKED_TEXT_MAX) /* bytes of a line */

struct lines {
	int fd;
	size_t number;      /* of the last line given, from 1 */
	size_t start, end;  /* what of chunk is not used yet */
	bool ended, failed; /* failed: it could not be read to its end */
	size_t used;        /* of line: what there is of it */
	bool begun, too_long;
	int pause_ms; /* set it when a line may have no end: how long nothing
			   * comes before that is told; 0: for ever */
	bool keys;    /* set it when keys are typed: verify/keys.h */
	bool alone;   /* the byte in chunk was typed by itself */
	int64_t typed_ms; /* when something came last */
	uint8_t
	    ended_by; /* the last one: CR or ETX, behind which more may come */
	uint8_t chunk[16384];
	char line[LINES_MAX + 1];
};

enum line_state {
	LINE_TEXT, /* text and len are set; without white space around */
	LINE_TOO_LONG,
	LINE_WAITING, /* nothing came for timeout_ms; text and len are what there
		       * is of a line, without a NUL */
	LINE_COMING,  /* with a timeout: bytes came and no end of the line; what
		       * else there is to look at, such as signals, is due */
	LINE_STOPPED, /* of keys: Ctrl-C was typed */
	LINE_END,     /* of keys: or Ctrl-D */
};

/* lines_init - read from fd, which stays the caller's. */
void lines_init(struct lines *lines, int fd);

/*
 * lines_peek - read until something is known about the input's type: at least
 * 16 bytes or a line. What is peeked is given again by lines_next().
 */
void lines_peek(struct lines *lines, const uint8_t **data, size_t *len);

/* lines_rest - append all that is left, at most max bytes; false when there
 * is more, or it cannot be read. */
bool lines_rest(struct lines *lines, size_t max, struct bytes *out);

/*
 * lines_next - the next line, empty ones too.
 *
 *   timeout_ms  how long to wait for the next byte; -1: for ever
 *   text, len   out: borrowed until the next call, NUL-terminated
 */
enum line_state lines_next(
    struct lines *lines, int timeout_ms, const char **text, size_t *len);

/* lines_take - what there is of a line is used: the next one begins. */
void lines_take(struct lines *lines);

/* lines_wipe - cleanse what was read. */
void lines_wipe(struct lines *lines);

#endif
