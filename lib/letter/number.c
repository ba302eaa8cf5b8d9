#include "letter/number.h"
#include "base/ascii.h"

#include "letter/pattern.h"

#include <stdio.h>
#include <string.h>

#define CENTER_LEN (LETTER_CENTER_SIZE - 1)
/* GTGUA01 2026 000002 J, without hyphens */
#define YEAR_AT      CENTER_LEN
#define YEAR_LEN     4
#define SEQUENCE_AT  (YEAR_AT + YEAR_LEN)
#define SEQUENCE_LEN 6
#define CHECK_AT     (SEQUENCE_AT + SEQUENCE_LEN)
#define COMPACT_LEN  (CHECK_AT + 1)

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* ISO 7064, hybrid system MOD 37,36: modulus M is 36 here, M + 1 is 37. */
char
mod37_36(const char *text, size_t len)
{
	int product = 36;

	for (size_t i = 0; i < len; i++) {
		int value;

		if (ascii_is_digit(text[i]))
			value = text[i] - '0';
		else if (is_upper(text[i]))
			value = text[i] - 'A' + 10;
		else
			return '\0';
		product = (product + value) % 36;
		product = (product == 0 ? 36 : product) * 2 % 37;
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - product) % 36];
}

bool
center_is_code(const char *text)
{
	return pattern_fits("AALLL99", text);
}

bool
number_format(const struct letter_number *n, char out[LETTER_NUMBER_SIZE])
{
	char compact[COMPACT_LEN + 1];

	if (!center_is_code(n->center) || n->year < 2000 || n->year > 9999 ||
	    n->sequence < 1 || n->sequence > NUMBER_SEQUENCE_MAX)
		return false;
	snprintf(compact, sizeof(compact), "%s%04u%06u", n->center,
	    (unsigned)n->year % 10000u, n->sequence % 1000000u);
	snprintf(out, LETTER_NUMBER_SIZE, "%.7s-%.4s-%.6s-%c", compact,
	    compact + YEAR_AT, compact + SEQUENCE_AT,
	    mod37_36(compact, CHECK_AT));
	return true;
}

static bool
parse_digits(const char *text, size_t len, unsigned *out)
{
	unsigned value = 0;

	for (size_t i = 0; i < len; i++) {
		if (!ascii_is_digit(text[i]))
			return false;
		value = value * 10 + (unsigned)(text[i] - '0');
	}
	*out = value;
	return true;
}

static bool
parse_compact(const char compact[COMPACT_LEN], struct letter_number *out)
{
	struct letter_number n = { 0 };
	unsigned year;

	memcpy(n.center, compact, CENTER_LEN);
	if (!center_is_code(n.center) ||
	    !parse_digits(compact + YEAR_AT, YEAR_LEN, &year) ||
	    !parse_digits(compact + SEQUENCE_AT, SEQUENCE_LEN, &n.sequence))
		return false;
	if (year < 2000 || n.sequence < 1)
		return false;
	if (mod37_36(compact, CHECK_AT) != compact[CHECK_AT])
		return false;
	n.year = (int)year;
	*out = n;
	return true;
}

bool
number_parse(const char *text, struct letter_number *out)
{
	char compact[COMPACT_LEN] = { 0 };

	if (!pattern_fits("AALLL99-9999-999999-X", text))
		return false;
	memcpy(compact, text, CENTER_LEN);
	memcpy(compact + YEAR_AT, text + 8, YEAR_LEN);
	memcpy(compact + SEQUENCE_AT, text + 13, SEQUENCE_LEN);
	compact[CHECK_AT] = text[20];
	return parse_compact(compact, out);
}

bool
number_parse_loose(const char *text, struct letter_number *out)
{
	char compact[COMPACT_LEN] = { 0 };
	size_t at = 0;

	for (; *text != '\0'; text++) {
		char c = *text;

		if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n')
			continue;
		if (at == COMPACT_LEN)
			return false;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		compact[at++] = c;
	}
	return at == COMPACT_LEN && parse_compact(compact, out);
}
