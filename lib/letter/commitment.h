/*
 * commitment.h - what a drafter signs of a letter before it has a number:
 * docs/log.md, section 1.
 *
 * The same hash is computed from the finished letter, so whoever holds a
 * letter and its line sees whether the letter is the one that was drafted.
 */
#ifndef LETTER_COMMITMENT_H
#define LETTER_COMMITMENT_H

#include "base/err.h"
#include "letter/letter.h"

#include <stdint.h>

#define LETTER_COMMITMENT_SIZE 32

/*
 * letter_commitment - SHA-256 of "sello-draft/v2" LF and the canonical XML of
 * the letter without LetterNumber, IssuedAt, Approver and Signature.
 *
 *   letter  these three fields may be empty or filled: they do not count. The
 *           salt does, so it hides what can be guessed
 *
 * Returns ERR_OK, ERR_MEMORY.
 */
enum err letter_commitment(const struct letter *letter,
    uint8_t out[LETTER_COMMITMENT_SIZE], struct errtext *err);

#endif
