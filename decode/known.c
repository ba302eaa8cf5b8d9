/*
 * known.c - known.h.
 */
#include "decode/known.h"

#include "base/bytes.h"
#include "base/encode.h"
#include "scan/protocol.h"

#include <string.h>
#include <zlib.h>

#define SINGLE_BITS 6
#define MODE_BITS   4
#define MODE        2 /* alphanumeric */
#define CHARACTERS  45
#define CRC_SIZE    4

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* How every format so far begins: five zero bits of a format byte below 8. */
static const char prefix[] = SCAN_PREFIX "A";

static int
count_bits(int version)
{
	return version < 10 ? 9 : version < 27 ? 11 : 13;
}

/* Characters that fit. */
static int
capacity(int version, enum qr_level level)
{
	struct qr_blocks b;
	int bits;

	if (version < 1)
		return 0;
	qr_blocks(version, level, &b);
	bits = 8 * (b.count * b.data + b.count - b.short_count) - MODE_BITS -
	    count_bits(version);
	return bits / KNOWN_PAIR_BITS * 2 +
	    (bits % KNOWN_PAIR_BITS >= SINGLE_BITS);
}

void
known_init(struct known *known, int version, enum qr_level level)
{
	struct qr_blocks b;

	qr_blocks(version, level, &b);
	*known = (struct known){ .version = version,
		.bytes = b.count * b.data + b.count - b.short_count,
		.count_bits = count_bits(version),
		.count_min = capacity(version - 1, level) + 1,
		.count_max = capacity(version, level) };
}

static int
text_start(const struct known *known)
{
	return MODE_BITS + known->count_bits;
}

/* The first bit behind the text. */
static int
text_end(const struct known *known, int count)
{
	return text_start(known) + count / 2 * KNOWN_PAIR_BITS +
	    count % 2 * SINGLE_BITS;
}

static int
index_of(char c)
{
	return (int)(strchr(alphabet, c) - alphabet);
}

/* Behind the text: 0000, 0 up to a byte, then EC and 11 in turn. */
static int
pad_bit(const struct known *known, int at)
{
	int bits = text_end(known, known->count) + 4, full = 8 * known->bytes;
	int first;

	if (bits > full)
		bits = full;
	first = (bits + 7) / 8;
	if (at < 8 * first)
		return 0;
	return ((at / 8 - first) % 2 == 0 ? 0xec : 0x11) >> (7 - at % 8) & 1;
}

int
known_bit(const struct known *known, int at)
{
	int start = text_start(known), pair, value;

	if (at < MODE_BITS)
		return MODE >> (MODE_BITS - 1 - at) & 1;
	if (at < start)
		return known->count == 0 ? -1
					 : known->count >> (start - 1 - at) & 1;
	pair = (at - start) / KNOWN_PAIR_BITS;
	if (pair < (int)(sizeof(prefix) - 1) / 2) {
		value = index_of(prefix[2 * pair]) * CHARACTERS +
		    index_of(prefix[2 * pair + 1]);
		return value >>
		    (KNOWN_PAIR_BITS - 1 - (at - start) % KNOWN_PAIR_BITS) &
		    1;
	}
	if (known->count == 0 || at < text_end(known, known->count))
		return -1;
	return pad_bit(known, at);
}

static int
read_bits(const uint8_t *data, int at, int count)
{
	int value = 0;

	for (; count > 0; count--, at++)
		value = value << 1 | (data[at / 8] >> (7 - at % 8) & 1);
	return value;
}

int
known_count(const struct known *known, const uint8_t *data)
{
	int count = read_bits(data, MODE_BITS, known->count_bits);

	return read_bits(data, 0, MODE_BITS) == MODE &&
		count >= known->count_min && count <= known->count_max
	    ? count
	    : 0;
}

static bool
is_base32(int value)
{
	char c = alphabet[value];

	return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}

bool
known_is_pair(int value)
{
	return value < CHARACTERS * CHARACTERS &&
	    is_base32(value / CHARACTERS) && is_base32(value % CHARACTERS);
}

int
known_pair(const struct known *known, int i)
{
	/* as much text as there has to be */
	int count = known->count > 0 ? known->count : known->count_min;

	return i < count / 2 ? text_start(known) + i * KNOWN_PAIR_BITS : -1;
}

bool
known_is_base32(
    const struct known *known, const uint8_t *data, int from, int to)
{
	int at, i;

	for (i = 0; (at = known_pair(known, i)) >= 0; i++)
		if (at >= from && at + KNOWN_PAIR_BITS <= to &&
		    !known_is_pair(read_bits(data, at, KNOWN_PAIR_BITS)))
			return false;
	return true;
}

/* False for a character that does not exist. */
static bool
text_of(const struct known *known, const uint8_t *data, int count,
    char text[KNOWN_TEXT_MAX])
{
	int at = text_start(known), i;

	for (i = 0; i + 1 < count; i += 2, at += KNOWN_PAIR_BITS) {
		int value = read_bits(data, at, KNOWN_PAIR_BITS);

		if (value >= CHARACTERS * CHARACTERS)
			return false;
		text[i] = alphabet[value / CHARACTERS];
		text[i + 1] = alphabet[value % CHARACTERS];
	}
	if (i < count) {
		int value = read_bits(data, at, SINGLE_BITS);

		if (value >= CHARACTERS)
			return false;
		text[i] = alphabet[value];
	}
	return true;
}

static bool
crc_is_right(const char *text, size_t len)
{
	struct bytes body = { 0 };
	bool right = false;

	if (base32_decode(text, len, &body) && body.len > CRC_SIZE) {
		size_t rest = body.len - CRC_SIZE;
		uint32_t crc = (uint32_t)crc32(0, body.at, (unsigned)rest);
		const uint8_t *said = body.at + rest;

		right = crc ==
		    ((uint32_t)said[0] << 24 | (uint32_t)said[1] << 16 |
			(uint32_t)said[2] << 8 | said[3]);
	}
	bytes_free(&body);
	return right;
}

bool
known_is_letter(const struct known *known, const uint8_t *data,
    char text[KNOWN_TEXT_MAX], size_t *len)
{
	size_t mark = strlen(SCAN_PREFIX);
	int count = known_count(known, data);

	if (count <= (int)mark || count > KNOWN_TEXT_MAX ||
	    !text_of(known, data, count, text) ||
	    memcmp(text, SCAN_PREFIX, mark) != 0 ||
	    !crc_is_right(text + mark, (size_t)count - mark))
		return false;
	*len = (size_t)count;
	return true;
}
