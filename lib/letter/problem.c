#include "letter/problem.h"

#include "base/err.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[E_CHARACTER] = "E-CHARACTER",
	[E_DATE] = "E-DATE",
	[E_VALIDITY] = "E-VALIDITY",
	[E_TOO_MANY_DEPENDANTS] = "E-TOO-MANY-DEPENDANTS",
	[E_MISSING] = "E-MISSING",
	[E_CODE] = "E-CODE",
	[E_LENGTH] = "E-LENGTH",
	[E_CENTER] = "E-CENTER",
	[E_PROGRAM] = "E-PROGRAM",
	[E_CSV] = "E-CSV",
	[W_MINOR] = "W-MINOR",
	[W_DOC_EXPIRED] = "W-DOC-EXPIRED",
	[W_DUPLICATE] = "W-DUPLICATE",
	[W_COLUMN] = "W-COLUMN",
	[W_PLACEHOLDER] = "W-PLACEHOLDER",
	[W_REFERENCE] = "W-REFERENCE",
};
_Static_assert(sizeof(names) / sizeof(names[0]) == PROBLEM_CODE_COUNT,
    "every problem code has a name");

const char *
problem_name(enum problem_code code)
{
	return names[code];
}

bool
problem_is_error(enum problem_code code)
{
	return names[code][0] == 'E';
}

/* A translated sentence may be longer than ours: cut between characters. */
static void
cut_at_character(char *text, size_t size)
{
	size_t end = size - 1;

	while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
		end--;
	text[end] = '\0';
}

bool
problem_set(
    struct problem *p, enum problem_code code, int field, const char *fmt, ...)
{
	char text[2 * PROBLEM_TEXT_SIZE];
	va_list args;

	if (p == NULL)
		return false;
	p->code = code;
	p->field = field;
	p->dependant = -1;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (strlen(text) >= PROBLEM_TEXT_SIZE)
		cut_at_character(text, PROBLEM_TEXT_SIZE);
	memcpy(p->text, text, strlen(text) + 1);
	return false;
}
