/*
 * letters.h - letters by day, center and person, drawn as bars with a table of
 * the same numbers. Days are those of each center's own clock; persons are
 * pseudonyms.
 */
#ifndef AUDIT_DESK_LETTERS_H
#define AUDIT_DESK_LETTERS_H

#include "audit/audit.h"
#include "base/bytes.h"

/* What somebody wants to see; NULL, and what is not there: all of it. */
struct letters_choice {
	const char *center; /* its code */
	const char *person; /* of that center, or of the only one */
	const char *period; /* "2026", "2026-11"; else the newest year, or all
			     * days where they are no more than a year has */
};

/* letters_add - append the choices, and the plots for this one. */
void letters_add(struct bytes *out, const struct audit *audit,
    const struct letters_choice *choice);

#endif
