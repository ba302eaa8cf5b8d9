/*
 * number.h - letter numbers: GTGUA01-2026-000002-J.
 *
 * Center (UN/LOCODE and two digits), UTC year of issue, sequence within
 * center and year, check character by ISO 7064 MOD 37,36 over the rest
 * without hyphens.
 */
#ifndef LETTER_NUMBER_H
#define LETTER_NUMBER_H

#include "letter/letter.h"

#define NUMBER_SEQUENCE_MAX 999999

struct letter_number {
	char center[LETTER_CENTER_SIZE];
	int year;          /* 2000..9999 */
	unsigned sequence; /* 1..999999 */
};

/* mod37_36 - the check character of len characters 0-9 A-Z; NUL for others. */
char mod37_36(const char *text, size_t len);

/* number_format - false when a part is out of range. */
bool number_format(const struct letter_number *n, char out[LETTER_NUMBER_SIZE]);

/*
 * number_parse - strict; false for any other form or a wrong check character.
 * number_parse_loose folds case, drops spaces and accepts missing hyphens,
 * for numbers typed by hand; the canonical form is out's number_format().
 */
bool number_parse(const char *text, struct letter_number *out);
bool number_parse_loose(const char *text, struct letter_number *out);

/* center_is_code - [A-Z]{2}[A-Z2-9]{3}[0-9]{2} */
bool center_is_code(const char *text);

#endif
