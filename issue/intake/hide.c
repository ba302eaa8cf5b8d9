/*
 * What must not be written again with a rejected row: a document's number
 * that was typed into the wrong column. Nobody knows it for one, so every run
 * of digits that does not belong where it stands is left out.
 */
#include "base/ascii.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "issue/intake/row.h"

#include <openssl/crypto.h>

#include <string.h>

#define LOOKS_LIKE  4 /* digits that make a stray value suspicious */
#define IN_WORDS    3 /* in a name or a code, which have none */
#define IN_OTHERS   5 /* in a column that is not ours, or any text */
#define IN_AN_OFFER 8 /* digits and letters of an offer that is none */
#define IN_A_RANDOM 6 /* in a case reference, which may have some */

/* A digit's value, also of one in full width or in Arabic; -1 for others. */
static int
digit_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 0xFF10 && c <= 0xFF19)
		return (int)(c - 0xFF10);
	if (c >= 0x660 && c <= 0x669)
		return (int)(c - 0x660);
	return -1;
}

static size_t
digits_of(const char *text, size_t len)
{
	struct reader r = { (const uint8_t *)text, len };
	size_t digits = 0, zeros = 0;
	uint32_t c;

	while (utf8_next(&r, &c)) {
		digits += digit_of(c) >= 0;
		zeros += digit_of(c) == 0;
	}
	return digits == zeros ? 0 : digits; /* 00/00/0000 is nobody's */
}

/* A number with so many digits, and not a date as people write them. */
static bool
has_number(const char *text, size_t len, size_t digits)
{
	char copy[64] = "";
	bool date;

	if (digits_of(text, len) < digits)
		return false;
	if (len >= sizeof(copy))
		return true;
	memcpy(copy, text, len);
	date = cell_date_is(copy);
	OPENSSL_cleanse(copy, sizeof(copy));
	return !date;
}

/* The next part of a list, without white space; false after the last. */
static bool
next_part(
    const char **rest, const char *separators, const char **at, size_t *len)
{
	const char *text = *rest;
	size_t size = strcspn(text, separators);

	*rest = text[size] == '\0' ? NULL : text + size + 1;
	while (size > 0 && (*text == ' ' || *text == '\t')) {
		text++;
		size--;
	}
	while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
		size--;
	*at = text;
	*len = size;
	return *rest != NULL;
}

static bool
parts_have_number(const char *value, const char *separators, size_t digits)
{
	const char *rest = value, *at;
	bool more = true;
	size_t len;

	while (more) {
		more = next_part(&rest, separators, &at, &len);
		if (has_number(at, len, digits))
			return true;
	}
	return false;
}

bool
intake_looks_like_number(const char *value)
{
	/* commas group digits, too: 9,722,818,669,921 */
	return parts_have_number(value, "|;,", LOOKS_LIKE) ||
	    parts_have_number(value, "|;", 2 * LOOKS_LIKE);
}

/* 00/00/1991, 1991?, 14/03: parts as short as those of a date. */
static bool
has_parts_of_date(const char *value)
{
	size_t parts = 0;

	while (*value != '\0') {
		size_t digits = strspn(value, "0123456789");

		if (digits == 3 || digits > 4)
			return false;
		parts += digits > 0;
		value += digits > 0 ? digits : 1;
	}
	return parts <= 3;
}

bool
intake_is_number_for_date(int field, const char *value)
{
	return intake_is_out_of_place(field, value) &&
	    !has_parts_of_date(value);
}

/*
 * An offer's reference has a word or a year, GECCO-2026-00871. What is long and
 * has neither, or many digits in a row, is a passport, a card, a telephone.
 */
static bool
is_no_offer(const char *text)
{
	size_t letters = 0, run = 0, longest = 0;
	size_t digits = digits_of(text, strlen(text));
	bool year = false;

	for (; *text != '\0'; text++) {
		run = ascii_is_digit(*text) ? run + 1 : 0;
		longest = run > longest ? run : longest;
		letters += (*text | 0x20) >= 'a' && (*text | 0x20) <= 'z';
		year = year ||
		    (run == 4 && !ascii_is_digit(text[1]) && text[-3] == '2' &&
			text[-2] == '0');
	}
	if (digits < 5 || digits + letters < IN_AN_OFFER)
		return false;
	return longest >= 8 || (letters < 3 && !(year && digits <= 12));
}

bool
intake_is_out_of_place(int field, const char *value)
{
	size_t len = strlen(value);

	if (field < 0)
		return has_number(value, len, IN_OTHERS);
	if (field == INTAKE_FIELD_DOCUMENT_EXPIRY ||
	    field == INTAKE_FIELD_CENTER)
		return has_number(value, len, IN_WORDS);
	if (field == FIELD_DEPENDANT_BIRTH_DATE)
		return has_number(value, len, IN_WORDS);
	if (field >= FIELD_COUNT)
		return false; /* row, and the number's own column */
	switch (field_table[field].kind) {
	case KIND_NAME:
	case KIND_CODE:
	case KIND_COUNTRY:
	case KIND_COUNTRIES:
	case KIND_PATHWAY:
	case KIND_TRUE:
	case KIND_DATE:
	case KIND_BIRTH_DATE:
	case KIND_LETTER_NUMBER:
	case KIND_INSTANT:
	case KIND_SALT:
		return has_number(value, len, IN_WORDS);
	case KIND_CONSULATE:
		return has_number(value, len, LOOKS_LIKE);
	case KIND_TEXT:
		if (field == FIELD_OFFER_REFERENCE)
			return is_no_offer(value);
		if (field == FIELD_CASE_REFERENCE)
			return has_number(value, len, IN_A_RANDOM) &&
			    !field_check(&field_table[field], value, NULL);
		return field != FIELD_DOCUMENT_NUMBER_TAIL &&
		    has_number(value, len, IN_OTHERS);
	case KIND_DEPENDANTS: /* part by part: intake_add_parts() */
		return false;
	}
	return false;
}

void
intake_add_parts(const char *value, struct bytes *out)
{
	const char *rest = value, *at;
	bool more = true;
	size_t len;

	bytes_add_text(out, "");
	while (more) {
		more = next_part(&rest, "|;", &at, &len);
		if (has_number(at, len, IN_WORDS))
			bytes_add_byte(out, '?');
		else
			bytes_add(out, at, len);
		if (more)
			bytes_add(out, rest - 1, 1);
	}
}
