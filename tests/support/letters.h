/*
 * letters.h - valid letters by the thousand, from a seed: always the same.
 */
#ifndef TESTS_SUPPORT_LETTERS_H
#define TESTS_SUPPORT_LETTERS_H

#include "letter/letter.h"

#include <stdint.h>

/* support_random - the next of a fixed sequence (splitmix64). */
uint64_t support_random(uint64_t *seed);

/*
 * support_letter - a letter that letter_check() finds nothing wrong with.
 * About one in ten has a value at some limit: names of 80 characters, twelve
 * dependants, dates long ago.
 */
void support_letter(uint64_t *seed, struct letter *out);

#endif
