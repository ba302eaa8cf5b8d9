/*
 * p256.h - the two numbers of the curve P-256 (FIPS 186-4, D.1.2.3) that
 * signatures are judged by, big-endian: inside the letter room only.
 */
#ifndef LETTER_P256_H
#define LETTER_P256_H

#include <stdint.h>

extern const uint8_t p256_order[32];      /* n */
extern const uint8_t p256_half_order[32]; /* n / 2, rounded down */

#endif
