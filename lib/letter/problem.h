/*
 * problem.h - one thing wrong (E-...) or odd (W-...) with a field, a row or
 * a letter: a stable code for programs and a sentence for people.
 */
#ifndef LETTER_PROBLEM_H
#define LETTER_PROBLEM_H

#include <stdbool.h>

enum problem_code {
	E_CHARACTER,
	E_DATE,
	E_VALIDITY,
	E_TOO_MANY_DEPENDANTS,
	E_MISSING,
	E_CODE,
	E_LENGTH,
	E_CENTER,
	E_PROGRAM,
	E_CSV,
	W_MINOR,
	W_DOC_EXPIRED,
	W_DUPLICATE,
	W_COLUMN,
	W_PLACEHOLDER,
	W_REFERENCE,
	PROBLEM_CODE_COUNT,
};

#define PROBLEM_TEXT_SIZE 640

struct problem {
	enum problem_code code;
	int field;     /* enum field_id; FIELD_NONE: the whole row */
	int dependant; /* 0-based, -1: not about a dependant */
	char text[PROBLEM_TEXT_SIZE]; /* translated: what is wrong, how to mend
					 it; no value of a person's field */
};

/* problem_name - "E-CHARACTER", stable, never translated. */
const char *problem_name(enum problem_code code);
/* problem_is_error - E-... rather than W-... */
bool problem_is_error(enum problem_code code);

/* problem_set - fill; p may be NULL; returns false for `return problem_set()`
 */
bool problem_set(struct problem *p, enum problem_code code, int field,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
