/*
 * pairs.h - what a letter's characters say of its bits. Two of them make 11 bits
 * (ISO/IEC 18004, alphanumeric mode), of whose 2048 values 1024 are two characters
 * of Base32: so bits that are sure tell of those beside them that are not.
 */
#ifndef DECODE_PAIRS_H
#define DECODE_PAIRS_H

#include "decode/known.h"

/*
 * pairs_judge - bits `from` to `to` of the data.
 *
 *   one   the probability of each to be 1, of which bits of pairs that lie wholly
 *         between them become what they are as a pair's
 *   bit   out: 1 or 0, as the likeliest pair has it; else the likelier one
 */
void pairs_judge(
    const struct known *known, int from, int to, float *one, uint8_t *bit);

#endif
