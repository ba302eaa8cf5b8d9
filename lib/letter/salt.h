/*
 * salt.h - a letter's Salt: 12 bytes, of which 8 are drawn and 4 follow from
 * them, so that the packed form need not carry these.
 *
 * docs/packed-form.md, section 3.4, says what 64 random bits protect and what
 * not. A letter may have any other 12 bytes; they are only longer to pack.
 */
#ifndef LETTER_SALT_H
#define LETTER_SALT_H

#include <stdbool.h>
#include <stdint.h>

#define SALT_SIZE   12
#define SALT_RANDOM 8

/* salt_finish - the last 4 bytes from the first 8: their CRC-32, big-endian. */
void salt_finish(uint8_t salt[SALT_SIZE]);

/* salt_is_finished - are they what salt_finish() makes? */
bool salt_is_finished(const uint8_t salt[SALT_SIZE]);

#endif
