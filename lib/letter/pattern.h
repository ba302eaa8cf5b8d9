/*
 * pattern.h - fixed-length codes described by one character a place.
 */
#ifndef LETTER_PATTERN_H
#define LETTER_PATTERN_H

#include <stdbool.h>

/*
 * pattern_fits - does the whole text have this form?
 *
 *   pattern  'A' stands for A-Z, 'L' for the A-Z and 2-9 of UN/LOCODE (0 and
 *            1 look too much like O and I), '9' for 0-9, 'X' for 0-9 A-Z;
 *            any other character for itself
 */
bool pattern_fits(const char *pattern, const char *text);

#endif
