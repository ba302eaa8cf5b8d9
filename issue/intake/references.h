/*
 * references.h - the case references of one file, each with the line that had
 * it first.
 */
#ifndef ISSUE_INTAKE_REFERENCES_H
#define ISSUE_INTAKE_REFERENCES_H

#include "base/err.h"

#include <stddef.h>

struct references; /* opaque; NULL is none */

/*
 * references_add - note one reference of a line.
 *
 *   text   in canonical form, as long as a letter's (letter.h)
 *   first  out: the line that had it first; `line` itself where none did
 *
 * ERR_OK or ERR_MEMORY. Time logarithmic in how many there are.
 */
enum err references_add(struct references **references, const char *text,
    size_t line, size_t *first);

/* references_free - and NULL. */
void references_free(struct references **references);

#endif
