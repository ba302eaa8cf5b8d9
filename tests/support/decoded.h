/*
 * decoded.h - text of any length into struct bytes, where Sello itself always
 * knows how many bytes it wants.
 */
#ifndef TESTS_SUPPORT_DECODED_H
#define TESTS_SUPPORT_DECODED_H

#include "base/bytes.h"
#include "base/encode.h"

/* decoded - append by one of the _exact functions, `bits` a character. */
static inline bool
decoded(bool (*exact)(const char *, size_t, uint8_t *, size_t), unsigned bits,
    const char *in, size_t len, struct bytes *out)
{
	size_t want = len * bits / 8;
	uint8_t *room = bytes_reserve(out, want);

	if (room == NULL || !exact(in, len, room, want))
		return false;
	out->len += want;
	return true;
}

static inline bool
hex_decode(const char *in, size_t len, struct bytes *out)
{
	return decoded(hex_decode_exact, 4, in, len, out);
}

static inline bool
base64url_decode(const char *in, size_t len, struct bytes *out)
{
	return decoded(base64url_decode_exact, 6, in, len, out);
}

#endif
