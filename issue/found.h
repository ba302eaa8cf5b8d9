/*
 * found.h - who of the register is meant by what somebody typed
 * (issue/seek.h): those that fit best first, of these the newest.
 */
#ifndef ISSUE_FOUND_H
#define ISSUE_FOUND_H

#include "issue/register/listed.h"
#include "issue/seek.h"

/* Drafts, or the letters that they became. Start as {0}; found_clear(). */
struct found {
	int64_t *draft;
	size_t count;
	bool slips; /* nobody is written as it was typed: these are near */
};

/* found_look - names by an index, a day alone in the rows. ERR_MEMORY, the
 * register's errors. */
enum err found_look(struct found *out, const struct seek *seek,
    struct registry *reg, struct errtext *err);

/* found_match - why this line was found: "name", "birthDate", "issuedAt"; NULL:
 * it was not. */
const char *found_match(const struct seek *seek, const struct listed *listed);

void found_clear(struct found *found);

#endif
