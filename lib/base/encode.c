/*
 * encode.c - hexadecimal, Base32 and Base64, strict both ways: encode.h.
 *
 * All four are the same machine: `bits` a character, most significant first.
 */
#include "base/encode.h"
#include "base/bytes.h"

#include <stdio.h>
#include <string.h>

struct alphabet {
	const char *characters;
	int (*value)(char c); /* -1 when outside */
	unsigned bits;        /* a character */
	unsigned pad;         /* characters of a padded group; 0: no padding */
};

/* Is c one of from ... to, whose first has this value? Its value and one, or 0.
 * Without a branch: which way it goes is chance, and may be a secret. */
static int
within(int c, int from, int to, int value)
{
	unsigned outside = (unsigned)(c - from) | (unsigned)(to - c);

	return (int)((outside >> 31) - 1u) & (c - from + value + 1);
}

static int
hex_value(char c)
{
	return (within(c, '0', '9', 0) | within(c, 'a', 'f', 10)) - 1;
}

static int
base32_value(char c)
{
	return (within(c, 'A', 'Z', 0) | within(c, '2', '7', 26)) - 1;
}

/* And one, or 0. */
static int
alnum(char c)
{
	return within(c, 'A', 'Z', 0) | within(c, 'a', 'z', 26) |
	    within(c, '0', '9', 52);
}

static int
base64_value(char c)
{
	return (alnum(c) | within(c, '+', '+', 62) | within(c, '/', '/', 63)) -
	    1;
}

static int
base64url_value(char c)
{
	return (alnum(c) | within(c, '-', '-', 62) | within(c, '_', '_', 63)) -
	    1;
}

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static const struct alphabet hex = { "0123456789abcdef", hex_value, 4, 0 };
static const struct alphabet base32 = { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
	base32_value, 5, 0 };
static const struct alphabet base64 = { ALNUM "+/", base64_value, 6, 4 };
static const struct alphabet base64url = { ALNUM "-_", base64url_value, 6, 0 };

static void
encode(
    const struct alphabet *a, const uint8_t *in, size_t len, struct bytes *out)
{
	size_t chars, padded;
	uint32_t held = 0;
	unsigned bits = 0;
	uint8_t *to;
	size_t i;

	if (len > SIZE_MAX / 8 - 8) {
		out->failed = true;
		return;
	}
	chars = (len * 8 + a->bits - 1) / a->bits;
	padded = a->pad ? (chars + a->pad - 1) / a->pad * a->pad : chars;
	if ((to = bytes_reserve(out, padded)) == NULL)
		return;
	memset(to, '=', padded);
	for (i = 0; i < len; i++) {
		held = held << 8 | in[i];
		for (bits += 8; bits >= a->bits; bits -= a->bits) {
			*to++ =
			    (uint8_t)a->characters[held >> (bits - a->bits) &
				((1u << a->bits) - 1)];
		}
	}
	if (bits > 0)
		*to = (uint8_t)a->characters[held << (a->bits - bits) &
		    ((1u << a->bits) - 1)];
	out->len += padded;
}

/* Takes the padding off; false when it is not what the length asks for. */
static bool
strip_padding(const struct alphabet *a, const char *in, size_t *len)
{
	size_t n = *len;

	if (a->pad == 0)
		return true;
	if (n % a->pad != 0)
		return false;
	while (n > 0 && *len - n < 2 && in[n - 1] == '=')
		n--;
	*len = n;
	return true;
}

/* Writes len * bits / 8 bytes to out, which may be NULL. */
static bool
decode_into(const struct alphabet *a, const char *in, size_t len, uint8_t *out)
{
	uint32_t held = 0;
	unsigned bits = 0;
	size_t i;
	int value;

	for (i = 0; i < len; i++) {
		if ((value = a->value(in[i])) < 0)
			return false;
		held = held << a->bits | (uint32_t)value;
		bits += a->bits;
		if (bits >= 8) {
			bits -= 8;
			if (out != NULL)
				*out++ = (uint8_t)(held >> bits);
		}
	}
	/* a whole unused character, or unused bits that say something */
	return bits < a->bits && (held & ((1u << bits) - 1)) == 0;
}

static bool
decode(const struct alphabet *a, const char *in, size_t len, struct bytes *out)
{
	uint8_t *room;

	if (len > SIZE_MAX / 8 || !strip_padding(a, in, &len))
		return false;
	if ((room = bytes_reserve(out, len * a->bits / 8)) == NULL)
		return false;
	if (!decode_into(a, in, len, room)) {
		*room = '\0';
		return false;
	}
	out->len += len * a->bits / 8;
	return true;
}

/* Without memory of its own: what is not of this form is told from what could not
 * be looked at. */
static bool
decode_exact(const struct alphabet *a, const char *in, size_t len, uint8_t *out,
    size_t out_len)
{
	return len <= SIZE_MAX / 8 && strip_padding(a, in, &len) &&
	    len * a->bits / 8 == out_len && decode_into(a, in, len, NULL) &&
	    decode_into(a, in, len, out);
}

void
fingerprint_text(const uint8_t hash[32], char out[FINGERPRINT_SIZE])
{
	size_t i;

	for (i = 0; i < 32; i += 2)
		out += snprintf(out, 6, "%s%02x%02x", i == 0 ? "" : " ",
		    hash[i], hash[i + 1]);
}

void
hex_encode(const uint8_t *in, size_t len, struct bytes *out)
{
	encode(&hex, in, len, out);
}

void
base32_encode(const uint8_t *in, size_t len, struct bytes *out)
{
	encode(&base32, in, len, out);
}

void
base64_encode(const uint8_t *in, size_t len, struct bytes *out)
{
	encode(&base64, in, len, out);
}

void
base64url_encode(const uint8_t *in, size_t len, struct bytes *out)
{
	encode(&base64url, in, len, out);
}

bool
base32_decode(const char *in, size_t len, struct bytes *out)
{
	return decode(&base32, in, len, out);
}

bool
base64_decode(const char *in, size_t len, struct bytes *out)
{
	return decode(&base64, in, len, out);
}

bool
hex_decode_exact(const char *in, size_t len, uint8_t *out, size_t out_len)
{
	return decode_exact(&hex, in, len, out, out_len);
}

bool
base64_decode_exact(const char *in, size_t len, uint8_t *out, size_t out_len)
{
	return decode_exact(&base64, in, len, out, out_len);
}

bool
base64url_decode_exact(const char *in, size_t len, uint8_t *out, size_t out_len)
{
	return decode_exact(&base64url, in, len, out, out_len);
}
