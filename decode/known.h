/*
 * known.h - what is known of a letter's code before it is read (docs/
 * packed-form.md, docs/sheet.md): one alphanumeric segment, which begins with
 * SELLO and the first characters of a format; Base32 behind it; the number of
 * characters within what its version holds and the one before does not; then
 * pad code words; and a CRC-32 over all.
 *
 * A guess that breaks one of these is wrong, and needs no try to find out.
 */
#ifndef DECODE_KNOWN_H
#define DECODE_KNOWN_H

#include "decode/qr.h"

#define KNOWN_TEXT_MAX 4296 /* characters of version 40, level L */

/* A symbol's data bytes, blocks one after the other, and what is known of it. */
struct known {
	int version;
	int bytes;      /* of data */
	int count_bits; /* of the number of characters */
	int count_min, count_max;
	int count; /* 0: not known yet */
};

/* known_init - of any letter with a symbol of this version and level. */
void known_init(struct known *known, int version, enum qr_level level);

/*
 * known_bit - what bit `at` of the data has to be: 0, 1; -1: not known. Bits of
 * the text's end and behind it are known with the count.
 */
int known_bit(const struct known *known, int at);

/* known_count - what the data says; 0: it cannot be. */
int known_count(const struct known *known, const uint8_t *data);

/*
 * known_pair - the first bit of pair i of characters, -1 behind the last one that
 * there has to be; known_is_pair - are these bits two characters of ours?
 *
 * known_is_base32 - are all pairs that lie wholly between two bits of the data?
 */
#define KNOWN_PAIR_BITS 11
int known_pair(const struct known *known, int i);
bool known_is_pair(int value);
bool known_is_base32(
    const struct known *known, const uint8_t *data, int from, int to);

/*
 * known_is_letter - is the whole text one whose own CRC is right? text gets it,
 * *len characters. One wrong text in 2^32 would pass.
 */
bool known_is_letter(const struct known *known, const uint8_t *data,
    char text[KNOWN_TEXT_MAX], size_t *len);

#endif
