/*
 * twins.h - the persons of one file, in memory, found by the keys of
 * issue/intake/lookalike.h: the same look-up that the register does by its
 * index.
 */
#ifndef ISSUE_INTAKE_TWINS_H
#define ISSUE_INTAKE_TWINS_H

#include "base/err.h"
#include "issue/intake/lookalike.h"

struct twins; /* opaque */

/* twins_new - NULL without memory. */
struct twins *twins_new(void);

/* twins_add - remember a person and the line of the file they stand on. */
enum err twins_add(
    struct twins *twins, const struct lookalike *person, size_t line);

/*
 * twins_find - the line of somebody remembered who looks like the same
 * person; 0 when there is nobody. Time does not grow with the number of
 * persons, only with that of candidates who share a key.
 *
 *   match  out: by what
 */
size_t twins_find(const struct twins *twins, const struct lookalike *person,
    enum lookalike_match *match);

void twins_free(struct twins **twins); /* wipes */

#endif
