/*
 * later.h - letters of a later version, which this program cannot read:
 * docs/letter.md, section 9.
 */
#ifndef LETTER_LATER_H
#define LETTER_LATER_H

#include <stddef.h>
#include <stdint.h>

/*
 * later_version - the version that these bytes say of themselves.
 *
 *   xml  anything, unverified
 *
 * Returns 2 to 9999 when a namespace of that version stands in it and that of
 * this program's version (letter/xml.h) nowhere, else 0. It proves nothing:
 * whoever asks says "could not be checked".
 */
unsigned later_version(const uint8_t *xml, size_t len);

#endif
