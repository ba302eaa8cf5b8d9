/*
 * bytes.c - growing bytes and the reader over borrowed ones: bytes.h.
 */
#include "base/bytes.h"

#include <openssl/crypto.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAP 64

static size_t
grown_cap(size_t cap, size_t need)
{
	size_t grown = cap < FIRST_CAP ? FIRST_CAP : cap;

	while (grown < need) {
		if (grown > SIZE_MAX / 2)
			return need;
		grown *= 2;
	}
	return grown;
}

/*
 * Not realloc(): it would leave a copy behind that bytes_wipe() can no longer
 * reach, and key files pass through here.
 */
static bool
grow(struct bytes *b, size_t need)
{
	size_t cap = grown_cap(b->cap, need);
	uint8_t *at = malloc(cap);

	if (at == NULL) {
		b->failed = true;
		return false;
	}
	if (b->len > 0)
		memcpy(at, b->at, b->len);
	if (b->at != NULL)
		OPENSSL_cleanse(b->at, b->cap);
	free(b->at);
	b->at = at;
	b->cap = cap;
	return true;
}

uint8_t *
bytes_reserve(struct bytes *b, size_t len)
{
	if (b->failed)
		return NULL;
	/* one more for the NUL behind the end */
	if (len >= PTRDIFF_MAX - b->len) {
		b->failed = true;
		return NULL;
	}
	if (b->len + len + 1 > b->cap && !grow(b, b->len + len + 1))
		return NULL;
	b->at[b->len] = '\0';
	b->at[b->len + len] = '\0';
	return b->at + b->len;
}

void
bytes_add(struct bytes *b, const void *data, size_t len)
{
	uint8_t *room = bytes_reserve(b, len);

	if (room == NULL || len == 0)
		return;
	memcpy(room, data, len);
	b->len += len;
}

void
bytes_add_byte(struct bytes *b, uint8_t byte)
{
	bytes_add(b, &byte, 1);
}

void
bytes_add_text(struct bytes *b, const char *text)
{
	bytes_add(b, text, strlen(text));
}

void
bytes_addf(struct bytes *b, const char *fmt, ...)
{
	uint8_t *room;
	va_list list, again;
	int len;

	va_start(list, fmt);
	va_copy(again, list);
	len = vsnprintf(NULL, 0, fmt, list);
	if (len < 0)
		b->failed = true;
	else if ((room = bytes_reserve(b, (size_t)len)) != NULL) {
		vsnprintf((char *)room, (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
	va_end(list);
}

void
bytes_reset(struct bytes *b)
{
	b->len = 0;
	b->failed = false;
	if (b->at != NULL)
		b->at[0] = '\0';
}

void
bytes_free(struct bytes *b)
{
	free(b->at);
	*b = (struct bytes){ 0 };
}

void
bytes_wipe(struct bytes *b)
{
	if (b->at != NULL)
		OPENSSL_cleanse(b->at, b->cap);
	bytes_free(b);
}

bool
text_copy(char *out, size_t size, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if (len >= size)
		return false;
	if (text != NULL)
		memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

/* In steps of so many bytes from here on. */
static bool
is_spread(const uint8_t *at, size_t left, const char *text, size_t step)
{
	size_t count = strlen(text), i, j;

	if (left < (count - 1) * step + 1)
		return false;
	for (i = 0; i < count; i++) {
		if (at[i * step] != (uint8_t)text[i])
			return false;
		for (j = 1; j < step && i + 1 < count; j++)
			if (at[i * step + j] != 0)
				return false;
	}
	return true;
}

bool
bytes_has_wide(const uint8_t *data, size_t len, const char *text)
{
	const uint8_t *at = data;

	if (len == 0 || text[0] == '\0')
		return false;
	while ((at = memchr(at, text[0], len - (size_t)(at - data))) != NULL) {
		size_t left = len - (size_t)(at - data);

		if (is_spread(at, left, text, 2) ||
		    is_spread(at, left, text, 4))
			return true;
		at++;
	}
	return false;
}

bool
bytes_equal(const struct bytes *a, const struct bytes *b)
{
	if (a->len != b->len)
		return false;
	return a->len == 0 || memcmp(a->at, b->at, a->len) == 0;
}

bool
reader_take(struct reader *r, size_t n, struct reader *part)
{
	if (n > r->left)
		return false;
	*part = (struct reader){ r->at, n };
	if (n > 0)
		r->at += n;
	r->left -= n;
	return true;
}

bool
reader_byte(struct reader *r, uint8_t *byte)
{
	struct reader part;

	if (!reader_take(r, 1, &part))
		return false;
	*byte = part.at[0];
	return true;
}

bool
reader_until(struct reader *r, uint8_t stop, struct reader *part)
{
	const uint8_t *found;

	if (r->left == 0)
		return false;
	found = memchr(r->at, stop, r->left);
	if (found == NULL)
		return false;
	return reader_take(r, (size_t)(found - r->at), part);
}
