/*
 * duplicate_set.h - the persons of one file, in memory, found by the keys of
 * issue/intake/duplicate.h: the same look-up that the register does by its
 * index.
 */
#ifndef ISSUE_INTAKE_DUPLICATE_SET_H
#define ISSUE_INTAKE_DUPLICATE_SET_H

#include "base/err.h"
#include "issue/intake/duplicate.h"

struct duplicate_set; /* opaque */

/* duplicate_set_new - NULL without memory. */
struct duplicate_set *duplicate_set_new(void);

/* duplicate_set_add - remember a person and the line of the file they stand on.
 * ERR_MEMORY. */
enum err duplicate_set_add(struct duplicate_set *set,
    const struct duplicate_keys *person, size_t line);

/*
 * duplicate_set_find - the line of somebody remembered who looks like the same
 * person; 0 when there is nobody. Of several: who has the same document, then
 * who has one, then who has none; of these the last. Time does not grow with
 * the number of persons, however many are alike.
 *
 *   match  out: by what
 */
size_t duplicate_set_find(struct duplicate_set *set,
    const struct duplicate_keys *person, enum duplicate_match *match);

/* duplicate_set_free - wipe all persons and free; and NULL. */
void duplicate_set_free(struct duplicate_set **set);

#endif
