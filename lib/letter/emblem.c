/*
 * emblem.c - emblem.h.
 */
#include "letter/emblem.h"
#include "base/ascii.h"

#include <string.h>

#define DIGITS_MAX   4
#define DECIMALS_MAX 2

/* Up to 4 digits and, where there is a point, 1 or 2 more. */
static bool
parse_number(const char **at, int decimals, double *out)
{
	const char *p = *at;
	double value = 0, unit = 1;
	int n;

	for (n = 0; ascii_is_digit(*p) && n < DIGITS_MAX; n++)
		value = value * 10 + (*p++ - '0');
	if (n == 0)
		return false;
	if (*p == '.' && decimals > 0) {
		p++;
		for (n = 0; ascii_is_digit(*p) && n < decimals; n++)
			value += (*p++ - '0') * (unit /= 10);
		if (n == 0)
			return false;
	}
	*at = p;
	*out = value;
	return true;
}

static bool
parse_space(const char **at)
{
	if (**at != ' ')
		return false;
	(*at)++;
	return true;
}

bool
emblem_begin(const char *text, struct emblem *out)
{
	*out = (struct emblem){ .at = text };
	return text[0] != '0' && parse_number(&out->at, 0, &out->width) &&
	    parse_space(&out->at) && out->at[0] != '0' &&
	    parse_number(&out->at, 0, &out->height);
}

static int
count_of(char command)
{
	switch (command) {
	case 'M':
	case 'L':
		return 2;
	case 'C':
		return 6;
	case 'Z':
		return 0;
	}
	return -1;
}

char
emblem_next(struct emblem *emblem, double number[6])
{
	const char *at = emblem->at;
	char command;
	int i, count;

	if (!parse_space(&at) || (count = count_of(*at)) < 0)
		return 0;
	command = *at++;
	for (i = 0; i < count; i++)
		if (!parse_space(&at) ||
		    !parse_number(&at, DECIMALS_MAX, &number[i]) ||
		    number[i] > (i % 2 ? emblem->height : emblem->width))
			return 0;
	emblem->at = at;
	return command;
}

bool
emblem_is_good(const char *text)
{
	struct emblem emblem;
	double number[6];
	char command, before = 'Z';

	if (strlen(text) > EMBLEM_MAX || !emblem_begin(text, &emblem))
		return false;
	while ((command = emblem_next(&emblem, number)) != 0) {
		if ((before == 'Z') != (command == 'M') ||
		    (before == 'M' && command == 'Z'))
			return false;
		before = command;
	}
	return *emblem.at == '\0' && before == 'Z' && strchr(text, 'Z') != NULL;
}
