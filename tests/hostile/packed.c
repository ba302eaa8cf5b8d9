/*
 * packed.c - the text of a code: every bit of it turned, every length, every
 * format byte, fields and streams that no encoder writes; damaged as a bad scan
 * is, and with the checksum put right as a forger would.
 */
#include "tests/hostile/hostile.h"
#include "tests/hostile/picture.h"

#include "base/encode.h"
#include "packed/packed.h"
#include "packed/testpage.h"

#include <openssl/bn.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define GARBLED   "U-GARBLED"
#define BEGINNING 9 /* characters that make more than a word */
#define FORM      "U-PROFILE"
#define CHANGE    "F-SIGNATURE"
#define VERSION   "U-VERSION"

/* what follows the fields: docs/packed-form.md, section 2 */
#define CRC       4
#define SIGNATURE 64
#define KEY_ID    4
#define BEHIND    (KEY_ID + SIGNATURE)

static void
put_text(struct hostile *h, const char *what, const void *text, size_t len,
    const char *want)
{
	hostile_put(h, "packed", what, "txt", text, len, want);
}

static void
put_body(struct hostile *h, const char *what, const void *body, size_t len,
    const char *want)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, PACKED_PREFIX);
	base32_encode(body, len, &text);
	put_text(h, what, text.at, text.len, want);
	bytes_free(&text);
}

/* With the checksum put right: over all but the last 4 bytes. */
static void
put_mended(struct hostile *h, const char *what, const void *body, size_t len,
    const char *want)
{
	struct bytes mended = { 0 };
	uint32_t crc = (uint32_t)crc32(0, body, (uInt)(len - CRC));
	const uint8_t big[CRC] = { (uint8_t)(crc >> 24), (uint8_t)(crc >> 16),
		(uint8_t)(crc >> 8), (uint8_t)crc };

	bytes_add(&mended, body, len - CRC);
	bytes_add(&mended, big, sizeof(big));
	put_body(h, what, mended.at, mended.len, want);
	bytes_free(&mended);
}

static void
body_of(const struct sheep *s, struct bytes *body)
{
	size_t skip = strlen(PACKED_PREFIX);

	hostile_must(
	    base32_decode((char *)s->code.at + skip, s->code.len - skip, body),
	    "Base32");
}

/* --- every bit, every length --------------------------------------------- */

/* What a turned bit under a good checksum must be taken for. */
static const char *
turned(const struct bytes *body, size_t byte)
{
	size_t fields = body->len - CRC - BEHIND;

	if (byte == 0)
		return body->at[0] == TESTPAGE_FORMAT ? "U-FOREIGN"
						      : FORM "|" VERSION;
	if (byte < fields)
		return FORM "|" CHANGE;
	if (byte < fields + KEY_ID)
		return "U-ISSUER";
	return CHANGE;
}

static void
put_bits(struct hostile *h, struct bytes *body)
{
	char what[64];
	size_t i;

	for (i = 0; i < body->len * 8; i++) {
		body->at[i / 8] ^= (uint8_t)(1 << i % 8);
		snprintf(what, sizeof(what), "bit %zu", i);
		put_body(h, what, body->at, body->len, GARBLED);
		if (i / 8 < body->len - CRC) {
			snprintf(what, sizeof(what), "bit %zu mended", i);
			put_mended(
			    h, what, body->at, body->len, turned(body, i / 8));
		}
		body->at[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}

static void
put_formats(struct hostile *h, struct bytes *body)
{
	uint8_t was = body->at[0];
	char what[64];
	int i;

	for (i = 0; i < 256; i++) {
		if (i == was)
			continue;
		body->at[0] = (uint8_t)i;
		snprintf(what, sizeof(what), "format %d", i);
		put_mended(h, what, body->at, body->len,
		    i == TESTPAGE_FORMAT ? "U-FOREIGN"
			: i == 2         ? FORM
					 : VERSION);
	}
	body->at[0] = was;
}

static void
put_lengths(struct hostile *h, const struct bytes *body)
{
	struct bytes longer = { 0 };
	char what[64];
	size_t i;

	for (i = CRC; i < body->len; i++) {
		snprintf(what, sizeof(what), "body of %zu", i);
		put_mended(h, what, body->at, i,
		    i == CRC ? GARBLED "|" FORM : FORM "|U-ISSUER|" CHANGE);
	}
	/* a whole code, and what somebody typed behind it: lib/packed/find.h;
	 * also where a new checksum begins as the rest of the old one does, one
	 * time in 256 with a byte of it left */
	bytes_add(&longer, body->at, body->len);
	for (i = 1; i < 100; i++) {
		bytes_add_byte(&longer, (uint8_t)(i % 3 == 0 ? 0xff : 0));
		snprintf(what, sizeof(what), "%zu more", i);
		put_mended(
		    h, what, longer.at, longer.len, i < CRC ? FORM "|" : "");
		put_body(h, what, longer.at, longer.len, "");
	}
	bytes_free(&longer);
}

/* Is the text from here on the same character, so that any of them twice is one
 * more at its end? Of codes one in 32 ends so. */
static bool
is_same_to_the_end(const struct bytes *text, size_t from)
{
	while (from + 1 < text->len && text->at[from] == text->at[from + 1])
		from++;
	return from + 1 == text->len;
}

/* Each character missing, twice, and the text cut there. */
static void
put_characters(struct hostile *h)
{
	const struct bytes *code = &h->one.code;
	size_t prefix = strlen(PACKED_PREFIX), i;
	struct bytes text = { 0 };

	for (i = 0; i < code->len; i++) {
		const char *want = i < prefix ? "U-FOREIGN" : GARBLED;

		bytes_reset(&text);
		bytes_add(&text, code->at, i);
		bytes_add(&text, code->at + i + 1, code->len - i - 1);
		/* one L less, and one more */
		put_text(h, "character missing", text.at, text.len, want);
		bytes_reset(&text);
		bytes_add(&text, code->at, i + 1);
		bytes_add(&text, code->at + i, code->len - i);
		put_text(h, "character twice", text.at, text.len,
		    i == 0 || is_same_to_the_end(code, i) ? ""
			: i == prefix - 1                 ? GARBLED
							  : want);
		put_text(h, "cut", code->at, i,
		    i == 0              ? "U-UNREADABLE"
			: i < BEGINNING ? "U-FOREIGN"
					: GARBLED);
	}
	bytes_free(&text);
}

/* --- parts of others ----------------------------------------------------- */

static void
put_spliced(struct hostile *h, const struct bytes *one)
{
	struct bytes two = { 0 }, far = { 0 }, mix = { 0 };
	size_t fields = one->len - CRC - BEHIND;

	body_of(&h->two, &two);
	body_of(&h->far, &far);
#define MIX(what, head, tail, want)                                      \
	do {                                                             \
		bytes_reset(&mix);                                       \
		bytes_add(&mix, (head)->at, fields);                     \
		bytes_add(&mix, (tail)->at + (tail)->len - CRC - BEHIND, \
		    BEHIND + CRC);                                       \
		put_mended(h, what, mix.at, mix.len, want);              \
	} while (0)
	MIX("signed as another", one, &two, CHANGE);
	MIX("another signed as this", &two, one, CHANGE);
	MIX("signed as another center's", one, &far, CHANGE);
	MIX("another center's signed as this", &far, one, CHANGE);
#undef MIX
	bytes_reset(&mix);
	bytes_add(&mix, one->at, one->len - CRC);
	bytes_add(&mix, two.at, two.len);
	put_mended(h, "two bodies", mix.at, mix.len, FORM);
	bytes_free(&two);
	bytes_free(&far);
	bytes_free(&mix);
}

static const uint8_t order[32] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00,
	0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
	0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25,
	0x51 };

/* Values of r and s. */
static void
put_signatures(struct hostile *h, const struct bytes *body)
{
	struct bytes copy = { 0 };
	uint8_t *r, *s, was[64];
	BIGNUM *n = BN_bin2bn(order, 32, NULL), *x;

	bytes_add(&copy, body->at, body->len);
	r = copy.at + copy.len - CRC - SIGNATURE;
	s = r + 32;
	memcpy(was, r, sizeof(was));
	x = BN_bin2bn(s, 32, NULL);
	hostile_must(
	    BN_sub(x, n, x) == 1 && BN_bn2binpad(x, s, 32) == 32, "n - s");
	put_mended(h, "n - s", copy.at, copy.len, ""); /* means the same */
	memcpy(s, order, 32);
	put_mended(h, "s is n", copy.at, copy.len, CHANGE);
	memset(s, 0, 32);
	put_mended(h, "s is 0", copy.at, copy.len, CHANGE);
	memcpy(r, was, 64);
	memset(r, 0, 32);
	put_mended(h, "r is 0", copy.at, copy.len, CHANGE);
	memset(r, 0xff, 64);
	put_mended(h, "r and s are 2^256 - 1", copy.at, copy.len, CHANGE);
	memcpy(r, was + 32, 32);
	memcpy(s, was, 32);
	put_mended(h, "r and s exchanged", copy.at, copy.len, CHANGE);
	BN_free(n);
	BN_free(x);
	bytes_free(&copy);
}

/* --- overlong numbers ---------------------------------------------------- */

static bool
bit_of(const struct bytes *b, size_t i)
{
	return b->at[i / 8] >> (7 - i % 8) & 1;
}

static void
add_bits(struct bytes *out, size_t *count, uint32_t value, unsigned bits)
{
	while (bits-- > 0) {
		if (*count % 8 == 0)
			bytes_add_byte(out, 0);
		if (value >> bits & 1)
			out->at[*count / 8] |= (uint8_t)(0x80 >> *count % 8);
		++*count;
	}
}

/* The sequence, 0, in a number wider than it needs: 2 bits that choose the
 * width, behind the format byte and the center. */
static void
put_overlong(struct hostile *h, const struct bytes *body)
{
	static const unsigned widths[] = { 6, 10, 14, 20 };
	size_t end = (body->len - CRC - BEHIND) * 8, place = 8 + 32, i, k;
	char what[64];

	for (k = 1; k < COUNT(widths); k++) {
		struct bytes out = { 0 };
		size_t count = 0;

		for (i = 0; i < place; i++)
			add_bits(&out, &count, bit_of(body, i), 1);
		add_bits(&out, &count, (uint32_t)k, 2);
		add_bits(&out, &count, 0, widths[k]);
		for (i = place + 2 + widths[0]; i < end; i++)
			add_bits(&out, &count, bit_of(body, i), 1);
		bytes_add(&out, body->at + end / 8, BEHIND + CRC);
		snprintf(what, sizeof(what), "0 in %u bits", widths[k]);
		put_mended(h, what, out.at, out.len, FORM);
		bytes_free(&out);
	}
}

/* --- streams ------------------------------------------------------------- */

#define OPEN  "<ReferralLetter xmlns=\"urn:sello:letter:1\">"
#define CLOSE "</ReferralLetter>"

/* Format 2: any bytes for a stream, this center's key and a Signature. */
static void
put_stream(struct hostile *h, const char *what, const void *stream, size_t len,
    const struct bytes *one, const char *want)
{
	struct bytes body = { 0 };

	bytes_add_byte(&body, 2);
	bytes_add(&body, stream, len);
	bytes_add(&body, one->at + one->len - CRC - BEHIND, BEHIND + CRC);
	put_mended(h, what, body.at, body.len, want);
	bytes_free(&body);
}

static const struct {
	const char *what, *stream;
	size_t len;
} streams[] = {
	{ "no stream", "", 0 },
	{ "an empty stored block", "\x01\0\0\xff\xff", 5 },
	{ "a stored block, lengths differ", "\x01\x05\0\xff\xffhello", 10 },
	{ "a stored block, cut", "\x01\x05\0\xfa\xffhe", 7 },
	{ "a stored block, not the last", "\0\x05\0\xfa\xffhello", 10 },
	{ "a stored block of 65535", "\x01\xff\xff\0\0x", 6 },
	{ "a block of type 3", "\x07", 1 },
	{ "an empty fixed block", "\x03\0", 2 },
	{ "a fixed block, cut", "\x4b", 1 },
	{ "a distance too far", "\x4b\x04\x03\0", 4 },
	{ "a dynamic block without codes", "\x05\0\0\0\0\0\0\0", 8 },
	{ "a dynamic block with too many",
	    "\xfd\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10 },
	{ "zeros", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16 },
	{ "ones", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
	    14 },
};

/* So much of a thing in a letter's root. */
static void
put_bomb(struct hostile *h, const char *what, size_t len, char fill,
    const struct bytes *one)
{
	struct bytes plain = { 0 }, stream = { 0 };
	char name[64];

	bytes_addf(&plain, OPEN "<LetterNumber>%s</LetterNumber>",
	    h->one.letter.number);
	memset(bytes_reserve(&plain, len), fill, len);
	plain.len += len;
	bytes_add_text(&plain, CLOSE);
	squeeze(plain.at, plain.len, -15, &stream);
	snprintf(name, sizeof(name), "%zu %s", len, what);
	put_stream(h, name, stream.at, stream.len, one,
	    FORM "|U-SIZE|U-GARBLED|" CHANGE);
	bytes_free(&plain);
	bytes_free(&stream);
}

static void
put_streams(struct hostile *h, const struct bytes *one)
{
	static const size_t sizes[] = { 1000, 31000, 32768, 100000, 1 << 20,
		2500000, 10 << 20 };
	struct bytes plain = { 0 }, stream = { 0 };
	size_t i;

	for (i = 0; i < COUNT(streams); i++)
		put_stream(h, streams[i].what, streams[i].stream,
		    streams[i].len, one, FORM);
	for (i = 0; i < COUNT(sizes); i++) {
		put_bomb(h, "spaces", sizes[i], ' ', one);
		put_bomb(h, "NULs", sizes[i], '\0', one);
		put_bomb(h, "brackets", sizes[i], '<', one);
	}
	bytes_addf(&plain, OPEN "%s" CLOSE, (char *)h->one.fields.at);
	squeeze(plain.at, plain.len, -15, &stream);
	put_stream(
	    h, "what format 1 carries", stream.at, stream.len, one, FORM);
	bytes_add_byte(&stream, 0);
	put_stream(
	    h, "a byte behind a stream", stream.at, stream.len, one, FORM);
	bytes_reset(&stream);
	squeeze(plain.at, plain.len, 15, &stream);
	put_stream(h, "a zlib stream", stream.at, stream.len, one, FORM);
	bytes_reset(&stream);
	squeeze(plain.at, plain.len, 15 + 16, &stream);
	put_stream(h, "a gzip stream", stream.at, stream.len, one, FORM);
	bytes_reset(&stream);
	squeeze(h->one.file.at, h->one.file.len, -15, &stream);
	put_stream(h, "a signed file", stream.at, stream.len, one, FORM);
	bytes_free(&plain);
	bytes_free(&stream);
}

/* A thief's letter that takes format 2: each third bit of it turned. Several
 * streams unpack to one letter. */
static void
put_second_format(struct hostile *h)
{
	struct bytes fields = { 0 }, file = { 0 }, body = { 0 };
	struct sheep thief = { .code = { 0 } };
	struct packed_info info;
	char what[64];
	size_t i;

	hostile_swap(&h->one.fields, " estimated=\"true\">1990</",
	    ">1801-02-03</", &fields);
	hostile_thief(h, &h->one, (char *)fields.at, fields.len, &file);
	hostile_must(packed_encode(file.at, file.len, &thief.code, &info,
			 NULL) == ERR_OK &&
		info.format == 2,
	    "format 2");
	put_text(h, "a thief's, format 2", thief.code.at, thief.code.len,
	    "F-UNLOGGED");
	body_of(&thief, &body);
	for (i = 0; i < (body.len - CRC) * 8; i += 3) {
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
		snprintf(what, sizeof(what), "format 2 bit %zu mended", i);
		put_mended(h, what, body.at, body.len,
		    FORM "|" VERSION "|U-ISSUER|F-UNLOGGED|" CHANGE);
		body.at[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	bytes_free(&fields);
	bytes_free(&file);
	bytes_free(&body);
	bytes_free(&thief.code);
}

/* --- texts --------------------------------------------------------------- */

/* What stands around a whole code is passed by. %c: the code, %s: in small letters, %d: letter 2's. */
static const struct {
	const char *what, *form, *want;
} texts[] = {
	{ "small letters", "%s", "" },
	{ "with a line feed", "%c\n", "" },
	{ "with CR LF", "%c\r\n", "" },
	{ "with spaces around", "  %c  ", "" },
	{ "twice", "%c\n%c\n", "" },
	{ "in both cases", "%c\n%s\n", "" },
	{ "two letters", "%c\n%d\n", ";" },
	{ "the prefix twice", "SELLO%c", "" },
	{ "another prefix", "SELL0%c", "" },
	{ "padding", "%c======", "" },
	{ "a letter more", "%cA", "" },
	{ "eight letters more", "%cAAAAAAAA", "" },
	{ "a digit that is none", "%c1", "" },
	{ "only a prefix", "SELLO", "U-FOREIGN" },
	{ "a prefix and words", "SELLOHELLO", GARBLED },
	{ "a NUL's escape", "%c\\0", "" },
	{ "marked UTF-8", "\xef\xbb\xbf%c", "" },
	{ "full width", "\xef\xbc\xb3\xef\xbc\xa5LLO", "U-FOREIGN" },
	{ "an accent behind", "%c\xc3\xa9", "" },
	{ "format of printf", "SELLO%%n%%n%%s", "U-FOREIGN" },
	{ "SQL", "SELLO'; DROP TABLE letter; --", "U-FOREIGN" },
};

static void
put_texts(struct hostile *h)
{
	struct bytes text = { 0 };
	size_t i, k;

	for (i = 0; i < COUNT(texts); i++) {
		const char *c = texts[i].form;

		bytes_reset(&text);
		for (; *c != '\0'; c++) {
			if (*c != '%' || *++c == '%')
				bytes_add_byte(&text, (uint8_t)*c);
			else if (*c == 'c')
				bytes_add(
				    &text, h->one.code.at, h->one.code.len);
			else if (*c == 'd')
				bytes_add(
				    &text, h->two.code.at, h->two.code.len);
			else
				for (k = 0; k < h->one.code.len; k++)
					bytes_add_byte(&text,
					    h->one.code.at[k] >= 'A'
						? h->one.code.at[k] | 0x20
						: h->one.code.at[k]);
		}
		put_text(h, texts[i].what, text.at, text.len, texts[i].want);
	}
	bytes_free(&text);
}

/* A prefix and much behind it. */
static void
put_large(struct hostile *h)
{
	static const struct {
		size_t len;
		const char *want;
	} rows[] = { { 4296, GARBLED }, { 8592, GARBLED }, { 8593, "U-SIZE" },
		{ 100000, "U-SIZE" }, { 20 << 20, "U-SIZE" } };
	struct bytes text = { 0 };
	char what[64];
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		bytes_reset(&text);
		bytes_add_text(&text, PACKED_PREFIX);
		memset(bytes_reserve(&text, rows[i].len), 'A', rows[i].len);
		text.len = rows[i].len;
		snprintf(what, sizeof(what), "%zu characters", rows[i].len);
		put_text(h, what, text.at, text.len, rows[i].want);
	}
	bytes_free(&text);
}

void
hostile_packed(struct hostile *h)
{
	struct bytes body = { 0 };

	body_of(&h->one, &body);
	put_bits(h, &body);
	put_formats(h, &body);
	put_lengths(h, &body);
	put_characters(h);
	put_spliced(h, &body);
	put_signatures(h, &body);
	put_overlong(h, &body);
	put_streams(h, &body);
	put_second_format(h);
	put_texts(h);
	put_large(h);
	bytes_free(&body);
}
