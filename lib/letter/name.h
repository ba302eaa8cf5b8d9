/*
 * name.h - names of people: one canonical form before signing, and the form
 * a machine-readable zone would show.
 */
#ifndef LETTER_NAME_H
#define LETTER_NAME_H

#include "base/bytes.h"
#include "base/err.h"
#include "letter/problem.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * name_normalize - append the canonical form of text as typed: NFC, then the
 * marks that keyboards give for an apostrophe (U+2018, U+2019, U+02BC,
 * U+0060, U+00B4 and their like; the saltillo U+A78B, U+A78C) to U+0027,
 * hyphens of any kind and the en dash to U+002D, and white space of any kind
 * and length (U+00A0 too) to one space, none at the ends. Does not judge.
 * ERR_DATA when text is not UTF-8.
 */
enum err name_normalize(const char *text, struct bytes *out);

/*
 * name_check - NameType of schemas/letter.xsd: 1 to 80 characters, begins
 * with a Latin letter, then letters, ' - . and single inner spaces; NFC.
 * The sentence names the character and its place:
 * "U+0430 CYRILLIC SMALL LETTER A at position 4".
 */
bool name_check(const char *text, int field, struct problem *problem);

/* name_is_letter - Latin letter of NameType: A-Z a-z U+00C0-D6 D8-F6
 * F8-24F 1E00-1EFF */
bool name_is_letter(uint32_t character);

/*
 * name_mrz - append the ICAO 9303-3 transliteration, not cut to a line's
 * length: upper case, apostrophe and full stop dropped, space and hyphen to
 * '<', letters by the table of section 6 (docs/letter.md: N for N-tilde, UE for
 * U-umlaut, OE, AE, C). Input canonical; output only A-Z and '<'.
 */
void name_mrz(const char *text, struct bytes *out);

/*
 * name_fold - append a key for comparison: as name_mrz but U for U-umlaut
 * and so on (accents off), the parts of both names sorted together, so that
 * swapped surnames, or one typed as a given name, give the same key. For
 * finding look-alikes, never for display.
 */
void name_fold(
    const char *surnames, const char *given_names, struct bytes *out);

#endif
