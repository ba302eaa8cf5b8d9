/*
 * head.h - the head of a request (RFC 9112, sections 2 to 6), strictly: what a
 * browser sends and nothing else. No folded lines, no bare line feeds, no
 * control characters, one length at most. libmicrohttpd, which reads the
 * request afterwards, forgives more than this.
 */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAD_MAX        ((size_t)16 << 10) /* bytes with the empty line: 431 */
#define HEAD_LINES_MAX  64                 /* headers: 431 */
#define HEAD_TARGET_MAX ((size_t)4 << 10)  /* bytes of path and query: 414 */

struct head_line {
	const char *name, *value;
};

struct head {
	char *text; /* owned: all strings lie in it */
	size_t len; /* of it */
	const char *method, *target;
	struct head_line line[HEAD_LINES_MAX];
	size_t line_count;
	bool chunked;
	uint64_t length; /* Content-Length; 0 where there is none */
};

/*
 * head_read - is this the head of a request?
 *
 *   data  all that came so far; what stands behind the head is not looked at
 *   out   {0}; filled when it is whole, to be released with head_clear()
 *
 * Returns 200 when it is whole; 0 when more must come; else the status to
 * refuse it with: 400, 414, 421 (its target names another server), 431, 501
 * (a transfer coding but chunked), 503 (no memory), 505.
 */
int head_read(const uint8_t *data, size_t len, struct head *out);

/* head_value - of the i-th header of this name (in any case), NULL after the
 * last. */
const char *head_value(const struct head *head, const char *name, size_t i);

void head_clear(struct head *head);

#endif
