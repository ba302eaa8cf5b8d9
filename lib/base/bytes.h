/*
 * bytes.h - a growing run of bytes, and a reader over bytes somebody else
 * owns. Nothing else in Sello does pointer arithmetic on untrusted input.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Owned bytes. Start as {0}. at[len] is always a readable NUL once anything
 * was appended, so at may be used as a C string when it holds text without
 * NUL. `failed` is sticky: after one failed allocation every append does
 * nothing, so a long series of appends needs one check at its end. What is
 * appended must not lie in the same bytes.
 */
struct bytes {
	uint8_t *at;
	size_t len;
	size_t cap;
	bool failed;
};

/* bytes_add, bytes_add_byte, bytes_add_text, bytes_addf - append len bytes,
 * one, a text without its NUL, or what printf() would write. */
void bytes_add(struct bytes *b, const void *data, size_t len);
void bytes_add_byte(struct bytes *b, uint8_t byte);
void bytes_add_text(struct bytes *b, const char *text);
void bytes_addf(struct bytes *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * bytes_reserve - make room for len more; the room's start, or NULL. The
 * caller fills it and adds to len. Growing wipes what it leaves behind, so
 * that bytes_wipe() at the end reaches every copy.
 */
uint8_t *bytes_reserve(struct bytes *b, size_t len);

/* bytes_reset - empty it, keep the room, forget a failure. */
void bytes_reset(struct bytes *b);

/* bytes_free - release; bytes_wipe - cleanse all of cap, then release. */
void bytes_free(struct bytes *b);
void bytes_wipe(struct bytes *b);

/*
 * text_copy - a NUL-terminated text into an array of size bytes; false, out
 * untouched, when it does not fit. NULL counts as "".
 */
bool text_copy(char *out, size_t size, const char *text);

/*
 * bytes_has_wide - does this ASCII text stand in the data as UTF-16 or UTF-32
 * write it: with the same one or three NUL bytes behind each character but
 * the last? Time linear in len.
 */
bool bytes_has_wide(const uint8_t *data, size_t len, const char *text);

/* bytes_equal - the same bytes? Not in constant time: never for secrets. */
bool bytes_equal(const struct bytes *a, const struct bytes *b);

/* Borrowed bytes, read from the front. */
struct reader {
	const uint8_t *at;
	size_t left;
};

/* reader_take - the next n bytes, borrowed, as a reader of their own;
 * reader_byte - the next one. Each takes from the front, or returns false and
 * moves nothing. */
bool reader_take(struct reader *r, size_t n, struct reader *part);
bool reader_byte(struct reader *r, uint8_t *byte);
/* reader_skip_text - true, and past it, when the bytes start with text. Here,
 * for of most texts the compiler knows the length. */
static inline bool
reader_skip_text(struct reader *r, const char *text)
{
	size_t len = strlen(text);

	if (len > r->left || (len > 0 && memcmp(r->at, text, len) != 0))
		return false;
	if (len > 0) /* of nothing there may be no address */
		r->at += len;
	r->left -= len;
	return true;
}
/* reader_until - part = all before the first `stop`; r then starts at it. */
bool reader_until(struct reader *r, uint8_t stop, struct reader *part);

#endif
